"""Rows for receiving: parcels by where they are, lines with their steppers. Never a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from accounts.choices import Right
from accounts.models import User
from catalog.services.naming import names_of
from catalog.services.reader import translated_title
from procurement.choices import OrderState, ParcelState
from procurement.models import Parcel
from procurement.order_forms import CountForm
from procurement.querysets import orders_of

MOST = 100
ARRIVING = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)


@dataclass(frozen=True, slots=True)
class ReceiveLine:
    line: Any
    field: Any
    name: str
    original: str
    missing: int


def parcels_to_receive(person: User) -> dict[str, Any]:
    """Context `arrived` (delivered, not all counted, longest first) and `moving`."""
    rows = _parcels(person)
    arrived = rows.filter(state=ParcelState.DELIVERED).order_by("delivered_at", "id")
    moving = rows.exclude(state=ParcelState.DELIVERED).order_by("-last_event_at", "id")
    return {"arrived": list(arrived[:MOST]), "moving": list(moving[:MOST])}


def _parcels(person: User) -> QuerySet[Parcel]:
    """Parcels of orders whose goods are missing; people who see prices get their own orders'."""
    orders = orders_of(person).filter(
        state__in=(*ARRIVING, OrderState.COMPLETED), received_count__lt=F("ordered_count")
    )
    if person.may(Right.SEE_PRICES):
        orders = orders.filter(requester=person)
    return Parcel.objects.filter(order__in=orders).select_related("order", "order__requester")


def receive_lines(form: CountForm) -> list[ReceiveLine]:
    """The form's lines with our names."""
    names = names_of((line.marketplace, line.item_id) for line in form.lines)
    return [
        ReceiveLine(
            line,
            field,
            names.get((line.marketplace, line.item_id), "")
            or translated_title(line.title, line.title_original),
            line.title_original or line.title,
            max(0, line.quantity - line.received),
        )
        for line, field in form.rows
    ]
