# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: packaging, first aid, tools, gifts, toys."""

from __future__ import annotations

from .canvas import Canvas, arc, mix, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, Paint, print_on, star


def carton(c: Canvas, p: Paint) -> None:
    """A carton, closed or with its flaps up."""
    c.shadow(52, 86, 42, 4)
    opened = p.chance(0.5)
    if opened:
        c.shape([(14, 40), (56, 46), (50, 30), (12, 24)], tone(p.main, 0.14), "up")
        c.shape([(14, 40), (48, 30), (88, 36), (56, 46)], tone(p.main, -0.5))
        c.shape([(48, 30), (88, 36), (94, 22), (54, 17)], tone(p.main, 0.05), "up")
    else:
        c.shape([(14, 40), (48, 30), (88, 36), (56, 46)], tone(p.main, 0.2), "soft")
        c.shape([(31, 35), (36, 33.6), (75, 39.8), (70, 41.4)], tone(p.main, 0.45))
    c.shape([(14, 40), (56, 46), (56, 90), (16, 82)], p.main, "soft")
    c.shape([(56, 46), (88, 36), (86, 78), (56, 90)], tone(p.main, -0.2), "down")
    if opened:
        c.shape([(56, 46), (88, 36), (97, 46), (66, 58)], tone(p.main, -0.08), "down")
        c.shape([(14, 40), (56, 46), (50, 60), (6, 52)], tone(p.main, 0.1), "down")
    else:
        c.shape([(70, 41.6), (75, 40), (75, 52), (70, 54)], tone(p.main, 0.25))
    ink = tone(p.main, -0.55) if sum(p.main) > 240 else PAPER
    c.shape(
        [(22, 68), (26, 62), (30, 69.2), (27.6, 68.8), (27.6, 76), (24.6, 75.4), (24.6, 68.4)], ink
    )
    c.shape(
        [(34, 70), (38, 64), (42, 71.2), (39.6, 70.8), (39.6, 78), (36.6, 77.4), (36.6, 70.4)], ink
    )


def tape(c: Canvas, p: Paint) -> None:
    """A roll of tape standing, its end loose."""
    c.shadow(52, 86, 36, 4)
    side = mix(p.main, (240, 232, 214), 0.15)
    c.shape([(68, 80), (98, 82), (98, 87), (60, 87)], mix(side, PAPER, 0.2), "soft")
    c.oval(58, 52, 33, 34, tone(side, -0.3))
    c.oval(45, 52, 33, 34, side, "soft")
    for r in (30, 27, 24):
        c.stroke(arc(45, 52, r, r * 1.03, 0, 360), 0.6, tone(side, -0.16))
    core = (176, 132, 86)
    c.oval(45, 52, 20, 21, core, "across")
    c.oval(48, 52, 17, 18.6, tone(core, -0.45), "across")
    c.oval(52, 53, 13, 16.4, tone(core, -0.2), "down")


def bubble(c: Canvas, p: Paint) -> None:
    """A roll of bubble wrap with its sheet hanging out."""
    film = mix(p.main, (226, 236, 242), 0.35)
    c.shadow(54, 88, 38, 4)
    c.shape([(28, 46), (82, 46), (90, 88), (36, 88)], tone(film, 0.1), "down")
    for row in range(5):
        for col in range(7):
            x, y = 35 + col * 7.4 + row * 1.5, 54 + row * 7.4
            c.oval(x, y, 2.8, 2.6, tone(film, -0.12))
            c.oval(x - 0.4, y - 0.5, 2.1, 1.9, tone(film, 0.35))
            c.oval(x - 0.9, y - 1, 0.7, 0.6, (255, 255, 255))
    c.shape([(22, 18), (76, 18), *arc(76, 36, 9, 18, -90, 90), (22, 54)], film, "up")
    for row in range(4):
        for col in range(8):
            c.oval(30 + col * 6.8 + (row % 2) * 3, 24 + row * 8, 2.6, 2.6, tone(film, 0.3))
            c.oval(29.4 + col * 6.8 + (row % 2) * 3, 23.4 + row * 8, 0.8, 0.8, (255, 255, 255))
    c.oval(22, 36, 9, 18, tone(film, -0.1), "across")
    c.stroke(arc(22, 36, 6, 12, 0, 360), 0.8, tone(film, -0.3))
    c.oval(22, 36, 3.4, 7, (120, 92, 64), "across")


def firstaid(c: Canvas, p: Paint) -> None:
    """A case or pouch with the white cross."""
    c.shadow(50, 85, 38, 4)
    pouch = p.chance(0.5)
    c.tube(arc(50, 30, 13, 12, 180, 360), 4, tone(p.main, -0.4))
    c.rect(13, 28, 87, 84, p.main, "soft", 12 if pouch else 5)
    if pouch:
        c.stroke([*rounded(17, 32, 83, 80, 9), (81, 34)], 1, tone(p.main, -0.4))
        c.rect(76, 44, 79, 52, STEEL, "flat", 1)
    else:
        c.rect(13, 44, 87, 46, tone(p.main, -0.3))
        for x in (24, 68):
            c.rect(x, 40, x + 8, 51, STEEL, "metal", 1.4)
    sign = PAPER if sum(p.main) < 660 else (206, 54, 54)
    c.oval(50, 60, 15, 15, tone(p.main, -0.14))
    c.rect(46, 49.5, 54, 70.5, sign, "flat", 1)
    c.rect(39.5, 56, 60.5, 64, sign, "flat", 1)


def tools(c: Canvas, p: Paint) -> None:
    """Screwdriver, wrench and hammer crossed before a case."""
    c.soft(rounded(12, 18, 92, 88, 5), (28, 30, 45), 0.3)
    c.rect(9, 14, 89, 85, tone(INK, 0.08), "soft", 5)
    c.rect(13, 18, 85, 81, tone(INK, -0.25), "soft", 3)
    for i in range(5):
        c.rect(19 + i * 6, 70, 22.6 + i * 6, 78, STEEL, "metal", 0.8)
    c.rect(21, 48, 29, 70 - 4, p.main, "metal", 3)
    c.rect(21, 54, 29, 56, tone(p.main, -0.4))
    c.rect(23.8, 22, 26.2, 48, STEEL, "metal")
    c.rect(33.6, 46, 40.4, 66, p.main, "metal", 3)
    c.rect(36, 24, 38, 46, STEEL, "metal")
    c.shape([(35.4, 24), (38.6, 24), (37.6, 20), (36.4, 20)], STEEL)
    c.rect(50, 34, 55, 78, STEEL, "metal", 2)
    c.oval(52.5, 29, 7, 7, STEEL, "metal")
    c.shape([(50, 20), (55, 20), (54.6, 29), (50.4, 29)], tone(INK, -0.25))
    c.rect(68, 34, 74, 78, p.main, "metal", 2.4)
    c.rect(69, 28, 73, 36, STEEL, "metal")
    c.shape([(60, 22), (78, 21), (83, 24), (79, 31), (60, 31)], STEEL, "down")


def tapemeasure(c: Canvas, p: Paint) -> None:
    """A tape measure, blade pulled out to the left."""
    c.shadow(54, 84, 38, 4)
    yellow = (246, 206, 70)
    c.shape([(4, 74), (46, 74), (46, 82), (4, 82)], yellow, "down")
    for i in range(12):
        c.rect(7 + i * 3.1, 74, 7.6 + i * 3.1, 80 if i % 4 == 0 else 77, INK)
    c.rect(2, 72.6, 5, 87, STEEL, "metal", 0.6)
    c.shape([*rounded(32, 22, 86, 84, 15)], INK, "across")
    c.shape([*rounded(36, 26, 82, 80, 12)], p.main, "across")
    c.oval(59, 50, 17, 17, tone(p.main, -0.25))
    face = p.pick(PAPER, INK, PAPER)
    c.oval(58.6, 49.6, 15.6, 15.6, face, "soft")
    length = p.pick("3m", "5m", "7.5m", "10m")
    c.text(58.6, 49.6, length, 9, PAPER if face == INK else INK)
    c.rect(50, 20, 68, 26, p.accent, "down", 2.4)


def plush(c: Canvas, p: Paint) -> None:
    """A sitting soft animal: bear, rabbit or cat."""
    animal = p.pick("bear", "bear", "rabbit", "cat")
    belly = mix(p.main, PAPER, 0.6)
    c.shadow(50, 90, 32, 4)
    for x, way in ((26, 1), (74, -1)):
        c.oval(x - way * 1, 62, 7, 13, p.main, "ball")
        c.oval(x + way * 6, 83, 12, 8.6, p.main, "ball")
        c.oval(x + way * 2, 84, 5, 5, belly)
        if animal == "bear":
            c.oval(x + way * 3, 17, 9, 9, p.main, "ball")
            c.oval(x + way * 3.4, 17.6, 5, 5, belly)
        elif animal == "rabbit":
            c.oval(x + way * 12, 9, 6, 16, p.main, "across")
            c.oval(x + way * 12, 10, 3, 11, (240, 176, 184))
        else:
            c.shape([(x - way * 1, 6), (x - way * 1, 28), (x + way * 16, 17)], p.main, "across")
            c.shape([(x + way * 1, 11), (x + way * 1, 22), (x + way * 9, 17)], (240, 176, 184))
    c.oval(50, 68, 22, 21, p.main, "ball")
    c.oval(50, 71, 13, 14, belly, "soft")
    c.oval(50, 34, 26, 22, p.main, "ball")
    c.oval(50, 41, 11, 8, belly, "soft")
    for x in (40, 60):
        c.oval(x, 33, 2.6, 3, INK)
        c.oval(x - 0.7, 32, 0.9, 0.9, (255, 255, 255))
        c.oval(x + (x - 50) * 0.5, 41, 3.4, 2, (240, 170, 170))
    c.oval(50, 37.6, 3.2, 2.2, INK)
    c.stroke(smooth([(46, 43), (48, 44.6), (50, 43), (52, 44.6), (54, 43)], closed=False), 0.9, INK)
    if p.chance(0.6):
        c.shape([(50, 55), (40, 50), (40, 60)], p.accent, "across")
        c.shape([(50, 55), (60, 50), (60, 60)], p.accent, "across")
        c.oval(50, 55, 2.8, 2.8, tone(p.accent, -0.2), "ball")


def badge(c: Canvas, p: Paint) -> None:
    """A lapel pin: disc, shield or star, metal rim around enamel."""
    form = p.pick("disc", "shield", "disc", "star")
    metal = (
        p.main
        if p.main in ((211, 179, 124), (195, 200, 206), (140, 108, 69))
        else p.pick((214, 178, 106), STEEL)
    )
    enamel = p.accent if metal == p.main else p.main
    c.soft(arc(52, 54, 33, 33, 0, 360), (28, 30, 45), 0.34, 2.6)
    if form == "disc":
        c.oval(50, 50, 34, 34, metal, "metal")
        c.oval(50, 50, 30.4, 30.4, tone(metal, -0.25))
        c.oval(50, 50, 29.4, 29.4, enamel, "soft")
        c.stroke(arc(50, 50, 23.6, 23.6, 0, 360), 1.2, metal)
    elif form == "shield":
        for grow, colour, shade in ((0, metal, "metal"), (4, enamel, "soft")):
            c.shape(
                [
                    *smooth(
                        [(20 + grow, 20 + grow), (50, 15 + grow), (80 - grow, 20 + grow)],
                        closed=False,
                    ),
                    *smooth(
                        [
                            (80 - grow, 20 + grow),
                            (78 - grow, 56),
                            (50, 88 - grow * 1.3),
                            (22 + grow, 56),
                            (20 + grow, 20 + grow),
                        ],
                        closed=False,
                    ),
                ],
                colour,
                shade,
            )
    else:
        c.shape(star(50, 52, 40, 19, 5), metal, "metal")
        c.shape(star(50, 52, 34, 16, 5), enamel, "soft")
    c.shape(star(50, 44, 10, 4.4, p.pick(5, 6, 8)), metal, "across")
    if form != "star":
        c.text(50, 62, p.mark, 6.4, tone(metal, 0.4))


def keyring(c: Canvas, p: Paint) -> None:
    """A ring, a short chain and a fob."""
    c.stroke(arc(38, 24, 15, 15, 0, 360), 3.4, tone(STEEL, -0.3))
    c.stroke(arc(37.6, 23.6, 15, 15, 0, 360), 2.2, tone(STEEL, 0.15))
    for i in range(4):
        c.stroke(
            arc(48 + i * 2.2, 37 + i * 3.6, 2.6, 2.6, 0, 360),
            1.3,
            tone(STEEL, -0.2 if i % 2 else 0.1),
        )
    form = p.pick("round", "strap", "house", "tag")
    with c.placed(1, 0, 0, -10):
        if form == "round":
            c.soft(arc(52, 68, 19, 19, 0, 360), (28, 30, 45), 0.34)
            c.oval(50, 66, 20, 20, STEEL, "metal")
            c.oval(50, 66, 17, 17, p.main, "soft")
            print_on(c, p, 50, 66, 20)
        elif form == "strap":
            c.soft(rounded(42, 46, 64, 94, 5), (28, 30, 45), 0.34)
            c.rect(40, 44, 60, 92, p.main, "soft", 6)
            c.stroke([*rounded(42.4, 46.4, 57.6, 89.6, 4), (57, 47)], 0.7, p.on_main)
            c.rect(44, 46, 56, 52, STEEL, "metal", 1)
            print_on(c, p, 50, 72, 12)
        elif form == "house":
            c.soft([(32, 66), (52, 48), (72, 66), (70, 92), (34, 92)], (28, 30, 45), 0.34)
            c.shape([(28, 64), (50, 45), (72, 64)], tone(p.main, -0.2), "across")
            c.rect(32, 62, 68, 90, p.main, "soft", 2)
            c.rect(45, 72, 55, 90, tone(p.main, -0.4))
        else:
            c.soft(rounded(32, 48, 74, 88, 6), (28, 30, 45), 0.34)
            c.rect(30, 46, 70, 86, p.main, "across", 7)
            c.oval(50, 51, 2, 2, tone(p.main, -0.6))
            print_on(c, p, 50, 69, 22)


def balloon(c: Canvas, p: Paint) -> None:
    """A bunch of three balloons."""
    colours = (p.accent, tone(p.main, 0.35), p.main)
    for (x, y, r), colour in zip(((32, 36, 16), (67, 32, 17), (50, 46, 19)), colours, strict=True):
        c.stroke(
            smooth([(x, y + r * 1.2), ((x + 50) / 2, 76), (50, 94)], closed=False),
            0.8,
            (150, 146, 140),
        )
        c.shape(
            [(x - 2.6, y + r * 1.32), (x + 2.6, y + r * 1.32), (x, y + r * 1.14)],
            tone(colour, -0.2),
        )
        c.blob(
            [
                (x, y - r * 1.18),
                (x + r * 0.8, y - r * 0.7),
                (x + r, y),
                (x + r * 0.62, y + r * 0.78),
                (x, y + r * 1.22),
                (x - r * 0.62, y + r * 0.78),
                (x - r, y),
                (x - r * 0.8, y - r * 0.7),
            ],
            colour,
            "ball",
        )
        c.oval(x - r * 0.4, y - r * 0.5, r * 0.16, r * 0.26, tone(colour, 0.75))


SUPPLIES = {
    "carton": carton, "tape": tape, "bubble": bubble, "firstaid": firstaid, "tools": tools,
    "tapemeasure": tapemeasure, "plush": plush, "badge": badge, "keyring": keyring, "balloon": balloon,
}  # fmt: skip
