"""Forms of order, receiving and payment pages: what a POST may say, before a service sees it."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms import DeskForm
from desk.services.comments import LONGEST
from procurement.models import PurchaseOrder
from procurement.services.receiving import LONGEST_NOTE, MOST

REASONS = (
    _("No longer needed"),
    _("Ordered by mistake"),
    _("The price changed"),
    _("The seller cannot deliver in time"),
    _("Found it elsewhere"),
)


def new_token() -> str:
    """What makes a form unrepeatable; 16 characters."""
    return secrets.token_urlsafe(12)


class CommentForm(DeskForm):
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""}),
        error_messages={"required": _("Write something first.")},
    )


class CancelForm(DeskForm):
    """A reason is obligatory: one of the common ones or one's own words, which win."""

    reason = forms.ChoiceField(label=_("Why"), choices=[], widget=forms.RadioSelect, required=False)
    other = forms.CharField(
        label=_("In your own words"),
        max_length=150,
        required=False,
        help_text=_("The seller may read it."),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(str(text), str(text)) for text in REASONS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("reason") and not data.get("other") and not self.errors:
            self.add_error("reason", _("Say why it is cancelled."))
        return data

    @property
    def words(self) -> str:
        return str(self.cleaned_data["other"] or self.cleaned_data["reason"])


class TokenForm(DeskForm):
    """A button that must act once."""

    token = forms.CharField(max_length=40, widget=forms.HiddenInput)


class CountForm(DeskForm):
    """One field a line, prefilled with what is missing (a correction: with 0), and a note."""

    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Needed for a correction, or when more came than was ordered."),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, order: PurchaseOrder, correcting: bool = False) -> None:
        super().__init__(data, initial={"token": new_token()})
        self.lines = list(order.lines.all())
        for line in self.lines:
            missing = 0 if correcting else max(0, line.quantity - line.received)
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=_("Pieces"),
                required=False,
                min_value=-MOST,
                max_value=MOST,
                initial=missing,
                error_messages={"invalid": _("Write a whole number.")},
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(line, self[f"line-{line.pk}"]) for line in self.lines]

    @property
    def counts(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data.get(f"line-{line.pk}") or 0 for line in self.lines}

    def take(self, errors: dict[str, str]) -> None:
        """Show a service's refusal beside its fields."""
        for where, text in errors.items():
            name = f"line-{where}" if where.isdigit() else where or None
            self.add_error(name if name in self.fields else None, text)
