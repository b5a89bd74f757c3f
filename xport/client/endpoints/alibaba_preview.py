"""What the preview of a 1688 order looks like: the answer of `alibaba_order.PREVIEW`.

Source: contract/alibaba_order.yaml. Sums of an order are fen, amounts of its lines are yuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from xport.client.record import Record
from xport.client.wire import Fen, Flag, Id, Named, Text, Yuan


@dataclass(frozen=True, slots=True)
class CargoPromotion(Record):
    promotion_id: Id | None = None
    selected: Flag | None = None
    text: Text | None = None
    desc: Text | None = None
    free_postage: Flag | None = None
    discount_fee: Fen | None = None


@dataclass(frozen=True, slots=True)
class PreviewCargo(Record):
    """A priced line; both amounts are yuan, unlike the sums above it."""

    offer_id: Id
    spec_id: Text | None = None
    sku_id: Id | None = None
    open_offer_id: Id | None = None
    amount: Yuan | None = None
    final_unit_price: Yuan | None = None
    result_code: Text | None = None
    message: Text | None = None
    cargo_promotion_list: tuple[CargoPromotion, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopPromotion(Record):
    promotion_id: Id | None = None
    selected: Flag | None = None
    text: Text | None = None
    desc: Text | None = None
    discount_fee: Fen | None = None


@dataclass(frozen=True, slots=True)
class TradeModel(Record):
    trade_type: Text | None = None
    name: Text | None = None
    description: Text | None = None
    trade_way: Text | None = None
    op_support: Flag | None = None


@dataclass(frozen=True, slots=True)
class OrderPreview(Record):
    """One order that would be made; its sums are fen."""

    status: Flag | None = None
    sum_payment: Fen | None = None
    sum_carriage: Fen | None = None
    sum_payment_no_carriage: Fen | None = None
    discount_fee: Fen | None = None
    additional_fee: Fen | None = None
    result_code: Text | None = None
    message: Text | None = None
    flow_flag: Text | None = None
    tao_sample_single_promotion: Flag | None = None
    trade_mode_name_list: tuple[Text, ...] = ()
    cargo_list: Annotated[tuple[PreviewCargo, ...], Named("cargoList", "orderItemTOList")] = ()
    shop_promotion_list: tuple[ShopPromotion, ...] = ()
    trade_model_list: tuple[TradeModel, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview(Record):
    """The priced basket; `success` False means that nothing of it can be ordered."""

    order_previews: Annotated[
        tuple[OrderPreview, ...], Named("orderPreviewResuslt", "orderPreviewResult")
    ] = ()
    success: Flag | None = None
    error_code: Text | None = None
    error_msg: Annotated[Text | None, Named("errorMsg", "errorMessage")] = None
    post_fee_by_desc_offer_list: tuple[Any, ...] = ()
    consign_offer_list: tuple[Any, ...] = ()
    unsupported_cross_border_pay_offer_list: tuple[Any, ...] = ()
