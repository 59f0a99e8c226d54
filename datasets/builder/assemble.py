"""Make every image of the set, and write the files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt
from PIL import Image

from .drawings import (
    ANIMAL,
    CAT,
    CLUTTER,
    EXPRESSION,
    THING,
    Drawing,
    catalogue,
    closest_pair,
    deal,
    render,
)
from .scenes import Variety, compose
from .sources import DRAWING_SETS, fetch_archive, read_icons

# Images by kind. The totals and the numbers of cats are those of the original set.
TRAIN_COUNTS = {CAT: 72, ANIMAL: 82, EXPRESSION: 27, THING: 28}
TEST_COUNTS = {CAT: 33, ANIMAL: 10, EXPRESSION: 4, THING: 3}
# The share of the groups of drawings that the test gets, by kind.
TEST_SHARE = {CAT: 1 / 3, ANIMAL: 1 / 5, EXPRESSION: 1 / 4, THING: 1 / 4, CLUTTER: 1 / 3}
CLASSES = (b"non-cat", b"cat")
RENDERED = 192  # side of a rendered drawing, in pixels
SAMPLE_SIDE = 256  # side of a sample picture, in pixels
# Two drawings whose thumbnails differ by less (root mean square, 0..1) look like one drawing.
LOOK_ALIKE = 0.06


@dataclass
class Pool:
    """The drawings there are, and how to get the picture of one (drawing, pixels) -> RGBA."""

    drawings: list[Drawing]
    renderer: Callable[[Drawing, int], Image.Image]
    _rendered: dict[tuple[str, int], Image.Image] = field(default_factory=dict)

    def picture(self, drawing: Drawing, pixels: int = RENDERED) -> Image.Image:
        """Return the picture of a drawing, rendered once."""
        key = (drawing.identity, pixels)
        if key not in self._rendered:
            self._rendered[key] = self.renderer(drawing, pixels)
        return self._rendered[key]


@dataclass
class Split:
    """The images of one side of the set, and the drawings in each."""

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    drawings: list[Drawing]
    clutter: list[list[Drawing]]


@dataclass
class EmbeddedSet:
    """Everything that a build makes. `samples` are pictures for "try your own image"."""

    train: Split
    test: Split
    samples: Split


def load_pool(cache: Path) -> Pool:
    """Fetch the drawing sets into the folder `cache` and list the drawings in use."""
    icons = {one.name: read_icons(one, fetch_archive(one, cache)) for one in DRAWING_SETS}

    def renderer(drawing: Drawing, pixels: int) -> Image.Image:
        return render(icons[drawing.set_name], drawing.name, pixels)

    return Pool(catalogue(icons, DRAWING_SETS), renderer)


def of_kind(drawings: list[Drawing], kind: str) -> list[Drawing]:
    """Return the drawings of one kind."""
    return [drawing for drawing in drawings if drawing.kind == kind]


def draw_evenly(choices: list[Drawing], count: int, rng: np.random.Generator) -> list[Drawing]:
    """Choose `count` drawings, none a second time before all were chosen once."""
    chosen: list[Drawing] = []
    while len(chosen) < count:
        chosen += [choices[i] for i in rng.permutation(len(choices))]
    return chosen[:count]


def compose_all(
    pool: Pool,
    subjects: list[Drawing],
    extras: list[Drawing],
    variety: Variety,
    seed: tuple[int, int],
    side: int = 64,
    pixels: int = RENDERED,
) -> Split:
    """Compose one scene for each of `subjects`.

    Parameters: `extras`, the drawings that may stand beside a subject; `seed`, to which the
    position of an image is added, so that each image has its own random generator and does
    not change when another one does; `side` of an image and `pixels` of a drawing.
    """
    images, clutter = [], []
    for index, subject in enumerate(subjects):
        rng = np.random.default_rng([*seed, index])
        beside: list[Drawing] = []
        if extras and rng.random() < variety.clutter:
            beside = [extras[i] for i in rng.integers(len(extras), size=rng.integers(1, 4))]
        pictures = [pool.picture(extra, pixels) for extra in beside]
        images.append(compose(pool.picture(subject, pixels), pictures, rng, variety, side))
        clutter.append(beside)
    labels = np.array([int(subject.kind == CAT) for subject in subjects], dtype=np.int64)
    return Split(np.stack(images), labels, subjects, clutter)


def choose_subjects(
    drawings: list[Drawing], counts: dict[str, int], rng: np.random.Generator
) -> list[Drawing]:
    """Choose the main drawing of every image of one side, in shuffled order."""
    chosen = [
        drawing
        for kind, count in counts.items()
        for drawing in draw_evenly(of_kind(drawings, kind), count, rng)
    ]
    return [chosen[i] for i in rng.permutation(len(chosen))]


def build(pool: Pool, seed: int, variety: Variety | None = None) -> EmbeddedSet:
    """Deal the drawings to training and test, and compose all images.

    Parameters: `pool`; `seed`, from which alone chance comes; `variety` of the scenes
    (the default is the one of the published set).
    """
    variety = variety or Variety()
    training, test = deal(pool.drawings, TEST_SHARE, np.random.default_rng(seed))
    splits = [
        compose_all(
            pool,
            choose_subjects(drawings, counts, np.random.default_rng([seed, which])),
            of_kind(drawings, CLUTTER),
            variety,
            (seed, which),
        )
        for which, (drawings, counts) in enumerate([(training, TRAIN_COUNTS), (test, TEST_COUNTS)])
    ]
    # The samples come from the test's side, and where possible from drawings it did not use.
    used = {drawing.identity for drawing in splits[1].drawings}
    rng = np.random.default_rng([seed, 2])
    subjects = []
    for kind in (CAT, ANIMAL, THING):
        there = of_kind(test, kind)
        unused = [drawing for drawing in there if drawing.identity not in used]
        subjects += draw_evenly(unused or there, 1, rng)
    # Taken in good light and without noise, as a student's own picture would be.
    posed = replace(variety, noise=0.0, exposure=(0.0, 0.05), backdrop=(0.8, 1.0))
    samples = compose_all(pool, subjects, [], posed, (seed, 2), SAMPLE_SIDE, 2 * SAMPLE_SIDE)
    return EmbeddedSet(splits[0], splits[1], samples)


def check_apart(pool: Pool, made: EmbeddedSet) -> float:
    """Make sure that no test subject looks like a training subject of the same kind.

    Returns the smallest difference found (see `closest_pair`); raises `ValueError` when it is
    below `LOOK_ALIKE`.
    """
    smallest = np.inf
    for kind in (CAT, ANIMAL, EXPRESSION, THING):
        sides = [
            {d.identity: pool.picture(d) for d in of_kind(split.drawings, kind)}
            for split in (made.train, made.test)
        ]
        distance, first, second = closest_pair(*sides)
        if distance < LOOK_ALIKE:
            raise ValueError(
                f"{first} (training) and {second} (test) look alike ({distance:.3f}); "
                "put them into one group in drawings.py."
            )
        smallest = min(smallest, distance)
    return float(smallest)


def write_h5(path: Path, prefix: str, split: Split) -> None:
    """Write one side as HDF5 with the array names of the original, the same bytes every time."""
    with h5py.File(path, "w", libver="earliest") as file:
        for name, data, packed in (
            (f"{prefix}_set_x", split.images, True),
            (f"{prefix}_set_y", split.labels, False),
            ("list_classes", np.array(CLASSES), False),
        ):
            options = {"compression": "gzip", "compression_opts": 9, "shuffle": False}
            if packed:
                options["chunks"] = (16, *data.shape[1:])
            # A time stamp in the file would change its checksum with every build.
            file.create_dataset(name, data=data, track_times=False, **options)


def write_manifest(path: Path, made: EmbeddedSet) -> None:
    """Write which drawings each image holds, as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["split", "index", "label", "kind", "drawing", "group", "clutter"])
        for name, split in (("train", made.train), ("test", made.test), ("sample", made.samples)):
            for index, drawing in enumerate(split.drawings):
                beside = " ".join(extra.identity for extra in split.clutter[index])
                label = int(split.labels[index])
                writer.writerow(
                    [name, index, label, drawing.kind, drawing.identity, drawing.group, beside]
                )


def write_samples(folder: Path, made: EmbeddedSet) -> None:
    """Write the sample pictures as PNG."""
    folder.mkdir(exist_ok=True)
    for image, drawing in zip(made.samples.images, made.samples.drawings, strict=True):
        Image.fromarray(image).save(folder / f"my_{drawing.kind}.png", optimize=True)
