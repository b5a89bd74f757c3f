"""Push messages waiting to be sent: what each says, and when it is due.

Written inside the transaction that changes the order; pushes.py sends. Shapes are those of the
message access manual (platform.yaml) and of contract taobao_callback.* and alibaba_callback.*.
"""

from __future__ import annotations

import json
import random
from typing import Any

from . import wire_alibaba, wire_taobao
from .clock import china_text, iso
from .envelope import dump
from .faults import Fault, Faults
from .options import Options
from .orders import CLOSED, TAOBAO, TERMINATED, UNPAID, Line, Order
from .state import State

WAITING, SENDING, SENT, GIVEN_UP, LOST = "waiting", "sending", "sent", "given_up", "lost"

TAOBAO_STATUS = "TAOBAO_ORDER_BUYER_VIEW_ORDER_STATUS_MODIFY"
PRICE = "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"
KA_TYPES = {
    "created": "ORDER_CREATE",
    "paid": "ORDER_PAY_SUCCESS",
    "price_changed": PRICE,
    "cancelled": "ORDER_CANCEL",
    "closed": "ORDER_CANCEL",
}
TOPICS = {
    "created": "ORDER_BUYER_VIEW_BUYER_MAKE",
    "paid": "ORDER_BUYER_VIEW_ORDER_PAY",
    "price_changed": PRICE,
    "part_shipped": "ORDER_BUYER_VIEW_PART_PART_SENDGOODS",
    "shipped": "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
    "received": "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
    "finished": "ORDER_BUYER_VIEW_ORDER_SUCCESS",
    "cancelled": "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE",
    "closed": "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE",
}

#: The callbacks of the platform's reference that go out from here; refunds are not among them yet.
PUSHED = (
    "alibaba_callback.price_correction",
    "alibaba_callback.status_change",
    "taobao_callback.price_correction",
    "taobao_callback.status_change",
)


class Outbox:
    """The queue. Nothing is queued while pushes are off or no address is known."""

    def __init__(self, state: State, faults: Faults, options: Options) -> None:
        self._state = state
        self._faults = faults
        self.flavour = state.meta("push_flavour", options.push_flavour)
        self.url = options.push_to or state.meta("push_url", "") or None
        self.enabled = state.meta("push_enabled", "1") == "1"
        with state.transaction() as db:
            # Whatever was on its way when the last run ended is sent again: pushes may repeat.
            db.execute("UPDATE pushes SET status = ? WHERE status = ?", (WAITING, SENDING))

    def configure(self, *, url: str | None, enabled: bool | None, flavour: str | None) -> None:
        """Change where, whether and in which shape messages go; None leaves a thing as it is."""
        if url is not None:
            self.url = url or None
            self._state.set_meta("push_url", url)
        if enabled is not None:
            self.enabled = enabled
            self._state.set_meta("push_enabled", "1" if enabled else "0")
        if flavour is not None:
            if flavour not in ("ka", "standard"):
                raise ValueError("flavour is ka or standard")
            self.flavour = flavour
            self._state.set_meta("push_flavour", flavour)

    def tell(self, order: Order, event: str, at: int) -> None:
        """Queue what happened to an order, with the trouble that is switched on."""
        if not self.enabled or self.url is None:
            return
        struck = self._faults.strike("push")
        kinds = {fault.kind for fault in struck}
        due = at + sum(_delay(fault) for fault in struck)
        body = dump(self._message(order, event, at)).decode()
        for _ in range(2 if "push_twice" in kinds else 1):
            self.add(order.order_id, order.user_id, event, body, at, due, "push_lost" in kinds)

    def add(
        self,
        order_id: str | None,
        user_id: str | None,
        event: str,
        body: str,
        at: int,
        due: int,
        lost: bool = False,
    ) -> None:
        """Queue a ready message."""
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO pushes (order_id, user_id, event, created, due, status, body) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (order_id, user_id, event, at, None if lost else due, LOST if lost else WAITING)
                + (body,),
            )

    def again(self, order_id: str, now: int, *, reverse: bool = False) -> int:
        """Queue an order's last message once more, or all of them, newest first."""
        with self._state.transaction() as db:
            rows = db.execute(
                "SELECT * FROM pushes WHERE order_id = ? ORDER BY id DESC LIMIT ?",
                (order_id, 50 if reverse else 1),
            ).fetchall()
            for offset, row in enumerate(rows):
                self.add(order_id, row["user_id"], row["event"], row["body"], now, now + offset)
        return len(rows)

    def forge(self, order_id: str, marketplace: str, now: int) -> None:
        """Queue a message that lies: it claims that an order is paid, for a sum of its own."""
        body = {
            "orderId": order_id,
            "orderNo": "PO209912310001",
            "orderStatus": "WAITING_FOR_SENT",
            "payStatus": 2,
            "totalAmount": 1,
            "shippingFee": 0,
            "productAmount": 1,
            "refundAmount": 0,
            "refundStatus": None,
            "closeReason": None,
            "tbCreateTime": china_text(now),
            "payTime": china_text(now),
        }
        message = {
            "messageType": "ORDER_PAY_SUCCESS",
            "messageBody": json.dumps(body, ensure_ascii=False),
            "messagePlatform": 0 if marketplace == TAOBAO else 1,
            "timestamp": str(now),
        }
        self.add(order_id, None, "forged", dump(message).decode(), now, now)

    def recent(self, limit: int = 50, order: str | None = None) -> list[dict[str, Any]]:
        """Newest messages, for the page and GET /_sandbox/pushes."""
        where, values = ("WHERE order_id = ?", [order]) if order else ("", [])
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT * FROM pushes {where} ORDER BY id DESC LIMIT ?",  # noqa: S608
                [*values, limit],
            ).fetchall()
        return [
            {**dict(row), "created": iso(row["created"]), "due": iso(row["due"])} for row in rows
        ]

    def _message(self, order: Order, event: str, at: int) -> dict[str, Any]:
        if order.marketplace == TAOBAO:
            kind, platform = TAOBAO_STATUS, 0
            body: Any = _taobao_status(order, at)
            if event == "price_changed":
                kind, body = f"TAOBAO_{PRICE}", _taobao_price(order)
        elif self.flavour == "ka":
            kind, platform = KA_TYPES.get(event, TOPICS.get(event, TOPICS["paid"])), 1
            body = json.dumps(_ka_body(order), ensure_ascii=False, separators=(",", ":"))
        else:
            kind, platform = f"1688_{TOPICS[event]}", 1
            body = wire_alibaba.trade(order)
        return {
            "messageType": kind,
            "messageBody": body,
            "messagePlatform": platform,
            "timestamp": str(at),
        }


def _delay(fault: Fault) -> int:
    if fault.kind == "push_late":
        return round(fault.seconds * 1000)
    if fault.kind == "push_shuffled":
        return random.randint(0, round(fault.seconds * 1000))
    return 0


def _ka_body(order: Order) -> dict[str, Any]:
    paid = order.paid_at is not None
    state = "WAITING_FOR_PAYMENT" if not paid else "WAITING_FOR_SENT"
    if order.status in (CLOSED, TERMINATED):
        state = "CANCEL"
    elif order.shipped_at:
        state = wire_alibaba.STATUS[order.status].upper()
    reason = order.close_reason
    return {
        "orderId": order.order_id,
        "orderNo": order.number,
        "orderStatus": state,
        "payStatus": 2 if paid else 1,
        "totalAmount": order.total,
        "shippingFee": order.freight,
        "productAmount": order.goods + order.discount,
        "refundAmount": 0,
        "refundStatus": None,
        "closeReason": "buyer_cancel" if reason == "buyerCancel" else reason,
        "tbCreateTime": china_text(order.created),
        "payTime": china_text(order.paid_at) if order.paid_at else None,
    }


def _taobao_status(order: Order, at: int) -> dict[str, Any]:
    return {
        "salesOrderId": order.order_id,
        "purchaseId": order.purchase_id,
        "outerPurchaseId": order.outer_id,
        "status": wire_taobao.WORDS[wire_taobao.STATUS[order.status]],
        "businessTime": at,
        "subOrders": [_taobao_line(order, line) for line in order.lines],
    }


def _taobao_price(order: Order) -> dict[str, Any]:
    return {
        "salesOrderId": order.order_id,
        "subOrders": [_taobao_line(order, line) for line in order.lines],
        "purchaseOrderPriceDTO": {
            "purchaseCurrency": "CNY",
            "purchaseTotalFee": order.total,
            "purchaseProductFee": order.goods + order.discount,
            "purchaseShippingFee": order.freight,
        },
    }


def _taobao_line(order: Order, line: Line) -> dict[str, Any]:
    left = wire_taobao.parcels_of(order, line.line_id)
    closing = order.close_by if order.status == UNPAID else None
    return {
        "sub_purchase_order_id": line.line_id,
        "purchase_order_outer_id": order.order_id,
        "purchase_order_line_outer_id": str(int(order.order_id) + 1),
        "item_id": line.item_id,
        "sku_id": line.sku_id,
        "order_line_no": line.line_no,
        "title": line.title,
        "quantity": line.quantity,
        "status": wire_taobao.WORDS[wire_taobao.line_status(order, line)],
        "close_time_without_payment": china_text(closing) if closing else None,
        "detail_error_code": None,
        "product_amount": str(line.price * line.quantity),
        "purchase_currency": "CNY",
        "logistic_orders": [
            {
                "logistic_company_name": parcel.carrier,
                "logistic_number": parcel.waybill,
                "rts_time": parcel.ship_at,
            }
            for parcel in left
        ],
        "logistic_company_name": left[0].carrier if left else None,
        "logistic_number": left[0].waybill if left else None,
        "refund_status": 0,
    }
