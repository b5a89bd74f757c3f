"""Entering exchange rates: one at a time, or many from a paste or a CSV file.

Reading text is pure (`parse_rates`); writing is `enter_rate`. What was converted earlier keeps the
rate it was converted with, so a corrected rate changes nothing that is past.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from moneyed import CURRENCIES

from accounts.models import User
from desk import clock
from desk.models import ExchangeRate

MOST_LINES = 1_000
MOST_DECIMALS = 8
BELOW = Decimal(10) ** 8  # the column holds eight digits before the point
OLDEST = date(2000, 1, 1)
JUMP = Decimal("1.5")  # half as much again, or two thirds: more likely a slip than a market

NUMBER = re.compile(r"\d+([.,]\d+)?|[.,]\d+", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(\.\d{3})+,\d+", re.ASCII)
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class WrongRate(ValueError):
    """A cell cannot be a rate's: `cell` is currency, rate, day or line; the text is for people."""

    def __init__(self, cell: str, sentence: str) -> None:
        super().__init__(sentence)
        self.cell = cell
        self.sentence = sentence


class Outcome(StrEnum):
    """What became of a line."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    WRONG = "wrong"
    SKIPPED = "skipped"  # a heading


@dataclass(frozen=True, slots=True)
class RateLine:
    """One line of a paste: its number (from 1), its text, and what was read or what is wrong."""

    number: int
    text: str
    currency: str = ""
    rate: Decimal | None = None
    day: date | None = None
    outcome: Outcome | None = None
    cell: str = ""
    problem: str = ""
    before: Decimal | None = None

    @property
    def before_text(self) -> str:
        """The rate that was replaced, as people write it."""
        return rate_text(self.before) if self.before is not None else ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A rate that stands now, and what it took the place of on its day."""

    row: ExchangeRate
    outcome: Outcome
    before: Decimal | None = None


def enter_rate(*, currency: str, rate: Decimal, day: date, by: User | None) -> Entered:
    """Keep one rate: `rate` of company currency for one unit of `currency`, from `day` on.

    The same day again replaces what was there. Raises WrongRate; then nothing is kept.
    """
    check_currency(currency)
    check_rate(rate)
    check_day(day)
    with transaction.atomic():
        row = ExchangeRate.objects.filter(currency=currency, day=day).first()
        if row is not None and row.rate == rate:
            return Entered(row, Outcome.SAME, row.rate)
        before = row.rate if row else None
        row, _made = ExchangeRate.objects.update_or_create(
            currency=currency,
            day=day,
            defaults={"rate": rate, "entered_by": by, "entered_at": clock.now()},
        )
    return Entered(row, Outcome.NEW if before is None else Outcome.REPLACED, before)


def import_rates(*, text: str, by: User | None, accept_jumps: bool = False) -> list[RateLine]:
    """Keep every good line of a paste, and say of each line what became of it.

    A rate far from the one before (a pair the wrong way round, a lost comma) is refused unless
    `accept_jumps`. Sending the same text again changes nothing.
    """
    return [
        line if line.outcome is not None else _entered(line, by, accept_jumps)
        for line in parse_rates(text)
    ]


def _entered(line: RateLine, by: User | None, accept_jumps: bool) -> RateLine:
    assert line.rate is not None and line.day is not None  # noqa: S101  parse_rates read both
    last = _rate_before(line.currency, line.day)
    if last is not None and not accept_jumps and _jumps(line.rate, last.rate):
        sentence = _(
            "%(rate)s is far from %(last)s of %(day)s. Is it the wrong way round? If it is right, "
            "tick the box below and send it again."
        ) % {
            "rate": rate_text(line.rate),
            "last": rate_text(last.rate),
            "day": last.day,
        }
        return replace(line, outcome=Outcome.WRONG, cell="rate", problem=sentence)
    entered = enter_rate(currency=line.currency, rate=line.rate, day=line.day, by=by)
    return replace(line, outcome=entered.outcome, before=entered.before)


def _rate_before(currency: str, day: date) -> ExchangeRate | None:
    rows = ExchangeRate.objects.filter(currency=currency, day__lte=day)
    return rows.order_by("-day").first()


def rate_text(rate: Decimal) -> str:
    """A rate without zeros at its end: "0.1278"."""
    return f"{rate.normalize():f}"


def _jumps(rate: Decimal, last: Decimal) -> bool:
    return rate > last * JUMP or rate * JUMP < last


def parse_rates(text: str) -> list[RateLine]:
    """Read `currency; rate; day` a line: tabs, semicolons or commas between, decimal comma or
    point, days as 2026-11-20 or 20.11.2026. Wrong lines carry `outcome` WRONG, the cell and a
    sentence; good ones no outcome yet. Never raises."""
    text = unicodedata.normalize("NFKC", text.replace("\0", "")).removeprefix("\ufeff")
    read: list[RateLine] = []
    first_lines: dict[tuple[str, date], int] = {}
    filled = [(n, raw.strip()) for n, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    for place, (number, raw) in enumerate(filled):
        if place == MOST_LINES:
            sentence = _("Only the first %(most)s lines are read at a time.") % {"most": MOST_LINES}
            read.append(RateLine(number, "…", outcome=Outcome.WRONG, cell="line", problem=sentence))
            break
        line = _parse_line(number, raw, is_first=place == 0)
        if line.outcome is None and line.day is not None:
            earlier = first_lines.setdefault((line.currency, line.day), number)
            if earlier != number:
                sentence = _("Line %(line)s has this currency and day already.") % {"line": earlier}
                line = replace(line, outcome=Outcome.WRONG, cell="line", problem=sentence)
        read.append(line)
    return read


def _parse_line(number: int, raw: str, *, is_first: bool) -> RateLine:
    cells = _cells(raw)
    if is_first and not any(character.isdigit() for character in raw):
        return RateLine(number, raw[:200], outcome=Outcome.SKIPPED)
    line = RateLine(number, raw[:200])
    try:
        if len(cells) != 3:
            raise WrongRate("line", _wrong_count(len(cells)))
        currency = check_currency(cells[0].upper())
        line = replace(line, currency=currency)
        return replace(line, rate=read_rate(cells[1]), day=read_day(cells[2]))
    except WrongRate as wrong:
        return replace(line, outcome=Outcome.WRONG, cell=wrong.cell, problem=wrong.sentence)


def _wrong_count(count: int) -> str:
    return _("A line needs three cells: currency, rate, day. This one has %(count)s.") % {
        "count": count
    }


def _cells(raw: str) -> list[str]:
    """The cells of one line. Where commas stand between cells and inside the rate, as in
    `CNY,0,1278,2026-11-20`, the middle two belong together."""
    separator = next((mark for mark in ("\t", ";") if mark in raw), ",")
    try:
        cells = [cell.strip() for cell in next(csv.reader([raw], delimiter=separator))]
    except (csv.Error, StopIteration):
        return [raw]
    if separator == "," and len(cells) == 4 and cells[1].isdigit() and cells[2].isdigit():
        cells = [cells[0], f"{cells[1]},{cells[2]}", cells[3]]
    while len(cells) > 3 and not cells[-1]:  # spreadsheets leave empty cells at the end
        cells.pop()
    return cells


def check_currency(currency: str) -> str:
    """A currency code we may be charged in. Raises WrongRate."""
    if currency == settings.COMPANY_CURRENCY:
        sentence = _("%(code)s is the company's own currency; it needs no rate.")
        raise WrongRate("currency", sentence % {"code": currency})
    if currency not in CURRENCIES:
        sentence = _("“%(code)s” is no currency code such as CNY or USD.")
        raise WrongRate("currency", sentence % {"code": currency[:20]})
    return currency


def read_rate(cell: str) -> Decimal:
    """A positive number with comma or point. Raises WrongRate."""
    text = cell.replace(" ", "").replace("'", "").replace("’", "")
    if GROUPED.fullmatch(text):
        group = "," if text.rfind(",") < text.rfind(".") else "."
        text = text.replace(group, "")
    elif not NUMBER.fullmatch(text):
        sentence = _("“%(text)s” is no rate such as 0.1278.")
        raise WrongRate("rate", sentence % {"text": cell[:30]})
    return check_rate(Decimal(text.replace(",", ".")))


def check_rate(rate: Decimal) -> Decimal:
    """A rate that the table can hold exactly. Raises WrongRate."""
    if not rate.is_finite() or rate <= 0:
        raise WrongRate("rate", _("A rate is above zero."))
    if rate >= BELOW:
        raise WrongRate("rate", _("This rate is too large to be one."))
    if -int(rate.normalize().as_tuple().exponent) > MOST_DECIMALS:
        sentence = _("A rate has at most %(most)s decimals. Round it.") % {"most": MOST_DECIMALS}
        raise WrongRate("rate", sentence)
    return rate


def read_day(cell: str) -> date:
    """A day as 2026-11-20 or 20.11.2026. Raises WrongRate."""
    if match := ISO_DAY.fullmatch(cell):
        year, month, day = (int(part) for part in match.groups())
    elif match := GERMAN_DAY.fullmatch(cell):
        day, month, year = (int(part) for part in match.groups())
    else:
        sentence = _("“%(text)s” is no day such as 2026-11-20 or 20.11.2026.")
        raise WrongRate("day", sentence % {"text": cell[:30]})
    try:
        return check_day(date(year, month, day))
    except ValueError as error:
        if isinstance(error, WrongRate):
            raise
        sentence = _("%(text)s is not in the calendar.")
        raise WrongRate("day", sentence % {"text": cell}) from error


def check_day(day: date) -> date:
    """Within reason: since 2000, at most a year ahead. Raises WrongRate."""
    if day < OLDEST or day > timezone.localdate() + timedelta(days=366):
        sentence = _("%(day)s is too far away to be right.")
        raise WrongRate("day", sentence % {"day": day.isoformat()})
    return day


def newest_rates() -> Iterator[ExchangeRate]:
    """The rate in use today, one a currency: what pages show with its age."""
    today = timezone.localdate()
    seen: set[str] = set()
    for row in ExchangeRate.objects.filter(day__lte=today).order_by("currency", "-day"):
        if row.currency not in seen:
            seen.add(row.currency)
            yield row
