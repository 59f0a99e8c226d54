"""One order of lessons and assignments, wherever a reader looks, and where a student goes on."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.paths import NOTEBOOKS, PROJECT, RELEASE
from grader.release import reading_order as reading_order_module
from grader.release.reading_order import PAGES, THE_COURSE, Reading, reading_order, write_lists
from grader.release.start_page import START_PAGE, write_start_page
from grader.release.working_copy import make_working_copy

ORDER = [one.name for one in reading_order()]
LINK = re.compile(r"\]\((?:[\w./-]*/)?([\w-]+)\.(?:ipynb|html)\)|<([\w-]+)>$", re.MULTILINE)


def test_the_order_has_every_lesson_and_every_assignment_once() -> None:
    lessons = [path.stem for path in NOTEBOOKS.glob("*.ipynb")]
    assert sorted(ORDER) == sorted([*lessons, *assignments.names()])
    assert all((PROJECT / one.place).is_file() for one in reading_order()), "run `make release`"


def test_style_is_passed_over_only_in_assignments_that_an_author_adds() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    ruff = settings["tool"]["ruff"]
    lenient = [*ruff["lint"]["per-file-ignores"], *ruff["format"]["exclude"]]
    places = [f"source/{one.name}/exercises.py" for one in THE_COURSE if not one.is_lesson]
    assert [(p, l) for p in places for l in lenient if fnmatch(p, l)] == []
    last = max(int(one.name[1:].partition("_")[0]) for one in THE_COURSE if not one.is_lesson)
    added = [f"source/a{number}_mine/exercises.py" for number in (last + 1, 10, 23)]
    assert all(any(fnmatch(place, pattern) for pattern in lenient) for place in added)
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert f"from a{last + 1} on" in makefile


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_lists_the_course_lists_it_in_this_order(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    listed = [link or entry for link, entry in LINK.findall(text)]
    found = [name for name in listed if name in ORDER]
    assert found == ORDER * (len(found) // len(ORDER)) and found, "run `make release`"
    titles = {one.name: one.title for one in reading_order()}
    assert all(titles[name] in text for name in found)


@pytest.mark.parametrize("one", THE_COURSE, ids=lambda one: one.name)
def test_a_lesson_leads_to_what_comes_next(one: Reading) -> None:
    if not one.is_lesson or one is THE_COURSE[-1]:
        return
    cells = nbformat.read(PROJECT / one.place, as_version=4).cells
    text = next(c.source for c in reversed(cells) if "**Next:**" in c.source)
    following = ORDER[ORDER.index(one.name) + 1]
    named = re.findall(r"\b(\d\d_\w+|a\d_\w+)\b", text.partition("**Next:**")[2])
    assert named[0] == following


def test_an_added_assignment_is_listed_everywhere_and_one_that_is_gone_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in PAGES:
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / page, tmp_path / page)
    text = "# Weights | small\n\nKeep `W.T` small, and see why. More."
    (tmp_path / "a10_weights").mkdir()
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]),
        tmp_path / "a10_weights" / "a10_weights.ipynb",
    )
    monkeypatch.setattr(reading_order_module, "PROJECT", tmp_path)
    monkeypatch.setattr(reading_order_module, "SOURCE", tmp_path)
    monkeypatch.setattr(assignments, "names", lambda: ["a10_weights"])
    assert write_lists() == list(PAGES)
    for page in PAGES:
        listed = (tmp_path / page).read_text(encoding="utf-8")
        assert "[Assignment 10: Weights \\| small](" in listed
        assert "| Keep `W.T` small, and see why |" in listed
    index = (tmp_path / "docs/site/index.md").read_text(encoding="utf-8")
    assert "\nAssignment 10: Weights | small <a10_weights>\n" in index
    assert write_lists() == []
    monkeypatch.setattr(assignments, "names", list)
    assert write_lists() == list(PAGES)
    assert not any("a10_weights" in (tmp_path / page).read_text("utf-8") for page in PAGES)


def test_another_course_has_its_own_lessons_and_assignments_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("02_lines.ipynb", "01_points.ipynb", "a1_line/a1_line.ipynb"):
        cell = nbformat.v4.new_markdown_cell(
            f"# The title of {Path(path).stem}\n\nWhat it is about."
        )
        (tmp_path / path).parent.mkdir(exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / path)
    monkeypatch.setattr(reading_order_module, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(reading_order_module, "SOURCE", tmp_path)
    monkeypatch.setattr(assignments, "names", lambda: ["a1_line"])
    titles = [one.title for one in reading_order()]
    assert titles == [
        "The title of 01_points",
        "The title of 02_lines",
        "Assignment 1: The title of a1_line",
    ]


# The page with which `make lab` opens ------------------------------------------------------------


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A small working copy."""
    course = tmp_path / "course"
    for name in ("notebooks/01_introduction.ipynb", "notebooks/02_logistic_regression.ipynb"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("as given")
    shutil.copytree(RELEASE / "a1_numpy_basics", course / "release" / "a1_numpy_basics")
    make_working_copy(
        tmp_path / "work", lambda line: None, (course / "notebooks", course / "release")
    )
    return tmp_path / "work"


def change(work: Path, place: str, when: int) -> None:
    """Save other text in a notebook, at a time."""
    (work / place).write_text("my work")
    os.utime(work / place, (when, when))


def passed(work: Path, *names: str) -> None:
    """Note that checks of the first assignment have passed."""
    lines = (f"passed  2026-03-01 14:05  a1_numpy_basics  {name}\n" for name in names)
    (work / "release" / "a1_numpy_basics" / "progress.txt").write_text("".join(lines))


def shown(work: Path) -> str:
    """The start page, made anew."""
    write_start_page(work)
    return (work / START_PAGE).read_text(encoding="utf-8")


A1 = "release/a1_numpy_basics/a1_numpy_basics.ipynb"
EXERCISES = [exercise.name for exercise in assignments.load("a1_numpy_basics").exercises]


def test_who_has_done_nothing_begins_with_the_first_lesson(work: Path) -> None:
    text = shown(work)
    assert "**Begin here:** [Lesson 1: Introduction](notebooks/01_introduction.ipynb)" in text
    assert "begun" not in text


def test_one_goes_on_with_the_notebook_that_was_changed_last(work: Path) -> None:
    change(work, "notebooks/01_introduction.ipynb", 2_000)
    change(work, "notebooks/02_logistic_regression.ipynb", 1_000)
    text = shown(work)
    assert "**Go on where you were:** [Lesson 1: Introduction]" in text
    assert text.count("| begun |") == 2


def test_in_an_assignment_one_goes_on_with_the_first_exercise_that_is_not_done(work: Path) -> None:
    change(work, A1, 1_000)
    passed(work, EXERCISES[0], EXERCISES[2])
    text = shown(work)
    assert f"[Assignment 1: NumPy basics]({A1}), exercise `{EXERCISES[1]}`" in text
    assert f"2 of {len(EXERCISES)} exercises done" in text


def test_after_an_assignment_that_is_done_comes_the_next_page(work: Path) -> None:
    change(work, A1, 1_000)
    passed(work, *EXERCISES)
    assert "Assignment 1: NumPy basics is done; next comes [Assignment 2" in shown(work)
