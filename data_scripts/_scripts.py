"""Invented alphabets, and the hands that write them.

The alphabets belong to the generator and never change; a seed chooses the people. So characters drawn from another
seed are the same characters in other hands.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from data_scripts._random import Floats, Stream, gauss_of_each

PIXELS = 105
_SPACING = 0.008  # between points of a stroke, in heights of a character: less than a pixel

_END = np.linspace(0.1, 1.0, 8)[:, None]  # how much each of the last points of a stroke is moved

Stroke = Floats
"""Points of one stroke, "point xy", in heights of a character; y grows downward."""


@dataclass(frozen=True)
class Hand:
    """How one person draws."""

    slant: float
    width: float
    size: float
    right: float
    down: float
    pen: float
    wobble: float
    sloppy: float
    round: int
    overshoot: float


def new_hand(stream: Stream) -> Hand:
    """A person: some write large and round, some small, slanted and shaky."""
    slant, wobble, right, down = stream.gauss(4).tolist()
    return Hand(
        slant=0.20 * slant,
        width=stream.one(0.80, 1.18),
        size=stream.one(0.46, 0.70),
        right=7.0 * right,
        down=7.0 * down,
        pen=stream.one(1.9, 2.5),
        wobble=0.006 + 0.008 * abs(wobble),
        sloppy=stream.one(0.02, 0.065),
        round=stream.pick(9),
        overshoot=stream.one(-0.03, 0.05),
    )


def new_alphabet(name: str, characters: int) -> list[list[Stroke]]:
    """The characters of an invented alphabet: lists of strokes.

    All of them use the same few anchor points, the same liking for straight or curved strokes, and many share a
    mark, such as a bar on top: that is what makes an alphabet recognizable.
    """
    stream = Stream("omniglot", "alphabet", name)
    rows, columns = 3 + stream.pick(2), 2 + stream.pick(2)
    aspect = stream.one(0.65, 1.05)
    grid = [(x * aspect / (columns - 1), y / (rows - 1)) for y in range(rows) for x in range(columns)]
    anchors = np.array(grid) + 0.07 * stream.gauss(2 * len(grid)).reshape(-1, 2)
    lean = stream.one(-0.15, 0.15)
    anchors[:, 0] += lean * (0.5 - anchors[:, 1])
    style = {
        "curved": (0.1, 0.4, 0.7, 0.95)[stream.pick(4)],
        "bulge": stream.one(0.35, 0.8),
        "strokes": (1, 1, 2, 2, 3)[stream.pick(5)],
        "steps": (1, 2, 2, 3)[stream.pick(4)],
        "loops": (0.0, 0.1, 0.35)[stream.pick(3)],
        "dots": (0.0, 0.0, 0.3)[stream.pick(3)],
        "turns": stream.one(-1, 1),
    }
    mark = _mark(stream, aspect)
    mark_share = stream.one(0.45, 0.95) if stream.one() < 0.75 else 0.0
    made: list[list[Stroke]] = []
    looks: list[int] = []
    tries = 0
    while len(made) < characters:
        tries += 1
        strokes = [mark] if stream.one() < mark_share else []
        for _ in range(int(style["strokes"]) + stream.pick(2)):
            strokes.append(_stroke(stream, anchors, style))
        if stream.one() < style["dots"]:
            place = anchors[stream.pick(len(anchors))]
            strokes.append(_circle(place + 0.06, 0.025))
        length = sum(len(stroke) for stroke in strokes) * _SPACING
        look = _look(strokes)
        near = min(((look ^ other).bit_count() for other in looks), default=99)
        wanted = 14 if tries < 60 * characters else 7
        if 1.3 <= length <= 5.5 and near >= wanted:
            made.append(strokes)
            looks.append(look)
    return made


def _mark(stream: Stream, aspect: float) -> Stroke:
    kind = stream.pick(6)
    if kind == 0:  # a bar on top
        return _curve((-0.1, 0.0), (aspect / 2, stream.one(-0.03, 0.03)), (aspect + 0.1, 0.0))
    if kind == 1:  # a stem
        x = aspect * stream.one(0.0, 1.0)
        return _curve((x, -0.05), (x + stream.one(-0.06, 0.06), 0.5), (x, 1.05))
    if kind == 2:  # a small ring
        return _circle(np.array([aspect * stream.one(0.1, 0.9), stream.one(0.05, 0.3)]), stream.one(0.08, 0.13))
    if kind == 3:  # a bow that opens upward or downward
        return _curve((0.0, 0.15), (aspect / 2, stream.one(-0.4, 0.6)), (aspect, 0.15))
    if kind == 4:  # a base line with a hook
        return np.concatenate(
            [
                _curve((0.0, 1.0), (aspect / 2, 1.03), (aspect, 1.0)),
                _curve((aspect, 1.0), (aspect + 0.15, 0.9), (aspect, 0.75)),
            ]
        )
    x = aspect * stream.one(0.2, 0.8)  # an oblique tick
    return _curve((x, 0.35), (x + 0.1, 0.2), (x + 0.22, -0.08))


def _stroke(stream: Stream, anchors: Floats, style: dict[str, float]) -> Stroke:
    place = stream.pick(len(anchors))
    if stream.one() < style["loops"]:
        return _circle(anchors[place] * 0.7 + 0.12, stream.one(0.1, 0.22))
    parts = []
    for _ in range(1 + stream.pick(int(style["steps"]))):
        others = [other for other in range(len(anchors)) if other != place]
        goal = others[stream.pick(len(others))]
        start, end = anchors[place], anchors[goal]
        bulge = 0.0
        if stream.one() < style["curved"]:
            side = 1.0 if stream.one(-1, 1) < style["turns"] else -1.0
            bulge = side * style["bulge"] * stream.one(0.7, 1.3)
        away = np.array([start[1] - end[1], end[0] - start[0]])
        parts.append(_curve(start, (start + end) / 2 + bulge * away, end))
        place = goal
    return np.concatenate(parts)


def _curve(start: object, control: object, end: object) -> Stroke:
    """A quadratic Bézier curve as points."""
    a, b, c = (np.asarray(point, dtype=float) for point in (start, control, end))
    way = abs(b - a).max() + abs(c - b).max()
    of_a, of_b, of_c = _bernstein(max(int(1.3 * way / _SPACING), 4))
    return of_a * a + of_b * b + of_c * c


@cache
def _bernstein(count: int) -> tuple[Floats, Floats, Floats]:
    """The share of each of the three points in each of `count` points of a quadratic Bézier curve."""
    t = np.linspace(0.0, 1.0, count)[:, None]
    return (1 - t) * (1 - t), 2 * t * (1 - t), t * t


def _circle(center: Floats, radius: float) -> Stroke:
    r = radius
    corners = [(0, -r), (r, -r), (r, 0), (r, r), (0, r), (-r, r), (-r, 0), (-r, -r), (0, -r)]
    points = [np.asarray(center) + corner for corner in corners]
    return np.concatenate([_curve(points[at], points[at + 1], points[at + 2]) for at in (0, 2, 4, 6)])


def _look(strokes: list[Stroke]) -> int:
    """The character on 10 x 10 squares, as the bits of a number, to tell two apart."""
    points = np.concatenate(strokes)
    places = np.clip(((points + 0.15) * (10 / 1.35)).astype(np.int64), 0, 9)
    look = np.zeros((10, 10), dtype=bool)
    look[places[:, 1], places[:, 0]] = True
    return int.from_bytes(np.packbits(look).tobytes(), "big")


def draw(strokes: list[Stroke], hands: Sequence[Hand], streams: Sequence[Stream]) -> np.ndarray:
    """The character once by each hand: "hand row column", True where the paper is (the value 1 of the real pictures).

    Each hand has its stream of random numbers; all are drawn at once, as arrays "hand point xy".
    """
    chance = gauss_of_each(streams, 6 + 16 * len(strokes))
    slant, width, size, right, down, wobble, own, overshoot = np.array(
        [(one.slant, one.width, one.size, one.right, one.down, one.wobble, one.sloppy, one.overshoot) for one in hands]
    ).T[..., None]
    first = chance.T[:6, :, None]
    leaning = slant + own * first[0]
    wide, tall = width * (1 + 1.5 * own * first[1]), 1 + 1.5 * own * first[2]
    turn = own * 0.9 * first[3]
    everything = np.concatenate(strokes)
    middle = (everything.min(axis=0) + everything.max(axis=0)) / 2
    columns, rows = [], []
    for number, stroke in enumerate(strokes):
        luck = chance[:, 6 + 16 * number : 22 + 16 * number, None]
        worn = {width: _worn(stroke, width) for width in {one.round for one in hands}}
        points = np.stack([worn[one.round] for one in hands]) - middle
        if len(stroke) > 20:  # ends too early or too late
            extra = overshoot + 0.5 * own * luck[:, 0]
            tail = points[:, -1:] - points[:, -8:-7]
            points[:, -8:] += (extra * 6)[..., None] * tail * _END
        points = points * (1 + own * luck[:, 1])[..., None] + (1.2 * own * luck[:, 2:4, 0])[:, None]
        points = points + (wobble * 2.2)[..., None] * _wave_of(luck[:, 4:16].reshape(-1, 6, 2), len(stroke))
        x, y = points[..., 0], points[..., 1]
        columns.append(wide * (x - (leaning + turn) * y))
        rows.append(tall * (y + turn * x))
    scale = size * PIXELS
    columns_of_all = np.concatenate(columns, axis=1) * scale + (PIXELS / 2 + right + 2.5 * first[4])
    rows_of_all = np.concatenate(rows, axis=1) * scale + (PIXELS / 2 + down + 2.5 * first[5])
    return ~_inked(rows_of_all, columns_of_all, [one.pen for one in hands])


def _worn(stroke: Stroke, width: int) -> Stroke:
    """The stroke with its corners rounded: a running mean over `width` points to each side."""
    if width == 0 or len(stroke) <= 2 * width:
        return stroke
    padded = np.concatenate([np.repeat(stroke[:1], width, 0), stroke, np.repeat(stroke[-1:], width, 0)])
    total = np.zeros_like(stroke)
    for offset in range(2 * width + 1):
        total += padded[offset : offset + len(stroke)]
    return total / (2 * width + 1)


def _wave_of(knots: Floats, count: int) -> Floats:
    """Smooth paths through random offsets ("hand knot xy")."""
    left, smooth = _between(knots.shape[1], count)
    before = knots[:, left]
    return before + smooth * (knots[:, left + 1] - before)


@cache
def _between(knots: int, count: int) -> tuple[np.ndarray, Floats]:
    """For each of `count` points the knot before it, and the share of the next one."""
    position = np.linspace(0.0, knots - 2.0001, count)
    left = position.astype(np.int64)
    t = (position - left)[:, None]
    return left, t * t * (3 - 2 * t)


@cache
def _brush(radius: float) -> tuple[tuple[int, int], ...]:
    reach = int(radius)
    span = range(-reach, reach + 1)
    return tuple((y, x) for y in span for x in span if y * y + x * x <= radius * radius)


def _inked(rows: Floats, columns: Floats, pens: Sequence[float]) -> np.ndarray:
    """Where the ink is when pens of these radii touch the paper at these points ("hand point", in pixels)."""
    margin = max(int(pen) for pen in pens)
    side = PIXELS + 2 * margin
    down = np.floor(rows + 0.5).astype(np.int64) + margin
    right = np.floor(columns + 0.5).astype(np.int64) + margin
    inside = (down >= 0) & (down < side) & (right >= 0) & (right < side)
    flat = (np.arange(len(pens))[:, None] * side + down) * side + right
    touched = np.zeros((len(pens), side, side), dtype=bool)
    touched.reshape(-1)[flat[inside]] = True
    ink = np.zeros((len(pens), PIXELS, PIXELS), dtype=bool)
    brushes = [_brush(pen) for pen in pens]
    for brush in set(brushes):  # radii differ more than brushes do
        own = [number for number, one in enumerate(brushes) if one == brush]
        theirs = touched[own]
        drawn = np.zeros((len(own), PIXELS, PIXELS), dtype=bool)
        for y, x in brush:
            drawn |= theirs[:, margin + y : margin + y + PIXELS, margin + x : margin + x + PIXELS]
        ink[own] = drawn
    return ink


def as_png(paper: np.ndarray) -> Iterator[bytes]:
    """Drawings ("drawing row column") as one-bit PNG files.

    A file has three chunks, and Pillow takes ten times as long to write one.
    """
    packed = np.packbits(paper, axis=2)
    lines = np.concatenate([np.zeros((*packed.shape[:2], 1), dtype=np.uint8), packed], axis=2)  # 0: no filter
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", paper.shape[2], paper.shape[1], 1, 0, 0, 0, 0))
    for one in lines:
        yield b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", zlib.compress(one, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
