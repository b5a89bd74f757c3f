"""Parcels: reading tracks of what is on the way, and flagging the silent ones."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from desk import clock
from desk.choices import EventKind, Source
from desk.models.event import record
from gateway import doorbell
from gateway.choices import Channel
from gateway.client import client_for
from gateway.health import note_failure, note_success
from procurement.choices import OrderState, ParcelState
from procurement.marketplaces import port
from procurement.marketplaces.base import ParcelSnapshot
from procurement.models import Parcel, ParcelEvent, PurchaseOrder
from procurement.services.reading import ref_of
from procurement.states import ORDER
from xport.client import ReadFailed

log = structlog.get_logger(__name__)

ON_THE_WAY = (OrderState.PAID, OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)
AT_ONCE = 60


def start_reading() -> int:
    """Ring for every order on the way whose parcels were not read lately; how many."""
    old = clock.now() - timedelta(seconds=settings.POLL_PARCELS_SECONDS)
    due = (
        PurchaseOrder.objects.filter(state__in=ON_THE_WAY[1:])
        .filter(Q(parcels_at=None) | Q(parcels_at__lt=old))
        .order_by("parcels_at")
    )
    pks = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        doorbell.ring_now("procurement.read_parcels", pk)
    return len(pks)


def read_parcels(*, order: PurchaseOrder, deadline: float | None = None) -> int:
    """Read an order's tracks now; how many new scans. Raises ReadFailed."""
    try:
        parcels = port(order.marketplace).parcels(
            client_for(order.sub_account),
            ref_of(order),
            deadline=deadline or settings.COMMAND_CALL_SECONDS,
        )
    except ReadFailed as failure:
        note_failure(order.marketplace, Channel.PARCELS, failure.sentence)
        raise
    note_success(order.marketplace, Channel.PARCELS)
    with transaction.atomic():
        new = sum(take_in(order=order, snapshot=parcel) for parcel in parcels)
        _flag_silence(order)
    return new


def take_in(*, order: PurchaseOrder, snapshot: ParcelSnapshot) -> int:
    """One parcel's track. Carriers repeat and reorder scans: each is stored once."""
    parcel, created = Parcel.objects.get_or_create(
        order=order,
        tracking_no=snapshot.tracking_no,
        defaults={"carrier": snapshot.carrier[:60], "as_of": snapshot.as_of},
    )
    if not created and snapshot.as_of < parcel.as_of:
        return 0
    known = set(parcel.events.values_list("at", "text"))
    scans = {(scan.at, scan.text[:300]): scan for scan in snapshot.scans}
    fresh = [key for key in scans if key not in known]
    ParcelEvent.objects.bulk_create(
        [
            ParcelEvent(parcel=parcel, at=at, text=text, place=scans[at, text].place[:80])
            for at, text in fresh
        ],
        ignore_conflicts=True,
    )
    last = max(scans, default=None)
    was = parcel.state
    state = snapshot.state or parcel.state
    if was == ParcelState.DELIVERED:
        state = was  # a late scan does not take a delivery back
    delivered_at = parcel.delivered_at or (
        last[0] if last and state == ParcelState.DELIVERED else None
    )
    Parcel.objects.filter(pk=parcel.pk).update(
        state=state,
        carrier=(snapshot.carrier or parcel.carrier)[:60],
        remote_status=snapshot.remote_status[:40],
        pieces=snapshot.pieces or parcel.pieces,
        last_event_at=last[0] if last else parcel.last_event_at,
        last_event=last[1] if last else parcel.last_event,
        delivered_at=delivered_at,
        as_of=snapshot.as_of,
    )
    if state != was and state in (ParcelState.DELIVERED, ParcelState.PROBLEM):
        _tell(order, snapshot, state)
    return len(fresh)


def _tell(order: PurchaseOrder, snapshot: ParcelSnapshot, state: str) -> None:
    record(
        ORDER.subject(order),
        gettext_noop("Parcel %(number)s was delivered to the warehouse.")
        if state == ParcelState.DELIVERED
        else gettext_noop("The carrier reports a problem with parcel %(number)s."),
        kind=EventKind.PARCEL,
        source=Source.PLATFORM,
        number=snapshot.tracking_no,
    )


def _flag_silence(order: PurchaseOrder) -> None:
    """Silent: on the way, and nothing moved for SILENT_PARCEL_HOURS."""
    now = clock.now()
    limit = now - timedelta(hours=settings.SILENT_PARCEL_HOURS)
    open_parcels = [p for p in order.parcels.all() if p.state != ParcelState.DELIVERED]
    heard = [p.last_event_at or order.shipped_at or p.as_of for p in open_parcels]
    silent = min((at for at in heard if at < limit), default=None)
    PurchaseOrder.objects.filter(pk=order.pk).update(parcels_at=now, silent_since=silent)
