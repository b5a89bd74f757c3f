"""The declarations against the platform's own reference and the contract's examples."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from moneyed import Money

from xport.client import Overrides
from xport.client.codec import Codec, encode
from xport.client.endpoint import Endpoint
from xport.client.endpoints import ENDPOINTS, SECTIONS, taobao_product
from xport.client.envelope import open_envelope, parse_json
from xport.client.navigation import NAVIGATION
from xport.client.record import Private

DATA = Path(__file__).parent / "data"
EXAMPLES: dict[str, Any] = json.loads((DATA / "contract_examples.json").read_text("utf-8"))
SIBLINGS = {"alibaba_order.detail"}
#: What a request example spells otherwise without meaning anything else.
SPELT_OTHERWISE = {
    ("taobao_order.logistics", "purchaseOrderLineId"),  # a query has no numbers
    ("alibaba_product.search", "categoryId"),  # empty text and leaving out are the same
    ("alibaba_order.create", "shopPromotionId"),  # so are null and leaving out
}


def test_the_reference_has_96_rows_each_with_its_own_key() -> None:
    assert len(NAVIGATION) == len({row.key for row in NAVIGATION}) == 96
    assert Counter(row.direction for row in NAVIGATION) == {"out": 89, "in": 7}
    assert NAVIGATION[0].navigation == "Taobao / Product / Taobao Hot product recommendation"


def test_every_endpoint_is_an_outgoing_row_of_the_reference() -> None:
    outgoing = {row.key for row in NAVIGATION if row.direction == "out"}

    assert set(ENDPOINTS) - outgoing == SIBLINGS


def test_every_endpoint_has_an_example_of_the_contract() -> None:
    assert set(ENDPOINTS) == set(EXAMPLES)


def test_constants_are_named_like_their_keys() -> None:
    for section in SECTIONS:
        for name, thing in vars(section).items():
            if isinstance(thing, Endpoint) and thing.key not in SIBLINGS:
                assert thing.key == f"{section.__name__.rpartition('.')[2]}.{name.lower()}"


@pytest.mark.parametrize("key", sorted(ENDPOINTS))
def test_the_example_answer_is_read_with_no_field_left_over(key: str) -> None:
    endpoint = ENDPOINTS[key]
    answer = parse_json(json.dumps(EXAMPLES[key]["response"]).encode())
    data = open_envelope(answer).data

    value = Codec().decode(
        endpoint.response, endpoint.shape(data) if endpoint.shape else data, endpoint.section
    )

    assert list(left_over(value)) == []


@pytest.mark.parametrize("key", sorted(ENDPOINTS))
def test_the_example_request_is_written_as_printed(key: str) -> None:
    example = EXAMPLES[key]["request"]

    written = encode(Codec().decode(ENDPOINTS[key].request, example))

    different = {
        name
        for name in example
        if written.get(name) != example[name] and (key, name) not in SPELT_OTHERWISE
    }
    assert different == set()


@pytest.mark.parametrize("key", sorted(ENDPOINTS))
def test_only_reads_are_repeated_and_every_write_is_judged(key: str) -> None:
    endpoint = ENDPOINTS[key]

    assert endpoint.is_read is (endpoint.judge is None)
    assert (endpoint.retry == "keyed") is (key == "taobao_order.purchase_create_v2")
    if endpoint.paging:
        requested = {item.name for item in fields(endpoint.request)}
        answered = {item.name for item in fields(endpoint.response)}
        assert {endpoint.paging.page, endpoint.paging.size} <= requested
        assert {endpoint.paging.rows, endpoint.paging.total} <= answered


def test_the_manuals_product_is_read_byte_for_byte_as_printed() -> None:
    printed = (DATA / "manual_product.json").read_bytes()
    envelope = open_envelope(parse_json(printed))

    product = Codec().decode(taobao_product.Product, envelope.data, "taobao_product")

    assert envelope.code == "200"
    assert envelope.request_id == "4cfda0b725184ab8a1e3ee3b9051ec35"
    assert product.item_id == "672991141190"
    assert product.mp_id == "2048057995392326"
    assert product.title == "天穹发布商品,测试请不要拍"
    assert product.price == product.promotion_price == Money("0.01", "CNY")
    assert [sku.sku_id for sku in product.sku_list] == ["3452545926724", "3452545926725"]
    assert [sku.quantity for sku in product.sku_list] == [200, 200]
    assert [sku.promotion_price for sku in product.sku_list] == [Money("0.01", "CNY")] * 2
    assert [[one.value_name for one in sku.properties] for sku in product.sku_list] == [
        ["红色", "52cm"],
        ["黄色", "52cm"],
    ]
    assert [sku.mp_sku_id for sku in product.sku_list] == [None, None]
    assert list(left_over(product)) == []


@pytest.mark.parametrize("container", ["records", "list", "rows", "purchaseOrders"])
@pytest.mark.parametrize("total", ["total", "totalCount", "resultsTotal", "results_total"])
def test_pages_are_read_whatever_their_container_is_called(container: str, total: str) -> None:
    from xport.client.endpoints.taobao_order import PurchasePage

    data = {container: [{"purchase_id": 1, "status": "10", "sub_orders": [{"quantity": "2"}]}]}
    page = Codec().decode(PurchasePage, data | ({total: "1"} if total != "results_total" else {}))

    assert page.records[0].purchase_id == "1"
    assert page.records[0].sub_orders[0].quantity == 2


def test_a_page_without_its_rows_is_not_an_empty_page() -> None:
    from xport.client.endpoints import alibaba_order, taobao_order
    from xport.client.wire import Misfit

    for endpoint in (taobao_order.PURCHASE_PAGE, alibaba_order.PAGE):
        with pytest.raises(Misfit):
            Codec().decode(endpoint.response, {"total": 5}, endpoint.section)


def test_flat_1688_rows_become_trades() -> None:
    from xport.client.endpoints.alibaba_order import PAGE

    assert PAGE.shape
    rows = [{"orderId": 2542285634920880794, "orderStatus": "waitbuyerpay"}]
    page = Codec().decode(PAGE.response, PAGE.shape({"records": rows}), PAGE.section)

    assert page.rows[0].base_info.id_of_str == "2542285634920880794"
    assert page.rows[0].base_info.status == "waitbuyerpay"


def test_one_preview_mixes_fen_and_yuan() -> None:
    from xport.client.endpoints.alibaba_order import PREVIEW

    data = EXAMPLES["alibaba_order.preview"]["response"]["data"]
    preview = Codec().decode(PREVIEW.response, parse_json(json.dumps(data).encode()))

    (order,) = preview.order_previews
    assert order.sum_payment == Money("64.00", "CNY")
    assert order.cargo_list[0].amount == Money("58.0", "CNY")
    assert order.cargo_list[0].final_unit_price == Money("29.0", "CNY")


def test_people_are_in_no_repr() -> None:
    for endpoint in ENDPOINTS.values():
        for kind in (endpoint.request, endpoint.response):
            for record in records(kind, set()):
                personal = {"mobile", "phone", "mobile_phone", "address", "telephone", "full_name"}
                if personal & {item.name for item in fields(record)}:
                    assert issubclass(record, Private)
                    assert record.__repr__ is Private.__repr__


def test_overrides_start_empty() -> None:
    assert Overrides() == Overrides({}, {}, {}, None, {})


def records(kind: Any, seen: set[type]) -> set[type]:
    from xport.client.codec import specs

    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for spec in specs(kind):
            inner = spec.kind
            while hasattr(inner, "item") or hasattr(inner, "inner"):
                inner = getattr(inner, "item", None) or inner.inner
            records(inner, seen)
    return seen


def left_over(value: Any, path: str = "") -> Any:
    if is_dataclass(value):
        if getattr(value, "extra", None):
            yield path, dict(value.extra)
        for item in fields(value):
            yield from left_over(getattr(value, item.name), f"{path}.{item.name}")
    elif isinstance(value, tuple):
        for item in value:
            yield from left_over(item, f"{path}[]")
