"""What procurement tells the border's pages: a command's subject in words, what failed and how to
mend it, how many orders a silent marketplace leaves out of date, and how its lists are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import SubAccount, User
from desk import clock
from desk.formats import exact_text
from desk.money import from_minor
from gateway import doorbell
from gateway.choices import Channel
from gateway.models import RemoteCommand, SyncCursor
from gateway.slots import About, CandidateWords, Failed
from procurement.choices import OrderState, PaymentState, PlannedState
from procurement.models import Payment, PlannedOrder, PurchaseOrder

MOST = 50
ENDED = (OrderState.CANCELLED, OrderState.CLOSED, OrderState.COMPLETED)


def about(command: RemoteCommand) -> About | None:
    """Our kinds' words; None for kinds of other rooms."""
    describe = _WORDS.get(command.kind)
    return describe(command) if describe else None


def _place(command: RemoteCommand) -> About:
    planned = (
        PlannedOrder.objects.select_related("request")
        .prefetch_related("lines")
        .get(pk=command.payload["planned"])
    )
    facts = {"n": planned.number, "request": planned.request.label}
    return About(
        sent=_("order %(n)d of %(request)s") % facts,
        number=f"{planned.request.label}/{planned.number}",
        url=planned.request.get_absolute_url(),
        amount=planned.total_money,
        lines=tuple(f"{line.quantity} × {line.title}" for line in planned.lines.all()),
        if_again=_("It is ordered once more, after its price was read again."),
        if_given_up=_(
            "Nothing is ordered. The request shows this part as not ordered; its lines can go"
            " back into the cart."
        ),
    )


def _order(command: RemoteCommand) -> PurchaseOrder:
    return PurchaseOrder.objects.prefetch_related("lines").get(pk=command.payload["order"])


def _of_order(
    command: RemoteCommand, sent: str, again: str, given_up: str, *, amount: bool = True
) -> About:
    order = _order(command)
    return About(
        sent=sent % {"order": order.number},
        number=order.number,
        url=order.get_absolute_url(),
        amount=order.total_money if amount else None,
        lines=tuple(f"{line.quantity} × {line.title}" for line in order.lines.all()),
        if_again=again,
        if_given_up=given_up,
    )


def _pay(command: RemoteCommand) -> About:
    return _of_order(
        command,
        _("the payment of %(order)s"),
        _("The amount is read again; the money may leave now, once."),
        _("The payment counts as failed. The order stays unpaid; finance can release it again."),
    )


def _pay_link(command: RemoteCommand) -> About:
    return _of_order(
        command,
        _("the call for the cashier of %(order)s"),
        _("It is not sent again from here; open the cashier on the payments page."),
        _("The payment waits at the marketplace, as before."),
    )


def _cancel(command: RemoteCommand) -> About:
    return _of_order(
        command,
        _("the cancellation of %(order)s"),
        _("The platform is asked once more to cancel it."),
        _("The order stays as the platform shows it: placed and unpaid."),
    )


def _confirm(command: RemoteCommand) -> About:
    return _of_order(
        command,
        _("the confirmation of %(order)s to the seller"),
        _("It is confirmed; that may release the money and cannot be undone."),
        _("Nothing is confirmed. The platform confirms by itself after some days."),
    )


_WORDS: dict[str, Callable[[RemoteCommand], About]] = {
    "place": _place,
    "place_keyed": _place,
    "pay": _pay,
    "pay_link": _pay_link,
    "cancel": _cancel,
    "confirm": _confirm,
}


def about_candidate(command: RemoteCommand, candidate: dict[str, Any]) -> CandidateWords | None:
    """An order at the platform that a place command may have become."""
    ids = candidate.get("remote_ids")
    if not ids:
        return None
    label = _("Order %(ids)s at the platform") % {"ids": ", ".join(ids)}
    order = (
        PurchaseOrder.objects.filter(marketplace=command.marketplace, remote_id__in=ids)
        .prefetch_related("lines")
        .first()
    )
    if order is None:
        return _as_seen(label, candidate.get("seen", {}))
    return CandidateWords(
        label,
        order.get_absolute_url(),
        order.total_money,
        lines=tuple(f"{line.quantity} × {line.title}" for line in order.lines.all()),
    )


def _as_seen(label: str, seen: dict[str, Any]) -> CandidateWords:
    """A candidate we have no row for, as the platform's list showed it."""
    if not seen:
        return CandidateWords(label)
    if seen["placed_at"]:
        moment = exact_text(datetime.fromisoformat(seen["placed_at"]))
        label = _("%(order)s, made %(at)s") % {"order": label, "at": moment}
    amount = from_minor(seen["total"], seen["currency"])
    return CandidateWords(label, amount=amount, lines=(seen["seller"], *seen["lines"]))


def failed(person: User, since: datetime) -> Iterable[Failed]:
    """Orders that the platform refused and payments that failed, newest first."""
    rows = [*_refused(since), *_unpaid(since)] if person.may(Right.SEE_ALL) else []
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _refused(since: datetime) -> Iterable[Failed]:
    rows = (
        PlannedOrder.objects.filter(state=PlannedState.REFUSED, request__approved_at__gte=since)
        .select_related("request", "request__requester")
        .order_by("-request__approved_at")[:MOST]
    )
    for planned in rows:
        request = planned.request
        yield Failed(
            _("%(where)s refused order %(n)d of %(request)s for %(who)s.")
            % {
                "where": planned.get_marketplace_display(),
                "n": planned.number,
                "request": request.label,
                "who": request.requester,
            },
            planned.message,
            request.get_absolute_url(),
            _("Fix"),
            request.approved_at or request.created_at,
            planned.total_money,
        )


def _unpaid(since: datetime) -> Iterable[Failed]:
    rows = (
        Payment.objects.filter(
            state=PaymentState.FAILED, order__state=OrderState.PLACED, created_at__gte=since
        )
        .select_related("order")
        .order_by("-created_at")[:MOST]
    )
    for payment in rows:
        yield Failed(
            _("The payment of %(order)s failed.") % {"order": payment.order.number},
            payment.message,
            payment.order.get_absolute_url(),
            _("Look"),
            payment.sent_at or payment.created_at,
            payment.approved_money,
        )


def out_of_date(marketplace: str) -> int:
    """Open orders there, which a silent list leaves as last read."""
    return PurchaseOrder.objects.filter(marketplace=marketplace).exclude(state__in=ENDED).count()


def read_again(marketplace: str) -> int:
    """Ring for every sub-account's list there, and mark its open orders; how many lists."""
    rings = 0
    for account in SubAccount.objects.filter(is_active=True):
        if marketplace in account.marketplaces:
            SyncCursor.objects.get_or_create(
                sub_account=account, marketplace=marketplace, channel=Channel.ORDERS
            )
            doorbell.ring("procurement.poll_cursor", account.pk, marketplace)
            rings += 1
    PurchaseOrder.objects.filter(marketplace=marketplace, reread_at=None).exclude(
        state__in=ENDED
    ).update(reread_at=clock.now())
    return rings
