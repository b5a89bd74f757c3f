"""What a 1688 preview or create asks for: the address and the lines, looked up and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xport.sandbox.orders import ALIBABA

from .baskets import Wanted, within_stock
from .call import Call, as_whole, malformed, row_text

MAX_LINES = 100


def wanted_lines(call: Call) -> list[Wanted]:
    rows = call.rows("cargoParamList")
    if len(rows) > MAX_LINES:
        raise malformed("cargoParamList")
    lines = []
    for row in rows:
        offer_id = row.get("offerId")
        if isinstance(offer_id, bool) or not isinstance(offer_id, int):
            raise malformed("cargoParamList.offerId")
        quantity = as_whole(row.get("quantity"))
        if quantity is None or isinstance(row.get("quantity"), str):
            raise malformed("cargoParamList.quantity")
        asked = Wanted(str(offer_id), str(row.get("specId") or ""), quantity)
        lines.append(_looked_up(call, asked, rows))
    return within_stock(call.engine, lines, "STOCK_NOT_ENOUGH")


def _looked_up(call: Call, asked: Wanted, rows: list[dict[str, Any]]) -> Wanted:
    """MOQ, ladder and batch count over all SKUs of an offer (mixed batch)."""
    market = call.engine.market
    good = market.find(ALIBABA, asked.item_id)
    if good is None:
        return replace(asked, code="OFFER_NOT_FOUND", reason="商品不存在")
    sku = next((one for one in good.skus if (one.spec_id or "") == asked.sku_id), None)
    if sku is None:
        return replace(asked, code="SKU_NOT_FOUND", reason="商品规格不存在")
    asked = replace(asked, sku=sku)
    if not market.on_sale(good):
        return replace(asked, code="OFFER_NOT_ON_SALE", reason="商品已下架")
    quantities = [as_whole(row.get("quantity")) or 0 for row in rows]
    together = sum(
        quantity
        for row, quantity in zip(rows, quantities, strict=True)
        if str(row.get("offerId")) == asked.item_id
    )
    if asked.quantity < 1:
        return replace(asked, code="QUANTITY_INVALID", reason="购买数量无效")
    if together < good.moq:
        return replace(asked, code="QUANTITY_BELOW_MINIMUM", reason=f"不能低于起批量{good.moq}")
    if good.batch and asked.quantity % good.batch:
        return replace(asked, code="QUANTITY_NOT_MULTIPLE", reason=f"须为{good.batch}的整数倍")
    return replace(asked, good=good, price=market.unit_price(good, sku, together))


def address_of(call: Call) -> dict[str, Any]:
    given = call.table("addressParam")
    for needed in ("fullName", "mobile", "provinceText", "cityText", "address"):
        row_text(given, needed, "addressParam")
    mobile = str(given["mobile"])
    if not (len(mobile) == 11 and mobile.isascii() and mobile.isdigit()):
        raise malformed("addressParam.mobile")
    return {
        "name": str(given["fullName"]),
        "phone": mobile,
        "landline": str(given.get("phone") or ""),
        "province": str(given["provinceText"]),
        "city": str(given["cityText"]),
        "district": str(given.get("areaText") or ""),
        "town": given.get("townText") or None,
        "address": str(given["address"]),
        "zip": str(given.get("postCode") or ""),
        "division": str(given.get("districtCode") or ""),
    }
