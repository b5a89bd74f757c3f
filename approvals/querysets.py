"""Questions about approvals: whose turn, who may look."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import Right
from accounts.models import User
from approvals.choices import ApprovalState, StepState
from approvals.models import Approval, ApprovalStep


def waiting_for(person: User) -> QuerySet[Approval]:
    """Approvals whose active step is this person's to decide, soonest deadline first."""
    mine = Q(person=person)
    if person.may(Right.APPROVE_AS_FINANCE):
        mine |= Q(person=None, right=Right.APPROVE_AS_FINANCE)
        # Who was named left, or may no longer decide: finance stands in, or it would wait for ever.
        mine |= Q(person__isnull=False) & ~Q(person__in=User.objects.who_may(Right.APPROVE))
    active = ApprovalStep.objects.filter(mine, approval=OuterRef("pk"), state=StepState.ACTIVE)
    return (
        Approval.objects.filter(Exists(active), state=ApprovalState.WAITING)
        .exclude(requester=person)
        .select_related("requester", "department")
        .order_by("created_at", "id")
    )


def visible_to(person: User) -> QuerySet[Approval]:
    """What a person may look at: their own, those they were or are asked about, all for SEE_ALL."""
    rows = Approval.objects.select_related("requester", "department")
    if person.may(Right.SEE_ALL):
        return rows
    seen = Q(requester=person) | Q(steps__person=person) | Q(steps__decided_by=person)
    if person.may(Right.SEE_DEPARTMENT):
        seen |= Q(department__manager=person)
    if person.may(Right.APPROVE_AS_FINANCE):
        seen |= Q(steps__right=Right.APPROVE_AS_FINANCE)
    return rows.filter(seen).distinct()


def own_but_not_to_decide(person: User) -> QuerySet[Approval]:
    """Their own requests waiting for a right that they hold too: somebody else has to decide."""
    if not person.may(Right.APPROVE_AS_FINANCE):
        return Approval.objects.none()
    active = ApprovalStep.objects.filter(
        person=None,
        right=Right.APPROVE_AS_FINANCE,
        approval=OuterRef("pk"),
        state=StepState.ACTIVE,
    )
    return (
        Approval.objects.filter(Exists(active), state=ApprovalState.WAITING, requester=person)
        .select_related("requester", "department")
        .order_by("created_at", "id")
    )


def recent_reasons(person: User, *, most: int = 3, longest: int = 60) -> list[str]:
    """What this person lately said when saying no, newest first, without repeats."""
    notes = (
        ApprovalStep.objects.filter(decided_by=person, state=StepState.REFUSED)
        .order_by("-decided_at")
        .values_list("note", flat=True)[:30]
    )
    return [note for note in dict.fromkeys(notes) if len(note) <= longest and "\n" not in note][
        :most
    ]
