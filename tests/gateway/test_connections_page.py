"""Connections: the verdict first, then what each channel, sub-account and inbox say."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from accounts.choices import Role
from desk import clock, heartbeat
from gateway import connections
from gateway.choices import Channel, PushState
from gateway.models import ChannelHour, PushMessage, SyncCursor
from procurement.models import PurchaseOrder
from tests.procurement.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker():
    """A worker that was heard just now, and no mark that the platform is down."""
    cache.clear()
    heartbeat._written = -heartbeat.EVERY
    heartbeat.beat()


def hour(channel: str = Channel.ORDERS, *, ago: timedelta = timedelta(0), **more) -> ChannelHour:
    now = clock.now() - ago
    values = {"succeeded": 5, "last_success": now} | more
    return ChannelHour.objects.create(
        marketplace="taobao",
        channel=channel,
        hour=now.replace(minute=0, second=0, microsecond=0),
        **values,
    )


def page_of(client: Client) -> str:
    return client.get("/connections/").content.decode()


def test_all_is_well(company, logged_in):
    with time_machine.travel(clock.now(), tick=False):
        hour(ago=timedelta(seconds=40))
        assert "All is well: last checked 40 s ago." in page_of(logged_in(company.frank))


def test_a_silent_list_is_the_verdict_with_the_orders_it_leaves_old(company, logged_in):
    hour(ago=timedelta(hours=3))
    for number in range(2):
        PurchaseOrder.objects.create(
            number=f"X-{number}",
            marketplace="taobao",
            remote_id=str(number),
            sub_account=company.account,
        )
    verdict = connections.verdict(connections.marketplaces())
    assert verdict.tone == "bad"
    assert verdict.sentence.startswith("Taobao orders: silent since ")
    assert "2 orders may be out of date; we try every 60 s." in verdict.sentence


def test_one_failing_sub_account_is_named_and_is_not_the_channel(company, logged_in):
    hour(ago=timedelta(seconds=30), failed=3, last_failure=clock.now(), last_error="suspended")
    SyncCursor.objects.create(
        sub_account=company.account,
        marketplace="taobao",
        channel=Channel.ORDERS,
        failing_since=clock.now() - timedelta(hours=1),
    )
    verdict = connections.verdict(connections.marketplaces())
    assert verdict.tone == "warn"
    assert verdict.sentence.startswith("Main: its Taobao orders cannot be read since")
    assert "works; one list fails" in page_of(logged_in(company.frank))


def test_a_failing_channel_shows_its_error(company, logged_in):
    hour(ago=timedelta(minutes=10))
    ChannelHour.objects.update(
        failed=3, last_failure=clock.now(), last_error="The platform refused the signature."
    )
    page = page_of(logged_in(company.frank))
    assert "Taobao orders: fails since" in page
    assert "The platform refused the signature." in page


def test_a_channel_that_works_again_is_not_red(company):
    hour(failed=3, last_failure=clock.now() - timedelta(minutes=5), last_error="x")
    assert connections.verdict(connections.marketplaces()).tone == "good"


def test_search_is_never_silent_only_quiet(company):
    hour(ago=timedelta(seconds=5))
    hour(Channel.SEARCH, ago=timedelta(hours=9))
    assert connections.verdict(connections.marketplaces()).tone == "good"


def test_a_worker_that_is_gone_is_said_first(company):
    hour()
    cache.clear()
    assert "No worker" in connections.verdict(connections.marketplaces()).sentence


def test_the_strip_has_24_hours_and_a_table_with_the_same(company, logged_in):
    hour(ago=timedelta(hours=2), failed=1, last_failure=clock.now() - timedelta(hours=2))
    page = page_of(logged_in(company.frank))
    assert page.count("<rect") == 24 * 4 * 2
    assert "hour-slow" in page
    assert "5 read, 1 failed" in page


def test_sub_accounts_show_test_people_and_failing_lists(company, logged_in):
    SyncCursor.objects.create(
        sub_account=company.account,
        marketplace="taobao",
        channel=Channel.ORDERS,
        failing_since=clock.now() - timedelta(hours=2),
        error="The platform does not know this sub-account.",
    )
    page = page_of(logged_in(company.frank))
    assert "Ana Ruiz, Maria Keller" in page
    assert "The platform does not know this sub-account." in page
    assert "never tested" in page


def test_the_inbox_counts(company, logged_in):
    for number, state in enumerate([PushState.NEW, PushState.NEW, PushState.MALFORMED]):
        PushMessage.objects.create(
            digest=str(number), body="{}", marketplace="taobao", state=state, repeats=number
        )
    view = connections.inbox()
    assert (view.waiting, view.malformed, view.repeats) == (2, 1, 3)
    assert view.heard[0][1] is not None


def test_read_again_rings_for_each_list(
    company, logged_in, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("gateway.doorbell.ring_now", lambda task, *args: rung.append((task, *args)))
    frank = logged_in(company.frank)
    with django_capture_on_commit_callbacks(execute=True):
        frank.post("/connections/read-again/", {"marketplace": "1688"})
    assert rung == [("procurement.poll_cursor", company.account.pk, "1688")]
    assert "Reading 1688 again." in page_of(frank)
    frank.post("/connections/read-again/", {"marketplace": "nowhere"})
    assert "Choose a marketplace." in page_of(frank)


def test_the_page_stays_within_its_queries(company, logged_in, django_assert_max_num_queries):
    frank = logged_in(company.frank)
    frank.get("/connections/")
    with django_assert_max_num_queries(22):
        frank.get("/connections/")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 302),
        ("ana", 403),
        ("maria", 403),
        ("warehouse", 403),
        ("frank", 200),
        ("admin", 200),
    ],
)
def test_who_may_look(company, logged_in, who, status):
    people = {
        "ana": company.ana,
        "maria": company.maria,
        "frank": company.frank,
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ada@example.com", "Ada Admin", Role.ADMIN),
    }
    client = logged_in(people[who]) if who in people else Client()
    assert client.get("/connections/").status_code == status
    read = client.post("/connections/read-again/", {"marketplace": "1688"})
    assert read.status_code == (302 if status == 200 else status)
