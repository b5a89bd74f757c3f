"""What narrows a list of orders or requests: one form for GET, kept in the address.

Numbers are looked up first, in indexes; only words that are no number are searched in titles.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Marketplace, Right
from accounts.models import SubAccount, SubAccountMapping, User
from desk.forms import DayInput, DeskForm
from procurement.models import OrderLine, Parcel, PurchaseOrder, PurchaseRequest

LONGEST = 100
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)


def plain(text: str) -> str:
    """What was typed or scanned, with full-width signs made plain and spaces at the ends gone."""
    return unicodedata.normalize("NFKC", text).replace("\x00", "").strip()[:LONGEST]


def ids_of_number(text: str, rows: QuerySet[PurchaseOrder]) -> list[int]:
    """Orders under exactly this number: ours, theirs, our outer id, or a tracking number.

    Each part uses an index of its own; one query. At most 50.
    """
    number = "".join(plain(text).split())
    if not number:
        return []
    upper = number.upper()
    parcels = Parcel.objects.filter(tracking_no__in={number, upper}).values("order")
    exact = (
        Q(number=upper)
        | Q(marketplace__in=Marketplace.values, remote_id=number)
        | Q(order_no=number)
        | Q(outer_id=number)
        | Q(pk__in=parcels)
    )
    if upper.startswith("R-") and upper[2:].isdecimal() and upper.isascii():
        exact |= Q(request__number=int(upper[2:12]))
    return list(rows.filter(exact).values_list("pk", flat=True)[:50])


def people_seen_by(person: User) -> QuerySet[User]:
    """Whose orders this person may see: for a filter's choices."""
    people: QuerySet[User] = User.objects.order_by("name")
    if person.may(Right.SEE_ALL):
        return people
    if person.may(Right.SEE_DEPARTMENT):
        return people.filter(Q(pk=person.pk) | Q(department__manager=person))
    return people.filter(pk=person.pk)


def sub_accounts_seen_by(person: User) -> QuerySet[SubAccount]:
    """Sub-accounts of the people whose orders this person may see."""
    rows = SubAccount.objects.order_by("name")
    if person.may(Right.SEE_ALL):
        return rows
    mapped = SubAccountMapping.objects.filter(person__in=people_seen_by(person))
    return rows.filter(pk__in=mapped.values("sub_account"))


class _Narrowing(django_filters.FilterSet):  # type: ignore[misc]  # no stubs
    """What both lists share."""

    q = django_filters.CharFilter(method="words", label=_("Number, title, seller or track"))
    since = django_filters.DateFilter(label=_("From"), widget=DayInput, method="from_day")
    until = django_filters.DateFilter(label=_("To"), widget=DayInput, method="to_day")
    cost_centre = django_filters.CharFilter(
        field_name="cost_centre", lookup_expr="iexact", label=_("Cost centre")
    )
    requester = django_filters.ModelChoiceFilter(
        queryset=lambda request: people_seen_by(request.user),
        label=_("Person"),
        empty_label=_("Anybody"),
    )
    time_field = "placed_at"

    def words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        raise NotImplementedError

    def from_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(**{f"{self.time_field}__gte": _midnight(value)})

    def to_day(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(**{f"{self.time_field}__lt": _midnight(value, days=1)})


class OrderFilter(_Narrowing):
    """Words, days, seller, marketplace, cost centre, sub-account, person."""

    seller = django_filters.CharFilter(
        field_name="seller_name", lookup_expr="icontains", label=_("Seller")
    )
    marketplace = django_filters.ChoiceFilter(
        choices=Marketplace.choices, label=_("Marketplace"), empty_label=_("All")
    )
    sub_account = django_filters.ModelChoiceFilter(
        queryset=lambda request: sub_accounts_seen_by(request.user),
        label=_("Sub-account"),
        empty_label=_("All"),
    )

    class Meta:
        model = PurchaseOrder
        form = DeskForm
        fields = (
            "q",
            "since",
            "until",
            "seller",
            "marketplace",
            "cost_centre",
            "sub_account",
            "requester",
        )

    def words(
        self, rows: QuerySet[PurchaseOrder], name: str, value: str
    ) -> QuerySet[PurchaseOrder]:
        text = plain(value)
        found = ids_of_number(text, self.queryset)
        if found:
            return rows.filter(pk__in=found)
        for term in text.split():
            rows = rows.filter(
                Q(title__icontains=term)
                | Q(seller_name__icontains=term)
                | Q(number__icontains=term)
                | Q(request__purpose__icontains=term)
                | Exists(OrderLine.objects.filter(order=OuterRef("pk"), title__icontains=term))
            )
        return rows


class RequestFilter(_Narrowing):
    """The same words for requests that wait: number, purpose, person, cost centre, days."""

    time_field = "asked_at"

    class Meta:
        model = PurchaseRequest
        form = DeskForm
        fields = ("q", "since", "until", "cost_centre", "requester")

    def words(
        self, rows: QuerySet[PurchaseRequest], name: str, value: str
    ) -> QuerySet[PurchaseRequest]:
        text = plain(value)
        upper = text.upper()
        if upper.startswith("R-") and upper[2:].isdecimal() and upper.isascii():
            return rows.filter(number=int(upper[2:12]))
        for term in text.split():
            rows = rows.filter(purpose__icontains=term)
        return rows


def _midnight(day: date, *, days: int = 0) -> datetime:
    """The first moment of a day in the reader's zone."""
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
