# ruff: noqa: E501 - coordinates of one shape stay on one line
"""What a drawing gets: the variant's colour, matching ones, and the good's own choices."""

from __future__ import annotations

from random import Random
from typing import TypeVar

from xport.sandbox.world.colours import Rgb

from .canvas import Canvas, arc, brightness, mix, tone

Option = TypeVar("Option")

ACCENTS: tuple[Rgb, ...] = (
    (214, 92, 68), (52, 110, 160), (236, 178, 72), (70, 132, 104), (132, 96, 150),
    (40, 56, 92), (222, 132, 142), (98, 168, 176), (150, 108, 74),
)  # fmt: skip
INK: Rgb = (48, 50, 58)
PAPER: Rgb = (250, 248, 243)
STEEL: Rgb = (186, 191, 197)
WOOD: Rgb = (206, 165, 112)
CARTON: Rgb = (199, 160, 110)

MARKS = ("NORD", "HOLM", "KITE", "OAK", "LUMA", "PIER", "MOSS", "ECHO", "TIDE", "FERN", "ATLAS", "PLUM")  # fmt: skip


class Paint:
    """The colours and choices of one picture; two of one good choose alike."""

    def __init__(self, seed: int, main: Rgb) -> None:
        """`seed` is the good's, `main` the variant's colour."""
        self._rng = Random(seed)
        self.main = main
        self.dark = tone(main, -0.3)
        self.darker = tone(main, -0.5)
        self.light = tone(main, 0.35)
        self.accent = self._rng.choice(ACCENTS)
        self.mark = self._rng.choice(MARKS)

    @property
    def on_main(self) -> Rgb:
        """For a print on the main colour: light on dark, dark on light."""
        return (
            mix(self.main, PAPER, 0.85) if brightness(self.main) < 0.6 else tone(self.main, -0.55)
        )

    def pick(self, *options: Option) -> Option:
        """One of these, always the same for one good."""
        return options[int(self._rng.random() * len(options))]

    def chance(self, share: float) -> bool:
        """True for this share of the goods."""
        return self._rng.random() < share

    def between(self, low: float, high: float) -> float:
        """A measure of the good."""
        return low + (high - low) * self._rng.random()


def print_on(c: Canvas, p: Paint, cx: float, cy: float, width: float) -> None:
    """A small print on a flat or round surface, `width` units wide at most; sometimes none."""
    ink, half = p.on_main, width / 2
    choice = p.pick("none", "ring", "mark", "stripes", "dots", "hill", "leaf", "mark", "star")
    if choice == "ring":
        c.oval(cx, cy, half * 0.62, half * 0.62, p.accent)
        c.oval(cx, cy, half * 0.4, half * 0.4, p.main)
    elif choice == "mark":
        c.text(cx, cy, p.mark, width * 0.3, ink)
    elif choice == "stripes":
        for i in range(3):
            c.rect(
                cx - half,
                cy + (i - 1) * width * 0.2,
                cx + half,
                cy + (i - 1) * width * 0.2 + width * 0.08,
                p.accent,
            )
    elif choice == "dots":
        for i in range(9):
            c.oval(
                cx + (i % 3 - 1) * half * 0.6,
                cy + (i // 3 - 1) * half * 0.6,
                half * 0.13,
                half * 0.13,
                p.accent,
            )
    elif choice == "hill":
        c.oval(cx + half * 0.35, cy - half * 0.35, half * 0.2, half * 0.2, p.accent)
        c.shape(
            [
                (cx - half, cy + half * 0.5),
                (cx - half * 0.3, cy - half * 0.4),
                (cx + half * 0.1, cy + half * 0.1),
                (cx + half * 0.4, cy - half * 0.1),
                (cx + half, cy + half * 0.5),
            ],
            ink,
        )
    elif choice == "leaf":
        c.shape(
            [
                *arc(cx - half * 0.1, cy, half * 0.55, half * 0.75, -100, 60),
                *arc(cx + half * 0.1, cy, half * 0.5, half * 0.7, 80, 240),
            ],
            p.accent,
        )
        c.stroke(
            [(cx - half * 0.25, cy + half * 0.7), (cx + half * 0.15, cy - half * 0.4)],
            width * 0.03,
            ink,
        )
    elif choice == "star":
        c.shape(star(cx, cy, half * 0.62, half * 0.28, 5), p.accent)  # fmt: skip


def star(cx: float, cy: float, outer: float, inner: float, count: int) -> list[tuple[float, float]]:
    """Points of a star standing on its feet."""
    step = 360 / count
    points = []
    for i in range(count):
        points.append(arc(cx, cy, outer, outer, -90 + i * step, -90 + i * step)[0])
        points.append(arc(cx, cy, inner, inner, -90 + (i + 0.5) * step, -90 + (i + 0.5) * step)[0])
    return points
