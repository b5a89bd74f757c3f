"""To approve: the list, one approval, and its prices read again."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from approvals import reading
from approvals.services import check as read_again
from approvals.views.access import approval_for, decider, person_of
from desk.render import render_part

RESULTS = "approval_results"  # session key: what a decision about several brought, shown once


@login_required
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for this person; the first of them opens beside the list on a wide screen."""
    person = decider(request)
    results = request.session.pop(RESULTS, None)
    ticked = frozenset(row["pk"] for row in results["failed"]) if results else frozenset()
    context = reading.list_context(person, ticked=ticked) | {"results": results}
    first = next((row.approval.pk for row in context["rows"]), None)
    return render(request, "approvals/list.html", context | {"first_pk": first})


@login_required
@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One approval. `?checked=1` reads the prices before answering, for want of JavaScript."""
    approval, person = approval_for(request, pk), person_of(request)
    checked = "checked" in request.GET
    if checked:
        approval = read_again(approval=approval)
    context = reading.page_context(approval, person)
    context["reading"] = context["may_decide"] and not checked
    context["late"] = "late" in request.GET and reading.sent_at(approval)
    if not request.htmx:  # type: ignore[attr-defined]
        context |= reading.list_context(person)
    return render_part(request, "approvals/detail.html", "approvals/_detail.html", context)


@login_required
@never_cache
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The prices read again: total, what changed, and a button that may be pressed."""
    approval = read_again(approval=approval_for(request, pk))
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(
            status=303, headers={"Location": reverse("approvals:detail", args=[pk])}
        )
    context = reading.live_context(approval, person_of(request)) | {"out_of_band": True}
    return render_part(request, "approvals/detail.html", "approvals/_live.html", context)
