"""Sub-accounts of the platform: marketplaces, who is mapped, and the test call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.admin_site import DeskAdmin
from accounts.choices import Marketplace
from accounts.models import SubAccount, SubAccountMapping
from accounts.services.probing import test_sub_account


class SubAccountForm(forms.ModelForm):  # type: ignore[type-arg]
    marketplaces = forms.MultipleChoiceField(
        label=_("Marketplaces"),
        choices=Marketplace.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Where this sub-account may search and buy. None ticked: nowhere."),
    )

    class Meta:
        model = SubAccount
        fields = ("name", "user_id", "marketplaces", "is_active")
        help_texts = {
            "name": _("How people here call it, such as “Marketing, Taobao”."),
            "user_id": _("The number of the sub-account at the platform; sent with every call."),
            "is_active": _("Without the tick no call is made as this sub-account."),
        }

    def clean_user_id(self) -> str:
        """Pasted numbers come with spaces; a header takes none, and only ASCII."""
        value = "".join(self.cleaned_data["user_id"].split())
        if not (value.isascii() and value.isalnum()):
            raise forms.ValidationError(
                _("A user-id has only letters and digits, such as 2100000000001.")
            )
        return value


def tested_words(sub_account: SubAccount) -> str:
    """The last test in a few words, coloured and said: for columns and pages of the admin."""
    if sub_account.tested_at is None:
        return gettext("not tested yet")
    kind, word = (
        ("good", gettext("works")) if sub_account.test_passed else ("bad", gettext("failed"))
    )
    return format_html('<span class="said-{}">{}</span>', kind, word)


def tell_result(request: HttpRequest, sub_account: SubAccount) -> None:
    """Make the test call now and show the platform's answer as a message."""
    result = test_sub_account(sub_account=sub_account, by=request.user)  # type: ignore[arg-type]
    text = f"{sub_account.name}: {result.sentence}"
    if result.request_id:
        text += " " + gettext("(request id %(id)s)") % {"id": result.request_id}
    (messages.success if result.ok else messages.error)(request, text)


@admin.register(SubAccount)
class SubAccountAdmin(DeskAdmin):
    form = SubAccountForm
    change_form_template = "admin/accounts/subaccount/change_form.html"
    list_display = ("name", "user_id", "where", "people", "is_active", "test", "tested_at")
    list_filter = ("is_active", "test_passed")
    search_fields = ("name", "user_id")
    readonly_fields = ("people", "test", "tested_at", "answer")
    actions = ("call_platform",)
    fieldsets = (
        (None, {"fields": ("name", "user_id", "marketplaces", "is_active")}),
        (_("People"), {"fields": ("people",)}),
        (_("Test call"), {"fields": ("test", "tested_at", "answer")}),
    )

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.test_view))
        return [
            path("<int:pk>/test/", view, name="accounts_subaccount_test"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubAccount]:
        return super().get_queryset(request).prefetch_related("mappings__person")

    @admin.display(description=_("marketplaces"))
    def where(self, sub_account: SubAccount) -> str:
        names = dict(Marketplace.choices)
        return ", ".join(str(names.get(slug, slug)) for slug in sub_account.marketplaces) or "–"

    @admin.display(description=_("people today"))
    def people(self, sub_account: SubAccount) -> str:
        current = [m for m in sub_account.mappings.all() if m.is_current]
        links = (
            (reverse("admin:accounts_user_change", args=[m.person_id]), m.person) for m in current
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description=_("last test"))
    def test(self, sub_account: SubAccount) -> str:
        return tested_words(sub_account)

    @admin.display(description=_("the platform's answer"))
    def answer(self, sub_account: SubAccount) -> str:
        return format_html('<pre class="answer">{}</pre>', sub_account.test_answer or "–")

    @admin.action(description=_("Test call: ask the platform as each of them"))
    def call_platform(self, request: HttpRequest, queryset: QuerySet[SubAccount]) -> None:
        for sub_account in queryset:
            tell_result(request, sub_account)

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        tell_result(request, get_object_or_404(SubAccount, pk=pk))
        return redirect("admin:accounts_subaccount_change", pk)


def default_of(mappings: list[SubAccountMapping]) -> SubAccount | None:
    """The sub-account a person acts as first, from their current mappings, default first."""
    return mappings[0].sub_account if mappings else None
