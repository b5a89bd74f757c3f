"""Debits: the one place where money leaves a sub-account.

Called by the pay endpoints, by the cashier's page and, for bulk submissions, by time.
"""

from __future__ import annotations

from . import ledger as effects
from . import steps
from .clock import SECOND
from .engine import Engine
from .ledger import Cause
from .orders import ACCEPTED, ALIBABA, FINANCE, TAOBAO, UNPAID, Order

FINANCE_AFTER = 2 * SECOND
PAID_AFTER = {TAOBAO: 20 * SECOND, ALIBABA: 2 * SECOND}

BALANCE_NOT_ENOUGH = "BALANCE_NOT_ENOUGH"
ALREADY_PAID = "ALREADY_PAID"
ORDER_CLOSED = "ORDER_CLOSED"
BEING_PAID = (UNPAID, ACCEPTED, FINANCE)


def pay(engine: Engine, order: Order, now: int, cause: Cause) -> str | None:
    """Debit an order's total. Returns None, or the code of why nothing was debited.

    An order whose payment is still being processed is debited again: no call names a key.
    """
    if order.status not in BEING_PAID:
        return ORDER_CLOSED if order.closed_at else ALREADY_PAID
    if not engine.users.take(order.user_id, order.total):
        return BALANCE_NOT_ENOUGH
    order.debited += order.total
    engine.ledger.of_order(order, effects.DEBIT, now, order.total, cause)
    if order.status == UNPAID:
        order.status = ACCEPTED
        order.unplan(steps.CLOSE_UNPAID, steps.CANCEL)
        if order.marketplace == TAOBAO:
            order.plan(now + FINANCE_AFTER, steps.FINANCE)
        order.plan(now + PAID_AFTER[order.marketplace], steps.PAY)
    order.touch(now)
    engine.orders.save(order)
    return None
