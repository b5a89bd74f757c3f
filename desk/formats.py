"""Money, numbers and times as the reader writes them: text only, cheap enough for every cell.

Markup is `desk.templatetags.desk`'s, conversion is `desk.money`'s. Babel knows the locales; what it
answers is kept, because a page formats the same few hundred values again and again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.core import Locale
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language, gettext, pgettext, to_locale
from moneyed import Money

DAY = timedelta(hours=24)


def reader_locale() -> str:
    """Babel's name of the active language: "en", "zh_Hans"."""
    return to_locale(get_language() or "en")


@lru_cache(maxsize=8192)
def _currency(amount: Decimal, code: str, locale: str) -> str:
    text = format_currency(amount, code, locale=Locale.parse(locale))
    # No yen is traded here, so the yuan keeps the short sign in every language.
    return text.replace("CN¥", "¥")


@lru_cache(maxsize=4096)
def _decimal(value: Decimal, locale: str) -> str:
    return format_decimal(value, locale=Locale.parse(locale), decimal_quantization=False)


def money_text(money: Money) -> str:
    """Money with its sign, grouped, at its currency's decimals: "€1,284.20", "¥11.80"."""
    return _currency(money.amount, money.currency.code, reader_locale())


def number_text(value: int | Decimal) -> str:
    """A plain number, grouped: "12,400"."""
    return _decimal(Decimal(value), reader_locale())


def day_text(day: date) -> str:
    """ "12 Mar", with the year unless it is this one."""
    mon = str(MONTHS_3[day.month]).title()
    names = {"day": day.day, "mon": mon, "month": day.month, "year": day.year}
    # A language may write %(month)s, the number, for %(mon)s: hence no-python-format.
    if day.year == timezone.localdate().year:
        # xgettext:no-python-format
        return pgettext("a day of this year", "%(day)s %(mon)s") % names
    # xgettext:no-python-format
    return pgettext("a day", "%(day)s %(mon)s %(year)s") % names


def clock_text(moment: datetime) -> str:
    """The time of day in the reader's zone: "18:42"."""
    return f"{timezone.localtime(moment):%H:%M}"


def exact_text(moment: datetime) -> str:
    """Day and time in the reader's zone: "12 Mar, 14:20"."""
    local = timezone.localtime(moment)
    words = {"day": day_text(local.date()), "clock": f"{local:%H:%M}"}
    return pgettext("day and time of day", "%(day)s, %(clock)s") % words


def until_text(moment: datetime) -> str:
    """Exact, but today's needs no day: "18:42" or "24 Nov, 18:42"."""
    if timezone.localtime(moment).date() == timezone.localdate():
        return clock_text(moment)
    return exact_text(moment)


def span_words() -> dict[str, str]:
    """Words of a span with {n} and {m} holes; `ages.js` gets the same ones, so both agree."""
    return {
        "s": gettext("{n} s"),
        "min": gettext("{n} min"),
        "h": gettext("{n} h"),
        "hm": gettext("{n} h {m} min"),
        "ago": gettext("{span} ago"),
        "in": gettext("in {span}"),
    }


def span_text(span: timedelta, *, fine: bool = False) -> str:
    """A span below a day in its largest unit, "40 s", "3 min", "5 h"; `fine` adds the minutes."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < 60:
        return gettext("{n} s").format(n=seconds)
    if seconds < 3600:
        return gettext("{n} min").format(n=seconds // 60)
    hours, rest = divmod(seconds, 3600)
    if fine and rest >= 60:
        return gettext("{n} h {m} min").format(n=hours, m=rest // 60)
    return gettext("{n} h").format(n=hours)


def age_text(moment: datetime, now: datetime) -> str:
    """Relative within a day, exact beyond: "3 min ago", "in 2 h 10 min", "12 Mar, 14:20"."""
    span = now - moment
    if abs(span) >= DAY:
        return exact_text(moment)
    if span >= timedelta(0):
        return gettext("{span} ago").format(span=span_text(span))
    return gettext("in {span}").format(span=span_text(-span, fine=True))
