"""The builder of the embedded images, on drawings made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.helpers.datasets import DATASETS, FILES, on_path

with on_path(DATASETS):
    from builder import assemble, drawings, models, scenes, sources


def fake_pool(subjects: int = 12) -> assemble.Pool:
    """Coloured shapes under the names of two sets of one artwork family."""
    listed = [
        drawings.Drawing(edition, f"{kind}-{number}", kind, f"fake:{kind}-{number}")
        for kind in assemble.TEST_SHARE
        for number in range(subjects)
        for edition in ("fake", "fake-v1")
    ]

    def renderer(drawing: drawings.Drawing, pixels: int) -> Image.Image:
        chance = np.random.default_rng(list(drawing.group.encode()))
        picture = Image.new("RGBA", (pixels, pixels))
        brush = ImageDraw.Draw(picture)
        for _ in range(5):
            x, y = chance.integers(0, pixels // 2, size=2)
            colour = tuple(int(value) for value in chance.integers(0, 256, size=3))
            brush.ellipse((x, y, x + pixels // 2, y + pixels // 2), fill=colour)
        return picture

    return assemble.Pool(listed, renderer)


def test_a_scene_is_the_same_for_the_same_seed_and_differs_for_another() -> None:
    pool = fake_pool()
    picture = pool.picture(pool.drawings[0])
    variety = scenes.Variety()

    def scene(seed: int) -> np.ndarray:
        return scenes.compose(picture, [picture], np.random.default_rng(seed), variety)

    assert scene(1).shape == (64, 64, 3)
    assert scene(1).dtype == np.uint8
    assert np.array_equal(scene(1), scene(1))
    assert not np.array_equal(scene(1), scene(2))


def test_a_scene_can_be_composed_at_any_size() -> None:
    pool = fake_pool()
    picture = pool.picture(pool.drawings[0])
    scene = scenes.compose(picture, [], np.random.default_rng(0), scenes.Variety(), side=100)
    assert scene.shape == (100, 100, 3)


def test_every_background_is_an_image_of_floats_from_0_to_1() -> None:
    with on_path(DATASETS):
        from builder import backgrounds
    for seed in range(40):
        image = backgrounds.paint(np.random.default_rng(seed), 48)
        assert image.shape == (48, 48, 3)
        assert 0 <= image.min() <= image.max() <= 1
    for painter in backgrounds.PAINTERS:
        assert painter(np.random.default_rng(0), 32).shape == (32, 32, 3)


def test_turning_the_hue_by_nothing_or_by_a_whole_turn_changes_no_colour() -> None:
    colours = np.random.default_rng(0).uniform(0, 1, (50, 3))
    for turn in (0.0, 1.0):
        assert np.allclose(scenes.turn_hue(colours, turn), colours, atol=1e-9)


def test_both_editions_of_a_drawing_are_dealt_to_the_same_side() -> None:
    pool = fake_pool()
    for seed in range(20):
        training, test = drawings.deal(
            pool.drawings, assemble.TEST_SHARE, np.random.default_rng(seed)
        )
        assert len(training) + len(test) == len(pool.drawings)
        assert not {d.group for d in training} & {d.group for d in test}


@pytest.fixture
def few_images(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRAIN_COUNTS", "TEST_COUNTS"):
        monkeypatch.setattr(assemble, name, dict.fromkeys(getattr(assemble, name), 6))


@pytest.mark.usefixtures("few_images")
def test_a_build_is_the_same_to_the_byte_for_the_same_seed(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        made = assemble.build(fake_pool(), seed=5)
        assemble.write_h5(folder / FILES[0], "train", made.train)
        assemble.write_h5(folder / FILES[1], "test", made.test)
        assemble.write_manifest(folder / "manifest.csv", made)
        assemble.write_samples(folder / "samples", made)
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert len(names) == 6
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.usefixtures("few_images")
def test_a_build_stops_when_drawings_on_different_sides_look_alike() -> None:
    pool = fake_pool()
    made = assemble.build(pool, seed=5)
    assert assemble.check_apart(pool, made) >= assemble.LOOK_ALIKE
    same = assemble.Pool(pool.drawings, lambda drawing, pixels: pool.picture(pool.drawings[0]))
    with pytest.raises(ValueError, match="look alike"):
        assemble.check_apart(same, made)


def test_recoloured_and_renamed_drawings_share_a_group() -> None:
    for first, second in (
        ("cat", "black-cat"),
        ("cat-face", "grinning-cat"),
        ("pouting-face", "enraged-face"),
        ("fox-face-1", "fox-face-2"),
    ):
        assert drawings.group_of("noto", first) == drawings.group_of("noto", second)
    assert drawings.group_of("noto", "cat") != drawings.group_of("twemoji", "cat")


def test_big_cats_are_not_cats() -> None:
    assert drawings.kind_of("cat-face") == drawings.CAT
    assert drawings.kind_of("hacker-cat") == drawings.CAT
    for name in ("tiger", "lion-face", "leopard"):
        assert drawings.kind_of(name) == drawings.ANIMAL
    assert drawings.kind_of("flag-for-france") is None


def test_a_package_with_other_bytes_than_the_pinned_ones_is_refused(tmp_path: Path) -> None:
    one = sources.DRAWING_SETS[0]
    (tmp_path / one.archive_name).write_bytes(b"not the package")
    with pytest.raises(sources.SourceError, match="not the pinned"):
        sources.fetch_archive(one, tmp_path)


def test_missing_npm_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.shutil, "which", lambda name: None)
    with pytest.raises(sources.SourceError, match="npm is not installed"):
        sources.fetch_archive(sources.DRAWING_SETS[0], tmp_path)


def test_fast_training_takes_the_steps_of_plain_gradient_descent() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 1, (40, 9)), (rng.random((1, 9)) < 0.5).astype(np.int64)
    model = models.Model((40, 4, 3, 1), 0.05, 201, "scaled")
    weights, biases, costs = models.train(model, x, y)

    plain_w = models.initial_weights(model)
    plain_b = [np.zeros((len(w), 1)) for w in plain_w]
    plain_costs = []
    for iteration in range(model.iterations):
        inputs, a = [], x
        for layer, (w, b) in enumerate(zip(plain_w, plain_b, strict=True)):
            inputs.append(a)
            z = w @ a + b
            a = np.maximum(z, 0) if layer < 2 else 1 / (1 + np.exp(-z))
        if iteration % 100 == 0:
            plain_costs.append(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))
        dz = a - y
        for layer in (2, 1, 0):
            dw, db = dz @ inputs[layer].T / 9, dz.mean(axis=1, keepdims=True)
            dz = (plain_w[layer].T @ dz) * (inputs[layer] > 0)
            plain_w[layer] = plain_w[layer] - model.learning_rate * dw
            plain_b[layer] = plain_b[layer] - model.learning_rate * db
    assert np.allclose(costs, plain_costs, rtol=1e-10)
    for ours, theirs in zip(weights + biases, plain_w + plain_b, strict=True):
        assert np.allclose(ours, theirs, atol=1e-10)
