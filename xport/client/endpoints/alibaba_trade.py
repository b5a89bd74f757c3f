"""What a 1688 trade and its parcels look like: shared by the calls of `alibaba_order`.

Source: contract/alibaba_order.yaml, entry `create_batch`. Sums are decimal yuan, but `discount`
is fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from xport.client.record import Private, Record
from xport.client.wire import Ali1688Time, ChinaTime, Fen, Flag, Id, Named, Text, Whole, Yuan


@dataclass(frozen=True, slots=True, repr=False)
class Contact(Private, Record):
    """Seller or buyer; `im_in_platform` is the Wang Wang name."""

    name: Text | None = None
    mobile: Text | None = None
    phone: Text | None = None
    company_name: Text | None = None
    im_in_platform: Text | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ReceiverInfo(Private, Record):
    to_full_name: Text | None = None
    to_division_code: Text | None = None
    to_post: Text | None = None
    to_town_code: Text | None = None
    to_area: Text | None = None


@dataclass(frozen=True, slots=True)
class BaseInfo(Record):
    """Head of a trade. `id_of_str` is the id to keep; the number beside it exceeds 2^53."""

    id_of_str: Annotated[Id, Named("idOfStr", "id", "orderId")]
    status: Annotated[Text | None, Named("status", "orderStatus")] = None
    total_amount: Yuan | None = None
    shipping_fee: Yuan | None = None
    sum_product_payment: Yuan | None = None
    discount: Fen | None = None
    refund: Yuan | None = None
    refund_payment: Yuan | None = None
    refund_status: Text | None = None
    create_time: Ali1688Time | None = None
    pay_time: Ali1688Time | None = None
    all_delivered_time: Ali1688Time | None = None
    complete_time: Ali1688Time | None = None
    modify_time: Ali1688Time | None = None
    close_reason: Text | None = None
    seller_id: Annotated[Id | None, Named("sellerID", "sellerId")] = None
    buyer_id: Annotated[Id | None, Named("buyerID", "buyerId")] = None
    seller_login_id: Text | None = None
    trade_type: Text | None = None
    seller_contact: Contact | None = None
    buyer_contact: Contact | None = None
    receiver_info: ReceiverInfo | None = None


@dataclass(frozen=True, slots=True)
class LogisticsItem(Record):
    """One parcel of a trade. `sub_item_ids` is comma-joined text."""

    id: Id | None = None
    logistics_code: Annotated[Id | None, Named("logisticsCode", "logisticsId")] = None
    logistics_company_no: Text | None = None
    logistics_company_name: Text | None = None
    logistics_company_id: Id | None = None
    logistics_bill_no: Id | None = None
    status: Text | None = None
    sub_item_ids: Text | None = None
    delivered_time: Ali1688Time | None = None


@dataclass(frozen=True, slots=True, repr=False)
class NativeLogistics(Private, Record):
    """Inland delivery: the receiver, and the parcels once the seller ships."""

    address: Text | None = None
    area: Text | None = None
    area_code: Text | None = None
    city: Text | None = None
    contact_person: Text | None = None
    fax: Text | None = None
    mobile: Text | None = None
    province: Text | None = None
    telephone: Text | None = None
    zip: Text | None = None
    town_code: Text | None = None
    town: Text | None = None
    caid: Text | None = None
    real_logistics_company_no: Text | None = None
    logistics_items: tuple[LogisticsItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SkuInfo(Record):
    name: Text = ""
    value: Text = ""


@dataclass(frozen=True, slots=True)
class ProductItem(Record):
    """One line of a trade. `logistics_status`: 1 not shipped, 2 shipped, 3 received, 4 returned,
    5 part shipped, 8 no parcel yet."""

    sub_item_id: Annotated[Id | None, Named("subItemIDString", "subItemID", "subItemId")] = None
    product_id: Annotated[Id | None, Named("productID", "productId", "offerId")] = None
    sku_id: Annotated[Id | None, Named("skuID", "skuId")] = None
    spec_id: Id | None = None
    name: Text | None = None
    quantity: Whole | None = None
    price: Yuan | None = None
    item_amount: Yuan | None = None
    refund: Yuan | None = None
    entry_discount: Fen | None = None
    status: Text | None = None
    refund_status: Text | None = None
    refund_id: Id | None = None
    logistics_status: Whole | None = None
    cargo_number: Text | None = None
    description: Text | None = None
    product_img_url: tuple[Text, ...] = ()
    product_snapshot_url: Text | None = None
    sku_infos: tuple[SkuInfo, ...] = ()
    type: Text | None = None
    unit: Text | None = None
    weight: Text | None = None
    weight_unit: Text | None = None


@dataclass(frozen=True, slots=True)
class TradeTerm(Record):
    """One payment stage; `phas_amount` is spelt so."""

    pay_status: Text | None = None
    pay_time: Ali1688Time | None = None
    pay_way: Text | None = None
    pay_way_desc: Text | None = None
    phas_amount: Yuan | None = None
    phase: Text | None = None
    phase_condition: Text | None = None
    phase_date: Text | None = None
    card_pay: Flag | None = None
    express_pay: Flag | None = None


@dataclass(frozen=True, slots=True)
class Trade(Record):
    """One order. Lists leave the parcels out; ORDER_DETAIL has them."""

    base_info: BaseInfo
    native_logistics: NativeLogistics | None = None
    product_items: tuple[ProductItem, ...] = ()
    trade_terms: tuple[TradeTerm, ...] = ()
    guarantees_terms: Any = None
    international_logistics: Any = None
    ext_attributes: Any = None
    order_biz_info: Any = None


@dataclass(frozen=True, slots=True)
class Step(Record):
    accept_time: ChinaTime | None = None
    remark: Text = ""


@dataclass(frozen=True, slots=True)
class TraceNode(Record):
    """`action`: TRANSPORT on the way, SIGN signed, UNSIGN delivery problem."""

    accept_time: ChinaTime | None = None
    action: Text | None = None
    area_code: Text | None = None
    encrypt: Text | None = None
    facility_name: Text | None = None
    facility_no: Text | None = None
    facility_type: Text | None = None
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Parcel(Record):
    """One parcel with its events, unsorted. One parcel may serve several orders."""

    logistics_id: Id | None = None
    order_id: Id | None = None
    logistics_bill_no: Id | None = None
    logistics_steps: tuple[Step, ...] = ()
    trace_node_list: tuple[TraceNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracking(Record):
    """The parcels of an order; none before the seller ships."""

    parcels: Annotated[tuple[Parcel, ...], Named("parcels", "logisticsTrace", "data")] = ()


def as_trade(row: Any) -> Any:
    """A flat row (the platform keeps an own order table) becomes a trade with a head."""
    if isinstance(row, dict) and "baseInfo" not in row and "base_info" not in row:
        return {**row, "baseInfo": row}
    return row
