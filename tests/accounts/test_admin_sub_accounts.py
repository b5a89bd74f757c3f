"""Sub-accounts and departments in the admin, and the test call."""

import pytest

from accounts.choices import Role
from accounts.models import Department, SubAccount, User
from accounts.probes import ProbeResult
from accounts.services import map_person

LIST = "/admin/accounts/subaccount/"


def test_sub_account_is_made_with_ticked_marketplaces(as_admin, db):
    data = {
        "name": "Key account",
        "user_id": " 2100 0000 00003 ",
        "marketplaces": ["1688"],
        "is_active": "on",
    }

    assert as_admin.post(f"{LIST}add/", data).status_code == 302

    made = SubAccount.objects.get(name="Key account")
    assert made.user_id == "2100000000003"
    assert made.marketplaces == ["1688"]


@pytest.mark.parametrize("user_id", ["21000\r\nx: y", "２１０", "<b>", "杯子", ""])
def test_a_user_id_that_no_header_can_carry_is_refused(as_admin, db, user_id):
    data = {"name": "X", "user_id": user_id, "marketplaces": ["1688"], "is_active": "on"}

    answer = as_admin.post(f"{LIST}add/", data)

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["user_id"]
    assert not SubAccount.objects.exists()


def test_unknown_marketplace_is_a_form_error(as_admin, db):
    data = {"name": "X", "user_id": "1", "marketplaces": ["ebay"], "is_active": "on"}

    answer = as_admin.post(f"{LIST}add/", data)

    assert answer.context["adminform"].form.errors["marketplaces"]


def test_page_names_the_people_mapped_today(as_admin, buyer, sub_account):
    map_person(person=buyer, sub_account=sub_account)

    assert "Ana Ruiz" in as_admin.get(f"{LIST}{sub_account.pk}/change/").content.decode()


def test_test_call_shows_and_keeps_the_answer(as_admin, sub_account, platform_says):
    platform_says(ProbeResult(True, "The platform knows it.", "req-9", '{"code": "200"}'))

    answer = as_admin.post(f"{LIST}{sub_account.pk}/test/", follow=True)

    sub_account.refresh_from_db()
    page = answer.content.decode()
    assert sub_account.test_passed
    assert sub_account.tested_at is not None
    assert sub_account.test_sentence == "The platform knows it."
    assert "The platform knows it. (request id req-9)" in page
    assert "request id req-9\n{&quot;code&quot;: &quot;200&quot;}" in page


def test_failed_test_call_is_kept_as_failed(as_admin, sub_account, platform_says):
    platform_says(ProbeResult(False, "The platform has suspended it."))

    as_admin.post(f"{LIST}{sub_account.pk}/test/")

    sub_account.refresh_from_db()
    assert sub_account.test_passed is False
    assert sub_account.test_answer == "The platform has suspended it."


def test_test_call_of_several_at_once(as_admin, sub_account, platform_says):
    other = SubAccount.objects.create(name="B", user_id="2")
    asked = platform_says(ProbeResult(True, "Fine."))

    as_admin.post(LIST, {"action": "call_platform", "_selected_action": [sub_account.pk, other.pk]})

    assert {account.pk for account in asked} == {sub_account.pk, other.pk}


def test_test_call_of_nobody_is_not_found(as_admin, db):
    assert as_admin.post(f"{LIST}999/test/").status_code == 404


def test_list_costs_the_same_for_many(as_admin, make_person, django_assert_max_num_queries):
    for number in range(12):
        sub_account = SubAccount.objects.create(name=f"S{number}", user_id=str(number))
        map_person(person=make_person(f"P {number}", Role.BUYER), sub_account=sub_account)

    with django_assert_max_num_queries(12):
        as_admin.get(LIST)


def test_departments_count_active_people(as_admin, buyer, marketing, make_person):
    make_person("Left", Role.BUYER, department=marketing, is_active=False)

    answer = as_admin.get("/admin/accounts/department/")

    assert [row.people_count for row in answer.context["cl"].result_list] == [1]


def test_only_people_who_approve_can_manage_a_department(as_admin, buyer, make_person):
    maria = make_person("Maria", Role.MANAGER)
    data = {"name": "Laboratory", "cost_centre": "4200"}

    refused = as_admin.post("/admin/accounts/department/add/", data | {"manager": buyer.pk})
    as_admin.post("/admin/accounts/department/add/", data | {"manager": maria.pk})

    assert refused.context["adminform"].form.errors["manager"]
    assert Department.objects.get(name="Laboratory").manager == maria


def test_department_with_people_is_not_deleted(as_admin, buyer, marketing):
    as_admin.post(f"/admin/accounts/department/{marketing.pk}/delete/", {"post": "yes"})

    assert Department.objects.filter(pk=marketing.pk).exists()
    assert User.objects.get(pk=buyer.pk).department == marketing
