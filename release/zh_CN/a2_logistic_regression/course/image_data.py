"""Loads the cat / non-cat images: the original photographs if present, else the drawn set.

The original photographs are downloaded by `make data`; the embedded set of drawings comes with
the course. Both have the same shape, so a notebook runs on either.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import h5py
import numpy as np
import numpy.typing as npt

from course.language import _
from course.sentences import padded

if TYPE_CHECKING:
    from PIL import Image

__all__ = [
    "ExpectedFigures",
    "ImageDataset",
    "expected_figures",
    "load_image_dataset",
    "load_own_image",
    "which_dataset",
]

DatasetName = Literal["original", "embedded"]

_PREFIX: dict[DatasetName, str] = {"original": "", "embedded": "embedded_"}
_COUNTS = {"train": 209, "test": 50}


class ImageDataset(NamedTuple):
    """The images and labels, in the order in which notebooks unpack them."""

    train_x_orig: npt.NDArray[np.uint8]
    train_y: npt.NDArray[np.int64]
    test_x_orig: npt.NDArray[np.uint8]
    test_y: npt.NDArray[np.int64]
    classes: npt.NDArray[np.bytes_]


class ExpectedFigures(dict[str, float]):
    """Figures that a model should reach; print it to see them as a short table.

    Keys: iterations, learning_rate, first_cost, last_cost (the last recorded one),
    train_accuracy and test_accuracy (in per cent).
    """

    def __init__(self, figures: dict[str, float], model_name: str, dataset: DatasetName) -> None:
        super().__init__(figures)
        self.model_name = model_name
        self.dataset = dataset

    def __str__(self) -> str:
        rows = [
            (_("first cost"), f"{self['first_cost']:.6f}"),
            (_("last recorded cost"), f"{self['last_cost']:.6f}"),
            (_("training accuracy"), f"{self['train_accuracy']:.2f} %"),
            (_("test accuracy"), f"{self['test_accuracy']:.2f} %"),
        ]
        head = (
            _(
                "{model} on the original images, {iterations:,.0f} iterations, "
                "learning rate {rate:g}"
            )
            if self.dataset == "original"
            else _(
                "{model} on the embedded images, {iterations:,.0f} iterations, "
                "learning rate {rate:g}"
            )
        ).format(model=self.model_name, iterations=self["iterations"], rate=self["learning_rate"])
        return "\n".join([head, *(f"  {padded(label, 20)}{value:>10}" for label, value in rows)])


def _folders(folder: str | Path | None) -> list[Path]:
    """List the folders to look in, the first choice first.

    A given folder is the only one. Otherwise: `datasets/` beside the notebook (the current
    folder), beside this module, then in the folders above them.
    """
    if folder is not None:
        return [Path(folder).expanduser()]
    notebook, module = Path.cwd(), Path(__file__).resolve().parent
    parents = [notebook, module, *notebook.parents, *module.parents]
    return list(dict.fromkeys(parent / "datasets" for parent in parents))


def _paths(folder: Path, dataset: DatasetName) -> dict[str, Path]:
    return {
        split: folder / f"{_PREFIX[dataset]}{split}_catvnoncat.h5" for split in ("train", "test")
    }


def _read(folder: Path, dataset: DatasetName) -> ImageDataset:
    """Read both files of a set and check their arrays. Raises ValueError or OSError."""
    arrays: dict[str, Any] = {}
    classes: npt.NDArray[np.bytes_] | None = None
    for split, path in _paths(folder, dataset).items():
        count = _COUNTS[split]
        with h5py.File(path, "r") as file:
            try:
                x = np.asarray(file[f"{split}_set_x"][:])
                y = np.asarray(file[f"{split}_set_y"][:])
                classes = np.asarray(file["list_classes"][:])
            except KeyError as error:
                raise ValueError(
                    _("{file} lacks an array: {error}").format(file=path.name, error=error)
                ) from error
        if x.shape != (count, 64, 64, 3) or x.dtype != np.uint8 or y.shape != (count,):
            raise ValueError(
                _(
                    "{file} holds images {images} of type {type} and labels {labels}, "
                    "not ({count}, 64, 64, 3) of type uint8 and ({count},)"
                ).format(file=path.name, images=x.shape, type=x.dtype, labels=y.shape, count=count)
            )
        arrays[f"{split}_x"] = x
        arrays[f"{split}_y"] = y.astype(np.int64).reshape(1, count)
    assert classes is not None
    return ImageDataset(
        arrays["train_x"], arrays["train_y"], arrays["test_x"], arrays["test_y"], classes
    )


def _find(folder: str | Path | None) -> tuple[DatasetName, Path, ImageDataset]:
    """Find the set to use: (its name, its folder, its arrays)."""
    folders = _folders(folder)
    names: tuple[DatasetName, ...] = ("original", "embedded")
    for dataset in names:
        for candidate in folders:
            if not all(path.is_file() for path in _paths(candidate, dataset).values()):
                continue
            try:
                return dataset, candidate, _read(candidate, dataset)
            except (OSError, ValueError) as error:
                message = (
                    _("The original images in {folder} cannot be used ({error}).")
                    if dataset == "original"
                    else _("The embedded images in {folder} cannot be used ({error}).")
                )
                warnings.warn(message.format(folder=candidate, error=error), stacklevel=3)
    near = _("a folder called datasets near this notebook")
    raise FileNotFoundError(
        _(
            "No cat / non-cat images were found in {where}: put embedded_train_catvnoncat.h5 and "
            "embedded_test_catvnoncat.h5 from the course's datasets folder there, or run "
            "`make data` in the course folder."
        ).format(where=near if folder is None else folders[0])
    )


def load_image_dataset(folder: str | Path | None = None) -> ImageDataset:
    """Load the cat / non-cat images.

    The original photographs are used where they are found and intact, otherwise the embedded
    drawings; `which_dataset` tells which. Without `folder`, the folders called `datasets`
    beside the notebook, beside this module and in the folders above are searched.

    Parameters:
        folder: the only folder to look in, if given.

    Returns:
        (train_x_orig, train_y, test_x_orig, test_y, classes): images (209, 64, 64, 3) and
        (50, 64, 64, 3) of uint8, labels (1, 209) and (1, 50) with 1 for a cat, and the names
        of the two classes, as bytes.

    Raises:
        FileNotFoundError: neither set was found, or none that can be read.
    """
    return _find(folder)[2]


def which_dataset(folder: str | Path | None = None) -> DatasetName:
    """Return which images `load_image_dataset` loads: "original" or "embedded"."""
    return _find(folder)[0]


def expected_figures(model_name: str, folder: str | Path | None = None) -> ExpectedFigures:
    """Return the figures that a model should reach on the images in use.

    Parameters:
        model_name: "logistic_regression", "two_layer_model" or "L_layer_model".
        folder: as for `load_image_dataset`.

    Returns:
        A dict of figures that prints as a short table.

    Raises:
        ValueError: no such model.
        FileNotFoundError: no images, or no expected_figures.json in the folders searched.
    """
    dataset, found, _images = _find(folder)
    for candidate in [found, *_folders(None)]:
        path = candidate / "expected_figures.json"
        if path.is_file():
            figures = json.loads(path.read_text(encoding="utf-8"))[dataset]
            break
    else:
        raise FileNotFoundError(
            _("expected_figures.json was not found; it belongs into the course's datasets folder.")
        )
    if model_name not in figures:
        raise ValueError(
            _("There is no model {name!r}; choose one of {models}.").format(
                name=model_name, models=", ".join(figures)
            )
        )
    return ExpectedFigures(figures[model_name], model_name, dataset)


def _upright_rgb(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held, and put transparent ones on white."""
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return picture.convert("RGB")


def load_own_image(path: str | Path, size: int = 64) -> npt.NDArray[np.uint8]:
    """Load any picture as the square colour image that the classifiers take.

    The largest square in the middle is cut out and scaled.

    Parameters:
        path: the picture, in any format that Pillow reads (PNG, JPEG, WebP, ...).
        size: side of the result, in pixels.

    Returns:
        The image, (size, size, 3) of uint8, red, green and blue from 0 to 255.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file cannot be read as a picture, or `size` is less than 1.
    """
    from PIL import Image, ImageOps

    path = Path(path).expanduser()
    if size < 1:
        raise ValueError(_("size must be at least 1 pixel, not {size}.").format(size=size))
    if not path.is_file():
        raise FileNotFoundError(
            _("There is no picture {file}; the current folder is {folder}.").format(
                file=path, folder=Path.cwd()
            )
        )
    try:
        with Image.open(path) as picture:
            upright = _upright_rgb(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(
            _("{file} cannot be read as a picture ({error}); save it as PNG or JPEG.").format(
                file=path.name, error=error
            )
        ) from error
    square = ImageOps.fit(upright, (size, size), Image.Resampling.LANCZOS)
    return np.asarray(square, dtype=np.uint8)
