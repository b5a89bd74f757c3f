"""The cart's rules: quantities, tiers, saved lines, undo; and what its page says and hides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.services import get_offer
from procurement.models import CartLine
from procurement.services import cart
from tests.procurement.shopping import good_of, line_of, page_id

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def ana(client: Client, company: SimpleNamespace) -> Client:
    client.force_login(company.ana)
    return client


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("many", "Type a whole number of pieces, such as 20."),
        ("12.5", "Type a whole number of pieces, such as 20."),
        ("", "Type a whole number of pieces, such as 20."),
        ("-5", "At least 10."),
        ("5", "Minimum 10 (MOQ)"),
        ("201", "Only 200 in stock"),
        ("1000000000", "Only 200 in stock"),
    ],
)
def test_a_wrong_quantity_is_said_beside_its_field_and_stays_typed(
    ana: Client, company: SimpleNamespace, typed: str, sentence: str
) -> None:
    line = line_of(company.ana)

    answer = ana.post(f"/cart/{line.pk}/quantity/", {"quantity": typed}, headers=HTMX)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert f'id="qty-{line.pk}-error"' in html
    assert f'value="{typed}"' in html
    line.refresh_from_db()
    assert line.quantity == 20


def test_without_a_script_the_whole_page_says_so(ana: Client, company: SimpleNamespace) -> None:
    line = line_of(company.ana)

    answer = ana.post(f"/cart/{line.pk}/quantity/", {"quantity": "5"})

    assert answer.status_code == 422
    assert "<h1>Cart</h1>" in answer.content.decode()


def test_lots_name_the_nearest_that_fit(ana: Client, company: SimpleNamespace) -> None:
    line = line_of(company.ana, rules={"moq": 10, "batch": 10, "stock": 200, "base": 1000})

    answer = ana.post(f"/cart/{line.pk}/quantity/", {"quantity": "25"})

    assert "Sold in lots of 10: 20 or 30" in answer.content.decode()


@pytest.mark.parametrize("typed", ["60", "６０", " 6 0 "])
def test_a_quantity_saves_itself_and_reaches_its_tier(
    ana: Client, company: SimpleNamespace, typed: str
) -> None:
    line = line_of(company.ana)

    answer = ana.post(f"/cart/{line.pk}/quantity/", {"quantity": typed}, headers=HTMX)

    assert answer.status_code == 200
    line.refresh_from_db()
    assert (line.quantity, line.unit_price) == (60, 960)
    assert "¥576.00" in answer.content.decode()


def test_the_page_says_how_many_more_reach_the_next_tier(
    ana: Client, company: SimpleNamespace
) -> None:
    line_of(company.ana)

    assert "30 more reach ¥9.60 each" in ana.get("/cart/").content.decode()


def test_tiers_and_minimum_count_all_variants_of_an_offer(company: SimpleNamespace) -> None:
    first = line_of(company.ana, quantity=30)
    second = line_of(company.ana, sku_id="2", order_sku_id="spec-2", quantity=10)

    cart.change_quantity(person=company.ana, line=second, typed="20")
    first.refresh_from_db()
    assert first.unit_price == 960

    cart.change_quantity(person=company.ana, line=second, typed="5")
    first.refresh_from_db()
    assert first.unit_price == 1000


def test_zero_takes_the_line_out_and_undo_puts_it_back(
    ana: Client, company: SimpleNamespace
) -> None:
    line = line_of(company.ana, flag="look at me")

    page = ana.post(f"/cart/{line.pk}/quantity/", {"quantity": "0"}, follow=True)
    assert not CartLine.objects.exists()
    undo = page.content.decode().split('action="/cart/put-back/')[1].split('"')[0]
    ana.post(f"/cart/put-back/{undo}")
    ana.post(f"/cart/put-back/{undo}")  # the second click finds nothing to undo

    again = CartLine.objects.get()
    assert (again.quantity, again.unit_price, again.flag) == (20, 1000, "look at me")
    assert again.rules == line.rules
    assert again.as_of == line.as_of


def test_taking_out_twice_is_no_error(ana: Client, company: SimpleNamespace) -> None:
    line = line_of(company.ana)

    assert ana.post(f"/cart/{line.pk}/remove/").status_code == 302
    assert ana.post(f"/cart/{line.pk}/remove/").status_code == 302


def test_saved_for_later_leaves_the_total_and_comes_back(
    ana: Client, company: SimpleNamespace
) -> None:
    line = line_of(company.ana)

    html = ana.post(f"/cart/{line.pk}/save/", headers=HTMX).content.decode()
    assert "Your cart is empty." in html
    assert "Saved for later" in html

    html = ana.post(f"/cart/{line.pk}/restore/", headers=HTMX).content.decode()
    assert "Order 1 of 1" in html


def test_goods_are_grouped_as_they_will_be_ordered(ana: Client, company: SimpleNamespace) -> None:
    line_of(company.ana)
    line_of(company.ana, item_id="6", seller_id="s2", seller_name="景德镇某厂")
    line_of(company.ana, marketplace="taobao", item_id="t", seller_id="s1", seller_name="杯子店")

    html = ana.get("/cart/").content.decode()

    for words in ("Order 1 of 3", "Order 3 of 3", "景德镇某厂", "杯子店", "as Main"):
        assert words in html
    assert "€76.80" in html  # 3 × 20 × ¥10.00 at 0.128


def test_a_marketplace_without_sub_account_is_said_in_its_order(
    ana: Client, company: SimpleNamespace
) -> None:
    company.account.marketplaces = ["1688"]
    company.account.save()
    line_of(company.ana, marketplace="taobao", item_id="t", seller_id="t")

    html = ana.get("/cart/").content.decode()

    assert "You have no sub-account for Taobao" in html


def test_a_missing_rate_is_said_and_nothing_breaks(ana: Client, company: SimpleNamespace) -> None:
    line_of(company.ana, currency="USD")

    html = ana.get("/cart/").content.decode()

    assert "There is no exchange rate for USD" in html


def test_hostile_titles_are_only_text(ana: Client, company: SimpleNamespace) -> None:
    line_of(company.ana, title="<script>alert(1)</script>", seller_name='"><img src=x>')

    html = ana.get("/cart/").content.decode()

    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_the_page_costs_few_queries_however_full(
    ana: Client, company: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        line_of(company.ana, item_id=f"{n}", seller_id=f"s{n % 5}", saved_for_later=n > 9)

    with django_assert_max_num_queries(20):
        ana.get("/cart/")


def test_nobody_reaches_into_anothers_cart(ana: Client, company: SimpleNamespace) -> None:
    line = line_of(company.maria)

    for verb in ("quantity", "save", "restore"):
        assert ana.post(f"/cart/{line.pk}/{verb}/", {"quantity": "50"}).status_code == 404
    ana.post(f"/cart/{line.pk}/remove/")

    line.refresh_from_db()
    assert (line.quantity, line.saved_for_later) == (20, False)
    assert "Mug, matt" not in ana.get("/cart/").content.decode()


def test_only_people_who_may_ask_have_a_cart(client: Client, company: SimpleNamespace) -> None:
    assert client.get("/cart/").status_code == 302
    client.force_login(company.frank)
    assert client.get("/cart/").status_code == 403
    assert client.post("/cart/add/", {"marketplace": "1688", "item_id": "1"}).status_code == 403


def test_a_post_after_the_session_ran_out_does_nothing_and_leads_back(
    client: Client, company: SimpleNamespace
) -> None:
    answer = client.post("/cart/add/", {"marketplace": "1688", "item_id": "600000000001"})

    assert answer.status_code == 302
    assert answer["Location"].endswith("next=/catalog/1688/items/600000000001/")
    client.force_login(company.ana)
    assert client.get("/cart/add/")["Location"] == "/cart/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_adding_twice_with_one_form_adds_once(
    client: Client, company: SimpleNamespace, sandbox: Any, marketplace: str
) -> None:
    good = good_of(sandbox, marketplace)
    client.force_login(company.ana)
    client.get(f"/catalog/{marketplace}/items/{page_id(good)}/")
    sku = _sku(company, marketplace, page_id(good))
    form = {
        "marketplace": marketplace,
        "item_id": page_id(good),
        f"qty-{sku}": "２０",
        "token": "one-form",
    }

    first = client.post("/cart/add/", form)
    client.post("/cart/add/", form)

    assert first.status_code == 302
    assert CartLine.objects.get().quantity == 20
    page = client.get(first["Location"]).content.decode()
    assert "20 pieces in your cart" in page
    assert 'href="/checkout/"' in page
    client.post("/cart/add/", form | {"token": "another"})
    assert CartLine.objects.get().quantity == 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("many", "Type a whole number"),
        ("0", "Say how many you need."),
        ("1000000000", "in stock"),
        ("-3", "At least"),
    ],
)
def test_a_refused_add_shows_the_item_again_with_everything_typed(
    client: Client, company: SimpleNamespace, sandbox: Any, typed: str, sentence: str
) -> None:
    good = good_of(sandbox, "1688")
    sku = _sku(company, "1688", good.item_id)
    client.force_login(company.ana)

    answer = client.post(
        "/cart/add/", {"marketplace": "1688", "item_id": good.item_id, f"qty-{sku}": typed}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    if typed != "0":
        assert f'value="{typed}"' in html
    assert not CartLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_variant_that_vanished_is_named(company: SimpleNamespace, sandbox: Any) -> None:
    good = good_of(sandbox, "1688")

    with pytest.raises(cart.CartRefused) as refused:
        cart.add_to_cart(
            person=company.ana,
            marketplace="1688",
            item_id=good.item_id,
            wanted=[cart.Wanted("no-such-variant", "20")],
        )

    assert "no longer offered" in str(refused.value)


def test_an_add_for_an_unknown_marketplace_leads_to_the_cart(ana: Client) -> None:
    assert ana.post("/cart/add/", {"marketplace": "ebay", "item_id": "1"})["Location"] == "/cart/"
    assert ana.post("/cart/add/", {})["Location"] == "/cart/"


def test_refilling_twice_changes_nothing_and_keeps_what_is_more(company: SimpleNamespace) -> None:
    line = line_of(company.ana, quantity=30)
    kept = SimpleNamespace(**{name: getattr(line, name) for name in cart.COPIED})
    kept.quantity, kept.rules = 20, line.rules

    cart.refill(person=company.ana, lines=[kept])
    assert CartLine.objects.get().quantity == 30
    CartLine.objects.all().delete()
    cart.refill(person=company.ana, lines=[kept])
    cart.refill(person=company.ana, lines=[kept])

    assert CartLine.objects.get().quantity == 20


def _sku(company: SimpleNamespace, marketplace: str, item_id: str) -> str:
    offer = get_offer(person=company.ana, marketplace=marketplace, item_id=item_id).offer
    assert offer is not None
    return next(sku.sku_id for sku in offer.skus if sku.orderable and sku.stock > 100)
