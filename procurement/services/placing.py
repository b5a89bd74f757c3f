"""From approval to orders: queueing one place command a planned order, and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from accounts.models import User
from desk.choices import EventKind
from desk.states import StateError
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import queue, undo
from procurement.choices import PlannedState, RequestState
from procurement.marketplaces import port
from procurement.models import PlannedOrder, PurchaseRequest
from procurement.states import PLANNED, REQUEST


def start_placing(*, request: PurchaseRequest, by: User | None, tolerance: int) -> None:
    """Fix what was approved on every waiting planned order and queue its command.

    In the transaction of the decision. `tolerance` in percent.
    """
    REQUEST.move(
        request, RequestState.APPROVED, by=by, why=gettext_noop("Approved to order and to pay.")
    )
    REQUEST.move(
        request,
        RequestState.PLACING,
        by=None,
        why=gettext_noop("Ordering begins."),
        kind=EventKind.MACHINE,
    )
    for planned in request.planned.filter(state=PlannedState.WAITING):
        queue_place(planned=planned, by=by, tolerance=tolerance)


def queue_place(*, planned: PlannedOrder, by: User | None, tolerance: int) -> RemoteCommand:
    """Pin the ceiling and write the command. The ceiling is fixed here and never grows."""
    ceiling = planned.total + planned.total * tolerance // 100
    PLANNED.move(
        planned,
        PlannedState.QUEUED,
        by=by,
        why=gettext_noop("Order %(number)d is about to be placed."),
        kind=EventKind.MACHINE,
        also={"approved_total": planned.total, "ceiling": ceiling, "message": ""},
        number=planned.number,
    )
    round_number = RemoteCommand.objects.filter(subject=PLANNED.subject(planned)).count() + 1
    return queue(
        key=f"place:{planned.pk}:{round_number}",
        kind="place_keyed" if port(planned.marketplace).order_key else "place",
        subject=PLANNED.subject(planned),
        lane=_lane(planned),
        marketplace=planned.marketplace,
        sub_account=planned.sub_account,
        by=by,
        payload=place_payload(planned),
    )


def place_payload(planned: PlannedOrder) -> dict[str, Any]:
    """What will be sent, in our words."""
    return {
        "planned": planned.pk,
        "request_fingerprint": planned.request.fingerprint,
        "outer_id": planned.outer_id,
        "address": planned.request.address,
        "lines": [
            {
                "order_item_id": line.order_item_id,
                "order_sku_id": line.order_sku_id,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "currency": line.currency,
                "title": line.title_original or line.title,
            }
            for line in planned.lines.all()
        ],
    }


def _lane(planned: PlannedOrder) -> str:
    """Keyless creates go one at a time a sub-account and seller, so that finding stays possible."""
    if port(planned.marketplace).order_key:
        return ""
    return f"place:{planned.marketplace}:{planned.sub_account_id}:{planned.seller_id}"[:120]


def take_back(*, request: PurchaseRequest, by: User) -> bool:
    """Undo an approval: every queued place command or none. In the caller's transaction."""
    commands = list(
        RemoteCommand.objects.filter(
            subject__in=[PLANNED.subject(planned) for planned in request.planned.all()],
            state__in=(CommandState.QUEUED, CommandState.SENDING, CommandState.UNKNOWN),
        )
    )
    sent = request.planned.exclude(state=PlannedState.QUEUED).exists()
    if sent or any(command.attempts.exists() for command in commands):
        return False
    sid = transaction.savepoint()
    for command in commands:
        if not undo(command=command, by=by, reason=gettext_noop("Taken back.")):
            transaction.savepoint_rollback(sid)
            return False
    transaction.savepoint_commit(sid)
    request.refresh_from_db()
    REQUEST.move(
        request, RequestState.ASKED, by=by, why=gettext_noop("The approval was taken back.")
    )
    return True


def take_turn(request: PurchaseRequest) -> None:
    """Hold the request's row until this transaction ends: what is done to its planned orders at
    the same moment happens one after the other, each seeing what the other did."""
    PurchaseRequest.objects.filter(pk=request.pk).update(state=F("state"))


def settle_request(request: PurchaseRequest) -> None:
    """Placing is done when every planned order is accounted for."""
    request.refresh_from_db()
    if request.state != RequestState.PLACING:
        return
    states = set(request.planned.values_list("state", flat=True))
    if states & {
        PlannedState.WAITING,
        PlannedState.QUEUED,
        PlannedState.UNCLEAR,
        PlannedState.CHANGED,
    }:
        return
    if states == {PlannedState.PLACED}:
        to, why = RequestState.PLACED, gettext_noop("Everything is ordered.")
    elif PlannedState.PLACED in states:
        to, why = RequestState.PARTLY_PLACED, gettext_noop("A part could not be ordered.")
    else:
        to, why = RequestState.REFUSED, gettext_noop("Nothing could be ordered.")
    try:
        REQUEST.move(request, to, by=None, why=why, kind=EventKind.MACHINE)
    except StateError:
        return  # another worker settled it with the same facts
