"""axe-core on every page: light and dark, desktop and phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.pages import PLACES, open_place
from tests.stack import Stack

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
MODES = [
    (f"{size} {theme}", viewport, theme)
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for theme in ("light", "dark")
]
PEOPLE = list(dict.fromkeys(place.person for place in PLACES))


def violations(page: Page) -> list[str]:
    """What axe finds, a line a rule with the first elements."""
    found = Axe().run(page).response["violations"]
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
        found += [f"{name}, {mode}: {line}" for line in violations(page)]
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
    found = []
    for place in PLACES:
        if place.person == person:
            open_place(page, stack, place)
            found += in_every_mode(page, place.name)
    allowed = [line for line in complaints if "404" in line]  # the page that is not there

    assert not found, "\n".join(found)
    assert complaints == allowed


def test_the_log_in_page_passes_axe(page: Page, stack: Stack) -> None:
    page.goto(stack.url + "/account/login/")

    found = in_every_mode(page, "log-in")

    assert not found, "\n".join(found)
