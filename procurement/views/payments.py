"""Payments, for finance: what is ready, under way, outside, unclear, failed, settled lately."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Right
from catalog.views.access import needs
from desk.render import render_part, say
from procurement.models import Payment
from procurement.querysets import payments_of
from procurement.services.paying import PayRefused, Release, pay_link, release_many
from procurement.services.undoing import UndoRefused, undo_order
from procurement.views.cashier import CASHIER, lead_to
from procurement.views.orders import person_of
from procurement.views.payment_rows import payments_context
from procurement.views.results import Result, keep_results, take_results

MOST_PICKED = 200
PAGE = "payments"


@csp_update(CASHIER)
@require_safe
@needs(Right.SEE_ALL)
def listing(request: HttpRequest) -> HttpResponse:
    """The page; its moving part comes alone to htmx."""
    context = payments_context(person_of(request)) | take_results(request, PAGE)
    return render_part(
        request, "procurement/payment_list.html", "procurement/_payments.html", context
    )


@require_POST
@needs(Right.PAY)
def pay_many(request: HttpRequest) -> HttpResponse:
    """Release the ticked payments, each on its own; a result for each."""
    ticked = request.POST.getlist("pick")[:MOST_PICKED]
    picked = [int(pk) for pk in ticked if pk.isdecimal() and len(pk) < 18]
    return _release(request, list(payments_of(person_of(request)).filter(pk__in=picked)))


@require_POST
@needs(Right.PAY)
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Release one payment."""
    payment = get_object_or_404(payments_of(person_of(request)), pk=pk)
    return _release(request, [payment])


def _release(request: HttpRequest, payments: list[Payment]) -> HttpResponse:
    if not payments:
        say(request, _("Nothing was ticked. Nothing was paid."))
        return redirect("payments:list")
    results = release_many(payments=payments, by=person_of(request))
    done = [result for result in results if result.command is not None]
    if len(results) > 1 or not done:
        keep_results(request, PAGE, [_result(result) for result in results])
    if done:
        _say_paying(request, done)
    return redirect(_way_back(request, payments))


def _result(result: Release) -> Result:
    order = result.payment.order
    return Result(
        title=order.number,
        url=order.get_absolute_url(),
        sentence=result.refusal or _("About to be paid."),
        tone="bad" if result.refusal else "wait",
        pick=str(result.payment.pk),
    )


def _say_paying(request: HttpRequest, done: list[Release]) -> None:
    """A toast with Undo for one; many can be taken back row by row."""
    first = done[0]
    if len(done) == 1 and first.command is not None:
        say(
            request,
            _("Paying %(order)s.") % {"order": first.payment.order.number},
            undo_url=reverse("payments:undo", args=[first.payment.pk]),
            undo_until=first.command.not_before,
        )
        return
    words = ngettext(
        "Paying %(count)d order. Each can be taken back below for a moment.",
        "Paying %(count)d orders. Each can be taken back below for a moment.",
        len(done),
    )
    say(request, words % {"count": len(done)})


def _way_back(request: HttpRequest, payments: list[Payment]) -> str:
    """Where the button stood: the order's page or the list."""
    if request.POST.get("from") == "order":
        return payments[0].order.get_absolute_url()
    return reverse("payments:list")


@require_POST
@needs(Right.PAY)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a queued payment back."""
    payment = get_object_or_404(payments_of(person_of(request)), pk=pk)
    try:
        undo_order(order=payment.order, by=person_of(request))
        say(request, _("Taken back. Nothing was paid."))
    except UndoRefused as refused:
        say(request, str(refused))
    return redirect(_way_back(request, [payment]))


@require_POST
@needs(Right.PAY)
def outside(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch the cashier link now and lead there; it is kept nowhere."""
    payment = get_object_or_404(payments_of(person_of(request)), pk=pk)
    try:
        link = pay_link(
            payment=payment,
            by=person_of(request),
            token=request.POST.get("token", "").replace("\x00", "")[:40],
        )
    except PayRefused as refused:
        context = {"order": payment.order, "sentence": str(refused)}
        return render(request, "procurement/payment_refused.html", context, status=409)
    if link:
        return lead_to(link)
    say(request, _("%(order)s was paid at once.") % {"order": payment.order.number})
    return redirect(_way_back(request, [payment]))
