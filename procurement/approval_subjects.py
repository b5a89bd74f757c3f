"""What deciding about procurement's subjects sets in motion: a request, a planned order whose
price rose before it was placed, and a payment whose price rose after."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from approvals.models import Approval, ApprovalPolicy
from desk.choices import EventKind
from desk.money import Rate, convert, from_minor, minor
from desk.services import tell
from desk.states import StateError
from gateway.choices import OPEN_STATES
from gateway.models import RemoteCommand
from gateway.services import undo
from gateway.services.queueing import fingerprint
from procurement.choices import PaymentState, PlannedState, RequestState
from procurement.models import Payment, PlannedOrder, PurchaseRequest
from procurement.services import asking, cart, paying, placing
from procurement.services.ending import EndRefused, cancel_order
from procurement.services.quoting import Group, quoted_unit_prices, read_quotes
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
        placing.start_placing(
            request=request, by=by, tolerance=ApprovalPolicy.current().tolerance_percent
        )
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
        _tell_requester(approval, gettext_noop("%(title)s was sent back to you; it is in your cart."))

    def undo(self, approval: Approval, *, by: User) -> bool:
        return placing.take_back(request=self.request(approval), by=by)

    def refresh(self, approval: Approval) -> None:
        """Read every quote again. What moved is shown as then/now; a higher total is a new content
        with a new fingerprint, so that a page opened before cannot approve it unseen."""
        request = self.request(approval)
        rows = list(request.planned.select_related("sub_account").prefetch_related("lines"))
        groups = [_group(planned) for planned in rows]
        read_quotes(groups, ship_to=request.ship_to, fresh=True)
        changes = [
            change
            for planned, group in zip(rows, groups, strict=True)
            for change in _changes(planned, group)
        ]
        with transaction.atomic():
            _take_quotes(rows, groups)
            _pin(approval, request, changes, checked=[g.quote.as_of for g in groups if g.quote])

    def context(self, approval: Approval) -> dict[str, Any]:
        request = self.request(approval)
        planned = request.planned.select_related("sub_account").prefetch_related("lines")
        return {"request_": request, "planned": planned}


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

    def context(self, approval: Approval) -> dict[str, Any]:
        planned = self.planned(approval)
        return {"request_": planned.request, "planned": [planned]}


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
                "released": True,
                "message": "",
            },
        )
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
            cancel_order(
                order=payment.order, by=None, reason=note, token=f"refused-{approval.pk}"
            )
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

    def context(self, approval: Approval) -> dict[str, Any]:
        payment = self.payment(approval)
        return {"payment": payment, "order": payment.order, "lines": payment.order.lines.all()}


def _undo_open(subject: str, by: User) -> bool:
    command = RemoteCommand.objects.filter(subject=subject, state__in=OPEN_STATES).first()
    return command is not None and undo(command=command, by=by, reason="taken back")


def _group(planned: PlannedOrder) -> Group:
    return Group(
        planned.marketplace,
        planned.seller_id,
        planned.seller_name,
        planned.sub_account,
        lines=list(planned.lines.all()),
        rate=Rate(planned.currency, planned.rate, planned.rate_day),
    )


def _changes(planned: PlannedOrder, group: Group) -> list[dict[str, Any]]:
    """Then/now rows of one planned order, worst first."""
    if group.quote is None:
        return []
    rows: list[dict[str, Any]] = []
    titles = {(line.order_item_id, line.order_sku_id): line for line in group.lines}
    for gone in group.quote.unavailable:
        line = titles.get((gone.order_item_id, gone.order_sku_id))
        rows.append(
            {"what": "gone", "title": line.title if line else "", "reason": gone.reason, "weight": 9**9}
        )
    for place, price in quoted_unit_prices(group.quote).items():
        line = titles.get(place)
        if line and price != line.unit_price:
            rows.append(
                {
                    "what": "price",
                    "title": line.title,
                    "then": line.unit_price,
                    "now": price,
                    "currency": line.currency,
                    "weight": (price - line.unit_price) * line.quantity,
                }
            )
    freight = minor(group.freight)
    if freight != planned.freight:
        rows.append(
            {
                "what": "freight",
                "title": planned.seller_name,
                "then": planned.freight,
                "now": freight,
                "currency": planned.currency,
                "weight": freight - planned.freight,
            }
        )
    return sorted(rows, key=lambda row: -row["weight"])


def _take_quotes(rows: list[PlannedOrder], groups: list[Group]) -> None:
    """The figures asked about become the ones read now."""
    for planned, group in zip(rows, groups, strict=True):
        if group.quote is None or group.quote.refused:
            continue
        prices = quoted_unit_prices(group.quote)
        for line in planned.lines.all():
            price = prices.get((line.order_item_id, line.order_sku_id))
            if price is not None and price != line.unit_price:
                total = from_minor(price * line.quantity, line.currency)
                rate = Rate(planned.currency, planned.rate, planned.rate_day)
                type(line).objects.filter(pk=line.pk).update(
                    unit_price=price, company_total=minor(convert(total, rate))
                )
        PlannedOrder.objects.filter(pk=planned.pk, state=PlannedState.WAITING).update(
            goods=minor(group.goods),
            freight=minor(group.freight),
            total=minor(group.total),
            company_total=minor(group.company_total) if group.company_total else 0,
            quoted_at=group.quote.as_of,
            quoted=True,
        )


def _pin(
    approval: Approval, request: PurchaseRequest, changes: list[dict[str, Any]], checked: list[Any]
) -> None:
    """Store the changes beside what was shown; new figures make a new fingerprint."""
    total = sum(request.planned.values_list("company_total", flat=True))
    first = approval.shown.get("first_total", approval.amount)
    kept = {(row["what"], row["title"]): row for row in approval.shown.get("changes", ())}
    for row in changes:
        before = kept.get((row["what"], row["title"]))
        if before and "then" in before:
            row = row | {"then": before["then"]}
        kept[row["what"], row["title"]] = row
    shown = approval.shown | {
        "changes": [row for row in kept.values() if row.get("then") != row.get("now") or row["what"] == "gone"],
        "first_total": first,
        "checked_at": min(checked).isoformat() if checked else approval.shown.get("checked_at"),
        "unread": not checked,
    }
    mark = fingerprint(asking.content(request))
    with transaction.atomic():
        moved = Approval.objects.filter(
            pk=approval.pk, state="waiting", fingerprint=approval.fingerprint
        ).update(shown=shown, amount=total, fingerprint=mark)
        if moved:
            PurchaseRequest.objects.filter(pk=request.pk).update(total=total, fingerprint=mark)
    approval.refresh_from_db()


def _tell_requester(approval: Approval, text: str) -> None:
    tell(
        person=approval.requester,
        key=f"decided:{approval.pk}:{approval.state}",
        text=text,
        url=approval.url,
        title=approval.title,
    )


