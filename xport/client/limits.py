"""What holds calls back: a rate limiter put in from outside, and a "down until" mark.

The limiter shared by all processes belongs to the caller; only its shape is known here. The mark
lets reads and unsent writes fail fast while the platform is down.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol


class Limiter(Protocol):
    """A rate limit of one credential."""

    def acquire(self, *, timeout: float) -> bool:
        """Waits at most `timeout` seconds for a turn; False when there is none in time."""


class Breaker(Protocol):
    """The mark. An implementation may share it between processes."""

    def down_for(self) -> float:
        """Seconds for which nothing shall be sent; 0.0 when calls may go."""

    def failed(self) -> None:
        """The platform was not reached, or answered that it is down."""

    def answered(self) -> None:
        """The platform answered."""


class Unlimited:
    """No limit."""

    def acquire(self, *, timeout: float) -> bool:
        return True


class DownUntil:
    """The mark of one process: after `after` failures in a row, down for a while.

    The while doubles with each further failure, from `first` to at most `longest` seconds. Once it
    is over calls go again, and the first one decides.
    """

    def __init__(
        self,
        *,
        after: int = 3,
        first: float = 2.0,
        longest: float = 30.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._after, self._first, self._longest = after, first, longest
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def down_for(self) -> float:
        return max(0.0, self._until - self._monotonic()) if self._until else 0.0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            beyond = self._failures - self._after
            if beyond >= 0:
                pause = min(self._first * 2 ** min(beyond, 16), self._longest)
                self._until = self._monotonic() + pause

    def answered(self) -> None:
        if self._failures:
            with self._lock:
                self._failures, self._until = 0, 0.0
