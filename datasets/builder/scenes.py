"""One scene: a drawing on a background, with random size, place, tilt, light and colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from .backgrounds import paint, smooth_noise

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Variety:
    """How much scenes differ from one another: the one knob of the set's difficulty.

    size: smallest and largest side of the drawing, as a share of the image's side.
    shift: standard deviation of the drawing's centre from the image's, in the same unit.
    tilt: standard deviation of its rotation, in degrees.
    hue: standard deviation of the turn of its hue, in turns.
    shade: how far its brightness and its contrast may go, in powers of e (standard deviation).
    contrast: how much of the background's own contrast is kept, lowest and highest.
    backdrop: brightness of the background beside that of the drawing, lowest and highest.
    clutter: probability of small drawings beside the main one.
    light: strength of the light falling from one side.
    exposure: mean and standard deviation of the whole image's exposure, in powers of e.
    noise: standard deviation of the sensor noise, in grey levels of 0..1.
    """

    size: tuple[float, float] = (0.84, 0.95)
    shift: float = 0.015
    tilt: float = 4.0
    hue: float = 0.03
    shade: float = 0.12
    contrast: tuple[float, float] = (0.5, 1.0)
    backdrop: tuple[float, float] = (0.25, 0.75)
    clutter: float = 0.4
    light: float = 0.35
    exposure: tuple[float, float] = (-0.2, 0.2)
    noise: float = 0.015


def _premultiplied(image: Image.Image) -> Array:
    """Return an RGBA image as floats 0..1 with colour multiplied by opacity."""
    pixels = np.asarray(image, dtype=np.float64) / 255
    pixels[..., :3] *= pixels[..., 3:]
    return pixels


def _to_image(pixels: Array) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(pixels * 255), 0, 255).astype(np.uint8), "RGBA")


def turn_hue(colours: Array, turn: float) -> Array:
    """Rotate the hue of colours (..., 3) by `turn` turns, keeping their lightness."""
    angle = 2 * np.pi * turn
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    spin = np.array(
        [[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]]
    )
    matrix = np.linalg.inv(to_yiq) @ spin @ to_yiq
    return np.asarray(np.clip(colours @ matrix.T, 0, 1))


def _place(
    layer: Image.Image, drawing: Image.Image, size: float, centre: tuple[float, float], tilt: float
) -> None:
    """Paste a drawing into an RGBA layer; `size` and `centre` as shares of the layer's side."""
    side = layer.width
    scale = size * side / max(drawing.size)
    shape = (max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    turned = drawing.resize(shape, Image.Resampling.LANCZOS).rotate(
        tilt, resample=Image.Resampling.BICUBIC, expand=True
    )
    corner = (
        round(centre[0] * side - turned.width / 2),
        round(centre[1] * side - turned.height / 2),
    )
    whole = Image.new("RGBA", layer.size)
    whole.paste(turned, corner)
    layer.alpha_composite(whole)


def _recoloured(
    layer: Image.Image, rng: np.random.Generator, variety: Variety, side: int
) -> Image.Image:
    """Change hue, brightness and contrast of a layer at random, and add a little fur."""
    pixels = np.asarray(layer, dtype=np.float64) / 255
    colour = turn_hue(pixels[..., :3], rng.normal(0, variety.hue))
    gain = np.exp(rng.normal(0, variety.shade))
    contrast = np.exp(rng.normal(0, variety.shade))
    fur = 1 + 0.12 * (smooth_noise(rng, side, 12, 3) - 0.5)
    colour = ((colour - 0.5) * contrast + 0.5) * gain * fur[..., None]
    return _to_image(np.concatenate([np.clip(colour, 0, 1), pixels[..., 3:]], axis=-1))


def compose(
    drawing: Image.Image,
    clutter: list[Image.Image],
    rng: np.random.Generator,
    variety: Variety,
    side: int = 64,
) -> npt.NDArray[np.uint8]:
    """Compose one scene.

    Parameters: `drawing`, the RGBA main subject; `clutter`, small RGBA extras (may be empty);
    `rng`, the only source of chance; `variety`; `side`, the side of the result in pixels.
    Returns the scene, (side, side, 3) uint8.
    """
    fine = 2 * side  # composed at twice the size, so that edges come out smooth
    background = paint(rng, fine)
    kept = rng.uniform(*variety.contrast)
    background = background.mean(axis=(0, 1)) * (1 - kept) + background * kept
    background *= rng.uniform(*variety.backdrop)

    layer = Image.new("RGBA", (fine, fine))
    for extra in clutter:
        edge = rng.uniform(0.05, 0.95)
        corner = (edge, rng.choice([rng.uniform(0, 0.15), rng.uniform(0.85, 1)]))
        centre = corner if rng.random() < 0.5 else corner[::-1]
        _place(layer, extra, rng.uniform(0.15, 0.35), centre, rng.uniform(-40, 40))
    if rng.random() < 0.5:
        drawing = drawing.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    centre = (0.5 + rng.normal(0, variety.shift), 0.5 + rng.normal(0, variety.shift))
    _place(layer, drawing, rng.uniform(*variety.size), centre, rng.normal(0, variety.tilt))
    layer = _recoloured(layer, rng, variety, fine)

    # A soft shadow under the drawing, thrown away from the light.
    angle = rng.uniform(0, 2 * np.pi)
    thrown = Image.new("L", layer.size)
    reach = 0.05 * fine
    shift = (round(-np.cos(angle) * reach), round(abs(np.sin(angle)) * reach))
    thrown.paste(layer.getchannel("A"), shift)
    thrown = thrown.filter(ImageFilter.GaussianBlur(0.04 * fine))
    shadow = np.asarray(thrown, dtype=np.float64) / 255
    background = background * (1 - rng.uniform(0.2, 0.5) * shadow)[..., None]

    front = _premultiplied(layer)
    image = background * (1 - front[..., 3:]) + front[..., :3]

    steps = (np.arange(fine) + 0.5) / fine - 0.5
    fall = np.cos(angle) * steps[None, :] - np.sin(angle) * steps[:, None]
    warmth = 1 + rng.normal(0, 0.04) * np.array([1.0, 0.0, -1.0])
    exposure = np.exp(rng.normal(*variety.exposure))
    image = image * (1 + variety.light * rng.random() * fall)[..., None] * warmth * exposure

    small = Image.fromarray(np.clip(np.rint(image * 255), 0, 255).astype(np.uint8), "RGB")
    small = small.filter(ImageFilter.GaussianBlur(rng.uniform(0.0, 1.2) * fine / 128))
    small = small.resize((side, side), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float64) / 255
    pixels = pixels + rng.normal(0, variety.noise, pixels.shape)
    return np.clip(np.rint(pixels * 255), 0, 255).astype(np.uint8)
