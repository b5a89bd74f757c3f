"""Goods received: our own count, correctable, never a side effect at the platform."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk.choices import EventKind
from desk.models.event import record
from procurement.models import GoodsReceipt, OrderLine, PurchaseOrder
from procurement.querysets import TO_RECEIVE, orders_of
from procurement.states import ORDER

MOST = 1_000_000  # pieces a line can hold
LONGEST_NOTE = 500


class ReceiptRefused(Exception):
    """Nothing was counted. `errors` maps line ids ("" for the whole, "note") to a sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def count_in(
    *, order: PurchaseOrder, by: User, counts: dict[int, int], note: str, token: str
) -> int:
    """Add counted pieces to lines (negative: a correction). Returns the pieces now received.

    `token` comes from the form: the same form sent twice counts once. A correction, and more than
    was ordered, need a note. Raises ReceiptRefused.
    """
    if not by.may(Right.RECEIVE) or not orders_of(by).filter(pk=order.pk).exists():
        raise ReceiptRefused({"": _("You may look, but not count goods in.")})
    if not token:
        raise ReceiptRefused({"": _("Open the form again and count once more.")})
    if GoodsReceipt.objects.filter(line__order=order, token__startswith=f"{token}:").exists():
        order.refresh_from_db()
        return order.received_count
    note = note.strip()
    lines = {line.pk: line for line in order.lines.all()}
    counts = {pk: count for pk, count in counts.items() if count and pk in lines}
    errors = _problems(order, lines, counts, note)
    if errors:
        raise ReceiptRefused(errors)
    try:
        with transaction.atomic():
            _write(order, by, lines, counts, note, token)
    except IntegrityError:
        pass  # the same form in another tab: it was counted there
    order.refresh_from_db()
    return order.received_count


def _problems(
    order: PurchaseOrder, lines: dict[int, OrderLine], counts: dict[int, int], note: str
) -> dict[str, str]:
    """What stands against these counts, a sentence a line."""
    if order.state not in TO_RECEIVE:
        return {"": _("Nothing of this order can have arrived yet.")}
    if not counts:
        return {"": _("Say how many pieces arrived.")}
    errors = {}
    for pk, count in counts.items():
        whole = lines[pk].received + count
        if whole < 0:
            errors[str(pk)] = _below_zero(lines[pk])
        elif whole > MOST:
            errors[str(pk)] = _("More than %(most)d pieces cannot be counted.") % {"most": MOST}
    if errors:
        return errors
    if len(note) > LONGEST_NOTE:
        return {"note": _("At most %(most)d characters.") % {"most": LONGEST_NOTE}}
    if not note and any(count < 0 for count in counts.values()):
        return {"note": _("Say why the count is corrected.")}
    over = [pk for pk, count in counts.items() if lines[pk].received + count > lines[pk].quantity]
    if not note and any(counts[pk] > 0 for pk in over):
        return {"note": _("More than was ordered: say what arrived.")}
    return {}


def _below_zero(line: OrderLine) -> str:
    return _("Only %(received)d are counted in; a count cannot fall below 0.") % {
        "received": line.received
    }


def _write(
    order: PurchaseOrder,
    by: User,
    lines: dict[int, OrderLine],
    counts: dict[int, int],
    note: str,
    token: str,
) -> None:
    """Receipts, sums and the event, all or none. Sums change by guarded updates only."""
    for pk, count in counts.items():
        GoodsReceipt.objects.create(
            line=lines[pk], quantity=count, by=by, note=note, token=f"{token}:{pk}"
        )
        moved = OrderLine.objects.filter(pk=pk, received__gte=-count).update(
            received=F("received") + count
        )
        if not moved:  # somebody corrected it meanwhile
            raise ReceiptRefused({str(pk): _below_zero(OrderLine.objects.get(pk=pk))})
    total = sum(counts.values())
    PurchaseOrder.objects.filter(pk=order.pk).update(received_count=F("received_count") + total)
    record(
        ORDER.subject(order),
        gettext_noop("Counted %(pieces)d pieces in.")
        if total >= 0
        else gettext_noop("Corrected the count by %(pieces)d pieces."),
        kind=EventKind.PARCEL,
        by=by,
        note=note,
        pieces=total,
    )
