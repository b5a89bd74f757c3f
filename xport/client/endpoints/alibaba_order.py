"""Section `alibaba_order`: preview, place, list, pay, cancel and follow 1688 orders.

Source: contract/alibaba_order.yaml. Units are mixed inside one answer: preview sums are fen, its
lines yuan; trades are yuan, their discount fen. No call here has an idempotency key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from xport.client.endpoint import Doubt, Endpoint, Failed, Paging, Verdict, flag_under, list_under
from xport.client.endpoints.alibaba_preview import (
    CargoPromotion,
    OrderPreview,
    Preview,
    PreviewCargo,
    ShopPromotion,
    TradeModel,
)
from xport.client.endpoints.alibaba_trade import (
    Parcel,
    Step,
    TraceNode,
    Tracking,
    Trade,
    as_trade,
)
from xport.client.record import Private, Record
from xport.client.wire import (
    Ali1688Time,
    Fen,
    Flag,
    Id,
    Named,
    NumberId,
    Text,
    Whole,
)


@dataclass(frozen=True, slots=True, repr=False)
class AddressParam(Private):
    """A receiver in mainland China; place names in Chinese, `mobile` of 11 digits."""

    full_name: Text
    mobile: Text
    province_text: Text
    city_text: Text
    address: Text
    area_text: Text | None = None
    town_text: Text | None = None
    phone: Text | None = None
    post_code: Text | None = None
    district_code: Text | None = None


@dataclass(frozen=True, slots=True)
class CargoParam:
    """A line to buy; an offer without SKUs has an empty `spec_id`."""

    offer_id: NumberId
    spec_id: Text
    quantity: Whole


#: From the modules beside this one, so that callers find a section's names in one place.
__all__ = [
    "CargoPromotion",
    "OrderPreview",
    "Parcel",
    "Preview",
    "PreviewCargo",
    "ShopPromotion",
    "Step",
    "TraceNode",
    "Tracking",
    "Trade",
    "TradeModel",
]

# -- preview ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """A basket of one shop."""

    address_param: AddressParam
    cargo_param_list: tuple[CargoParam, ...]


# -- place ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreateRequest:
    """An order of one shop. `trade_type` is one of the preview's `trade_mode_name_list`."""

    address_param: AddressParam
    cargo_param_list: tuple[CargoParam, ...]
    flow: Text = "general"
    message: Text | None = None
    shop_promotion_id: Text | None = None
    trade_type: Text | None = None


@dataclass(frozen=True, slots=True)
class FailedOffer(Record):
    """A line that was refused."""

    offer_id: Id | None = None
    spec_id: Text | None = None
    error_code: Text | None = None
    error_message: Annotated[Text | None, Named("errorMessage", "errorMsg")] = None


@dataclass(frozen=True, slots=True)
class SplitOrder(Record):
    """One of several orders made by one call; `order_amount` is spelt `orderAmmount`, fen."""

    order_id: Id | None = None
    order_amount: Annotated[Fen | None, Named("orderAmmount", "orderAmount")] = None
    post_fee: Fen | None = None
    success: Flag | None = None
    result_code: Text | None = None
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class CreateResult(Record):
    """Both known shapes: the upstream object, or a list of full trades (then in `trades`).

    `order_ids` has the ids of every order that exists now, whatever the flags say.
    """

    order_id: Id | None = None
    total_success_amount: Fen | None = None
    post_fee: Fen | None = None
    success: Flag | None = None
    code: Annotated[Text | None, Named("code", "errorCode")] = None
    message: Annotated[Text | None, Named("message", "errorMsg")] = None
    account_period: Any = None
    failed_offer_list: tuple[FailedOffer, ...] = ()
    order_list: tuple[SplitOrder, ...] = ()
    trades: tuple[Trade, ...] = ()

    @property
    def order_ids(self) -> tuple[str, ...]:
        ids = [trade.base_info.id_of_str for trade in self.trades]
        ids += [row.order_id for row in self.order_list if row.order_id]
        ids += [self.order_id] if self.order_id else []
        return tuple(dict.fromkeys(order_id for order_id in ids if order_id.strip("0")))


# -- read -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Windows by creation or by change."""

    page_no: Whole = 1
    page_size: Whole = 20
    order_status: Text | None = None
    order_id: Id | None = None
    create_start_time: Ali1688Time | None = None
    create_end_time: Ali1688Time | None = None
    modify_start_time: Ali1688Time | None = None
    modify_end_time: Ali1688Time | None = None
    refund_status: Text | None = None
    product_name: Text | None = None


@dataclass(frozen=True, slots=True)
class Page(Record):
    """One page of orders."""

    rows: Annotated[tuple[Trade, ...], Named("data", "records", "list", "rows")]
    total_records: Annotated[
        Whole | None, Named("totalRecords", "total", "totalCount", "resultsTotal")
    ] = None
    total_page: Whole | None = None
    page_size: Whole | None = None
    current_page: Annotated[Whole | None, Named("currentPage", "pageNo")] = None


@dataclass(frozen=True, slots=True)
class OrderDetailRequest:
    """The sibling call; the id is text here."""

    order_id: Id
    web_site: Text = "1688"


# -- pay, cancel, confirm ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayRequest:
    """A GET that can move money: made for one click, never fetched ahead."""

    order_id: Id


@dataclass(frozen=True, slots=True)
class PayResult(Record):
    """`protocol_pay_success`: paid at once. Else `pay_url` is for one person, once, unstored."""

    order_id: Id | None = None
    protocol_pay_success: Flag | None = None
    pay_url: Text | None = field(default=None, repr=False)
    cant_pay_order_list: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class PayBatchRequest:
    """Order ids as text; 10 a call are advised, we send one."""

    order_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class PayBatchResult(Record):
    """The answer's shape is unknown: a flag, a text, or the object of `pay`. Never proof of pay."""

    accepted: Annotated[Flag | None, Named("accepted", "success")] = None
    text: Text | None = None
    order_id: Id | None = None
    protocol_pay_success: Flag | None = None
    pay_url: Text | None = field(default=None, repr=False)
    cant_pay_order_list: tuple[Id, ...] = ()
    error_code: Text | None = None
    error_msg: Annotated[Text | None, Named("errorMsg", "errorInfo", "message")] = None


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """`cancel_reason`: buyerCancel, sellerGoodsLack or other. The id goes out as a number."""

    order_id: NumberId
    cancel_reason: Text = "buyerCancel"
    remark: Text | None = None
    web_site: Text = "1688"


@dataclass(frozen=True, slots=True)
class CancelResult(Record):
    """The answer is a bare boolean."""

    cancelled: Annotated[Flag | None, Named("cancelled", "success")] = None
    error_code: Text | None = None
    error_msg: Annotated[Text | None, Named("errorMsg", "errorInfo", "message")] = None


@dataclass(frozen=True, slots=True)
class ConfirmReceiptRequest:
    """`order_entry_ids` are the sub item ids. Irreversible: it releases the money."""

    order_id: NumberId
    order_entry_ids: tuple[NumberId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ConfirmReceiptResult(Record):
    """The second of two flags; the first is the envelope's code."""

    success: Flag | None = None
    error_info: Annotated[Text | None, Named("errorInfo", "errorMsg")] = None
    error_code: Text | None = None


# -- parcels ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrackingRequest:
    """One order, or one parcel of it; in the query."""

    order_id: Id
    web_site: Text | None = "1688"
    logistics_id: Id | None = None


# -- shapes and how success is read -----------------------------------------------------------


def _created_shape(data: Any) -> Any:
    if isinstance(data, list):
        return {"trades": data}
    if isinstance(data, dict) and "baseInfo" in data:
        return {"trades": [data]}
    return data


def _page_shape(data: Any) -> Any:
    if isinstance(data, list):
        return {"data": [as_trade(row) for row in data]}
    if isinstance(data, dict):
        for name in ("data", "records", "list", "rows"):
            if isinstance(data.get(name), list):
                return {**data, name: [as_trade(row) for row in data[name]]}
    return data


def _pay_batch_shape(data: Any) -> Any:
    if isinstance(data, dict):
        return data
    if isinstance(data, bool) or str(data).strip().lower() in {"true", "false"}:
        return {"accepted": data}
    return {"text": data}


def _created(_request: CreateRequest, answer: CreateResult) -> Verdict:
    """An id in the answer is an order that exists, `success: false` beside it or not."""
    if answer.order_ids:
        return None
    if answer.success is False:
        return Failed(answer.code or _only_code(answer), answer.message or "")
    return Doubt("the answer names no order")


def _only_code(answer: CreateResult) -> str:
    codes = {row.error_code or "" for row in answer.failed_offer_list}
    return codes.pop() if len(codes) == 1 else ""


def _paid_or_linked(request: PayRequest, answer: PayResult) -> Verdict:
    refused = request.order_id in answer.cant_pay_order_list
    if refused and (answer.protocol_pay_success or answer.pay_url):
        return Doubt("the answer names the order as paid and as not payable")
    if refused:
        return Failed("CANT_PAY", "the order cannot be paid")
    if answer.protocol_pay_success or answer.pay_url:
        return None
    return Doubt("the answer says neither paid nor where to pay")


def _batch_accepted(request: PayBatchRequest, answer: PayBatchResult) -> Verdict:
    refused = set(request.order_ids) & set(answer.cant_pay_order_list)
    accepted = answer.accepted or answer.protocol_pay_success or answer.pay_url or answer.text
    if refused == set(request.order_ids) and not accepted:
        return Failed("CANT_PAY", "none of the orders can be paid")
    if accepted and not (refused and len(request.order_ids) == 1):
        return None
    if answer.accepted is False:
        return Failed(answer.error_code or "", answer.error_msg or "")
    return Doubt("the answer does not say whether the payment was taken in")


def _cancelled(_request: CancelRequest, answer: CancelResult) -> Verdict:
    if answer.cancelled is True:
        return None
    if answer.cancelled is False:
        return Failed(answer.error_code or "", answer.error_msg or "")
    return Doubt("the answer does not say whether the order is cancelled")


def _confirmed(_request: ConfirmReceiptRequest, answer: ConfirmReceiptResult) -> Verdict:
    if answer.success is True:
        return None
    if answer.success is False:
        return Failed(answer.error_code or "", answer.error_info or "")
    return Doubt("the answer does not say whether the receipt was confirmed")


#: Codes inside the data after which no order was made.
CREATE_REFUSALS = frozenset({
    "OFFER_NOT_FOUND", "OFFER_NOT_ON_SALE", "SKU_NOT_FOUND", "STOCK_NOT_ENOUGH",
    "QUANTITY_BELOW_MINIMUM", "QUANTITY_NOT_MULTIPLE", "QUANTITY_INVALID", "MULTIPLE_SELLERS",
    "ADDRESS_INVALID", "TRADE_TYPE_NOT_SUPPORTED",
})  # fmt: skip
PAY_REFUSALS = frozenset(
    {"CANT_PAY", "BALANCE_NOT_ENOUGH", "ORDER_NOT_FOUND", "ORDER_STATUS_ERROR"}
)
CANCEL_REFUSALS = frozenset({"ORDER_NOT_FOUND", "ORDER_STATUS_ERROR", "ORDER_STATUS_NOT_ALLOWED"})
#: 4003: the order does not exist (upstream sample).
CONFIRM_REFUSALS = frozenset(
    {"4003", "ORDER_NOT_FOUND", "ORDER_STATUS_ERROR", "ORDER_STATUS_NOT_ALLOWED"}
)

# fmt: off
PREVIEW = Endpoint("alibaba_order.preview", "POST", "/alibaba/order/create/preview", PreviewRequest, Preview, "read", "documented", alt_paths=("/v2/alibaba/order/create/preview",), shape=list_under("orderPreviewResuslt"))  # noqa: E501
CREATE = Endpoint("alibaba_order.create", "POST", "/alibaba/order/create", CreateRequest, CreateResult, "never", "partly", alt_paths=("/v2/alibaba/order/create",), refusals=CREATE_REFUSALS, shape=_created_shape, judge=_created)  # noqa: E501
PAGE = Endpoint("alibaba_order.page", "POST", "/alibaba/order/page", PageRequest, Page, "read", "partly", alt_paths=("/v2/alibaba/order/page",), paging=Paging("page_no", "page_size", "rows", "total_records", 20), shape=_page_shape)  # noqa: E501
PAY = Endpoint("alibaba_order.pay", "GET", "/alibaba/order/pay/url", PayRequest, PayResult, "never", "documented", alt_paths=("/v2/alibaba/order/pay/url",), refusals=PAY_REFUSALS, judge=_paid_or_linked)  # noqa: E501
PAY_BATCH = Endpoint("alibaba_order.pay_batch", "POST", "/alibaba/order/batch/submit/to/pay", PayBatchRequest, PayBatchResult, "never", "partly", refusals=PAY_REFUSALS, shape=_pay_batch_shape, judge=_batch_accepted)  # noqa: E501
CANCEL = Endpoint("alibaba_order.cancel", "POST", "/alibaba/order/cancel", CancelRequest, CancelResult, "never", "documented", alt_paths=("/v2/alibaba/order/cancel",), refusals=CANCEL_REFUSALS, shape=flag_under("cancelled"), judge=_cancelled)  # noqa: E501
TRACKING = Endpoint("alibaba_order.tracking", "GET", "/alibaba/order/logistics/trace", TrackingRequest, Tracking, "read", "inferred", shape=list_under("parcels", null_is_empty=True))  # noqa: E501
CONFIRM_RECEIPT = Endpoint("alibaba_order.confirm_receipt", "POST", "/alibaba/order/receivegoods", ConfirmReceiptRequest, ConfirmReceiptResult, "never", "documented", refusals=CONFIRM_REFUSALS, shape=flag_under("success"), judge=_confirmed)  # noqa: E501
ORDER_DETAIL = Endpoint("alibaba_order.detail", "POST", "/alibaba/order/detail", OrderDetailRequest, Trade, "read", "partly", shape=as_trade)  # noqa: E501
# fmt: on
