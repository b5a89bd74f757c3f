"""Taking back what was queued for an order while nothing has been sent: pay, cancel, confirm."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.choices import EventKind
from desk.models.event import record
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import undo
from procurement.models import PurchaseOrder
from procurement.services.ending import may_cancel
from procurement.states import ORDER

UNDOABLE = ("pay", "cancel", "confirm")
SAID = {
    "pay": gettext_noop("Payment taken back before it was sent."),
    "cancel": gettext_noop("Cancellation taken back before it was sent."),
    "confirm": gettext_noop("Confirmation taken back before it was sent."),
}


class UndoRefused(Exception):
    """Nothing was taken back; the text says why."""


def latest_command(order: PurchaseOrder) -> RemoteCommand | None:
    """The order's newest command, open or not."""
    return (
        RemoteCommand.objects.filter(subject=ORDER.subject(order))
        .select_related("person")
        .order_by("-id")
        .first()
    )


def may_undo(command: RemoteCommand, order: PurchaseOrder, person: User) -> bool:
    """Whoever gave it, or might have given it."""
    if command.kind not in UNDOABLE:
        return False
    if command.person_id == person.pk:
        return True
    if command.kind == "pay":
        return person.may(Right.PAY)
    return command.kind == "cancel" and may_cancel(order, person)


def undo_order(*, order: PurchaseOrder, by: User) -> RemoteCommand:
    """Take the order's queued command back. Raises UndoRefused, also when it is too late."""
    command = latest_command(order)
    if command is None or not may_undo(command, order, by):
        raise UndoRefused(_("There is nothing of yours to take back."))
    if command.state == CommandState.UNDONE:
        return command  # the same click again
    if not undo(command=command, by=by, reason=gettext_noop("Taken back.")):
        raise UndoRefused(too_late(command))
    command.refresh_from_db()
    record(ORDER.subject(order), SAID[command.kind], kind=EventKind.MONEY, by=by)
    return command


def too_late(command: RemoteCommand) -> str:
    """Why it cannot be taken back, and what can be done instead."""
    attempt = command.attempts.order_by("-number").first()
    if attempt is None:
        return _("It is just being sent, too late to take back.")
    seconds = max(1, int((clock.now() - attempt.opened_at).total_seconds()))
    ago = (
        _("Sent %(seconds)d s ago.") % {"seconds": seconds}
        if seconds < 120
        else _("Sent %(minutes)d min ago.") % {"minutes": seconds // 60}
    )
    instead = {
        "pay": _("Cancel the order instead?"),
        "cancel": _("The platform decides now."),
        "confirm": _("It cannot be undone."),
    }
    return f"{ago} {instead[command.kind]}"
