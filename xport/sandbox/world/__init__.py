"""The sandbox's world: goods, categories, sellers, search and pictures. No state, no clock.

`World.generate()` makes it; `pictures.draw` draws a good. Orders, moving prices and stock are the
server's (`xport.sandbox`).
"""

from __future__ import annotations

from .model import Attribute, Category, Good, Seller, SellerScores, Sku, SkuProperty
from .search import SORTS, SearchHits
from .shelf import Shelf
from .tags import FILTERS
from .world import World

__all__ = [
    "FILTERS",
    "SORTS",
    "Attribute",
    "Category",
    "Good",
    "SearchHits",
    "Seller",
    "SellerScores",
    "Shelf",
    "Sku",
    "SkuProperty",
    "World",
]
