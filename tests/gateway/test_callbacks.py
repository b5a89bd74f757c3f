"""The address that the platform calls: stored once, answered at once, believed never."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from desk import clock
from gateway.choices import PushState
from gateway.models import PushMessage
from gateway.push_handlers import handlers
from gateway.services import inbox
from procurement.models import PurchaseOrder

pytestmark = pytest.mark.django_db
URL = "/callbacks/xport/practice/"
REAL = {
    "messageId": "m-1",
    "messagePlatform": 0,
    "messageType": "TAOBAO_ORDER_STATUS_CHANGE",
    "timestamp": 1_700_000_000_000,
    "messageBody": {"purchaseId": "70001", "status": "PAID"},
}


@pytest.fixture
def bells(monkeypatch):
    """The worker is stopped: rings are heard here and by nobody else."""
    rung = []
    monkeypatch.setattr("gateway.doorbell.ring_now", lambda task, *args: rung.append((task, *args)))
    return rung


@pytest.fixture
def handled():
    """A handler beside procurement's, which notes what it was given."""
    seen = []

    def handler(push):
        seen.append(push)
        return "noted"

    handlers.append(handler)
    yield seen
    handlers.remove(handler)


def send(body: object, **headers: str):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return client.post(URL, data, content_type="application/json", headers=headers)


def test_a_push_is_stored_and_answered_while_the_worker_is_stopped(
    bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(REAL).status_code == 200
    message = PushMessage.objects.get()
    assert (message.state, message.marketplace) == (PushState.NEW, "taobao")
    assert bells == [("gateway.process_push", message.pk)]


def test_it_is_processed_when_the_worker_returns(bells, handled):
    send(REAL)
    assert inbox.sweep() == 1
    assert inbox.process(PushMessage.objects.get().pk) == PushState.DONE
    assert handled[0].order_refs[0] == "70001"
    assert inbox.process(PushMessage.objects.get().pk) == ""
    assert len(handled) == 1


def test_a_repeat_is_counted_and_not_stored_again(bells):
    send(REAL)
    assert send(REAL).status_code == 200
    assert PushMessage.objects.get().repeats == 1


def test_a_forged_push_changes_no_order(company, bells):
    send({**REAL, "messageBody": {"purchaseId": "666", "status": "PAID"}})
    inbox.process(PushMessage.objects.get().pk)
    assert not PurchaseOrder.objects.exists()
    assert [task for task, *_ in bells if task == "procurement.poll_cursor"] == [
        "procurement.poll_cursor"
    ]


def test_a_flood_of_forged_pushes_asks_each_list_once(company, bells):
    for number in range(30):
        send({**REAL, "messageBody": {"purchaseId": f"9{number}"}})
    for message in PushMessage.objects.all():
        inbox.process(message.pk)
    assert sum(task == "procurement.poll_cursor" for task, *_ in bells) == 1


def test_oversized_bodies_are_refused_unread(bells):
    assert send(b"x" * (inbox.LARGEST + 1)).status_code == 413
    assert not PushMessage.objects.exists()


def test_an_oversized_body_without_length_is_refused(bells, rf):
    from io import BytesIO

    from gateway.views.callbacks import receive

    request = rf.post(URL)
    request.META.pop("CONTENT_LENGTH", None)
    request.META["wsgi.input_terminated"] = True
    request.META["wsgi.input"] = BytesIO(b"x" * (inbox.LARGEST + 10))
    assert receive(request, "practice").status_code == 413
    request.META["wsgi.input"] = BytesIO(json.dumps(REAL).encode())
    assert receive(request, "practice").status_code == 200
    assert PushMessage.objects.get().marketplace == "taobao"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'"text"',
        b'{"messagePlatform": 7, "messageType": "X", "messageBody": {}}',
        b'{"messagePlatform": 0, "messageType": "NEW_KIND", "messageBody": "not json"}',
        b'{"messagePlatform": 0, "messageType": "A",'
        b' "messageBody": {"purchaseId": "\\u0000\\ud800"}}',
        b"[" * 100_000,
        b'{"messagePlatform": 0, "messageBody": {"purchaseId": ' + b"9" * 6000 + b"}}",
        b'{"messagePlatform": 0, "messageType": "UNKNOWN_KIND", "messageBody": {"purchaseId": 1}}',
        b"a=b&c=d",
    ],
    ids=range(12),
)
def test_odd_bodies_give_no_error(bells, body):
    assert send(body).status_code == 200
    for message in PushMessage.objects.all():
        inbox.process(message.pk)
    assert not PurchaseOrder.objects.exists()


def test_empty_bodies_and_the_verify_button_are_answered(bells):
    client = Client()
    assert send(b"").status_code == 200
    assert client.get(URL).status_code == 200
    assert client.head(URL).status_code == 200
    assert client.put(URL).status_code == 405
    assert not PushMessage.objects.exists()


@pytest.mark.parametrize("secret", ["wrong", "practice2", "пароль"])
def test_a_wrong_secret_is_not_found(bells, secret):
    address = f"/callbacks/xport/{secret}/"
    assert Client().post(address, b"{}", "application/json").status_code == 404


def test_without_a_secret_there_is_no_address(bells, settings):
    settings.XPORT_PUSH_SECRET = ""
    assert Client().get(URL).status_code == 404


def test_a_handler_that_breaks_each_time_ends_as_failed(bells):
    def broken(push):
        raise RuntimeError("a bug")

    handlers.insert(0, broken)
    try:
        send(REAL)
        message = PushMessage.objects.get()
        for _try in range(inbox.TRIES):
            PushMessage.objects.update(try_at=clock.now())
            with pytest.raises(RuntimeError):
                inbox.process(message.pk)
        PushMessage.objects.update(try_at=clock.now())
        assert inbox.process(message.pk) == PushState.FAILED
    finally:
        handlers.remove(broken)


def test_processing_again_by_hand(bells, handled):
    send(REAL)
    pk = PushMessage.objects.get().pk
    inbox.process(pk)
    assert inbox.process_again(pk)
    assert inbox.process(pk) == PushState.DONE
    assert len(handled) == 2
