"""Taobao's port against the sandbox over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from procurement.choices import OrderState
from procurement.marketplaces import taobao as module
from procurement.marketplaces.base import (
    Line,
    NotOffered,
    OrderNotThere,
    OrderRef,
    PayAnswer,
    PayStep,
)
from xport.client import Answer, Done, Refused, Unknown, Unreadable
from xport.client.codec import Codec
from xport.client.endpoints import taobao_order as api

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)


def shown(**fields):
    """An order as the port reads it from one row of the list."""
    row = {"purchaseId": 200049919063, "purchaseAmount": 2900, "status": 0} | fields
    return module._order(Codec().decode(api.Purchase, row), Answer(None, AS_OF, "r1"))


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state", "step"),
    [
        (12, OrderState.PLACED, ""),
        (0, OrderState.PLACED, ""),
        (1, OrderState.PLACED, "submitted"),
        (2, OrderState.PLACED, "finance"),
        (5, OrderState.PLACED, "finance"),
        (3, OrderState.PLACED, "refused"),
        (10, OrderState.PAID, ""),
        (11, OrderState.SHIPPED, ""),
        (4, OrderState.CANCELLED, ""),
    ],
)
def test_each_documented_code_has_a_state(word, state, step):
    order = shown(status=word)

    assert (order.state, order.pay_step, order.word_known) == (state, step, True)
    assert order.remote_status == str(word)


def test_nine_says_nothing_and_is_no_error():
    order = shown(status=9)

    assert (order.state, order.word_known, order.remote_status) == (None, True, "9")


def test_a_word_outside_the_contract_is_kept_and_flagged():
    order = shown(status="SOMETHING_NEW")

    assert (order.state, order.word_known, order.remote_status) == (None, False, "SOMETHING_NEW")


def test_a_closed_order_that_was_paid_is_closed_not_cancelled():
    assert shown(status=4, payTime="1772000000000").state == OrderState.CLOSED


def test_shipped_is_partly_shipped_while_a_line_waits():
    lines = [
        {"subPurchaseOrderId": 1, "status": 11, "quantity": 1},
        {"subPurchaseOrderId": 2, "status": 10, "quantity": 1},
    ]

    assert shown(status=11, subOrders=lines).state == OrderState.PARTLY_SHIPPED
    lines[1]["status"] = 4
    assert shown(status=11, subOrders=lines).state == OrderState.SHIPPED


def test_shipped_stays_shipped_where_the_list_leaves_the_parcels_out():
    lines = [{"subPurchaseOrderId": 1, "quantity": 1}, {"subPurchaseOrderId": 2, "quantity": 1}]

    assert shown(status=11, subOrders=lines).state == OrderState.SHIPPED


@given(
    st.one_of(st.text(min_size=1).filter(str.strip), st.integers(-(10**6), 10**6)), st.booleans()
)
def test_no_status_word_ever_raises(word, paid):
    order = shown(status=word, payTime=1772000000000 if paid else None)

    assert order.remote_status
    assert order.word_known or order.state is None


def test_an_order_without_any_sum_is_unreadable_not_free():
    with pytest.raises(Unreadable) as caught:
        shown(purchaseAmount=None)

    assert (caught.value.field, caught.value.request_id) == ("purchaseAmount", "r1")


# -- quote and place ------------------------------------------------------------------------------


def test_a_quote_adds_freight_to_what_the_goods_cost(taobao, taobao_lines):
    lines = taobao_lines(count=2)

    quote = taobao.quote(lines)

    assert quote.total == quote.goods + quote.freight
    assert [line.unit_price for line in quote.lines] == [line.unit_price for line in lines]
    assert not quote.unavailable
    assert quote.refused == ""


def test_a_quote_names_lines_that_cannot_be_bought(taobao, taobao_lines):
    good = taobao_lines()[0]
    lines = [good, Line(good.order_item_id, "999", 1, Money(1, "CNY"))]

    quote = taobao.quote(lines)

    assert [line.order_sku_id for line in quote.unavailable] == ["999"]
    assert quote.unavailable[0].reason
    assert quote.refused == ""
    assert taobao.quote(lines[1:]).refused


def test_the_same_outer_id_again_makes_no_second_order(taobao, taobao_lines):
    lines = taobao_lines()

    first = taobao.place(lines, outer_id="R-1042")
    again = taobao.place(lines, outer_id="R-1042")

    assert first.value.remote_ids == again.value.remote_ids
    assert len(taobao.effects("order_created")) == 1


def test_a_placed_order_is_found_by_our_id_and_reads_in_our_words(taobao, taobao_lines):
    lines = taobao_lines(quantity=3)
    ref = taobao.made(lines, outer_id="R-7")
    taobao.made(lines, outer_id="R-8")

    page = taobao.list(outer_id="R-7")

    (order,) = page.orders
    assert (page.total, page.has_more) == (1, False)
    assert (order.remote_id, order.outer_id) == (ref.remote_id, "R-7")
    assert (order.state, order.word_known, order.paid) == (OrderState.PLACED, True, None)
    assert order.goods == lines[0].unit_price * 3
    assert order.total == order.goods + order.freight
    assert len(order.order_no) == 19
    assert order.closes_at > order.placed_at
    assert [(line.item_id, line.sku_id, line.quantity) for line in order.lines] == [lines[0].key]


def test_a_price_that_rose_is_refused_and_nothing_is_made(taobao, taobao_lines):
    line = taobao_lines()[0]
    cheap = Line(line.order_item_id, line.order_sku_id, 2, line.unit_price - Money("0.01", "CNY"))

    outcome = taobao.place([cheap])

    assert isinstance(outcome, Refused)
    assert outcome.sentence
    assert taobao.effects("order_created") == []


def test_one_create_may_become_several_orders(taobao, taobao_lines):
    taobao.sandbox.engine.faults.add({"kind": "split_create"})

    outcome = taobao.place(taobao_lines(count=2))

    assert len(outcome.value.remote_ids) == 2
    assert outcome.value.left_out == ()


def test_a_line_that_was_left_out_is_reported(taobao, taobao_lines):
    taobao.sandbox.engine.faults.add({"kind": "drop_line"})
    lines = taobao_lines(count=2)

    outcome = taobao.place(lines)

    assert len(outcome.value.remote_ids) == 1
    assert [row[:2] for row in outcome.value.left_out] == [
        (lines[1].order_item_id, lines[1].order_sku_id)
    ]


def test_an_answer_lost_after_the_effect_is_unknown(taobao, taobao_lines):
    lines = taobao_lines()
    taobao.sandbox.engine.faults.add(
        {"kind": "cut", "when": "after", "key": "taobao_order.purchase_create_v2", "count": 1}
    )

    outcome = taobao.place(lines, outer_id="R-9")

    assert isinstance(outcome, Unknown)
    assert len(taobao.list(outer_id="R-9").orders) == 1


# -- list and read --------------------------------------------------------------------------------


def test_the_list_pages_by_rows_and_total(taobao, taobao_lines):
    lines = taobao_lines()
    refs = [taobao.made(lines) for _ in range(3)]

    first, second = taobao.list(size=2), taobao.list(size=2, page=2)

    assert (first.has_more, second.has_more, first.total) == (True, False, 3)
    seen = [order.remote_id for order in first.orders + second.orders]
    assert sorted(seen) == sorted(ref.remote_id for ref in refs)


def test_a_window_of_changes_leaves_older_orders_out(taobao, taobao_lines):
    old = taobao.made(taobao_lines())
    taobao.later(minutes=30)
    new = taobao.made(taobao_lines())
    since = taobao.read(new).placed_at - timedelta(minutes=1)

    assert [o.remote_id for o in taobao.list(changed_from=since).orders] == [new.remote_id]
    assert [o.remote_id for o in taobao.list(created_from=since).orders] == [new.remote_id]
    taobao.cancel(old)
    taobao.later(minutes=2)
    changed = {o.remote_id for o in taobao.list(changed_from=since).orders}
    assert changed == {old.remote_id, new.remote_id}
    assert [o.remote_id for o in taobao.list(created_from=since).orders] == [new.remote_id]


def test_an_order_is_read_by_detail_and_by_list_alike(taobao, taobao_lines):
    ref = taobao.made(taobao_lines())
    by_list = taobao.read(ref)

    by_detail = taobao.read(taobao.full_ref(ref))

    assert by_detail.remote_id == by_list.remote_id
    assert (by_detail.total, by_detail.lines) == (by_list.total, by_list.lines)
    assert by_detail.as_of >= by_list.as_of


@pytest.mark.parametrize(
    "fault", [{"kind": "unreadable"}, {"kind": "error", "code": 40401, "message": "不存在"}]
)
def test_the_list_helps_out_where_the_guessed_detail_fails(taobao, taobao_lines, fault):
    ref = taobao.full_ref(taobao.made(taobao_lines()))
    taobao.sandbox.engine.faults.add(fault | {"key": "taobao_order.detail"})

    assert taobao.read(ref).remote_id == ref.remote_id


def test_an_order_that_is_not_there_says_so(taobao):
    with pytest.raises(OrderNotThere) as caught:
        taobao.read(OrderRef("200049900001", order_no="1024285237000000001"))

    assert caught.value.sentence


# -- pay, cancel, confirm, parcels ----------------------------------------------------------------


def test_a_payment_is_accepted_and_reads_as_paid_after_finance(taobao, taobao_lines):
    ref = taobao.made(taobao_lines())

    outcome = taobao.pay(ref, "balance")

    assert outcome.value == PayAnswer(PayStep.ACCEPTED)
    assert taobao.read(ref).state == OrderState.PLACED
    taobao.later(minutes=10)
    order = taobao.read(ref)
    assert (order.state, order.paid) == (OrderState.PAID, order.total)
    assert order.paid_at is not None


def test_a_balance_too_low_is_refused_in_the_platforms_words(taobao, taobao_lines):
    ref = taobao.made(taobao_lines())
    taobao.sandbox.control.save_user({"user_id": "2100000000001", "balance": 1})

    outcome = taobao.pay(ref, "balance")

    assert isinstance(outcome, Refused)
    assert (outcome.code, bool(outcome.message)) == ("BALANCE_NOT_ENOUGH", True)
    assert taobao.effects("debit") == []


def test_another_way_to_pay_is_not_offered(taobao):
    with pytest.raises(NotOffered):
        taobao.pay(OrderRef("1"), "agreement")


def test_cancelling_begins_and_ends_by_reading(taobao, taobao_lines):
    ref = taobao.made(taobao_lines())

    outcome = taobao.cancel(ref)

    assert isinstance(outcome, Done)
    taobao.later(minutes=5)
    assert taobao.read(ref).state == OrderState.CANCELLED


def test_receipt_cannot_be_confirmed(taobao):
    assert taobao.port.can_confirm_receipt is False
    with pytest.raises(NotOffered):
        taobao.confirm(OrderRef("1"))


def test_a_parcel_of_two_lines_is_told_once_with_both(taobao, taobao_lines):
    ref = taobao.paid(taobao_lines(count=2))
    taobao.do(ref, "ship")

    parcels = taobao.parcels(ref)

    numbers = [parcel.tracking_no for parcel in parcels]
    assert len(set(numbers)) == len(numbers)
    assert {line for parcel in parcels for line in parcel.remote_line_ids} == set(ref.line_ids)
    assert all(parcel.carrier for parcel in parcels)


def test_parcels_are_found_without_known_lines_and_arrive(taobao, taobao_lines):
    ref = OrderRef(taobao.paid(taobao_lines()).remote_id)
    taobao.do(ref, "ship")
    taobao.later(hours=1)
    taobao.do(ref, "deliver")

    (parcel,) = taobao.parcels(ref)

    assert parcel.state == "delivered"
    moments = [scan.at for scan in parcel.scans]
    assert moments == sorted(moments)
    assert moments[-1].utcoffset() == timedelta(0)
    assert taobao.read(ref).tracking == ((parcel.carrier, parcel.tracking_no),)


def test_no_parcel_before_the_seller_ships(taobao, taobao_lines):
    assert taobao.parcels(taobao.made(taobao_lines())) == []
