"""One search on one marketplace: asked now, else the last answer to the same question."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings

from accounts.models import User
from accounts.services import sub_account_for
from catalog.marketplaces import port
from catalog.marketplaces.base import HitPage, Query
from catalog.models import ItemSnapshot, SearchSnapshot
from catalog.services.failures import Failure, failure_of, unmapped
from catalog.services.keeping import hits_from_json, hits_to_json, money_to_json
from catalog.services.offers import LONGEST_ID
from catalog.services.tidying import tidy_now_and_then
from desk import clock
from gateway.choices import Channel
from gateway.client import client_for
from gateway.health import note_failure, note_success
from xport.client import ReadFailed

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`page` None: nothing is known. `stale`: the page is from earlier, because of `failure`."""

    page: HitPage | None
    stale: bool = False
    failure: Failure | None = None


def search(
    *,
    person: User,
    marketplace: str,
    query: Query,
    fresh_seconds: float = 60,
    deadline: float | None = None,
) -> SearchResult:
    """Results of one page, read as the person's sub-account within `deadline` seconds.

    The same question asked within `fresh_seconds` is answered from memory. Raises
    UnknownMarketplace, and nothing else: a failed read is in the answer.
    """
    adapter = port(marketplace)
    digest = digest_of(query)
    kept = SearchSnapshot.objects.filter(marketplace=marketplace, digest=digest).first()
    known = _page_of(kept)
    if known and known.as_of > clock.now() - timedelta(seconds=fresh_seconds):
        return SearchResult(known)
    sub_account = sub_account_for(person=person, marketplace=marketplace)
    if sub_account is None:
        return SearchResult(known, known is not None, unmapped(marketplace))
    seconds = settings.XPORT_PAGE_SECONDS if deadline is None else deadline
    try:
        page = adapter.search(client_for(sub_account), query, deadline=seconds)
    except ReadFailed as error:
        note_failure(marketplace, Channel.SEARCH, error.sentence)
        return SearchResult(known, known is not None, failure_of(error, marketplace))
    note_success(marketplace, Channel.SEARCH)
    _keep(marketplace, digest, page)
    return SearchResult(page)


def digest_of(query: Query) -> str:
    """Stands for what is asked of the marketplace; the quantity is only ours."""
    bounds = [None if m is None else money_to_json(m) for m in (query.price_from, query.price_to)]
    asked = [
        " ".join(query.words.split()).casefold(),
        query.page,
        query.size,
        query.sort.value,
        query.category,
        bounds,
        sorted(query.filters),
    ]
    text = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _page_of(row: SearchSnapshot | None) -> HitPage | None:
    if row is None:
        return None
    try:
        return hits_from_json(row.page)
    except (KeyError, TypeError, ValueError):
        # Written by another version of the desk: as good as never read.
        log.warning("unreadable search snapshot", marketplace=row.marketplace)
        return None


def _keep(marketplace: str, digest: str, page: HitPage) -> None:
    """The answer, and a row for every item in it: for its translated title, which detail calls may
    not give, and so that `offers.facts_of` finds everything about a page of items in one query."""
    SearchSnapshot.objects.bulk_create(
        [
            SearchSnapshot(
                marketplace=marketplace, digest=digest, page=hits_to_json(page), as_of=page.as_of
            )
        ],
        update_conflicts=True,
        unique_fields=["marketplace", "digest"],
        update_fields=["page", "as_of"],
    )
    rows = {
        hit.item_id: ItemSnapshot(
            marketplace=marketplace,
            item_id=hit.item_id,
            title_translated=hit.title[:300] if hit.title != hit.title_original else "",
            as_of=page.as_of,
        )
        for hit in page.hits
        if len(hit.item_id) <= LONGEST_ID
    }
    ItemSnapshot.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["marketplace", "item_id"],
        update_fields=["title_translated"],
    )
    tidy_now_and_then(digest)
