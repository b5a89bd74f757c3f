"""Forms as the desk draws them: label, help, the error beside its field, what was typed kept.

`DeskForm` and `DeskModelForm` are the bases of every app's forms. Django 5.2 already links help and
errors to the widget (`aria-describedby`, `aria-invalid`); our field template carries those ids.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template


class DeskRenderer(DjangoTemplates):
    """Django's own widgets, our frame around them."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("components/"):
            return get_template(template_name)
        return super().get_template(template_name)


class DeskFormMixin:
    """`{{ form }}` draws all fields, `{{ form.name.as_field_group }}` one.

    Labels carry no colon; the first field with an error takes the focus.
    """

    default_renderer: Any = DeskRenderer
    use_required_attribute = False  # our sentence beside the field, not the browser's bubble

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        wrong = next((name for name in self.errors if name in self.fields), None)  # type: ignore[attr-defined]
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True  # type: ignore[attr-defined]


class DeskForm(DeskFormMixin, forms.Form):
    """Base of plain forms."""


class DeskModelForm(DeskFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Base of forms over one row."""


class DayInput(forms.DateInput):
    """A day, with the browser's calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
