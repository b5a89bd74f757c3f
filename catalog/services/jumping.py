"""From what was pasted to the item it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from catalog.marketplaces import ports
from catalog.marketplaces.links import normalise
from catalog.models import ItemSnapshot
from catalog.services.offers import get_offer

# Shorter numbers are rather a size or a model than an item.
_BARE_NUMBER = re.compile(r"\d{9,19}", re.ASCII)
_BARE_OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """An item page."""

    marketplace: str
    item_id: str


def bare_id(text: str) -> str:
    """The id, where the text is nothing but one; blanks and full-width digits are forgiven."""
    plain = normalise(text).replace(" ", "")
    return plain if _BARE_NUMBER.fullmatch(plain) or _BARE_OPAQUE.fullmatch(plain) else ""


def item_in_link(text: str) -> Target | None:
    """The item of a link or share text; None for bare ids, which name no marketplace."""
    if normalise(text).replace(" ", "").isalnum() or bare_id(text):
        return None
    for slug, port in ports().items():
        item_id = port.item_id_from_link(text)
        if item_id:
            return Target(slug, item_id)
    return None


def readers_of(item_id: str) -> list[str]:
    """Marketplaces on which such an id can exist."""
    return [slug for slug, port in ports().items() if port.item_id_from_link(item_id) == item_id]


def seen_item(text: str) -> Target | None:
    """The item with this bare id among those read before, if only one marketplace has it."""
    item_id = bare_id(text)
    if not item_id:
        return None
    rows = ItemSnapshot.objects.filter(item_id=item_id, offer__isnull=False)
    found = list(rows.values_list("marketplace", flat=True)[:2])
    return Target(found[0], item_id) if len(found) == 1 else None


def item_by_id(*, person: User, item_id: str) -> Target | None:
    """Ask the marketplaces, within one page's time, which one has this id. None: none or several.

    What is read on the way is kept, so the item page then opens at once.
    """
    slugs = readers_of(item_id)
    if len(slugs) == 1:
        return Target(slugs[0], item_id)
    share = settings.XPORT_PAGE_SECONDS / max(len(slugs), 1)
    found = []
    for slug in slugs:
        view = get_offer(person=person, marketplace=slug, item_id=item_id, deadline=share)
        if view.offer is not None:
            found.append(slug)
    return Target(found[0], item_id) if len(found) == 1 else None
