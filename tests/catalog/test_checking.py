"""Quantities: what may be ordered, and the sentence where it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.services import check_quantity, quantity_from_text
from tests.catalog.conftest import make_offer, make_sku


def sentences(offer, quantity, **more):
    return [p.sentence for p in check_quantity(offer, offer.skus[0], quantity, **more)]


def test_a_fitting_quantity_has_no_problem():
    assert sentences(make_offer(moq=10, batch=10), 20) == []


@pytest.mark.parametrize(
    ("offer", "quantity", "expected"),
    [
        (make_offer(), None, ["Type a whole number of pieces."]),
        (make_offer(), 0, ["At least 1."]),
        (make_offer(moq=200), -3, ["At least 200."]),
        (make_offer(moq=200), 20, ["Minimum 200 (MOQ)"]),
        (make_offer(skus=(make_sku(stock=35),)), 36, ["Only 35 in stock"]),
        (make_offer(skus=(make_sku(stock=0),)), 1, ["Out of stock. Choose another variant."]),
        (make_offer(batch=10), 25, ["Sold in lots of 10: 20 or 30"]),
        (make_offer(batch=10), 5, ["Sold in lots of 10: 10"]),
        (make_offer(batch=10, skus=(make_sku(stock=35),)), 33, ["Sold in lots of 10: 30"]),
        (make_offer(), 10**9, ["Only 500 in stock"]),
        (make_offer(skus=(make_sku(stock=10**10),)), 10**9, ["At most 1,000,000 at once"]),
        (make_offer(on_sale=False), 5, ["Taken off the shelf by the seller."]),
        (
            make_offer(skus=(make_sku(orderable=False),)),
            5,
            ["This variant cannot be ordered. Choose another."],
        ),
        (
            make_offer(moq=50, batch=20, skus=(make_sku(stock=70),)),
            41,
            ["Minimum 50 (MOQ)", "Sold in lots of 20: 60"],
        ),
    ],
)
def test_every_wrong_quantity_has_its_sentence(offer, quantity, expected):
    assert sentences(offer, quantity) == expected


def test_a_variant_that_is_gone_names_its_field():
    (problem,) = check_quantity(make_offer(), None, 5, sku_id="77")

    assert problem.field == "qty-77"
    assert problem.code == "variant_gone"


def test_other_variants_count_towards_the_minimum():
    assert sentences(make_offer(moq=50), 20, together=30) == []


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        ("20", 20),
        (" ２０ ", 20),
        ("1 200", 1200),
        ("-4", -4),
        ("0", 0),
        ("twenty", None),
        ("1.5", None),
        ("1e3", None),
        ("", None),
        ("9" * 40, None),
        ("²", 2),  # a superscript is normalised like a full-width digit
    ],
)
def test_typed_quantities(typed, quantity):
    assert quantity_from_text(typed) == quantity


@given(
    moq=st.integers(1, 300),
    batch=st.none() | st.integers(2, 60),
    stock=st.integers(0, 2000),
    quantity=st.integers(-5, 10**9),
)
def test_no_problem_means_exactly_that_it_is_legal(moq, batch, stock, quantity):
    offer = make_offer(moq=moq, batch=batch, skus=(make_sku(stock=stock),))

    legal = moq <= quantity <= stock and quantity > 0 and (not batch or quantity % batch == 0)

    assert (sentences(offer, quantity) == []) is legal


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_quantities(text):
    found = quantity_from_text(text)
    assert found is None or isinstance(found, int)
