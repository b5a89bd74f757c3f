"""1688's goods: offers with a price ladder, a minimum quantity and lots.

Status words: `published` = on sale, any other (expired, deleted, new, TBD …) = off the shelf.
quoteType: 0 no SKUs, ladder on the offer · 1 priced per SKU · 2 SKUs, ladder on the offer.
Source: contract/alibaba_product.yaml. An order wants offerId and specId, empty without SKUs.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from datetime import datetime

from moneyed import Money

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
    Tier,
    Why,
)
from catalog.marketplaces.links import addresses, is_under, normalise, parameter
from xport.client import Client, NotFound, Unreadable
from xport.client.endpoints import alibaba_product as wire

SLUG = "1688"
NUMBER = re.compile(r"\d{5,19}", re.ASCII)
SORT_WORDS = {
    Sort.BEST: None,
    Sort.SOLD: {"monthSold": "desc"},
    Sort.PRICE_UP: {"price": "asc"},
    Sort.PRICE_DOWN: {"price": "desc"},
    Sort.REPEAT: {"rePurchaseRate": "desc"},
}
PRICED_PER_SKU = 1
SHIP_TAGS = {"shipInToday": 1, "shipIn24Hours": 1, "shipIn48Hours": 2}
# Names of scores on our pages (views.item.SCORES) by the field they come from.
SCORES = (
    ("service", "composite_service_score"),
    ("goods", "offer_experience_score"),
    ("shipping", "logistics_experience_score"),
    ("answers", "consulting_experience_score"),
    ("after_sales", "after_sales_experience_score"),
    ("disputes", "dispute_complaint_score"),
    ("repeat", "repeat_purchase_percent"),
    ("on_time", "collect_30_day_within_48h_percent"),
)
_PATH_ID = re.compile(r"/offer/(\d{5,19})(?:\.html?)?(?![\d.])", re.ASCII)
_HOURS = re.compile(r"(\d+)\s*(?:h|小时)", re.IGNORECASE)
_DAYS = re.compile(r"(\d+)\s*(?:d|天)", re.IGNORECASE)


class Ali1688Port:
    """See `base.ProductPort`."""

    slug = SLUG
    label = "1688"
    monogram = "16"
    sorts: tuple[Sort, ...] = tuple(SORT_WORDS)
    can_filter_price = True
    has_tiers = True

    def search(self, client: Client, query: Query, *, deadline: float) -> HitPage:
        size = min(query.size, 50)
        sort = SORT_WORDS.get(query.sort)
        request = wire.SearchRequest(
            keyword=query.words,
            begin_page=query.page,
            page_size=size,
            filter=",".join(query.filters) or None,
            sort=json.dumps(sort, separators=(",", ":")) if sort else None,
            price_start=query.price_from,
            price_end=query.price_to,
            category_id=query.category or None,
        )
        answer = client.read(wire.SEARCH, request, deadline=deadline)
        rows = answer.value.rows
        seen = (query.page - 1) * size + len(rows)
        told = answer.value.total_records
        total = told if told is not None else seen
        has_more = bool(rows) and query.page * size < total  # their totalPage is one too many
        return HitPage(tuple(map(_hit, rows)), total, query.page, has_more, answer.as_of)

    def offer(self, client: Client, item_id: str, *, deadline: float) -> Offer:
        """Raises ReadFailed."""
        if not NUMBER.fullmatch(item_id):
            raise NotFound(endpoint=wire.DETAIL.key, code="40401")
        answer = client.read(wire.DETAIL, wire.DetailRequest(item_id), deadline=deadline)
        return _offer(item_id, answer.value, answer.as_of)

    def check(
        self, client: Client, wanted: Sequence[tuple[str, str]], *, deadline: float
    ) -> list[Checked]:
        """One detail call an item, in the order asked. Raises ReadFailed."""
        until = time.monotonic() + deadline
        offers: dict[str, Offer | None] = {}
        for item_id, _ in wanted:
            if item_id in offers:
                continue
            try:
                left = max(until - time.monotonic(), 0.05)
                offers[item_id] = self.offer(client, item_id, deadline=left)
            except NotFound:
                offers[item_id] = None
        return [_checked(item_id, sku_id, offers[item_id]) for item_id, sku_id in wanted]

    def item_id_from_link(self, link: str) -> str | None:
        """The offer's id in a link, a share text that holds one, or a bare id; else None."""
        plain = normalise(link)
        bare = plain.replace(" ", "")
        if NUMBER.fullmatch(bare):
            return bare
        for parts in addresses(plain):
            if not is_under(parts, "1688.com"):
                continue
            in_path = _PATH_ID.search(parts.path)
            given = NUMBER.match(parameter(parts, "offerId", "offerid", "offer_id"))
            if in_path:
                return in_path.group(1)
            if given:
                return given.group()
        return None

    def link(self, item_id: str) -> str:
        return f"https://detail.1688.com/offer/{item_id}.html"


def _checked(item_id: str, sku_id: str, offer: Offer | None) -> Checked:
    if offer is None:
        return Checked(item_id, sku_id, False, Why.GONE)
    sku = offer.sku(sku_id)
    if sku is None:
        return Checked(item_id, sku_id, False, Why.GONE)
    if not sku.orderable:
        return Checked(item_id, sku_id, False, offer.extra.get("why", Why.NOT_IN_CHANNEL))
    return Checked(item_id, sku_id, True)


def _hit(row: wire.SearchRow) -> Hit:
    info = row.price_info
    return Hit(
        marketplace=SLUG,
        item_id=row.offer_id,
        title=row.subject_trans or row.subject,
        title_original=row.subject,
        picture=row.image_url or "",
        price=(info.promotion_price or info.price or info.consign_price) if info else None,
        moq=max(row.min_order_quantity or 1, 1),
        sold=row.month_sold,
        repeat_rate=row.repurchase_rate or "",
    )


def _offer(item_id: str, found: wire.Offer, as_of: datetime) -> Offer:
    sale = found.product_sale_info or wire.SaleInfo()
    shipping = found.product_shipping_info or wire.ShippingInfo()
    on_sale = found.status in (None, "", "published")
    tiers = _tiers(sale)
    skus = _skus(found, sale, tiers, on_sale)
    seller = found.seller_open_id or ""
    unit = sale.unit_info or wire.UnitInfo()
    told = sale.amount_on_sale
    return Offer(
        marketplace=SLUG,
        item_id=item_id,
        order_item_id=found.offer_id,
        title=found.subject_trans or found.subject,
        title_original=found.subject,
        pictures=tuple(url for url in _images(found) if url),
        description_html=found.description or "",
        seller=Seller(seller, found.company_name or seller, shipping.send_goods_address_text or ""),
        unit=unit.trans_unit or unit.unit or "",
        moq=max(found.min_order_quantity or (tiers[0].start if tiers else 1), 1),
        batch=found.batch_number if found.batch_number and found.batch_number > 1 else None,
        tiers=() if sale.quote_type == PRICED_PER_SKU else tiers,
        skus=skus,
        stock=sum(sku.stock for sku in skus) if told is None else told,
        on_sale=on_sale,
        as_of=as_of,
        category=found.category_name or "",
        attributes=_attributes(found.product_attribute),
        ships_from=shipping.send_goods_address_text or "",
        weight_kg=f"{shipping.weight:f}" if shipping.weight else "",
        freight_note=shipping.shipping_time_guarantee or "",
        scores=_scores(found.seller_data_info),
        extra=_extra(found, shipping, on_sale),
    )


def _images(found: wire.Offer) -> tuple[str, ...]:
    return found.product_image.images if found.product_image else ()


def _tiers(sale: wire.SaleInfo) -> tuple[Tier, ...]:
    """The ladder, lowest step first; a step without a price is left out."""
    steps = [
        Tier(max(step.start_quantity, 1), price)
        for step in sale.price_range_list
        if (price := step.promotion_price or step.price)
    ]
    return tuple(sorted(steps, key=lambda tier: tier.start))


def _skus(
    found: wire.Offer, sale: wire.SaleInfo, tiers: tuple[Tier, ...], on_sale: bool
) -> tuple[OfferSku, ...]:
    fallback = tiers[0].price if tiers else sale.consign_price
    if not found.product_sku_infos:
        price = _needed(fallback)
        return (OfferSku("", "", (), price, sale.amount_on_sale or 0, "", on_sale),)
    alone = len(found.product_sku_infos) == 1
    return tuple(
        OfferSku(
            sku_id=sku.sku_id,
            order_sku_id=sku.spec_id or "",
            properties=tuple(_property(one) for one in sku.sku_attributes),
            price=_needed(sku.promotion_price or sku.price or sku.consign_price or fallback),
            stock=sku.amount_on_sale or 0,
            picture=next((a.sku_image_url for a in sku.sku_attributes if a.sku_image_url), ""),
            # Only an offer without variants is ordered without a specId.
            orderable=on_sale and bool(sku.spec_id or (alone and not sku.sku_attributes)),
        )
        for sku in found.product_sku_infos
    )


def _needed(price: Money | None) -> Money:
    if price is None:
        raise Unreadable(endpoint=wire.DETAIL.key, field="price", reason="missing, and needed")
    return price


def _property(one: wire.SkuAttribute) -> Property:
    return Property(
        axis=one.attribute_name_trans or one.attribute_name,
        value=one.value_trans or one.value,
        axis_original=one.attribute_name,
        value_original=one.value,
    )


def _attributes(rows: Sequence[wire.Attribute]) -> tuple[tuple[str, str], ...]:
    """Name and value, translated where they are; a repeated name's values are joined."""
    joined: dict[str, list[str]] = {}
    for row in rows:
        name = row.attribute_name_trans or row.attribute_name
        value = row.value_trans or row.value
        if name and value:
            joined.setdefault(name, []).append(value)
    return tuple((name, ", ".join(dict.fromkeys(values))) for name, values in joined.items())


def _scores(data: wire.SellerData | None) -> tuple[tuple[str, str], ...]:
    if data is None:
        return ()
    told = ((name, getattr(data, attribute)) for name, attribute in SCORES)
    return tuple((name, value) for name, value in told if value)


def _extra(found: wire.Offer, shipping: wire.ShippingInfo, on_sale: bool) -> dict[str, str]:
    extra: dict[str, str] = {}
    days = _ship_days(found, shipping)
    if days:
        extra["ships_in_days"] = str(days)
    if found.shop_url:
        extra["shop_url"] = found.shop_url
    if not on_sale:
        extra |= {"why": Why.OFF_SHELF.value, "why_there": found.status or ""}
    return extra


def _ship_days(found: wire.Offer, shipping: wire.ShippingInfo) -> int | None:
    """Days until the seller ships, from the guarantee's text or a service tag."""
    text = shipping.shipping_time_guarantee or ""
    hours, days = _HOURS.search(text), _DAYS.search(text)
    if hours:
        return max(-(-int(hours.group(1)) // 24), 1)
    if days:
        return int(days.group(1))
    tags = [SHIP_TAGS[tag.key] for tag in found.tag_info_list if tag.value and tag.key in SHIP_TAGS]
    return min(tags, default=None)


PORT: ProductPort = Ali1688Port()
