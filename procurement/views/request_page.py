"""What a request's page shows, gathered: its orders' rows, decisions, and what happened."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from moneyed import Money

from accounts.choices import Right
from accounts.models import User
from approvals.choices import ApprovalState, StepState
from approvals.models import Approval, ApprovalStep
from approvals.querysets import waiting_for
from catalog.services import names_of
from catalog.services.reader import leading_title
from desk import clock
from desk.choices import EventKind, Tone
from desk.models import Comment, Event
from desk.money import company, from_minor
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import LIVE_PAYMENT, OrderState, PaymentState, PlannedState, RequestState
from procurement.models import PlannedOrder, PurchaseOrder, PurchaseRequest, RequestLine
from procurement.sentences import of_order, of_planned, of_request
from procurement.services.asking import may_take_back
from procurement.states import PLANNED, REQUEST

JUST_ASKED = timedelta(minutes=10)
MOVING = (PlannedState.QUEUED, PlannedState.UNCLEAR)


@dataclass(slots=True)
class Row:
    """One order of a request, as far as it is. `goes_out` while it can still be taken back."""

    planned: PlannedOrder
    order: PurchaseOrder | None
    sentence: str
    tone: str
    moving: bool
    goes_out: datetime | None
    amount: Money
    amount_there: Money
    then_there: Money | None = None
    note: str = ""
    fix: bool = False
    lines: list[LineRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LineRow:
    line: RequestLine
    name: str
    original: str
    url: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event or a comment, as the timeline draws either."""

    at: datetime
    kind: str
    sentence: str
    actor: Any
    note: str = ""
    tone: str = ""


def progress_context(person: User, request: PurchaseRequest) -> dict[str, Any]:
    """The part that reads itself again: the sentence and a row an order."""
    approvals = _approvals(request)
    rows = _rows(request, approvals)
    waits_for = _waits_for(approvals)
    undo = _undo_url(person, request, approvals, rows)
    return {
        "row": request,
        "rows": rows,
        "says": of_request(request, waits_for=waits_for),
        "moving": any(one.moving for one in rows),
        "undo_url": undo,
        "undo_until": min((one.goes_out for one in rows if one.goes_out), default=None),
        "approvals": approvals,
        "mine": person.pk == request.requester_id,
        "may_ask": person.may(Right.ASK),
    }


def page_context(person: User, request: PurchaseRequest, *, only: str = "") -> dict[str, Any]:
    """Everything. `only`: one kind of the timeline."""
    context = progress_context(person, request)
    rows: list[Row] = context["rows"]
    _add_lines(rows)
    beside = _beside_goods(rows)
    happened = _happened(request, rows)
    quoted = [one.planned.quoted_at for one in rows if one.planned.quoted_at]
    asked_at = request.asked_at or request.created_at
    return context | {
        "decide": _to_decide(person, request, context["approvals"]),
        "decisions": [step for approval in context["approvals"] for step in approval.steps.all()],
        "may_withdraw": context["mine"]
        and request.state in (RequestState.ASKED, RequestState.SENT_BACK),
        "may_change": context["mine"] and request.state == RequestState.SENT_BACK,
        "may_repeat": context["may_ask"]
        and request.state not in (RequestState.ASKED, RequestState.SENT_BACK, RequestState.DRAFT),
        "sent_back": _sent_back(context["approvals"]),
        "goods": company(request.total - beside),
        "beside": company(beside) if beside else None,
        "ceiling": company(request.ceiling) if request.ceiling else None,
        "oldest_quote": min(quoted, default=None),
        "unquoted": any(not one.planned.quoted for one in rows),
        "rates": _rates(rows),
        "events": [one for one in happened if not only or one.kind == only],
        "chips": _chips(request, happened, only),
        "token": secrets.token_urlsafe(12),
        "just_asked": context["mine"] and asked_at > clock.now() - JUST_ASKED,
    }


def _beside_goods(rows: Iterable[Row]) -> int:
    """Freight and fees in company currency, minor units: the rest of each order after its lines."""
    return sum(
        one.planned.company_total - sum(shown.line.company_total for shown in one.lines)
        for one in rows
    )


def _approvals(request: PurchaseRequest) -> list[Approval]:
    """Every question asked about it or one of its orders, with steps, the oldest first."""
    subjects = [REQUEST.subject(request), *map(PLANNED.subject, request.planned.all())]
    rows = Approval.objects.filter(subject__in=subjects).order_by("id")
    return list(rows.prefetch_related("steps__person", "steps__decided_by"))


def _waits_for(approvals: Sequence[Approval]) -> str:
    for approval in approvals:
        for step in approval.steps.all():
            if approval.state == ApprovalState.WAITING and step.state == StepState.ACTIVE:
                return str(step.person) if step.person else _("finance")
    return ""


def _rows(request: PurchaseRequest, approvals: Sequence[Approval]) -> list[Row]:
    planned = list(request.planned.select_related("sub_account"))
    orders = {
        order.planned_id: order
        for order in request.orders.prefetch_related("payments", "parcels").order_by("-id")
    }
    commands = {
        command.subject: command
        for command in RemoteCommand.objects.filter(
            subject__in=[PLANNED.subject(one) for one in planned], state=CommandState.QUEUED
        )
    }
    changes = {approval.subject: approval for approval in approvals}
    for one in planned:
        one.request = request
    return [
        _row(one, orders.get(one.pk), commands.get(PLANNED.subject(one)), changes)
        for one in planned
    ]


def _row(
    planned: PlannedOrder,
    order: PurchaseOrder | None,
    command: RemoteCommand | None,
    changes: dict[str, Approval],
) -> Row:
    state = planned.state
    if state == PlannedState.WAITING and planned.request.state != RequestState.ASKED:
        state = PlannedState.DROPPED  # sent back: as it stands, nothing of it is ordered
    said = of_order(order) if order else of_planned(state)
    moving = planned.state in MOVING or (order is not None and _is_paying(order))
    goes_out = command.not_before if command and command.not_before > clock.now() else None
    amount, there, then = company(planned.company_total), planned.total_money, None
    if order is not None:
        amount, there = order.company_money, order.total_money
    elif planned.state == PlannedState.CHANGED:
        asked = changes.get(PLANNED.subject(planned))
        now = (asked.shown.get("change") or {}).get("now") if asked else None
        if asked and now:
            then, amount = there, company(asked.amount)
            there = from_minor(now["total"], planned.currency)
    return Row(
        planned=planned,
        order=order,
        sentence=str(said),
        tone="wait" if moving and said.tone == Tone.CALM else said.tone,
        moving=moving,
        goes_out=goes_out,
        amount=amount,
        amount_there=there,
        then_there=then,
        note=_(planned.message) if planned.state == PlannedState.REFUSED else "",
        fix=planned.state == PlannedState.REFUSED,
    )


def _is_paying(order: PurchaseOrder) -> bool:
    """Whether its payment is about to move by itself."""
    if order.state == OrderState.CANCELLING:
        return True
    if order.state != OrderState.PLACED:
        return False
    payment = next(iter(order.payments.all()), None)
    if payment is None:
        return False
    released = payment.state == PaymentState.APPROVED and payment.released
    outside = payment.state == PaymentState.WAITING_OUTSIDE
    return released or (payment.state in LIVE_PAYMENT and not outside)


def _add_lines(rows: list[Row]) -> None:
    """Each row's lines, in two queries for all."""
    lines = list(
        RequestLine.objects.filter(planned__in=[one.planned.pk for one in rows]).order_by(
            "position"
        )
    )
    names = names_of([(line.marketplace, line.item_id) for line in lines])
    by_planned = {one.planned.pk: one for one in rows}
    for line in lines:
        item = (line.marketplace, line.item_id)
        name = names.get(item) or leading_title(line.title, line.title_original)
        original = line.title_original if line.title_original != name else ""
        by_planned[line.planned_id].lines.append(
            LineRow(line, name, original, reverse("catalog:item", args=item))
        )


def _to_decide(
    person: User, request: PurchaseRequest, approvals: Sequence[Approval]
) -> Approval | None:
    """The question this person may answer now."""
    waiting = [one.pk for one in approvals if one.state == ApprovalState.WAITING]
    return waiting_for(person).filter(pk__in=waiting).first() if waiting else None


def _undo_url(
    person: User, request: PurchaseRequest, approvals: Sequence[Approval], rows: Sequence[Row]
) -> str:
    """Where Undo posts, for who may take the decision back while nothing went out."""
    if not any(one.goes_out for one in rows):
        return ""
    if may_take_back(request, person):
        return reverse("requests:withdraw", args=[request.number])
    for approval in reversed(approvals):
        last = max(
            (one for one in approval.steps.all() if one.state == StepState.APPROVED),
            key=lambda one: one.position,
            default=None,
        )
        if approval.state == ApprovalState.APPROVED and last and last.decided_by_id == person.pk:
            return reverse("approvals:undo", args=[approval.pk])
    return ""


def _sent_back(approvals: Sequence[Approval]) -> ApprovalStep | None:
    """Who sent it back last, with the reason."""
    for approval in reversed(approvals):
        if approval.state in (ApprovalState.SENT_BACK, ApprovalState.REFUSED):
            return next((s for s in approval.steps.all() if s.state == StepState.REFUSED), None)
    return None


def _rates(rows: Iterable[Row]) -> list[PlannedOrder]:
    """One planned order a currency and rate, for "1 CNY = …"."""
    return list({(one.planned.currency, one.planned.rate): one.planned for one in rows}.values())


def _happened(request: PurchaseRequest, rows: Sequence[Row]) -> list[Happened]:
    """Events of the request and of its orders-to-be with what people said, the newest first."""
    subject = REQUEST.subject(request)
    subjects = [subject, *(PLANNED.subject(one.planned) for one in rows)]
    events = Event.objects.filter(subject__in=subjects).select_related("actor")
    comments = Comment.objects.filter(subject=subject).select_related("author")
    happened = [
        Happened(event.at, event.kind, event.sentence, event.actor, event.said) for event in events
    ]
    happened += [
        Happened(said.at, EventKind.MESSAGE, _("wrote:"), said.author, said.text)
        for said in comments
    ]
    return sorted(happened, key=lambda one: one.at)[::-1]  # of one moment, the later row first


def _chips(
    request: PurchaseRequest, happened: Sequence[Happened], only: str
) -> list[dict[str, Any]]:
    """Filter chips of the kinds there are."""
    counts = Counter(one.kind for one in happened)
    if len(counts) < 2:
        return []
    url = request.get_absolute_url()
    chips: list[dict[str, Any]] = [{"label": _("All"), "url": f"{url}#said", "active": not only}]
    for kind in EventKind:
        if counts[kind]:
            chips.append(
                {
                    "label": kind.label,
                    "url": f"{url}?show={kind.value}#said",
                    "active": only == kind,
                    "count": counts[kind],
                }
            )
    return chips
