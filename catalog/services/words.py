"""The company's words in a search: mug is searched for as 马克杯, and the page says so.

The list is short and read by every search, so it is kept in the cache; SearchWord drops it there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from catalog.marketplaces.links import normalise
from catalog.models import SearchWord
from catalog.models.search_word import CACHE_KEY

SUGGESTED = 12
LONGEST_PHRASE = 3  # words
KEPT_SECONDS = 60  # for changes that bypass SearchWord.save, such as a bulk delete


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed and what is asked instead; the same where nothing was translated."""

    typed: str
    asked: str

    @property
    def translated(self) -> bool:
        return self.typed != self.asked


def what_is_meant(words: str, *, as_typed: bool = False) -> Meant:
    """Replace the company's words by the marketplaces'; nothing with `as_typed`.

    Longer phrases count first, a plural s is forgiven.
    """
    typed = " ".join(normalise(words).split())
    if as_typed or not typed:
        return Meant(typed, typed)
    return Meant(typed, _replaced(typed.split(" "), word_list()))


def word_list() -> dict[str, str]:
    """Our word → theirs."""
    known: dict[str, str] | None = cache.get(CACHE_KEY)
    if known is None:
        known = dict(SearchWord.objects.order_by("id").values_list("word", "original"))
        cache.set(CACHE_KEY, known, KEPT_SECONDS)
    return known


def suggestions() -> list[str]:
    """A few words of the list, for the empty page."""
    return list(word_list())[:SUGGESTED]


def _replaced(typed: list[str], known: dict[str, str]) -> str:
    parts = [word.casefold() for word in typed]
    said: list[str] = []
    place = 0
    while place < len(parts):
        for length in range(min(LONGEST_PHRASE, len(parts) - place), 0, -1):
            phrase = " ".join(parts[place : place + length])
            original = known.get(phrase) or known.get(phrase.removesuffix("s"))
            if original:
                said.append(original)
                place += length
                break
        else:
            said.append(typed[place])
            place += 1
    return " ".join(said)
