"""All product kinds, in the order of their branches."""

from __future__ import annotations

from .drinkware import DRINKWARE
from .model import Axis, Kind, Word

KINDS: tuple[Kind, ...] = (*DRINKWARE,)

__all__ = ["KINDS", "Axis", "Kind", "Word"]
