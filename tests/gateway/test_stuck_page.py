"""Stuck: what is known, what may be chosen, and that the service checks it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.choices import Role
from desk import clock
from desk.models import Event
from gateway.choices import CommandState, Verdict
from gateway.models import CommandAttempt, RemoteCommand
from gateway.services import resolving
from procurement.choices import PlannedState
from procurement.models import PlannedOrder, PurchaseOrder
from procurement.services.placing import start_placing
from tests.procurement.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def unclear(company, waiting):
    """A place command whose answer was lost two minutes ago; asked four times since."""

    def make(verdict: str = Verdict.OPEN, **more) -> RemoteCommand:
        approval = waiting(marketplace="1688")
        planned = PlannedOrder.objects.get(request__pk=int(approval.subject.split(":")[1]))
        start_placing(request=planned.request, by=company.maria, tolerance=2)
        command = RemoteCommand.objects.get(subject=f"planned:{planned.pk}")
        PlannedOrder.objects.filter(pk=planned.pk).update(state=PlannedState.UNCLEAR)
        then = clock.now() - timedelta(minutes=2)
        values = {"state": CommandState.UNKNOWN, "asked": 4, "lease_token": "t"}
        values |= {"ask_at": clock.now() + timedelta(seconds=60), "verdict": verdict} | more
        RemoteCommand.objects.filter(pk=command.pk).update(**values)
        CommandAttempt.objects.create(
            command=command,
            number=1,
            lease_token="t",
            opened_at=then,
            signed_until=then,
            ended_at=then,
            outcome="unknown",
            message="read timed out",
            request_id="req-77",
        )
        command.refresh_from_db()
        return command

    return make


def test_nothing_stuck_says_so(company, logged_in):
    assert "Nothing is stuck." in logged_in(company.frank).get("/stuck/").content.decode()


def test_a_card_says_what_was_sent_what_was_asked_and_what_comes_next(company, unclear, logged_in):
    command = unclear()
    page = logged_in(company.frank).get("/stuck/").content.decode()
    number = PlannedOrder.objects.get().request.label
    assert f"We sent order 1 of {number} to 1688 and got no answer." in page
    assert "Asked 1688 4 times: not in its list yet." in page
    assert "Next try" in page
    assert "Until" in page
    assert "req-77" in page.split("For IT")[1]
    assert "Send again" not in page
    assert "Give up" not in page
    assert f"/stuck/{command.pk}/ask/" in page


def test_after_not_done_one_may_send_again_or_give_up(company, unclear, logged_in):
    unclear(Verdict.NOT_DONE, absent_reads=2)
    page = logged_in(company.frank).get("/stuck/").content.decode()
    assert "it was not done" in page
    assert "It is ordered once more" in page
    assert "Nothing is ordered." in page


def test_sending_again_queues_it_and_leaves_an_event(company, unclear, logged_in):
    command = unclear(Verdict.NOT_DONE, absent_reads=2)
    logged_in(company.frank).post(f"/stuck/{command.pk}/send-again/", {"note": "I looked."})
    command.refresh_from_db()
    assert command.state == CommandState.QUEUED
    event = Event.objects.get(subject=command.subject, text="Decided to send it again.")
    assert (event.actor, event.note) == (company.frank, "I looked.")


@pytest.mark.parametrize("verdict", [Verdict.OPEN, Verdict.SEVERAL])
def test_without_not_done_nothing_is_sent_again(company, unclear, logged_in, verdict):
    command = unclear(verdict, absent_reads=2)
    answer = logged_in(company.frank).post(f"/stuck/{command.pk}/send-again/")
    assert answer.status_code == 422
    assert "only once the platform was shown not to have done it" in answer.content.decode()
    command.refresh_from_db()
    assert command.state == CommandState.UNKNOWN


def test_giving_up_needs_a_note_and_moves_the_subject_back(company, unclear, logged_in):
    command = unclear(Verdict.NOT_DONE, absent_reads=2)
    frank = logged_in(company.frank)
    answer = frank.post(f"/stuck/{command.pk}/give-up/", {"note": " "})
    assert answer.status_code == 422
    assert "Write a note" in answer.content.decode()
    frank.post(f"/stuck/{command.pk}/give-up/", {"note": "The seller says no."})
    command.refresh_from_db()
    assert command.state == CommandState.GIVEN_UP
    assert PlannedOrder.objects.get().state == PlannedState.REFUSED
    assert command.ask_at is not None


def test_a_candidate_is_picked_with_a_note(company, unclear, logged_in):
    candidates = [{"remote_ids": [str(n)], "left_out": []} for n in (7001, 7002)]
    command = unclear(Verdict.SEVERAL, candidates=candidates)
    frank = logged_in(company.frank)
    page = frank.get("/stuck/").content.decode()
    assert "Order 7001 at the platform" in page
    url = f"/stuck/{command.pk}/pick/"
    assert frank.post(url, {"note": "Same minute."}).status_code == 422
    assert frank.post(url, {"picked": "7009", "note": "Same minute."}).status_code == 422
    assert frank.post(url, {"picked": "7002", "note": ""}).status_code == 422
    frank.post(url, {"picked": "7002", "note": "Same minute, same seller."})
    assert PurchaseOrder.objects.get().remote_id == "7002"
    command.refresh_from_db()
    assert command.state == CommandState.DONE


def test_none_of_the_candidates_may_be_it(company, unclear, logged_in):
    candidates = [{"remote_ids": [str(n)], "left_out": []} for n in (7001, 7002)]
    command = unclear(Verdict.SEVERAL, candidates=candidates)
    frank = logged_in(company.frank)
    url = f"/stuck/{command.pk}/pick/"
    stale = {"picked": "none", "none_of": "7001", "note": "Both are last week's."}
    assert frank.post(url, stale).status_code == 422
    frank.post(url, stale | {"none_of": "7001,7002"})
    command.refresh_from_db()
    assert command.state == CommandState.UNKNOWN
    assert command.ruled_out == ["7001", "7002"]
    assert command.verdict == Verdict.OPEN


def test_asking_again_brings_the_question_forward(company, unclear, logged_in):
    command = unclear()
    logged_in(company.frank).post(f"/stuck/{command.pk}/ask/")
    command.refresh_from_db()
    assert command.ask_at <= clock.now()


def test_what_cannot_leave_is_named_with_its_reason(company, unclear, logged_in):
    unclear(
        state=CommandState.QUEUED,
        created_at=clock.now() - timedelta(minutes=20),
        message="The sub-account is switched off.",
    )
    page = logged_in(company.frank).get("/stuck/").content.decode()
    assert "Cannot leave" in page
    assert "The sub-account is switched off." in page


def test_refused_orders_lead_to_where_they_are_mended(company, unclear, logged_in):
    command = unclear(Verdict.NOT_DONE, absent_reads=2)
    planned = PlannedOrder.objects.get()
    type(planned.request).objects.update(approved_at=clock.now())
    resolving.give_up(command=command, by=company.frank, note="库存不足")
    page = logged_in(company.frank).get("/stuck/").content.decode()
    assert "Refused or failed" in page
    assert "库存不足" in page
    assert planned.request.get_absolute_url() in page


def test_the_service_refuses_who_has_no_right(company, unclear):
    command = unclear(Verdict.NOT_DONE, absent_reads=2)
    for choice in (
        lambda: resolving.ask_now(command=command, by=company.maria),
        lambda: resolving.send_again(command=command, by=company.maria),
        lambda: resolving.give_up(command=command, by=company.maria, note="x"),
        lambda: resolving.pick_candidate(
            command=command, remote_ids=["7001"], by=company.maria, note="x"
        ),
    ):
        with pytest.raises(resolving.MayNotSettle):
            choice()
    command.refresh_from_db()
    assert command.state == CommandState.UNKNOWN


VERBS = ["ask", "send-again", "pick", "give-up"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 302),
        ("ana", 403),
        ("maria", 403),
        ("warehouse", 403),
        ("frank", 200),
        ("admin", 200),
    ],
)
def test_who_may_open_and_settle(company, unclear, logged_in, who, status):
    command = unclear()
    people = {
        "ana": company.ana,
        "maria": company.maria,
        "frank": company.frank,
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ada@example.com", "Ada Admin", Role.ADMIN),
    }
    client = logged_in(people[who]) if who in people else Client()
    assert client.get("/stuck/").status_code == status
    for verb in VERBS:
        answer = client.post(f"/stuck/{command.pk}/{verb}/")
        assert answer.status_code == (status if status != 200 else answer.status_code)
        assert client.get(f"/stuck/{command.pk}/{verb}/").status_code in (302, 405)


def test_stuck_counts_in_the_menu_and_among_the_to_dos(company, unclear, logged_in):
    unclear(Verdict.NOT_DONE, absent_reads=2)
    page = logged_in(company.frank).get("/").content.decode()
    assert "Settle" in page
    assert "1 thing needs you" in page
