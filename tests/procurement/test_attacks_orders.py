"""Attacks through what the platform says of orders: odd rows, cancellations that fail, money that
left by another way, floods of pushes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from approvals import services as approvals
from approvals.models import Approval
from desk import clock
from desk.models import Notice
from gateway.choices import CommandState
from gateway.models import RemoteCommand, SyncCursor
from gateway.services import undo
from procurement.choices import OrderState, PaymentState
from procurement.marketplaces.base import OrderSnapshot
from procurement.models import Payment, PurchaseOrder
from procurement.services import polling, pushes
from procurement.services.adopting import CANCELLED_WITHIN, adopt
from procurement.services.ending import cancel_order
from procurement.services.making import adopt_outside
from procurement.services.paying import release
from procurement.services.reading import read_order
from tests.gateway.driving import effects, paying, placing, run
from xport.client.pushes import Push
from xport.sandbox import wire_alibaba

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


def read_again(order: PurchaseOrder) -> None:
    PurchaseOrder.objects.filter(pk=order.pk).update(reread_at=None)
    polling.read_one(order.pk)
    order.refresh_from_db()


def placed(company: Any, sandbox: Any, marketplace: str) -> PurchaseOrder:
    assert run(placing(company, sandbox, marketplace)) == CommandState.DONE
    return PurchaseOrder.objects.get()


def told(person: Any, key: str) -> int:
    return Notice.objects.filter(person=person, key__startswith=key).count()


# --- odd rows -------------------------------------------------------------------------------------


def odd_of(snapshot: OrderSnapshot) -> OrderSnapshot:
    """Without line ids, and with words longer than any we have seen."""
    line = replace(snapshot.lines[0], remote_line_id="")
    return replace(
        snapshot,
        as_of=snapshot.as_of + timedelta(seconds=1),
        lines=(line, line),
        seller_name="厂" * 500,
        remote_status="x" * 500,
        tracking=(("运" * 500, "9" * 500),),
    )


def test_lines_without_ids_and_long_words_are_taken_in(company, sandbox):
    order = placed(company, sandbox, "1688")
    PurchaseOrder.objects.update(seller_name="")
    snapshot = odd_of(read_order(order=order))
    assert adopt(order=order, snapshot=snapshot)
    assert adopt(order=order, snapshot=odd_of(snapshot)) in (True, False)
    order.refresh_from_db()
    assert order.lines.count() == 2
    assert (len(order.remote_status), len(order.seller_name)) == (40, 120)
    parcel = order.parcels.get()
    assert (len(parcel.tracking_no), len(parcel.carrier)) == (40, 60)


def test_an_odd_order_from_outside_is_taken_in(company, sandbox):
    snapshot = read_order(order=placed(company, sandbox, "1688"))
    line = replace(snapshot.lines[0], title="杯" * 900, remote_line_id="")
    odd = replace(odd_of(snapshot), remote_id="77", lines=(line,))
    order = adopt_outside(sub_account=company.account, snapshot=odd)
    assert adopt(order=order, snapshot=odd)
    order.refresh_from_db()
    assert (len(order.seller_name), len(order.title), order.lines.count()) == (120, 300, 1)


def test_an_order_without_line_ids_is_still_paid(company, sandbox, monkeypatch):
    pay = paying(company, sandbox, "1688")
    real = wire_alibaba._product_item

    def without_ids(*given: Any) -> dict[str, Any]:
        row = real(*given)
        return {name: value for name, value in row.items() if not name.startswith("subItemID")}

    monkeypatch.setattr(wire_alibaba, "_product_item", without_ids)
    assert run(pay) == CommandState.DONE


def test_an_order_that_cannot_be_taken_in_stops_no_other(company, sandbox):
    """Pieces that no column holds; the other order of the list is adopted all the same."""
    first = placed(company, sandbox, "taobao")
    second = placing(company, sandbox, "taobao", token="t2")
    assert run(second) == CommandState.DONE
    other = PurchaseOrder.objects.exclude(pk=first.pk).get()
    polling.poll(sub_account=company.account, marketplace="taobao")
    position = SyncCursor.objects.get().position
    theirs = sandbox.control.order(first.remote_id)
    theirs.lines[0].quantity = 10**20
    theirs.touch(sandbox.engine.clock.now())
    sandbox.engine.orders.save(theirs)
    sandbox.control.order_verb(other.remote_id, "price", {"percent": 3})
    before = other.total
    assert polling.poll(sub_account=company.account, marketplace="taobao") == 1
    other.refresh_from_db()
    assert other.total > before
    cursor = SyncCursor.objects.get()
    assert first.remote_id in cursor.odd
    assert (cursor.position, cursor.locked_until) == (position, None)


# --- cancellations --------------------------------------------------------------------------------


def cancelling(company: Any, sandbox: Any) -> PurchaseOrder:
    """Taobao took the cancellation; its seller will refuse it."""
    order = placed(company, sandbox, "taobao")
    sandbox.engine.faults.add({"kind": "refuse_cancel"})
    command = cancel_order(order=order, by=company.ana, reason="Too many", token="c1")
    assert run(command) == CommandState.DONE
    sandbox.control.advance({"seconds": 600})
    read_again(order)
    assert order.state == OrderState.CANCELLING
    return order


def test_a_cancellation_that_the_platform_refuses_later_comes_back(company, sandbox):
    order = cancelling(company, sandbox)
    with clock.at(clock.now() + CANCELLED_WITHIN + timedelta(seconds=1)):
        read_again(order)
    assert order.state == OrderState.PLACED
    assert told(company.ana, "not-cancelled:") == 1
    assert told(company.frank, "not-cancelled:") == 1
    again = cancel_order(order=order, by=company.ana, reason="Still too many", token="c2")
    assert run(again) == CommandState.DONE
    sandbox.control.advance({"seconds": 600})
    read_again(order)
    assert order.state in (OrderState.CANCELLED, OrderState.CLOSED)


def refused_at_once(company: Any, sandbox: Any) -> PurchaseOrder:
    order = placed(company, sandbox, "1688")
    command = cancel_order(order=order, by=company.ana, reason="Too many", token="c1")
    sandbox.engine.faults.add(
        {"key": "alibaba_order.cancel", "kind": "error", "when": "before", "code": 40901}
    )
    assert run(command) == CommandState.REFUSED
    order.refresh_from_db()
    assert order.state == OrderState.PLACED
    return order


def test_a_cancellation_that_the_platform_refuses_at_once_is_told(company, sandbox):
    refused_at_once(company, sandbox)
    assert told(company.ana, "not-cancelled:") == 1
    assert told(company.frank, "not-cancelled:") == 1


def refused_later(company: Any, sandbox: Any) -> PurchaseOrder:
    order = cancelling(company, sandbox)
    with clock.at(clock.now() + CANCELLED_WITHIN + timedelta(seconds=1)):
        read_again(order)
    return order


@pytest.mark.parametrize("refused", [refused_at_once, refused_later])
def test_what_was_to_be_cancelled_is_not_paid_by_itself(company, sandbox, refused):
    order = refused(company, sandbox)
    sandbox.control.advance({"seconds": 120})
    read_again(order)
    assert not RemoteCommand.objects.filter(kind="pay").exists()
    payment = Payment.objects.get()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, False)
    release(payment=payment, by=company.frank)
    assert run(RemoteCommand.objects.get(kind="pay")) == CommandState.DONE


def test_a_cancellation_taken_back_holds_no_payment_and_tells_nobody(company, sandbox):
    order = placed(company, sandbox, "1688")
    command = cancel_order(order=order, by=company.ana, reason="Too many", token="c1")
    assert undo(command=command, by=company.ana, reason="taken back")
    order.refresh_from_db()
    assert order.state == OrderState.PLACED
    assert Payment.objects.get().released
    assert told(company.ana, "not-cancelled:") == 0


# --- money that left by another way ---------------------------------------------------------------


def pay_by_hand(sandbox: Any, order: PurchaseOrder) -> None:
    sandbox.control.order_verb(order.remote_id, "pay", {})
    sandbox.control.advance({"seconds": 60})
    read_again(order)


@pytest.mark.parametrize(
    "state",
    [PaymentState.ASKED, PaymentState.APPROVED, PaymentState.FAILED, PaymentState.REFUSED],
)
def test_money_that_left_by_another_way_settles_and_is_told(company, sandbox, state):
    pay = paying(company, sandbox, "1688")
    RemoteCommand.objects.filter(pk=pay.pk).update(state=CommandState.UNDONE)
    Payment.objects.update(state=state)
    order = PurchaseOrder.objects.get()
    pay_by_hand(sandbox, order)
    payment = Payment.objects.get()
    assert (payment.state, payment.paid) == (PaymentState.SETTLED, order.total)
    assert told(company.frank, "outside:") == 1
    assert effects(sandbox, "debit") == 1


def twin_of(order: PurchaseOrder, company: Any, *, state: OrderState, total: int) -> PurchaseOrder:
    """The other part of an order that the platform split."""
    return PurchaseOrder.objects.create(
        number="R-1/99",
        request=order.request,
        planned=order.planned,
        requester=company.ana,
        marketplace=order.marketplace,
        sub_account=company.account,
        remote_id="1",
        state=state,
        total=total,
    )


def test_money_that_left_without_a_payment_counts_in_the_sum(company, sandbox):
    pay = paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    twin_of(order, company, state=OrderState.PAID, total=order.planned.ceiling - 100)
    assert run(pay) == CommandState.STOPPED
    assert Payment.objects.get().state == PaymentState.ASKED
    assert effects(sandbox, "debit") == 0


def test_a_split_order_paid_above_its_ceiling_in_sum_is_told(company, sandbox):
    pay = paying(company, sandbox, "1688")
    RemoteCommand.objects.filter(pk=pay.pk).update(state=CommandState.UNDONE)
    order = PurchaseOrder.objects.get()
    twin_of(order, company, state=OrderState.PAID, total=order.planned.ceiling - 100)
    pay_by_hand(sandbox, order)
    assert order.total <= Payment.objects.get().ceiling
    assert told(company.frank, "overpaid:") == 1


def test_the_parts_of_a_split_order_within_their_ceiling_alarm_nobody(company, sandbox):
    pay = paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    room = order.planned.ceiling - order.total
    twin_of(order, company, state=OrderState.PAID, total=room)
    assert run(pay) == CommandState.DONE
    sandbox.control.advance({"seconds": 60})
    read_again(order)
    assert Payment.objects.get().state == PaymentState.SETTLED
    assert told(company.frank, "overpaid:") == 0


# --- questions about what is over -----------------------------------------------------------------


def asked_about(company: Any, sandbox: Any) -> PurchaseOrder:
    """An order whose price rose before it was paid; Maria is asked."""
    pay = paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 6})
    assert run(pay) == CommandState.STOPPED
    assert Payment.objects.get().state == PaymentState.ASKED
    return order


def test_a_question_about_a_payment_whose_order_closed_is_withdrawn(company, sandbox):
    order = asked_about(company, sandbox)
    sandbox.control.order_verb(order.remote_id, "close", {})
    read_again(order)
    assert Payment.objects.get().state == PaymentState.FAILED
    question = Approval.objects.get(subject__startswith="payment:")
    assert question.state == "withdrawn"
    for decide in (approvals.refuse, approvals.approve):
        with pytest.raises(approvals.TooLate):
            decide(approval=question, by=company.maria, seen=question.fingerprint, note="No.")


def test_a_question_about_a_payment_that_was_made_outside_is_withdrawn(company, sandbox):
    order = asked_about(company, sandbox)
    pay_by_hand(sandbox, order)
    assert Payment.objects.get().state == PaymentState.SETTLED
    assert Approval.objects.get(subject__startswith="payment:").state == "withdrawn"
    assert told(company.frank, "outside:") == 1


# --- floods ---------------------------------------------------------------------------------------


def push(order: PurchaseOrder) -> str:
    refs = (order.remote_id,)
    return pushes.handle(Push(order.marketplace, "ORDER", "order", refs, None, None, {}))


def test_pushes_about_an_order_just_read_wait_a_moment_and_lose_nothing(company, sandbox):
    order = placed(company, sandbox, "1688")
    read_again(order)
    before = order.total
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 5})
    for _push in range(5):
        assert order.number in push(order)
    order.refresh_from_db()
    assert order.total == before
    assert order.reread_at == order.as_of + pushes.READ_AT_MOST_EVERY
    assert polling.reread_due(order.reread_at) == 1
    polling.read_one(order.pk)
    order.refresh_from_db()
    assert order.total > before


@pytest.mark.parametrize("minutes", [-5, 20])
def test_a_push_about_an_order_read_long_ago_or_by_a_wrong_clock_is_read_now(
    company, sandbox, minutes
):
    order = placed(company, sandbox, "1688")
    read_again(order)
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 5})
    PurchaseOrder.objects.update(as_of=clock.now() + timedelta(minutes=minutes))
    due = clock.now()
    push(order)
    order.refresh_from_db()
    assert order.reread_at is None or order.reread_at < due + timedelta(seconds=90)
