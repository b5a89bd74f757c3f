"""Attacks through people who left, and through taking a decision back at an odd moment."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from accounts.services import assign_roles
from approvals import services as approvals
from approvals.models import Approval
from approvals.querysets import waiting_for
from approvals.services.asking import people_of
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import resolving
from procurement.choices import PlannedState
from procurement.models import PlannedOrder, PurchaseOrder
from procurement.services import polling
from tests.gateway.driving import (
    CREATE,
    ask,
    ask_platform,
    effects,
    fault,
    pass_window,
    paying,
    placing,
    run,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def lose_the_right(person: User) -> None:
    assign_roles(person=person, roles=[], by=None)


def leave(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("gone", [lose_the_right, leave])
def test_finance_stands_in_for_a_named_approver_who_is_gone(company, sandbox, gone):
    request = ask(company, sandbox, "1688")
    approval = Approval.objects.get()
    assert not waiting_for(company.frank).exists()
    with pytest.raises(approvals.CannotDecide):
        approvals.approve(approval=approval, by=company.frank, seen=approval.fingerprint)
    gone(company.maria)
    assert list(waiting_for(company.frank)) == [approval]
    approvals.approve(approval=approval, by=company.frank, seen=approval.fingerprint)
    command = RemoteCommand.objects.get(subject=f"planned:{request.planned.get().pk}")
    assert run(command) == CommandState.DONE


def test_nobody_stands_in_for_oneself(company, sandbox):
    """A requester who is finance too does not decide in place of a manager who left."""
    ask(company, sandbox, "1688")
    assign_roles(person=company.ana, roles=["buyer", "finance"], by=None)
    leave(company.maria)
    approval = Approval.objects.get()
    ana = User.objects.get(pk=company.ana.pk)
    with pytest.raises(approvals.CannotDecide):
        approvals.approve(approval=approval, by=ana, seen=approval.fingerprint)


def test_a_question_to_somebody_who_left_goes_to_finance(company, sandbox):
    ask(company, sandbox, "1688")
    step = Approval.objects.get().steps.get()
    assert people_of(step) == [company.maria]
    leave(company.maria)
    assert people_of(Approval.objects.get().steps.get()) == [company.frank]


def approved_change(company: Any, sandbox: Any) -> Approval:
    """An order that got dearer before it was placed, approved anew."""
    command = placing(company, sandbox, "1688")
    item = command.payload["lines"][0]["order_item_id"]
    sandbox.control.good_verb("1688", item, "price", {"percent": 6})
    assert run(command) == CommandState.STOPPED
    change = Approval.objects.get(subject__startswith="planned:")
    return approvals.approve(approval=change, by=company.maria, seen=change.fingerprint)


def test_taking_back_a_change_is_asked_again(company, sandbox):
    change = approved_change(company, sandbox)
    change = approvals.undo_approval(approval=change, by=company.maria)
    assert change.state == "waiting"
    assert PlannedOrder.objects.get().state == PlannedState.CHANGED
    approvals.approve(approval=change, by=company.maria, seen=change.fingerprint)
    assert run(RemoteCommand.objects.get(state="queued")) == CommandState.DONE


def test_taking_back_a_change_whose_order_was_unclear_is_too_late(company, sandbox):
    """Sent once, shown absent, queued again: the order is UNCLEAR while its command waits."""
    change = approved_change(company, sandbox)
    command = RemoteCommand.objects.get(state="queued")
    fault(sandbox, CREATE["1688"], "cut", "before")
    assert run(command) == CommandState.UNKNOWN
    pass_window(command)
    ask_platform(command)
    ask_platform(command)
    resolving.send_again(command=command, by=company.frank)
    with pytest.raises(approvals.TooLate):
        approvals.undo_approval(approval=change, by=company.maria)
    change.refresh_from_db()
    command.refresh_from_db()
    assert (change.state, command.state) == ("approved", CommandState.QUEUED)
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("moment", ["queued", "unknown", "accepted", "paid", "closed"])
def test_taking_back_a_new_price_is_done_or_too_late_at_every_moment(company, sandbox, moment):
    pay = paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 6})
    run(pay)
    change = Approval.objects.get(subject__startswith="payment:")
    change = approvals.approve(approval=change, by=company.maria, seen=change.fingerprint)
    again = RemoteCommand.objects.get(kind="pay", state="queued")
    if moment == "unknown":
        fault(sandbox, "alibaba_order.pay", "cut", "before")
    if moment in ("unknown", "accepted", "paid"):
        run(again)
    if moment == "closed":
        sandbox.control.order_verb(order.remote_id, "close", {})
    if moment in ("paid", "closed"):
        sandbox.control.advance({"seconds": 60})
        PurchaseOrder.objects.update(reread_at=None)
        polling.read_one(order.pk)
    if moment == "queued":
        assert approvals.undo_approval(approval=change, by=company.maria).state == "waiting"
        return
    with pytest.raises(approvals.TooLate):
        approvals.undo_approval(approval=change, by=company.maria)
