"""Receiving: scanning, counting, correcting, and not a price anywhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.choices import Role
from desk.models.event import record
from procurement.choices import OrderState
from procurement.models import GoodsReceipt, PurchaseOrder
from tests.procurement.conftest import person
from tests.procurement.factories import make_order, make_parcel, make_payment, shipped


@pytest.fixture
def chen(company: SimpleNamespace) -> Any:
    return person("chen@example.com", "陈晓", Role.WAREHOUSE, language="zh-hans")


@pytest.fixture
def warehouse(chen: Any) -> Client:
    client = Client()
    client.force_login(chen)
    return client


def count(client: Client, order: PurchaseOrder, pieces: Any, **fields: Any) -> Any:
    line = order.lines.get()
    data = {f"line-{line.pk}": pieces, "token": "form-1"} | fields
    return client.post(f"{order.get_absolute_url()}count-in/", data)


def received(order: PurchaseOrder) -> tuple[int, int]:
    order.refresh_from_db()
    return order.received_count, order.lines.get().received


def test_a_scan_leads_to_the_form(company: SimpleNamespace, warehouse: Client) -> None:
    order = shipped(company)
    parcel = order.parcels.get()

    for code in (parcel.tracking_no, f" {parcel.tracking_no.lower()} ", order.number):
        for send in (warehouse.get, warehouse.post):
            answer = send("/receive/scan/", {"code": code})
            assert answer["Location"] == f"{order.get_absolute_url()}receive/"


def test_an_unknown_number_is_said_and_kept(company: SimpleNamespace, warehouse: Client) -> None:
    answer = warehouse.get("/receive/scan/", {"code": "YT<404>"})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="YT&lt;404&gt;"' in html
    assert 'role="alert"' in html


def test_a_number_on_two_orders_offers_both(company: SimpleNamespace, warehouse: Client) -> None:
    orders = [shipped(company), shipped(company)]
    for order in orders:
        make_parcel(order, tracking_no="SAME1")

    answer = warehouse.get("/receive/scan/", {"code": "SAME1"})

    assert {order.number for order in answer.context["several"]} == {o.number for o in orders}


def test_delivered_and_uncounted_parcels_come_first(
    company: SimpleNamespace, warehouse: Client
) -> None:
    here, coming, counted = shipped(company), make_order(company, state="shipped"), None
    make_parcel(coming, state="moving")
    counted = shipped(company, received_count=20)
    context = warehouse.get("/receive/").context

    assert [parcel.order for parcel in context["arrived"]] == [here]
    assert [parcel.order for parcel in context["moving"]] == [coming]
    assert counted not in [parcel.order for parcel in context["arrived"]]


def test_the_form_starts_with_what_is_missing(company: SimpleNamespace, warehouse: Client) -> None:
    order = shipped(company)
    order.lines.update(received=15)
    form = warehouse.get(f"{order.get_absolute_url()}receive/").context["form"]

    assert [field.value() for _line, field in form.rows] == [5]


def test_the_same_form_sent_twice_counts_once(company: SimpleNamespace, warehouse: Client) -> None:
    order = shipped(company)

    assert [count(warehouse, order, 18).status_code for _ in range(2)] == [302, 302]
    assert received(order) == (18, 18)
    assert GoodsReceipt.objects.count() == 1


def test_a_correction_needs_a_reason_and_never_falls_below_nothing(
    company: SimpleNamespace, warehouse: Client
) -> None:
    order = shipped(company)
    count(warehouse, order, 18)

    assert count(warehouse, order, -2, token="b").status_code == 422
    assert count(warehouse, order, -19, token="b", note="Miscounted").status_code == 422
    assert received(order) == (18, 18)
    assert count(warehouse, order, -2, token="b", note="Miscounted").status_code == 302
    assert received(order) == (16, 16)


def test_more_than_was_ordered_needs_a_word(company: SimpleNamespace, warehouse: Client) -> None:
    order = shipped(company)

    assert count(warehouse, order, 21).status_code == 422
    assert count(warehouse, order, 21, note="One extra in the box").status_code == 302
    assert received(order) == (21, 21)


@pytest.mark.parametrize("pieces", ["", "0", "many", "1.5", "10" * 9, "-3", "٣٠٠٠٠٠٠٠"])
def test_counts_that_make_no_sense_change_nothing_and_stay_typed(
    company: SimpleNamespace, warehouse: Client, pieces: str
) -> None:
    order = shipped(company)

    answer = count(warehouse, order, pieces, note="")

    assert answer.status_code == 422
    assert f'value="{pieces}"' in answer.content.decode()
    assert received(order) == (0, 0)


def test_nothing_can_arrive_of_an_unpaid_order(company: SimpleNamespace) -> None:
    client = Client()
    client.force_login(company.ana)
    order = make_order(company)

    assert count(client, order, 5).status_code == 422
    assert received(order) == (0, 0)


def test_lines_of_another_order_cannot_be_counted_here(
    company: SimpleNamespace, warehouse: Client
) -> None:
    order, other = shipped(company), shipped(company)
    data = {f"line-{other.lines.get().pk}": 5, "token": "x"}

    assert warehouse.post(f"{order.get_absolute_url()}count-in/", data).status_code == 422
    assert received(other) == (0, 0)


def test_no_price_reaches_the_warehouse(company: SimpleNamespace, warehouse: Client) -> None:
    order = shipped(company)
    make_payment(order, state="settled", paid=order.total)
    record(
        f"order:{order.pk}", "The total changed from %(was)s to %(amount)s.",
        kind="money", was="CN¥ 1234.56", amount="CN¥ 1300.00",
    )  # fmt: skip
    record(f"order:{order.pk}", "Counted %(pieces)d pieces in.", kind="parcel", pieces=3)
    pages = ["/receive/", order.get_absolute_url(), f"{order.get_absolute_url()}receive/"]
    pages.append(f"{order.get_absolute_url()}live/?seen=x")

    for url in pages:
        html = warehouse.get(url, headers={"HX-Request": "true"}).content.decode()
        for amount in ("1234", "1,234", "158.02", "61.70", "1300", "¥", "€", "CNY", "0.128"):
            assert amount not in html, (url, amount)


def test_a_buyer_counts_their_own_order_in(company: SimpleNamespace) -> None:
    client = Client()
    client.force_login(company.ana)
    order = shipped(company)

    answer = count(client, order, 20)

    assert answer["Location"] == order.get_absolute_url()
    assert received(order) == (20, 20)
    assert order.state == OrderState.SHIPPED
