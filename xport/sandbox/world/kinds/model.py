"""How a product kind is written down: the words its sellers use and the numbers that fit it.

Word lists are one text, entries split by "|": `中文=English`, with `*1.3` behind when the choice
makes the good dearer. An entry without "=" reads the same in both languages (350ml, A5).
"""

from __future__ import annotations

from dataclasses import dataclass

from xport.sandbox.world.colours import COLOURS, Colour


@dataclass(frozen=True, slots=True)
class Word:
    """One choice, in both languages; `factor` multiplies the price."""

    zh: str
    en: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Axis:
    """One property that SKUs differ in besides colour, such as 容量 or 尺码."""

    zh: str
    en: str
    values: tuple[Word, ...]


def words(text: str) -> tuple[Word, ...]:
    """Parse `陶瓷=ceramic|骨瓷=bone china*1.6`."""
    return tuple(_word(entry) for entry in text.split("|"))


def _word(entry: str) -> Word:
    label, star, factor = entry.partition("*")
    zh, _, en = label.partition("=")
    return Word(zh, en or zh, float(factor) if star else 1.0)


def axis(text: str) -> Axis:
    """Parse `容量=Capacity: 350ml|450ml*1.1`."""
    name, _, values = text.partition(":")
    zh, _, en = name.strip().partition("=")
    return Axis(zh, en, words(values.strip()))


@dataclass(frozen=True, slots=True)
class Kind:
    """Everything the generator knows of one product kind (a leaf category)."""

    key: str
    zh: str
    en: str
    branch: str
    trade: str
    heads: tuple[Word, ...]
    materials: tuple[Word, ...]
    styles: tuple[Word, ...]
    features: tuple[Word, ...]
    uses: tuple[Word, ...]
    colours: tuple[Colour, ...]
    axis: Axis | None
    price: tuple[float, float]
    """Retail in yuan; wholesale is derived."""
    weight: tuple[int, int]
    size: tuple[int, int, int]
    unit: Word
    moqs: tuple[int, ...]
    batches: tuple[int, ...]
    search: str
    """Further words people find it by, space separated, both languages."""


def kind(
    key: str,
    names: str,
    *,
    branch: str,
    trade: str,
    heads: str,
    materials: str,
    styles: str,
    features: str,
    uses: str,
    colours: str,
    price: tuple[float, float],
    weight: tuple[int, int],
    size: tuple[int, int, int],
    unit: str = "个=piece",
    moqs: tuple[int, ...] = (1, 2, 5, 10, 20, 50),
    batches: tuple[int, ...] = (),
    axes: str = "",
    search: str = "",
) -> Kind:
    """A kind from its word lists."""
    zh, _, en = names.partition("=")
    return Kind(
        key, zh, en, branch, trade,
        words(heads), words(materials), words(styles), words(features), words(uses),
        tuple(COLOURS[c] for c in colours.split()),
        axis(axes) if axes else None,
        price, weight, size, words(unit)[0], moqs, batches, search,
    )  # fmt: skip
