"""Attacks by doing two things at once: the orders of one request are answered at the same moment.

Only PostgreSQL lets two writers in at once; on SQLite the second waits for the first anyway.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, connections

from approvals import services as approvals
from approvals.models import Approval
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import sending
from procurement.choices import RequestState
from procurement.commands import place
from procurement.models import PurchaseOrder, PurchaseRequest
from procurement.services import asking, quoting
from procurement.services.placing import settle_request
from tests.gateway.driving import effects
from tests.procurement.test_story import fill_cart

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("quick"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
PATIENCE = 2.0


@pytest.fixture
def meeting(monkeypatch: Any) -> None:
    """Both transactions stand at the end of their work, where nothing stops them, before either
    looks whether the request is done, and again before either commits."""
    together = threading.Barrier(2)

    def wait() -> None:
        with suppress(threading.BrokenBarrierError):
            together.wait(PATIENCE)

    def slow_settle(request: PurchaseRequest) -> None:
        wait()
        settle_request(request)
        wait()

    monkeypatch.setattr(place, "settle_request", slow_settle)


def ordering_two(company: Any, sandbox: Any) -> PurchaseRequest:
    for marketplace in ("1688", "taobao"):
        fill_cart(sandbox, company.ana, marketplace)
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to, fresh=True)
    wish = asking.Wish(token="t2", purpose="Fair", cost_centre="4100", ship_to=company.ship_to)
    request = asking.ask_for(person=company.ana, wish=wish, groups=groups)
    approval = Approval.objects.get()
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    return request


def send_at_once() -> list[Any]:
    results: list[Any] = []

    def send(pk: int) -> None:
        try:
            results.append(sending.run_command(pk))
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=send, args=(pk,))
        for pk in RemoteCommand.objects.values_list("pk", flat=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_orders_of_one_request_placed_at_once_settle_it(company, sandbox, meeting):
    request = ordering_two(company, sandbox)
    assert send_at_once() == [CommandState.DONE, CommandState.DONE]
    request.refresh_from_db()
    assert request.state == RequestState.PLACED
    assert len(set(PurchaseOrder.objects.values_list("number", flat=True))) == 2
    assert effects(sandbox, "order_created") == 2


def test_two_orders_of_one_request_refused_at_once_settle_it(company, sandbox, meeting):
    request = ordering_two(company, sandbox)
    for key in ("alibaba_order.create", "taobao_order.purchase_create_v2"):
        sandbox.engine.faults.add({"key": key, "kind": "error", "when": "before", "code": 40901})
    assert send_at_once() == [CommandState.REFUSED, CommandState.REFUSED]
    request.refresh_from_db()
    assert request.state != RequestState.PLACING
