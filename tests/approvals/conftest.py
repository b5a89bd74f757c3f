"""The small company of procurement's tests, and requests that wait for a decision."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from approvals.models import Approval
from desk import clock
from procurement.models import PlannedOrder, PurchaseRequest, RequestLine
from procurement.services.asking import open_approval
from procurement.services.numbering import next_request_number
from tests.procurement.conftest import company, quick  # noqa: F401


@pytest.fixture
def waiting(company: SimpleNamespace) -> Callable[..., Approval]:  # noqa: F811
    """Makes one request of €100 (or `cents`) that waits for Maria; it was quoted unless told."""

    def make(*, cents: int = 10_000, by: User | None = None, **more: Any) -> Approval:
        return ask_for(company, by or company.ana, cents=cents, **more)

    return make


def ask_for(
    company: SimpleNamespace,  # noqa: F811
    by: User,
    *,
    cents: int,
    marketplace: str = "taobao",
    purpose: str = "Mugs for the fair",
    quoted: bool = True,
) -> Approval:
    request = PurchaseRequest.objects.create(
        number=next_request_number(),
        requester=by,
        department=by.department,
        cost_centre="4100",
        purpose=purpose,
        ship_to=company.ship_to,
        total=cents,
        token=secrets.token_hex(8),
    )
    planned = PlannedOrder.objects.create(
        request=request,
        number=1,
        marketplace=marketplace,
        sub_account=company.account,
        seller_id="s1",
        seller_name="义乌市某某日用品厂",
        outer_id=f"QS{request.number}-1-{secrets.token_hex(4)}",
        goods=cents * 8,
        freight=0,
        total=cents * 8,
        currency="CNY",
        rate=Decimal("0.125"),
        rate_day=timezone.localdate(),
        company_total=cents,
        quoted_at=clock.now(),
        quoted=quoted,
    )
    RequestLine.objects.create(
        request=request,
        planned=planned,
        position=1,
        marketplace=marketplace,
        item_id="672991141190",
        order_item_id="672991141190",
        order_sku_id="1",
        title="北欧风哑光陶瓷马克杯大容量办公室早餐咖啡杯带盖带勺家用情侣水杯可定制",
        title_original="北欧风哑光陶瓷马克杯大容量办公室早餐咖啡杯带盖带勺家用情侣水杯可定制",
        variant="红色 / 400 ml",
        seller_id="s1",
        seller_name="义乌市某某日用品厂",
        quantity=10,
        unit_price=cents * 8 // 10,
        company_total=cents,
    )
    open_approval(request, by=by)
    return Approval.objects.get(subject=f"request:{request.pk}")


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    def come_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return come_in
