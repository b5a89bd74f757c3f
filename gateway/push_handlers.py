"""Who acts on a push: higher apps register a handler at start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xport.client.pushes import Push

# A handler re-reads what the push names and returns what it did in a few words, "" if nothing.
PushHandler = Callable[["Push"], str]
handlers: list[PushHandler] = []


def register(handler: PushHandler) -> None:
    """Called from AppConfig.ready()."""
    if handler not in handlers:
        handlers.append(handler)
