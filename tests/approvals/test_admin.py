"""Limits, addresses and the border in the admin: amounts as people write them, rows to look at."""

from __future__ import annotations

import pytest

from accounts.choices import Role
from approvals.models import ApprovalPolicy
from gateway.choices import PushState
from gateway.models import PushMessage
from procurement.models import ShipTo
from tests.procurement.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, logged_in):
    return logged_in(person("ada@example.com", "Ada Admin", Role.ADMIN))


def test_limits_are_written_as_amounts(ada):
    answer = ada.get("/admin/approvals/approvalpolicy/")
    assert answer.url == "/admin/approvals/approvalpolicy/1/change/"
    page = ada.get(answer.url).content.decode()
    assert 'value="5000"' in page
    form = {"finance_above": "7,500.50", "pay_at_once_up_to": "1000", "tolerance_percent": "3"}
    assert ada.post(answer.url, form).status_code == 302
    policy = ApprovalPolicy.current()
    assert (policy.finance_above, policy.pay_at_once_up_to) == (750_050, 100_000)


def test_a_tolerance_beyond_reason_is_refused_beside_its_field(ada):
    ada.get("/admin/approvals/approvalpolicy/")
    form = {"finance_above": "x", "pay_at_once_up_to": "1000", "tolerance_percent": "90"}
    page = ada.post("/admin/approvals/approvalpolicy/1/change/", form).content.decode()
    assert "Write an amount such as" in page
    assert "less than or equal to 20" in page


def test_a_new_default_address_replaces_the_old_one(company, ada):
    form = {
        "name": "Shenzhen", "receiver": "李雷", "mobile": "13900000000", "province": "广东省",
        "city": "深圳市", "street": "1号", "is_default": "on", "is_active": "on",
    }  # fmt: skip
    assert ada.post("/admin/procurement/shipto/add/", form).status_code == 302
    assert ShipTo.objects.get(is_default=True).name == "Shenzhen"


def test_an_address_in_use_is_not_deleted(company, waiting, ada):
    waiting()
    url = f"/admin/procurement/shipto/{company.ship_to.pk}/delete/"
    assert ada.post(url, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("table", ["remotecommand", "pushmessage", "synccursor"])
def test_the_border_is_only_looked_at(ada, table):
    assert ada.get(f"/admin/gateway/{table}/").status_code == 200
    assert ada.get(f"/admin/gateway/{table}/add/").status_code == 403


def test_a_message_is_processed_again(ada):
    push = PushMessage.objects.create(digest="1", body="{}", state=PushState.FAILED, tries=6)
    form = {"action": "again", "_selected_action": [push.pk]}
    ada.post("/admin/gateway/pushmessage/", form)
    push.refresh_from_db()
    assert (push.state, push.tries) == (PushState.NEW, 0)


def test_only_who_manages_the_desk_gets_in(company, logged_in):
    for someone in (company.ana, company.maria, company.frank):
        assert logged_in(someone).get("/admin/gateway/remotecommand/").status_code == 403
