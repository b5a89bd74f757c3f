"""Questions about requests and orders: whose they are, what they wait for."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet

from accounts.choices import Right
from accounts.models import User
from procurement.choices import OrderState, PaymentState
from procurement.models import Payment, PurchaseOrder, PurchaseRequest

# Everything counted in: the platform may show it as on the way for long after (Taobao's "9").
RECEIVED = Q(ordered_count__gt=0, received_count__gte=F("ordered_count"))

M = TypeVar("M", bound=models.Model)

TO_RECEIVE = (
    OrderState.PAID,
    OrderState.PARTLY_SHIPPED,
    OrderState.SHIPPED,
    OrderState.COMPLETED,
)


def _owned(rows: QuerySet[M], person: User) -> QuerySet[M]:
    """A buyer's own, a manager's department's, everything for who may see all."""
    if person.may(Right.SEE_ALL):
        return rows
    seen = Q(requester=person)
    if person.may(Right.SEE_DEPARTMENT):
        seen |= Q(department__manager=person)
    return rows.filter(seen)


def requests_of(person: User) -> QuerySet[PurchaseRequest]:
    """Purchase requests a person may look at. The warehouse has none: requests are prices."""
    if not person.may(Right.SEE_PRICES):
        return PurchaseRequest.objects.none()
    return _owned(PurchaseRequest.objects.all(), person)


def orders_of(person: User) -> QuerySet[PurchaseOrder]:
    """Purchase orders a person may look at; the warehouse those whose goods may arrive."""
    rows = PurchaseOrder.objects.all()
    if person.may(Right.RECEIVE) and not person.may(Right.SEE_PRICES):
        return rows.filter(state__in=TO_RECEIVE)
    if not person.may(Right.SEE_PRICES):
        return rows.none()
    return _owned(rows, person)


def payments_of(person: User) -> QuerySet[Payment]:
    """Payments for finance's page."""
    if not (person.may(Right.PAY) or person.may(Right.SEE_ALL)):
        return Payment.objects.none()
    return Payment.objects.select_related("order", "order__sub_account", "order__requester")


def ready_to_release(rows: QuerySet[Payment]) -> QuerySet[Payment]:
    return rows.filter(
        state__in=(PaymentState.APPROVED, PaymentState.FAILED), order__state=OrderState.PLACED
    )
