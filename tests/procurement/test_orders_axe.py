"""Order, receiving and payment pages in a real browser: axe-core, content policy, no sideways
scroll, light and dark, desktop and phone; ticks that add up and a scan field that has the focus."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.choices import Role
from desk import clock
from desk.models.event import record
from procurement.choices import OrderState, PaymentState
from tests.procurement.conftest import person
from tests.procurement.factories import make_order, make_parcel, make_payment, make_request

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WIDTHS = {"desktop": (1440, 900), "phone": (360, 640)}
LONG = "跨境热销加厚陶瓷马克杯大容量带盖带勺办公室情侣水杯定制LOGO批发礼品套装" * 2


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def pages(company: SimpleNamespace) -> dict[str, str]:
    """Addresses by name, over orders in every state with all that can stand on a page."""
    soon = clock.now() + timedelta(hours=2)
    for state in OrderState:
        make_payment(make_order(company, state=state, closes_at=soon, title=LONG))
    for state in PaymentState:
        made = make_order(company, closes_at=soon, marketplace="1688")
        make_payment(made, state=state, message="余额不足", settled_at=clock.now())
    make_order(company, request=None, requester=None, title=LONG)
    make_request(company, state="asked")
    order = make_order(
        company, state=OrderState.SHIPPED, marketplace="1688", conflict="paid > placed",
        word_known=False, remote_status="somethingnew", silent_since=clock.now(), title=LONG,
    )  # fmt: skip
    order.lines.update(title_original=LONG, variant="红色 / 400 ml")
    make_payment(order, state=PaymentState.SETTLED, paid=order.total + 5)
    parcel = make_parcel(order, last_event_at=clock.now(), last_event="【金华市】快件已签收")
    for hours in range(3):
        parcel.events.create(at=clock.now() - timedelta(hours=hours), text="快件到达", place="义乌")
    record(f"order:{order.pk}", "Seen.", kind="machine", note="a note")
    record(f"order:{order.pk}", "Paid.", kind="money", by=company.frank)
    placed = make_order(company, closes_at=soon)
    make_payment(placed)
    return {
        "list": "/orders/",
        "filters": "/orders/?panel=1&q=Mug&marketplace=1688",
        "no match": "/orders/?q=nothing-at-all",
        "requests": "/orders/?view=approval",
        "order": order.get_absolute_url(),
        "unpaid": placed.get_absolute_url(),
        "cancel": f"{placed.get_absolute_url()}cancel/",
        "confirm": f"{order.get_absolute_url()}confirm/",
        "payments": "/payments/",
        "receive": "/receive/",
        "unknown scan": "/receive/scan/?code=nothing",
        "count": f"{order.get_absolute_url()}receive/",
    }


WHO = {
    "payments": "frank", "unpaid": "frank", "receive": "chen", "unknown scan": "chen",
    "count": "chen", "confirm": "ana",
}  # fmt: skip


@pytest.fixture
def open_as(chromium: Browser, live_server: Any, company: SimpleNamespace) -> Iterator[Any]:
    """A browser page of somebody, logged in by cookie."""
    chen = person("chen@example.com", "陈晓", Role.WAREHOUSE, language="zh-hans")
    people = {"frank": company.frank, "chen": chen, "ana": company.ana, "maria": company.maria}
    contexts = []

    def build(who: str, width: str) -> Page:
        client = Client()
        client.force_login(people[who])
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        context = chromium.new_context(viewport=size, reduced_motion="reduce")
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield build
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_fit(
    live_server: Any, open_as: Any, pages: dict[str, str], theme: str, width: str
) -> None:
    found = {}
    tabs = {who: open_as(who, width) for who in ("frank", "chen", "ana", "maria")}
    for name, path in pages.items():
        tab = tabs[WHO.get(name, "maria")]
        tab.goto(live_server.url + path)
        if theme == "dark":
            tab.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        results = Axe().run(tab)
        if results.violations_count or wide > WIDTHS[width][0] or tab.complaints:
            found[name] = (wide, tab.complaints, results.generate_report())

    assert not found, "\n".join(f"{name}: {what}" for name, what in found.items())


def test_ticks_add_up_and_the_button_counts_them(
    live_server: Any, open_as: Any, company: SimpleNamespace
) -> None:
    for _ in range(3):
        make_payment(make_order(company))
    tab = open_as("frank", "desktop")
    tab.goto(f"{live_server.url}/payments/")
    boxes = tab.locator("input[name=pick]")
    boxes.nth(0).check()
    boxes.nth(1).check()

    assert tab.locator("[data-pay-button]").inner_text() == "Pay 2"
    assert tab.locator("[data-picks-sum]").inner_text() == "€316.04"


def test_a_barcode_gun_and_enter_are_enough(
    live_server: Any, open_as: Any, company: SimpleNamespace
) -> None:
    order = make_order(company, state=OrderState.SHIPPED)
    parcel = make_parcel(order)
    tab = open_as("chen", "phone")
    tab.goto(f"{live_server.url}/receive/")
    tab.keyboard.type(parcel.tracking_no)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/receive/")
    tab.locator(".qty input").press("Enter")
    tab.wait_for_url(f"{live_server.url}/receive/")

    order.refresh_from_db()
    assert order.received_count == 20
