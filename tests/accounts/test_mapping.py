"""Who may act as which sub-account, and when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.models import SubAccount, SubAccountMapping, User
from accounts.services import end_mapping, map_person, sub_account_for, sub_accounts_of
from accounts.services.mapping import Span, wrong_spans


@pytest.fixture
def other(db):
    return SubAccount.objects.create(
        name="Laboratory", user_id="2100000000002", marketplaces=["taobao"]
    )


def test_default_comes_first(buyer, sub_account, other):
    map_person(person=buyer, sub_account=other)
    map_person(person=buyer, sub_account=sub_account, is_default=True)

    assert sub_accounts_of(person=buyer) == [sub_account, other]


def test_a_new_default_takes_the_place_of_the_old(buyer, sub_account, other):
    map_person(person=buyer, sub_account=sub_account, is_default=True)

    map_person(person=buyer, sub_account=other, is_default=True)

    assert sub_accounts_of(person=buyer)[0] == other
    assert SubAccountMapping.objects.filter(person=buyer, is_default=True).count() == 1


def test_mapping_the_same_pair_twice_keeps_one_row(buyer, sub_account):
    map_person(person=buyer, sub_account=sub_account)
    map_person(person=buyer, sub_account=sub_account, is_default=True)

    assert buyer.mappings.get().is_default


def test_ended_and_future_mappings_do_not_hold_today(buyer, sub_account, other):
    today = timezone.localdate()
    day = timedelta(days=1)
    map_person(
        person=buyer, sub_account=sub_account, from_date=today - 9 * day, to_date=today - day
    )
    map_person(person=buyer, sub_account=other, from_date=today + day)

    assert sub_accounts_of(person=buyer) == []


def test_last_day_still_holds(buyer, sub_account):
    end_mapping(mapping=map_person(person=buyer, sub_account=sub_account))

    mapping = buyer.mappings.get()
    assert sub_accounts_of(person=buyer) == [sub_account]
    assert mapping.is_current


def test_marketplace_chooses_among_sub_accounts(buyer, sub_account, other):
    map_person(person=buyer, sub_account=other, is_default=True)
    map_person(person=buyer, sub_account=sub_account)

    assert sub_account_for(person=buyer, marketplace="taobao") == other
    assert sub_account_for(person=buyer, marketplace="1688") == sub_account


def test_switched_off_sub_account_is_no_mapping(buyer, sub_account):
    map_person(person=buyer, sub_account=sub_account)
    sub_account.is_active = False
    sub_account.save()

    assert sub_account_for(person=buyer, marketplace="taobao") is None
    assert list(User.objects.unmapped()) == [buyer]


def test_unmapped_means_active_people_who_may_ask(buyer, make_person, sub_account):
    make_person("Wang", Role.WAREHOUSE)
    make_person("Left", Role.BUYER, is_active=False)
    mapped = make_person("Mapped", Role.BUYER)
    map_person(person=mapped, sub_account=sub_account)

    assert list(User.objects.unmapped()) == [buyer]


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
spans = st.builds(
    Span,
    sub_account_id=st.integers(1, 3),
    is_default=st.booleans(),
    from_date=days,
    to_date=st.none() | days,
)


@given(st.lists(spans, max_size=5))
def test_rows_without_complaint_have_at_most_one_default_a_day(rows):
    if wrong_spans(rows):
        return

    day = date(2025, 12, 31)
    while day < date(2026, 3, 3):
        held = [
            row
            for row in rows
            if row.from_date <= day and (row.to_date is None or row.to_date >= day)
        ]
        assert sum(row.is_default for row in held) <= 1
        assert len({row.sub_account_id for row in held}) == len(held)
        day += timedelta(days=1)
