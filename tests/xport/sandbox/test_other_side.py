"""The clock, the ledger and the page for people."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest
import requests

from xport.sandbox import running_sandbox
from xport.sandbox.parcels import HUBS

from .conftest import Caller, signed


def page(caller: Caller, query: str = "") -> requests.Response:
    return caller.http.get(f"{caller.sandbox.root_url}/_sandbox/{query}", timeout=10)


def press(caller: Caller, path: str, **fields: object) -> requests.Response:
    url = f"{caller.sandbox.root_url}/_sandbox{path}"
    return caller.http.post(url, data=fields, timeout=10)


def test_world_can_start_in_the_past_and_move_on(caller: Caller) -> None:
    caller.side("/clock", {"now": "2026-01-15T08:00:00Z"})
    order = caller.place_taobao()
    caller.advance(hours=3)

    now = caller.side("/clock")["now"]

    assert now.startswith("2026-01-15T11:00")
    created = caller.side("/orders")[0]["created_at"]
    assert created.startswith("2026-01-15T08:00")
    assert order["createdTime"] == caller.ledger()[0]["at_ms"]


def test_moves_happen_at_their_own_moment_whenever_somebody_looks(caller: Caller) -> None:
    orders = [caller.place_taobao() for _ in range(2)]
    for order in orders:
        caller.data("taobao_order.purchase_pay", {"purchaseOrderIdList": [order["purchaseId"]]})
    caller.advance(days=40)

    rows = caller.ledger(order=orders[0]["orderId"])

    moments = [row["at_ms"] for row in rows]
    assert moments == sorted(moments)
    assert [row["effect"] for row in rows][-1] == "receipt_confirmed"
    assert caller.purchase(orders[0]["purchaseId"])["modifyTime"] == moments[-1]


def test_parcels_differ_in_pace_and_some_are_late_or_split(caller: Caller) -> None:
    caller.side("/users/2100000000001/top-up", {"yuan": 1_000_000})
    line = caller.taobao_line(quantity=2)
    for _ in range(60):
        body = caller.taobao_order(lines=[line])
        made = caller.data("taobao_order.purchase_create_v2", body)
        caller.data(
            "taobao_order.purchase_pay",
            {"purchaseOrderIdList": [made["orderList"][0]["purchaseId"]]},
        )
    caller.advance(minutes=1)

    orders = caller.side("/orders")

    waits = [(o["parcels"][0]["ship_at"] - o["paid_at"]) / 3_600_000 for o in orders]
    assert all(4 <= wait <= 168 for wait in waits)
    assert any(wait > 48 for wait in waits)
    assert {len(order["parcels"]) for order in orders} == {1, 2}
    assert len({parcel["carrier"] for o in orders for parcel in o["parcels"]}) >= 4
    cities = {trace[3] for o in orders for parcel in o["parcels"] for trace in parcel["traces"]}
    assert "杭州市" in cities
    assert cities & {f"{hub}市" for hub in HUBS}


def test_ledger_is_filtered_by_order_effect_and_person(caller: Caller) -> None:
    order = caller.place_taobao()
    caller.place_ali()

    assert len(caller.ledger()) == 2
    assert len(caller.ledger(order=order["orderId"])) == 1
    assert len(caller.ledger(order=str(order["purchaseId"]))) == 1
    assert caller.side("/ledger?user_id=2100000000002") == []


def test_reset_forgets_everything(caller: Caller) -> None:
    caller.place_ali()
    caller.advance(days=2)

    caller.side("/reset", {})

    assert caller.ledger() == []
    assert caller.side("/orders") == []
    assert abs(caller.side("/clock")["offset_seconds"]) < 1
    assert len(caller.side("/users")) == 5
    caller.place_ali()


def test_page_shows_orders_and_escapes_what_people_wrote(caller: Caller) -> None:
    body = {**caller.ali_order(), "message": "<script>alert(1)</script>"}
    order_id = caller.data("alibaba_order.create", body)["orderId"]

    shown = page(caller)

    assert shown.status_code == 200
    assert order_id in shown.text
    assert "&lt;script&gt;" in shown.text
    assert "<script" not in shown.text
    assert "style=" not in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


def test_buttons_do_their_work_and_lead_back_to_the_page(caller: Caller) -> None:
    order_id = caller.place_ali()

    answer = press(caller, f"/orders/{order_id}/price", percent=6)

    assert answer.url.startswith(f"{caller.sandbox.root_url}/_sandbox/?said=")
    assert "Done." in answer.text
    assert len(caller.ledger("price_changed")) == 1
    refused = press(caller, f"/orders/{order_id}/ship")
    assert "only a paid order" in refused.text


def test_forms_of_other_sites_are_refused(caller: Caller) -> None:
    url = f"{caller.sandbox.root_url}/_sandbox/reset"

    answer = requests.post(url, headers={"Sec-Fetch-Site": "cross-site"}, timeout=5)

    assert answer.status_code == 403


def test_goods_are_found_and_changed_on_the_page(caller: Caller) -> None:
    found = caller.side("/goods?text=马克杯")
    good = found[0]

    press(caller, f"/goods/{good['marketplace']}/{good['item_id']}/price", percent=10)

    assert "price at 110 %" in page(caller).text
    assert good["title"] in page(caller, "?text=马克杯").text


def test_unknown_things_are_named(caller: Caller) -> None:
    url = f"{caller.sandbox.root_url}/_sandbox"

    unknown_order = requests.get(f"{url}/orders/123", timeout=5)
    bad_clock = requests.post(f"{url}/clock", json={"now": "soon"}, timeout=5)

    assert (unknown_order.status_code, bad_clock.status_code) == (404, 400)
    assert "123" in unknown_order.json()["error"]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, state: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "xport.sandbox", "--port", str(port), "--state", state],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_command_starts_stops_and_complains_about_a_taken_port(free_port: int, tmp_path) -> None:
    process = start(free_port, str(tmp_path / "one.sqlite3"))
    try:
        assert f"http://127.0.0.1:{free_port}/api" in (process.stdout.readline())
        second = start(free_port, str(tmp_path / "two.sqlite3"))
        _, complaint = second.communicate(timeout=10)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    finally:
        process.kill()

    assert second.returncode == 1
    assert complaint == f"Port {free_port} is taken. Choose another with --port.\n"


def test_connection_is_kept_open_between_calls() -> None:
    with running_sandbox() as sandbox:
        connection = http.client.HTTPConnection("127.0.0.1", sandbox.options.port, timeout=5)
        connection.connect()
        own_port = connection.sock.getsockname()[1]
        for _ in range(3):
            connection.request("GET", "/api/open/address/get", headers=signed())
            assert connection.getresponse().read()
            assert connection.sock.getsockname()[1] == own_port
        connection.close()
