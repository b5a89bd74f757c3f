"""Offers and result pages as JSON and back, without loss.

Money is [minor units, currency]; a price finer than the minor unit keeps its digits as text.
Times are ISO 8601 with their offset.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from moneyed import Money, get_currency

from catalog.marketplaces.base import (
    Hit,
    HitPage,
    Offer,
    OfferSku,
    Property,
    Seller,
    Tier,
)

Json = dict[str, Any]


def money_to_json(money: Money) -> list[int | str]:
    """[1160, "CNY"]; a fraction of a minor unit as text, ["3.5", "CNY"]."""
    minor = money.amount * money.currency.sub_unit
    whole = minor == minor.to_integral_value()
    return [int(minor) if whole else format(minor, "f"), money.currency.code]


def money_from_json(value: list[Any]) -> Money:
    minor, code = value
    return Money(Decimal(minor) / get_currency(code).sub_unit, code)


def offer_to_json(offer: Offer) -> Json:
    """A JSON-ready dict. Every field of Offer is named here or in `_PLAIN`."""
    return {name: getattr(offer, name) for name in _PLAIN} | {
        "pictures": list(offer.pictures),
        "seller": [offer.seller.id, offer.seller.name, offer.seller.place],
        "tiers": [[tier.start, money_to_json(tier.price)] for tier in offer.tiers],
        "skus": [_sku_to_json(sku) for sku in offer.skus],
        "attributes": [list(pair) for pair in offer.attributes],
        "scores": [list(pair) for pair in offer.scores],
        "as_of": offer.as_of.isoformat(),
        "extra": dict(offer.extra),
    }


def offer_from_json(data: Json) -> Offer:
    """The offer that `offer_to_json` wrote. Raises KeyError or ValueError on other data."""
    return Offer(
        **{name: data[name] for name in _PLAIN},
        pictures=tuple(data["pictures"]),
        seller=Seller(*data["seller"]),
        tiers=tuple(Tier(start, money_from_json(price)) for start, price in data["tiers"]),
        skus=tuple(_sku_from_json(sku) for sku in data["skus"]),
        attributes=tuple((name, value) for name, value in data["attributes"]),
        scores=tuple((name, value) for name, value in data["scores"]),
        as_of=datetime.fromisoformat(data["as_of"]),
        extra=dict(data["extra"]),
    )


_PLAIN = (
    "marketplace",
    "item_id",
    "order_item_id",
    "title",
    "title_original",
    "description_html",
    "unit",
    "moq",
    "batch",
    "stock",
    "on_sale",
    "category",
    "ships_from",
    "weight_kg",
    "freight_note",
)


def _sku_to_json(sku: OfferSku) -> Json:
    return {
        "sku_id": sku.sku_id,
        "order_sku_id": sku.order_sku_id,
        "properties": [
            [one.axis, one.value, one.axis_original, one.value_original] for one in sku.properties
        ],
        "price": money_to_json(sku.price),
        "stock": sku.stock,
        "picture": sku.picture,
        "orderable": sku.orderable,
    }


def _sku_from_json(data: Json) -> OfferSku:
    return OfferSku(
        sku_id=data["sku_id"],
        order_sku_id=data["order_sku_id"],
        properties=tuple(Property(*one) for one in data["properties"]),
        price=money_from_json(data["price"]),
        stock=data["stock"],
        picture=data["picture"],
        orderable=data["orderable"],
    )


_PLAIN_HIT = (
    "marketplace",
    "item_id",
    "title",
    "title_original",
    "picture",
    "moq",
    "seller",
    "sold",
    "stock",
    "repeat_rate",
    "ships_in_days",
)


def hits_to_json(page: HitPage) -> Json:
    """One page of results, JSON-ready."""
    return {
        "hits": [
            {name: getattr(hit, name) for name in _PLAIN_HIT}
            | {"price": None if hit.price is None else money_to_json(hit.price)}
            for hit in page.hits
        ],
        "total": page.total,
        "page": page.page,
        "has_more": page.has_more,
        "as_of": page.as_of.isoformat(),
    }


def hits_from_json(data: Json) -> HitPage:
    """The page that `hits_to_json` wrote. Raises KeyError or ValueError on other data."""
    return HitPage(
        hits=tuple(
            Hit(
                **{name: row[name] for name in _PLAIN_HIT},
                price=None if row["price"] is None else money_from_json(row["price"]),
            )
            for row in data["hits"]
        ),
        total=data["total"],
        page=data["page"],
        has_more=data["has_more"],
        as_of=datetime.fromisoformat(data["as_of"]),
    )
