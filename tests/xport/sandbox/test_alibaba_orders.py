"""1688: mixed units, creates and payments without a key, the cashier, receipts."""

from __future__ import annotations

from .conftest import CASHIER_USER, Caller


def cancel(caller: Caller, order_id: str) -> dict:
    return caller.call(
        "alibaba_order.cancel",
        {"webSite": "1688", "orderId": int(order_id), "cancelReason": "buyerCancel"},
    )


def preview(caller: Caller, body: dict) -> dict:
    asked = {name: body[name] for name in ("addressParam", "cargoParamList")}
    return caller.data("alibaba_order.preview", asked)


def test_preview_mixes_fen_and_yuan_under_a_misspelt_key(caller: Caller) -> None:
    entry = preview(caller, caller.ali_order())["orderPreviewResuslt"][0]

    line = entry["cargoList"][0]
    assert entry["sumPaymentNoCarriage"] == round(line["amount"] * 100)
    assert entry["sumPayment"] == entry["sumPaymentNoCarriage"] + entry["sumCarriage"]
    assert entry["tradeModeNameList"] == ["assureTrade"]


def test_preview_and_create_agree(caller: Caller) -> None:
    body = caller.ali_order()
    quoted = preview(caller, body)["orderPreviewResuslt"][0]

    made = caller.data("alibaba_order.create", body)

    assert made["totalSuccessAmount"] == quoted["sumPayment"]
    trade = caller.trade(made["orderId"])
    assert round(trade["baseInfo"]["totalAmount"] * 100) == quoted["sumPayment"]
    assert trade["baseInfo"]["idOfStr"] == str(trade["baseInfo"]["id"]) == made["orderId"]


def test_create_again_makes_a_second_order(caller: Caller) -> None:
    body = caller.ali_order()

    first = caller.data("alibaba_order.create", body)
    second = caller.data("alibaba_order.create", body)

    assert first["orderId"] != second["orderId"]
    assert first["orderId"][-6:] == second["orderId"][-6:]
    assert len(caller.ledger("order_created")) == 2


def test_below_minimum_above_stock_and_two_shops_make_nothing(caller: Caller) -> None:
    body = caller.ali_order()
    cargo = body["cargoParamList"][0]
    other = caller.ali_order("毛巾")["cargoParamList"][0]

    def code(*lines: dict) -> str:
        answer = caller.data("alibaba_order.create", {**body, "cargoParamList": list(lines)})
        assert answer["success"] is False
        return answer["code"]

    assert code({**cargo, "quantity": 0}) == "QUANTITY_INVALID"
    assert code({**cargo, "quantity": 10**9 * 12}) == "STOCK_NOT_ENOUGH"
    assert code({**cargo, "specId": "0" * 32}) == "SKU_NOT_FOUND"
    assert code({**cargo, "offerId": 1}) == "OFFER_NOT_FOUND"
    assert code(cargo, other) == "MULTIPLE_SELLERS"
    assert caller.ledger() == []


def test_agreement_pays_at_once_and_a_repeat_debits_again(caller: Caller) -> None:
    order_id = caller.place_ali()
    caller.side("/users", {"user_id": "2100000000001", "agreement_limit": 10**9})

    first = caller.data("alibaba_order.pay", {"orderId": order_id})
    second = caller.data("alibaba_order.pay", {"orderId": order_id})
    caller.advance(seconds=5)
    third = caller.data("alibaba_order.pay", {"orderId": order_id})

    assert first["protocolPaySuccess"] and second["protocolPaySuccess"]
    assert third["cantPayOrderList"] == [int(order_id)]
    assert len(caller.ledger("debit", order_id)) == 2
    assert caller.trade(order_id)["baseInfo"]["status"] == "waitsellersend"


def test_without_agreement_a_person_pays_at_the_cashier(caller: Caller) -> None:
    made = caller.data("alibaba_order.create", caller.ali_order(), user=CASHIER_USER)
    order_id = made["orderId"]

    answer = caller.data("alibaba_order.pay", {"orderId": order_id}, user=CASHIER_USER)
    assert answer["protocolPaySuccess"] is False
    assert caller.ledger("debit") == []

    page = caller.http.get(answer["payUrl"], timeout=5)
    assert order_id in page.text
    caller.http.post(answer["payUrl"], timeout=5)
    caller.http.post(answer["payUrl"], timeout=5)
    caller.advance(seconds=5)

    assert len(caller.ledger("debit", order_id)) == 1
    assert caller.trade(order_id, CASHIER_USER)["baseInfo"]["status"] == "waitsellersend"


def test_batch_debits_a_moment_later_and_again_for_a_second_submission(caller: Caller) -> None:
    order_id = caller.place_ali()

    assert caller.data("alibaba_order.pay_batch", {"orderIds": [order_id]}) is True
    assert caller.ledger("debit") == []
    assert caller.data("alibaba_order.pay_batch", {"orderIds": [order_id]}) is True
    caller.advance(seconds=30)

    assert len(caller.ledger("debit", order_id)) == 2
    assert caller.trade(order_id)["baseInfo"]["status"] == "waitsellersend"


def test_cancel_works_once_and_only_before_payment(caller: Caller) -> None:
    first, second = caller.place_ali(), caller.place_ali()

    assert cancel(caller, first)["data"] is True
    assert cancel(caller, first)["code"] == 40901
    caller.data("alibaba_order.pay_batch", {"orderIds": [second]})
    caller.advance(minutes=1)
    assert cancel(caller, second)["code"] == 40901
    assert caller.trade(first)["baseInfo"]["closeReason"] == "buyerCancel"
    assert len(caller.ledger("order_cancelled")) == 1


def test_ids_are_numbers_or_text_as_each_call_wants(caller: Caller) -> None:
    order_id = caller.place_ali()

    as_text = caller.call(
        "alibaba_order.cancel", {"webSite": "1688", "orderId": order_id, "cancelReason": "other"}
    )
    as_number = caller.call("alibaba_order.detail", {"webSite": "1688", "orderId": int(order_id)})

    assert (as_text["code"], as_number["code"]) == (40001, 40001)


def test_receipt_is_confirmed_in_two_layers(caller: Caller) -> None:
    order_id = caller.place_ali()
    early = caller.call("alibaba_order.confirm_receipt", {"orderId": int(order_id)})
    caller.data("alibaba_order.pay_batch", {"orderIds": [order_id]})
    caller.advance(minutes=1)
    caller.side(f"/orders/{order_id}/deliver", {})

    done = caller.call("alibaba_order.confirm_receipt", {"orderId": int(order_id)})

    assert (early["code"], early["data"]["success"]) == (200, False)
    assert done["data"] == {"success": True, "errorInfo": "", "errorCode": ""}
    assert caller.trade(order_id)["baseInfo"]["status"] == "confirm_goods"
    caller.advance(minutes=2)
    assert caller.trade(order_id)["baseInfo"]["status"] == "success"
    assert len(caller.ledger("receipt_confirmed")) == 1


def test_unpaid_order_closes_after_five_days(caller: Caller) -> None:
    order_id = caller.place_ali()

    caller.advance(days=4)
    assert caller.trade(order_id)["baseInfo"]["status"] == "waitbuyerpay"
    caller.advance(days=2)

    assert caller.trade(order_id)["baseInfo"]["closeReason"] == "BUYER_NO_PAY"


def test_list_leaves_parcels_out_and_detail_has_them(caller: Caller) -> None:
    order_id = caller.place_ali()
    caller.data("alibaba_order.pay_batch", {"orderIds": [order_id]})
    caller.advance(minutes=1)
    caller.side(f"/orders/{order_id}/ship", {})

    row = caller.data("alibaba_order.page", {"pageNo": 1, "pageSize": 20})["data"][0]
    trade = caller.trade(order_id)
    parcels = caller.data("alibaba_order.tracking", {"orderId": order_id})

    assert row["nativeLogistics"]["logisticsItems"] is None
    item = trade["nativeLogistics"]["logisticsItems"][0]
    assert item["logisticsBillNo"] == parcels[0]["logisticsBillNo"]
    assert trade["baseInfo"]["status"] == "waitbuyerreceive"


def test_list_filters_by_status_and_windows(caller: Caller) -> None:
    order_id = caller.place_ali()
    caller.advance(days=1)
    second = caller.place_ali()
    start = caller.trade(second)["baseInfo"]["createTime"]

    def found(**params: object) -> list[str]:
        rows = caller.data("alibaba_order.page", {"pageNo": 1, "pageSize": 20, **params})["data"]
        return [row["baseInfo"]["idOfStr"] for row in rows]

    assert found() == [second, order_id]
    assert found(createStartTime=start) == [second]
    assert found(createEndTime=start, orderStatus="waitbuyerpay") == [second, order_id]
    assert found(orderStatus="success") == []
    assert found(modifyStartTime=start) == [second]


def test_create_can_be_split_or_lose_a_line(caller: Caller) -> None:
    body = caller.ali_order(lines=2)
    caller.side("/next/split-create", {})
    split = caller.data("alibaba_order.create", body)
    caller.side("/next/drop-line", {})
    short = caller.data("alibaba_order.create", body)

    assert split["orderId"] is None
    assert len(split["orderList"]) == 2
    assert short["failedOfferList"][0]["errorCode"] == "STOCK_NOT_ENOUGH"


def test_seller_closing_a_paid_order_gives_the_money_back(caller: Caller) -> None:
    order_id = caller.place_ali()
    balance = caller.sandbox.engine.users.find("2100000000001").balance
    caller.data("alibaba_order.pay_batch", {"orderIds": [order_id]})
    caller.advance(minutes=1)

    caller.side(f"/orders/{order_id}/close", {})

    assert caller.trade(order_id)["baseInfo"]["status"] == "terminated"
    assert caller.sandbox.engine.users.find("2100000000001").balance == balance
    assert len(caller.ledger("refund")) == 1
