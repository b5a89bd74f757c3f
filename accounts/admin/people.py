"""People in the admin: one page a person, a list that finds and filters them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.admin.person_form import MappingForm, MappingFormSet, PersonForm
from accounts.admin.sub_accounts import default_of, tell_result, tested_words
from accounts.admin_site import DeskAdmin, DeskInline
from accounts.amounts import amount_words
from accounts.choices import Role
from accounts.models import SubAccount, SubAccountMapping, User
from accounts.services.acting import sub_accounts_of
from accounts.services.people import follow_email, remove_second_factor
from accounts.services.roles import LastAdmin, assign_roles, set_active


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Role.choices, ("none", _("No role"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "none":
            return queryset.filter(groups=None)
        return queryset.with_role(self.value()) if self.value() in Role.values else queryset


class SubAccountFilter(admin.SimpleListFilter):
    title = _("sub-account today")
    parameter_name = "acts_as"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        rows = SubAccount.objects.values_list("pk", "name")
        return [("none", _("None, but may ask")), *((str(pk), name) for pk, name in rows)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value() or ""
        if value == "none":
            return queryset.unmapped()
        is_number = value.isdecimal() and len(value) < 18
        return queryset.mapped_to(int(value)) if is_number else queryset


class MappingInline(DeskInline, admin.StackedInline):  # type: ignore[type-arg]
    model = SubAccountMapping
    form = MappingForm
    formset = MappingFormSet
    fieldsets = ((None, {"fields": (("sub_account", "is_default", "from_date", "to_date"),)}),)
    extra = 1  # a row to fill in without JavaScript too
    can_delete = False  # history: rows are ended with a last day
    verbose_name = _("sub-account")
    verbose_name_plural = _("Acts at the platform as")


@admin.register(User)
class PersonAdmin(DeskAdmin):
    """Saving goes through the services, so that the last admin is safe here too."""

    form = PersonForm
    inlines = (MappingInline,)
    change_form_template = "admin/accounts/user/change_form.html"
    list_display = ("name", "email", "department", "roles", "acts_as", "limit", "seen")
    list_display_links = ("name", "email")
    list_select_related = ("department",)
    list_filter = (RoleFilter, "department", SubAccountFilter, "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)
    readonly_fields = ("seen", "second_factor", "default_test")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        log_in = ["new_password", *(["seen", "second_factor"] if obj else [])]
        if settings.DEMO and settings.XPORT_IS_PRACTICE:
            log_in.append("is_demo")
        sets = [
            (None, {"fields": ("name", "email", "is_active")}),
            (_("What they may do"), {"fields": ("roles", "department", "approval_limit")}),
            (_("Log-in"), {"fields": tuple(log_in)}),
            (_("Language and time"), {"fields": ("language", "time_zone")}),
        ]
        if obj:
            sets.append((_("Test of the default sub-account"), {"fields": ("default_test",)}))
        return sets

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/test/", wrap(require_POST(self.test_view)), name="accounts_user_test"),
            path(
                "<int:pk>/second-factor/remove/",
                wrap(require_POST(self.second_factor_view)),
                name="accounts_user_second_factor",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        people: Any = super().get_queryset(request)
        return people.prefetch_related("groups").with_current_mappings()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are switched off, not deleted: requests and decisions keep their names."""
        return False

    # --- columns -----------------------------------------------------------------------------

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        return ", ".join(str(role.label) for role in person.roles) or "–"

    @admin.display(description=_("default sub-account"))
    def acts_as(self, person: Any) -> str:
        return str(default_of(person.current_mappings) or "–")

    @admin.display(description=_("own limit"), ordering="approval_limit")
    def limit(self, person: User) -> str:
        return amount_words(person.approval_limit)

    @admin.display(description=_("last log-in"), ordering="last_login")
    def seen(self, person: User) -> str:
        if person.last_login is None:
            return gettext("never")
        return f"{timezone.localtime(person.last_login):%Y-%m-%d %H:%M}"

    @admin.display(description=_("second factor"))
    def second_factor(self, person: Any) -> str:
        return gettext("in use") if person.authenticator_set.exists() else gettext("not set up")

    @admin.display(description=_("last test"))
    def default_test(self, person: Any) -> str:
        sub_account = default_of(person.current_mappings)
        if sub_account is None:
            return gettext("No sub-account today.")
        return tested_words(sub_account)

    # --- saving ------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Two admins at once: the slower one is told, and nothing of theirs is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            text = gettext(
                "Somebody changed this person at the same moment. Nothing of yours was saved; "
                "this is how it stands now."
            )
        except LastAdmin as refused:
            text = refused.messages[0]
        messages.error(request, text)
        return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        password = form.cleaned_data.get("new_password")
        if password:
            obj.set_password(password)
        elif not change:
            obj.set_unusable_password()
        by: Any = request.user
        if change and "is_active" in form.changed_data:
            # Checked again inside the transaction; the form's answer may be out of date.
            set_active(person=obj, active=obj.is_active, by=by)
        super().save_model(request, obj, form, change)
        assign_roles(person=obj, roles=form.cleaned_data["roles"], by=by)
        if "email" in form.changed_data:
            follow_email(person=obj)
        if password and obj.pk == by.pk:
            update_session_auth_hash(request, obj)  # one's own new password ends no session

    # --- buttons -----------------------------------------------------------------------------

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        sub_account = next(iter(sub_accounts_of(person=person)), None)
        if sub_account is None:
            messages.error(request, gettext("This person has no active sub-account today to test."))
        else:
            tell_result(request, sub_account)
        return redirect("admin:accounts_user_change", pk)

    def second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        if remove_second_factor(person=person):
            self.log_change(request, person, gettext("Second factor removed."))
            messages.success(
                request,
                gettext(
                    "The second factor is removed. They log in with their password alone until "
                    "they set up a new one."
                ),
            )
        else:
            messages.info(request, gettext("There was no second factor."))
        return redirect("admin:accounts_user_change", pk)
