"""Section taobao_product: search, both detail calls, and which SKUs the channel sells.

Search and detail_v2 speak opaque map ids, `get` and batch_check numeric ids; mixed up, they refuse.
Prices are fen (`get`, detail_v2) or yuan text (search). Source: contract/taobao_product.yaml.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from xport.sandbox.envelope import MALFORMED, NOT_FOUND, Refusal, Verbatim
from xport.sandbox.market import MANUAL_ITEM, freight
from xport.sandbox.wire_alibaba import yuan_text
from xport.sandbox.world.model import Good, Sku

from .call import Call, answers, malformed

MAP_ID = re.compile(r"[A-Za-z0-9_-]{22}")
MANUAL = Path(__file__).with_name("manual_672991141190.json").read_text(encoding="utf-8")
MAX_PAGE_SIZE = 40
MAX_BATCH = 20


@answers("taobao_product.search")
def search(call: Call) -> Any:
    """Keyword search, one page."""
    page = call.page("pageNo")
    size = call.whole("pageSize", 20, 1, MAX_PAGE_SIZE)
    try:
        hits = call.engine.world.taobao.search(
            call.text("keyword", ""), sort=call.optional("sort"), page=page, size=size
        )
    except ValueError as error:
        raise malformed("sort") from error
    rows = [_row(call, good) for good in hits.goods if call.engine.market.on_sale(good)]
    return {"total": hits.total, "items": rows}


def _row(call: Call, good: Good) -> dict[str, Any]:
    market = call.engine.market
    row: dict[str, Any] = {
        "itemId": good.map_id,
        "title": good.title_zh,
        "mainImageUrl": call.engine.picture(good.main_picture),
        "price": yuan_text(market.moved(good, good.list_price_fen)),
        "couponPrice": yuan_text(market.moved(good, good.price_fen)),
        "inventory": market.total_stock(good),
        "shopName": good.seller.shop_name,
        "materialI18nVO": None,
    }
    if good.title_en:
        row["materialI18nVO"] = {
            "title": good.title_en,
            "mainImage": call.engine.picture(good.main_picture),
            "language": "en",
        }
    return row


@answers("taobao_product.get")
def get(call: Call) -> Any:
    """One item by its numeric id; the manual's own product as the manual prints it."""
    item_id = call.digits("itemId")
    if item_id == MANUAL_ITEM:
        return Verbatim(MANUAL)
    good = call.engine.market.find("taobao", item_id)
    if good is None:
        raise Refusal(NOT_FOUND, f"商品不存在: {item_id}")
    return {"itemId": int(good.item_id), **_product(call, good, "mpSkuld")}


@answers("taobao_product.detail_v2")
def detail_v2(call: Call) -> Any:
    """One item by its opaque id."""
    map_id = call.text("itemId")
    if not MAP_ID.fullmatch(map_id):
        raise Refusal(MALFORMED, "参数 itemId 应为V2商品标识,不支持数字商品ID")
    try:
        good = call.engine.world.taobao.by_map_id(map_id)
    except KeyError as error:
        raise Refusal(NOT_FOUND, f"商品不存在: {map_id}") from error
    extra = {"itemMapId": good.map_id, "aliShopId": good.seller.open_id}
    return {**extra, **_product(call, good, "mpSkuId")}


def _product(call: Call, good: Good, mp_sku_name: str) -> dict[str, Any]:
    """The record that both detail calls share; the manual spells one key with a small L."""
    market = call.engine.market
    on_sale = market.on_sale(good)
    return {
        "quantity": market.total_stock(good),
        "categoryPath": "->".join(good.category.path_zh),
        "shopName": good.seller.shop_name,
        "description": good.description_html,
        "productUnit": good.unit_zh,
        "picUrls": [call.engine.picture(name) for name in good.picture_names],
        "title": good.title_zh,
        "mpId": good.mp_id,
        "categoryName": good.category.zh,
        "userNick": good.seller.nick,
        "price": market.moved(good, good.list_price_fen),
        "beginAmount": good.moq if good.moq > 1 else 0,
        "status": "active" if on_sale else "inactive",
        "promotionPrice": market.moved(good, good.price_fen),
        "shopId": int(good.seller.shop_id),
        "categoryId": good.category.category_id,
        "itemType": "HAVE_MATERIAL" if good.in_channel else "WITHOUT_MATERIAL",
        "skuList": [_sku(call, good, sku, mp_sku_name, on_sale) for sku in good.skus],
    }


def _sku(call: Call, good: Good, sku: Sku, mp_sku_name: str, on_sale: bool) -> dict[str, Any]:
    market = call.engine.market
    stock = market.stock(good, sku) if on_sale else 0
    promotion = market.moved(good, sku.promotion_fen)
    return {
        "picUrl": call.engine.picture(sku.picture_name),
        "quantity": stock,
        "price": market.moved(good, sku.price_fen),
        "skuId": sku.sku_id,
        "status": "active" if on_sale else "inactive",
        "promotionPrice": str(promotion),
        "postFee": freight(good.seller, promotion, good.weight_g, ""),
        mp_sku_name: sku.mp_sku_id,
        "properties": [
            {
                "valueId": int(one.value_id),
                "valueName": one.value_zh,
                "propId": int(one.prop_id),
                "propName": one.prop_zh,
            }
            for one in sku.properties
        ],
    }


@answers("taobao_product.batch_check")
def batch_check(call: Call) -> Any:
    """Which items and SKUs can be bought; `params` is JSON text inside the JSON body."""
    if not isinstance(call.params.get("params"), str):
        raise malformed("params")
    asked = call.rows("params")
    if len(asked) > MAX_BATCH:
        raise malformed("params")
    found: list[dict[str, Any]] = []
    missing: list[dict[str, str]] = []
    for row in asked:
        item_id = str(row.get("itemId", ""))
        sku_ids = row.get("skuIds") or []
        if not item_id or not isinstance(sku_ids, list):
            raise malformed("params.itemId")
        good = call.engine.market.find("taobao", item_id)
        reason = _why_not(call, good)
        if good is None or reason:
            missing.append({"itemId": item_id, "reason": reason})
            continue
        wanted = {str(sku_id) for sku_id in sku_ids}
        skus = [sku for sku in good.skus if not wanted or sku.sku_id in wanted]
        found.append(
            {
                "itemId": item_id,
                "mpId": good.mp_id,
                "skuList": [{"skuId": sku.sku_id, "mpSkuId": sku.mp_sku_id} for sku in skus],
            }
        )
    return {
        "mpProducts": found,
        "noMpProductItemIds": [row["itemId"] for row in missing],
        "noMpReasonList": missing,
    }


def _why_not(call: Call, good: Good | None) -> str:
    if good is None:
        return "10001::NOT_FOUND"
    if not call.engine.market.on_sale(good):
        return "10002::ITEM_OFF_SHELF"
    if not good.in_channel or all(sku.mp_sku_id is None for sku in good.skus):
        return "10003::NOT_IN_CHANNEL"
    return ""
