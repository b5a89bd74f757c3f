"""A small drawing board in units of 0 to 100, y downwards, drawn at twice the size.

Every shape is a polygon that goes through the current placement (scale, shift, turn), so one
drawing serves as front view, detail, group and next to its box. Shading is a tiny picture of
light and dark stretched over the shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import cos, pi, radians, sin

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from xport.sandbox.world.colours import Rgb

Point = tuple[float, float]
OVERSAMPLING = 2

# Rows of lightening (above 0) and darkening (below 0), stretched over a shape's bounding box.
_SHADES: dict[str, list[list[float]]] = {
    "round": [[-0.26, -0.04, 0.2, 0.1, 0.0, -0.1, -0.28]],
    "metal": [[-0.36, 0.05, 0.42, 0.1, -0.16, 0.12, -0.3]],
    "down": [[0.16], [0.02], [-0.16]],
    "up": [[-0.16], [0.0], [0.14]],
    "across": [[0.2, 0.02], [0.03, -0.17]],
    "soft": [[0.1, 0.02], [0.02, -0.1]],
    "ball": [
        [0.05, 0.18, 0.1, -0.05, -0.2],
        [0.15, 0.4, 0.22, 0.02, -0.15],
        [0.05, 0.2, 0.12, -0.03, -0.2],
        [-0.1, 0.0, -0.04, -0.14, -0.28],
        [-0.25, -0.16, -0.18, -0.28, -0.38],
    ],
    "glass": [[-0.1, 0.3, 0.12, 0.05, 0.12, 0.3, -0.14]],
}


def tone(colour: Rgb, amount: float) -> Rgb:
    """Towards white (amount > 0) or towards black (amount < 0)."""
    goal = 255 if amount > 0 else 0
    share = abs(amount)
    red, green, blue = (round(part + (goal - part) * share) for part in colour)
    return red, green, blue


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def brightness(colour: Rgb) -> float:
    """0 (black) to 1 (white)."""
    return (0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]) / 255


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> list[Point]:
    """Corners of a rectangle with round corners."""
    r = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    if r <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    corners = (
        (x1 - r, y0 + r, -90),
        (x1 - r, y1 - r, 0),
        (x0 + r, y1 - r, 90),
        (x0 + r, y0 + r, 180),
    )
    return [
        (cx + r * cos(radians(start + 15 * i)), cy + r * sin(radians(start + 15 * i)))
        for cx, cy, start in corners
        for i in range(7)
    ]  # fmt: skip


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> list[Point]:
    """Points on an ellipse between two angles in degrees; 0 is right, 90 is down."""
    steps = max(6, int(abs(end - start) / 7))
    angles = [radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * cos(angle), cy + ry * sin(angle)) for angle in angles]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 6) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)

    def at(i: int) -> Point:
        return points[i % count if closed else min(max(i, 0), count - 1)]

    curve = []
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        for step in range(steps):
            t = step / steps
            curve.append(
                (_spline(t, p0[0], p1[0], p2[0], p3[0]), _spline(t, p0[1], p1[1], p2[1], p3[1]))
            )
    return curve if closed else [*curve, points[-1]]  # fmt: skip


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    bend = (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    return 0.5 * (2 * b + (c - a) * t + bend)


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


class Canvas:
    """The board. Colours are RGB, lengths are hundredths of the picture's side."""

    def __init__(self, size: int) -> None:
        """`size` is the side of the finished picture in pixels."""
        self.size = size
        self.side = size * OVERSAMPLING
        self.image = Image.new("RGB", (self.side, self.side), (255, 255, 255))
        self._pen = ImageDraw.Draw(self.image)
        self._unit = self.side / 100
        self._place = (1.0, 0.0, 0.0, 0.0)

    @contextmanager
    def placed(self, scale: float, x: float, y: float, turn: float = 0) -> Iterator[None]:
        """Draw scaled about (50, 50), then moved by (x, y); `turn` in degrees, clockwise."""
        before = self._place
        outer_scale, outer_turn, outer_x, outer_y = before
        move_x, move_y = self._turned(x, y, outer_turn)
        self._place = (
            outer_scale * scale,
            outer_turn + turn,
            outer_x + move_x * outer_scale,
            outer_y + move_y * outer_scale,
        )
        try:
            yield
        finally:
            self._place = before

    @staticmethod
    def _turned(x: float, y: float, turn: float) -> Point:
        if not turn:
            return x, y
        angle = turn * pi / 180
        return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)

    def _pixels(self, points: Sequence[Point]) -> list[Point]:
        scale, turn, dx, dy = self._place
        unit = self._unit
        placed = []
        for x, y in points:
            tx, ty = self._turned(x - 50, y - 50, turn)
            placed.append(((tx * scale + 50 + dx) * unit, (ty * scale + 50 + dy) * unit))
        return placed

    def shape(self, points: Sequence[Point], colour: Rgb, shade: str = "flat") -> None:
        """Fill a polygon."""
        placed = self._pixels(points)
        if shade == "flat":
            self._pen.polygon(placed, fill=colour)
            return
        box = self._box(placed)
        if box is None:
            return
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in placed], fill=255)
        full = (
            int(min(x for x, _ in placed)),
            int(min(y for _, y in placed)),
            int(max(x for x, _ in placed)) + 1,
            int(max(y for _, y in placed)) + 1,
        )
        light = _light(colour, shade)
        wide, high = full[2] - full[0], full[3] - full[1]
        part = (
            (left - full[0]) / wide * light.width,
            (top - full[1]) / high * light.height,
            (right - full[0]) / wide * light.width,
            (bottom - full[1]) / high * light.height,
        )
        filled = light.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=part)
        self.image.paste(filled, (left, top), mask)

    def _box(self, placed: Sequence[Point]) -> tuple[int, int, int, int] | None:
        left = max(0, int(min(x for x, _ in placed)))
        top = max(0, int(min(y for _, y in placed)))
        right = min(self.side, int(max(x for x, _ in placed)) + 1)
        bottom = min(self.side, int(max(y for _, y in placed)) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: Rgb,
        shade: str = "flat",
        radius: float = 0,
    ) -> None:
        """A rectangle, corners rounded by `radius`."""
        self.shape(rounded(x0, y0, x1, y1, radius), colour, shade)

    def oval(
        self, cx: float, cy: float, rx: float, ry: float, colour: Rgb, shade: str = "flat"
    ) -> None:
        """An ellipse by its middle and half axes."""
        self.shape(arc(cx, cy, rx, ry, 0, 360), colour, shade)

    def blob(self, points: Sequence[Point], colour: Rgb, shade: str = "flat") -> None:
        """A soft closed shape through the points."""
        self.shape(smooth(points), colour, shade)

    def stroke(
        self, points: Sequence[Point], width: float, colour: Rgb, *, ends: bool = True
    ) -> None:
        """A line with round joints and, unless told otherwise, round ends."""
        placed = self._pixels(points)
        thick = max(1, round(width * self._unit * self._place[0]))
        self._pen.line(placed, fill=colour, width=thick, joint="curve")
        if ends:
            r = thick / 2
            for x, y in (placed[0], placed[-1]):
                self._pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def tube(self, points: Sequence[Point], width: float, colour: Rgb) -> None:
        """A round cord: dark rim, body, and a light along its upper side."""
        self.stroke(points, width, tone(colour, -0.28))
        self.stroke(points, width * 0.72, colour)
        lifted = [(x - width * 0.12, y - width * 0.14) for x, y in points]
        self.stroke(lifted, width * 0.2, tone(colour, 0.32))

    def text(self, x: float, y: float, words: str, height: float, colour: Rgb) -> None:
        """Words centred on a point; Pillow's own font, so Latin only. Not turned."""
        px = max(6, round(height * self._unit * self._place[0]))
        spot = self._pixels([(x, y)])[0]
        self._pen.text(spot, words, font=_font(px), fill=colour, anchor="mm")

    def shadow(
        self, cx: float, cy: float, rx: float, ry: float, strength: float = 0.3, blur: float = 2.2
    ) -> None:
        """A soft dark ellipse, under things."""
        self.soft(arc(cx, cy, rx, ry, 0, 360), (28, 30, 45), strength, blur)

    def soft(
        self, points: Sequence[Point], colour: Rgb, strength: float, blur: float = 2.2
    ) -> None:
        """A blurred polygon, mixed in by `strength`; made small, since it is blurred anyway."""
        small = 160
        reach = blur * 3 * self._unit * self._place[0]
        placed = self._pixels(points)
        box = self._box(
            [(x + dx, y + dy) for x, y in placed for dx, dy in ((reach, reach), (-reach, -reach))]
        )
        if box is None:
            return
        left, top, right, bottom = box
        share = min(1.0, small / max(right - left, bottom - top))
        wide, high = max(2, int((right - left) * share)), max(2, int((bottom - top) * share))
        mask = Image.new("L", (wide, high), 0)
        inner = [((x - left) * share, (y - top) * share) for x, y in placed]
        ImageDraw.Draw(mask).polygon(inner, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(reach / 3 * share))
        self.image.paste(
            colour, box, mask.resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        )

    def wash(self, colours: Sequence[Sequence[Rgb]]) -> None:
        """Fill the whole picture with a smooth blend of a grid of colours."""
        grid = Image.new("RGB", (len(colours[0]), len(colours)))
        grid.putdata([colour for row in colours for colour in row])
        self.image.paste(grid.resize(self.image.size, Image.Resampling.BICUBIC), (0, 0))

    def finished(self) -> Image.Image:
        """The picture at its own size."""
        return self.image.reduce(OVERSAMPLING)


@lru_cache(maxsize=512)
def _light(colour: Rgb, shade: str) -> Image.Image:
    rows = _SHADES[shade]
    tiny = Image.new("RGB", (len(rows[0]), len(rows)))
    tiny.putdata([tone(colour, amount) for row in rows for amount in row])
    # Once enlarged, so that a cut-out of the shape keeps the same gradient.
    wide, high = (64 if side > 1 else 1 for side in tiny.size)
    return tiny.resize((wide, high), Image.Resampling.BICUBIC)
