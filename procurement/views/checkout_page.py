"""What the checkout page shows, gathered: sums, who will be asked, what the button says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from catalog.services import names_of
from desk import clock
from desk.formats import money_text, span_text
from desk.money import company
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.forms import CheckoutForm
from procurement.models import PurchaseRequest
from procurement.services.asking import TotalRose
from procurement.services.deciders import Decider, deciders_of
from procurement.services.quoting import Group, oldest
from procurement.states import PLANNED
from procurement.views.goods import Totals, orders_shown, totals_of

RECENT = 4
JUST_NOW = timedelta(hours=1)
LONGEST_PURPOSE = 60


def page_context(
    person: User,
    groups: Sequence[Group],
    *,
    form: CheckoutForm | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
    rose: TotalRose | None = None,
) -> dict[str, Any]:
    """Context of the page and of its sum. `rose`: the total is above what the button had said."""
    totals = totals_of(groups)
    deciders = deciders_of(person=person, department=person.department, amount=totals.units)
    orders = orders_shown(groups, errors=errors)
    shown = form["shown_total"].value() if form is not None else None
    return {
        "form": form,
        "orders": orders,
        "errors": (errors or {}).get("", ()),
        "rose": rose,
        "rose_from": company(int(shown)) if rose and shown else None,
        "rose_to": company(rose.now) if rose else None,
        "totals": totals,
        "pending": sum(group.is_pending for group in groups),
        "unread": sum(bool(group.failure) and group.quote is None for group in groups),
        "stuck": [order for order in orders if order.needs_a_hand],
        "oldest": oldest(groups),
        "asked": [asked_sentence(decider) for decider in deciders],
        "own_limit": not deciders,
        "button": button_words(deciders, totals, len(groups)),
        "recent": recent_purposes(person) if form is not None else [],
        "last": None if groups else last_asked(person),
        "company_currency": settings.COMPANY_CURRENCY,
    }


def asked_sentence(decider: Decider) -> str:
    """ "Maria Keller will be asked, usually answers in 3 h." """
    if decider.usually is None:
        return _("%(name)s will be asked.") % {"name": decider.name}
    return _("%(name)s will be asked, usually answers in %(span)s.") % {
        "name": decider.name,
        "span": _span(decider.usually),
    }


def button_words(deciders: Sequence[Decider], totals: Totals, orders: int) -> str:
    """What pressing the button does: whom it asks, about how much."""
    if totals.total is None:
        return _("Ask")
    amount = money_text(totals.total)
    if not deciders:
        return _("Order for %(amount)s (within your own limit)") % {"amount": amount}
    words = ngettext(
        "Ask %(name)s to approve %(amount)s",
        "Ask %(name)s to approve %(amount)s (%(orders)d orders)",
        orders,
    )
    return words % {"name": deciders[0].short_name, "amount": amount, "orders": orders}


def purpose_of(groups: Sequence[Group]) -> str:
    """What a request is for while nobody says otherwise: its first goods, under our name."""
    lines = [line for group in groups for line in group.lines]
    if not lines:
        return ""
    item = (lines[0].marketplace, lines[0].item_id)
    name = names_of([item]).get(item) or lines[0].title
    short = Truncator(name).chars(LONGEST_PURPOSE)
    if " " in short and short != name:
        short = f"{short.rpartition(' ')[0].rstrip(',;')}…"  # never in the middle of a word
    if len(lines) == 1:
        return short
    words = ngettext("%(name)s and %(n)d more", "%(name)s and %(n)d more", len(lines) - 1)
    return words % {"name": short, "n": len(lines) - 1}


def recent_purposes(person: User) -> list[str]:
    """What this person asked for lately, each once, the latest first."""
    rows = PurchaseRequest.objects.filter(requester=person).order_by("-number")
    return list(dict.fromkeys(rows.values_list("purpose", flat=True)[:20]))[:RECENT]


def last_asked(person: User) -> PurchaseRequest | None:
    """The request just made, for who finds the cart empty after asking."""
    return (
        PurchaseRequest.objects.filter(requester=person, asked_at__gte=clock.now() - JUST_NOW)
        .order_by("-number")
        .first()
    )


def undo_until(request: PurchaseRequest) -> datetime | None:
    """When the first of a request's queued orders goes out."""
    subjects = [PLANNED.subject(planned) for planned in request.planned.all()]
    rows = RemoteCommand.objects.filter(subject__in=subjects, state=CommandState.QUEUED)
    return rows.order_by("not_before").values_list("not_before", flat=True).first()


def _span(span: timedelta) -> str:
    days = round(span / timedelta(days=1))
    if span >= timedelta(hours=36):
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return span_text(span)
