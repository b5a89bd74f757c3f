"""One marketplace's goods, findable by every id the platform uses and by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .categories import flatten
from .model import Category, Good, Seller, Sku
from .search import Index, SearchHits
from .variants import Matrix


class Shelf:
    """Goods, sellers and categories of one marketplace. Lookups raise KeyError for strangers."""

    def __init__(
        self, goods: Sequence[Good], root: Category, sellers: Sequence[Seller], index: Index
    ) -> None:
        """Raises ValueError when two goods share an id."""
        self.goods: tuple[Good, ...] = tuple(goods)
        self.root = root
        self.categories: tuple[Category, ...] = root.children
        self.sellers: tuple[Seller, ...] = tuple(sellers)
        self._index = index
        self._categories = {c.category_id: c for c in flatten(root)}
        self._sellers = {s.seller_id: s for s in sellers} | {s.open_id: s for s in sellers}
        self._by_item = _unique("item_id", ((g.item_id, g) for g in goods))
        self._by_map = _unique("map_id", ((g.map_id, g) for g in goods))
        self._by_mp = _unique("mp_id", ((g.mp_id, g) for g in goods))
        blocks = [(g, m) for g in goods if (m := _matrix(g))]
        self._by_sku_block = _unique("sku", ((m.sku_block, g) for g, m in blocks))
        self._by_spec_block = _unique("spec", ((m.spec_block, g) for g, m in blocks))
        self._by_mp_block = _unique("mp sku", ((m.mp_block, g) for g, m in blocks))
        # The manual's product is not numbered by blocks.
        for good in goods:
            if not _matrix(good):
                for sku in good.skus:
                    self._by_sku_block.setdefault(sku.sku_id[:-3], good)

    def search(
        self,
        words: str = "",
        *,
        category_id: str | None = None,
        sort: str | None = None,
        price_from_fen: int | None = None,
        price_to_fen: int | None = None,
        filters: Iterable[str] = (),
        seller_id: str | None = None,
        page: int = 1,
        size: int = 20,
    ) -> SearchHits:
        """Goods on sale that match everything asked, best first; see `Index.search`.

        `category_id` may be of any level; `seller_id` is the numeric or the encrypted id. An
        unknown category or seller finds nothing. Raises ValueError for an unknown sort or filter
        and for a page or size below 1.
        """
        category = None
        if category_id is not None and category_id not in ("", "0"):
            found = self._categories.get(category_id)
            category = frozenset(c.category_id for c in flatten(found)) if found else frozenset()
        seller = None
        if seller_id is not None:
            known = self._sellers.get(seller_id)
            seller = known.seller_id if known else ""
        return self._index.search(
            words,
            categories=category,
            sort=sort,
            price_from_fen=price_from_fen,
            price_to_fen=price_to_fen,
            filters=tuple(filters),
            seller_id=seller,
            page=page,
            size=size,
        )

    def by_item_id(self, item_id: str) -> Good:
        """By Taobao item id or 1688 offer id (numeric text)."""
        return self._by_item[item_id]

    def by_map_id(self, map_id: str) -> Good:
        """By the opaque id of the V2 calls."""
        return self._by_map[map_id]

    def by_mp_id(self, mp_id: str) -> Good:
        """By distribution product id."""
        return self._by_mp[mp_id]

    def sku_by_sku_id(self, sku_id: str) -> tuple[Good, Sku]:
        """By the marketplace's own SKU id."""
        good = self._by_sku_block[sku_id[:-3]]
        return good, _only(sku for sku in good.skus if sku.sku_id == sku_id)

    def sku_by_mp_sku_id(self, mp_sku_id: str) -> tuple[Good, Sku]:
        """Taobao: by distribution SKU id."""
        good = self._by_mp_block[mp_sku_id[:-3]]
        return good, _only(sku for sku in good.skus if sku.mp_sku_id == mp_sku_id)

    def sku_by_spec_id(self, spec_id: str) -> tuple[Good, Sku]:
        """1688: by spec id (32 hex digits)."""
        good = self._by_spec_block[spec_id[:8]]
        return good, _only(sku for sku in good.skus if sku.spec_id == spec_id)

    def category(self, category_id: str) -> Category:
        """Any node, "0" for the root."""
        return self._categories[category_id]

    def seller(self, seller_id: str) -> Seller:
        """By numeric id or encrypted id."""
        return self._sellers[seller_id]


def _matrix(good: Good) -> Matrix | None:
    matrix = getattr(good.details, "matrix", None)
    return matrix if isinstance(matrix, Matrix) else None


def _unique(what: str, pairs: Iterable[tuple[str, Good]]) -> dict[str, Good]:
    listed = list(pairs)
    found = dict(listed)
    if len(found) != len(listed):
        raise ValueError(f"two goods share a {what}")
    return found


def _only(skus: Iterable[Sku]) -> Sku:
    for sku in skus:
        return sku
    raise KeyError("no such SKU")
