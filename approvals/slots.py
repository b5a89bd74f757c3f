"""What approvals plugs into the desk: navigation and to-dos of who is asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from approvals.choices import ApprovalState, StepState
from approvals.models import ApprovalStep
from approvals.querysets import waiting_for
from desk.money import company
from desk.slots import HomePart, NavEntry, ToDo

MOST = 7


def decides(person: User) -> bool:
    return person.may(Right.APPROVE) or person.may(Right.APPROVE_AS_FINANCE)


def navigation(person: User) -> Iterable[tuple[int, NavEntry]]:
    if decides(person):
        count = todo_count(person)
        yield 10, NavEntry(_("To approve"), reverse("approvals:list"), "approvals", count or None)


def todo_count(person: User) -> int:
    """How much waits for a person; counted once a request, for menu, tab title and home."""
    if not decides(person):
        return 0
    if not hasattr(person, "_approvals_waiting"):
        person._approvals_waiting = waiting_for(person).count()  # type: ignore[attr-defined]
    return int(person._approvals_waiting)  # type: ignore[attr-defined]


def todos(person: User) -> Iterable[ToDo]:
    if not decides(person):
        return
    for approval in waiting_for(person)[:MOST]:
        yield ToDo(
            _("Decide"),
            _("%(who)s asks: %(title)s") % {"who": approval.requester, "title": approval.title},
            reverse("approvals:detail", args=[approval.pk]),
            company(approval.amount),
            approval.deadline,
        )


def home_parts(person: User) -> Iterable[HomePart]:
    """Who in a manager's departments waits, and on whom."""
    if not person.may(Right.APPROVE):
        return
    steps = (
        ApprovalStep.objects.filter(
            state=StepState.ACTIVE,
            approval__state=ApprovalState.WAITING,
            approval__department__manager=person,
        )
        .exclude(person=person)
        .select_related("person", "approval", "approval__requester")
        .order_by("approval__created_at")[:MOST]
    )
    if steps:
        yield HomePart(_("Who waits on whom"), "approvals/_home_waiting.html", {"steps": steps})
