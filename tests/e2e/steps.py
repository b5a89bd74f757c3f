"""What people do on the desk, one function a step, and a recorder that counts clicks and fields."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from playwright.sync_api import Locator, Page, expect

from tests.stack import Stack

HOUR, DAY = 3600, 24 * 3600
REQUEST = re.compile(r"/requests/(R-\d+)/")


@dataclass
class Hand:
    """A person's hand: every click, tap, Enter and field that it uses is counted."""

    page: Page
    clicks: int = 0
    fields: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def tap(self, target: Locator) -> None:
        target.tap()
        self.clicks += 1

    def fill(self, target: Locator, text: str) -> None:
        target.fill(text)
        self.fields += 1

    def enter(self) -> None:
        self.page.keyboard.press("Enter")
        self.clicks += 1


def until(true: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """Wait until something holds and give it back; AssertionError(what) otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(what)


def reload_until(page: Page, there: Locator, what: str, seconds: float = 90) -> None:
    """Look at the page again until something stands on it."""
    end = time.monotonic() + seconds
    while not there.first.is_visible():
        assert time.monotonic() < end, f"{what}\n{page.locator('main').inner_text()[:1500]}"
        page.wait_for_timeout(700)
        page.reload()


def empty_cart(page: Page, stack: Stack) -> None:
    """Take everything out of the cart, also what was saved for later stays out of the way."""
    page.goto(stack.url + "/cart/")
    for _ in range(30):
        out = page.get_by_role("button", name="Take out")
        left = out.count()
        if not left:
            return
        out.first.click()
        expect(out).to_have_count(left - 1)
    raise AssertionError("the cart does not become empty")


def put_in_cart(page: Page, stack: Stack, marketplace: str, words: str, pieces: int) -> str:
    """Find words at one marketplace and put the first item that sells so few into the cart.

    The item's own id is the answer.
    """
    page.goto(f"{stack.url}/catalog/?q={words}&qty={pieces}&on={marketplace}")
    cards = page.locator(".find-card:not(:has(.t-warn)) a[href*='/items/']")
    cards.first.wait_for()
    addresses = [card.get_attribute("href") or "" for card in cards.all()[:8]]
    for address in addresses:
        page.goto(stack.url + address)
        field = page.locator(".variant-qty:not([disabled])").first
        field.fill(str(pieces))
        page.locator("[data-out=button]").click()
        page.wait_for_load_state()
        if "#in-cart" in page.url:
            return address.partition("/items/")[2].partition("/")[0]
    raise AssertionError(f"nothing of {words} is sold by {pieces} at {marketplace}")


def ask_button(page: Page) -> Locator:
    """The button of checkout, once every quote has arrived."""
    button = page.locator("#checkout-total button.btn-primary")
    expect(button).to_be_enabled(timeout=20_000)
    return button


def ask(
    page: Page, stack: Stack, marketplace: str, words: str, purpose: str, pieces: int = 20
) -> tuple[str, str]:
    """One item, one variant, asked for. The request's number (R-1042) and the item's id."""
    empty_cart(page, stack)
    item = put_in_cart(page, stack, marketplace, words, pieces)
    page.goto(stack.url + "/checkout/")
    page.locator("#id_purpose").fill(purpose)
    ask_button(page).click()
    page.wait_for_url(REQUEST)
    return number_of(page), item


def number_of(page: Page) -> str:
    """R-1042 of the request page that is open."""
    found = REQUEST.search(page.url)
    assert found, page.url
    return found[1]


def open_approval(page: Page, stack: Stack, purpose: str) -> Locator:
    """Open what waits under this purpose; its Approve button, once the prices were read again."""
    page.goto(stack.url + "/approvals/")
    page.locator("main a.opens", has_text=purpose).first.click()
    page.wait_for_url(re.compile(r"/approvals/\d+/"))
    return approve_button(page)


def approve_button(page: Page) -> Locator:
    button = page.locator("#decision-bar button.btn-primary")
    expect(button).to_be_enabled(timeout=15_000)
    return button


def order_page(page: Page, stack: Stack, request: str) -> None:
    """Open the first order of a request, once the worker has placed it."""
    page.goto(f"{stack.url}/requests/{request}/")
    link = page.locator(f"main a[href='/orders/{request}/1/']")
    reload_until(page, link, f"{request} was not ordered")
    page.goto(f"{stack.url}/orders/{request}/1/")


def remote_id(stack: Stack, page: Page) -> str:
    """The platform's order id of the order page that is open, by any number it shows."""
    shown = set(re.findall(r"\d{9,}", page.locator("main").inner_text()))
    for row in orders_there(stack):
        if {str(row["order_id"]), str(row["purchase_id"])} & shown:
            return str(row["order_id"])
    raise AssertionError("the order page names no order of the platform")


def orders_there(stack: Stack) -> list[dict[str, Any]]:
    """The platform's newest orders, of every sub-account."""
    answer = requests.get(f"{stack.other}/orders", params={"limit": 60}, timeout=30)
    rows: list[dict[str, Any]] = answer.json()
    return rows


def effects(stack: Stack, effect: str, order: str | None = None) -> list[dict[str, Any]]:
    """The ledger's rows of one kind, of all orders or of one."""
    return [
        row
        for row in stack.ledger()
        if row["effect"] == effect and order in (None, row["order_id"])
    ]
