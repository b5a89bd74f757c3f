"""Asking: who must agree to an amount, and telling exactly those whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.choices import Right
from accounts.models import Department, User
from approvals.choices import ApprovalState, Reason, StepState
from approvals.models import Approval, ApprovalPolicy, ApprovalStep
from approvals.subjects import subject_of
from desk import clock
from desk.choices import EventKind
from desk.models.event import record
from desk.services import tell

AGREED = "agreed"  # in `shown`: the amount that the earlier steps approved


@dataclass(frozen=True, slots=True)
class Asked:
    """One step to come: a person, or anyone of a right (person None)."""

    person: User | None
    right: Right


def planned_steps(*, requester: User, department: Department | None, amount: int) -> list[Asked]:
    """Who is asked about `amount` (minor units, company currency), in order.

    Up to their own limit nobody of their department; else its manager, or finance where that is
    the requester, away for good or missing. Above the company's limit finance too, always.
    """
    policy = ApprovalPolicy.current()
    steps: list[Asked] = []
    if not within_own_limit(requester, amount):
        manager = department.manager if department else None
        usable = manager and manager != requester and manager.may(Right.APPROVE)
        if usable:
            steps.append(Asked(manager, Right.APPROVE))
        else:
            steps.append(Asked(None, Right.APPROVE_AS_FINANCE))
    if amount > policy.finance_above and not any(step.person is None for step in steps):
        steps.append(Asked(None, Right.APPROVE_AS_FINANCE))
    return steps


def within_own_limit(person: User, amount: int) -> bool:
    """Whether a person needs nobody else for this amount."""
    limit = person.approval_limit
    return person.is_active and limit is not None and amount <= limit


def ask(
    *,
    subject: str,
    requester: User,
    department: Department | None,
    title: str,
    url: str,
    amount: int,
    fingerprint: str,
    shown: dict[str, Any],
    reason: Reason = Reason.REQUEST,
    deadline: datetime | None = None,
    basis: int | None = None,
) -> Approval:
    """Open an approval and tell the first step's people. Without steps it is approved at once,
    by the requester's own limit. Runs in the caller's transaction.

    `basis` is the whole spend where `amount` is a part of it: it decides who is asked, so that
    nothing passes a limit in slices.
    """
    whole = max(amount, basis or 0)
    with transaction.atomic():
        approval = Approval.objects.create(
            subject=subject,
            reason=reason,
            requester=requester,
            department=department,
            title=title[:200],
            url=url,
            amount=amount,
            basis=whole,
            fingerprint=fingerprint,
            shown=shown,
            deadline=deadline,
        )
        steps = planned_steps(requester=requester, department=department, amount=whole)
        rows = ApprovalStep.objects.bulk_create(
            ApprovalStep(
                approval=approval,
                position=position,
                person=step.person,
                right=step.right,
                state=StepState.ACTIVE if position == 1 else StepState.LATER,
            )
            for position, step in enumerate(steps, start=1)
        )
        if rows:
            tell_step(rows[0])
        else:
            _approve_by_own_limit(approval)
    return approval


def ask_anew(*, approval: Approval, amount: int, fingerprint: str, shown: dict[str, Any]) -> bool:
    """What is asked about has new figures. False: it was decided, or changed, a moment before.

    Who was not asked about so much is asked too, and a step that agreed to less than the new
    amount (beyond the tolerance) is asked again. Nothing else restarts.
    """
    with transaction.atomic():
        moved = Approval.objects.filter(
            pk=approval.pk, state=ApprovalState.WAITING, fingerprint=approval.fingerprint
        ).update(amount=amount, basis=amount, fingerprint=fingerprint, shown=shown)
        if not moved:
            return False
        approval.refresh_from_db()
        _add_steps(approval)
        agreed = shown.get(AGREED)
        if agreed is not None and amount > ceiling_of(agreed):
            _ask_all_again(approval)
    return True


def _add_steps(approval: Approval) -> None:
    """Steps that the new amount needs and the old one did not."""
    asked = {(step.person_id, step.right) for step in approval.steps.all()}
    last = max((step.position for step in approval.steps.all()), default=0)
    for step in planned_steps(
        requester=approval.requester, department=approval.department, amount=approval.basis
    ):
        anyone_asked = any(right == step.right for _person, right in asked)
        if anyone_asked or not asked:
            continue  # asked already, perhaps as another person than would be asked today
        last += 1
        ApprovalStep.objects.create(
            approval=approval, position=last, person=step.person, right=step.right
        )


def _ask_all_again(approval: Approval) -> None:
    approval.steps.update(state=StepState.LATER, decided_by=None, decided_at=None, note="")
    first = approval.steps.order_by("position").first()
    if first:
        ApprovalStep.objects.filter(pk=first.pk).update(state=StepState.ACTIVE)
        record(
            approval.subject,
            gettext_noop("The amount rose; who had approved is asked again."),
            kind=EventKind.MACHINE,
        )
        first.refresh_from_db()
        tell_step(first, again=True)


def tell_step(step: ApprovalStep, *, again: bool = False) -> None:
    """Tell the people of one step, and nobody else."""
    approval = step.approval
    suffix = f":{approval.fingerprint[:12]}" if again else ""
    for person in people_of(step):
        tell(
            person=person,
            key=f"approval:{approval.pk}:{step.position}{suffix}",
            text=gettext_noop("%(who)s asks you to approve “%(title)s”."),
            url=f"/approvals/{approval.pk}/",
            who=str(approval.requester),
            title=approval.title,
        )


def people_of(step: ApprovalStep) -> list[User]:
    """Who may decide a step; never the requester."""
    right = Right(step.right)
    if step.person is not None:
        if step.person.may(right):
            return [step.person]
        right = Right.APPROVE_AS_FINANCE  # who was named left, or may no longer decide
    return [p for p in User.objects.who_may(right) if p.pk != step.approval.requester_id]


def withdraw(*, subject: str, by: User | None) -> bool:
    """Close the waiting approval of a subject, if there is one."""
    with transaction.atomic():
        closed = Approval.objects.filter(subject=subject, state=ApprovalState.WAITING).update(
            state=ApprovalState.WITHDRAWN, decided_at=clock.now()
        )
        ApprovalStep.objects.filter(
            approval__subject=subject, state__in=(StepState.ACTIVE, StepState.LATER)
        ).update(state=StepState.MOOT)
    return bool(closed)


def _approve_by_own_limit(approval: Approval) -> None:
    Approval.objects.filter(pk=approval.pk).update(
        state=ApprovalState.APPROVED, decided_at=clock.now(), ceiling=final_ceiling(approval)
    )
    approval.refresh_from_db()
    record(
        approval.subject,
        gettext_noop("Approved by %(name)s's own limit."),
        kind=EventKind.DECISION,
        by=approval.requester,
        name=str(approval.requester),
    )
    subject_of(approval).on_approved(approval, by=approval.requester)


def tolerance_left(approval: Approval) -> int:
    """Percent that prices may still rise after the last decision: the whole tolerance, or nothing
    where a step before agreed to less than is approved now. It never compounds."""
    agreed = approval.shown.get(AGREED, approval.amount)
    return 0 if approval.amount > agreed else ApprovalPolicy.current().tolerance_percent


def final_ceiling(approval: Approval) -> int:
    """The approved amount plus the tolerance that is left, rounded down."""
    return approval.amount + approval.amount * tolerance_left(approval) // 100


def ceiling_of(amount: int) -> int:
    """Amount plus tolerance, rounded down: fixed once, never compounding."""
    return amount + amount * ApprovalPolicy.current().tolerance_percent // 100
