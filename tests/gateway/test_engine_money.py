"""Nothing above what was approved, and nothing once the approval is gone."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from accounts.services import assign_roles
from approvals import services as approvals
from approvals.models import Approval
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState, PlannedState
from procurement.models import Payment, PlannedOrder, PurchaseOrder
from procurement.services import polling
from tests.gateway.driving import approve, ask, ask_platform, effects, fault, paying, placing, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def reprice(sandbox: Any, command: RemoteCommand, percent: float) -> None:
    """The seller changes the price of the order before it is paid."""
    order = PurchaseOrder.objects.get(pk=command.payload["order"])
    sandbox.control.order_verb(order.remote_id, "price", {"percent": percent})


def test_an_approval_taken_away_stops_the_order(company, sandbox):
    command = placing(company, sandbox, "taobao")
    Approval.objects.update(state="withdrawn")
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0
    assert PlannedOrder.objects.get().state == PlannedState.REFUSED


def test_an_approver_who_lost_the_right_stops_the_order(company, sandbox):
    command = placing(company, sandbox, "taobao")
    assign_roles(person=company.maria, roles=[], by=None)
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0


def test_an_approver_who_left_stops_the_payment(company, sandbox):
    command = paying(company, sandbox, "taobao")
    User.objects.filter(pk=company.maria.pk).update(is_active=False)
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0
    payment = Payment.objects.get()
    assert payment.state == PaymentState.FAILED
    assert payment.message


def test_a_stopped_payment_is_not_queued_again_by_each_reading(company, sandbox):
    command = paying(company, sandbox, "taobao")
    User.objects.filter(pk=company.maria.pk).update(is_active=False)
    run(command)
    for _reading in range(3):
        PurchaseOrder.objects.update(reread_at=None)
        polling.read_one(command.payload["order"])
    assert RemoteCommand.objects.filter(kind="pay").count() == 1


def test_ones_own_limit_is_asked_again_before_sending(company, sandbox):
    User.objects.filter(pk=company.ana.pk).update(approval_limit=10_000_00)
    company.ana.refresh_from_db()
    ask(company, sandbox, "taobao")
    command = RemoteCommand.objects.get()
    User.objects.filter(pk=company.ana.pk).update(approval_limit=1)
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0


def test_a_request_that_changed_after_its_approval_is_not_ordered(company, sandbox):
    command = placing(company, sandbox, "taobao")
    planned = PlannedOrder.objects.select_related("request").get()
    type(planned.request).objects.update(fingerprint="other")
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0


def test_a_dearer_order_asks_once_more_and_is_then_placed(company, sandbox):
    command = placing(company, sandbox, "1688")
    item = command.payload["lines"][0]["order_item_id"]
    sandbox.control.good_verb("1688", item, "price", {"percent": 6})
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "order_created") == 0
    assert PlannedOrder.objects.get().state == PlannedState.CHANGED
    again = Approval.objects.get(subject__startswith="planned:")
    approvals.approve(approval=again, by=company.maria, seen=again.fingerprint)
    assert run(RemoteCommand.objects.get(state="queued")) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


def test_a_rise_within_the_tolerance_needs_nobody(company, sandbox):
    command = placing(company, sandbox, "1688")
    item = command.payload["lines"][0]["order_item_id"]
    sandbox.control.good_verb("1688", item, "price", {"percent": 1})
    assert run(command) == CommandState.DONE


def test_a_price_above_the_ceiling_is_not_paid_but_asked_about(company, sandbox):
    command = paying(company, sandbox, "1688")
    reprice(sandbox, command, 6)
    assert run(command) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0
    assert Payment.objects.get().state == PaymentState.ASKED
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.approve(approval=question, by=company.maria, seen=question.fingerprint)
    assert run(RemoteCommand.objects.get(state="queued")) == CommandState.DONE
    sandbox.control.advance({"seconds": 3600})
    assert effects(sandbox, "debit") == 1


def test_the_tolerance_does_not_compound(company, sandbox):
    command = paying(company, sandbox, "1688")
    reprice(sandbox, command, 6)
    run(command)
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.approve(approval=question, by=company.maria, seen=question.fingerprint)
    again = RemoteCommand.objects.get(state="queued")
    reprice(sandbox, again, 1.5)
    assert run(again) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0


def test_refusing_the_new_price_cancels_the_order(company, sandbox):
    command = paying(company, sandbox, "1688")
    reprice(sandbox, command, 6)
    run(command)
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.refuse(
        approval=question, by=company.maria, seen=question.fingerprint, note="Too dear."
    )
    assert Payment.objects.get().state == PaymentState.REFUSED
    run(RemoteCommand.objects.get(kind="cancel"))
    order = PurchaseOrder.objects.get()
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(order.pk)
    order.refresh_from_db()
    assert order.state in (OrderState.CANCELLED, OrderState.CLOSED)
    assert effects(sandbox, "debit") == 0


def test_a_second_pay_command_of_a_live_payment_does_not_leave(company, sandbox):
    command = paying(company, sandbox, "taobao")
    assert run(command) == CommandState.DONE
    copy = RemoteCommand.objects.create(
        key="copy",
        kind="pay",
        subject=command.subject,
        marketplace="taobao",
        sub_account=company.account,
        user_id=command.user_id,
        payload=command.payload,
        fingerprint=command.fingerprint,
    )
    assert run(copy) == CommandState.STOPPED
    sandbox.control.advance({"seconds": 3600})
    assert effects(sandbox, "debit") == 1


def test_the_parts_of_a_split_order_stay_under_one_ceiling(company, sandbox):
    """Two orders came of one; the second would pass what was approved for both."""
    request = ask(company, sandbox, "1688")
    command = approve(company, request)
    assert run(command) == CommandState.DONE
    first = PurchaseOrder.objects.get()
    sandbox.control.advance({"seconds": 120})
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(first.pk)
    pay = RemoteCommand.objects.get(kind="pay", state="queued")
    planned = PlannedOrder.objects.get()
    twin = PurchaseOrder.objects.create(
        number="R-1/99",
        request=request,
        planned=planned,
        requester=company.ana,
        marketplace="1688",
        sub_account=company.account,
        remote_id="1",
        total=planned.ceiling - 100,
    )
    Payment.objects.create(
        order=twin,
        state=PaymentState.SETTLED,
        approved=planned.ceiling,
        ceiling=planned.ceiling,
        company_approved=1,
    )
    assert run(pay) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0
    assert Payment.objects.get(order=first).state == PaymentState.ASKED


def test_a_sum_that_passes_the_ceiling_only_at_the_last_reading_is_asked_about(company, sandbox):
    """Both parts fit when claimed; the seller raises one before it is paid."""
    pay = paying(company, sandbox, "1688")
    first, planned = PurchaseOrder.objects.get(), PlannedOrder.objects.get()
    twin = PurchaseOrder.objects.create(
        number="R-1/99",
        request=first.request,
        planned=planned,
        requester=company.ana,
        marketplace="1688",
        sub_account=company.account,
        remote_id="1",
        total=planned.ceiling - first.total,
    )
    Payment.objects.create(
        order=twin,
        state=PaymentState.SETTLED,
        approved=twin.total,
        ceiling=planned.ceiling,
        company_approved=1,
    )
    reprice(sandbox, pay, 1)
    assert run(pay) == CommandState.STOPPED
    assert effects(sandbox, "debit") == 0
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.approve(approval=question, by=company.maria, seen=question.fingerprint)
    assert run(RemoteCommand.objects.get(state="queued")) == CommandState.DONE


def test_an_answer_lost_while_the_order_is_cancelled_is_found(company, sandbox):
    command = paying(company, sandbox, "taobao")
    reprice(sandbox, command, 6)
    run(command)
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.refuse(approval=question, by=company.maria, seen=question.fingerprint, note="No.")
    cancel = RemoteCommand.objects.get(kind="cancel")
    fault(sandbox, "taobao_order.purchase_cancel", "http_500", "after")
    assert run(cancel) == CommandState.UNKNOWN
    sandbox.control.advance({"seconds": 600})
    assert ask_platform(cancel) == CommandState.DONE
    assert effects(sandbox, "order_cancelled") == 1
