"""1688's port against the sandbox over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from procurement.choices import OrderState
from procurement.marketplaces import ali1688 as module
from procurement.marketplaces import port
from procurement.marketplaces.ali1688_answers import paid_or_linked, read_placed, submitted
from procurement.marketplaces.base import (
    Line,
    NotOffered,
    OrderNotThere,
    OrderRef,
    PayAnswer,
    PayStep,
)
from tests.procurement.marketplaces.conftest import Desk
from xport.client import Answer, Done, NotSent, Refused, Unknown, Unreadable
from xport.client.codec import Codec
from xport.client.endpoints import alibaba_order as api
from xport.client.endpoints.alibaba_trade import Trade

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
CASHIER_USER = "2100000000004"


def shown(lines=(), **base):
    """An order as the port reads it from one trade."""
    head = {"idOfStr": "2059624776425880794", "totalAmount": "25.5", "shippingFee": "6"} | base
    trade = Codec().decode(Trade, {"baseInfo": head, "productItems": list(lines)})
    return module._order(trade, Answer(None, AS_OF, "r1"))


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("waitbuyerpay", OrderState.PLACED),
        ("waitsellersend", OrderState.PAID),
        ("waitbuyerreceive", OrderState.SHIPPED),
        ("confirm_goods", OrderState.COMPLETED),
        ("success", OrderState.COMPLETED),
        ("cancel", OrderState.CANCELLED),
        ("terminated", OrderState.CLOSED),
        ("waitlogisticstakein", None),
        ("signinfailed", None),
    ],
)
def test_each_known_word_has_its_meaning(word, state):
    order = shown(status=word)

    assert (order.state, order.word_known, order.remote_status) == (state, True, word)


@given(st.one_of(st.none(), st.text(), st.integers()))
def test_no_status_word_ever_raises(word):
    order = shown(status=word)

    assert order.word_known or order.state is None


def test_a_word_outside_the_contract_is_kept_and_flagged():
    order = shown(status="waitmoonphase")

    assert (order.state, order.word_known, order.remote_status) == (None, False, "waitmoonphase")


@pytest.mark.parametrize("status", [2, 3, 5])
def test_paid_is_partly_shipped_once_a_line_has_left(status):
    lines = [{"subItemID": 1, "logisticsStatus": status}, {"subItemID": 2, "logisticsStatus": 1}]

    assert shown(lines, status="waitsellersend").state == OrderState.PARTLY_SHIPPED


def test_an_order_without_any_sum_is_unreadable_not_free():
    with pytest.raises(Unreadable):
        shown(status="waitbuyerpay", totalAmount=None)


# -- quote and place ------------------------------------------------------------------------------


def test_a_quote_settles_fen_and_yuan_of_one_answer(ali, ali_lines):
    lines = ali_lines(count=2)

    quote = ali.quote(lines)

    priced = zip(quote.lines, lines, strict=True)
    assert quote.goods == sum(
        (row.unit_price * line.quantity for row, line in priced), Money(0, "CNY")
    )
    assert quote.total == quote.goods + quote.freight
    assert quote.trade_types == ("assureTrade",)
    assert (quote.unavailable, quote.refused) == ((), "")


def test_a_quote_of_an_unknown_variant_is_refused_with_the_reason(ali, ali_lines):
    line = ali_lines()[0]

    quote = ali.quote([Line(line.order_item_id, "0" * 32, line.quantity, line.unit_price)])

    assert quote.refused
    assert [row.reason for row in quote.unavailable] == [quote.refused]


def test_the_same_create_twice_makes_two_orders(ali, ali_lines):
    lines = ali_lines()

    first = ali.place(lines, outer_id="R-1042", trade_type="assureTrade")
    again = ali.place(lines, outer_id="R-1042")

    assert first.value.remote_ids != again.value.remote_ids
    assert len(ali.effects("order_created")) == 2


def test_a_placed_order_reads_in_our_words(ali, ali_lines):
    lines = ali_lines()
    ref = ali.made(lines)
    quote = ali.quote(lines)

    order = ali.read(ref)

    assert (order.state, order.word_known) == (OrderState.PLACED, True)
    assert (order.total, order.goods, order.freight) == (quote.total, quote.goods, quote.freight)
    assert (order.order_no, order.outer_id, order.paid) == (ref.remote_id, "", None)
    assert [(line.item_id, line.sku_id, line.quantity) for line in order.lines] == [lines[0].key]
    assert order.lines[0].amount == order.goods
    assert order.seller_name
    assert order.seller_id.startswith("b2b-")


def test_a_quantity_below_the_minimum_is_refused(ali, ali_lines):
    line = ali_lines()[0]

    outcome = ali.place([Line(line.order_item_id, line.order_sku_id, 10**8, line.unit_price)])

    assert isinstance(outcome, Refused)
    assert outcome.code in api.CREATE_REFUSALS
    assert ali.effects("order_created") == []


def test_one_create_may_become_several_orders(ali, ali_lines):
    ali.sandbox.engine.faults.add({"kind": "split_create"})

    assert len(ali.place(ali_lines(count=2)).value.remote_ids) == 2


def test_a_line_that_was_left_out_is_reported_with_its_reason(ali, ali_lines):
    ali.sandbox.engine.faults.add({"kind": "drop_line"})
    lines = ali_lines(count=2)

    (left_out,) = ali.place(lines).value.left_out

    assert left_out[:2] == (lines[1].order_item_id, lines[1].order_sku_id)
    assert left_out[2]


def test_a_create_answered_with_full_trades_is_read_too():
    item = {"productID": 7, "specId": "aa", "quantity": 1}
    rows = [{"baseInfo": {"idOfStr": "2059624776425880794"}, "productItems": [item]}]
    answer = Codec().decode(api.CreateResult, api.CREATE.shape(rows))
    lines = [Line("7", "aa", 1, Money(1, "CNY")), Line("7", "bb", 1, Money(1, "CNY"))]

    placed = read_placed(lines, answer)

    assert placed.remote_ids == ("2059624776425880794",)
    assert placed.left_out == (("7", "bb", ""),)


def test_an_answer_lost_after_the_effect_is_unknown(ali, ali_lines):
    lines = ali_lines()
    ali.sandbox.engine.faults.add(
        {"kind": "cut", "when": "after", "key": "alibaba_order.create", "count": 1}
    )

    assert isinstance(ali.place(lines), Unknown)
    assert ali.list().total == 1


def test_nothing_is_sent_after_its_time(ali, ali_lines):
    past = datetime.now(UTC) - timedelta(seconds=1)

    outcome = ali.port.place(
        ali.client,
        ali_lines(),
        Desk.address,
        outer_id="R-1",
        options={},
        send_by=past,
        deadline=5,
    )

    assert isinstance(outcome, NotSent)
    assert ali.effects("order_created") == []


# -- list and read --------------------------------------------------------------------------------


def test_the_list_pages_by_rows_and_not_by_total_page(ali, ali_lines):
    lines = ali_lines()
    refs = [ali.made(lines) for _ in range(4)]

    pages = [ali.list(size=2, page=number) for number in (1, 2)]

    # The platform's totalPage says 3 here.
    assert [page.has_more for page in pages] == [True, False]
    seen = [order.remote_id for page in pages for order in page.orders]
    assert sorted(seen) == sorted(ref.remote_id for ref in refs)


def test_windows_of_change_and_creation_filter(ali, ali_lines):
    lines = ali_lines()
    old = ali.made(lines)
    ali.later(minutes=30)
    new = ali.made(lines)
    since = ali.read(new).placed_at - timedelta(minutes=1)

    assert [o.remote_id for o in ali.list(created_from=since).orders] == [new.remote_id]
    ali.cancel(old)
    assert ali.list(changed_from=since).total == 2


def test_looking_for_an_id_of_ours_is_not_offered(ali):
    with pytest.raises(NotOffered):
        ali.list(outer_id="R-1")


def test_the_list_helps_out_where_the_sibling_detail_fails(ali, ali_lines):
    ref = ali.made(ali_lines())
    ali.sandbox.engine.faults.add({"kind": "unreadable", "key": "alibaba_order.detail"})

    assert ali.read(ref).remote_id == ref.remote_id


def test_an_order_that_is_not_there_says_so(ali):
    with pytest.raises(OrderNotThere):
        ali.read(OrderRef("2059624776425880794"))


# -- pay, cancel, confirm, parcels ----------------------------------------------------------------


def test_the_agreement_debits_at_once(ali, ali_lines):
    ref = ali.made(ali_lines())

    outcome = ali.pay(ref, "agreement")

    assert outcome.value == PayAnswer(PayStep.PAID)
    ali.later(seconds=5)  # its own list lags behind the debit
    order = ali.read(ref)
    assert (order.state, order.paid) == (OrderState.PAID, order.total)
    assert len(ali.effects("debit")) == 1


def test_without_an_agreement_a_person_gets_a_link_that_no_log_shows(
    xport_client, sandbox, ali_lines
):
    desk = Desk(port("1688"), xport_client.as_user(CASHIER_USER), sandbox)
    ref = desk.made(ali_lines())

    outcome = desk.pay(ref, "agreement")

    assert outcome.value.step == PayStep.OUTSIDE
    assert "/cashier/" in outcome.value.link
    assert outcome.value.link not in repr(outcome)
    assert desk.effects("debit") == []


def test_a_link_that_is_no_web_address_is_not_given_to_anyone():
    answer = api.PayResult(pay_url="javascript:alert(1)")

    assert paid_or_linked(answer) == PayAnswer(PayStep.OUTSIDE, link="")


def test_paying_again_is_refused(ali, ali_lines):
    ref = ali.paid(ali_lines())

    assert isinstance(ali.pay(ref, "agreement"), Refused)
    assert len(ali.effects("debit")) == 1


def test_bulk_payment_is_accepted_and_settles_later(ali, ali_lines):
    ref = ali.made(ali_lines())

    outcome = ali.pay(ref, "bulk")

    assert outcome.value == PayAnswer(PayStep.ACCEPTED)
    ali.later(minutes=10)
    assert ali.read(ref).state == OrderState.PAID


@pytest.mark.parametrize(
    ("data", "step"),
    [
        (True, PayStep.ACCEPTED),
        ("已提交", PayStep.ACCEPTED),
        ({"protocolPaySuccess": True}, PayStep.ACCEPTED),
        ({"payUrl": "https://trade.1688.com/cashier"}, PayStep.OUTSIDE),
    ],
)
def test_every_shape_of_the_bulk_answer_is_read(data, step):
    answer = Codec().decode(api.PayBatchResult, api.PAY_BATCH.shape(data))

    assert submitted(answer).step == step


def test_cancelling_is_done_at_once_and_only_before_payment(ali, ali_lines):
    lines = ali_lines()
    unpaid, paid = ali.made(lines), ali.paid(lines)

    assert isinstance(ali.cancel(unpaid), Done)
    assert ali.read(unpaid).state == OrderState.CANCELLED
    assert isinstance(ali.cancel(paid), Refused)


def test_confirming_completes_a_shipped_order_only(ali, ali_lines):
    ref = ali.paid(ali_lines())

    assert isinstance(ali.confirm(ref), Refused)
    ali.do(ref, "ship")
    assert isinstance(ali.confirm(ref), Done)
    assert ali.read(ref).state == OrderState.COMPLETED


def test_part_of_an_order_ships_first(ali, ali_lines):
    ref = ali.paid(ali_lines(count=2))

    ali.do(ref, "ship-part")

    assert ali.read(ref).state == OrderState.PARTLY_SHIPPED
    assert len(ali.parcels(ref)) == 1


def test_parcels_have_carrier_lines_and_sorted_scans(ali, ali_lines):
    ref = ali.paid(ali_lines())
    ali.do(ref, "ship")
    ali.later(hours=1)
    ali.do(ref, "deliver")

    parcels = ali.parcels(ref)

    assert [parcel.state for parcel in parcels] == ["delivered"] * len(parcels)
    assert {line for parcel in parcels for line in parcel.remote_line_ids} == set(ref.line_ids)
    for parcel in parcels:
        moments = [scan.at for scan in parcel.scans]
        assert parcel.carrier
        assert moments == sorted(moments)
        assert len(set(parcel.scans)) == len(parcel.scans)


def test_parcels_come_without_carrier_where_the_detail_fails(ali, ali_lines):
    ref = ali.paid(ali_lines())
    ali.do(ref, "ship")
    ali.sandbox.engine.faults.add({"kind": "unreadable", "key": "alibaba_order.detail"})

    parcels = ali.parcels(ref)

    assert parcels
    assert {parcel.carrier for parcel in parcels} == {""}


def test_no_parcel_before_the_seller_ships(ali, ali_lines):
    assert ali.parcels(ali.made(ali_lines())) == []
