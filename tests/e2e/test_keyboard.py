"""Finding, moving and opening without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.stack import Stack

OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
    || style.boxShadow !== 'none';
}"""


def test_keys_reach_the_box_the_rows_and_the_sheet(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz", path="/orders/?view=all")
    rows = page.locator("[data-row]")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("is-here"))
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_class(re.compile("is-here"))
    assert page.evaluate(OUTLINE), "the focus cannot be seen"
    number = rows.nth(0).locator("a.opens").inner_text()
    page.keyboard.press("x")
    expect(rows.nth(0).locator("input[type=checkbox]")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/orders/{re.escape(number)}/"))

    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()

    page.keyboard.press("/")
    expect(page.locator("#jump")).to_be_focused()
    assert page.evaluate(OUTLINE), "the focus cannot be seen"
    page.keyboard.type("j?x")
    expect(page.locator("#jump")).to_have_value("j?x")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_keys_go_to_orders_and_tab_shows_where_one_is(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Maria Keller")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("a")

    page.wait_for_url(re.compile("/approvals/"))


def test_keys_can_be_switched_off(come_in: Callable[..., Page], stack: Stack) -> None:
    page = come_in("Ana Ruiz", path="/orders/")
    page.evaluate("document.body.dataset.shortcuts = 'off'")

    page.keyboard.press("?")

    expect(page.locator("#shortcuts")).to_be_hidden()
