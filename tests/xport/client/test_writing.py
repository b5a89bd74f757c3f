"""Writes: one attempt, four outcomes, over real sockets."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.xport.client.loopback import (
    REQUEST_ID,
    Behaviour,
    Platform,
    answers,
    answers_bytes,
    cuts,
    cuts_in_the_middle,
    drips,
    free_port,
    silent,
)
from xport.client import (
    Attempt,
    Client,
    Done,
    DownUntil,
    InvalidRequest,
    NotSent,
    Refused,
    Unknown,
)
from xport.client.endpoints import alibaba_order, taobao_order

ORDER = "2542285634920880794"
CANCEL = (alibaba_order.CANCEL, alibaba_order.CancelRequest(order_id=ORDER))
PAY = (alibaba_order.PAY, alibaba_order.PayRequest(order_id=ORDER))


def test_a_done_write_carries_value_request_id_and_moment(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(True)

    outcome = client.write(*CANCEL)

    assert isinstance(outcome, Done)
    assert outcome.value.cancelled is True
    assert outcome.request_id == REQUEST_ID
    assert platform.seen[0].body.startswith(b'{"orderId":2542285634920880794,')


@pytest.mark.parametrize(
    "behaviour",
    [
        cuts,
        cuts_in_the_middle,
        silent(2),
        drips(0.02),
        answers(True, status=307, Location="/api/alibaba/order/cancel"),
        answers(True, status=302, Location="/"),
        answers(True, status=429),
        answers(True, status=500),
        answers(code=40901, status=502),
        answers(code=50000),
        answers(code=42901),
        answers(code=12345, msg="不知道"),
        answers(code=40103, msg="nonce"),
        answers(True, code=0),
        answers(True, status=404),
        answers_bytes(b"<html>gone</html>", status=401),
        answers_bytes(b"<html>fine</html>"),
        answers_bytes(b"", status=200),
        answers_bytes(b'{"code": 200, "data": {"success": "perhaps"}}'),
        answers(None),
        answers(False),
    ],
)
@pytest.mark.parametrize("call", [CANCEL, PAY])
def test_whatever_is_not_definite_is_unknown_and_sent_once(
    platform: Platform, client: Client, behaviour: Behaviour, call: tuple
) -> None:
    platform.always = behaviour

    outcome = client.write(*call, deadline=0.5)

    assert isinstance(outcome, Unknown)
    assert outcome.reason
    time.sleep(0.05)
    assert len(platform.seen) == 1


@pytest.mark.parametrize("code", [40101, 40104, 40301, 40302, 40001, 40401, 40901, "40901"])
def test_codes_given_before_any_effect_are_refusals(
    platform: Platform, client: Client, code: int | str
) -> None:
    platform.always = answers(code=code, msg="不行")

    outcome = client.write(*CANCEL)

    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.message) == (str(code), "不行")
    assert outcome.request_id == REQUEST_ID
    assert outcome.sentence.endswith(".")


def test_a_refused_connection_sends_nothing(make_client: Callable[..., Client]) -> None:
    client = make_client(base_url=f"http://127.0.0.1:{free_port()}/api")

    outcome = client.write(*PAY)

    assert isinstance(outcome, NotSent)
    assert outcome.kind == "connect"


def test_an_unknown_name_sends_nothing(
    make_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_args: object, **_options: object) -> None:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    outcome = make_client(base_url="http://platform.invalid/api").write(*PAY)

    assert isinstance(outcome, NotSent)


def test_a_failed_tls_handshake_sends_nothing(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    client = make_client(base_url=platform.base_url.replace("http:", "https:"))

    outcome = client.write(*PAY, deadline=1)

    assert isinstance(outcome, NotSent)


def test_a_write_whose_time_has_passed_is_not_signed(platform: Platform, client: Client) -> None:
    outcome = client.write(*PAY, send_by=datetime.now(UTC) - timedelta(milliseconds=1))

    assert outcome == NotSent("the time for sending had passed", "late")
    assert platform.seen == []


def test_the_time_is_checked_after_waiting_for_a_turn(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    class Slow:
        def acquire(self, *, timeout: float) -> bool:
            time.sleep(0.1)
            return True

    send_by = datetime.now(UTC) + timedelta(seconds=0.05)
    outcome = make_client(limiter=Slow()).write(*PAY, send_by=send_by)

    assert isinstance(outcome, NotSent)
    assert platform.seen == []


def test_a_naive_time_is_a_mistake(client: Client) -> None:
    with pytest.raises(TypeError):
        client.write(*PAY, send_by=datetime(2026, 1, 1))  # noqa: DTZ001


def test_our_own_limit_and_the_mark_send_nothing(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    class Full:
        def acquire(self, *, timeout: float) -> bool:
            return False

    breaker = DownUntil(after=1)
    breaker.failed()

    limited = make_client(limiter=Full()).write(*PAY)
    marked = make_client(breaker=breaker).write(*PAY)

    assert isinstance(limited, NotSent)
    assert limited.kind == "limit"
    assert isinstance(marked, NotSent)
    assert marked.kind == "marked"
    assert platform.seen == []


def test_a_value_that_does_not_fit_is_never_sent(platform: Platform, client: Client) -> None:
    for order_id in ("12a", "", "１２", "-1", " 1"):
        with pytest.raises(InvalidRequest, match="order_id"):
            client.write(alibaba_order.CANCEL, alibaba_order.CancelRequest(order_id=order_id))
    assert platform.seen == []


def test_a_stale_kept_connection_is_never_used_to_send_twice(
    platform: Platform, client: Client
) -> None:
    platform.script = [answers(True), cuts]

    assert isinstance(client.write(*CANCEL), Done)
    assert isinstance(client.write(*CANCEL), Unknown)
    assert len(platform.seen) == 2


def test_every_attempt_is_observed_without_what_it_said(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    attempts: list[Attempt] = []
    client = make_client(observer=attempts.append)
    platform.script = [
        answers(True),
        answers(code=40901),
        cuts,
        answers(status=503),
        answers({"purchaseId": 1, "status": 0}),
        answers(1),
    ]

    client.write(*CANCEL)
    client.write(*CANCEL)
    client.write(*CANCEL)
    client.write(*CANCEL, send_by=datetime(2020, 1, 1, tzinfo=UTC))
    client.read(taobao_order.DETAIL, taobao_order.DetailRequest(order_id="7"))
    client.raw("/x")

    assert [(one.endpoint, one.outcome, one.http_status, one.code) for one in attempts] == [
        ("alibaba_order.cancel", "done", 200, "200"),
        ("alibaba_order.cancel", "refused", 200, "40901"),
        ("alibaba_order.cancel", "unknown", None, ""),
        ("alibaba_order.cancel", "not_sent", None, ""),
        ("taobao_order.detail", "failed", 503, "down"),
        ("taobao_order.detail", "done", 200, "200"),
        ("/x", "raw", 200, "200"),
    ]
    assert all(one.user_id == "2100000000001" for one in attempts)
    assert all(one.started.tzinfo is UTC and one.duration >= 0 for one in attempts)
    assert attempts[0].request_id == REQUEST_ID


def test_a_broken_observer_does_not_turn_done_into_unknown(
    platform: Platform, make_client: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_attempt: Attempt) -> None:
        raise RuntimeError("the call log is full")

    platform.always = answers(True)

    assert isinstance(make_client(observer=breaks).write(*CANCEL), Done)
    assert "The observer failed" in caplog.text
