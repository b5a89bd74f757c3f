"""Sets a drawing into a picture: backdrop, view (front, detail, pack, group), light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from xport.sandbox.world.colours import Colour, Rgb

from .canvas import Canvas, mix, tone
from .paint import CARTON, INK, PAPER, Paint

Drawing = Callable[[Canvas, Paint], None]

VIEWS = ("front", "group", "detail", "pack")

_TINTS: tuple[Rgb, ...] = (
    (236, 226, 214), (222, 231, 236), (229, 236, 224), (240, 224, 222), (232, 226, 240),
    (243, 234, 208), (216, 230, 226), (228, 228, 228), (238, 230, 230), (214, 224, 238),
    (246, 240, 232), (224, 216, 208),
)  # fmt: skip


def paint_scene(
    canvas: Canvas, drawing: Drawing, seed: int, colour: Rgb, siblings: Sequence[Colour], view: str
) -> None:
    """The whole picture of one view. `siblings` are the colours of the kind, for the group."""
    rng = Random(seed ^ 0x5EED)
    tint = _backdrop(canvas, rng)
    if view == "front":
        drawing(canvas, Paint(seed, colour))
    elif view == "detail":
        with canvas.placed(1.85, rng.uniform(-14, 14), rng.uniform(-2, 16)):
            drawing(canvas, Paint(seed, colour))
    elif view == "pack":
        _box(canvas, rng, tint)
        with canvas.placed(0.66, -15, 11):
            drawing(canvas, Paint(seed, colour))
    else:
        _group(canvas, drawing, seed, colour, siblings)


def _group(
    canvas: Canvas, drawing: Drawing, seed: int, colour: Rgb, siblings: Sequence[Colour]
) -> None:
    others = [other.rgb for other in siblings if other.rgb != colour] or [colour]
    start = seed % len(others)
    first, second = others[start], others[(start + 1) % len(others)]
    for rgb, scale, x, y in ((first, 0.5, -24, -7), (second, 0.5, 24, -7), (colour, 0.62, 0, 9)):
        with canvas.placed(scale, x, y):
            drawing(canvas, Paint(seed, rgb))


def _backdrop(canvas: Canvas, rng: Random) -> Rgb:
    """A quiet wall in the good's own tint; returns the tint."""
    tint = rng.choice(_TINTS)
    pale, deep = mix(tint, PAPER, 0.55), tone(tint, -0.05)
    style = rng.choice(("wall", "wall", "floor", "disc", "disc", "arch"))
    canvas.wash([[mix(tint, PAPER, 0.7), pale, tint], [pale, pale, tint], [tint, tint, deep]])
    if style == "floor":
        canvas.shape([(0, 70), (100, 70), (100, 100), (0, 100)], tone(tint, -0.07), "up")
    elif style == "disc":
        canvas.oval(50, 48, 39, 39, mix(tint, PAPER, 0.75))
    elif style == "arch":
        canvas.rect(17, 12, 83, 120, mix(tint, PAPER, 0.72), "flat", 33)
    return tint


def _box(canvas: Canvas, rng: Random, tint: Rgb) -> None:
    """The packaging behind the good: a carton or a printed box, with a label."""
    kraft = rng.random() < 0.5
    face = (
        CARTON
        if kraft
        else mix(tint, rng.choice(((60, 84, 120), (180, 96, 84), (80, 120, 104))), 0.7)
    )
    canvas.shadow(62, 84, 34, 4, 0.32)
    canvas.shape([(34, 30), (80, 30), (80, 84), (34, 84)], face, "soft")
    canvas.shape([(80, 30), (92, 24), (92, 76), (80, 84)], tone(face, -0.22), "down")
    canvas.shape([(34, 30), (46, 24), (92, 24), (80, 30)], tone(face, 0.18))
    if kraft:
        canvas.shape([(55, 30), (66, 24), (71, 24), (60, 30)], tone(face, 0.36))
        canvas.rect(55, 30, 60, 42, tone(face, 0.3))
    canvas.rect(61, 46, 76, 60, PAPER, "flat", 1)
    canvas.text(68.5, 50.5, f"x{rng.choice((1, 6, 10, 12, 20, 24, 48))}", 5.4, INK)
    for i in range(7):
        canvas.rect(63 + i * 1.7, 54.5, 63.6 + i * 1.7 + (i % 3) * 0.3, 58.4, INK)  # fmt: skip
