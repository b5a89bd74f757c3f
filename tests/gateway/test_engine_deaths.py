"""A worker that dies between any two steps, two workers at once, late answers, the undo window."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from accounts.models import SubAccount
from desk import clock
from desk.models import Event, Notice
from gateway.choices import CommandState, Outcome
from gateway.client import client_for
from gateway.models import CommandAttempt, RemoteCommand
from gateway.services import Duplicate, queue, resolving, sending, settling, sweeping, undo
from procurement.choices import PlannedState, RequestState
from procurement.models import PlannedOrder, PurchaseOrder, PurchaseRequest
from tests.gateway.driving import (
    CREATE,
    ask_platform,
    effects,
    end_lease,
    fault,
    pass_window,
    placing,
    run,
)
from xport.client import Done, Unknown, XportError
from xport.client.endpoints import basics

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


class Killed(BaseException):
    """The process is gone: nothing may catch it."""


def die(*args: Any, **kwargs: Any) -> None:
    raise Killed


def test_death_after_the_claim_sends_nothing_and_starts_over(company, sandbox, monkeypatch):
    command = placing(company, sandbox, "1688")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sending, "_open_attempt", die)
        sending.run_command(command.pk)
    assert run(command) == ""
    end_lease(command)
    assert sweeping.end_leases() == 1
    assert ask_platform(command) == CommandState.QUEUED
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_death_after_the_attempt_row_is_asked_about(company, sandbox, monkeypatch, marketplace):
    command = placing(company, sandbox, marketplace)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sending, "_call", die)
        sending.run_command(command.pk)
    assert CommandAttempt.objects.get().outcome == Outcome.PENDING
    end_lease(command)
    sweeping.end_leases()
    assert ask_platform(command) == CommandState.UNKNOWN
    assert run(command) == ""
    pass_window(command)
    ask_platform(command)
    ask_platform(command)
    command.refresh_from_db()
    if marketplace == "1688":
        resolving.send_again(command=command, by=company.frank)
    assert run(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_death_after_the_call_is_settled_from_the_list(company, sandbox, monkeypatch, marketplace):
    command = placing(company, sandbox, marketplace)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sending, "_keep", die)
        sending.run_command(command.pk)
    end_lease(command)
    sweeping.end_leases()
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1
    assert PurchaseOrder.objects.count() == 1


def test_death_after_the_answer_was_kept_is_settled_from_it(company, sandbox, monkeypatch):
    command = placing(company, sandbox, "1688")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(sending, "settle", die)
        sending.run_command(command.pk)
    end_lease(command)
    sweeping.end_leases()
    sandbox.engine.faults.add({"key": "*", "kind": "http_500", "when": "before"})
    assert ask_platform(command) == CommandState.DONE
    assert effects(sandbox, "order_created") == 1


def ring(pk: int) -> str:
    """SQLite in memory says "locked" at once where a file waits; the sweeper would ring again."""
    for _again in range(50):
        try:
            return sending.run_command(pk)
        except OperationalError:
            time.sleep(0.05)
    raise AssertionError("locked for good")


def test_two_workers_send_once(company, sandbox):
    command = placing(company, sandbox, "1688")
    start, states = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        try:
            states.append(ring(command.pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == ["", CommandState.DONE]
    assert effects(sandbox, "order_created") == 1


def test_two_resolvers_ask_once(company, sandbox):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "after")
    run(command)
    RemoteCommand.objects.update(ask_at=clock.now())
    assert resolving.resolve(command.pk) == CommandState.DONE
    assert resolving.resolve(command.pk) == ""
    assert PurchaseOrder.objects.count() == 1


def test_one_open_command_a_subject(company, sandbox):
    command = placing(company, sandbox, "taobao")
    with pytest.raises(Duplicate) as caught, transaction.atomic():
        queue(
            key="another",
            kind=command.kind,
            subject=command.subject,
            marketplace="taobao",
            sub_account=company.account,
            by=company.maria,
            payload=command.payload,
        )
    assert caught.value.existing == command


def test_one_keyless_create_a_seller_is_in_flight(company, sandbox):
    command = placing(company, sandbox, "1688")
    other = RemoteCommand.objects.create(
        key="other",
        kind="place",
        subject="planned:999",
        lane=command.lane,
        marketplace="1688",
        sub_account=company.account,
        fingerprint="x",
        state=CommandState.UNKNOWN,
    )
    assert run(command) == ""
    RemoteCommand.objects.filter(pk=other.pk).update(state=CommandState.GIVEN_UP)
    assert run(command) == CommandState.DONE


def test_nothing_leaves_before_the_undo_window_ends(company, sandbox, settings):
    settings.UNDO_SECONDS = 10
    command = placing(company, sandbox, "taobao")
    assert sending.run_command(command.pk) == ""
    assert undo(command=command, by=company.maria, reason="")
    assert PlannedOrder.objects.get().state == PlannedState.WAITING
    RemoteCommand.objects.update(not_before=clock.now())
    assert sending.run_command(command.pk) == ""
    assert effects(sandbox, "order_created") == 0


def test_undo_after_the_claim_is_too_late(company, sandbox):
    command = placing(company, sandbox, "taobao")
    assert run(command) == CommandState.DONE
    assert not undo(command=command, by=company.maria, reason="")


def test_a_sub_account_that_is_off_stops_nothing_else_and_waits(company, sandbox):
    command = placing(company, sandbox, "taobao")
    SubAccount.objects.update(is_active=False)
    assert run(command) == CommandState.QUEUED
    command.refresh_from_db()
    assert "switched off" in command.message
    assert command.not_before > clock.now()
    SubAccount.objects.update(is_active=True)
    assert run(command) == CommandState.DONE


def test_what_was_not_sent_is_tried_again_more_slowly(company, sandbox, settings):
    command = placing(company, sandbox, "taobao")
    SubAccount.objects.update(is_active=False)
    waits = []
    for _try in range(3):
        run(command)
        command.refresh_from_db()
        waits.append(round((command.not_before - clock.now()).total_seconds()))
    assert waits == [5, 15, 30]


def test_a_refusal_moves_the_subject_back_with_the_reason(company, sandbox):
    command = placing(company, sandbox, "1688")
    line = command.payload["lines"][0]
    sandbox.control.good_verb("1688", line["order_item_id"], "off-shelf", {})
    assert run(command) in (CommandState.STOPPED, CommandState.REFUSED)
    planned = PlannedOrder.objects.get()
    assert planned.state == PlannedState.REFUSED
    assert planned.message
    assert PurchaseRequest.objects.get().state == RequestState.REFUSED
    assert effects(sandbox, "order_created") == 0


def test_an_answer_after_the_lease_still_settles(company, sandbox):
    command = placing(company, sandbox, "taobao")
    claimed = sending.claim(command.pk)
    attempt = sending._open_attempt(claimed, {})
    end_lease(command)
    sweeping.end_leases()
    attempt.outcome, attempt.answer = Outcome.DONE, {"remote_ids": ["7001"], "left_out": []}
    attempt.save()
    assert settling.settle(claimed, attempt, Done(None, "r", clock.now())) == CommandState.DONE


def test_a_late_answer_to_what_was_queued_again_settles_it_unsent(company, sandbox):
    command = placing(company, sandbox, "taobao")
    claimed = sending.claim(command.pk)
    attempt = sending._open_attempt(claimed, {})
    RemoteCommand.objects.update(state=CommandState.QUEUED)
    attempt.outcome, attempt.answer = Outcome.DONE, {"remote_ids": ["7001"], "left_out": []}
    attempt.save()
    assert settling.settle(claimed, attempt, Done(None, "r", clock.now())) == CommandState.DONE
    assert run(command) == ""
    attempt.refresh_from_db()
    assert attempt.came_late


def test_a_late_answer_that_contradicts_raises_an_alarm(company, sandbox):
    command = placing(company, sandbox, "taobao")
    claimed = sending.claim(command.pk)
    attempt = sending._open_attempt(claimed, {})
    settling.close(claimed, CommandState.GIVEN_UP, reason="nobody knows")
    attempt.outcome, attempt.answer = Outcome.DONE, {"remote_ids": ["7001"], "left_out": []}
    attempt.save()
    settling.settle(claimed, attempt, Done(None, "r", clock.now()))
    assert Event.objects.filter(subject=command.subject, text__contains="contradicts").exists()
    assert Notice.objects.filter(person=company.frank, key__startswith="alarm:").exists()


def test_an_unknown_outcome_is_not_settled_twice(company, sandbox):
    command = placing(company, sandbox, "taobao")
    claimed = sending.claim(command.pk)
    attempt = sending._open_attempt(claimed, {})
    sending._keep(attempt, Unknown("cut", ""))
    assert settling.settle(claimed, attempt, Unknown("cut", "")) == CommandState.UNKNOWN
    assert settling.settle(claimed, attempt, Unknown("cut", "")) == CommandState.UNKNOWN


def test_a_lease_too_short_for_the_call_opens_no_attempt(company, sandbox):
    command = placing(company, sandbox, "taobao")
    claimed = sending.claim(command.pk)
    RemoteCommand.objects.update(lease_until=clock.now() + timedelta(seconds=5))
    assert sending._open_attempt(claimed, {}) is None
    assert not CommandAttempt.objects.exists()


def test_no_call_leaves_inside_a_transaction(company, sandbox):
    client = client_for(company.account)
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        client.read(basics.ADDRESSES, basics.AddressesRequest())
    assert connection.connection is not None
    try:
        client.read(basics.ADDRESSES, basics.AddressesRequest())
    except XportError as error:
        pytest.fail(str(error))


def test_given_up_commands_stay_watched(company, sandbox):
    command = placing(company, sandbox, "taobao")
    fault(sandbox, CREATE["taobao"], "http_500", "after")
    run(command)
    RemoteCommand.objects.update(verdict="not_done", absent_reads=2)
    resolving.give_up(command=command, by=company.frank, note="It is not in their list.")
    assert PlannedOrder.objects.get().state == PlannedState.REFUSED
    RemoteCommand.objects.update(ask_at=clock.now())
    assert resolving.watch(command.pk)
    assert Event.objects.filter(subject=command.subject, text__contains="after all").exists()
    assert not resolving.watch(command.pk)


def test_the_sweeper_rings_for_what_is_due(company, sandbox, monkeypatch):
    rung = []
    monkeypatch.setattr("gateway.doorbell.ring_now", lambda task, *args: rung.append((task, *args)))
    command = placing(company, sandbox, "taobao")
    rung.clear()
    assert sweeping.sweep_commands() == 1
    assert rung == [("gateway.run_command", command.pk)]
