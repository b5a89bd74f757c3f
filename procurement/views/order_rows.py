"""Rows of order lists, and the context of the list page: everything a template needs, no more.

Queries here are counted (tests pin them): what a row shows comes with the page in one go each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from catalog.models import OurName
from desk.formats import day_text, number_text
from procurement import listing
from procurement.filters import OrderFilter, RequestFilter
from procurement.keyset import Page, page_of
from procurement.models import OrderLine, PurchaseOrder, PurchaseRequest
from procurement.sentences import Sentence, next_clock, of_order, of_request

PAGING = ("after", "before", "export", "panel")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list. `name` is ours where somebody gave one; else `title` stands alone."""

    thing: PurchaseOrder | PurchaseRequest
    number: str
    url: str
    name: str
    title: str
    sentence: Sentence
    clock: datetime | None = None
    pictures: tuple[str, ...] = ()
    outside: bool = False


def order_list_rows(orders: list[PurchaseOrder]) -> list[Row]:
    """Rows of orders; payments, parcels, first items and our names in one query each."""
    prefetch_related_objects([o for o in orders if o.state in listing.TO_PAY], "payments")
    prefetch_related_objects([o for o in orders if o.state in listing.MOVING], "parcels")
    names = first_names([order.pk for order in orders])
    return [
        Row(
            thing=order,
            number=order.number,
            url=order.get_absolute_url(),
            name=names.get(order.pk, ""),
            title=order.title,
            sentence=of_order(order),
            clock=next_clock(order),
            pictures=tuple(order.pictures[:3]),
            outside=order.is_outside,
        )
        for order in orders
    ]


def first_names(pks: list[int]) -> dict[int, str]:
    """Our name of each order's first item, where it has one. One query."""
    ours = OurName.objects.filter(
        marketplace=OuterRef("marketplace"), item_id=OuterRef("item_id")
    ).values("name")[:1]
    lines = OrderLine.objects.filter(order__in=pks).order_by("order_id", "id")
    first: dict[int, str] = {}
    for order, name in lines.values_list("order_id", Subquery(ours)):
        first.setdefault(order, name or "")
    return first


def request_rows(requests: list[PurchaseRequest]) -> list[Row]:
    """Rows of requests that wait for approval."""
    prefetch_related_objects(requests, "lines")
    return [
        Row(
            thing=request,
            number=request.label,
            url=request.get_absolute_url(),
            name=request.purpose,
            title="",
            sentence=of_request(request),
            pictures=tuple(line.picture for line in request.lines.all()[:3] if line.picture),
        )
        for request in requests
    ]


def address(query: QueryDict, **changes: str | None) -> str:
    """The list's address with changes; None takes a parameter away. Never keeps a cursor."""
    new = query.copy()
    for name in PAGING:
        new.pop(name, None)
    for name, value in changes.items():
        new.pop(name, None)
        if value:
            new[name] = value
    for name in [name for name, value in new.items() if not value]:
        new.pop(name)
    return "?" + new.urlencode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks the list for."""

    view: listing.View
    sort: str
    filter: OrderFilter | RequestFilter
    rows: QuerySet[Any]

    @property
    def is_requests(self) -> bool:
        return self.view.key == listing.REQUESTS


def asked(request: HttpRequest) -> Asked:
    """The tab, the sort and the narrowed rows. Wrong filter values narrow nothing."""
    person = _person(request)
    view = listing.view_of(request.GET.get("view", "all"), person)
    if view.key == listing.REQUESTS:
        narrowing: Any = RequestFilter(
            request.GET, queryset=listing.waiting_requests(person), request=request
        )
        sorts = listing.REQUEST_SORTS
        rows = narrowing.qs
    else:
        narrowing = OrderFilter(request.GET, queryset=listing.order_rows(person), request=request)
        sorts = listing.ORDER_SORTS
        rows = narrowing.qs.filter(view.rows(person))
    sort = listing.sort_of(request.GET.get("sort", ""), sorts)
    return Asked(view, sort, narrowing, rows)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required
    return request.user


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The whole list page."""
    person, wanted = _person(request), asked(request)
    page: Page[Any] = page_of(
        wanted.rows,
        listing.REQUEST_SORTS if wanted.is_requests else listing.ORDER_SORTS,
        sort=wanted.sort,
        after=request.GET.get("after", "")[:500],
        before=request.GET.get("before", "")[:500],
        size=listing.SIZE,
    )
    rows = request_rows(page.rows) if wanted.is_requests else order_list_rows(page.rows)
    whole = len(rows) if not (page.before or page.after) else None
    tabs, total = _tabs(request, wanted, person, whole)
    chips = _chips(request, wanted)
    return {
        "rows": rows,
        "view": wanted.view,
        "requests": wanted.is_requests,
        "sort": wanted.sort,
        "tabs": tabs,
        "form": wanted.filter.form,
        "panel": "panel" in request.GET or bool(wanted.filter.form.errors),
        "panel_url": address(request.GET, panel="1"),
        "chips": chips,
        "clear_url": address(QueryDict(), view=wanted.view.key),
        "here": address(request.GET),
        "hidden": [(name, request.GET[name]) for name in ("view", "sort") if name in request.GET],
        "shown": _shown(len(rows), total),
        "before_url": _cursor(request, "before", page.before),
        "after_url": _cursor(request, "after", page.after),
        "csv_url": address(request.GET, export="csv"),
        "xlsx_url": address(request.GET, export="xlsx"),
        "narrowest": chips[-1] if chips else None,
        "shows_people": person.may(Right.SEE_ALL) or person.may(Right.SEE_DEPARTMENT),
        "may_ask": person.may(Right.ASK),
    }


def _tabs(
    request: HttpRequest, wanted: Asked, person: User, whole: int | None
) -> tuple[list[dict[str, Any]], int]:
    """Tabs with counts, and how many rows the list has (`whole` where one page shows all)."""
    if wanted.is_requests:
        base = OrderFilter(request.GET, queryset=listing.order_rows(person), request=request)
        requests_waiting = listing.capped_count(wanted.rows)
    else:
        base = wanted.filter
        waiting = RequestFilter(
            request.GET, queryset=listing.waiting_requests(person), request=request
        )
        requests_waiting = listing.capped_count(waiting.qs)
    counted = listing.counts(base.qs, person) | {listing.REQUESTS: requests_waiting}
    tabs = [
        {
            "label": view.label,
            "url": address(request.GET, view=view.key, sort=None),
            "count": counted.get(view.key),
            "active": view.key == wanted.view.key,
            "act": view.act,
        }
        for view in listing.views_for(person)
    ]
    total = counted.get(wanted.view.key, whole)
    return tabs, listing.capped_count(wanted.rows) if total is None else total


def _shown(count: int, total: int) -> str:
    if total > listing.COUNTED:
        return _("%(count)s of more than %(most)s") % {
            "count": number_text(count),
            "most": number_text(listing.COUNTED),
        }
    return _("%(count)s of %(total)s") % {"count": number_text(count), "total": number_text(total)}


def _cursor(request: HttpRequest, name: str, cursor: str) -> str:
    return address(request.GET, **{name: cursor}) if cursor else ""


def _chips(request: HttpRequest, wanted: Asked) -> list[dict[str, str]]:
    """What narrows the list, widest first, each with the list without it."""
    form = wanted.filter.form
    if not form.is_valid():
        return []
    chips = []
    for name in ("marketplace", "since", "until", "cost_centre", "sub_account", "requester",
                 "seller", "q"):  # fmt: skip
        value = form.cleaned_data.get(name)
        if not value:
            continue
        chips.append(
            {
                "label": _value_text(form, name, value)
                if name == "q"
                else f"{form.fields[name].label}: {_value_text(form, name, value)}",
                "url": address(request.GET, **{name: None}),
            }
        )
    return chips


def _value_text(form: Any, name: str, value: Any) -> str:
    if name in ("since", "until"):
        return day_text(value)
    if name == "marketplace":
        return str(dict(form.fields[name].choices).get(value, value))
    return f"“{value}”" if name == "q" else str(value)
