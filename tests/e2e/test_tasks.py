"""Tasks that are timed and counted: several decided at once, a price that rose, a number sought."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import Hand, approve_button, ask, open_approval, order_page
from tests.stack import Stack


def test_a_price_that_rose_is_shown_and_takes_one_decision(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    purpose = "The price rises by six"
    ana, maria = come_in("Ana Ruiz"), come_in("Maria Keller", phone=True)
    request, item = ask(ana, stack, "1688", "毛巾", purpose, 30)
    before = ana.locator("main").inner_text()
    stack.lever(f"/goods/1688/{item}/price", percent=6)

    button = open_approval(maria, stack, purpose)
    card = maria.locator(".asks-card")
    expect(card).to_contain_text(re.compile(r"\+\s?6(\.\d)?\s?%|\+€"))
    now = button.inner_text().split()[-1]
    assert now not in before, "the button still says the old amount"
    box = card.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 640
    button.tap()

    order_page(ana, stack, request)
    expect(ana.locator("main")).to_contain_text(now)


def test_several_are_decided_in_four_clicks_and_failures_are_named(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    purposes = ("Decided together A", "Decided together B", "Decided together C")
    ana, maria = come_in("Ana Ruiz"), come_in("Maria Keller")
    for purpose, words in zip(purposes, ("袜子", "挂绳", "帽子"), strict=True):
        number, item = ask(ana, stack, "1688", words, purpose, 30)
    maria.goto(stack.url + "/approvals/")
    hand = Hand(maria)
    rows = {p: maria.locator(".ask-row", has_text=p) for p in purposes}
    for row in rows.values():
        hand.click(row.locator("input[type=checkbox]"))
    # Meanwhile somebody withdraws the last one.
    ana.goto(f"{stack.url}/requests/{number}/")
    ana.get_by_role("button", name="Withdraw").click()
    expect(ana.locator("#request-says")).to_contain_text("Taken back")

    hand.click(maria.locator("[data-approve-many]"))

    results = maria.locator(".asks-results")
    expect(results).to_contain_text("2 approved")
    expect(results.locator(".band-bad")).to_contain_text("Decided together C")
    assert hand.clicks <= 4


def test_a_number_in_the_box_leads_to_the_timeline(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz", path="/orders/?view=moving")
    moving = page.locator("tr[data-row]", has_text=re.compile("parcel|warehouse|on the way", re.I))
    number = moving.first.locator("a.opens").inner_text()
    page.goto(stack.url + "/")
    hand = Hand(page)

    hand.fill(page.locator("#jump"), number)
    hand.enter()

    page.wait_for_url(re.compile(rf"/orders/{re.escape(number)}/"))
    assert (hand.clicks, hand.fields) == (1, 1)
    expect(page.locator("#timeline")).to_be_visible()
    tracking = page.locator(".parcel strong").first.inner_text().strip()
    assert page.locator(".parcel-last time, .parcel-last .age").count() >= 1, "no age of the parcel"

    page.fill("#jump", tracking)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/orders/{re.escape(number)}/"))


def test_a_gone_approval_says_what_became_of_it(come_in: Callable[..., Page], stack: Stack) -> None:
    purpose = "Withdrawn while it was read"
    ana, maria = come_in("Ana Ruiz"), come_in("Maria Keller")
    number, _ = ask(ana, stack, "taobao", "工具", purpose, 2)
    open_approval(maria, stack, purpose)
    ana.get_by_role("button", name="Withdraw").click()
    expect(ana.locator("#request-says")).to_contain_text("Taken back")

    approve_button(maria).click()
    maria.wait_for_load_state()

    expect(maria.locator("main")).to_contain_text(re.compile("[Tt]aken back|ithdr"))
    assert number
