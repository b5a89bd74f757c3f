"""What a marketplace can tell us about goods, in our words: the port its adapters implement.

Adapters are stateless: they take a client, return these frozen snapshots with `as_of` (the moment
the request started), and never touch the ORM. Money is `Money`, ids are text, times aware UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from moneyed import Money

from xport.client import Client


class Sort(StrEnum):
    """How results may be ordered; an adapter offers those its marketplace has."""

    BEST = "best"
    SOLD = "sold"
    PRICE_UP = "price"
    PRICE_DOWN = "-price"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Query:
    """A search. `quantity` is what the buyer needs; prices are shown at it."""

    words: str
    page: int = 1
    size: int = 20
    sort: Sort = Sort.BEST
    quantity: int = 1
    category: str = ""
    price_from: Money | None = None
    price_to: Money | None = None
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """From `start` pieces on, one costs `price`."""

    start: int
    price: Money


@dataclass(frozen=True, slots=True)
class Seller:
    id: str
    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result. `price` is for one piece at the smallest quantity known from the list;
    None where the list says none."""

    marketplace: str
    item_id: str
    title: str
    title_original: str
    picture: str
    price: Money | None
    moq: int = 1
    seller: str = ""
    sold: int | None = None
    stock: int | None = None
    repeat_rate: str = ""
    ships_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class HitPage:
    hits: tuple[Hit, ...]
    total: int
    page: int
    has_more: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Property:
    """One choice on one axis, translated where the platform does, with the original."""

    axis: str
    value: str
    axis_original: str = ""
    value_original: str = ""


@dataclass(frozen=True, slots=True)
class OfferSku:
    """A variant. `order_sku_id` is what ordering wants (mpSkuId, specId); empty with
    `orderable` False means that this variant cannot be ordered."""

    sku_id: str
    order_sku_id: str
    properties: tuple[Property, ...]
    price: Money
    stock: int
    picture: str = ""
    orderable: bool = True

    @property
    def label(self) -> str:
        return " · ".join(p.value for p in self.properties)


@dataclass(frozen=True, slots=True)
class Offer:
    """An item page's truth. `tiers` is empty where price depends on the SKU alone; `moq` is at
    least 1, `batch` None or the lot whose multiples may be ordered. `description_html` is the
    platform's and must be sanitised before it is shown. `attributes` and `scores` are pairs of name
    and value; scores are named by keys. `extra` may hold: `why` (a Why, when nothing is orderable)
    with the remote word in `why_there`, `ships_in_days`, `post_fee` (fen), `shop_url`."""

    marketplace: str
    item_id: str
    order_item_id: str
    title: str
    title_original: str
    pictures: tuple[str, ...]
    description_html: str
    seller: Seller
    unit: str
    moq: int
    batch: int | None
    tiers: tuple[Tier, ...]
    skus: tuple[OfferSku, ...]
    stock: int
    on_sale: bool
    as_of: datetime
    category: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    ships_from: str = ""
    weight_kg: str = ""
    freight_note: str = ""
    scores: tuple[tuple[str, str], ...] = ()
    extra: dict[str, str] = field(default_factory=dict)

    def sku(self, sku_id: str) -> OfferSku | None:
        return next((sku for sku in self.skus if sku.sku_id == sku_id), None)

    def unit_price(self, sku: OfferSku, quantity: int) -> Money:
        """Price of one piece of `sku` when `quantity` pieces of the offer are bought together."""
        reached = [tier for tier in self.tiers if tier.start <= quantity]
        return reached[-1].price if reached else sku.price


class Why(StrEnum):
    """Why something cannot be ordered, in our words. Stored, so never translated here."""

    GONE = "gone"
    OFF_SHELF = "off_shelf"
    NOT_IN_CHANNEL = "not_in_channel"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a variant can still be bought, from the marketplace's cheapest way of asking.

    `reason` is one of `Why`, or the marketplace's own word where we know no better.
    """

    item_id: str
    sku_id: str
    orderable: bool
    reason: str = ""


class ProductPort(Protocol):
    """What each module in catalog/marketplaces offers as `PORT`."""

    slug: str
    monogram: str
    sorts: tuple[Sort, ...]
    can_filter_price: bool
    has_tiers: bool

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        ...

    def search(self, client: Client, query: Query, *, deadline: float) -> HitPage: ...

    def offer(self, client: Client, item_id: str, *, deadline: float) -> Offer: ...

    def check(
        self, client: Client, wanted: Sequence[tuple[str, str]], *, deadline: float
    ) -> list[Checked]: ...

    def item_id_from_link(self, link: str) -> str | None: ...

    def link(self, item_id: str) -> str: ...
