"""One timeline an order: its request, decisions, payments, parcels and what people said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from desk.choices import EventKind, Source
from desk.models import Comment, Event
from procurement.access import sees_prices
from procurement.models import PurchaseOrder
from procurement.states import ORDER, PAYMENT, PLANNED, REQUEST

MOST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of components/timeline.html. `actor` says who says so, also for machines."""

    at: datetime
    kind: str
    sentence: str
    actor: str
    note: str = ""
    tone: str = ""


def timeline_of(order: PurchaseOrder, person: User, show: str) -> dict[str, Any]:
    """Context `events` (newest first), `filters` (chips) and `show`."""
    entries = sorted(_entries(order, person), key=lambda entry: entry.at, reverse=True)
    found = Counter(entry.kind for entry in entries)
    kinds = [kind for kind in EventKind if found[kind]]
    show = show if show in kinds else ""
    chips = [{"label": _("Everything"), "url": "?#timeline", "active": not show, "count": None}]
    chips += [
        {
            "label": kind.label,
            "url": f"?show={kind.value}#timeline",
            "active": show == kind,
            "count": found[kind],
        }
        for kind in kinds
    ]
    shown = [entry for entry in entries if not show or entry.kind == show]
    return {"events": shown[:MOST], "filters": chips if len(kinds) > 1 else [], "show": show}


def _entries(order: PurchaseOrder, person: User) -> list[Entry]:
    prices = sees_prices(person)
    subjects = _subjects(order) if prices else [ORDER.subject(order)]
    events = Event.objects.filter(subject__in=subjects).select_related("actor")
    if not prices:
        events = events.filter(kind=EventKind.PARCEL)
    comments = Comment.objects.filter(subject__in=subjects).select_related("author")
    where = order.get_marketplace_display()
    return [
        Entry(event.at, event.kind, event.sentence, _actor(event, where), event.said)
        for event in events.order_by("-at", "-id")[:MOST]
    ] + [
        Entry(comment.at, EventKind.MESSAGE, _("wrote:"), str(comment.author), comment.text)
        for comment in comments.order_by("-at", "-id")[:MOST]
    ]


def _subjects(order: PurchaseOrder) -> list[str]:
    subjects = [ORDER.subject(order)]
    subjects += [PAYMENT.subject(payment) for payment in order.payments.all()]
    if order.planned_id:
        subjects.append(f"{PLANNED.name}:{order.planned_id}")
    if order.request_id:
        subjects.append(f"{REQUEST.name}:{order.request_id}")
    return subjects


def _actor(event: Event, where: str) -> str:
    if event.actor is not None:
        return str(event.actor)
    return where if event.source == Source.PLATFORM else _("The desk")
