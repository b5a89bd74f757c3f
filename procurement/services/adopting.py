"""Adopting remote truth: the only writer of what the platform says about an order.

Push, poll and "Read again" all end here. Older than what was last adopted is dropped, equal
changes nothing, newer moves us, newer and backward is a recorded conflict.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.choices import EventKind, Source
from desk.models.event import record
from desk.money import Rate, convert, minor
from desk.services import tell
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.marketplaces.base import OrderSnapshot
from procurement.models import OrderLine, Parcel, PurchaseOrder
from procurement.services import settling_payments
from procurement.states import ORDER

log = structlog.get_logger(__name__)

RANK = {
    OrderState.PLACED: 0,
    OrderState.CANCELLING: 0,
    OrderState.PAID: 1,
    OrderState.PARTLY_SHIPPED: 2,
    OrderState.SHIPPED: 3,
    OrderState.COMPLETED: 4,
}
CANCELLED_WITHIN = timedelta(minutes=10)  # after that, an accepted cancellation failed
ENDED = (OrderState.CANCELLED, OrderState.CLOSED)
SAYS = {
    OrderState.PLACED: gettext_noop("Waiting to be paid."),
    OrderState.PAID: gettext_noop("Paid; the seller has it now."),
    OrderState.PARTLY_SHIPPED: gettext_noop("A part is on the way."),
    OrderState.SHIPPED: gettext_noop("Everything is on the way."),
    OrderState.COMPLETED: gettext_noop("Completed at the platform."),
    OrderState.CANCELLED: gettext_noop("Cancelled at the platform."),
    OrderState.CLOSED: gettext_noop("Closed at the platform."),
}


def adopt(*, order: PurchaseOrder, snapshot: OrderSnapshot) -> bool:
    """Take over what the platform shows. True when anything changed. No call is made."""
    for _attempt in range(3):
        with transaction.atomic():
            order.refresh_from_db()
            if snapshot.as_of <= order.as_of:
                return False
            values, events = _differences(order, snapshot)
            before = order.as_of
            changed = bool(values) or bool(events)
            moved = PurchaseOrder.objects.filter(pk=order.pk, as_of=before).update(
                **values, as_of=snapshot.as_of, reread_at=_reread_at(order, snapshot, values)
            )
            if not moved:
                continue
            order.refresh_from_db()
            changed |= _adopt_lines(order, snapshot)
            changed |= _announce_parcels(order, snapshot)
            for text, params in events:
                record(
                    ORDER.subject(order),
                    text,
                    kind=EventKind.MONEY if "amount" in params else EventKind.MACHINE,
                    source=Source.PLATFORM,
                    **params,
                )
            settling_payments.follow(order=order, snapshot=snapshot)
            return changed
    return False


def _differences(
    order: PurchaseOrder, snapshot: OrderSnapshot
) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """Columns that change, and the events that tell of it."""
    events: list[tuple[str, dict[str, Any]]] = []
    seen = {
        "remote_status": snapshot.remote_status[:40],
        "word_known": snapshot.word_known,
        "order_no": snapshot.order_no or order.order_no,
        "outer_id": snapshot.outer_id or order.outer_id,
        "seller_name": order.seller_name or snapshot.seller_name[:120],
        "goods": minor(snapshot.goods),
        "freight": minor(snapshot.freight),
        "total": minor(snapshot.total),
        "paid": minor(snapshot.paid) if snapshot.paid is not None else order.paid,
        "paid_at": snapshot.paid_at or order.paid_at,
        "shipped_at": snapshot.shipped_at or order.shipped_at,
        "completed_at": snapshot.completed_at or order.completed_at,
        "closes_at": snapshot.closes_at,
        "modified_at": snapshot.modified_at or order.modified_at,
        "ordered_count": sum(line.quantity for line in snapshot.lines) or order.ordered_count,
    }
    if snapshot.placed_at:
        seen["placed_at"] = snapshot.placed_at
    values = {name: value for name, value in seen.items() if getattr(order, name) != value}
    if "total" in values:
        values["company_total"] = _company(order, snapshot)
        if order.lines.exists():
            events.append(
                (
                    gettext_noop("The total changed from %(was)s to %(amount)s."),
                    {"was": str(order.total_money), "amount": str(snapshot.total)},
                )
            )
    values |= _state(order, snapshot, events)
    if "word_known" in values and not snapshot.word_known:
        events.append(
            (
                gettext_noop("The platform says “%(word)s”, which we do not know."),
                {"word": snapshot.remote_status},
            )
        )
    return values, events


def _state(
    order: PurchaseOrder, snapshot: OrderSnapshot, events: list[tuple[str, dict[str, Any]]]
) -> dict[str, Any]:
    """The state the snapshot moves us to, or the conflict it makes."""
    if snapshot.state is None or snapshot.state == order.state:
        return {"conflict": ""} if order.conflict and snapshot.state == order.state else {}
    new = OrderState(snapshot.state)
    if order.state == OrderState.CANCELLING and new == OrderState.PLACED:
        return _still_uncancelled(order, events)
    ended_before = order.state in ENDED
    backward = not ended_before and new not in ENDED and RANK[new] < RANK[OrderState(order.state)]
    if ended_before or backward or (new in ENDED and order.state == OrderState.COMPLETED):
        conflict = f"{order.state} > {new}"
        if order.conflict == conflict:
            return {}
        log.warning("order conflict", order=order.pk, ours=order.state, theirs=new)
        events.append(
            (
                gettext_noop(
                    "The platform now says “%(word)s”, which is a step back; please look."
                ),
                {"word": snapshot.remote_status},
            )
        )
        return {"conflict": conflict}
    events.append((SAYS[new], {}))
    return {"state": new, "conflict": ""}


def _still_uncancelled(
    order: PurchaseOrder, events: list[tuple[str, dict[str, Any]]]
) -> dict[str, Any]:
    """Asked to be cancelled, and reading as before: for a while that is the platform at work."""
    subject = ORDER.subject(order)
    command = RemoteCommand.objects.filter(subject=subject, kind="cancel").first()
    if command is None or command.is_open or command.settled_at is None:
        return {}
    if clock.now() - command.settled_at < CANCELLED_WITHIN:
        return {}
    events.append((gettext_noop("The platform did not cancel it; it is open as before."), {}))
    hold_payment(order)
    transaction.on_commit(lambda: tell_not_cancelled(order))
    return {"state": OrderState.PLACED}


def hold_payment(order: PurchaseOrder) -> None:
    """Somebody wanted it ended, so its approved payment does not leave by itself any more."""
    order.payments.filter(state=PaymentState.APPROVED).update(released=False)


def tell_not_cancelled(order: PurchaseOrder) -> None:
    """The requester and finance: an order that was to end is still there, unpaid."""
    people = list(User.objects.who_may(Right.PAY))
    people += [order.requester] if order.requester else []
    for person in people:
        tell(
            person=person,
            key=f"not-cancelled:{order.pk}:{order.as_of:%Y%m%d}",
            text=gettext_noop("%(order)s was not cancelled; decide what becomes of it."),
            url=order.get_absolute_url(),
            order=order.number,
        )


def _company(order: PurchaseOrder, snapshot: OrderSnapshot) -> int:
    return minor(convert(snapshot.total, Rate(order.currency, order.rate, clock.now().date())))


def _reread_at(
    order: PurchaseOrder, snapshot: OrderSnapshot, values: dict[str, Any]
) -> datetime | None:
    """Ask again soon while the platform is still at work on it; else the poll will do."""
    state = values.get("state", order.state)
    if state in ENDED:
        return None
    if not snapshot.payable or snapshot.pay_step or state == OrderState.CANCELLING:
        return clock.now() + timedelta(seconds=15)
    return None


def _adopt_lines(order: PurchaseOrder, snapshot: OrderSnapshot) -> bool:
    """Lines as the platform shows them; our counts stay."""
    existing = {line.remote_line_id: line for line in order.lines.all()}
    changed = False
    wanted = list(order.planned.lines.all()) if order.planned else []
    for position, listed in enumerate(snapshot.lines, start=1):
        seen = listed if listed.remote_line_id else replace(listed, remote_line_id=f"#{position}")
        amount = minor(seen.amount) if seen.amount is not None else 0
        shipped = seen.quantity if seen.shipped else 0
        line = existing.get(seen.remote_line_id)
        if line is None:
            source = _source(wanted, seen.item_id, seen.quantity)
            OrderLine.objects.create(
                order=order,
                request_line=source,
                remote_line_id=seen.remote_line_id,
                marketplace=order.marketplace,
                item_id=source.item_id if source else seen.item_id,
                sku_id=source.sku_id if source else seen.sku_id,
                order_item_id=seen.item_id,
                order_sku_id=seen.sku_id,
                title=source.title if source else seen.title[:300],
                title_original=source.title_original if source else seen.title[:300],
                variant=source.variant if source else "",
                picture=source.picture if source else seen.picture[:500],
                seller_id=order.seller_id,
                seller_name=order.seller_name,
                quantity=seen.quantity,
                unit_price=amount // seen.quantity if seen.quantity else 0,
                currency=order.currency,
                amount=amount,
                shipped=shipped,
            )
            changed = True
        elif (line.quantity, line.amount, line.shipped) != (seen.quantity, amount, shipped):
            OrderLine.objects.filter(pk=line.pk).update(
                quantity=seen.quantity, amount=amount, shipped=shipped
            )
            changed = True
    return changed


def _source(wanted: list[Any], item_id: str, quantity: int) -> Any:
    """The request line an order line came from: same item, same quantity; each is used once."""
    for index, line in enumerate(wanted):
        if line.order_item_id == item_id and line.quantity == quantity:
            return wanted.pop(index)
    return None


def _announce_parcels(order: PurchaseOrder, snapshot: OrderSnapshot) -> bool:
    """A waybill in the order list is a parcel, before any carrier has scanned it."""
    known = set(order.parcels.values_list("tracking_no", flat=True))
    new = [(c, n[:40]) for c, n in snapshot.tracking if n and n[:40] not in known]
    for tracking_no, carrier in {n: c for c, n in new}.items():
        Parcel.objects.create(
            order=order, tracking_no=tracking_no, carrier=carrier[:60], as_of=snapshot.as_of
        )
        record(
            ORDER.subject(order),
            gettext_noop("Parcel %(number)s announced by %(carrier)s."),
            kind=EventKind.PARCEL,
            source=Source.PLATFORM,
            number=tracking_no,
            carrier=carrier,
        )
    if new:
        PurchaseOrder.objects.filter(pk=order.pk).update(parcels_at=None)
    return bool(new)
