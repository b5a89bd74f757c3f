"""Taobao's goods: V2 search and detail by opaque ids, V1 detail by numbers; the two never mix.

Status words: item and SKU `active` = on sale, any other word = off the shelf.
Why not orderable (batch check): 10001 gone · 10002 off the shelf · 10003 not in the channel.
Source: contract/taobao_product.yaml. An order wants mpId and mpSkuId; prices here are unit prices
after promotion.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from moneyed import Money

from accounts.choices import Marketplace
from catalog.marketplaces.base import (
    Checked,
    Hit,
    HitPage,
    Offer,
    OfferSku,
    ProductPort,
    Property,
    Query,
    Seller,
    Sort,
    Why,
)
from catalog.marketplaces.links import addresses, is_under, normalise, parameter
from desk.money import minor
from xport.client import Client, NotFound, ReadFailed, Unreadable
from xport.client.endpoints import taobao_product as wire

SLUG = "taobao"
NUMBER = re.compile(r"\d{5,19}", re.ASCII)
OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{22}", re.ASCII)
BATCH = 20  # items a check; the contract names no limit and advises this
SORT_WORDS = {
    Sort.BEST: None,
    Sort.SOLD: "total_sales_desc",
    Sort.PRICE_UP: "price_asc",
    Sort.PRICE_DOWN: "price_desc",
}
REASONS = {"10001": Why.GONE, "10002": Why.OFF_SHELF, "10003": Why.NOT_IN_CHANNEL}
_PATH_ID = re.compile(r"/(?:item/|i)(\d{5,19})\.html?", re.ASCII)


class TaobaoPort:
    """See `base.ProductPort`."""

    slug = SLUG
    monogram = "TB"
    sorts: tuple[Sort, ...] = tuple(SORT_WORDS)
    can_filter_price = False
    has_tiers = False

    @property
    def label(self) -> str:
        return str(Marketplace.TAOBAO.label)

    def search(self, client: Client, query: Query, *, deadline: float) -> HitPage:
        size = min(query.size, 40)
        answer = client.read(
            wire.SEARCH,
            wire.SearchRequest(query.words, query.page, size, SORT_WORDS.get(query.sort)),
            deadline=deadline,
        )
        rows = answer.value.items
        seen = (query.page - 1) * size + len(rows)
        total = answer.value.total if answer.value.total is not None else seen
        has_more = bool(rows) and query.page * size < total
        return HitPage(tuple(map(_hit, rows)), total, query.page, has_more, answer.as_of)

    def offer(self, client: Client, item_id: str, *, deadline: float) -> Offer:
        """Numbers go to GET, and to BATCH_CHECK where ids for ordering are missing; opaque ids to
        DETAIL_V2. Raises ReadFailed."""
        until = time.monotonic() + deadline
        if OPAQUE.fullmatch(item_id):
            answer = client.read(wire.DETAIL_V2, wire.GetRequest(item_id), deadline=deadline)
            return _offer(item_id, answer.value, answer.as_of)
        if not NUMBER.fullmatch(item_id):
            raise NotFound(endpoint=wire.GET.key, code="40401")
        answer = client.read(wire.GET, wire.GetRequest(item_id), deadline=deadline)
        offer = _offer(item_id, answer.value, answer.as_of)
        if offer.on_sale and not all(sku.order_sku_id for sku in offer.skus):
            return _with_order_ids(client, offer, deadline=until - time.monotonic())
        return offer

    def check(
        self, client: Client, wanted: Sequence[tuple[str, str]], *, deadline: float
    ) -> list[Checked]:
        """In the order asked. Raises ReadFailed."""
        until = time.monotonic() + deadline
        numbers = list(dict.fromkeys(item for item, _ in wanted if NUMBER.fullmatch(item)))
        known: dict[tuple[str, str], str] = {}
        reasons: dict[str, str] = {}
        listed: set[tuple[str, str]] = set()
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            asked = {item: [sku for other, sku in wanted if other == item] for item in batch}
            found = _batch_check(client, asked, until - time.monotonic())
            known |= _order_ids(found)
            reasons |= _reasons(found)
            listed |= {(p.item_id, sku.sku_id) for p in found.mp_products for sku in p.sku_list}
        for item in dict.fromkeys(item for item, _ in wanted if not NUMBER.fullmatch(item)):
            try:
                offer = self.offer(client, item, deadline=until - time.monotonic())
            except NotFound:
                reasons[item] = Why.GONE
                continue
            known |= {(item, s.sku_id): s.order_sku_id for s in offer.skus if s.orderable}
            listed |= {(item, s.sku_id) for s in offer.skus}
            if "why" in offer.extra:
                reasons[item] = offer.extra["why"]
        return [
            Checked(item, sku, True)
            if (item, sku) in known
            # An item that is sold without this variant: the variant is gone.
            else Checked(item, sku, False, reasons.get(item) or _why_not((item, sku), listed))
            for item, sku in wanted
        ]

    def item_id_from_link(self, link: str) -> str | None:
        """The item's id in a link, a share text that holds one, or a bare id; else None."""
        plain = normalise(link)
        bare = plain.replace(" ", "")
        if NUMBER.fullmatch(bare) or OPAQUE.fullmatch(bare):
            return bare
        for parts in addresses(plain):
            if not is_under(parts, "taobao.com", "tmall.com", "tmall.hk"):
                continue
            given = parameter(parts, "id", "itemId", "item_id")
            for shape in (OPAQUE, NUMBER):
                start = shape.match(given)
                if start and not re.match(r"[A-Za-z0-9_-]", given[start.end() :]):
                    return start.group()
            in_path = _PATH_ID.search(parts.path)
            if in_path:
                return in_path.group(1)
        return None

    def link(self, item_id: str) -> str:
        """The page at Taobao; empty for opaque ids, which no address of theirs takes."""
        return f"https://item.taobao.com/item.htm?id={item_id}" if item_id.isdecimal() else ""


def _why_not(variant: tuple[str, str], listed: set[tuple[str, str]]) -> str:
    return Why.NOT_IN_CHANNEL if variant in listed else Why.GONE


def _hit(row: wire.SearchRow) -> Hit:
    translated = row.material.title if row.material else None
    return Hit(
        marketplace=SLUG,
        item_id=row.item_id,
        title=translated or row.title,
        title_original=row.title,
        picture=row.main_image_url or "",
        price=row.coupon_price or row.price,
        seller=row.shop_name or "",
        stock=row.inventory,
    )


def _offer(item_id: str, product: wire.Product, as_of: datetime) -> Offer:
    on_sale = product.status in (None, "", "active")
    skus = tuple(_sku(product, sku, on_sale) for sku in product.sku_list)
    if not skus:
        skus = (OfferSku("", "", (), _price(product, None), product.quantity or 0, "", False),)
    fees = [minor(sku.post_fee) for sku in product.sku_list if sku.post_fee]
    extra = {"post_fee": str(max(fees))} if fees else {}
    if not on_sale:
        extra |= {"why": Why.OFF_SHELF.value, "why_there": product.status or ""}
    elif not any(sku.orderable for sku in skus):
        extra |= {"why": Why.NOT_IN_CHANNEL.value}
    return Offer(
        marketplace=SLUG,
        item_id=item_id,
        order_item_id=product.mp_id or "",
        title=product.title,
        title_original=product.title,
        pictures=tuple(url for url in product.pic_urls if url),
        description_html=product.description or "",
        seller=Seller(
            product.shop_id or product.ali_shop_id or "",
            product.shop_name or product.user_nick or "",
        ),
        unit=product.product_unit or "",
        moq=max(product.begin_amount or 1, 1),
        batch=None,
        tiers=(),
        skus=skus,
        stock=product.quantity if product.quantity is not None else sum(s.stock for s in skus),
        on_sale=on_sale,
        as_of=as_of,
        category=product.category_path or product.category_name or "",
        extra=extra,
    )


def _sku(product: wire.Product, sku: wire.Sku, on_sale: bool) -> OfferSku:
    sold = on_sale and sku.status in (None, "", "active")
    return OfferSku(
        sku_id=sku.sku_id,
        order_sku_id=sku.mp_sku_id or "",
        properties=tuple(
            Property(one.prop_name, one.value_name, one.prop_name, one.value_name)
            for one in sku.properties
        ),
        price=_price(product, sku),
        stock=sku.quantity or 0,
        picture=sku.pic_url or "",
        orderable=bool(sold and sku.mp_sku_id and product.mp_id),
    )


def _price(product: wire.Product, sku: wire.Sku | None) -> Money:
    own = (sku.promotion_price or sku.price) if sku else None
    price = own or product.promotion_price or product.price
    if price is None:
        raise Unreadable(endpoint=wire.GET.key, field="price", reason="missing, and needed")
    return price


# -- ids for ordering ---------------------------------------------------------------------------


def _with_order_ids(client: Client, offer: Offer, *, deadline: float) -> Offer:
    """The offer with mpSkuIds asked for, or with why there are none. Never fails: the page is
    worth showing without them."""
    try:
        found = _batch_check(client, {offer.item_id: [sku.sku_id for sku in offer.skus]}, deadline)
    except ReadFailed as error:
        doubt = {"why": Why.UNCHECKED.value, "why_there": error.message}
        return replace(offer, extra=offer.extra | doubt)
    ids = _order_ids(found)
    mp_id = next((p.mp_id for p in found.mp_products if p.item_id == offer.item_id), None)
    order_item_id = mp_id or offer.order_item_id
    skus = tuple(
        replace(sku, order_sku_id=mp_sku, orderable=bool(order_item_id))
        if not sku.order_sku_id and (mp_sku := ids.get((offer.item_id, sku.sku_id)))
        else sku
        for sku in offer.skus
    )
    extra = {name: text for name, text in offer.extra.items() if name not in ("why", "why_there")}
    if not any(sku.orderable for sku in skus):
        there = next((r.reason for r in found.no_mp_reason_list if r.item_id == offer.item_id), "")
        reason = _reasons(found).get(offer.item_id, Why.NOT_IN_CHANNEL.value)
        extra |= {"why": reason, "why_there": there}
    return replace(offer, order_item_id=order_item_id, skus=skus, extra=extra)


def _batch_check(
    client: Client, asked: dict[str, list[str]], deadline: float
) -> wire.BatchCheckResult:
    items = tuple(
        wire.CheckItem(item, tuple(sku for sku in skus if sku)) for item, skus in asked.items()
    )
    request = wire.BatchCheckRequest(items)
    return client.read(wire.BATCH_CHECK, request, deadline=max(deadline, 0.05)).value


def _order_ids(found: wire.BatchCheckResult) -> dict[tuple[str, str], str]:
    return {
        (product.item_id, sku.sku_id): sku.mp_sku_id
        for product in found.mp_products
        for sku in product.sku_list
        if sku.mp_sku_id
    }


def _reasons(found: wire.BatchCheckResult) -> dict[str, str]:
    """Our word for each item that cannot be bought; theirs where we know none."""
    told = dict.fromkeys(found.no_mp_product_item_ids, Why.NOT_IN_CHANNEL.value)
    for row in found.no_mp_reason_list:
        if row.item_id:
            ours = REASONS.get(row.reason.partition("::")[0])
            told[row.item_id] = ours.value if ours else row.reason or Why.NOT_IN_CHANNEL.value
    return told


PORT: ProductPort = TaobaoPort()
