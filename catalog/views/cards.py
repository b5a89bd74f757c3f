"""A search result as one marketplace's cards: prices at my quantity, names, what we know."""

from __future__ import annotations

from dataclasses import dataclass

from moneyed import Money

from accounts.models import User
from catalog.forms import Asked
from catalog.marketplaces import port
from catalog.marketplaces.base import Hit, ProductPort
from catalog.services import SearchResult, search
from catalog.services.offers import Facts, facts_of
from catalog.services.reader import leading_title
from catalog.slots import LastBought, bought_before
from desk.money import NoRate, Rate, convert, rate_for


@dataclass(frozen=True, slots=True)
class Card:
    """`name` is ours, else the title; `original` only where it says something else."""

    hit: Hit
    url: str
    name: str
    original: str
    unit: Money | None
    unit_there: Money | None
    moq_too_high: bool
    seller: str
    ships_in_days: int | None
    last: LastBought | None


@dataclass(frozen=True, slots=True)
class Found:
    """One marketplace's part of a page. `left_out`: results of this page outside the price range,
    where the marketplace itself cannot filter by price."""

    port: ProductPort
    result: SearchResult
    cards: list[Card]
    left_out: int
    again_url: str
    tab_url: str

    @property
    def tells_sold(self) -> bool:
        return any(card.hit.sold is not None for card in self.cards)

    @property
    def tells_seller(self) -> bool:
        return any(card.seller for card in self.cards)

    @property
    def is_empty(self) -> bool:
        return self.result.page is not None and not self.cards


def yuan_rate() -> Rate | None:
    """Today's rate of the marketplaces' currency; None while nobody has entered one."""
    try:
        return rate_for("CNY")
    except NoRate:
        return None


def find_on(
    *,
    person: User,
    marketplace: str,
    asked: Asked,
    words: str,
    rate: Rate | None,
    size: int,
    again: bool = False,
) -> Found:
    """Search one marketplace and dress its results; a constant number of queries."""
    adapter = port(marketplace)
    query = asked.query(adapter, words, rate, size=size)
    fresh = 0 if again else 60
    result = search(person=person, marketplace=marketplace, query=query, fresh_seconds=fresh)
    hits = list(result.page.hits) if result.page else []
    inside = [hit for hit in hits if adapter.can_filter_price or _in_bounds(hit, asked, rate)]
    return Found(
        port=adapter,
        result=result,
        cards=_cards(person, marketplace, inside, asked, rate),
        left_out=len(hits) - len(inside),
        again_url=asked.lane_link(marketplace, again=True),
        tab_url=asked.link(on=marketplace),
    )


def _cards(
    person: User, marketplace: str, hits: list[Hit], asked: Asked, rate: Rate | None
) -> list[Card]:
    if not hits:
        return []
    items = [(marketplace, hit.item_id) for hit in hits]
    bought = bought_before(person, items)
    facts = facts_of(marketplace, [hit.item_id for hit in hits])
    return [
        _card(
            hit,
            asked,
            rate,
            facts=facts.get(hit.item_id),
            last=bought.get((marketplace, hit.item_id)),
        )
        for hit in hits
    ]


def _card(
    hit: Hit,
    asked: Asked,
    rate: Rate | None,
    *,
    facts: Facts | None,
    last: LastBought | None,
) -> Card:
    name = (facts.our_name if facts else "") or leading_title(hit.title, hit.title_original)
    price = _price_at(hit, facts, asked.quantity)
    days = hit.ships_in_days
    if days is None and facts:
        days = facts.ships_in_days
    return Card(
        hit=hit,
        url=asked.item_link(hit.marketplace, hit.item_id),
        name=name,
        original=hit.title_original if hit.title_original != name else "",
        unit=convert(price, rate) if price is not None and rate else None,
        unit_there=price,
        moq_too_high=0 < asked.quantity < hit.moq,
        seller=hit.seller or (facts.seller if facts else ""),
        ships_in_days=days,
        last=last,
    )


def _price_at(hit: Hit, facts: Facts | None, quantity: int) -> Money | None:
    """The price at my quantity. The ladder read earlier counts only while its first step is still
    the list's price: one that has moved since would mix two days."""
    if facts and facts.tiers and facts.tiers[0].price == hit.price:
        reached = [tier.price for tier in facts.tiers if tier.start <= quantity]
        return reached[-1] if reached else hit.price
    return hit.price


def _in_bounds(hit: Hit, asked: Asked, rate: Rate | None) -> bool:
    if not asked.has_bounds or hit.price is None:
        return True
    amount = (convert(hit.price, rate) if rate else hit.price).amount
    low, high = asked.price_from, asked.price_to
    return (low is None or amount >= low) and (high is None or amount <= high)
