"""The cart: everything in it saves itself, one small POST at a time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.choices import Right
from accounts.views.back import safe_next
from catalog.marketplaces import ports
from catalog.views.access import needs
from catalog.views.item import render_item
from desk.formats import number_text
from desk.render import render_part, say, wants_part
from procurement.models import CartLine
from procurement.services import cart as service
from procurement.services import quoting
from procurement.views.coming_back import posts
from procurement.views.goods import orders_shown, saved_shown, totals_of

REMOVED = "cart_removed"  # session: token → what a removed line was, the last few
UNDOABLE = 8


@require_safe
@needs(Right.ASK)
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _answer(request)


def _item(request: HttpRequest) -> str:
    """The item page a form came from, the cart where that makes no sense."""
    marketplace, item_id = _target(request)
    if marketplace not in ports() or not item_id:
        return reverse("cart:show")
    return reverse("catalog:item", args=[marketplace, item_id])


@posts(Right.ASK, _item)
def add(request: HttpRequest) -> HttpResponse:
    """From an item page: all quantities of the form, or none and the page again."""
    marketplace, item_id = _target(request)
    if marketplace not in ports() or not item_id:
        return redirect("cart:show")
    typed = {
        name.removeprefix("qty-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("qty-")
    }
    try:
        added = service.add_to_cart(
            person=request.user,  # type: ignore[arg-type]
            marketplace=marketplace,
            item_id=item_id,
            wanted=[service.Wanted(sku_id, text) for sku_id, text in typed.items()],
            token=request.POST.get("token", ""),
        )
    except service.CartRefused as refused:
        return render_item(
            request, marketplace, item_id, form_errors=refused.errors, typed=typed, status=422
        )
    say(request, _added(added.pieces))
    return HttpResponseRedirect(safe_next(request, f"{_item(request)}#in-cart"))


@posts(Right.ASK, "cart:show")
def quantity(request: HttpRequest, pk: int) -> HttpResponse:
    """A line's quantity; 0 takes it out."""
    line = _line(request, pk)
    typed = request.POST.get("quantity", "")
    kept = service.as_json(line)
    try:
        changed = service.change_quantity(person=request.user, line=line, typed=typed)  # type: ignore[arg-type]
    except service.CartRefused as refused:
        return _answer(request, typed={pk: typed}, errors=refused.errors, status=422)
    if changed is None:
        _say_taken_out(request, kept)
    return _done(request)


@posts(Right.ASK, "cart:show")
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a line for later."""
    service.set_saved(person=request.user, line=_line(request, pk), saved=True)  # type: ignore[arg-type]
    say(request, _("Saved for later."), undo_url=reverse("cart:restore", args=[pk]))
    return _done(request)


@posts(Right.ASK, "cart:show")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """From "saved for later" back into the cart."""
    service.set_saved(person=request.user, line=_line(request, pk), saved=False)  # type: ignore[arg-type]
    return _done(request)


@posts(Right.ASK, "cart:show")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out, with Undo. One that is gone already is no error."""
    line = CartLine.objects.filter(person=request.user.pk, pk=pk).first()
    if line is not None:
        _say_taken_out(request, service.remove(person=request.user, line=line))  # type: ignore[arg-type]
    return _done(request)


@posts(Right.ASK, "cart:show")
def put_back(request: HttpRequest) -> HttpResponse:
    """Undo a removal; a second click finds nothing to undo."""
    waiting = request.session.get(REMOVED, {})
    kept = waiting.pop(request.GET.get("line", ""), None)
    if kept is not None:
        request.session[REMOVED] = waiting
        service.put_back(person=request.user, kept=kept)  # type: ignore[arg-type]
    return _done(request)


def _target(request: HttpRequest) -> tuple[str, str]:
    item_id = request.POST.get("item_id", "").strip()[:40]
    if "/" in item_id or any(sign < " " for sign in item_id):
        item_id = ""  # no address of an item
    return request.POST.get("marketplace", ""), item_id


def _line(request: HttpRequest, pk: int) -> CartLine:
    return get_object_or_404(CartLine, person=request.user.pk, pk=pk)


def _added(pieces: int) -> str:
    words = ngettext("Added %(n)s to the cart.", "Added %(n)s to the cart.", pieces)
    return words % {"n": number_text(pieces)}


def _say_taken_out(request: HttpRequest, kept: dict[str, Any]) -> None:
    """A toast with Undo; what the line was waits in the session."""
    token = secrets.token_urlsafe(8)
    waiting = request.session.get(REMOVED, {}) | {token: kept}
    request.session[REMOVED] = dict(list(waiting.items())[-UNDOABLE:])
    undo = f"{reverse('cart:put-back')}?{urlencode({'line': token})}"
    say(request, _("Taken out: %(name)s") % {"name": kept["title"]}, undo_url=undo)


def _done(request: HttpRequest) -> HttpResponse:
    """The changed cart for a script, else back to where the form stood."""
    if wants_part(request):
        return _answer(request)
    return HttpResponseRedirect(safe_next(request, reverse("cart:show")))


def _answer(
    request: HttpRequest,
    *,
    typed: Mapping[int, str] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = list(CartLine.objects.filter(person=request.user.pk))
    groups = quoting.group_lines(
        person=request.user,  # type: ignore[arg-type]
        lines=[line for line in lines if not line.saved_for_later],
    )
    rates = {group.total.currency.code: group.rate for group in groups}
    context = {
        "orders": orders_shown(groups, typed=typed, errors=errors),
        "saved": saved_shown([line for line in lines if line.saved_for_later], rates),
        "totals": totals_of(groups),
        "pieces": sum(group.pieces for group in groups),
        "rates": [rate for rate in rates.values() if rate],
        "company_currency": settings.COMPANY_CURRENCY,
    }
    return render_part(
        request, "procurement/cart.html", "procurement/_cart.html", context, status=status
    )
