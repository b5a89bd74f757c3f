"""Taobao: previews, creates with a key, payments without one, cancellations that take a while."""

from __future__ import annotations

import json

from xport.sandbox import running_sandbox

from .conftest import RECEIVER, Caller


def pay(caller: Caller, order: dict) -> dict:
    return caller.call("taobao_order.purchase_pay", {"purchaseOrderIdList": [order["purchaseId"]]})


def test_preview_splits_by_seller_and_lists_what_cannot_be_had(caller: Caller) -> None:
    lines = [caller.taobao_line("杯子"), caller.taobao_line("毛巾")]
    asked = [*lines, {"itemId": "1", "skuId": "2", "quantity": 1}]

    data = caller.data(
        "taobao_order.purchase_render_v2",
        {"renderItemList": json.dumps(asked), "receiverAddress": RECEIVER},
    )

    assert len(data["renderItemList"]) == 2
    total = sum(entry["orderFee"]["amount"] for entry in data["renderItemList"])
    assert data["totalRealPayPrice"] == {"amount": total, "currency": "CNY"}
    assert data["unavailableSkuList"][0]["errorCode"] == "ITEM_NOT_FOUND"


def test_one_create_makes_one_order_a_supplier(caller: Caller) -> None:
    body = caller.taobao_order(lines=[caller.taobao_line("杯子"), caller.taobao_line("毛巾")])

    made = caller.data("taobao_order.purchase_create_v2", body)

    assert len(made["orderList"]) == 2
    assert all(len(str(order["purchaseId"])) == 12 for order in made["orderList"])
    page = caller.data("taobao_order.purchase_page", {"outerPurchaseId": body["outerPurchaseId"]})
    assert page["total"] == 2
    assert all(len(row["orderId"]) == 19 for row in page["records"])


def test_create_again_with_the_same_outer_id_answers_the_same_orders(caller: Caller) -> None:
    body = caller.taobao_order()

    first = caller.data("taobao_order.purchase_create_v2", body)
    second = caller.data("taobao_order.purchase_create_v2", body)
    other_user = caller.data("taobao_order.purchase_create_v2", body, user="2100000000002")

    assert first == second
    assert other_user["orderList"][0]["purchaseId"] != first["orderList"][0]["purchaseId"]
    assert len(caller.ledger("order_created")) == 2


def test_create_reserves_stock_and_keeps_the_price(caller: Caller) -> None:
    line = caller.taobao_line(quantity=3)
    order = caller.place_taobao(lines=[line])
    good, sku = caller.sandbox.engine.world.taobao.sku_by_mp_sku_id(line["skuId"])

    caller.side(f"/goods/taobao/{good.item_id}/price", {"percent": 50})

    assert caller.sandbox.engine.market.stock(good, sku) == sku.stock - 3
    assert caller.purchase(order["purchaseId"])["productAmount"] == line["price"] * 3


def test_create_above_budget_or_stock_makes_nothing(caller: Caller) -> None:
    body = caller.taobao_order()
    poor = caller.data("taobao_order.purchase_create_v2", {**body, "purchaseAmount": 1})
    greedy_line = {**body["orderLineList"][0], "quantity": 10**7}
    greedy = caller.data(
        "taobao_order.purchase_create_v2",
        {**body, "purchaseAmount": 10**15, "orderLineList": [greedy_line]},
    )

    assert (poor["success"], poor["errorCode"]) == (False, "AMOUNT_NOT_ENOUGH")
    assert (greedy["success"], greedy["errorCode"]) == (False, "SKU_UNAVAILABLE")
    assert caller.ledger() == []


def test_missing_parameters_are_named(caller: Caller) -> None:
    body = caller.taobao_order()
    del body["receiver"]

    envelope = caller.call("taobao_order.purchase_create_v2", body)

    assert envelope["code"] == 40001
    assert "receiver" in envelope["msg"]


def test_payment_waits_for_finance(caller: Caller) -> None:
    order = caller.place_taobao()

    answer = pay(caller, order)["data"]

    assert answer["willPayPurchaseOrderIds"] == [str(order["purchaseId"])]
    statuses = [caller.purchase(order["purchaseId"])["status"]]
    for _ in range(2):
        caller.advance(seconds=15)
        statuses.append(caller.purchase(order["purchaseId"])["status"])
    assert statuses == [0, 5, 10]


def test_paying_again_while_it_is_processed_debits_again(caller: Caller) -> None:
    order = caller.place_taobao()

    pay(caller, order)
    pay(caller, order)

    debits = caller.ledger("debit", order["orderId"])
    assert [row["amount"] for row in debits] == [order["purchaseAmount"]] * 2
    assert len({row["request_id"] for row in debits}) == 2


def test_paying_a_paid_order_is_refused(caller: Caller) -> None:
    order = caller.place_taobao()
    pay(caller, order)
    caller.advance(minutes=1)

    assert pay(caller, order)["code"] == 40901
    assert len(caller.ledger("debit")) == 1


def test_empty_balance_fails_the_payment_and_debits_nothing(caller: Caller) -> None:
    order = caller.place_taobao()
    caller.side("/users/2100000000001/top-up", {"amount": 5 - 50_000_000})

    data = pay(caller, order)["data"]

    assert data["payFailedResults"][0]["errorCode"] == "BALANCE_NOT_ENOUGH"
    assert caller.ledger("debit") == []


def test_cancel_ends_a_little_later(caller: Caller) -> None:
    order = caller.place_taobao()
    body = {"purchaseId": str(order["purchaseId"]), "cancelReason": "不需要了"}

    assert caller.data("taobao_order.purchase_cancel", body)["success"] is True
    assert caller.purchase(order["purchaseId"])["status"] == 0
    caller.advance(seconds=10)

    assert caller.purchase(order["purchaseId"])["status"] == 4
    assert caller.call("taobao_order.purchase_cancel", body)["code"] == 40901
    assert len(caller.ledger("order_cancelled")) == 1


def test_cancelling_lines_lowers_the_amount(caller: Caller) -> None:
    line = caller.taobao_line()
    order = caller.place_taobao(lines=[line, {**line, "orderLineNo": "2", "quantity": 1}])
    chosen = order["subOrders"][1]["subPurchaseOrderId"]

    caller.data(
        "taobao_order.purchase_cancel",
        {
            "purchaseId": str(order["purchaseId"]),
            "subPurchaseOrderIdList": [str(chosen)],
            "cancelReason": "少买一个",
        },
    )
    caller.advance(seconds=10)

    after = caller.purchase(order["purchaseId"])
    assert after["status"] == 0
    assert after["productAmount"] == order["productAmount"] - line["price"]
    assert [row["status"] for row in after["subOrders"]] == [0, 4]


def test_a_seller_may_refuse_to_cancel(caller: Caller) -> None:
    order = caller.place_taobao()
    caller.side("/next/refuse-cancel", {})

    caller.data(
        "taobao_order.purchase_cancel",
        {"purchaseId": str(order["purchaseId"]), "cancelReason": "不需要了"},
    )
    caller.advance(minutes=1)

    assert caller.purchase(order["purchaseId"])["status"] == 0


def test_unpaid_order_closes_after_a_day_and_gives_the_goods_back(caller: Caller) -> None:
    line = caller.taobao_line()
    good, sku = caller.sandbox.engine.world.taobao.sku_by_mp_sku_id(line["skuId"])
    order = caller.place_taobao(lines=[line])

    caller.advance(hours=23)
    assert caller.purchase(order["purchaseId"])["status"] == 0
    caller.advance(hours=2)

    closed = caller.purchase(order["purchaseId"])
    assert closed["status"] == 4
    assert closed["modifyTime"] == order["nextCloseTimeWithoutPayment"]
    assert caller.sandbox.engine.market.stock(good, sku) == sku.stock


def test_detail_and_logistics_follow_the_parcel_to_the_end(caller: Caller) -> None:
    order = caller.place_taobao()
    line_id = order["subOrders"][0]["subPurchaseOrderId"]
    pay(caller, order)
    caller.advance(minutes=1)
    assert (
        caller.data("taobao_order.logistics", {"purchaseOrderLineId": line_id})[
            "pnmLogisticsDetails"
        ]
        == []
    )

    caller.side(f"/orders/{order['orderId']}/ship", {})
    shipped = caller.data("taobao_order.detail", {"orderId": order["orderId"]})
    caller.side(f"/orders/{order['orderId']}/deliver", {})
    parcels = caller.data("taobao_order.logistics", {"purchaseOrderLineId": line_id})
    caller.advance(days=8)

    assert shipped["status"] == 11
    assert shipped["subOrders"][0]["logisticOrders"][0]["logisticNumber"]
    assert parcels["pnmLogisticsDetails"][0]["logisticsStatus"] == "SIGN"
    assert caller.purchase(order["purchaseId"])["status"] == 9


def test_shipping_partly_leaves_the_order_waiting(caller: Caller) -> None:
    order = caller.place_taobao(lines=[caller.taobao_line(quantity=4)])
    pay(caller, order)
    caller.advance(minutes=1)

    caller.side(f"/orders/{order['orderId']}/ship-part", {})
    partly = caller.purchase(order["purchaseId"])
    caller.side(f"/orders/{order['orderId']}/ship", {})

    assert partly["status"] == 10
    assert len(partly["subOrders"][0]["logisticOrders"]) == 1
    assert caller.purchase(order["purchaseId"])["status"] == 11


def test_price_change_before_payment_shows_and_is_what_is_debited(caller: Caller) -> None:
    order = caller.place_taobao()

    caller.side(f"/orders/{order['orderId']}/price", {"percent": 6})
    after = caller.purchase(order["purchaseId"])
    pay(caller, order)

    assert after["purchaseAmount"] > order["purchaseAmount"]
    assert after["modifyTime"] > order["modifyTime"]
    assert caller.ledger("debit")[0]["amount"] == after["purchaseAmount"]


def test_next_create_can_be_split_or_lose_a_line(caller: Caller) -> None:
    line = caller.taobao_line()
    lines = [line, {**line, "orderLineNo": "2"}]
    caller.side("/next/split-create", {})
    split = caller.data("taobao_order.purchase_create_v2", caller.taobao_order(lines=lines))
    caller.side("/next/drop-line", {})
    short = caller.data("taobao_order.purchase_create_v2", caller.taobao_order(lines=lines))
    whole = caller.data("taobao_order.purchase_create_v2", caller.taobao_order(lines=lines))

    assert len(split["orderList"]) == 2
    assert len(short["orderList"][0]["orderLineList"]) == 1
    assert len(whole["orderList"][0]["orderLineList"]) == 2


def test_list_filters_pages_and_keeps_to_the_sub_account(caller: Caller) -> None:
    orders = [caller.place_taobao() for _ in range(5)]
    pay(caller, orders[0])
    caller.advance(minutes=1)

    first = caller.data("taobao_order.purchase_page", {"pageNo": 1, "pageSize": 2})
    last = caller.data("taobao_order.purchase_page", {"pageNo": 3, "pageSize": 2})
    paid = caller.data("taobao_order.purchase_page", {"status": 10})
    start = orders[3]["modifyTime"]
    recent = caller.data("taobao_order.purchase_page", {"modifyTimeStart": start})

    assert first["total"] == last["total"] == 5
    assert [row["orderId"] for row in first["records"]] == [
        orders[4]["orderId"],
        orders[3]["orderId"],
    ]
    assert [row["orderId"] for row in last["records"]] == [orders[0]["orderId"]]
    assert [row["orderId"] for row in paid["records"]] == [orders[0]["orderId"]]
    assert {row["orderId"] for row in recent["records"]} == {
        orders[i]["orderId"] for i in (0, 3, 4)
    }
    assert caller.data("taobao_order.purchase_page", user="2100000000002")["total"] == 0
    foreign = caller.call(
        "taobao_order.detail", {"orderId": orders[0]["orderId"]}, user="2100000000002"
    )
    assert foreign["code"] == 40401


def test_restart_keeps_orders_clock_and_ledger(tmp_path) -> None:
    path = str(tmp_path / "state.sqlite3")
    with running_sandbox(path) as first:
        caller = Caller(first)
        order = caller.place_taobao()
        pay(caller, order)
        caller.advance(hours=1)
        before = caller.purchase(order["purchaseId"])
        offset = caller.side("/clock")["offset_seconds"]

    with running_sandbox(path) as second:
        caller = Caller(second)
        after = caller.purchase(order["purchaseId"])
        assert {**after, "subOrders": None} == {**before, "subOrders": None}
        assert caller.side("/clock")["offset_seconds"] == offset
        assert len(caller.ledger("debit")) == 1
