"""The parts page and the log-in in a real browser: axe-core, content policy, no sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.desk.parts_urls")]
WIDTHS = {"desktop": (1440, 900), "phone": (360, 640)}


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
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(reduced_motion="reduce")
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: page.complaints.append(line.text) if line.type == "error" else None,
    )
    yield page
    page.close()


@pytest.fixture(autouse=True)
def debugging(settings) -> None:
    settings.DEBUG = True


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/parts/", "/account/login/", "/account/password/reset/"])
def test_a_page_is_accessible_and_keeps_the_policy(live_server, tab, path, theme, width):
    tab.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))

    tab.goto(f"{live_server.url}{path}?theme={theme}")
    if theme == "dark":
        tab.evaluate("document.documentElement.dataset.bsTheme = 'dark'")

    assert tab.complaints == []  # before axe, which injects styles of its own
    assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()


def test_a_key_opens_the_sheet_and_fields_swallow_keys(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")

    tab.locator("#id_purpose").first.press("?")
    assert not tab.locator("#shortcuts").is_visible()

    tab.locator("h1").first.click()
    tab.keyboard.press("?")
    assert tab.locator("#shortcuts").is_visible()


def test_j_k_and_x_walk_and_tick_rows_and_the_bar_counts(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")
    tab.evaluate("document.activeElement.blur()")

    for _ in range(5):
        tab.keyboard.press("j")
    tab.keyboard.press("k")
    tab.keyboard.press("x")

    assert tab.locator("[data-row].is-here input[name=pick]").is_checked()
    assert tab.locator("[data-picks-count]").inner_text() == "1 ticked"
    assert tab.locator("[data-picks-sum]").inner_text() == "€1,284.20"


def test_a_quantity_steps_within_its_limits_and_shows_the_total(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")

    for _ in range(4):
        tab.locator("[data-qty] [data-step='-1']").first.click()

    assert tab.locator("[data-qty] input").first.input_value() == "10"
    assert tab.locator("#sample-total").inner_text() == "€15.10"


def test_a_toast_offers_undo_and_closes(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")

    tab.evaluate(
        """document.dispatchEvent(new CustomEvent('quayside:toast', {detail: {
            text: 'Approved.', undo: '/undo/', until: new Date(Date.now() + 9000).toISOString()}
        }))"""
    )
    toast = tab.locator("#toasts [data-toast]")
    toast.get_by_role("button", name="Undo (").wait_for()

    assert toast.locator("form").get_attribute("action") == "/undo/"
    toast.get_by_role("button", name="Close").click()
    assert toast.count() == 0


def test_a_menu_closes_on_escape_and_gives_the_focus_back(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")
    summary = tab.locator("#decision-bar summary")

    summary.click()
    assert tab.locator("#decision-bar .menu-list").is_visible()
    tab.keyboard.press("Escape")

    assert not tab.locator("#decision-bar .menu-list").is_visible()
    assert summary.evaluate("node => node === document.activeElement")


def test_a_draft_outlives_a_detour_through_the_log_in(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")
    note = tab.locator("form[data-draft] textarea").first
    note.fill("Für die Messe 马克杯")

    tab.goto(f"{live_server.url}/account/login/")
    tab.goto(f"{live_server.url}/parts/")

    assert tab.locator("form[data-draft] textarea").first.input_value() == "Für die Messe 马克杯"


def test_a_sent_form_cannot_be_sent_again(live_server, tab):
    tab.goto(f"{live_server.url}/parts/")
    tab.route("**/sent/", lambda route: route.fulfill(status=204))  # stays on the page

    button = tab.locator(".decide button")
    button.click()

    assert button.is_disabled()
    assert button.inner_text() == "Sending…"


def test_a_waiting_part_asks_sixteen_times_ever_slower_then_stops(live_server, tab):
    tab.clock.install()
    tab.goto(f"{live_server.url}/waiting/")
    part = tab.locator("#sample-waiting")
    second, asked_at = 0, []  # the installed clock also runs by itself, so seconds are rough
    tab.on(
        "request",
        lambda request: asked_at.append(second) if "hx-request" in request.headers else None,
    )

    while second < 400 and not part.evaluate("node => 'pollStopped' in node.dataset"):
        tab.clock.run_for(1000)
        tab.wait_for_timeout(20)
        second += 1

    assert part.locator(".poll-again").is_visible()
    assert len(asked_at) == 16
    assert asked_at[-1] - asked_at[-2] > 2 * (asked_at[1] - asked_at[0])
