"""Search, details and buyability in the contract's wire format."""

from __future__ import annotations

import json
from pathlib import Path

import xport.sandbox.answers

from .conftest import Caller

MANUAL = Path(xport.sandbox.answers.__file__).with_name("manual_672991141190.json")


def search(caller: Caller, **params: object) -> dict:
    return caller.data("taobao_product.search", params)


def search_1688(caller: Caller, **params: object) -> dict:
    asked = {"keyword": "杯", "beginPage": 1, "pageSize": 20, "country": "en", **params}
    return caller.data("alibaba_product.search", asked)


def test_manuals_product_is_answered_byte_for_byte(caller: Caller) -> None:
    answer = caller.send("taobao_product.get", {"itemId": "672991141190"})

    printed = MANUAL.read_text(encoding="utf-8")
    assert f'"data": {printed}\n}}' in answer.text
    skus = answer.json()["data"]["skuList"]
    assert [sku["properties"][0]["valueName"] for sku in skus] == ["红色", "黄色"]
    assert [sku["quantity"] for sku in skus] == [200, 200]
    assert "mpSkuld" in skus[0]


def test_search_gives_opaque_ids_that_only_detail_v2_takes(caller: Caller) -> None:
    map_id = search(caller, keyword="杯子")["items"][0]["itemId"]

    assert len(map_id) == 22
    detail = caller.data("taobao_product.detail_v2", {"itemId": map_id})
    assert detail["itemMapId"] == map_id
    assert caller.call("taobao_product.get", {"itemId": map_id})["code"] == 40001
    assert caller.call("taobao_product.detail_v2", {"itemId": "672991141190"})["code"] == 40001


def test_search_pages_do_not_overlap(caller: Caller) -> None:
    first = search(caller, keyword="mug", pageNo=1, pageSize=10)
    second = search(caller, keyword="mug", pageNo=2, pageSize=10)

    ids = [row["itemId"] for row in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 20
    assert first["total"] == second["total"] > 20


def test_prices_are_yuan_text_in_search_and_fen_in_detail(caller: Caller) -> None:
    row = search(caller, keyword="杯子")["items"][0]
    detail = caller.data("taobao_product.detail_v2", {"itemId": row["itemId"]})

    assert row["couponPrice"] == f"{detail['promotionPrice'] / 100:.2f}"
    assert isinstance(detail["skuList"][0]["promotionPrice"], str)
    assert isinstance(detail["skuList"][0]["price"], int)


def test_bad_search_parameters_are_named(caller: Caller) -> None:
    too_many = caller.call("taobao_product.search", {"keyword": "杯", "pageSize": 41})
    odd_sort = caller.call("taobao_product.search", {"keyword": "杯", "sort": "best"})

    assert (too_many["code"], odd_sort["code"]) == (40001, 40001)
    assert "pageSize" in too_many["msg"]
    assert "sort" in odd_sort["msg"]


def test_batch_check_tells_what_can_be_bought_and_why_not(caller: Caller) -> None:
    good = next(g for g in caller.sandbox.engine.world.taobao.goods if g.in_channel and g.orderable)
    params = json.dumps(
        [{"itemId": good.item_id, "skuIds": [good.skus[0].sku_id]}, {"itemId": "1", "skuIds": []}]
    )

    data = caller.data("taobao_product.batch_check", {"params": params})

    sku = data["mpProducts"][0]["skuList"][0]
    assert sku == {"skuId": good.skus[0].sku_id, "mpSkuId": good.skus[0].mp_sku_id}
    assert data["noMpProductItemIds"] == ["1"]
    assert data["noMpReasonList"][0]["reason"] == "10001::NOT_FOUND"


def test_batch_check_wants_text_inside_the_body(caller: Caller) -> None:
    assert caller.call("taobao_product.batch_check", {"params": [{"itemId": "1"}]})["code"] == 40001


def test_total_page_of_1688_is_one_too_many_when_it_divides(caller: Caller) -> None:
    for size in (5, 7, 20):
        data = search_1688(caller, pageSize=size)
        assert data["totalPage"] == data["totalRecords"] // size + 1


def test_1688_filters_and_sorts_are_text(caller: Caller) -> None:
    data = search_1688(caller, sort='{"price":"asc"}', priceStart="5", priceEnd="50")

    prices = [float(row["priceInfo"]["price"]) for row in data["data"]]
    assert prices
    assert all(4 <= price <= 55 for price in prices)


def test_1688_detail_has_big_numbers_and_yuan_text(caller: Caller) -> None:
    row = search_1688(caller)["data"][0]

    offer = caller.data("alibaba_product.detail", {"offerId": row["offerId"], "country": "en"})

    assert isinstance(offer["offerId"], int)
    assert isinstance(offer["productSaleInfo"]["priceRangeList"][0]["price"], str)
    assert all(len(sku["specId"]) == 32 for sku in offer["productSkuInfos"])
    wrong = caller.call("alibaba_product.detail", {"offerId": str(row["offerId"]), "country": "en"})
    assert wrong["code"] == 40001


def test_categories_are_walked_from_the_root(caller: Caller) -> None:
    root = caller.data("alibaba_product.category", {"categoryId": 0})
    child = root["children"][0]

    below = caller.data("alibaba_product.category", {"categoryId": child["categoryId"]})

    assert root["categoryId"] == 0
    assert below["parentCateId"] == 0
    assert below["children"]


def test_pictures_are_drawn_and_cached(caller: Caller) -> None:
    url = search(caller, keyword="杯子")["items"][0]["mainImageUrl"]

    answer = caller.http.get(f"{url}?size=160", timeout=10)

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "max-age" in answer.headers["Cache-Control"]
    assert answer.content[:2] == b"\xff\xd8"
    unknown = caller.http.get(f"{caller.sandbox.root_url}/img/nothing.jpg", timeout=5)
    assert unknown.status_code == 404


def test_a_person_changes_price_stock_and_shelf(caller: Caller) -> None:
    row = search(caller, keyword="杯子")["items"][0]
    good = caller.sandbox.engine.world.taobao.by_map_id(row["itemId"])
    before = caller.data("taobao_product.detail_v2", {"itemId": row["itemId"]})

    caller.side(f"/goods/taobao/{good.item_id}/price", {"percent": 10})
    caller.side(f"/goods/taobao/{good.item_id}/stock", {"pieces": 3})
    after = caller.data("taobao_product.detail_v2", {"itemId": row["itemId"]})
    caller.side(f"/goods/taobao/{good.item_id}/off-shelf", {})
    gone = caller.data("taobao_product.detail_v2", {"itemId": row["itemId"]})

    assert after["promotionPrice"] == round(before["promotionPrice"] * 1.1)
    assert {sku["quantity"] for sku in after["skuList"]} == {3}
    assert gone["status"] == "inactive"
    assert row["itemId"] not in [r["itemId"] for r in search(caller, keyword="杯子")["items"]]


def test_addresses_are_kept_per_sub_account_and_repeats_add_copies(caller: Caller) -> None:
    address = {
        "name": "陈晓",
        "province": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "address": "样品路1号",
        "phone": "13800000000",
    }

    assert caller.call("basics.save_address", address) == {"code": 200, "msg": "成功"}
    caller.call("basics.save_address", address)
    found = caller.data("basics.addresses")
    caller.call("basics.save_address", {**address, "id": found[0]["id"], "name": "王雪"})

    assert len(found) == 2
    assert [row["name"] for row in caller.data("basics.addresses")] == ["王雪", "陈晓"]
    assert caller.data("basics.addresses", user="2100000000002") == []
    assert caller.call("basics.save_address", {"name": "陈晓"})["code"] == 40001
