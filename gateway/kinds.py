"""What a kind of remote command must be able to do; higher apps register theirs at start.

The engine (gateway/services) owns claiming, leases, attempts, outcomes and asking afterwards.
A kind owns what is sent, how an answer reads, and what it means for its subject.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from gateway.models import RemoteCommand
    from xport.client import Client, Outcome


class Stop(Exception):
    """The command must not be sent (any more); the text says why, for people.

    `detail` is kept as the command's result, for `give_back` to act on.
    """

    def __init__(self, reason: str, **detail: Any) -> None:
        super().__init__(reason)
        self.detail = detail


class Doubt(Exception):
    """Before a repeat: the platform may have done the first try after all. It is asked again."""


class NotYet(Exception):
    """It cannot be sent now, but later: queued again with backoff."""


@dataclass(frozen=True, slots=True)
class Found:
    """The platform shows that it was done; `result` is what `apply` takes."""

    result: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Absent:
    """A complete read that started at `as_of` does not show it."""

    as_of: datetime


@dataclass(frozen=True, slots=True)
class Several:
    """More than one thing could be it: `candidates` are results, a person picks."""

    candidates: list[dict[str, Any]] = field(default_factory=list)


Finding = Found | Absent | Several


class CommandKind(ABC):
    """One kind. Methods that take a client run with no transaction open, the others inside one."""

    name: str
    label: str | Promise
    keyed = False  # the platform recognises a repeat by our key: it may be sent again

    @abstractmethod
    def recheck(self, command: RemoteCommand) -> None:
        """At the claim: is it still allowed (approval, right, budget, state)? Raises Stop."""

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        """Read what must be known right before sending. Raises Stop or ReadFailed."""
        return {}

    def stale(self, command: RemoteCommand, prepared: dict[str, Any]) -> bool:
        """Whether what was read is too old by now to send on: it is then read again."""
        return False

    @abstractmethod
    def send(
        self, command: RemoteCommand, client: Client, *, send_by: datetime, deadline: float
    ) -> Outcome[Any]:
        """Make the call, once. `send_by`: not signed after it; `deadline`: seconds in all."""

    @abstractmethod
    def result(self, command: RemoteCommand, value: Any) -> dict[str, Any]:
        """An answer's value as JSON in our words."""

    @abstractmethod
    def find(self, command: RemoteCommand, client: Client) -> Finding:
        """Ask the platform whether it was done. Raises ReadFailed when it cannot be asked."""

    @abstractmethod
    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        """It was done: move the subject. In the transaction that closes the command."""

    @abstractmethod
    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        """It was not done and will not be (refused, stopped, taken back, given up)."""

    def unclear(self, command: RemoteCommand) -> None:  # noqa: B027  most kinds show nothing
        """The answer was lost: show it on the subject. In the transaction that says so."""

    def after_commit(self, command: RemoteCommand) -> None:  # noqa: B027  optional
        """What to start once the result is stored, such as a first read of a new order."""


_kinds: dict[str, CommandKind] = {}


def register(kind: CommandKind) -> None:
    """Called from AppConfig.ready()."""
    _kinds[kind.name] = kind


def kind_of(command: RemoteCommand) -> CommandKind:
    """Raises KeyError where no app registered the kind."""
    return _kinds[command.kind]
