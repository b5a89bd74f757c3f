"""Section alibaba_product: search, offer detail, categories. Prices are decimal yuan as text.

Source: contract/alibaba_product.yaml. totalPage is floor(total/size)+1, one too many
when it divides.
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from xport.sandbox.envelope import NOT_FOUND, Refusal
from xport.sandbox.orders import ALIBABA
from xport.sandbox.wire_alibaba import yuan_text
from xport.sandbox.world.model import Category, Good, Seller, Sku

from .call import Call, answers, malformed

MAX_PAGE_SIZE = 50
MAX_HITS = 2000
SHOWN_TAGS = ("isOnePsale", "isOnePsaleFreePost", "noReason7DReturn", "shipIn48Hours", "jxhy")


@answers("alibaba_product.search")
def search(call: Call) -> Any:
    """Keyword search with filters, one page; hits stop at 2000."""
    page = call.page("beginPage")
    size = call.whole("pageSize", 20, 1, MAX_PAGE_SIZE)
    call.text("country")
    filters = [name.strip() for name in call.text("filter", "").split(",") if name.strip()]
    try:
        hits = call.engine.world.ali.search(
            call.text("keyword"),
            category_id=call.optional("categoryId"),
            sort=_sort(call),
            price_from_fen=_price(call, "priceStart"),
            price_to_fen=_price(call, "priceEnd"),
            filters=filters,
            page=page,
            size=size,
        )
    except ValueError as error:
        raise malformed("filter" if "filter" in str(error) else "sort") from error
    total = min(hits.total, MAX_HITS)
    shown = hits.goods if (page - 1) * size < MAX_HITS else ()
    rows = [_row(call, good) for good in shown if call.engine.market.on_sale(good)]
    return {
        "totalRecords": total,
        "totalPage": total // size + 1,
        "pageSize": size,
        "currentPage": page,
        "data": rows,
    }


def _sort(call: Call) -> str | None:
    raw = call.optional("sort")
    if raw is None:
        return None
    try:
        pairs = list(json.loads(raw).items())
    except (ValueError, AttributeError) as error:
        raise malformed("sort") from error
    if len(pairs) != 1:
        raise malformed("sort")
    return f"{pairs[0][0]}:{pairs[0][1]}"


def _price(call: Call, name: str) -> int | None:
    raw = call.optional(name)
    if raw is None:
        return None
    try:
        value = Decimal(raw)
    except InvalidOperation as error:
        raise malformed(name) from error
    if not value.is_finite() or not 0 <= value < 10**9:
        raise malformed(name)
    return int(value * 100)


def _row(call: Call, good: Good) -> dict[str, Any]:
    price = yuan_text(call.engine.market.moved(good, good.price_fen))
    curated = "jxhy" in good.tags
    one_piece = "isOnePsale" in good.tags
    path = _path(call, good)
    return {
        "imageUrl": call.engine.picture(good.main_picture),
        "subject": good.title_zh,
        "subjectTrans": good.title_en,
        "offerId": int(good.item_id),
        "isJxhy": curated,
        "priceInfo": {
            "price": price,
            "jxhyPrice": price if curated else None,
            "pfJxhyPrice": None,
            "consignPrice": price if one_piece else None,
            "promotionPrice": None,
        },
        "repurchaseRate": f"{good.repurchase_percent}%",
        "monthSold": good.sold_30d,
        "traceInfo": f"object_id@{good.item_id}",
        "isOnePsale": one_piece,
        "minOrderQuantity": good.moq,
        "tradeScore": f"{good.seller.scores.composite_service:.1f}",
        "topCategoryId": path[0],
        "secondCategoryId": path[1],
        "thirdCategoryId": path[2],
    }


def _path(call: Call, good: Good) -> list[int | None]:
    ids: list[int | None] = []
    node: Category | None = good.category
    while node is not None and node.category_id != "0":
        ids.insert(0, int(node.category_id))
        node = call.engine.world.ali.category(node.parent_id) if node.parent_id else None
    return (ids + [None, None, None])[:3]


@answers("alibaba_product.detail")
def detail(call: Call) -> Any:
    """One offer in full."""
    offer_id = call.number_id("offerId")
    call.text("country")
    good = call.engine.market.find(ALIBABA, offer_id)
    if good is None:
        raise Refusal(NOT_FOUND, f"商品不存在: {offer_id}")
    market = call.engine.market
    return {
        "offerId": int(good.item_id),
        "categoryId": int(good.category.category_id),
        "categoryName": None,
        "subject": good.title_zh,
        "subjectTrans": good.title_en,
        "description": good.description_html,
        "mainVideo": None,
        "detailVideo": None,
        "productImage": {
            "images": [call.engine.picture(name) for name in good.picture_names],
            "whiteImage": None,
        },
        "productAttribute": [
            {
                "attributeId": one.attribute_id,
                "attributeName": one.name_zh,
                "value": one.value_zh,
                "attributeNameTrans": one.name_en,
                "valueTrans": one.value_en,
            }
            for one in good.attributes
        ],
        "productSkuInfos": _skus(call, good),
        "productSaleInfo": {
            "amountOnSale": market.total_stock(good),
            "priceRangeList": [
                {"startQuantity": start, "price": yuan_text(market.moved(good, price))}
                for start, price in good.tiers
            ],
            "quoteType": good.quote_type,
            "unitInfo": {"unit": good.unit_zh, "transUnit": good.unit_en},
        },
        "productShippingInfo": _shipping(good),
        "isJxhy": "jxhy" in good.tags,
        "sellerOpenId": good.seller.open_id,
        "minOrderQuantity": good.moq,
        "batchNumber": good.batch,
        "status": good.status if market.on_sale(good) else "expired",
        "tagInfoList": [{"key": key, "value": key in good.tags} for key in SHOWN_TAGS],
        "traceInfo": f"object_id@{good.item_id}",
        "companyName": good.seller.company_name,
        "sellerDataInfo": _scores(good.seller),
    }


def _skus(call: Call, good: Good) -> list[dict[str, Any]]:
    """None for an offer without variants: it is ordered with an empty specId."""
    if good.quote_type == 0:
        return []
    return [_sku(call, good, sku) for sku in good.skus]


def _sku(call: Call, good: Good, sku: Sku) -> dict[str, Any]:
    market = call.engine.market
    price = yuan_text(market.moved(good, sku.promotion_fen))
    return {
        "amountOnSale": market.stock(good, sku) if market.on_sale(good) else 0,
        "price": price,
        "jxhyPrice": None,
        "pfJxhyPrice": None,
        "consignPrice": price if "isOnePsale" in good.tags else None,
        "promotionPrice": None,
        "skuId": int(sku.sku_id),
        "specId": sku.spec_id,
        "cargoNumber": sku.cargo_number,
        "skuAttributes": [
            {
                "attributeId": int(one.prop_id),
                "attributeName": one.prop_zh,
                "attributeNameTrans": one.prop_en,
                "value": one.value_zh,
                "valueTrans": one.value_en,
                "skuImageUrl": call.engine.picture(sku.picture_name),
            }
            for one in sku.properties
        ],
    }


def _shipping(good: Good) -> dict[str, Any]:
    length, width, height = good.size_cm
    return {
        "sendGoodsAddressText": f"{good.seller.province} {good.seller.city}",
        "weight": good.weight_g / 1000,
        "length": length,
        "width": width,
        "height": height,
        "shippingTimeGuarantee": f"shipIn{good.days_to_ship * 24}Hours",
        "skuShippingInfoList": [
            {"specId": sku.spec_id, "skuId": int(sku.sku_id), "weight": good.weight_g}
            for sku in good.skus
        ],
    }


def _scores(seller: Seller) -> dict[str, str]:
    scores = seller.scores
    return {
        "tradeMedalLevel": str(scores.trade_medal_level),
        "compositeServiceScore": f"{scores.composite_service:.1f}",
        "logisticsExperienceScore": f"{scores.logistics:.1f}",
        "disputeComplaintScore": f"{scores.dispute:.1f}",
        "offerExperienceScore": f"{scores.offer:.1f}",
        "consultingExperienceScore": f"{scores.consulting:.1f}",
        "repeatPurchasePercent": f"{scores.repeat_purchase_percent / 100:.4f}",
        "afterSalesExperienceScore": f"{scores.after_sales:.1f}",
        "collect30DayWithin48HPercent": f"{scores.collected_48h_percent / 100:.4f}",
        "qualityRefundWithin30Day": f"{scores.quality_refund_percent / 100:.4f}",
    }


@answers("alibaba_product.category")
def category(call: Call) -> Any:
    """One category with its direct children; 0 is the root."""
    category_id = call.number_id("categoryId") if call.params.get("categoryId") != 0 else "0"
    language = call.text("language", "en")
    try:
        node = call.engine.world.ali.category(category_id)
    except KeyError as error:
        raise Refusal(NOT_FOUND, f"类目不存在: {category_id}") from error
    children = [{**_node(child, language), "children": None} for child in node.children]
    return {**_node(node, language), "children": children}


def _node(node: Category, language: str) -> dict[str, Any]:
    return {
        "categoryId": int(node.category_id),
        "chineseName": node.zh,
        "translatedName": node.en,
        "language": language,
        "leaf": node.leaf,
        "level": str(node.level),
        "parentCateId": int(node.parent_id) if node.parent_id is not None else None,
    }
