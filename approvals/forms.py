"""What people say when they decide or comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms import DeskForm

LONGEST = 2000


class SayNoForm(DeskForm):
    """A reason: one of the recent ones, or in one's own words; both together make one note."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.ChoiceField(
        required=False, label=_("Often said"), widget=forms.RadioSelect, choices=()
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST,
        strip=True,
        label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(text, text) for text in reasons]  # type: ignore[attr-defined]
        if not reasons:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        words = [data.get("reason", ""), data.get("note", "")]
        data["words"] = "\n".join(word for word in words if word)
        if not data["words"] and not self.errors:
            self.add_error("note", _("Say why, so that they know what to change."))
        return data


class CommentForm(DeskForm):
    """One comment."""

    text = forms.CharField(
        max_length=5000, label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3})
    )
