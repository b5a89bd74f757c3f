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


@dataclass(frozen=True, slots=True)
class Asked:
    """One step to come: a person, or anyone of a right (person None)."""

    person: User | None
    right: Right


def planned_steps(*, requester: User, department: Department | None, amount: int) -> list[Asked]:
    """Who is asked about `amount` (minor units, company currency), in order.

    Up to their own limit nobody; else the department's manager, or finance where the manager is
    the requester, away for good or missing; above the company's limit finance too.
    """
    policy = ApprovalPolicy.current()
    steps: list[Asked] = []
    if not (requester.approval_limit is not None and amount <= requester.approval_limit):
        manager = department.manager if department else None
        usable = manager and manager != requester and manager.may(Right.APPROVE)
        if usable:
            steps.append(Asked(manager, Right.APPROVE))
        else:
            steps.append(Asked(None, Right.APPROVE_AS_FINANCE))
    if amount > policy.finance_above and not any(step.person is None for step in steps):
        steps.append(Asked(None, Right.APPROVE_AS_FINANCE))
    return steps


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
    ignore_own_limit: bool = False,
) -> Approval:
    """Open an approval and tell the first step's people. Without steps it is approved at once,
    by the requester's own limit. Runs in the caller's transaction."""
    with transaction.atomic():
        approval = Approval.objects.create(
            subject=subject,
            reason=reason,
            requester=requester,
            department=department,
            title=title[:200],
            url=url,
            amount=amount,
            fingerprint=fingerprint,
            shown=shown,
            deadline=deadline,
        )
        steps = planned_steps(requester=requester, department=department, amount=amount)
        if not steps and ignore_own_limit:
            steps = [Asked(None, Right.APPROVE_AS_FINANCE)]
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


def tell_step(step: ApprovalStep) -> None:
    """Tell the people of one step, and nobody else."""
    approval = step.approval
    for person in people_of(step):
        tell(
            person=person,
            key=f"approval:{approval.pk}:{step.position}",
            text=gettext_noop("%(who)s asks you to approve “%(title)s”."),
            url=f"/approvals/{approval.pk}/",
            who=str(approval.requester),
            title=approval.title,
        )


def people_of(step: ApprovalStep) -> list[User]:
    """Who may decide a step; never the requester."""
    if step.person_id:
        return [step.person] if step.person and step.person.is_active else []
    holders = User.objects.filter(
        groups__permissions__codename=step.right,
        groups__permissions__content_type__app_label="accounts",
        is_active=True,
    ).distinct()
    return [person for person in holders if person.pk != step.approval.requester_id]


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
        state=ApprovalState.APPROVED, decided_at=clock.now(), ceiling=ceiling_of(approval.amount)
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


def ceiling_of(amount: int) -> int:
    """Amount plus tolerance, rounded down: fixed once, never compounding."""
    return amount + amount * ApprovalPolicy.current().tolerance_percent // 100
