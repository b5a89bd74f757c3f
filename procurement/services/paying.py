"""Paying: one live payment an order, never above its ceiling, released by approval or finance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from desk.choices import EventKind
from desk.models.event import record
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import Duplicate, queue, undo
from gateway.services.sending import run_command
from procurement.choices import OrderState, PaymentState
from procurement.marketplaces import port
from procurement.models import Payment, PurchaseOrder
from procurement.states import ORDER


class PayRefused(Exception):
    """Nothing was paid; the text says why."""


def method_for(marketplace: str) -> str:
    """The payment method a deployment uses; the first of the port's unless set otherwise."""
    methods = port(marketplace).payment_methods
    return settings.XPORT_PAY_1688 if settings.XPORT_PAY_1688 in methods else methods[0]


def start_paying(*, payment: Payment, by: User | None) -> RemoteCommand | None:
    """Queue the pay command of an approved payment. None when one is under way already."""
    order = payment.order
    earlier = RemoteCommand.objects.filter(
        subject=ORDER.subject(order), kind="pay", payload__payment=payment.pk
    ).count()
    try:
        with transaction.atomic():
            command = queue(
                key=f"pay:{payment.pk}:{earlier + 1}",
                kind="pay",
                subject=ORDER.subject(order),
                marketplace=order.marketplace,
                sub_account=order.sub_account,
                by=by,
                payload={
                    "payment": payment.pk,
                    "order": order.pk,
                    "method": payment.method or method_for(order.marketplace),
                    "ceiling": payment.ceiling,
                },
            )
    except Duplicate:
        return None
    return command


def release(*, payment: Payment, by: User) -> RemoteCommand:
    """Finance releases a payment that waits, or lets a failed one be tried again.

    Raises PayRefused; permission is part of the check.
    """
    if not by.may(Right.PAY):
        raise PayRefused(_("Only finance releases payments."))
    order = PurchaseOrder.objects.select_related("sub_account").get(pk=payment.order_id)
    payment.refresh_from_db()
    waiting = waiting_command(payment)
    if waiting is not None:
        return waiting  # the same click again: one payment, and its undo still counts down
    if payment.state == PaymentState.ASKED:
        raise PayRefused(
            _("%(order)s costs more than was approved and was asked again.")
            % {"order": order.number}
        )
    if order.state != OrderState.PLACED:
        raise PayRefused(_("%(order)s is not waiting to be paid.") % {"order": order.number})
    if order.conflict:
        raise PayRefused(_("%(order)s has a conflict; look at it first.") % {"order": order.number})
    with transaction.atomic():
        moved = Payment.objects.filter(
            pk=payment.pk, state__in=(PaymentState.APPROVED, PaymentState.FAILED)
        ).update(state=PaymentState.APPROVED, released=True, message="")
        if not moved:
            raise PayRefused(_already(payment, order))
        payment.refresh_from_db()
        command = start_paying(payment=payment, by=by)
        if command is None:
            raise PayRefused(
                _("Something else is under way for %(order)s.") % {"order": order.number}
            )
        record(
            ORDER.subject(order),
            gettext_noop("Released for payment."),
            kind=EventKind.MONEY,
            by=by,
        )
    return command


def waiting_command(payment: Payment) -> RemoteCommand | None:
    """The queued pay command of a released payment, if there is one."""
    if not payment.released:
        return None
    return RemoteCommand.objects.filter(
        kind="pay",
        subject=ORDER.subject(payment.order),
        state=CommandState.QUEUED,
        payload__payment=payment.pk,
    ).first()


def _already(payment: Payment, order: PurchaseOrder) -> str:
    words = {
        PaymentState.SETTLED: _("%(order)s is paid already."),
        PaymentState.REFUSED: _("The payment of %(order)s was refused."),
        PaymentState.UNKNOWN: _("The answer to the payment of %(order)s was lost; we are asking."),
        PaymentState.WAITING_OUTSIDE: _("%(order)s is to be paid at the marketplace."),
    }
    text = words.get(PaymentState(payment.state), _("%(order)s is being paid already."))
    return text % {"order": order.number}


def _busy(order: PurchaseOrder) -> str:
    return _("Something else is under way for %(order)s.") % {"order": order.number}


@dataclass(frozen=True, slots=True)
class Release:
    """What became of one payment of many. `refusal` is a sentence, "" when it is queued."""

    payment: Payment
    command: RemoteCommand | None = None
    refusal: str = ""


def release_many(*, payments: Iterable[Payment], by: User) -> list[Release]:
    """Release each on its own: one that cannot be paid stops no other."""
    results = []
    for payment in payments:
        try:
            results.append(Release(payment, release(payment=payment, by=by)))
        except PayRefused as refused:
            results.append(Release(payment, refusal=str(refused)))
    return results


def pay_link(*, payment: Payment, by: User, token: str) -> str:
    """The marketplace's cashier link for a payment that waits outside: fetched now, for this
    person, given once and never stored. "" when it turns out to be paid. `token` comes from the
    form, so that a double click asks once. Raises PayRefused.
    """
    from procurement.commands.pay import links

    if not by.may(Right.PAY):
        raise PayRefused(_("Only finance releases payments."))
    order = payment.order
    try:
        command = queue(
            key=f"pay_link:{payment.pk}:{token}"[:80],
            kind="pay_link",
            subject=ORDER.subject(order),
            marketplace=order.marketplace,
            sub_account=order.sub_account,
            by=by,
            payload={"payment": payment.pk, "order": order.pk, "method": "agreement"},
            wait_seconds=0,
            ring=False,
        )
    except Duplicate:
        raise PayRefused(
            _("Something else is under way for %(order)s.") % {"order": order.number}
        ) from None
    state = run_command(command.pk)
    link = links.get().get(command.pk, "")
    links.set({})
    command.refresh_from_db()
    if state == CommandState.DONE:
        if link and not link.startswith(("https://", "http://")):
            raise PayRefused(_("The marketplace gave no address that a browser can open."))
        return link
    if state in (CommandState.STOPPED, CommandState.REFUSED):
        raise PayRefused(gettext(command.message))
    if state == CommandState.QUEUED and undo(command=command, by=by, reason="not sent"):
        raise PayRefused(_("The marketplace cannot be reached. Nothing was paid."))
    raise PayRefused(_("The answer was lost. We ask the marketplace what became of it."))
