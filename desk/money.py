"""Money: minor units in the database, `Money` in code, and the company's currency.

Rates are dated; what was converted keeps the rate it was converted with (its callers store it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils import timezone
from moneyed import Money, get_currency

from desk import clock
from desk.models import ExchangeRate


class NoRate(LookupError):
    """Nobody has entered a rate for this currency yet."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `currency` in company currency, and since when."""

    currency: str
    value: Decimal
    day: date


def minor(money: Money) -> int:
    """Whole minor units (fen, cents), rounded half up."""
    unit = Decimal(money.currency.sub_unit)
    return int((money.amount * unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def from_minor(units: int, currency: str) -> Money:
    """Money of so many minor units."""
    return Money(Decimal(units) / get_currency(currency).sub_unit, currency)


def company(units: int) -> Money:
    """Money in the company's currency from minor units."""
    return from_minor(units, settings.COMPANY_CURRENCY)


def rate_for(currency: str, on: date | None = None) -> Rate:
    """The rate valid on a day (today). Raises NoRate."""
    if currency == settings.COMPANY_CURRENCY:
        return Rate(currency, Decimal(1), on or timezone.localdate())
    day = on or timezone.localtime(clock.now()).date()
    row = (
        ExchangeRate.objects.filter(currency=currency, day__lte=day).order_by("-day").first()
        or ExchangeRate.objects.filter(currency=currency).order_by("day").first()
    )
    if row is None:
        raise NoRate(currency)
    return Rate(currency, row.rate, row.day)


def convert(money: Money, rate: Rate) -> Money:
    """Into company currency, rounded to its minor unit, half up."""
    target = get_currency(settings.COMPANY_CURRENCY)
    step = Decimal(1) / target.sub_unit
    return Money((money.amount * rate.value).quantize(step, rounding=ROUND_HALF_UP), target)


def to_company(money: Money) -> Money | None:
    """At today's rate; None where there is no rate, so that pages can say so."""
    try:
        return convert(money, rate_for(money.currency.code))
    except NoRate:
        return None
