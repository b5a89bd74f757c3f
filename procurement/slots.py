"""What procurement plugs into the desk: navigation, to-dos, deadlines, jumps, home parts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Right, Role
from accounts.models import User
from desk import clock
from desk.money import company
from desk.slots import Deadline, HomePart, Jump, NavEntry, ToDo
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState, RequestState
from procurement.listing import to_count
from procurement.models import CartLine, Payment, PurchaseOrder
from procurement.querysets import RECEIVED, orders_of, payments_of, ready_to_release, requests_of
from procurement.sentences import of_order, step_of

MOST = 7


def navigation(person: User) -> Iterable[tuple[int, NavEntry]]:
    """Entries by role, in pages.md's order."""
    if person.may(Right.ASK):
        count = CartLine.objects.filter(person=person, saved_for_later=False).count()
        yield 30, NavEntry(_("Cart"), reverse("cart:show"), "cart", count or None)
    if person.may(Right.SEE_PRICES):
        role = person.main_role
        label = _("Department orders") if role == Role.MANAGER else _("Orders")
        yield 40, NavEntry(label, reverse("orders:list"), "orders")
    if person.may(Right.PAY):
        count = ready_to_release(Payment.objects.filter(released=False)).count()
        yield 35, NavEntry(_("Payments"), reverse("payments:list"), "payments", count or None)
    if person.may(Right.RECEIVE) and not person.may(Right.SEE_PRICES):
        yield 20, NavEntry(_("Receive"), reverse("receive:list"), "receive")


def todo_count(person: User) -> int:
    """How many to-dos this app has for a person, cheaply."""
    count = 0
    if person.may(Right.ASK):
        count += requests_of(person).filter(requester=person, state=RequestState.SENT_BACK).count()
    if person.may(Right.PAY):
        count += _to_pay(person).count()
    if person.may(Right.RECEIVE):
        count += _to_count(person).count()
    return count


def todos(person: User) -> Iterable[ToDo]:
    """What this person must do, with the button's verb."""
    if person.may(Right.ASK):
        for request in requests_of(person).filter(requester=person, state=RequestState.SENT_BACK)[
            :MOST
        ]:
            yield ToDo(
                _("Change it"),
                _("%(request)s was sent back to you: %(purpose)s")
                % {"request": request.label, "purpose": request.purpose},
                request.get_absolute_url(),
                request.total_money,
            )
    if person.may(Right.PAY):
        for payment in _to_pay(person)[:MOST]:
            yield ToDo(
                _("Pay") if payment.state != PaymentState.FAILED else _("Look"),
                _("%(order)s · %(seller)s")
                % {"order": payment.order.number, "seller": payment.order.seller_name},
                reverse("payments:list"),
                payment.company_money,
                payment.order.closes_at,
            )
    if person.may(Right.RECEIVE):
        for order in _to_count(person)[:MOST]:
            yield ToDo(
                _("Count in"),
                _("%(order)s is at the warehouse: %(title)s")
                % {"order": order.number, "title": order.title},
                reverse("orders:receive", args=[order.number]),
                order.company_money if person.may(Right.SEE_PRICES) else None,
            )


def deadlines(person: User) -> Iterable[Deadline]:
    """Unpaid orders that close by themselves."""
    if not person.may(Right.SEE_PRICES):
        return
    rows = orders_of(person).filter(
        state=OrderState.PLACED, closes_at__gt=clock.now(), payments__isnull=False
    )
    for order in rows.order_by("closes_at").distinct()[:MOST]:
        if order.closes_at is None:
            continue  # the rows are those that close; the type does not know
        yield Deadline(
            _("%(order)s closes unpaid: %(title)s") % {"order": order.number, "title": order.title},
            order.get_absolute_url(),
            order.closes_at,
            order.company_money,
        )


def jump(person: User, text: str) -> Jump | None:
    """Our numbers, theirs, tracking numbers; only to what the person may see."""
    words = text.strip().upper()
    if words.startswith("R-") and "/" not in words and words[2:].isdecimal():
        request = requests_of(person).filter(number=int(words[2:][:9])).first()
        return Jump(request.get_absolute_url()) if request else None
    order = (
        orders_of(person)
        .filter(
            Q(number__iexact=words)
            | Q(remote_id=words)
            | Q(order_no=words)
            | Q(outer_id=text.strip())
            | Q(parcels__tracking_no=words)
        )
        .first()
    )
    return Jump(order.get_absolute_url()) if order else None


def home_parts(person: User) -> Iterable[HomePart]:
    """The right third of home, by role."""
    if person.may(Right.PAY):
        yield HomePart(_("To pay today"), "procurement/_home_payments.html", _payments_part(person))
    if person.may(Right.ASK):
        yield HomePart(
            _("My orders on the way"), "procurement/_home_orders.html", _orders_part(person)
        )
    if person.may(Right.RECEIVE) and not person.may(Right.SEE_PRICES):
        yield HomePart(_("Receive a parcel"), "procurement/_home_scan.html", {})


def _to_pay(person: User):  # type: ignore[no-untyped-def]
    rows = ready_to_release(payments_of(person)).filter(
        Q(released=False) | Q(state=PaymentState.FAILED)
    )
    return rows.order_by("order__closes_at", "created_at")


def _to_count(person: User):  # type: ignore[no-untyped-def]
    """Delivered parcels of one's own orders (the warehouse: of all) that nobody counted."""
    return orders_of(person).filter(to_count(person)).order_by("placed_at")


def _payments_part(person: User) -> dict[str, object]:
    """Sums by sub-account and the counts beside them."""
    rows = payments_of(person)
    ready = ready_to_release(rows)
    sums: dict[str, int] = {}
    for name, units in ready.values_list("order__sub_account__name", "company_approved"):
        sums[name] = sums.get(name, 0) + units
    return {
        "sums": [(name, company(units)) for name, units in sorted(sums.items())],
        "outside": rows.filter(state=PaymentState.WAITING_OUTSIDE).count(),
        "failed": rows.filter(state=PaymentState.FAILED, order__state=OrderState.PLACED).count(),
        "unclear": RemoteCommand.objects.filter(kind="pay", state=CommandState.UNKNOWN).count(),
    }


def _orders_part(person: User) -> dict[str, object]:
    rows = (
        PurchaseOrder.objects.filter(requester=person)
        .exclude(state__in=(OrderState.CANCELLED, OrderState.CLOSED, OrderState.COMPLETED))
        .exclude(RECEIVED)
        .prefetch_related("payments", "parcels")
        .order_by("-placed_at")[:4]
    )
    again = (
        PurchaseOrder.objects.filter(RECEIVED, requester=person)
        .exclude(request=None)
        .select_related("request")
        .order_by("-placed_at")[:3]
    )
    return {
        "orders": [(order, of_order(order), step_of(order)) for order in rows],
        "again": again,
    }
