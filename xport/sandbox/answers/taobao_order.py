"""Section taobao_order: preview, create V2, list, pay, cancel, detail and parcels.

itemId is the mpId and skuId the mpSkuId; sums are fen. Create V2 is idempotent by outerPurchaseId;
pay is not. Source: contract/taobao_order.yaml.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from xport.sandbox import deals, payments, wire_taobao
from xport.sandbox.clock import utc
from xport.sandbox.envelope import MALFORMED, NOT_ALLOWED, NOT_FOUND, Refusal
from xport.sandbox.orders import TAOBAO, UNPAID, Order, PageQuery

from .baskets import Basket, Wanted, by_seller, order_line, seller_note, within_stock
from .call import Call, answers, as_whole, malformed, row_text

MAX_PAGE_SIZE = 100
MAX_PAID_AT_ONCE = 10
PAY_ERRORS = {
    payments.BALANCE_NOT_ENOUGH: "余额不足",
    payments.ALREADY_PAID: "订单已支付",
    payments.ORDER_CLOSED: "订单已关闭",
    "ORDER_NOT_FOUND": "采购单不存在",
}


@answers("taobao_order.purchase_render_v2")
def purchase_render_v2(call: Call) -> Any:
    """Prices a basket, one entry a seller; lines that cannot be had are listed apart."""
    address = _receiver(call, "receiverAddress")
    wanted = _wanted(call, "renderItemList")
    baskets = by_seller(wanted, address["province"])
    return {
        "renderItemList": [_rendered(call, basket) for basket in baskets],
        "unavailableSkuList": [_unavailable(line) for line in wanted if line.code],
        "totalRealPayPrice": _cny(sum(basket.total for basket in baskets)),
    }


def _rendered(call: Call, basket: Basket) -> dict[str, Any]:
    days = max((line.good.days_to_ship for line in basket.lines if line.good), default=2)
    return {
        "sellerId": int(basket.seller.seller_id),
        "nick": basket.seller.nick,
        "dispatchPlace": f"{basket.seller.province}{basket.seller.city}",
        "estimatedDeliveryTime": f"{days * 24}小时内发货",
        "mainlandShippingFee": _cny(basket.freight),
        "orderFee": _cny(basket.total),
        "deliveryFee": 0,
        "itemPriceInfos": [
            {
                "itemId": line.item_id,
                "skuId": line.sku_id,
                "quantity": line.quantity,
                "originPrice": _cny(_origin(call, line)),
                "discountPrice": _cny(line.amount),
            }
            for line in basket.lines
        ],
        "chooseSupplyChainServices": [],
    }


def _origin(call: Call, line: Wanted) -> int:
    if line.good is None or line.sku is None:
        return line.amount
    return call.engine.market.moved(line.good, line.sku.price_fen) * line.quantity


def _unavailable(line: Wanted) -> dict[str, Any]:
    return {
        "itemId": line.item_id,
        "skuId": line.sku_id,
        "reason": line.reason,
        "errorCode": line.code,
        "errorMsg": line.reason,
    }


@answers("taobao_order.purchase_create_v2")
def purchase_create_v2(call: Call) -> Any:
    """Creates orders, one a supplier; the same outerPurchaseId again answers the same orders."""
    outer_id = call.text("outerPurchaseId")
    if len(outer_id) > 64:
        raise malformed("outerPurchaseId")
    before = _created_before(call, outer_id)
    if before is not None:
        return before
    budget = call.whole("purchaseAmount", -1, 1)
    if budget < 0:
        raise Refusal(MALFORMED, "缺少参数 purchaseAmount")
    address = _receiver(call, "receiver")
    wanted = _wanted(call, "orderLineList", with_price=True)
    faults = call.engine.faults
    if len(wanted) > 1 and faults.use_once("drop_line"):
        wanted = wanted[:-1]
    refused = [line for line in wanted if line.code]
    if refused and not (call.flag("supportPartialSuccess") and len(refused) < len(wanted)):
        return _not_created(outer_id, refused[0].code, refused[0].reason)
    if sum(line.amount for line in wanted if not line.code) > budget:
        return _not_created(
            outer_id, "AMOUNT_NOT_ENOUGH", "采购金额小于商品金额,商品价格可能已变动"
        )
    split = len(wanted) > 1 and faults.use_once("split_create")
    baskets = by_seller(wanted, address["province"], one_each=split)
    made = [_place(call, basket, address, outer_id) for basket in baskets]
    answer = {
        "outerPurchaseId": outer_id,
        "success": True,
        "errorCode": None,
        "errorMessage": None,
        "paymentUrl": None,
        "orderList": [_created(order) for order in made],
    }
    with call.engine.state.transaction() as db:
        db.execute(
            "INSERT INTO creates VALUES (?, ?, ?)",
            (call.user.user_id, outer_id, json.dumps(answer, ensure_ascii=False)),
        )
    return answer


def _created_before(call: Call, outer_id: str) -> Any:
    with call.engine.state.reading() as db:
        row = db.execute(
            "SELECT answer FROM creates WHERE user_id = ? AND outer_id = ?",
            (call.user.user_id, outer_id),
        ).fetchone()
    return json.loads(row["answer"]) if row else None


def _not_created(outer_id: str, code: str, reason: str) -> dict[str, Any]:
    return {
        "outerPurchaseId": outer_id,
        "success": False,
        "errorCode": code,
        "errorMessage": reason,
        "paymentUrl": None,
        "orderList": [],
    }


def _place(call: Call, basket: Basket, address: dict[str, Any], outer_id: str) -> Order:
    engine = call.engine
    serial = engine.state.next_number("taobao_order")
    purchase_id = _next_purchase_id(call)
    order = Order(
        order_id=f"{1024285237 + serial % 7}{serial * 104_729_377 % 10**9:09d}",
        marketplace=TAOBAO,
        user_id=call.user.user_id,
        status=UNPAID,
        seller=seller_note(basket.seller),
        receiver=address,
        lines=[
            order_line(engine, line, index, _next_purchase_id(call))
            for index, line in enumerate(basket.lines, 1)
        ],
        goods=basket.goods,
        freight=basket.freight,
        created=call.now,
        modified=call.now,
        purchase_id=purchase_id,
        outer_id=outer_id,
        number=f"PO{utc(call.now):%Y%m%d}{serial % 10_000:04d}",
        remark=call.text("orderRemark", ""),
    )
    deals.place(engine, order, call.cause)
    return order


def _next_purchase_id(call: Call) -> int:
    return 200_049_900_000 + call.engine.state.next_number("taobao_purchase")


def _created(order: Order) -> dict[str, Any]:
    return {
        "purchaseId": order.purchase_id,
        "supplierNick": order.seller["nick"],
        "estimateAmount": order.total,
        "estimateCurrency": "CNY",
        "sourceMarket": "TAOBAO",
        "orderLineList": [
            {
                "subPurchaseOrderId": line.line_id,
                "itemId": line.item_id,
                "skuId": line.sku_id,
                "orderLineNo": line.line_no,
                "quantity": line.quantity,
                "estimateAmount": line.price * line.quantity,
                "estimateCurrency": "CNY",
            }
            for line in order.lines
        ],
    }


@answers("taobao_order.purchase_page")
def purchase_page(call: Call) -> Any:
    """The sub-account's orders, newest first unless sortType says ASC."""
    page = call.page("pageNo")
    size = call.whole("pageSize", 20, 1, MAX_PAGE_SIZE)
    query = PageQuery(
        TAOBAO,
        call.user.user_id,
        page,
        size,
        outer_id=call.optional("outerPurchaseId"),
        purchase_ids=_numbers(call, "purchaseIds"),
        modified=(_moment(call, "modifyTimeStart"), _moment(call, "modifyTimeEnd")),
        ascending=call.text("sortType", "DESC").upper() == "ASC",
        as_of=call.as_of,
        shift=call.shift,
    )
    if call.params.get("status") not in (None, ""):
        query = replace(query, statuses=wire_taobao.statuses_of(call.whole("status", 0)))
    total, orders = call.engine.orders.page(query)
    return {
        "total": max(0, total + call.shift),
        "pageNo": page,
        "pageSize": size,
        "records": [wire_taobao.record(order) for order in orders],
    }


@answers("taobao_order.purchase_pay")
def purchase_pay(call: Call) -> Any:
    """Submits orders for payment; each is debited now, the finance step follows."""
    ids = _numbers(call, "purchaseOrderIdList")
    if not ids or len(ids) > MAX_PAID_AT_ONCE:
        raise malformed("purchaseOrderIdList")
    accepted: list[str] = []
    failed: list[dict[str, Any]] = []
    for purchase_id in ids:
        order = call.engine.orders.find(TAOBAO, call.user.user_id, str(purchase_id))
        code = "ORDER_NOT_FOUND"
        if order is not None:
            code = payments.pay(call.engine, order, call.now, call.cause) or ""
        if code:
            failed.append(
                {"gspOrderId": purchase_id, "errorCode": code, "errorMessage": PAY_ERRORS[code]}
            )
        else:
            accepted.append(str(purchase_id))
    codes = {row["errorCode"] for row in failed}
    if not accepted and codes <= {payments.ALREADY_PAID, payments.ORDER_CLOSED}:
        raise Refusal(NOT_ALLOWED, f"订单状态不允许支付: {failed[0]['errorMessage']}")
    return {
        "payFailurePurchaseOrderIds": [str(row["gspOrderId"]) for row in failed],
        "willPayPurchaseOrderIds": accepted,
        "payFailedResults": failed,
    }


@answers("taobao_order.purchase_cancel")
def purchase_cancel(call: Call) -> Any:
    """Starts a cancellation: success says that it began, status 4 that it happened."""
    order = _order(call, call.digits("purchaseId"))
    call.text("cancelReason")
    lines = [int(number) for number in _numbers(call, "subPurchaseOrderIdList") or ()]
    unknown = set(lines) - {line.line_id for line in order.lines}
    if unknown:
        raise Refusal(NOT_FOUND, f"采购子单不存在: {min(unknown)}")
    deals.ask_to_cancel(call.engine, order, call.now, call.cause, lines)
    return {"success": True, "errorCode": None, "errorMsg": None}


@answers("taobao_order.detail")
def detail(call: Call) -> Any:
    """One order by its order id."""
    return wire_taobao.record(_order(call, call.digits("orderId")))


@answers("taobao_order.logistics")
def logistics(call: Call) -> Any:
    """Parcels and traces of one line."""
    line_id = int(call.digits("purchaseOrderLineId"))
    order = call.engine.orders.find_line(call.user.user_id, line_id)
    if order is None or order.marketplace != TAOBAO:
        raise Refusal(NOT_FOUND, f"采购子单不存在: {line_id}")
    return wire_taobao.logistics(order, line_id, call.now)


def _order(call: Call, order_id: str) -> Order:
    order = call.engine.orders.find(TAOBAO, call.user.user_id, order_id)
    if order is None:
        raise Refusal(NOT_FOUND, f"订单不存在: {order_id}")
    return order


def _wanted(call: Call, name: str, *, with_price: bool = False) -> list[Wanted]:
    lines = []
    for row in call.rows(name):
        item_id, sku_id = row_text(row, "itemId", name), row_text(row, "skuId", name)
        quantity = as_whole(row.get("quantity"))
        if quantity is None:
            raise malformed(f"{name}.quantity")
        if with_price and as_whole(row.get("price")) is None:
            raise malformed(f"{name}.price")
        asked = Wanted(
            item_id,
            sku_id,
            quantity,
            line_no=str(row.get("orderLineNo") or ""),
            remark=str(row.get("orderRemark") or ""),
        )
        lines.append(_looked_up(call, asked))
    return within_stock(call.engine, lines, "SKU_UNAVAILABLE")


def _looked_up(call: Call, asked: Wanted) -> Wanted:
    market = call.engine.market
    try:
        good = market.world.taobao.by_mp_id(asked.item_id)
        owner, sku = market.world.taobao.sku_by_mp_sku_id(asked.sku_id)
    except KeyError:
        return replace(asked, code="ITEM_NOT_FOUND", reason="商品或规格不存在")
    if owner is not good:
        return replace(asked, code="ITEM_NOT_FOUND", reason="规格不属于该商品")
    if not market.on_sale(good) or not good.in_channel:
        return replace(asked, code="ITEM_UNAVAILABLE", reason="商品已下架")
    if asked.quantity < max(1, good.moq):
        return replace(asked, code="QUANTITY_INVALID", reason=f"购买数量不能小于{max(1, good.moq)}")
    price = market.unit_price(good, sku, asked.quantity)
    return replace(asked, good=good, sku=sku, price=price)


def _receiver(call: Call, name: str) -> dict[str, Any]:
    given = call.table(name)
    for needed in ("name", "state", "city", "address"):
        row_text(given, needed, name)
    return {
        "name": str(given["name"]),
        "phone": str(given.get("mobile_phone") or given.get("phone") or ""),
        "country": str(given.get("country") or "中国"),
        "province": str(given["state"]),
        "city": str(given["city"]),
        "district": str(given.get("district") or ""),
        "address": str(given["address"]),
        "zip": str(given.get("zip") or ""),
    }


def _numbers(call: Call, name: str) -> list[int] | None:
    value = call.params.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, list):
        raise malformed(name)
    numbers = [as_whole(one) for one in value]
    if any(number is None or not 0 < number < 2**63 for number in numbers):
        raise malformed(name)
    return [number for number in numbers if number is not None]


def _moment(call: Call, name: str) -> int | None:
    value = call.whole(name, -1)
    return None if value < 0 else value


def _cny(fen: int) -> dict[str, Any]:
    return {"amount": fen, "currency": "CNY"}
