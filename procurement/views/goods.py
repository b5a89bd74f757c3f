"""Lines and orders-to-be as pages show them: names, both currencies, the next tier, then and now.

Shared by cart and checkout. Nothing here asks a marketplace; two queries at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from moneyed import Money

from catalog.services import names_of
from catalog.services.reader import leading_title
from desk.money import Rate, company, convert, from_minor, minor
from procurement.models import CartLine
from procurement.services import cart
from procurement.services.quoting import Group, quoted_unit_prices


@dataclass(slots=True)
class LineShown:
    """One line. `then_there` is the unit price in the cart where the quote names another."""

    line: CartLine
    name: str
    original: str
    url: str
    unit: Money | None
    unit_there: Money
    total: Money | None
    total_there: Money
    more: int = 0
    next_price: Money | None = None
    next_there: Money | None = None
    then_there: Money | None = None
    dearer: bool = False
    gone: str = ""
    typed: str = ""
    errors: Sequence[str] = ()
    flags: Sequence[str] = ()


@dataclass(slots=True)
class OrderShown:
    """One order as it will be placed; `errors` are what kept it from being asked for."""

    group: Group
    position: int
    count: int
    lines: list[LineShown]
    errors: Sequence[str] = ()

    @property
    def marketplace(self) -> str:
        return self.lines[0].line.get_marketplace_display()

    @property
    def is_unmapped(self) -> bool:
        return self.group.sub_account is None

    @property
    def refused(self) -> str:
        """The platform's words where it offers nothing of this order."""
        return self.group.quote.refused if self.group.quote else ""

    @property
    def gone(self) -> list[LineShown]:
        return [line for line in self.lines if line.gone]

    @property
    def needs_a_hand(self) -> bool:
        """Whether it cannot be asked for as it is."""
        return bool(self.group.blocked) or self.group.rate is None

    @property
    def url(self) -> str:
        return reverse("checkout:quote", args=[self.group.key])


@dataclass(frozen=True, slots=True)
class Totals:
    """All orders together in company currency; the parts add up to `total`. None: no rate."""

    goods: Money | None
    freight: Money | None
    other: Money | None
    total: Money | None
    units: int
    missing: list[str] = field(default_factory=list)


def orders_shown(
    groups: Sequence[Group],
    *,
    typed: Mapping[int, str] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> list[OrderShown]:
    """Groups dressed for a page. `typed` goes by line id, `errors` by its text or `group-<key>`."""
    names = names_of([(line.marketplace, line.item_id) for g in groups for line in g.lines])
    together: Counter[tuple[str, str]] = Counter()
    for group in groups:
        for line in group.lines:
            together[line.marketplace, line.item_id] += line.quantity
    errors = errors or {}
    shown = []
    for position, group in enumerate(groups, start=1):
        prices = quoted_unit_prices(group.quote) if group.quote and not group.quote.refused else {}
        gone = _gone(group)
        lines = [
            _line(line, group.rate, names, together, prices, gone, typed or {}, errors)
            for line in group.lines
        ]
        said = errors.get(f"group-{group.key}", ())
        shown.append(OrderShown(group, position, len(groups), lines, said))
    return shown


def saved_shown(lines: Iterable[CartLine], rates: Mapping[str, Rate | None]) -> list[LineShown]:
    """Lines saved for later; they count towards no tier."""
    rows = list(lines)
    names = names_of([(line.marketplace, line.item_id) for line in rows])
    return [
        _line(
            line,
            rates.get(line.currency),
            names,
            Counter({(line.marketplace, line.item_id): line.quantity}),
            {},
            {},
            {},
            {},
        )
        for line in rows
    ]


def totals_of(groups: Sequence[Group]) -> Totals:
    """Sums as the request will store them: each order converted by itself, then added."""
    missing = sorted({g.total.currency.code for g in groups if g.rate is None})
    if missing:
        return Totals(None, None, None, None, 0, missing)
    total = freight = other = 0
    for group in groups:
        assert group.rate is not None  # noqa: S101 - groups without a rate returned above
        total += minor(convert(group.total, group.rate))
        freight += minor(convert(group.freight, group.rate))
        rest = group.total - group.goods - group.freight
        other += minor(convert(rest, group.rate)) if rest else 0
    goods = company(total - freight - other)
    return Totals(goods, company(freight), company(other) if other else None, company(total), total)


def _gone(group: Group) -> dict[tuple[str, str], str]:
    """Why a line of the order cannot be had, by order ids."""
    if group.quote is None:
        return {}
    return {
        (line.order_item_id, line.order_sku_id): line.reason or _("Not to be had any more.")
        for line in group.quote.unavailable
    }


def _line(
    line: Any,
    rate: Rate | None,
    names: Mapping[tuple[str, str], str],
    together: Counter[tuple[str, str]],
    prices: Mapping[tuple[str, str], int],
    gone: Mapping[tuple[str, str], str],
    typed: Mapping[int, str],
    errors: Mapping[str, Sequence[str]],
) -> LineShown:
    item = (line.marketplace, line.item_id)
    ids = (line.order_item_id, line.order_sku_id)
    name = names.get(item) or leading_title(line.title, line.title_original)
    price = prices.get(ids, line.unit_price)
    unit = from_minor(price, line.currency)
    total = from_minor(price * line.quantity, line.currency)
    more, next_price = _next_tier(line, together[item])
    beside = together[item] - line.quantity
    return LineShown(
        line=line,
        name=name,
        original=line.title_original if line.title_original != name else "",
        url=reverse("catalog:item", args=item),
        unit=convert(unit, rate) if rate else None,
        unit_there=unit,
        total=convert(total, rate) if rate else None,
        total_there=total,
        more=more,
        next_price=convert(next_price, rate) if rate and next_price else None,
        next_there=next_price,
        then_there=line.unit_money if price != line.unit_price else None,
        dearer=price > line.unit_price,
        gone=gone.get(ids, ""),
        typed=typed.get(line.pk, str(line.quantity)),
        errors=errors.get(str(line.pk), ()),
        flags=[line.flag] if line.flag else cart.line_problems(line, line.quantity, beside=beside),
    )


def _next_tier(line: CartLine, pieces: int) -> tuple[int, Money | None]:
    """How many more pieces of the offer reach the next cheaper price, and that price."""
    for start, price in line.rules.get("tiers", ()):
        if start > pieces and price < line.unit_price:
            return start - pieces, from_minor(price, line.currency)
    return 0, None
