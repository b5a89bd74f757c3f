"""What an admin sees of people and rates in the shell and at home."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.choices import Role
from accounts.models import SubAccount, User
from accounts.services import assign_roles, map_person
from desk.people import home_part, navigation
from desk.services.rates import enter_rate

pytestmark = pytest.mark.django_db


def person_of(name, role):
    person = User.objects.create_user(f"{name.lower()}@example.com", name=name)
    assign_roles(person=person, roles=[role], by=None)
    return person


@pytest.fixture
def ada():
    return person_of("Ada", Role.ADMIN)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_others_get_neither_entries_nor_part(role):
    person = person_of("Kim", role)

    assert list(navigation(person)) == []
    assert list(home_part(person)) == []


def test_admins_get_people_and_rules(ada):
    assert [entry.label for _place, entry in navigation(ada)] == ["People", "Rules"]


def test_what_is_missing_is_named(ada, django_assert_max_num_queries):
    person_of("Ben", Role.BUYER)
    failing = SubAccount.objects.create(
        name="Laboratory", user_id="5", test_passed=False, tested_at=timezone.now()
    )
    map_person(person=ada, sub_account=failing)
    day = timezone.localdate() - timedelta(days=8)
    enter_rate(currency="CNY", rate=Decimal("0.1"), day=day, by=None)

    with django_assert_max_num_queries(6):
        (part,) = home_part(ada)
    shown = render_to_string(part.template, {"part": part.context})

    for words in ("Ben", "no sub-account", "Laboratory", "test failed", "Rate of CNY"):
        assert words in shown
    assert "Ada" not in shown


def test_nothing_missing_shows_nothing(ada):
    map_person(person=ada, sub_account=SubAccount.objects.create(name="One", user_id="1"))
    enter_rate(currency="CNY", rate=Decimal("0.1"), day=timezone.localdate(), by=None)

    assert list(home_part(ada)) == []
