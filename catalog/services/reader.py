"""Which of two titles leads: the marketplace writes Chinese and the platform translates it.

A reader of English sees the translation with the original beneath; who reads Chinese sees the
original. Our own names lead for both; they are `naming`'s.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import get_language

from catalog.marketplaces.base import Offer, Property


def reads_originals() -> bool:
    """Whether the active language is that of the marketplaces."""
    return (get_language() or "").startswith("zh")


def leading_title(title: str, original: str) -> str:
    """The title that this reader sees first."""
    return original or title if reads_originals() else title


def translated_title(title: str, original: str) -> str:
    """The translation to show above the original; "" where there is none or nobody needs it."""
    return "" if reads_originals() or title == original else title


def offer_for_reader(offer: Offer) -> Offer:
    """The offer with title and variants as the reader sees them first; for showing only."""
    if not reads_originals():
        return offer
    return replace(
        offer,
        title=offer.title_original or offer.title,
        skus=tuple(
            replace(sku, properties=tuple(map(_original, sku.properties))) for sku in offer.skus
        ),
    )


def _original(one: Property) -> Property:
    return replace(one, axis=one.axis_original or one.axis, value=one.value_original or one.value)
