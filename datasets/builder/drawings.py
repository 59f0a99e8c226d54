"""Which drawings are used, on which side (training or test), and their rendering.

Every drawing belongs to a *group*: one subject in one artwork family, such as "noto:cat-face"
(drawn in Noto and again in Noto v1). Groups, never single drawings, are dealt to training or
test, so the test holds no second edition of a drawing that was trained on.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from .sources import DrawingSet, svg_text

CAT = "cat"
ANIMAL = "animal"
EXPRESSION = "expression"
THING = "thing"
CLUTTER = "clutter"

# Cats are found by name. Everything else is listed: the lists decide how hard the set is.
_CAT_NAME = re.compile(r"(^|-)cat(-|$)")


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, for lists that read better without quotes and commas."""
    return frozenset(text.split())


_ANIMALS = _words("""
badger bear bear-face bear-emoji beaver boar bunny chipmunk cow cow-face dog dog-face fox
fox-face fox-face-1 fox-face-2 guide-dog hamster hamster-face hedgehog horse-face koala leopard
lion lion-face monkey-face mouse mouse-face otter panda panda-face pig-face polar-bear poodle
rabbit rabbit-face raccoon rat red-panda service-dog skunk sloth teddy-bear tiger tiger-face wolf
wolf-face gorilla orangutan kangaroo llama goat ewe deer unicorn unicorn-face owl frog-face frog
""")

# The faces that wear the expressions of the cats: same mouths, tears and heart eyes, no ears.
_EXPRESSIONS = _words("""
crying-face enraged-face face-with-tears-of-joy grinning-face grinning-face-with-smiling-eyes
kissing-face kissing-face-with-closed-eyes kissing-face-with-smiling-eyes pouting-face
smiling-face-with-heart-eyes smiling-face-with-smiling-eyes smirking-face weary-face weary-face-1
weary-face-2
""")

_THINGS = _words("""
airplane automobile books bicycle bus cactus castle couch-and-lamp deciduous-tree evergreen-tree
guitar hot-air-balloon house house-with-garden locomotive mountain mushroom palm-tree pizza pizza-1
red-apple rocket sailboat snowman soccer-ball sunflower sunflower-1 teapot tulip umbrella
volcano wrapped-gift wrapped-gift-1 jack-o-lantern pumpkin strawberry strawberry-1 snail turtle
""")

_CLUTTER = _words("""
balloon blossom cherry-blossom four-leaf-clover herb hibiscus maple-leaf potted-plant rose
seedling yarn ball-of-yarn cloud basketball tennis bone fallen-leaf
""")

# Subjects that are one drawing with another mouth, colour or strap (in Fluent, "grinning cat"
# and "cat face" are the very same file), and subjects renamed between two editions.
_SAME_SUBJECT = {
    "black-cat": "cat",
    "cat-face-with-wry-smile": "sly-cat",
    "cat-with-wry-smile": "sly-cat",
    "pouting-cat": "sly-cat",
    "pouting-cat-face": "sly-cat",
    "grinning-cat": "cat-face",
    "grinning-cat-face": "cat-face",
    "grinning-cat-with-smiling-eyes": "cat-face",
    "grinning-cat-face-with-smiling-eyes": "cat-face",
    "guide-dog": "dog",
    "service-dog": "dog",
    "enraged-face": "pouting-face",
    "grinning-face": "happy-face",
    "grinning-face-with-smiling-eyes": "happy-face",
    "kissing-face": "happy-face",
    "kissing-face-with-closed-eyes": "happy-face",
    "kissing-face-with-smiling-eyes": "happy-face",
    "smiling-face-with-smiling-eyes": "happy-face",
    "smirking-face": "happy-face",
}


@dataclass(frozen=True)
class Drawing:
    """One drawing: its set, its name there, what kind it is, and its group."""

    set_name: str
    name: str
    kind: str
    group: str

    @property
    def identity(self) -> str:
        """The name used in the manifest, such as "noto-v1:cat-face"."""
        return f"{self.set_name}:{self.name}"


def kind_of(name: str) -> str | None:
    """Return the kind of the drawing called `name`, or None when it is not used."""
    if _CAT_NAME.search(name):
        return CAT
    for kind, names in (
        (ANIMAL, _ANIMALS),
        (EXPRESSION, _EXPRESSIONS),
        (THING, _THINGS),
        (CLUTTER, _CLUTTER),
    ):
        if name in names:
            return kind
    return None


def group_of(family: str, name: str) -> str:
    """Return the group of a drawing: variants numbered -1, -2 are one subject."""
    subject = re.sub(r"-\d+$", "", name)
    return f"{family}:{_SAME_SUBJECT.get(subject, subject)}"


def catalogue(icons: dict[str, dict[str, object]], sets: tuple[DrawingSet, ...]) -> list[Drawing]:
    """List the drawings in use, in a fixed order (by set, then by name).

    Parameters: `icons`, the parsed `icons.json` of each set by set name; the sets.
    """
    found = []
    for drawing_set in sets:
        names = icons[drawing_set.name]["icons"]
        assert isinstance(names, dict)
        for name in sorted(names):
            kind = kind_of(name)
            if kind is not None:
                group = group_of(drawing_set.family, name)
                found.append(Drawing(drawing_set.name, name, kind, group))
    return found


def deal(
    drawings: list[Drawing], test_share: dict[str, float], rng: np.random.Generator
) -> tuple[list[Drawing], list[Drawing]]:
    """Deal whole groups to training and test.

    Within each kind and each artwork family, `test_share[kind]` of the groups go to the test,
    so that both sides see every family. Returns (training drawings, test drawings).
    """
    strata: dict[tuple[str, str], list[str]] = {}
    for drawing in drawings:
        key = (drawing.kind, drawing.group.split(":")[0])
        groups = strata.setdefault(key, [])
        if drawing.group not in groups:
            groups.append(drawing.group)
    held_out: set[tuple[str, str]] = set()
    for (kind, _family), groups in sorted(strata.items()):
        count = int(np.floor(test_share[kind] * len(groups) + rng.random()))
        chosen = rng.permutation(len(groups))[:count]
        held_out.update((kind, groups[i]) for i in chosen)
    training = [d for d in drawings if (d.kind, d.group) not in held_out]
    test = [d for d in drawings if (d.kind, d.group) in held_out]
    return training, test


def render(icons: dict[str, object], name: str, pixels: int) -> Image.Image:
    """Render the drawing `name` to an RGBA image `pixels` wide, cropped to what is drawn."""
    import resvg_py  # only building needs it, so that the rest can be tested without it

    png = resvg_py.svg_to_bytes(
        svg_string=svg_text(icons, name), width=pixels, skip_system_fonts=True
    )
    image = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    box = image.getchannel("A").getbbox()
    if box is None:
        raise ValueError(f"The drawing {name} is empty.")
    return image.crop(box)


def thumbnail(picture: Image.Image) -> npt.NDArray[np.float64]:
    """Return a drawing on grey as a small vector (3072,) of values 0..1, for comparisons."""
    side = max(picture.size)
    square = Image.new("RGBA", (side, side), (128, 128, 128, 255))
    square.alpha_composite(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    small = square.convert("RGB").resize((32, 32), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.float64).ravel() / 255


def closest_pair(
    first: dict[str, Image.Image], second: dict[str, Image.Image]
) -> tuple[float, str, str]:
    """Return the most similar pair of drawings across two sides.

    Parameters: pictures by identity, of one kind, of each side. Returns (the root mean square
    difference of their thumbnails, in 0..1; the identities).
    """
    best = (np.inf, "", "")
    others = {name: thumbnail(picture) for name, picture in second.items()}
    for name, picture in first.items():
        own = thumbnail(picture)
        for other, pixels in others.items():
            distance = float(np.sqrt(np.mean((own - pixels) ** 2)))
            best = min(best, (distance, name, other))
    return best
