"""The order list: tabs, sorts, filters, pages that hold still, exports, results of reading."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from desk import clock
from procurement import listing
from procurement.choices import OrderState, PaymentState
from procurement.keyset import page_of
from procurement.models import PurchaseOrder
from tests.procurement.factories import make_order, make_parcel, make_payment, make_request, shipped


@pytest.fixture
def ana(company: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(company.ana)
    return client


@pytest.fixture
def frank(company: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(company.frank)
    return client


def numbers(answer: Any) -> list[str]:
    return [row.number for row in answer.context["rows"]]


def walk(rows: Any, sort: str, *, size: int = 3, between: Any = None) -> list[int]:
    """All pages from first to last; `between` runs after each."""
    seen, after = [], ""
    for _turn in range(100):
        page = page_of(rows.all(), listing.ORDER_SORTS, sort=sort, after=after, size=size)
        seen += [row.pk for row in page.rows]
        if between:
            between()
        if not page.after:
            return seen
        after = page.after
    raise AssertionError("the list never ends")


@pytest.fixture
def varied(company: SimpleNamespace) -> list[PurchaseOrder]:
    """Equal values on purpose: ties are where paging goes wrong."""
    day = clock.now().replace(microsecond=0)
    orders = []
    for n in range(11):
        fields: dict[str, Any] = {
            "placed_at": day - timedelta(hours=n // 3),
            "company_total": 1000 * (n % 4),
            "title": f"Mug {n % 3}",
            "state": list(OrderState)[n % 5],
            "closes_at": day + timedelta(hours=n % 2) if n % 3 else None,
            "marketplace": "1688" if n % 2 else "taobao",
        }
        if n == 10:
            fields |= {"request": None, "requester": None}
        orders.append(make_order(company, **fields))
    return orders


SORTS = [sign + key for key in listing.ORDER_SORTS for sign in ("", "-")]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_pages_through_every_row_once(
    company: SimpleNamespace, varied: list[PurchaseOrder], sort: str
) -> None:
    seen = walk(listing.order_rows(company.frank), sort)

    assert sorted(seen) == sorted(order.pk for order in varied)


@pytest.mark.parametrize("sort", SORTS)
def test_going_back_shows_the_same_pages(
    company: SimpleNamespace, varied: list[PurchaseOrder], sort: str
) -> None:
    rows = listing.order_rows(company.frank)
    first = page_of(rows, listing.ORDER_SORTS, sort=sort, size=4)
    second = page_of(rows, listing.ORDER_SORTS, sort=sort, after=first.after, size=4)
    back = page_of(rows, listing.ORDER_SORTS, sort=sort, before=second.before, size=4)

    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert not back.before


@pytest.mark.parametrize("sort", SORTS)
def test_rows_that_arrive_between_pages_move_nothing(
    company: SimpleNamespace, varied: list[PurchaseOrder], sort: str
) -> None:
    before = [order.pk for order in varied]

    seen = walk(
        listing.order_rows(company.frank), sort, between=lambda: make_order(company, title="New")
    )

    assert [pk for pk in seen if pk in before] and sorted(
        pk for pk in seen if pk in before
    ) == sorted(before)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "query", ["marketplace=1688", "q=Mug+1", "view=pay", "view=moving&marketplace=taobao"]
)
def test_a_filter_shows_the_same_rows_in_every_sort(
    company: SimpleNamespace, varied: list[PurchaseOrder], frank: Client, sort: str, query: str
) -> None:
    plain = numbers(frank.get(f"/orders/?{query}"))

    assert sorted(numbers(frank.get(f"/orders/?{query}&sort={sort}"))) == sorted(plain)
    assert plain


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "W10", "WyJudW1iZXIiLDEsMV0", "WyItcGxhY2VkIiwiMjAyNiIsOTld", "A" * 900]
)
def test_a_made_up_cursor_shows_the_first_page(
    varied: list[PurchaseOrder], frank: Client, cursor: str
) -> None:
    answer = frank.get(f"/orders/?after={cursor}")

    assert answer.status_code == 200
    assert len(numbers(answer)) == len(varied)


def test_pages_link_to_each_other_with_everything_in_the_address(
    company: SimpleNamespace, frank: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    made = [make_order(company).number for _ in range(5)]

    answer = frank.get("/orders/?marketplace=taobao&sort=-amount")
    seen = numbers(answer)
    while answer.context["after_url"]:
        assert "marketplace=taobao" in answer.context["after_url"]
        answer = frank.get("/orders/" + answer.context["after_url"])
        seen += numbers(answer)

    assert sorted(seen) == sorted(made)
    assert "before=" in answer.context["before_url"]


def test_tabs_count_what_they_show(company: SimpleNamespace, frank: Client) -> None:
    make_payment(make_order(company))
    make_payment(make_order(company), state=PaymentState.WAITING_OUTSIDE)
    make_payment(make_order(company), state=PaymentState.UNKNOWN)
    make_order(company, state=OrderState.COMPLETED)
    make_order(company, state=OrderState.SHIPPED, silent_since=clock.now())
    make_order(company, request=None, requester=None)
    make_request(company, state="asked")
    tabs = {tab["label"]: tab for tab in frank.get("/orders/").context["tabs"]}

    assert tabs["Needs me"]["count"] == 2
    assert tabs["Waiting for approval"]["count"] == 1
    assert tabs["To pay"]["count"] == 4
    assert tabs["Silent parcels"]["count"] == 1
    assert tabs["Outside or unclear"]["count"] == 2
    for tab in tabs.values():
        rows = frank.get("/orders/" + tab["url"]).context["rows"]
        assert tab["count"] is None or len(rows) == tab["count"], tab["label"]


def test_a_buyer_needs_to_count_what_arrived(company: SimpleNamespace, ana: Client) -> None:
    order = shipped(company)
    shipped(company, requester=company.maria)

    assert numbers(ana.get("/orders/?view=me")) == [order.number]


@pytest.mark.parametrize(
    "field", ["number", "remote_id", "order_no", "outer_id", "tracking", "wide", "request"]
)
def test_numbers_of_ours_and_theirs_find_the_order(
    company: SimpleNamespace, ana: Client, field: str
) -> None:
    order = make_order(company, order_no="99000123", outer_id="QS-77", state=OrderState.SHIPPED)
    parcel = make_parcel(order)
    make_order(company)
    words = {
        "number": order.number.lower(),
        "tracking": f" {parcel.tracking_no} ",
        "wide": order.remote_id.translate({ord("0") + n: ord("０") + n for n in range(10)}),
        "request": order.request.label if order.request else "",
    }
    text = words.get(field) or getattr(order, field)

    assert numbers(ana.get("/orders/", {"q": text})) == [order.number]


def test_words_find_titles_sellers_and_purposes(company: SimpleNamespace, ana: Client) -> None:
    request = make_request(company, purpose="Summer party")
    order = make_order(company, request=request, title="红色马克杯", seller_name="晨光文具")
    make_order(company)

    for text in ("马克杯", "晨光", "party summer"):
        assert numbers(ana.get("/orders/", {"q": text})) == [order.number]


def test_no_match_offers_to_drop_the_narrowest_filter(
    company: SimpleNamespace, ana: Client
) -> None:
    make_order(company)
    answer = ana.get("/orders/?marketplace=taobao&q=nothing-like-it")

    assert answer.context["narrowest"]["label"] == "“nothing-like-it”"
    assert "q=" not in answer.context["narrowest"]["url"]
    assert "marketplace=taobao" in answer.context["narrowest"]["url"]


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=9999-12-31&until=9999-12-31",
        "until=0001-01-01",
        "requester=99999999999999999999",
        "sub_account=x",
        "marketplace=amazon",
        "sort=--placed",
        "sort=password",
        "view=nothing",
        "q=%00%F0%9F%98%80",
        "q=" + "长" * 500,
        "q=R-99999999999999999999999",
    ],
)
def test_nonsense_in_the_address_is_no_error(
    company: SimpleNamespace, frank: Client, query: str
) -> None:
    make_order(company)

    assert frank.get(f"/orders/?{query}").status_code == 200
    assert frank.get(f"/orders/?view=approval&{query}").status_code == 200


def test_titles_of_sellers_are_text_and_nothing_more(company: SimpleNamespace, ana: Client) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    order = make_order(company, title=evil, seller_name=evil, state=OrderState.SHIPPED)
    make_parcel(order, carrier="<b>x</b>", last_event=evil, last_event_at=clock.now())
    order.lines.update(title=evil, title_original=evil, variant=evil)

    for url in ("/orders/", order.get_absolute_url(), f"{order.get_absolute_url()}receive/"):
        html = ana.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>x</b>" not in html


def test_a_list_page_asks_few_questions(
    company: SimpleNamespace, frank: Client, django_assert_max_num_queries: Any
) -> None:
    for state in OrderState:
        order = make_order(company, state=state)
        make_payment(order)
        make_parcel(order)
    frank.get("/orders/")
    request = RequestFactory().get("/orders/")
    request.user = type(company.frank).objects.get(pk=company.frank.pk)
    from procurement.views.order_rows import list_context

    request.user.may(listing.Right.SEE_ALL)
    with django_assert_max_num_queries(7):  # the page's own; the shell has its few
        list_context(request)
    with django_assert_max_num_queries(20):
        frank.get("/orders/")


def test_the_number_of_rows_does_not_change_the_number_of_questions(
    company: SimpleNamespace, ana: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(count: int) -> None:
        for _ in range(count):
            make_payment(make_order(company))
            shipped(company)

    fill(2)
    ana.get("/orders/")
    with CaptureQueriesContext(connection) as few:
        ana.get("/orders/")
    fill(10)
    with CaptureQueriesContext(connection) as many:
        ana.get("/orders/")

    assert len(many) == len(few)


def test_the_export_holds_exactly_the_filter_shown(company: SimpleNamespace, ana: Client) -> None:
    order = make_order(
        company,
        marketplace="1688",
        remote_id="123456789012345678",
        title='=HYPERLINK("http://evil")',
        state=OrderState.SHIPPED,
    )
    parcel = make_parcel(order, carrier="圆通速递")
    make_order(company)

    answer = ana.get("/orders/?marketplace=1688&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["Order"] for row in rows] == [order.number]
    assert rows[0]["Platform id"] == "\t123456789012345678"
    assert rows[0]["Goods"].startswith("'=")
    assert rows[0]["Courier"] == "圆通速递"
    assert rows[0]["Tracking number"] == parcel.tracking_no
    assert rows[0]["Rate"] == "0.12800000"
    assert rows[0]["Total"] == "1234.56"
    assert "稠州北路1号仓" in rows[0]["Address"]


def test_a_workbook_keeps_ids_as_text_and_runs_no_formula(
    company: SimpleNamespace, ana: Client
) -> None:
    make_order(company, remote_id="123456789012345678", title="=1+1\x07")

    answer = ana.get("/orders/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = {sheet.cell(1, n).value: sheet.cell(2, n) for n in range(1, sheet.max_column + 1)}

    assert cells["Platform id"].value == "123456789012345678"
    assert cells["Goods"].data_type == "s"
    assert cells["Goods"].value == "=1+1"
    assert cells["Total"].value == 1234.56


def test_exports_hold_only_what_the_person_may_see(company: SimpleNamespace, ana: Client) -> None:
    make_order(company, requester=company.maria, department=None)

    answer = ana.get("/orders/?export=csv")

    assert len(b"".join(answer.streaming_content).decode().strip().splitlines()) == 1


def test_waiting_requests_have_a_tab_of_their_own(company: SimpleNamespace, ana: Client) -> None:
    request = make_request(company, state="asked", purpose="Autumn fair")

    assert numbers(ana.get("/orders/?view=approval")) == [request.label]
    assert numbers(ana.get("/orders/?view=approval&q=autumn")) == [request.label]
    assert numbers(ana.get("/orders/?view=approval&q=winter")) == []
