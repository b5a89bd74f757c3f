"""What an order's new facts mean for its payment, and when the next pay command is due."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from approvals import services as approvals
from desk import clock
from desk.choices import EventKind, Source
from desk.models.event import record
from desk.money import from_minor, minor
from desk.services import tell
from procurement.choices import LIVE_PAYMENT, OrderState, PaymentState
from procurement.marketplaces.base import OrderSnapshot
from procurement.models import Payment, PurchaseOrder
from procurement.states import ORDER, PAYMENT

log = structlog.get_logger(__name__)

PAID_STATES = (
    OrderState.PAID,
    OrderState.PARTLY_SHIPPED,
    OrderState.SHIPPED,
    OrderState.COMPLETED,
)
NOT_YET = (PaymentState.ASKED, PaymentState.APPROVED)


def follow(*, order: PurchaseOrder, snapshot: OrderSnapshot) -> None:
    """Move the payment after the order was adopted. In the adopting transaction."""
    payment = order.payments.first()
    if payment is None or payment.state == PaymentState.SETTLED:
        return
    if order.state in PAID_STATES:
        _paid(order, payment, snapshot)
    elif order.state in (OrderState.CANCELLED, OrderState.CLOSED):
        if payment.state in (*NOT_YET, *LIVE_PAYMENT):
            _fail(payment, gettext_noop("The order was cancelled before it was paid."))
    elif snapshot.pay_step == "refused" and payment.state == PaymentState.ACCEPTED:
        _fail(payment, gettext_noop("The platform's finance turned the payment down."))
    elif snapshot.pay_step and payment.state == PaymentState.UNKNOWN:
        PAYMENT.move(
            payment,
            PaymentState.ACCEPTED,
            by=None,
            why=gettext_noop("The platform has the payment."),
            kind=EventKind.MONEY,
        )
    else:
        transaction.on_commit(lambda: queue_if_due(order.pk))


def queue_if_due(order_pk: int) -> None:
    """Queue the pay command of an approved, released payment once the order can be paid."""
    from procurement.services.paying import start_paying

    payment = (
        Payment.objects.select_related("order", "order__sub_account")
        .filter(order=order_pk, state=PaymentState.APPROVED, released=True)
        .first()
    )
    if payment and payment.order.state == OrderState.PLACED and not payment.order.conflict:
        start_paying(payment=payment, by=None)


def _paid(order: PurchaseOrder, payment: Payment, snapshot: OrderSnapshot) -> None:
    paid = minor(snapshot.paid) if snapshot.paid is not None else order.total
    ours = payment.state in LIVE_PAYMENT
    PAYMENT.move(
        payment,
        PaymentState.SETTLED,
        by=None,
        why=gettext_noop("Payment settled.")
        if ours
        else gettext_noop("It was paid, though not by a payment of ours."),
        kind=EventKind.MONEY,
        also={"paid": paid, "settled_at": order.paid_at or clock.now(), "message": ""},
    )
    record(
        ORDER.subject(order),
        gettext_noop("Paid %(amount)s."),
        kind=EventKind.MONEY,
        source=Source.PLATFORM,
        amount=str(from_minor(paid, order.currency)),
    )
    approvals.withdraw(subject=PAYMENT.subject(payment), by=None)
    if not ours:
        _tell_finance(
            order, payment, "outside", gettext_noop("%(order)s reads as paid, but not by us; look.")
        )
    if paid > payment.ceiling or _in_sum(order) > _ceiling_in_sum(order, payment):
        _overpaid(order, payment, paid)


def _in_sum(order: PurchaseOrder) -> int:
    """What left for all orders of the same planned order."""
    if order.planned_id is None:
        return 0
    rows = PurchaseOrder.objects.filter(planned=order.planned_id, state__in=PAID_STATES)
    return sum(total if paid is None else paid for paid, total in rows.values_list("paid", "total"))


def _ceiling_in_sum(order: PurchaseOrder, payment: Payment) -> int:
    planned = order.planned
    return max(payment.ceiling, planned.ceiling or 0) if planned else payment.ceiling


def _overpaid(order: PurchaseOrder, payment: Payment, paid: int) -> None:
    """The price moved between our last read and the debit: never silent."""
    log.error("paid above the ceiling", order=order.pk, paid=paid, ceiling=payment.ceiling)
    record(
        ORDER.subject(order),
        gettext_noop("Paid %(amount)s, which is above the approved %(ceiling)s."),
        kind=EventKind.MONEY,
        amount=str(from_minor(paid, order.currency)),
        ceiling=str(from_minor(payment.ceiling, order.currency)),
    )
    _tell_finance(
        order, payment, "overpaid", gettext_noop("%(order)s was paid above what was approved.")
    )


def _tell_finance(order: PurchaseOrder, payment: Payment, key: str, text: str) -> None:
    for person in User.objects.who_may(Right.PAY):
        tell(
            person=person,
            key=f"{key}:{payment.pk}",
            text=text,
            url=order.get_absolute_url(),
            order=order.number,
        )


def _fail(payment: Payment, why: str) -> None:
    PAYMENT.move(
        payment, PaymentState.FAILED, by=None, why=why, kind=EventKind.MONEY, also={"message": why}
    )
    approvals.withdraw(subject=PAYMENT.subject(payment), by=None)
