"""Driving the engine by hand in tests: a story up to a queued command, faults, and moved clocks."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from approvals import services as approvals
from approvals.models import Approval
from desk import clock
from gateway.choices import CommandState
from gateway.models import CommandAttempt, RemoteCommand
from gateway.services import resolving, sending
from procurement.models import Payment, PurchaseOrder, PurchaseRequest
from procurement.services import asking, polling, quoting
from tests.procurement.test_story import fill_cart

CREATE = {"taobao": "taobao_order.purchase_create_v2", "1688": "alibaba_order.create"}
PAY = {"taobao": "taobao_order.purchase_pay", "1688": "alibaba_order.pay"}
WINDOW = timedelta(seconds=600 + 30 + 60 + 1)  # signature, clocks, lists: settings of a bare clone


def ask(
    company: SimpleNamespace,
    sandbox: Any,
    marketplace: str,
    token: str = "t1",  # noqa: S107
) -> PurchaseRequest:
    """Ana asks for twenty of something."""
    fill_cart(sandbox, company.ana, marketplace)
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to, fresh=True)
    assert groups[0].quote is not None, groups[0].failure
    wish = asking.Wish(token=token, purpose="Fair", cost_centre="4100", ship_to=company.ship_to)
    return asking.ask_for(person=company.ana, wish=wish, groups=groups)


def approve(company: SimpleNamespace, request: PurchaseRequest) -> RemoteCommand:
    """Maria approves; the place command waits."""
    approval = Approval.objects.get(subject=f"request:{request.pk}")
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    return RemoteCommand.objects.get(subject=f"planned:{request.planned.get().pk}", state="queued")


def placing(
    company: SimpleNamespace,
    sandbox: Any,
    marketplace: str,
    token: str = "t1",  # noqa: S107
) -> RemoteCommand:
    """A place command that is due."""
    return approve(company, ask(company, sandbox, marketplace, token))


def paying(company: SimpleNamespace, sandbox: Any, marketplace: str) -> RemoteCommand:
    """A pay command that is due, of an order that was placed."""
    command = placing(company, sandbox, marketplace)
    assert sending.run_command(command.pk) == CommandState.DONE
    order = PurchaseOrder.objects.get(planned=command.payload["planned"])
    sandbox.control.advance({"seconds": 120})
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(order.pk)
    return RemoteCommand.objects.get(kind="pay", state=CommandState.QUEUED)


def fault(sandbox: Any, key: str, kind: str, when: str, **more: Any) -> None:
    """One fault, once."""
    sandbox.engine.faults.add({"key": key, "kind": kind, "when": when, "count": 1} | more)


def effects(sandbox: Any, effect: str) -> int:
    """How often something really happened on the other side."""
    return [row["effect"] for row in sandbox.engine.ledger.rows()].count(effect)


def run(command: RemoteCommand) -> str:
    RemoteCommand.objects.filter(pk=command.pk).update(not_before=clock.now())
    return sending.run_command(command.pk)


def ask_platform(command: RemoteCommand) -> str:
    """One question to the platform, now."""
    RemoteCommand.objects.filter(pk=command.pk).update(ask_at=clock.now())
    return resolving.resolve(command.pk)


def pass_window(command: RemoteCommand) -> None:
    """The signed requests of a command grow so old that none can be accepted any more."""
    for attempt in CommandAttempt.objects.filter(command=command):
        attempt.signed_until = clock.now() - WINDOW
        attempt.save()


def end_lease(command: RemoteCommand) -> None:
    """Its worker died a while ago; the sweeper notices."""
    RemoteCommand.objects.filter(pk=command.pk).update(
        lease_until=clock.now() - timedelta(seconds=1)
    )


def paid_payment() -> Payment:
    return Payment.objects.get()
