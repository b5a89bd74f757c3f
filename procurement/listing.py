"""The order list: its views (tabs), sorts, counts and filters, all from the address.

Who may see what is `querysets`, what narrows it `filters`, where a page begins `keyset`; the words
in a row are `sentences`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import Right
from accounts.models import User
from procurement.choices import OrderState, ParcelState, PaymentState, RequestState
from procurement.keyset import Sort, moment, whole, word
from procurement.models import Parcel, Payment, PurchaseOrder, PurchaseRequest
from procurement.querysets import RECEIVED, orders_of, requests_of

SIZE = 50
COUNTED = 1000  # a count stops here: "1,000 or more"
FAR = datetime(9999, 1, 1, tzinfo=UTC)

TO_PAY = (OrderState.PLACED,)
MOVING = (OrderState.PAID, OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)
DONE = (OrderState.COMPLETED, OrderState.CANCELLED, OrderState.CLOSED)
OPEN = (OrderState.PLACED, OrderState.CANCELLING, *MOVING)
RANK = {state: place for place, state in enumerate(OrderState)}


def _payment_is(condition: Q) -> Exists:
    return Exists(Payment.objects.filter(condition, order=OuterRef("pk")))


def to_count(person: User) -> Q:
    """Parcels delivered and nothing counted: one's own orders, for the warehouse all."""
    arrived = Exists(Parcel.objects.filter(order=OuterRef("pk"), state=ParcelState.DELIVERED))
    waiting = Q(state__in=(OrderState.PARTLY_SHIPPED, OrderState.SHIPPED), received_count=0) & Q(
        arrived
    )
    return waiting & Q(requester=person) if person.may(Right.SEE_PRICES) else waiting


def needs_me(person: User) -> Q:
    """What this person's role must do next about an order."""
    mine = Q(pk__in=())
    if person.may(Right.PAY):
        ready = (
            Q(state=PaymentState.APPROVED, released=False)
            | Q(state=PaymentState.FAILED)
            | Q(state=PaymentState.WAITING_OUTSIDE)
        )
        mine |= Q(state=OrderState.PLACED) & Q(_payment_is(ready))
    if person.may(Right.RECEIVE):
        mine |= to_count(person)
    if person.may(Right.SETTLE_STUCK):
        mine |= ~Q(conflict="")
    else:
        mine |= Q(requester=person) & ~Q(conflict="")
    return mine


def unclear(_person: User) -> Q:
    """Something is not known: a lost answer, a payment outside, a conflict, an unknown word."""
    paying = Q(state__in=(PaymentState.UNKNOWN, PaymentState.WAITING_OUTSIDE))
    return Q(_payment_is(paying)) | ~Q(conflict="") | Q(word_known=False)


@dataclass(frozen=True, slots=True)
class View:
    """A tab. `rows` narrows; `counted` with the open orders in one query, else not at all."""

    key: str
    label: str | Promise
    rows: Callable[[User], Q]
    counted: bool = True
    act: bool = False


REQUESTS = "approval"
VIEWS = (
    View("me", _("Needs me"), needs_me, act=True),
    View(REQUESTS, _("Waiting for approval"), lambda _person: Q(), counted=False),
    View("pay", _("To pay"), lambda _person: Q(state=OrderState.PLACED)),
    View("moving", _("On the way"), lambda _person: Q(state__in=MOVING) & ~RECEIVED),
    View(
        "silent",
        _("Silent parcels"),
        lambda _person: Q(state__in=MOVING, silent_since__isnull=False) & ~RECEIVED,
    ),
    View("unclear", _("Outside or unclear"), lambda person: Q(state__in=OPEN) & unclear(person)),
    View(
        "done",
        _("Done"),
        lambda _person: Q(state__in=DONE) | Q(state__in=MOVING) & RECEIVED,
        counted=False,
    ),
    View("all", _("All"), lambda _person: Q(), counted=False),
)
OUTSIDE = View(
    "outside",
    _("Placed outside the desk"),
    lambda _person: Q(request__isnull=True, requester__isnull=True),
    counted=False,
)


def views_for(person: User) -> tuple[View, ...]:
    """The tabs of a person; orders placed outside only for who may see everything."""
    return (*VIEWS, OUTSIDE) if person.may(Right.SEE_ALL) else VIEWS


def view_of(key: str, person: User) -> View:
    """The tab an address asks for; unknown ones are "all"."""
    views = {view.key: view for view in views_for(person)}
    return views.get(key, views["all"])


def counts(rows: QuerySet[PurchaseOrder], person: User) -> dict[str, int]:
    """How many of these rows stand in each counted tab: one query over the open orders."""
    found = rows.filter(Q(state__in=OPEN) | ~Q(conflict="")).aggregate(
        **{
            view.key: Count("pk", filter=view.rows(person))
            for view in views_for(person)
            if view.counted
        }
    )
    return {key: int(value or 0) for key, value in found.items()}


def capped_count(rows: QuerySet[Any]) -> int:
    """A count that stops at COUNTED + 1."""
    return rows.order_by()[: COUNTED + 1].count()


_CLOCK = Coalesce(
    Case(When(state=OrderState.PLACED, then=F("closes_at")), output_field=DateTimeField()),
    Value(FAR, output_field=DateTimeField()),
)
_STAGE = Case(
    *(When(state=state, then=Value(place)) for state, place in RANK.items()),
    default=Value(99),
    output_field=IntegerField(),
)
_PERSON = Coalesce("requester__name", Value(""), output_field=CharField())

ORDER_SORTS = {
    "placed": Sort(F("placed_at"), moment, indexed=True),
    "number": Sort(Coalesce("request__number", Value(0)), whole),
    "title": Sort(F("title"), word),
    "state": Sort(_STAGE, whole),
    "person": Sort(_PERSON, word),
    "amount": Sort(F("company_total"), whole),
    "clock": Sort(_CLOCK, moment),
}
REQUEST_SORTS = {
    "placed": Sort(Coalesce("asked_at", "created_at", output_field=DateTimeField()), moment),
    "number": Sort(F("number"), whole),
    "title": Sort(F("purpose"), word),
    "person": Sort(_PERSON, word),
    "amount": Sort(F("total"), whole),
}
DEFAULT_SORT = "-placed"


def sort_of(text: str, sorts: dict[str, Sort]) -> str:
    """A sort the list knows; newest first otherwise."""
    return text if text.removeprefix("-") in sorts and not text.startswith("--") else DEFAULT_SORT


def order_rows(person: User) -> QuerySet[PurchaseOrder]:
    """Orders with what a row shows, before any filter."""
    return orders_of(person).select_related("requester", "request", "sub_account")


def waiting_requests(person: User) -> QuerySet[PurchaseRequest]:
    """Requests that somebody has to approve."""
    rows = requests_of(person).filter(state=RequestState.ASKED)
    return rows.select_related("requester")
