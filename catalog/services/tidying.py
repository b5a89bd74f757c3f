"""Keeps the snapshot tables bounded: they are memory, not records."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from catalog.models import ItemSnapshot, SearchSnapshot
from desk import clock

SEARCH_DAYS = 7
TITLE_DAYS = 30
ITEM_DAYS = 365
MOST_SEARCHES = 2_000
MOST_ITEMS = 50_000
EVERY = 200  # rows written between two rounds, about


def tidy_now_and_then(key: str) -> None:
    """For one in EVERY keys; cheap enough to ride along with the row that was written."""
    if zlib.crc32(key.encode()) % EVERY == 0:
        tidy_snapshots()


def tidy_snapshots() -> int:
    """Delete what is old or too much; how many rows."""
    now = clock.now()
    offers = ItemSnapshot.objects.filter(offer__isnull=False)
    titles = ItemSnapshot.objects.filter(offer__isnull=True)
    deleted = 0
    for rows in (
        SearchSnapshot.objects.filter(as_of__lt=now - timedelta(days=SEARCH_DAYS)),
        titles.filter(as_of__lt=now - timedelta(days=TITLE_DAYS)),
        offers.filter(as_of__lt=now - timedelta(days=ITEM_DAYS)),
    ):
        deleted += rows.delete()[0]
    deleted += _keep_newest(SearchSnapshot.objects.all(), MOST_SEARCHES)
    return deleted + _keep_newest(ItemSnapshot.objects.all(), MOST_ITEMS)


def _keep_newest(rows: QuerySet[Any], most: int) -> int:
    beyond = rows.order_by("-as_of").values_list("as_of", flat=True)[most : most + 1]
    limit = next(iter(beyond), None)
    return rows.filter(as_of__lte=limit).delete()[0] if limit is not None else 0
