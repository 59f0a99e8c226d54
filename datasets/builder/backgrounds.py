"""Painted backgrounds: gradients, cloth, boards, bricks, grass, rooms, all from random numbers.

Every painter takes a random generator and the side in pixels, and returns an image as a float
array (side, side, 3) with values 0..1.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[np.float64]
Painter = Callable[[np.random.Generator, int], Array]


def random_colour(
    rng: np.random.Generator,
    saturation: tuple[float, float] = (0.1, 0.65),
    value: tuple[float, float] = (0.25, 0.95),
) -> Array:
    """Return a random colour (3,) with hue anywhere, the rest in the given ranges."""
    hue = rng.random()
    return np.array(colorsys.hsv_to_rgb(hue, rng.uniform(*saturation), rng.uniform(*value)))


def smooth_noise(rng: np.random.Generator, side: int, cells: int, octaves: int = 4) -> Array:
    """Return cloudy noise (side, side) in 0..1; the largest clouds are `side / cells` wide."""
    total = np.zeros((side, side))
    strength = 1.0
    for octave in range(octaves):
        count = min(cells * 2**octave, side)
        coarse = Image.fromarray(rng.random((count + 1, count + 1)).astype(np.float32))
        total += strength * np.asarray(coarse.resize((side, side), Image.Resampling.BICUBIC))
        strength *= 0.5
    total -= total.min()
    spread = float(total.max())
    return total / spread if spread > 0 else total


def blend(share: Array, first: Array, second: Array) -> Array:
    """Mix two colours (3,) or images (side, side, 3) by a map `share` (side, side) in 0..1."""
    return (1 - share[..., None]) * first + share[..., None] * second


def _grid(side: int) -> tuple[Array, Array]:
    """Return (y, x), both (side, side), from 0 to 1."""
    steps = (np.arange(side) + 0.5) / side
    y, x = np.meshgrid(steps, steps, indexing="ij")
    return y, x


def _turned(rng: np.random.Generator, side: int) -> tuple[Array, Array]:
    """Return coordinates like `_grid`, turned by a random angle."""
    y, x = _grid(side)
    angle = rng.uniform(0, np.pi)
    return x * np.sin(angle) + y * np.cos(angle), x * np.cos(angle) - y * np.sin(angle)


def gradient(rng: np.random.Generator, side: int) -> Array:
    """A studio backdrop: two colours running into each other."""
    across, _ = _turned(rng, side)
    share = (across - across.min()) / (across.max() - across.min())
    return blend(share, random_colour(rng), random_colour(rng))


def cloth(rng: np.random.Generator, side: int) -> Array:
    """A blanket: cloudy mixture of two colours with a weave."""
    image = blend(smooth_noise(rng, side, 3), random_colour(rng), random_colour(rng))
    across, along = _turned(rng, side)
    pitch = rng.uniform(20, 60)
    weave = np.sin(pitch * np.pi * across) * np.sin(pitch * np.pi * along)
    return image + 0.04 * weave[..., None]


def stripes(rng: np.random.Generator, side: int) -> Array:
    """Wallpaper with stripes of two or three colours."""
    across, _ = _turned(rng, side)
    count = rng.integers(3, 10)
    colours = np.array([random_colour(rng) for _ in range(rng.integers(2, 4))])
    return np.asarray(colours[np.floor(across * count + rng.random()).astype(int) % len(colours)])


def checks(rng: np.random.Generator, side: int) -> Array:
    """A checked tablecloth or tiled floor."""
    across, along = _turned(rng, side)
    count = rng.integers(3, 9)
    odd = (np.floor(across * count) + np.floor(along * count)) % 2
    soft = 0.15 * smooth_noise(rng, side, 4)
    return blend(odd, random_colour(rng), random_colour(rng)) - soft[..., None]


def boards(rng: np.random.Generator, side: int) -> Array:
    """Wooden boards, upright or lying, each with its own shade and grain."""
    y, x = _grid(side)
    if rng.random() < 0.5:
        y, x = x, y
    count = int(rng.integers(3, 8))
    board = np.minimum((y * count).astype(int), count - 1)
    wood = np.array(colorsys.hsv_to_rgb(rng.uniform(0.05, 0.12), rng.uniform(0.2, 0.6), 1.0))
    shade = rng.uniform(0.45, 0.85) + rng.uniform(-0.1, 0.1, count)[board]
    grain = np.sin(40 * y * count + 6 * np.sin(5 * x + board * 2.0)) * 0.03
    seam = np.where((y * count) % 1 < 0.06, 0.6, 1.0)
    return np.asarray(wood * ((shade + grain) * seam)[..., None])


def bricks(rng: np.random.Generator, side: int) -> Array:
    """A brick wall."""
    y, x = _grid(side)
    rows = int(rng.integers(5, 10))
    row = (y * rows).astype(int)
    across = x * rows / 2 + 0.5 * (row % 2)
    column = across.astype(int)
    shade = rng.uniform(0.8, 1.15, (rows + 1, rows + 2))[row, column]
    mortar = ((y * rows) % 1 < 0.12) | (across % 1 < 0.07)
    brick = random_colour(rng, (0.2, 0.6), (0.4, 0.8))
    return np.where(mortar[..., None], random_colour(rng, (0.0, 0.2)), brick * shade[..., None])


def meadow(rng: np.random.Generator, side: int) -> Array:
    """Sky above grass, or sand, or water: a horizon with clouds over a rough ground."""
    y, _ = _grid(side)
    horizon = rng.uniform(0.25, 0.8)
    sky = blend(
        smooth_noise(rng, side, 3) ** 2,
        np.array(colorsys.hsv_to_rgb(rng.uniform(0.5, 0.7), rng.uniform(0.1, 0.6), 0.9)),
        np.array([0.97, 0.97, 0.97]),
    )
    ground_hue = rng.choice([rng.uniform(0.2, 0.4), rng.uniform(0.07, 0.14), rng.uniform(0.5, 0.6)])
    ground_colour = np.array(
        colorsys.hsv_to_rgb(ground_hue, rng.uniform(0.3, 0.7), rng.uniform(0.4, 0.8))
    )
    ground = ground_colour * (0.7 + 0.5 * smooth_noise(rng, side, 8))[..., None]
    edge = horizon + 0.08 * (smooth_noise(rng, side, 2) - 0.5)
    return np.where((y < edge)[..., None], sky, ground)


def lights(rng: np.random.Generator, side: int) -> Array:
    """Lamps out of focus: soft discs on a darker ground."""
    y, x = _grid(side)
    image = blend(
        smooth_noise(rng, side, 2),
        random_colour(rng, value=(0.1, 0.5)),
        random_colour(rng, value=(0.2, 0.6)),
    )
    for _ in range(int(rng.integers(6, 20))):
        radius = rng.uniform(0.03, 0.14)
        distance = np.hypot(y - rng.random(), x - rng.random())
        disc = np.clip((radius - distance) * side / 3, 0, 1) * rng.uniform(0.2, 0.7)
        image = blend(disc, image, random_colour(rng, value=(0.6, 1.0)))
    return image


def room(rng: np.random.Generator, side: int) -> Array:
    """A wall above a floor, sometimes with a window or a picture."""
    y, x = _grid(side)
    wall = stripes(rng, side) if rng.random() < 0.3 else gradient(rng, side)
    if rng.random() < 0.6:
        top, left = rng.uniform(0, 0.3), rng.uniform(-0.1, 0.7)
        height, width = rng.uniform(0.2, 0.45), rng.uniform(0.2, 0.45)
        frame = (y > top) & (y < top + height) & (x > left) & (x < left + width)
        inner = (
            (y > top + 0.03)
            & (y < top + height - 0.03)
            & (x > left + 0.03)
            & (x < left + width - 0.03)
        )
        wall = np.where(frame[..., None], random_colour(rng), wall)
        wall = np.where(inner[..., None], random_colour(rng, value=(0.4, 1.0)), wall)
    floor = (boards if rng.random() < 0.5 else cloth)(rng, side)
    skirting = rng.uniform(0.55, 0.8)
    image = np.where((y < skirting)[..., None], wall, floor)
    line = (y >= skirting) & (y < skirting + 0.025)
    return np.where(line[..., None], random_colour(rng), image)


def spots(rng: np.random.Generator, side: int) -> Array:
    """Wrapping paper with dots in rows."""
    across, along = _turned(rng, side)
    count = rng.integers(4, 9)
    distance = np.hypot((across * count) % 1 - 0.5, (along * count) % 1 - 0.5)
    dots = (distance < rng.uniform(0.15, 0.4)).astype(float)
    return blend(dots, random_colour(rng), random_colour(rng))


PAINTERS: tuple[Painter, ...] = (
    gradient,
    cloth,
    stripes,
    checks,
    boards,
    bricks,
    meadow,
    lights,
    room,
    spots,
)


def paint(rng: np.random.Generator, side: int) -> Array:
    """Paint one background, chosen at random, (side, side, 3) in 0..1."""
    painter = PAINTERS[rng.integers(len(PAINTERS))]
    return np.clip(painter(rng, side), 0.0, 1.0)
