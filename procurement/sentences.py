"""One sentence of an order's, a request's or a payment's facts, for people.

Request, payment, fulfilment and claim are separate facts; this is the only place that makes one
sentence of them. At most 45 characters in lists, whatever the names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.choices import Tone
from desk.formats import day_text
from procurement.choices import OrderState, ParcelState, PaymentState, PlannedState, RequestState
from procurement.models import Payment, PurchaseOrder, PurchaseRequest

LONGEST = 45


@dataclass(frozen=True, slots=True)
class Sentence:
    """What people read, and how it is drawn."""

    text: str
    tone: str = Tone.CALM

    def __str__(self) -> str:
        return self.text


def of_request(request: PurchaseRequest, *, waits_for: str = "") -> Sentence:
    """A request's state. `waits_for` names whose turn it is, where the caller knows."""
    state = request.state
    if state == RequestState.ASKED:
        if waits_for:
            return Sentence(
                short(
                    _("Waiting for %(name)s since %(since)s.")
                    % {"name": short_name(waits_for), "since": day(request.asked_at)}
                )
            )
        return Sentence(
            _("Waiting for approval since %(since)s.") % {"since": day(request.asked_at)}
        )
    if state == RequestState.PLACING and waits_for:
        text = _("Costs more now; %(name)s is asked again.") % {"name": short_name(waits_for)}
        return Sentence(short(text), Tone.WARN)
    words = {
        RequestState.DRAFT: (_("Not asked for yet."), Tone.CALM),
        RequestState.APPROVED: (_("Approved. Ordering now."), Tone.GOOD),
        RequestState.PLACING: (_("Approved. Ordering now."), Tone.GOOD),
        RequestState.PLACED: (_("Everything is ordered."), Tone.GOOD),
        RequestState.PARTLY_PLACED: (_("A part could not be ordered."), Tone.WARN),
        RequestState.CLOSED: (_("Closed."), Tone.CALM),
        RequestState.SENT_BACK: (_("Sent back; change it and ask again."), Tone.ACT),
        RequestState.REFUSED: (_("Refused."), Tone.BAD),
        RequestState.WITHDRAWN: (_("Taken back."), Tone.CALM),
    }
    text, tone = words[RequestState(state)]
    return Sentence(text, tone)


def of_planned(state: str) -> Sentence:
    """A planned order's state."""
    words = {
        PlannedState.WAITING: (_("Ordered once approved."), Tone.CALM),
        PlannedState.QUEUED: (_("Being ordered."), Tone.CALM),
        PlannedState.PLACED: (_("Ordered."), Tone.GOOD),
        PlannedState.CHANGED: (_("Costs more now; asked again."), Tone.WARN),
        PlannedState.UNCLEAR: (_("Order sent, answer lost; checking."), Tone.WARN),
        PlannedState.REFUSED: (_("The platform refused it."), Tone.BAD),
        PlannedState.DROPPED: (_("Not ordered."), Tone.CALM),
    }
    text, tone = words[PlannedState(state)]
    return Sentence(text, tone)


def of_order(order: PurchaseOrder, payment: Payment | None = None) -> Sentence:
    """An order's facts in one sentence. Pass its payment, or prefetch `payments` of unpaid orders
    and `parcels` of those on the way: no other state looks at them."""
    if order.conflict:
        return Sentence(_("The platform went a step back; look."), Tone.ACT)
    if not order.word_known:
        return Sentence(
            short(_("The platform says “%(word)s”.") % {"word": order.remote_status}), Tone.WARN
        )
    if order.state == OrderState.PLACED:
        return _unpaid(order, payment or next(iter(order.payments.all()), None))
    if order.state == OrderState.CANCELLING:
        return Sentence(_("Cancelling at %(where)s.") % {"where": order.get_marketplace_display()})
    if order.state in (OrderState.CANCELLED, OrderState.CLOSED):
        return Sentence(
            _("Cancelled.") if order.state == OrderState.CANCELLED else _("Closed at the platform.")
        )
    received = _received(order)
    if received:
        return received
    if order.state == OrderState.PAID:
        return Sentence(_("Paid; the seller has to ship."), Tone.GOOD)
    if order.state in (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED):
        return _moving(order)
    return Sentence(_("Completed; goods not counted in."), Tone.WARN)


def of_payment(payment: Payment) -> Sentence:
    """A payment's state."""
    words = {
        PaymentState.ASKED: (_("The new price waits for approval."), Tone.ACT),
        PaymentState.APPROVED: (
            _("Approved; about to be paid.")
            if payment.released
            else _("Ready: release it to pay."),
            Tone.CALM if payment.released else Tone.ACT,
        ),
        PaymentState.SENDING: (_("Paying now."), Tone.CALM),
        PaymentState.ACCEPTED: (_("Sent; waiting for the platform."), Tone.CALM),
        PaymentState.SETTLED: (_("Paid."), Tone.GOOD),
        PaymentState.REFUSED: (_("Refused; the order is cancelled."), Tone.BAD),
        PaymentState.FAILED: (_("Not paid."), Tone.BAD),
        PaymentState.UNKNOWN: (_("Payment sent, answer lost; checking."), Tone.WARN),
        PaymentState.WAITING_OUTSIDE: (_("Pay at the marketplace, then we check."), Tone.ACT),
    }
    text, tone = words[PaymentState(payment.state)]
    return Sentence(text, tone)


def _unpaid(order: PurchaseOrder, payment: Payment | None) -> Sentence:
    where = order.get_marketplace_display()
    if payment is None:
        return Sentence(_("Ordered at %(where)s, not paid.") % {"where": where}, Tone.WARN)
    if payment.state == PaymentState.APPROVED and payment.released:
        return Sentence(_("Approved. Paying now."), Tone.GOOD)
    if payment.state == PaymentState.APPROVED:
        return Sentence(_("Ordered; finance releases the payment."))
    if payment.state == PaymentState.FAILED:
        return Sentence(_("Ordered; the payment failed."), Tone.BAD)
    if payment.state in (PaymentState.REFUSED, PaymentState.SETTLED):
        closes = _closes(order)
        return Sentence(
            short(
                _("Ordered at %(where)s, not paid%(closes)s.") % {"where": where, "closes": closes}
            )
        )
    return of_payment(payment)


def _closes(order: PurchaseOrder) -> str:
    if not order.closes_at:
        return ""
    local = timezone.localtime(order.closes_at)
    return _("; closes %(time)s") % {"time": date_format(local, "H:i")}


def _received(order: PurchaseOrder) -> Sentence | None:
    if not order.received_count:
        return None
    facts = {"received": order.received_count, "ordered": order.ordered_count}
    if order.received_count >= order.ordered_count:
        return Sentence(_("All %(ordered)d received.") % facts, Tone.GOOD)
    return Sentence(_("%(received)d of %(ordered)d received.") % facts, Tone.WARN)


def _moving(order: PurchaseOrder) -> Sentence:
    parcels = list(order.parcels.all())
    if order.silent_since:
        days = max(1, (clock.now() - order.silent_since).days)
        return Sentence(
            ngettext("Parcel silent for %(days)d day.", "Parcel silent for %(days)d days.", days)
            % {"days": days},
            Tone.WARN,
        )
    arrived = sum(parcel.state == ParcelState.DELIVERED for parcel in parcels)
    if parcels and arrived == len(parcels):
        return Sentence(_("At the warehouse; count it in."), Tone.ACT)
    if arrived:
        return Sentence(
            _("%(arrived)d of %(all)d parcels at the warehouse.")
            % {"arrived": arrived, "all": len(parcels)}
        )
    if order.state == OrderState.PARTLY_SHIPPED:
        return Sentence(_("A part is on the way."))
    return Sentence(
        ngettext(
            "%(count)d parcel on the way.", "%(count)d parcels on the way.", max(1, len(parcels))
        )
        % {"count": max(1, len(parcels))}
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Where an order stands in the five-step strip: asked, ordered, paid, on_the_way, received."""

    at: str
    note: str = ""
    trouble: bool = False
    done: bool = False


def step_of(order: PurchaseOrder, payment: Payment | None = None) -> Step:
    """The step being worked on, for the strip."""
    state = order.state
    if payment is None and state == OrderState.PLACED:
        payment = next(iter(order.payments.all()), None)
    trouble = bool(order.conflict) or not order.word_known
    if state in (OrderState.CANCELLED, OrderState.CLOSED, OrderState.CANCELLING):
        note = _("cancelling") if state == OrderState.CANCELLING else _("ended")
        return Step("paid" if order.paid_at is None else "received", note, trouble=True)
    if state == OrderState.PLACED:
        paying = payment.state if payment is not None else ""
        lost = paying == PaymentState.UNKNOWN
        failed = paying == PaymentState.FAILED
        return Step("paid", _("answer lost") if lost else "", trouble or lost or failed)
    if order.received_count >= order.ordered_count > 0:
        return Step("received", done=True)
    if state == OrderState.PAID:
        return Step("on_the_way", _("not shipped yet"), trouble)
    if order.received_count:
        facts = {"received": order.received_count, "ordered": order.ordered_count}
        return Step("received", _("%(received)d of %(ordered)d") % facts, trouble)
    if state == OrderState.COMPLETED:
        return Step("received", _("not counted"), trouble)
    parcels = list(order.parcels.all())
    arrived = sum(parcel.state == ParcelState.DELIVERED for parcel in parcels)
    if parcels and arrived == len(parcels):
        return Step("received", _("to be counted"), trouble)
    if order.silent_since:
        return Step("on_the_way", _("silent"), True)
    note = ""
    if len(parcels) > 1:
        note = _("%(arrived)d of %(all)d there") % {"arrived": arrived, "all": len(parcels)}
    return Step("on_the_way", note, trouble)


def next_clock(order: PurchaseOrder) -> datetime | None:
    """The clock that runs out next by itself; today only that of an unpaid order."""
    return order.closes_at if order.state == OrderState.PLACED else None


def verb_for(order: PurchaseOrder, person: User, payment: Payment | None = None) -> str:
    """The one main verb of an order page: a key the page draws ("" when nothing is to be done)."""
    if order.state == OrderState.PLACED and payment and person.may(Right.PAY):
        if payment.state == PaymentState.WAITING_OUTSIDE:
            return "pay_outside"
        if payment.state in (PaymentState.APPROVED, PaymentState.FAILED) and not (
            payment.state == PaymentState.APPROVED and payment.released
        ):
            return "pay"
    arriving = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.COMPLETED)
    missing = order.received_count < order.ordered_count
    if order.state in arriving and missing and person.may(Right.RECEIVE):
        return "receive"
    return ""


def day(moment: datetime | None) -> str:
    """A weekday within the week, else a date; short enough for a list."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    if (timezone.localtime(clock.now()).date() - local.date()).days < 7:
        return date_format(local, "l")
    return day_text(local.date())


def short_name(name: str) -> str:
    """A given name; Chinese names whole."""
    return name.split(" ")[0] if name.isascii() else name


def short(text: str) -> str:
    """Cut to what a list row holds."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
