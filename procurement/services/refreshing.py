"""“Read again”: an order and its parcels read at a person's click, within what a page may wait.

What could not be read in time is marked to be read soon and the bell is rung: a click is never
lost. The reading itself is `reading` and `tracking`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from gateway import doorbell
from procurement.marketplaces.base import Deadline
from procurement.models import PurchaseOrder
from procurement.services.reading import read_now, reread_soon
from procurement.services.tracking import ON_THE_WAY, read_parcels
from xport.client import ReadFailed

LEAST = 0.3  # seconds; with less left, a call is not worth starting
MOST = 100  # orders a click may ask for


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one order again brought. `failure` is a sentence, "" when it was read;
    `queued` says that it will be read by itself."""

    order: PurchaseOrder
    changed: bool = False
    failure: str = ""
    queued: bool = False

    @property
    def sentence(self) -> str:
        if self.failure:
            return _(self.failure)
        if self.queued:
            return _("Will be read in a moment.")
        return _("Read; something changed.") if self.changed else _("Read; nothing changed.")


def read_again(*, order: PurchaseOrder, seconds: float | None = None) -> Reading:
    """Read one order and, where it is on the way, its parcels. Never raises for the platform."""
    left = Deadline(settings.XPORT_PAGE_SECONDS if seconds is None else seconds)
    try:
        changed = read_now(order=order, deadline=left.left)
        order.refresh_from_db()
        if order.state in ON_THE_WAY and left.left > LEAST:
            changed |= bool(read_parcels(order=order, deadline=left.left))
            order.refresh_from_db()
    except ReadFailed as failure:
        _later(order)
        return Reading(order, failure=failure.sentence, queued=True)
    return Reading(order, changed=changed)


def read_many(*, orders: Iterable[PurchaseOrder], seconds: float | None = None) -> list[Reading]:
    """Read as many as fit into the page's time, in the order given; the rest soon."""
    left = Deadline(settings.XPORT_PAGE_SECONDS if seconds is None else seconds)
    readings = []
    for order in list(orders)[:MOST]:
        if left.left > LEAST:
            readings.append(read_again(order=order, seconds=left.left))
        else:
            _later(order)
            readings.append(Reading(order, queued=True))
    return readings


def _later(order: PurchaseOrder) -> None:
    reread_soon(order)
    doorbell.ring("procurement.read_order", order.pk)
