"""Django's handle on this app, and what it plugs into the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from desk.slots import Jump, NavEntry


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = gettext_lazy("Words and names")

    def ready(self) -> None:
        from desk import slots

        slots.nav.plug(find_entry)
        slots.jumps.plug(jump_to_item)


def find_entry(person: User) -> Iterable[tuple[int, NavEntry]]:
    """Find, for those who may ask."""
    from accounts.choices import Right
    from desk.slots import NavEntry

    if person.may(Right.ASK):
        yield 20, NavEntry(_("Find"), reverse("catalog:find"), "search")


def jump_to_item(person: User, text: str) -> Jump | None:
    """The item a pasted link means, or whose number this is among those we have seen."""
    from accounts.choices import Right
    from catalog.services import jumping
    from desk.slots import Jump

    if not person.may(Right.SEE_PRICES):
        return None
    found = jumping.item_in_link(text) or jumping.seen_item(text)
    if found is None:
        return None
    return Jump(reverse("catalog:item", args=[found.marketplace, found.item_id]))
