"""Product pictures, drawn on demand from nothing but their name.

A name is `<kind>-<8 hex digits>-<colour>-<view>.jpg`, as goods and SKUs carry it: the digits are
the good's (its shape, backdrop, prints), the colour is the variant's, the view one of `VIEWS`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO

from xport.sandbox.world.colours import COLOURS
from xport.sandbox.world.kinds import KINDS

from .canvas import Canvas
from .gallery import DRAWINGS
from .scene import VIEWS, paint_scene

__all__ = ["LARGEST", "VIEWS", "UnknownPicture", "draw"]

LARGEST = 1200
"""Pixels; no larger picture is drawn."""

_NAME = re.compile(r"([a-z0-9]+)-([0-9a-f]{8})-([a-z]+)-([a-z]+)\.jpg")
_SIBLINGS = {made.key: made.colours for made in KINDS}


class UnknownPicture(ValueError):
    """The name is not one that goods carry."""


@lru_cache(maxsize=256)
def draw(name: str, size: int = 480) -> bytes:
    """A square JPEG of `size` pixels a side.

    Raises UnknownPicture for a name of another shape, kind, colour or view, ValueError for a size
    outside 16 to LARGEST.
    """
    if not 16 <= size <= LARGEST:
        raise ValueError(f"size must be from 16 to {LARGEST}")
    match = _NAME.fullmatch(name)
    if not match:
        raise UnknownPicture(name)
    kind, digits, colour, view = match.groups()
    if kind not in DRAWINGS or colour not in COLOURS or view not in VIEWS:
        raise UnknownPicture(name)
    canvas = Canvas(size)
    paint_scene(canvas, DRAWINGS[kind], int(digits, 16), COLOURS[colour].rgb, _SIBLINGS[kind], view)
    out = BytesIO()
    canvas.finished().save(out, "JPEG", quality=86)
    return out.getvalue()
