# ruff: noqa: E501 - coordinates of one shape stay on one line
"""Drawings: peripherals, phone accessories, power and light."""

from __future__ import annotations

from .canvas import Canvas, arc, mix, rounded, smooth, tone
from .paint import INK, PAPER, STEEL, Paint, print_on

_GLOW = (130, 226, 170)


def usb(c: Canvas, p: Paint) -> None:
    """A memory stick, swivel or capped, lying aslant."""
    swivel = p.chance(0.5)
    with c.placed(1, 0, 2, p.pick(-32, -24, 28)):
        c.soft(rounded(16, 42, 88, 64, 4), (28, 30, 45), 0.32)
        c.rect(60, 42.5, 84, 57.5, STEEL, "down", 1)
        for y in (46, 51.5):
            c.rect(72, y, 77, y + 3, (94, 98, 106), "flat", 0.5)
        c.rect(14, 38, 64, 62, p.main, "down", 5)
        if swivel:
            c.rect(20, 36, 66, 64, mix(STEEL, p.main, 0.15), "down", 6)
            c.oval(30, 50, 5, 5, tone(STEEL, -0.3))
            c.oval(30, 50, 3.4, 3.4, tone(STEEL, 0.3))
            c.text(50, 50, p.pick("32GB", "64GB", "128GB"), 6, INK)
        else:
            c.oval(20, 50, 2.8, 2.8, tone(p.main, -0.5))
            print_on(c, p, 42, 50, 15)
        if p.chance(0.6):
            c.stroke(
                smooth([(20, 50), (8, 44), (4, 54), (13, 62), (18, 53)], closed=False),
                1.3,
                p.accent,
            )


def charger(c: Canvas, p: Paint) -> None:
    """A wall plug with one to three ports."""
    c.shadow(50, 82, 30, 4)
    ports = p.pick(1, 2, 3)
    for x in (41, 55):
        c.rect(x, 14, x + 4, 32, STEEL, "metal", 1)
    c.rect(27, 28, 73, 82, tone(p.main, -0.12), "round", 8)
    c.rect(27, 32, 73, 82, p.main, "soft", 7)
    c.rect(31, 50, 69, 77, tone(p.main, -0.1), "soft", 4)
    for i in range(ports):
        y = 63.5 + (i - (ports - 1) / 2) * 8
        if i == ports - 1 and ports > 1:
            c.rect(41, y - 2.4, 59, y + 2.4, (40, 44, 52), "flat", 0.6)
            c.rect(43, y - 1.4, 57, y + 0.2, p.accent)
        else:
            c.rect(43, y - 2, 57, y + 2, (40, 44, 52), "flat", 2)
            c.rect(45.4, y - 0.5, 54.6, y + 0.5, STEEL)
    c.text(
        50,
        41,
        p.pick("20W", "33W", "65W", "GaN"),
        6.4,
        tone(p.main, -0.45) if sum(p.main) > 300 else PAPER,
    )


def cable(c: Canvas, p: Paint) -> None:
    """A coiled cable with two plugs."""
    plug = p.pick(p.dark, STEEL, PAPER, INK)
    c.shadow(52, 75, 26, 6, 0.22, 3)
    braided = p.chance(0.5)
    for i, r in enumerate((28, 24.6, 21.2)):
        c.tube(arc(50, 47 + i * 0.6, r, r * 0.86, 0, 360), 3.6, tone(p.main, 0.05 * i))
        if braided:
            for a in range(0, 360, 12):
                x, y = arc(50, 47 + i * 0.6, r, r * 0.86, a, a + 1)[0]
                c.oval(x, y, 0.5, 0.5, tone(p.main, -0.35))
    c.rect(45, 68, 55, 76, p.accent, "round", 2)
    for x, end in ((30, 62), (70, 68)):
        c.tube(smooth([(50, 72), ((50 + x) / 2, 78), (x, end + 10)], closed=False), 3.6, p.main)
        c.rect(x - 5, end + 8, x + 5, end + 20, plug, "round", 2)
        c.rect(x - 3.4, end + 19.5, x + 3.4, end + 26, STEEL, "metal", 1.6)


def powerbank(c: Canvas, p: Paint) -> None:
    """A power bank upright, display or charge lights, maybe a cable."""
    c.shadow(54, 88, 30, 4)
    c.rect(33, 12, 74, 88, tone(p.main, -0.3), "flat", 8)
    c.rect(29, 12, 69, 88, p.main, "soft", 8)
    c.rect(42, 10.6, 56, 13, INK, "flat", 1)
    if p.chance(0.5):
        c.rect(37, 24, 61, 38, (24, 28, 34), "across", 2.5)
        c.text(49, 31, p.pick("88", "100", "67") + "%", 8, _GLOW)
    else:
        for i in range(4):
            c.oval(41 + i * 5.4, 24, 1.3, 1.3, _GLOW if i < 3 else p.darker)
    if p.chance(0.35):
        c.stroke(arc(49, 60, 13, 13, 0, 360), 2.2, tone(p.main, -0.14))
        c.stroke(arc(49, 60, 9, 9, 0, 360), 0.8, p.on_main)
    else:
        c.text(49, 58, p.pick("10000", "20000", "5000"), 7, p.on_main)
        c.text(49, 66, "mAh", 4.6, p.on_main)
    if p.chance(0.4):
        c.tube(smooth([(68, 20), (80, 24), (79, 50), (72, 62)], closed=False), 2.8, p.dark)
        c.rect(68, 60, 75, 69, p.dark, "round", 1.5)


def headphones(c: Canvas, p: Paint) -> None:
    """Over-ear headphones; headsets have a microphone boom."""
    c.shadow(50, 88, 30, 3.4)
    c.stroke(arc(50, 48, 31, 35, 184, 356), 7.6, p.dark)
    c.stroke(arc(50, 48, 31, 35, 184, 356), 5, p.main)
    c.stroke(arc(50, 48, 29.6, 33.6, 205, 335), 3, p.accent if p.chance(0.4) else p.dark)
    for x, way in ((21, 1), (79, -1)):
        c.rect(x - 2, 42, x + 2, 54, STEEL, "metal", 1)
        c.oval(x + way * 5, 62, 8, 18, INK, "round")
        c.oval(x - way * 0.4, 62, 8.6, 19, p.main, "ball")
        c.oval(x - way * 1, 62, 5, 12, tone(p.main, -0.14), "across")
        c.oval(x - way * 1, 62, 1.8, 3.6, p.accent)
    if p.chance(0.4):
        c.tube(smooth([(22, 74), (30, 86), (43, 85)], closed=False), 2.2, INK)
        c.rect(41, 82, 50, 88, INK, "down", 3)


def webcam(c: Canvas, p: Paint) -> None:
    """A camera on a clip or small stand."""
    c.shadow(50, 86, 26, 4)
    c.shape([(44, 56), (56, 56), (60, 80), (40, 80)], tone(p.main, -0.2), "round")
    c.rect(30, 78, 70, 86, p.dark, "down", 3)
    if p.chance(0.5):
        c.rect(14, 28, 86, 60, p.main, "down", 15)
        c.rect(17, 31, 83, 57, (28, 30, 36), "across", 12)
        for x in (26, 74):
            for dy in (-3, 0, 3):
                c.oval(x, 44 + dy, 0.8, 0.8, (90, 96, 104))
    else:
        c.oval(50, 42, 27, 25, p.main, "ball")
        c.oval(50, 42, 20, 19, (28, 30, 36), "across")
    c.oval(50, 44, 12.4, 12.4, (60, 64, 72), "metal")
    c.oval(50, 44, 10, 10, (18, 20, 28))
    c.oval(50, 44, 6.4, 6.4, (44, 62, 110), "ball")
    c.oval(47, 41, 2, 2, (230, 238, 250))
    c.oval(66, 37, 1.2, 1.2, _GLOW)


def keyboard(c: Canvas, p: Paint) -> None:
    """A keyboard from above, with accent keys."""
    dark_keys = sum(p.main) < 300
    key = tone(p.main, 0.2) if dark_keys else tone(p.main, 0.5)
    alt = p.accent if p.chance(0.6) else tone(p.main, -0.2)
    with c.placed(1, 0, 0, p.pick(-7, -4, 5)):
        c.soft(rounded(7, 33, 97, 74, 4), (28, 30, 45), 0.34)
        c.rect(4, 29, 96, 70, tone(p.main, -0.25), "flat", 4)
        c.rect(4, 28, 96, 68, p.main, "soft", 4)
        for row in range(5):
            for col in range(14):
                x, y = 7 + col * 6.15, 31 + row * 7.2
                if row == 4 and 3 <= col <= 8:
                    continue
                face = alt if col in (0, 13) or (row == 4 and col < 3) else key
                c.rect(x, y + 0.8, x + 5.4, y + 6.4, tone(face, -0.3), "flat", 1)
                c.rect(x + 0.3, y, x + 5.1, y + 5.2, face, "flat", 1)
        c.rect(25.5, 60.6, 62, 66.2, tone(key, -0.3), "flat", 1)
        c.rect(25.8, 59.8, 61.7, 65, key, "flat", 1)


def mouse(c: Canvas, p: Paint) -> None:
    """A mouse from above; wired ones trail a cord."""
    c.soft([*arc(54, 58, 23, 34, 0, 360)], (28, 30, 45), 0.32, 3)
    if p.chance(0.3):
        c.tube(smooth([(50, 24), (50, 12), (62, 6), (80, 10)], closed=False), 2.2, INK)
    body = [
        (50, 17),
        (66, 24),
        (71, 44),
        (70, 68),
        (61, 84),
        (50, 87),
        (39, 84),
        (30, 68),
        (29, 44),
        (34, 24),
    ]
    c.blob(body, p.main, "ball")
    c.stroke(smooth([(50, 17), (50, 46)], closed=False), 0.9, p.darker)
    c.stroke(
        smooth([(30, 47), (40, 50), (50, 47), (60, 50), (70, 47)], closed=False), 0.9, p.darker
    )
    c.rect(46.8, 26, 53.2, 41, p.darker, "flat", 3)
    c.rect(47.8, 28, 52.2, 39, p.pick(p.accent, STEEL, INK), "down", 2)
    if p.chance(0.5):
        c.oval(50, 70, 3.4, 3.4, p.on_main)
    else:
        c.text(50, 70, p.mark, 4.4, p.on_main)


def laptopstand(c: Canvas, p: Paint) -> None:
    """A stand from the side, a laptop on it."""
    c.shadow(50, 87, 40, 3.4)
    c.shape([(14, 83), (82, 83), (84, 87.4), (12, 87.4)], p.main, "metal")
    c.shape([(66, 84), (72, 84), (44, 56), (38, 57)], tone(p.main, -0.18), "across")
    c.shape([(28, 84), (34, 84), (60, 50), (54, 48)], p.main, "across")
    c.oval(49, 64, 2.4, 2.4, tone(p.main, -0.4), "ball")
    c.shape([(12, 66), (84, 44), (85, 48), (13, 70.4)], p.main, "across")
    c.rect(10, 62, 14, 71, tone(p.main, -0.15), "flat", 1)
    c.shape([(14, 62), (82, 41), (82.6, 44), (14.6, 65.4)], (150, 156, 164), "across")
    c.shape([(82, 41), (92, 10), (34, 10), (26, 58)], INK, "across")
    glow = mix(p.accent, (34, 44, 70), 0.4)
    c.shape([(79.6, 39), (88, 13), (37, 13), (30, 54)], glow, "across")
    c.oval(58, 28, 6, 6, tone(glow, 0.35))


def phonecase(c: Canvas, p: Paint) -> None:
    """The back of a phone case, camera island top left."""
    with c.placed(1, 0, 0, p.pick(-10, -5, 7)):
        c.soft(rounded(32, 12, 74, 92, 8), (28, 30, 45), 0.34)
        c.rect(28, 9, 71, 90, tone(p.main, -0.22), "flat", 9)
        c.rect(29.6, 10.6, 69.4, 88.4, p.main, "across", 8)
        c.rect(33, 14, 53, 35, tone(p.main, -0.16), "soft", 6)
        for x, y in ((38.6, 19.6), (47.4, 29.4), (38.6, 29.4)):
            c.oval(x, y, 4, 4, (40, 42, 50), "ball")
            c.oval(x, y, 2.2, 2.2, (24, 34, 62))
        c.oval(47.6, 19.4, 1.6, 1.6, (250, 244, 220))
        if p.chance(0.35):
            c.stroke(arc(49.5, 58, 12, 12, 0, 360), 2.4, p.on_main)
            c.rect(48.4, 73, 50.6, 82, p.on_main, "flat", 1)
        else:
            print_on(c, p, 49.5, 62, 22)


def ledstrip(c: Canvas, p: Paint) -> None:
    """A reel of glowing strip."""
    glow = mix(p.main, (255, 255, 255), 0.35)
    c.shadow(48, 84, 32, 3)
    c.soft(arc(48, 48, 34, 34, 0, 360), p.main, 0.55, 4)
    tape = smooth([(48, 80), (66, 84), (82, 78), (92, 84), (104, 80)], closed=False)
    c.stroke(tape, 6, (238, 238, 234))
    for x, y in tape[::3]:
        c.oval(x, y, 1.8, 1.8, glow)
    for r in (32, 26, 20):
        c.stroke(arc(48, 48, r, r, 0, 360), 5.4, (240, 240, 236))
        for a in range(0, 360, 15 if r > 24 else 22):
            x, y = arc(48, 48, r, r, a, a + 1)[0]
            c.oval(x, y, 2.3, 2.3, mix(p.main, (255, 255, 255), 0.1))
            c.oval(x, y, 1.2, 1.2, tone(glow, 0.6))
    c.oval(48, 48, 14, 14, INK, "across")
    c.oval(48, 48, 5, 5, tone(INK, 0.3))


def battery(c: Canvas, p: Paint) -> None:
    """Batteries standing in a row."""
    count = p.pick(2, 3, 4)
    c.shadow(50, 84, 14 + count * 7, 4)
    top = p.pick((206, 160, 84), STEEL, p.accent)
    size = p.pick("AA", "AAA", "AA")
    wide, high = (15, 54) if size == "AA" else (12, 50)
    for i in range(count):
        x = 50 + (i - (count - 1) / 2) * (wide + 2.6)
        y = 82 - high
        c.rect(x - 2.6, y - 4, x + 2.6, y + 2, STEEL, "metal", 1)
        c.rect(x - wide / 2, y, x + wide / 2, 83, p.main, "metal", 2)
        c.rect(x - wide / 2, y, x + wide / 2, y + high * 0.3, top, "metal", 2)
        c.rect(x - wide / 2, 81, x + wide / 2, 83.4, STEEL, "metal", 1)
        c.text(x, y + high * 0.6, size, 5, PAPER if sum(p.main) < 480 else INK)
        c.text(x, y + high * 0.13, "+", 6, PAPER)


DIGITAL = {
    "usb": usb, "charger": charger, "cable": cable, "powerbank": powerbank, "headphones": headphones,
    "webcam": webcam, "keyboard": keyboard, "mouse": mouse, "laptopstand": laptopstand,
    "phonecase": phonecase, "ledstrip": ledstrip, "battery": battery,
}  # fmt: skip
