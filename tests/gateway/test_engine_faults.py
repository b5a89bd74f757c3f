"""Every fault of the other side, while placing and while paying: at most one effect, and it is
found. The clock of the window is moved by making the signed requests older, never by a setting."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.choices import CommandState, Verdict
from gateway.models import RemoteCommand
from gateway.services import resolving
from procurement.choices import PaymentState, PlannedState
from procurement.models import Payment, PlannedOrder, PurchaseOrder
from tests.gateway.driving import (
    CREATE,
    PAY,
    ask_platform,
    effects,
    fault,
    pass_window,
    paying,
    placing,
    run,
)

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [
    ("timeout", {"seconds": 2}),
    ("http_500", {}),
    ("http_429", {}),
    ("http_401", {}),
    ("redirect", {}),
    ("cut", {}),
]
AFTER = [
    ("timeout", {"seconds": 2}),
    ("error", {}),
    ("http_500", {}),
    ("cut", {}),
    ("half", {}),
    ("unreadable", {}),
]


@pytest.fixture(autouse=True)
def impatient(settings: Any, quick: None) -> None:
    settings.COMMAND_CALL_SECONDS = 1.0


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
@pytest.mark.parametrize(("kind", "more"), AFTER, ids=[kind for kind, _more in AFTER])
def test_an_order_whose_answer_was_lost_is_found_and_not_made_again(
    company, sandbox, marketplace, kind, more
):
    command = placing(company, sandbox, marketplace)
    fault(sandbox, CREATE[marketplace], kind, "after", **more)
    assert run(command) == CommandState.UNKNOWN
    assert PlannedOrder.objects.get().state == PlannedState.UNCLEAR
    assert run(command) == ""
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1
    assert PurchaseOrder.objects.count() == 1
    assert PlannedOrder.objects.get().state == PlannedState.PLACED


@pytest.mark.parametrize(("kind", "more"), BEFORE, ids=[kind for kind, _more in BEFORE])
def test_a_keyed_order_that_was_not_made_goes_again_after_the_window(company, sandbox, kind, more):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], kind, "before", **more)
    assert run(command) == CommandState.UNKNOWN
    for _question in range(3):
        assert ask_platform(command) == CommandState.UNKNOWN
    assert effects(sandbox, "order_created") == 0
    pass_window(command)
    assert ask_platform(command) == CommandState.UNKNOWN
    assert ask_platform(command) == CommandState.QUEUED
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize(("kind", "more"), BEFORE, ids=[kind for kind, _more in BEFORE])
def test_a_keyless_order_that_was_not_made_goes_to_a_person(company, sandbox, kind, more):
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], kind, "before", **more)
    assert run(command) == CommandState.UNKNOWN
    pass_window(command)
    assert ask_platform(command) == CommandState.UNKNOWN
    assert ask_platform(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    assert command.verdict == Verdict.NOT_DONE
    assert run(command) == ""
    resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


def test_absence_before_the_window_ends_counts_for_nothing(company, sandbox):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "before")
    run(command)
    for _question in range(5):
        ask_platform(command)
    command.refresh_from_db()
    assert (command.absent_reads, command.state) == (0, CommandState.UNKNOWN)


def test_one_absence_is_not_enough(company, sandbox):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "before")
    run(command)
    pass_window(command)
    ask_platform(command)
    command.refresh_from_db()
    assert (command.absent_reads, command.state) == (1, CommandState.UNKNOWN)


def test_a_platform_that_cannot_be_asked_shows_no_absence(company, sandbox):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "before")
    run(command)
    pass_window(command)
    sandbox.engine.faults.add(
        {"key": "taobao_order.purchase_page", "kind": "error", "when": "before"}
    )
    assert ask_platform(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    assert command.absent_reads == 0
    assert command.message


def test_a_key_that_is_sent_again_makes_no_second_order(company, sandbox):
    """The platform made the order and its list hides it for longer than we wait."""
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "after")
    assert run(command) == CommandState.UNKNOWN
    RemoteCommand.objects.filter(pk=command.pk).update(state=CommandState.QUEUED)
    run(command)
    ask_platform(command)
    command.refresh_from_db()
    assert command.state == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
@pytest.mark.parametrize(("kind", "more"), AFTER, ids=[kind for kind, _more in AFTER])
def test_a_payment_whose_answer_was_lost_is_found_and_not_paid_again(
    company, sandbox, marketplace, kind, more
):
    command = paying(company, sandbox, marketplace)
    fault(sandbox, PAY[marketplace], kind, "after", **more)
    assert run(command) == CommandState.UNKNOWN
    assert Payment.objects.get().state == PaymentState.UNKNOWN
    assert run(command) == ""
    sandbox.control.advance({"seconds": 3600})
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "debit") == 1
    assert Payment.objects.get().state in (PaymentState.ACCEPTED, PaymentState.SETTLED)


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
@pytest.mark.parametrize(("kind", "more"), BEFORE, ids=[kind for kind, _more in BEFORE])
def test_a_payment_that_was_not_made_is_never_sent_again_by_itself(
    company, sandbox, marketplace, kind, more
):
    command = paying(company, sandbox, marketplace)
    fault(sandbox, PAY[marketplace], kind, "before", **more)
    assert run(command) == CommandState.UNKNOWN
    pass_window(command)
    for _question in range(4):
        ask_platform(command)
    command.refresh_from_db()
    assert (command.state, command.verdict) == (CommandState.UNKNOWN, Verdict.NOT_DONE)
    assert effects(sandbox, "debit") == 0
    resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.DONE
    sandbox.control.advance({"seconds": 3600})
    assert effects(sandbox, "debit") == 1
