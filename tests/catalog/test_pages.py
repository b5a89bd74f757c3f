"""Find and item pages: full, empty, failed, slow, stale; hostile words; who may come in."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from moneyed import Money

from accounts.choices import Right
from catalog import slots
from catalog.models import ItemSnapshot, OurName, SearchSnapshot
from catalog.services.offers import keep_offer
from catalog.views.item import render_item
from desk import clock
from tests.catalog.conftest import MANUAL, make_offer, make_sku, two_tiers

pytestmark = pytest.mark.django_db
FIND = "/catalog/"
ITEM = "/catalog/1688/items/600000000001/"


def words(response):
    """The page's text, as a reader sees it."""
    body = response.content.decode().partition("<main")[2] or response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def break_down(sandbox, key="*"):
    sandbox.engine.faults.add({"key": key, "kind": "http_500"})


def make_slow(sandbox):
    sandbox.engine.faults.add({"key": "*", "kind": "slow", "seconds": 10})


def grow_old(model):
    model.objects.update(as_of=clock.now() - timedelta(hours=2))
    for row in model.objects.all():
        data = row.page if model is SearchSnapshot else row.offer
        if data:
            data["as_of"] = row.as_of.isoformat()
            row.save()


# -- Find -----------------------------------------------------------------------------------------


def test_an_empty_start_page_suggests(browse):
    page = browse(FIND)

    assert page.status_code == 200
    assert "mug" in words(page)


def test_all_is_one_lane_a_marketplace_in_fixed_order(browse):
    page = browse(FIND, {"q": "mug", "qty": "20"})
    body = page.content.decode()

    assert body.index('id="lane-taobao"') < body.index('id="lane-1688"')
    assert 'hx-get="/catalog/lanes/taobao/?q=mug&amp;qty=20"' in body
    assert 'href="/catalog/?q=mug&amp;qty=20&amp;on=taobao"' in body
    assert "Searched for 马克杯 · use “mug” instead" in words(page)


def test_a_lane_arrives_with_cards_that_carry_the_quantity(sandbox, browse):
    lane = browse("/catalog/lanes/1688/", {"q": "mug", "qty": "20"}, part=True)
    body = lane.content.decode()

    assert body.count('<article class="card-open') == 12
    assert "?qty=20" in body
    assert "€" in words(lane) and "¥" in words(lane)
    assert "HX-Request" in lane["Vary"]


def test_a_lane_without_htmx_leads_to_its_tab(sandbox, browse):
    answer = browse("/catalog/lanes/1688/", {"q": "mug", "qty": "20"})

    assert answer["Location"] == "/catalog/?q=mug&qty=20&on=1688"
    assert "Next page" in words(browse(answer["Location"]))


def test_a_minimum_above_my_quantity_is_amber(sandbox, browse):
    page = browse(FIND, {"q": "mug", "qty": "1", "on": "1688"})

    assert '<div class="small t-warn">' in page.content.decode()


def test_pages_follow_each_other(sandbox, browse):
    first = browse(FIND, {"q": "mug", "on": "1688"})
    second = browse(FIND, {"q": "mug", "on": "1688", "page": "2"})

    assert "Page 1" in words(first) and "Page 2" in words(second)
    assert first.context["found"].cards[0].hit != second.context["found"].cards[0].hit


def test_dense_rows_show_the_same_goods(sandbox, browse):
    cards = browse(FIND, {"q": "mug", "on": "1688"}).context["found"].cards
    dense = browse(FIND, {"q": "mug", "on": "1688", "view": "dense"})

    assert "<table" in dense.content.decode()
    assert dense.context["found"].cards[0].hit == cards[0].hit


def test_a_price_range_in_company_currency_narrows_both(sandbox, browse):
    for marketplace in ("taobao", "1688"):
        page = browse(FIND, {"q": "mug", "on": marketplace, "price_from": "1", "price_to": "2,5"})
        prices = [card.unit for card in page.context["found"].cards]
        assert prices
        assert all(Money("0.9", "EUR") <= price <= Money("2.6", "EUR") for price in prices)


def test_no_match_offers_to_drop_the_narrowest_filter(sandbox, browse):
    page = browse(FIND, {"q": "zzz qqq", "on": "1688", "price_from": "3"})

    assert "1688 has nothing for “zzz qqq”." in words(page)
    assert page.context["drops"][0]["label"] == "Search at any price"
    assert "price_from" not in page.context["drops"][0]["url"]


def test_wrong_fields_keep_what_was_typed(sandbox, browse):
    page = browse(FIND, {"q": "mug", "on": "1688", "qty": "-4", "price_to": "cheap"})

    assert 'value="-4"' in page.content.decode()
    assert 'value="cheap"' in page.content.decode()
    assert "A whole number, 1 or more." in words(page)
    assert page.context["found"].cards


@pytest.mark.parametrize(
    "odd",
    [
        {"page": "-1"},
        {"page": "9" * 30},
        {"page": "x"},
        {"sort": "nonsense"},
        {"on": "ebay"},
        {"view": "<b>"},
        {"qty": "1" * 19},
        {"price_from": "1e400"},
        {"q": "\u202eegum\U0001f375" * 40},
    ],
)
def test_odd_addresses_are_pages_all_the_same(sandbox, browse, odd):
    assert browse(FIND, {"q": "mug"} | odd).status_code == 200


def test_my_recent_searches_are_offered(browse):
    for query in ("mug", "umbrella", "mug"):
        browse(FIND, {"q": query})

    assert browse(FIND).context["recent"] == ["mug", "umbrella"]


def test_a_pasted_link_opens_its_item_with_the_quantity(browse):
    share = "看看 https://detail.1688.com/offer/706627393257.html 吧"

    answer = browse(FIND, {"q": share, "qty": "20"})

    assert answer["Location"] == "/catalog/1688/items/706627393257/?qty=20"


def test_a_bare_number_opens_the_one_item_that_has_it(sandbox, browse):
    answer = browse(FIND, {"q": " ６７２９９１１４１１９０ "})

    assert answer["Location"] == f"/catalog/taobao/items/{MANUAL}/"


def test_a_number_nobody_has_offers_both_places(sandbox, browse):
    page = browse(FIND, {"q": "100000000"})

    assert "No item with the number 100000000 was found." in words(page)
    assert "Open at Taobao" in words(page) and "Open at 1688" in words(page)


def test_an_unknown_site_gets_a_sentence_and_keeps_the_text(browse):
    link = "https://www.example.com/dp/B01?x=1"
    page = browse(FIND, {"q": link})

    assert "The desk does not know this site." in words(page)
    assert f'value="{link}"' in page.content.decode()


def test_a_failed_lane_is_drawn_with_a_way_to_try_again(sandbox, browse):
    break_down(sandbox)

    lane = browse("/catalog/lanes/taobao/", {"q": "mug"}, part=True)

    assert lane.status_code == 200
    assert "Taobao has not answered." in words(lane)
    assert 'hx-get="/catalog/lanes/taobao/?q=mug&amp;again=1"' in lane.content.decode()


def test_stale_results_stay_with_their_age(sandbox, browse):
    browse(FIND, {"q": "mug", "on": "1688"})
    grow_old(SearchSnapshot)
    break_down(sandbox)

    page = browse(FIND, {"q": "mug", "on": "1688"})

    assert "1688 has not answered." in words(page)
    assert "These results are from" in words(page)
    assert len(page.context["found"].cards) == 24


def test_an_unmapped_person_reads_whom_to_ask(sandbox, browse, client, people):
    client.force_login(people.uma)

    page = client.get(FIND, {"q": "mug", "on": "1688"})

    assert "Ask an admin to map you to a sub-account." in words(page)
    assert "Try again" not in words(page)


def test_last_bought_and_our_name_stand_on_the_card(sandbox, browse, people, monkeypatch):
    hit = browse(FIND, {"q": "mug", "on": "1688"}).context["found"].cards[0].hit
    OurName.objects.create(marketplace="1688", item_id=hit.item_id, name="Visitor mug")
    asked = []

    def provider(person, items):
        asked.append(len(items))
        day = clock.now().date().replace(month=3, day=12)
        return {("1688", hit.item_id): slots.LastBought(day, Money("11.80", "CNY"), "Ana")}

    monkeypatch.setattr(slots.last_bought, "providers", [provider])

    page = browse(FIND, {"q": "mug", "on": "1688"})

    assert asked == [24]
    assert "Last bought 12 Mar, ¥11.80, by Ana" in words(page)
    assert "Visitor mug" in words(page)


def test_find_needs_few_queries(sandbox, browse, django_assert_max_num_queries):
    for data in ({"q": "mug"}, {"q": "mug", "on": "1688", "qty": "20"}):
        browse(FIND, data)
        with django_assert_max_num_queries(12):
            browse(FIND, data)
    lane = "/catalog/lanes/1688/"
    with django_assert_max_num_queries(20):
        browse(lane, {"q": "mug"}, part=True)  # reads the platform and keeps the answer
    with django_assert_max_num_queries(9):
        browse(lane, {"q": "mug"}, part=True)


# -- an item --------------------------------------------------------------------------------------


def test_the_manuals_product_is_a_page(sandbox, browse):
    page = browse(f"/catalog/taobao/items/{MANUAL}/")
    text = words(page)

    assert page.status_code == 200
    for part in ("天穹发布商品,测试请不要拍", "红色", "黄色", "52cm"):
        assert part in text
    assert text.count("200 in stock") == 2
    assert "Not sold through the platform" in text


def test_the_quantity_goes_into_the_only_variant(browse):
    keep_offer(make_offer(moq=5, tiers=two_tiers()))

    page = browse(ITEM, {"qty": "20"})

    assert 'name="qty-1" value="20"' in page.content.decode()
    assert "Add 20 to cart" in words(page)
    assert "€30.00" in words(page)
    assert "80 more reach ¥9.60 each" in words(page)
    assert '<li data-start="10" aria-current="true">' in page.content.decode()


def test_with_several_variants_people_choose(browse):
    keep_offer(make_offer(skus=(make_sku("1"), make_sku("2"))))

    page = browse(ITEM, {"qty": "20"})

    assert "You need 20: spread them over the variants." in words(page)
    assert "Add to cart" in words(page)


def test_the_form_posts_what_the_cart_wants(browse):
    keep_offer(make_offer())

    body = browse(ITEM).content.decode()

    assert f'action="{reverse("cart:add")}"' in body
    for field in ('name="marketplace" value="1688"', 'name="item_id" value="600000000001"'):
        assert field in body
    assert re.search(r'name="token" value="[\w-]{20,}"', body)
    assert 'name="qty-1"' in body


def test_errors_stand_beside_their_field_and_keep_all_that_was_typed(people, client):
    keep_offer(make_offer(skus=(make_sku("1"), make_sku("2"))))
    client.force_login(people.ana)
    request = RequestFactory().post(ITEM)
    request.user, request.session, request.htmx = people.ana, client.session, False

    page = render_item(
        request,
        "1688",
        "600000000001",
        form_errors={"1": ["Only 500 in stock"], "": ["Nothing was added."]},
        typed={"1": "9999", "qty-2": "二十"},
        status=422,
    )

    body = page.content.decode()
    assert page.status_code == 422
    assert 'value="9999"' in body and 'value="二十"' in body
    assert 'aria-describedby="qty-1-error"' in body
    assert "Only 500 in stock" in words(page) and "Nothing was added." in words(page)


def test_what_does_not_fit_is_said_before_the_button(browse):
    keep_offer(make_offer(moq=30, skus=(make_sku("1", stock=35), make_sku("2"))))
    notes = f"{ITEM}notes/"

    assert "Only 35 in stock" in words(browse(notes, {"qty-1": "36"}))
    assert "Minimum 30 (MOQ)" in words(browse(notes, {"qty-1": "10"}))
    assert not browse(notes, {"qty-1": "10", "qty-2": "20"}).context["problems"]
    assert browse("/catalog/1688/items/1/notes/").status_code == 404


def test_the_policy_speaks_before_the_button(browse, monkeypatch):
    keep_offer(make_offer())
    monkeypatch.setattr(
        slots.policy_notes, "providers", [lambda person, total: [f"Maria will see {total.amount}"]]
    )

    body = browse(ITEM, {"qty": "20"}).content.decode()

    assert "Maria will see 30.00" in body
    assert body.index("Maria will see") < body.index('data-out="button"')


def test_a_stale_item_says_how_old_it_is(sandbox, browse):
    browse(f"/catalog/taobao/items/{MANUAL}/")
    grow_old(ItemSnapshot)
    break_down(sandbox)

    page = browse(f"/catalog/taobao/items/{MANUAL}/")

    assert page.status_code == 200
    assert "Taobao has not answered." in words(page)
    assert "2 h ago" in words(page)
    assert "红色" in words(page)
    assert "Try again" in words(page)


def test_gone_silent_and_off_the_shelf_are_three_pages(sandbox, browse, good_1688):
    gone = browse("/catalog/1688/items/100000000/")
    sandbox.control.good_verb("1688", good_1688.item_id, "off-shelf", {})
    off = browse(f"/catalog/1688/items/{good_1688.item_id}/")
    break_down(sandbox)
    silent = browse("/catalog/1688/items/100000001/")

    assert gone.status_code == 404
    assert "1688 has nothing under this number." in words(gone)
    assert "Taken off the shelf by the seller." in words(off)
    assert 'data-out="button"' not in off.content.decode()
    assert silent.status_code == 200
    assert "1688 has not answered." in words(silent)
    assert "Try again" in words(silent)


def test_an_item_that_vanished_is_still_shown_but_cannot_be_ordered(sandbox, browse):
    keep_offer(make_offer(as_of=clock.now() - timedelta(days=2)))

    page = browse(ITEM)

    assert "1688 no longer has this item." in words(page)
    assert 'data-out="button"' not in page.content.decode()


def test_a_slow_platform_costs_less_than_three_seconds(sandbox, browse):
    browse(f"/catalog/taobao/items/{MANUAL}/")
    browse(FIND, {"q": "mug", "on": "1688"})
    grow_old(ItemSnapshot)
    grow_old(SearchSnapshot)
    make_slow(sandbox)

    for url in (
        f"/catalog/taobao/items/{MANUAL}/",
        "/catalog/1688/items/100000000/",
        "/catalog/?q=mug&on=1688",
        "/catalog/?q=umbrella&on=taobao",
        "/catalog/?q=mug",
        "/catalog/?q=100000000",
    ):
        cache.clear()  # no "down" mark: every page waits for itself
        started = time.monotonic()
        page = browse(url)
        assert page.status_code == 200
        assert time.monotonic() - started < 3, url


def test_ids_with_blanks_and_wide_digits_lead_to_the_item_meant(browse):
    answer = browse("/catalog/1688/items/６０００ 0000 0001/", {"qty": "5"})

    assert answer["Location"] == f"{ITEM}?qty=5"


@pytest.mark.parametrize("item_id", ["x", "-", "1" * 60, "<script>", "é", "0"])
def test_ids_that_cannot_be_are_not_found(sandbox, browse, item_id):
    url = reverse("catalog:item", args=["1688", item_id])

    assert browse(url).status_code in (302, 404)


def test_an_unknown_marketplace_is_not_found(browse):
    for url in ("/catalog/ebay/items/1/", "/catalog/lanes/ebay/", "/catalog/ebay/items/1/notes/"):
        assert browse(url, part=True).status_code == 404


HOSTILE = "<script>alert(1)</script>\"'\u202egum\U0001f375{{7*7}}"


def test_hostile_words_are_only_words(browse, people, client):
    keep_offer(
        make_offer(
            title=HOSTILE,
            title_original=HOSTILE,
            description_html=HOSTILE + "<img src=x onerror=alert(1)>",
            attributes=((HOSTILE, HOSTILE),),
            unit=HOSTILE,
            category=HOSTILE,
            pictures=('https://x.example/"onload="alert(1)',),
            skus=(make_sku('"><b>', picture='javascript:alert("1")'),),
        )
    )
    OurName.objects.create(marketplace="1688", item_id="600000000001", name=HOSTILE[:120])

    body = browse(ITEM).content.decode()
    find = browse(FIND, {"q": HOSTILE}).content.decode()

    for page in (body, find):
        assert "<script>alert" not in page
        assert "onerror=alert" not in page
        assert '"onload="' not in page
        assert "49" not in re.findall(r"gum.{1,4}(\d+)", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert 'name="qty-&quot;&gt;&lt;b&gt;"' in body


def test_a_name_of_ours_is_given_on_the_page(browse, client):
    keep_offer(make_offer())

    answer = client.post(f"{ITEM}name/", {"name": "Visitor mug \U0001f375"})
    page = browse(ITEM)

    assert answer["Location"] == ITEM
    assert "Visitor mug \U0001f375" in words(page)
    assert "马克杯" in words(page)


def test_an_item_page_needs_few_queries(sandbox, browse, django_assert_max_num_queries):
    browse(f"/catalog/taobao/items/{MANUAL}/")

    with django_assert_max_num_queries(13):
        browse(f"/catalog/taobao/items/{MANUAL}/")


# -- who may come in ------------------------------------------------------------------------------

LOOK = {"ana": 200, "maria": 200, "frank": 200, "adam": 200, "chen": 403, None: 302}
NAME = {"ana": 302, "maria": 302, "frank": 403, "adam": 302, "chen": 403, None: 302}


@pytest.mark.parametrize("who", list(LOOK))
def test_who_may_look_and_who_may_name(client, people, who):
    keep_offer(make_offer())
    if who:
        client.force_login(getattr(people, who))

    for url in (FIND, ITEM, f"{ITEM}notes/"):
        assert client.get(url).status_code == LOOK[who], url
    lane = client.get("/catalog/lanes/1688/", {"q": "mug"})
    assert lane.status_code == (302 if LOOK[who] == 200 else LOOK[who])
    given = client.post(f"{ITEM}name/", {"name": "Mug"})
    assert given.status_code == NAME[who]
    may_name = who is not None and getattr(people, who).may(Right.ASK)
    assert OurName.objects.exists() is may_name


def test_those_who_may_only_look_get_no_button(client, people):
    keep_offer(make_offer())
    client.force_login(people.frank)

    body = client.get(ITEM).content.decode()

    assert 'data-out="button"' not in body
    assert "Your role may look, but not order." in body


def test_reading_pages_change_nothing_by_post(client, people):
    client.force_login(people.ana)

    for url in (FIND, ITEM, "/catalog/lanes/1688/"):
        assert client.post(url).status_code == 405
    assert client.get(f"{ITEM}name/").status_code == 405
