"""A request's page: what it waits for, what became of each order, who decided what."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.choices import Right
from desk.render import render_part, say
from desk.services import mark_read
from procurement.forms import CommentForm
from procurement.models import PurchaseRequest
from procurement.querysets import requests_of
from procurement.services import asking
from procurement.services.discussing import comment_on_request
from procurement.views.coming_back import posts
from procurement.views.request_page import page_context, progress_context


def _back(request: HttpRequest, number: int) -> str:
    return reverse("requests:detail", args=[number])


@require_safe
@login_required
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """The page; opening it marks what the desk told about it as read."""
    row = _row(request, number)
    mark_read(person=request.user, url=row.get_absolute_url())  # type: ignore[arg-type]
    return _page(request, row)


@require_safe
@login_required
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The orders' rows and the sentence above them, while something moves."""
    row = _row(request, number)
    part = "procurement/_progress.html"
    context = progress_context(request.user, row) | {"as_part": True}  # type: ignore[arg-type]
    if not getattr(request, "htmx", False):
        return redirect(row)
    return render_part(request, part, part, context)


@posts(Right.ASK, _back)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own request back."""
    row = _row(request, number)
    try:
        count = asking.withdraw(request=row, by=request.user)  # type: ignore[arg-type]
    except asking.AskRefused as refused:
        return _page(request, _row(request, number), refused=refused, status=409)
    if not count:
        say(request, _("Taken back."))
        return redirect(row)
    words = ngettext(
        "Taken back. %(n)d line is in your cart.",
        "Taken back. %(n)d lines are in your cart.",
        count,
    )
    say(request, words % {"n": count})
    return redirect(row)


@posts(Right.ASK, _back)
def to_cart(request: HttpRequest, number: int) -> HttpResponse:
    """All lines into one's own cart, or those of one order (`planned`)."""
    row = _row(request, number)
    chosen = request.POST.get("planned", "")
    planned = get_object_or_404(row.planned, number=int(chosen[:6])) if chosen.isdecimal() else None
    try:
        count = asking.to_cart(request=row, by=request.user, planned=planned)  # type: ignore[arg-type]
    except asking.AskRefused as refused:
        return _page(request, row, refused=refused, status=409)
    words = ngettext("%(n)d line is in your cart.", "%(n)d lines are in your cart.", count)
    say(request, words % {"n": count})
    return redirect("cart:show")


@posts(Right.SEE_PRICES, _back)
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Say something under it."""
    row = _row(request, number)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    comment_on_request(
        request=row,
        by=request.user,  # type: ignore[arg-type]
        text=form.cleaned_data["text"],
        token=form.cleaned_data["token"],
    )
    return redirect(f"{row.get_absolute_url()}#said")


def _row(request: HttpRequest, number: int) -> PurchaseRequest:
    """The request, as far as this person may see it."""
    rows = requests_of(request.user).select_related(  # type: ignore[arg-type]
        "requester__department", "department__manager", "ship_to"
    )
    return get_object_or_404(rows, number=min(number, 2**31 - 1))


def _page(
    request: HttpRequest,
    row: PurchaseRequest,
    *,
    form: CommentForm | None = None,
    refused: asking.AskRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    person: Any = request.user
    context = page_context(person, row, only=request.GET.get("show", ""))
    context["form"] = form or CommentForm(initial={"token": context["token"]})
    context["refused"] = str(refused) if refused else ""
    return render(request, "procurement/request_detail.html", context, status=status)
