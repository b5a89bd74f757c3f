"""Receiving: scan, find the order, count its goods in. No prices anywhere here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Right
from catalog.views.access import needs
from desk.render import say
from procurement.access import sees_prices
from procurement.filters import ids_of_number, plain
from procurement.models import PurchaseOrder
from procurement.order_forms import CountForm
from procurement.querysets import TO_RECEIVE, orders_of
from procurement.services.receiving import ReceiptRefused
from procurement.services.receiving import count_in as count_goods_in
from procurement.views.order_page import order_or_404
from procurement.views.orders import person_of
from procurement.views.parcel_rows import parcels_to_receive, receive_lines


@require_safe
@needs(Right.RECEIVE)
def listing(request: HttpRequest) -> HttpResponse:
    """The scan field, then what lies there uncounted, then what is on the way."""
    return render(request, "procurement/receive_list.html", parcels_to_receive(person_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECEIVE)
def scan(request: HttpRequest) -> HttpResponse:
    """A tracking or order number leads to its form; several orders are offered, none is said."""
    person = person_of(request)
    code = plain((request.POST or request.GET).get("code", ""))
    found = ids_of_number(code, orders_of(person))
    if len(found) == 1:
        order = PurchaseOrder.objects.get(pk=found[0])
        return redirect(f"{reverse('orders:receive', args=[order.number])}")
    context = parcels_to_receive(person) | {"code": code, "scanned": True}
    context["several"] = orders_of(person).filter(pk__in=found).order_by("number")
    return render(request, "procurement/receive_list.html", context)


@require_safe
@needs(Right.RECEIVE)
def form(request: HttpRequest, number: str) -> HttpResponse:
    """One stepper a line, prefilled with what is missing; ?correct=1 starts from 0."""
    order = order_or_404(person_of(request), number)
    correcting = "correct" in request.GET
    return _form(request, order, CountForm(order=order, correcting=correcting), correcting)


def _form(
    request: HttpRequest,
    order: PurchaseOrder,
    counted: CountForm,
    correcting: bool,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "order": order,
        "form": counted,
        "lines": receive_lines(counted),
        "correcting": correcting,
        "can_arrive": order.state in TO_RECEIVE,
        "parcels": list(order.parcels.all()),
    }
    return render(request, "procurement/receive_form.html", context, status=status)


@require_POST
@needs(Right.RECEIVE)
def count_in(request: HttpRequest, number: str) -> HttpResponse:
    """Count; the same form sent twice counts once. What was typed stays where it is refused."""
    person, order = person_of(request), order_or_404(person_of(request), number)
    counted = CountForm(request.POST, order=order)
    if counted.is_valid():
        try:
            received = count_goods_in(
                order=order,
                by=person,
                counts=counted.counts,
                note=counted.cleaned_data["note"],
                token=counted.cleaned_data["token"],
            )
        except ReceiptRefused as refused:
            counted.take(refused.errors)
        else:
            facts = {"order": order.number, "received": received, "all": order.ordered_count}
            say(request, _("%(order)s: %(received)d of %(all)d received.") % facts)
            return redirect(order if sees_prices(person) else "receive:list")
    return _form(request, order, counted, "correct" in request.POST, status=422)
