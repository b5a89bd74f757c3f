"""Attacks through clocks, lagging lists and other people's orders: nothing is concluded from them
that is not so, and nothing is made twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import formatdate
from types import SimpleNamespace
from typing import Any

import pytest

from desk import clock
from gateway.choices import CommandState, Verdict
from gateway.client import client_for
from gateway.models import RemoteCommand, SyncCursor
from gateway.services import resolving
from procurement.choices import PaymentState
from procurement.commands.place import lines_of
from procurement.marketplaces import port
from procurement.marketplaces.base import Address
from procurement.models import Payment, PurchaseOrder
from procurement.services import polling
from procurement.services.ending import cancel_order
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
from xport.client import Done
from xport.sandbox import door
from xport.sandbox.server import Handler

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]
FAR = 45 * 60
LIST = "alibaba_order.page"


@pytest.fixture
def platform_off(sandbox: Any, monkeypatch: Any) -> Callable[[int], None]:
    """Put the platform's clock so many seconds ahead of ours: its signature check, the `Date` of
    its answers and the times of its orders."""

    def put(seconds: int) -> None:
        sandbox.control.set_clock({"offset_seconds": seconds})
        monkeypatch.setattr(
            door,
            "time",
            SimpleNamespace(time=lambda: time.time() + seconds, monotonic=time.monotonic),
        )
        monkeypatch.setattr(
            Handler,
            "date_time_string",
            lambda _self, _timestamp=None: formatdate(time.time() + seconds, usegmt=True),
        )

    return put


def by_hand(command: RemoteCommand, company: SimpleNamespace, times: int = 1) -> str:
    """A colleague orders the same, or more of it, at the website; the order's id there."""
    outcome = port(command.marketplace).place(
        client_for(company.account),
        [replace(line, quantity=line.quantity * times) for line in lines_of(command)],
        Address(**command.payload["address"]),
        outer_id="",
        options={},
        send_by=clock.now() + timedelta(seconds=5),
        deadline=10,
    )
    assert isinstance(outcome, Done)
    return outcome.value.remote_ids[0]


def shown_absent(command: RemoteCommand) -> None:
    """Two complete reads, after the window, do not show it."""
    pass_window(command)
    ask_platform(command)
    ask_platform(command)
    command.refresh_from_db()
    assert (command.state, command.verdict) == (CommandState.UNKNOWN, Verdict.NOT_DONE)


@pytest.mark.parametrize("seconds", [-FAR, FAR])
def test_a_clock_that_is_far_off_hides_no_order(company, sandbox, platform_off, seconds):
    platform_off(seconds)
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    pass_window(command)
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("seconds", [-FAR, FAR])
def test_a_clock_that_is_far_off_shows_absence_as_it_is(company, sandbox, platform_off, seconds):
    platform_off(seconds)
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "before")
    assert run(command) == CommandState.UNKNOWN
    shown_absent(command)
    resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("seconds", [-FAR, FAR])
def test_the_poll_skips_nothing_where_clocks_differ(company, sandbox, platform_off, seconds):
    platform_off(seconds)
    command = placing(company, sandbox, "taobao")
    assert run(command) == CommandState.DONE
    order = PurchaseOrder.objects.get()
    polling.poll(sub_account=company.account, marketplace="taobao")
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 5})
    polling.poll(sub_account=company.account, marketplace="taobao")
    before = order.total
    order.refresh_from_db()
    assert order.total > before
    ahead = (SyncCursor.objects.get().position - clock.now()).total_seconds()
    assert abs(ahead - seconds) < 60


@pytest.mark.parametrize("seconds", [-FAR, FAR])
def test_an_order_that_is_being_placed_is_not_taken_for_anothers(
    company, sandbox, platform_off, seconds
):
    platform_off(seconds)
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    polling.poll(sub_account=company.account, marketplace="1688")
    assert not PurchaseOrder.objects.exists()
    assert ask_platform(command) == CommandState.DONE


def test_a_repeat_finds_the_first_try(company, sandbox):
    """Two lists lagged and showed nothing; a person sends it again; the first try shows up now."""
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    fault(sandbox, LIST, "stale_list", "before", seconds=3600, count=2)
    shown_absent(command)
    resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.UNKNOWN
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


def test_a_repeat_keeps_the_first_baseline(company, sandbox):
    """Orders that appeared after the first try never pass for orders that were there before."""
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "before")
    assert run(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    known, since = command.prepared["known"], command.prepared["since"]
    by_hand(command, company, times=2)
    shown_absent(command)
    resolving.send_again(command=command, by=company.frank)
    fault(sandbox, CREATE["1688"], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    assert command.attempts.count() == 2
    assert (command.prepared["known"], command.prepared["since"]) == (known, since)
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 2


def newer_row() -> None:
    """Another machine, whose clock is ahead, read the order a moment ago: ours is dropped."""
    PurchaseOrder.objects.update(as_of=clock.now() + timedelta(minutes=20))


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_a_payment_is_found_in_what_was_read_though_the_row_kept_newer(
    company, sandbox, marketplace
):
    command = paying(company, sandbox, marketplace)
    fault(sandbox, PAY[marketplace], "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    newer_row()
    sandbox.control.advance({"seconds": 60})
    pass_window(command)
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "debit") == 1


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_what_reads_as_paid_is_not_paid_though_the_row_kept_newer(company, sandbox, marketplace):
    command = paying(company, sandbox, marketplace)
    sandbox.control.order_verb(PurchaseOrder.objects.get().remote_id, "pay", {})
    sandbox.control.advance({"seconds": 60})
    newer_row()
    assert run(command) == CommandState.STOPPED
    assert not command.attempts.exists()
    assert effects(sandbox, "debit") == 1


def test_a_rise_is_asked_about_though_the_row_kept_newer(company, sandbox):
    """The amount just read counts in the sum of the ceiling, not the one the row kept."""
    command = paying(company, sandbox, "1688")
    order = PurchaseOrder.objects.get()
    planned = order.planned
    Payment.objects.update(ceiling=planned.ceiling)
    twin = PurchaseOrder.objects.create(
        number="R-1/99",
        request=order.request,
        planned=planned,
        requester=company.ana,
        marketplace="1688",
        sub_account=company.account,
        remote_id="1",
        total=planned.ceiling - order.total,
    )
    Payment.objects.create(
        order=twin,
        state=PaymentState.SETTLED,
        approved=twin.total,
        ceiling=planned.ceiling,
        company_approved=1,
    )
    sandbox.control.order_verb(order.remote_id, "price", {"percent": 1})
    newer_row()
    assert run(command) == CommandState.STOPPED
    assert Payment.objects.get(order=order).state == PaymentState.ASKED
    assert effects(sandbox, "debit") == 0


def test_a_cancellation_is_found_in_what_was_read_though_the_row_kept_newer(company, sandbox):
    pay = paying(company, sandbox, "1688")
    RemoteCommand.objects.filter(pk=pay.pk).update(state=CommandState.UNDONE)
    order = PurchaseOrder.objects.get()
    command = cancel_order(order=order, by=company.ana, reason="No longer needed", token="c1")
    fault(sandbox, "alibaba_order.cancel", "cut", "after")
    assert run(command) == CommandState.UNKNOWN
    newer_row()
    assert ask_platform(command) == CommandState.DONE


def several(company: SimpleNamespace, sandbox: Any) -> tuple[RemoteCommand, list[str]]:
    """A create that never arrived, and two orders like it that colleagues made meanwhile."""
    command = placing(company, sandbox, "1688")
    fault(sandbox, CREATE["1688"], "cut", "before")
    assert run(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    ids = [by_hand(command, company), by_hand(command, company)]
    ask_platform(command)
    command.refresh_from_db()
    assert command.verdict == Verdict.SEVERAL
    return command, sorted(ids)


def test_none_of_several_may_be_ours_and_the_question_goes_on(company, sandbox):
    command, ids = several(company, sandbox)
    resolving.rule_out(command=command, remote_ids=ids, by=company.frank, note="By hand, both.")
    shown_absent(command)
    resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.DONE
    assert PurchaseOrder.objects.get(planned__isnull=False).remote_id not in ids


def test_one_more_of_several_makes_the_ruling_out_void(company, sandbox):
    command, ids = several(company, sandbox)
    by_hand(command, company)
    ask_platform(command)
    with pytest.raises(resolving.CannotSettle):
        resolving.rule_out(command=command, remote_ids=ids, by=company.frank, note="Both.")
    command.refresh_from_db()
    assert (command.verdict, command.ruled_out) == (Verdict.SEVERAL, [])


def test_one_of_several_is_picked_by_its_id_however_the_list_moved(company, sandbox):
    command, ids = several(company, sandbox)
    RemoteCommand.objects.filter(pk=command.pk).update(candidates=command.candidates[::-1])
    with pytest.raises(resolving.CannotSettle):
        resolving.pick_candidate(command=command, remote_ids=["1"], by=company.frank, note="x")
    resolving.pick_candidate(command=command, remote_ids=ids[:1], by=company.frank, note="9:40.")
    assert PurchaseOrder.objects.get().remote_id == ids[0]
