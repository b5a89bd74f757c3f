"""Our own names for items."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.choices import Right
from accounts.models import User
from catalog.marketplaces import port
from catalog.models import OurName
from desk import clock

LONGEST = 120


def name_item(*, person: User, marketplace: str, item_id: str, name: str) -> OurName | None:
    """Give an item our name, or take it away with an empty one. Raises PermissionDenied for people
    who may not ask, UnknownMarketplace."""
    port(marketplace)
    if not person.may(Right.ASK):
        raise PermissionDenied
    words = " ".join(name.replace("\x00", "").split())[:LONGEST]
    if not words:
        OurName.objects.filter(marketplace=marketplace, item_id=item_id).delete()
        return None
    row, _ = OurName.objects.update_or_create(
        marketplace=marketplace,
        item_id=item_id,
        defaults={"name": words, "by": person, "at": clock.now()},
    )
    return row


def names_of(items: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Our names of (marketplace, item id) pairs, where there are any. One query."""
    wanted = Q(pk__in=())
    pairs = set(items)
    for marketplace in {marketplace for marketplace, _ in pairs}:
        ids = [item_id for other, item_id in pairs if other == marketplace]
        wanted |= Q(marketplace=marketplace, item_id__in=ids)
    if not pairs:
        return {}
    rows = OurName.objects.filter(wanted).values_list("marketplace", "item_id", "name")
    return {(marketplace, item_id): name for marketplace, item_id, name in rows}
