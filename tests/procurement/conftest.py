"""A small company: Ana buys, Maria manages her department, Frank is finance, and the platform."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Department, SubAccount, SubAccountMapping, User
from accounts.services import assign_roles
from desk.models import ExchangeRate
from procurement.models import ShipTo


def person(email: str, name: str, role: Role, **fields: Any) -> User:
    user = User.objects.create_user(email, "harbour-ledger-1", name=name, **fields)
    assign_roles(person=user, roles=[role], by=None)
    return User.objects.get(pk=user.pk)


def make_company() -> SimpleNamespace:
    """People, a department, sub-accounts, a rate and an address."""
    maria = person("maria@example.com", "Maria Keller", Role.MANAGER)
    marketing = Department.objects.create(name="Marketing", cost_centre="4100", manager=maria)
    User.objects.filter(pk=maria.pk).update(department=marketing)
    ana = person("ana@example.com", "Ana Ruiz", Role.BUYER, department=marketing)
    frank = person("frank@example.com", "Frank Osei", Role.FINANCE)
    account = SubAccount.objects.create(
        name="Main", user_id="2100000000001", marketplaces=["taobao", "1688"]
    )
    for someone in (ana, maria):
        SubAccountMapping.objects.create(
            person=someone, sub_account=account, is_default=True, from_date=timezone.localdate()
        )
    ExchangeRate.objects.create(currency="CNY", rate=Decimal("0.128"))
    ship_to = ShipTo.objects.create(
        name="Yiwu warehouse",
        receiver="陈晓",
        mobile="13800000000",
        province="浙江省",
        city="金华市",
        district="义乌市",
        street="稠州北路1号仓",
        post_code="322000",
        is_default=True,
    )
    return SimpleNamespace(
        ana=ana,
        maria=User.objects.get(pk=maria.pk),
        frank=frank,
        account=account,
        marketing=marketing,
        ship_to=ship_to,
    )


@pytest.fixture
def company(db: Any) -> SimpleNamespace:
    return make_company()


@pytest.fixture
def quick(settings: Any) -> Iterator[None]:
    """No undo window and no bell: tests run what is due themselves."""
    settings.UNDO_SECONDS = 0
    yield
