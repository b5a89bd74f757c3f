"""The order page: sentence, verb, bands, timeline; cancel, confirm, undo, comment, read again."""

from __future__ import annotations

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from desk import clock
from desk.models import Comment, Event, Notice
from gateway.choices import CommandState
from gateway.models import CommandAttempt, RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.models import PurchaseOrder
from procurement.services.undoing import UndoRefused, undo_order
from tests.procurement.factories import make_order, make_parcel, make_payment, shipped


@pytest.fixture
def client_of() -> Any:
    def build(person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return build


def cancel(client: Client, order: PurchaseOrder, **fields: Any) -> Any:
    data = {"reason": "No longer needed", "token": "t1"} | fields
    return client.post(f"{order.get_absolute_url()}cancel/", data)


def test_finance_has_one_verb_for_an_unpaid_order(company: SimpleNamespace, client_of: Any) -> None:
    order = make_order(company)
    payment = make_payment(order)
    html = client_of(company.frank).get(order.get_absolute_url()).content.decode()

    assert f"/payments/{payment.pk}/pay/" in html
    assert "Pay ¥1,234.56" in html
    assert html.count("btn-primary") == 1


@pytest.mark.parametrize("state", list(OrderState))
@pytest.mark.parametrize("paying", [None, *PaymentState])
def test_every_state_has_its_page(
    company: SimpleNamespace, client_of: Any, state: str, paying: str | None
) -> None:
    order = make_order(company, state=state)
    if paying:
        make_payment(order, state=paying, message="余额不足")
    make_parcel(order)
    order_page = client_of(company.frank).get(order.get_absolute_url())

    assert order_page.status_code == 200


def test_unknown_words_conflicts_and_lost_answers_stand_above_everything(
    company: SimpleNamespace, client_of: Any
) -> None:
    order = make_order(company, conflict="paid > placed", word_known=False, remote_status="strange")
    make_payment(order, state=PaymentState.UNKNOWN)
    RemoteCommand.objects.create(
        key="k", kind="pay", subject=f"order:{order.pk}", marketplace="taobao",
        sub_account=company.account, fingerprint="f", state=CommandState.UNKNOWN, asked=4,
    )  # fmt: skip
    bands = client_of(company.frank).get(order.get_absolute_url()).context["bands"]

    assert "got no answer" in bands[0].know
    assert "4 times" in bands[0].next
    assert "step back" in bands[1].know
    assert "strange" in bands[2].know


def test_orders_from_outside_say_so_to_who_may_see_them(
    company: SimpleNamespace, client_of: Any
) -> None:
    order = make_order(company, request=None, requester=None)

    assert (
        b"Placed outside the desk" in client_of(company.frank).get(order.get_absolute_url()).content
    )
    assert client_of(company.ana).get(order.get_absolute_url()).status_code == 404


def test_the_timeline_has_the_whole_story_and_filters_it(
    company: SimpleNamespace, client_of: Any
) -> None:
    from desk.models.event import record

    order = make_order(company)
    payment = make_payment(order)
    record(f"request:{order.request_id}", "Asked for it.", kind="decision", by=company.ana)
    record(f"payment:{payment.pk}", "Paying.", kind="money")
    record(f"order:{order.pk}", "Seen.", kind="machine", source="platform")
    Comment.objects.create(subject=f"order:{order.pk}", author=company.ana, text="<i>hello</i>")
    record("order:999999", "Somebody else's.", kind="machine")
    client = client_of(company.ana)

    answer = client.get(order.get_absolute_url())
    assert {e.sentence for e in answer.context["events"]} == {
        "Asked for it.", "Paying.", "Seen.", "wrote:"
    }  # fmt: skip
    assert {e.actor for e in answer.context["events"]} == {"Ana Ruiz", "The desk", "Taobao"}
    assert b"<i>hello</i>" not in answer.content
    money = client.get(order.get_absolute_url() + "?show=money").context["events"]
    assert [e.sentence for e in money] == ["Paying."]


def test_cancelling_needs_a_reason_and_waits_for_undo(
    company: SimpleNamespace, client_of: Any
) -> None:
    order, client = make_order(company), client_of(company.ana)

    refused = cancel(client, order, reason="")
    assert refused.status_code == 422
    assert not RemoteCommand.objects.exists()

    assert cancel(client, order).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.CANCELLING
    assert client.get(order.get_absolute_url()).context["undo"]

    client.post(f"{order.get_absolute_url()}undo/")
    order.refresh_from_db()
    assert order.state == OrderState.PLACED
    assert RemoteCommand.objects.get().state == CommandState.UNDONE


def test_sending_the_cancel_form_twice_cancels_once(
    company: SimpleNamespace, client_of: Any
) -> None:
    order, client = make_order(company), client_of(company.ana)

    assert [cancel(client, order).status_code for _ in range(2)] == [302, 302]
    assert RemoteCommand.objects.count() == 1


@pytest.mark.parametrize("state", [s for s in OrderState if s != OrderState.PLACED])
def test_only_unpaid_orders_can_be_cancelled(
    company: SimpleNamespace, client_of: Any, state: str
) -> None:
    order = make_order(company, state=state)

    answer = cancel(client_of(company.ana), order)

    assert answer.status_code == 422
    assert b"Only an unpaid order" in answer.content
    assert not RemoteCommand.objects.exists()


def test_too_late_to_undo_says_so_and_what_else_there_is(company: SimpleNamespace) -> None:
    order = make_order(company)
    command = RemoteCommand.objects.create(
        key="k", kind="pay", subject=f"order:{order.pk}", marketplace="taobao",
        sub_account=company.account, person=company.frank, fingerprint="f",
        state=CommandState.SENDING,
    )  # fmt: skip
    now = clock.now()
    CommandAttempt.objects.create(
        command=command, number=1, lease_token="x", opened_at=now, signed_until=now
    )

    with pytest.raises(UndoRefused, match=r"Sent 1 s ago\. Cancel the order instead\?"):
        undo_order(order=order, by=company.frank)
    command.refresh_from_db()
    assert command.state == CommandState.SENDING


def test_nobody_undoes_what_is_not_theirs(company: SimpleNamespace, client_of: Any) -> None:
    order = make_order(company, requester=company.maria)
    cancel(client_of(company.maria), order)

    with pytest.raises(UndoRefused):
        undo_order(order=order, by=company.ana)


def test_confirming_is_a_page_of_its_own_and_only_for_1688(
    company: SimpleNamespace, client_of: Any
) -> None:
    taobao = shipped(company)
    ali = shipped(company, marketplace="1688")
    client = client_of(company.ana)

    page = client.get(f"{ali.get_absolute_url()}confirm/")
    assert b"cannot be undone" in page.content
    assert b"/confirm/" in client.get(ali.get_absolute_url()).content
    assert b"/confirm/" not in client.get(taobao.get_absolute_url()).content
    assert client.post(f"{taobao.get_absolute_url()}confirm/", {"token": "a"}).status_code == 422
    assert not RemoteCommand.objects.exists()
    for _ in range(2):
        client.post(f"{ali.get_absolute_url()}confirm/", {"token": "b"})
    assert RemoteCommand.objects.get().kind == "confirm"


def test_a_comment_tells_the_requester_and_who_spoke_before(
    company: SimpleNamespace, client_of: Any
) -> None:
    order = make_order(company)
    url = f"{order.get_absolute_url()}comment/"
    client_of(company.maria).post(url, {"text": "Which colour?"})
    client_of(company.frank).post(url, {"text": "Red 🔴 \u202eabc"})

    assert {n.person for n in Notice.objects.all()} == {company.ana, company.maria}
    assert Notice.objects.filter(person=company.ana).count() == 2
    assert Comment.objects.count() == 2


def test_a_comment_too_long_stays_in_its_field(company: SimpleNamespace, client_of: Any) -> None:
    order = make_order(company)
    words = "x" * 5001

    answer = client_of(company.ana).post(f"{order.get_absolute_url()}comment/", {"text": words})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Comment.objects.exists()


def test_the_live_part_brings_the_rest_only_after_a_change(
    company: SimpleNamespace, client_of: Any
) -> None:
    order = make_order(company)
    make_payment(order, state=PaymentState.SENDING)
    client = client_of(company.ana)
    page = client.get(order.get_absolute_url())
    stamp = page.context["stamp"]
    assert f'data-poll="{order.get_absolute_url()}live/?seen={stamp}"' in page.content.decode()

    def live(seen: str) -> str:
        answer = client.get(
            f"{order.get_absolute_url()}live/", {"seen": seen}, headers={"HX-Request": "true"}
        )
        return answer.content.decode()

    assert "order-body" not in live(stamp)
    assert 'id="order-body" hx-swap-oob="true"' in live("older")


def test_reading_again_while_the_platform_is_down_takes_no_longer_than_a_page(
    company: SimpleNamespace, client_of: Any, settings: Any
) -> None:
    settings.XPORT_BASE_URL = "http://127.0.0.1:9/api"  # nothing listens there
    order = make_order(company)
    client = client_of(company.ana)

    started = time.monotonic()
    answer = client.post(f"{order.get_absolute_url()}read-again/", follow=True)

    assert time.monotonic() - started < 3
    assert answer.status_code == 200
    assert answer.context["results"][0]["tone"] == "bad"
    assert PurchaseOrder.objects.get(pk=order.pk).reread_at is not None


def test_reading_many_again_names_each_failure_and_leaves_it_ticked(
    company: SimpleNamespace, client_of: Any, settings: Any
) -> None:
    settings.XPORT_BASE_URL = "http://127.0.0.1:9/api"
    mine = [make_order(company) for _ in range(3)]
    other = make_order(company, requester=company.maria, department=None)
    client = client_of(company.ana)

    started = time.monotonic()
    data = {"pick": [o.number for o in (*mine, other)], "here": "?view=pay"}
    answer = client.post("/orders/read-again/", data, follow=True)

    assert time.monotonic() - started < 3.5
    assert answer.redirect_chain == [("/orders/?view=pay", 302)]
    assert {r["title"] for r in answer.context["results"]} == {o.number for o in mine}
    assert answer.context["ticked"]
    assert not client.get("/orders/").context["results"]


def test_the_way_back_is_never_another_site(company: SimpleNamespace, client_of: Any) -> None:
    answer = client_of(company.ana).post("/orders/read-again/", {"here": "//evil.example/"})

    assert answer["Location"] == "/orders/"


def test_an_order_page_asks_few_questions(
    company: SimpleNamespace, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    order = shipped(company)
    for _ in range(5):
        make_parcel(order, state="moving", last_event_at=clock.now() - timedelta(hours=1))
    client = client_of(company.ana)
    client.get(order.get_absolute_url())

    with django_assert_max_num_queries(24):
        client.get(order.get_absolute_url())
    assert not Event.objects.exists()
