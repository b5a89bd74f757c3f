"""What every test may use: a platform of its own on loopback, and a client that signs for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from xport.client import Client, ClientConfig
from xport.sandbox import PRACTICE_KEY, PRACTICE_SECRET, Sandbox, running_sandbox

USER = "2100000000001"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What a test before kept for a person of the same id is nobody's business."""
    cache.clear()


@pytest.fixture
def sandbox(settings: Any) -> Iterator[Sandbox]:
    """A fresh sandbox over HTTP; the settings point to it. `.control` and `.engine` drive it."""
    with running_sandbox() as running:
        settings.XPORT_BASE_URL = running.base_url
        yield running


@pytest.fixture
def xport_client(sandbox: Sandbox) -> Iterator[Client]:
    """The library's client for the sandbox, acting as sub-account 2100000000001."""
    config = ClientConfig(
        base_url=sandbox.base_url, access_key=PRACTICE_KEY, access_secret=PRACTICE_SECRET
    )
    client = Client(config, user_id=USER)
    yield client
    client.close()


@pytest.fixture
def world(db: None, sandbox: Sandbox, settings: Any) -> Any:
    """One company with everything a page can show, and its eight identities."""
    from tests.permission_world import make_world  # needs the apps, conftest must not

    settings.PICTURE_HOSTS = [sandbox.base_url.removeprefix("http://").removesuffix("/api")]
    return make_world(sandbox)
