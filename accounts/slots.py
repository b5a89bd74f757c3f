"""Where higher rooms plug into /me/, from `AppConfig.ready()`: notices are the desk's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class MePart:
    """A section of /me/: the template draws its own heading."""

    template: str
    context: dict[str, Any]


_parts: list[Callable[[User], MePart]] = []


def plug_me_part(provider: Callable[[User], MePart]) -> Callable[[User], MePart]:
    """Show a part to every person on their page, in the order of plugging."""
    if provider not in _parts:
        _parts.append(provider)
    return provider


def me_parts(person: User) -> list[MePart]:
    """The parts of one person's page."""
    return [provider(person) for provider in _parts]
