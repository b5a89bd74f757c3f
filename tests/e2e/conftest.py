"""A running desk with practice data, and people who come in by their cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.stack import LAUNCH, Stack, chromium, running_stack

expect.set_options(timeout=15_000)  # the desk, its worker and a browser share two cores


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One desk for all browser tests: undo windows and sweeps shortened, nothing else changed."""
    with running_stack(
        tmp_path_factory.mktemp("desk"),
        UNDO_SECONDS="6",
        SWEEP_SECONDS="1",
        POLL_ORDERS_SECONDS="5",
        POLL_PARCELS_SECONDS="20",
    ) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {**LAUNCH, "executable_path": chromium()}


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said on its console during the test: errors, and what the policy refused."""
    return []


@pytest.fixture
def come_in(browser: Browser, stack: Stack, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """`come_in("Ana", phone=True, dark=True)`: a page of one's own, logged in by the card."""
    contexts: list[BrowserContext] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def enter(
        name: str,
        *,
        phone: bool = False,
        dark: bool = False,
        path: str = "/",
        scripts: bool = True,
    ) -> Page:
        size = {"width": 360, "height": 640} if phone else {"width": 1440, "height": 900}
        context = browser.new_context(
            viewport=size,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto(stack.url + "/account/login/?next=" + path)
        page.get_by_role("button", name=name).first.click()
        page.wait_for_load_state()
        return page

    yield enter
    for context in contexts:
        context.close()
