"""Where apps plug into pages of the desk: typed slots, filled from `AppConfig.ready()`.

The desk shows what providers give; it never imports them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from moneyed import Money

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import User

P = TypeVar("P")


@dataclass
class Slot(Generic[P]):
    """A named list of providers, in the order they were plugged in."""

    name: str
    providers: list[P] = field(default_factory=list)

    def plug(self, provider: P) -> P:
        if provider not in self.providers:
            self.providers.append(provider)
        return provider

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.providers)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing a person must do: the button's verb, a sentence, its worth, until when."""

    verb: str
    sentence: str
    url: str
    amount: Money | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that runs out by itself."""

    sentence: str
    url: str
    at: datetime
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """Where a number or id typed into the box on top leads."""

    url: str


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the navigation. `count` shows how much waits there; None shows nothing."""

    label: str
    url: str
    icon: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class HomePart:
    """A part of the home page's right third or below its fold; of an item page, beside or "buy"."""

    title: str
    template: str
    context: dict[str, object]
    place: str = "aside"  # aside | below | buy (an item page, under its button)


# to-dos of a person, most urgent first; the home page sorts all providers' together
todos: Slot[Callable[[User], Iterable[ToDo]]] = Slot("to-dos")
todo_counts: Slot[Callable[[User], int]] = Slot("to-do counts")
deadlines: Slot[Callable[[User], Iterable[Deadline]]] = Slot("deadlines")
jumps: Slot[Callable[[User, str], Jump | None]] = Slot("jumps")
home_parts: Slot[Callable[[User], Iterable[HomePart]]] = Slot("home parts")
# aside of an item page: (request, marketplace, item id) -> parts with purchase history etc.
item_asides: Slot[Callable[[HttpRequest, str, str], Iterable[HomePart]]] = Slot("item asides")
# navigation: (person) -> entries with their place; the shell sorts by place
nav: Slot[Callable[[User], Iterable[tuple[int, NavEntry]]]] = Slot("navigation")
