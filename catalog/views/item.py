"""One item: pictures, ladder, variants, seller; or what stands in the way of showing it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Right
from catalog.marketplaces import port, ports
from catalog.marketplaces.base import Offer
from catalog.services import (
    FailureKind,
    OfferView,
    check_quantity,
    get_offer,
    known_offers,
    name_item,
    names_of,
    quantity_from_text,
    why_sentence,
)
from catalog.services.checking import MOST_PIECES
from catalog.services.reader import offer_for_reader
from catalog.slots import bought_before, notes_for
from catalog.views import matrix, pricing
from catalog.views.access import needs
from catalog.views.cards import yuan_rate
from catalog.views.described import description_blocks
from desk.money import Rate, from_minor
from desk.render import say
from desk.slots import item_asides

SCORES = {
    "service": gettext_lazy("Service"),
    "goods": gettext_lazy("Goods as described"),
    "shipping": gettext_lazy("Shipping"),
    "answers": gettext_lazy("Answers"),
    "after_sales": gettext_lazy("After sales"),
    "disputes": gettext_lazy("Disputes"),
    "repeat": gettext_lazy("Buyers who came back"),
    "on_time": gettext_lazy("Picked up within 48 h"),
}
SHARES = frozenset({"repeat", "on_time"})
LONGEST_ID = 40  # what the columns of item ids hold
DESCRIPTION_SHOWN = 600  # characters of it that need no fold


@require_safe
@needs(Right.SEE_PRICES)
def show(request: HttpRequest, marketplace: str, item_id: str) -> HttpResponse:
    """The page. An id with blanks or full-width digits leads to the one that is meant."""
    if marketplace not in ports():
        raise Http404
    meant = port(marketplace).item_id_from_link(item_id)
    if meant and meant != item_id:
        url = reverse("catalog:item", args=[marketplace, meant])
        query = request.GET.urlencode()
        return redirect(f"{url}?{query}" if query else url)
    return render_item(request, marketplace, item_id)


@require_safe
@needs(Right.SEE_PRICES)
def notes(request: HttpRequest, marketplace: str, item_id: str) -> HttpResponse:
    """What does not fit and what the policy says, while quantities are typed. Asks nobody: it
    judges by the offer that the page shows."""
    offer = known_offers([(marketplace, item_id)]).get((marketplace, item_id))
    if offer is None:
        raise Http404
    typed = {
        name.removeprefix("qty-"): str(text)
        for name, text in request.GET.items()
        if name.startswith("qty-") and str(text).strip() not in ("", "0")
    }
    money = pricing.summed(offer, _numbers(typed), yuan_rate())
    context = {
        "problems": _problems(offer, typed, money.pieces),
        "notes": _policy(request, money),
    }
    return render(request, "catalog/_notes.html", context)


@require_POST
@needs(Right.ASK)
def our_name(request: HttpRequest, marketplace: str, item_id: str) -> HttpResponse:
    """Give the item our name, or take it away."""
    if marketplace not in ports() or len(item_id) > LONGEST_ID:
        raise Http404
    given = name_item(
        person=request.user,  # type: ignore[arg-type]
        marketplace=marketplace,
        item_id=item_id,
        name=request.POST.get("name", ""),
    )
    say(request, _("Named “%s”.") % given.name if given else _("Our name taken away."))
    return redirect("catalog:item", marketplace, item_id)


def render_item(
    request: HttpRequest,
    marketplace: str,
    item_id: str,
    *,
    form_errors: Mapping[str, Sequence[str]] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The item page; also what "add to cart" answers when something does not fit.

    `form_errors` maps a sku id, or "" for the whole form, to sentences; `typed` a sku id to what
    was written. Keys may also be field names (`qty-<sku id>`). Raises Http404 for an unknown
    marketplace.
    """
    if marketplace not in ports():
        raise Http404
    again = "again" in request.GET
    view = get_offer(
        person=request.user,  # type: ignore[arg-type]
        marketplace=marketplace,
        item_id=item_id,
        fresh_seconds=0 if again else 60,
    )
    if view.offer is None:
        return _missing(request, marketplace, item_id, view)
    offer = offer_for_reader(view.offer)
    context = _context(request, offer, view, _by_sku(form_errors or {}), _by_sku(typed or {}))
    return render(request, "catalog/item.html", context, status=status)


def _missing(request: HttpRequest, marketplace: str, item_id: str, view: OfferView) -> HttpResponse:
    """Never seen and not to be had: there is no such item, or nobody answers."""
    failure = view.failure
    gone = failure is not None and failure.kind == FailureKind.GONE
    context = {
        "port": port(marketplace),
        "item_id": item_id,
        "failure": failure,
        "gone": gone,
        "silent": failure is not None and failure.kind in (FailureKind.DOWN, FailureKind.SLOW),
        "link": port(marketplace).link(item_id),
        "again_url": request.path,
    }
    return render(request, "catalog/item_missing.html", context, status=404 if gone else 200)


def _context(
    request: HttpRequest,
    offer: Offer,
    view: OfferView,
    errors: dict[str, Sequence[str]],
    typed: dict[str, str],
) -> dict[str, Any]:
    person = request.user
    rate = yuan_rate()
    item = (offer.marketplace, offer.item_id)
    wish = _wish(request)
    if not typed and not errors:
        typed = _prefilled(offer, wish)
    money = pricing.summed(offer, _numbers(typed), rate)
    name = names_of([item]).get(item, "")
    may_ask = person.may(Right.ASK)  # type: ignore[union-attr]
    why = offer.extra.get("why", "")
    low, high = pricing.spread(offer)
    gone = view.failure is not None and view.failure.kind == FailureKind.GONE
    return {
        "offer": offer,
        "view": view,
        "port": port(offer.marketplace),
        "rate": rate,
        "our_name": name,
        "name": name or offer.title,
        "original": offer.title_original if offer.title_original != (name or offer.title) else "",
        "category": offer.category.replace("->", " › "),
        "pictures": _pictures(offer),
        "ladder": pricing.ladder(offer, money.pieces or wish, rate),
        "low": low,
        "high": high,
        "low_here": pricing.here(low, rate),
        "high_here": pricing.here(high, rate),
        "matrix": matrix.build(offer, rate, typed=typed, errors=errors, chosen=request.GET.dict()),
        "sum": money,
        "wish": wish,
        "form_errors": list(errors.get("", ())),
        "buyable": may_ask and not gone and any(sku.orderable for sku in offer.skus),
        "may_ask": may_ask,
        "gone": gone,
        "blocked": why_sentence(why) if why and not gone else "",
        "blocked_there": offer.extra.get("why_there", ""),
        "notes": _policy(request, money),
        "notes_url": reverse("catalog:notes", args=item),
        "token": secrets.token_urlsafe(16),
        "add_url": _add_url(),
        "wire": _wire(offer, rate),
        "freight": _freight(offer, rate),
        "scores": [(SCORES.get(key, key), _score(key, text)) for key, text in offer.scores],
        "description": description_blocks(offer.description_html),
        "folded": len(offer.description_html) > DESCRIPTION_SHOWN,
        "last": bought_before(person, [item]).get(item),  # type: ignore[arg-type]
        "asides": [part for give in item_asides for part in give(request, *item)],
        "link": port(offer.marketplace).link(offer.item_id),
        "again_url": f"{request.path}?{urlencode({'again': 1, **({'qty': wish} if wish else {})})}",
    }


def _numbers(typed: Mapping[str, str]) -> dict[str, int]:
    """What can be added up; nonsense is left out."""
    numbers = {sku_id: quantity_from_text(text) or 0 for sku_id, text in typed.items()}
    return {sku_id: n for sku_id, n in numbers.items() if 0 < n <= MOST_PIECES}


def _problems(offer: Offer, typed: Mapping[str, str], pieces: int) -> list[tuple[str, str]]:
    """(variant, sentence) of everything that keeps these quantities from being ordered."""
    found = []
    for sku_id, text in typed.items():
        sku, quantity = offer.sku(sku_id), quantity_from_text(text)
        others = pieces - (quantity or 0)
        for problem in check_quantity(offer, sku, quantity, sku_id=sku_id, together=others):
            found.append((sku.label if sku else "", problem.sentence))
    return found


def _policy(request: HttpRequest, money: pricing.Sum) -> list[str]:
    if not money.pieces or money.total is None:
        return []
    return notes_for(request.user, money.total)  # type: ignore[arg-type]


def _wish(request: HttpRequest) -> int:
    """How many Find was asked for; 0 where it was not, or makes no sense."""
    quantity = quantity_from_text(request.GET.get("qty", "")) or 0
    return quantity if 0 < quantity <= MOST_PIECES else 0


def _prefilled(offer: Offer, wish: int) -> dict[str, str]:
    """The wish in the one variant that can be ordered; with several, people choose."""
    ready = [sku for sku in offer.skus if sku.orderable and sku.stock > 0]
    return {ready[0].sku_id: str(wish)} if wish and len(ready) == 1 else {}


def _by_sku(given: Mapping[str, Any]) -> dict[str, Any]:
    """By sku id, whichever of the two kinds of keys came."""
    return {key.removeprefix("qty-"): value for key, value in given.items()}


def _pictures(offer: Offer) -> list[str]:
    """The gallery: the offer's pictures, then those that only variants have."""
    return list(
        dict.fromkeys([*offer.pictures, *(sku.picture for sku in offer.skus if sku.picture)])
    )


def _wire(offer: Offer, rate: Rate | None) -> dict[str, Any]:
    """What the script needs to add up while people type; the server adds up again."""
    return {
        "tiers": [[tier.start, str(tier.price.amount)] for tier in offer.tiers],
        "rate": str(rate.value) if rate else "",
        "currency": settings.COMPANY_CURRENCY,
        "there": offer.skus[0].price.currency.code,
    }


def _freight(offer: Offer, rate: Rate | None) -> dict[str, Any] | None:
    fee = offer.extra.get("post_fee", "")
    if not fee.isdecimal():
        return None
    money = from_minor(int(fee), "CNY")
    return {"here": pricing.here(money, rate), "there": money}


def _score(key: str, text: str) -> str:
    """Shares come as a fraction or in percent; people read percent."""
    if key not in SHARES:
        return text
    try:
        share = Decimal(text.rstrip("%"))
    except InvalidOperation:
        return text
    return f"{share * 100 if share <= 1 else share:.0f} %"


def _add_url() -> str:
    """Where "Add to cart" posts; the cart is another room's, so it is only known by name."""
    try:
        return reverse("cart:add")
    except NoReverseMatch:
        return ""
