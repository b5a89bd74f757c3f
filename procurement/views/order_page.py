"""What the order page shows: head, bands, lines, parcels, money, numbers, one timeline.

Prices reach the context only for who may see them; the warehouse gets lines, parcels and counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from moneyed import Money

from accounts.choices import Right
from accounts.models import User
from catalog.services.naming import names_of
from catalog.services.reader import translated_title
from desk import clock
from desk.formats import exact_text, money_text
from desk.money import company, from_minor
from gateway.choices import CommandState, Verdict
from gateway.models import RemoteCommand
from procurement.access import sees_prices
from procurement.choices import OrderState, PaymentState
from procurement.marketplaces import port
from procurement.models import Payment, PurchaseOrder
from procurement.querysets import TO_RECEIVE, orders_of
from procurement.sentences import next_clock, of_order, of_payment, step_of, verb_for
from procurement.services.ending import may_cancel, may_confirm
from procurement.services.undoing import latest_command, may_undo


@dataclass(frozen=True, slots=True)
class Band:
    """What we know, what we do next, what you can do; a link where there is one."""

    tone: str
    know: str
    next: str = ""
    can: str = ""
    url: str = ""
    verb: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its four numbers."""

    line: Any
    name: str
    original: str
    url: str
    claimed: int = 0
    unit: Money | None = None


def order_or_404(person: User, number: str) -> PurchaseOrder:
    """An order the person may look at, with what its pages need."""
    rows = orders_of(person).select_related(
        "request", "request__ship_to", "planned", "requester", "department", "sub_account"
    )
    return get_object_or_404(rows, number=number)


def payment_of(order: PurchaseOrder) -> Payment | None:
    """The payment that counts: the newest that was not refused, else the newest."""
    payments = sorted(order.payments.all(), key=lambda payment: payment.pk, reverse=True)
    live = [payment for payment in payments if payment.state != PaymentState.REFUSED]
    return next(iter(live or payments), None)


def live_context(order: PurchaseOrder, person: User) -> dict[str, Any]:
    """The part that asks again while something moves: head, bands, strip."""
    prices = sees_prices(person)
    payment = payment_of(order)
    command = latest_command(order)
    return {
        "order": order,
        "prices": prices,
        "payment": payment if prices else None,
        "sentence": of_order(order, payment),
        "step": step_of(order, payment),
        "clock": next_clock(order) if prices else None,
        "verb": verb_for(order, person, payment),
        "undo": _undo(order, command, person) if prices else None,
        "bands": _bands(order, payment, command, person) if prices else [],
        "moving": is_moving(order, payment, command),
        "stamp": stamp(order, payment, command),
        "menu": _menu(order, person),
    }


def stamp(order: PurchaseOrder, payment: Payment | None, command: RemoteCommand | None) -> str:
    """Changes when something on the page does; the live part compares it."""
    return "-".join(
        str(part)
        for part in (
            int(order.as_of.timestamp() * 1000),
            order.state,
            order.received_count,
            payment.state if payment else "",
            payment.released if payment else "",
            command.pk if command else "",
            command.state if command else "",
            int(order.parcels_at.timestamp()) if order.parcels_at else "",
        )
    )


def is_moving(order: PurchaseOrder, payment: Payment | None, command: RemoteCommand | None) -> bool:
    """Whether the next seconds will probably change the page."""
    if command is not None and command.state in (CommandState.QUEUED, CommandState.SENDING):
        return True
    if payment is not None and payment.state in (PaymentState.SENDING, PaymentState.ACCEPTED):
        return True
    paying = payment is not None and payment.state == PaymentState.APPROVED and payment.released
    return order.state == OrderState.CANCELLING or (paying and order.state == OrderState.PLACED)


def _undo(
    order: PurchaseOrder, command: RemoteCommand | None, person: User
) -> dict[str, Any] | None:
    """The queued command that can still be taken back."""
    if command is None or command.state != CommandState.QUEUED:
        return None
    if not may_undo(command, order, person):
        return None
    what = {
        "pay": _("Paying %(amount)s.") % {"amount": money_text(order.total_money)},
        "cancel": _("Cancelling the order."),
        "confirm": _("Confirming receipt to the seller."),
    }[command.kind]
    return {
        "what": what,
        "at": command.not_before,
        "seconds": max(0, int((command.not_before - clock.now()).total_seconds())),
    }


def _menu(order: PurchaseOrder, person: User) -> dict[str, bool]:
    return {
        "cancel": order.state == OrderState.PLACED and may_cancel(order, person),
        "confirm": may_confirm(order, person),
        "again": order.request_id is not None and person.may(Right.ASK),
        "receive": person.may(Right.RECEIVE) and order.state in TO_RECEIVE,
    }


def _bands(
    order: PurchaseOrder,
    payment: Payment | None,
    command: RemoteCommand | None,
    person: User,
) -> list[Band]:
    """Everything that is not as it should be, worst first."""
    where = order.get_marketplace_display()
    bands = []
    if command is not None and command.state == CommandState.UNKNOWN:
        bands.append(_unclear_band(command, where, person))
    if order.conflict:
        bands.append(_conflict_band(order, where))
    if not order.word_known:
        bands.append(
            Band(
                "warn",
                _("%(where)s says “%(word)s”, a word the desk does not know.")
                % {"where": where, "word": order.remote_status},
                _("Our state stays as it was until %(where)s says one we know.") % {"where": where},
                _("Read it again, or look at the order at %(where)s.") % {"where": where},
            )
        )
    if payment is not None:
        bands += _payment_bands(order, payment)
    if order.is_outside:
        bands.append(
            Band(
                "calm",
                _("Placed outside the desk."),
                _("Nobody asked for it here and nobody approved it; the desk follows it only."),
                _("Seen through the sub-account %(account)s.")
                % {"account": order.sub_account.name},
            )
        )
    return bands


def _unclear_band(command: RemoteCommand, where: str, person: User) -> Band:
    sent = {
        "pay": _("We sent the payment at %(time)s and got no answer."),
        "pay_link": _("We asked for the cashier at %(time)s and got no answer."),
        "cancel": _("We sent the cancellation at %(time)s and got no answer."),
        "confirm": _("We sent the confirmation at %(time)s and got no answer."),
    }.get(command.kind, _("We sent it at %(time)s and got no answer."))
    attempt = command.attempts.order_by("-number").first()
    at = exact_text(attempt.opened_at if attempt else command.created_at)
    asked = ngettext(
        "Asked %(where)s %(times)d time so far.",
        "Asked %(where)s %(times)d times so far.",
        command.asked,
    ) % {"where": where, "times": command.asked}
    due = command.ask_at
    then = (
        _("Next try %(time)s.") % {"time": exact_text(due)}
        if due is not None and due > clock.now()
        else _("We are asking %(where)s now.") % {"where": where}
    )
    decide = person.may(Right.SETTLE_STUCK)
    return Band(
        "warn",
        sent % {"time": at},
        " ".join([*([asked] if command.asked else []), then, _("Nothing is sent twice.")]),
        _("You can decide under Stuck.")
        if decide and command.verdict != Verdict.OPEN
        else _("Nothing is needed from you."),
        reverse("gateway:stuck") if decide else "",
        _("Look under Stuck") if decide else "",
    )


def _conflict_band(order: PurchaseOrder, where: str) -> Band:
    ours, _sep, theirs = order.conflict.partition(" > ")
    labels = dict(OrderState.choices)
    return Band(
        "warn",
        _("%(where)s went a step back: from “%(ours)s” to “%(theirs)s”.")
        % {
            "where": where,
            "ours": labels.get(ours, ours),
            "theirs": labels.get(theirs, theirs),
        },
        _("Our state stays, and nothing is paid, until the two agree again."),
        _("Read it again; if it stays so, ask the seller or look at the order at %(where)s.")
        % {"where": where},
    )


def _payment_bands(order: PurchaseOrder, payment: Payment) -> list[Band]:
    bands = []
    if payment.state == PaymentState.ASKED:
        bands.append(
            Band(
                "warn",
                _("It costs %(now)s now, more than the approved %(then)s.")
                % {
                    "now": money_text(order.total_money),
                    "then": money_text(payment.approved_money),
                },
                _("The difference was asked again. Nothing is paid until it is approved."),
            )
        )
    if payment.state == PaymentState.FAILED and order.state == OrderState.PLACED:
        bands.append(
            Band(
                "bad",
                _("The payment failed. Nothing was paid."),
                _("Finance can try again."),
                theirs=_(payment.message) if payment.message else "",
            )
        )
    if payment.paid is not None and payment.paid > payment.ceiling:
        bands.append(
            Band(
                "bad",
                _("Paid %(paid)s, above the %(ceiling)s that were approved.")
                % {
                    "paid": money_text(from_minor(payment.paid, payment.currency)),
                    "ceiling": money_text(from_minor(payment.ceiling, payment.currency)),
                },
                _("Finance was told."),
            )
        )
    return bands


def body_context(order: PurchaseOrder, person: User) -> dict[str, Any]:
    """Below the head: lines, parcels, and for who sees prices, money and numbers."""
    prices = sees_prices(person)
    lines = list(order.lines.select_related("request_line"))
    names = names_of((line.marketplace, line.item_id) for line in lines)
    return {
        "lines": [_line_row(line, names, prices) for line in lines],
        "parcels": list(order.parcels.prefetch_related("events")),
        "money": _money(order) if prices else None,
        "numbers": _numbers(order),
    }


def _line_row(line: Any, names: dict[tuple[str, str], str], prices: bool) -> LineRow:
    url = reverse("catalog:item", args=[line.marketplace, line.item_id]) if prices else ""
    name = names.get((line.marketplace, line.item_id), "")
    name = name or translated_title(line.title, line.title_original)
    unit = line.unit_price or (line.request_line.unit_price if line.request_line else 0)
    money = from_minor(unit, line.currency) if prices and unit else None
    return LineRow(line, name, line.title_original or line.title, url, unit=money)


def _money(order: PurchaseOrder) -> dict[str, Any]:
    payment = payment_of(order)
    planned = order.planned

    def both(units: int | None) -> tuple[Money | None, Money | None]:
        if units is None:
            return None, None
        there = from_minor(units, order.currency)
        return company(round(units * order.rate)), there

    return {
        "asked": both(planned.total if planned else None),
        "approved": both(payment.approved if payment else None),
        "payable": both(order.total),
        "paid": both(payment.paid if payment and payment.paid is not None else order.paid),
        "goods": both(order.goods),
        "freight": both(order.freight),
        "payment_sentence": of_payment(payment) if payment else None,
        "method": payment.method if payment else "",
    }


def _numbers(order: PurchaseOrder) -> list[tuple[str, str]]:
    """The platform's numbers, each once."""
    where = order.get_marketplace_display()
    rows = [(_("%(where)s id") % {"where": where}, order.remote_id)]
    if order.order_no and order.order_no != order.remote_id:
        rows.append((_("%(where)s order number") % {"where": where}, order.order_no))
    if order.outer_id and port(order.marketplace).order_key:
        rows.append((_("Our id at %(where)s") % {"where": where}, order.outer_id))
    return rows


def page_context(request: HttpRequest, order: PurchaseOrder) -> dict[str, Any]:
    """The whole page but the timeline."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - login_required
    return live_context(order, person) | body_context(order, person)
