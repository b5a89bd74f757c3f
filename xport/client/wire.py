"""How single values look on the wire: text, ids, numbers, flags, money in fen or yuan, times.

Each kind reads tolerantly (numbers as text, ids as numbers) and writes exactly. Records, lists and
field names are left to `codec`. Sources: contract/README.md and the notes of each entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeVar

from moneyed import CNY, CurrencyDoesNotExist, Money, get_currency

MoneyUnit = Literal["fen", "yuan"]
CHINA = timezone(timedelta(hours=8))

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_BLANKS: frozenset[object] = frozenset()
_EMPTY: frozenset[object] = frozenset({""})
_NO_TIME: frozenset[object] = frozenset({"", "0", 0})
_ALI_TIME = re.compile(r"(\d{14})(\d{3})?([+-]\d{4})?")
_DIGITS_AT_MOST = 25
_WHOLE_LIMIT = 10**_DIGITS_AT_MOST
_MONEY_LIMIT = 10**15
_TRUE = frozenset({"true", "1", "y", "yes"})
_FALSE = frozenset({"false", "0", "n", "no"})


N = TypeVar("N", int, Decimal)


class Misfit(ValueError):
    """A value does not fit its field. Says what kind of value came, never the value itself.

    `path` grows on the way up: field names and list positions, outermost first.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path: list[str] = []


@dataclass(frozen=True, slots=True)
class Scalar:
    """One kind of value: its name, how to read and write it, and what counts as absent."""

    name: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    blank: frozenset[object] = _EMPTY
    unit: MoneyUnit | None = None


@dataclass(frozen=True, slots=True, init=False)
class Named:
    """Wire names of a field: the first is written, all are read, in this order."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)


@dataclass(frozen=True, slots=True)
class EncodedTwice:
    """Marks a field whose value is JSON text inside the JSON body."""


def _kind(value: object) -> str:
    return type(value).__name__


def read_text(value: Any) -> str:
    """Text as it is; numbers and flags in their JSON spelling."""
    if value.__class__ is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, Decimal):
        return _plain(_bounded(value))
    raise Misfit(f"text expected, {_kind(value)} came")


def read_id(value: Any) -> str:
    """An id, always text inside: 19 digits do not fit a double, so no float is ever involved."""
    if value.__class__ is str:
        return value.strip()
    if value.__class__ is int:
        return str(value)
    if isinstance(value, Decimal) and _bounded(value) == value.to_integral_value():
        return str(int(value))
    raise Misfit(f"an id expected, {_kind(value)} came")


def _bounded(value: Decimal) -> Decimal:
    """A number of human size: `1e999999999` is valid JSON and a gigabyte when written out."""
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS_AT_MOST:
        raise Misfit("a number of reasonable size expected")
    return value


def _plain(value: Decimal) -> str:
    return format(value, "f")


def read_number(value: Any) -> Decimal:
    """A decimal number from a JSON number or its text."""
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, (int, str)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise Misfit("a number expected, other text came") from None
    else:
        raise Misfit(f"a number expected, {_kind(value)} came")
    return _bounded(number)


def read_whole(value: Any) -> int:
    """A whole number; `2.0` and `"2"` are two."""
    if value.__class__ is int and -_WHOLE_LIMIT < value < _WHOLE_LIMIT:
        return value
    number = read_number(value)
    if number != number.to_integral_value():
        raise Misfit("a whole number expected, a fraction came")
    return int(number)


def read_flag(value: Any) -> bool:
    """True or false; upstream also sends them as text and as 1 and 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, str)):
        word = str(value).strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
    raise Misfit(f"true or false expected, {_kind(value)} came")


def read_fen(value: Any) -> Money:
    """Whole hundredths of a yuan. A fraction means that the unit is wrong, so it is an error."""
    return Money(Decimal(_sum(read_whole(value))).scaleb(-2), CNY)


def read_yuan(value: Any) -> Money:
    """Decimal yuan, kept exactly as sent."""
    return Money(_sum(read_number(value)), CNY)


def _sum(number: N) -> N:
    if abs(number) >= _MONEY_LIMIT:
        raise Misfit("an amount of reasonable size expected")
    return number


def write_fen(money: Money) -> int:
    if money.currency != CNY:
        raise Misfit(f"yuan expected, {money.currency.code} given")
    minor = money.amount.scaleb(2)
    if minor != minor.to_integral_value():
        raise Misfit("an amount in whole fen expected")
    return int(minor)


def write_yuan(money: Money) -> str:
    if money.currency != CNY:
        raise Misfit(f"yuan expected, {money.currency.code} given")
    return _plain(money.amount)


def read_amount_fen(value: Any) -> Money:
    """`{amount, currency}` in minor units; a bare integer is taken as fen."""
    if not isinstance(value, dict):
        return read_fen(value)
    code = value.get("currency") or "CNY"
    try:
        currency = get_currency(str(code))
    except CurrencyDoesNotExist:
        raise Misfit("a currency code expected") from None
    minor = _sum(read_whole(value.get("amount")))
    if currency.sub_unit == 100:
        return Money(Decimal(minor).scaleb(-2), currency)
    return Money(Decimal(minor) / Decimal(currency.sub_unit), currency)


def read_amount_yuan(value: Any) -> Money:
    """`{amount, currency}` in major units; a bare number is taken as yuan."""
    if not isinstance(value, dict):
        return read_yuan(value)
    code = value.get("currency") or "CNY"
    try:
        return Money(_sum(read_number(value.get("amount"))), get_currency(str(code)))
    except CurrencyDoesNotExist:
        raise Misfit("a currency code expected") from None


def write_amount_fen(money: Money) -> dict[str, Any]:
    minor = money.amount * money.currency.sub_unit
    if minor != minor.to_integral_value():
        raise Misfit("an amount in whole minor units expected")
    return {"amount": int(minor), "currency": money.currency.code}


def write_amount_yuan(money: Money) -> dict[str, Any]:
    return {"amount": _plain(money.amount), "currency": money.currency.code}


def read_time(value: Any) -> datetime:
    """A moment as aware UTC, in any of the platform's spellings.

    Epoch milliseconds (number or text), `yyyy-MM-dd HH:mm:ss` (China time), and
    `yyyyMMddHHmmssSSS+0800`. One answer mixes them, so every time field reads all three.
    """
    try:
        if isinstance(value, str):
            return _time_from_text(value.strip())
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return _time_from_epoch(read_whole(value))
    except Misfit:
        raise
    except (ValueError, OverflowError):
        raise Misfit("a time expected, other text came") from None
    raise Misfit(f"a time expected, {_kind(value)} came")


def _time_from_epoch(number: int) -> datetime:
    # Ten digits are seconds: the same field has been seen with both.
    if abs(number) < 100_000_000_000:
        number *= 1000
    return _EPOCH + timedelta(milliseconds=number)


def _time_from_text(text: str) -> datetime:
    if text.isdecimal() and len(text) in (10, 13):
        return _time_from_epoch(int(text))
    ali = _ALI_TIME.fullmatch(text)
    if ali:
        digits, milliseconds, offset = ali.groups()
        whole = datetime.strptime(digits + (offset or "+0800"), "%Y%m%d%H%M%S%z")
        return (whole + timedelta(milliseconds=int(milliseconds or 0))).astimezone(UTC)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA)
    return moment.astimezone(UTC)


def write_epoch_ms(moment: datetime) -> int:
    return (_aware(moment) - _EPOCH) // timedelta(milliseconds=1)


def write_china_time(moment: datetime) -> str:
    return _aware(moment).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def write_ali_time(moment: datetime) -> str:
    local = _aware(moment).astimezone(CHINA)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}+0800"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Misfit("an aware time expected")
    return moment


def _write_number_id(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise Misfit("an id of digits expected")
    return int(value)


def _as_is(value: Any) -> Any:
    return value


TEXT = Scalar("text", read_text, str, blank=_NO_BLANKS)
ID = Scalar("id", read_id, str)
NUMBER_ID = Scalar("number id", read_id, _write_number_id)
WHOLE = Scalar("whole", read_whole, int)
NUMBER = Scalar("number", read_number, _as_is)
FLAG = Scalar("flag", read_flag, bool)
FEN = Scalar("fen", read_fen, write_fen, unit="fen")
YUAN = Scalar("yuan", read_yuan, write_yuan, unit="yuan")
AMOUNT_FEN = Scalar("amount in fen", read_amount_fen, write_amount_fen, unit="fen")
AMOUNT_YUAN = Scalar("amount in yuan", read_amount_yuan, write_amount_yuan, unit="yuan")
EPOCH_MS = Scalar("epoch ms", read_time, write_epoch_ms, blank=_NO_TIME)
CHINA_TIME = Scalar("China time", read_time, write_china_time, blank=_NO_TIME)
ALI_TIME = Scalar("1688 time", read_time, write_ali_time, blank=_NO_TIME)

# The same money in the other unit: what an override swaps a field to.
IN_UNIT: dict[tuple[str, MoneyUnit], Scalar] = {
    (FEN.name, "yuan"): YUAN,
    (YUAN.name, "fen"): FEN,
    (AMOUNT_FEN.name, "yuan"): AMOUNT_YUAN,
    (AMOUNT_YUAN.name, "fen"): AMOUNT_FEN,
}

T = TypeVar("T")
Text = Annotated[str, TEXT]
Id = Annotated[str, ID]  #: sent as text
NumberId = Annotated[str, NUMBER_ID]  #: text inside, sent as a JSON number
Whole = Annotated[int, WHOLE]
Number = Annotated[Decimal, NUMBER]
Flag = Annotated[bool, FLAG]
Fen = Annotated[Money, FEN]
Yuan = Annotated[Money, YUAN]
AmountFen = Annotated[Money, AMOUNT_FEN]  #: {amount, currency}
EpochMs = Annotated[datetime, EPOCH_MS]
ChinaTime = Annotated[datetime, CHINA_TIME]
Ali1688Time = Annotated[datetime, ALI_TIME]
JsonText = Annotated[T, EncodedTwice()]
