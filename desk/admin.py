"""The desk's own tables in the admin: exchange rates, by hand or pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import DeskAdmin
from desk.models import ExchangeRate
from desk.services import rates

OLD_AFTER = 7  # days; then a rate shows amber
MOST_BYTES = 1_000_000


class RateForm(forms.ModelForm):  # type: ignore[type-arg]
    """One rate, under the same rules as a pasted line."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "rate", "day")
        help_texts = {
            "currency": _("Three letters, such as CNY."),
            "rate": _("What one unit costs in company currency, such as 0.1278."),
            "day": _("Valid from this day until the next rate."),
        }

    def clean_currency(self) -> str:
        return str(_checked(rates.check_currency, self.cleaned_data["currency"].strip().upper()))

    def clean_rate(self) -> Any:
        return _checked(rates.check_rate, self.cleaned_data["rate"])

    def clean_day(self) -> Any:
        return _checked(rates.check_day, self.cleaned_data["day"])


def _checked(check: Any, value: Any) -> Any:
    try:
        return check(value)
    except rates.WrongRate as wrong:
        raise forms.ValidationError(wrong.sentence) from wrong


class ImportForm(forms.Form):
    """A paste or a file; what was typed stays in the field until every line is good."""

    text = forms.CharField(
        label=_("Rates"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One a line: currency, rate, day. Such as CNY;0.1278;2026-11-20"),
    )
    file = forms.FileField(
        label=_("or a CSV file"),
        required=False,
        help_text=_("Read in place of the text. At most 1 MB."),
    )
    accept_jumps = forms.BooleanField(
        label=_("Also take rates that are far from the last one; I have checked them"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            if upload.size > MOST_BYTES:
                self.add_error("file", _("The file is larger than 1 MB."))
            else:
                cleaned["text"] = _decoded(upload.read())
        if not self.errors and not cleaned.get("text", "").strip():
            self.add_error("text", _("Paste at least one line, or choose a file."))
        return cleaned


def _decoded(raw: bytes) -> str:
    """Spreadsheets save UTF-8, UTF-16 or a Western code page; all hold codes and digits alike."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class CurrentFilter(admin.SimpleListFilter):
    title = _("in use")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Today's rates only"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=[row.pk for row in rates.newest_rates()])


@admin.register(ExchangeRate)
class ExchangeRateAdmin(DeskAdmin):
    form = RateForm
    change_list_template = "admin/desk/exchangerate/change_list.html"
    list_display = ("currency", "rate_text", "day", "age", "entered_by")
    list_filter = (CurrentFilter, "currency")
    list_select_related = ("entered_by",)
    search_fields = ("currency",)
    date_hierarchy = "day"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="desk_exchangerate_import"), *super().get_urls()]

    @admin.display(description=_("rate"), ordering="rate")
    def rate_text(self, row: ExchangeRate) -> str:
        return rates.rate_text(row.rate)

    @admin.display(description=_("age"), ordering="day")
    def age(self, row: ExchangeRate) -> str:
        days = (timezone.localdate() - row.day).days
        if days < 0:
            return gettext("not yet valid")
        if days == 0:
            return gettext("from today")
        words = ngettext("%(days)d day old", "%(days)d days old", days) % {"days": days}
        if days > OLD_AFTER:
            return format_html('<span class="said-warn">{}</span>', words)
        return words

    def save_model(self, request: HttpRequest, obj: ExchangeRate, form: Any, change: bool) -> None:
        obj.entered_by = request.user  # type: ignore[assignment]
        obj.entered_at = timezone.now()
        super().save_model(request, obj, form, change)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        lines: list[rates.RateLine] = []
        if request.method == "POST" and form.is_valid():
            lines = rates.import_rates(
                text=form.cleaned_data["text"],
                by=request.user,  # type: ignore[arg-type]
                accept_jumps=form.cleaned_data["accept_jumps"],
            )
            _say_counts(request, lines)
            form = _form_with_what_is_left(form, lines)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Paste exchange rates"),
            "opts": self.model._meta,
            "form": form,
            "lines": lines,
        }
        return TemplateResponse(request, "admin/desk/exchangerate/import.html", context)


def _say_counts(request: HttpRequest, lines: list[rates.RateLine]) -> None:
    kept = sum(line.outcome in (rates.Outcome.NEW, rates.Outcome.REPLACED) for line in lines)
    same = sum(line.outcome == rates.Outcome.SAME for line in lines)
    wrong = sum(line.outcome == rates.Outcome.WRONG for line in lines)
    if kept:
        text = ngettext("%(n)d rate is kept.", "%(n)d rates are kept.", kept) % {"n": kept}
        messages.success(request, text)
    if same:
        text = ngettext("%(n)d was there already.", "%(n)d were there already.", same)
        messages.info(request, text % {"n": same})
    if not kept and not same and not wrong:
        messages.error(request, gettext("There is no line with a rate in it. Nothing was kept."))
    if wrong:
        text = ngettext(
            "%(n)d line is wrong and was not kept; it stays in the field.",
            "%(n)d lines are wrong and were not kept; they stay in the field.",
            wrong,
        )
        messages.error(request, text % {"n": wrong})


def _form_with_what_is_left(form: ImportForm, lines: list[rates.RateLine]) -> ImportForm:
    """Everything typed stays while a line is wrong, good ones too: sent again they change
    nothing. When all are kept the field is empty."""
    if any(line.outcome == rates.Outcome.WRONG for line in lines):
        return ImportForm(initial=form.cleaned_data | {"file": None})
    return ImportForm()
