"""A request's page: who sees it, what it lets whom do, and what it says while things move."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Department
from approvals import services as approvals
from approvals.models import Approval
from desk.models import Comment, ExchangeRate, Notice
from gateway.models import RemoteCommand
from gateway.services import sending
from procurement.choices import PlannedState, RequestState
from procurement.models import CartLine, PlannedOrder, PurchaseRequest
from procurement.services import asking, quoting
from tests.procurement.conftest import person
from tests.procurement.shopping import line_of
from tests.procurement.test_checkout import fill

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def ana(client: Client, company: SimpleNamespace) -> Client:
    client.force_login(company.ana)
    return client


@pytest.fixture
def asked(company: SimpleNamespace) -> PurchaseRequest:
    """Two orders at list prices, asked for without a platform."""
    line_of(company.ana)
    line_of(company.ana, item_id="t", marketplace="taobao", seller_id="t", seller_name="杯子店")
    return ask(company)


def ask(company: SimpleNamespace, **words: Any) -> PurchaseRequest:
    wish = asking.Wish(
        **{
            "token": f"of-{timezone.now().timestamp()}",
            "purpose": "Mugs for the fair",
            "cost_centre": "4100",
            "ship_to": company.ship_to,
        }
        | words
    )
    groups = quoting.cart_groups(company.ana)
    return asking.ask_for(person=company.ana, wish=wish, groups=groups)


def test_it_says_what_it_waits_for_and_shows_everything_asked(
    ana: Client, asked: PurchaseRequest
) -> None:
    html = ana.get(asked.get_absolute_url()).content.decode()

    for words in (
        f'data-copy="{asked.label}"',
        "Mugs for the fair",
        "Waiting for Maria since",
        "Ordered once approved.",
        "€51.20",
        "1 CNY = 0.128",
        "Yiwu warehouse",
        "Maria Keller",
        "Asked for it.",
        "4100",
        "those orders stand at list prices",
    ):
        assert words in html, words


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nobody", 302),
        ("ana", 200),
        ("other_buyer", 404),
        ("maria", 200),
        ("other_manager", 404),
        ("frank", 200),
        ("chen", 404),
        ("adam", 200),
    ],
)
def test_who_may_see_it_and_write_under_it(
    client: Client, company: SimpleNamespace, asked: PurchaseRequest, who: str, status: int
) -> None:
    other = Department.objects.create(name="Workshop", cost_centre="4200")
    people = {
        "ana": company.ana,
        "maria": company.maria,
        "frank": company.frank,
        "other_buyer": person("ben@example.com", "Ben", Role.BUYER, department=other),
        "other_manager": person("max@example.com", "Max", Role.MANAGER, department=other),
        "chen": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "adam": person("adam@example.com", "Adam", Role.ADMIN),
    }
    Department.objects.filter(pk=other.pk).update(manager=people["other_manager"])
    if who in people:
        client.force_login(people[who])
    url = asked.get_absolute_url()

    assert client.get(url).status_code == status
    progress = client.get(f"{url}progress/", headers=HTMX).status_code
    assert progress == status
    said = client.post(f"{url}comment/", {"text": "hello"})
    assert Comment.objects.exists() == (status == 200)
    assert said.status_code == {200: 302, 302: 302}.get(status, 403 if who == "chen" else 404)
    withdrawn = client.post(f"{url}withdraw/").status_code
    asked.refresh_from_db()
    assert (asked.state == RequestState.WITHDRAWN) == (who == "ana")
    if who not in ("ana", "nobody"):
        assert withdrawn in (403, 404, 409)


def test_the_main_verb_follows_the_role(
    client: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    approval = Approval.objects.get()

    client.force_login(company.maria)
    assert (
        f'href="/approvals/{approval.pk}/"' in client.get(asked.get_absolute_url()).content.decode()
    )
    client.force_login(company.frank)
    html = client.get(asked.get_absolute_url()).content.decode()
    assert f'href="/approvals/{approval.pk}/"' not in html
    assert "withdraw/" not in html


def test_withdrawing_puts_the_lines_back_and_asks_nobody_any_more(
    ana: Client, asked: PurchaseRequest
) -> None:
    page = ana.post(f"{asked.get_absolute_url()}withdraw/", follow=True)

    assert CartLine.objects.count() == 2
    assert Approval.objects.get().state == "withdrawn"
    assert not asked.planned.exclude(state=PlannedState.DROPPED).exists()
    assert "Taken back. 2 lines are in your cart." in page.content.decode()
    again = ana.post(f"{asked.get_absolute_url()}withdraw/")
    assert again.status_code == 409
    assert "It was decided already." in again.content.decode()


def test_sent_back_says_why_and_leads_to_the_cart(
    ana: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    approval = Approval.objects.get()
    approvals.send_back(
        approval=approval, by=company.maria, seen=approval.fingerprint, note="Only <b>half</b>"
    )

    html = ana.get(asked.get_absolute_url()).content.decode()

    assert "Maria Keller sent it back." in html
    assert "Only &lt;b&gt;half&lt;/b&gt;" in html
    assert "Change and ask again" in html
    CartLine.objects.all().delete()
    assert ana.post(f"{asked.get_absolute_url()}to-cart/")["Location"] == "/cart/"
    assert CartLine.objects.count() == 2
    asked.refresh_from_db()
    assert asked.state == RequestState.SENT_BACK  # it ends when it is asked for again


def test_what_the_platform_refused_keeps_its_lines_and_can_be_mended(
    ana: Client, asked: PurchaseRequest
) -> None:
    PurchaseRequest.objects.filter(pk=asked.pk).update(state=RequestState.PARTLY_PLACED)
    asked.planned.filter(number=1).update(state=PlannedState.REFUSED, message="库存不足")

    html = ana.get(asked.get_absolute_url()).content.decode()
    assert "库存不足" in html
    assert "The platform refused it." in html
    ana.post(f"{asked.get_absolute_url()}to-cart/", {"planned": "1"})

    assert CartLine.objects.get().marketplace == "1688"
    assert ana.post(f"{asked.get_absolute_url()}to-cart/", {"planned": "9"}).status_code == 404


def test_a_changed_price_shows_then_and_now(
    ana: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    planned = asked.planned.get(number=1)
    PurchaseRequest.objects.filter(pk=asked.pk).update(state=RequestState.PLACING)
    PlannedOrder.objects.filter(pk=planned.pk).update(state=PlannedState.CHANGED)
    Approval.objects.create(
        subject=f"planned:{planned.pk}",
        requester=asked.requester,
        title="x",
        url="/",
        amount=2714,
        fingerprint="f",
        shown={"change": {"now": {"goods": 21200, "freight": 0, "total": 21200}}},
    ).steps.create(position=1, person=company.maria, right="approve", state="active")

    html = ana.get(asked.get_absolute_url()).content.decode()

    assert "Costs more now; asked again." in html
    assert "Costs more now; Maria is asked again." in html
    assert "¥200.00" in html
    assert "¥212.00" in html
    assert "€27.14" in html


def test_an_approved_request_counts_down_moves_and_ends_as_orders(
    client: Client, company: SimpleNamespace, sandbox: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to)
    asked = asking.ask_for(
        person=company.ana,
        wish=asking.Wish(token="t", purpose="Fair", cost_centre="4100", ship_to=company.ship_to),
        groups=groups,
    )
    approval = Approval.objects.get()
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    url = asked.get_absolute_url()

    client.force_login(company.maria)
    html = client.get(url).content.decode()
    assert f'action="/approvals/{approval.pk}/undo/"' in html
    assert "Nothing has been sent yet" in html
    client.force_login(company.ana)
    html = client.get(url).content.decode()
    assert "undo" not in html.split('id="toasts"')[0].split("data-poll")[1]
    assert f'data-poll="/requests/{asked.label}/progress/"' in html

    RemoteCommand.objects.update(not_before=timezone.now())
    sending.run_command(RemoteCommand.objects.get().pk)
    part = client.get(f"{url}progress/", headers=HTMX).content.decode()

    assert f"{asked.label}/1" in part
    assert 'hx-swap-oob="true"' in part
    assert "Everything is ordered." in part
    assert "Never more than" in client.get(url).content.decode()


def test_progress_asked_for_without_a_script_leads_to_the_page(
    ana: Client, asked: PurchaseRequest
) -> None:
    assert ana.get(f"{asked.get_absolute_url()}progress/")["Location"] == asked.get_absolute_url()


def test_a_comment_is_said_once_and_told_to_whom_it_concerns(
    ana: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    Notice.objects.all().delete()
    form = {"text": "<i>שלום</i> 🎪\r\nsecond line", "token": "one-form"}

    ana.post(f"{asked.get_absolute_url()}comment/", form)
    ana.post(f"{asked.get_absolute_url()}comment/", form)

    assert Comment.objects.get().text == "<i>שלום</i> 🎪\nsecond line"
    assert list(Notice.objects.values_list("person__name", flat=True)) == ["Maria Keller"]
    html = ana.get(asked.get_absolute_url()).content.decode()
    assert "&lt;i&gt;שלום&lt;/i&gt; 🎪" in html


@pytest.mark.parametrize(
    ("text", "sentence"), [(" ", "Write something first."), ("x" * 5001, "5000")]
)
def test_a_comment_that_cannot_be_said_stays_typed(
    ana: Client, asked: PurchaseRequest, text: str, sentence: str
) -> None:
    answer = ana.post(f"{asked.get_absolute_url()}comment/", {"text": text})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_the_timeline_filters_by_kind(ana: Client, asked: PurchaseRequest) -> None:
    ana.post(f"{asked.get_absolute_url()}comment/", {"text": "Only this"})

    html = ana.get(f"{asked.get_absolute_url()}?show=message").content.decode()

    assert "Only this" in html
    assert "Asked for it." not in html
    assert 'aria-current="true"' in html


def test_opening_it_marks_its_notices_read(
    ana: Client, company: SimpleNamespace, asked: Any
) -> None:
    Notice.objects.create(person=company.ana, key="k", text="x", url=asked.get_absolute_url())

    ana.get(asked.get_absolute_url())

    assert not Notice.objects.filter(person=company.ana, read_at=None).exists()


def test_buying_again_copies_the_lines_for_whoever_asks(
    client: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    PurchaseRequest.objects.filter(pk=asked.pk).update(state=RequestState.PLACED)
    client.force_login(company.maria)

    client.post(f"{asked.get_absolute_url()}to-cart/")
    client.post(f"{asked.get_absolute_url()}to-cart/")

    lines = CartLine.objects.filter(person=company.maria)
    assert sorted(lines.values_list("quantity", flat=True)) == [20, 20]
    assert all(line.as_of == asked.asked_at for line in lines)  # not fresher than it was


def test_hostile_words_are_only_text(ana: Client, company: SimpleNamespace) -> None:
    line_of(company.ana, title="<script>1</script>", seller_name="<svg onload=1>")
    asked = ask(company, purpose='"><script>2</script>', note="<img src=x onerror=3> مرحبا")

    html = ana.get(asked.get_absolute_url()).content.decode()

    for bad in ("<script>1", "<script>2", "<svg onload", "<img src=x"):
        assert bad not in html
    assert "مرحبا" in html


def test_the_page_costs_the_same_queries_for_many_orders(
    ana: Client, company: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        line_of(company.ana, item_id=f"{n}", seller_id=f"s{n}")
    asked = ask(company)

    with django_assert_max_num_queries(34):
        ana.get(asked.get_absolute_url())


def test_a_number_nobody_has_is_not_found(ana: Client) -> None:
    assert ana.get("/requests/R-99999999999999/").status_code == 404


def test_rates_of_the_asking_stay_with_it(ana: Client, asked: PurchaseRequest) -> None:
    ExchangeRate.objects.update(rate="0.2")

    assert "€51.20" in ana.get(asked.get_absolute_url()).content.decode()


def test_people_told_about_a_comment_are_those_it_concerns(
    client: Client, company: SimpleNamespace, asked: PurchaseRequest
) -> None:
    Notice.objects.all().delete()
    client.force_login(company.frank)

    client.post(f"{asked.get_absolute_url()}comment/", {"text": "Which budget?"})

    names = set(Notice.objects.values_list("person__name", flat=True))
    assert names == {"Ana Ruiz", "Maria Keller"}
