"""People of every role, and a client logged in as one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import probes
from accounts.choices import Role
from accounts.models import Department, SubAccount, User
from accounts.probes import ProbeResult
from accounts.services import assign_roles

PASSWORD = "harbour-lantern-42"  # noqa: S105


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Log-in limits count in the cache; each test starts at zero."""
    cache.clear()


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    def make(name: str, *roles: Role, **fields: object) -> User:
        email = f"{name.lower().replace(' ', '.')}@example.com"
        person = User.objects.create_user(email, PASSWORD, name=name, **fields)
        assign_roles(person=person, roles=roles, by=None)
        return person

    return make


@pytest.fixture
def admin_person(make_person: Callable[..., User]) -> User:
    return make_person("Ada Admin", Role.ADMIN)


@pytest.fixture
def buyer(make_person: Callable[..., User], marketing: Department) -> User:
    return make_person("Ana Ruiz", Role.BUYER, department=marketing)


@pytest.fixture
def marketing(db: None) -> Department:
    return Department.objects.create(name="Marketing", cost_centre="4100")


@pytest.fixture
def sub_account(db: None) -> SubAccount:
    return SubAccount.objects.create(
        name="Marketing one", user_id="2100000000001", marketplaces=["taobao", "1688"]
    )


@pytest.fixture
def as_admin(admin_person: User) -> Client:
    client = Client()
    client.force_login(admin_person)
    return client


@pytest.fixture
def platform_says() -> Iterator[Callable[[ProbeResult], list[SubAccount]]]:
    """Registers a probe with a given answer, as another room would; gives back who was asked."""
    before = list(probes._probes)

    def says(result: ProbeResult) -> list[SubAccount]:
        asked: list[SubAccount] = []

        def probe(sub_account: SubAccount) -> ProbeResult:
            asked.append(sub_account)
            return result

        probes.register(probe)
        return asked

    yield says
    probes._probes[:] = before
