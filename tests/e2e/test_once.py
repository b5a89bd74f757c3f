"""Two clicks, two tabs, the back button, a log-in in between: it happens once, and is clear."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.steps import (
    HOUR,
    ask,
    ask_button,
    effects,
    empty_cart,
    number_of,
    open_approval,
    order_page,
    orders_there,
    put_in_cart,
    remote_id,
    until,
)
from tests.stack import Stack

# The form goes off several times at once, past everything that the page does against it.
SEND_AT_ONCE = """async ([selector, times]) => {
  const form = document.querySelector(selector);
  const body = new URLSearchParams(new FormData(form));
  const one = () => fetch(form.action, { method: 'POST', body });
  const answers = await Promise.all(Array.from({ length: times }, one));
  return answers.map((answer) => [answer.status, answer.url]);
}"""


def asked_for(page: Page, stack: Stack, purpose: str) -> list[str]:
    """Numbers of the requests under a purpose, as the list tells them."""
    page.goto(f"{stack.url}/orders/?view=approval&q={purpose.replace(' ', '+')}")
    return sorted(set(page.locator("tr[data-row] a.opens").all_inner_texts()))


def ready_to_ask(page: Page, stack: Stack, words: str, purpose: str) -> None:
    empty_cart(page, stack)
    put_in_cart(page, stack, "taobao", words, 3)
    page.goto(stack.url + "/checkout/")
    page.locator("#id_purpose").fill(purpose)
    ask_button(page)


def test_asking_many_times_at_once_makes_one_request(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz")
    ready_to_ask(page, stack, "键盘", "Sent five times")

    answers = page.evaluate(SEND_AT_ONCE, ["#ask", 5])

    assert {status for status, _ in answers} == {200}, answers
    assert len({address for _, address in answers}) == 1, answers
    assert len(asked_for(page, stack, "Sent five times")) == 1


def test_a_double_click_on_ask_makes_one_request(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz")
    ready_to_ask(page, stack, "鼠标", "Clicked twice")

    ask_button(page).dblclick()
    page.wait_for_url(re.compile(r"/requests/R-\d+/"))

    assert len(asked_for(page, stack, "Clicked twice")) == 1


def test_back_and_ask_again_leads_to_the_same_request(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz")
    ready_to_ask(page, stack, "耳机", "Back and again")
    ask_button(page).click()
    page.wait_for_url(re.compile(r"/requests/R-\d+/"))
    first = number_of(page)

    page.go_back()
    page.wait_for_load_state()
    if page.locator("#ask").count():
        page.evaluate("document.querySelector('#ask').submit()")
        page.wait_for_url(re.compile(rf"/requests/{first}/"))
    else:
        expect(page.locator("main")).to_contain_text("cart is empty")

    assert asked_for(page, stack, "Back and again") == [first]


def test_two_tabs_of_one_cart_make_one_request(come_in: Callable[..., Page], stack: Stack) -> None:
    page = come_in("Ana Ruiz")
    ready_to_ask(page, stack, "充电宝", "From two tabs")
    other = page.context.new_page()
    other.goto(stack.url + "/checkout/")
    other.locator("#id_purpose").fill("From two tabs")
    ask_button(other)

    ask_button(page).click()
    page.wait_for_url(re.compile(r"/requests/R-\d+/"))
    ask_button(other).click()
    other.wait_for_load_state()

    expect(other.locator("h1").first).to_be_visible()
    expect(other.locator("main")).not_to_contain_text("reference")
    assert len(asked_for(page, stack, "From two tabs")) == 1


def test_a_log_in_in_between_keeps_what_was_typed_and_asks_for_nothing(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    page = come_in("Ana Ruiz")
    ready_to_ask(page, stack, "摄像头", "Typed before the session ended")
    page.locator("#id_note").fill("发货前请拍照 🙂")
    page.context.clear_cookies(name="quayside")

    ask_button(page).click()
    page.wait_for_url(re.compile("/account/login/"))
    page.get_by_role("button", name="Ana Ruiz").first.click()
    page.wait_for_url(re.compile(r"/checkout/"))

    expect(page.locator("#id_purpose")).to_have_value("Typed before the session ended")
    expect(page.locator("#id_note")).to_have_value("发货前请拍照 🙂")
    assert asked_for(page, stack, "Typed before the session ended") == []


def test_approving_many_times_at_once_orders_and_pays_once(
    come_in: Callable[..., Page], stack: Stack
) -> None:
    purpose = "Approved by five clicks"
    ana, maria = come_in("Ana Ruiz"), come_in("Maria Keller")
    request, _ = ask(ana, stack, "taobao", "收纳箱", purpose, 2)
    created = len(effects(stack, "order_created"))
    open_approval(maria, stack, purpose)

    answers = maria.evaluate(SEND_AT_ONCE, ["#decision-bar form.decide", 5])

    assert {status for status, _ in answers} == {200}, answers
    order_page(ana, stack, request)
    order = remote_id(stack, ana)
    until(lambda: effects(stack, "debit", order), "the worker did not pay")
    stack.lever("/advance", seconds=HOUR)
    assert len(effects(stack, "order_created")) == created + 1
    assert len(effects(stack, "debit", order)) == 1
    assert [str(row["order_id"]) for row in orders_there(stack)].count(order) == 1


def test_a_log_in_in_between_decides_nothing(come_in: Callable[..., Page], stack: Stack) -> None:
    purpose = "Approver was away"
    ask(come_in("Ana Ruiz"), stack, "taobao", "蜡烛", purpose, 2)
    maria = come_in("Maria Keller")
    button = open_approval(maria, stack, purpose)
    there = maria.url
    maria.context.clear_cookies(name="quayside")

    button.click()
    maria.wait_for_url(re.compile("/account/login/"))
    maria.get_by_role("button", name="Maria Keller").first.click()
    maria.wait_for_url(there)

    expect(maria.locator("#decision-bar button.btn-primary")).to_be_enabled()
    expect(maria.locator("main")).to_contain_text(purpose)
