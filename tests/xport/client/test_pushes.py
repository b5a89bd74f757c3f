"""Pushed messages of both flavours become the same small hint; nonsense becomes one error."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xport.client import BadPush
from xport.client.pushes import MAX_PUSH_BYTES, Push, parse_push

KA = {
    "orderId": "3305075341149134260",
    "orderNo": "PO202605200001",
    "orderStatus": "WAITING_FOR_SENT",
    "payStatus": 2,
    "totalAmount": 10000,
    "tbCreateTime": "2026-05-20 15:40:00",
}


def push(kind: Any, body: Any, platform: Any = 1, **more: Any) -> Push:
    message = {
        "messageType": kind,
        "messageBody": body,
        "messagePlatform": platform,
        "timestamp": "1779263269913",
    }
    return parse_push(json.dumps(message | more).encode())


@pytest.mark.parametrize("body", [KA, json.dumps(KA)])
def test_a_key_account_message_names_its_order(body: Any) -> None:
    hint = push("ORDER_PAY_SUCCESS", body)

    assert (hint.platform, hint.type, hint.kind) == ("1688", "ORDER_PAY_SUCCESS", "status")
    assert hint.order_refs == ("3305075341149134260", "PO202605200001")
    assert hint.sent_at == datetime(2026, 5, 20, 7, 47, 49, 913000, tzinfo=UTC)
    assert hint.raw["messageBody"] == KA


def test_a_taobao_price_message_names_the_order_in_head_and_lines() -> None:
    body = {
        "salesOrderId": "2542285634920880794",
        "subOrders": [
            {
                "sub_purchase_order_id": 200049919064,
                "purchase_order_outer_id": "2542285634920880794",
                "purchase_order_line_outer_id": "2542285634920880795",
            }
        ],
        "purchaseOrderPriceDTO": {"purchaseTotalFee": 2700},
    }

    hint = push("TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", body, 0)

    assert (hint.platform, hint.kind) == ("taobao", "price")
    assert hint.type == "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"
    assert hint.order_refs == ("2542285634920880794",)


def test_a_taobao_status_message_gives_every_id_once() -> None:
    body = {
        "salesOrderId": "2542285634920880794",
        "purchaseId": 200002638011,
        "outerPurchaseId": "PO-2026-000123",
        "status": "WAIT_SELLER_SEND_GOODS",
    }

    hint = push("TAOBAO_ORDER_BUYER_VIEW_ORDER_STATUS_MODIFY", body, 0)

    assert hint.kind == "status"
    assert hint.order_refs == ("2542285634920880794", "200002638011", "PO-2026-000123")


def test_a_standard_1688_message_names_its_head() -> None:
    body = {
        "baseInfo": {"id": 167539019420540000, "idOfStr": "167539019420540000", "discount": -200},
        "productItems": [{"subItemID": 167539019420540001, "productID": 548818919805}],
    }

    hint = push("1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", body, "1")

    assert (hint.platform, hint.kind) == ("1688", "price")
    assert hint.order_refs == ("167539019420540000",)


@pytest.mark.parametrize(
    ("kind", "platform"),
    [
        ("ORDER_BUYER_VIEW_ORDER_BUYER_REFUND", 1),
        ("1688_ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES", 1),
        ("TAOBAO_ORDER_BUYER_VIEW_ORDER_REFUND_AFTER_SALES", 0),
        ("SOMETHING_NEW", 0),
    ],
)
def test_a_refund_message_names_order_and_refund(kind: str, platform: int) -> None:
    hint = push(kind, {"refundId": "TQ1", "purchaseOrderId": "200049919063"}, platform)

    assert (hint.kind, hint.refund_ref) == ("refund", "TQ1")
    assert hint.order_refs == ("200049919063",)


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("ORDER_CREATE", KA, "status"),
        ("ORDER_CANCEL", KA, "status"),
        ("1688_ORDER_BUYER_VIEW_PART_PART_SENDGOODS", KA, "status"),
        ("ORDER_BATCH_PAY", {"batch": 1}, "unknown"),
        ("NEWS", {"status": "x"}, "status"),
        ("NEWS", {"weather": "fine"}, "unknown"),
    ],
)
def test_the_kind_is_told_by_name_and_else_by_content(kind: str, body: Any, expected: str) -> None:
    assert push(kind, body).kind == expected


def test_the_prefix_names_the_marketplace_where_the_number_is_missing() -> None:
    assert push("TAOBAO_ORDER_X", {"orderId": 1}, None).platform == "taobao"
    assert push("1688_ORDER_X", {"orderId": 1}, 7).platform == "1688"


@pytest.mark.parametrize("body", [b"", b"  ", b"{}", b'{"messageType": "", "messageBody": null}'])
def test_an_empty_message_is_the_verify_button(body: bytes) -> None:
    assert parse_push(body).kind == "verify"


@pytest.mark.parametrize(
    "body",
    [
        b"<xml/>",
        b"[]",
        b"3",
        b"\xff\xfe",
        b'{"messageType": "A", "messagePlatform": 9, "messageBody": {}}',
        b'{"messageType": {}, "messagePlatform": 1, "messageBody": {"orderId": 1}}',
        b'{"messageType": "A", "messagePlatform": 1, "messageBody": "{"}',
        b'{"messageType": "A", "messagePlatform": 1, "messageBody": [1]}',
        b'{"messageType": "A", "messagePlatform": 1, "messageBody": "[1]"}',
        b"[" * 10_000,
        b'{"a": "' + b"x" * MAX_PUSH_BYTES + b'"}',
    ],
)
def test_nonsense_is_one_clear_error(body: bytes) -> None:
    with pytest.raises(BadPush):
        parse_push(body)


def test_odd_parts_of_a_message_are_left_out_of_the_hint() -> None:
    body = {"orderId": {"x": 1}, "subOrders": [1, None, {"purchaseOrderId": "9" * 65}]}

    hint = push("ORDER_CREATE", body, timestamp="soon")

    assert hint.order_refs == ()
    assert hint.sent_at is None


def test_a_flood_of_ids_is_cut_off() -> None:
    lines = [{"purchaseOrderId": number} for number in range(500)]

    assert len(push("ORDER_CREATE", {"subOrders": lines}).order_refs) == 50


def test_a_hint_prints_no_content() -> None:
    hint = push("ORDER_CREATE", {"orderId": 1, "receiver": {"mobile": "13800000000"}})

    assert "13800000000" not in repr(hint)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["orderId", "baseInfo", "subOrders", "refundId", "status", "x"]), inner
        )
    ),
    max_leaves=8,
)


@given(values, values, values, values)
def test_any_message_is_a_hint_or_a_clear_error(
    kind: Any, body: Any, platform: Any, sent: Any
) -> None:
    try:
        hint = push(kind, body, platform, timestamp=sent)
    except BadPush:
        return
    assert all(isinstance(ref, str) and ref for ref in hint.order_refs)
