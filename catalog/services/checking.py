"""Whether so many of a variant can be ordered, from the offer alone: no call, no database.

Used by the item page, the cart and checkout alike, so that all say the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.marketplaces.base import Offer, OfferSku
from catalog.marketplaces.links import normalise
from catalog.services.failures import why_sentence
from desk.formats import number_text

MOST_PIECES = 1_000_000  # more than this is a typing error, whatever the stock says


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a quantity: the field (`qty-<sku id>`), a word for code, a sentence."""

    field: str
    code: str
    sentence: str


def field_name(sku_id: str) -> str:
    """Name of a variant's quantity field in forms."""
    return f"qty-{sku_id}"


def quantity_from_text(text: str) -> int | None:
    """A typed quantity; full-width digits and blanks are fine. None where it is no whole number."""
    plain = normalise(text).replace(" ", "")
    sign, digits = (-1, plain[1:]) if plain[:1] in "-−" and plain else (1, plain)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 15:
        return None
    return sign * int(digits)


def check_quantity(
    offer: Offer,
    sku: OfferSku | None,
    quantity: int | None,
    *,
    sku_id: str = "",
    together: int = 0,
) -> list[Problem]:
    """Everything that keeps `quantity` pieces of `sku` from being ordered; empty when nothing does.

    `sku` None: the variant is gone (then `sku_id` names the field). `quantity` None: what was typed
    is no whole number. `together`: pieces of the same offer bought along in other variants, which
    count towards the minimum.
    """
    field = field_name(sku.sku_id if sku else sku_id)

    def problem(code: str, sentence: str) -> list[Problem]:
        return [Problem(field, code, sentence)]

    if not offer.on_sale:
        return problem("off_shelf", why_sentence(offer.extra.get("why", "off_shelf")))
    if sku is None:
        return problem("variant_gone", _("This variant is no longer offered. Choose another."))
    if not sku.orderable:
        return problem("not_orderable", _not_orderable(offer))
    if quantity is None:
        return problem("not_a_number", _("Type a whole number of pieces."))
    if quantity <= 0:
        return problem("not_positive", _("At least %(n)s.") % {"n": number_text(offer.moq)})
    return _limits(offer, sku, quantity, together, field)


def _limits(offer: Offer, sku: OfferSku, quantity: int, together: int, field: str) -> list[Problem]:
    found = []
    if sku.stock <= 0:
        found.append(Problem(field, "no_stock", _("Out of stock. Choose another variant.")))
    elif quantity > sku.stock:
        words = _("Only %(n)s in stock") % {"n": number_text(sku.stock)}
        found.append(Problem(field, "above_stock", words))
    elif quantity > MOST_PIECES:
        words = _("At most %(n)s at once") % {"n": number_text(MOST_PIECES)}
        found.append(Problem(field, "absurd", words))
    if quantity + together < offer.moq:
        words = _("Minimum %(n)s (MOQ)") % {"n": number_text(offer.moq)}
        found.append(Problem(field, "below_moq", words))
    if offer.batch and quantity % offer.batch:
        found.append(Problem(field, "batch", _lots(offer, sku, quantity, offer.batch)))
    return found


def _lots(offer: Offer, sku: OfferSku, quantity: int, batch: int) -> str:
    """ "Sold in lots of 10: 20 or 30", naming only what may be ordered."""
    below = quantity // batch * batch
    near = [n for n in (below, below + batch) if n >= offer.moq and 0 < n <= sku.stock]
    if not near:
        return _("Sold in lots of %(lot)s") % {"lot": number_text(batch)}
    if len(near) == 1:
        values = {"lot": number_text(batch), "n": number_text(near[0])}
        return _("Sold in lots of %(lot)s: %(n)s") % values
    values = {
        "lot": number_text(batch),
        "less": number_text(near[0]),
        "more": number_text(near[1]),
    }
    return _("Sold in lots of %(lot)s: %(less)s or %(more)s") % values


def _not_orderable(offer: Offer) -> str:
    why = offer.extra.get("why")
    return why_sentence(why) if why else _("This variant cannot be ordered. Choose another.")
