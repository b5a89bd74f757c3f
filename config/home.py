"""The start page: what needs you, what closes soon, and a part or two by role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from moneyed import Money

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.formats import money_text
from desk.slots import Deadline, HomePart, deadlines, home_parts, todo_counts, todos
from desk.views.tries import COOKIE
from procurement.choices import OrderState
from procurement.models import PurchaseOrder
from procurement.querysets import orders_of

MOST = 7
FINISHED = 3
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Try:
    """One thing to try in practice."""

    words: str
    url: str


@login_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Home by role; every part comes from a slot."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - login_required
    context = context_for(person)
    parts: list[HomePart] = context.pop("parts")
    context |= {
        place: [(part, drawn(part, request)) for part in parts if part.place == place]
        for place in ("aside", "below")
    }
    context["tries"] = [] if COOKIE in request.COOKIES else tries(person)
    context["sought"] = request.GET.get("sought", "")[:100]
    return render(request, "home.html", context)


def context_for(person: User) -> dict[str, Any]:
    """What home shows a person."""
    mine = sorted(
        (todo for provider in todos for todo in provider(person)),
        key=lambda todo: (todo.deadline or FAR, -(todo.amount.amount if todo.amount else 0)),
    )
    closing = sorted(
        (entry for provider in deadlines for entry in provider(person)), key=lambda entry: entry.at
    )
    count = max(sum(counter(person) for counter in todo_counts), len(mine))
    return {
        "headline": headline(count, closing),
        "todos": mine[:MOST],
        "todo_more": max(0, count - len(mine[:MOST])),
        "closing": closing[:MOST],
        "finished": [] if mine else finished(person),
        "parts": [part for provider in home_parts for part in provider(person)],
    }


def drawn(part: HomePart, request: HttpRequest) -> SafeString:
    """A part's own template with its own context; the shell's is not made again for each."""
    context = {**part.context, "user": request.user, "csrf_token": get_token(request)}
    return render_to_string(part.template, context)


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
    return (
        _("%(text)s, %(risk)s at risk.") % {"text": text, "risk": money_text(risk)}
        if risk
        else text + "."
    )


def finished(person: User) -> Iterable[PurchaseOrder]:
    """The last things that were finished, for a day on which nothing needs anybody."""
    rows = orders_of(person).filter(state=OrderState.COMPLETED)
    if person.may(Right.ASK) and not person.may(Right.SEE_ALL):
        rows = rows.filter(requester=person)
    return list(rows.order_by("-completed_at", "-placed_at")[:FINISHED])


def tries(person: User) -> list[Try]:
    """Five things to try where no money is real."""
    if not (settings.DEMO and settings.XPORT_IS_PRACTICE):
        return []
    other_side = settings.XPORT_BASE_URL.rsplit("/", 1)[0] + "/_sandbox/"
    steps = [
        Try(_("Find a mug and put twenty into the cart."), f"{reverse('catalog:find')}?q=mug"),
        Try(_("Ask for them."), reverse("cart:show")),
        Try(_("Become a manager in the ribbon on top, and approve."), reverse("approvals:list")),
        Try(_("Let a day pass on the other side, so that the parcel travels."), other_side),
        Try(_("Count the goods in on the order's page."), reverse("orders:list")),
    ]
    return steps if person.may(Right.SEE_PRICES) else []


def _sum(closing: list[Deadline]) -> Money | None:
    amounts = [entry.amount for entry in closing if entry.amount is not None]
    return sum(amounts[1:], amounts[0]) if amounts else None
