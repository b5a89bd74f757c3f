"""The push inbox: store once, answer at once, process after commit.

Nothing says that pushes are signed, so nothing in one is believed: handlers re-read the order.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_noop

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
    """Store one message; None for a repeat. Malformed ones are kept shortened, unprocessed."""
    digest = hashlib.sha256(body).hexdigest()
    now = clock.now()
    fields: dict[str, object] = {"digest": digest, "received_at": now, "try_at": now}
    try:
        push = parse_push(body)
        fields |= {
            "body": _storable(body.decode()),
            "marketplace": push.platform,
            "type": _storable(push.type)[:80],
            "refs": [_storable(ref)[:80] for ref in push.order_refs],
        }
    except (BadPush, UnicodeDecodeError, RecursionError) as error:
        text = _storable(body[:KEPT_OF_NONSENSE].decode(errors="replace"))
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


def _storable(text: str) -> str:
    """Without what databases refuse in text: NUL, and halves of surrogate pairs from escapes."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "�")


def process(pk: int) -> str:
    """Let the handlers act on one message; its state afterwards ("" if it is not due)."""
    now = clock.now()
    claimed = PushMessage.objects.filter(pk=pk, state=PushState.NEW, try_at__lte=now).update(
        tries=F("tries") + 1, try_at=now + timedelta(minutes=2)
    )
    if not claimed:
        return ""
    message = PushMessage.objects.get(pk=pk)
    if message.tries > TRIES:  # its handlers raised each time; the poll finds what it was about
        _set(message, PushState.FAILED, gettext_noop("Processing broke off each time."))
        return PushState.FAILED
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


def process_again(pk: int) -> bool:
    """Put a processed or failed message back to be acted on; not one that cannot be read."""
    again = PushMessage.objects.filter(
        pk=pk, state__in=(PushState.DONE, PushState.IGNORED, PushState.FAILED)
    ).update(state=PushState.NEW, tries=0, try_at=clock.now(), note="", processed_at=None)
    if again:
        doorbell.ring("gateway.process_push", pk)
    return bool(again)


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
