"""Both adapters against the other side, and the manual's own product."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from moneyed import Money

from catalog.marketplaces import UnknownMarketplace, port, ports, taobao
from catalog.marketplaces.ali1688 import _offer as ali_offer
from catalog.marketplaces.base import Query, Sort
from tests.catalog.conftest import MANUAL
from xport.client import NotFound, Unreadable
from xport.client.codec import Codec
from xport.client.endpoints import alibaba_product, taobao_product

MANUAL_FILE = Path(__file__).parents[1] / "xport/client/data/manual_product.json"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MOST = 5.0


def manual_offer():
    data = json.loads(MANUAL_FILE.read_text(encoding="utf-8"), parse_float=Decimal)["data"]
    product = Codec().decode(taobao_product.Product, data, "taobao_product")
    return taobao._offer(MANUAL, product, NOW)


def ali(**data):
    data = {"offerId": 700000000001, "subject": "杯子"} | data
    return ali_offer("700000000001", Codec().decode(alibaba_product.Offer, data), NOW)


def test_ports_come_in_the_order_of_pages():
    assert list(ports()) == ["taobao", "1688"]
    with pytest.raises(UnknownMarketplace):
        port("ebay")


def test_the_manuals_product_is_an_offer_with_two_skus():
    offer = manual_offer()

    assert [sku.label for sku in offer.skus] == ["红色 · 52cm", "黄色 · 52cm"]
    assert [sku.stock for sku in offer.skus] == [200, 200]
    assert offer.skus[0].price == Money("0.01", "CNY")
    assert offer.order_item_id == "2048057995392326"
    assert offer.moq == 1
    assert not any(sku.orderable for sku in offer.skus)


@pytest.mark.parametrize("slug", ["taobao", "1688"])
def test_a_found_item_opens_and_can_be_ordered(slug, xport_client):
    adapter = port(slug)
    page = adapter.search(xport_client, Query("马克杯", size=5), deadline=MOST)

    offer = adapter.offer(xport_client, page.hits[0].item_id, deadline=MOST)

    assert page.total > 5
    assert page.has_more
    assert offer.item_id == page.hits[0].item_id
    assert offer.title_original == page.hits[0].title_original
    assert offer.skus[0].price == page.hits[0].price
    assert offer.order_item_id
    assert all(sku.order_sku_id for sku in offer.skus)
    assert offer.seller.id
    assert offer.seller.name


@pytest.mark.parametrize("slug", ["taobao", "1688"])
def test_every_sort_is_one_the_platform_takes(slug, xport_client):
    adapter = port(slug)

    for sort in adapter.sorts:
        page = adapter.search(xport_client, Query("杯", sort=sort, size=10), deadline=MOST)
        prices = [hit.price.amount for hit in page.hits]
        if sort is Sort.PRICE_UP and slug == "1688":
            assert prices == sorted(prices)
        assert page.hits


def test_1688_filters_by_price_itself(xport_client):
    query = Query("杯", size=40, price_from=Money("5", "CNY"), price_to=Money("9.5", "CNY"))

    page = port("1688").search(xport_client, query, deadline=MOST)

    assert page.hits
    assert all(Decimal(4) < hit.price.amount < Decimal(11) for hit in page.hits)


def test_the_last_page_says_that_it_is(xport_client):
    for slug in ports():
        first = port(slug).search(xport_client, Query("马克杯", size=20), deadline=MOST)
        last = -(-first.total // 20)
        page = port(slug).search(xport_client, Query("马克杯", page=last, size=20), deadline=MOST)
        assert not page.has_more


def test_1688_tells_tiers_minimum_lots_and_translations(good_1688, xport_client):
    offer = port("1688").offer(xport_client, good_1688.item_id, deadline=MOST)

    assert (offer.moq, offer.batch) == (good_1688.moq, good_1688.batch)
    assert [tier.start for tier in offer.tiers] == [start for start, _ in good_1688.tiers]
    first = good_1688.skus[0].properties[0]
    assert offer.skus[0].properties[0].value == first.value_en
    assert offer.skus[0].properties[0].value_original == first.value_zh
    assert offer.seller.id.startswith("BBB")
    assert offer.ships_from
    assert offer.extra["ships_in_days"] == "1"
    second = offer.tiers[1]
    assert offer.unit_price(offer.skus[0], second.start - 1) == offer.tiers[0].price
    assert offer.unit_price(offer.skus[0], second.start) == second.price


def test_a_number_that_is_not_there_is_not_found(xport_client):
    for slug in ports():
        with pytest.raises(NotFound):
            port(slug).offer(xport_client, "100000000", deadline=MOST)


def test_ids_of_a_wrong_shape_are_not_even_asked_for(xport_client):
    for slug in ports():
        with pytest.raises(NotFound):
            port(slug).offer(xport_client, "no-such-shape", deadline=MOST)


def test_the_manuals_product_asks_for_order_ids_and_says_why_there_are_none(xport_client):
    offer = port("taobao").offer(xport_client, MANUAL, deadline=MOST)

    assert [sku.stock for sku in offer.skus] == [200, 200]
    assert offer.extra["why"] == "not_in_channel"
    assert "NOT_IN_CHANNEL" in offer.extra["why_there"]


def test_numeric_ids_learn_their_order_ids(sandbox, xport_client):
    world = sandbox.engine.world.taobao
    good = next(g for g in world.goods if g.in_channel and g.item_id != MANUAL and g.orderable)

    offer = port("taobao").offer(xport_client, good.item_id, deadline=MOST)

    assert offer.item_id == good.item_id
    assert {s.order_sku_id for s in offer.skus if s.orderable} <= {s.mp_sku_id for s in good.skus}
    assert any(sku.orderable for sku in offer.skus)


def test_a_check_that_fails_leaves_the_page_and_the_doubt(sandbox, xport_client):
    sandbox.engine.faults.add({"key": "taobao_product.batch_check", "kind": "http_500"})

    offer = port("taobao").offer(xport_client, MANUAL, deadline=1.0)

    assert len(offer.skus) == 2
    assert offer.extra["why"] == "unchecked"


@pytest.mark.parametrize("slug", ["taobao", "1688"])
def test_check_says_what_can_still_be_bought(slug, sandbox, xport_client):
    adapter = port(slug)
    hit = adapter.search(xport_client, Query("马克杯", size=1), deadline=MOST).hits[0]
    sku = adapter.offer(xport_client, hit.item_id, deadline=MOST).skus[0].sku_id

    good, vanished, unknown = adapter.check(
        xport_client,
        [(hit.item_id, sku), (hit.item_id, "424242"), ("100000000", "1")],
        deadline=MOST,
    )

    assert good.orderable
    assert (vanished.orderable, vanished.reason) == (False, "gone")
    assert (unknown.orderable, unknown.reason) == (False, "gone")


def test_off_the_shelf_is_seen_by_offer_and_check(good_1688, sandbox, xport_client):
    item_id = good_1688.item_id
    sandbox.control.good_verb("1688", item_id, "off-shelf", {})

    offer = port("1688").offer(xport_client, item_id, deadline=MOST)
    wanted = [(item_id, offer.skus[0].sku_id)]
    (checked,) = port("1688").check(xport_client, wanted, deadline=MOST)

    assert not offer.on_sale
    assert (checked.orderable, checked.reason) == (False, "off_shelf")


# -- shapes that the sandbox does not show --------------------------------------------------------


def test_an_offer_without_skus_is_ordered_without_spec_id():
    offer = ali(
        productSaleInfo={
            "amountOnSale": 40,
            "quoteType": 0,
            "priceRangeList": [{"startQuantity": 5, "price": "3.50"}],
        },
        minOrderQuantity=5,
    )

    (sku,) = offer.skus
    assert (sku.sku_id, sku.order_sku_id, sku.orderable, sku.stock) == ("", "", True, 40)
    assert sku.price == Money("3.50", "CNY")


def test_priced_per_sku_means_no_ladder():
    skus = [
        {"skuId": 1, "specId": "a", "price": "5.00", "amountOnSale": 3, "skuAttributes": []},
        {"skuId": 2, "specId": "b", "price": "7.00", "amountOnSale": 3, "skuAttributes": []},
    ]
    ranges = [{"startQuantity": 1, "price": "5.00"}]

    offer = ali(productSkuInfos=skus, productSaleInfo={"quoteType": 1, "priceRangeList": ranges})

    assert offer.tiers == ()
    assert offer.unit_price(offer.skus[1], 100) == Money("7.00", "CNY")


def test_an_offer_without_any_price_cannot_be_read():
    with pytest.raises(Unreadable):
        ali(productSaleInfo={"amountOnSale": 3})


@pytest.mark.parametrize(
    ("shipping", "tags", "days"),
    [
        ("48小时发货", [], "2"),
        ("shipIn24Hours", [], "1"),
        ("7天内发货", [], "7"),
        (None, [{"key": "shipIn48Hours", "value": True}], "2"),
        (None, [{"key": "shipInToday", "value": False}], None),
    ],
)
def test_days_to_ship(shipping, tags, days):
    offer = ali(
        productSaleInfo={"consignPrice": "1"},
        productShippingInfo={"shippingTimeGuarantee": shipping},
        tagInfoList=tags,
    )

    assert offer.extra.get("ships_in_days") == days
