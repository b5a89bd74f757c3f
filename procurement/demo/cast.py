"""Who works at the company, where goods go, and what a yuan cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from accounts.choices import Role
from accounts.models import Department, SubAccount, SubAccountMapping, User
from accounts.services import assign_roles
from approvals.models import ApprovalPolicy
from desk.models import ExchangeRate
from procurement.models import ShipTo

DEPARTMENTS = (
    ("Marketing", "4100"),
    ("Operations", "4200"),
    ("Product", "4300"),
    ("Office", "4400"),
)
# name, e-mail, role, department, own limit in cents, language, demo card
PEOPLE = (
    ("Ana Ruiz", "ana", Role.BUYER, "Marketing", None, "en", True),
    ("Maria Keller", "maria", Role.MANAGER, "Marketing", 50_000, "en", True),
    ("Frank Osei", "frank", Role.FINANCE, "Office", None, "en", True),
    ("陈晓", "chenxiao", Role.WAREHOUSE, "Operations", None, "zh-hans", True),
    ("Ingrid Holm", "ingrid", Role.ADMIN, "Office", None, "en", True),
    ("Jonas Weber", "jonas", Role.BUYER, "Operations", 10_000, "en", True),
    ("Priya Nair", "priya", Role.MANAGER, "Operations", 80_000, "en", False),
    ("Luca Bianchi", "luca", Role.BUYER, "Product", None, "en", False),
    ("Sofie Lund", "sofie", Role.MANAGER, "Product", 50_000, "en", False),
    ("Tomás Herrera", "tomas", Role.BUYER, "Marketing", None, "en", False),
    ("Hannah Vogt", "hannah", Role.BUYER, "Office", None, "en", False),
    ("Oskar Lindqvist", "oskar", Role.MANAGER, "Office", 30_000, "en", False),
    ("Mei Tanaka", "mei", Role.BUYER, "Product", None, "en", False),
    ("Piotr Nowak", "piotr", Role.BUYER, "Operations", None, "en", False),
)
UNMAPPED = "mei"
LEAVER = "piotr"
# name, user-id, marketplaces
SUB_ACCOUNTS = (
    ("Marketing buys", "2100000000001", ["taobao", "1688"]),
    ("Operations buys", "2100000000002", ["taobao", "1688"]),
    ("Product and office", "2100000000003", ["taobao", "1688"]),
    ("Overseas warehouse", "2100000000004", ["1688"]),
    ("Old account", "2100000000005", ["taobao"]),
)
ACCOUNT_OF = {
    "Marketing": "2100000000001",
    "Operations": "2100000000002",
    "Product": "2100000000003",
    "Office": "2100000000003",
}
RATES = ("0.12510", "0.12640", "0.12580", "0.12720", "0.12790", "0.12840", "0.12770", "0.12860")


@dataclass
class Company:
    """Everybody by the first part of their e-mail, and the addresses."""

    people: dict[str, User] = field(default_factory=dict)
    accounts: dict[str, SubAccount] = field(default_factory=dict)
    ship_to: list[ShipTo] = field(default_factory=list)

    def __getitem__(self, key: str) -> User:
        return self.people[key]


def found_company(start: date) -> Company:
    """Make the company as it was when it began to buy."""
    company = Company()
    departments = {
        name: Department.objects.create(name=name, cost_centre=code) for name, code in DEPARTMENTS
    }
    for name, user_id, marketplaces in SUB_ACCOUNTS:
        company.accounts[user_id] = SubAccount.objects.create(
            name=name, user_id=user_id, marketplaces=marketplaces
        )
    for name, mail, role, department, limit, language, card in PEOPLE:
        person = User.objects.create_user(
            f"{mail}@quayside.example",
            name=name,
            department=departments[department],
            approval_limit=limit,
            language=language,
            is_demo=card,
        )
        assign_roles(person=person, roles=[role], by=None)
        if role == Role.MANAGER:
            Department.objects.filter(name=department).update(manager=person)
        if role in (Role.BUYER, Role.MANAGER, Role.ADMIN) and mail != UNMAPPED:
            _map(person, company.accounts[ACCOUNT_OF[department]], start, default=True)
        company.people[mail] = person
    # Only now does every department know its manager.
    company.people = {
        mail: User.objects.select_related("department__manager").get(pk=person.pk)
        for mail, person in company.people.items()
    }
    _map(company["jonas"], company.accounts["2100000000004"], start, default=False)
    company.ship_to = _addresses()
    _rates(start)
    ApprovalPolicy.objects.create(
        finance_above=500_000, pay_at_once_up_to=150_000, tolerance_percent=2
    )
    return company


def _map(person: User, account: SubAccount, start: date, *, default: bool) -> None:
    SubAccountMapping.objects.create(
        person=person, sub_account=account, is_default=default, from_date=start
    )


def _addresses() -> list[ShipTo]:
    return [
        ShipTo.objects.create(
            name="Yiwu warehouse",
            receiver="陈晓",
            mobile="13857900001",
            province="浙江省",
            city="金华市",
            district="义乌市",
            street="稠州北路1688号国际物流中心3号仓",
            post_code="322000",
            is_default=True,
        ),
        ShipTo.objects.create(
            name="Shenzhen forwarder",
            receiver="林志强",
            mobile="13802500002",
            province="广东省",
            city="深圳市",
            district="宝安区",
            street="福永街道新和村12栋一楼",
            post_code="518103",
        ),
    ]


def _rates(start: date) -> None:
    for month, rate in enumerate(RATES):
        ExchangeRate.objects.create(
            currency="CNY", day=start + timedelta(days=30 * month), rate=Decimal(rate)
        )
        ExchangeRate.objects.create(
            currency="USD",
            day=start + timedelta(days=30 * month),
            rate=Decimal("0.9120") + Decimal(month) / 500,
        )


def later_changes(company: Company) -> None:
    """What happened since: somebody left."""
    User.objects.filter(pk=company[LEAVER].pk).update(is_active=False)
