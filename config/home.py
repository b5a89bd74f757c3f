"""The start page: what needs you, what closes soon, and a part or two by role."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from moneyed import Money

from accounts.models import User
from desk import clock
from desk.formats import money_text
from desk.slots import Deadline, deadlines, home_parts, todo_counts, todos

MOST = 7
FAR = datetime.max.replace(tzinfo=UTC)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Home by role; every part comes from a slot."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required
    return render(request, "home.html", context_for(request.user))


def context_for(person: User) -> dict[str, Any]:
    """What home shows a person."""
    mine = sorted(
        (todo for provider in todos for todo in provider(person)),
        key=lambda todo: (todo.deadline or FAR, -(todo.amount.amount if todo.amount else 0)),
    )
    closing = sorted(
        (entry for provider in deadlines for entry in provider(person)), key=lambda entry: entry.at
    )
    count = sum(counter(person) for counter in todo_counts)
    parts = [part for provider in home_parts for part in provider(person)]
    return {
        "headline": headline(count, closing),
        "todos": mine[:MOST],
        "todo_more": max(0, count - MOST),
        "closing": closing[:MOST],
        "aside": [part for part in parts if part.place == "aside"],
        "below": [part for part in parts if part.place == "below"],
        "person": person,
    }


def headline(count: int, closing: list[Deadline]) -> str:
    """One sentence: how much waits, when the next closes, what is at risk."""
    if not count and not closing:
        return _("Nothing needs you.")
    first = (
        ngettext("%(count)d thing needs you", "%(count)d things need you", count) % {"count": count}
        if count
        else _("Nothing needs you")
    )
    if not closing:
        return first + "."
    risk = _sum(closing)
    left = closing[0].at - clock.now()
    hours, minutes = divmod(max(0, int(left.total_seconds() // 60)), 60)
    when = (
        _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
        if hours < 48
        else ngettext("%(days)d day", "%(days)d days", hours // 24) % {"days": hours // 24}
    )
    text = _("%(first)s; the next closes in %(when)s") % {"first": first, "when": when}
    return _("%(text)s, %(risk)s at risk.") % {"text": text, "risk": money_text(risk)} if risk else text + "."


def _sum(closing: list[Deadline]) -> Money | None:
    amounts = [entry.amount for entry in closing if entry.amount is not None]
    return sum(amounts[1:], amounts[0]) if amounts else None


