"""Variants as fields, and what the ladder and the sum say."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from catalog.marketplaces.base import Property
from catalog.views import matrix, pricing
from desk.money import Rate
from tests.catalog.conftest import make_offer, make_sku, two_tiers, yuan

RATE = Rate("CNY", Decimal("0.125"), date(2026, 11, 23))


def skus(*axes):
    """One SKU for every combination of the axes' values."""
    combos = [()]
    for number, values in enumerate(axes):
        combos = [(*c, Property(f"axis {number}", value)) for c in combos for value in values]
    return tuple(make_sku(str(n), properties=c) for n, c in enumerate(combos, 1))


def built(*axes, **more):
    offer = make_offer(skus=skus(*axes))
    return matrix.build(
        offer, RATE, typed=more.pop("typed", {}), errors=more.pop("errors", {}), **more
    )


def test_no_axis_is_one_field():
    assert built().kind == "one"


def test_one_axis_is_a_list():
    found = built(["red", "blue", "green"])

    assert found.kind == "list"
    assert [row.label for row in found.rows] == ["red", "blue", "green"]


def test_two_axes_are_a_grid_with_the_shorter_one_across():
    found = built(["S", "M"], ["red", "blue", "green"])

    assert found.kind == "grid"
    assert [column.value for column in found.columns] == ["S", "M"]
    assert [row.label for row in found.rows] == ["red", "blue", "green"]


def test_a_grid_too_wide_either_way_is_a_list():
    assert built(list("abcde"), list("vwxyz")).kind == "list"


def test_a_missing_combination_is_a_gap():
    offer = make_offer(skus=skus(["red", "blue"], ["S", "M"])[:3])

    found = matrix.build(offer, RATE, typed={}, errors={})

    assert found.rows[1].cells[1] is None


def test_three_axes_are_chosen_one_by_one():
    found = built(
        ["red", "blue"], ["S", "M"], ["thin", "thick"], chosen={"axis-0": "blue", "axis-2": "thick"}
    )

    assert found.kind == "choose"
    (cell,) = found.cells
    values = [one.value for one in cell.sku.properties]
    assert (values[0], values[2]) == ("blue", "thick")


def test_a_third_axis_with_one_value_is_no_axis():
    assert built(["red", "blue"], ["S", "M"], ["cotton"]).kind == "grid"


def test_what_was_typed_and_what_is_wrong_stay_in_the_field():
    found = built(["red", "blue"], typed={"1": "abc"}, errors={"1": ["Type a whole number."]})

    assert (found.cells[0].value, found.cells[0].errors) == ("abc", ["Type a whole number."])
    assert found.cells[0].name == "qty-1"


def test_the_ladder_marks_the_step_reached():
    offer = make_offer(tiers=two_tiers())

    steps = {
        pieces: [s.active for s in pricing.ladder(offer, pieces, RATE)] for pieces in (0, 10, 100)
    }

    assert steps == {0: [True, False], 10: [True, False], 100: [False, True]}
    assert pricing.ladder(offer, 0, RATE)[0].end == 99


@pytest.mark.parametrize(
    ("wanted", "total", "more"),
    [
        ({}, "0", 0),
        ({"1": 88}, "1056", 12),
        ({"1": 60, "2": 40}, "960", 0),
        ({"1": 5}, "60", 0),
        ({"gone": 7}, "0", 0),
    ],
)
def test_the_sum_counts_all_variants_towards_the_tier(wanted, total, more):
    offer = make_offer(tiers=two_tiers(), skus=(make_sku("1"), make_sku("2")))

    found = pricing.summed(offer, wanted, RATE)

    assert found.total_there == yuan(total)
    assert found.total == Money(Decimal(total) * Decimal("0.125"), "EUR")
    assert found.more == more


def test_without_a_rate_there_is_no_company_money():
    found = pricing.summed(make_offer(), {"1": 2}, None)

    assert found.total is None
    assert found.total_there == yuan("24")
