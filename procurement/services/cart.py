"""The cart: gathering variants, with every rule checked before it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from catalog.marketplaces.base import Offer, OfferSku
from catalog.services import check_quantity, get_offer, quantity_from_text
from catalog.services.checking import MOST_PIECES, Problem
from desk import clock
from desk.formats import number_text
from desk.money import minor
from procurement.models import CartLine
from procurement.models.goods import GoodsLine

TOKEN_SECONDS = 3600
COPIED = tuple(name.name for name in GoodsLine._meta.get_fields() if name.name != "id")


class CartRefused(Exception):
    """Nothing was put into the cart. `errors` maps a field (sku id, or "") to sentences."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("; ".join(text for texts in errors.values() for text in texts))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many of which variant; `typed` is what the person wrote, for the message."""

    sku_id: str
    typed: str


@dataclass(slots=True)
class Added:
    """What went in; `again` when the same form had been sent before and nothing was added."""

    lines: list[CartLine] = field(default_factory=list)
    pieces: int = 0
    again: bool = False


def add_to_cart(
    *, person: User, marketplace: str, item_id: str, wanted: list[Wanted], token: str = ""
) -> Added:
    """Put variants of one item into the cart, adding to what is there. All or nothing.

    The same `token` adds once. Raises CartRefused with a sentence a variant; permission is part
    of the check.
    """
    if not person.may(Right.ASK):
        raise CartRefused({"": [_("You may look, but not order.")]})
    view = get_offer(person=person, marketplace=marketplace, item_id=item_id)
    if view.offer is None:
        raise CartRefused({"": [str(view.failure or _("This item cannot be read now."))]})
    offer = view.offer
    numbers, errors = _numbers(offer, wanted)
    if not numbers and not errors:
        errors[""] = [_("Say how many you need.")]
    in_cart = _in_cart(person, offer)
    after = in_cart | {sku.sku_id: n + in_cart.get(sku.sku_id, 0) for sku, n in numbers}
    for sku, quantity in numbers:
        # A count that is none by itself is told as typed; the rest counts what is in the cart.
        asked = after[sku.sku_id] if quantity > 0 else quantity
        others = sum(after.values()) - after[sku.sku_id]
        problems = check_quantity(offer, sku, asked, together=others)
        if problems:
            errors[sku.sku_id] = _with_cart(problems, in_cart.get(sku.sku_id, 0))
    if errors:
        raise CartRefused(errors)
    if token and not cache.add(f"cart-add:{person.pk}:{token}"[:200], 1, TOKEN_SECONDS):
        return Added(pieces=sum(quantity for _sku, quantity in numbers), again=True)
    return _store(person, offer, numbers, in_cart)


def _with_cart(problems: list[Problem], in_cart: int) -> list[str]:
    """The rules' sentences, and how much of it lies in the cart where that is the reason."""
    sentences = [problem.sentence for problem in problems]
    if in_cart:
        count = number_text(in_cart)
        sentences.append(_("%(count)s of it are in your cart already.") % {"count": count})
    return sentences


def _numbers(
    offer: Offer, wanted: list[Wanted]
) -> tuple[list[tuple[OfferSku, int]], dict[str, list[str]]]:
    numbers: list[tuple[OfferSku, int]] = []
    errors: dict[str, list[str]] = {}
    for entry in wanted:
        if not entry.typed.strip():
            continue
        quantity = quantity_from_text(entry.typed)
        sku = offer.sku(entry.sku_id)
        if quantity == 0:
            continue
        if quantity is None:
            errors[entry.sku_id] = [_("Type a whole number of pieces, such as 20.")]
        elif sku is None:
            errors[entry.sku_id] = [_("This variant is no longer offered.")]
        else:
            numbers.append((sku, quantity))
    return numbers, errors


def _in_cart(person: User, offer: Offer) -> dict[str, int]:
    """What of the offer is in the cart; saved for later does not count."""
    lines = CartLine.objects.filter(
        person=person,
        marketplace=offer.marketplace,
        item_id=offer.item_id,
        saved_for_later=False,
    )
    return dict(lines.values_list("sku_id", "quantity"))


def _store(
    person: User, offer: Offer, numbers: list[tuple[OfferSku, int]], in_cart: dict[str, int]
) -> Added:
    added = Added()
    with transaction.atomic():
        for sku, quantity in numbers:
            total = quantity + in_cart.get(sku.sku_id, 0)
            line, _created = CartLine.objects.update_or_create(
                person=person,
                marketplace=offer.marketplace,
                item_id=offer.item_id,
                sku_id=sku.sku_id,
                defaults=line_fields(offer, sku, total) | {"saved_for_later": False, "flag": ""},
            )
            added.lines.append(line)
            added.pieces += quantity
        _reprice_lines(person, offer.marketplace, offer.item_id)
    return added


def line_fields(offer: Offer, sku: OfferSku, quantity: int) -> dict[str, Any]:
    """Columns of a goods line taken from an offer."""
    return {
        "order_item_id": offer.order_item_id,
        "order_sku_id": sku.order_sku_id,
        "title": offer.title[:300],
        "title_original": offer.title_original[:300],
        "variant": sku.label[:200],
        "picture": (sku.picture or next(iter(offer.pictures), ""))[:500],
        "seller_id": offer.seller.id,
        "seller_name": offer.seller.name[:120],
        "quantity": quantity,
        "unit_price": minor(offer.unit_price(sku, quantity)),
        "currency": sku.price.currency.code,
        "rules": _rules(offer, sku),
        "as_of": offer.as_of,
    }


def _rules(offer: Offer, sku: OfferSku) -> dict[str, Any]:
    return {
        "moq": offer.moq,
        "batch": offer.batch,
        "stock": sku.stock,
        "tiers": [[tier.start, minor(tier.price)] for tier in offer.tiers],
        "base": minor(sku.price),
    }


def tier_price(rules: dict[str, Any], quantity: int) -> int:
    """Minor units for one piece when `quantity` pieces of the offer are bought."""
    reached = [price for start, price in rules.get("tiers", ()) if start <= quantity]
    return reached[-1] if reached else rules.get("base", 0)


def change_quantity(*, person: User, line: CartLine, typed: str) -> CartLine | None:
    """Set a line's quantity; 0 takes it out and answers None.

    Raises CartRefused with the rules that are broken, under the line's key.
    """
    quantity = quantity_from_text(typed)
    if quantity is None:
        raise CartRefused({str(line.pk): [_("Type a whole number of pieces, such as 20.")]})
    if quantity == 0:
        remove(person=person, line=line)
        return None
    problems = line_problems(line, quantity)
    if problems:
        raise CartRefused({str(line.pk): problems})
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).update(quantity=quantity, flag="")
        _reprice_lines(person, line.marketplace, line.item_id)
    line.refresh_from_db()
    return line


def line_problems(line: CartLine, quantity: int, *, beside: int | None = None) -> list[str]:
    """What the rules kept with a line say against a quantity, in the item page's words.

    `beside`: pieces of the same offer in the person's other lines, where the caller knows.
    """
    rules = line.rules
    moq, batch, stock = rules.get("moq") or 1, rules.get("batch"), rules.get("stock")
    if quantity < 1:
        return [_("At least %(n)s.") % {"n": number_text(moq)}]
    problems = []
    if stock is not None and quantity > stock:
        problems.append(_("Only %(n)s in stock") % {"n": number_text(stock)})
    elif quantity > MOST_PIECES:
        problems.append(_("At most %(n)s at once") % {"n": number_text(MOST_PIECES)})
    beside = _beside(line) if beside is None and moq > 1 else beside or 0
    if quantity + beside < moq:
        problems.append(_("Minimum %(n)s (MOQ)") % {"n": number_text(moq)})
    if batch and quantity % batch:
        below = quantity - quantity % batch
        near = [n for n in (below, below + batch) if n > 0]
        problems.append(
            _("Sold in lots of %(lot)s: %(near)s")
            % {"lot": number_text(batch), "near": _(" or ").join(map(number_text, near))}
        )
    return problems


def _beside(line: CartLine) -> int:
    """Pieces of the same offer in the person's cart, in other lines."""
    rows = CartLine.objects.filter(
        person_id=line.person_id,
        marketplace=line.marketplace,
        item_id=line.item_id,
        saved_for_later=False,
    )
    return sum(rows.exclude(pk=line.pk).values_list("quantity", flat=True))


def _reprice_lines(person: User, marketplace: str, item_id: str) -> None:
    """Tiers count all pieces of an offer together, so every variant's price may move."""
    rows = CartLine.objects.filter(
        person=person, marketplace=marketplace, item_id=item_id, saved_for_later=False
    )
    together = sum(row.quantity for row in rows)
    for row in rows:
        price = tier_price(row.rules, together)
        if price and price != row.unit_price:
            CartLine.objects.filter(pk=row.pk).update(unit_price=price)


def set_saved(*, person: User, line: CartLine, saved: bool) -> None:
    """Save for later, or back into the cart."""
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).update(saved_for_later=saved)
        _reprice_lines(person, line.marketplace, line.item_id)


def remove(*, person: User, line: CartLine) -> dict[str, Any]:
    """Take a line out; what it was comes back as JSON, so that `put_back` can undo it."""
    kept = as_json(line)
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).delete()
        _reprice_lines(person, line.marketplace, line.item_id)
    return kept


def as_json(line: CartLine) -> dict[str, Any]:
    """Everything about a line, for `put_back`."""
    kept = {name: getattr(line, name) for name in (*COPIED, "rules", "saved_for_later", "flag")}
    return kept | {"as_of": line.as_of.isoformat(), "added_at": line.added_at.isoformat()}


def put_back(*, person: User, kept: dict[str, Any]) -> CartLine:
    """Undo a removal. A line of the same variant added since then stays as it is."""
    values = kept | {
        "as_of": datetime.fromisoformat(kept["as_of"]),
        "added_at": datetime.fromisoformat(kept["added_at"]),
    }
    place = {name: values.pop(name) for name in ("marketplace", "item_id", "sku_id")}
    with transaction.atomic():
        line, _made = CartLine.objects.get_or_create(person=person, **place, defaults=values)
        _reprice_lines(person, line.marketplace, line.item_id)
    line.refresh_from_db()
    return line


def refill(*, person: User, lines: list[Any], as_of: datetime | None = None) -> int:
    """Lines of a request back into the cart (sent back, refused, "buy again"); how many.

    Doing it twice changes nothing, and what the cart holds more of stays. Prices keep the age of
    the request they come from (`as_of`); checkout reads them again.
    """
    when = as_of or clock.now()
    with transaction.atomic():
        for line in lines:
            _refill_one(person, line, when)
        for marketplace, item_id in {(line.marketplace, line.item_id) for line in lines}:
            _reprice_lines(person, marketplace, item_id)
    return len(lines)


def _refill_one(person: User, line: Any, when: datetime) -> None:
    place = {"marketplace": line.marketplace, "item_id": line.item_id, "sku_id": line.sku_id}
    values = {name: getattr(line, name) for name in COPIED if name not in place}
    values |= {
        "rules": getattr(line, "rules", None) or {"base": line.unit_price},
        "as_of": when,
        "saved_for_later": False,
    }
    row, made = CartLine.objects.get_or_create(person=person, **place, defaults=values)
    if made:
        return
    quantity = line.quantity if row.saved_for_later else max(row.quantity, line.quantity)
    if row.as_of > when:  # what the cart knows is newer
        values = {"saved_for_later": False}
    CartLine.objects.filter(pk=row.pk).update(**values | {"quantity": quantity})
