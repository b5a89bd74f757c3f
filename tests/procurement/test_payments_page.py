"""Payments: piles, paying one and many, undo, the way to the cashier."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from desk import clock
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.models import Payment
from tests.procurement.factories import make_order, make_payment


@pytest.fixture
def frank(company: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(company.frank)
    return client


def pile_of(answer: Any) -> dict[str, list[int]]:
    return {
        pile["key"]: [row.payment.pk for group in pile["groups"] for row in group.rows]
        for pile in answer.context["piles"]
    }


def test_payments_lie_in_the_pile_of_what_they_wait_for(
    company: SimpleNamespace, frank: Client
) -> None:
    ready = make_payment(make_order(company))
    made = {
        state: make_payment(make_order(company), state=state)
        for state in (
            PaymentState.FAILED,
            PaymentState.WAITING_OUTSIDE,
            PaymentState.UNKNOWN,
            PaymentState.SENDING,
            PaymentState.ASKED,
        )
    }
    make_payment(make_order(company, state=OrderState.CANCELLED), state=PaymentState.FAILED)
    settled = make_payment(
        make_order(company, state=OrderState.PAID),
        state=PaymentState.SETTLED,
        settled_at=clock.now(),
    )
    answer = frank.get("/payments/")

    assert pile_of(answer) == {
        "ready": [ready.pk],
        "failed": [made[PaymentState.FAILED].pk],
        "outside": [made[PaymentState.WAITING_OUTSIDE].pk],
        "unclear": [made[PaymentState.UNKNOWN].pk],
        "paying": [made[PaymentState.SENDING].pk],
        "asked": [made[PaymentState.ASKED].pk],
    }
    assert [row.payment.pk for row in answer.context["settled"]] == [settled.pk]


def test_groups_follow_sub_account_and_method_and_sum_up(
    company: SimpleNamespace, frank: Client
) -> None:
    for marketplace in ("taobao", "1688", "1688"):
        make_payment(make_order(company, marketplace=marketplace))
    (ready,) = [p for p in frank.get("/payments/").context["piles"] if p["key"] == "ready"]

    assert sorted(len(group.rows) for group in ready["groups"]) == [1, 2]
    assert {str(group.total.amount) for group in ready["groups"]} == {"158.02", "316.04"}


def test_an_admin_looks_and_pays_nothing(company: SimpleNamespace) -> None:
    from accounts.choices import Role
    from tests.procurement.conftest import person

    make_payment(make_order(company))
    client = Client()
    client.force_login(person("ida@example.com", "Ida", Role.ADMIN))
    html = client.get("/payments/").content.decode()

    assert 'name="pick"' not in html
    assert "/pay/" not in html.replace("/payments/pay/", "")


def test_paying_many_names_each_failure_and_leaves_it_ticked(
    company: SimpleNamespace, frank: Client
) -> None:
    good = [make_payment(make_order(company)) for _ in range(2)]
    conflict = make_payment(make_order(company, conflict="paid > placed"))
    ended = make_payment(make_order(company, state=OrderState.CLOSED))
    asked = make_payment(make_order(company), state=PaymentState.ASKED)
    everything = [*good, conflict, ended, asked]

    answer = frank.post("/payments/pay/", {"pick": [p.pk for p in everything]}, follow=True)

    results = {r["title"]: r for r in answer.context["results"]}
    assert len(results) == 5
    assert "conflict" in results[conflict.order.number]["sentence"]
    assert "asked again" in results[asked.order.number]["sentence"]
    assert answer.context["ticked"] == {str(p.pk) for p in (conflict, ended, asked)}
    commands = RemoteCommand.objects.filter(kind="pay", state=CommandState.QUEUED)
    assert {c.payload["payment"] for c in commands} == {p.pk for p in good}
    for payment in (conflict, ended, asked):
        assert not Payment.objects.get(pk=payment.pk).released


def test_clicking_pay_twice_pays_once_and_says_no_error(
    company: SimpleNamespace, frank: Client
) -> None:
    payment = make_payment(make_order(company))

    for _ in range(2):
        answer = frank.post(f"/payments/{payment.pk}/pay/", follow=True)
        assert not answer.context["results"]

    assert RemoteCommand.objects.filter(kind="pay").count() == 1


def test_a_payment_waits_for_undo_and_comes_back_ready(
    company: SimpleNamespace, frank: Client
) -> None:
    payment = make_payment(make_order(company))
    frank.post(f"/payments/{payment.pk}/pay/")
    command = RemoteCommand.objects.get()
    assert command.not_before > clock.now() + timedelta(seconds=5)
    assert pile_of(frank.get("/payments/"))["paying"] == [payment.pk]

    frank.post(f"/payments/{payment.pk}/undo/")
    payment.refresh_from_db()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, False)
    assert pile_of(frank.get("/payments/"))["ready"] == [payment.pk]

    frank.post(f"/payments/{payment.pk}/pay/")
    assert RemoteCommand.objects.filter(state=CommandState.QUEUED).count() == 1


def test_a_command_put_back_after_nothing_was_sent_can_still_be_undone(
    company: SimpleNamespace, frank: Client
) -> None:
    payment = make_payment(make_order(company))
    frank.post(f"/payments/{payment.pk}/pay/")
    Payment.objects.update(state=PaymentState.SENDING)  # claimed, not sent, queued again

    frank.post(f"/payments/{payment.pk}/undo/")

    payment.refresh_from_db()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, False)


def test_a_failed_payment_shows_the_platforms_words_and_can_be_tried_again(
    company: SimpleNamespace, frank: Client
) -> None:
    payment = make_payment(make_order(company), state=PaymentState.FAILED, message="余额不足")
    html = frank.get("/payments/").content.decode()
    assert "余额不足" in html
    assert "Try again" in html

    frank.post(f"/payments/{payment.pk}/pay/")
    payment.refresh_from_db()
    assert (payment.state, payment.released) == (PaymentState.APPROVED, True)


@pytest.mark.parametrize("pick", ["", "x", "-1", "9" * 40, "٣"])
def test_nonsense_ticks_pay_nothing(company: SimpleNamespace, frank: Client, pick: str) -> None:
    make_payment(make_order(company))

    assert frank.post("/payments/pay/", {"pick": [pick]}).status_code == 302
    assert not RemoteCommand.objects.exists()


def test_the_cashier_is_refused_in_words_where_nothing_waits_outside(
    company: SimpleNamespace, frank: Client
) -> None:
    payment = make_payment(make_order(company, marketplace="1688"))

    answer = frank.post(f"/payments/{payment.pk}/outside/", {"token": "t"})

    assert answer.status_code == 409
    assert b"does not wait at the marketplace" in answer.content


def test_the_payments_page_asks_few_questions(
    company: SimpleNamespace, frank: Client, django_assert_max_num_queries: Any
) -> None:
    for state in PaymentState:
        for _ in range(3):
            make_payment(make_order(company), state=state, settled_at=clock.now())
    frank.get("/payments/")

    with django_assert_max_num_queries(14):
        frank.get("/payments/")
