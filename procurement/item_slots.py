"""What procurement plugs into catalogue pages: last bought, the policy, what is in the cart."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from moneyed import Money

from accounts.choices import Right
from accounts.models import User
from catalog.slots import Item, LastBought
from desk.formats import number_text
from desk.money import minor
from desk.slots import HomePart
from procurement.choices import PlannedState
from procurement.models import CartLine, RequestLine
from procurement.services.deciders import deciders_of


def last_bought(person: User, items: list[Item]) -> dict[Item, LastBought]:
    """The latest order of each item by anybody here, whoever looks: two people who buy the same
    thing should know of each other. One query."""
    if not items:
        return {}
    wanted = Q()
    for marketplace in {marketplace for marketplace, _id in items}:
        ids = [item_id for other, item_id in items if other == marketplace]
        wanted |= Q(marketplace=marketplace, item_id__in=ids)
    latest = (
        RequestLine.objects.filter(wanted, planned__state=PlannedState.PLACED)
        .order_by()
        .values("marketplace", "item_id")
        .annotate(latest=Max("id"))
        .values("latest")
    )
    rows = RequestLine.objects.filter(pk__in=latest).select_related("request__requester")
    return {
        (line.marketplace, line.item_id): LastBought(
            on=timezone.localtime(line.request.asked_at or line.request.created_at).date(),
            price=line.unit_money,
            by=line.request.requester.get_short_name(),
        )
        for line in rows
    }


def policy_notes(person: User, total: Money) -> list[str]:
    """Who will be asked about `total` (company currency), before it goes into the cart."""
    if not person.may(Right.ASK):
        return []
    deciders = deciders_of(person=person, department=person.department, amount=minor(total))
    if not deciders:
        return [_("Within your own limit: nobody else is asked.")]
    names = _(", then ").join(decider.name for decider in deciders)
    return [_("%(names)s will be asked.") % {"names": names}]


def in_cart(request: HttpRequest, marketplace: str, item_id: str) -> Iterable[HomePart]:
    """What of an item is in the reader's cart, with the way on, right under its button."""
    lines = CartLine.objects.filter(
        person=request.user.pk, marketplace=marketplace, item_id=item_id, saved_for_later=False
    )
    pieces = sum(lines.values_list("quantity", flat=True))
    if pieces:
        words = ngettext("%(n)s piece in your cart", "%(n)s pieces in your cart", pieces)
        context: dict[str, object] = {"words": words % {"n": number_text(pieces)}}
        yield HomePart(_("In your cart"), "procurement/_in_cart.html", context, "buy")
