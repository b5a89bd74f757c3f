"""What people fill in: checkout and comments. Services check again what matters."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department, User
from desk.forms import DayInput, DeskForm
from procurement.models import ShipTo

LONGEST_NOTE = 5000


class WordsField(forms.CharField):
    """Several lines of text. Browsers send a line's end as two characters and count it as one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class CheckoutForm(DeskForm):
    """Everything about a request that is not in the cart. `shown_total` is what the button said, in
    minor units of company currency; `token` makes asking unrepeatable."""

    purpose = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Whoever decides reads this first."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    cost_centre = forms.ChoiceField(label=gettext_lazy("Cost centre"))
    needed_by = forms.DateField(label=gettext_lazy("Needed by"), required=False, widget=DayInput)
    ship_to = forms.ModelChoiceField(
        label=gettext_lazy("Ship to"),
        queryset=ShipTo.objects.filter(is_active=True),
        empty_label=None,
    )
    note = WordsField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    shown_total = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, purpose: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {
            "purpose": purpose,
            "cost_centre": person.department.cost_centre if person.department else "",
            "ship_to": ShipTo.objects.filter(is_active=True).first(),
            "token": secrets.token_urlsafe(16),
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cost_centre"]
        rows = Department.objects.values_list("cost_centre", "name")
        field.choices = [(code, f"{code} · {name}") for code, name in rows]
        if person.department is None:
            field.choices = [("", _("Choose one")), *field.choices]

    def clean_needed_by(self) -> Any:
        day = self.cleaned_data["needed_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CommentForm(DeskForm):
    """Words under a request; `token` keeps a double click from saying it twice."""

    text = WordsField(
        label=gettext_lazy("Write a comment"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    token = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
