"""What Stuck shows: unclear commands as cards with their evidence and legal choices, commands that
cannot leave, and what failed lately. Reads only; choices are in services.resolving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Marketplace
from accounts.models import User
from desk import clock
from desk.formats import exact_text, until_text
from gateway.choices import CommandState, Outcome, Verdict
from gateway.models import CommandAttempt, RemoteCommand
from gateway.services.resolving import safe_from
from gateway.slots import About, CandidateWords, Failed, about, about_candidate, failed_things

MOST = 100
FAILED_DAYS = 14
LONG_QUEUED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of what we sent or saw."""

    at: datetime
    words: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One unclear command. `sentence` says what we know, `next` what we do, `choices` what is
    legal now; `for_it` holds terms for machines."""

    command: RemoteCommand
    about: About
    sentence: str
    asked: str
    next: str
    evidence: list[Evidence]
    candidates: list[CandidateWords]
    for_it: list[tuple[str, str]]

    @property
    def decided_by_person(self) -> bool:
        return self.command.verdict != Verdict.OPEN

    @property
    def not_done(self) -> bool:
        return self.command.verdict == Verdict.NOT_DONE

    @property
    def several(self) -> bool:
        return self.command.verdict == Verdict.SEVERAL


def cards() -> list[Card]:
    """Unclear commands; what needs a person first, then the oldest."""
    rows = (
        RemoteCommand.objects.filter(state=CommandState.UNKNOWN)
        .select_related("sub_account", "person")
        .prefetch_related("attempts")
        .order_by("id")[:MOST]
    )
    return sorted((_card(row) for row in rows), key=lambda card: not card.decided_by_person)


def waiting_long() -> list[tuple[RemoteCommand, About]]:
    """Commands that should have left by now and could not, with the reason in `message`."""
    rows = RemoteCommand.objects.filter(
        state=CommandState.QUEUED, created_at__lt=clock.now() - LONG_QUEUED
    )
    return [(row, about(row)) for row in rows.order_by("id")[:MOST]]


def failed_lately(person: User) -> list[Failed]:
    """What was refused or failed in the last FAILED_DAYS days, newest first."""
    since = clock.now() - timedelta(days=FAILED_DAYS)
    found = [row for provider in failed_things for row in provider(person, since)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:MOST]


def needing_a_person() -> int:
    """How many unclear commands wait for somebody's choice."""
    return (
        RemoteCommand.objects.filter(state=CommandState.UNKNOWN)
        .exclude(verdict=Verdict.OPEN)
        .count()
    )


def where(command: RemoteCommand) -> str:
    """The marketplace's name."""
    return str(Marketplace(command.marketplace).label)


def _card(command: RemoteCommand) -> Card:
    words = about(command)
    return Card(
        command=command,
        about=words,
        sentence=_("We sent %(what)s to %(where)s and got no answer.")
        % {"what": words.sent, "where": where(command)},
        asked=_asked(command),
        next=_next(command),
        evidence=_evidence(command),
        candidates=[
            replace(about_candidate(command, one), key=",".join(one.get("remote_ids", ())))
            for one in command.candidates
        ],
        for_it=_for_it(command),
    )


def _asked(command: RemoteCommand) -> str:
    """ "Asked Taobao 4 times: not in its list yet." """
    facts = {"where": where(command), "n": command.asked}
    if not command.asked:
        return _("We have not asked %(where)s yet what became of it.") % facts
    asked = ngettext("Asked %(where)s once", "Asked %(where)s %(n)d times", command.asked) % facts
    if command.verdict == Verdict.NOT_DONE:
        return _("%(asked)s: it was not done.") % {"asked": asked}
    if command.verdict == Verdict.SEVERAL:
        return _("%(asked)s: more than one order could be it.") % {"asked": asked}
    if command.message and not command.absent_at:
        return _("%(asked)s: nothing found yet.") % {"asked": asked}
    return _("%(asked)s: not in its list yet.") % {"asked": asked}


def _next(command: RemoteCommand) -> str:
    if command.verdict != Verdict.OPEN:
        return _("You decide what happens next.")
    sure = safe_from(command)
    facts = {"at": until_text(command.ask_at) if command.ask_at else ""}
    if sure > clock.now():
        facts["sure"] = until_text(sure)
        return (
            _("Next try %(at)s. Until %(sure)s it may still arrive, so nothing is sent again.")
            % facts
        )
    return _("Next try %(at)s.") % facts


def _evidence(command: RemoteCommand) -> list[Evidence]:
    """What was sent when, what came back, what we asked and saw; oldest first."""
    rows = [row for attempt in command.attempts.all() for row in _of_attempt(attempt, command)]
    if command.absent_at:
        rows.append(
            Evidence(
                command.absent_at,
                ngettext(
                    "Read %(where)s completely, %(n)d time after it could last arrive: not there.",
                    "Read %(where)s completely, %(n)d times after it could last arrive: not there.",
                    command.absent_reads,
                )
                % {"where": where(command), "n": command.absent_reads},
            )
        )
    return sorted(rows, key=lambda row: row.at)


def _of_attempt(attempt: CommandAttempt, command: RemoteCommand) -> list[Evidence]:
    sent = _("Try %(n)d: sent by %(account)s for %(who)s.") % {
        "n": attempt.number,
        "account": command.sub_account.name,
        "who": command.person or _("the desk"),
    }
    rows = [Evidence(attempt.opened_at, sent)]
    said = {
        Outcome.PENDING: _("No answer was stored; the program stopped before."),
        Outcome.DONE: _("The answer: done."),
        Outcome.REFUSED: _("The answer: refused."),
        Outcome.NOT_SENT: _("It did not leave us."),
        Outcome.UNKNOWN: _("No answer that says whether it was done."),
    }
    rows.append(
        Evidence(
            attempt.ended_at or attempt.opened_at,
            said[Outcome(attempt.outcome)],
            _(attempt.message),
        )
    )
    return rows


def _for_it(command: RemoteCommand) -> list[tuple[str, str]]:
    rows: list[tuple[str, Any]] = [
        (_("command"), f"{command.pk} {command.kind}"),
        (_("key"), command.key),
        (_("subject"), command.subject),
        (_("sub-account"), command.sub_account.user_id),
        (_("last message"), command.message),
        (_("lane"), command.lane),
    ]
    for attempt in command.attempts.all():
        rows.append((_("request id, try %(n)d") % {"n": attempt.number}, attempt.request_id))
    if command.lease_until:
        rows.append((_("lease until"), exact_text(command.lease_until)))
    return [(name, str(value)) for name, value in rows if value]
