"""One company with everything a page can show, for the table of permissions.

Built once for a module, in a transaction that is rolled back at the end; each try runs in a
savepoint of its own. The platform is the sandbox, over loopback.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from accounts.choices import Role
from accounts.models import Department, SubAccount, SubAccountMapping, User
from approvals import services as deciding
from approvals.models import Approval
from catalog.services import get_offer
from desk import clock
from desk.models import Comment, Notice
from desk.pictures import picture_url
from desk.services import tell
from gateway.choices import CommandState, Outcome, Verdict
from gateway.models import CommandAttempt, RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.models import CartLine, Payment, PurchaseOrder, PurchaseRequest
from procurement.services import cart
from tests.approvals.conftest import ask_for
from tests.procurement.conftest import make_company, person
from tests.procurement.factories import make_order, make_parcel, make_payment, make_request
from tests.procurement.shopping import good_of, page_id

WHO = (
    "anonymous",
    "other buyer",
    "owner",
    "manager",
    "other manager",
    "finance",
    "warehouse",
    "admin",
)
LOG_IN = "log-in"
# What reading leaves behind, and what belongs to a browser: no facts of the desk.
UNWATCHED = {
    "sessions.Session",
    "catalog.ItemSnapshot",
    "catalog.SearchSnapshot",
    "gateway.ChannelHour",
}
FIXED = {"auth", "contenttypes"}  # written by migrations only
# Amounts of this world in minor units, no two alike, so that a page cannot hold one by chance.
AMOUNTS = {
    "waiting": 98_765,
    "for_finance": 912_345,
    "approved": 45_677,
    "placed": 734_519,
    "shipped": 861_247,
    "outside": 593_831,
    "queued": 648_293,
    "sales": 321_779,
    "sales_asked": 87_331,
}


@dataclass(slots=True)
class World:
    """`names` fills addresses and forms of the table; `people` are users by identity."""

    people: dict[str, User | None]
    names: dict[str, Any]
    sandbox: Any
    sessions: dict[str, str] = field(default_factory=dict)
    handlers: dict[bool, Any] = field(default_factory=dict)

    def client(self, who: str, **more: Any) -> Client:
        """A browser of this identity, as it was when the world was made."""
        client = Client(**more)
        # One handler for all: a new one reads the whole folder of static files.
        client.handler = self.handlers.setdefault(bool(more), client.handler)
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def order(self, name: str) -> PurchaseOrder:
        return PurchaseOrder.objects.get(number=self.names[name])

    def facts(self) -> str:
        """A digest of every row of ours and of what happened at the platform."""
        digest = hashlib.sha256(str(len(self.sandbox.engine.ledger.rows())).encode())
        with connection.cursor() as cursor:
            for model in apps.get_models():
                if model._meta.label not in UNWATCHED and model._meta.app_label not in FIXED:
                    cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608
                    digest.update(f"{model._meta.label}{cursor.fetchall()!r}".encode())
        return digest.hexdigest()


@contextmanager
def savepoint() -> Iterator[None]:
    """What happens inside is forgotten. Not counted as a transaction by the guards."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def outcome(answer: HttpResponse) -> int | str:
    """The status, or that it leads to the log-in page."""
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return LOG_IN
    return answer.status_code


def make_world(sandbox: Any) -> World:
    cache.clear()
    company = make_company()
    people = _people(company)
    names = {"known": "2100000000001", "practice": settings.XPORT_PUSH_SECRET}
    names |= _goods(sandbox, company) | _requests(company) | _orders(company, people["finance"])
    names |= _stuck(company) | _notice(company, names) | _of_sales(company, people["other buyer"])
    names["person"] = company.ana.pk
    names["picture"] = picture_url(sandbox.base_url.removesuffix("/api") + "/pictures/none.jpg")
    world = World(people, names, sandbox)
    for who, user in people.items():
        if user is not None:
            client = Client()
            client.force_login(user)
            world.sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return world


def _people(company: Any) -> dict[str, User | None]:
    olga = person("olga@example.com", "Olga Berg", Role.MANAGER)
    sales = Department.objects.create(name="Sales", cost_centre="4200", manager=olga)
    User.objects.filter(pk=olga.pk).update(department=sales)
    people: dict[str, User | None] = {
        "anonymous": None,
        "other buyer": person("otto@example.com", "Otto", Role.BUYER, department=sales),
        "owner": company.ana,
        "manager": company.maria,
        "other manager": User.objects.get(pk=olga.pk),
        "finance": company.frank,
        "warehouse": person("chen@example.com", "陈晓", Role.WAREHOUSE),
        "admin": person("ida@example.com", "Ida", Role.ADMIN),
    }
    other = SubAccount.objects.create(
        name="Sales", user_id="2100000000002", marketplaces=["taobao", "1688"]
    )
    for who in ("other buyer", "other manager", "admin"):
        SubAccountMapping.objects.create(
            person=people[who],  # type: ignore[misc]
            sub_account=other,
            is_default=True,
            from_date=clock.now().date(),
        )
    return people


def _goods(sandbox: Any, company: Any) -> dict[str, Any]:
    """An item that can be ordered, and Ana's cart: one line in it, one saved for later."""
    good = good_of(sandbox, "1688")
    item_id = page_id(good)
    view = get_offer(person=company.ana, marketplace="1688", item_id=item_id)
    assert view.offer is not None, view.failure
    sku = next(sku for sku in view.offer.skus if sku.orderable and sku.stock > 100)
    added = cart.add_to_cart(
        person=company.ana,
        marketplace="1688",
        item_id=item_id,
        wanted=[cart.Wanted(sku.sku_id, str(view.offer.moq + 20))],
    )
    line = added.lines[0]
    saved = CartLine.objects.get(pk=line.pk)
    saved.pk, saved.sku_id, saved.saved_for_later = None, f"{sku.sku_id}-other", True
    saved.save()
    return {
        "item": item_id,
        "sku": sku.sku_id,
        "pieces": view.offer.moq + 20,
        "line": line.pk,
        "saved": saved.pk,
        "ship_to": company.ship_to.pk,
    }


def _requests(company: Any) -> dict[str, Any]:
    """One that waits for Maria, one of hers that waits for finance, one she approved just now."""
    waiting = ask_for(company, company.ana, cents=AMOUNTS["waiting"])
    for_finance = ask_for(company, company.maria, cents=AMOUNTS["for_finance"])
    approved = ask_for(company, company.ana, cents=AMOUNTS["approved"])
    deciding.approve(approval=approved, by=company.maria, seen=approved.fingerprint)
    return {
        "waiting": PurchaseRequest.objects.get(pk=_subject_pk(waiting)).label,
        "of_manager": PurchaseRequest.objects.get(pk=_subject_pk(for_finance)).label,
        "approved_request": PurchaseRequest.objects.get(pk=_subject_pk(approved)).label,
        "approval": waiting.pk,
        "seen": waiting.fingerprint,
        "finance_approval": for_finance.pk,
        "finance_seen": for_finance.fingerprint,
        "approved": approved.pk,
    }


def _subject_pk(approval: Approval) -> int:
    return int(approval.subject.partition(":")[2])


def _amounts(name: str) -> dict[str, int]:
    total = AMOUNTS[name]
    return {
        "goods": total - 1_357,
        "freight": 1_357,
        "total": total,
        "company_total": total * 128 // 1000,
    }


def _orders(company: Any, finance: Any) -> dict[str, Any]:
    placed = make_order(company, **_amounts("placed"))
    payment = make_payment(placed)
    paying = make_order(company, **_amounts("placed") | {"total": 734_521})
    paying_payment = make_payment(paying, released=True)
    _command(
        paying,
        "pay",
        person=finance,
        payload={
            "payment": paying_payment.pk,
            "order": paying.pk,
            "method": "agreement",
            "ceiling": paying_payment.ceiling,
        },
    )
    at_cashier = make_order(company, **_amounts("placed") | {"total": 734_523})
    at_cashier_payment = make_payment(at_cashier, state=PaymentState.WAITING_OUTSIDE)
    cancelling = make_order(company, state=OrderState.CANCELLING, **_amounts("queued"))
    _command(cancelling, "cancel", person=company.ana, payload={"order": cancelling.pk})
    shipped = make_order(
        company, state=OrderState.SHIPPED, marketplace="1688", paid=AMOUNTS["shipped"],
        **_amounts("shipped"),
    )  # fmt: skip
    parcel = make_parcel(shipped)
    make_payment(shipped, state=PaymentState.SETTLED, paid=shipped.total)
    Comment.objects.create(subject=f"order:{shipped.pk}", author=company.ana, text="At last")
    outside = make_order(
        company, state=OrderState.SHIPPED, request=None, requester=None, **_amounts("outside")
    )
    make_parcel(outside)
    line = shipped.lines.get()
    return {
        "placed": placed.number,
        "payment": payment.pk,
        "paying": paying.number,
        "paying_payment": paying_payment.pk,
        "at_cashier": at_cashier.number,
        "cashier_payment": at_cashier_payment.pk,
        "cancelling": cancelling.number,
        "shipped": shipped.number,
        "shipped_line": line.pk,
        "tracking": parcel.tracking_no,
        "outside": outside.number,
    }


def _of_sales(company: Any, otto: Any) -> dict[str, Any]:
    """What the other department has: an order under way and a request that waits for Olga."""
    request = make_request(company, requester=otto, department=otto.department, cost_centre="4200")
    order = make_order(
        company,
        request=request,
        requester=otto,
        department=otto.department,
        cost_centre="4200",
        title="Crates",
        **_amounts("sales"),
    )
    asked = ask_for(company, otto, cents=AMOUNTS["sales_asked"], purpose="Crates for the quay")
    label = PurchaseRequest.objects.get(pk=_subject_pk(asked)).label
    return {"sales": order.number, "sales_request": label, "sales_approval": asked.pk}


def _stuck(company: Any) -> dict[str, Any]:
    """A payment whose answer was lost, and of which the platform knows nothing."""
    order = make_order(company, request=make_request(company), **_amounts("placed"))
    payment: Payment = make_payment(order, state=PaymentState.UNKNOWN, released=True)
    long_ago = clock.now() - timedelta(hours=2)
    command = _command(
        order,
        "pay",
        person=company.frank,
        payload={
            "payment": payment.pk,
            "order": order.pk,
            "method": "agreement",
            "ceiling": payment.ceiling,
        },
        state=CommandState.UNKNOWN,
        verdict=Verdict.NOT_DONE,
        absent_reads=2,
        absent_at=clock.now(),
        asked=4,
        created_at=long_ago,
        ask_at=clock.now() + timedelta(minutes=5),
    )
    CommandAttempt.objects.create(
        command=command,
        number=1,
        lease_token="lost",
        opened_at=long_ago,
        signed_until=long_ago,
        outcome=Outcome.UNKNOWN,
    )
    return {"stuck": command.pk, "stuck_order": order.number}


def _command(order: PurchaseOrder, kind: str, **fields: Any) -> RemoteCommand:
    values = {
        "key": f"{kind}:{secrets.token_hex(6)}",
        "subject": f"order:{order.pk}",
        "marketplace": order.marketplace,
        "sub_account": order.sub_account,
        "fingerprint": "f",
        "not_before": clock.now() + timedelta(minutes=1),
    }
    return RemoteCommand.objects.create(kind=kind, **values | fields)


def _notice(company: Any, names: dict[str, Any]) -> dict[str, Any]:
    notice = tell(
        person=company.ana, key="parcel", text="A parcel came.", url=f"/orders/{names['shipped']}/"
    )
    assert isinstance(notice, Notice)
    return {"notice": notice.pk}
