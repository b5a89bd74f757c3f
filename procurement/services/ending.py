"""Ending an order: cancelling it while unpaid, confirming it to the seller once it arrived."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk.choices import EventKind
from desk.states import StateError
from gateway.models import RemoteCommand
from gateway.services import Duplicate, queue
from procurement.choices import LIVE_PAYMENT, OrderState
from procurement.marketplaces import port
from procurement.models import PurchaseOrder
from procurement.querysets import orders_of
from procurement.states import ORDER


class EndRefused(Exception):
    """Nothing was sent; the text says why."""


LONGEST_REASON = 200


def may_cancel(order: PurchaseOrder, person: User) -> bool:
    """Its requester, who manages their department, or finance."""
    if not orders_of(person).filter(pk=order.pk).exists():
        return False
    return person.pk == order.requester_id or person.may(Right.APPROVE) or person.may(Right.PAY)


def cancel_order(
    *,
    order: PurchaseOrder,
    by: User | None,
    reason: str,
    token: str,
    wait_seconds: float | None = None,
) -> RemoteCommand:
    """Queue the cancellation of an unpaid order. `by` None: a refused change does it.

    Raises EndRefused.
    """
    if by is not None and not may_cancel(order, by):
        raise EndRefused(_("It is not yours to cancel."))
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise EndRefused(_("Say why it is cancelled."))
    key = f"cancel:{order.pk}:{token}"[:80]
    sent_before = RemoteCommand.objects.filter(key=key).first()
    if sent_before is not None:
        return sent_before  # the same form again
    if order.payments.filter(state__in=LIVE_PAYMENT).exists():
        raise EndRefused(_("A payment of it is under way, so it cannot be cancelled now."))
    try:
        with transaction.atomic():
            ORDER.move(
                order,
                OrderState.CANCELLING,
                by=by,
                why=gettext_noop("Asked the platform to cancel it."),
                kind=EventKind.MONEY,
                note=reason,
            )
            return queue(
                key=key,
                kind="cancel",
                subject=ORDER.subject(order),
                marketplace=order.marketplace,
                sub_account=order.sub_account,
                by=by,
                payload={"order": order.pk, "reason": reason},
                wait_seconds=wait_seconds,
            )
    except StateError:
        raise EndRefused(_("Only an unpaid order can be cancelled.")) from None
    except Duplicate:
        raise EndRefused(_("Something else is under way for this order.")) from None


def may_confirm(order: PurchaseOrder, person: User) -> bool:
    """The requester or a manager of theirs, with the right, where the marketplace offers it."""
    return (
        port(order.marketplace).can_confirm_receipt
        and order.state == OrderState.SHIPPED
        and person.may(Right.CONFIRM_TO_SELLER)
        and orders_of(person).filter(pk=order.pk).exists()
    )


def confirm_to_seller(*, order: PurchaseOrder, by: User, token: str) -> RemoteCommand:
    """Queue the confirmation. It cannot be undone at the platform. Raises EndRefused."""
    if not may_confirm(order, by):
        raise EndRefused(_("This order cannot be confirmed to the seller."))
    key = f"confirm:{order.pk}:{token}"[:80]
    sent_before = RemoteCommand.objects.filter(key=key).first()
    if sent_before is not None:
        return sent_before  # the same form again
    try:
        with transaction.atomic():
            return queue(
                key=key,
                kind="confirm",
                subject=ORDER.subject(order),
                marketplace=order.marketplace,
                sub_account=order.sub_account,
                by=by,
                payload={"order": order.pk},
            )
    except Duplicate:
        raise EndRefused(_("Something else is under way for this order.")) from None
