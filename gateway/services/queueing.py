"""Queueing commands, and taking them back while that is still cheap."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import SubAccount, User
from desk import clock
from gateway import doorbell
from gateway.choices import CommandState
from gateway.kinds import kind_of
from gateway.models import RemoteCommand


class Duplicate(Exception):
    """The key was used before, or the subject already has an open command. `existing` is it."""

    def __init__(self, existing: RemoteCommand | None) -> None:
        super().__init__(str(existing))
        self.existing = existing


def fingerprint(payload: Any) -> str:
    """Digest of JSON data, the same for equal content in any order of keys."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def queue(
    *,
    key: str,
    kind: str,
    subject: str,
    marketplace: str,
    sub_account: SubAccount,
    by: User | None,
    payload: dict[str, Any],
    lane: str = "",
    wait_seconds: float | None = None,
    ring: bool = True,
) -> RemoteCommand:
    """Write a command in the caller's transaction and ring after commit (`ring` False: the
    caller runs it itself, at once).

    `wait_seconds` is the undo window (settings.UNDO_SECONDS by default). Raises Duplicate
    when the key or the subject is taken; the caller's transaction stays usable.
    """
    wait = settings.UNDO_SECONDS if wait_seconds is None else wait_seconds
    now = clock.now()
    try:
        with transaction.atomic():
            command = RemoteCommand.objects.create(
                key=key,
                kind=kind,
                subject=subject,
                lane=lane,
                marketplace=marketplace,
                sub_account=sub_account,
                user_id=sub_account.user_id,
                person=by,
                payload=payload,
                fingerprint=fingerprint(payload),
                created_at=now,
                not_before=now + timedelta(seconds=wait),
            )
    except IntegrityError:
        taken = RemoteCommand.objects.filter(key=key).first()
        raise Duplicate(taken or open_command(subject)) from None
    if ring:
        doorbell.ring("gateway.run_command", command.pk)
    return command


def open_command(subject: str) -> RemoteCommand | None:
    """The subject's open command, if it has one."""
    return RemoteCommand.objects.filter(
        subject=subject, state__in=(CommandState.QUEUED, CommandState.SENDING, CommandState.UNKNOWN)
    ).first()


def undo(*, command: RemoteCommand, by: User | None, reason: str) -> bool:
    """Take a command back before it is claimed. False: too late, a worker has it."""
    with transaction.atomic():
        taken_back = RemoteCommand.objects.filter(pk=command.pk, state=CommandState.QUEUED).update(
            state=CommandState.UNDONE, settled_at=clock.now(), message=reason
        )
        if not taken_back:
            return False
        command.refresh_from_db()
        kind_of(command).give_back(command, reason=reason)
    return True
