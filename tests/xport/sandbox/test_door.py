"""Who is let in, and what everyone else is told. A refusal has no effect."""

from __future__ import annotations

import secrets
import time

import pytest
import requests

from xport.sandbox import running_sandbox

from .conftest import SUSPENDED_USER, USER, Caller, signed

ADDRESSES = "basics.addresses"


def test_signed_call_is_answered_in_the_envelope(caller: Caller) -> None:
    answer = caller.send(ADDRESSES)

    envelope = answer.json()
    assert list(envelope) == ["requestId", "code", "developId", "msg", "data"]
    assert (envelope["code"], envelope["msg"]) == (200, "成功")
    assert len(envelope["requestId"]) == 32
    assert isinstance(envelope["developId"], str)
    assert "Date" in answer.headers


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"secret": "wrong"}, 40101),
        ({"timestamp": "now-601"}, 40102),
        ({"timestamp": "now+601"}, 40102),
        ({"timestamp": "milliseconds"}, 40102),
        ({"timestamp": "soon"}, 40001),
        ({"access_key": "f" * 32}, 40104),
        ({"user": "2100000009999"}, 40301),
        ({"user": SUSPENDED_USER}, 40302),
        ({"nonce": "short"}, 40001),
    ],
)
def test_stranger_is_refused_with_a_code(caller: Caller, changes: dict, code: int) -> None:
    now = time.time()
    moments = {
        "now-601": str(int(now) - 602),
        "now+601": str(int(now) + 602),
        "milliseconds": str(int(now * 1000)),
    }
    if "timestamp" in changes:
        changes = {"timestamp": moments.get(changes["timestamp"], changes["timestamp"])}

    envelope = caller.call(ADDRESSES, **changes)

    assert envelope["code"] == code
    assert envelope["data"] is None
    assert envelope["msg"]


def test_599_seconds_off_still_passes(caller: Caller) -> None:
    early = str(int(time.time()) - 598)

    assert caller.call(ADDRESSES, timestamp=early)["code"] == 200


def test_nonce_is_good_for_one_call(caller: Caller) -> None:
    nonce = secrets.token_hex(16)

    assert caller.call(ADDRESSES, nonce=nonce)["code"] == 200
    assert caller.call(ADDRESSES, nonce=nonce)["code"] == 40103


def test_nonces_are_remembered_over_a_restart(tmp_path) -> None:
    path = str(tmp_path / "state.sqlite3")
    nonce = secrets.token_hex(16)
    with running_sandbox(path) as first:
        assert Caller(first).call(ADDRESSES, nonce=nonce)["code"] == 200

    with running_sandbox(path) as second:
        assert Caller(second).call(ADDRESSES, nonce=nonce)["code"] == 40103


@pytest.mark.parametrize("missing", ["access-key", "timestamp", "user-id", "signature"])
def test_missing_header_is_named(caller: Caller, missing: str) -> None:
    headers = signed()
    del headers[missing]

    envelope = requests.get(
        f"{caller.sandbox.base_url}/open/address/get", headers=headers, timeout=5
    ).json()

    assert envelope["code"] == 40001
    assert missing in envelope["msg"]


def test_either_spelling_of_the_nonce_is_enough(caller: Caller) -> None:
    for spelling in ("nonce-str", "once-str"):
        headers = signed()
        del headers[spelling]
        url = f"{caller.sandbox.base_url}/open/address/get"
        assert requests.get(url, headers=headers, timeout=5).json()["code"] == 200


def test_one_spelling_can_be_demanded() -> None:
    with running_sandbox(nonce_header="once-str") as sandbox:
        headers = signed()
        del headers["once-str"]
        url = f"{sandbox.base_url}/open/address/get"
        assert requests.get(url, headers=headers, timeout=5).json()["code"] == 40001


def test_milliseconds_can_be_demanded() -> None:
    with running_sandbox(timestamp_unit="ms") as sandbox:
        caller = Caller(sandbox)
        assert caller.call(ADDRESSES)["code"] == 40102
        assert caller.call(ADDRESSES, timestamp=str(time.time_ns() // 10**6))["code"] == 200


def test_wrong_method_path_and_body_are_refused(caller: Caller) -> None:
    base = caller.sandbox.base_url
    wrong = requests.post(f"{base}/open/address/get", headers=signed(), timeout=5)
    nowhere = requests.get(f"{base}/open/nothing", headers=signed(), timeout=5)
    broken = requests.post(f"{base}/open/purchase/page", data=b"{nope", headers=signed(), timeout=5)

    assert (wrong.status_code, wrong.json()["code"]) == (405, 40001)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, 40401)
    assert broken.json()["code"] == 40001


def test_moving_the_worlds_clock_does_not_move_the_door(caller: Caller) -> None:
    caller.advance(days=30)

    assert caller.call(ADDRESSES)["code"] == 200


def test_too_many_calls_are_refused() -> None:
    with running_sandbox(rate_limit=3) as sandbox:
        codes = [Caller(sandbox).call(ADDRESSES)["code"] for _ in range(5)]

    assert 42901 in codes
    assert codes[0] == 200


def test_new_sub_account_is_known_at_once(caller: Caller) -> None:
    caller.side("/users", {"user_id": "2100000000042", "name": "新同事", "balance": 1000})

    assert caller.call(ADDRESSES, user="2100000000042")["code"] == 200
    assert caller.call(ADDRESSES, user=USER)["code"] == 200
