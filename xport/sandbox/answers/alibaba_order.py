"""Section alibaba_order: preview, create, list, detail, pay, cancel, track and confirm.

Mixed units: preview sums are fen, its lines yuan; trades are yuan, their discount fen. Neither
create nor pay has a key: a repeat takes effect again. Source: contract/alibaba_order.yaml.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import replace
from typing import Any

from xport.sandbox import deals, payments, wire_alibaba
from xport.sandbox.clock import parse_alibaba, utc
from xport.sandbox.envelope import MALFORMED, NOT_FOUND, Nameless, Refusal
from xport.sandbox.orders import ALIBABA, UNPAID, Order, PageQuery

from .alibaba_basket import address_of, wanted_lines
from .baskets import Basket, Wanted, by_seller, order_line, seller_note
from .call import Call, answers, as_whole, malformed

MAX_PAGE_SIZE = 50
SPLIT_ABOVE = 50
MAX_BATCH = 30
FLOWS = ("general", "fenxiao", "saleproxy", "paired", "boutiquefenxiao", "boutiquepifa")
TRADE_TYPES = ("assureTrade", "fxassure", "alipay")


@answers("alibaba_order.preview")
def preview(call: Call) -> Any:
    """Prices a basket of one shop. Sums in fen, lines in yuan."""
    address = address_of(call)
    wanted = wanted_lines(call)
    problem = next((line for line in wanted if line.code), None)
    baskets = by_seller(wanted, address["province"])
    if problem is None and len(baskets) > 1:
        problem = Wanted("", "", 0, code="MULTIPLE_SELLERS", reason="只能购买同一个卖家的商品")
    return {
        "orderPreviewResuslt": [_previewed(basket, address) for basket in baskets]
        if problem is None
        else [_refused_preview(wanted, problem)],
        "success": problem is None,
        "errorCode": problem.code if problem else None,
        "errorMsg": problem.reason if problem else None,
        "postFeeByDescOfferList": None,
        "consignOfferList": None,
        "unsupportedCrossBorderPayOfferList": [],
    }


def _previewed(basket: Basket, address: dict[str, Any]) -> dict[str, Any]:
    return {
        "discountFee": None,
        "tradeModeNameList": list(TRADE_TYPES[:1]),
        "status": True,
        "taoSampleSinglePromotion": False,
        "sumPayment": basket.total,
        "message": None,
        "sumCarriage": basket.freight,
        "resultCode": None,
        "sumPaymentNoCarriage": basket.goods,
        "additionalFee": None,
        "flowFlag": "general",
        "cargoList": [_cargo(line) for line in basket.lines],
        "shopPromotionList": [],
        "tradeModelList": [
            {
                "tradeWay": None,
                "name": "担保交易",
                "tradeType": "assureTrade",
                "description": "买家付款后,货款由支付宝担保,确认收货后打给卖家",
                "opSupport": True,
            }
        ],
    }


def _refused_preview(wanted: list[Wanted], problem: Wanted) -> dict[str, Any]:
    return {
        "discountFee": None,
        "tradeModeNameList": [],
        "status": False,
        "taoSampleSinglePromotion": False,
        "sumPayment": 0,
        "message": problem.reason,
        "sumCarriage": 0,
        "resultCode": problem.code,
        "sumPaymentNoCarriage": 0,
        "additionalFee": None,
        "flowFlag": "general",
        "cargoList": [_cargo(line) for line in wanted],
        "shopPromotionList": [],
        "tradeModelList": [],
    }


def _cargo(line: Wanted) -> dict[str, Any]:
    digest = hashlib.md5(line.item_id.encode(), usedforsecurity=False).digest()
    return {
        "amount": line.amount / 100,
        "message": line.reason or None,
        "finalUnitPrice": line.price / 100,
        "specId": line.sku_id,
        "skuId": int(line.sku.sku_id) if line.sku else None,
        "resultCode": line.code or None,
        "offerId": int(line.item_id),
        "cargoPromotionList": [],
        "openOfferId": base64.b64encode(digest).decode(),
    }


@answers("alibaba_order.create")
def create(call: Call) -> Any:
    """Places an unpaid order of one shop. A repeat places another one."""
    if call.text("flow") not in FLOWS:
        raise malformed("flow")
    address = address_of(call)
    if call.text("tradeType", TRADE_TYPES[0]) not in TRADE_TYPES:
        return _not_created("TRADE_TYPE_NOT_SUPPORTED", "不支持的交易方式", [])
    wanted = wanted_lines(call)
    faults = call.engine.faults
    left_out: list[Wanted] = []
    if len(wanted) > 1 and not any(line.code for line in wanted) and faults.use_once("drop_line"):
        left_out = [replace(wanted[-1], code="STOCK_NOT_ENOUGH", reason="库存不足")]
        wanted = wanted[:-1]
    refused = [line for line in wanted if line.code]
    if refused:
        return _not_created(refused[0].code, refused[0].reason, refused)
    split = len(wanted) > SPLIT_ABOVE or (len(wanted) > 1 and faults.use_once("split_create"))
    if len(by_seller(wanted, address["province"])) > 1:
        return _not_created("MULTIPLE_SELLERS", "只能购买同一个卖家的商品", [])
    baskets = by_seller(wanted, address["province"], one_each=split)
    made = [_place(call, basket, address) for basket in baskets]
    return _created(made, left_out)


def _created(made: list[Order], left_out: list[Wanted]) -> dict[str, Any]:
    single = len(made) == 1
    return {
        "totalSuccessAmount": made[0].total if single else None,
        "orderId": made[0].order_id if single else None,
        "success": True,
        "code": None,
        "message": None,
        "accountPeriod": None,
        "failedOfferList": [_failed(line) for line in left_out] or None,
        "postFee": made[0].freight if single else None,
        "orderList": None
        if single
        else [
            {
                "orderId": order.order_id,
                "orderAmmount": order.total,
                "postFee": order.freight,
                "success": True,
                "resultCode": None,
                "message": None,
            }
            for order in made
        ],
    }


def _not_created(code: str, reason: str, refused: list[Wanted]) -> dict[str, Any]:
    return {
        "totalSuccessAmount": None,
        "orderId": None,
        "success": False,
        "code": code,
        "message": reason,
        "accountPeriod": None,
        "failedOfferList": [_failed(line) for line in refused] or None,
        "postFee": None,
        "orderList": None,
    }


def _failed(line: Wanted) -> dict[str, Any]:
    return {
        "offerId": int(line.item_id),
        "specId": line.sku_id,
        "errorCode": line.code,
        "errorMsg": line.reason,
    }


def _place(call: Call, basket: Basket, address: dict[str, Any]) -> Order:
    engine = call.engine
    serial = engine.state.next_number("alibaba_order")
    # All orders of one buyer end in the same six digits.
    suffix = f"{int(call.user.user_id) * 880_793 % 10**6:06d}"
    order_id = f"{20 + serial % 14}{serial * 10_472_938_771 % 10**11:011d}{suffix}"
    alone = len(basket.lines) == 1
    order = Order(
        order_id=order_id,
        marketplace=ALIBABA,
        user_id=call.user.user_id,
        status=UNPAID,
        seller=seller_note(basket.seller),
        receiver=address,
        lines=[
            order_line(engine, line, index, int(order_id) + (0 if alone else index))
            for index, line in enumerate(basket.lines, 1)
        ],
        goods=basket.goods,
        freight=basket.freight,
        created=call.now,
        modified=call.now,
        number=f"PO{utc(call.now):%Y%m%d}{serial % 10_000:04d}",
        remark=call.text("message", ""),
    )
    deals.place(engine, order, call.cause)
    return order


@answers("alibaba_order.page")
def page(call: Call) -> Any:
    """The sub-account's orders, newest first."""
    number = call.page("pageNo")
    size = call.whole("pageSize", 20, 1, MAX_PAGE_SIZE)
    status = call.optional("orderStatus")
    query = PageQuery(
        ALIBABA,
        call.user.user_id,
        number,
        size,
        statuses=wire_alibaba.statuses_of(status) if status else None,
        order_id=call.optional("orderId"),
        created=(_moment(call, "createStartTime"), _moment(call, "createEndTime")),
        modified=(_moment(call, "modifyStartTime"), _moment(call, "modifyEndTime")),
        title=call.optional("productName"),
        as_of=call.as_of,
        shift=call.shift,
    )
    total, orders = call.engine.orders.page(query)
    total = max(0, total + call.shift)
    if call.optional("refundStatus"):
        total, orders = 0, []
    return {
        "totalRecords": total,
        "totalPage": total // size + 1,
        "pageSize": size,
        "currentPage": number,
        "data": [_without_parcels(wire_alibaba.trade(order)) for order in orders],
    }


def _without_parcels(trade: dict[str, Any]) -> dict[str, Any]:
    """Lists leave the parcels out; the detail call has them."""
    return {**trade, "nativeLogistics": {**trade["nativeLogistics"], "logisticsItems": None}}


@answers("alibaba_order.detail")
def order_detail(call: Call) -> Any:
    """One order with all blocks; the id is text here."""
    _website(call)
    if not isinstance(call.params.get("orderId"), str):
        raise malformed("orderId")
    return wire_alibaba.trade(_order(call, call.digits("orderId")))


@answers("alibaba_order.pay")
def pay(call: Call) -> Any:
    """A GET that moves money: debits by agreement, or else hands out a cashier link."""
    order = _order(call, call.digits("orderId"))
    if order.status not in payments.BEING_PAID:
        return _pay_answer(order, cannot=True)
    if order.total <= call.user.agreement_limit:
        code = payments.pay(call.engine, order, call.now, call.cause)
        return _pay_answer(order, paid=code is None, cannot=code is not None)
    token = secrets.token_urlsafe(24)
    call.engine.state.set_meta(f"cashier:{token}", order.order_id)
    return _pay_answer(order, url=f"{call.engine.public_url}/cashier/{token}")


def _pay_answer(
    order: Order, *, paid: bool = False, url: str | None = None, cannot: bool = False
) -> dict[str, Any]:
    return {
        "orderId": order.order_id,
        "protocolPaySuccess": paid,
        "payUrl": url,
        "cantPayOrderList": [int(order.order_id)] if cannot else [],
    }


@answers("alibaba_order.pay_batch")
def pay_batch(call: Call) -> Any:
    """Takes orders in for payment; the debits follow a moment later, without another word."""
    ids = call.unpacked("orderIds")
    if not isinstance(ids, list) or not 0 < len(ids) <= MAX_BATCH:
        raise malformed("orderIds")
    if not all(isinstance(one, str) and one.isascii() and one.isdigit() for one in ids):
        raise malformed("orderIds")
    orders = [_order(call, one) for one in ids]
    unpayable = [order for order in orders if order.status not in payments.BEING_PAID]
    if unpayable:
        raise Refusal(MALFORMED, f"订单状态不允许支付: {unpayable[0].order_id}")
    for order in orders:
        deals.submit_payment(call.engine, order, call.now, call.cause)
    return True


@answers("alibaba_order.cancel")
def cancel(call: Call) -> Any:
    """Cancels an unpaid order at once; on a cancelled one it is an error."""
    _website(call)
    order = _order(call, call.number_id("orderId"))
    deals.cancel(call.engine, order, call.now, call.cause, call.text("cancelReason"))
    return True


@answers("alibaba_order.confirm_receipt")
def confirm_receipt(call: Call) -> Any:
    """The goods arrived. Two layers of success: the envelope's and this one."""
    order_id = call.number_id("orderId")
    order = call.engine.orders.find(ALIBABA, call.user.user_id, order_id)
    entries = call.params.get("orderEntryIds")
    if entries is not None and not isinstance(entries, list):
        raise malformed("orderEntryIds")
    if order is None:
        return Nameless({"success": False, "errorInfo": "订单不存在", "errorCode": "4003"})
    known = {line.line_id for line in order.lines}
    if not {as_whole(entry) for entry in entries or ()} <= known:
        return Nameless({"success": False, "errorInfo": "子订单不存在", "errorCode": "4003"})
    try:
        deals.confirm(call.engine, order, call.now, call.cause)
    except Refusal as refusal:
        error = {"errorInfo": refusal.message, "errorCode": "ORDER_STATUS_ERROR"}
        return Nameless({"success": False, **error})
    return Nameless({"success": True, "errorInfo": "", "errorCode": ""})


@answers("alibaba_order.tracking")
def tracking(call: Call) -> Any:
    """Parcels of an order; none until the seller ships."""
    order = _order(call, call.digits("orderId"))
    return wire_alibaba.tracking(order, call.now, call.optional("logisticsId"))


def _order(call: Call, order_id: str) -> Order:
    order = call.engine.orders.find(ALIBABA, call.user.user_id, order_id)
    if order is None:
        raise Refusal(NOT_FOUND, f"订单不存在: {order_id}")
    return order


def _website(call: Call) -> None:
    if call.text("webSite") != "1688":
        raise malformed("webSite")


def _moment(call: Call, name: str) -> int | None:
    value = call.optional(name)
    if value is None:
        return None
    try:
        return parse_alibaba(value)
    except ValueError as error:
        raise malformed(name) from error
