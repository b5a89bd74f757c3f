# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: clothing."""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import Canvas, Point, arc, smooth, tone
from .paint import PAPER, STEEL, Paint, print_on

_TEE: list[Point] = [
    (37, 16), (24, 21), (8, 40), (21, 51), (28, 44), (28, 88), (72, 88), (72, 44), (79, 51), (92, 40), (76, 21), (63, 16),
]  # fmt: skip


def flat_shadow(c: Canvas, points: Sequence[Point]) -> None:
    """The shadow of a thing laid flat."""
    c.soft([(x + 1.6, y + 2.4) for x, y in points], (28, 30, 45), 0.32)


def folds(c: Canvas, p: Paint, *lines: Sequence[Point]) -> None:
    """Soft creases in the cloth."""
    for line in lines:
        c.stroke(smooth(line, closed=False), 0.8, tone(p.main, -0.15))


def tshirt(c: Canvas, p: Paint) -> None:
    """A T-shirt or polo laid flat."""
    flat_shadow(c, _TEE)
    polo = p.chance(0.3)
    c.shape([*_TEE[:-1], (63, 16), *arc(50, 16, 13, 9, 0, 180)], p.main, "soft")
    c.shape([*arc(50, 16, 13, 9, 0, 180), *arc(50, 15, 13, 4, 180, 360)], tone(p.main, -0.4))
    c.stroke(arc(50, 16, 13, 9, 0, 180), 2, tone(p.main, -0.13))
    folds(
        c,
        p,
        [(28, 44), (31, 36), (29, 28)],
        [(72, 44), (69, 36), (71, 28)],
        [(34, 84), (37, 70), (35, 60)],
        [(66, 86), (64, 74), (67, 64)],
    )
    for x0, y0, x1, y1 in ((10, 41.5, 21, 49.5), (90, 41.5, 79, 49.5)):
        c.stroke([(x0, y0), (x1, y1)], 0.7, tone(p.main, -0.22))
    c.stroke([(28, 85.6), (72, 85.6)], 0.7, tone(p.main, -0.22))
    if polo:
        collar = p.pick(p.main, p.accent)
        c.shape([(37, 15), (50, 26), (43, 33), (33, 19)], tone(collar, -0.1), "across")
        c.shape([(63, 15), (50, 26), (57, 33), (67, 19)], tone(collar, -0.14), "across")
        c.rect(48, 26, 52, 42, tone(p.main, -0.1))
        for y in (31, 36):
            c.oval(50, y, 0.9, 0.9, PAPER)
        print_on(c, p, 62, 42, 9)
    else:
        print_on(c, p, 50, 48, 26)


def hoodie(c: Canvas, p: Paint) -> None:
    """A hoodie laid flat: hood, cords, pouch, sometimes a zip."""
    body = [
        (36, 22),
        (23, 28),
        (10, 74),
        (22, 79),
        (29, 50),
        (29, 90),
        (71, 90),
        (71, 50),
        (78, 79),
        (90, 74),
        (77, 28),
        (64, 22),
    ]
    flat_shadow(c, body)
    c.shape(body, p.main, "soft")
    for points in (
        [(10, 74), (22, 79), (23, 74), (11.4, 69)],
        [(90, 74), (78, 79), (77, 74), (88.6, 69)],
        [(29, 90), (71, 90), (71, 85), (29, 85)],
    ):
        c.shape(points, tone(p.main, -0.16))
    c.blob(
        [(33, 24), (36, 12), (50, 7), (64, 12), (67, 24), (58, 32), (50, 35), (42, 32)],
        tone(p.main, -0.06),
        "down",
    )
    c.blob(
        [(40, 21), (44, 14), (50, 12.6), (56, 14), (60, 21), (54, 29), (50, 31), (46, 29)],
        tone(p.main, -0.42),
        "up",
    )
    zipped = p.chance(0.35)
    if zipped:
        c.rect(49, 32, 51, 90, STEEL)
        c.rect(48.6, 36, 51.4, 40, tone(STEEL, -0.3), "flat", 0.6)
    c.shape([(37, 66), (63, 66), (68, 84), (32, 84)], tone(p.main, -0.1), "down")
    folds(c, p, [(29, 50), (33, 42), (31, 34)], [(71, 50), (67, 42), (69, 34)])
    for x in (45, 55):
        c.stroke([(x, 31), (x - (50 - x) * 0.1, 46)], 1.2, PAPER if sum(p.main) < 560 else p.darker)
    if not zipped:
        print_on(c, p, 50, 54, 18)


def cap(c: Canvas, p: Paint) -> None:
    """A baseball cap from the side."""
    c.shadow(52, 78, 40, 4)
    brim = p.accent if p.chance(0.3) else tone(p.main, -0.1)
    crown = smooth(
        [(16, 66), (17, 46), (30, 30), (47, 26), (64, 33), (71, 50), (72, 64)], closed=False
    )
    c.shape([*crown, (44, 71), (16, 66)], p.main, "ball")
    c.stroke(smooth([(47, 26), (52, 44), (52, 68)], closed=False), 0.9, tone(p.main, -0.25))
    c.stroke(smooth([(46, 26), (30, 44), (28, 68)], closed=False), 0.9, tone(p.main, -0.25))
    c.oval(47, 26, 3, 1.8, brim, "ball")
    c.blob(
        [(44, 70), (58, 64), (73, 62), (88, 68), (95, 75), (88, 77), (70, 73), (54, 74)],
        brim,
        "down",
    )
    c.stroke(smooth([(46, 71), (60, 67), (73, 65.6), (90, 73)], closed=False), 0.6, tone(brim, 0.3))
    for x in (37, 60):
        c.oval(x, 42, 1.1, 1.1, tone(p.main, -0.45))
    print_on(c, p, 61, 53, 13)


def socks(c: Canvas, p: Paint) -> None:
    """A pair of socks, one over the other; crew or ankle length."""
    top = p.pick(12, 12, 34)
    striped = p.chance(0.5)
    heel = p.accent if p.chance(0.5) else tone(p.main, -0.25)
    for dx, dy, shade in ((14, -4, -0.12), (-6, 2, 0.0)):
        body = tone(p.main, shade) if shade else p.main
        leg = [
            (34, top),
            (54, top),
            (54, 52),
            (58, 60),
            (76, 70),
            (80, 78),
            (74, 85),
            (58, 84),
            (40, 74),
            (34, 62),
        ]
        moved = [(x + dx, y + dy) for x, y in leg]
        flat_shadow(c, moved)
        c.shape([moved[0], moved[1], *smooth(moved[1:], closed=False), moved[0]], body, "soft")
        c.rect(34 + dx, top + dy, 54 + dx, top + 6 + dy, tone(body, -0.1))
        for i in range(7):
            c.rect(
                35.4 + i * 2.7 + dx, top + dy, 36 + i * 2.7 + dx, top + 6 + dy, tone(body, -0.25)
            )
        c.blob(
            [
                (34.6 + dx, 58 + dy),
                (42 + dx, 58 + dy),
                (46 + dx, 66 + dy),
                (40 + dx, 73 + dy),
                (35 + dx, 66 + dy),
            ],
            heel,
        )
        c.blob(
            [
                (69 + dx, 67 + dy),
                (77 + dx, 71 + dy),
                (79 + dx, 78 + dy),
                (74 + dx, 84 + dy),
                (67 + dx, 84 + dy),
            ],
            heel,
        )
        if striped:
            for i in range(2):
                c.rect(34 + dx, top + 10 + i * 5 + dy, 54 + dx, top + 12.4 + i * 5 + dy, p.accent)


def dress(c: Canvas, p: Paint) -> None:
    """A child's dress with puff sleeves, bow and tiers."""
    skirt = [
        (38, 46),
        (62, 46),
        *smooth([(70, 62), (84, 84)], closed=False),
        *[(84 - i * 6.2, 89 if i % 2 else 85.5) for i in range(1, 11)],
        (16, 84),
        *smooth([(16, 84), (30, 62), (38, 46)], closed=False),
    ]
    flat_shadow(c, skirt)
    for x, way in ((31, -1), (69, 1)):
        c.blob(
            [
                (x + way * -5, 18),
                (x + way * 4, 20),
                (x + way * 9, 30),
                (x + way * 4, 36),
                (x - way * 4, 33),
            ],
            tone(p.main, 0.12),
            "ball",
        )
    c.shape([(36, 16), (64, 16), (66, 30), (62, 48), (38, 48), (34, 30)], p.main, "soft")
    c.shape([*arc(50, 15.6, 9, 10, 0, 180)], tone(p.main, -0.34))
    c.stroke(arc(50, 15.6, 9.4, 10.4, 0, 180), 1.6, PAPER)
    c.shape(skirt, p.main, "across")
    for i in range(6):
        pleat = 38 + i * 4.8
        c.stroke(
            smooth(
                [(pleat, 50), (50 + (pleat - 50) * 1.7, 66), (50 + (pleat - 50) * 2.6, 84)],
                closed=False,
            ),
            0.8,
            tone(p.main, -0.14),
        )
    if p.chance(0.5):
        c.stroke(
            smooth([(21, 76), (36, 80), (50, 81), (64, 80), (79, 76)], closed=False), 1.8, PAPER
        )
    else:
        for i in range(12):
            c.oval(30 + (i * 17) % 42, 58 + (i * 11) % 24, 1.3, 1.3, PAPER)
    ribbon = p.accent if p.accent != p.main else PAPER
    c.rect(37, 45, 63, 50, ribbon, "down")
    c.shape([(50, 47.5), (41, 42), (41, 53)], ribbon, "across")
    c.shape([(50, 47.5), (59, 42), (59, 53)], ribbon, "across")
    c.oval(50, 47.5, 2.4, 2.4, tone(ribbon, -0.2), "ball")


WEAR = {"tshirt": tshirt, "hoodie": hoodie, "cap": cap, "socks": socks, "dress": dress}
