"""Reading one order again, now: the same path for a person's click, a worker and a push."""

from __future__ import annotations

from django.conf import settings

from desk import clock
from gateway.choices import Channel
from gateway.client import client_for
from gateway.health import note_failure, note_success
from procurement.marketplaces import port
from procurement.marketplaces.base import OrderRef, OrderSnapshot
from procurement.models import PurchaseOrder
from procurement.services.adopting import adopt
from xport.client import Client, ReadFailed


def ref_of(order: PurchaseOrder) -> OrderRef:
    """The ids under which the platform knows it."""
    lines = order.lines.values_list("remote_line_id", flat=True)
    return OrderRef(order.remote_id, order.order_no, order.outer_id, tuple(lines))


def read_order(
    *, order: PurchaseOrder, client: Client | None = None, deadline: float | None = None
) -> OrderSnapshot:
    """What the platform shows now, not yet adopted. Raises ReadFailed.

    Commands pass the client of whom they were sent as; else the order's sub-account asks.
    """
    try:
        snapshot = port(order.marketplace).read_order(
            client or client_for(order.sub_account),
            ref_of(order),
            deadline=deadline or settings.COMMAND_CALL_SECONDS,
        )
    except ReadFailed as failure:
        note_failure(order.marketplace, Channel.ORDERS, failure.sentence)
        raise
    note_success(order.marketplace, Channel.ORDERS)
    return snapshot


def read_now(*, order: PurchaseOrder, deadline: float | None = None) -> bool:
    """Read and adopt. True when anything changed. Raises ReadFailed."""
    return adopt(order=order, snapshot=read_order(order=order, deadline=deadline))


def reread_soon(order: PurchaseOrder) -> None:
    """Mark an order to be read by the next sweep."""
    PurchaseOrder.objects.filter(pk=order.pk).update(reread_at=clock.now())
