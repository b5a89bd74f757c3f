"""What the sandbox's world is made of: categories, sellers, goods and their SKUs.

Everything here is immutable. Prices are the prices of the world's first day; what moves later
(price, stock, orders) is the server's state and lies over these values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Marketplace = Literal["taobao", "1688"]
Tier = tuple[int, int]
"""(first quantity of the tier in sales units, unit price in fen)."""


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """One node of a marketplace's tree; `parent_id` is "0" for a root and None for node "0"."""

    category_id: str
    zh: str
    en: str
    level: int
    parent_id: str | None
    path_zh: tuple[str, ...]
    path_en: tuple[str, ...]
    children: tuple[Category, ...] = ()

    @property
    def leaf(self) -> bool:
        """True where goods hang and nothing lies below."""
        return not self.children


@dataclass(frozen=True, slots=True)
class SellerScores:
    """What 1688 says of a seller: scores from 0 to 5, shares in percent."""

    trade_medal_level: int
    composite_service: float
    logistics: float
    dispute: float
    offer: float
    consulting: float
    after_sales: float
    repeat_purchase_percent: float
    collected_24h_percent: float
    collected_48h_percent: float
    quality_refund_percent: float


@dataclass(frozen=True, slots=True, eq=False)
class Seller:
    """A shop and the company behind it. `open_id` is 1688's encrypted id (BBB…)."""

    marketplace: Marketplace
    seller_id: str
    nick: str
    shop_id: str
    shop_name: str
    company_name: str
    open_id: str
    province: str
    city: str
    scores: SellerScores
    years: int
    is_factory: bool


@dataclass(frozen=True, slots=True)
class SkuProperty:
    """One cell of the SKU matrix, such as 颜色分类 = 红色."""

    prop_id: str
    prop_zh: str
    prop_en: str
    value_id: str
    value_zh: str
    value_en: str


@dataclass(frozen=True, slots=True)
class Sku:
    """One variant.

    `spec_id` (32 hex digits) is what 1688 orders by: None on Taobao and for an offer without
    variants. `mp_sku_id` is what Taobao orders by: None on 1688 and for a SKU outside the channel.
    """

    sku_id: str
    spec_id: str | None
    mp_sku_id: str | None
    properties: tuple[SkuProperty, ...]
    price_fen: int
    promotion_fen: int
    stock: int
    picture_name: str | None
    cargo_number: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row of the specification table; a name may repeat for several values."""

    attribute_id: str
    name_zh: str
    value_zh: str
    name_en: str
    value_en: str


@dataclass(frozen=True, slots=True)
class GoodDetails:
    """The large parts of a good, made only when somebody opens it."""

    skus: tuple[Sku, ...]
    attributes: tuple[Attribute, ...]
    description_html: str
    picture_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Good:
    """One listing. Compared by identity: a world makes each good once."""

    marketplace: Marketplace
    item_id: str
    map_id: str
    mp_id: str
    title_zh: str
    title_en: str | None
    category: Category
    seller: Seller
    kind: str
    """Key of the product kind, such as "mug"; also chooses the drawing."""
    main_picture: str
    price_fen: int
    """Current price of the cheapest SKU (1688: at the first tier)."""
    list_price_fen: int
    tiers: tuple[Tier, ...]
    moq: int
    batch: int | None
    unit_zh: str
    unit_en: str
    weight_g: int
    size_cm: tuple[int, int, int]
    sold_30d: int
    repurchase_percent: int
    commission_permille: int
    days_to_ship: int
    tags: frozenset[str]
    """True service tags, named as the contract's search filters (1688)."""
    listed_days_ago: int
    status: str
    """Taobao: active, inactive. 1688: published, expired."""
    in_channel: bool
    """False: Taobao sells it, the distribution channel does not; no SKU has an mp_sku_id."""
    quote_type: int
    """1688: 0 no SKUs, ladder on the offer; 1 priced per SKU; 2 SKUs, ladder on the offer."""
    keywords: str
    """Found by these although no title says them: the colours it comes in."""
    details: Callable[[Good], GoodDetails]

    @property
    def orderable(self) -> bool:
        """On sale at all; stock is another question."""
        return self.status in ("active", "published")

    @property
    def skus(self) -> tuple[Sku, ...]:
        """At least one; a good without variants has one SKU without properties."""
        return details_of(self).skus

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The specification table."""
        return details_of(self).attributes

    @property
    def description_html(self) -> str:
        """Chinese HTML as sellers paste it, junk included: sanitise before showing."""
        return details_of(self).description_html

    @property
    def picture_names(self) -> tuple[str, ...]:
        """Names for `pictures.draw`, the main picture first."""
        return details_of(self).picture_names

    @property
    def stock(self) -> int:
        """Over all SKUs."""
        return sum(sku.stock for sku in self.skus)


# Bounded: a walk over all goods must not keep every SKU of the world in memory.
@lru_cache(maxsize=2048)
def details_of(good: Good) -> GoodDetails:
    """SKUs, attributes, description and pictures of a good, kept while it is in use."""
    return good.details(good)
