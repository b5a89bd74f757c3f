"""Money between minor units, Money, and the company's currency."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from desk.models import ExchangeRate
from desk.money import NoRate, Rate, company, convert, from_minor, minor, rate_for, to_company

DAY = date(2026, 1, 20)
amounts = st.integers(-(10**15), 10**15)


@given(units=amounts, currency=st.sampled_from(["EUR", "CNY", "USD", "JPY", "KWD"]))
def test_minor_units_and_back_lose_nothing(units, currency):
    assert minor(from_minor(units, currency)) == units


def test_minor_units_follow_the_currency():
    assert minor(Money("12.90", "CNY")) == 1290
    assert minor(Money("12", "JPY")) == 12
    assert from_minor(1290, "CNY") == Money("12.90", "CNY")
    assert company(500) == Money("5.00", "EUR")


def test_half_a_cent_rounds_up():
    assert minor(Money("0.005", "EUR")) == 1
    assert convert(Money("1", "CNY"), Rate("CNY", Decimal("0.125"), DAY)) == Money("0.13", "EUR")


@given(
    units=st.integers(0, 10**12),
    rate=st.decimals("0.00000001", "1000", places=8),
)
def test_conversion_is_off_by_half_a_cent_at_most(units, rate):
    amount = from_minor(units, "CNY")

    converted = convert(amount, Rate("CNY", rate, DAY))

    assert abs(converted.amount - amount.amount * rate) <= Decimal("0.005")
    assert converted.currency.code == "EUR"


@pytest.mark.django_db
def test_the_rate_of_a_day_is_the_last_one_entered_for_it_or_before():
    ExchangeRate.objects.create(currency="CNY", day=DAY, rate=Decimal("0.12"))
    ExchangeRate.objects.create(currency="CNY", day=DAY + timedelta(days=5), rate=Decimal("0.13"))

    assert rate_for("CNY", DAY + timedelta(days=4)) == Rate("CNY", Decimal("0.12"), DAY)
    assert rate_for("CNY", DAY + timedelta(days=5)).value == Decimal("0.13")


@pytest.mark.django_db
def test_before_the_first_rate_the_first_one_holds():
    ExchangeRate.objects.create(currency="CNY", day=DAY, rate=Decimal("0.12"))

    assert rate_for("CNY", DAY - timedelta(days=100)).value == Decimal("0.12")


@pytest.mark.django_db
def test_own_currency_needs_no_rate(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rate_for("EUR") == Rate("EUR", Decimal(1), timezone.localdate())


@pytest.mark.django_db
def test_without_a_rate_nothing_is_invented():
    with pytest.raises(NoRate):
        rate_for("CNY")
    assert to_company(Money("1", "CNY")) is None
