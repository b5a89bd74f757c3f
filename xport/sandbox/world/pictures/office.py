# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: stationery, office furniture, things for meetings."""

from __future__ import annotations

from .canvas import Canvas, arc, mix, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, WOOD, Paint, print_on


def notebook(c: Canvas, p: Paint) -> None:
    """A notebook seen from above, with band, spiral or clasp."""
    with c.placed(1, 0, 0, p.pick(-9, -5, 6)):
        c.soft(rounded(26, 15, 80, 91, 3), (28, 30, 45), 0.3)
        c.rect(27, 13, 77, 88, PAPER, "flat", 2)
        for i in range(4):
            c.rect(76.4, 15 + i, 76.8, 86, tone(PAPER, -0.2))
        c.rect(24, 11, 75, 86, p.main, "soft", 3)
        style = p.pick("band", "spiral", "clasp", "plain")
        if style == "spiral":
            for y in range(16, 84, 5):
                c.stroke(arc(25, y, 3.4, 1.5, 90, 360), 1.1, STEEL)
        else:
            c.rect(24, 11, 30, 86, tone(p.main, -0.2), "flat", 2)
        if style == "band":
            c.rect(66, 11, 68.6, 86, p.accent)
        if style == "clasp":
            c.rect(64, 42, 80, 54, tone(p.main, -0.25), "across", 3)
            c.oval(69, 48, 2, 2, STEEL, "ball")
        if p.chance(0.5):
            c.rect(38, 86, 40.4, 95, p.accent)
        if p.chance(0.4):
            c.rect(37, 26, 62, 40, PAPER, "flat", 1)
            c.text(49.5, 33, p.mark, 5, INK)
        else:
            print_on(c, p, 50, 40, 22)


def pen(c: Canvas, p: Paint) -> None:
    """Pens lying aslant: two or three, cap or push button."""
    count, push = p.pick(1, 2, 3), p.chance(0.6)
    grip = p.pick(INK, p.dark, STEEL)
    for i in range(count):
        body = p.main if i == 0 else tone(p.main, (0, 0.45, -0.35)[i])
        with c.placed(1, (i - (count - 1) / 2) * 17, 0, 38 + i * 3):
            c.soft(rounded(48, 10, 57, 92, 4), (28, 30, 45), 0.28, 1.6)
            c.rect(45.6, 18, 54.4, 70, body, "flat", 3)
            c.rect(51.6, 19, 54.2, 69, tone(body, -0.22), "flat", 1)
            c.rect(47, 20, 48.6, 68, tone(body, 0.45), "flat", 0.8)
            c.shape([(45.8, 68), (54.2, 68), (52, 84), (48, 84)], grip)
            c.shape([(47, 68), (48.6, 68), (49, 84), (48.4, 84)], tone(grip, 0.35))
            c.shape([(48, 84), (52, 84), (50.5, 91), (49.5, 91)], tone(STEEL, -0.15))
            c.rect(45.4, 50, 54.6, 52, STEEL)
            if push:
                c.rect(47.8, 8, 52.2, 19, STEEL, "flat", 1.5)
            else:
                c.rect(45, 14, 55, 40, tone(body, -0.16), "flat", 4)
                c.rect(46.6, 16, 48.4, 39, tone(body, 0.35), "flat", 0.8)
            c.rect(53, 18, 56.4, 42, tone(STEEL, -0.08), "flat", 1.4)
            c.rect(53.6, 19, 54.6, 41, tone(STEEL, 0.5), "flat", 0.5)


def sticky(c: Canvas, p: Paint) -> None:
    """A pad of notes with a curling corner, one note in another colour beneath."""
    under = tone(p.accent, 0.4)
    with c.placed(0.82, 9, 8, 10):
        c.soft(rounded(24, 24, 80, 80, 1), (28, 30, 45), 0.28)
        c.rect(22, 22, 78, 78, under, "soft")
    with c.placed(0.95, -5, -3, -5):
        c.soft(rounded(22, 24, 80, 82, 1), (28, 30, 45), 0.34)
        for i in range(4):
            c.rect(
                20 + i * 0.6,
                20 + i * 0.8,
                78 + i * 0.6,
                79 + i * 0.8,
                tone(p.main, -0.12 * (i % 2)),
            )
        c.shape([(20, 20), (78, 20), (78, 66), (66, 78), (20, 78)], p.main, "down")
        c.shape([(78, 66), (66, 78), (66.5, 67)], tone(p.main, 0.45), "across")
        for i in range(p.pick(2, 3, 4)):
            c.stroke([(28, 34 + i * 9), (64 - i * 5, 33 + i * 9)], 1.7, mix(p.main, INK, 0.6))


def folder(c: Canvas, p: Paint) -> None:
    """A file folder with tab, papers looking out."""
    c.soft(rounded(17, 24, 88, 86, 3), (28, 30, 45), 0.3)
    c.shape(rounded(14, 22, 44, 40, 3), tone(p.main, -0.2))
    c.rect(14, 27, 86, 83, tone(p.main, -0.16), "flat", 3)
    for i, lift in enumerate((0, 3, 5)):
        c.rect(20 + i * 3, 18 + lift, 78 + i * 2, 70, tone(PAPER, -0.05 * (2 - i)), "flat", 1)
    for i in range(4):
        c.rect(30, 27 + i * 2.6, 70 - i * 4, 27.8 + i * 2.6, (170, 176, 184))
    c.shape([*rounded(12, 38, 88, 85, 3)], p.main, "soft")
    style = p.pick("clip", "label", "button")
    if style == "button":
        c.shape([(38, 38), (62, 38), (58, 56), (42, 56)], tone(p.main, -0.14))
        c.oval(50, 51, 2.6, 2.6, STEEL, "ball")
    elif style == "label":
        c.rect(24, 48, 58, 64, PAPER, "flat", 1)
        c.text(41, 56, p.mark, 6, INK)
    else:
        c.rect(20, 38, 26, 85, tone(p.main, -0.22))
        print_on(c, p, 56, 60, 20)


def lanyard(c: Canvas, p: Paint) -> None:
    """A ribbon loop with hook and card."""
    c.soft(rounded(34, 54, 70, 94, 3), (28, 30, 45), 0.28)
    edge = tone(p.main, -0.16)
    for points in (
        [(50, 49), (34, 28), (38, 10), (50, 7)],
        [(50, 49), (66, 28), (62, 10), (50, 7)],
    ):
        c.stroke(smooth(points, closed=False), 5.4, edge)
        c.stroke(smooth(points, closed=False), 4.4, p.main)
    if p.chance(0.6):
        for x, y in ((37.5, 33), (62.5, 33), (37, 18), (63, 18)):
            c.oval(x, y, 1.3, 1.3, p.on_main)
    c.rect(46, 45, 54, 51, STEEL, "metal", 1)
    c.stroke(arc(50, 54, 3, 3.4, 0, 360), 1.4, STEEL)
    c.rect(31, 56, 69, 92, mix(p.main, PAPER, 0.25), "soft", 3)
    c.rect(33.5, 60.5, 66.5, 90, PAPER, "flat", 1.5)
    c.rect(44, 57.4, 56, 59, tone(p.main, -0.4), "flat", 0.8)
    c.rect(33.5, 60.5, 66.5, 66, p.accent)
    c.oval(43, 73, 4, 4, (206, 210, 216))
    c.blob([(37, 83), (39, 78), (43, 77), (47, 78), (49, 83)], (206, 210, 216))
    for i, width in enumerate((12, 9, 11)):
        c.rect(52, 71 + i * 4, 52 + width, 72.6 + i * 4, (176, 182, 190))
    c.text(50, 87, p.mark, 3.6, INK)


def label(c: Canvas, p: Paint) -> None:
    """A roll of labels, the strip running out with a bar code."""
    c.shadow(46, 80, 34, 4)
    strip = tone(p.main, 0.35) if p.main[2] < 200 else p.main
    c.shape([(40, 66), (96, 66), (96, 82), (40, 82)], (224, 216, 196), "flat")
    for x in (52, 74):
        c.rect(x, 67.6, x + 19, 80.4, strip, "soft", 1.4)
        for i in range(8):
            c.rect(x + 3 + i * 1.7, 70, x + 3.5 + i * 1.7 + (i % 3) * 0.35, 77, INK)
    c.oval(38, 52, 29, 29, tone(p.main, -0.12))
    c.oval(36, 51, 29, 29, p.main, "ball" if p.chance(0.3) else "soft")
    for r in (25, 21.5, 18):
        c.stroke(arc(36, 51, r, r, 0, 360), 0.5, tone(p.main, -0.18))
    c.oval(36, 51, 12, 12, (186, 150, 106), "across")
    c.oval(36, 51, 9.6, 9.6, (96, 74, 52), "up")


def chair(c: Canvas, p: Paint) -> None:
    """An office chair on castors."""
    base = p.pick(INK, STEEL, INK)
    high = p.chance(0.5)
    c.shadow(50, 91, 32, 4)
    c.rect(48, 62, 52, 80, base, "metal")
    for x in (22, 36, 64, 78):
        c.stroke([(50, 80), (x, 86)], 3.4, base)
        c.oval(x, 88.6, 3, 3, INK, "ball")
    c.oval(50, 90, 3, 3, INK, "ball")
    if high:
        c.rect(38, 5, 62, 15, p.main, "across", 5)
        c.rect(48, 14, 52, 20, base)
    back = [(34, 20), (50, 17), (66, 20), (68, 38), (64, 54), (50, 56), (36, 54), (32, 38)]
    c.blob(back, tone(p.main, -0.1), "across")
    if p.chance(0.6):
        for i in range(8):
            c.stroke([(36, 24 + i * 3.7), (64, 24 + i * 3.7)], 0.6, tone(p.main, 0.18))
    else:
        for y in (30, 42):
            c.stroke([(35, y), (65, y)], 1, p.darker)
    c.blob([(26, 62), (34, 57), (66, 57), (74, 62), (71, 68), (50, 70), (29, 68)], p.main, "down")
    for x, way in ((24, 1), (76, -1)):
        c.stroke([(x + way * 8, 64), (x, 62), (x, 48)], 2.6, base)
        c.rect(x - 4.6, 43, x + 4.6, 48, INK, "down", 2.4)


def monitorarm(c: Canvas, p: Paint) -> None:
    """A jointed arm clamped to a desk edge, carrying a screen."""
    desk = p.pick(WOOD, PAPER, (120, 84, 58))
    c.shape([(0, 82), (100, 82), (100, 89), (0, 89)], desk, "down")
    double = p.chance(0.35)
    arms = ((30, -1), (66, 1)) if double else ((60, 1),)
    for x, way in arms:
        c.soft(rounded(x - 18, 22, x + 20, 50, 2), (28, 30, 45), 0.22)
        c.tube(
            [(50, 62), (50 + way * (16 if double else 22), 58 if double else 50), (x, 38)],
            5,
            p.main,
        )
        c.rect(x - 18, 20, x + 18, 46, INK, "across", 1.6)
        glow = mix(p.accent, (24, 34, 54), 0.55)
        c.rect(x - 16.6, 21.4, x + 16.6, 44, glow, "across", 0.6)
        c.oval(x - 5, 31, 3.5, 3.5, tone(glow, 0.3))
        c.shape(
            [(x - 16.6, 44), (x - 6, 34), (x + 2, 40), (x + 8, 36), (x + 16.6, 44)],
            tone(glow, -0.25),
        )
    if not double:
        c.tube([(28, 58), (50, 62)], 5, p.main)
    base = 50 if double else 28
    c.rect(base - 3, 56, base + 3, 82, p.main, "metal", 1)
    c.oval(base, 58, 5, 4, tone(p.main, -0.2), "ball")
    c.rect(base - 8, 79, base + 8, 82.6, p.dark, "down", 1)
    c.rect(base - 6, 88, base + 6, 93, p.dark, "down", 1)


def lamp(c: Canvas, p: Paint) -> None:
    """A desk lamp with a bent arm and a cone of light."""
    c.shadow(42, 87, 26, 3.4)
    c.soft([(60, 36), (82, 30), (96, 84), (48, 86)], (255, 240, 190), 0.5, 3)
    style = p.pick("shade", "bar", "globe")
    c.rect(26, 83, 56, 87.4, p.main, "down", 2)
    c.oval(41, 83, 15, 3, tone(p.main, 0.14))
    if style == "bar":
        c.tube([(41, 82), (36, 26)], 3.4, p.main)
        with c.placed(1, 0, 0, -8):
            c.rect(32, 21, 84, 28, p.main, "down", 3)
            c.rect(46, 27.4, 82, 29.4, (255, 246, 214), "flat", 1)
        c.oval(36, 26, 3.4, 3.4, p.dark, "ball")
        return
    c.tube([(41, 82), (32, 52), (54, 24)], 3, p.main)
    c.oval(32, 52, 3.2, 3.2, p.dark, "ball")
    if style == "globe":
        c.oval(62, 28, 12, 12, (255, 244, 208), "ball")
        c.shape([(53, 20), (71, 20), (66, 14), (58, 14)], p.main, "round")
    else:
        with c.placed(1, 0, 0, -20):
            c.oval(53.5, 43.5, 13.5, 4, (255, 246, 214))
            c.shape([(40, 43), (67, 43), (59, 25), (48, 25)], p.main, "round")
            c.stroke(arc(53.5, 43.5, 13.5, 4, 0, 180), 1, tone(p.main, -0.3))


def deskmat(c: Canvas, p: Paint) -> None:
    """A desk mat from above with keyboard and mouse hinted on it."""
    with c.placed(1, 0, 0, p.pick(-6, -3, 4)):
        c.soft(rounded(10, 27, 94, 80, 4), (28, 30, 45), 0.3)
        c.rect(7, 24, 91, 76, p.main, "soft", 4)
        for points in (rounded(8.6, 25.6, 89.4, 74.4, 3),):
            c.stroke(
                [*points, points[0]],
                0.6,
                tone(p.main, -0.24) if sum(p.main) > 240 else tone(p.main, 0.3),
            )
        c.shape([(80, 76), (91, 65), (91, 72), (87, 76)], tone(p.accent, 0.1), "across")
        if p.chance(0.65):
            c.soft(rounded(20, 44, 62, 63, 2), (10, 12, 20), 0.3, 1.4)
            board = p.pick(PAPER, STEEL, INK)
            c.rect(18, 42, 60, 60, board, "soft", 2)
            for row in range(4):
                for col in range(11):
                    c.rect(
                        20 + col * 3.5,
                        44 + row * 3.7,
                        22.8 + col * 3.5,
                        47 + row * 3.7,
                        tone(board, -0.13) if board != INK else tone(INK, 0.2),
                        "flat",
                        0.5,
                    )
            c.oval(73, 52, 4.6, 7, board, "ball")
        else:
            print_on(c, p, 40, 50, 30)


def whiteboard(c: Canvas, p: Paint) -> None:
    """A board on a wall or a stand, with a little writing."""
    stand = p.chance(0.5)
    frame = p.main if p.main != (244, 242, 236) else STEEL
    if stand:
        c.shadow(50, 93, 34, 2.6)
        for x, way in ((26, -1), (74, 1)):
            c.stroke([(x, 66), (x + way * 8, 93)], 2.4, STEEL)
    else:
        c.soft(rounded(10, 20, 94, 78, 2), (28, 30, 45), 0.28)
    c.rect(8, 16, 92, 72, frame, "across", 2)
    c.rect(11, 19, 89, 69, (252, 252, 252), "soft", 1)
    c.rect(30, 70, 70, 74, tone(frame, -0.2), "down", 1)
    for i, colour in enumerate(((40, 90, 180), (200, 60, 60), INK)):
        c.rect(36 + i * 9, 68.6, 43 + i * 9, 70.4, colour, "round", 0.8)
    ink = (60, 110, 170)
    for i, width in enumerate((24, 18, 21)):
        c.stroke([(18, 30 + i * 8), (18 + width, 30 + i * 8)], 1.5, ink)
    c.stroke([(54, 58), (54, 28)], 1, INK)
    c.stroke([(54, 58), (83, 58)], 1, INK)
    c.stroke([(56, 54), (63, 46), (70, 49), (80, 33)], 1.7, (214, 84, 64))
    for x, y in ((60, 24), (80, 24)):
        c.oval(x, y, 2, 2, p.accent, "ball")


def display(c: Canvas, p: Paint) -> None:
    """A roll-up banner on its base."""
    c.shadow(50, 93, 26, 2.6)
    art = p.main if sum(p.main) < 690 else p.accent
    c.rect(29, 8, 71, 88, mix(art, PAPER, 0.12), "across")
    c.shape([(29, 52), (71, 40), (71, 88), (29, 88)], tone(art, -0.25), "down")
    c.oval(50, 34, 11, 11, PAPER)
    c.oval(50, 34, 7, 7, p.accent if art != p.accent else p.darker)
    c.text(50, 18, p.mark, 7, PAPER)
    for i, width in enumerate((26, 20, 24)):
        c.rect(50 - width / 2, 62 + i * 6, 50 + width / 2, 64 + i * 6, mix(art, PAPER, 0.75))
    c.rect(28, 6, 72, 9, STEEL, "metal", 1)
    c.rect(25, 87, 75, 92.6, STEEL, "down", 1.6)


OFFICE = {
    "notebook": notebook, "pen": pen, "sticky": sticky, "folder": folder, "lanyard": lanyard,
    "label": label, "chair": chair, "monitorarm": monitorarm, "lamp": lamp, "deskmat": deskmat,
    "whiteboard": whiteboard, "display": display,
}  # fmt: skip
