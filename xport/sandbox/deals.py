"""What calls and people do to orders: pay, cancel, confirm, change a price, ship, close.

Every function here works on an order in hand inside the caller's transaction, records the effect in
the ledger and plans what time will do next. timetable.py carries the plan out.
"""

from __future__ import annotations

from dataclasses import asdict

from . import ledger as effects
from . import parcels, steps, timetable
from .clock import DAY, HOUR, SECOND
from .engine import Engine
from .envelope import NOT_ALLOWED, Refusal
from .ledger import Cause
from .orders import (
    ALIBABA,
    CLOSED,
    PAID,
    SHIPPED,
    TAOBAO,
    TERMINATED,
    UNPAID,
    Order,
)

CLOSE_UNPAID = {TAOBAO: 24 * HOUR, ALIBABA: 5 * DAY}
BATCH_DEBIT_AFTER = 5 * SECOND
CANCEL_AFTER = 8 * SECOND


def place(engine: Engine, order: Order, cause: Cause) -> None:
    """Store a new unpaid order, reserve its goods and start its closing clock."""
    order.close_by = order.created + CLOSE_UNPAID[order.marketplace]
    order.plan(order.close_by, steps.CLOSE_UNPAID)
    for line in order.lines:
        engine.market.take(order.marketplace, line.plain_sku_id, line.quantity)
    engine.orders.add(order)
    engine.ledger.of_order(order, effects.ORDER_CREATED, order.created, order.total, cause)
    engine.outbox.tell(order, "created", order.created)


def submit_payment(engine: Engine, order: Order, now: int, cause: Cause) -> None:
    """Hand an order to the platform for payment: the debit follows a moment later."""
    order.plan(now + BATCH_DEBIT_AFTER, steps.DEBIT, cause=asdict(cause))
    engine.orders.save(order)


def ask_to_cancel(engine: Engine, order: Order, now: int, cause: Cause, lines: list[int]) -> None:
    """Taobao: start cancelling an unpaid order; it ends a little later."""
    if order.status != UNPAID:
        raise Refusal(NOT_ALLOWED, f"订单状态不允许取消 (purchaseId {order.purchase_id})")
    order.plan(
        now + CANCEL_AFTER,
        steps.CANCEL,
        cause=asdict(cause),
        lines=lines,
        refused=engine.faults.use_once("refuse_cancel"),
    )
    engine.orders.save(order)


def cancel(engine: Engine, order: Order, now: int, cause: Cause, reason: str) -> None:
    """1688: cancel an unpaid order at once."""
    if order.status != UNPAID:
        raise Refusal(NOT_ALLOWED, "订单当前状态不允许取消")
    if engine.faults.use_once("refuse_cancel"):
        raise Refusal(NOT_ALLOWED, "卖家不同意取消订单")
    timetable.close(engine, order, now, reason or "buyerCancel", effects.CANCELLED, cause)
    order.touch(now)
    engine.orders.save(order)
    engine.outbox.tell(order, "cancelled", now)


def confirm(engine: Engine, order: Order, now: int, cause: Cause) -> None:
    """1688: the buyer has the goods; the money goes to the seller."""
    if order.status != SHIPPED:
        raise Refusal(NOT_ALLOWED, "订单当前状态不允许确认收货")
    order.unplan(steps.CONFIRM)
    timetable.confirm(engine, order, now, cause)
    order.touch(now)
    engine.orders.save(order)


def change_price(
    engine: Engine, order: Order, now: int, *, percent: float = 0.0, amount: int = 0
) -> None:
    """The seller changes the price of an unpaid order, by percent of the goods or by fen."""
    if order.status != UNPAID:
        raise Refusal(NOT_ALLOWED, "only an unpaid order's price can change")
    delta = round((order.goods + order.discount) * percent / 100) + amount
    order.discount = max(order.discount + delta, 1 - order.goods)
    engine.ledger.of_order(order, effects.PRICE_CHANGED, now, order.total, Cause())
    order.touch(now)
    engine.orders.save(order)
    engine.outbox.tell(order, "price_changed", now)


def ship(engine: Engine, order: Order, now: int, *, partly: bool = False) -> None:
    """The seller ships now: everything left, or only a first part of it."""
    if order.status != PAID:
        raise Refusal(NOT_ALLOWED, "only a paid order that has not left can be shipped")
    waiting = [parcel for parcel in order.parcels if not parcel.shipped]
    if partly and len(waiting) == 1:
        waiting = parcels.split_parcel(order, waiting[0], now)
        order.parcels = [parcel for parcel in order.parcels if parcel.shipped] + waiting
    for parcel in waiting[:1] if partly else waiting:
        earlier = parcel.ship_at - now
        parcel.ship_at = now
        parcel.deliver_at -= earlier
        parcel.traces = [[trace[0] - earlier, *trace[1:]] for trace in parcel.traces]
    timetable.plan_journeys(order)
    engine.orders.save(order)
    timetable.settle_order(engine, order, now)


def deliver(engine: Engine, order: Order, now: int) -> None:
    """Every parcel arrives now; what has not left is shipped first."""
    if order.status == PAID:
        ship(engine, order, now)
    if order.status != SHIPPED:
        raise Refusal(NOT_ALLOWED, "only a shipped order can arrive")
    for parcel in order.parcels:
        if not parcel.delivered:
            parcels.hurry(parcel, now, order)
    timetable.plan_journeys(order)
    engine.orders.save(order)
    timetable.settle_order(engine, order, now)


def seller_closes(engine: Engine, order: Order, now: int, reason: str) -> None:
    """The seller ends the order; what was paid goes back to the balance."""
    if order.status in (CLOSED, TERMINATED) or order.shipped_at:
        raise Refusal(NOT_ALLOWED, "the order has left or is closed already")
    paid = order.debited
    timetable.close(engine, order, now, reason, effects.CLOSED, Cause())
    if paid:
        order.status = TERMINATED if order.marketplace == ALIBABA else CLOSED
        engine.users.add_to_balance(order.user_id, paid)
        engine.ledger.of_order(order, effects.REFUND, now, paid, Cause())
    order.touch(now)
    engine.orders.save(order)
    engine.outbox.tell(order, "closed", now)
