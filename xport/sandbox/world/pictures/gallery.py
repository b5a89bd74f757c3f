"""Which drawing belongs to which kind."""

from __future__ import annotations

from .drinkware import DRINKWARE
from .household import HOUSEHOLD
from .office import OFFICE
from .scene import Drawing

DRAWINGS: dict[str, Drawing] = {**DRINKWARE, **HOUSEHOLD, **OFFICE}
