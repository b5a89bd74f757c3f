"""Find: one bar, a lane a marketplace that arrives on its own, or one marketplace whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Right
from catalog.forms import ALL, CARDS, DENSE, LANE_SIZE, TAB_SIZE, Asked, FindForm, bounds_currency
from catalog.marketplaces import ports
from catalog.marketplaces.base import ProductPort
from catalog.marketplaces.links import is_short_link, looks_like_link
from catalog.services import Meant, jumping, what_is_meant
from catalog.services.words import suggestions
from catalog.views.access import needs
from catalog.views.cards import Found, find_on, yuan_rate
from desk.money import Rate
from desk.render import render_part, wants_part

RECENT = "recent_searches"
RECENT_KEPT = 8


@dataclass(frozen=True, slots=True)
class Lane:
    """A marketplace's place on the page of all, before its results have arrived."""

    port: ProductPort
    url: str
    tab_url: str


@require_safe
@needs(Right.SEE_PRICES)
def find(request: HttpRequest) -> HttpResponse:
    """The page. A pasted link or item number leads on to its item."""
    form = FindForm(request.GET)
    asked = form.asked()
    target = jumping.item_in_link(asked.words)
    if target:
        return redirect(asked.item_link(target.marketplace, target.item_id))
    number = jumping.bare_id(asked.words)
    if number:
        return _by_number(request, form, asked, number)
    if looks_like_link(asked.words):
        context = _frame(form, asked) | {"unknown_link": True}
        context["is_short"] = is_short_link(asked.words)
        return render(request, "catalog/find.html", context)
    context = _frame(form, asked)
    if asked.words:
        _remember(request, asked.words)
        context |= _results(request, asked, context["rate"])
    else:
        context |= {"recent": request.session.get(RECENT, []), "suggested": suggestions()}
    return render(request, "catalog/find.html", context)


@require_safe
@needs(Right.SEE_PRICES)
def lane(request: HttpRequest, marketplace: str) -> HttpResponse:
    """One lane for htmx; without it, the marketplace's tab."""
    if marketplace not in ports():
        raise Http404
    asked = FindForm(request.GET).asked()
    if not wants_part(request):
        answer = redirect(asked.link(on=marketplace))
        patch_vary_headers(answer, ["HX-Request"])
        return answer
    meant = what_is_meant(asked.words, as_typed=asked.as_typed)
    found = _found(request, marketplace, asked, meant, yuan_rate(), size=LANE_SIZE)
    context = {"found": found, "asked": asked, "drops": _drops(asked, meant)}
    return render_part(request, "catalog/_lane.html", "catalog/_lane.html", context)


def _found(
    request: HttpRequest,
    marketplace: str,
    asked: Asked,
    meant: Meant,
    rate: Rate | None,
    *,
    size: int,
) -> Found:
    return find_on(
        person=request.user,  # type: ignore[arg-type]
        marketplace=marketplace,
        asked=asked,
        words=meant.asked,
        rate=rate,
        size=size,
        again="again" in request.GET,
    )


def _results(request: HttpRequest, asked: Asked, rate: Rate | None) -> dict[str, Any]:
    """Lanes to be filled, or one marketplace's results read now."""
    meant = what_is_meant(asked.words, as_typed=asked.as_typed)
    context: dict[str, Any] = {"meant": meant, "as_typed_url": asked.link(as_typed=True)}
    if asked.on == ALL:
        lanes = [
            Lane(port, asked.lane_link(slug), asked.link(on=slug)) for slug, port in ports().items()
        ]
        return context | {"lanes": lanes}
    found = _found(request, asked.on, asked, meant, rate, size=TAB_SIZE)
    page = found.result.page
    return context | {
        "found": found,
        "again_url": asked.link(page=asked.page) + "&again=1",
        "before_url": asked.link(page=asked.page - 1) if asked.page > 1 else "",
        "after_url": asked.link(page=asked.page + 1) if page and page.has_more else "",
        "drops": _drops(asked, meant),
    }


def _by_number(request: HttpRequest, form: FindForm, asked: Asked, number: str) -> HttpResponse:
    """On to the item with this number, where exactly one marketplace has it."""
    if asked.on != ALL:
        target: jumping.Target | None = jumping.Target(asked.on, number)
    else:
        target = jumping.item_by_id(person=request.user, item_id=number)  # type: ignore[arg-type]
    if target:
        return redirect(asked.item_link(target.marketplace, target.item_id))
    places = [
        {"label": ports()[slug].label, "url": asked.item_link(slug, number)}
        for slug in jumping.readers_of(number)
    ]
    context = _frame(form, asked) | {"number": number, "number_places": places}
    return render(request, "catalog/find.html", context)


def _frame(form: FindForm, asked: Asked) -> dict[str, Any]:
    """The bar and the tabs."""
    tabs = [{"label": _("All"), "url": asked.link(on=ALL), "active": asked.on == ALL}] + [
        {"label": port.label, "url": asked.link(on=slug), "active": asked.on == slug}
        for slug, port in ports().items()
    ]
    rate = yuan_rate()
    return {
        "form": form,
        "asked": asked,
        "tabs": tabs,
        "rate": rate,
        "bounds_currency": bounds_currency(rate),
        "views": [
            {"label": _("Cards"), "url": asked.link(view=CARDS), "active": asked.view == CARDS},
            {"label": _("Dense"), "url": asked.link(view=DENSE), "active": asked.view == DENSE},
        ],
        "find_url": reverse("catalog:find"),
    }


def _drops(asked: Asked, meant: Meant) -> list[dict[str, str]]:
    """What to leave away when nothing fits, narrowest first."""
    drops = []
    if asked.has_bounds:
        url = asked.link(price_from=None, price_to=None)
        drops.append({"label": _("Search at any price"), "url": url})
    if meant.translated:
        label = _("Search for “%(words)s” as typed") % {"words": meant.typed}
        drops.append({"label": label, "url": asked.link(as_typed=True)})
    parts = asked.words.split()
    if len(parts) > 1:
        fewer = " ".join(parts[:-1])
        label = _("Search for “%(words)s” only") % {"words": fewer}
        drops.append({"label": label, "url": asked.link(words=fewer)})
    if asked.page > 1:
        drops.append({"label": _("Back to the first page"), "url": asked.link()})
    return drops


def _remember(request: HttpRequest, words: str) -> None:
    """My recent searches, newest first; the session is written only when they change."""
    kept = request.session.get(RECENT, [])
    now = [words[:80], *(other for other in kept if other != words[:80])][:RECENT_KEPT]
    if now != kept:
        request.session[RECENT] = now
