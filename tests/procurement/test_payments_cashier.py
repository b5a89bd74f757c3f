"""With the platform: a payment that waits outside, its link given once; reading again for real."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from approvals import services as approvals
from approvals.models import Approval
from procurement.choices import OrderState, PaymentState
from procurement.models import Payment, PurchaseOrder
from procurement.services import asking, polling, quoting
from tests.procurement.test_story import fill_cart, run_due

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unpaid(company: SimpleNamespace, sandbox: Any, quick: None) -> PurchaseOrder:
    """An order at 1688, placed and read, whose payment finance has to release."""
    from approvals.models import ApprovalPolicy

    policy = ApprovalPolicy.current()
    policy.pay_at_once_up_to = 0
    policy.save()
    fill_cart(sandbox, company.ana, "1688")
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to)
    asking.ask_for(
        person=company.ana,
        wish=asking.Wish(token="t1", purpose="Fair", cost_centre="4100", ship_to=company.ship_to),
        groups=groups,
    )
    approval = Approval.objects.get()
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    run_due()
    order = PurchaseOrder.objects.get()
    sandbox.control.advance({"seconds": 120})
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(order.pk)
    order.refresh_from_db()
    return order


def everything_stored() -> str:
    """All text of the database that a page or a log could show again."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database
            words += [str(row) for row in cursor.fetchall()]
    return "\n".join(words)


def test_the_cashier_link_is_given_once_and_kept_nowhere(
    company: SimpleNamespace, sandbox: Any, unpaid: PurchaseOrder
) -> None:
    sandbox.control.save_user({"user_id": company.account.user_id, "agreement_limit": 0})
    payment = Payment.objects.get()
    client = Client()
    client.force_login(company.frank)
    client.post(f"/payments/{payment.pk}/pay/")
    run_due()
    payment.refresh_from_db()
    assert payment.state == PaymentState.WAITING_OUTSIDE

    answer = client.post(f"/payments/{payment.pk}/outside/", {"token": "click-1"})
    again = client.post(f"/payments/{payment.pk}/outside/", {"token": "click-1"})

    assert answer.status_code == 303
    link = answer["Location"]
    assert "/cashier/" in link
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert again.status_code == 409
    assert link.rsplit("/", 1)[-1] not in everything_stored()
    for url in ("/payments/", unpaid.get_absolute_url()):
        assert "/cashier/" not in client.get(url).content.decode()


def test_the_pages_let_a_form_lead_to_the_cashier(
    company: SimpleNamespace, unpaid: PurchaseOrder
) -> None:
    client = Client()
    client.force_login(company.frank)

    for url in ("/payments/", unpaid.get_absolute_url()):
        policy = client.get(url)["Content-Security-Policy"]
        assert "form-action 'self' https: " in policy
    assert "https:" not in client.get("/orders/")["Content-Security-Policy"]


def test_paying_from_the_page_settles_the_order(
    company: SimpleNamespace, sandbox: Any, unpaid: PurchaseOrder
) -> None:
    payment = Payment.objects.get()
    client = Client()
    client.force_login(company.frank)

    for _ in range(2):
        client.post(f"/payments/{payment.pk}/pay/", {"from": "order"})
    run_due()
    sandbox.control.advance({"seconds": 3600})
    client.post(f"{unpaid.get_absolute_url()}read-again/")

    unpaid.refresh_from_db()
    assert unpaid.state == OrderState.PAID
    assert Payment.objects.get().state == PaymentState.SETTLED
    assert [e["effect"] for e in sandbox.engine.ledger.rows()].count("debit") == 1
    assert client.post(f"/payments/{payment.pk}/undo/").status_code == 302
    assert Payment.objects.get().state == PaymentState.SETTLED


def test_reading_again_brings_parcels_and_their_age(
    company: SimpleNamespace, sandbox: Any, unpaid: PurchaseOrder
) -> None:
    payment = Payment.objects.get()
    client = Client()
    client.force_login(company.frank)
    client.post(f"/payments/{payment.pk}/pay/")
    run_due()
    sandbox.control.advance({"seconds": 5 * 24 * 3600})
    before = PurchaseOrder.objects.get().as_of

    for _ in range(2):
        client.post(f"{unpaid.get_absolute_url()}read-again/")

    unpaid.refresh_from_db()
    assert unpaid.as_of > before
    assert unpaid.parcels.exists()
    page = client.get(unpaid.get_absolute_url()).content.decode()
    assert unpaid.parcels.first().tracking_no in page


def test_cancelling_reaches_the_platform_after_the_undo_window(
    company: SimpleNamespace, sandbox: Any, unpaid: PurchaseOrder
) -> None:
    client = Client()
    client.force_login(company.ana)

    client.post(
        f"{unpaid.get_absolute_url()}cancel/", {"reason": "Ordered by mistake", "token": "c"}
    )
    run_due()
    client.post(f"{unpaid.get_absolute_url()}read-again/")

    unpaid.refresh_from_db()
    assert unpaid.state in (OrderState.CANCELLED, OrderState.CLOSED)
    late = client.post(f"{unpaid.get_absolute_url()}undo/", follow=True)
    assert "Sent" in late.content.decode()
