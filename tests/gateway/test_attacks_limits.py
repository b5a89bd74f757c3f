"""Attacks on limits: in slices, through a later price, with a price that is old news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.choices import Right
from accounts.models import User
from approvals import services as approvals
from approvals.models import Approval, ApprovalPolicy
from approvals.subjects import subject_of
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import PaymentState
from procurement.commands import pay as pay_kind
from procurement.models import Payment, PlannedOrder, PurchaseOrder, PurchaseRequest
from procurement.services import asking, paying, polling, quoting
from tests.gateway import driving
from tests.gateway.driving import ask, effects, fault, run
from tests.procurement.test_story import fill_cart
from xport.sandbox import wire_taobao
from xport.sandbox.orders import UNPAID

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def policy(**values: int) -> None:
    current = ApprovalPolicy.current()
    for name, value in values.items():
        setattr(current, name, value)
    current.save()


def reprice(sandbox: Any, order: PurchaseOrder, percent: float) -> None:
    sandbox.control.order_verb(order.remote_id, "price", {"percent": percent})


def read_again(order: PurchaseOrder) -> None:
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(order.pk)


def asked_for_both(company: Any, sandbox: Any) -> PurchaseRequest:
    """One request of two orders; Ana's own limit and finance's are a cent below the whole."""
    for marketplace in ("1688", "taobao"):
        fill_cart(sandbox, company.ana, marketplace)
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to, fresh=True)
    whole = sum(round(group.company_total.amount * 100) for group in groups)
    User.objects.filter(pk=company.ana.pk).update(approval_limit=whole - 1)
    policy(finance_above=whole - 1)
    wish = asking.Wish(token="t2", purpose="Fair", cost_centre="4100", ship_to=company.ship_to)
    return asking.ask_for(person=User.objects.get(pk=company.ana.pk), wish=wish, groups=groups)


def approve_all(company: Any, approval: Approval) -> None:
    """Every step, by whoever's turn it is."""
    for step in approval.steps.all():
        by = company.frank if step.right == Right.APPROVE_AS_FINANCE else company.maria
        approval = approvals.approve(approval=approval, by=by, seen=approval.fingerprint)


def test_a_dearer_part_is_judged_with_the_whole_before_it_is_placed(company, sandbox):
    request = asked_for_both(company, sandbox)
    approve_all(company, Approval.objects.get())
    part = request.planned.get(marketplace="1688")
    command = RemoteCommand.objects.get(subject=f"planned:{part.pk}")
    item = part.lines.get().order_item_id
    sandbox.control.good_verb(part.marketplace, item, "price", {"percent": 6})
    assert run(command) == CommandState.STOPPED
    again = Approval.objects.get(subject=f"planned:{part.pk}")
    assert again.state == "waiting"
    assert [step.right for step in again.steps.all()] == [Right.APPROVE, Right.APPROVE_AS_FINANCE]


def test_a_dearer_part_is_judged_with_the_whole_before_it_is_paid(company, sandbox):
    asked_for_both(company, sandbox)
    approve_all(company, Approval.objects.get())
    for command in RemoteCommand.objects.all():
        assert run(command) == CommandState.DONE
    sandbox.control.advance({"seconds": 120})
    for order in PurchaseOrder.objects.all():
        read_again(order)
    part = PurchaseOrder.objects.get(marketplace="1688")
    reprice(sandbox, part, 6)
    assert run(RemoteCommand.objects.get(kind="pay", payload__order=part.pk)) == "stopped"
    again = Approval.objects.get(subject=f"payment:{part.payments.get().pk}")
    assert again.state == "waiting"
    assert [step.right for step in again.steps.all()] == [Right.APPROVE, Right.APPROVE_AS_FINANCE]
    assert effects(sandbox, "debit") == 0


def test_ones_own_limit_that_shrank_below_the_whole_stops_a_part(company, sandbox):
    """A change that one's own limit covered is checked again with the whole at the claim."""
    request = asked_for_both(company, sandbox)
    approve_all(company, Approval.objects.get())
    part = request.planned.get(marketplace="1688")
    User.objects.filter(pk=company.ana.pk).update(approval_limit=10**9)
    policy(finance_above=10**9)
    command = RemoteCommand.objects.get(subject=f"planned:{part.pk}")
    item = part.lines.get().order_item_id
    sandbox.control.good_verb(part.marketplace, item, "price", {"percent": 6})
    assert run(command) == CommandState.STOPPED
    again = Approval.objects.get(subject=f"planned:{part.pk}")
    assert (again.state, again.steps.count()) == ("approved", 0)
    User.objects.filter(pk=company.ana.pk).update(approval_limit=again.amount + 1)
    assert run(RemoteCommand.objects.get(subject=again.subject, state="queued")) == "stopped"


def test_an_approved_higher_price_still_waits_for_the_release(company, sandbox):
    command = driving.paying(company, sandbox, "1688")
    payment = Payment.objects.get()
    policy(pay_at_once_up_to=payment.company_approved, finance_above=10**9)
    reprice(sandbox, payment.order, 6)
    assert run(command) == CommandState.STOPPED
    question = Approval.objects.get(subject__startswith="payment:")
    approvals.approve(approval=question, by=company.maria, seen=question.fingerprint)
    payment.refresh_from_db()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, False)
    read_again(payment.order)
    assert not RemoteCommand.objects.filter(kind="pay", state="queued").exists()
    paying.release(payment=payment, by=company.frank)
    assert run(RemoteCommand.objects.get(kind="pay", state="queued")) == CommandState.DONE


def test_finance_that_decided_the_price_has_released_it(company, sandbox):
    command = driving.paying(company, sandbox, "1688")
    payment = Payment.objects.get()
    policy(pay_at_once_up_to=1, finance_above=1)
    reprice(sandbox, payment.order, 6)
    assert run(command) == CommandState.STOPPED
    approve_all(company, Approval.objects.get(subject__startswith="payment:"))
    payment.refresh_from_db()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, True)


def test_a_price_seen_before_the_claim_is_asked_about(company, sandbox):
    """A push or poll in the undo window reads the new total first; paying still asks."""
    command = driving.paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    reprice(sandbox, order, 6)
    read_again(order)
    assert run(command) == CommandState.STOPPED
    assert Payment.objects.get().state == PaymentState.ASKED
    question = Approval.objects.get(subject__startswith="payment:", state="waiting")
    approvals.approve(approval=question, by=company.maria, seen=question.fingerprint)
    assert run(RemoteCommand.objects.get(kind="pay", state="queued")) == CommandState.DONE
    sandbox.control.advance({"seconds": 3600})
    assert effects(sandbox, "debit") == 1


def test_the_tolerance_does_not_compound_over_steps(company, sandbox):
    """Maria agreed to less; finance approves what it is now, and nothing may be added again."""
    policy(finance_above=1)
    request = ask(company, sandbox, "1688")
    approval = Approval.objects.get()
    approval = approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    item = request.planned.get().lines.get().order_item_id
    before = approval.amount
    sandbox.control.good_verb("1688", item, "price", {"percent": 1})
    subject_of(approval).refresh(approval)
    approval.refresh_from_db()
    assert before < approval.amount <= before * 1.02
    assert approval.state == "waiting"
    approvals.approve(approval=approval, by=company.frank, seen=approval.fingerprint)
    approval.refresh_from_db()
    assert (approval.state, approval.ceiling) == ("approved", approval.amount)
    planned = PlannedOrder.objects.get()
    assert planned.ceiling == planned.total


def test_an_order_that_is_still_being_built_is_not_paid(company, sandbox, monkeypatch):
    pay = driving.paying(company, sandbox, "taobao")
    with monkeypatch.context() as building:
        building.setitem(wire_taobao.STATUS, UNPAID, 12)
        assert run(pay) == CommandState.QUEUED
        assert effects(sandbox, "debit") == 0
        assert not pay.attempts.exists()
    assert PurchaseOrder.objects.get().remote_status == "12"
    assert run(pay) == CommandState.DONE
    sandbox.control.advance({"seconds": 3600})
    assert effects(sandbox, "debit") == 1


@pytest.fixture
def impatient(monkeypatch: Any) -> timedelta:
    """So short that a reading of two seconds is old news when the call would be signed."""
    within = timedelta(seconds=4)
    monkeypatch.setattr(pay_kind, "READ_WITHIN", within)
    return within


def test_an_amount_that_took_long_to_read_is_read_again(company, sandbox, impatient):
    command = driving.paying(company, sandbox, "taobao")
    fault(sandbox, "taobao_order.detail", "slow", "after", seconds=2.3)
    assert run(command) == CommandState.DONE
    attempt = command.attempts.get()
    command.refresh_from_db()
    read = datetime.fromisoformat(command.prepared["as_of"])
    assert attempt.signed_until - read <= impatient
    assert effects(sandbox, "debit") == 1


def test_a_platform_too_slow_to_say_the_amount_is_not_paid_yet(company, sandbox, impatient):
    command = driving.paying(company, sandbox, "taobao")
    fault(sandbox, "taobao_order.detail", "slow", "after", seconds=2.3, count=2)
    assert run(command) == CommandState.QUEUED
    command.refresh_from_db()
    assert command.message
    assert command.not_before > timezone.now()
    assert not command.attempts.exists()
    assert effects(sandbox, "debit") == 0
