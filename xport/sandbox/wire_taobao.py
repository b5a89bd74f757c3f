"""A Taobao order as the wire shows it: integer status codes, fen, epoch milliseconds.

Source: contract taobao_order.purchase_page (records), .logistics, taobao_callback.*.
"""

from __future__ import annotations

from typing import Any

from .clock import china_text
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
from .parcels import SIGNED, STATUS_WORDS, lines_of, pieces, seen

STATUS = {
    UNPAID: 0,
    ACCEPTED: 0,
    FINANCE: 5,
    PAID: 10,
    SHIPPED: 11,
    RECEIVED: 11,
    FINISHED: 9,
    CLOSED: 4,
    TERMINATED: 4,
}
WORDS = {
    0: "WAIT_BUYER_P",
    5: "WAIT_FINANCE_PAY",
    10: "WAIT_SELLER_SEND_GOODS",
    11: "WAIT_BUYER_CONFIRM_GOODS",
    9: "OTHER_STATUS",
    4: "TRADE_CLOSED",
}


def statuses_of(code: int) -> list[str]:
    """Our states that read as this code."""
    return [status for status, wire in STATUS.items() if wire == code]


def record(order: Order) -> dict[str, Any]:
    """TaoBaoOrderVO: one row of the list, and the detail."""
    return {
        "orderId": order.order_id,
        "purchaseId": order.purchase_id,
        "outerPurchaseId": order.outer_id,
        "status": STATUS[order.status],
        "purchaseAmount": order.total,
        "productAmount": order.goods + order.discount,
        "domesticPostFee": order.freight,
        "payAmount": str(order.total) if order.paid_at else None,
        "createdTime": order.created,
        "modifyTime": order.modified,
        "payTime": str(order.paid_at) if order.paid_at else None,
        "nextCloseTimeWithoutPayment": order.close_by if STATUS[order.status] == 0 else None,
        "closeReason": order.close_reason,
        "supplierNick": order.seller["nick"],
        "receiver": {
            "country": order.receiver.get("country", "中国"),
            "state": order.receiver.get("province", ""),
            "city": order.receiver.get("city", ""),
            "district": order.receiver.get("district", ""),
            "address": order.receiver.get("address", ""),
            "zip": order.receiver.get("zip", ""),
        },
        "subOrders": [_sub_order(order, line) for line in order.lines],
    }


def _sub_order(order: Order, line: Line) -> dict[str, Any]:
    return {
        "subPurchaseOrderId": line.line_id,
        "orderLineNo": line.line_no,
        "itemId": line.item_id,
        "skuId": line.sku_id,
        "title": line.title,
        "skuInfo": line.variant,
        "picUrl": line.picture,
        "quantity": line.quantity,
        "price": line.price,
        "status": line_status(order, line),
        "refundId": None,
        "refundStatus": 0,
        "logisticOrders": [
            {
                "logisticCompanyName": parcel.carrier,
                "logisticNumber": parcel.waybill,
                "rtsTime": parcel.ship_at,
            }
            for parcel in parcels_of(order, line.line_id)
        ],
    }


def line_status(order: Order, line: Line) -> int:
    """A line may be ahead of its order: shipped while another still waits."""
    if line.status == CLOSED_LINE:
        return STATUS[CLOSED]
    if line.status == SHIPPED_LINE and order.status == PAID:
        return STATUS[SHIPPED]
    return STATUS[order.status]


def parcels_of(order: Order, line_id: int) -> list[Parcel]:
    """Parcels that have left with pieces of this line."""
    return [
        parcel
        for parcel in order.parcels
        if parcel.shipped and any(item[0] == line_id for item in parcel.items)
    ]


def logistics(order: Order, line_id: int, now: int) -> dict[str, Any]:
    """Parcels and traces of one line."""
    return {
        "purchaseOrderOuterId": int(order.order_id),
        "pnmLogisticsDetails": [
            _parcel(order, parcel, now) for parcel in parcels_of(order, line_id)
        ],
    }


def _parcel(order: Order, parcel: Parcel, now: int) -> dict[str, Any]:
    events = seen(parcel, now)
    status = SIGNED if parcel.delivered else (events[-1][1] if events else "CONSIGN")
    return {
        "mailNo": parcel.waybill,
        "logisticsStatus": status,
        "logisticsDesc": STATUS_WORDS.get(status, "已发货"),
        "logisticsPartner": [
            {"company": parcel.carrier, "companyContact": None, "companyImageUrl": None}
        ],
        "logisticsTraces": [
            {
                "time": china_text(at),
                "status": word,
                "statusDesc": STATUS_WORDS.get(word, word),
                "standerdDesc": text,
                "action": word,
                "province": province,
                "city": city,
                "district": None,
                "facilityName": None,
                "nextCity": None,
                "nextNodeName": None,
            }
            for at, word, province, city, text in events
        ],
        "logisticsGoods": [
            {
                "title": line.title,
                "property": line.variant,
                "quantity": quantity,
                "imageUrl": line.picture,
            }
            for line, quantity in lines_of(order, parcel)
        ],
        "goodsNumber": pieces(parcel),
        "receiver": {
            "name": order.receiver.get("name", ""),
            "phone": order.receiver.get("phone", ""),
            "province": order.receiver.get("province", ""),
            "city": order.receiver.get("city", ""),
            "district": order.receiver.get("district", ""),
            "address": order.receiver.get("address", ""),
            "zipCode": order.receiver.get("zip", ""),
        },
    }
