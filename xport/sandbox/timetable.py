"""What time does to orders: finance pays, unpaid ones close, parcels leave and arrive, orders end.

`settle` works off every step that is due by the world's clock, each at its own moment, so it does
not matter when somebody looks. Steps are planned by deals.py and by each other.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

from . import ledger as effects
from . import payments, steps
from .clock import DAY, SECOND
from .engine import Engine
from .ledger import Cause
from .orders import (
    ALIBABA,
    CLOSED,
    CLOSED_LINE,
    FINANCE,
    FINISHED,
    PAID,
    RECEIVED,
    SHIPPED,
    SHIPPED_LINE,
    UNPAID,
    Order,
    Parcel,
)
from .parcels import plan_parcels

CONFIRM_AFTER = 7 * DAY  # after the last parcel arrived
FINISH_AFTER = 60 * SECOND  # 1688: confirm_goods becomes success


def settle(engine: Engine, now: int | None = None) -> int:
    """Let everything happen that is due. Returns how many orders moved."""
    moment = engine.clock.now() if now is None else now
    with engine.state.transaction():
        # Across orders, too, the earlier step comes first: ledger and pushes tell one story.
        moved = engine.orders.due(moment)
        queue = [(order.schedule[0].at, order.order_id, order) for order in moved]
        heapq.heapify(queue)
        while queue:
            at, order_id, order = heapq.heappop(queue)
            settle_order(engine, order, at)
            if order.schedule and order.schedule[0].at <= moment:
                heapq.heappush(queue, (order.schedule[0].at, order_id, order))
    return len(moved)


def settle_order(engine: Engine, order: Order, now: int) -> None:
    """The same for one order in hand."""
    while order.schedule and order.schedule[0].at <= now:
        due = order.schedule.pop(0)
        STEPS[due.what](engine, order, due.at, due.arg)
        order.modified = max(order.modified, due.at)
        engine.orders.save(order)


def close(engine: Engine, order: Order, at: int, reason: str, effect: str, cause: Cause) -> None:
    """End an order that has not left: goods go back on the shelf, nothing is planned any more."""
    for line in order.lines:
        if line.status != CLOSED_LINE:
            engine.market.take(order.marketplace, line.plain_sku_id, -line.quantity)
            line.status = CLOSED_LINE
    order.status, order.closed_at, order.close_reason = CLOSED, at, reason
    order.schedule = []
    order.parcels = []
    engine.ledger.of_order(order, effect, at, order.total, cause, reason)


def confirm(engine: Engine, order: Order, at: int, cause: Cause) -> None:
    """The goods are accepted; Taobao's order is then over, 1688's a minute later."""
    engine.ledger.of_order(order, effects.CONFIRMED, at, order.total, cause)
    if order.marketplace == ALIBABA:
        order.status = RECEIVED
        order.plan(at + FINISH_AFTER, steps.FINISH)
        engine.outbox.tell(order, "received", at)
    else:
        _finish(engine, order, at, {})


def plan_journeys(order: Order) -> None:
    """Put the departures and arrivals of all parcels on the schedule, in place of earlier ones."""
    order.unplan(steps.SHIP, steps.DELIVER)
    for parcel in order.parcels:
        if not parcel.shipped:
            order.plan(parcel.ship_at, steps.SHIP, parcel=parcel.parcel_id)
        if not parcel.delivered:
            order.plan(parcel.deliver_at, steps.DELIVER, parcel=parcel.parcel_id)


def _finance(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    order.status = FINANCE
    engine.outbox.tell(order, "finance", at)


def _pay(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    order.status, order.paid_at = PAID, at
    order.parcels = plan_parcels(order, at)
    plan_journeys(order)
    engine.outbox.tell(order, "paid", at)


def _debit(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    payments.pay(engine, order, at, Cause(**arg["cause"]))


def _cancel(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    """Taobao's task ends: all or some lines, unless the seller refuses or it is paid."""
    if order.status != UNPAID or arg["refused"]:
        return
    cause = Cause(**arg["cause"])
    chosen = [line for line in order.lines if line.line_id in arg["lines"]]
    if not chosen or len(chosen) >= sum(line.status != CLOSED_LINE for line in order.lines):
        close(engine, order, at, "BUYER_CANCEL", effects.CANCELLED, cause)
        engine.outbox.tell(order, "cancelled", at)
        return
    for line in chosen:
        if line.status != CLOSED_LINE:
            line.status = CLOSED_LINE
            order.goods -= line.price * line.quantity
            engine.market.take(order.marketplace, line.plain_sku_id, -line.quantity)
    numbers = ",".join(str(line.line_id) for line in chosen)
    engine.ledger.of_order(order, effects.CANCELLED, at, order.total, cause, f"lines {numbers}")
    engine.outbox.tell(order, "price_changed", at)


def _close_unpaid(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    close(engine, order, at, "BUYER_NO_PAY", effects.CLOSED, Cause())
    engine.outbox.tell(order, "closed", at)


def _ship(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    parcel = _parcel(order, arg["parcel"])
    parcel.shipped = True
    _mark_shipped_lines(order)
    engine.ledger.of_order(order, effects.SHIPPED, at, None, Cause(), parcel.waybill)
    if all(one.shipped for one in order.parcels):
        order.status, order.shipped_at = SHIPPED, at
        engine.outbox.tell(order, "shipped", at)
    else:
        engine.outbox.tell(order, "part_shipped", at)


def _deliver(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    parcel = _parcel(order, arg["parcel"])
    parcel.delivered = True
    engine.ledger.of_order(order, effects.DELIVERED, at, None, Cause(), parcel.waybill)
    if all(one.delivered for one in order.parcels):
        order.delivered_at = at
        if order.status == SHIPPED:
            order.plan(at + CONFIRM_AFTER, steps.CONFIRM)


def _confirm(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    confirm(engine, order, at, Cause())


def _finish(engine: Engine, order: Order, at: int, arg: dict[str, Any]) -> None:
    order.status, order.finished_at = FINISHED, at
    engine.outbox.tell(order, "finished", at)


def _parcel(order: Order, parcel_id: str) -> Parcel:
    return next(parcel for parcel in order.parcels if parcel.parcel_id == parcel_id)


def _mark_shipped_lines(order: Order) -> None:
    """A line is shipped when all its pieces are in parcels that have left."""
    for line in order.lines:
        gone = sum(
            quantity
            for parcel in order.parcels
            if parcel.shipped
            for line_id, quantity in parcel.items
            if line_id == line.line_id
        )
        if gone >= line.quantity and line.status != CLOSED_LINE:
            line.status = SHIPPED_LINE


STEPS: dict[str, Callable[[Engine, Order, int, dict[str, Any]], None]] = {
    steps.FINANCE: _finance,
    steps.PAY: _pay,
    steps.DEBIT: _debit,
    steps.CANCEL: _cancel,
    steps.CLOSE_UNPAID: _close_unpaid,
    steps.SHIP: _ship,
    steps.DELIVER: _deliver,
    steps.CONFIRM: _confirm,
    steps.FINISH: _finish,
}
