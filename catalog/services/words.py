"""The company's words in a search: mug is searched for as 马克杯, and the page says so."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.marketplaces.links import normalise
from catalog.models import SearchWord

SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Meant:
    """What was typed and what is asked instead; the same where nothing was translated."""

    typed: str
    asked: str

    @property
    def translated(self) -> bool:
        return self.typed != self.asked


def what_is_meant(words: str, *, as_typed: bool = False) -> Meant:
    """Replace the company's words by the marketplaces'. One query; none with `as_typed`.

    The whole phrase counts first, a plural s is forgiven; else every known word of it is replaced.
    """
    typed = " ".join(normalise(words).split())
    if as_typed or not typed:
        return Meant(typed, typed)
    parts = typed.casefold().split(" ")
    phrases = {" ".join(parts[start:end]) for start, end in _spans(len(parts))}
    wanted = phrases | {phrase[:-1] for phrase in phrases if phrase.endswith("s")}
    known = dict(SearchWord.objects.filter(word__in=wanted).values_list("word", "original"))
    return Meant(typed, _replaced(typed.split(" "), parts, known) if known else typed)


def suggestions() -> list[str]:
    """A few words of the list, for the empty page."""
    return list(SearchWord.objects.order_by("id").values_list("word", flat=True)[:SUGGESTED])


def _spans(count: int) -> list[tuple[int, int]]:
    """Runs of up to three words; a query of hundreds of words is not a word of ours."""
    count = min(count, 12)
    return [(i, j) for i in range(count) for j in range(i + 1, min(i + 3, count) + 1)]


def _replaced(typed: list[str], parts: list[str], known: dict[str, str]) -> str:
    said: list[str] = []
    place = 0
    while place < len(parts):
        for length in (3, 2, 1):
            phrase = " ".join(parts[place : place + length])
            original = known.get(phrase) or known.get(phrase.removesuffix("s"))
            if original and place + length <= len(parts):
                said.append(original)
                place += length
                break
        else:
            said.append(typed[place])
            place += 1
    return " ".join(said)
