"""Offers made by hand, people, and the sandbox behind the desk's own client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from moneyed import Money

from accounts.choices import Role
from accounts.models import SubAccount, SubAccountMapping, User
from accounts.services import assign_roles
from catalog.marketplaces.base import Offer, OfferSku, Property, Seller, Tier
from desk.models import ExchangeRate
from gateway import health

MANUAL = "672991141190"


@pytest.fixture(autouse=True)
def fresh_marks() -> None:
    """No "platform is down" mark and no remembered channel note from another test."""
    cache.clear()
    health._written.clear()


@pytest.fixture
def people(db: Any) -> SimpleNamespace:
    """One of each role, mapped to the sub-account but for Uma."""
    account = SubAccount.objects.create(
        name="Main", user_id="2100000000001", marketplaces=["taobao", "1688"]
    )
    made = {}
    for name, role in (
        ("ana", Role.BUYER),
        ("maria", Role.MANAGER),
        ("frank", Role.FINANCE),
        ("chen", Role.WAREHOUSE),
        ("adam", Role.ADMIN),
        ("uma", Role.BUYER),
    ):
        user = User.objects.create_user(f"{name}@example.com", "harbour-ledger-1", name=name)
        assign_roles(person=user, roles=[role], by=None)
        made[name] = User.objects.get(pk=user.pk)
        if name != "uma":
            SubAccountMapping.objects.create(
                person=user, sub_account=account, is_default=True, from_date=timezone.localdate()
            )
    ExchangeRate.objects.create(currency="CNY", rate=Decimal("0.125"))
    return SimpleNamespace(account=account, **made)


@pytest.fixture
def browse(client: Client, people: SimpleNamespace) -> Callable[..., Any]:
    """`browse(url)` as Ana, `browse(url, part=True)` as htmx asks."""
    client.force_login(people.ana)

    def get(url: str, data: dict[str, str] | None = None, *, part: bool = False) -> Any:
        return client.get(url, data, headers={"HX-Request": "true"} if part else {})

    return get


@pytest.fixture
def good_1688(sandbox: Any) -> Any:
    """An offer of 1688 with a ladder, lots, and at least two variants in plenty of stock."""
    return next(
        good
        for good in sandbox.engine.world.ali.goods
        if good.orderable
        and good.quote_type == 2
        and len(good.tiers) > 1
        and good.batch
        and len(good.skus) > 1
        and good.skus[0].stock > good.tiers[1][0]
        and "shipIn24Hours" in good.tags
    )


def yuan(text: str) -> Money:
    return Money(text, "CNY")


def make_sku(sku_id: str = "1", **changes: Any) -> OfferSku:
    values: dict[str, Any] = {
        "sku_id": sku_id,
        "order_sku_id": f"spec-{sku_id}",
        "properties": (Property("Colour", f"red {sku_id}", "颜色", "红色"),),
        "price": yuan("12.00"),
        "stock": 500,
        "picture": "",
        "orderable": True,
    }
    return OfferSku(**values | changes)


def make_offer(**changes: Any) -> Offer:
    values: dict[str, Any] = {
        "marketplace": "1688",
        "item_id": "600000000001",
        "order_item_id": "600000000001",
        "title": "Mug",
        "title_original": "马克杯",
        "pictures": (),
        "description_html": "",
        "seller": Seller("BBB1", "义乌某厂", "浙江"),
        "unit": "piece",
        "moq": 1,
        "batch": None,
        "tiers": (),
        "skus": (make_sku(),),
        "stock": 500,
        "on_sale": True,
        "as_of": datetime.now(UTC),
    }
    return Offer(**values | changes)


def two_tiers() -> tuple[Tier, ...]:
    return (Tier(10, yuan("12.00")), Tier(100, yuan("9.60")))
