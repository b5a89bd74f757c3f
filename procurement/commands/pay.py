"""Paying one order. A pay call carries no amount, so the amount is read right before it."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from approvals import services as approvals
from approvals.choices import Reason
from approvals.models import Approval
from desk import clock
from desk.choices import EventKind
from desk.money import Rate, convert, from_minor, minor
from gateway import doorbell
from gateway.choices import CommandState
from gateway.kinds import Absent, CommandKind, Finding, Found, NotYet, Stop
from gateway.models import RemoteCommand
from gateway.services.sending import SIGN_WITHIN
from procurement.choices import LIVE_PAYMENT, OrderState, PaymentState, PlannedState
from procurement.marketplaces import port
from procurement.marketplaces.base import PayAnswer, PayStep
from procurement.models import Payment, PurchaseOrder
from procurement.services.adopting import adopt
from procurement.services.reading import read_order, ref_of
from procurement.services.settling_payments import PAID_STATES
from procurement.states import PAYMENT, PLANNED, REQUEST
from xport.client import Client, Outcome

# SENDING and UNKNOWN: this very command was queued again, because nothing had left us.
MAY_BE_SENT = (PaymentState.APPROVED, PaymentState.SENDING, PaymentState.UNKNOWN)
READ_WITHIN = timedelta(seconds=5)  # from asking for the amount to signing the pay call
NEWS = {
    PayStep.PAID: (PaymentState.ACCEPTED, gettext_noop("The marketplace took the payment.")),
    PayStep.ACCEPTED: (
        PaymentState.ACCEPTED,
        gettext_noop("The marketplace accepted the payment."),
    ),
    PayStep.OUTSIDE: (
        PaymentState.WAITING_OUTSIDE,
        gettext_noop("A person has to pay at the marketplace."),
    ),
}


class Pay(CommandKind):
    """Subject `order:<id>`, so that nothing is paid and cancelled at once."""

    name = "pay"
    label = _("Pay the order")

    def recheck(self, command: RemoteCommand) -> None:
        """Approval, ceiling and state again, and the payment made live, under the claim."""
        payment = self._payment(command)
        order = payment.order
        if payment.state not in MAY_BE_SENT or not payment.released:
            raise Stop(gettext_noop("The payment is no longer approved."))
        if order.state != OrderState.PLACED or order.conflict:
            raise Stop(gettext_noop("The order is not waiting to be paid."))
        if payment.ceiling != command.payload["ceiling"]:
            raise Stop(gettext_noop("What was approved has changed."))
        problem = approval_problem(payment)
        if problem:
            raise Stop(problem)
        # The ceiling is not asked here: `prepare` reads the amount first, and knows what changed.
        if payment.state != PaymentState.SENDING:  # queued again after nothing was sent
            PAYMENT.move(
                payment,
                PaymentState.SENDING,
                by=command.person,
                why=gettext_noop("Paying."),
                kind=EventKind.MONEY,
                also={"method": command.payload["method"], "sent_at": clock.now()},
            )

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        """Read the amount payable now; above the ceiling nothing is sent."""
        payment = self._payment(command)
        order = payment.order
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        # What was just read decides, also where the row kept something newer.
        state = snapshot.state or order.state
        if state in PAID_STATES or order.state in PAID_STATES:
            raise Stop(gettext_noop("It reads as paid already. Nothing was sent."))
        if {state, order.state} != {OrderState.PLACED} or order.conflict:
            raise Stop(gettext_noop("The order is not waiting to be paid."))
        if not snapshot.payable:
            raise NotYet(gettext_noop("The platform is still building the order."))
        total = minor(snapshot.total)
        payment.order = order
        order.total = total
        if total > payment.ceiling or not within_ceilings(payment):
            raise Stop(
                gettext_noop("It costs more than was approved."),
                change={
                    "then": {"total": payment.approved},
                    "now": {
                        "total": total,
                        "goods": minor(snapshot.goods),
                        "freight": minor(snapshot.freight),
                    },
                    "as_of": snapshot.as_of.isoformat(),
                },
            )
        if snapshot.pay_step in {"submitted", "finance"}:
            raise Stop(gettext_noop("The platform has a payment of it already."))
        return {"total": total, "as_of": snapshot.as_of.isoformat()}

    def stale(self, command: RemoteCommand, prepared: dict[str, Any]) -> bool:
        """A pay call carries no amount, so the amount is at most READ_WITHIN old when it is signed.
        Readings are timed by the real clock, whatever the desk's has been moved to."""
        read = datetime.fromisoformat(prepared["as_of"])
        return timezone.now() + SIGN_WITHIN > read + READ_WITHIN

    def send(
        self, command: RemoteCommand, client: Client, *, send_by: datetime, deadline: float
    ) -> Outcome[PayAnswer]:
        payment = self._payment(command)
        return port(command.marketplace).pay(
            client,
            ref_of(payment.order),
            method=command.payload["method"],
            send_by=send_by,
            deadline=deadline,
        )

    def result(self, command: RemoteCommand, value: PayAnswer) -> dict[str, Any]:
        """Never the link: it moves money and is fetched again at the click."""
        return {"step": str(value.step)}

    def find(self, command: RemoteCommand, client: Client) -> Finding:
        """The order says whether it was paid. Its reading unpaid is absence, nothing more."""
        order = self._payment(command).order
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        if {snapshot.state, order.state} & set(PAID_STATES):
            return Found({"step": str(PayStep.PAID)})
        if snapshot.pay_step in {"submitted", "finance"}:
            return Found({"step": str(PayStep.ACCEPTED)})
        return Absent(snapshot.as_of)

    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        payment = self._payment(command)
        to, why = NEWS[PayStep(result["step"])]
        if PAYMENT.allows(payment.state, to):
            PAYMENT.move(payment, to, by=None, why=why, kind=EventKind.MONEY, also={"message": ""})
        PurchaseOrder.objects.filter(pk=payment.order_id).update(reread_at=clock.now())

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        payment = self._payment(command)
        change = command.result.get("change")
        if command.state == CommandState.UNDONE:
            Payment.objects.filter(pk=payment.pk).update(released=False)
            _back_to_ready(payment)
            return
        if payment.state not in MAY_BE_SENT:
            return
        to = PaymentState.ASKED if change else PaymentState.FAILED
        PAYMENT.move(
            payment,
            to,
            by=None,
            why=gettext_noop("Nothing was paid."),
            kind=EventKind.MONEY,
            note=reason,
            also={"message": reason},
        )
        if change:
            _ask_about(payment, change)

    def unclear(self, command: RemoteCommand) -> None:
        payment = self._payment(command)
        if payment.state == PaymentState.SENDING:
            PAYMENT.move(
                payment,
                PaymentState.UNKNOWN,
                by=None,
                why=gettext_noop("Payment sent, answer lost; checking."),
                kind=EventKind.MONEY,
            )

    def after_commit(self, command: RemoteCommand) -> None:
        doorbell.ring("procurement.read_order", command.payload["order"])

    def _payment(self, command: RemoteCommand) -> Payment:
        return Payment.objects.select_related("order", "order__sub_account", "order__request").get(
            pk=command.payload["payment"]
        )


def _back_to_ready(payment: Payment) -> None:
    """A command that was queued again after nothing had left us, then taken back."""
    back = {
        PaymentState.SENDING: PaymentState.APPROVED,
        PaymentState.UNKNOWN: PaymentState.FAILED,
    }.get(PaymentState(payment.state))
    if back is not None:
        PAYMENT.move(
            payment, back, by=None, why=gettext_noop("Nothing was paid."), kind=EventKind.MONEY
        )


def approval_problem(payment: Payment) -> str | None:
    """The latest approval that covers this payment: its own, its planned order's, its request's."""
    order = payment.order
    subjects = [PAYMENT.subject(payment)]
    if order.planned_id:
        subjects.append(f"{PLANNED.name}:{order.planned_id}")
    if order.request_id:
        subjects.append(f"{REQUEST.name}:{order.request_id}")
    for subject in subjects:
        if Approval.objects.filter(subject=subject).exists():
            return approvals.who_stands_for(subject)
    return gettext_noop("Nobody has approved it.")


def within_ceilings(payment: Payment) -> bool:
    """What is paid or being paid under one planned order stays within its ceiling, in sum."""
    planned = payment.order.planned
    if planned is None:
        return True
    spent = spent_beside(payment)
    return spent + payment.order.total <= max(payment.ceiling, planned.ceiling or 0)


def spent_beside(payment: Payment) -> int:
    """What the other orders of the same planned order have cost or are about to cost, also where
    the money left by another way than our payment."""
    spending = Q(payments__state__in=[*LIVE_PAYMENT, PaymentState.SETTLED])
    others = (
        PurchaseOrder.objects.filter(planned=payment.order.planned_id)
        .filter(spending | Q(state__in=PAID_STATES))
        .exclude(pk=payment.order_id)
        .distinct()
    )
    return sum(
        total if paid is None else paid for paid, total in others.values_list("paid", "total")
    )


def _ask_about(payment: Payment, change: dict[str, Any]) -> None:
    """One decision about the difference; refusing it cancels the order by default."""
    order = payment.order
    now = from_minor(change["now"]["total"], payment.currency)
    amount = minor(convert(now, Rate(order.currency, order.rate, clock.now().date())))
    request = order.request
    if order.requester is None:  # only claimed orders have payments of ours
        raise Stop(gettext_noop("Nobody has claimed this order."))
    approvals.ask(
        subject=PAYMENT.subject(payment),
        requester=order.requester,
        department=order.department,
        title=f"{order.number} · {request.purpose if request else order.title}",
        url=order.get_absolute_url(),
        amount=amount,
        basis=amount + _beside(order),
        fingerprint=f"payment-{payment.pk}-{change['now']['total']}",
        shown={"change": change, "currency": payment.currency},
        reason=Reason.CHANGE,
        deadline=order.closes_at,
    )


def _beside(order: PurchaseOrder) -> int:
    """What the request costs beside this order, in company currency: who is asked follows from
    the whole."""
    if order.request is None:
        return 0
    planned = order.request.planned.exclude(state=PlannedState.DROPPED)
    if order.planned:
        planned = planned.exclude(pk=order.planned.pk)
    siblings = PurchaseOrder.objects.filter(planned=order.planned_id).exclude(pk=order.pk)
    return sum(planned.values_list("company_total", flat=True)) + sum(
        siblings.values_list("company_total", flat=True)
    )


class PayLink(Pay):
    """The cashier link of a payment that waits outside. The same call may debit at once, so it is
    a command like any other: one open an order, priced right before, every try recorded. The link
    itself is handed to the one who clicked and kept nowhere."""

    name = "pay_link"
    label = _("Open the cashier")

    def recheck(self, command: RemoteCommand) -> None:
        payment = self._payment(command)
        if payment.state != PaymentState.WAITING_OUTSIDE:
            raise Stop(gettext_noop("This payment does not wait at the marketplace."))
        if payment.order.state != OrderState.PLACED or payment.order.conflict:
            raise Stop(gettext_noop("The order is not waiting to be paid."))
        problem = approval_problem(payment)
        if problem:
            raise Stop(problem)

    def result(self, command: RemoteCommand, value: PayAnswer) -> dict[str, Any]:
        links.set(links.get() | {command.pk: value.link})
        return {"step": str(value.step)}

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        """Nothing was paid here: the payment waits outside, as before."""
        payment = self._payment(command)
        if payment.state == PaymentState.UNKNOWN:
            PAYMENT.move(
                payment,
                PaymentState.WAITING_OUTSIDE,
                by=None,
                why=gettext_noop("The cashier was not opened."),
                kind=EventKind.MONEY,
                note=reason,
            )

    def unclear(self, command: RemoteCommand) -> None:
        payment = self._payment(command)
        if payment.state == PaymentState.WAITING_OUTSIDE:
            PAYMENT.move(
                payment,
                PaymentState.UNKNOWN,
                by=None,
                why=gettext_noop("Asked for the cashier, answer lost; checking."),
                kind=EventKind.MONEY,
            )


# Links of this request's thread only, by command: given once, to the one who clicked.
links: ContextVar[dict[int, str]] = ContextVar("pay_links", default={})  # noqa: B039
