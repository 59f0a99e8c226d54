"""The images: how they are built, what is committed, how the originals come, how they load."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import importlib
import io
import json
import re
import shutil
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image, ImageDraw

PROJECT = Path(__file__).resolve().parents[2]
DATASETS = PROJECT / "datasets"
ORIGINALS = PROJECT.parent / "shared" / "datasets"
FILES = ("embedded_train_catvnoncat.h5", "embedded_test_catvnoncat.h5")


@contextlib.contextmanager
def on_path(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


with on_path(DATASETS):
    import build_embedded_set
    import download_originals
    from builder import assemble, datasheet, drawings, models, scenes, sources
image_data = importlib.import_module("course.image_data")


# --- the builder, on drawings made here -------------------------------------------------------


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


# --- what is committed ------------------------------------------------------------------------


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


# --- downloading the originals, from a server on this machine ---------------------------------

CONTENT = {
    "a.h5": np.random.default_rng(0).bytes(300_000),
    "b.h5": np.random.default_rng(1).bytes(1_000),
}
WANTED = tuple(
    download_originals.Wanted(name, len(content), hashlib.sha256(content).hexdigest())
    for name, content in CONTENT.items()
)


class Mirror(BaseHTTPRequestHandler):
    """Misbehaves as the first part of the path says."""

    asked: list[str] = []

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        _, manner, name = self.path.split("/")
        content = CONTENT[name]
        if manner == "absent":
            self.send_error(404)
            return
        if manner == "wrong":
            content = content[::-1]
        self.send_response(200)
        if manner not in ("endless", "unsaid"):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if manner in ("cut", "unsaid"):
            self.wfile.write(content[: len(content) // 2])
        elif manner == "endless":
            with contextlib.suppress(OSError):
                for _ in range(10_000):  # bounded, should the client not hang up
                    self.wfile.write(bytes(10_000))
        elif manner == "slow":
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
        else:
            self.wfile.write(content)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Mirror.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def download(*mirrors: str, arguments: tuple[str, ...] = ()) -> int:
        arguments = ("--into", str(tmp_path / "into"), *arguments)
        return download_originals.main(list(arguments), mirrors, WANTED)

    return download


def held(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tmp_path / "into").iterdir()}


def test_a_good_mirror_gives_both_files(server: str, run: Run, tmp_path: Path) -> None:
    assert run(f"{server}/good") == 0
    assert held(tmp_path) == CONTENT


def test_files_that_are_there_and_right_are_not_fetched_again(
    server: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run(f"{server}/good")
    Mirror.asked.clear()
    assert run(f"{server}/good") == 0
    assert Mirror.asked == []
    assert capsys.readouterr().out.count("already there and verified") == 2


def test_a_file_with_a_wrong_checksum_is_named_and_replaced(
    server: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "a.h5").write_bytes(b"broken")
    assert run(f"{server}/good") == 0
    assert "a.h5: there, but not the original" in capsys.readouterr().out
    assert held(tmp_path) == CONTENT


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("wrong", "the checksum differs"),
        ("cut", "only 150,000 of 300,000 bytes"),
        ("unsaid", "only 150,000 of 300,000 bytes"),
        ("endless", "more than the 300,000 bytes"),
        ("slow", "took longer"),
        ("absent", "404"),
    ],
)
def test_a_bad_mirror_is_refused_and_the_next_one_used(
    server: str,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    manner: str,
    reason: str,
) -> None:
    monkeypatch.setattr(download_originals, "PATIENCE", 0.5)
    assert run(f"{server}/{manner}", f"{server}/good") == 0
    assert reason in capsys.readouterr().out
    assert held(tmp_path) == CONTENT


def test_a_bad_mirror_alone_leaves_nothing_behind_and_says_what_to_do(
    server: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"{server}/wrong") == 1
    assert held(tmp_path) == {}
    assert "the checksum differs" in capsys.readouterr().err


def test_without_a_network_one_sentence_says_what_to_do(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    nobody = "http://127.0.0.1:9"  # the discard port: nothing listens
    assert run(nobody, nobody) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    for part in ("proxy", "a.h5 and b.h5", str(tmp_path / "into"), "embedded"):
        assert part in said.err
    assert held(tmp_path) == {}


def test_a_proxy_that_does_not_answer_is_reported_in_the_same_way(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert run("http://mirror.invalid/") == 1
    assert "proxy settings" in capsys.readouterr().err


def test_stopping_by_hand_leaves_no_partial_file(
    server: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(self: object, done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(download_originals.Progress, "show", interrupt)
    assert run(f"{server}/good") == 130
    assert held(tmp_path) == {}
    assert "Stopped" in capsys.readouterr().err


def test_files_can_be_taken_from_a_folder_or_from_another_mirror(
    server: str, run: Run, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    for name, content in CONTENT.items():
        (there / name).write_bytes(content)
    assert run(arguments=("--from", str(there))) == 0
    assert held(tmp_path) == CONTENT
    shutil.rmtree(tmp_path / "into")
    assert run(arguments=("--from", f"{server}/good")) == 0
    assert held(tmp_path) == CONTENT


def test_a_folder_without_the_files_is_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments=("--from", str(tmp_path / "nowhere"))) == 1
    assert "nowhere" in capsys.readouterr().err


def test_progress_is_shown_in_a_terminal(
    server: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert run(f"{server}/good") == 0
    assert "a.h5: 100 % of 0.3 MB" in terminal.getvalue()


# --- loading ----------------------------------------------------------------------------------


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
