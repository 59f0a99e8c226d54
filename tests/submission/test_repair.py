"""Whatever state a submission is in, it is made gradable, and its student is told of repairs."""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from grader import paths
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.submission.editions import editions_of
from grader.submission.repair import repair
from tests.helpers.repairing import (
    CHECK,
    FUNCTION,
    NAME,
    Cell,
    Notebook,
    as_bytes,
    assert_fully_solved,
    bare,
    cell_of,
    code,
    names,
    place_of,
    released,
    repaired,
    said,
    solution,
    solved,
    source_notebook,
    stub,
    text_of,
)

# ------------------------------------------------------------------ nothing is wrong


def test_a_solved_notebook_needs_no_repair() -> None:
    result = repaired(solved())
    assert result.repairs == ()
    assert_fully_solved(result)


def test_the_source_notebook_itself_can_be_graded_and_its_hidden_tests_are_not_recorded() -> None:
    result = repaired(source_notebook())
    assert result.repairs == ()
    assert_fully_solved(result)


def test_a_notebook_with_nothing_done_is_untouched() -> None:
    result = repaired(released())
    assert result.repairs == ()
    assert result.untouched == set(names())


def test_check_cells_are_not_run() -> None:
    assert not {f"{name}_check" for name in names()} & set(dict(repaired(solved()).cells))


def test_cells_that_train_for_long_are_not_run() -> None:
    notebook = solved()
    notebook["cells"].append(code("train_for_hours()", id="mine", metadata={"tags": ["train"]}))
    assert "mine" not in dict(repaired(notebook).cells)


def test_a_cell_that_trains_is_run_where_it_also_defines_a_function() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["metadata"]["tags"] = ["train"]
    assert FUNCTION in dict(repaired(notebook).cells)


def test_texts_that_were_parsed_before_are_not_parsed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A class hands in much the same cells; parsing them would take most of the time."""
    raw, a4 = as_bytes(solved()), assignments.load(NAME)
    repair(raw, a4)
    monkeypatch.delattr(ast, "parse")
    assert_fully_solved(repair(raw, a4))


def test_repairing_what_was_recorded_changes_nothing() -> None:
    notebook = solved()
    notebook["cells"].insert(3, code(stub()))
    del notebook["cells"][place_of(notebook, CHECK)]
    first = repaired(notebook)
    second = repaired(nbformat.writes(first.notebook).encode())
    assert second.repairs == ()
    assert second.functions == first.functions
    assert second.notebook == first.notebook


def test_without_a_release_locked_cells_are_restored_from_the_source_without_hidden_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "RELEASE", tmp_path)
    result = repaired(released())
    assert result.repairs == ()
    assert result.untouched == set(names())


@pytest.mark.parametrize("name", assignments.names())
def test_the_source_and_the_release_of_each_assignment_need_no_repair(name: str) -> None:
    assignment = assignments.load(name)
    result = repair(assignment.notebook_path.read_bytes(), assignment)
    assert result.repairs == ()
    assert set(result.functions) == {exercise.name for exercise in assignment.exercises}
    file = paths.RELEASE / name / f"{name}.ipynb"
    if file.exists():
        unsolved = repair(file.read_bytes(), assignment)
        assert unsolved.repairs == ()
        assert unsolved.untouched == set(result.functions)


def test_a_picture_in_a_hand_graded_answer_is_kept(tmp_path: Path) -> None:
    assignment, notebook = with_written_answer(tmp_path)
    answer = cell_of(notebook, "answer")
    answer["source"] = "Because ![](attachment:a.png)"
    answer["attachments"] = {"a.png": {"image/png": "aGVsbG8="}}
    result = repair(as_bytes(notebook), assignment)
    assert result.repairs == ()
    recorded = {cell.id: cell for cell in result.notebook.cells}["answer"]
    assert recorded.source == answer["source"]
    assert recorded.attachments == answer["attachments"]


def test_of_a_doubled_answer_the_written_one_is_recorded(tmp_path: Path) -> None:
    assignment, notebook = with_written_answer(tmp_path)
    answer = cell_of(notebook, "answer")
    notebook["cells"].append(copy.deepcopy(answer))
    answer["source"] = "Because."
    result = repair(as_bytes(notebook), assignment)
    recorded = [c for c in result.notebook.cells if "nbgrader" in c.metadata and c.id == "answer"]
    assert [cell.source for cell in recorded] == ["Because."]


def test_a_missing_answer_is_put_back_and_noted(tmp_path: Path) -> None:
    assignment, notebook = with_written_answer(tmp_path)
    del notebook["cells"][place_of(notebook, "answer")]
    result = repair(as_bytes(notebook), assignment)
    assert said(result, "answer", "missing")
    assert "answer" in {cell.id for cell in result.notebook.cells}


def with_written_answer(folder: Path) -> tuple[Assignment, Notebook]:
    """The assignment with a question graded by hand at its end, and its solved notebook."""
    meta = {"grade": True, "grade_id": "answer", "locked": False, "points": 5, "solution": True}
    answer: Cell = {"cell_type": "markdown", "id": "answer", "source": "YOUR ANSWER HERE"}
    answer["metadata"] = {"nbgrader": {**meta, "schema_version": 3, "task": False}}
    notebook = solved()
    notebook["cells"].append(answer)
    source = dataclasses.replace(assignments.load(NAME), name="with_answer", folder=folder)
    source.notebook_path.write_bytes(as_bytes(notebook))
    return source, copy.deepcopy(notebook)


# ------------------------------------------------------------------ what counts as untouched


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text + "\n\n\n",
        lambda text: text.replace("    # YOUR CODE STARTS HERE", "    # mine"),
        lambda text: text.replace("raise NotImplementedError", "pass  # raise NotImplementedError"),
        lambda text: text.replace('"""', '"""\n    Hm.\n', 1),
        lambda text: "# a comment\n" + text,
        lambda text: text.replace("raise NotImplementedError", "Z = None  #"),
        lambda text: text + "\nprint('so far')",
    ],
)
def test_a_function_with_nothing_but_comments_and_blanks_changed_is_untouched(
    edit: Callable[[str], str],
) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = edit(stub())
    assert repaired(notebook).untouched == {FUNCTION}


def test_a_function_with_one_line_written_is_not_untouched() -> None:
    notebook = released()
    cell_of(notebook, FUNCTION)["source"] = stub().replace("raise", "Z = W @ A\n    raise")
    assert FUNCTION not in repaired(notebook).untouched


# ------------------------------------------------------------------ metadata


def test_stripped_metadata_is_restored() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ("The cells had lost the metadata of nbgrader; it was restored.",)


def test_stripped_metadata_and_ids_are_restored() -> None:
    notebook = solved()
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ("The cells had lost the metadata of nbgrader; it was restored.",)


@pytest.mark.parametrize(
    "metadata",
    [
        [],
        None,
        "text",
        7,
        {"nbgrader": "linear_forward"},
        {"nbgrader": []},
        {"nbgrader": None},
        {"nbgrader": {}},
        {"nbgrader": {"grade_id": ["linear_forward"]}},
        {"nbgrader": {"grade_id": "linear_forward"}},
        {"nbgrader": {"grade_id": "linear_forward", "schema_version": 1, "solution": True}},
        {"nbgrader": {"grade_id": "linear_forward", "schema_version": 999, "solution": True}},
        {"nbgrader": {"grade_id": "linear_forward", "solution": "yes", "grade": 1, "points": -5}},
        {"nbgrader": {"grade_id": "linear_backward", "solution": True}},
        {"nbgrader": {"grade_id": "no-such-cell", "solution": True}},
        {"tags": "setup", "collapsed": "no", "jupyter": [], "name": 3, "format": {}},
        {"tags": ["a", "a", ""]},
    ],
)
def test_damaged_metadata_of_a_solution_cell_is_restored(metadata: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["metadata"] = metadata
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "metadata", FUNCTION) or said(result, "twice")


@pytest.mark.parametrize("points", [-10, "10", None, 1e9, [10]])
def test_damaged_points_of_a_check_cell_are_restored(points: Any) -> None:
    notebook = solved()
    cell_of(notebook, CHECK)["metadata"]["nbgrader"]["points"] = points
    result = repaired(notebook)
    assert said(result, "metadata", CHECK)
    recorded = {c.id: c for c in result.notebook.cells}
    assert recorded[CHECK].metadata.nbgrader.points == 10


@pytest.mark.parametrize("version", [0, 1, 2, 999, "3"])
def test_any_schema_version_is_restored(version: Any) -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = version
    assert_fully_solved(repaired(notebook))


def test_swapped_metadata_does_not_swap_functions() -> None:
    notebook = solved()
    one, other = cell_of(notebook, FUNCTION), cell_of(notebook, "linear_backward")
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]
    one["id"], other["id"] = other["id"], one["id"]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.functions[FUNCTION] == solution(FUNCTION)
    recorded = {c.id: c.source for c in result.notebook.cells}
    assert recorded[FUNCTION] == solution(FUNCTION)


# ------------------------------------------------------------------ locked cells, types, editions


def test_an_edited_check_cell_is_restored() -> None:
    notebook = solved()
    cell_of(notebook, CHECK)["source"] = "print('all tests passed')"
    result = repaired(notebook)
    assert result.repairs == (f"The locked cell {CHECK} had been changed; it was restored.",)
    assert "all tests passed" not in str(result.cells)


def test_a_helper_that_a_student_put_into_a_check_cell_is_kept() -> None:
    notebook = solved()
    cell_of(notebook, CHECK)["source"] += "\n\ndef my_helper():\n    return 1"
    result = repaired(notebook)
    assert "my_helper" in str(result.cells)
    assert said(result, CHECK, "restored")


def test_an_import_that_a_student_added_to_the_setup_cell_is_kept() -> None:
    notebook = solved()
    cell = cell_of(notebook, "imports")
    cell["source"] = "import copy\n" + text_of(cell)
    result = repaired(notebook)
    assert "import copy" in result.cells[1][1]
    assert said(result, "imports", "restored")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_solution_that_was_turned_into_text_is_graded(kind: str) -> None:
    notebook = solved()
    cell = cell_of(notebook, FUNCTION)
    cell["cell_type"] = kind
    del cell["outputs"], cell["execution_count"]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, FUNCTION, "not a code cell")


def test_an_old_attempt_kept_as_text_does_not_override_the_solution() -> None:
    notebook = solved()
    old = {"cell_type": "raw", "id": "old", "metadata": {}}
    old["source"] = f"def {FUNCTION}(A, W, b):\n    return None"
    notebook["cells"].append(old)
    result = repaired(notebook)
    assert result.functions[FUNCTION] == solution()
    assert result.repairs == ()


def test_a_check_cell_that_was_turned_into_text_is_restored() -> None:
    notebook = solved()
    cell = cell_of(notebook, CHECK)
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    assert said(repaired(notebook), CHECK, "restored")


def test_an_older_edition_is_graded_with_its_own_cells_kept_as_plain_ones() -> None:
    notebook = solved()
    meta = {"grade": False, "grade_id": "old_cell", "locked": False, "solution": True}
    old = code("def old_function():\n    return 1", id="old_cell")
    old["metadata"] = {"nbgrader": {**meta, "schema_version": 3, "task": False}}
    notebook["cells"].append(old)
    notebook["cells"] = [c for c in notebook["cells"] if not c["id"].startswith(FUNCTION)]
    result = repaired(notebook)
    assert said(result, "old_cell", "not part of this edition")
    assert said(result, FUNCTION, "missing")
    assert "old_cell" in dict(result.cells)


def test_an_edition_in_a_language_without_a_catalogue_goes_by_the_name_of_its_folder(
    tmp_path: Path,
) -> None:
    for folder, text in {"": "Why?", "fr": "Pourquoi ?", "sw": "Kwa nini?"}.items():
        path = tmp_path / folder / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        cell = {"cell_type": "markdown", "id": "why", "metadata": {}, "source": text}
        path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}))
    english = tmp_path / NAME / f"{NAME}.ipynb"
    editions = editions_of(SimpleNamespace(given_notebook=english))  # type: ignore[arg-type]
    assert editions.in_language("fr", "why", "Why?") == "Pourquoi ?"
    assert editions.in_language("sw", "why", "Why?") == "Kwa nini?"


# ------------------------------------------------------------------ how functions are found


@pytest.mark.parametrize(
    "source",
    [
        f"{FUNCTION} = lambda A, W, b: (W @ A + b, (A, W, b))",
        f"def mine(A, W, b):\n    return W @ A + b, (A, W, b)\n{FUNCTION} = mine",
        f"if True:\n    def {FUNCTION}(A, W, b):\n        return W @ A + b, (A, W, b)",
        f"try:\n    def {FUNCTION}(A, W, b):\n        pass\nexcept Exception:\n    pass",
        f"%matplotlib inline\n!ls -l\ndef {FUNCTION}(A, W, b):\n    return 1",
        f"%%time\ndef {FUNCTION}(A, W, b):\n    return 1",
        f"files = !ls\ndef {FUNCTION}(A, W, b):\n    return 1",
        f"np.dot?\ndef {FUNCTION}(A, W, b):\n    return 1",
        f"def {FUNCTION}(A, W, b):\n\treturn 1",
        f"  def {FUNCTION}(A, W, b):\n    return 1",
        f"def {FUNCTION}(A, W, b):\n    return 1\n\nprint 'old style'",
        f"async def {FUNCTION}(A, W, b):\n    return 1",
        f"import functools\n{FUNCTION} = functools.partial(print, 1)",
        f"class {FUNCTION}:\n    pass",
        f"x, {FUNCTION} = 1, lambda A, W, b: 1",
        f">>> def {FUNCTION}(A, W, b):\n...     return 1",
        f"In [7]: def {FUNCTION}(A, W, b):\n   ...:     return 1",
        f"\ufeffdef {FUNCTION}(A, W, b):\n    return 1",
        f"def {FUNCTION}[T](A: T, W: T, b: T) -> T:\n    return 1",
        f"%%heat\ndef {FUNCTION}(A, W, b):\n    return 1",
        f"%%time\ndef {FUNCTION}(A, W, b):\n    return 1)",
    ],
)
def test_a_function_is_found_however_it_is_defined(source: str) -> None:
    result = repaired(bare("import numpy as np", source))
    assert FUNCTION in result.functions
    assert FUNCTION not in result.untouched


@pytest.mark.parametrize(
    "source",
    [
        f"print({FUNCTION})",
        f"def other():\n    def {FUNCTION}(A, W, b):\n        return 1",
        f"# def {FUNCTION}(A, W, b):",
        f"text = '''\ndef {FUNCTION}(A, W, b):\n    pass\n'''",
        f"%%HTML\ndef {FUNCTION}(A, W, b):\n    pass",
        f"%%unknown\ncdef int x\ndef {FUNCTION}(A, W, b):\n    pass",
        f"{FUNCTION}_result = 1",
    ],
)
def test_a_mention_of_a_function_is_no_definition(source: str) -> None:
    assert FUNCTION not in repaired(bare(source)).functions


def test_a_cell_that_is_no_python_is_that_of_its_function() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = f"Def {FUNCTION}(A, W, b):\n    return 1"
    result = repaired(notebook)
    assert result.functions[FUNCTION].startswith("Def")
    assert not result.repairs


@pytest.mark.parametrize("magic", ["timeit", "memit -r 1"])
def test_a_magic_that_watches_a_cell_is_not_run_with_the_function(magic: str) -> None:
    result = repaired(bare(f"%%{magic}\ndef {FUNCTION}(A, W, b):\n    return 1"))
    assert result.functions[FUNCTION] == f"\ndef {FUNCTION}(A, W, b):\n    return 1"


def test_wrapping_an_untouched_function_does_not_make_it_solved() -> None:
    result = repaired(bare(stub(), f"{FUNCTION} = timed({FUNCTION})"))
    assert result.untouched == {FUNCTION}
    assert stub() in dict(result.cells).values()


def test_a_notebook_of_the_well_known_course_gets_one_quiet_sentence() -> None:
    notebook = bare("# Packages\nimport numpy as np\nfrom testCases_v4a import *")
    for name in names():
        marked = solution(name).replace("# YOUR CODE STARTS HERE", "### START CODE HERE ###")
        cell = code(f"# GRADED FUNCTION: {name}\n" + marked)
        meta = {"grade": False, "grade_id": f"cell-{len(name):x}", "locked": False}
        cell["metadata"] = {"nbgrader": {**meta, "schema_version": 3, "solution": True}}
        notebook["cells"] += [cell, code(f"{name}_test({name})")]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == (
        "The notebook does not carry this course's cell ids; functions were found by name.",
    )
