"""Deciding. Permission, turn and fingerprint are checked here, for page, admin and task alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import User
from approvals.choices import ApprovalState, StepState
from approvals.models import Approval, ApprovalStep
from approvals.services.asking import AGREED, final_ceiling, tell_step, within_own_limit
from approvals.subjects import subject_of
from desk import clock
from desk.choices import EventKind
from desk.models.event import record
from desk.states import StateError


class CannotDecide(PermissionError):
    """It is not this person's to decide; the text says why."""


class StaleView(Exception):
    """What was shown is no longer what is asked: show the difference instead."""


class TooLate(Exception):
    """Somebody decided already, or what followed was sent."""


def active_step(approval: Approval, by: User) -> ApprovalStep:
    """The step this person decides now. Raises CannotDecide or TooLate."""
    if approval.state != ApprovalState.WAITING:
        raise TooLate(_("This was decided already."))
    step = approval.steps.filter(state=StepState.ACTIVE).first()
    if step is None:
        raise TooLate(_("This was decided already."))
    if by.pk == approval.requester_id:
        raise CannotDecide(_("Nobody approves their own request."))
    if not may_decide(step, by):
        raise CannotDecide(_("It is not your turn to decide about this."))
    return step


def may_decide(step: ApprovalStep, by: User) -> bool:
    """Whose turn it is: the named person; finance where who was named may no longer decide; anyone
    of the right where nobody is named. Never the requester."""
    if by.pk == step.approval.requester_id:
        return False
    right = Right(step.right)
    if step.person is None or step.person_id == by.pk:
        return by.may(right)
    return not step.person.may(right) and by.may(Right.APPROVE_AS_FINANCE)


def approve(*, approval: Approval, by: User, seen: str, note: str = "") -> Approval:
    """Approve the active step. `seen` is the fingerprint of what the page showed.

    Raises CannotDecide, StaleView, TooLate. The last step fixes the ceiling and sets the subject
    in motion, in one transaction.
    """
    with _moving(), transaction.atomic():
        approval = _fresh(approval, seen)
        step = active_step(approval, by)
        _close_step(step, StepState.APPROVED, by, note)
        following = approval.steps.filter(state=StepState.LATER).order_by("position").first()
        if following:
            _keep_agreed(approval)
            ApprovalStep.objects.filter(pk=following.pk).update(state=StepState.ACTIVE)
            _event(approval, gettext_noop("Approved; the next is asked."), by, note)
            following.refresh_from_db()
            tell_step(following)
        else:
            _close(approval, ApprovalState.APPROVED, ceiling=final_ceiling(approval))
            _event(approval, gettext_noop("Approved."), by, note)
            subject_of(approval).on_approved(approval, by=by)
    return approval


def refuse(*, approval: Approval, by: User, seen: str, note: str) -> Approval:
    """Refuse with a reason. Raises CannotDecide, StaleView, TooLate, ValueError (no reason)."""
    return _say_no(approval, by, seen, note, ApprovalState.REFUSED)


def send_back(*, approval: Approval, by: User, seen: str, note: str) -> Approval:
    """Send back for change: the lines survive as a cart. Raises as `refuse`."""
    return _say_no(approval, by, seen, note, ApprovalState.SENT_BACK)


def _say_no(approval: Approval, by: User, seen: str, note: str, state: ApprovalState) -> Approval:
    note = note.strip()
    if not note:
        raise ValueError(_("Say why, so that they know what to change."))
    with _moving(), transaction.atomic():
        approval = _fresh(approval, seen)
        step = active_step(approval, by)
        _close_step(step, StepState.REFUSED, by, note)
        approval.steps.filter(state=StepState.LATER).update(state=StepState.MOOT)
        _close(approval, state)
        kind = subject_of(approval)
        if state == ApprovalState.REFUSED:
            _event(approval, gettext_noop("Refused."), by, note)
            kind.on_refused(approval, by=by, note=note)
        else:
            _event(approval, gettext_noop("Sent back for change."), by, note)
            kind.on_sent_back(approval, by=by, note=note)
    return approval


def undo_approval(*, approval: Approval, by: User) -> Approval:
    """Take one's own last approval back while nothing was sent. Raises TooLate, CannotDecide."""
    with _moving(), transaction.atomic():
        approval.refresh_from_db()
        step = approval.steps.filter(state=StepState.APPROVED).order_by("-position").first()
        if approval.state != ApprovalState.APPROVED or step is None:
            raise TooLate(_("There is nothing to take back."))
        if step.decided_by_id != by.pk:
            raise CannotDecide(_("Only who approved can take it back."))
        if not subject_of(approval).undo(approval, by=by):
            raise TooLate(_("Too late: it was sent already. Cancel the order instead."))
        Approval.objects.filter(pk=approval.pk).update(
            state=ApprovalState.WAITING, decided_at=None, ceiling=None
        )
        ApprovalStep.objects.filter(pk=step.pk).update(
            state=StepState.ACTIVE, decided_by=None, decided_at=None, note=""
        )
        _event(approval, gettext_noop("Took the approval back."), by, "")
        approval.refresh_from_db()
    return approval


def who_stands_for(subject: str) -> str | None:
    """Why the latest approval of a subject does not stand (any more), None when it does.

    Asked right before money moves: it must be approved, and whoever approved it must still be
    active and hold the right they approved with.
    """
    approval = (
        Approval.objects.filter(subject=subject)
        .select_related("requester")
        .prefetch_related("steps__decided_by")
        .first()
    )
    if approval is None or approval.state != ApprovalState.APPROVED:
        return gettext_noop("It is not approved.")
    steps = list(approval.steps.all())
    if not steps and not within_own_limit(approval.requester, approval.basis):
        return gettext_noop("Who approved it may no longer do so.")
    for step in steps:
        person = step.decided_by
        stands = person is not None and (
            person.may(Right(step.right))
            or (step.person_id != person.pk and person.may(Right.APPROVE_AS_FINANCE))
        )
        if not stands:
            return gettext_noop("Who approved it may no longer do so.")
    return None


@contextmanager
def _moving() -> Iterator[None]:
    """A subject that moved meanwhile (withdrawn, placed) is too late to decide about."""
    try:
        yield
    except StateError:
        raise TooLate(_("It has moved on meanwhile, so there is nothing to decide.")) from None


def _fresh(approval: Approval, seen: str) -> Approval:
    current = Approval.objects.select_related("requester", "department").get(pk=approval.pk)
    if current.state == ApprovalState.WAITING and current.fingerprint != seen:
        raise StaleView(_("Something changed since this page was opened."))
    return current


def _keep_agreed(approval: Approval) -> None:
    """Remember the amount a step agreed to; if it rises beyond, that step is asked again."""
    agreed = min(approval.amount, approval.shown.get(AGREED, approval.amount))
    shown = approval.shown | {AGREED: agreed}
    moved = Approval.objects.filter(
        pk=approval.pk, state=ApprovalState.WAITING, fingerprint=approval.fingerprint
    ).update(shown=shown)
    if not moved:
        raise StaleView(_("Something changed since this page was opened."))
    approval.shown = shown


def _close_step(step: ApprovalStep, state: StepState, by: User, note: str) -> None:
    moved = ApprovalStep.objects.filter(pk=step.pk, state=StepState.ACTIVE).update(
        state=state, decided_by=by, decided_at=clock.now(), note=note
    )
    if not moved:
        raise TooLate(_("Somebody decided a moment before you."))


def _close(approval: Approval, state: ApprovalState, ceiling: int | None = None) -> None:
    moved = Approval.objects.filter(
        pk=approval.pk, state=ApprovalState.WAITING, fingerprint=approval.fingerprint
    ).update(state=state, decided_at=clock.now(), ceiling=ceiling)
    if not moved:
        raise TooLate(_("Somebody decided a moment before you."))
    approval.refresh_from_db()


def _event(approval: Approval, text: str, by: User, note: str) -> None:
    record(approval.subject, text, kind=EventKind.DECISION, by=by, note=note)
