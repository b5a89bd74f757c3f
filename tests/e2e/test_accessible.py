"""axe-core on every page: light and dark, desktop and phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.pages import ANA, PLACES, open_place
from tests.e2e.steps import put_in_cart
from tests.stack import Stack

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
MODES = [
    (f"{size} {theme}", viewport, theme)
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for theme in ("light", "dark")
]
PEOPLE = list(dict.fromkeys(place.person for place in PLACES))


ONLY_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, theme: str) -> list[str]:
    """What axe finds, a line a rule with the first elements. A theme differs in colours only."""
    options = ONLY_COLOURS if theme == "dark" else None
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): "
        + "; ".join(f"{node['target']} {node['html'][:110]}" for node in rule["nodes"][:3])
        for rule in found
    ]


def in_every_mode(page: Page, name: str) -> list[str]:
    """The page as it is, in two sizes and two themes: violations and sideways scroll."""
    found = []
    for mode, viewport, theme in MODES:
        page.set_viewport_size(viewport)
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        page.evaluate("document.getAnimations().forEach(one => one.finish())")
        found += [f"{name}, {mode}: {line}" for line in violations(page, theme)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            found.append(f"{name}, {mode}: scrolls sideways, {width} px wide")
    page.set_viewport_size(DESKTOP)
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_passes_axe_in_every_mode(
    come_in: Callable[..., Page], stack: Stack, complaints: list[str], person: str
) -> None:
    page = come_in(person)
    if person == ANA:
        put_in_cart(page, stack, "taobao", "键盘", 2)
    found = []
    for place in PLACES:
        if place.person == person:
            open_place(page, stack, place)
            found += [] if place.is_missing else [f"{place}: {line}" for line in complaints]
            found += in_every_mode(page, place.name)
            complaints.clear()  # axe itself breaks the content policy

    assert not found, "\n".join(found)


def test_the_log_in_page_passes_axe(page: Page, stack: Stack) -> None:
    page.goto(stack.url + "/account/login/")

    found = in_every_mode(page, "log-in")

    assert not found, "\n".join(found)
