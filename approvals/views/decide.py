"""Deciding: one, several, taking back, saying no, and a word in between.

A log-in in between comes back by GET, which shows the page and decides nothing.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals import reading, services
from approvals.choices import ApprovalState
from approvals.forms import CommentForm, SayNoForm
from approvals.models import Approval
from approvals.views.access import approval_for, decider, person_of
from approvals.views.pages import RESULTS
from desk import clock
from desk.formats import money_text
from desk.money import company
from desk.render import say


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what was seen, then on to the next one."""
    approval, person = approval_for(request, pk), person_of(request)
    if request.method != "POST":
        return redirect("approvals:detail", pk)
    following = reading.place_of(approval, person)["next_pk"]
    try:
        done = services.approve(
            approval=approval, by=person, seen=request.POST.get("fingerprint", "")
        )
    except services.StaleView:
        return _stale(request, approval)
    except (services.CannotDecide, services.TooLate) as refused:
        say(request, str(refused))
        return redirect("approvals:detail", pk)
    _say_approved(request, done)
    return redirect("approvals:detail", following) if following else redirect("approvals:list")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Approve what was ticked. Each failure is named on the list and stays ticked there."""
    person = decider(request)
    if request.method != "POST":
        return redirect("approvals:list")
    picked = [pk for pk in request.POST.getlist("pick") if pk.isascii() and pk.isdigit()]
    wanted = [(int(pk), request.POST.get(f"seen-{pk}", "")) for pk in picked if len(pk) < 19]
    results = services.approve_many(wanted=wanted, by=person)
    done = [result.approval for result in results if not result.reason]
    final = [one for one in done if one.state == ApprovalState.APPROVED]
    request.session[RESULTS] = {
        "approved": len(done),
        "sum": money_text(company(sum(one.amount for one in done))),
        "undo": [one.pk for one in final],
        "until": (clock.now() + timedelta(seconds=settings.UNDO_SECONDS)).isoformat(),
        "failed": [
            {"pk": one.approval.pk, "title": one.approval.title, "reason": one.reason}
            for one in results
            if one.reason
        ],
    }
    return redirect("approvals:list")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for the reason, then the refusal."""
    return _say_no(request, pk, refusing=True)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for the reason, then back to the requester's cart."""
    return _say_no(request, pk, refusing=False)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own approval back while nothing was sent; too late says so on the page."""
    approval = approval_for(request, pk)
    if request.method == "POST":
        try:
            services.undo_approval(approval=approval, by=person_of(request))
        except services.TooLate:
            return redirect(f"{_page(pk)}?late=1")
        except services.CannotDecide as refused:
            say(request, str(refused))
        else:
            say(request, _("Taken back. Nothing was sent."))
    return redirect("approvals:detail", pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def undo_many(request: HttpRequest) -> HttpResponse:
    """Take back what was approved together, as far as nothing was sent."""
    person, back, late = decider(request), 0, 0
    for pk in request.POST.getlist("pick"):
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            continue
        try:
            services.undo_approval(approval=approval_for(request, int(pk)), by=person)
            back += 1
        except (services.TooLate, services.CannotDecide):
            late += 1
    if late:
        say(request, _("%(n)d taken back; %(late)d had been sent already.") % _n(back, late))
    elif back:
        say(request, _("%(n)d taken back. Nothing was sent.") % _n(back, late))
    return redirect("approvals:list")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to the requester without deciding."""
    approval, person = approval_for(request, pk), person_of(request)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.comment_on(approval=approval, by=person, text=form.cleaned_data["text"])
        return redirect(f"{_page(pk)}#comments")
    if request.method != "POST":
        return redirect(f"{_page(pk)}#comments")
    context = reading.page_context(approval, person) | reading.list_context(person)
    return render(request, "approvals/detail.html", context | {"comment_form": form}, status=422)


def _say_no(request: HttpRequest, pk: int, *, refusing: bool) -> HttpResponse:
    approval, person = approval_for(request, pk), person_of(request)
    reasons = reading.reasons_for(person)
    problem = reading.why_not(approval, person)
    if problem:
        say(request, problem)
        return redirect("approvals:detail", pk)
    form = SayNoForm(request.POST or None, reasons=reasons, initial={"seen": approval.fingerprint})
    if request.method != "POST" or not form.is_valid():
        context = reading.live_context(approval, person) | {"form": form, "refusing": refusing}
        status = 422 if form.is_bound else 200
        return render(request, "approvals/say_no.html", context, status=status)
    following = reading.place_of(approval, person)["next_pk"]
    decide = services.refuse if refusing else services.send_back
    try:
        decide(
            approval=approval,
            by=person,
            seen=form.cleaned_data["seen"],
            note=form.cleaned_data["words"],
        )
    except services.StaleView:
        return _stale(request, approval)
    except (services.CannotDecide, services.TooLate) as refused:
        say(request, str(refused))
        return redirect("approvals:detail", pk)
    said = _("Refused: %(title)s") if refusing else _("Sent back: %(title)s")
    say(request, said % {"title": approval.title})
    return redirect("approvals:detail", following) if following else redirect("approvals:list")


def _stale(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Nothing was decided: the page as it is now, with the difference on top."""
    approval.refresh_from_db()
    person = person_of(request)
    context = reading.page_context(approval, person) | reading.list_context(person)
    return render(request, "approvals/detail.html", context | {"stale": True}, status=409)


def _say_approved(request: HttpRequest, approval: Approval) -> None:
    if approval.state != ApprovalState.APPROVED:
        say(request, _("Approved. %(next)s") % {"next": reading.outcome(approval)})
        return
    amount = money_text(company(approval.amount))
    say(
        request,
        _("Approved %(amount)s for %(title)s.") % {"amount": amount, "title": approval.title},
        undo_url=reverse("approvals:undo", args=[approval.pk]),
        undo_until=clock.now() + timedelta(seconds=settings.UNDO_SECONDS),
    )


def _page(pk: int) -> str:
    return reverse("approvals:detail", args=[pk])


def _n(back: int, late: int) -> dict[str, int]:
    return {"n": back, "late": late}
