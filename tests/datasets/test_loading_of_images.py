"""The images as a notebook loads them, wherever they lie."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import types
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image

from course import image_data
from grader.paths import PROJECT
from tests.helpers.datasets import DATASETS, FILES, ORIGINALS, on_path


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The loader as a student's folder holds it: no project above, no datasets yet."""
    folder = tmp_path / "course" / "assignment"
    folder.mkdir(parents=True)
    shutil.copy(PROJECT / "utils" / "course" / "image_data.py", folder / "lone_image_data.py")
    monkeypatch.chdir(folder)
    monkeypatch.delitem(sys.modules, "lone_image_data", raising=False)
    with on_path(folder):
        return importlib.import_module("lone_image_data")


def copy_embedded(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in (*FILES, "expected_figures.json"):
        shutil.copy(DATASETS / name, folder)


def originals_into(folder: Path) -> None:
    if not (ORIGINALS / "train_catvnoncat.h5").is_file():
        pytest.skip("../shared/datasets is absent: the original photographs are needed here")
    folder.mkdir(exist_ok=True)
    for name in ("train_catvnoncat.h5", "test_catvnoncat.h5"):
        shutil.copyfile(ORIGINALS / name, folder / name)


def test_the_embedded_set_loads_with_labels_as_rows(
    alone: types.ModuleType, tmp_path: Path
) -> None:
    copy_embedded(tmp_path / "given")
    loaded = alone.load_image_dataset(tmp_path / "given")
    train_x, train_y, test_x, test_y, classes = loaded
    assert (train_x.shape, test_x.shape) == ((209, 64, 64, 3), (50, 64, 64, 3))
    assert (train_y.shape, test_y.shape) == ((1, 209), (1, 50))
    assert train_x.dtype == np.uint8
    assert train_y.dtype == np.int64
    assert classes[train_y[0, 0]].decode("utf-8") in ("cat", "non-cat")
    assert alone.which_dataset(tmp_path / "given") == "embedded"


def test_the_module_works_as_part_of_the_package_utils() -> None:
    with on_path(PROJECT):
        module = importlib.import_module("course.image_data")
    assert module.load_image_dataset(DATASETS).train_y.shape == (1, 209)


@pytest.mark.parametrize("where", ["course/assignment", "course", "."])
def test_the_images_are_found_beside_the_notebook_and_in_the_folders_above(
    alone: types.ModuleType, tmp_path: Path, where: str
) -> None:
    copy_embedded(tmp_path / where / "datasets")
    assert alone.load_image_dataset().test_y.sum() == 33


def test_the_images_are_found_above_the_module_when_the_notebook_runs_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert image_data.load_image_dataset().train_y.sum() == 72


def test_missing_images_are_explained(alone: types.ModuleType, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make data"):
        alone.load_image_dataset()
    with pytest.raises(FileNotFoundError, match="given"):
        alone.load_image_dataset(tmp_path / "given")


def test_the_original_photographs_are_preferred(alone: types.ModuleType, tmp_path: Path) -> None:
    copy_embedded(tmp_path / "course" / "assignment" / "datasets")
    originals_into(tmp_path / "course" / "datasets")
    assert alone.which_dataset() == "original"
    with h5py.File(ORIGINALS / "train_catvnoncat.h5") as file:
        assert np.array_equal(alone.load_image_dataset().train_x_orig, file["train_set_x"][:])
    assert alone.expected_figures("L_layer_model")["test_accuracy"] == 80.0


@pytest.mark.parametrize("content", [b"", b"not HDF5 at all"])
def test_broken_photographs_give_way_to_the_embedded_set_with_a_warning(
    alone: types.ModuleType, tmp_path: Path, content: bytes
) -> None:
    copy_embedded(tmp_path / "given")
    for name in ("train_catvnoncat.h5", "test_catvnoncat.h5"):
        (tmp_path / "given" / name).write_bytes(content)
    with pytest.warns(UserWarning, match="original images .* cannot be used"):
        assert alone.which_dataset(tmp_path / "given") == "embedded"


def test_photographs_of_another_shape_are_not_used(alone: types.ModuleType, tmp_path: Path) -> None:
    copy_embedded(tmp_path / "given")
    for split in ("train", "test"):
        with h5py.File(tmp_path / "given" / f"{split}_catvnoncat.h5", "w") as file:
            file[f"{split}_set_x"] = np.zeros((3, 64, 64, 3), np.uint8)
            file[f"{split}_set_y"] = np.zeros(3, np.int64)
            file["list_classes"] = np.array([b"non-cat", b"cat"])
    with pytest.warns(UserWarning, match="not \\(209, 64, 64, 3\\)"):
        assert alone.which_dataset(tmp_path / "given") == "embedded"


def test_one_photograph_file_without_the_other_is_not_enough(
    alone: types.ModuleType, tmp_path: Path
) -> None:
    copy_embedded(tmp_path / "given")
    (tmp_path / "given" / "train_catvnoncat.h5").write_bytes(b"")
    assert alone.which_dataset(tmp_path / "given") == "embedded"


def test_the_expected_figures_print_as_a_short_table(
    alone: types.ModuleType, tmp_path: Path
) -> None:
    copy_embedded(tmp_path / "given")
    figures = alone.expected_figures("two_layer_model", tmp_path / "given")
    known = json.loads((DATASETS / "expected_figures.json").read_text(encoding="utf-8"))
    assert figures == known["embedded"]["two_layer_model"]
    lines = str(figures).splitlines()
    assert lines[0] == (
        "two_layer_model on the embedded images, 2,500 iterations, learning rate 0.0075"
    )
    assert lines[-1].split()[:2] == ["test", "accuracy"]
    with pytest.raises(ValueError, match="choose one of logistic_regression"):
        alone.expected_figures("three_layer_model", tmp_path / "given")


def test_a_picture_of_any_form_becomes_a_square_colour_image(tmp_path: Path) -> None:
    for mode, name in (("RGB", "a.jpg"), ("RGBA", "b.png"), ("L", "c.png"), ("P", "d.gif")):
        Image.new(mode, (90, 40)).save(tmp_path / name)
        image = image_data.load_own_image(tmp_path / name)
        assert image.shape == (64, 64, 3)
        assert image.dtype == np.uint8
    assert image_data.load_own_image(tmp_path / "a.jpg", size=16).shape == (16, 16, 3)


def test_the_middle_of_a_picture_is_kept(tmp_path: Path) -> None:
    picture = Image.new("RGB", (300, 100), "red")
    picture.paste("blue", (100, 0, 200, 100))
    picture.save(tmp_path / "wide.png")
    middle = image_data.load_own_image(tmp_path / "wide.png")[:, 4:-4]
    assert np.all(middle == (0, 0, 255))


def test_a_picture_is_turned_as_its_camera_was_held(tmp_path: Path) -> None:
    picture = Image.new("RGB", (64, 64), "black")
    picture.paste("white", (0, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    picture.save(tmp_path / "turned.png", exif=exif)
    image = image_data.load_own_image(tmp_path / "turned.png")
    assert image[:32].mean() < 1
    assert image[32:].mean() > 254


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    assert np.all(image_data.load_own_image(tmp_path / "clear.png") == 255)


def test_a_picture_that_cannot_be_read_is_explained(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(ValueError, match="cannot be read as a picture"):
        image_data.load_own_image(tmp_path / "text.png")
    with pytest.raises(FileNotFoundError, match="There is no picture"):
        image_data.load_own_image(tmp_path / "absent.png")
    with pytest.raises(ValueError, match="at least 1 pixel"):
        image_data.load_own_image(tmp_path / "text.png", size=0)
