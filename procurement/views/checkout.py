"""Checkout: one page, the platform's quotes arriving by themselves, one button that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Right
from catalog.views.access import needs
from desk.render import render_part, say, wants_part
from procurement.choices import RequestState
from procurement.forms import CheckoutForm
from procurement.models import PurchaseRequest, ShipTo
from procurement.services import asking, quoting
from procurement.views.checkout_page import page_context, purpose_of, undo_until
from procurement.views.coming_back import posts
from procurement.views.goods import orders_shown

TOTAL = "total"  # the sum's own part, beside the orders' keys


@require_safe
@needs(Right.ASK)
def show(request: HttpRequest) -> HttpResponse:
    """The page with what is known; quotes come by themselves, or now where no script asks."""
    person: Any = request.user
    groups = quoting.cart_groups(person)
    form = CheckoutForm(person=person, purpose=purpose_of(groups))
    ship_to = form.get_initial_for_field(form.fields["ship_to"], "ship_to")
    if ship_to and request.GET.get("quotes") == "now":
        quoting.read_quotes(groups, ship_to=ship_to)
    elif ship_to:
        quoting.recall(groups, ship_to=ship_to)
    return _page(request, form, groups)


@require_safe
@needs(Right.ASK)
def quote(request: HttpRequest, group: str) -> HttpResponse:
    """One order's quote, read now; or the sum of what is known."""
    if not wants_part(request):
        return redirect(f"{reverse('checkout:show')}?quotes=now")
    person: Any = request.user
    groups = quoting.cart_groups(person)
    ship_to = _ship_to(request)
    if group == TOTAL or ship_to is None:
        if ship_to:
            quoting.recall(groups, ship_to=ship_to)
        return _total(request, groups)
    mine = [one for one in groups if one.key == group]
    quoting.read_quotes(mine, ship_to=ship_to)
    order = next((one for one in orders_shown(groups) if one.group.key == group), None)
    answer = render(request, "procurement/_quote.html", {"order": order, "key": group})
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Quayside-Part"] = "yes"
    answer.headers["HX-Trigger"] = "quotes-moved"  # the sum reads itself again
    return answer


@posts(Right.ASK, "checkout:show")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the cart, once for each form."""
    person: Any = request.user
    made = asking.made_with(person=person, token=request.POST.get("token", ""))
    if made:
        say(request, _("%(label)s was asked for once already; this is it.") % {"label": made})
        return redirect(made)
    groups = quoting.cart_groups(person)
    form = CheckoutForm(request.POST, person=person)
    if not form.is_valid():
        if form.cleaned_data.get("ship_to"):
            quoting.recall(groups, ship_to=form.cleaned_data["ship_to"])
        return _page(request, form, groups, status=422)
    quoting.read_quotes(groups, ship_to=form.cleaned_data["ship_to"])
    try:
        made = asking.ask_for(person=person, wish=_wish(form, groups), groups=groups)
    except asking.TotalRose as rose:
        return _page(request, form, groups, rose=rose, status=409)
    except asking.AskRefused as refused:
        for message in refused.errors.get("purpose", ()):
            form.add_error("purpose", message)
        return _page(request, form, groups, errors=refused.errors, status=422)
    _say_asked(request, made)
    return redirect(made)


def _wish(form: CheckoutForm, groups: Sequence[quoting.Group]) -> asking.Wish:
    words = form.cleaned_data
    return asking.Wish(
        token=words["token"],
        purpose=words["purpose"] or purpose_of(groups),
        cost_centre=words["cost_centre"],
        ship_to=words["ship_to"],
        needed_by=words["needed_by"],
        note=words["note"],
        shown_total=words["shown_total"],
    )


def _say_asked(request: HttpRequest, made: PurchaseRequest) -> None:
    if made.state == RequestState.ASKED:
        say(request, _("%(label)s is asked for.") % {"label": made})
        return
    say(
        request,
        _("%(label)s is within your limit: it is ordered now.") % {"label": made},
        undo_url=reverse("requests:withdraw", args=[made.number]),
        undo_until=undo_until(made),
    )


def _ship_to(request: HttpRequest) -> ShipTo | None:
    """The address named in the query, else the default one."""
    rows = ShipTo.objects.filter(is_active=True)
    chosen = request.GET.get("ship_to", "")
    is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
    named = rows.filter(pk=int(chosen)).first() if is_number else None
    return named or rows.first()


def _total(request: HttpRequest, groups: Sequence[quoting.Group]) -> HttpResponse:
    context = page_context(request.user, groups)  # type: ignore[arg-type]
    part = "procurement/_checkout_total.html"
    return render_part(request, part, part, context)


def _page(
    request: HttpRequest,
    form: CheckoutForm,
    groups: Sequence[quoting.Group],
    *,
    errors: Mapping[str, Sequence[str]] | None = None,
    rose: asking.TotalRose | None = None,
    status: int = 200,
) -> HttpResponse:
    context = page_context(request.user, groups, form=form, errors=errors, rose=rose)  # type: ignore[arg-type]
    template = "procurement/checkout.html" if groups else "procurement/checkout_empty.html"
    return render(request, template, context, status=status)
