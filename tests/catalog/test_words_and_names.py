"""Company words, our names for items, and where a pasted number leads."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from catalog.apps import find_entry, jump_to_item
from catalog.models import OurName, SearchWord
from catalog.services import name_item, names_of, what_is_meant
from catalog.services.offers import keep_offer
from tests.catalog.conftest import make_offer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("mug", "马克杯"),
        ("MUGS", "马克杯"),
        ("  water   bottle ", "水杯"),
        ("red mug 350ml", "red 马克杯 350ml"),
        ("usb cable", "数据线"),
        ("马克杯", "马克杯"),
        ("", ""),
        ("muggle", "muggle"),
    ],
)
def test_words_of_ours_become_theirs(typed, asked):
    assert what_is_meant(typed).asked == asked


def test_as_typed_replaces_nothing():
    assert not what_is_meant("mug", as_typed=True).translated


def test_the_list_is_read_once_and_again_after_a_change(django_assert_num_queries):
    with django_assert_num_queries(1):
        what_is_meant("mug")
        what_is_meant("cup")

    SearchWord.objects.create(word="Visitor  Cup", original="访客杯")

    assert what_is_meant("visitor cups").asked == "访客杯"


def test_the_list_starts_with_useful_words():
    assert SearchWord.objects.count() >= 60
    assert all(
        word == word.casefold() for word in SearchWord.objects.values_list("word", flat=True)
    )


def test_whoever_may_ask_may_name(people):
    name_item(person=people.ana, marketplace="1688", item_id="1", name="  Visitor   mug ")
    name_item(person=people.maria, marketplace="1688", item_id="1", name="Guest mug")

    assert names_of([("1688", "1"), ("taobao", "1")]) == {("1688", "1"): "Guest mug"}
    assert OurName.objects.get().by == people.maria

    name_item(person=people.ana, marketplace="1688", item_id="1", name=" ")
    assert not OurName.objects.exists()


@pytest.mark.parametrize("who", ["frank", "chen"])
def test_others_may_not_name(people, who):
    with pytest.raises(PermissionDenied):
        name_item(person=getattr(people, who), marketplace="1688", item_id="1", name="Mug")

    assert not OurName.objects.exists()


def test_find_is_in_the_navigation_of_those_who_may_ask(people):
    assert [place for place, _ in find_entry(people.ana)] == [20]
    assert not list(find_entry(people.chen))
    assert not list(find_entry(people.frank))


def test_the_box_on_top_jumps_to_links_and_to_items_seen_before(people):
    keep_offer(make_offer())

    link = jump_to_item(people.ana, "好货 https://detail.1688.com/offer/706627393257.html")
    seen = jump_to_item(people.ana, "６00000000001")

    assert link.url == "/catalog/1688/items/706627393257/"
    assert seen.url == "/catalog/1688/items/600000000001/"
    assert jump_to_item(people.ana, "600000000999") is None
    assert jump_to_item(people.ana, "mug") is None
    assert jump_to_item(people.chen, "https://detail.1688.com/offer/706627393257.html") is None
