"""Cart, checkout and request pages in a real browser: axe-core, width, no script errors, T1 by its
clicks and fields, and quotes that arrive by themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from desk.services import add_comment
from gateway.guard import ensure_right_platform
from procurement.choices import PlannedState, RequestState
from procurement.models import PurchaseRequest
from procurement.services import asking, quoting
from tests.procurement.shopping import line_of
from tests.procurement.test_checkout import fill

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
def tab_of(chromium: Browser, live_server: Any, sandbox: Any) -> Iterator[Any]:
    """`tab_of(person, "phone", script=False)`: a page of theirs, logged in by cookie."""
    cache.clear()
    ensure_right_platform()  # not first by two requests at once: they share one test connection
    contexts = []

    def build(who: Any, width: str = "desktop", *, script: bool = True) -> Page:
        client = Client()
        client.force_login(who)
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        context = chromium.new_context(
            viewport=size,
            reduced_motion="reduce",
            java_script_enabled=script,
            base_url=live_server.url,
        )
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield build
    for context in contexts:
        context.close()


@pytest.fixture
def pages(company: SimpleNamespace) -> dict[str, str]:
    """Addresses by name, over a cart and requests with all that can stand on them."""
    line_of(company.ana, title=LONG, title_original=LONG, variant="红色 / 400 ml")
    line_of(company.ana, item_id="t", marketplace="taobao", seller_id="t", seller_name=LONG[:90])
    asked = _ask(company, note=LONG * 9, purpose=LONG[:200])
    add_comment(subject=f"request:{asked.pk}", by=company.maria, text=LONG)
    line_of(company.ana, item_id="a")
    line_of(company.ana, item_id="b", seller_id="b")
    line_of(company.ana, item_id="c", seller_id="c")
    mixed = _ask(company)
    PurchaseRequest.objects.filter(pk=mixed.pk).update(state=RequestState.PLACING)
    for number, state in enumerate(
        (PlannedState.REFUSED, PlannedState.UNCLEAR, PlannedState.CHANGED), start=1
    ):
        mixed.planned.filter(number=number).update(state=state, message="库存不足")
    company.account.marketplaces = ["1688"]
    company.account.save()
    line_of(company.ana, title=LONG, title_original="", quantity=5)
    line_of(company.ana, item_id="d", marketplace="taobao", seller_id="d")
    line_of(company.ana, item_id="e", saved_for_later=True)
    line_of(company.ana, item_id="f", currency="USD", seller_id="f")
    return {
        "cart": "/cart/",
        "checkout": "/checkout/",
        "quotes": "/checkout/?quotes=now",
        "asked": asked.get_absolute_url(),
        "mixed": mixed.get_absolute_url(),
    }


def _ask(company: SimpleNamespace, **words: Any) -> PurchaseRequest:
    wish = {
        "token": f"form-{PurchaseRequest.objects.count()}",
        "purpose": "Mugs",
        "cost_centre": "4100",
        "ship_to": company.ship_to,
    }
    groups = quoting.cart_groups(company.ana)
    return asking.ask_for(person=company.ana, wish=asking.Wish(**wish | words), groups=groups)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_fit(
    company: SimpleNamespace, tab_of: Any, pages: dict[str, str], theme: str, width: str
) -> None:
    found = {}
    tab = tab_of(company.ana, width)
    for name, path in pages.items():
        tab.goto(path)
        tab.wait_for_load_state("networkidle")
        if theme == "dark":
            tab.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        results = Axe().run(tab)
        if results.violations_count or wide > WIDTHS[width][0] or tab.complaints:
            found[name] = (wide, tab.complaints, results.generate_report())

    assert not found, "\n".join(f"{name}: {what}" for name, what in found.items())


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_keyword_to_a_waiting_request_in_seven_clicks_and_two_fields(
    company: SimpleNamespace, tab_of: Any, width: str
) -> None:
    tab = tab_of(company.ana, width)
    clicks, fields = 0, 0

    def click(locator: Any) -> None:
        nonlocal clicks
        locator.click()
        clicks += 1

    tab.goto("/catalog/")
    tab.locator("main input[name=q]").fill("ceramic mug")
    fields += 1
    click(tab.locator("main .find-go"))
    click(
        tab.locator("#lane-1688 .find-card a, [data-lane='1688'] .find-card a, .find-card a").last
    )
    tab.locator(".variant-qty:enabled").last.fill("60")
    fields += 1
    click(tab.locator("form.buy [data-out=button]"))
    click(tab.locator("#in-cart").get_by_role("link", name="Check out"))
    click(tab.locator("#checkout-total button:enabled"))
    tab.wait_for_url("**/requests/R-*/")

    request = PurchaseRequest.objects.get()
    assert request.state == RequestState.ASKED
    assert request.planned.get().quoted
    assert (clicks, fields) <= (7, 2)
    assert not tab.complaints


def test_quotes_fill_in_by_themselves_and_the_button_waits_for_them(
    company: SimpleNamespace, sandbox: Any, tab_of: Any
) -> None:
    fill(sandbox, company.ana)
    tab = tab_of(company.ana)

    tab.goto("/checkout/")
    tab.locator("#checkout-total button:enabled").wait_for()

    assert tab.get_by_text("Quote from").count() == 2
    tab.locator("#id_ship_to").dispatch_event("change")
    tab.wait_for_load_state("networkidle")
    assert tab.get_by_text("Quote from").count() == 2


def test_a_silent_platform_leaves_the_button_and_says_what_will_be_asked_for(
    company: SimpleNamespace, sandbox: Any, tab_of: Any
) -> None:
    fill(sandbox, company.ana)
    sandbox.engine.faults.add({"key": "*", "kind": "http_500"})
    tab = tab_of(company.ana)

    tab.goto("/checkout/")
    tab.locator("#checkout-total button:enabled").wait_for()
    sandbox.engine.faults.clear()
    tab.wait_for_timeout(6000)  # until the "platform is down" mark runs out
    tab.get_by_role("link", name="Try again").first.click()
    tab.get_by_text("Quote from").first.wait_for()

    assert tab.get_by_text("quote cannot be read now").count() == 1


def test_a_quantity_saves_itself_and_its_field_keeps_the_focus(
    company: SimpleNamespace, tab_of: Any
) -> None:
    line = line_of(company.ana)
    tab = tab_of(company.ana)
    tab.goto("/cart/")

    tab.get_by_role("button", name="More of it").click(click_count=3)
    tab.get_by_text("27 more reach").wait_for()
    tab.locator(f"#qty-{line.pk}").fill("many")
    tab.keyboard.press("Enter")
    tab.get_by_text("Type a whole number of pieces").wait_for()

    assert tab.locator(f"#qty-{line.pk}").input_value() == "many"
    assert tab.evaluate("document.activeElement.id") == f"qty-{line.pk}"
    line.refresh_from_db()
    assert line.quantity == 23
    assert not tab.complaints


def test_without_a_script_everything_still_works(
    company: SimpleNamespace, sandbox: Any, tab_of: Any
) -> None:
    fill(sandbox, company.ana, "1688")
    tab = tab_of(company.ana, script=False)

    tab.goto("/cart/")
    tab.locator(".cart-qty input[name=quantity]").fill("60")
    tab.get_by_role("button", name="Save", exact=True).click()
    assert tab.locator(".cart-qty input[name=quantity]").input_value() == "60"
    tab.get_by_role("link", name="Check out").click()
    tab.get_by_text("Quote from").wait_for()
    tab.get_by_role("button", name="Ask Maria to approve").click()

    assert PurchaseRequest.objects.get().lines.get().quantity == 60
    assert "/requests/R-" in tab.url
