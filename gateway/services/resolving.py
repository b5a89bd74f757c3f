"""Asking the platform what became of a command whose answer was lost.

Found settles at once. Absent counts only when the signed request can no longer be accepted, and
in two complete reads newer than that. Then a keyed create may go again with the same key; all
else goes to a person. A payment is never sent again from here. What was given up stays watched.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.choices import EventKind
from desk.models.event import record
from desk.services import tell
from gateway import doorbell
from gateway.choices import CommandState, Outcome, Verdict
from gateway.client import client_for
from gateway.kinds import Absent, Found, Several, kind_of
from gateway.models import RemoteCommand
from gateway.services.settling import close, finish, put_back, raise_alarm
from xport.client import ReadFailed

log = structlog.get_logger(__name__)

WATCH_EVERY = timedelta(hours=1)
WATCH_FOR = timedelta(days=3)
ASK_AGAIN = (5, 10, 20, 40, 60, 120, 300)  # seconds between two questions
READS_NEEDED = 2
TELL_AFTER = 5  # questions that failed for a reason of ours


class MayNotSettle(PermissionError):
    """It is not this person's to settle; the text says so."""


class CannotSettle(ValueError):
    """The choice is not (any more) one of the legal ones; the text says why."""


def resolve(pk: int) -> str:
    """Ask once about one UNKNOWN command that is due. Returns its state afterwards ("" not due)."""
    command = _take_turn(pk)
    if command is None:
        return ""
    try:
        return _from_kept_attempt(command) or _ask(command)
    except Exception as error:
        # Never silent: the card on Stuck shows it, and after some tries somebody is told.
        log.exception("command not resolved", command=command.pk)
        _note(command, message=f"{type(error).__name__}: {error}"[:500])
        if command.asked + 1 == TELL_AFTER:
            _tell_settlers(command, Verdict.OPEN)
        return CommandState.UNKNOWN


def _ask(command: RemoteCommand) -> str:
    try:
        client = client_for(command.sub_account).as_user(command.user_id)
        finding = kind_of(command).find(command, client)
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
        RemoteCommand.objects.filter(
            pk=command.pk, state=CommandState.UNKNOWN, lease_token=command.lease_token
        ).update(state=CommandState.QUEUED, not_before=clock.now(), asked=0)
        doorbell.ring("gateway.run_command", command.pk)
        return CommandState.QUEUED
    if attempt.outcome == Outcome.NOT_SENT:
        put_back(command, reason=attempt.message)
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
        _queue_again(command)
    else:
        _to_person(command, Verdict.NOT_DONE)


def _to_person(
    command: RemoteCommand, verdict: Verdict, *, candidates: list[dict[str, Any]] | None = None
) -> None:
    """Candidates are no absence: what was counted before them counts no longer."""
    values: dict[str, Any] = {"verdict": verdict, "candidates": candidates or []}
    if verdict == Verdict.SEVERAL:
        values |= {"absent_reads": 0, "absent_at": None}
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(**values)
    if command.verdict != verdict:
        _tell_settlers(command, verdict)


def _tell_settlers(command: RemoteCommand, verdict: Verdict) -> None:
    for person in User.objects.who_may(Right.SETTLE_STUCK):
        tell(
            person=person,
            key=f"stuck:{command.pk}:{verdict}",
            text=gettext_noop("Something sent to the platform needs your decision."),
            url=f"/stuck/#command-{command.pk}",
        )


def _note(command: RemoteCommand, *, message: str) -> None:
    RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(message=message)


# --- what a person may decide; each checks the right itself ---------------------------------------


def ask_now(*, command: RemoteCommand, by: User) -> None:
    """Bring the next question forward. Raises MayNotSettle."""
    _check(by)
    with transaction.atomic():
        brought = RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
            ask_at=clock.now()
        )
        if not brought:
            raise CannotSettle(_("It is settled already."))
        _tell_of(command, gettext_noop("Asked the platform again."), by)
        doorbell.ring("gateway.resolve_command", command.pk)


def send_again(*, command: RemoteCommand, by: User, note: str = "") -> None:
    """Queue again what the platform was shown not to have done; checked again before it is sent.

    Raises MayNotSettle, CannotSettle.
    """
    _check(by)
    with transaction.atomic():
        if not _queue_again(command, verdict=Verdict.NOT_DONE):
            raise CannotSettle(
                _("It may be sent again only once the platform was shown not to have done it.")
            )
        _tell_of(command, gettext_noop("Decided to send it again."), by, note)


def pick_candidate(*, command: RemoteCommand, remote_ids: list[str], by: User, note: str) -> None:
    """A person says which of the platform's orders it was, by their ids there, so that a list that
    moved meanwhile cannot put another in its place. Raises MayNotSettle, CannotSettle."""
    _check(by)
    note = _needed(note)
    with transaction.atomic():
        command.refresh_from_db()
        picked = next((c for c in command.candidates if c.get("remote_ids") == remote_ids), None)
        if command.verdict != Verdict.SEVERAL or picked is None:
            raise CannotSettle(_("The choice has changed meanwhile. Look again."))
        if not finish(command, picked, out_of=(CommandState.UNKNOWN,)):
            raise CannotSettle(_("It is settled already."))
        _tell_of(command, gettext_noop("Picked which order at the platform it was."), by, note)


def rule_out(*, command: RemoteCommand, remote_ids: list[str], by: User, note: str) -> None:
    """A person says that none of these is it: they are not taken for it again, and the platform is
    asked on. Raises MayNotSettle, CannotSettle."""
    _check(by)
    note = _needed(note)
    with transaction.atomic():
        command.refresh_from_db()
        shown = {one for c in command.candidates for one in c.get("remote_ids", ())}
        if command.verdict != Verdict.SEVERAL or shown != set(remote_ids):
            raise CannotSettle(_("The choice has changed meanwhile. Look again."))
        ruled_out = sorted({*command.ruled_out, *remote_ids})
        RemoteCommand.objects.filter(pk=command.pk, state=CommandState.UNKNOWN).update(
            ruled_out=ruled_out, candidates=[], verdict=Verdict.OPEN, ask_at=clock.now()
        )
        _tell_of(command, gettext_noop("Said that none of the platform's orders was it."), by, note)
        doorbell.ring("gateway.resolve_command", command.pk)


def give_up(*, command: RemoteCommand, by: User, note: str) -> None:
    """Stop asking; the subject moves back. Only once the platform was shown not to have done it,
    and with a note. It stays watched. Raises MayNotSettle, CannotSettle."""
    _check(by)
    note = _needed(note)
    with transaction.atomic():
        if not close(command, CommandState.GIVEN_UP, reason=note, verdict=Verdict.NOT_DONE):
            raise CannotSettle(
                _("It can be given up only once the platform was shown not to have done it.")
            )
        RemoteCommand.objects.filter(pk=command.pk).update(ask_at=clock.now() + WATCH_EVERY)
        _tell_of(command, gettext_noop("Gave it up."), by, note)


def _check(by: User) -> None:
    if not by.may(Right.SETTLE_STUCK):
        raise MayNotSettle(_("Only finance and admins decide about what is stuck."))


def _needed(note: str) -> str:
    if not note.strip():
        raise CannotSettle(_("Write a note: what makes you sure?"))
    return note.strip()[:2000]


def _tell_of(command: RemoteCommand, text: str, by: User, note: str = "") -> None:
    log.info("stuck command settled by hand", command=command.pk, by=by.pk, what=text)
    record(command.subject, text, kind=EventKind.DECISION, by=by, note=note)


def _queue_again(command: RemoteCommand, verdict: Verdict | None = None) -> bool:
    """Back into the queue, from where the claim checks everything again. False: it may not."""
    rows = RemoteCommand.objects.filter(
        pk=command.pk, state=CommandState.UNKNOWN, absent_reads__gte=READS_NEEDED
    )
    if verdict is not None:
        rows = rows.filter(verdict=verdict)
    moved = rows.update(
        state=CommandState.QUEUED,
        not_before=clock.now(),
        verdict=Verdict.OPEN,
        absent_reads=0,
        absent_at=None,
        asked=0,
        message="",
    )
    if moved:
        doorbell.ring("gateway.run_command", command.pk)
        log.info("command queued again", command=command.pk)
    return bool(moved)


# --- what was given up ----------------------------------------------------------------------------


def watch(pk: int) -> bool:
    """Ask once more about a given-up command that is due. True: it had been done after all."""
    now = clock.now()
    command = (
        RemoteCommand.objects.select_related("sub_account")
        .filter(pk=pk, state=CommandState.GIVEN_UP, ask_at__lte=now)
        .first()
    )
    if command is None or command.settled_at is None:
        return False
    over = now - command.settled_at > WATCH_FOR
    newer = RemoteCommand.objects.filter(subject=command.subject, pk__gt=command.pk).exists()
    RemoteCommand.objects.filter(pk=pk).update(ask_at=None if over or newer else now + WATCH_EVERY)
    if newer:
        return False  # whatever the platform shows now may be the newer command's
    try:
        client = client_for(command.sub_account).as_user(command.user_id)
        finding = kind_of(command).find(command, client)
    except ReadFailed:
        return False
    if not isinstance(finding, Found):
        return False
    RemoteCommand.objects.filter(pk=pk).update(ask_at=None)
    raise_alarm(command, gettext_noop("It was given up, but the platform did it after all."))
    return True
