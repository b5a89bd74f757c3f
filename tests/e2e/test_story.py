"""From a keyword to goods counted in, with real processes: once at each marketplace."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import (
    DAY,
    HOUR,
    Hand,
    approve_button,
    ask,
    ask_button,
    effects,
    empty_cart,
    open_approval,
    order_page,
    reload_until,
    remote_id,
    until,
)
from tests.stack import Stack

PHONE_HEIGHT = 640


def test_a_keyword_becomes_a_waiting_request_in_seven_clicks(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz")
    empty_cart(page, stack)
    page.goto(stack.url + "/")
    hand = Hand(page)

    hand.fill(page.locator("#jump"), "mug")
    hand.enter()
    hand.click(page.locator("#lane-taobao .find-card a[href*='/items/']").first)
    hand.fill(page.locator(".variant-qty").first, "20")
    hand.click(page.locator("[data-out=button]"))
    hand.click(page.locator("main").get_by_role("link", name="Check out"))
    hand.click(ask_button(page))
    page.wait_for_url(re.compile(r"/requests/R-\d+/"))

    assert (hand.clicks, hand.fields) <= (7, 2), hand
    assert hand.fields <= 2
    expect(page.locator("#request-says")).to_contain_text("Waiting for Maria")
    expect(page.locator("main")).to_contain_text("20 ×")


@pytest.mark.parametrize(("marketplace", "words"), [("taobao", "台灯"), ("1688", "手机壳")])
def test_asked_approved_paid_shipped_and_counted_in(
    come_in: Callable[..., Page], stack: Stack, marketplace: str, words: str
) -> None:
    purpose = f"The whole way at {marketplace}"
    created, debits = len(effects(stack, "order_created")), len(effects(stack, "debit"))
    ana = come_in("Ana Ruiz")
    request, _ = ask(ana, stack, marketplace, words, purpose)

    _approve_on_the_phone(come_in("Maria Keller", phone=True), stack, purpose)
    order_page(ana, stack, request)
    order = remote_id(stack, ana)
    until(lambda: effects(stack, "debit", order), "the worker did not pay")
    stack.lever("/advance", seconds=HOUR)  # Taobao's finance looks at it first
    reload_until(ana, ana.get_by_text("Paid; the seller"), "the payment was not seen")

    stack.lever("/advance", seconds=4 * DAY)
    tracking = ana.locator(".parcel strong").first
    reload_until(ana, tracking, "no parcel appeared")
    _count_in(come_in, stack, tracking.inner_text().strip(), request)

    ana.reload()
    expect(ana.locator("main")).to_contain_text("All 20 received")
    assert len(effects(stack, "order_created", order)) == 1
    assert [row["order_id"] for row in effects(stack, "debit")[debits:]].count(order) == 1
    assert len(effects(stack, "order_created")) == created + 1


def _approve_on_the_phone(page: Page, stack: Stack, purpose: str) -> None:
    """Two taps from the list; taken back once, and approved again."""
    page.goto(stack.url + "/approvals/")
    hand = Hand(page)
    hand.tap(page.locator("main a.opens", has_text=purpose).first)
    button = approve_button(page)
    for seen in (page.locator(".total").first, page.locator(".asks-card"), button):
        assert _in_sight(seen), seen
    hand.tap(button)
    undo = page.locator("#toasts [data-undo] button").last
    undo.wait_for()
    assert hand.clicks <= 3

    undo.tap()
    expect(page.locator("#toasts")).to_contain_text("Taken back. Nothing was sent.")
    open_approval(page, stack, purpose).tap()
    expect(page.locator("#toasts")).to_contain_text("Approved")


def _in_sight(seen: Locator) -> bool:
    """The whole of it is on the screen without scrolling."""
    box = seen.bounding_box()
    top = seen.page.evaluate("window.scrollY")
    return bool(
        box
        and top == 0
        and box["y"] >= 0
        and box["x"] >= 0
        and box["y"] + box["height"] <= PHONE_HEIGHT
        and box["x"] + box["width"] <= 360
    )


def _count_in(come_in: Callable[..., Page], stack: Stack, tracking: str, request: str) -> None:
    """陈晓 scans and counts, in Chinese, and no page tells her a price."""
    page = come_in("陈晓", phone=True, path="/receive/")
    seen = [page.content()]
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(page.locator("#scan-code")).to_be_focused()
    page.keyboard.type(tracking)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/orders/{request}/1/receive/"))
    seen.append(page.content())
    page.locator("main button[type=submit].btn-primary").click()
    page.wait_for_url(re.compile(r"/receive/$"))
    seen.append(page.content())
    page.goto(f"{stack.url}/orders/{request}/1/")
    seen.append(page.content())
    for html in seen:
        assert not re.search(r"[¥€￥]|CNY|EUR", html), "a price in the warehouse"
