"""How each write's answer is judged: done, refused or unknown, whatever the flags pretend."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moneyed import Money

from xport.client import Done, Overrides, ReadFailed, Refused, Unknown
from xport.client.codec import specs
from xport.client.endpoint import BEFORE_EFFECT, Endpoint
from xport.client.endpoints import ENDPOINTS, alibaba_order, basics, taobao_order
from xport.client.envelope import Envelope
from xport.client.errors import SENTENCES
from xport.client.reply import Reader, Reply

ORDER = "2059624776425880794"
ADDRESS = alibaba_order.AddressParam("测试", "13800000000", "浙江省", "杭州市", "测试路1号")
CREATE = alibaba_order.CreateRequest(ADDRESS, (alibaba_order.CargoParam("1", "a", 2),))
CREATE_V2 = taobao_order.CreateV2Request("R-1", Money(1, "CNY"), (), taobao_order.Receiver())
PAY = taobao_order.PayRequest(("200049919063",))
PAY_TWO = taobao_order.PayRequest(("200049919063", "200049919070"))


def judged(
    endpoint: Endpoint[Any, Any], request: Any, data: Any, overrides: Overrides | None = None
) -> Any:
    envelope = Envelope("200", "成功", "r", data)
    reply = Reply(datetime.now(UTC), 200, envelope, {}, None, 0.0)
    return Reader(overrides or Overrides()).outcome(endpoint, request, reply)


TRADE = {"baseInfo": {"id": int(ORDER), "idOfStr": ORDER, "status": "waitbuyerpay"}}


@pytest.mark.parametrize(
    ("data", "order_ids"),
    [
        ({"orderId": ORDER, "success": True}, (ORDER,)),
        ({"orderId": int(ORDER), "success": False, "code": "STOCK_NOT_ENOUGH"}, (ORDER,)),
        ({"orderId": None, "success": "false", "orderList": [{"orderId": "7"}]}, ("7",)),
        ({"orderId": "7", "orderList": [{"orderId": "7"}, {"orderId": "8"}]}, ("7", "8")),
        ([TRADE], (ORDER,)),
        (TRADE, (ORDER,)),
        ([TRADE, {"baseInfo": {"idOfStr": "8"}}], (ORDER, "8")),
    ],
)
def test_a_1688_order_named_in_the_answer_exists(data: Any, order_ids: tuple[str, ...]) -> None:
    outcome = judged(alibaba_order.CREATE, CREATE, data)

    assert isinstance(outcome, Done)
    assert outcome.value.order_ids == order_ids


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"success": False, "code": "STOCK_NOT_ENOUGH", "message": "库存不足"}, Refused),
        (
            {"success": False, "failedOfferList": [{"offerId": 1, "errorCode": "SKU_NOT_FOUND"}]},
            Refused,
        ),
        ({"success": False, "code": "SYSTEM_BUSY"}, Unknown),
        ({"success": False}, Unknown),
        ({"success": False, "orderId": "0", "code": "STOCK_NOT_ENOUGH"}, Refused),
        ({"success": True}, Unknown),
        ({}, Unknown),
        ([], Unknown),
        (None, Unknown),
        ("好", Unknown),
    ],
)
def test_a_1688_order_not_named_is_refused_only_with_a_known_code(data: Any, kind: type) -> None:
    assert isinstance(judged(alibaba_order.CREATE, CREATE, data), kind)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"success": True, "orderList": [{"purchaseId": 200049919063}]}, Done),
        (
            {"success": False, "errorCode": "SKU_UNAVAILABLE", "orderList": [{"purchaseId": 1}]},
            Done,
        ),
        ({"success": False, "errorCode": "SKU_UNAVAILABLE", "orderList": []}, Refused),
        ({"success": "false", "errorCode": "SKU_UNAVAILABLE", "orderList": None}, Refused),
        ({"success": False, "errorCode": "SYSTEM_ERROR"}, Unknown),
        ({"success": True, "orderList": []}, Unknown),
        ({"outerPurchaseId": "R-1"}, Unknown),
        ({"orderList": [{"supplierNick": "no id"}]}, Unknown),
    ],
)
def test_a_taobao_order_is_judged_by_its_list_first(data: Any, kind: type) -> None:
    assert isinstance(judged(taobao_order.PURCHASE_CREATE_V2, CREATE_V2, data), kind)


FAILED = {"gspOrderId": 200049919070, "errorCode": "BALANCE_NOT_ENOUGH", "errorMessage": "余额不足"}


@pytest.mark.parametrize(
    ("request_", "data", "kind"),
    [
        (PAY, {"willPayPurchaseOrderIds": [200049919063]}, Done),
        (PAY, {"will_pay_purchase_order_ids": ["200049919063"]}, Done),
        (PAY, True, Done),
        (PAY, "true", Done),
        (PAY, {"success": "true"}, Done),
        (PAY, False, Unknown),
        (PAY, {}, Unknown),
        (PAY, {"willPayPurchaseOrderIds": ["999"]}, Unknown),
        (PAY, {"payFailurePurchaseOrderIds": ["200049919063"]}, Unknown),
        (
            PAY,
            {"payFailedResults": [{**FAILED, "gspOrderId": 200049919063}]},
            Refused,
        ),
        (
            PAY,
            {"payFailedResults": [{"purchase_order_id": "200049919063", "reason": "?"}]},
            Unknown,
        ),
        (
            PAY,
            {
                "willPayPurchaseOrderIds": ["200049919063"],
                "payFailurePurchaseOrderIds": ["200049919063"],
            },
            Unknown,
        ),
        (
            PAY_TWO,
            {"willPayPurchaseOrderIds": ["200049919063"], "payFailedResults": [FAILED]},
            Done,
        ),
        (PAY_TWO, {"willPayPurchaseOrderIds": ["200049919063"]}, Unknown),
        (PAY_TWO, {"payFailedResults": [FAILED]}, Unknown),
        (
            PAY_TWO,
            {"payFailedResults": [FAILED, {**FAILED, "gspOrderId": 200049919063}]},
            Refused,
        ),
    ],
)
def test_a_taobao_payment_is_judged_order_by_order(request_: Any, data: Any, kind: type) -> None:
    assert isinstance(judged(taobao_order.PURCHASE_PAY, request_, data), kind)


def test_the_platforms_reason_for_an_unpaid_order_reaches_people() -> None:
    data = {"payFailedResults": [{**FAILED, "gspOrderId": 200049919063}]}

    outcome = judged(taobao_order.PURCHASE_PAY, PAY, data)

    assert outcome == Refused(
        "BALANCE_NOT_ENOUGH",
        "余额不足",
        "r",
        "The balance at the platform does not cover this payment.",
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"orderId": ORDER, "protocolPaySuccess": True, "payUrl": None}, Done),
        ({"orderId": ORDER, "protocolPaySuccess": False, "payUrl": "https://x"}, Done),
        ({"protocolPaySuccess": "true"}, Done),
        ({"protocolPaySuccess": False, "cantPayOrderList": [int(ORDER)]}, Refused),
        ({"protocolPaySuccess": True, "cantPayOrderList": [int(ORDER)]}, Unknown),
        ({"protocolPaySuccess": False, "payUrl": None, "cantPayOrderList": []}, Unknown),
        ({"cantPayOrderList": [1]}, Unknown),
        (None, Unknown),
    ],
)
def test_a_1688_payment_is_paid_linked_refused_or_unknown(data: Any, kind: type) -> None:
    assert isinstance(judged(alibaba_order.PAY, alibaba_order.PayRequest(ORDER), data), kind)


def test_a_pay_link_is_in_no_repr() -> None:
    outcome = judged(
        alibaba_order.PAY, alibaba_order.PayRequest(ORDER), {"payUrl": "https://pay?token=1"}
    )

    assert outcome.value.pay_url == "https://pay?token=1"
    assert "token" not in repr(outcome)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (True, Done),
        ("true", Done),
        ("已提交", Done),
        ({"protocolPaySuccess": True}, Done),
        ({"success": True}, Done),
        ({"cantPayOrderList": [int(ORDER)]}, Refused),
        (False, Unknown),
        (None, Unknown),
        ({}, Unknown),
        ([], Unknown),
        ({"success": True, "cantPayOrderList": [int(ORDER)]}, Unknown),
    ],
)
def test_a_bulk_payment_is_read_in_every_likely_shape(data: Any, kind: type) -> None:
    request = alibaba_order.PayBatchRequest((ORDER,))

    assert isinstance(judged(alibaba_order.PAY_BATCH, request, data), kind)


@pytest.mark.parametrize(
    ("endpoint", "request_"),
    [
        (alibaba_order.CANCEL, alibaba_order.CancelRequest(ORDER)),
        (alibaba_order.CONFIRM_RECEIPT, alibaba_order.ConfirmReceiptRequest(ORDER)),
        (taobao_order.PURCHASE_CANCEL, taobao_order.CancelRequest("1", "not needed")),
    ],
)
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (True, Done),
        ("true", Done),
        ({"success": True, "errorCode": "", "errorInfo": ""}, Done),
        ({"success": False, "errorCode": "ORDER_STATUS_ERROR", "errorMsg": "x"}, Refused),
        ({"success": False, "errorCode": ""}, Unknown),
        (False, Unknown),
        (None, Unknown),
        ({}, Unknown),
        ([1], Unknown),
    ],
)
def test_both_layers_of_success_count(
    endpoint: Endpoint[Any, Any], request_: Any, data: Any, kind: type
) -> None:
    assert isinstance(judged(endpoint, request_, data), kind)


def test_an_order_that_does_not_exist_is_not_confirmed() -> None:
    data = {"success": False, "errorCode": 4003, "errorInfo": "订单不存在"}

    outcome = judged(
        alibaba_order.CONFIRM_RECEIPT, alibaba_order.ConfirmReceiptRequest(ORDER), data
    )

    assert isinstance(outcome, Refused)


def test_a_saved_address_answers_nothing() -> None:
    request = basics.SaveAddressRequest("a", "b", "c", "d", "e", "f")

    assert isinstance(judged(basics.SAVE_ADDRESS, request, None), Done)


def test_refusal_codes_are_data() -> None:
    data = {"success": False, "code": "SYSTEM_BUSY"}
    added = Overrides(refusals={"alibaba_order.create": frozenset({"SYSTEM_BUSY"})})

    assert isinstance(judged(alibaba_order.CREATE, CREATE, data, added), Refused)
    assert isinstance(
        judged(alibaba_order.CREATE, CREATE, {"success": False, "code": "STOCK_NOT_ENOUGH"}, added),
        Unknown,
    )


def test_every_code_of_ours_has_a_sentence_of_its_own() -> None:
    codes = {code for endpoint in ENDPOINTS.values() for code in endpoint.refusals}

    assert codes | set(BEFORE_EFFECT) <= set(SENTENCES)


REQUESTS: dict[str, Any] = {
    "taobao_order.purchase_create_v2": CREATE_V2,
    "taobao_order.purchase_pay": PAY,
    "taobao_order.purchase_cancel": taobao_order.CancelRequest("1", "x"),
    "alibaba_order.create": CREATE,
    "alibaba_order.pay": alibaba_order.PayRequest(ORDER),
    "alibaba_order.pay_batch": alibaba_order.PayBatchRequest((ORDER,)),
    "alibaba_order.cancel": alibaba_order.CancelRequest(ORDER),
    "alibaba_order.confirm_receipt": alibaba_order.ConfirmReceiptRequest(ORDER),
    "basics.save_address": basics.SaveAddressRequest("a", "b", "c", "d", "e", "f"),
}
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals()


@pytest.mark.parametrize("key", sorted(ENDPOINTS))
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_answer_brings_anything_but_an_outcome(key: str, data: st.DataObject) -> None:
    endpoint = ENDPOINTS[key]
    names = [name for spec in specs(endpoint.response) for name in spec.names] or ["x"]
    answers = st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=4)
        ),
        max_leaves=8,
    )
    envelope = Envelope("200", "", "r", data.draw(answers))
    reply = Reply(datetime.now(UTC), 200, envelope, {}, None, 0.0)
    reader = Reader(Overrides())

    if endpoint.is_read:
        try:
            reader.value(endpoint, reply)
        except ReadFailed as error:
            assert error.code in ("unreadable", "empty")
    else:
        assert isinstance(reader.outcome(endpoint, REQUESTS[key], reply), (Done, Refused, Unknown))
