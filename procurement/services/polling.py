"""Polling order lists: one cursor a sub-account and marketplace, moved only by complete passes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db.models import Q

from accounts.models import SubAccount
from desk import clock
from gateway import doorbell
from gateway.choices import Channel, CommandState
from gateway.client import client_for
from gateway.health import note_failure, note_success
from gateway.models import RemoteCommand, SyncCursor
from procurement.choices import OrderState
from procurement.marketplaces import port, ports
from procurement.marketplaces.base import OrderSnapshot
from procurement.models import PurchaseOrder
from procurement.services.adopting import adopt
from procurement.services.making import adopt_outside
from procurement.services.reading import read_now
from xport.client import ReadFailed

log = structlog.get_logger(__name__)

OVERLAP = timedelta(minutes=10)  # lists lag and clocks differ
FIRST_LOOK = timedelta(days=30)
LOCK = timedelta(minutes=3)
PAGE = 20
MOST_PAGES = 500
REREADS = 40


def start_polls() -> int:
    """Ring once for every active sub-account and marketplace; how many."""
    rings = 0
    for account in SubAccount.objects.filter(is_active=True):
        for slug in account.marketplaces:
            if slug in ports():
                doorbell.ring_now("procurement.poll_cursor", account.pk, slug)
                rings += 1
    return rings


def poll(*, sub_account: SubAccount, marketplace: str) -> int:
    """One pass over what changed. Returns rows changed; -1 when another poller is at it.

    A failing sub-account records its error and stops no other.
    """
    cursor, _ = SyncCursor.objects.get_or_create(
        sub_account=sub_account, marketplace=marketplace, channel=Channel.ORDERS
    )
    if not _lock(cursor):
        return -1
    started = clock.now()
    try:
        changed, complete, position = _pass(cursor, sub_account, started)
    except ReadFailed as failure:
        note_failure(marketplace, Channel.ORDERS, failure.sentence)
        SyncCursor.objects.filter(pk=cursor.pk).update(
            error=failure.sentence[:300],
            failing_since=cursor.failing_since or started,
            locked_until=None,
            tried_at=started,
        )
        return 0
    note_success(marketplace, Channel.ORDERS)
    values = {"tried_at": started, "error": "", "failing_since": None, "locked_until": None}
    rows = SyncCursor.objects.filter(pk=cursor.pk, lock_token=cursor.lock_token)
    if complete:
        values |= {"completed_at": clock.now(), "changed": changed, "hurry": False, "odd": ""}
        # Not where `look_back` has moved it meanwhile: that part has not been read again yet.
        rows.filter(position=cursor.position).update(position=position)
    rows.update(**values)
    return changed


def _lock(cursor: SyncCursor) -> bool:
    now = clock.now()
    cursor.lock_token = secrets.token_hex(8)
    return bool(
        SyncCursor.objects.filter(pk=cursor.pk)
        .filter(Q(locked_until=None) | Q(locked_until__lt=now))
        .update(locked_until=now + LOCK, lock_token=cursor.lock_token)
    )


def _pass(
    cursor: SyncCursor, sub_account: SubAccount, started: datetime
) -> tuple[int, bool, datetime]:
    """Read every page of the window; complete only when the total stood still and every order was
    taken in. The third is where the cursor may move to, by the platform's clock."""
    since = (cursor.position or clock.now() - FIRST_LOOK) - OVERLAP
    client = client_for(sub_account)
    changed, total, complete = 0, None, True
    odd: list[str] = []
    for number in range(1, MOST_PAGES + 1):
        page = port(cursor.marketplace).list_orders(
            client,
            page=number,
            size=PAGE,
            changed_from=since,
            deadline=settings.COMMAND_CALL_SECONDS,
        )
        complete = complete and (total is None or total == page.total)
        total = page.total
        for snapshot in page.orders:
            changed += bool(_take_in_or_note(cursor, sub_account, snapshot, odd))
        if not page.has_more:
            complete = complete and not odd
            return changed, complete, started + timedelta(seconds=client.clock_offset)
    return changed, False, started


def _take_in_or_note(
    cursor: SyncCursor, sub_account: SubAccount, snapshot: OrderSnapshot, odd: list[str]
) -> bool | None:
    """One odd order stops no other: it is named on the cursor, and the pass is not complete."""
    try:
        return take_in(sub_account=sub_account, snapshot=snapshot)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        log.exception("order not taken in", order=snapshot.remote_id)
        odd.append(snapshot.remote_id)
        SyncCursor.objects.filter(pk=cursor.pk).update(
            odd=f"{snapshot.remote_id}: {type(error).__name__}"[:300]
        )
        return None


def take_in(*, sub_account: SubAccount, snapshot: OrderSnapshot) -> bool | None:
    """Adopt one listed order. None: it may be one that we are placing right now, so not yet; once
    that is settled, `look_back` has it read again."""
    order = PurchaseOrder.objects.filter(
        marketplace=snapshot.marketplace, remote_id=snapshot.remote_id
    ).first()
    if order is None:
        if _may_be_being_placed(sub_account, snapshot):
            return None
        order = adopt_outside(sub_account=sub_account, snapshot=snapshot)
    return adopt(order=order, snapshot=snapshot)


def _may_be_being_placed(sub_account: SubAccount, snapshot: OrderSnapshot) -> bool:
    """An unknown order, while a place command of ours is under way, is left to that command."""
    placing = RemoteCommand.objects.filter(
        kind__in=("place", "place_keyed"),
        sub_account=sub_account,
        marketplace=snapshot.marketplace,
        state__in=(CommandState.SENDING, CommandState.UNKNOWN),
    )
    if snapshot.placed_at:
        offset = timedelta(seconds=client_for(sub_account).clock_offset)
        placing = placing.filter(created_at__lte=snapshot.placed_at - offset + OVERLAP)
    return placing.exists()


def look_back(*, sub_account: SubAccount, marketplace: str, to: datetime) -> None:
    """Let the next poll read from a moment again: what was left to a place command until it was
    settled is then taken in."""
    SyncCursor.objects.filter(
        sub_account=sub_account, marketplace=marketplace, channel=Channel.ORDERS, position__gt=to
    ).update(position=to)


def reread_due(now: datetime | None = None) -> int:
    """Ring for orders whose re-reading is due; how many."""
    due = PurchaseOrder.objects.filter(reread_at__lte=now or clock.now()).order_by("reread_at")
    pks = list(due.values_list("pk", flat=True)[:REREADS])
    for pk in pks:
        doorbell.ring_now("procurement.read_order", pk)
    return len(pks)


def read_one(pk: int) -> bool:
    """Read one order and adopt it, unless somebody just did. Failures wait for the next try."""
    now = clock.now()
    order = PurchaseOrder.objects.select_related("sub_account").filter(pk=pk).first()
    if order is None:
        return False
    # Moving the due time is the claim: two bells for one order make one call.
    won = PurchaseOrder.objects.filter(pk=pk, reread_at=order.reread_at).update(
        reread_at=now + timedelta(seconds=60)
    )
    if not won:
        return False
    try:
        changed = read_now(order=order)
    except ReadFailed as failure:
        log.info("order not read", order=pk, why=failure.sentence)
        return False
    return changed


def open_orders() -> int:
    """Mark open orders for re-reading where the list cannot be filtered by change."""
    slugs = [slug for slug, one in ports().items() if not one.list_by_change]
    ended = (OrderState.CANCELLED, OrderState.CLOSED, OrderState.COMPLETED)
    return (
        PurchaseOrder.objects.filter(marketplace__in=slugs, reread_at=None)
        .exclude(state__in=ended)
        .update(reread_at=clock.now())
    )
