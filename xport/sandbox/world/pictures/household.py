# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: kitchen, dining, textiles, storage, umbrellas."""

from __future__ import annotations

from .canvas import Canvas, arc, mix, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, WOOD, Paint, print_on


def utensils(c: Canvas, p: Paint) -> None:
    """Turner, ladle and whisk in a holder."""
    handle = p.pick(WOOD, INK, p.dark)
    c.shadow(50, 88, 26, 4)
    for x, lean, head in ((40, -14, "turner"), (50, 0, "ladle"), (60, 14, "spoon")):
        top = (x + lean * 1.3, 20.0)
        c.stroke([(x, 64), (x + lean * 0.9, 34)], 3.4, handle)
        if head == "turner":
            with c.placed(1, 0, 0, -12):
                c.rect(top[0] - 5, 6, top[0] + 9, 29, p.main, "across", 3)
                for i in range(3):
                    c.rect(top[0] - 1.5 + i * 3, 12, top[0] - 0.3 + i * 3, 24, p.darker)
        elif head == "ladle":
            c.oval(50, 20, 9, 9, p.main, "ball")
            c.oval(50, 18, 6.6, 4.8, p.dark)
        else:
            with c.placed(1, 0, 0, 12):
                c.oval(top[0] - 1, 17, 6.6, 11, p.main, "across")
                c.oval(top[0] - 1, 16, 4.2, 7.6, tone(p.main, -0.14))
    pot = p.pick(PAPER, p.main, STEEL, p.accent)
    c.shape([(33, 52), (67, 52), *arc(50, 86, 15, 3, 0, 180)], pot, "round")
    c.oval(50, 52, 17, 3, tone(pot, -0.34))
    c.stroke(arc(50, 52, 17, 3, 0, 180), 1.2, tone(pot, 0.3))


def cutlery(c: Canvas, p: Paint) -> None:
    """Knife, fork and spoon side by side on a napkin."""
    cloth = mix(p.accent, PAPER, 0.6)
    c.soft(rounded(22, 16, 80, 92, 2), (28, 30, 45), 0.2)
    c.rect(20, 12, 78, 88, cloth, "soft", 1)
    c.rect(23, 15, 75, 85, tone(cloth, 0.2), "flat", 1)
    c.rect(24, 16, 74, 84, cloth, "soft", 1)
    grip = p.pick(p.main, p.main, p.dark, INK, WOOD)
    for x in (34.0, 49.0, 64.0):
        c.soft(rounded(x - 2, 22, x + 4, 84, 2), (20, 20, 30), 0.22, 1)
        c.rect(x - 1.9, 48, x + 1.9, 82, grip, "metal", 2)
    c.rect(31.4, 18, 36.6, 34, p.main, "metal", 2)
    for x in (32.1, 33.7, 35.3):
        c.rect(x - 0.1, 16, x + 0.7, 30, cloth)
    c.rect(32.8, 32, 35.2, 50, p.main, "metal")
    c.blob([(47, 50), (46.6, 20), (51, 18), (52, 40), (51, 50)], p.main, "metal")
    c.rect(62.8, 32, 65.2, 50, p.main, "metal")
    c.oval(64, 26, 5.4, 9, p.main, "across")
    c.oval(64, 25.4, 3.6, 6.6, tone(p.main, -0.16), "up")


def lunchbox(c: Canvas, p: Paint) -> None:
    """A box with a lid and clips, one or two tiers."""
    tiers = p.pick(1, 2, 2)
    c.shadow(50, 80, 38, 5)
    lid = p.pick(p.main, tone(p.main, 0.45), p.accent)
    top = 78 - 21 * tiers
    for i in range(tiers):
        y = top + i * 21
        c.rect(17, y, 83, y + 20.4, p.main if i == 0 else tone(p.main, 0.2), "across", 6)
        c.rect(17, y, 83, y + 2.6, tone(p.main, -0.18), "flat", 1)
    c.rect(14, top - 9, 86, top + 1, lid, "down", 4)
    c.shape([(20, top - 9), (26, top - 15), (74, top - 15), (80, top - 9)], tone(lid, 0.16), "down")
    for x in (17, 77):
        c.rect(x, top - 6, x + 6, top + 8, tone(lid, -0.3), "round", 2)
    if p.chance(0.5):
        c.tube(arc(50, top - 13, 16, 12, 180, 360), 3, tone(lid, -0.2))
    c.rect(38, top + 8, 62, top + 10, tone(p.main, -0.25), "flat", 1)
    print_on(c, p, 50, top + (30 if tiers == 2 else 13), 13)


def tablecloth(c: Canvas, p: Paint) -> None:
    """A round or long table under a falling cloth."""
    c.shadow(50, 88, 40, 4)
    checked = p.chance(0.45)
    drop = [
        (12, 40),
        (88, 40),
        (92, 84),
        *[(92 - i * 7, 87 if i % 2 else 83) for i in range(1, 12)],
        (8, 84),
    ]
    c.shape(drop, tone(p.main, -0.08), "down")
    for i in range(1, 8):
        x = 12 + i * 9.5
        c.stroke([(x, 46), (x - (50 - x) * 0.06, 84)], 1.7, tone(p.main, -0.2))
        c.stroke([(x + 3, 47), (x + 3 - (50 - x) * 0.06, 83)], 1.2, tone(p.main, 0.2))
    c.oval(50, 40, 38.5, 11.5, tone(p.main, 0.12), "soft")
    if checked:
        for i in range(-3, 4):
            c.stroke(
                [
                    (50 + i * 9, 40 - 10.5 * (1 - (i / 4.4) ** 2) ** 0.5),
                    (50 + i * 11, 40 + 10.5 * (1 - (i / 4.4) ** 2) ** 0.5),
                ],
                1.5,
                mix(p.main, p.accent, 0.7),
                ends=False,
            )
        for y in (35, 40, 45):
            half = 38 * (1 - ((y - 40) / 11.5) ** 2) ** 0.5
            c.stroke([(50 - half, y), (50 + half, y)], 1.3, mix(p.main, p.accent, 0.7), ends=False)
    c.shape([(44, 22), (56, 22), *arc(50, 38, 6, 2, 0, 180)], PAPER, "round")
    for dx, dy in ((-5, -6), (0, -9), (5, -5)):
        c.stroke([(50, 24), (50 + dx, 18 + dy)], 0.9, (90, 120, 80))
        c.oval(50 + dx, 17 + dy, 3.2, 3.2, p.accent if p.accent != p.main else PAPER, "ball")


def towel(c: Canvas, p: Paint) -> None:
    """Folded towels in a stack, or one hanging on a rail."""
    band = tone(p.main, -0.2) if p.chance(0.6) else p.accent
    if p.chance(0.5):
        c.shadow(50, 80, 38, 5)
        for i, y in enumerate((64, 48, 32)):
            shade = tone(p.main, (0, 0.14, 0.06)[i])
            c.rect(17 + i, y, 83 - i, y + 16, shade, "down", 8)
            c.stroke([(24, y + 8), (82 - i, y + 8)], 1, tone(shade, -0.2))
            c.rect(62, y + 0.3, 66, y + 15.8, band)
    else:
        c.stroke([(12, 18), (88, 18)], 2.6, STEEL)
        c.soft(rounded(30, 22, 76, 90, 2), (28, 30, 45), 0.22)
        c.rect(28, 15, 72, 88, p.main, "across", 2.5)
        c.rect(28, 14, 72, 20, tone(p.main, 0.2), "down", 2.5)
        for y in (72, 76, 80):
            c.rect(28, y, 72, y + 1.7, band)
        for x in range(29, 72, 2):
            c.rect(x, 87, x + 1, 90.5, tone(p.main, -0.06))
        print_on(c, p, 50, 48, 18)


def storage(c: Canvas, p: Paint) -> None:
    """A storage box in perspective, with lid and handles."""
    c.shadow(52, 84, 42, 4)
    lid = p.pick(tone(p.main, -0.25), p.accent, tone(p.main, 0.3), PAPER)
    c.shape([(16, 42), (70, 42), (66, 84), (20, 84)], p.main, "soft")
    c.shape([(70, 42), (88, 34), (83, 74), (66, 84)], tone(p.main, -0.2), "down")
    for y in (52, 62, 72):
        c.stroke([(18 + (y - 42) * 0.1, y), (69 - (y - 42) * 0.1, y)], 0.8, tone(p.main, -0.16))
    c.shape([(13, 35), (73, 35), (73, 43), (13, 43)], lid, "down")
    c.shape([(73, 35), (91, 28), (91, 35), (73, 43)], tone(lid, -0.25))
    c.shape([(13, 35), (31, 28), (91, 28), (73, 35)], tone(lid, 0.2), "across")
    c.rect(33, 46, 53, 52, tone(p.main, -0.35), "flat", 3)
    c.rect(22, 40, 28, 50, tone(lid, -0.15), "round", 1)
    c.rect(58, 40, 64, 50, tone(lid, -0.15), "round", 1)
    if p.chance(0.6):
        c.rect(34, 58, 52, 70, PAPER, "flat", 1)
        c.text(43, 64, p.mark, 4, INK)
    if p.chance(0.4):
        for x in (24, 61, 79):
            c.oval(x, 85 - (7 if x == 79 else 0), 2.6, 2.6, INK)


def candle(c: Canvas, p: Paint) -> None:
    """A candle in a glass, flame lit, sometimes with a wooden lid beside it."""
    wide = p.between(18, 23)
    c.shadow(52, 84, 30, 4)
    tint = mix(p.main, PAPER, 0.1)
    c.rect(50 - wide, 34, 50 + wide, 84, tint, "glass", 4)
    c.rect(50 - wide + 2, 44, 50 + wide - 2, 82, mix((250, 240, 220), p.main, 0.45), "round", 3)
    c.oval(50, 44, wide - 2, 3.4, (255, 246, 226))
    c.soft(arc(50, 30, 12, 14, 0, 360), (255, 222, 140), 0.55, 3)
    c.stroke([(50, 43), (50, 36)], 1, INK)
    c.blob([(50, 20), (53.6, 30), (52, 36.5), (50, 37.6), (48, 36.5), (46.4, 30)], (250, 176, 62))
    c.blob([(50, 27), (51.6, 32), (50, 36.4), (48.4, 32)], (255, 240, 190))
    label = p.pick(PAPER, INK, mix(p.accent, PAPER, 0.4))
    c.rect(50 - wide * 0.62, 54, 50 + wide * 0.62, 72, label, "flat", 1)
    c.text(50, 60, p.mark, 5, INK if label != INK else PAPER)
    c.rect(44, 65.4, 56, 66.2, INK if label != INK else PAPER)
    c.text(50, 69, "SOY WAX", 2.4, INK if label != INK else PAPER)
    if p.chance(0.4):
        c.shape([(64, 78), (90, 78), (90, 84), (64, 84)], WOOD, "down")
        c.oval(77, 78, 13, 3, tone(WOOD, 0.15), "across")


def umbrella(c: Canvas, p: Paint) -> None:
    """An open umbrella with a hook or straight handle."""
    c.shadow(52, 90, 20, 2.6, 0.24)
    second = p.pick(tone(p.main, -0.14), tone(p.main, -0.14), p.accent)
    with c.placed(1, 0, 2, p.pick(-8, 0, 9)):
        c.stroke([(50, 10), (50, 82)], 1.8, STEEL)
        if p.chance(0.6):
            c.tube(
                smooth([(50, 74), (50, 84), (46, 88), (41, 86), (40, 81)], closed=False),
                4,
                p.pick(INK, WOOD),
            )
        else:
            c.rect(47.6, 72, 52.4, 88, INK, "round", 2)
        ribs = [(10.0, 50.0), (25.0, 54.0), (41.0, 56.0), (59.0, 56.0), (75.0, 54.0), (90.0, 50.0)]
        for i, (left, right) in enumerate(zip(ribs, ribs[1:], strict=False)):
            dip = ((left[0] + right[0]) / 2, min(left[1], right[1]) - 3.4)
            outer = smooth(
                [left, (left[0] + (50 - left[0]) * 0.3, left[1] - 26), (50, 14)], closed=False
            )
            inner = smooth(
                [(50, 14), (right[0] + (50 - right[0]) * 0.3, right[1] - 26), right], closed=False
            )
            c.shape(
                [*outer, *inner, *smooth([right, dip, left], closed=False)],
                p.main if i % 2 == 0 else second,
                "across",
            )
        c.rect(49.2, 7, 50.8, 15, INK, "flat", 0.6)


HOUSEHOLD = {
    "utensils": utensils, "cutlery": cutlery, "lunchbox": lunchbox, "tablecloth": tablecloth,
    "towel": towel, "storage": storage, "candle": candle, "umbrella": umbrella,
}  # fmt: skip
