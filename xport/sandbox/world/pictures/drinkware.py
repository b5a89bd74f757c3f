# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: cups, bottles, tea and coffee gear."""

from __future__ import annotations

from .canvas import Canvas, arc, smooth, tone
from .paint import INK, PAPER, STEEL, Paint, print_on


def mug(c: Canvas, p: Paint) -> None:
    """A mug from slightly above, handle to the right."""
    top, wide = p.between(27, 34), p.between(21, 26)
    foot = wide * p.pick(1.0, 0.94, 0.8)
    two_tone = p.chance(0.3)
    c.shadow(54, 82, 33, 5)
    grip = p.pick(12.0, 14.0, 16.0)
    c.tube(arc(48 + wide - 1, 55, grip, grip * 0.98, -82, 82), 6.2, p.main)
    body = [(48 - wide, top), (48 + wide, top), *arc(48, 78, foot, 5, 0, 180)]
    c.shape(body, p.main, "round")
    if two_tone:
        c.shape(
            [
                (48 - (wide + foot) / 2, 60),
                *arc(48, 60, (wide + foot) / 2, 4, 180, 0),
                *arc(48, 78, foot, 5, 0, 180),
            ],
            p.accent,
            "round",
        )
    c.oval(48, top, wide, 5.5, tone(p.main, 0.25), "across")
    c.oval(48, top + 0.6, wide - 2, 4.3, tone(p.main, -0.38), "down")
    if p.chance(0.5):
        c.oval(48, top + 2, wide - 4.4, 2.7, (96, 60, 38), "across")
    print_on(c, p, 47, 54 if not two_tone else 46, 20)


def thermos(c: Canvas, p: Paint) -> None:
    """A tall insulated bottle with a lid and sometimes a strap."""
    wide, shoulder = p.between(13, 16), p.between(30, 37)
    shape = p.pick("straight", "shoulder", "tumbler")
    metal = p.chance(0.4)
    c.shadow(52, 88, 24, 4)
    if shape == "tumbler":
        body = [(50 - wide - 3, 26), (50 + wide + 3, 26), *arc(50, 86, wide - 2, 3, 0, 180)]
    elif shape == "shoulder":
        body = [
            *smooth(
                [(50 - wide * 0.62, 24), (50 - wide * 0.7, 28), (50 - wide, shoulder + 6)],
                closed=False,
            ),
            *reversed(arc(50, 86, wide, 3, 0, 180)),
            *smooth(
                [(50 + wide, shoulder + 6), (50 + wide * 0.7, 28), (50 + wide * 0.62, 24)],
                closed=False,
            ),
        ]
    else:
        body = [(50 - wide, 28), (50 + wide, 28), *arc(50, 86, wide, 3, 0, 180)]
    c.shape(body, p.main, "metal" if metal else "round")
    lid = p.pick(STEEL, INK, p.dark, p.accent)
    half = {"tumbler": wide + 4, "shoulder": wide * 0.7, "straight": wide}[shape]
    if p.chance(0.45) and shape != "tumbler":
        c.tube(arc(50, 16, half * 0.85, 9, 180, 360), 3.2, lid)
    c.rect(50 - half, 15, 50 + half, 27, lid, "metal" if lid == STEEL else "round", 2.5)
    c.rect(50 - half + 0.8, 26, 50 + half - 0.8, 28.4, STEEL, "metal")
    if shape == "straight" and p.chance(0.4):
        c.oval(50, 17, half * 0.7, 2, tone(lid, 0.3))
        c.text(50, 20.8, "56°", 5, PAPER)
    if p.chance(0.5):
        c.rect(50 - wide + 0.2, 77, 50 + wide - 0.2, 80, tone(p.main, -0.25), "round")
    print_on(c, p, 50, 56, 15)
