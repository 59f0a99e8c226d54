"""Somebody who learns alone: the solution once solved, and all of it in a notebook."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from course.study import solution_store
from course.study.solutions import solution
from course.study.study_record import FILE_NAME
from grader.exercises import assignment as assignments
from grader.paths import PROJECT, RELEASE
from tests.helpers.studying import A4, check, record_of, right

# The solution ------------------------------------------------------------------------------------


def test_the_solution_waits_until_ones_own_is_right(folder: Path, said: Callable[..., str]) -> None:
    text = said(solution, "linear_forward")
    assert "def linear_forward" not in text
    assert "linear_forward_test(linear_forward)" in text
    assert 'solution("linear_forward", anyway=True)' in text
    assert not (folder / FILE_NAME).exists()
    check(right)
    assert "np.dot(W, A) + b" in said(solution, "linear_forward")
    assert record_of(folder).solution


def test_the_solution_opens_on_a_clear_request(folder: Path, said: Callable[..., str]) -> None:
    text = said(solution, "linear_forward", anyway=True)
    assert "np.dot(W, A) + b" in text
    assert "YOUR CODE" not in text and "approx." not in text
    assert (record_of(folder).solution, record_of(folder).passed) == (True, False)


def test_without_a_solution_nearby_a_sentence_says_where_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    monkeypatch.setattr(solution_store, "__file__", str(folder / "solution_store.py"))
    text = " ".join(said(solution, "linear_forward", anyway=True).split())
    assert f"source/{A4}/{A4}.ipynb" in text
    assert "def linear_forward" not in text


def test_a_damaged_master_notebook_is_no_solution(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    monkeypatch.setattr(solution_store, "__file__", str(folder / "solution_store.py"))
    damaged = tmp_path / "source" / A4 / f"{A4}.ipynb"
    damaged.parent.mkdir(parents=True)
    for text in ("", "[]", '{"cells": 3}', '{"cells": [{"id": "linear_forward"}]}', "\x00"):
        damaged.write_text(text)
        assert "is not in this folder" in said(solution, "linear_forward", anyway=True)


# A notebook --------------------------------------------------------------------------------------

_FAILED = "def linear_forward(A, W, b):\n    return W @ A, (A, W, b)"


_SOLVED = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"


_CHECK = "linear_forward_test(linear_forward)"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[str]]]:
    """What the cells of a released notebook show in two kernels, one after the other."""
    folder = tmp_path_factory.mktemp("course") / A4
    shutil.copytree(RELEASE / A4, folder, ignore=shutil.ignore_patterns("__pycache__", FILE_NAME))
    shutil.copytree(PROJECT / "source" / A4, folder.parent / "source" / A4)
    setup = assignments.load(A4).setup
    first = [setup, _FAILED, _CHECK, 'hint("linear_forward")', "hint(linear_forward)"]
    second = [
        *(setup, "progress()", 'hint("linear_forward")', 'solution("linear_forward")'),
        *(_SOLVED, _CHECK, 'solution("linear_forward")', "progress()"),
    ]
    yield [shown_by(first, folder), shown_by(second, folder)]


def shown_by(sources: list[str], folder: Path) -> list[str]:
    """What each cell of a notebook shows, run in a kernel of its own."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return ["\n".join(map(shown, cell.outputs)) for cell in notebook.cells]


def shown(output: Any) -> str:
    """What a notebook shows of an output."""
    if output.output_type == "error":
        return "\n".join(output.traceback)
    if output.output_type == "stream":
        return str(output.text)
    return str(output.data.get("text/markdown", ""))


def test_in_a_notebook_a_failed_check_leads_to_the_hints(notebooks: list[list[str]]) -> None:
    _setup, _cell, failed, first, second = notebooks[0]
    assert 'For a hint: hint("linear_forward")' in failed.splitlines()
    assert first.startswith("**Hint 1 of 3 for `linear_forward`**")
    assert second.startswith("**Hint 2 of 3 for `linear_forward`**")


def test_after_a_restart_a_notebook_knows_what_was_done(notebooks: list[list[str]]) -> None:
    _setup, before, third, refused, _cell, passed, opened, after = notebooks[1]
    assert re.search(r"tried +linear_forward .* 2 hints$", before, re.MULTILINE)
    assert third.startswith("**Hint 3 of 3 for `linear_forward`**")
    assert "anyway=True" in refused and "def linear_forward" not in refused
    assert "All tests passed." in passed
    assert "```python\ndef linear_forward(A, W, b):" in opened
    assert re.search(r"done +linear_forward .* 3 hints, solution opened$", after, re.MULTILINE)
    assert textwrap.dedent(after).count("You can compute the linear part of a layer") == 1
