"""Checkout: quotes that arrive alone, one request a form, and everything typed kept when not."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from approvals import services as approvals
from approvals.models import Approval, ApprovalStep
from catalog.services import get_offer
from desk import clock
from gateway.models import RemoteCommand
from procurement.choices import PlannedState, RequestState
from procurement.models import CartLine, PurchaseRequest
from procurement.services import asking, cart, quoting
from procurement.services.deciders import usual_answer
from tests.procurement.shopping import form_of, good_of, line_of, page_id

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def ana(client: Client, company: SimpleNamespace) -> Client:
    client.force_login(company.ana)
    return client


def fill(sandbox: Any, who: User, *marketplaces: str, pieces: str = "20") -> list[Any]:
    goods = []
    for marketplace in marketplaces or ("taobao", "1688"):
        good = good_of(sandbox, marketplace)
        offer = get_offer(person=who, marketplace=marketplace, item_id=page_id(good)).offer
        assert offer is not None
        sku = next(one for one in offer.skus if one.orderable and one.stock > 100)
        cart.add_to_cart(
            person=who,
            marketplace=marketplace,
            item_id=page_id(good),
            wanted=[cart.Wanted(sku.sku_id, pieces)],
        )
        goods.append(good)
    return goods


def break_down(sandbox: Any, key: str = "*", **fault: Any) -> None:
    sandbox.engine.faults.add({"key": key, "kind": "http_500"} | fault)


def test_quotes_arrive_one_by_one_and_the_sum_follows(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana)
    page = ana.get("/checkout/").content.decode()
    assert "2 quotes are on their way." in page
    assert page.count('hx-trigger="load, ') == 2

    groups = quoting.cart_groups(company.ana)
    for group in groups:
        part = ana.get(f"/checkout/quote/{group.key}/", headers=HTMX)
        assert part.headers["HX-Trigger"] == "quotes-moved"
        assert "Quote from" in part.content.decode()
    total = ana.get("/checkout/quote/total/", headers=HTMX).content.decode()

    quoting.recall(groups, ship_to=company.ship_to)
    assert all(group.is_fresh for group in groups)
    assert "(2 orders)" in total
    assert "Ask Maria to approve €" in total
    assert "disabled" not in total


def test_without_a_script_quotes_are_read_on_the_server(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana)
    assert '?quotes=now"></noscript>' in ana.get("/checkout/").content.decode()

    page = ana.get("/checkout/?quotes=now").content.decode()

    assert page.count("Quote from") == 2
    assert "on its way" not in page
    assert ana.get("/checkout/quote/abc/")["Location"] == "/checkout/?quotes=now"


def test_asking_makes_one_request_of_all_orders(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana)

    answer = ana.post("/checkout/ask/", form_of(company, note="hello"))

    request = PurchaseRequest.objects.get()
    assert answer["Location"] == request.get_absolute_url()
    assert request.state == RequestState.ASKED
    assert request.planned.count() == 2
    assert all(planned.quoted for planned in request.planned.all())
    assert request.total == sum(request.planned.values_list("company_total", flat=True))
    assert not CartLine.objects.exists()
    assert Approval.objects.get().amount == request.total


def test_a_double_click_asks_once(ana: Client, company: SimpleNamespace, sandbox: Any) -> None:
    fill(sandbox, company.ana, "1688")

    first = ana.post("/checkout/ask/", form_of(company))
    second = ana.post("/checkout/ask/", form_of(company))

    assert first["Location"] == second["Location"]
    assert PurchaseRequest.objects.count() == Approval.objects.count() == 1
    assert "was asked for once already" in ana.get(second["Location"]).content.decode()


def test_a_second_tab_finds_the_cart_empty_and_the_request_just_made(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    ana.post("/checkout/ask/", form_of(company))

    second = ana.post("/checkout/ask/", form_of(company, token="of-another-tab"))

    request = PurchaseRequest.objects.get()
    assert second.status_code == 422
    html = second.content.decode()
    assert f"you asked for {request.label}" in html
    assert request.get_absolute_url() in html


def test_two_tabs_at_the_same_moment_make_one_request(
    company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    groups = [quoting.cart_groups(company.ana) for _tab in range(2)]
    wishes = [
        asking.Wish(token=f"tab-{n}", purpose="Fair", cost_centre="4100", ship_to=company.ship_to)
        for n in range(2)
    ]

    asking.ask_for(person=company.ana, wish=wishes[0], groups=groups[0])
    with pytest.raises(asking.AskRefused):
        asking.ask_for(person=company.ana, wish=wishes[1], groups=groups[1])

    assert PurchaseRequest.objects.count() == Approval.objects.count() == 1


def test_a_token_of_somebody_else_gives_nothing_away(
    client: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    client.force_login(company.ana)
    client.post("/checkout/ask/", form_of(company))
    client.force_login(company.maria)
    fill(sandbox, company.maria, "1688")

    client.post("/checkout/ask/", form_of(company))

    assert PurchaseRequest.objects.filter(requester=company.maria).count() == 0
    assert PurchaseRequest.objects.filter(requester=company.ana).count() == 1


def test_a_risen_total_is_shown_and_nothing_is_asked(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    good = fill(sandbox, company.ana, "1688")[0]
    ana.get("/checkout/?quotes=now")
    groups = quoting.cart_groups(company.ana)
    quoting.recall(groups, ship_to=company.ship_to)
    shown = int(groups[0].company_total.amount * 100)  # type: ignore[union-attr]
    sandbox.control.good_verb("1688", good.item_id, "price", {"percent": 20})
    cache.clear()

    form = form_of(company, shown_total=str(shown), purpose="مرحبا 🎪", note="n" * 5000)
    answer = ana.post("/checkout/ask/", form)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was asked for." in html
    assert "each since it was put into the cart" in html
    assert "مرحبا 🎪" in html
    assert "n" * 5000 in html
    assert not PurchaseRequest.objects.exists()
    total = html.split('name="shown_total" value="')[-1].split('"')[0]
    assert int(total) > shown

    again = ana.post("/checkout/ask/", form | {"shown_total": total})
    assert again.status_code == 302


def test_goods_that_vanished_are_named_and_keep_the_rest_from_nothing(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    goods = fill(sandbox, company.ana)
    sandbox.control.good_verb("1688", goods[1].item_id, "off-shelf", {})

    answer = ana.post("/checkout/ask/", form_of(company))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "cannot be asked for as it is" in html
    assert not PurchaseRequest.objects.exists()
    assert CartLine.objects.count() == 2

    line = CartLine.objects.get(marketplace="1688")
    ana.post(f"/cart/{line.pk}/remove/", {"next": "/checkout/"})
    assert ana.post("/checkout/ask/", form_of(company)).status_code == 302


@pytest.mark.parametrize(
    "fault", [{"kind": "http_500"}, {"kind": "unreadable"}, {"kind": "slow", "seconds": 10}]
)
def test_a_platform_in_trouble_costs_no_page_and_list_prices_can_be_asked_for(
    ana: Client, company: SimpleNamespace, sandbox: Any, fault: dict[str, Any]
) -> None:
    fill(sandbox, company.ana)
    break_down(sandbox, **fault)

    began = time.monotonic()
    page = ana.get("/checkout/?quotes=now").content.decode()
    took = time.monotonic() - began

    assert took < 3
    assert page.count("quote cannot be read now") == 2
    assert "checked again before ordering" in page
    assert "not known" in page
    began = time.monotonic()
    assert ana.post("/checkout/ask/", form_of(company)).status_code == 302
    assert time.monotonic() - began < 3
    assert not PurchaseRequest.objects.get().planned.filter(quoted=True).exists()


def test_a_quote_read_before_stands_in_with_its_age(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    with clock.at(timezone.now() - timedelta(minutes=5)):
        ana.get("/checkout/?quotes=now")
    groups = quoting.cart_groups(company.ana)
    quoting.recall(groups, ship_to=company.ship_to)
    then = groups[0].quote
    assert then is not None
    object.__setattr__(then, "as_of", timezone.now() - timedelta(minutes=5))
    cache.set(quoting._cache_key(groups[0], company.ship_to), (then, ""), 600)
    break_down(sandbox)

    page = ana.get("/checkout/?quotes=now").content.decode()

    assert "5 min ago" in page
    assert "The last one, from above, is asked for" in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("needed_by", "2020-01-01", "This day has passed."),
        ("needed_by", "soon", "Enter a valid date."),
        ("note", "n" * 5001, "at most 5000 characters"),
        ("cost_centre", "9999", "not one of the available choices"),
        ("ship_to", "77", "not one of the available choices"),
        ("purpose", "p" * 201, "at most 200 characters"),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_all_stays_typed(
    ana: Client, company: SimpleNamespace, field: str, typed: str, sentence: str
) -> None:
    line_of(company.ana)

    answer = ana.post("/checkout/ask/", form_of(company, purpose="Kept 🎪") | {field: typed})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'id="id_{field}_error"' in html
    assert field == "purpose" or "Kept 🎪" in html
    assert not PurchaseRequest.objects.exists()


def test_a_note_of_5000_characters_with_line_ends_is_whole(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    note = "🎪\r\n" * 2500

    ana.post("/checkout/ask/", form_of(company, note=note))

    assert len(PurchaseRequest.objects.get().note.strip()) == 4999


def test_a_purpose_left_empty_names_the_goods(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    name = CartLine.objects.get().title

    ana.post("/checkout/ask/", form_of(company, purpose="  "))

    assert PurchaseRequest.objects.get().purpose[:10] == name[:10]


def test_an_expired_session_asks_nothing_and_leads_back(
    client: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")

    answer = client.post("/checkout/ask/", form_of(company))

    assert answer["Location"].endswith("?next=/checkout/")
    client.force_login(company.ana)
    page = client.get("/checkout/").content.decode()
    assert 'data-draft="checkout"' in page
    assert client.get("/checkout/ask/")["Location"] == "/checkout/"
    assert not PurchaseRequest.objects.exists()


def test_within_ones_own_limit_it_is_ordered_and_can_be_taken_back(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    User.objects.filter(pk=company.ana.pk).update(approval_limit=10_000_000)
    fill(sandbox, company.ana, "1688")
    page = ana.get("/checkout/?quotes=now").content.decode()
    assert "(within your own limit)" in page

    ana.post("/checkout/ask/", form_of(company))
    request = PurchaseRequest.objects.get()
    assert request.state == RequestState.PLACING
    html = ana.get(request.get_absolute_url()).content.decode()
    assert f'action="/requests/{request.label}/withdraw/"' in html
    ana.post(f"/requests/{request.label}/withdraw/")

    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert request.planned.get().state == PlannedState.DROPPED
    assert RemoteCommand.objects.get().state == "undone"
    assert CartLine.objects.count() == 1


def test_asking_again_ends_what_was_sent_back(
    ana: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    ana.post("/checkout/ask/", form_of(company))
    older = PurchaseRequest.objects.get()
    approval = Approval.objects.get()
    approvals.send_back(
        approval=approval, by=company.maria, seen=approval.fingerprint, note="Fewer"
    )
    assert CartLine.objects.count() == 1

    ana.post("/checkout/ask/", form_of(company, token="of-the-second-form"))

    older.refresh_from_db()
    assert older.state == RequestState.WITHDRAWN
    newer = PurchaseRequest.objects.exclude(pk=older.pk).get()
    assert newer.state == RequestState.ASKED
    page = ana.get(older.get_absolute_url()).content.decode()
    assert f"Changed and asked again as {newer.label}." in page


def test_without_a_sub_account_the_order_says_so_and_is_not_asked_for(
    ana: Client, company: SimpleNamespace
) -> None:
    company.account.marketplaces = ["taobao"]
    company.account.save()
    line_of(company.ana)

    page = ana.get("/checkout/").content.decode()
    answer = ana.post("/checkout/ask/", form_of(company))

    assert "You have no sub-account for 1688" in page
    assert answer.status_code == 422
    assert not PurchaseRequest.objects.exists()


def test_how_long_a_decider_usually_takes_is_the_median(company: SimpleNamespace) -> None:
    for n, hours in enumerate((1, 3, 20)):
        at = timezone.now() - timedelta(days=n + 1)
        asked = Approval.objects.create(
            subject=f"request:{n}",
            requester=company.ana,
            title="x",
            url="/",
            amount=1,
            fingerprint="f",
            state="approved",
            created_at=at,
        )
        ApprovalStep.objects.create(
            approval=asked,
            position=1,
            person=company.maria,
            right="approve",
            state="approved",
            decided_by=company.maria,
            decided_at=at + timedelta(hours=hours),
        )

    assert usual_answer(company.maria, "approve") == timedelta(hours=3)
    assert usual_answer(company.frank, "approve") is None


def test_the_page_costs_few_queries(
    ana: Client, company: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        line_of(company.ana, item_id=f"{n}", seller_id=f"s{n}")

    with django_assert_max_num_queries(32):
        ana.get("/checkout/")


def test_only_who_may_ask_checks_out(client: Client, company: SimpleNamespace) -> None:
    assert client.get("/checkout/").status_code == 302
    client.force_login(company.frank)
    assert client.get("/checkout/").status_code == 403
    assert client.get("/checkout/quote/total/").status_code == 403
    assert client.post("/checkout/ask/", form_of(company)).status_code == 403
