"""Where scripts are off, a keyword still becomes a request."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stack import Stack


def test_a_keyword_becomes_a_request(come_in: Callable[..., Page], stack: Stack) -> None:
    page = come_in("Ana Ruiz", scripts=False)
    page.locator("#jump").fill("雨伞")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/catalog/\?q="))
    page.goto(page.url + "&on=taobao&qty=3")
    page.locator(".find-card a[href*='/items/']").first.click()
    page.wait_for_url(re.compile(r"/items/"))
    page.locator(".variant-qty:not([disabled])").first.fill("3")
    page.locator("[data-out=button]").click()
    page.wait_for_url(re.compile(r"#in-cart"))

    page.goto(stack.url + "/checkout/?quotes=now")
    page.locator("#id_purpose").fill("Asked for without scripts")
    page.locator("#checkout-total button.btn-primary").click()
    page.wait_for_url(re.compile(r"/requests/R-\d+/"))

    expect(page.locator("h1")).to_have_text("Asked for without scripts")
    expect(page.locator("#request-says")).to_contain_text("Waiting for Maria")


def test_lists_and_decisions_are_reached(come_in: Callable[..., Page], stack: Stack) -> None:
    page = come_in("Maria Keller", scripts=False, path="/approvals/")
    page.locator("main a.opens").first.click()
    page.get_by_role("link", name="Read the prices now").click()

    expect(page.locator("#decision-bar button.btn-primary")).to_be_enabled()

    page.goto(stack.url + "/orders/?view=all")
    page.locator("main a.opens").first.click()
    expect(page.locator("#timeline")).to_be_visible()
