"""Every address of orders, receiving and payments, for everybody who may try it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Department
from procurement.choices import OrderState
from tests.procurement.conftest import person
from tests.procurement.factories import make_order, make_parcel, make_payment

LOG_IN = "log in"
WHO = (
    "anonymous",
    "other buyer",
    "owner",
    "manager",
    "other manager",
    "finance",
    "warehouse",
    "admin",
)
# one answer for each of WHO
ALL_OK = (LOG_IN, 200, 200, 200, 200, 200, 302, 200)
SEEN = (LOG_IN, 404, 200, 200, 404, 200, 200, 200)  # a shipped order
SEEN_UNPAID = (LOG_IN, 404, 200, 200, 404, 200, 404, 200)
PRICES = (LOG_IN, 404, 200, 200, 404, 200, 403, 200)
COUNTING = (LOG_IN, 404, 200, 200, 404, 403, 200, 403)
CONFIRMING = (LOG_IN, 404, 200, 200, 404, 403, 403, 403)
MONEY = (LOG_IN, 403, 403, 403, 403, 200, 403, 200)
GETS = {
    "/orders/": ALL_OK,
    "/orders/?view=approval": ALL_OK,
    "/orders/?export=csv": ALL_OK,
    "/orders/{shipped}/": SEEN,
    "/orders/{placed}/": SEEN_UNPAID,
    "/orders/{shipped}/cancel/": PRICES,
    "/orders/{shipped}/confirm/": CONFIRMING,
    "/orders/{shipped}/receive/": COUNTING,
    "/payments/": MONEY,
    "/receive/": (LOG_IN, 200, 200, 200, 200, 403, 200, 403),
    "/receive/scan/?code=zzz": (LOG_IN, 200, 200, 200, 200, 403, 200, 403),
}
POSTS = {
    "/orders/read-again/": (LOG_IN, 302, 302, 302, 302, 302, 403, 302),
    "/orders/{shipped}/comment/": (LOG_IN, 404, 302, 302, 404, 302, 302, 302),
    "/orders/{shipped}/undo/": (LOG_IN, 404, 302, 302, 404, 302, 403, 302),
    "/orders/{shipped}/count-in/": (LOG_IN, 404, 422, 422, 404, 403, 422, 403),
    "/orders/{placed}/cancel/": (LOG_IN, 404, 422, 422, 404, 422, 403, 422),
    "/payments/pay/": (LOG_IN, 403, 403, 403, 403, 302, 403, 403),
    "/payments/{payment}/pay/": (LOG_IN, 403, 403, 403, 403, 302, 403, 403),
    "/payments/{payment}/undo/": (LOG_IN, 403, 403, 403, 403, 302, 403, 403),
    "/payments/{payment}/outside/": (LOG_IN, 403, 403, 403, 403, 409, 403, 403),
}


@pytest.fixture
def world(company: SimpleNamespace) -> SimpleNamespace:
    other = person("olga@example.com", "Olga Berg", Role.MANAGER)
    sales = Department.objects.create(name="Sales", cost_centre="4200", manager=other)
    people = {
        "anonymous": None,
        "other buyer": person("otto@example.com", "Otto", Role.BUYER, department=sales),
        "owner": company.ana,
        "manager": company.maria,
        "other manager": other,
        "finance": company.frank,
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ida@example.com", "Ida", Role.ADMIN),
    }
    shipped = make_order(company, state=OrderState.SHIPPED, marketplace="1688")
    make_parcel(shipped)
    placed = make_order(company)
    payment = make_payment(placed)
    names = {"shipped": shipped.number, "placed": placed.number, "payment": payment.pk}
    return SimpleNamespace(people=people, names=names)


def outcome(answer: Any) -> Any:
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return LOG_IN
    return answer.status_code


@pytest.mark.parametrize("who", WHO)
def test_who_sees_which_page(world: SimpleNamespace, who: str) -> None:
    client = Client()
    if world.people[who] is not None:
        client.force_login(world.people[who])
    place = WHO.index(who)

    got = {url: outcome(client.get(url.format(**world.names))) for url in GETS}

    assert got == {url: answers[place] for url, answers in GETS.items()}


@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(world: SimpleNamespace, who: str) -> None:
    client = Client()
    if world.people[who] is not None:
        client.force_login(world.people[who])
    place = WHO.index(who)

    got = {url: outcome(client.post(url.format(**world.names), {"text": "Hello"})) for url in POSTS}

    assert got == {url: answers[place] for url, answers in POSTS.items()}


def test_writes_are_posts(world: SimpleNamespace) -> None:
    client = Client()
    client.force_login(world.people["finance"])

    for url in POSTS:
        if "cancel" not in url:
            assert client.get(url.format(**world.names)).status_code in (403, 404, 405), url


def test_an_outsider_changes_nothing_by_guessing_numbers(world: SimpleNamespace) -> None:
    from desk.models import Comment, Event
    from gateway.models import RemoteCommand

    client = Client()
    client.force_login(world.people["other buyer"])
    for url in POSTS:
        client.post(url.format(**world.names), {"text": "Hello", "pick": [world.names["placed"]]})

    assert not RemoteCommand.objects.exists()
    assert not Comment.objects.exists()
    assert not Event.objects.exists()
