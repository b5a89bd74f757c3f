# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: clothing, shoes, bags, protective wear."""

from __future__ import annotations

from .canvas import Canvas, Point, arc, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, Paint, print_on

_TEE: list[Point] = [
    (37, 16), (24, 21), (8, 40), (21, 51), (28, 44), (28, 88), (72, 88), (72, 44), (79, 51), (92, 40), (76, 21), (63, 16),
]  # fmt: skip


def _flat_shadow(c: Canvas, points: list[Point]) -> None:
    c.soft([(x + 1.6, y + 2.4) for x, y in points], (28, 30, 45), 0.32)


def _folds(c: Canvas, p: Paint, *lines: list[Point]) -> None:
    for line in lines:
        c.stroke(smooth(line, closed=False), 0.8, tone(p.main, -0.15))


def tshirt(c: Canvas, p: Paint) -> None:
    """A T-shirt or polo laid flat."""
    _flat_shadow(c, _TEE)
    polo = p.chance(0.3)
    c.shape([*_TEE[:-1], (63, 16), *arc(50, 16, 13, 9, 0, 180)], p.main, "soft")
    c.shape([*arc(50, 16, 13, 9, 0, 180), *arc(50, 15, 13, 4, 180, 360)], tone(p.main, -0.4))
    c.stroke(arc(50, 16, 13, 9, 0, 180), 2, tone(p.main, -0.13))
    _folds(
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
    _flat_shadow(c, body)
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
    _folds(c, p, [(29, 50), (33, 42), (31, 34)], [(71, 50), (67, 42), (69, 34)])
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
        _flat_shadow(c, moved)
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
    _flat_shadow(c, skirt)
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
        x = 38 + i * 4.8
        c.stroke(
            smooth([(x, 50), (50 + (x - 50) * 1.7, 66), (50 + (x - 50) * 2.6, 84)], closed=False),
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


def tote(c: Canvas, p: Paint) -> None:
    """A tote bag with two handles."""
    long = p.chance(0.6)
    bag = [(20, 38), (80, 38), (83, 90), (17, 90)]
    handle = p.accent if p.chance(0.2) else tone(p.main, -0.08)
    rise = 8 if long else 18
    _flat_shadow(c, bag)
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
    _folds(
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
            for x in (40.4, 49.4, 58.6):
                c.stroke([(x, 38), (x, 49)], 0.7, p.darker)
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
    _flat_shadow(c, body)
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


WEAR = {
    "tshirt": tshirt, "hoodie": hoodie, "cap": cap, "socks": socks, "sneaker": sneaker, "dress": dress,
    "tote": tote, "backpack": backpack, "glove": glove, "vest": vest, "safetyshoe": safetyshoe,
}  # fmt: skip
