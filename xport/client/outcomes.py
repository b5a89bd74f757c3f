"""What calls give back: an `Answer` for a read, one of four outcomes for a write.

Callers of `write` handle exactly these four and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

#: Why nothing was sent. `late`: `send_by` had passed; `limit`: our own rate limit; `marked`: the
#: platform is marked down; `connect`: no connection came about (refused, name, time-out, TLS).
NotSentKind = Literal["late", "limit", "marked", "connect"]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A read's answer. `as_of` is the moment its request started, aware UTC."""

    value: T
    as_of: datetime
    request_id: str


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """It was done: the envelope and the answer's own flags say so."""

    value: T
    request_id: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """It was definitely not done. `code` is on the endpoint's list of definite refusals."""

    code: str
    message: str
    request_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing can have reached the platform, so sending again is safe."""

    reason: str
    kind: NotSentKind = "connect"


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been done: ask the platform before anything else.

    `code` and `message` are the platform's, where an envelope came.
    """

    reason: str
    request_id: str = ""
    code: str = ""
    message: str = ""


Outcome = Done[T] | Refused | NotSent | Unknown
