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


class ReceiptRefused(Exception):
    """Nothing was counted. `errors` maps line ids ("" for the whole) to a sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def count_in(
    *, order: PurchaseOrder, by: User, counts: dict[int, int], note: str, token: str
) -> int:
    """Add counted pieces to lines (negative: a correction). Returns the pieces now received.

    `token` comes from the form: the same form sent twice counts once. Raises ReceiptRefused.
    """
    if not by.may(Right.RECEIVE) or not orders_of(by).filter(pk=order.pk).exists():
        raise ReceiptRefused({"": _("You may look, but not count goods in.")})
    if order.state not in TO_RECEIVE:
        raise ReceiptRefused({"": _("Nothing of this order can have arrived yet.")})
    lines = {line.pk: line for line in order.lines.all()}
    counts = {pk: count for pk, count in counts.items() if count and pk in lines}
    if not counts:
        raise ReceiptRefused({"": _("Say how many pieces arrived.")})
    errors = {
        str(pk): _("That would make %(sum)d of %(ordered)d; a count cannot fall below 0.")
        % {"sum": lines[pk].received + count, "ordered": lines[pk].quantity}
        for pk, count in counts.items()
        if lines[pk].received + count < 0 or abs(count) > 1_000_000
    }
    if errors:
        raise ReceiptRefused(errors)
    try:
        with transaction.atomic():
            for pk, count in counts.items():
                GoodsReceipt.objects.create(
                    line=lines[pk], quantity=count, by=by, note=note[:500], token=f"{token}:{pk}"
                )
                OrderLine.objects.filter(pk=pk).update(received=F("received") + count)
            total = sum(counts.values())
            PurchaseOrder.objects.filter(pk=order.pk).update(
                received_count=F("received_count") + total
            )
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
    except IntegrityError:
        pass  # the same form again: it was counted the first time
    order.refresh_from_db()
    return order.received_count
