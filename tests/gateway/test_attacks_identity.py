"""Attacks through who we are at the platform, and where the goods go: neither moves once asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import SubAccount
from approvals import services as approvals
from approvals.models import Approval
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.models import PurchaseOrder, ShipTo
from procurement.services.ending import cancel_order
from tests.gateway.driving import (
    CREATE,
    PAY,
    ask,
    ask_platform,
    effects,
    fault,
    paying,
    placing,
    run,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]
OTHER = "2100000000002"


def become_another() -> None:
    """Past every form: a shell, or another system's SQL."""
    SubAccount.objects.update(user_id=OTHER)


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_nothing_is_ordered_as_another_than_was_approved(company, sandbox, marketplace):
    command = placing(company, sandbox, marketplace)
    become_another()
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0
    command.refresh_from_db()
    assert command.message


def test_nothing_is_paid_as_another_than_ordered(company, sandbox):
    command = paying(company, sandbox, "1688")
    become_another()
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_an_order_is_looked_for_as_whom_it_was_sent(company, sandbox, marketplace):
    command = placing(company, sandbox, marketplace)
    fault(sandbox, CREATE[marketplace], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    become_another()
    assert ask_platform(command) == CommandState.DONE


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_a_payment_is_asked_about_as_whom_it_was_sent(company, sandbox, marketplace):
    command = paying(company, sandbox, marketplace)
    fault(sandbox, PAY[marketplace], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    become_another()
    sandbox.control.advance({"seconds": 60})
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "debit") == 1


def test_a_cancellation_is_asked_about_as_whom_it_was_sent(company, sandbox):
    pay = paying(company, sandbox, "1688")
    RemoteCommand.objects.filter(pk=pay.pk).update(state=CommandState.UNDONE)
    order = PurchaseOrder.objects.get()
    command = cancel_order(order=order, by=company.ana, reason="No longer needed", token="c1")
    fault(sandbox, "alibaba_order.cancel", "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    become_another()
    assert ask_platform(command) == CommandState.DONE


def edited(sub_account: SubAccount, **fields: Any) -> SubAccount:
    for name, value in fields.items():
        setattr(sub_account, name, value)
    sub_account.full_clean()
    return sub_account


def test_a_user_id_that_was_used_cannot_be_edited(company, sandbox):
    placing(company, sandbox, "1688")
    with pytest.raises(ValidationError) as refused:
        edited(company.account, user_id=OTHER)
    assert list(refused.value.message_dict) == ["user_id"]
    assert "2100000000001" in refused.value.messages[0]


def test_all_else_of_a_used_sub_account_can_be_edited(company, sandbox):
    placing(company, sandbox, "1688")
    edited(company.account, name="Other", marketplaces=["1688"], is_active=False)


def test_a_mistyped_user_id_that_was_never_used_can_be_edited(company):
    assert company.account.mappings.exists()
    edited(company.account, user_id=OTHER)
    edited(SubAccount(name="New", user_id="2100000000003", marketplaces=["1688"]))


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_editing_an_address_moves_no_delivery_that_was_asked_for(company, sandbox, marketplace):
    street = company.ship_to.street
    ask(company, sandbox, marketplace)
    approval = Approval.objects.get()
    ShipTo.objects.update(street="Mallory's garage 1", receiver="Mallory", mobile="13900000000")
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    assert run(RemoteCommand.objects.get()) == CommandState.DONE
    order = sandbox.control.order(PurchaseOrder.objects.get().remote_id)
    assert street in str(order.receiver)
    assert "Mallory" not in str(order.receiver)


def test_a_payload_that_differs_from_what_was_approved_is_not_sent(company, sandbox):
    command = placing(company, sandbox, "1688")
    address = command.payload["address"] | {"street": "Mallory's garage 1"}
    RemoteCommand.objects.filter(pk=command.pk).update(
        payload=command.payload | {"address": address}
    )
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0
