"""Every entry of every menu, as everybody on the log-in cards, on a desktop and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.pages import ANA, FRANK, INGRID, MARIA, XIAO
from tests.e2e.steps import put_in_cart
from tests.stack import Stack

FILLER = re.compile(r"lorem|ipsum|foo ?bar|asdf|TODO|\{\{|\{%|&lt;|%\(\w+\)s", re.I)
MEANT_TO_BE_EMPTY: set[tuple[str, str]] = set()  # (person, address)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("person", [ANA, MARIA, FRANK, XIAO, INGRID])
def test_every_menu_entry_leads_to_a_full_page(
    come_in: Callable[..., Page], stack: Stack, complaints: list[str], person: str, phone: bool
) -> None:
    page = come_in(person, phone=phone)
    if person == ANA:  # other tests take her cart's lines
        put_in_cart(page, stack, "taobao", "键盘", 2)
    bar = ".bottombar" if phone else ".rail"
    entries = page.eval_on_selector_all(f"{bar} a[href]", "all => all.map(one => one.href)")
    assert len(entries) >= 2, "no menu"

    for address in dict.fromkeys([*entries, stack.url + "/me/"]):
        answer = page.goto(address)
        page.wait_for_load_state("networkidle")
        path = address.removeprefix(stack.url)
        text = page.locator("body").inner_text()
        assert answer is not None and answer.status == 200, path
        assert page.locator("h1").count() >= 1, path
        assert not FILLER.search(text), (path, FILLER.search(text))
        assert page.evaluate("document.documentElement.scrollWidth") <= (360 if phone else 1440), (
            path
        )
        if (person, path) not in MEANT_TO_BE_EMPTY:
            assert not page.locator("main > .empty, main .asks-list > div > .empty").count(), path
    assert not complaints


def test_no_two_orders_are_alike(come_in: Callable[..., Page], stack: Stack) -> None:
    page = come_in(FRANK, path="/orders/?view=all")
    rows = page.locator("tr[data-row]")

    told = [re.sub(r"\s+", " ", row.inner_text()) for row in rows.all()]

    assert len(told) >= 20
    assert len(set(told)) == len(told)
    titles = page.locator("tr[data-row] .c-title").all_inner_texts()
    assert len(set(titles)) > len(titles) * 0.6
