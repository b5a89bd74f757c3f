"""One item, as true as it can be had now: read from its marketplace, else what we last knew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import OuterRef, Q, Subquery

from accounts.models import SubAccount, User
from accounts.services import sub_account_for
from catalog.marketplaces import port
from catalog.marketplaces.base import Offer, Tier
from catalog.models import ItemSnapshot, OurName
from catalog.services.failures import Failure, failure_of, unmapped
from catalog.services.keeping import money_from_json, offer_from_json, offer_to_json
from catalog.services.tidying import tidy_now_and_then
from desk import clock
from gateway.choices import Channel
from gateway.client import client_for
from gateway.health import note_failure, note_success
from xport.client import NotFound, ReadFailed

log = structlog.get_logger(__name__)
LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class OfferView:
    """What is known of an item. `offer` None: nothing ever was. `stale`: `offer` is from earlier,
    because of `failure`; its own `as_of` says when it was true."""

    offer: Offer | None
    stale: bool = False
    failure: Failure | None = None


def get_offer(
    *,
    marketplace: str,
    item_id: str,
    person: User | None = None,
    sub_account: SubAccount | None = None,
    fresh_seconds: float = 60,
    deadline: float | None = None,
) -> OfferView:
    """The offer, read as the person's sub-account (or the one given) within `deadline` seconds.

    What was read less than `fresh_seconds` ago is not asked for again. Raises UnknownMarketplace,
    and nothing else: a failed read is in the answer.
    """
    adapter = port(marketplace)
    kept = _kept(marketplace, item_id)
    known = _offer_of(kept)
    if known and known.as_of > clock.now() - timedelta(seconds=fresh_seconds):
        return OfferView(known)
    if sub_account is None and person is not None:
        sub_account = sub_account_for(person=person, marketplace=marketplace)
    if sub_account is None:
        return OfferView(known, known is not None, unmapped(marketplace))
    seconds = settings.XPORT_PAGE_SECONDS if deadline is None else deadline
    try:
        offer = adapter.offer(client_for(sub_account), item_id, deadline=seconds)
    except ReadFailed as error:
        failure = failure_of(error, marketplace)
        _note(marketplace, error)
        return OfferView(known, known is not None, failure)
    note_success(marketplace, Channel.SEARCH)
    offer = _with_translation(offer, kept)
    keep_offer(offer)
    return OfferView(offer)


def known_offers(items: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Offer]:
    """Last known offers of (marketplace, item id) pairs, without a call. One query."""
    wanted = Q(pk__in=())
    by_marketplace: dict[str, list[str]] = {}
    for marketplace, item_id in items:
        by_marketplace.setdefault(marketplace, []).append(item_id)
    for marketplace, ids in by_marketplace.items():
        wanted |= Q(marketplace=marketplace, item_id__in=ids)
    if not by_marketplace:
        return {}
    rows = ItemSnapshot.objects.filter(wanted, offer__isnull=False)
    return {(row.marketplace, row.item_id): offer for row in rows if (offer := _offer_of(row))}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a found item beside its search result: our name, and the little of its
    last known offer that a card shows."""

    our_name: str
    tiers: tuple[Tier, ...]
    seller: str
    ships_in_days: int | None


def facts_of(marketplace: str, item_ids: Iterable[str]) -> dict[str, Facts]:
    """Facts of items that a search found. One query, without the large parts of offers."""
    name = OurName.objects.filter(marketplace=marketplace, item_id=OuterRef("item_id"))
    rows = (
        ItemSnapshot.objects.filter(marketplace=marketplace, item_id__in=list(item_ids))
        .annotate(our_name=Subquery(name.values("name")[:1]))
        .values_list("item_id", "our_name", "offer__tiers", "offer__seller", "offer__extra")
    )
    return {
        item_id: Facts(
            our_name or "",
            tuple(Tier(start, money_from_json(price)) for start, price in tiers or ()),
            (seller or ["", ""])[1],
            int(days) if (days := (extra or {}).get("ships_in_days")) else None,
        )
        for item_id, our_name, tiers, seller, extra in rows
    }


def keep_offer(offer: Offer) -> None:
    """Remember an offer as the last known one of its item, unless a newer one is kept."""
    values = {"offer": offer_to_json(offer), "as_of": offer.as_of}
    row = ItemSnapshot.objects.filter(marketplace=offer.marketplace, item_id=offer.item_id)
    if row.filter(Q(as_of__lte=offer.as_of) | Q(offer__isnull=True)).update(**values):
        return
    # None yet, or a newer one: then the unique pair makes this a no-op.
    ItemSnapshot.objects.bulk_create(
        [ItemSnapshot(marketplace=offer.marketplace, item_id=offer.item_id, **values)],
        ignore_conflicts=True,
    )
    tidy_now_and_then(offer.item_id)


def _kept(marketplace: str, item_id: str) -> ItemSnapshot | None:
    if not item_id or len(item_id) > LONGEST_ID:
        return None
    return ItemSnapshot.objects.filter(marketplace=marketplace, item_id=item_id).first()


def _offer_of(row: ItemSnapshot | None) -> Offer | None:
    if row is None or row.offer is None:
        return None
    try:
        offer = offer_from_json(row.offer)
    except (KeyError, TypeError, ValueError):
        # Written by another version of the desk: as good as never read.
        log.warning("unreadable snapshot", marketplace=row.marketplace, item_id=row.item_id)
        return None
    return _with_translation(offer, row)


def _with_translation(offer: Offer, row: ItemSnapshot | None) -> Offer:
    """Where the detail call gives no translated title, the one a search gave."""
    if row is None or not row.title_translated or offer.title != offer.title_original:
        return offer
    return replace(offer, title=row.title_translated)


def _note(marketplace: str, error: ReadFailed) -> None:
    """An item that is not there says nothing against the channel."""
    if isinstance(error, NotFound):
        note_success(marketplace, Channel.SEARCH)
    else:
        note_failure(marketplace, Channel.SEARCH, error.sentence)
