"""Home by role: one sentence, what needs you, what closes; the tries go when dismissed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from moneyed import Money

from accounts.choices import Role
from config.home import headline
from desk import clock
from desk.slots import Deadline
from tests.approvals.conftest import logged_in, waiting  # noqa: F401
from tests.procurement.conftest import company, person, quick  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(company):  # noqa: F811
    return {
        "buyer": company.ana,
        "manager": company.maria,
        "finance": company.frank,
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ada@example.com", "Ada Admin", Role.ADMIN),
    }


@pytest.mark.parametrize("role", ["buyer", "manager", "finance", "warehouse", "admin"])
def test_every_role_has_a_home(people, logged_in, role):  # noqa: F811
    page = logged_in(people[role]).get("/")
    assert page.status_code == 200
    assert "Nothing needs you." in page.content.decode()


def test_anonymous_people_log_in_first():
    assert Client().get("/").url.endswith("?next=/")


def test_what_waits_stands_first_with_its_verb_and_amount(company, waiting, logged_in):  # noqa: F811
    waiting(cents=128_420)
    page = logged_in(company.maria).get("/").content.decode()
    assert "1 thing needs you." in page
    assert "Decide" in page
    assert "€1,284.20" in page


def test_at_most_seven_rows_and_how_many_more(company, waiting, logged_in):  # noqa: F811
    for number in range(9):
        waiting(purpose=f"Thing {number}")
    page = logged_in(company.maria).get("/").content.decode()
    assert "9 things need you." in page
    assert page.count("must-act") == 7
    assert "and 2 more" in page


def test_the_headline_names_the_next_clock_and_the_risk():
    soon = clock.now() + timedelta(hours=2, minutes=10, seconds=30)
    closing = [Deadline("R-1/1 closes", "/", soon, Money(840, "EUR"))]
    assert headline(3, closing) == (
        "3 things need you; the next closes in 2 h 10 min, €840.00 at risk."
    )


def test_a_manager_sees_who_waits_on_finance(company, waiting, logged_in):  # noqa: F811
    waiting(by=company.maria, cents=20_000)
    page = logged_in(company.maria).get("/").content.decode()
    assert "Maria Keller waits on finance" in page


def test_the_warehouse_sees_no_prices(people, logged_in, waiting):  # noqa: F811
    waiting(cents=128_420)
    assert "€" not in logged_in(people["warehouse"]).get("/").content.decode()


def test_the_tries_show_in_practice_until_dismissed(people, logged_in, settings):  # noqa: F811
    settings.DEMO = True
    client = logged_in(people["buyer"])
    assert "Five things to try" in client.get("/").content.decode()
    client.post("/tries/dismiss/")
    assert "Five things to try" not in client.get("/").content.decode()


def test_home_stays_within_its_queries(people, logged_in, waiting, django_assert_max_num_queries):  # noqa: F811
    for number in range(9):
        waiting(purpose=f"Thing {number}")
    for role in ("buyer", "manager", "finance", "admin"):
        client = logged_in(people[role])
        with django_assert_max_num_queries(26):
            client.get("/")
