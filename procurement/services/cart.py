"""The cart: gathering variants, with every rule checked before it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Right
from accounts.models import User
from catalog.marketplaces.base import Offer, OfferSku
from catalog.services import check_quantity, get_offer
from desk import clock
from desk.money import minor
from procurement.models import CartLine

LARGEST = 1_000_000


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
    lines: list[CartLine] = field(default_factory=list)
    pieces: int = 0


def read_quantity(typed: str) -> int | None:
    """A whole number as people type it (spaces, full-width digits); None if it is none."""
    text = typed.strip().replace(" ", "").replace("\u3000", "").replace(" ", "")
    if not text.isdecimal() or len(text) > 12:
        return None
    return int(text)


def add_to_cart(*, person: User, marketplace: str, item_id: str, wanted: list[Wanted]) -> Added:
    """Put variants of one item into the cart, adding to what is there. All or nothing.

    Raises CartRefused with a sentence a variant; permission is part of the check.
    """
    if not person.may(Right.ASK):
        raise CartRefused({"": [_("You may look, but not order.")]})
    view = get_offer(person=person, marketplace=marketplace, item_id=item_id)
    if view.offer is None:
        raise CartRefused({"": [view.failure or _("This item cannot be read now.")]})
    offer = view.offer
    numbers, errors = _numbers(offer, wanted)
    if not numbers and not errors:
        errors[""] = [_("Say how many you need.")]
    in_cart = _in_cart(person, offer)
    for sku, quantity in numbers:
        problems = check_quantity(offer, sku, quantity + in_cart.get(sku.sku_id, 0))
        if problems:
            errors[sku.sku_id] = [problem.sentence for problem in problems]
    if errors:
        raise CartRefused(errors)
    return _store(person, offer, numbers, in_cart)


def _numbers(
    offer: Offer, wanted: list[Wanted]
) -> tuple[list[tuple[OfferSku, int]], dict[str, list[str]]]:
    numbers: list[tuple[OfferSku, int]] = []
    errors: dict[str, list[str]] = {}
    for entry in wanted:
        if not entry.typed.strip() or entry.typed.strip() == "0":
            continue
        quantity = read_quantity(entry.typed)
        sku = offer.sku(entry.sku_id)
        if quantity is None:
            errors[entry.sku_id] = [_("Write a whole number, such as 20.")]
        elif sku is None:
            errors[entry.sku_id] = [_("This variant is no longer offered.")]
        else:
            numbers.append((sku, quantity))
    return numbers, errors


def _in_cart(person: User, offer: Offer) -> dict[str, int]:
    lines = CartLine.objects.filter(
        person=person, marketplace=offer.marketplace, item_id=offer.item_id
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
        _reprice(person, offer)
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


def _reprice(person: User, offer: Offer) -> None:
    """Tiers count all pieces of an offer together, so every variant's price may move."""
    lines = list(
        CartLine.objects.filter(
            person=person, marketplace=offer.marketplace, item_id=offer.item_id
        )
    )
    together = sum(line.quantity for line in lines if not line.saved_for_later)
    for line in lines:
        price = tier_price(line.rules, together)
        if price != line.unit_price:
            CartLine.objects.filter(pk=line.pk).update(unit_price=price)


def tier_price(rules: dict[str, Any], quantity: int) -> int:
    """Minor units for one piece when `quantity` pieces of the offer are bought."""
    reached = [price for start, price in rules.get("tiers", ()) if start <= quantity]
    return reached[-1] if reached else rules.get("base", 0)


def change_quantity(*, person: User, line: CartLine, typed: str) -> CartLine:
    """Set a line's quantity. Raises CartRefused with the rule that is broken."""
    quantity = read_quantity(typed)
    if quantity is None:
        raise CartRefused({str(line.pk): [_("Write a whole number, such as 20.")]})
    if quantity == 0:
        remove(person=person, line=line)
        return line
    problems = line_problems(line, quantity)
    if problems:
        raise CartRefused({str(line.pk): problems})
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).update(quantity=quantity, flag="")
        _reprice_lines(person, line)
    line.refresh_from_db()
    return line


def line_problems(line: CartLine, quantity: int) -> list[str]:
    """What the rules kept with a line say against a quantity."""
    rules = line.rules
    moq, batch, stock = rules.get("moq") or 1, rules.get("batch"), rules.get("stock")
    if quantity < 1 or quantity > LARGEST:
        return [_("Write a number between 1 and %(most)s.") % {"most": f"{LARGEST:,}"}]
    problems = []
    together = quantity + sum(
        CartLine.objects.filter(
            person_id=line.person_id,
            marketplace=line.marketplace,
            item_id=line.item_id,
            saved_for_later=False,
        )
        .exclude(pk=line.pk)
        .values_list("quantity", flat=True)
    )
    if together < moq:
        problems.append(_("Minimum %(moq)d (MOQ).") % {"moq": moq})
    if batch and quantity % batch:
        below = quantity - quantity % batch
        problems.append(
            _("Sold in lots of %(batch)d: %(below)d or %(above)d.")
            % {"batch": batch, "below": below or batch, "above": below + batch}
        )
    if stock is not None and quantity > stock:
        problems.append(_("Only %(stock)d in stock.") % {"stock": stock})
    return problems


def _reprice_lines(person: User, line: CartLine) -> None:
    rows = CartLine.objects.filter(
        person=person, marketplace=line.marketplace, item_id=line.item_id, saved_for_later=False
    )
    together = sum(rows.values_list("quantity", flat=True))
    for row in rows:
        CartLine.objects.filter(pk=row.pk).update(unit_price=tier_price(row.rules, together))


def set_saved(*, person: User, line: CartLine, saved: bool) -> None:
    """Save for later, or back into the cart."""
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).update(saved_for_later=saved)
        _reprice_lines(person, line)


def remove(*, person: User, line: CartLine) -> dict[str, Any]:
    """Take a line out; what it was comes back, so that it can be put back."""
    kept = {
        name: getattr(line, name)
        for name in ("marketplace", "item_id", "sku_id", "quantity", "title")
    }
    with transaction.atomic():
        CartLine.objects.filter(pk=line.pk, person=person).delete()
        _reprice_lines(person, line)
    return kept


def refill(*, person: User, lines: list[Any]) -> int:
    """Lines of a request back into the cart (sent back, refused, "buy again"); how many."""
    count = 0
    with transaction.atomic():
        for line in lines:
            fields = {
                name: getattr(line, name)
                for name in (
                    "order_item_id",
                    "order_sku_id",
                    "title",
                    "title_original",
                    "variant",
                    "picture",
                    "seller_id",
                    "seller_name",
                    "quantity",
                    "unit_price",
                    "currency",
                )
            }
            CartLine.objects.update_or_create(
                person=person,
                marketplace=line.marketplace,
                item_id=line.item_id,
                sku_id=line.sku_id,
                defaults=fields
                | {
                    "rules": getattr(line, "rules", {}) or {"base": line.unit_price},
                    "as_of": clock.now(),
                    "saved_for_later": False,
                },
            )
            count += 1
    return count
