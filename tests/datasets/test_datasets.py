"""The images that are committed, and what is said of them."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import h5py
import numpy as np
import pytest

from course import image_data
from tests.helpers.datasets import DATASETS, FILES, on_path

with on_path(DATASETS):
    import build_embedded_set
    from builder import datasheet, models, sources


def manifest() -> list[dict[str, str]]:
    with (DATASETS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("split", "count", "cats"), [("train", 209, 72), ("test", 50, 33)])
def test_the_embedded_files_have_the_shape_of_the_originals(
    split: str, count: int, cats: int
) -> None:
    with h5py.File(DATASETS / f"embedded_{split}_catvnoncat.h5") as file:
        assert set(file) == {f"{split}_set_x", f"{split}_set_y", "list_classes"}
        images, labels = file[f"{split}_set_x"], file[f"{split}_set_y"]
        assert (images.shape, images.dtype) == ((count, 64, 64, 3), np.uint8)
        assert (labels.shape, labels.dtype) == ((count,), np.int64)
        assert labels[:].sum() == cats
        assert set(labels[:]) == {0, 1}
        assert list(file["list_classes"][:]) == [b"non-cat", b"cat"]


def test_no_image_occurs_twice() -> None:
    seen = set()
    for name, split in zip(FILES, ("train", "test"), strict=True):
        with h5py.File(DATASETS / name) as file:
            seen |= {image.tobytes() for image in file[f"{split}_set_x"][:]}
    assert len(seen) == 259


def test_the_manifest_tells_the_labels_of_all_images() -> None:
    for split in ("train", "test"):
        rows = [row for row in manifest() if row["split"] == split]
        with h5py.File(DATASETS / f"embedded_{split}_catvnoncat.h5") as file:
            assert [int(row["label"]) for row in rows] == list(file[f"{split}_set_y"][:])
        assert [int(row["index"]) for row in rows] == list(range(len(rows)))
        assert all((row["kind"] == "cat") == (row["label"] == "1") for row in rows)


def test_no_drawing_and_no_group_of_drawings_is_in_both_training_and_test() -> None:
    used: dict[str, set[str]] = {"train": set(), "test": set(), "sample": set()}
    groups: dict[str, set[str]] = {"train": set(), "test": set(), "sample": set()}
    for row in manifest():
        used[row["split"]] |= {row["drawing"], *row["clutter"].split()}
        groups[row["split"]].add(row["group"])
    assert not used["train"] & (used["test"] | used["sample"])
    assert not groups["train"] & (groups["test"] | groups["sample"])


def test_most_images_without_a_cat_are_hard_ones() -> None:
    for split in ("train", "test"):
        kinds = [r["kind"] for r in manifest() if r["split"] == split and r["kind"] != "cat"]
        assert sum(kind in ("animal", "expression") for kind in kinds) / len(kinds) > 0.7


def test_the_datasheet_states_the_checksums_of_the_files() -> None:
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    for name in FILES:
        digest = hashlib.sha256((DATASETS / name).read_bytes()).hexdigest()
        assert re.search(rf"`{name}` \|[^|]*\| `{digest}`", text), f"{name} is not as stated"


def test_the_tables_of_the_datasheet_are_those_of_the_manifest_and_the_figures() -> None:
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert datasheet.sources_table(DATASETS / "manifest.csv") in text
    assert datasheet.composition_table(DATASETS / "manifest.csv") in text
    figures = json.loads((DATASETS / "expected_figures.json").read_text(encoding="utf-8"))
    for one in figures.values():
        assert datasheet.figures_table(one) in text


def test_the_datasheet_states_the_seed_and_the_means_of_the_survey() -> None:
    text = " ".join((DATASETS / "README.md").read_text(encoding="utf-8").split())
    rows = {r[0]: r[1:] for r in csv.reader((DATASETS / "seed_survey.csv").open(encoding="utf-8"))}
    accuracies = np.array([rows[str(seed)] for seed in range(1, 21)], dtype=float)
    for values in (accuracies.mean(axis=0), accuracies.std(axis=0)):
        assert " / ".join(f"{value:.1f}" for value in values) in text
    seed = build_embedded_set.typical_seed(accuracies)
    assert seed == build_embedded_set.SEED
    assert f"**The seed** is {seed}." in text
    figures = json.loads((DATASETS / "expected_figures.json").read_text(encoding="utf-8"))
    published = [figures["embedded"][name]["test_accuracy"] for name in models.MODELS]
    assert published == list(accuracies[seed - 1])


def test_the_published_seed_is_typical_and_rises_from_model_to_model() -> None:
    accuracies = np.array([[70.0, 80, 90], [75, 74, 80], [74, 76, 82], [90, 92, 94]])
    assert build_embedded_set.typical_seed(accuracies) == 3


def test_every_source_is_named_with_its_licence() -> None:
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    for one in sources.DRAWING_SETS:
        assert f"{one.licence} | `{one.package}` {one.version}" in text
        assert one.home in (DATASETS / "LICENSE.md").read_text(encoding="utf-8")


def test_the_expected_figures_step_up_from_model_to_model() -> None:
    figures = json.loads((DATASETS / "expected_figures.json").read_text(encoding="utf-8"))
    assert set(figures) == {"embedded", "original"}
    for one in figures.values():
        assert list(one) == ["logistic_regression", "two_layer_model", "L_layer_model"]
        accuracies = [model["test_accuracy"] for model in one.values()]
        assert accuracies == sorted(set(accuracies))
        assert accuracies[0] > 66  # always answering "cat"
        for model in one.values():
            assert model["last_cost"] < 0.2 < model["first_cost"] < 0.8
            assert model["train_accuracy"] > 97


def test_the_committed_images_take_less_than_4_megabytes() -> None:
    committed = [*(DATASETS / name for name in FILES), *(DATASETS / "samples").iterdir()]
    assert sum(path.stat().st_size for path in committed) < 4_000_000


def test_there_are_sample_pictures_to_try() -> None:
    names = sorted(path.name for path in (DATASETS / "samples").glob("*.png"))
    assert names == ["my_animal.png", "my_cat.png", "my_thing.png"]
    for name in names:
        assert image_data.load_own_image(DATASETS / "samples" / name).shape == (64, 64, 3)
