"""Order list and order page: parse, one service call, render or redirect."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Right
from accounts.models import User
from catalog.views.access import needs
from desk.render import render_part, say, wants_part
from desk.services.comments import CommentRefused
from procurement import export
from procurement.access import sees_prices
from procurement.models import PurchaseOrder
from procurement.order_forms import CancelForm, CommentForm, TokenForm, new_token
from procurement.querysets import orders_of
from procurement.services.ending import EndRefused, cancel_order, confirm_to_seller
from procurement.services.refreshing import Reading
from procurement.services.refreshing import read_again as read_order_again
from procurement.services.refreshing import read_many as read_orders
from procurement.services.talking import comment_on_order
from procurement.services.undoing import UndoRefused, undo_order
from procurement.views.cashier import CASHIER
from procurement.views.order_page import (
    body_context,
    live_context,
    order_or_404,
    page_context,
)
from procurement.views.order_rows import asked, list_context
from procurement.views.results import Result, keep_results, take_results
from procurement.views.timeline import timeline_of

MOST_PICKED = 100


def person_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required
    return request.user


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The list, or exactly what it shows as a file. The warehouse has its own list."""
    if not sees_prices(person_of(request)):
        return redirect("receive:list")
    if request.GET.get("export") in EXPORTS:
        return EXPORTS[request.GET["export"]](request)
    context = list_context(request) | take_results(request, "orders")
    return render_part(request, "procurement/order_list.html", "procurement/_orders.html", context)


def _export_rows(request: HttpRequest) -> Any:
    """The orders of the filter shown, newest first; requests are no orders."""
    wanted = asked(request)
    rows = PurchaseOrder.objects.none() if wanted.is_requests else wanted.rows
    return rows.order_by("-placed_at", "-id")


def _csv(request: HttpRequest) -> HttpResponseBase:
    answer = StreamingHttpResponse(
        export.csv_lines(_export_rows(request)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_file_name()}.csv"'
    return answer


def _xlsx(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(
        export.xlsx_file(_export_rows(request)),
        as_attachment=True,
        filename=f"{_file_name()}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _file_name() -> str:
    return f"orders-{timezone.localdate().isoformat()}"


EXPORTS = {"csv": _csv, "xlsx": _xlsx}


@require_POST
@needs(Right.SEE_PRICES)
def read_many(request: HttpRequest) -> HttpResponse:
    """Read the ticked orders again; a result for each."""
    numbers = [n for n in request.POST.getlist("pick")[:MOST_PICKED] if "\x00" not in n]
    rows = orders_of(person_of(request)).select_related("sub_account").filter(number__in=numbers)
    keep_results(request, "orders", [_result(reading) for reading in read_orders(orders=rows)])
    return redirect(_back(request, reverse("orders:list")))


def _result(reading: Reading) -> Result:
    order = reading.order
    return Result(
        title=order.number,
        url=order.get_absolute_url(),
        sentence=reading.sentence,
        tone="bad" if reading.failure else ("wait" if reading.queued else "good"),
        pick=order.number,
    )


def _back(request: HttpRequest, page: str) -> str:
    """The list's own address with its filters; nothing but a query is taken from the form."""
    query = request.POST.get("here", "")
    return page + query if query.startswith("?") and len(query) < 2000 else page


@require_safe
@login_required
@csp_update(CASHIER)  # type: ignore[arg-type]  # its stubs know no address arguments
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The order page."""
    return _page(request, order_or_404(person_of(request), number), CommentForm())


def _page(
    request: HttpRequest, order: PurchaseOrder, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    context = page_context(request, order) | timeline_of(order, person, request.GET.get("show", ""))
    context |= {"form": form, "token": new_token()} | take_results(request, f"order:{order.pk}")
    return render(request, "procurement/order_detail.html", context, status=status)


@require_safe
@login_required
def live(request: HttpRequest, number: str) -> HttpResponse:
    """The moving part for htmx; what stands below comes along once something changed."""
    order = order_or_404(person_of(request), number)
    if not wants_part(request):
        return redirect(order)
    return _live(request, order, seen=request.GET.get("seen", ""))


def _live(request: HttpRequest, order: PurchaseOrder, *, seen: str) -> HttpResponse:
    person = person_of(request)
    context = live_context(order, person) | {"token": new_token()}
    if seen != context["stamp"]:
        context |= body_context(order, person) | timeline_of(order, person, "")
        context["below"] = True
    return render_part(
        request, "procurement/_order_live.html", "procurement/_order_live.html", context
    )


@require_POST
@login_required
def read_again(request: HttpRequest, number: str) -> HttpResponse:
    """Read it now, within what a page may wait; what fails is said and tried again soon."""
    order = order_or_404(person_of(request), number)
    reading = read_order_again(order=order)
    if reading.failure:
        keep_results(request, f"order:{order.pk}", [_result(reading)])
    else:
        say(request, reading.sentence)
    return redirect(order)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PRICES)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Why, and what happens; then the command is queued and can be taken back for a while."""
    order = order_or_404(person_of(request), number)
    form = CancelForm(request.POST or None, initial={"token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            command = cancel_order(
                order=order,
                by=person_of(request),
                reason=form.words,
                token=form.cleaned_data["token"],
            )
        except EndRefused as refused:
            form.add_error(None, str(refused))
        else:
            _say_undo(request, order, _("Cancelling %(order)s."), command.not_before)
            return redirect(order)
    context = {"order": order, "form": form}
    status = 422 if form.errors else 200
    return render(request, "procurement/order_cancel.html", context, status=status)


def _say_undo(request: HttpRequest, order: PurchaseOrder, sentence: str, until: Any) -> None:
    say(
        request,
        sentence % {"order": order.number},
        undo_url=reverse("orders:undo", args=[order.number]),
        undo_until=until,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONFIRM_TO_SELLER)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Says that it cannot be undone and may release the money; then does it."""
    order = order_or_404(person_of(request), number)
    form = TokenForm(request.POST or None, initial={"token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            command = confirm_to_seller(
                order=order, by=person_of(request), token=form.cleaned_data["token"]
            )
        except EndRefused as refused:
            form.add_error(None, str(refused))
        else:
            _say_undo(request, order, _("Confirming %(order)s."), command.not_before)
            return redirect(order)
    context = {"order": order, "form": form}
    status = 422 if form.errors else 200
    return render(request, "procurement/order_confirm.html", context, status=status)


@require_POST
@needs(Right.SEE_PRICES)
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take the queued command back, or say that it is too late and what else there is."""
    order = order_or_404(person_of(request), number)
    try:
        undo_order(order=order, by=person_of(request))
        say(request, _("Taken back. Nothing was sent."))
    except UndoRefused as refused:
        say(request, str(refused))
    return redirect(order)


@require_POST
@login_required
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Add a comment; the requester and those who spoke before are told."""
    order = order_or_404(person_of(request), number)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, order, form, status=422)
    try:
        comment_on_order(order=order, by=person_of(request), text=form.cleaned_data["text"])
    except CommentRefused:
        form.add_error("text", _("Write something first."))
        return _page(request, order, form, status=422)
    return redirect(order.get_absolute_url() + "#timeline")
