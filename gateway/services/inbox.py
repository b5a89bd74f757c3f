"""The push inbox: store once, answer at once, process after commit.

Nothing says that pushes are signed, so nothing in one is believed: handlers re-read the order.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.choices import Marketplace
from desk import clock
from gateway import doorbell
from gateway.choices import Channel, PushState
from gateway.health import note_success
from gateway.models import PushMessage
from gateway.push_handlers import handlers
from xport.client import BadPush, ReadFailed
from xport.client.pushes import parse_push

log = structlog.get_logger(__name__)

LARGEST = 1024 * 1024
KEPT_OF_NONSENSE = 4096
TRIES = 6
AT_ONCE = 100


def receive(body: bytes) -> PushMessage | None:
    """Store one message; None for a repeat. Malformed ones are kept, shortened, and not processed."""
    digest = hashlib.sha256(body).hexdigest()
    now = clock.now()
    fields: dict[str, object] = {"digest": digest, "received_at": now, "try_at": now}
    try:
        push = parse_push(body)
        fields |= {
            "body": body.decode(),
            "marketplace": push.platform,
            "type": push.type[:80],
            "refs": list(push.order_refs),
        }
    except (BadPush, UnicodeDecodeError) as error:
        text = body[:KEPT_OF_NONSENSE].decode(errors="replace").replace("\x00", "�")
        fields |= {"body": text, "state": PushState.MALFORMED, "note": str(error)[:200]}
    try:
        with transaction.atomic():
            message = PushMessage.objects.create(**fields)
            if message.state == PushState.NEW:
                doorbell.ring("gateway.process_push", message.pk)
    except IntegrityError:
        PushMessage.objects.filter(digest=digest).update(repeats=F("repeats") + 1)
        return None
    return message


def process(pk: int) -> str:
    """Let the handlers act on one message; its state afterwards ("" if it is not due)."""
    now = clock.now()
    claimed = PushMessage.objects.filter(pk=pk, state=PushState.NEW, try_at__lte=now).update(
        tries=F("tries") + 1, try_at=now + timedelta(minutes=2)
    )
    if not claimed:
        return ""
    message = PushMessage.objects.get(pk=pk)
    push = parse_push(message.body.encode())
    if message.marketplace in Marketplace.values:
        note_success(message.marketplace, Channel.MESSAGES)
    try:
        notes = [note for handler in handlers if (note := handler(push))]
    except ReadFailed as failure:
        return _later(message, failure.sentence)
    state = PushState.DONE if notes else PushState.IGNORED
    _set(message, state, "; ".join(notes))
    return state


def sweep() -> int:
    """Ring for messages that are due: bells lost, reads that failed."""
    due = PushMessage.objects.filter(state=PushState.NEW, try_at__lte=clock.now())
    pks = list(due.order_by("id").values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        doorbell.ring_now("gateway.process_push", pk)
    return len(pks)


def _later(message: PushMessage, why: str) -> str:
    if message.tries >= TRIES:
        _set(message, PushState.FAILED, why)
        return PushState.FAILED
    PushMessage.objects.filter(pk=message.pk).update(
        try_at=clock.now() + timedelta(seconds=10 * 2**message.tries), note=why[:200]
    )
    return PushState.NEW


def _set(message: PushMessage, state: str, note: str) -> None:
    PushMessage.objects.filter(pk=message.pk).update(
        state=state, note=note[:200], processed_at=clock.now()
    )
