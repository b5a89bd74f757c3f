"""What a person sets for themselves. Forms of the admin are beside their admin pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.choices import Theme
from accounts.models import User
from accounts.time_zones import zone_choices

OWN_SETTINGS = ("language", "theme", "time_zone", "shortcuts")


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The four settings of one's own."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=zone_choices)
    shortcuts = forms.TypedChoiceField(
        label=_("Keyboard shortcuts"),
        choices=[("on", _("On")), ("off", _("Off"))],
        coerce=lambda value: value == "on",
        help_text=_("Single keys such as / and j. They never work while you type in a field."),
    )

    class Meta:
        model = User
        fields = OWN_SETTINGS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial["shortcuts"] = "on" if self.instance.shortcuts else "off"


class LanguageForm(forms.Form):
    """The language of a visitor who has not logged in."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
