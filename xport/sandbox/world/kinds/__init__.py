"""All product kinds, in the order of their branches."""

from __future__ import annotations

from .digital import DIGITAL
from .drinkware import DRINKWARE
from .household import HOUSEHOLD
from .model import Axis, Kind, Word
from .office import OFFICE
from .supplies import SUPPLIES
from .wear import WEAR

KINDS: tuple[Kind, ...] = (*DRINKWARE, *HOUSEHOLD, *OFFICE, *DIGITAL, *WEAR, *SUPPLIES)

__all__ = ["KINDS", "Axis", "Kind", "Word"]
