"""Which drawing belongs to which kind."""

from __future__ import annotations

from .digital import DIGITAL
from .drinkware import DRINKWARE
from .gear import GEAR
from .household import HOUSEHOLD
from .office import OFFICE
from .scene import Drawing
from .supplies import SUPPLIES
from .wear import WEAR

DRAWINGS: dict[str, Drawing] = {
    **DRINKWARE,
    **HOUSEHOLD,
    **OFFICE,
    **DIGITAL,
    **WEAR,
    **GEAR,
    **SUPPLIES,
}
