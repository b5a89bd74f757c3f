"""Who would be asked about an amount, and how long they usually take. Questions only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _

from accounts.models import Department, User
from approvals.choices import StepState
from approvals.models import ApprovalStep
from approvals.services import planned_steps

LOOKED_AT = 40  # the latest decisions
ENOUGH = 3  # fewer say nothing about what is usual


@dataclass(frozen=True, slots=True)
class Decider:
    """`person` None: whoever of finance is there. `usually` None: too few decisions to say."""

    person: User | None
    usually: timedelta | None

    @property
    def name(self) -> str:
        return str(self.person) if self.person else _("Finance")

    @property
    def short_name(self) -> str:
        return self.person.get_short_name() if self.person else _("finance")


def deciders_of(*, person: User, department: Department | None, amount: int) -> list[Decider]:
    """Who is asked, in order, when `person` asks for `amount` (minor units, company currency);
    empty: their own limit is enough. One query a decider beside the policy's own."""
    steps = planned_steps(requester=person, department=department, amount=amount)
    return [Decider(step.person, usual_answer(step.person, step.right)) for step in steps]


def usual_answer(person: User | None, right: str) -> timedelta | None:
    """The median time between a first step's question and its answer, of the latest decisions of a
    person, or of everyone asked for the right."""
    rows = ApprovalStep.objects.filter(
        position=1, state__in=(StepState.APPROVED, StepState.REFUSED), decided_at__isnull=False
    )
    rows = rows.filter(decided_by=person) if person else rows.filter(person=None, right=right)
    times = rows.order_by("-decided_at").values_list("decided_at", "approval__created_at")
    waits = [(done - asked).total_seconds() for done, asked in times[:LOOKED_AT] if done]
    return timedelta(seconds=median(waits)) if len(waits) >= ENOUGH else None
