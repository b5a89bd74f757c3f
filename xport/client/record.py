"""Base classes of what travels: records, and records that hold people's data.

Both are for frozen, slotted dataclasses; field names are snake_case here and camelCase on the wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A part of an answer. `extra` keeps the fields that no declaration names, as they came."""

    extra: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


class Private:
    """Mixed into records with names, addresses or phone numbers: nothing of them is printed.

    Such a dataclass is declared with `repr=False`, else its own repr would win.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, hidden>"
