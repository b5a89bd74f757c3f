"""What deciding about procurement's subjects sets in motion: a request, a planned order whose
price rose before it was placed, and a payment whose price rose after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from approvals.models import Approval, ApprovalPolicy
from approvals.services.asking import tolerance_left
from desk.choices import EventKind
from desk.services import tell
from desk.states import StateError
from gateway.choices import OPEN_STATES
from gateway.models import RemoteCommand
from gateway.services import undo
from procurement import approval_pages as pages
from procurement.approval_pages import ChangeRow
from procurement.choices import PaymentState, PlannedState, RequestState
from procurement.commands.pay import spent_beside
from procurement.models import Payment, PlannedOrder, PurchaseRequest
from procurement.services import asking, cart, paying, placing
from procurement.services.ending import EndRefused, cancel_order
from procurement.services.requoting import requote
from procurement.states import ORDER, PAYMENT, PLANNED, REQUEST


def _pk(approval: Approval) -> int:
    return int(approval.subject.partition(":")[2])


class RequestSubject:
    """`request:<id>`: approving orders and pays, up to the ceiling."""

    template = "approvals/_request.html"

    def request(self, approval: Approval) -> PurchaseRequest:
        return PurchaseRequest.objects.select_related("requester", "department", "ship_to").get(
            pk=_pk(approval)
        )

    def on_approved(self, approval: Approval, *, by: User | None) -> None:
        request = self.request(approval)
        PurchaseRequest.objects.filter(pk=request.pk).update(
            ceiling=approval.ceiling, approved_at=approval.decided_at
        )
        request.refresh_from_db()
        placing.start_placing(request=request, by=by, tolerance=tolerance_left(approval))
        _tell_requester(approval, gettext_noop("%(title)s was approved."))

    def on_refused(self, approval: Approval, *, by: User, note: str) -> None:
        request = self.request(approval)
        REQUEST.move(
            request, RequestState.REFUSED, by=by, why=gettext_noop("The request was refused.")
        )
        asking.drop_planned(request)
        _tell_requester(approval, gettext_noop("%(title)s was refused."))

    def on_sent_back(self, approval: Approval, *, by: User, note: str) -> None:
        request = self.request(approval)
        REQUEST.move(
            request, RequestState.SENT_BACK, by=by, why=gettext_noop("The request was sent back.")
        )
        cart.refill(person=request.requester, lines=list(request.lines.all()))
        _tell_requester(
            approval, gettext_noop("%(title)s was sent back to you; it is in your cart.")
        )

    def undo(self, approval: Approval, *, by: User) -> bool:
        return placing.take_back(request=self.request(approval), by=by)

    def refresh(self, approval: Approval) -> None:
        """Read every quote again: procurement.services.requoting says what that changes."""
        requote(approval=approval, request=self.request(approval))

    def changes(self, approval: Approval) -> list[ChangeRow]:
        return pages.of_request(approval.shown)

    def obstacles(self, approvals_: Sequence[Approval]) -> dict[int, str]:
        unquoted = pages.unquoted_requests(_pk(approval) for approval in approvals_)
        tolerance = ApprovalPolicy.current().tolerance_percent
        return {
            approval.pk: pages.obstacle(
                approval, unquoted=_pk(approval) in unquoted, tolerance=tolerance
            )
            for approval in approvals_
        }

    def sent_at(self, approval: Approval) -> datetime | None:
        planned = self.request(approval).planned.all()
        return pages.sent_at(PLANNED.subject(one) for one in planned)

    def context(self, approval: Approval) -> dict[str, Any]:
        request = self.request(approval)
        planned = request.planned.select_related("sub_account").prefetch_related("lines")
        return {
            "request_": request,
            "orders": pages.quoted(planned),
            "records": _records(request.requester, planned),
        }


class PlannedSubject:
    """`planned:<id>`: one order that costs more than was approved, not yet placed."""

    template = "approvals/_planned.html"

    def planned(self, approval: Approval) -> PlannedOrder:
        return PlannedOrder.objects.select_related("request", "sub_account").get(pk=_pk(approval))

    def on_approved(self, approval: Approval, *, by: User | None) -> None:
        planned = self.planned(approval)
        now = approval.shown["change"]["now"]
        prices = {(i, s): p for i, s, p in approval.shown["change"].get("lines", ())}
        for line in planned.lines.all():
            price = prices.get((line.order_item_id, line.order_sku_id))
            if price is not None and price != line.unit_price:
                type(line).objects.filter(pk=line.pk).update(unit_price=price)
        PlannedOrder.objects.filter(pk=planned.pk).update(
            goods=now["goods"],
            freight=now["freight"],
            total=now["total"],
            company_total=approval.amount,
        )
        request = planned.request
        total = sum(request.planned.values_list("company_total", flat=True))
        PurchaseRequest.objects.filter(pk=request.pk).update(
            total=total, ceiling=max(request.ceiling or 0, total)
        )
        planned = self.planned(approval)
        # The tolerance never compounds: what was just approved is the ceiling.
        placing.queue_place(planned=planned, by=by, tolerance=0)
        _tell_requester(approval, gettext_noop("%(title)s was approved."))

    def on_refused(self, approval: Approval, *, by: User, note: str) -> None:
        planned = self.planned(approval)
        PLANNED.move(
            planned,
            PlannedState.DROPPED,
            by=by,
            why=gettext_noop("Order %(number)d will not be placed."),
            note=note,
            number=planned.number,
        )
        placing.settle_request(planned.request)
        _tell_requester(approval, gettext_noop("%(title)s was refused."))

    def on_sent_back(self, approval: Approval, *, by: User, note: str) -> None:
        planned = self.planned(approval)
        self.on_refused(approval, by=by, note=note)
        cart.refill(person=planned.request.requester, lines=list(planned.lines.all()))

    def undo(self, approval: Approval, *, by: User) -> bool:
        return _undo_open(PLANNED.subject(self.planned(approval)), by)

    def refresh(self, approval: Approval) -> None:
        """The then/now rows are the question itself; placing reads the price again anyway."""

    def changes(self, approval: Approval) -> list[ChangeRow]:
        return pages.of_change(approval)

    def obstacles(self, approvals_: Sequence[Approval]) -> dict[int, str]:
        return {approval.pk: pages.obstacle(approval) for approval in approvals_}

    def sent_at(self, approval: Approval) -> datetime | None:
        return pages.sent_at([approval.subject])

    def context(self, approval: Approval) -> dict[str, Any]:
        planned = self.planned(approval)
        return {
            "request_": planned.request,
            "orders": pages.quoted([planned]),
            "records": _records(planned.request.requester, [planned]),
        }


class PaymentSubject:
    """`payment:<id>`: an order placed already, whose price rose before it was paid. Refusing
    decides about the order too: it is cancelled at the platform in the same decision."""

    template = "approvals/_payment.html"

    def payment(self, approval: Approval) -> Payment:
        return Payment.objects.select_related("order", "order__sub_account", "order__request").get(
            pk=_pk(approval)
        )

    def on_approved(self, approval: Approval, *, by: User | None) -> None:
        payment = self.payment(approval)
        total = approval.shown["change"]["now"]["total"]
        PAYMENT.move(
            payment,
            PaymentState.APPROVED,
            by=by,
            why=gettext_noop("The new price was approved."),
            kind=EventKind.DECISION,
            also={
                "approved": total,
                "ceiling": total,  # the tolerance was spent; it never compounds
                "company_approved": approval.amount,
                "released": _released(approval, payment),
                "message": "",
            },
        )
        _widen(payment, total)
        payment.refresh_from_db()
        if payment.released:
            paying.start_paying(payment=payment, by=by)
        _tell_requester(approval, gettext_noop("%(title)s was approved."))

    def on_refused(self, approval: Approval, *, by: User, note: str) -> None:
        payment = self.payment(approval)
        PAYMENT.move(
            payment,
            PaymentState.REFUSED,
            by=by,
            why=gettext_noop("The new price was refused; the order is cancelled."),
            note=note,
        )
        try:
            cancel_order(order=payment.order, by=None, reason=note, token=f"refused-{approval.pk}")
        except EndRefused as refused:
            # The order is no longer unpaid and uncancelled: what it is now stands on its page.
            Payment.objects.filter(pk=payment.pk).update(message=str(refused))
        _tell_requester(approval, gettext_noop("%(title)s was refused."))

    def on_sent_back(self, approval: Approval, *, by: User, note: str) -> None:
        payment = self.payment(approval)
        self.on_refused(approval, by=by, note=note)
        requester = payment.order.requester
        if requester and payment.order.planned:
            cart.refill(person=requester, lines=list(payment.order.planned.lines.all()))

    def undo(self, approval: Approval, *, by: User) -> bool:
        payment = self.payment(approval)
        if payment.state != PaymentState.APPROVED:
            return False
        if not _undo_open(ORDER.subject(payment.order), by):
            return False
        payment.refresh_from_db()
        try:
            PAYMENT.move(
                payment,
                PaymentState.ASKED,
                by=by,
                why=gettext_noop("The approval was taken back."),
            )
        except StateError:
            return False
        return True

    def refresh(self, approval: Approval) -> None:
        """The then/now rows are the question itself; paying reads the amount again anyway."""

    def changes(self, approval: Approval) -> list[ChangeRow]:
        return pages.of_change(approval)

    def obstacles(self, approvals_: Sequence[Approval]) -> dict[int, str]:
        return {approval.pk: pages.obstacle(approval) for approval in approvals_}

    def sent_at(self, approval: Approval) -> datetime | None:
        return pages.sent_at([ORDER.subject(self.payment(approval).order)])

    def context(self, approval: Approval) -> dict[str, Any]:
        payment = self.payment(approval)
        order = payment.order
        return {
            "payment": payment,
            "order": order,
            "lines": order.lines.all(),
            "records": pages.records(
                order.requester, {order.seller_id: order.seller_name}, order.marketplace
            ),
        }


def _released(approval: Approval, payment: Payment) -> bool:
    """A new price needs finance's release as the first one did, unless finance has decided it."""
    if approval.amount <= ApprovalPolicy.current().pay_at_once_up_to:
        return True
    by_finance = approval.steps.filter(right=Right.APPROVE_AS_FINANCE).exists()
    return by_finance or (payment.released and payment.company_approved >= approval.amount)


def _widen(payment: Payment, total: int) -> None:
    """Of an order that was split, the sum of all parts stays under one ceiling: it rises by what
    was approved now, and by nothing else."""
    planned = payment.order.planned
    if planned is None or planned.ceiling is None:
        return
    needed = spent_beside(payment) + total
    if needed > planned.ceiling:
        PlannedOrder.objects.filter(pk=planned.pk).update(ceiling=needed)


def _records(requester: User, planned: Iterable[PlannedOrder]) -> list[pages.Record]:
    by_marketplace: dict[str, dict[str, str]] = {}
    for one in planned:
        by_marketplace.setdefault(one.marketplace, {})[one.seller_id] = one.seller_name
    return [
        record
        for marketplace, sellers in by_marketplace.items()
        for record in pages.records(requester, sellers, marketplace)
    ]


def _undo_open(subject: str, by: User) -> bool:
    command = RemoteCommand.objects.filter(subject=subject, state__in=OPEN_STATES).first()
    return command is not None and undo(command=command, by=by, reason=gettext_noop("Taken back."))


def _tell_requester(approval: Approval, text: str) -> None:
    tell(
        person=approval.requester,
        key=f"decided:{approval.pk}:{approval.state}",
        text=text,
        url=approval.url,
        title=approval.title,
    )
