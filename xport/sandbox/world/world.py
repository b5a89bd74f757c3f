"""The world: two shelves, made afresh from words and seeds, the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import manual
from .categories import build_tree, flatten
from .goods import build_goods
from .kinds import KINDS
from .model import Good, Marketplace
from .search import Index
from .sellers import build_sellers
from .shelf import Shelf


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What is for sale on the world's first day."""

    taobao: Shelf
    ali: Shelf

    @classmethod
    def generate(cls) -> World:
        """Make it; takes about a second."""
        return cls(taobao=_shelf("taobao"), ali=_shelf("1688"))

    def shelf(self, marketplace: Marketplace) -> Shelf:
        """By slug."""
        return self.taobao if marketplace == "taobao" else self.ali


def _shelf(marketplace: Marketplace) -> Shelf:
    root = build_tree(marketplace, KINDS)
    leaves = {c.zh: c for c in flatten(root) if c.level == 3}
    trades = sorted({made.trade for made in KINDS})
    by_trade = build_sellers(marketplace, trades)
    goods: list[Good] = build_goods(marketplace, KINDS, leaves, by_trade)
    sellers = [seller for trade in trades for seller in by_trade[trade]]
    if marketplace == "taobao":
        goods.append(manual.GOOD)
        sellers.append(manual.SELLER)
        root = replace(root, children=(*root.children, manual.ROOT))
    return Shelf(goods, root, sellers, Index(goods, KINDS))
