"""What people type finds what they mean."""

from __future__ import annotations

import re

import pytest

from xport.sandbox.world import FILTERS, SORTS, Shelf, World


@pytest.fixture(params=["taobao", "1688"])
def shelf(request: pytest.FixtureRequest, world: World) -> Shelf:
    return world.shelf(request.param)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("杯子", {"mug", "thermos", "glass", "bottle"}),
        ("马克杯", {"mug"}),
        ("mug", {"mug"}),
        ("mugs", {"mug"}),
        ("ＭＵＧＳ", {"mug"}),
        ("usb cable", {"cable"}),
        ("USB Cable", {"cable"}),
        ("数据线", {"cable"}),
        ("office chairs", {"chair"}),
        ("办公椅", {"chair"}),
        ("t-shirt", {"tshirt"}),
        ("Ｔ恤", {"tshirt"}),
        ("notebooks", {"notebook"}),
        ("帆布袋", {"tote"}),
        ("tote bag", {"tote"}),
        ("umbrellas", {"umbrella"}),
        ("雨伞", {"umbrella"}),
        ("safety vest", {"vest"}),
        ("first-aid kit", {"firstaid"}),
        ("power bank", {"powerbank"}),
        ("充电宝", {"powerbank"}),
        ("鞋子", {"sneaker", "safetyshoe"}),
        ("文具", {"notebook", "pen", "folder", "sticky"}),
        ("mice", {"mouse"}),
    ],
)
def test_a_query_finds_its_kind_of_goods(shelf: Shelf, words: str, kinds: set[str]):
    hits = shelf.search(words, size=20)

    assert hits.total >= 20
    assert {good.kind for good in hits.goods} <= kinds


def test_every_category_is_found_by_its_own_names(shelf: Shelf):
    for kind, leaf in {good.kind: good.category for good in shelf.goods[:-1]}.items():
        for name in (leaf.zh, leaf.en, leaf.en.upper()):
            hits = shelf.search(name, size=10)
            assert hits.goods, name
            assert {good.kind for good in hits.goods} == {kind}, name


def test_a_part_of_a_title_finds_the_good(shelf: Shelf):
    for good in [g for g in shelf.goods[::61] if g.orderable]:
        chinese = max(re.findall(r"[\u3400-\u9fff]+", good.title_zh), key=len)
        for part in (good.title_zh, chinese[1:9], good.title_en or good.item_id):
            found = shelf.search(part, size=200).goods
            assert good in found, part


def test_all_words_must_match(shelf: Shelf):
    red = shelf.search("red mug", size=500)

    assert 0 < red.total < shelf.search("mug").total
    assert all("红" in good.keywords for good in red.goods)
    assert shelf.search("mug keyboard").total == 0
    assert shelf.search("qwertyzz").total == 0
    assert shelf.search("！？").total == 0


def test_pages_follow_on_without_gap_or_repeat(shelf: Shelf):
    everything = shelf.search(size=10_000)
    paged = [g for page in range(1, 12) for g in shelf.search(size=400, page=page).goods]

    assert paged == list(everything.goods)
    assert everything.total == len(paged) == sum(good.orderable for good in shelf.goods)
    assert shelf.search("mug", page=999).goods == ()


def test_without_a_sort_the_best_sellers_of_the_asked_kind_come_first(shelf: Shelf):
    sold = [good.sold_30d for good in shelf.search("马克杯", size=50).goods]
    assert sold == sorted(sold, reverse=True)


def test_sorts_and_price_bounds(world: World):
    def values(shelf: Shelf, sort: str, field: str) -> list[int]:
        return [getattr(good, field) for good in shelf.search("杯", sort=sort, size=500).goods]

    for shelf, sort, field, falling in (
        (world.taobao, "price_asc", "price_fen", False),
        (world.taobao, "price_desc", "price_fen", True),
        (world.taobao, "total_sales_desc", "sold_30d", True),
        (world.taobao, "tk_rate_desc", "commission_permille", True),
        (world.taobao, "tk_rate_asc", "commission_permille", False),
        (world.ali, "price:asc", "price_fen", False),
        (world.ali, "rePurchaseRate:desc", "repurchase_percent", True),
        (world.ali, "monthSold:desc", "sold_30d", True),
    ):
        found = values(shelf, sort, field)
        assert len(found) > 100
        assert found == sorted(found, reverse=falling), sort
    bounded = world.ali.search("mug", price_from_fen=1000, price_to_fen=2000, size=500)
    assert bounded.goods
    assert all(1000 <= good.price_fen <= 2000 for good in bounded.goods)
    assert bounded.total == len(bounded.goods)


def test_filters_categories_and_sellers_narrow(world: World):
    for name in sorted(FILTERS):
        found = world.ali.search(filters=(name,), size=5000).goods
        assert all(name in good.tags for good in found)
        assert name == "totalEpScoreLv1" or found, name
    both = world.ali.search(filters=("shipIn24Hours", "certifiedFactory"), size=5000).goods
    assert all(good.seller.is_factory and good.days_to_ship == 1 for good in both)
    root = world.ali.categories[0]
    below = world.ali.search(category_id=root.category_id, size=5000).goods
    assert {good.category.path_zh[0] for good in below} == {root.zh}
    seller = below[0].seller
    for key in (seller.seller_id, seller.open_id):
        own = world.ali.search(seller_id=key, size=500)
        assert own.total
        assert {good.seller for good in own.goods} == {seller}
    assert world.ali.search(category_id="999").total == 0
    assert world.ali.search(seller_id="BBBnobody").total == 0


def test_what_the_contract_does_not_name_is_refused(world: World):
    for wrong in ({"sort": "best"}, {"filters": ("cheap",)}, {"page": 0}, {"size": 0}):
        with pytest.raises(ValueError, match=r"."):
            world.ali.search("mug", **wrong)
    assert "tk_rate_desc" in SORTS
