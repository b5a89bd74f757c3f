"""Sending a queued command: claim, re-check, read, attempt row, one call, settle.

Between every two steps the process may die. What the database then says, and what happens next:

    after the claim            SENDING, no attempt of this lease: the resolver sees nothing left
    after the attempt row      SENDING, attempt pending: UNKNOWN when the lease ends, then asked
    after the call             the same; the platform's own list shows what happened
    after the outcome is kept  the attempt has it; the command is settled from it by the resolver
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from desk import clock
from gateway.choices import CommandState
from gateway.choices import Outcome as Word
from gateway.client import client_for, seconds_until_up
from gateway.kinds import Doubt, NotYet, Stop, kind_of
from gateway.models import CommandAttempt, RemoteCommand
from gateway.services.settling import back_to_asking, close, put_back, settle, to_unknown
from xport.client import Client, Done, NotSent, Outcome, ReadFailed, Refused, Unknown, XportError

log = structlog.get_logger(__name__)

SIGN_WITHIN = timedelta(seconds=2)  # from opening the attempt to signing its call


def run_command(pk: int) -> str:
    """Send one command if it is due and free. Returns the state it is left in ("" if not due).

    Safe to call any number of times, from any number of workers.
    """
    try:
        command = claim(pk)
    except Exception as error:
        log.exception("command not claimed", command=pk)
        RemoteCommand.objects.filter(pk=pk, state=CommandState.QUEUED).update(
            not_before=clock.now() + timedelta(minutes=1),
            message=f"{type(error).__name__}: {error}"[:500],
        )
        return CommandState.QUEUED
    if command is None:
        return ""
    if command.state != CommandState.SENDING:
        return command.state
    try:
        client = client_for(command.sub_account)
        prepared = _prepare(command, client)
    except Stop as stop:
        close(command, CommandState.STOPPED, reason=str(stop), detail=stop.detail)
        return CommandState.STOPPED
    except Doubt as doubt:
        back_to_asking(command, reason=str(doubt))
        return CommandState.UNKNOWN
    except (ReadFailed, NotYet) as failure:
        put_back(command, reason=getattr(failure, "sentence", "") or str(failure))
        return CommandState.QUEUED
    except XportError as error:
        # Our own request is wrong, or the marketplace does not offer it: no try will mend that.
        close(command, CommandState.STOPPED, reason=str(error))
        return CommandState.STOPPED
    except Exception as error:
        log.exception("command not prepared", command=command.pk)
        put_back(command, reason=f"{type(error).__name__}: {error}"[:500])
        return CommandState.QUEUED
    attempt = _open_attempt(command, prepared)
    if attempt is None:
        return ""  # the lease ran out while reading; whoever has it now goes on
    try:
        outcome = _call(command, attempt, client)
    except XportError as error:
        outcome = NotSent(reason=str(error))
        _keep(attempt, outcome)
        close(command, CommandState.STOPPED, reason=str(error), token=attempt.lease_token)
        return CommandState.STOPPED
    _keep(attempt, outcome)
    try:
        return settle(command, attempt, outcome)
    except Exception as error:
        # The answer is kept; the resolver settles from it, and Stuck shows why it could not yet.
        log.exception("answer not applied", command=command.pk)
        to_unknown(command, reason=f"{type(error).__name__}: {error}"[:500])
        return CommandState.UNKNOWN


def claim(pk: int) -> RemoteCommand | None:
    """Take a due command with a lease, re-checking everything. None: not due or not free.

    A command that may no longer be sent comes back STOPPED, with its subject moved back.
    """
    now = clock.now()
    token = secrets.token_hex(16)
    with transaction.atomic():
        try:
            with transaction.atomic():
                taken = RemoteCommand.objects.filter(
                    pk=pk, state=CommandState.QUEUED, not_before__lte=now
                ).update(
                    state=CommandState.SENDING,
                    lease_token=token,
                    lease_until=now + timedelta(seconds=settings.COMMAND_LEASE_SECONDS),
                    absent_reads=0,
                    absent_at=None,
                )
        except IntegrityError:
            return None  # its lane is taken: one keyless create a seller at a time
        if not taken:
            return None
        command = RemoteCommand.objects.select_related("sub_account", "person").get(pk=pk)
        try:
            if command.sub_account.user_id != command.user_id:
                raise Stop(gettext_noop("The sub-account has another user-id now."))
            kind_of(command).recheck(command)
        except Stop as stop:
            close(command, CommandState.STOPPED, reason=str(stop), detail=stop.detail)
    return command


def _prepare(command: RemoteCommand, client: Client) -> dict[str, Any]:
    """Read what must be known right before sending; once more where reading took too long."""
    kind = kind_of(command)
    for _again in range(2):
        prepared = kind.prepare(command, client)
        if not kind.stale(command, prepared):
            return prepared
    raise NotYet(gettext_noop("The platform answers too slowly to send this safely."))


def _open_attempt(command: RemoteCommand, prepared: dict[str, Any]) -> CommandAttempt | None:
    """Write the attempt, if the lease is still ours and long enough for the call."""
    now = clock.now()
    signed_until = now + SIGN_WITHIN
    needed = signed_until + timedelta(seconds=settings.COMMAND_CALL_SECONDS)
    with transaction.atomic():
        ours = RemoteCommand.objects.filter(
            pk=command.pk,
            state=CommandState.SENDING,
            lease_token=command.lease_token,
            lease_until__gte=needed,
        ).update(prepared=prepared, send_by=signed_until)
        if not ours:
            return None
        command.prepared, command.send_by = prepared, signed_until
        return CommandAttempt.objects.create(
            command=command,
            number=command.attempts.count() + 1,
            lease_token=command.lease_token,
            opened_at=now,
            signed_until=signed_until,
        )


def _call(command: RemoteCommand, attempt: CommandAttempt, client: Client) -> Outcome[Any]:
    """The one call. A mark that the platform is down spares it."""
    waiting = seconds_until_up()
    if waiting:
        return NotSent(f"the platform is marked down for {waiting:.0f} s", "marked")
    return kind_of(command).send(
        command, client, send_by=_real(attempt.signed_until), deadline=settings.COMMAND_CALL_SECONDS
    )


def _real(moment: datetime) -> datetime:
    """Signing goes by the real clock, whatever the desk's clock has been moved to."""
    return timezone.now() + (moment - clock.now())


def _keep(attempt: CommandAttempt, outcome: Outcome[Any]) -> None:
    """Store what came back before anything is concluded from it."""
    attempt.ended_at = clock.now()
    attempt.request_id = getattr(outcome, "request_id", None) or ""
    match outcome:
        case Done(value=value):
            attempt.outcome = Word.DONE
            attempt.answer = kind_of(attempt.command).result(attempt.command, value)
        case Refused(code=code, message=message):
            attempt.outcome, attempt.code, attempt.message = Word.REFUSED, str(code), message
        case NotSent(reason=reason):
            attempt.outcome, attempt.message = Word.NOT_SENT, reason
        case Unknown(reason=reason):
            attempt.outcome, attempt.message = Word.UNKNOWN, reason
    attempt.save()
