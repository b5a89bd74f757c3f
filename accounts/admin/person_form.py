"""The form of one person and of the sub-accounts they may act as."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import F
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.amounts import CompanyAmountField
from accounts.choices import RIGHTS_OF, Role
from accounts.models import SubAccountMapping, User
from accounts.services.mapping import Span, wrong_spans
from accounts.services.roles import LastAdmin, is_last_admin
from accounts.time_zones import zone_choices


def _role_words() -> list[tuple[str, str]]:
    """Each role with what it may do, so that the tick explains itself."""
    return [
        (
            role.value,
            format_html_join(
                "",
                "<b>{}</b><span> {}</span>",
                [(role.label, "; ".join(str(right.label) for right in RIGHTS_OF[role]))],
            ),
        )
        for role in Role
    ]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything about one person. `roles` and `new_password` are kept by services."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=_role_words,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "roles"}),
        help_text=_("Several add up. Without a role a person can log in, but do nothing."),
    )
    approval_limit = CompanyAmountField(
        label=_("May approve own requests up to"),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=zone_choices)
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Leave empty to keep the present one. A new person without a password sets one with "
            "“Password forgotten” on the log-in page."
        ),
    )

    class Meta:
        model = User
        fields = (
            "name",
            "email",
            "is_active",
            "department",
            "approval_limit",
            "language",
            "time_zone",
            "is_demo",
        )
        help_texts = {
            "name": _("As colleagues know them."),
            "email": _("They log in with it, and notices are sent there."),
            "is_active": _("Without the tick they cannot log in. History keeps their name."),
            "department": _("Its manager approves their requests; its cost centre pays."),
            "is_demo": _("In practice anyone can come in as this person, without a password."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approval_limit"].help_text = _(
            "In %(currency)s, such as 500 or 1284.20. Empty: somebody else is always asked."
        ) % {"currency": settings.COMPANY_CURRENCY}
        if self.instance.pk:
            self.initial["roles"] = [role.value for role in self.instance.roles]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person has this e-mail already."))
        return email

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        if password:
            validate_password(password, self.instance)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stays = cleaned.get("is_active", True) and (
            Role.ADMIN.value in cleaned.get("roles", ()) or self.instance.is_superuser
        )
        if not stays and is_last_admin(self.instance):
            field = "is_active" if not cleaned.get("is_active", True) else "roles"
            self.add_error(field, LastAdmin())
        return cleaned


class MappingForm(forms.ModelForm):  # type: ignore[type-arg]
    """One sub-account of a person. How rows fit together is the formset's matter."""

    class Meta:
        model = SubAccountMapping
        fields = ("sub_account", "is_default", "from_date", "to_date")
        labels = {"sub_account": _("Sub-account"), "is_default": _("Default")}
        help_texts = {
            "sub_account": _("The platform sees this person's orders under it."),
            "is_default": _("Used unless they choose another."),
            "from_date": _("First day."),
            "to_date": _("Last day; empty: no end."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_date"].required = False

    def clean_from_date(self) -> Any:
        return self.cleaned_data["from_date"] or timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_date"), cleaned.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", _("The last day is before the first."))
        return cleaned


class MappingFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """All sub-accounts of one person, judged as they will be."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if self._is_kept(form)]
        spans = [
            Span(
                form.cleaned_data["sub_account"].pk,
                form.cleaned_data["is_default"],
                form.cleaned_data["from_date"],
                form.cleaned_data["to_date"],
            )
            for form in rows
        ]
        for index, field, sentence in wrong_spans(spans):
            rows[index].add_error(field, sentence)

    def _is_kept(self, form: Any) -> bool:
        data = getattr(form, "cleaned_data", None) or {}
        return bool(data.get("sub_account")) and not form.errors and not data.get("DELETE")

    def save(self, commit: bool = True) -> Any:
        """Changed rows step aside first: else a default that moves, or two rows that swap their
        sub-accounts, would meet themselves in the table's constraints."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if commit and changed:
            rows = SubAccountMapping.objects.filter(pk__in=changed, person=self.instance)
            rows.update(is_default=False, to_date=F("from_date"))
        return super().save(commit)
