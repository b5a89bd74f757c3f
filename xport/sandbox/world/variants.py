"""The SKU matrix of a good: no axis, one, two or three; prices, stock and ids of every variant.

Ids carry the good's own block in front, so that a SKU is found without keeping all of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from random import Random

from .colours import Colour
from .kinds import Kind, Word
from .model import Good, Marketplace, Sku, SkuProperty
from .numbering import hexadecimal, number, seed

_PACKINGS = (
    Word("袋装", "polybag"),
    Word("彩盒装", "colour box", 1.06),
    Word("礼盒装", "gift box", 1.22),
)
_COLOUR_ID = {"taobao": "1627207", "1688": "3216"}
# The manual prints the ids of two colours; the others are made.
_KNOWN_VALUE_IDS = {"red": "28326", "yellow": "28324"}


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the variants of one good are; made with the good, spelt out only when opened."""

    marketplace: Marketplace
    kind: Kind
    seed: int
    colours: tuple[Colour, ...]
    measures: tuple[Word, ...]
    packings: tuple[Word, ...]
    sku_block: str
    spec_block: str
    mp_block: str
    priced_by_sku: bool
    picture_stem: str

    @property
    def single(self) -> bool:
        """One SKU, nothing to choose."""
        return not (self.colours or self.measures or self.packings)


def choose_matrix(
    rng: Random, marketplace: Marketplace, made: Kind, named: Word | None, text: str
) -> Matrix:
    """Choose axes. `named` is the one size that the title names, if it names one."""
    shape = rng.random()
    wholesale = marketplace == "1688"
    by_sku = not wholesale or rng.random() < 0.45
    colour_count = min(len(made.colours), rng.choice((2, 3, 4, 5, 6, 8)))
    colours = tuple(rng.sample(made.colours, colour_count))
    measures: tuple[Word, ...] = ()
    packings: tuple[Word, ...] = ()
    if made.axis and named is None:
        measures = _run_of(rng, made.axis.values)
        if not by_sku:
            measures = _alike_in_price(measures)
    if shape < 0.12:
        colours, measures = (), ()
    elif measures and shape < 0.30:
        colours = ()
    elif shape > 0.94:
        packings = _PACKINGS[: rng.choice((2, 3))]
    return Matrix(
        marketplace=marketplace,
        kind=made,
        seed=seed(f"matrix:{text}"),
        colours=colours,
        measures=measures,
        packings=packings,
        sku_block=number(f"sku:{text}", 10, "4"),
        spec_block=hexadecimal(f"spec:{text}", 8),
        mp_block=number(f"mp-sku:{text}", 10, "5"),
        priced_by_sku=by_sku and len({w.factor for w in (*measures, *packings)}) > 1,
        picture_stem=f"{made.key}-{hexadecimal(f'picture:{text}', 8)}",
    )


def _alike_in_price(measures: tuple[Word, ...]) -> tuple[Word, ...]:
    """With one price ladder for the whole offer, only sizes of about one price go together."""
    first = measures[0].factor
    alike = tuple(w for w in measures if abs(w.factor / first - 1) <= 0.16)
    return alike if len(alike) > 1 else ()


def _run_of(rng: Random, values: tuple[Word, ...]) -> tuple[Word, ...]:
    """Neighbouring sizes: a seller has S to XL, not S and XXL."""
    count = min(len(values), rng.choice((2, 3, 3, 4, 5, 6)))
    start = rng.randrange(len(values) - count + 1)
    return values[start : start + count]


def picture(stem: str, colour: Colour, view: str) -> str:
    """A name that `pictures.draw` understands."""
    return f"{stem}-{colour.key}-{view}.jpg"


def main_colour(matrix: Matrix) -> Colour:
    """The colour on the main picture."""
    if matrix.colours:
        return matrix.colours[0]
    return matrix.kind.colours[matrix.seed % len(matrix.kind.colours)]


def build_skus(good: Good, matrix: Matrix) -> tuple[Sku, ...]:
    """Every variant; the first value of each axis is never dearer than the next ones."""
    rng = Random(matrix.seed)
    if matrix.single:
        return (_sku(good, matrix, rng, 0, (), 1.0, None),)
    base = min((w.factor for w in matrix.measures), default=1.0)
    made = []
    axes = (matrix.colours or (None,), matrix.measures or (None,), matrix.packings or (None,))
    for index, (colour, measure, packing) in enumerate(product(*axes)):
        factor = (measure.factor / base if measure else 1.0) * (packing.factor if packing else 1.0)
        cells = _cells(matrix, colour, measure, packing)
        name = picture(matrix.picture_stem, colour, "front") if colour else None
        made.append(_sku(good, matrix, rng, index, cells, factor, name))
    return tuple(made)


def _cells(
    matrix: Matrix, colour: Colour | None, measure: Word | None, packing: Word | None
) -> tuple[SkuProperty, ...]:
    taobao = matrix.marketplace == "taobao"
    cells = []
    if colour:
        value_id = _KNOWN_VALUE_IDS.get(colour.key) or number(f"colour:{colour.key}", 7)
        cells.append(
            SkuProperty(
                _COLOUR_ID[matrix.marketplace],
                "颜色分类" if taobao else "颜色",
                "Colour",
                value_id,
                colour.zh,
                colour.en,
            )
        )
    if measure and matrix.kind.axis:
        axis = matrix.kind.axis
        cells.append(_cell(matrix.marketplace, axis.zh, axis.en, measure))
    if packing:
        cells.append(_cell(matrix.marketplace, "包装方式", "Packing", packing))
    return tuple(cells)


def _cell(marketplace: Marketplace, zh: str, en: str, value: Word) -> SkuProperty:
    digits = 9 if marketplace == "taobao" else 4
    return SkuProperty(
        number(f"property:{marketplace}:{zh}", digits),
        zh,
        en,
        number(f"value:{zh}:{value.zh}", 7),
        value.zh,
        value.en,
    )


def _sku(
    good: Good,
    matrix: Matrix,
    rng: Random,
    index: int,
    cells: tuple[SkuProperty, ...],
    factor: float,
    picture_name: str | None,
) -> Sku:
    taobao = matrix.marketplace == "taobao"
    chance, amount = rng.random(), rng.random()
    price = _times(good.price_fen, factor) if matrix.priced_by_sku else good.price_fen
    has_mp = taobao and good.in_channel and rng.random() > 0.03
    # The first variant always sells, so that a good which is listed can be bought.
    stock = 0 if index and chance < 0.06 else _stock(good, amount, chance)
    if good.status in ("inactive", "expired"):
        stock = 0
    offer_without_specs = matrix.single or taobao
    return Sku(
        sku_id=f"{matrix.sku_block}{100 + index:03d}",
        spec_id=None
        if offer_without_specs
        else matrix.spec_block + hexadecimal(f"{matrix.spec_block}:{index}", 24),
        mp_sku_id=f"{matrix.mp_block}{100 + index:03d}" if has_mp or (taobao and index == 0
            and good.in_channel) else None,
        properties=cells,
        price_fen=_times(good.list_price_fen, price / good.price_fen) if taobao else price,
        promotion_fen=price,
        stock=stock,
        picture_name=picture_name,
        cargo_number=f"{matrix.picture_stem[-4:].upper()}-{index + 1:02d}",
    )  # fmt: skip


def _stock(good: Good, amount: float, chance: float) -> int:
    """Scarce for one variant in ten, else some weeks of sales."""
    if 0.06 <= chance < 0.16:
        return max(good.moq, round(amount * 9) + 1)
    return max(good.moq * 20, 30) + round(amount * (60 + min(good.sold_30d, 20_000)))


def _times(fen: int, factor: float) -> int:
    """A price times a factor (1 or more), rounded up, to ten fen from one yuan on."""
    raw = fen * factor
    return math.ceil(raw - 1e-6) if factor == 1 or raw < 100 else math.ceil(raw / 10 - 1e-6) * 10
