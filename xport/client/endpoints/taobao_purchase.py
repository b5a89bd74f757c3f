"""What a Taobao purchase and its parcels look like: shared by list and detail of `taobao_order`.

Source: contract/taobao_order.yaml. Sums are fen; lines may keep upstream's snake_case names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from xport.client.record import Private, Record
from xport.client.wire import ChinaTime, EpochMs, Fen, Flag, Id, Named, Text, Whole


@dataclass(frozen=True, slots=True, repr=False)
class Receiver(Private, Record):
    """A consignee or warehouse. `mobile_phone` is snake case on the wire, its siblings are not."""

    name: Text = ""
    mobile_phone: Annotated[Text | None, Named("mobile_phone", "mobilePhone")] = None
    phone: Text | None = None
    country: Text | None = None
    state: Annotated[Text | None, Named("state", "province")] = None
    city: Text | None = None
    district: Text | None = None
    address: Text | None = None
    zip: Annotated[Text | None, Named("zip", "zipCode")] = None
    tax_id: Text | None = None


@dataclass(frozen=True, slots=True)
class LogisticOrder(Record):
    """One parcel of a line."""

    logistic_company_name: Annotated[
        Text | None, Named("logisticCompanyName", "logisticsCompanyName", "companyName")
    ] = None
    logistic_number: Annotated[
        Id | None, Named("logisticNumber", "logisticNumer", "logisticsNumber", "mailNo")
    ] = None
    rts_time: EpochMs | None = None


@dataclass(frozen=True, slots=True)
class SubOrder(Record):
    """One line of an order. `status` is the upstream word or the platform's code, as text."""

    sub_purchase_order_id: Annotated[
        Id, Named("subPurchaseOrderId", "purchaseOrderLineId", "subOrderId", "orderLineId")
    ] = ""
    purchase_order_outer_id: Id | None = None
    purchase_order_line_outer_id: Id | None = None
    order_line_no: Text | None = None
    item_id: Id | None = None
    sku_id: Id | None = None
    title: Text | None = None
    pic_url: Text | None = None
    quantity: Whole | None = None
    price: Fen | None = None
    status: Text | None = None
    close_reason: Text | None = None
    close_time_without_payment: EpochMs | None = None
    error_code: Text | None = None
    error_message: Text | None = None
    detail_error_code: Text | None = None
    purchase_amount: Fen | None = None
    purchase_currency: Text | None = None
    product_amount: Fen | None = None
    domestic_post_fee: Fen | None = None
    pay_amount: Fen | None = None
    pay_currency: Text | None = None
    pay_time: EpochMs | None = None
    alipay_pay_order_no: Id | None = None
    logistic_orders: Annotated[
        tuple[LogisticOrder, ...], Named("logisticOrders", "logisticsOrders", "logistics")
    ] = ()
    logistic_company_name: Text | None = None
    logistic_number: Annotated[Id | None, Named("logisticNumber", "logisticNumer")] = None
    refund_id: Id | None = None
    refund_status: Whole | None = None
    sku_info: Any = None
    order_remark_v2: Annotated[Text | None, Named("orderRemarkV2")] = None
    can_confirm_receipt: Flag | None = None


@dataclass(frozen=True, slots=True)
class Purchase(Record):
    """One order. `status` is the platform's main code as text (12 0 1 2 3 5 10 11 4 9)."""

    purchase_id: Annotated[Id, Named("purchaseId", "purchaseOrderId")]
    status: Annotated[Text, Named("status", "orderStatus")]
    order_id: Id | None = None
    outer_purchase_id: Id | None = None
    purchase_amount: Fen | None = None
    product_amount: Fen | None = None
    domestic_post_fee: Fen | None = None
    pay_amount: Fen | None = None
    created_time: Annotated[EpochMs | None, Named("createdTime", "createTime", "gmtCreate")] = None
    modify_time: Annotated[EpochMs | None, Named("modifyTime", "modifiedTime", "gmtModified")] = (
        None
    )
    pay_time: EpochMs | None = None
    next_close_time_without_payment: EpochMs | None = None
    close_reason: Text | None = None
    supplier_nick: Annotated[Text | None, Named("supplierNick", "sellerNick", "nick")] = None
    receiver: Receiver | None = None
    sub_orders: Annotated[
        tuple[SubOrder, ...], Named("subOrders", "subOrderList", "orderLineList")
    ] = ()


@dataclass(frozen=True, slots=True)
class Trace(Record):
    """One event of a parcel."""

    time: ChinaTime | None = None
    status: Text | None = None
    status_desc: Text | None = None
    standerd_desc: Annotated[Text | None, Named("standerdDesc", "standardDesc")] = None
    action: Text | None = None
    province: Text | None = None
    city: Text | None = None
    district: Text | None = None
    facility_name: Text | None = None
    next_city: Text | None = None
    next_node_name: Text | None = None


@dataclass(frozen=True, slots=True)
class Partner(Record):
    """A carrier."""

    company: Text | None = None
    company_contact: Text | None = field(default=None, repr=False)
    company_image_url: Text | None = None


@dataclass(frozen=True, slots=True)
class ParcelGoods(Record):
    """What a parcel holds."""

    title: Text | None = None
    property: Text | None = None
    quantity: Whole | None = None
    image_url: Text | None = None


@dataclass(frozen=True, slots=True)
class Parcel(Record):
    """One parcel with its events, in the platform's order."""

    mail_no: Annotated[Id | None, Named("mailNo", "logisticNumber", "logisticNumer")] = None
    logistics_status: Text | None = None
    logistics_desc: Text | None = None
    logistics_partner: tuple[Partner, ...] = ()
    logistics_traces: tuple[Trace, ...] = ()
    logistics_goods: tuple[ParcelGoods, ...] = ()
    goods_number: Whole | None = None
    receiver: Receiver | None = None


@dataclass(frozen=True, slots=True)
class Logistics(Record):
    """The parcels of one line; none before the seller ships."""

    purchase_order_outer_id: Id | None = None
    pnm_logistics_details: Annotated[
        tuple[Parcel, ...], Named("pnmLogisticsDetails", "logisticsDetails", "parcels")
    ] = ()
