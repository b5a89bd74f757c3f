"""To approve: the list, one approval, deciding by clicks. The platform is away unless told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.choices import Role
from approvals import services
from approvals.choices import ApprovalState
from approvals.models import Approval
from approvals.services.asking import ask_anew
from desk.models import Comment, Notice
from gateway.models import RemoteCommand
from procurement.choices import RequestState
from procurement.models import CartLine, PurchaseRequest
from tests.procurement.conftest import person

pytestmark = pytest.mark.django_db


def approve(client: Client, approval: Approval, seen: str | None = None) -> Any:
    fingerprint = approval.fingerprint if seen is None else seen
    return client.post(f"/approvals/{approval.pk}/approve/", {"fingerprint": fingerprint})


def changed(approval: Approval, amount: int) -> None:
    """What a reading of prices does when they moved."""
    approval.refresh_from_db()
    assert ask_anew(
        approval=approval,
        amount=amount,
        fingerprint=f"other-{amount}",
        shown={"first_total": approval.amount},
    )


def test_the_list_shows_who_what_and_how_much(company, waiting, logged_in):
    waiting(cents=12_345)
    page = logged_in(company.maria).get("/approvals/").content.decode()
    assert "Mugs for the fair" in page
    assert "Ana Ruiz" in page
    assert "€123.45" in page


def test_the_page_holds_total_purpose_and_the_button_with_the_amount(company, waiting, logged_in):
    approval = waiting(cents=128_420)
    page = logged_in(company.maria).get(f"/approvals/{approval.pk}/").content.decode()
    assert "Approve €1,284.20" in page
    assert f'hx-get="/approvals/{approval.pk}/check/"' in page
    assert "1 of 1" in page


def test_approving_orders_once_and_offers_undo(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    answer = approve(maria, approval)
    assert answer.status_code == 302
    assert RemoteCommand.objects.count() == 1
    page = maria.get(answer.url).content.decode()
    assert f"/approvals/{approval.pk}/undo/" in page


def test_a_double_click_and_a_second_tab_decide_once(company, waiting, logged_in):
    approval = waiting()
    first, second = logged_in(company.maria), logged_in(company.maria)
    approve(first, approval)
    late = approve(second, approval)
    assert late.status_code == 302
    assert "decided already" in second.get(late.url).content.decode()
    assert RemoteCommand.objects.count() == 1


def test_after_approving_the_next_one_opens(company, waiting, logged_in):
    first, second = waiting(), waiting()
    answer = approve(logged_in(company.maria), first)
    assert answer.url == f"/approvals/{second.pk}/"


def test_undo_takes_everything_back(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    approve(maria, approval)
    maria.post(f"/approvals/{approval.pk}/undo/")
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING
    assert RemoteCommand.objects.get().state == "undone"
    assert PurchaseRequest.objects.get().state == RequestState.ASKED


def test_a_decision_taken_back_can_be_taken_again(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    approve(maria, approval)
    maria.post(f"/approvals/{approval.pk}/undo/")
    approve(maria, approval)
    assert sorted(RemoteCommand.objects.values_list("state", flat=True)) == ["queued", "undone"]


def test_undo_too_late_says_when_it_was_sent(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    approve(maria, approval)
    command = RemoteCommand.objects.get()
    RemoteCommand.objects.update(state="sending", lease_token="t")
    command.attempts.create(
        number=1, lease_token="t", signed_until=command.created_at, opened_at=command.created_at
    )
    answer = maria.post(f"/approvals/{approval.pk}/undo/")
    page = maria.get(answer.url).content.decode()
    assert "Too late to take back: sent" in page
    assert "Cancel the order instead?" in page


def test_what_changed_since_the_page_was_opened_is_shown_instead(company, waiting, logged_in):
    approval = waiting()
    seen = approval.fingerprint
    changed(approval, 10_600)
    answer = approve(logged_in(company.maria), approval, seen)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nothing was decided" in page
    assert "€106.00" in page
    assert not RemoteCommand.objects.exists()


def test_a_log_in_in_between_comes_back_and_decides_nothing(company, waiting):
    approval = waiting()
    nobody = Client()
    answer = approve(nobody, approval)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next=/approvals/{approval.pk}/approve/")
    nobody.force_login(company.maria)
    back = nobody.get(f"/approvals/{approval.pk}/approve/")
    assert back.url == f"/approvals/{approval.pk}/"
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING


def test_refusing_needs_a_reason_and_keeps_it(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    url = f"/approvals/{approval.pk}/refuse/"
    assert "Too dear." in maria.get(url).content.decode()
    empty = maria.post(url, {"seen": approval.fingerprint})
    assert empty.status_code == 422
    assert "Say why" in empty.content.decode()
    maria.post(url, {"seen": approval.fingerprint, "reason": "Too dear.", "note": "By half."})
    approval.refresh_from_db()
    assert approval.state == ApprovalState.REFUSED
    assert approval.steps.get().note == "Too dear.\nBy half."
    assert Notice.objects.filter(person=company.ana).exists()


def test_recent_reasons_are_offered_first(company, waiting, logged_in):
    services.refuse(
        approval=(one := waiting()), by=company.maria, seen=one.fingerprint, note="Ask Jonas first"
    )
    other = waiting()
    page = logged_in(company.maria).get(f"/approvals/{other.pk}/refuse/").content.decode()
    assert page.index("Ask Jonas first") < page.index("Too dear.")


def test_sent_back_lines_are_in_the_cart_again(company, waiting, logged_in):
    approval = waiting()
    logged_in(company.maria).post(
        f"/approvals/{approval.pk}/send-back/",
        {"seen": approval.fingerprint, "note": "Only ten, please"},
    )
    assert PurchaseRequest.objects.get().state == RequestState.SENT_BACK
    assert CartLine.objects.filter(person=company.ana).count() == 1


def test_twelve_are_decided_at_once_and_two_failures_are_named(company, waiting, logged_in):
    rows = [waiting(purpose=f"Thing {n}") for n in range(12)]
    maria = logged_in(company.maria)
    maria.get("/approvals/")
    form = {"pick": [row.pk for row in rows]} | {f"seen-{r.pk}": r.fingerprint for r in rows}
    changed(rows[3], 10_100)
    services.withdraw(subject=rows[7].subject, by=company.ana)
    answer = maria.post("/approvals/decide/", form)
    page = maria.get(answer.url).content.decode()
    assert "10 approved for €1,000.00." in page
    assert "Thing 3" in page
    assert "It changed after you opened the list." in page
    assert "Thing 7" in page
    assert "decided already" in page
    assert f'value="{rows[3].pk}" data-amount="10100" checked' in page
    assert RemoteCommand.objects.count() == 10


def test_undo_of_several_takes_all_of_them_back(company, waiting, logged_in):
    rows = [waiting(), waiting()]
    maria = logged_in(company.maria)
    form = {"pick": [row.pk for row in rows]} | {f"seen-{r.pk}": r.fingerprint for r in rows}
    maria.post("/approvals/decide/", form)
    maria.post("/approvals/undo/", {"pick": [row.pk for row in rows]})
    assert Approval.objects.filter(state=ApprovalState.WAITING).count() == 2


def test_a_row_that_rose_beyond_the_tolerance_says_so_and_cannot_pass(company, waiting, logged_in):
    approval = waiting()
    changed(approval, 10_600)
    maria = logged_in(company.maria)
    page = maria.get("/approvals/").content.decode()
    assert "The price rose by 6 %. Open it." in page
    approval.refresh_from_db()
    form = {"pick": approval.pk, f"seen-{approval.pk}": approval.fingerprint}
    maria.post("/approvals/decide/", form)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING


def test_a_rise_within_the_tolerance_passes_in_the_list(company, waiting, logged_in):
    approval = waiting()
    changed(approval, 10_200)
    approval.refresh_from_db()
    maria = logged_in(company.maria)
    maria.post(
        "/approvals/decide/", {"pick": approval.pk, f"seen-{approval.pk}": approval.fingerprint}
    )
    approval.refresh_from_db()
    assert approval.state == ApprovalState.APPROVED


def test_a_request_without_a_quote_has_to_be_opened(company, waiting, logged_in):
    waiting(quoted=False)
    assert "The price was not read." in logged_in(company.maria).get("/approvals/").content.decode()


def test_ones_own_request_is_shown_but_not_for_oneself(company, waiting, logged_in):
    frank = company.frank
    waiting(by=frank, cents=900_000)
    page = logged_in(frank).get("/approvals/").content.decode()
    assert "Your own: somebody else has to decide." in page


def test_a_platform_that_is_away_leaves_the_older_quote_with_its_age(
    company, waiting, logged_in, settings
):
    settings.XPORT_BASE_URL = "http://127.0.0.1:9/api"
    approval = waiting()
    answer = logged_in(company.maria).get(f"/approvals/{approval.pk}/?checked=1")
    page = answer.content.decode()
    assert "The prices could not be read again." in page
    assert "These are from" in page
    approval.refresh_from_db()
    assert f'value="{approval.fingerprint}"' in page
    assert "disabled" not in page.split('class="decide"')[1].split("</form>")[0]


def test_a_comment_tells_the_requester(company, waiting, logged_in):
    approval = waiting()
    maria = logged_in(company.maria)
    maria.post(f"/approvals/{approval.pk}/comment/", {"text": "Do we need the lids?"})
    assert Comment.objects.get().text == "Do we need the lids?"
    assert Notice.objects.filter(person=company.ana, text__contains="wrote").exists()
    empty = maria.post(f"/approvals/{approval.pk}/comment/", {"text": " "})
    assert empty.status_code == 422


def test_list_and_page_stay_within_their_queries(
    company, waiting, logged_in, django_assert_max_num_queries
):
    rows = [waiting(purpose=f"Thing {n}") for n in range(12)]
    maria = logged_in(company.maria)
    with django_assert_max_num_queries(12):
        maria.get("/approvals/")
    with django_assert_max_num_queries(24):
        maria.get(f"/approvals/{rows[0].pk}/")


@pytest.mark.parametrize(
    ("who", "listing", "page"),
    [
        ("anonymous", 302, 302),
        ("ana", 403, 200),
        ("other_buyer", 403, 404),
        ("maria", 200, 200),
        ("other_manager", 200, 404),
        ("frank", 200, 200),
        ("warehouse", 403, 404),
        ("admin", 403, 200),
    ],
)
def test_who_sees_what(company: SimpleNamespace, waiting, logged_in, who, listing, page):
    approval = waiting()
    people = {
        "ana": company.ana,
        "maria": company.maria,
        "frank": company.frank,
        "other_buyer": person("jo@example.com", "Jo Weber", Role.BUYER),
        "other_manager": person("li@example.com", "Li Na", Role.MANAGER),
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ada@example.com", "Ada Admin", Role.ADMIN),
    }
    client = logged_in(people[who]) if who in people else Client()
    assert client.get("/approvals/").status_code == listing
    assert client.get(f"/approvals/{approval.pk}/").status_code == page
    if who not in {"maria"}:
        approve(client, approval)
        approval.refresh_from_db()
        assert approval.state == ApprovalState.WAITING
