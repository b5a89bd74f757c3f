"""What a push about an order sets in motion: that order is read again through the signed client.

Pushes come in bursts: an order that was read a moment ago is read once more when the burst is over.
An order we do not know is looked for at that marketplace's sub-accounts, coalesced to one hurried
poll each, so that a forged flood starves nothing.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from accounts.models import SubAccount
from desk import clock
from gateway import doorbell
from gateway.choices import Channel
from gateway.models import SyncCursor
from procurement.models import PurchaseOrder
from procurement.services.polling import read_one
from xport.client.pushes import Push

HURRY_AT_MOST_EVERY = timedelta(seconds=30)
READ_AT_MOST_EVERY = timedelta(seconds=2)
READS_A_PUSH = 5


def handle(push: Push) -> str:
    """Re-read what the push names. A note for the inbox, "" when it names nothing."""
    refs = [ref for ref in push.order_refs if ref][:20]
    if not refs:
        return ""
    found = list(
        PurchaseOrder.objects.filter(marketplace=push.platform).filter(
            Q(remote_id__in=refs) | Q(order_no__in=refs) | Q(outer_id__in=refs)
        )[:READS_A_PUSH]
    )
    for order in found:
        _read(order)
    if found:
        return "read " + ", ".join(order.number for order in found)
    return f"unknown order; {_hurry(push.platform)} lists asked"


def _read(order: PurchaseOrder) -> None:
    """Now, or where it was read just now a little later, so that nothing new is missed."""
    now = clock.now()
    row = PurchaseOrder.objects.filter(pk=order.pk)
    if order.as_of <= now < order.as_of + READ_AT_MOST_EVERY:
        row.update(reread_at=order.as_of + READ_AT_MOST_EVERY)
        return
    row.update(reread_at=now)
    read_one(order.pk)


def _hurry(marketplace: str) -> int:
    """Bring forward the polls of a marketplace, each at most once in HURRY_AT_MOST_EVERY."""
    now = clock.now()
    asked = 0
    for account in SubAccount.objects.filter(is_active=True):
        if marketplace not in account.marketplaces:
            continue
        cursor, _ = SyncCursor.objects.get_or_create(
            sub_account=account, marketplace=marketplace, channel=Channel.ORDERS
        )
        won = (
            SyncCursor.objects.filter(pk=cursor.pk)
            .filter(Q(tried_at=None) | Q(tried_at__lt=now - HURRY_AT_MOST_EVERY))
            .update(tried_at=now, hurry=True)
        )
        if won:
            doorbell.ring_now("procurement.poll_cursor", account.pk, marketplace)
            asked += 1
    return asked
