"""Attacks by what nobody expected: an error of our own is recorded, tried more slowly and shown,
never silent; what no try can mend stops."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desk import clock
from desk.models import Notice
from gateway import kinds, stuck
from gateway.choices import CommandState, Outcome
from gateway.kinds import Absent, CommandKind, Finding
from gateway.models import RemoteCommand
from gateway.services import queue, resolving, sweeping
from procurement.choices import PlannedState
from procurement.marketplaces.base import NotOffered
from procurement.models import PlannedOrder
from tests.gateway.driving import ask_platform, effects, end_lease, placing, run
from xport.client import Client, Done, InvalidRequest, Unknown
from xport.client import Outcome as Answer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick")]


class Odd(CommandKind):
    """A kind that fails where it is told to, in a way that nobody thought of."""

    name = "odd"
    label = "Odd"

    def __init__(self) -> None:
        self.failing: dict[str, Exception] = {}
        self.answer: Answer[Any] = Unknown("lost")
        self.sent = 0

    def _at(self, where: str) -> None:
        if where in self.failing:
            raise self.failing[where]

    def recheck(self, command: RemoteCommand) -> None:
        self._at("recheck")

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        self._at("prepare")
        return {}

    def send(self, command: RemoteCommand, client: Client, **when: Any) -> Answer[Any]:
        self._at("send")
        self.sent += 1
        return self.answer

    def result(self, command: RemoteCommand, value: Any) -> dict[str, Any]:
        return {"value": value}

    def find(self, command: RemoteCommand, client: Client) -> Finding:
        self._at("find")
        return Absent(clock.now())

    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        self._at("apply")

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        """Nothing to give back."""


@pytest.fixture
def odd(monkeypatch: Any) -> Odd:
    kind = Odd()
    monkeypatch.setitem(kinds._kinds, "odd", kind)
    return kind


@pytest.fixture
def command(odd: Odd, company: Any, sandbox: Any) -> RemoteCommand:
    return queue(
        key="odd:1",
        kind="odd",
        subject="odd:1",
        marketplace="1688",
        sub_account=company.account,
        by=company.ana,
        payload={},
    )


def due_again(command: RemoteCommand) -> None:
    RemoteCommand.objects.filter(pk=command.pk).update(created_at=clock.now() - timedelta(hours=1))


@pytest.mark.parametrize("where", ["recheck", "prepare"])
def test_an_error_before_sending_is_written_down_and_waits(odd, command, where):
    odd.failing[where] = LookupError("no such thing in here")
    assert run(command) == CommandState.QUEUED
    command.refresh_from_db()
    assert "no such thing in here" in command.message
    assert command.state == CommandState.QUEUED
    assert command.not_before > clock.now()
    assert odd.sent == 0
    odd.failing.clear()
    assert run(command) == CommandState.UNKNOWN
    assert odd.sent == 1


def test_an_error_before_sending_is_tried_more_and_more_slowly(odd, command):
    odd.failing["prepare"] = LookupError("gone")
    waits = []
    for _try in range(4):
        run(command)
        command.refresh_from_db()
        waits.append((command.not_before - clock.now()).total_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > 5 * waits[0]


@pytest.mark.parametrize("message", ["", "why"])
def test_what_waits_for_long_stands_on_stuck_with_or_without_a_reason(command, message):
    RemoteCommand.objects.filter(pk=command.pk).update(message=message)
    assert stuck.waiting_long() == []
    due_again(command)
    assert [row.pk for row, _about in stuck.waiting_long()] == [command.pk]


@pytest.mark.parametrize("where", ["prepare", "send"])
@pytest.mark.parametrize("error", [InvalidRequest("letters in an id"), NotOffered("not there")])
def test_a_call_that_no_try_can_mend_stops(odd, command, where, error):
    odd.failing[where] = error
    assert run(command) == CommandState.STOPPED
    command.refresh_from_db()
    assert command.message == str(error)
    assert all(attempt.outcome == Outcome.NOT_SENT for attempt in command.attempts.all())
    assert run(command) == ""


def test_an_error_while_asking_is_shown_and_told_after_some_tries(odd, command, company):
    assert run(command) == CommandState.UNKNOWN
    odd.failing["find"] = LookupError("a column is missing")
    for question in range(1, resolving.TELL_AFTER + 1):
        told = Notice.objects.filter(person=company.frank, key__startswith="stuck:")
        assert not told.exists(), question
        assert ask_platform(command) == CommandState.UNKNOWN
        command.refresh_from_db()
        assert command.ask_at > clock.now()
    assert "a column is missing" in command.message
    assert [card.command.pk for card in stuck.cards()] == [command.pk]
    assert told.count() == 1
    ask_platform(command)
    assert told.count() == 1


def test_an_answer_that_cannot_be_applied_is_kept_shown_and_applied_later(odd, command, company):
    odd.answer = Done("made", "req-1", clock.now())
    odd.failing["apply"] = LookupError("its row is gone")
    assert run(command) == CommandState.UNKNOWN
    command.refresh_from_db()
    assert "its row is gone" in command.message
    assert command.attempts.get().outcome == Outcome.DONE
    for _question in range(resolving.TELL_AFTER):
        assert ask_platform(command) == CommandState.UNKNOWN
    assert Notice.objects.filter(person=company.frank, key__startswith="stuck:").exists()
    odd.failing.clear()
    assert ask_platform(command) == CommandState.DONE
    assert odd.sent == 1


def test_a_reason_outlives_the_end_of_a_lease(odd, command):
    """A worker that dies again and again before sending leaves the last reason standing."""
    odd.failing["prepare"] = LookupError("gone")
    run(command)
    RemoteCommand.objects.update(state=CommandState.SENDING, lease_token="x")  # noqa: S106
    end_lease(command)
    assert sweeping.end_leases() == 1
    assert ask_platform(command) == CommandState.QUEUED
    command.refresh_from_db()
    assert command.message


def test_an_id_that_does_not_fit_the_wire_stops_the_order(company, sandbox):
    command = placing(company, sandbox, "1688")
    planned = PlannedOrder.objects.get()
    planned.lines.update(order_item_id="6729x")
    payload = command.payload
    payload["lines"][0]["order_item_id"] = "6729x"
    RemoteCommand.objects.filter(pk=command.pk).update(payload=payload)
    assert run(command) == CommandState.STOPPED
    planned.refresh_from_db()
    assert planned.state == PlannedState.REFUSED
    assert effects(sandbox, "order_created") == 0


def test_a_command_whose_subject_is_gone_stops_no_other(company, sandbox):
    command = placing(company, sandbox, "1688")
    broken = RemoteCommand.objects.get(pk=command.pk)
    broken.pk = None
    broken.key, broken.subject, broken.lane = "copy", "planned:0", ""
    broken.payload = broken.payload | {"planned": 0}
    broken.save()
    assert run(broken) == CommandState.QUEUED
    broken.refresh_from_db()
    assert "DoesNotExist" in broken.message
    assert broken.not_before > clock.now()
    assert run(command) == CommandState.DONE
