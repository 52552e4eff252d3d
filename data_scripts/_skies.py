"""Procedural skies: one function per kind of cloud, on layers of smooth noise.

Everything is drawn upright on a canvas larger than the picture;
`photographs` then tilts the camera, crops and develops.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from data_scripts._random import Stream

Array = NDArray[np.float32]

PIXELS = 256
CANVAS = 256
_PX = CANVAS / 364  # lengths below are in pixels of a canvas of 364

_ROWS = np.linspace(0.0, 1.0, CANVAS, dtype=np.float32)[:, None]  # 0 at the top
_COLUMNS = _ROWS.T


@dataclass
class Scene:
    """The light of one photograph, and what has been painted so far."""

    stream: Stream
    sky_top: Array
    sky_bottom: Array
    lit: Array
    """Color of a cloud in the light."""
    shade: Array
    """Color of a cloud's shadow side."""
    picture: Array

    def paint(self, color: Array, opacity: NDArray) -> None:
        """Lay a color (three numbers, or three per pixel) over the picture."""
        self.picture += opacity[..., None] * (color - self.picture)

    def tone(self, light: Array) -> Array:
        """Cloud color for a light of 0 (shadow) to 1 (sun) per pixel."""
        return self.shade + np.clip(light, -0.2, 1.15)[..., None] * (self.lit - self.shade)


def noise(stream: Stream, tall: float, wide: float, octaves: int = 5, keep: float = 0.5) -> Array:
    """Smooth noise between about 0 and 1: `tall` x `wide` cells on the canvas, then finer and fainter ones."""
    total = np.zeros((CANVAS, CANVAS), dtype=np.float32)
    strength, weight = 1.0, 0.0
    for _ in range(octaves):
        vertical, horizontal = _spline(tall, stream.one()), _spline(wide, stream.one())
        size = (vertical.shape[1], horizontal.shape[1])
        lattice = stream.uniform(size[0] * size[1]).reshape(size).astype(np.float32)
        total += np.float32(strength) * (vertical @ lattice @ horizontal.T)
        weight += strength * strength
        strength *= keep
        tall, wide = min(tall * 2.0, CANVAS / 2), min(wide * 2.0, CANVAS / 2)
    # the spread of such a sum is about 0.19 per unit of strength: bring it to 0.5 ± 0.19
    middle = np.float32(total.mean())
    return (total - middle) / np.float32(weight**0.5) + np.float32(0.5)


def _spline(cells: float, phase: float) -> Array:
    """Weights (pixels x lattice points) of a cubic B-spline."""
    position = np.arange(CANVAS) * (cells / CANVAS) + phase
    left = position.astype(np.int64)
    t = position - left
    weights = np.zeros((CANVAS, int(left[-1]) + 4), dtype=np.float32)
    rows = np.arange(CANVAS)
    one = 1.0 - t
    weights[rows, left] = one * one * one / 6
    weights[rows, left + 1] = (3 * t * t * t - 6 * t * t + 4) / 6
    weights[rows, left + 2] = (3 * one * one * one - 6 * one * one + 4) / 6
    weights[rows, left + 3] = t * t * t / 6
    return weights


def step(values: Array, low: float, high: float) -> Array:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((values - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def shifted(field: Array, down: Array, right: Array) -> Array:
    """The field, each pixel taken from elsewhere (in pixels): bends straight structures."""
    wanted = np.clip(np.arange(CANVAS, dtype=np.float32)[:, None] + down, 0, CANVAS - 1.001)
    rows = wanted.astype(np.int64)
    columns = np.clip(np.arange(CANVAS)[None, :] + right.astype(np.int64), 0, CANVAS - 1)
    above = field[rows, columns]
    return above + (wanted - rows).astype(np.float32) * (field[rows + 1, columns] - above)


# colors of top, bottom of the sky; of lit and shaded cloud
_LIGHTS = (
    ((0.20, 0.42, 0.76), (0.55, 0.72, 0.90), (0.99, 0.99, 0.99), (0.60, 0.65, 0.73)),  # fine day
    ((0.10, 0.27, 0.60), (0.36, 0.57, 0.82), (0.97, 0.97, 0.97), (0.50, 0.55, 0.64)),  # deep blue
    ((0.42, 0.58, 0.78), (0.76, 0.82, 0.88), (0.97, 0.97, 0.96), (0.60, 0.63, 0.68)),  # haze
    ((0.44, 0.56, 0.70), (0.70, 0.76, 0.82), (0.92, 0.92, 0.92), (0.46, 0.49, 0.53)),  # gray day
    ((0.28, 0.36, 0.58), (0.93, 0.68, 0.47), (0.98, 0.83, 0.68), (0.47, 0.42, 0.50)),  # evening
    ((0.22, 0.29, 0.45), (0.55, 0.56, 0.64), (0.80, 0.78, 0.82), (0.30, 0.33, 0.42)),  # dusk
)
_LIGHT_SHARES = (0.38, 0.60, 0.75, 0.86, 0.95, 1.0)


def new_scene(stream: Stream) -> Scene:
    """An empty sky in a random light."""
    chance, mix = stream.one(), stream.one(0.0, 0.3)
    which = next(number for number, share in enumerate(_LIGHT_SHARES) if chance < share)
    other = stream.pick(len(_LIGHTS))
    blended = [
        np.array(one, dtype=np.float32) * np.float32(1 - mix) + np.array(two, dtype=np.float32) * np.float32(mix)
        for one, two in zip(_LIGHTS[which], _LIGHTS[other], strict=True)
    ]
    top, bottom, lit, shade = blended
    bend = stream.one(0.7, 1.6)
    depth = np.clip(_ROWS * np.float32(bend) + np.float32(stream.one(-0.3, 0.2)), 0, 1)[..., None]
    picture = np.ascontiguousarray(np.broadcast_to(top + depth * (bottom - top), (CANVAS, CANVAS, 3)))
    scene = Scene(stream, top, bottom, lit, shade, picture)
    if stream.one() < 0.3:  # the glow around a sun in or beside the picture
        y, x, width = stream.one(-0.2, 0.8), stream.one(-0.2, 1.2), stream.one(0.15, 0.5)
        distance = ((_ROWS - np.float32(y)) ** 2 + (_COLUMNS - np.float32(x)) ** 2) / np.float32(width * width)
        scene.paint(lit, np.float32(stream.one(0.3, 0.8)) / (1 + 3 * distance))
    return scene


def clear_sky(scene: Scene) -> None:
    """Nothing, or a trace of haze."""
    stream = scene.stream
    if stream.one() < 0.5:
        veil = noise(stream, 2, 1.5, octaves=3)
        scene.paint(scene.lit, np.float32(stream.one(0.03, 0.16)) * step(veil, 0.4, 0.9))


def cirriform(scene: Scene) -> None:
    """Thin white fibers, bent and combed in one direction; the blue shows through."""
    stream = scene.stream
    for _ in range(1 + stream.pick(2)):
        fibers = noise(stream, stream.one(10, 18), stream.one(1.0, 2.2), octaves=4, keep=0.62)
        bend = stream.one(25, 75) * _PX
        down = (noise(stream, 1.6, 1.6, octaves=2) - 0.5) * np.float32(bend * 2)
        fibers = shifted(fibers, down + np.float32(stream.one(-60, 60) * _PX) * (_COLUMNS - 0.5) ** 2, 0 * down)
        patches = step(noise(stream, 2.2, 1.4, octaves=3), stream.one(0.22, 0.36), 0.6)
        opacity = step(fibers, 0.40, stream.one(0.64, 0.80)) * patches
        scene.paint(scene.lit, np.float32(stream.one(0.7, 1.0)) * opacity)


def high_cumuliform(scene: Scene) -> None:
    """Many small cloudlets, in rows or like a fleece."""
    stream = scene.stream
    size = stream.one(24, 44)
    grains = noise(stream, size, size * stream.one(0.55, 1.0), octaves=2, keep=0.4)
    drift = (noise(stream, 1.5, 1.5, octaves=2) - 0.5) * np.float32(stream.one(20, 70) * _PX)
    grains = shifted(grains, drift, 0.5 * drift)
    if stream.one() < 0.55:  # in rows
        turns = (_ROWS * CANVAS + drift * 1.5) * np.float32(size * 0.4 / CANVAS) + 0 * _COLUMNS
        phase = turns - np.floor(turns)
        grains = grains + np.float32(stream.one(0.15, 0.35)) * (4 * phase * (1 - phase) - 0.6)
    cover = noise(stream, 1.7, 1.7, octaves=3)
    edge = np.float32(stream.one(0.46, 0.58)) - np.float32(0.4) * (cover - np.float32(stream.one(0.4, 0.6)))
    inside = grains - edge
    opacity = step(inside, -0.06, stream.one(0.14, 0.24))
    light = 0.85 + 0.5 * (grains - np.roll(grains, 2, axis=0)) + 0.25 * step(inside, 0.0, 0.3)
    scene.paint(scene.tone(light), np.float32(stream.one(0.55, 0.95)) * opacity)


def stratiform(scene: Scene) -> None:
    """A sheet without features: gray, even, a little lighter here and there."""
    stream = scene.stream
    sheet = noise(stream, stream.one(1.5, 4.0), stream.one(0.8, 2.0), octaves=4, keep=0.45)
    tilt = np.float32(stream.one(-0.25, 0.35)) * (0.5 - _ROWS) + 0 * _COLUMNS
    light = np.float32(stream.one(0.25, 0.75)) + np.float32(stream.one(0.3, 0.8)) * (sheet - 0.5) + tilt
    cover = np.clip(np.float32(stream.one(0.88, 1.0)) + 0 * sheet, 0, 1)
    scene.paint(scene.tone(light), cover)


def stratocumulus(scene: Scene) -> None:
    """Gray lumps and rolls that cover most of the sky, with brighter seams."""
    stream = scene.stream
    tall = stream.one(4.5, 9)
    lumps = noise(stream, tall, tall * stream.one(0.35, 0.9), octaves=5, keep=0.45)
    drift = (noise(stream, 1.5, 1.5, octaves=2) - 0.5) * np.float32(stream.one(20, 60) * _PX)
    lumps = shifted(lumps, drift, -0.6 * drift)
    gap = stream.one(0.22, 0.42)
    opacity = step(lumps, gap, gap + 0.14)
    relief = lumps - np.roll(lumps, 4, axis=0)
    light = np.float32(stream.one(0.75, 1.0)) - np.float32(stream.one(1.4, 2.2)) * (lumps - np.float32(gap))
    scene.paint(scene.tone(light + 0.8 * relief), np.float32(stream.one(0.9, 1.0)) * opacity)


def cumulus(scene: Scene) -> None:
    """Separate heaps with a flat, gray base and a round, bright top."""
    stream = scene.stream
    number = 2 + stream.pick(6)
    relief = noise(stream, 10, 10, octaves=5, keep=0.54)
    for depth in np.sort(stream.uniform(number)):  # far ones first
        width = (0.16 + 0.34 * depth) * stream.one(0.7, 1.2)
        base = 0.30 + 0.5 * depth + stream.one(-0.18, 0.18)
        _heap(scene, relief, stream.one(0.05, 0.95), base, width, width * stream.one(0.35, 0.8), stream.one(0.15, 0.45))


def cumulonimbus(scene: Scene) -> None:
    """One towering mass: bright, boiling top or an anvil, a dark base, sometimes rain."""
    stream = scene.stream
    relief = noise(stream, 8, 8, octaves=5, keep=0.54)
    center, base = stream.one(0.35, 0.65), stream.one(0.68, 0.86)
    width, height = stream.one(0.6, 0.9), stream.one(0.42, 0.6)
    darkness = stream.one(-0.6, -0.1)
    _heap(scene, relief, center + stream.one(-0.2, 0.2), base, width, height * 0.6, darkness)
    _heap(scene, relief, center, base, width * stream.one(0.6, 0.85), height, darkness, columns=True)
    if stream.one() < 0.55:  # the anvil
        top = base - height
        spread = noise(stream, 9, 2, octaves=4, keep=0.55)
        reach = np.float32(width * stream.one(0.55, 0.9))
        shape = (
            1.1
            - np.abs(_ROWS - np.float32(top)) / np.float32(0.11)
            - (np.abs(_COLUMNS - np.float32(center)) / reach) ** 4
        )
        opacity = step(shape + 1.6 * (spread - 0.5), 0.2, 0.9)
        light = 0.95 - 1.2 * (_ROWS - np.float32(top)) + 0.5 * (spread - 0.5)
        scene.paint(scene.tone(light), np.float32(0.92) * opacity)
    below = step(_ROWS + 0.12 * (relief - 0.5), base - 0.06, base + 0.02)
    dark = scene.tone(np.float32(darkness - 0.1) + 0.5 * (relief - 0.5))
    scene.paint(dark * np.float32(0.85), np.float32(stream.one(0.75, 0.98)) * below)


def _heap(
    scene: Scene,
    relief: Array,
    center: float,
    base: float,
    width: float,
    height: float,
    darkness: float,
    columns: bool = False,
) -> None:
    """A heap of round puffs above a flat base: widest at the base, or a tower."""
    stream = scene.stream
    count = 30
    across = np.clip(stream.gauss(count) * (0.17 if columns else 0.24), -0.4, 0.4)  # none apart from the others
    up = stream.uniform(count)
    room = np.maximum(1.0 - (across / 0.6) ** 2, 0.1)  # how high the heap is there
    radius = (0.16 + 0.16 * stream.uniform(count)) * (1.25 - 0.6 * up) * min(width, 1.3 * height)
    x, y = center + across * width, base - up * room * height
    mass = np.zeros((CANVAS, CANVAS), dtype=np.float32)
    for cx, cy, r in zip(x.tolist(), y.tolist(), radius.tolist(), strict=True):
        rows = slice(max(int((cy - r) * CANVAS), 0), max(int((cy + r) * CANVAS) + 1, 0))
        places = slice(max(int((cx - r) * CANVAS), 0), max(int((cx + r) * CANVAS) + 1, 0))
        down = (_ROWS[rows] - np.float32(cy)) / np.float32(r)
        right = (_COLUMNS[:, places] - np.float32(cx)) / np.float32(r)
        puff = np.maximum(1.0 - (down * down + right * right), 0.0)
        mass[rows, places] += puff * puff
    body = mass / (mass + np.float32(0.55))
    bumps = 1.0 - np.abs(relief - 0.5) * 3.2  # round outward, sharp inward, as boiling clouds are
    surface = body + np.float32(0.30) * (bumps - 0.5) + np.float32(0.35) * (relief - 0.5)
    floor = 1.0 - step(_ROWS + 0.05 * (relief - 0.5), base - 0.012, base + 0.025)
    opacity = step(surface, 0.36, 0.50) * floor
    above = np.clip((np.float32(base) - _ROWS) / np.float32(height), 0, 1.2)
    slope = surface - np.roll(surface, 3, axis=0)
    light = np.float32(darkness) + np.float32(1.0 - darkness) * np.sqrt(above)
    light = light + 1.6 * np.clip(slope, -0.15, 0.15) + 0.35 * (bumps - 0.6)
    scene.paint(scene.tone(light), np.float32(0.97) * opacity)


KINDS: dict[str, Callable[[Scene], None]] = {
    "cirriform clouds": cirriform,
    "clear sky": clear_sky,
    "cumulonimbus clouds": cumulonimbus,
    "cumulus clouds": cumulus,
    "high cumuliform clouds": high_cumuliform,
    "stratiform clouds": stratiform,
    "stratocumulus clouds": stratocumulus,
}


def paint(kind: str, stream: Stream) -> Array:
    """The canvas of one scene: "row column color", 0 to 1 and a little beyond."""
    scene = new_scene(stream)
    if kind not in ("clear sky", "stratiform clouds", "cirriform clouds") and stream.one() < 0.10:
        cirriform(scene)  # a second, higher layer
    KINDS[kind](scene)
    if stream.one() < 0.22:  # trees or roofs
        line = noise(stream, 1, 14, octaves=4, keep=0.6)[0] * np.float32(0.16) + np.float32(stream.one(0.72, 0.84))
        dark = np.array([0.08, 0.09, 0.08], dtype=np.float32) * np.float32(stream.one(0.5, 2.0))
        scene.paint(dark, step(_ROWS - line[None, :], -0.004, 0.004))
    return scene.picture * _falling_light(stream)[..., None]


def _falling_light(stream: Stream) -> Array:
    """How much light there is in each place: one side of the picture, any side, is the darker one."""
    down, right = stream.one(-1, 1), stream.one(-1, 1)
    away = down * (_ROWS - np.float32(0.5)) + right * (_COLUMNS - np.float32(0.5))
    away /= np.float32(2 * max((down * down + right * right) ** 0.5, 0.1))
    return np.float32(0.85) + np.float32(stream.one(0.1, 0.75)) * 2 * away


def photographs(kind: str, stream: Stream, shots: int = 1) -> list[Image.Image]:
    """Pictures of one scene, 256 x 256 RGB: the same clouds, held nearly alike, developed differently."""
    canvas = paint(kind, stream)
    negative = Image.fromarray((np.clip(canvas, 0, _BRIGHTEST) * np.float32(255 / _BRIGHTEST) + 0.5).astype(np.uint8))
    slope = stream.one(-1, 1)  # of the horizon: up to 45 degrees
    if stream.one() < 0.5:
        negative = negative.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return [_develop(negative, slope, stream) for _ in range(shots)]


_BRIGHTEST = 1.12  # what the canvas may hold beyond white, for pictures that are exposed for less


def _develop(negative: Image.Image, slope: float, stream: Stream) -> Image.Image:
    """Color, exposure, contrast; the camera's tilt, the crop, the grain."""
    # saturation, white balance, exposure and contrast together are one matrix and one offset
    saturation = stream.one(0.65, 1.25)
    warmth, tint = stream.one(-0.07, 0.07), stream.one(-0.02, 0.02)
    balance = np.array([1 + warmth, 1 + tint, 1 - warmth]) * stream.one(0.8, 1.12)
    contrast = stream.one(0.95, 1.4)
    mix = saturation * np.eye(3) + (1 - saturation) / 3
    matrix = np.empty((3, 4))
    matrix[:, :3] = contrast * _BRIGHTEST * balance[:, None] * mix
    matrix[:, 3] = 255 * (0.5 - 0.5 * contrast)
    image = negative.convert("RGB", tuple(matrix.ravel().tolist()))
    # the corners of the crop on the canvas; a slope gives the tilt without sine and cosine
    slope = slope + stream.one(-0.06, 0.06)
    half, space = CANVAS * stream.one(0.31, 0.352), 0.025 * CANVAS
    middle = CANVAS / 2 + stream.uniform(2, -space, space)
    turn = np.array([[1, -slope], [slope, 1]]) / (1 + slope * slope) ** 0.5
    corners = [turn @ (x * half, y * half) + middle for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
    quad = tuple(float(value) for place in corners for value in place)
    image = image.transform((PIXELS, PIXELS), Image.Transform.QUAD, quad, resample=Image.Resampling.BILINEAR)
    strength = 255 * stream.one(0.01, 0.05)
    grain = np.floor(stream.uniform(PIXELS * PIXELS, -strength / 2, strength / 2) + 0.5).astype(np.int16)
    grainy = np.asarray(image).astype(np.int16) + grain.reshape(PIXELS, PIXELS, 1)
    return Image.fromarray(np.clip(grainy, 0, 255).astype(np.uint8))


Painter = Callable[..., list[Image.Image]]


@cache
def painter(pixels: int) -> Painter:
    """`photographs` for pictures of another size, painted on a small canvas from the start: many times faster.

    The same procedure with the same lengths relative to the canvas, but other draws: a small picture is not the large
    one scaled down. It runs in a copy of this module that has its own canvas.
    """
    if pixels == PIXELS:
        return photographs
    name = f"{__name__}_{pixels}"
    found = importlib.util.find_spec(__name__)
    assert found is not None
    assert found.origin is not None
    spec = importlib.util.spec_from_file_location(name, found.origin)
    assert spec is not None
    assert spec.loader is not None
    small = importlib.util.module_from_spec(spec)
    sys.modules[name] = small  # dataclasses look their module up there
    spec.loader.exec_module(small)
    rows = np.linspace(0.0, 1.0, pixels, dtype=np.float32)[:, None]
    vars(small).update(PIXELS=pixels, CANVAS=pixels, _PX=pixels / 364, _ROWS=rows, _COLUMNS=rows.T)
    made: Painter = small.photographs
    return made
