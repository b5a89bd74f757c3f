"""Makes the goods of a shelf from kinds and sellers: prices, tiers, quantities, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .descriptions import build_attributes, build_description
from .kinds import Kind, Word
from .model import Category, Good, GoodDetails, Marketplace, Seller, Tier
from .numbering import number, opaque, seed
from .tags import tags_of
from .titles import Wording, chinese_title, choose_wording, english_title
from .variants import Matrix, build_skus, choose_matrix, main_colour, picture

GOODS_PER_KIND = 54
"""At least; up to eleven more, so that no two categories are equally full."""

_ENGLISH_SHARE = 2 / 3


@dataclass(frozen=True, slots=True)
class Listing:
    """What a good is spelt out from when somebody opens it."""

    matrix: Matrix
    wording: Wording

    def __call__(self, good: Good) -> GoodDetails:
        """The large parts of the good."""
        stem, colour = self.matrix.picture_stem, main_colour(self.matrix)
        views = ("front", "group", "detail", "pack")
        return GoodDetails(
            skus=build_skus(good, self.matrix),
            attributes=build_attributes(good, self.matrix, self.wording),
            description_html=build_description(good, self.matrix, self.wording),
            picture_names=tuple(picture(stem, colour, view) for view in views),
        )


def build_goods(
    marketplace: Marketplace,
    kinds: Sequence[Kind],
    leaves: dict[str, Category],
    sellers: dict[str, tuple[Seller, ...]],
) -> list[Good]:
    """All generated goods of one marketplace, kind by kind; no title twice."""
    goods: list[Good] = []
    titles: set[str] = set()
    for made in kinds:
        count = GOODS_PER_KIND + seed(f"count:{marketplace}:{made.key}") % 12
        for place in range(count):
            text = f"{marketplace}:{made.key}:{place}"
            rng = Random(seed(f"good:{text}"))
            title, wording, named = _new_title(rng, made, marketplace, titles)
            titles.add(title)
            seller = rng.choice(sellers[made.trade])
            goods.append(_good(rng, text, made, leaves[made.zh], seller, title, wording, named))
    return goods


def _new_title(
    rng: Random, made: Kind, marketplace: Marketplace, taken: set[str]
) -> tuple[str, Wording, bool]:
    """A title nobody has yet; kinds have words for thousands, so this ends."""
    while True:
        wording = choose_wording(rng, made, marketplace)
        named = wording.measure is not None and rng.random() < 0.45
        title = chinese_title(wording, named)
        if title not in taken:
            return title, wording, named


def _good(
    rng: Random,
    text: str,
    made: Kind,
    category: Category,
    seller: Seller,
    title: str,
    wording: Wording,
    named: bool,
) -> Good:
    marketplace = seller.marketplace
    wholesale = marketplace == "1688"
    matrix = choose_matrix(rng, marketplace, made, wording.measure if named else None, text)
    measure = wording.measure.factor if named and wording.measure else _lowest(matrix.measures)
    price = _price(rng, made, wording.material.factor * measure, wholesale)
    has_english = wholesale or rng.random() < _ENGLISH_SHARE
    moq = rng.choice(made.moqs) if wholesale else 1
    batch = rng.choice(made.batches) if wholesale and made.batches and rng.random() < 0.2 else None
    if batch:
        moq = batch * max(1, round(moq / batch))
    quote_type = 0 if matrix.single else 1 if matrix.priced_by_sku else 2
    listed = 1 + int(1500 * rng.random() ** 2.2)
    repurchase = min(92, max(2, round(rng.gauss(seller.scores.repeat_purchase_percent, 9))))
    days = rng.choice((1, 1, 2, 2, 2, 3, 5, 7)) if wholesale else rng.choice((1, 1, 2, 2, 3))
    on_sale = rng.random() > 0.02
    return Good(
        marketplace=marketplace,
        item_id=number(f"item:{text}", 12, rng.choice("678") + rng.choice("012345")),
        map_id=opaque(f"map:{text}"),
        mp_id=number(f"mp:{text}", 16, "20"),
        title_zh=title,
        title_en=english_title(wording, named) if has_english else None,
        category=category,
        seller=seller,
        kind=made.key,
        main_picture=picture(matrix.picture_stem, main_colour(matrix), "front"),
        price_fen=price,
        list_price_fen=price if wholesale else _before_discount(rng, price),
        tiers=_tiers(rng, price, moq, batch, quote_type) if wholesale else (),
        moq=moq,
        batch=batch,
        unit_zh=made.unit.zh,
        unit_en=made.unit.en,
        weight_g=rng.randint(*made.weight),
        size_cm=_around(rng, made.size),
        sold_30d=int(10 ** (1 + 3.2 * rng.random() ** 1.6)) - 9,
        repurchase_percent=repurchase,
        commission_permille=rng.randrange(5, 301, 5),
        days_to_ship=days,
        tags=tags_of(rng, seller, days, moq, listed) if wholesale else frozenset(),
        listed_days_ago=listed,
        status=("published" if on_sale else "expired")
        if wholesale
        else ("active" if on_sale else "inactive"),
        in_channel=wholesale or rng.random() > 0.012,
        quote_type=quote_type,
        keywords=" ".join(f"{c.zh} {c.en}" for c in matrix.colours),
        details=Listing(matrix, wording),
    )


def _lowest(measures: tuple[Word, ...]) -> float:
    return min((w.factor for w in measures), default=1.0)


def _price(rng: Random, made: Kind, factor: float, wholesale: bool) -> int:
    """Fen, evenly spread over the logarithm of the band; wholesale is about half of retail."""
    low, high = made.price
    yuan = low * (high / low) ** rng.random() * factor
    if wholesale:
        return max(3, round(yuan * rng.uniform(0.42, 0.62) * 100))
    if yuan < 10:
        return max(10, round(yuan * 10) * 10)
    return int(yuan) * 100 + rng.choice((0, 0, 50, 80, 90, 90))


def _before_discount(rng: Random, price: int) -> int:
    """The crossed-out price; a third of the goods has no discount."""
    if rng.random() < 0.33:
        return price
    return max(price, round(price * rng.choice((1.1, 1.2, 1.25, 1.4, 1.6, 2.0)) / 100) * 100)


def _tiers(
    rng: Random, price: int, moq: int, batch: int | None, quote_type: int
) -> tuple[Tier, ...]:
    """First tier at the MOQ; quantities rise and prices fall. Priced by SKU: one tier."""
    tiers = [(moq, price)]
    if quote_type == 1:
        return tuple(tiers)
    quantity, unit_price = moq, price
    for _ in range(rng.choice((0, 1, 2, 2, 2))):
        quantity = _round_quantity(max(quantity * rng.choice((3, 5, 10)), quantity + 9), batch)
        cheaper = round(unit_price * rng.uniform(0.86, 0.96))
        if cheaper >= unit_price:
            break
        unit_price = cheaper
        tiers.append((quantity, unit_price))
    return tuple(tiers)


def _round_quantity(quantity: int, batch: int | None) -> int:
    step = batch or (10 if quantity >= 20 else 1)
    return -(-quantity // step) * step


def _around(rng: Random, size: tuple[int, int, int]) -> tuple[int, int, int]:
    length, width, height = (max(1, round(side * rng.uniform(0.85, 1.2))) for side in size)
    return length, width, height
