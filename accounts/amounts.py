"""Company money in forms: people type an amount, the table keeps minor units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from moneyed import Money, get_currency

GROUPED = re.compile(r"\d{1,3}([ ,.'’])\d{3}(\1\d{3})*((?!\1)[.,]\d{1,2})?", re.ASCII)
PLAIN = re.compile(r"\d+([.,]\d{1,2})?", re.ASCII)


class CompanyAmountField(forms.Field):
    """An amount in company currency: "1500", "1,284.20", "1.284,20". Cleans to minor units, an
    int, or None when empty. Its widget shows what the table holds as an amount again."""

    default_error_messages = {  # noqa: RUF012  Django's own way
        "amount": _("Write an amount such as 1500 or 1284.20."),
        "max": _("That is more than %(limit)s; check the number."),
    }

    def __init__(self, *, max_amount: int = 10_000_000, **kwargs: Any) -> None:
        self.max_amount = max_amount
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "vTextField num"})
        )
        super().__init__(**kwargs)

    @property
    def unit(self) -> int:
        return get_currency(settings.COMPANY_CURRENCY).sub_unit

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            amount = Decimal(value) / self.unit
            return f"{amount:.0f}" if amount == amount.to_integral() else f"{amount:.2f}"
        return value

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        amount = _parsed(text)
        if amount is None:
            raise ValidationError(self.error_messages["amount"], code="amount")
        if amount > self.max_amount:
            raise ValidationError(
                self.error_messages["max"], code="max", params={"limit": f"{self.max_amount:,}"}
            )
        return int(amount * self.unit)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


def _parsed(text: str) -> Decimal | None:
    """The amount, whichever way round comma and point are used; None where that is unclear."""
    text = text.replace("\u00a0", " ")
    if GROUPED.fullmatch(text):
        head, _point, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", text).groups()  # type: ignore[union-attr]
        return Decimal(re.sub(r"\D", "", head) + "." + (cents or "0"))
    if PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def amount_words(units: int | None) -> str:
    """ "1,500 EUR", for lists of the admin; "–" where there is none."""
    if units is None:
        return "–"
    currency = get_currency(settings.COMPANY_CURRENCY)
    amount = Decimal(units) / currency.sub_unit
    whole = amount == amount.to_integral()
    return f"{amount:,.0f} {currency.code}" if whole else f"{amount:,.2f} {currency.code}"


def amount_money(units: int | None) -> Money | None:
    """Minor units of company currency as Money, for pages."""
    if units is None:
        return None
    currency = get_currency(settings.COMPANY_CURRENCY)
    return Money(Decimal(units) / currency.sub_unit, currency)
