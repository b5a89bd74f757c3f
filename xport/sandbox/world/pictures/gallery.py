"""Which drawing belongs to which kind."""

from __future__ import annotations

from . import drinkware
from .scene import Drawing

DRAWINGS: dict[str, Drawing] = {
    "mug": drinkware.mug,
    "thermos": drinkware.thermos,
}
