"""The ports against answers that the sandbox does not give: contract examples and bad servers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from moneyed import Money

from procurement.choices import OrderState
from procurement.marketplaces import port
from procurement.marketplaces.base import Line, OrderNotThere, OrderRef, PayAnswer, PayStep
from tests.procurement.marketplaces.conftest import ADDRESS
from tests.xport.client.loopback import Platform, answers, answers_bytes, start_platform
from xport.client import Client, ClientConfig, Done, ReadFailed, Refused, Unknown, Unreadable

TAOBAO, ALI = port("taobao"), port("1688")
# The example of contract taobao_order.purchase_page.
PURCHASE = {
    "orderId": "1024285237573584051",
    "purchaseId": 200049919063,
    "outerPurchaseId": "PO-2026-000123",
    "status": 10,
    "purchaseAmount": 2900,
    "productAmount": 2300,
    "domesticPostFee": 600,
    "createdTime": 1771999999000,
    "modifyTime": 1772000100000,
    "subOrders": [
        {
            "subPurchaseOrderId": 200049919064,
            "itemId": "600120680003951077",
            "skuId": "4951323355633",
            "quantity": 1,
            "refundStatus": 0,
            "logisticOrders": [],
        }
    ],
}
# The example of contract alibaba_order, sibling detail.
TRADE = {
    "nativeLogistics": {"contactPerson": "测试", "mobile": "13800000000", "logisticsItems": None},
    "productItems": [
        {
            "itemAmount": 19,
            "name": "2024春季新款女包",
            "price": 19,
            "productID": 743470146022,
            "productImgUrl": [
                "http://cbu01.alicdn.com/x.80x80.jpg",
                "http://cbu01.alicdn.com/x.jpg",
            ],
            "quantity": 1,
            "skuID": 5403412737023,
            "status": "waitbuyerpay",
            "subItemID": 2542285634920880794,
        }
    ],
    "baseInfo": {
        "id": 2542285634920880794,
        "idOfStr": "2542285634920880794",
        "status": "waitbuyerpay",
        "totalAmount": 25.0,
        "shippingFee": 6,
        "sumProductPayment": 19,
        "discount": 0,
        "createTime": "20250424093515000+0800",
    },
}
REF = OrderRef("200049919063", order_no="1024285237573584051")
ALI_REF = OrderRef("2542285634920880794")
FAILURE = {"gspOrderId": 200049919063}


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform, server = start_platform()
    yield platform
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(platform: Platform) -> Iterator[Client]:
    config = ClientConfig(
        base_url=platform.base_url, access_key="k", access_secret="s", read_attempts=1
    )
    client = Client(config, user_id="2100000000001")
    yield client
    client.close()


def yuan(amount: str) -> Money:
    return Money(amount, "CNY")


def call(write, client, ref, **more):
    soon = datetime.now(UTC) + timedelta(seconds=5)
    return write(client, ref, send_by=soon, deadline=5, **more)


def test_the_contracts_taobao_row_reads(platform, client):
    platform.script = [answers(PURCHASE)]

    order = TAOBAO.read_order(client, REF, deadline=5)

    assert (order.total, order.goods, order.freight) == (yuan("29"), yuan("23"), yuan("6"))
    # The row names no amount paid; a paid order's total is what was paid.
    assert (order.state, order.paid) == (OrderState.PAID, yuan("29"))
    assert order.placed_at == datetime(2026, 2, 25, 6, 13, 19, tzinfo=UTC)
    assert order.lines[0].remote_line_id == "200049919064"


def test_the_contracts_1688_trade_reads(platform, client):
    platform.script = [answers(TRADE)]

    order = ALI.read_order(client, ALI_REF, deadline=5)

    assert (order.total, order.goods, order.freight) == (yuan("25"), yuan("19"), yuan("6"))
    assert order.placed_at == datetime(2025, 4, 24, 1, 35, 15, tzinfo=UTC)
    (line,) = order.lines
    assert (line.item_id, line.sku_id) == ("743470146022", "5403412737023")
    assert (line.picture, line.shipped) == ("http://cbu01.alicdn.com/x.jpg", False)


def test_a_page_in_html_under_the_guessed_path_leads_to_the_list(platform, client):
    page = answers_bytes(b"<html>not here</html>", status=404)
    platform.script = [page, answers({"total": 1, "records": [PURCHASE]})]

    assert TAOBAO.read_order(client, REF, deadline=5).remote_id == REF.remote_id
    assert platform.seen[1].json["purchaseIds"] == [200049919063]


def test_another_order_under_the_guessed_path_leads_to_the_list(platform, client):
    other = PURCHASE | {"purchaseId": 1}
    platform.script = [answers(other), answers([PURCHASE])]

    assert TAOBAO.read_order(client, REF, deadline=5).remote_id == REF.remote_id


@pytest.mark.parametrize(
    ("order_port", "ref", "row"), [(TAOBAO, REF, PURCHASE), (ALI, ALI_REF, TRADE)]
)
def test_a_list_that_ignores_its_filter_is_no_proof_of_absence(
    platform, client, order_port, ref, row
):
    missing = answers_bytes(b"", status=404)
    wanted = OrderRef("999", order_no="888")

    platform.script = [missing, answers([row])]
    with pytest.raises(Unreadable):
        order_port.read_order(client, wanted, deadline=5)
    platform.script = [missing, answers([])]
    with pytest.raises(OrderNotThere):
        order_port.read_order(client, wanted, deadline=5)


def test_a_list_that_ignores_our_id_is_no_proof_of_absence(platform, client):
    def found(outer_id):
        platform.script = [answers({"total": 1, "records": [PURCHASE]})]
        return TAOBAO.list_orders(client, page=1, size=20, outer_id=outer_id, deadline=5).orders

    assert len(found("PO-2026-000123")) == 1
    with pytest.raises(Unreadable):
        found("R-1042")


def test_refused_credentials_are_not_asked_about_twice(platform, client):
    platform.always = answers(None, code=40101, msg="签名错误")

    with pytest.raises(ReadFailed) as caught:
        TAOBAO.read_order(client, REF, deadline=5)

    assert caught.value.code == "40101"
    assert len(platform.seen) == 1


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({"willPayPurchaseOrderIds": ["200049919063"]}, Done),
        ({"willPayPurchaseOrderIds": [200049919063]}, Done),
        ("true", Done),
        ({"payFailedResults": [FAILURE | {"errorCode": "BALANCE_NOT_ENOUGH"}]}, Refused),
        ({"payFailedResults": [FAILURE | {"errorCode": "X99"}]}, Unknown),
        ({"willPayPurchaseOrderIds": ["1"]}, Unknown),
        ({}, Unknown),
    ],
)
def test_a_taobao_payment_is_accepted_only_where_the_answer_says_so(
    platform, client, data, outcome
):
    platform.script = [answers(data)]

    given = call(TAOBAO.pay, client, REF, method="balance")

    assert isinstance(given, outcome)
    if isinstance(given, Done):
        assert given.value == PayAnswer(PayStep.ACCEPTED)
    assert platform.seen[0].json == {"purchaseOrderIdList": [200049919063]}


def test_an_order_id_beside_a_failure_is_an_order(platform, client):
    platform.script = [answers({"orderId": "2059624776425880794", "success": False, "code": "X"})]
    line = Line("889512351602", "530ad00177264564503ec3b848650652", 2, yuan("29"))

    outcome = ALI.place(
        client,
        [line],
        ADDRESS,
        outer_id="R-1",
        options={"trade_type": "assureTrade", "message": "轻拿轻放"},
        send_by=datetime.now(UTC) + timedelta(seconds=5),
        deadline=5,
    )

    assert outcome.value.remote_ids == ("2059624776425880794",)
    sent = platform.seen[0].json
    assert (sent["flow"], sent["tradeType"], sent["message"]) == (
        "general",
        "assureTrade",
        "轻拿轻放",
    )
    assert sent["cargoParamList"][0]["offerId"] == 889512351602


def test_19_digits_go_out_exactly(platform, client):
    platform.script = [answers(True)]

    call(ALI.cancel, client, ALI_REF, reason="no longer needed")

    assert b'"orderId":2542285634920880794' in platform.seen[0].body
    assert platform.seen[0].json["cancelReason"] == "buyerCancel"
