"""The desk's clock. Services ask it instead of Django, so that a story can be told at another time.

Only demo data moves it (`at`); signing never uses it, since the platform judges by its own clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("desk_clock", default=None)


def now() -> datetime:
    """This moment, aware, UTC."""
    return _moved.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (aware)."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
