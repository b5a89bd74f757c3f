"""A 1688 order as the wire shows it: the buyer-view trade, yuan except the discount in fen.

Source: contract alibaba_order.create_batch (the trade), .tracking, alibaba_callback.*.
"""

from __future__ import annotations

from typing import Any

from .clock import alibaba_text, china_text
from .orders import (
    ACCEPTED,
    CLOSED,
    CLOSED_LINE,
    FINANCE,
    FINISHED,
    PAID,
    RECEIVED,
    SHIPPED,
    SHIPPED_LINE,
    TERMINATED,
    UNPAID,
    Line,
    Order,
    Parcel,
)
from .parcels import SIGNED, seen

STATUS = {
    UNPAID: "waitbuyerpay",
    ACCEPTED: "waitbuyerpay",
    FINANCE: "waitbuyerpay",
    PAID: "waitsellersend",
    SHIPPED: "waitbuyerreceive",
    RECEIVED: "confirm_goods",
    FINISHED: "success",
    CLOSED: "cancel",
    TERMINATED: "terminated",
}


def statuses_of(word: str) -> list[str]:
    """Our states that read as this word; none for a word 1688 does not know."""
    return [status for status, wire in STATUS.items() if wire == word]


def yuan(fen: int) -> int | float:
    """Fen as a JSON number in yuan: 19 or 19.9."""
    return fen // 100 if fen % 100 == 0 else fen / 100


def yuan_text(fen: int) -> str:
    """Fen as decimal yuan text: '19.90'."""
    sign, whole = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def trade(order: Order) -> dict[str, Any]:
    """One trade with all its blocks."""
    return {
        "guaranteesTerms": None,
        "internationalLogistics": None,
        "nativeLogistics": _native_logistics(order),
        "productItems": [_product_item(order, line) for line in order.lines],
        "tradeTerms": [
            {
                "payStatus": "2" if order.paid_at else "1",
                "payTime": alibaba_text(order.paid_at) if order.paid_at else None,
                "payWay": "1",
                "payWayDesc": "支付宝",
                "phasAmount": yuan(order.total),
                "phase": 1,
            }
        ],
        "extAttributes": [],
        "orderRateInfo": None,
        "orderInvoiceInfo": None,
        "customs": None,
        "overseasExtraAddress": None,
        "orderBizInfo": None,
        "baseInfo": _base_info(order),
    }


def _base_info(order: Order) -> dict[str, Any]:
    return {
        "id": int(order.order_id),
        "idOfStr": order.order_id,
        "status": STATUS[order.status],
        "totalAmount": order.total / 100,
        "shippingFee": yuan(order.freight),
        "sumProductPayment": yuan(order.goods),
        "discount": order.discount,
        "refund": 0,
        "refundPayment": 0,
        "createTime": alibaba_text(order.created),
        "modifyTime": alibaba_text(order.modified),
        "payTime": _moment(order.paid_at),
        "allDeliveredTime": _moment(order.shipped_at),
        "completeTime": _moment(order.finished_at),
        "closeReason": order.close_reason,
        "buyerID": f"b2b-{order.user_id}",
        "sellerID": f"b2b-{order.seller['id']}",
        "buyerFeedback": order.remark,
        "sellerContact": {
            "name": order.seller["nick"],
            "companyName": order.seller["company"],
            "imInPlatform": order.seller["nick"],
            "mobile": None,
            "phone": None,
        },
        "receiverInfo": {
            "toFullName": order.receiver.get("name", ""),
            "toDivisionCode": order.receiver.get("division", ""),
            "toPost": order.receiver.get("zip", ""),
            "toArea": " ".join(
                str(order.receiver.get(part, ""))
                for part in ("province", "city", "district", "address")
            ),
        },
    }


def _native_logistics(order: Order) -> dict[str, Any]:
    left = [parcel for parcel in order.parcels if parcel.shipped]
    return {
        "address": order.receiver.get("address", ""),
        "area": order.receiver.get("district", ""),
        "areaCode": order.receiver.get("division", ""),
        "city": order.receiver.get("city", ""),
        "contactPerson": order.receiver.get("name", ""),
        "mobile": order.receiver.get("phone", ""),
        "province": order.receiver.get("province", ""),
        "telephone": order.receiver.get("landline", ""),
        "zip": order.receiver.get("zip", ""),
        "logisticsItems": [_logistics_item(parcel) for parcel in left] or None,
        "town": order.receiver.get("town"),
    }


def _logistics_item(parcel: Parcel) -> dict[str, Any]:
    return {
        "logisticsCode": parcel.parcel_id,
        "logisticsBillNo": parcel.waybill,
        "logisticsCompanyName": parcel.carrier,
        "logisticsCompanyNo": parcel.carrier_code,
        "deliveredTime": alibaba_text(parcel.ship_at),
        "status": "alreadysign" if parcel.delivered else "alreadysend",
        "subItemIds": ",".join(str(line_id) for line_id, _ in parcel.items),
    }


def _product_item(order: Order, line: Line) -> dict[str, Any]:
    small = line.picture.replace("size=400", "size=80")
    return {
        "cargoNumber": None,
        "description": None,
        "itemAmount": yuan(line.price * line.quantity),
        "name": line.title,
        "price": yuan(line.price),
        "productID": int(line.item_id),
        "productImgUrl": [small, line.picture],
        "productSnapshotUrl": None,
        "quantity": line.quantity,
        "refund": 0,
        "skuID": int(line.plain_sku_id),
        "specId": line.sku_id,
        "skuInfos": [{"name": "规格", "value": line.variant}] if line.variant else [],
        "status": _line_status(order, line),
        "statusStr": None,
        "logisticsStatus": _logistics_status(order, line),
        "subItemID": line.line_id,
        "subItemIDString": str(line.line_id),
        "type": "common",
        "unit": line.unit,
        "weight": None,
        "weightUnit": None,
        "guaranteesTerms": [],
    }


def _line_status(order: Order, line: Line) -> str:
    if line.status == CLOSED_LINE and order.status != TERMINATED:
        return STATUS[CLOSED]
    if line.status == SHIPPED_LINE and order.status == PAID:
        return STATUS[SHIPPED]
    return STATUS[order.status]


def _logistics_status(order: Order, line: Line) -> int:
    if order.status in (RECEIVED, FINISHED):
        return 3
    if line.status == SHIPPED_LINE:
        return 2
    gone = any(
        parcel.shipped and any(item[0] == line.line_id for item in parcel.items)
        for parcel in order.parcels
    )
    return 5 if gone else (1 if order.paid_at else 8)


def tracking(order: Order, now: int, logistics_id: str | None) -> list[dict[str, Any]]:
    """Parcels of an order with their steps, in the order in which the carrier reported them."""
    return [
        {
            "logisticsId": parcel.parcel_id,
            "orderId": order.order_id,
            "logisticsBillNo": parcel.waybill,
            "logisticsSteps": [
                {"acceptTime": china_text(trace[0]), "remark": trace[4]}
                for trace in seen(parcel, now)
            ],
            "traceNodeList": [
                {
                    "acceptTime": china_text(trace[0]),
                    "action": "SIGN" if trace[1] == SIGNED else "TRANSPORT",
                    "areaCode": "",
                    "encrypt": "CN",
                    "facilityName": trace[3],
                    "facilityNo": "",
                    "facilityType": "1",
                    "remark": trace[4],
                }
                for trace in seen(parcel, now)
            ]
            if parcel.delivered
            else [],
        }
        for parcel in order.parcels
        if parcel.shipped and logistics_id in (None, "", parcel.parcel_id)
    ]


def _moment(ms: int | None) -> str | None:
    return alibaba_text(ms) if ms else None
