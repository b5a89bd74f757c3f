"""What an item page says about money: ladder, total, and what a few more pieces would bring.

Tiers count the pieces of the whole offer, over all variants bought together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moneyed import Money

from catalog.marketplaces.base import Offer, OfferSku
from desk.money import Rate, convert


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder; `end` None: and above."""

    start: int
    end: int | None
    price: Money | None
    price_there: Money
    active: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """`pieces` wanted in all, what they cost, and how many `more` reach `next_price`."""

    pieces: int
    total: Money | None
    total_there: Money
    more: int = 0
    next_price: Money | None = None


def here(money: Money, rate: Rate | None) -> Money | None:
    return convert(money, rate) if rate else None


def ladder(offer: Offer, pieces: int, rate: Rate | None) -> list[Step]:
    """The steps, the one reached by `pieces` marked; before the first step, the first."""
    starts = [tier.start for tier in offer.tiers]
    reached = max([start for start in starts if start <= pieces], default=next(iter(starts), 0))
    return [
        Step(
            start=tier.start,
            end=starts[place + 1] - 1 if place + 1 < len(starts) else None,
            price=here(tier.price, rate),
            price_there=tier.price,
            active=tier.start == reached,
        )
        for place, tier in enumerate(offer.tiers)
    ]


def spread(offer: Offer) -> tuple[Money, Money]:
    """The lowest and highest unit price of the variants that can be ordered, else of all."""
    skus = [sku for sku in offer.skus if sku.orderable] or list(offer.skus)
    prices = [tier.price for tier in offer.tiers] or [sku.price for sku in skus]
    return min(prices), max(prices)


def summed(offer: Offer, wanted: Mapping[str, int], rate: Rate | None) -> Sum:
    """The sum of (sku id → pieces); unknown variants and nonsense count for nothing."""
    lines = [(sku, wanted[sku.sku_id]) for sku in offer.skus if wanted.get(sku.sku_id, 0) > 0]
    pieces = sum(quantity for _, quantity in lines)
    zero = Money(0, offer.skus[0].price.currency)
    total = sum((_line(offer, sku, pieces, quantity) for sku, quantity in lines), zero)
    following = next((tier for tier in offer.tiers if tier.start > pieces), None)
    reachable = following is not None and pieces > 0 and pieces >= offer.tiers[0].start
    return Sum(
        pieces=pieces,
        total=here(total, rate),
        total_there=total,
        more=following.start - pieces if following and reachable else 0,
        next_price=following.price if following and reachable else None,
    )


def _line(offer: Offer, sku: OfferSku, pieces: int, quantity: int) -> Money:
    return offer.unit_price(sku, pieces) * quantity
