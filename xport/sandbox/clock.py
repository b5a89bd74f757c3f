"""The world's clock: milliseconds since 1970, the real clock plus an offset that people may move.

Orders, parcels, prices and pushes live by it. The door judges signatures by the real clock instead.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

from .state import State

CHINA = timezone(timedelta(hours=8))
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class WorldClock:
    """Real time plus a remembered offset."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._offset = int(state.meta("clock_offset_ms", "0"))

    @property
    def offset_ms(self) -> int:
        """How far the world is ahead of the real clock."""
        return self._offset

    def now(self) -> int:
        """This moment in the world, epoch milliseconds."""
        return real_now() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the world on; time never runs backwards this way."""
        if seconds < 0:
            raise ValueError("the world only moves forward; set the clock instead")
        self._set(self._offset + round(seconds * SECOND))

    def set_offset(self, seconds: float) -> None:
        """Put the world this many seconds ahead of (or behind) the real clock."""
        self._set(round(seconds * SECOND))

    def set_now(self, moment: datetime) -> None:
        """Put the world at this moment; a time without zone is taken as UTC."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self._set(round(aware.timestamp() * SECOND) - real_now())

    def _set(self, offset: int) -> None:
        self._offset = offset
        self._state.set_meta("clock_offset_ms", str(offset))


def real_now() -> int:
    """This moment by the machine, epoch milliseconds."""
    return time.time_ns() // 1_000_000


def utc(ms: int) -> datetime:
    """Epoch milliseconds as an aware UTC time."""
    return datetime.fromtimestamp(ms / SECOND, UTC)


def iso(ms: int | None) -> str | None:
    """Epoch milliseconds as ISO text in UTC, for the control answers."""
    return None if ms is None else utc(ms).isoformat(timespec="milliseconds")


def china_text(ms: int) -> str:
    """`yyyy-MM-dd HH:mm:ss` on a Chinese wall clock."""
    return datetime.fromtimestamp(ms / SECOND, CHINA).strftime("%Y-%m-%d %H:%M:%S")


def alibaba_text(ms: int) -> str:
    """`yyyyMMddHHmmssSSS+0800`, as 1688 writes moments."""
    moment = datetime.fromtimestamp(ms // SECOND, CHINA)
    return f"{moment:%Y%m%d%H%M%S}{ms % SECOND:03d}+0800"


def parse_alibaba(text: str) -> int:
    """Epoch milliseconds of `yyyyMMddHHmmssSSS+0800` (or a plain China time). Raises ValueError."""
    if "-" in text[:8] and ":" in text:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
        return round(moment.timestamp() * SECOND)
    digits, sign, zone = text.partition("+")
    if len(digits) != 17 or (sign and len(zone) != 4):
        raise ValueError(text)
    hours, minutes = (int(zone[:2]), int(zone[2:])) if sign else (8, 0)
    moment = datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(
        tzinfo=timezone(timedelta(hours=hours, minutes=minutes))
    )
    return round(moment.timestamp() * SECOND) + int(digits[14:])
