"""Variants as fields: two axes make a grid, one a list, three or more are chosen one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from moneyed import Money

from catalog.marketplaces.base import Offer, OfferSku, Property
from catalog.services.checking import field_name
from catalog.views.pricing import here
from desk.money import Rate

Axes = list[dict[str, Property]]  # an axis' values, by their text
WIDEST_GRID = 4  # columns beside the row's name in the right half of a page


@dataclass(frozen=True, slots=True)
class Cell:
    """One variant's quantity field. `is_shut`: nothing can be typed; `shut` says why, where the
    page does not already say it of the whole item."""

    sku: OfferSku
    name: str
    label: str
    original: str
    value: str
    errors: list[str]
    price: Money | None
    is_shut: bool
    shut: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix; a None is a combination that does not exist."""

    label: str
    original: str
    picture: str
    cells: list[Cell | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One axis to choose on, for variants with three axes or more."""

    name: str
    label: str
    options: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`kind`: one, list, grid or choose. `columns`: the second axis' values of a grid."""

    kind: str
    axes: list[str]
    rows: list[Row]
    columns: list[Property] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    varied_prices: bool = False

    @property
    def is_narrow(self) -> bool:
        """Room for words in every cell."""
        return len(self.columns) < 3

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell]


def build(
    offer: Offer,
    rate: Rate | None,
    *,
    typed: Mapping[str, str],
    errors: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str] | None = None,
) -> Matrix:
    """The matrix of an offer; `typed` and `errors` by sku id, `chosen` values by `axis-<n>`."""

    def cell(sku: OfferSku) -> Cell:
        return Cell(
            sku=sku,
            name=field_name(sku.sku_id),
            label=sku.label or _("Quantity"),
            original=_original(sku.properties),
            value=typed.get(sku.sku_id, ""),
            errors=list(errors.get(sku.sku_id, ())),
            price=here(sku.price, rate),
            is_shut=not (offer.on_sale and sku.orderable and sku.stock > 0),
            shut=_shut(offer, sku),
        )

    varied = len({sku.price for sku in offer.skus}) > 1 and not offer.tiers
    axes = _axes(offer.skus)
    names = [one.axis for one in offer.skus[0].properties]
    if axes is None or len(offer.skus) == 1:
        kind = "one" if len(offer.skus) == 1 else "list"
        rows = [_row(sku, sku.properties, cell(sku)) for sku in offer.skus]
        return Matrix(kind, names, rows, varied_prices=varied)
    varying = [place for place, values in enumerate(axes) if len(values) > 1]
    if len(axes) > 2 and len(varying) > 2:
        return _choose(offer, axes, cell, typed, chosen or {}, varied)
    places = varying if len(axes) > 2 else list(range(len(axes)))
    if len(places) == 2 and (grid := _grid(offer.skus, axes, places, cell)):
        return Matrix("grid", [names[p] for p in places], grid[0], grid[1], varied_prices=varied)
    rows = [_row(sku, [sku.properties[place] for place in places], cell(sku)) for sku in offer.skus]
    return Matrix("list", [names[place] for place in places], rows, varied_prices=varied)


def _axes(skus: Sequence[OfferSku]) -> Axes | None:
    """Each axis' distinct values in order of appearance; None where variants differ in shape."""
    shapes = {tuple(one.axis for one in sku.properties) for sku in skus}
    if len(shapes) != 1 or not next(iter(shapes)):
        return None
    found: Axes = [{} for _ in next(iter(shapes))]
    for sku in skus:
        for values, one in zip(found, sku.properties, strict=True):
            values.setdefault(one.value, one)
    return found


def _grid(
    skus: Sequence[OfferSku], axes: Axes, places: list[int], cell: Callable[[OfferSku], Cell]
) -> tuple[list[Row], list[Property]] | None:
    """Rows and columns, the axis with fewer values across; None where even that is too wide, or
    where two variants share a place."""
    down, across = places
    if len(axes[across]) > WIDEST_GRID or len(axes[across]) > len(axes[down]) > 1:
        down, across = across, down
    if len(axes[across]) > WIDEST_GRID:
        return None
    at = {(sku.properties[down].value, sku.properties[across].value): sku for sku in skus}
    if len(at) != len(skus):
        return None
    rows = []
    for value, one in axes[down].items():
        found = [at.get((value, other)) for other in axes[across]]
        picture = next((sku.picture for sku in found if sku and sku.picture), "")
        original = one.value_original if one.value_original != one.value else ""
        rows.append(Row(value, original, picture, [cell(sku) if sku else None for sku in found]))
    return rows, list(axes[across].values())


def _row(sku: OfferSku, properties: Sequence[Property], cell: Cell) -> Row:
    label = " · ".join(one.value for one in properties)
    return Row(label, _original(properties), sku.picture, [cell])


def _original(properties: Sequence[Property]) -> str:
    """The originals of a variant's values, where they say something else."""
    values = [one.value_original for one in properties]
    return " · ".join(values) if values != [one.value for one in properties] else ""


def _choose(
    offer: Offer,
    axes: Axes,
    cell: Callable[[OfferSku], Cell],
    typed: Mapping[str, str],
    chosen: Mapping[str, str],
    varied: bool,
) -> Matrix:
    """Selects, and the field of the variant they mean (or of the nearest that exists)."""
    wanted = [chosen.get(f"axis-{place}") for place in range(len(axes))]

    def fits(sku: OfferSku) -> tuple[int, bool, bool]:
        same = sum(w == one.value for w, one in zip(wanted, sku.properties, strict=True))
        return same, sku.sku_id in typed, sku.orderable and sku.stock > 0

    sku = max(offer.skus, key=fits)
    choices = [
        Choice(
            f"axis-{place}",
            sku.properties[place].axis,
            [(value, value == sku.properties[place].value) for value in values],
        )
        for place, values in enumerate(axes)
        if len(values) > 1
    ]
    names = [one.axis for one in sku.properties]
    rows = [_row(sku, sku.properties, cell(sku))]
    return Matrix("choose", names, rows, choices=choices, varied_prices=varied)


def _shut(offer: Offer, sku: OfferSku) -> str:
    if not sku.orderable and any(other.orderable for other in offer.skus):
        return _("cannot be ordered")
    return "" if sku.stock > 0 else _("out of stock")
