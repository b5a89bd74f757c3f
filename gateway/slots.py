"""What the border's pages need from higher rooms, which know what a command is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from moneyed import Money

from desk.slots import Slot
from gateway.kinds import kind_of

if TYPE_CHECKING:
    from accounts.models import User
    from gateway.models import RemoteCommand


@dataclass(frozen=True, slots=True)
class About:
    """A command in people's words. `sent` is what was sent ("the payment of R-1042/2");
    `if_again` and `if_given_up` say what those choices lead to."""

    sent: str
    number: str
    url: str
    amount: Money | None = None
    lines: tuple[str, ...] = ()
    if_again: str = ""
    if_given_up: str = ""


@dataclass(frozen=True, slots=True)
class CandidateWords:
    """One thing at the platform that an unclear command may have become."""

    label: str
    url: str = ""
    amount: Money | None = None
    key: str = ""  # its ids at the platform, joined by commas: what a form sends back
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that was refused or failed, and where it can be put right."""

    sentence: str
    reason: str
    url: str
    verb: str
    at: datetime
    amount: Money | None = None


# command -> its words; None: not this provider's kind
about_commands: Slot[Callable[[RemoteCommand], About | None]] = Slot("about commands")
# (command, candidate as stored) -> its words
about_candidates: Slot[Callable[[RemoteCommand, dict[str, Any]], CandidateWords | None]] = Slot(
    "about candidates"
)
# what was refused or failed since a moment, newest first
failed_things: Slot[Callable[[User, datetime], Iterable[Failed]]] = Slot("failed things")
# marketplace -> how many open orders its silence leaves out of date
out_of_date: Slot[Callable[[str], int]] = Slot("out of date")
# read a marketplace's lists again now -> how many reads were started
read_again: Slot[Callable[[str], int]] = Slot("read again")


def about(command: RemoteCommand) -> About:
    """The words of whoever knows the kind; the kind's own label where nobody does."""
    for provider in about_commands:
        words = provider(command)
        if words is not None:
            return words
    return About(sent=str(kind_of(command).label), number=command.subject, url="")


def about_candidate(command: RemoteCommand, candidate: dict[str, Any]) -> CandidateWords:
    """The words of whoever knows it; its bare facts where nobody does."""
    for provider in about_candidates:
        words = provider(command, candidate)
        if words is not None:
            return words
    return CandidateWords(", ".join(f"{key}: {value}" for key, value in candidate.items()))
