"""Where higher rooms plug into catalog's pages, filled from their `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from moneyed import Money

from desk.slots import Slot

if TYPE_CHECKING:
    from accounts.models import User

Item = tuple[str, str]  # marketplace, item id


@dataclass(frozen=True, slots=True)
class LastBought:
    """The last time somebody here bought an item; `price` of one piece, as it was paid."""

    on: date
    price: Money
    by: str


# what a page's items were last bought for, asked once a page: (reader, items) -> those known
last_bought: Slot[Callable[[User, list[Item]], dict[Item, LastBought]]] = Slot("last bought")
# what the policy says before submit: (reader, total in company currency) -> sentences
policy_notes: Slot[Callable[[User, Money], list[str]]] = Slot("policy notes")


def bought_before(person: User, items: list[Item]) -> dict[Item, LastBought]:
    """What all providers know; nothing is asked for an empty page."""
    known: dict[Item, LastBought] = {}
    for provider in last_bought if items else ():
        known |= provider(person, items)
    return known


def notes_for(person: User, total: Money) -> list[str]:
    """What all policies say about buying for `total`."""
    return [note for provider in policy_notes for note in provider(person, total)]
