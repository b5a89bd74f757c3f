"""Amounts of company money as people type them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.amounts import CompanyAmountField, amount_words

field = CompanyAmountField(required=False)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("", None),
        ("0", 0),
        ("500", 50000),
        ("500.5", 50050),
        ("1284,20", 128420),
        ("1,284.20", 128420),
        ("1.284,20", 128420),
        ("1,284", 128400),
        ("1 284.20", 128420),
        (" 12 ", 1200),
    ],
)
def test_amounts_read_as_meant(typed, cents):
    assert field.clean(typed) == cents


@pytest.mark.parametrize("typed", ["-1", "1,2,3", "12.345.6", "€5", "1e3", "٣", "NaN", "0x10"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


@given(st.integers(0, 10_000_000_00))
def test_what_is_shown_reads_back_the_same(cents):
    shown = field.prepare_value(cents)

    assert field.clean(shown) == cents
    assert not field.has_changed(cents, shown)


def test_words_of_lists():
    assert amount_words(None) == "–"
    assert amount_words(128420) == "1,284.20 EUR"
