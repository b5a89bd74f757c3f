"""Offers and result pages come back from JSON as they went in."""

import json
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from catalog.marketplaces.base import Hit, HitPage, Offer, OfferSku, Property, Seller, Tier
from catalog.services.keeping import (
    hits_from_json,
    hits_to_json,
    money_from_json,
    money_to_json,
    offer_from_json,
    offer_to_json,
)

text = st.text(max_size=20)
money = st.builds(
    Money,
    st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False),
    st.sampled_from(["CNY", "EUR", "JPY", "KWD"]),
)
moments = st.datetimes(timezones=st.just(UTC))
pairs = st.lists(st.tuples(text, text), max_size=3).map(tuple)
skus = st.builds(
    OfferSku,
    sku_id=text,
    order_sku_id=text,
    properties=st.lists(st.builds(Property, text, text, text, text), max_size=3).map(tuple),
    price=money,
    stock=st.integers(0, 10**9),
    picture=text,
    orderable=st.booleans(),
)
offers = st.builds(
    Offer,
    marketplace=text,
    item_id=text,
    order_item_id=text,
    title=text,
    title_original=text,
    pictures=st.lists(text, max_size=3).map(tuple),
    description_html=text,
    seller=st.builds(Seller, text, text, text),
    unit=text,
    moq=st.integers(1, 1000),
    batch=st.none() | st.integers(2, 100),
    tiers=st.lists(st.builds(Tier, st.integers(1, 999), money), max_size=3).map(tuple),
    skus=st.lists(skus, min_size=1, max_size=3).map(tuple),
    stock=st.integers(0, 10**9),
    on_sale=st.booleans(),
    as_of=moments,
    category=text,
    attributes=pairs,
    ships_from=text,
    weight_kg=text,
    freight_note=text,
    scores=pairs,
    extra=st.dictionaries(text, text, max_size=3),
)
hits = st.builds(
    Hit,
    marketplace=text,
    item_id=text,
    title=text,
    title_original=text,
    picture=text,
    price=st.none() | money,
    moq=st.integers(1, 99),
    sold=st.none() | st.integers(0, 99),
)


@given(offers)
def test_an_offer_survives_json(offer):
    assert offer_from_json(json.loads(json.dumps(offer_to_json(offer)))) == offer


@given(
    st.builds(
        HitPage,
        st.lists(hits, max_size=3).map(tuple),
        st.integers(0, 99),
        st.integers(1, 9),
        st.booleans(),
        moments,
    )
)
def test_a_result_page_survives_json(page):
    assert hits_from_json(json.loads(json.dumps(hits_to_json(page)))) == page


def test_money_is_minor_units_and_currency():
    assert money_to_json(Money("11.60", "CNY")) == [1160, "CNY"]
    assert money_to_json(Money("0.035", "CNY")) == ["3.500", "CNY"]
    assert money_from_json(["3.500", "CNY"]) == Money("0.035", "CNY")
