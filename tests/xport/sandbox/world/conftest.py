from __future__ import annotations

import pytest

from xport.sandbox.world import World


@pytest.fixture(scope="session")
def world() -> World:
    return World.generate()
