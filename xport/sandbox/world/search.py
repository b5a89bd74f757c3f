"""Search over one shelf: an inverted index of words and character pairs as bit sets.

Goods are numbered by sales, best first, and every term has one integer whose bit i says that good
i has it. So "all words" is `&`, a synonym is `|`, and the order within a rank is the order of bits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .colours import COLOURS
from .kinds import Kind
from .model import Good
from .synonyms import SYNONYMS
from .tags import FILTERS

_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class SearchHits:
    """One page of goods and the number of all hits."""

    total: int
    goods: tuple[Good, ...]


def normalise(text: str) -> str:
    """Half-width, lower case: ＵＳＢ and usb are one word."""
    return unicodedata.normalize("NFKC", text).casefold()


def stem(word: str) -> str:
    """An English word without its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


def terms_of(text: str) -> set[str]:
    """The terms a text is found by: stems, single characters and pairs of characters."""
    found: set[str] = set()
    for run in _RUNS.findall(normalise(text)):
        if run[0] < "\u3400":
            found.add(stem(run))
        else:
            found.update(run)
            found.update(map("".join, zip(run, run[1:], strict=False)))
    return found


class Index:
    """Finds the goods on sale of one shelf."""

    def __init__(self, goods: Sequence[Good], kinds: Iterable[Kind]) -> None:
        """Number the goods and turn every field that is searched into bit sets."""
        on_sale = [good for good in goods if good.orderable]
        self._goods = sorted(on_sale, key=lambda g: (-g.sold_30d, g.item_id))
        self._all = (1 << len(self._goods)) - 1
        kinds = list(kinds)
        core = {made.key: terms_of(_core_text(made)) for made in kinds}
        names = {made.key: terms_of(_name_text(made)) for made in kinds}
        self._vocabulary = _vocabulary(kinds)
        self._longest = max(map(len, self._vocabulary))
        bits = _BitSets(len(self._goods))
        titles = _BitSets(len(self._goods))
        named = _BitSets(len(self._goods))
        facets = _BitSets(len(self._goods))
        for i, good in enumerate(self._goods):
            text = f"{good.title_zh} {good.title_en or ''} {good.item_id} {good.keywords}"
            for term in terms_of(text):
                titles.add(term, i)
            for term in names.get(good.kind, ()):
                named.add(term, i)
            for term in core.get(good.kind, ()):
                bits.add(term, i)
            facets.add(f"category:{good.category.category_id}", i)
            facets.add(f"seller:{good.seller.seller_id}", i)
            for tag in good.tags:
                facets.add(tag, i)
        self._core, self._titles, self._facets = bits.packed(), titles.packed(), facets.packed()
        self._named = named.packed()
        by_kind: defaultdict[str, int] = defaultdict(int)
        for i, good in enumerate(self._goods):
            by_kind[good.kind] |= 1 << i
        self._called: defaultdict[str, int] = defaultdict(int)
        for made in kinds:
            for name in {made.zh, made.en, *(w for h in made.heads for w in (h.zh, h.en))}:
                self._called[_key(name)] |= by_kind[made.key]
        self._orders: dict[str, list[int]] = {}
        for sort in sorted(SORTS):
            key, descending = _SORT_KEYS[sort]
            order = sorted(range(len(self._goods)), key=lambda i, key=key: key(self._goods[i]))  # type: ignore[misc]
            self._orders[sort] = order[::-1] if descending else order

    def search(
        self,
        words: str,
        *,
        categories: frozenset[str] | None,
        sort: str | None,
        price_from_fen: int | None,
        price_to_fen: int | None,
        filters: Sequence[str],
        seller_id: str | None,
        page: int,
        size: int,
    ) -> SearchHits:
        """All words must match, each in the title or in the words of the good's kind.

        Without a sort: goods whose kind is asked for first, then by sales.
        """
        if page < 1 or size < 1:
            raise ValueError("page and size start at 1")
        if sort is not None and sort not in SORTS:
            raise ValueError(f"unknown sort {sort!r}")
        hits, ranks = self._match(words)
        for name in filters:
            if name not in FILTERS:
                raise ValueError(f"unknown filter {name!r}")
            hits &= self._facets.get(name, 0)
        if categories is not None:
            hits &= self._any_of(f"category:{key}" for key in categories)
        if seller_id is not None:
            hits &= self._facets.get(f"seller:{seller_id}", 0)
        found = self._listed(hits, ranks, sort)
        low, high = price_from_fen, price_to_fen
        if low is not None or high is not None:
            found = [
                i
                for i in found
                if (low is None or self._goods[i].price_fen >= low)
                and (high is None or self._goods[i].price_fen <= high)
            ]
        start = (page - 1) * size
        return SearchHits(len(found), tuple(self._goods[i] for i in found[start : start + size]))

    def _match(self, words: str) -> tuple[int, list[int]]:
        """All hits, and bit sets from the most to the least fitting."""
        hits, all_named, all_core, some_core = self._all, self._all, self._all, 0
        called = self._called.get(_key(words), 0)
        asked = self._segments(words)
        if words.strip() and not asked:
            return 0, []
        for segment in asked:
            named, core, anywhere = self._postings(segment)
            hits &= anywhere
            all_named &= named
            all_core &= core
            some_core |= core
        return hits, [called, all_named, all_core, some_core]

    def _postings(self, segment: str) -> tuple[int, int, int]:
        """Bits of goods whose kind is named so, is searched so, and that have it anywhere.

        Where no kind knows the segment, its synonyms count as well.
        """
        named, core, anywhere = self._literal(segment)
        if not core:
            for other in SYNONYMS.get(segment, ()):
                called = self._called.get(_key(other), 0)
                more = (called, called, called) if called else self._literal(other)
                named, core, anywhere = named | more[0], core | more[1], anywhere | more[2]
        return named, core, anywhere

    def _literal(self, text: str) -> tuple[int, int, int]:
        named = core = anywhere = self._all
        for term in _query_terms(text):
            kind_bits = self._core.get(term, 0)
            named &= self._named.get(term, 0)
            core &= kind_bits
            anywhere &= kind_bits | self._titles.get(term, 0)
        return named, core, anywhere

    def _segments(self, words: str) -> list[str]:
        """The query as words: runs of Latin, and Chinese cut at the longest known word."""
        segments = []
        for run in _RUNS.findall(normalise(words)):
            if run[0] < "\u3400":
                segments.append(stem(run))
            else:
                segments.extend(self._cut(run))
        return segments

    def _cut(self, run: str) -> list[str]:
        if run in SYNONYMS:
            return [run]
        pieces: list[str] = []
        unknown = ""
        place = 0
        while place < len(run):
            length = self._known_length(run, place)
            if length:
                pieces += [unknown] if unknown else []
                unknown = ""
                pieces.append(run[place : place + length])
            else:
                unknown += run[place]
            place += length or 1
        return [*pieces, unknown] if unknown else pieces

    def _known_length(self, run: str, place: int) -> int:
        for length in range(min(self._longest, len(run) - place), 1, -1):
            if run[place : place + length] in self._vocabulary:
                return length
        return 0

    def _any_of(self, names: Iterable[str]) -> int:
        found = 0
        for name in names:
            found |= self._facets.get(name, 0)
        return found

    def _listed(self, hits: int, ranks: Sequence[int], sort: str | None) -> list[int]:
        if sort is not None:
            flags = bin(hits)[:1:-1].ljust(len(self._goods), "0")
            return [i for i in self._orders[sort] if flags[i] == "1"]
        listed: list[int] = []
        for rank in (*ranks, self._all):
            best = hits & rank
            hits &= ~rank
            listed += [i for i, bit in enumerate(bin(best)[:1:-1]) if bit == "1"]
        return listed


_SORT_KEYS: dict[str, tuple[Callable[[Good], float], bool]] = {
    "tk_rate_desc": (lambda g: g.commission_permille, True),
    "tk_rate_asc": (lambda g: g.commission_permille, False),
    "total_sales_desc": (lambda g: g.sold_30d, True),
    "total_sales_asc": (lambda g: g.sold_30d, False),
    "price_asc": (lambda g: g.price_fen, False),
    "price_desc": (lambda g: g.price_fen, True),
    "price:asc": (lambda g: g.price_fen, False),
    "price:desc": (lambda g: g.price_fen, True),
    "rePurchaseRate:asc": (lambda g: g.repurchase_percent, False),
    "rePurchaseRate:desc": (lambda g: g.repurchase_percent, True),
    "monthSold:asc": (lambda g: g.sold_30d, False),
    "monthSold:desc": (lambda g: g.sold_30d, True),
}


SORTS = frozenset(_SORT_KEYS)
"""Taobao's words as they are; 1688's JSON {"price": "asc"} as price:asc."""


class _BitSets:
    """Sets of good numbers by term, packed into integers once all are in."""

    def __init__(self, count: int) -> None:
        self._width = count // 8 + 1
        self._sets: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(self._width))

    def add(self, term: str, i: int) -> None:
        self._sets[term][i >> 3] |= 1 << (i & 7)

    def packed(self) -> dict[str, int]:
        return {term: int.from_bytes(flags, "little") for term, flags in self._sets.items()}


def _key(name: str) -> str:
    """One spelling for a whole name: `Office Chairs` and `office chair` are the same."""
    return " ".join(stem(run) for run in _RUNS.findall(normalise(name)))


def _name_text(made: Kind) -> str:
    """The kind's names in both languages."""
    return f"{made.zh} {made.en} " + " ".join(f"{head.zh} {head.en}" for head in made.heads)


def _core_text(made: Kind) -> str:
    """What the good is, whatever its title leaves out: names and other words for it."""
    return f"{_name_text(made)} {made.search}"


def _vocabulary(kinds: Iterable[Kind]) -> frozenset[str]:
    """Chinese words a query is cut at."""
    known: set[str] = set(SYNONYMS)
    for made in kinds:
        lists = (made.heads, made.materials, made.styles, made.features, made.uses)
        known.update(normalise(word.zh) for words in lists for word in words)
        known.add(made.zh)
        known.update(made.search.split())
    known.update(colour.zh for colour in COLOURS.values())
    return frozenset(word for word in known if len(word) > 1 and word[0] >= "\u3400")


def _query_terms(segment: str) -> list[str]:
    """The terms a good must have for this segment: pairs, or the one character."""
    terms: list[str] = []
    for run in _RUNS.findall(normalise(segment)):
        if run[0] < "\u3400":
            terms.append(stem(run))
        elif len(run) == 1:
            terms.append(run)
        else:
            terms += map("".join, zip(run, run[1:], strict=False))
    return terms
