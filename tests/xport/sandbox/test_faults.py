"""Scripted trouble: each kind does what it says, before or after the effect."""

from __future__ import annotations

import json
import time

import pytest
import requests

from xport.sandbox import running_sandbox

from .conftest import Caller

CREATE = "alibaba_order.create"


def switch_on(caller: Caller, **fault: object) -> None:
    caller.side("/faults", {"key": CREATE, "count": 1, **fault})


def made(caller: Caller) -> int:
    return len(caller.ledger("order_created"))


@pytest.mark.parametrize(("when", "orders"), [("before", 0), ("after", 1)])
def test_time_out_strikes_before_or_after_the_effect(
    caller: Caller, when: str, orders: int
) -> None:
    body = caller.ali_order()
    switch_on(caller, kind=f"timeout_{when}", seconds=5)

    with pytest.raises(requests.Timeout):
        caller.send(CREATE, body, timeout=0.3)

    assert made(caller) == orders
    assert caller.data(CREATE, body)["success"]


@pytest.mark.parametrize(("kind", "orders"), [("cut_before", 0), ("cut_after", 1), ("half", 1)])
def test_cut_connection_gives_no_answer(caller: Caller, kind: str, orders: int) -> None:
    body = caller.ali_order()
    switch_on(caller, kind=kind)

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        caller.send(CREATE, body)

    assert made(caller) == orders


def test_error_envelope_after_the_effect_lies(caller: Caller) -> None:
    body = caller.ali_order()
    switch_on(caller, kind="error_after")

    assert caller.call(CREATE, body)["code"] == 50000
    assert made(caller) == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"kind": "http_500"}, 503),
        ({"kind": "http_500", "status": 502, "when": "after"}, 502),
        ({"kind": "http_429"}, 429),
        ({"kind": "http_401"}, 401),
        ({"kind": "redirect"}, 307),
    ],
)
def test_bare_status_instead_of_an_envelope(caller: Caller, fault: dict, status: int) -> None:
    body = caller.ali_order()
    switch_on(caller, **fault)

    answer = caller.send(CREATE, body)

    assert answer.status_code == status
    assert made(caller) == (1 if fault.get("when") == "after" else 0)
    assert status != 307 or answer.headers["Location"]


def test_unreadable_body_follows_a_real_effect(caller: Caller) -> None:
    body = caller.ali_order()
    switch_on(caller, kind="unreadable")

    answer = caller.send(CREATE, body)

    with pytest.raises(ValueError):
        json.loads(answer.content)
    assert made(caller) == 1


def test_slow_answer_is_slow(caller: Caller) -> None:
    body = caller.ali_order()
    switch_on(caller, kind="slow", seconds=0.4)

    start = time.monotonic()
    assert caller.data(CREATE, body)["success"]

    assert time.monotonic() - start >= 0.4


def test_stale_list_shows_an_earlier_moment(caller: Caller) -> None:
    first = caller.place_ali()
    caller.advance(minutes=10)
    caller.place_ali()
    caller.side("/faults", {"kind": "stale_list", "seconds": 300})

    rows = caller.data("alibaba_order.page", {"pageNo": 1, "pageSize": 20})

    assert [row["baseInfo"]["idOfStr"] for row in rows["data"]] == [first]
    assert rows["totalRecords"] == 1


def test_stale_list_shows_the_earlier_state_of_an_order(caller: Caller) -> None:
    order = caller.place_taobao()
    caller.advance(minutes=10)
    caller.data("taobao_order.purchase_pay", {"purchaseOrderIdList": [order["purchaseId"]]})
    caller.advance(minutes=1)
    caller.side("/faults", {"kind": "stale_list", "seconds": 300})

    row = caller.data("taobao_order.purchase_page", {"status": 0})["records"][0]

    assert row["status"] == 0
    assert caller.data("taobao_order.detail", {"orderId": order["orderId"]})["status"] == 10


def test_shifting_list_changes_its_total_between_pages(caller: Caller) -> None:
    for _ in range(4):
        caller.place_taobao()
    caller.side("/faults", {"kind": "shifting_list", "key": "taobao_order.purchase_page"})

    pages = [
        caller.data("taobao_order.purchase_page", {"pageNo": number, "pageSize": 2})
        for number in (1, 2)
    ]

    assert pages[0]["total"] != pages[1]["total"]


def test_fault_waits_for_its_call_and_is_used_up(caller: Caller) -> None:
    caller.side("/faults", {"kind": "http_500", "key": "basics.addresses", "nth": 2})

    codes = [caller.send("basics.addresses").status_code for _ in range(4)]

    assert codes == [200, 503, 200, 200]
    assert caller.side("/faults")[0]["fired"] == 1


def test_fault_is_switched_off_and_on_and_removed(caller: Caller) -> None:
    caller.side("/faults", {"kind": "http_429", "key": "basics.addresses"})
    fault = caller.side("/faults")[0]["id"]

    def status() -> int:
        return caller.send("basics.addresses").status_code

    assert status() == 429
    caller.side(f"/faults/{fault}/off", {})
    assert status() == 200
    caller.side(f"/faults/{fault}/on", {})
    assert status() == 429
    caller.side(f"/faults/{fault}/remove", {})
    assert status() == 200


def test_faults_come_from_a_file_and_survive_a_restart(tmp_path) -> None:
    path = tmp_path / "faults.toml"
    path.write_text('[[faults]]\nkey = "basics.addresses"\nkind = "http_401"\n', encoding="utf-8")
    state = str(tmp_path / "state.sqlite3")
    with running_sandbox(state, faults=str(path)) as first:
        assert Caller(first).send("basics.addresses").status_code == 401

    with running_sandbox(state) as second:
        assert Caller(second).send("basics.addresses").status_code == 401


def test_unknown_fault_is_refused_with_a_sentence(caller: Caller) -> None:
    url = f"{caller.sandbox.root_url}/_sandbox/faults"

    answer = requests.post(url, json={"kind": "earthquake"}, timeout=5)

    assert answer.status_code == 400
    assert "earthquake" in answer.json()["error"]
