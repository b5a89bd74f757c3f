"""Settling a command from an outcome or from what asking has shown. Each is one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.choices import EventKind, Source
from desk.models.event import record
from desk.services import tell
from gateway import doorbell
from gateway.choices import CommandState, Verdict
from gateway.choices import Outcome as Word
from gateway.kinds import kind_of
from gateway.models import CommandAttempt, RemoteCommand
from gateway.words import NOT_SENT
from xport.client import Done, NotSent, Outcome, Refused

log = structlog.get_logger(__name__)

BACKOFF = (5, 15, 30, 60, 120, 300)  # seconds until a command that was not sent is due again
MAY_STILL_SETTLE = (CommandState.SENDING, CommandState.UNKNOWN)


def settle(command: RemoteCommand, attempt: CommandAttempt, outcome: Outcome[Any]) -> str:
    """Conclude from one attempt's outcome; the state the command is in afterwards.

    The lease may have run out meanwhile. The command is then UNKNOWN under the same token, and
    a definite answer still settles it; under another token the answer is only kept, and an
    answer that contradicts what was concluded is logged as an alarm.
    """
    match outcome:
        case Done():
            done = finish(command, attempt.answer, token=attempt.lease_token)
            return CommandState.DONE if done else _late(command, attempt)
        case Refused(sentence=sentence):
            refused = close(
                command, CommandState.REFUSED, reason=sentence, token=attempt.lease_token
            )
            return CommandState.REFUSED if refused else _late(command, attempt)
        case NotSent(kind=why):
            put_back(command, reason=NOT_SENT[why])
        case _:
            to_unknown(command, reason=attempt.message)
    command.refresh_from_db(fields=["state"])
    return command.state


def finish(
    command: RemoteCommand,
    result: dict[str, Any],
    *,
    token: str | None = None,
    out_of: tuple[CommandState, ...] = MAY_STILL_SETTLE,
) -> bool:
    """It was done: close the command and move its subject, together. False: someone was first."""
    rows = RemoteCommand.objects.filter(pk=command.pk, state__in=out_of)
    if token is not None:
        rows = rows.filter(lease_token=token)
    with transaction.atomic():
        moved = rows.update(
            state=CommandState.DONE,
            result=result,
            settled_at=clock.now(),
            message="",
            verdict=Verdict.OPEN,
        )
        if not moved:
            return False
        command.refresh_from_db()
        kind_of(command).apply(command, result)
        _free_lane(command)
    kind_of(command).after_commit(command)
    return True


def close(
    command: RemoteCommand,
    state: CommandState,
    *,
    reason: str,
    token: str | None = None,
    verdict: Verdict | None = None,
    detail: dict[str, Any] | None = None,
) -> bool:
    """It was not done and will not be: close, and give the subject back. False: too late.

    `token` and `verdict`, where given, must still be the command's.
    """
    rows = RemoteCommand.objects.filter(pk=command.pk, state__in=MAY_STILL_SETTLE)
    if token is not None:
        rows = rows.filter(lease_token=token)
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    with transaction.atomic():
        moved = rows.update(
            state=state, settled_at=clock.now(), message=reason, result=detail or {}
        )
        if not moved:
            return False
        command.refresh_from_db()
        kind_of(command).give_back(command, reason=reason)
        _free_lane(command)
    return True


def put_back(command: RemoteCommand, *, reason: str) -> bool:
    """Nothing can have reached the platform: queue again with backoff. While a command is queued,
    `asked` counts how often in a row that happened."""
    wait = BACKOFF[min(command.asked, len(BACKOFF) - 1)]
    with transaction.atomic():
        moved = RemoteCommand.objects.filter(
            pk=command.pk, state__in=MAY_STILL_SETTLE, lease_token=command.lease_token
        ).update(
            state=CommandState.QUEUED,
            not_before=clock.now() + timedelta(seconds=wait),
            message=reason,
            lease_until=None,
            asked=F("asked") + 1,
            verdict=Verdict.OPEN,
        )
        if moved:
            _free_lane(command)
    return bool(moved)


def to_unknown(command: RemoteCommand, *, reason: str) -> bool:
    """The answer is lost. Never sent again from here; the resolver asks the platform."""
    first = clock.now() + timedelta(seconds=settings.RESOLVE_FIRST_SECONDS)
    with transaction.atomic():
        moved = RemoteCommand.objects.filter(
            pk=command.pk, state=CommandState.SENDING, lease_token=command.lease_token
        ).update(
            state=CommandState.UNKNOWN, ask_at=first, asked=0, message=reason, verdict=Verdict.OPEN
        )
        if moved:
            command.refresh_from_db()
            kind_of(command).unclear(command)
    return bool(moved)


def back_to_asking(command: RemoteCommand, *, reason: str) -> None:
    """A claimed repeat that had better not go: unclear again, as after its last attempt."""
    last = command.attempts.order_by("-number").first()
    if last is None:
        put_back(command, reason=reason)
        return
    with transaction.atomic():
        moved = RemoteCommand.objects.filter(
            pk=command.pk, state=CommandState.SENDING, lease_token=command.lease_token
        ).update(
            state=CommandState.UNKNOWN,
            lease_token=last.lease_token,
            ask_at=clock.now(),
            asked=0,
            message=reason,
        )
        if moved:
            command.refresh_from_db()
            kind_of(command).unclear(command)


def _free_lane(command: RemoteCommand) -> None:
    if command.lane:
        following = (
            RemoteCommand.objects.filter(lane=command.lane, state=CommandState.QUEUED)
            .exclude(pk=command.pk)
            .order_by("not_before")
            .values_list("pk", flat=True)
            .first()
        )
        if following:
            doorbell.ring("gateway.run_command", following)


def _late(command: RemoteCommand, attempt: CommandAttempt) -> str:
    """An answer after the fact: kept, and loud where it contradicts what was concluded.

    A command that was queued again meanwhile, and turns out to have been done, must not go again:
    it is settled from the late answer before any worker can claim it.
    """
    CommandAttempt.objects.filter(pk=attempt.pk).update(came_late=True)
    done = attempt.outcome == Word.DONE
    if done and finish(command, attempt.answer, out_of=(CommandState.QUEUED,)):
        return CommandState.DONE
    command.refresh_from_db()
    agrees = command.state == (CommandState.DONE if done else CommandState.REFUSED)
    if not agrees:
        raise_alarm(
            command,
            gettext_noop("A late answer contradicts what was concluded before."),
            outcome=attempt.outcome,
            request_id=attempt.request_id,
        )
    return command.state


def raise_alarm(command: RemoteCommand, text: str, **facts: Any) -> None:
    """What was concluded about a command turns out wrong: log, subject and settlers say so."""
    log.error(text, command=command.pk, state=command.state, **facts)
    with transaction.atomic():
        record(command.subject, text, kind=EventKind.MACHINE, source=Source.PLATFORM)
        for person in User.objects.who_may(Right.SETTLE_STUCK):
            tell(
                person=person,
                key=f"alarm:{command.pk}:{command.attempts.count()}",
                text=gettext_noop("What we concluded about something we sent was wrong; look."),
                url=f"/stuck/#command-{command.pk}",
            )
