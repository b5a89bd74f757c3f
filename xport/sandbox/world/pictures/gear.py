# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: shoes, bags, gloves and vests."""

from __future__ import annotations

from .canvas import Canvas, arc, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, Paint, print_on
from .wear import flat_shadow, folds


def _shoe(c: Canvas, p: Paint, *, boot: bool) -> None:
    sole = (
        p.pick(PAPER, INK, p.accent, (226, 214, 190)) if not boot else p.pick(INK, (150, 110, 60))
    )
    c.shadow(50, 80, 44, 4)
    c.shape(
        [
            (8, 70),
            *smooth([(30, 74), (60, 75), (92, 70)], closed=False),
            (93, 77),
            *smooth([(88, 81), (50, 81.5), (12, 81)], closed=False),
            (7, 77),
        ],
        sole,
        "down",
    )
    top = 22 if boot else 40
    upper = smooth(
        [
            (9, 72),
            (8, 56),
            (10, top + 4),
            (14, top),
            (28, top - 1),
            (36, top + 4),
            (46, 50),
            (64, 57),
            (84, 61),
            (93, 68),
            (93, 73),
            (60, 76),
            (30, 75),
        ]
    )
    c.shape(upper, p.main, "across")
    c.shape(
        smooth([(12, top + 2), (20, top - 2), (30, top - 1), (34, top + 4), (22, top + 7)]),
        p.darker,
    )
    c.shape(
        smooth([(70, 60), (84, 61), (93, 68), (93, 73), (74, 75.5), (70, 68)]),
        tone(p.main, -0.2 if boot else 0.18),
        "across",
    )
    c.shape(smooth([(9, 72), (8, 58), (16, 56), (20, 66), (20, 75)]), tone(p.main, -0.18))
    if boot:
        c.stroke([(11, 40), (36, 40)], 2.6, (232, 232, 200))
    lace = PAPER if sum(p.main) < 600 else tone(p.main, -0.4)
    for i in range(5 if boot else 4):
        x, y = (32 + i * 4.4, top + 10 + i * 6.4) if boot else (36 + i * 5.2, 45 + i * 3.2)
        c.stroke([(x, y), (x + 8, y - 4.4)], 1.5, lace)
    if not boot:
        c.shape(
            [(30, 70), (52, 58), (57, 59.6), (38, 72.6)], p.accent if p.chance(0.7) else p.light
        )
        c.shape([(40, 72), (58, 61), (62, 62), (48, 73)], p.accent if p.chance(0.4) else p.light)


def sneaker(c: Canvas, p: Paint) -> None:
    """A sneaker from the side."""
    _shoe(c, p, boot=False)


def safetyshoe(c: Canvas, p: Paint) -> None:
    """A safety boot from the side, with toecap and reflective band."""
    _shoe(c, p, boot=True)


def tote(c: Canvas, p: Paint) -> None:
    """A tote bag with two handles."""
    long = p.chance(0.6)
    bag = [(20, 38), (80, 38), (83, 90), (17, 90)]
    handle = p.accent if p.chance(0.2) else tone(p.main, -0.08)
    rise = 8 if long else 18
    flat_shadow(c, bag)
    c.stroke(
        smooth([(37, 42), (38, rise + 8), (50, rise - 1), (62, rise + 8), (63, 42)], closed=False),
        3.4,
        tone(handle, -0.25),
    )
    c.shape(bag, p.main, "soft")
    c.rect(20, 38, 80, 42, tone(p.main, -0.1))
    c.stroke(
        smooth(
            [(34, 50), (35, rise + 12), (50, rise + 4), (65, rise + 12), (66, 50)], closed=False
        ),
        4,
        handle,
    )
    for x in (34, 66):
        c.rect(x - 2.4, 42, x + 2.4, 52, handle)
        c.stroke([(x - 1.5, 44), (x + 1.5, 50)], 0.5, tone(handle, -0.3))
        c.stroke([(x + 1.5, 44), (x - 1.5, 50)], 0.5, tone(handle, -0.3))
    folds(
        c,
        p,
        [(24, 56), (26, 72), (22, 86)],
        [(77, 58), (75, 74), (79, 88)],
        [(48, 88), (52, 84), (60, 87)],
    )
    print_on(c, p, 50, 67, 27)


def backpack(c: Canvas, p: Paint) -> None:
    """A backpack from the front: handle, lid zip, pocket, side straps."""
    c.shadow(50, 90, 32, 3.4)
    c.tube(arc(50, 14, 8, 8, 180, 360), 3, p.darker)
    for x in (21, 79):
        c.blob(
            [
                (x, 40),
                (x - 3 if x < 50 else x + 3, 60),
                (x, 80),
                (50 + (x - 50) * 0.8, 82),
                (50 + (x - 50) * 0.8, 40),
            ],
            tone(p.main, -0.3),
            "down",
        )
    c.blob(
        [
            (26, 32),
            (32, 17),
            (50, 12),
            (68, 17),
            (74, 32),
            (77, 60),
            (75, 86),
            (50, 90),
            (25, 86),
            (23, 60),
        ],
        p.main,
        "across",
    )
    c.stroke(
        smooth([(28, 44), (30, 27), (50, 20), (70, 27), (72, 44)], closed=False),
        1.3,
        tone(p.main, -0.45),
    )
    c.rect(69.6, 42, 72.4, 48, STEEL, "flat", 0.8)
    c.rect(30, 56, 70, 84, tone(p.main, -0.12), "soft", 6)
    c.stroke([(32, 61), (68, 61)], 1.2, tone(p.main, -0.5))
    c.rect(62, 60.4, 64.4, 66, p.accent, "flat", 0.8)
    if p.chance(0.5):
        c.rect(24, 48, 76, 52, tone(p.main, -0.3))
        c.rect(44, 46.6, 56, 53.4, p.accent, "across", 1)
    else:
        print_on(c, p, 50, 42, 14)
    c.rect(42, 70, 58, 77, tone(p.main, -0.3), "flat", 1)


def glove(c: Canvas, p: Paint) -> None:
    """A pair of coated work gloves."""
    knit = p.pick(PAPER, (200, 204, 208), tone(p.main, 0.45))
    for dx, dy, scale in ((15, -3, 0.92), (-7, 2, 1.0)):
        with c.placed(scale, dx, dy, 8 if dx > 0 else -6):
            fingers = ((36, 26, 52), (45, 18, 52), (54, 17, 52), (63, 24, 52))
            c.soft(rounded(34, 24, 70, 90, 8), (28, 30, 45), 0.3)
            c.stroke([(34, 66), (23, 52)], 8.6, p.main)
            for x, y, low in fingers:
                c.stroke([(x, y + 4), (x, low)], 8.2, p.main)
                c.stroke([(x - 1.6, y + 5), (x - 1.6, low - 6)], 1.4, tone(p.main, 0.3))
            c.rect(31.6, 46, 67.4, 76, p.main, "soft", 6)
            for gap in (40.4, 49.4, 58.6):
                c.stroke([(gap, 38), (gap, 49)], 0.7, p.darker)
            c.rect(33, 72, 66, 90, knit, "round", 2)
            for i in range(9):
                c.rect(35 + i * 3.4, 73, 35.9 + i * 3.4, 89, tone(knit, -0.16))
            c.rect(33, 88, 66, 91, p.accent, "round", 1)


def vest(c: Canvas, p: Paint) -> None:
    """A safety vest with reflective bands."""
    body = [
        (33, 10),
        (26, 13),
        (27, 30),
        (22, 42),
        (22, 90),
        (78, 90),
        (78, 42),
        (73, 30),
        (74, 13),
        (67, 10),
        (50, 40),
    ]
    flat_shadow(c, body)
    c.shape([(33, 10), (67, 10), (62, 34), (38, 34)], tone(p.main, -0.4))
    c.shape(body, p.main, "soft")
    band, edge = (222, 226, 230), tone(p.main, -0.35)
    for y in (54, 72):
        c.rect(22, y - 1.4, 78, y + 8.4, p.accent if p.chance(0.2) else tone(p.main, -0.2))
        c.rect(22, y, 78, y + 7, band, "metal")
    for x in (31, 62):
        c.shape([(x - 0.6, 12), (x + 7.6, 12), (x + 7.6, 54), (x - 0.6, 54)], band, "metal")
    c.stroke([(33, 10), (50, 40), (67, 10)], 1.8, edge)
    c.rect(49.2, 40, 50.8, 90, edge)
    c.rect(22, 88, 78, 90, edge)
    if p.chance(0.5):
        c.rect(56, 60, 72, 71, tone(p.main, -0.12), "flat", 1)


GEAR = {
    "sneaker": sneaker, "safetyshoe": safetyshoe, "tote": tote, "backpack": backpack, "glove": glove,
    "vest": vest,
}  # fmt: skip
