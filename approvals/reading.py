"""What the pages of approvals show: rows of the list, and one approval as its decider sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from moneyed import Money

from accounts.models import User
from approvals.choices import ApprovalState, StepState
from approvals.models import Approval, ApprovalStep
from approvals.querysets import own_but_not_to_decide, recent_reasons, waiting_for
from approvals.services import CannotDecide, TooLate, obstacles
from approvals.services.deciding import active_step
from approvals.subjects import subject_of
from desk.formats import money_text
from desk.models import Comment, Event
from desk.money import company

MOST = 100  # rows of the list; nobody decides about more at one sitting
CARD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `obstacle` says why it cannot be ticked; "" where it can."""

    approval: Approval
    amount: Money
    obstacle: str
    ticked: bool = False


def rows_for(person: User, *, ticked: frozenset[int] = frozenset()) -> list[Row]:
    """What waits for a person, oldest first, then their own that somebody else has to decide."""
    waiting = list(waiting_for(person)[:MOST])
    stops = obstacles(waiting)
    rows = [
        Row(row, company(row.amount), stops.get(row.pk, ""), row.pk in ticked) for row in waiting
    ]
    own = [
        Row(row, company(row.amount), _("Your own: somebody else has to decide."))
        for row in own_but_not_to_decide(person)[:MOST]
    ]
    return rows + own


def list_context(person: User, *, ticked: frozenset[int] = frozenset()) -> dict[str, Any]:
    """The list, beside a page or alone."""
    rows = rows_for(person, ticked=ticked)
    return {
        "rows": rows,
        "tickable": sum(not row.obstacle for row in rows),
        "company_currency": settings.COMPANY_CURRENCY,
    }


def page_context(approval: Approval, person: User) -> dict[str, Any]:
    """One approval: what is asked, what changed, and what this person may do about it."""
    kind = subject_of(approval)
    return (
        live_context(approval, person)
        | place_of(approval, person)
        | kind.context(approval)
        | {
            "details": kind.template,
            "steps_": list(approval.steps.select_related("person", "decided_by")),
            "events": list(
                Event.objects.filter(subject=approval.subject)
                .select_related("actor")
                .order_by("-at", "-id")[:30]
            ),
            "comments": list(
                Comment.objects.filter(subject=approval.subject).select_related("author")
            ),
        }
    )


def live_context(approval: Approval, person: User) -> dict[str, Any]:
    """The part that is read again: total, changes, and the bar with its button."""
    changes = subject_of(approval).changes(approval)
    problem = why_not(approval, person)
    checked = approval.shown.get("checked_at")
    return {
        "approval": approval,
        "amount": company(approval.amount),
        "first_amount": _first(approval),
        "changes": changes,
        "card_rows": changes[:CARD_ROWS],
        "more": max(0, len(changes) - CARD_ROWS),
        "checked_at": datetime.fromisoformat(checked) if checked else None,
        "failure": _(approval.shown.get("failure", "")),
        "may_decide": not problem,
        "problem": problem,
        "said": outcome(approval),
        "approve_label": _("Approve %(amount)s") % {"amount": money_text(company(approval.amount))},
        "menu": [
            {
                "label": _("Send back for change"),
                "url": reverse("approvals:send-back", args=[approval.pk]),
            },
            {"label": _("Ask or comment"), "url": "#comments"},
        ],
    }


def place_of(approval: Approval, person: User) -> dict[str, Any]:
    """Where it stands among what waits: "2 of 5", the one before and the one after."""
    pks = list(waiting_for(person).values_list("pk", flat=True)[:MOST])
    if approval.pk not in pks:
        return {"place": 0, "of": len(pks), "next_pk": pks[0] if pks else None}
    place = pks.index(approval.pk)
    return {
        "place": place + 1,
        "of": len(pks),
        "before_pk": pks[place - 1] if place else None,
        "next_pk": pks[place + 1] if place + 1 < len(pks) else None,
    }


def why_not(approval: Approval, person: User) -> str:
    """Why this person cannot decide it now; "" when they can."""
    try:
        active_step(approval, person)
    except (CannotDecide, TooLate) as refused:
        return str(refused)
    return ""


def outcome(approval: Approval) -> str:
    """What was decided, or whom it waits for, in one sentence."""
    if approval.state == ApprovalState.WAITING:
        step = approval.steps.select_related("person").filter(state=StepState.ACTIVE).first()
        name = str(step.person) if step and step.person else _("finance")
        return _("Waiting for %(name)s.") % {"name": name}
    last = _last_step(approval)
    who = str(last.decided_by) if last else str(approval.requester)
    words = {
        ApprovalState.APPROVED: _("Approved by %(name)s."),
        ApprovalState.REFUSED: _("Refused by %(name)s."),
        ApprovalState.SENT_BACK: _("Sent back by %(name)s."),
        ApprovalState.WITHDRAWN: _("Taken back by %(name)s."),
    }
    if approval.state == ApprovalState.WITHDRAWN:
        who = str(approval.requester)
    return words[ApprovalState(approval.state)] % {"name": who}


def reasons_for(person: User) -> list[str]:
    """Reasons offered when saying no: this person's recent ones, then what people often say."""
    usual = [_("Too dear."), _("Not needed now."), _("We have it in stock.")]
    return list(dict.fromkeys([*recent_reasons(person), *usual]))[:4]


def _last_step(approval: Approval) -> ApprovalStep | None:
    decided = approval.steps.select_related("decided_by").filter(~Q(decided_by=None))
    return decided.order_by("-position").first()


def _first(approval: Approval) -> Money | None:
    """What was first asked for, where it is another amount by now."""
    first = approval.shown.get("first_total", approval.amount)
    return company(first) if first != approval.amount else None


def sent_at(approval: Approval) -> datetime | None:
    """When what was approved left us."""
    return subject_of(approval).sent_at(approval)
