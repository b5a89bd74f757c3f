"""From the lines of a call to lines that can be ordered: what exists, is on sale and in stock.

Shared by the previews and creates of both marketplaces. Sums in fen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from xport.sandbox.engine import Engine
from xport.sandbox.market import freight
from xport.sandbox.orders import Line
from xport.sandbox.world.model import Good, Seller, Sku


@dataclass(frozen=True)
class Wanted:
    """One line as asked for, and why it cannot be had (`code` empty when it can)."""

    item_id: str
    sku_id: str
    quantity: int
    line_no: str = ""
    remark: str = ""
    good: Good | None = None
    sku: Sku | None = None
    price: int = 0
    code: str = ""
    reason: str = ""

    @property
    def amount(self) -> int:
        """Price of the line."""
        return self.price * self.quantity


@dataclass(frozen=True)
class Basket:
    """The lines of one seller."""

    seller: Seller
    lines: tuple[Wanted, ...]
    freight: int

    @property
    def goods(self) -> int:
        """Sum of the lines."""
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        """With freight."""
        return self.goods + self.freight


def by_seller(lines: Iterable[Wanted], province: str, *, one_each: bool = False) -> list[Basket]:
    """One basket a seller (or, when told to split, one a line), in the order of the lines."""
    groups: dict[str, list[Wanted]] = {}
    for index, line in enumerate(lines):
        if line.good is not None and not line.code:
            key = str(index) if one_each else line.good.seller.seller_id
            groups.setdefault(key, []).append(line)
    baskets = []
    for group in groups.values():
        seller = next(line.good.seller for line in group if line.good)
        goods = sum(line.amount for line in group)
        weight = sum(line.good.weight_g * line.quantity for line in group if line.good)
        baskets.append(Basket(seller, tuple(group), freight(seller, goods, weight, province)))
    return baskets


def within_stock(engine: Engine, lines: Iterable[Wanted], code: str) -> list[Wanted]:
    """The lines, each refused whose SKU has no pieces left after the lines before it."""
    left: dict[str, int] = {}
    judged = []
    for line in lines:
        if line.good is None or line.sku is None or line.code:
            judged.append(line)
            continue
        key = line.sku.sku_id
        if left.setdefault(key, engine.market.stock(line.good, line.sku)) < line.quantity:
            judged.append(replace(line, code=code, reason="库存不足"))
        else:
            left[key] -= line.quantity
            judged.append(line)
    return judged


def order_line(engine: Engine, wanted: Wanted, number: int, line_id: int) -> Line:
    """The line of a new order."""
    if wanted.good is None or wanted.sku is None:
        raise ValueError("a line that cannot be had was ordered")
    good, sku = wanted.good, wanted.sku
    picture = engine.picture(sku.picture_name or good.main_picture, 400)
    return Line(
        line_no=wanted.line_no or str(number),
        line_id=line_id,
        item_id=wanted.item_id,
        sku_id=wanted.sku_id,
        plain_sku_id=sku.sku_id,
        title=good.title_zh,
        variant=";".join(f"{one.prop_zh}:{one.value_zh}" for one in sku.properties),
        picture=picture or "",
        quantity=wanted.quantity,
        price=wanted.price,
        unit=good.unit_zh,
        remark=wanted.remark,
    )


def seller_note(seller: Seller) -> dict[str, Any]:
    """What an order keeps of its seller."""
    return {
        "id": seller.seller_id,
        "nick": seller.nick,
        "company": seller.company_name,
        "open_id": seller.open_id,
        "province": seller.province,
        "city": seller.city,
    }
