"""The badly behaved platform and clients that talk to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.xport.client.loopback import Platform, start_platform
from xport.client import Client, ClientConfig, DownUntil

SECRET = "practice-secret-never-printed"
USER = "2100000000001"


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform, server = start_platform()
    yield platform
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_client(platform: Platform) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(*, user_id: str = USER, **options: Any) -> Client:
        in_config = {k: options.pop(k) for k in list(options) if k in ClientConfig.__slots__}
        settings: dict[str, Any] = {
            "base_url": platform.base_url,
            "access_key": "key",
            "access_secret": SECRET,
            "backoff_initial": 0.01,
            "backoff_max": 0.02,
        } | in_config
        options.setdefault("breaker", DownUntil(after=100))
        client = Client(ClientConfig(**settings), user_id=user_id, **options)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()
