# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: cups, bottles, tea and coffee gear."""

from __future__ import annotations

from .canvas import Canvas, arc, mix, smooth, tone
from .paint import INK, PAPER, STEEL, WOOD, Paint, print_on


def mug(c: Canvas, p: Paint) -> None:
    """A mug from slightly above, handle to the right."""
    top, wide = p.between(27, 34), p.between(21, 26)
    foot = wide * p.pick(1.0, 0.94, 0.8)
    two_tone = p.chance(0.3)
    c.shadow(54, 82, 33, 5)
    grip = p.pick(12.0, 14.0, 16.0)
    lean = (wide - foot) * 0.5
    c.tube(arc(48 + wide - 1 - lean, 54, grip + lean * 0.6, grip * 0.98, -86, 96), 6.2, p.main)
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


def glass(c: Canvas, p: Paint) -> None:
    """A drinking glass, half full, sometimes ribbed or with a straw."""
    wide = p.between(17, 21)
    foot, top = wide * p.pick(1.0, 0.82, 0.9), p.between(22, 30)
    tint = mix(p.main, (236, 244, 248), 0.45)
    drink = p.pick((205, 226, 236), (240, 190, 110), (226, 140, 130), (196, 220, 160))
    c.shadow(52, 85, 27, 4, 0.24)
    if p.chance(0.35):
        c.stroke([(56, 74), (66, 10)], 2.4, p.accent)
    c.shape([(50 - wide, top), (50 + wide, top), *arc(50, 82, foot, 4, 0, 180)], tint, "glass")
    level = p.between(38, 52)
    near = wide + (foot - wide) * (level - top) / (82 - top) - 1.6
    c.shape(
        [(50 - near, level), (50 + near, level), *arc(50, 77, foot - 1.8, 3, 0, 180)],
        mix(drink, tint, 0.2),
        "soft",
    )
    c.oval(50, level, near, 3.2, tone(drink, 0.3))
    if p.chance(0.45):
        for i in range(-3, 4):
            c.stroke(
                [(50 + i * wide * 0.27, top + 5), (50 + i * foot * 0.27, 80)], 0.7, tone(tint, 0.35)
            )
    for x in (-0.66, 0.7):
        c.stroke([(50 + wide * x, top + 6), (50 + foot * x, 72)], 1.6, tone(tint, 0.6))
    c.stroke(arc(50, top, wide, 4.2, 0, 360), 1.1, tone(p.main, -0.2))
    c.stroke(arc(50, 82, foot, 4, 0, 180), 1.3, tone(p.main, -0.22))


def bottle(c: Canvas, p: Paint) -> None:
    """A sports bottle: waist, scale, spout."""
    wide = p.between(14, 17)
    c.shadow(52, 88, 24, 4)
    body = smooth(
        [
            (50 - wide, 32),
            (50 - wide, 48),
            (50 - wide * 0.86, 58),
            (50 - wide, 68),
            (50 - wide + 1, 87),
            (50 + wide - 1, 87),
            (50 + wide, 68),
            (50 + wide * 0.86, 58),
            (50 + wide, 48),
            (50 + wide, 32),
            (50 + wide * 0.7, 27),
            (50 - wide * 0.7, 27),
        ]
    )
    tint = mix(p.main, (240, 246, 250), 0.25)
    c.shape(body, tint, "glass")
    c.shape(
        smooth(
            [
                (50 - wide + 2, 46),
                (50 - wide * 0.86 + 2, 58),
                (50 - wide + 2, 70),
                (50 - wide + 3, 84),
                (50 + wide - 3, 84),
                (50 + wide - 2, 70),
                (50 + wide * 0.86 - 2, 58),
                (50 + wide - 2, 46),
            ]
        ),
        tone(p.main, -0.08),
        "round",
    )
    lid = p.pick(INK, p.dark, p.accent)
    c.rect(50 - wide * 0.8, 19, 50 + wide * 0.8, 29, lid, "round", 2)
    if p.chance(0.5):
        c.rect(46, 9, 54, 20, lid, "round", 2)
        c.rect(47.5, 6, 52.5, 11, tone(tint, 0.3), "round", 2)
    else:
        c.tube(arc(50, 19, 9, 9, 180, 350), 3, lid)
    for i in range(6):
        c.rect(50 + wide - 8, 46 + i * 6, 50 + wide - (4 if i % 2 else 2.6), 46.9 + i * 6, PAPER)
    print_on(c, p, 46, 66, 13)


def teaset(c: Canvas, p: Paint) -> None:
    """A teapot with two cups on a tray."""
    c.shadow(50, 82, 42, 5)
    tray = p.pick(WOOD, (98, 66, 46), INK)
    c.shape([(12, 76), (88, 76), (84, 84), (16, 84)], tray, "down")
    c.oval(50, 76, 38, 5, tone(tray, 0.16))
    c.tube(arc(25, 55, 10, 11, 80, 280), 3.6, p.main)
    c.blob([(62, 56), (72, 50), (76, 40), (79, 41), (76, 55), (66, 66)], p.main, "across")
    c.blob(
        [(23, 58), (29, 46), (45, 41), (61, 46), (66, 58), (60, 71), (45, 75), (29, 71)],
        p.main,
        "ball",
    )
    c.oval(45, 44, 14, 4, tone(p.main, 0.14), "across")
    c.blob([(33, 43), (38, 37), (45, 35.5), (52, 37), (57, 43)], p.main, "across")
    c.oval(45, 34, 3.4, 3, p.pick(p.accent, p.dark), "ball")
    print_on(c, p, 45, 58, 16)
    for x in (70, 86)[: p.pick(1, 2, 2)]:
        c.shape([(x - 8, 66), (x + 8, 66), *arc(x, 76, 5, 2.4, 0, 180)], p.main, "round")
        c.oval(x, 66, 8, 2.4, tone(p.main, 0.3))
        c.oval(x, 66.4, 6.6, 1.7, (150, 104, 50))


def coffee(c: Canvas, p: Paint) -> None:
    """A French press or a pour-over server with its dripper."""
    c.shadow(50, 85, 30, 4)
    coffee_brown = (84, 52, 34)
    if p.chance(0.5):
        c.stroke([(50, 8), (50, 34)], 1.6, STEEL)
        c.oval(50, 9, 4, 3.6, p.main, "ball")
        c.tube(arc(68, 56, 12, 17, -85, 85), 4.4, INK)
        c.rect(32, 27, 68, 84, (222, 234, 238), "glass", 2)
        c.rect(34, 45, 66, 82, coffee_brown, "round", 2)
        c.rect(34, 42, 66, 45.5, STEEL, "metal")
        c.shape([(30, 28), (33, 20), *arc(50, 20, 17, 4, 180, 360), (70, 28)], p.main, "round")
        for y in (33, 62, 82):
            c.rect(31, y, 69, y + 2.4, p.main if p.main != coffee_brown else STEEL, "metal", 1)
    else:
        c.tube(arc(67, 66, 11, 11, -80, 80), 4, p.main)
        c.shape(
            [
                (38, 47),
                (62, 47),
                *smooth(
                    [(66, 56), (73, 72), (70, 84), (50, 85.5), (30, 84), (27, 72), (34, 56)],
                    closed=False,
                ),
            ],
            (222, 234, 238),
            "glass",
        )
        c.blob(
            [(28.5, 72), (50, 70), (71.5, 72), (69, 83), (50, 84), (31, 83)], coffee_brown, "round"
        )
        c.shape([(26, 20), (74, 20), (58, 43), (42, 43)], p.main, "round")
        c.oval(50, 20, 24, 4.4, tone(p.main, 0.3))
        c.oval(50, 20.6, 21, 3.4, (240, 232, 218))
        c.oval(50, 21.4, 13, 2, coffee_brown)
        c.rect(37, 42, 63, 46.5, tone(p.main, -0.15), "round", 2)


DRINKWARE = {
    "mug": mug, "thermos": thermos, "glass": glass, "bottle": bottle, "teaset": teaset, "coffee": coffee,
}  # fmt: skip
