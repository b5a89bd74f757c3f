"""Asking the platform what became of a command whose answer was lost.

Found settles at once. Absent counts only when the signed request can no longer be accepted, and
in two complete reads newer than that. Then a keyed create may go again with the same key; all
else goes to a person. A payment is never sent again from here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from desk import clock
from gateway import doorbell
from gateway.choices import CommandState, Outcome, Verdict
from gateway.client import client_for
from gateway.kinds import Absent, Found, Several, kind_of
from gateway.models import RemoteCommand
from gateway.services.settling import close, finish
from xport.client import ReadFailed

log = structlog.get_logger(__name__)

ASK_AGAIN = (5, 10, 20, 40, 60, 120, 300)  # seconds between two questions
READS_NEEDED = 2


def resolve(pk: int) -> str:
    """Ask once about one UNKNOWN command that is due. Returns its state afterwards ("" not due)."""
    command = _take_turn(pk)
    if command is None:
        return ""
    kept = _from_kept_attempt(command)
    if kept:
        return kept
    try:
        finding = kind_of(command).find(command, client_for(command.sub_account))
    except ReadFailed as failure:
        _note(command, message=failure.sentence)
        return CommandState.UNKNOWN
    match finding:
        case Found(result=result):
            finish(command, result)
        case Several(candidates=candidates):
            _to_person(command, Verdict.SEVERAL, candidates=candidates)
        case Absent(as_of=as_of):
            _count_absence(command, as_of)
    command.refresh_from_db()
    return command.state


def safe_from(command: RemoteCommand) -> datetime:
    """The moment after which the last attempt can no longer be accepted or still be unlisted."""
    last = command.attempts.order_by("-number").first()
    signed = last.signed_until if last else command.created_at
    return signed + timedelta(
        seconds=settings.SIGNATURE_WINDOW_SECONDS
        + settings.CLOCK_ERROR_SECONDS
        + settings.LIST_LAG_SECONDS
    )


def _take_turn(pk: int) -> RemoteCommand | None:
    """One resolver a question: pushing `ask_at` forward is the claim."""
    now = clock.now()
    command = (
        RemoteCommand.objects.select_related("sub_account", "person")
        .filter(pk=pk, state=CommandState.UNKNOWN, ask_at__lte=now)
        .first()
    )
    if command is None:
        return None
    wait = ASK_AGAIN[min(command.asked, len(ASK_AGAIN) - 1)]
    won = RemoteCommand.objects.filter(
        pk=pk, state=CommandState.UNKNOWN, ask_at=command.ask_at
    ).update(ask_at=now + timedelta(seconds=wait), asked=command.asked + 1)
    return command if won else None


def _from_kept_attempt(command: RemoteCommand) -> str:
    """Settle from our own rows where they already know: nothing left, or an answer was kept."""
    attempt = command.attempts.filter(lease_token=command.lease_token).order_by("-number").first()
    if attempt is None:
        # The lease ended before an attempt was written, and none can be written under it now.
        RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
            state=CommandState.QUEUED, not_before=clock.now(), message=""
        )
        doorbell.ring("gateway.run_command", command.pk)
        return CommandState.QUEUED
    if attempt.outcome == Outcome.DONE:
        finish(command, attempt.answer)
        return CommandState.DONE
    if attempt.outcome == Outcome.REFUSED:
        close(command, CommandState.REFUSED, reason=attempt.message)
        return CommandState.REFUSED
    return ""


def _count_absence(command: RemoteCommand, as_of: datetime) -> None:
    """Two complete reads, both started after the request could last be accepted."""
    if as_of <= safe_from(command) or (command.absent_at and as_of <= command.absent_at):
        return
    reads = command.absent_reads + 1
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
        absent_reads=reads, absent_at=as_of
    )
    if reads < READS_NEEDED:
        return
    if kind_of(command).keyed:
        send_again(command=command, by=None)
    else:
        _to_person(command, Verdict.NOT_DONE)


def _to_person(
    command: RemoteCommand, verdict: Verdict, *, candidates: list[dict[str, object]] | None = None
) -> None:
    first = command.verdict == Verdict.OPEN
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
        verdict=verdict, candidates=candidates or []
    )
    if first:
        _tell_settlers(command)


def _tell_settlers(command: RemoteCommand) -> None:
    from desk.services import tell

    for person in User.objects.filter(
        groups__permissions__codename="settle_stuck", is_active=True
    ).distinct():
        tell(
            person=person,
            key=f"stuck:{command.pk}",
            text=gettext_noop("Something sent to the platform needs your decision."),
            url=f"/stuck/#command-{command.pk}",
        )


def _note(command: RemoteCommand, *, message: str) -> None:
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(message=message)


def send_again(*, command: RemoteCommand, by: User | None) -> bool:
    """Queue again a command that the platform did not do. False: it is no longer unclear."""
    with transaction.atomic():
        moved = RemoteCommand.objects.filter(
            pk=command.pk, state=CommandState.UNKNOWN, absent_reads__gte=READS_NEEDED
        ).update(
            state=CommandState.QUEUED,
            not_before=clock.now(),
            verdict=Verdict.OPEN,
            absent_reads=0,
            absent_at=None,
        )
    if moved:
        doorbell.ring("gateway.run_command", command.pk)
        log.info("command sent again", command=command.pk, by=by.pk if by else None)
    return bool(moved)


def ask_now(*, command: RemoteCommand) -> None:
    """Bring the next question forward."""
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
        ask_at=clock.now()
    )
    doorbell.ring("gateway.resolve_command", command.pk)


def pick_candidate(*, command: RemoteCommand, number: int, by: User) -> bool:
    """A person says which candidate it was."""
    if not 0 <= number < len(command.candidates):
        return False
    log.info("candidate picked", command=command.pk, number=number, by=by.pk)
    return finish(command, command.candidates[number])


def give_up(*, command: RemoteCommand, by: User, note: str) -> bool:
    """Stop asking; the subject moves back. Only once the platform was shown not to have done it."""
    if command.verdict != Verdict.NOT_DONE:
        return False
    log.info("command given up", command=command.pk, by=by.pk)
    return close(command, CommandState.GIVEN_UP, reason=note)
