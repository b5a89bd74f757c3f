"""One's own page and the admin in a real browser: axe-core, content policy, no sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.services import map_person
from desk.services.notices import tell
from desk.services.rates import import_rates

pytestmark = pytest.mark.e2e
WIDTHS = {"desktop": (1440, 900), "phone": (360, 640)}
PAGES = {
    "me": "/me/",
    "admin": "/admin/",
    "people": "/admin/accounts/user/",
    "person": "/admin/accounts/user/{person}/change/",
    "sub_account": "/admin/accounts/subaccount/{sub_account}/change/",
    "rates": "/admin/desk/exchangerate/",
    "import": "/admin/desk/exchangerate/import/",
}


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
def tab(chromium: Browser, live_server, as_admin) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce")
    cookie = as_admin.cookies["quayside"]
    context.add_cookies([{"name": "quayside", "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: page.complaints.append(line.text) if line.type == "error" else None,
    )
    yield page
    context.close()


@pytest.fixture
def world(admin_person, buyer, sub_account):
    for person in (admin_person, buyer):
        map_person(person=person, sub_account=sub_account, is_default=True)
    tell(person=admin_person, key="a", text="R-1042 waits for you.", url="/requests/R-1042/")
    import_rates(text="CNY;0.1278;2026-01-20\nUSD;0.91;2026-01-20", by=admin_person)
    return {"person": buyer.pk, "sub_account": sub_account.pk}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_keeps_the_policy(
    live_server, tab, admin_person, world, name, theme, width
):
    admin_person.theme = theme
    admin_person.save()
    tab.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))

    tab.goto(live_server.url + PAGES[name].format(**world))

    assert tab.complaints == []  # before axe, which injects styles of its own
    if pictures := os.environ.get("PICTURES"):
        tab.screenshot(path=Path(pictures) / f"{name}-{theme}-{width}.png", full_page=True)
    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
