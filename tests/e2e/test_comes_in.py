"""The log-in page lets demo people in, and their home shows what waits for them."""

from __future__ import annotations


def test_everyone_on_the_cards_comes_in(come_in, stack):
    for name in ("Ana Ruiz", "Maria Keller", "Frank Osei", "陈晓", "Ingrid Holm"):
        page = come_in(name)

        assert page.locator("h1").first.is_visible(), name
        assert page.url == stack.url + "/"
