"""Section `taobao_order`: preview, place, list, pay, cancel and follow Taobao purchases.

Source: contract/taobao_order.yaml. All sums are fen. How success is read stands at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from xport.client.endpoint import Doubt, Endpoint, Failed, Paging, Verdict, flag_under, list_under
from xport.client.endpoints.taobao_purchase import (
    LogisticOrder,
    Logistics,
    Parcel,
    ParcelGoods,
    Partner,
    Purchase,
    Receiver,
    SubOrder,
    Trace,
)
from xport.client.record import Record
from xport.client.wire import (
    AmountFen,
    EpochMs,
    Fen,
    Flag,
    Id,
    Named,
    NumberId,
    Text,
    Whole,
)

#: From the modules beside this one, so that callers find a section's names in one place.
__all__ = [
    "LogisticOrder",
    "Logistics",
    "Parcel",
    "ParcelGoods",
    "Partner",
    "Purchase",
    "Receiver",
    "SubOrder",
    "Trace",
]

# -- preview ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RenderLine:
    """A line to price: `item_id` is the mpId, `sku_id` the mpSkuId."""

    item_id: Id
    sku_id: Id
    quantity: Whole


@dataclass(frozen=True, slots=True)
class RenderV2Request:
    """A basket to price, for one receiver."""

    render_item_list: tuple[RenderLine, ...]
    receiver_address: Receiver
    warehouse_address: Receiver | None = None
    need_supplychain_service: Flag = False
    tax_id: Text | None = None


@dataclass(frozen=True, slots=True)
class ItemPrice(Record):
    """A priced line; `discount_price` is the subtotal of the line after discount."""

    item_id: Id
    sku_id: Id
    quantity: Whole | None = None
    origin_price: AmountFen | None = None
    discount_price: AmountFen | None = None


@dataclass(frozen=True, slots=True)
class SellerQuote(Record):
    """What one seller would charge: one order in the making."""

    seller_id: Id | None = None
    nick: Text | None = None
    mainland_shipping_fee: AmountFen | None = None
    order_fee: AmountFen | None = None
    delivery_fee: AmountFen | None = None
    dispatch_place: Text | None = None
    estimated_delivery_time: Text | None = None
    item_price_infos: tuple[ItemPrice, ...] = ()
    choose_supply_chain_services: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class UnavailableSku(Record):
    """A line that cannot be bought, with the platform's reason."""

    item_id: Id | None = None
    sku_id: Id | None = None
    reason: Text = ""
    error_code: Text | None = None
    error_msg: Text | None = None


@dataclass(frozen=True, slots=True)
class RenderV2Result(Record):
    """The priced basket, one entry a seller."""

    render_item_list: Annotated[
        tuple[SellerQuote, ...], Named("renderItemList", "renderItems", "render_item_List")
    ] = ()
    unavailable_sku_list: tuple[UnavailableSku, ...] = ()
    total_real_pay_price: AmountFen | None = None


# -- place ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreateLine:
    """A line to buy: `item_id` is the mpId, `sku_id` the mpSkuId, `price` the unit price."""

    item_id: Id
    sku_id: Id
    order_line_no: Text
    quantity: Whole
    price: Fen
    currency: Text = "CNY"
    title: Text | None = None
    order_remark: Text | None = None


@dataclass(frozen=True, slots=True)
class CreateV2Request:
    """`outer_purchase_id` is our id and the idempotency key: the same one on every repeat.

    `purchase_amount` is the sum of price times quantity, freight left out.
    """

    outer_purchase_id: Id
    purchase_amount: Fen
    order_line_list: tuple[CreateLine, ...]
    receiver: Receiver
    warehouse_address_info: Receiver | None = None
    seller_order_number: Text | None = None
    order_source: Text | None = None
    channel_order_type: Text | None = "PANAMA"
    support_partial_success: Flag | None = False
    order_remark: Text | None = None
    need_sys_retry: Flag | None = None


@dataclass(frozen=True, slots=True)
class CreatedLine(Record):
    """A line of a made order."""

    sub_purchase_order_id: Id | None = None
    item_id: Id | None = None
    sku_id: Id | None = None
    order_line_no: Text | None = None
    quantity: Whole | None = None
    estimate_amount: Fen | None = None
    estimate_currency: Text | None = None


@dataclass(frozen=True, slots=True)
class CreatedPurchase(Record):
    """One made order; one call may make several, one a supplier."""

    purchase_id: Annotated[Id, Named("purchaseId", "purchaseOrderId")]
    supplier_nick: Text | None = None
    estimate_amount: Fen | None = None
    estimate_currency: Text | None = None
    source_market: Text | None = None
    order_line_list: tuple[CreatedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateV2Result(Record):
    """`order_list` may lack lines that failed: compare with what was asked."""

    outer_purchase_id: Id | None = None
    payment_url: Text | None = field(default=None, repr=False)
    success: Flag | None = None
    error_code: Text | None = None
    error_message: Annotated[Text | None, Named("errorMessage", "errorMsg")] = None
    order_list: tuple[CreatedPurchase, ...] = ()


# -- read -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PurchasePageRequest:
    """`status` is one of the platform's main codes; `modify_time_start` is the polling cursor."""

    page_no: Whole = 1
    page_size: Whole = 20
    status: Whole | None = None
    outer_purchase_id: Id | None = None
    purchase_ids: tuple[NumberId, ...] | None = None
    modify_time_start: EpochMs | None = None
    modify_time_end: EpochMs | None = None
    sort_type: Text | None = None


@dataclass(frozen=True, slots=True)
class PurchasePage(Record):
    """One page of orders; the container's name is unknown, so several are read."""

    records: Annotated[
        tuple[Purchase, ...], Named("records", "list", "rows", "purchaseOrders", "data")
    ]
    total: Annotated[Whole | None, Named("total", "totalCount", "resultsTotal", "totalRecords")] = (
        None
    )
    page_no: Whole | None = None
    page_size: Whole | None = None


@dataclass(frozen=True, slots=True)
class DetailRequest:
    """`order_id` is the platform's order id; it goes into the path."""

    order_id: Id


# -- pay and cancel ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayRequest:
    """Purchase ids, at most 10; we send one a call."""

    purchase_order_id_list: tuple[NumberId, ...]


@dataclass(frozen=True, slots=True)
class PayFailure(Record):
    """Why one order was not paid."""

    gsp_order_id: Annotated[
        Id, Named("gspOrderId", "purchaseOrderId", "purchase_order_id", "purchaseId")
    ]
    error_code: Text = ""
    error_message: Annotated[Text, Named("errorMessage", "reason", "errorMsg")] = ""


@dataclass(frozen=True, slots=True)
class PayResult(Record):
    """Accepted is not paid: a finance step stands between. Read the order afterwards."""

    success: Flag | None = None
    will_pay_purchase_order_ids: tuple[Id, ...] = ()
    pay_failure_purchase_order_ids: tuple[Id, ...] = ()
    pay_failed_results: tuple[PayFailure, ...] = ()
    error_code: Text | None = None
    error_message: Annotated[Text | None, Named("errorMessage", "errorMsg")] = None


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Without a list of lines the whole order is meant."""

    purchase_id: Id
    cancel_reason: Text
    sub_purchase_order_id_list: tuple[Id, ...] | None = None
    cancel_remark: Text | None = None


@dataclass(frozen=True, slots=True)
class CancelResult(Record):
    """Success says that the cancellation began; the end is status 4, seen by reading."""

    success: Flag | None = None
    error_code: Text | None = None
    error_msg: Annotated[Text | None, Named("errorMsg", "errorMessage")] = None


# -- parcels ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogisticsRequest:
    """The id of one LINE (sub purchase order id), in the query."""

    purchase_order_line_id: Id


# -- how success is read ----------------------------------------------------------------------


def _created(_request: CreateV2Request, answer: CreateV2Result) -> Verdict:
    """An order in the answer exists, whatever the flag beside it says."""
    if answer.order_list:
        return None
    if answer.success is False:
        return Failed(answer.error_code or "", answer.error_message or "")
    return Doubt("the answer names no order")


def _pay_accepted(request: PayRequest, answer: PayResult) -> Verdict:
    """Each order asked for is accepted, failed, or in neither list: then nobody knows.

    Where some were accepted the call is done, and the lists of the answer tell the rest.
    """
    asked = set(request.purchase_order_id_list)
    accepted = asked & set(answer.will_pay_purchase_order_ids)
    failures = {row.gsp_order_id: row for row in answer.pay_failed_results}
    failed = asked & (set(failures) | set(answer.pay_failure_purchase_order_ids))
    if accepted & failed or asked - accepted - failed:
        if not accepted and not failed:
            return _flag_alone(answer)
        return Doubt("the answer does not say of every order whether it will be paid")
    if accepted:
        return None
    reasons = [failures[order_id] for order_id in sorted(failed) if order_id in failures]
    codes = {reason.error_code for reason in reasons}
    if len(reasons) == len(failed) and len(codes) == 1:
        return Failed(codes.pop(), reasons[0].error_message)
    return Failed("", "; ".join(reason.error_message for reason in reasons))


def _flag_alone(answer: PayResult) -> Verdict:
    """No lists at all: a bare true has been seen upstream (also as text)."""
    if answer.success is True:
        return None
    if answer.success is False:
        return Failed(answer.error_code or "", answer.error_message or "")
    return Doubt("the answer names none of the orders")


def _cancel_begun(_request: CancelRequest, answer: CancelResult) -> Verdict:
    if answer.success is True:
        return None
    if answer.success is False:
        return Failed(answer.error_code or "", answer.error_msg or "")
    return Doubt("the answer does not say whether the cancellation began")


#: Codes inside the data after which no order was made.
CREATE_REFUSALS = frozenset({
    "SKU_UNAVAILABLE", "ITEM_UNAVAILABLE", "ITEM_NOT_FOUND", "STOCK_NOT_ENOUGH", "PRICE_CHANGED",
    "QUANTITY_INVALID", "AMOUNT_NOT_ENOUGH", "ADDRESS_INVALID",
})  # fmt: skip
#: Codes after which no payment was begun.
PAY_REFUSALS = frozenset({
    "BALANCE_NOT_ENOUGH", "ORDER_NOT_FOUND", "ORDER_STATUS_ERROR", "ORDER_STATUS_NOT_ALLOWED",
    "ORDER_CLOSED", "ALREADY_PAID",
})  # fmt: skip
CANCEL_REFUSALS = frozenset({
    "ORDER_NOT_FOUND", "ORDER_STATUS_ERROR", "ORDER_STATUS_NOT_ALLOWED", "ALREADY_PAID",
})  # fmt: skip

# fmt: off
PURCHASE_RENDER_V2 = Endpoint("taobao_order.purchase_render_v2", "POST", "/v2/taobao/order/render", RenderV2Request, RenderV2Result, "read", "inferred", alt_paths=("/open/purchase/v2/render", "/open/purchase/renderV2"))  # noqa: E501
PURCHASE_CREATE_V2 = Endpoint("taobao_order.purchase_create_v2", "POST", "/v2/taobao/order", CreateV2Request, CreateV2Result, "keyed", "inferred", alt_paths=("/v2/taobao/order/create", "/open/purchase/v2/create", "/open/purchase/createV2"), refusals=CREATE_REFUSALS, judge=_created)  # noqa: E501
PURCHASE_PAGE = Endpoint("taobao_order.purchase_page", "POST", "/open/purchase/page", PurchasePageRequest, PurchasePage, "read", "partly", paging=Paging("page_no", "page_size", "records", "total", 20), shape=list_under("records"))  # noqa: E501
PURCHASE_PAY = Endpoint("taobao_order.purchase_pay", "POST", "/open/purchase/pay", PayRequest, PayResult, "never", "inferred", alt_paths=("/open/purchase/order/pay", "/open/purchase/batch/pay"), refusals=PAY_REFUSALS, shape=flag_under("success"), judge=_pay_accepted)  # noqa: E501
PURCHASE_CANCEL = Endpoint("taobao_order.purchase_cancel", "POST", "/open/purchase/cancel", CancelRequest, CancelResult, "never", "inferred", alt_paths=("/open/purchase/order/cancel",), refusals=CANCEL_REFUSALS, shape=flag_under("success"), judge=_cancel_begun)  # noqa: E501
DETAIL = Endpoint("taobao_order.detail", "GET", "/open/order/{orderId}", DetailRequest, Purchase, "read", "inferred", alt_paths=("/open/order/detail", "/open/order/get"))  # noqa: E501
LOGISTICS = Endpoint("taobao_order.logistics", "GET", "/open/order/logistics", LogisticsRequest, Logistics, "read", "inferred", alt_paths=("/open/order/logistics/{purchaseOrderLineId}", "/open/order/logistics/detail"), shape=list_under("pnmLogisticsDetails", null_is_empty=True))  # noqa: E501
# fmt: on
