"""Processes die, sleep and come back; pushes are answered whatever the worker does."""

from __future__ import annotations

import json
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import requests

from tests.stack import Stack

ADDRESS = "/callbacks/xport/practice/"


def until(true: Callable[[], object], seconds: float, what: str) -> float:
    """Wait until something holds; how long it took. Fails with `what` otherwise."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if true():
            return time.monotonic() - started
        time.sleep(0.1)
    raise AssertionError(what)


def answers(stack: Stack) -> bool:
    try:
        return requests.get(stack.url + "/readyz", timeout=2).status_code == 200
    except requests.RequestException:
        return False


@contextmanager
def asleep(pids: list[int]) -> Iterator[None]:
    """The processes get no time at all, as on a machine that swaps."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("words", ["gunicorn", " worker --concurrency", " beat --pidfile"])
def test_a_killed_process_is_back_within_ten_seconds(stack: Stack, words: str) -> None:
    before = stack.processes(words)
    assert before

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    until(
        lambda: (now := stack.processes(words)) and not set(now) & set(before),
        10,
        f"{words} did not come back",
    )
    until(lambda: answers(stack), 10, "the desk does not answer")


def push(stack: Stack, body: object, **headers: str) -> requests.Response:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return requests.post(stack.url + ADDRESS, data=data, headers=headers, timeout=10)


def message(order_id: str) -> dict[str, object]:
    return {
        "messageType": "ORDER_PAY_SUCCESS",
        "messagePlatform": 1,
        "timestamp": str(int(time.time() * 1000)),
        "messageBody": json.dumps({"orderId": order_id, "note": uuid.uuid4().hex}),
    }


def test_pushes_are_answered_while_the_worker_sleeps(stack: Stack) -> None:
    """How fast is benchmarks/push.py's to print."""
    with asleep(stack.processes(" worker --concurrency")):
        for number in range(200):
            assert push(stack, message(f"99{number:017d}")).status_code == 200


def orders_of_the_platform(stack: Stack) -> list[dict[str, object]]:
    rows = requests.get(stack.other + "/orders?limit=500", timeout=30).json()
    return sorted(rows, key=lambda row: str(row["order_id"]))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"messageType": 7, "messageBody": [], "messagePlatform": "x"}',
        b'{"messageType": "SOMETHING_NEW", "messagePlatform": 1, "messageBody": "{}"}',
        b'{"messageBody": "not json", "messageType": "ORDER_CREATE", "messagePlatform": 0}',
        b"a=b&c=d",
        b"{" * 100_000,
    ],
)
def test_odd_pushes_get_no_server_error(stack: Stack, body: bytes) -> None:
    assert push(stack, body).status_code < 500


def test_an_oversized_push_is_turned_away(stack: Stack) -> None:
    big = b'{"messageType":"' + b"x" * (1024 * 1024) + b'"}'

    assert push(stack, big).status_code == 413
    chunked = requests.post(
        stack.url + ADDRESS, data=iter([big[:600_000], big[600_000:]]), timeout=10
    )
    assert chunked.status_code == 413


def test_a_wrong_secret_leads_nowhere(stack: Stack) -> None:
    assert (
        requests.post(stack.url + "/callbacks/xport/guess/", data=b"{}", timeout=10).status_code
        == 404
    )


def test_a_forged_push_changes_nothing_at_the_platform(stack: Stack) -> None:
    effects = len(stack.ledger())
    order = orders_of_the_platform(stack)[0]
    lie = message(str(order["order_id"]))
    lie["messageBody"] = json.dumps(
        {"orderId": order["order_id"], "orderStatus": "CANCEL", "payStatus": 1, "totalAmount": 1}
    )

    assert push(stack, lie).status_code == 200
    assert push(stack, lie).status_code == 200
    time.sleep(3)

    assert len(stack.ledger()) == effects
