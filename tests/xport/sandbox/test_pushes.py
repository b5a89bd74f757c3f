"""Push messages: shapes, retries by the world's clock, and pushes that lie, repeat or get lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from xport.sandbox import running_sandbox

from .conftest import Caller


class Inbox:
    """Stands where the desk's push address would be."""

    def __init__(self) -> None:
        self.status = 200
        self.messages: list[dict[str, Any]] = []
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                inbox.messages.append(json.loads(body))
                self.send_response(inbox.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/callbacks/"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def wait(self, count: int, seconds: float = 4) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.messages

    def types(self) -> list[str]:
        return [message["messageType"] for message in self.messages]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    made = Inbox()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def pushing(inbox: Inbox) -> Iterator[Caller]:
    with running_sandbox(push_to=inbox.url) as sandbox:
        yield Caller(sandbox)


def test_1688_pushes_are_flat_text_in_fen(pushing: Caller, inbox: Inbox) -> None:
    order_id = pushing.place_ali()
    message = inbox.wait(1)[0]

    assert set(message) == {"messageType", "messageBody", "messagePlatform", "timestamp"}
    assert (message["messageType"], message["messagePlatform"]) == ("ORDER_CREATE", 1)
    assert len(message["timestamp"]) == 13
    body = json.loads(message["messageBody"])
    assert body["orderId"] == order_id
    assert (body["orderStatus"], body["payStatus"]) == ("WAITING_FOR_PAYMENT", 1)
    assert body["totalAmount"] == body["productAmount"] + body["shippingFee"]


def test_taobao_pushes_are_objects(pushing: Caller, inbox: Inbox) -> None:
    order = pushing.place_taobao()
    pushing.side(f"/orders/{order['orderId']}/price", {"percent": 6})
    created, changed = inbox.wait(2)[:2]

    assert created["messageBody"]["purchaseId"] == order["purchaseId"]
    assert created["messageBody"]["status"] == "WAIT_BUYER_P"
    assert changed["messageType"] == "TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"
    total = changed["messageBody"]["purchaseOrderPriceDTO"]["purchaseTotalFee"]
    assert total > order["purchaseAmount"]


def test_standard_flavour_sends_the_whole_trade(inbox: Inbox) -> None:
    with running_sandbox(push_to=inbox.url, push_flavour="standard") as sandbox:
        order_id = Caller(sandbox).place_ali()
        message = inbox.wait(1)[0]

    assert message["messageType"] == "1688_ORDER_BUYER_VIEW_BUYER_MAKE"
    assert message["messageBody"]["baseInfo"]["idOfStr"] == order_id


def test_time_driven_moves_are_pushed(pushing: Caller, inbox: Inbox) -> None:
    order_id = pushing.place_ali()
    pushing.data("alibaba_order.pay_batch", {"orderIds": [order_id]})
    pushing.advance(minutes=1)
    pushing.side(f"/orders/{order_id}/deliver", {})
    pushing.advance(days=8)
    inbox.wait(5)

    assert sorted(inbox.types()) == sorted(
        [
            "ORDER_CREATE",
            "ORDER_PAY_SUCCESS",
            "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
            "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
            "ORDER_BUYER_VIEW_ORDER_SUCCESS",
        ]
    )


def test_failed_push_comes_again_five_times_half_an_hour_apart(
    pushing: Caller, inbox: Inbox
) -> None:
    inbox.status = 500
    pushing.place_ali()
    inbox.wait(1)
    for tries in range(2, 9):
        time.sleep(0.1)
        pushing.advance(minutes=31)
        inbox.wait(min(tries, 6))

    assert len(inbox.messages) == 6
    assert pushing.side("/pushes")["pushes"][0]["status"] == "given_up"


@pytest.mark.parametrize(("kind", "count"), [("push_twice", 2), ("push_lost", 0)])
def test_push_can_come_twice_or_never(pushing: Caller, inbox: Inbox, kind: str, count: int) -> None:
    pushing.side("/faults", {"kind": kind})
    pushing.place_ali()
    inbox.wait(2, seconds=0.7)

    assert len(inbox.messages) == count


def test_push_can_come_late(pushing: Caller, inbox: Inbox) -> None:
    pushing.side("/faults", {"kind": "push_late", "seconds": 3600})
    pushing.place_ali()
    assert inbox.wait(1, seconds=0.5) == []

    pushing.advance(hours=1)

    assert len(inbox.wait(1)) == 1


def test_push_again_shuffled_and_forged(pushing: Caller, inbox: Inbox) -> None:
    order_id = pushing.place_ali()
    inbox.wait(1)
    pushing.side(f"/orders/{order_id}/price", {"percent": 6})
    inbox.wait(2)
    pushing.side(f"/orders/{order_id}/push-again", {})
    inbox.wait(3)
    pushing.side(f"/orders/{order_id}/push-forged", {})
    forged = json.loads(inbox.wait(4)[3]["messageBody"])

    assert inbox.types()[1] == inbox.types()[2]
    assert (forged["orderId"], forged["payStatus"], forged["totalAmount"]) == (order_id, 2, 1)
    assert pushing.trade(order_id)["baseInfo"]["status"] == "waitbuyerpay"


def test_pushes_can_be_held_back(pushing: Caller, inbox: Inbox) -> None:
    pushing.side("/pushes", {"enabled": False})
    pushing.place_ali()
    pushing.side("/pushes", {"enabled": True})

    assert inbox.wait(1, seconds=0.5) == []


def test_slow_inbox_counts_as_no_answer(pushing: Caller, inbox: Inbox) -> None:
    class Slow(list):
        def append(self, message: Any) -> None:
            super().append(message)
            time.sleep(1.3)

    inbox.messages = Slow()
    pushing.place_ali()
    deadline = time.monotonic() + 4
    while not (rows := pushing.side("/pushes")["pushes"])[0]["answer"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)

    assert "1,000 ms" in rows[0]["answer"]
