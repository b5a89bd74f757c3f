"""Forms of the border's pages."""

from __future__ import annotations

from django import forms

from accounts.choices import Marketplace


class ReadAgainForm(forms.Form):
    """Which marketplace's lists to read again."""

    marketplace = forms.ChoiceField(choices=Marketplace.choices)


class SettleForm(forms.Form):
    """A choice about a stuck command: the note, and which candidate."""

    note = forms.CharField(required=False, max_length=2000)
    picked = forms.CharField(required=False, max_length=2000)
    none_of = forms.CharField(required=False, max_length=4000)
