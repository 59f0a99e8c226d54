"""Whatever state a submission is in, it is made gradable, and the student learns what was repaired.

The submissions are built from the source notebook: ``solved()`` is what a student hands in who has
solved everything, ``released()`` what one hands in who has done nothing.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import paths
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.notebook_file import open_notebook
from grader.submission.notebook_outputs import MAX_TEXT
from grader.submission.released_cells import Skeleton, released_text, skeleton_of
from grader.submission.repair import RepairedSubmission, repair

Notebook = dict[str, Any]
Cell = dict[str, Any]

NAME = "a4_deep_network"
FUNCTION = "linear_forward"
CHECK = f"{FUNCTION}_check"


@pytest.fixture(scope="module", autouse=True)
def a4() -> Assignment:
    """The assignment whose submissions are repaired."""
    return assignments.load(NAME)


def source_notebook() -> Notebook:
    """The source notebook as plain JSON."""
    text = assignments.load(NAME).notebook_path.read_text(encoding="utf-8")
    notebook: Notebook = json.loads(text)
    return notebook


def solved() -> Notebook:
    """A submission with every function solved."""
    notebook = source_notebook()
    for cell in code_cells(notebook):
        text = text_of(cell)
        if "HIDDEN TESTS" in text:
            cell["source"] = released_text(text)
    return notebook


def released() -> Notebook:
    """A submission in which nothing was done."""
    notebook = solved()
    for cell in code_cells(notebook):
        cell["source"] = released_text(text_of(cell))
    return notebook


def code_cells(notebook: Notebook) -> list[Cell]:
    """The code cells of a notebook."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def text_of(cell: Cell) -> str:
    """The text of a cell."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def cell_of(notebook: Notebook, cell_id: str) -> Cell:
    """The cell of that id."""
    return next(cell for cell in notebook["cells"] if cell.get("id") == cell_id)


def place_of(notebook: Notebook, cell_id: str) -> int:
    """Where the cell of that id stands."""
    cells: list[Cell] = notebook["cells"]
    return cells.index(cell_of(notebook, cell_id))


def code(source: str, **more: Any) -> Cell:
    """A code cell as a student adds one."""
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None, **more}


def bare(*sources: str) -> Notebook:
    """A notebook of plain code cells in format 4.4, without any metadata."""
    cells = [code(source) for source in sources]
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}


def solution(name: str = FUNCTION) -> str:
    """The solved function."""
    return assignments.load(NAME).solution(name)


def stub(name: str = FUNCTION) -> str:
    """The function as it was released."""
    return released_text(solution(name))


def as_bytes(notebook: Any) -> bytes:
    """The notebook as a file."""
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass")


def repaired(notebook: Notebook | bytes) -> RepairedSubmission:
    """The repaired submission; whatever it is, the recorded notebook must be in order."""
    raw = notebook if isinstance(notebook, bytes) else as_bytes(notebook)
    result = repair(raw, assignments.load(NAME))
    check_recorded(result)
    return result


def check_recorded(result: RepairedSubmission) -> None:
    """Everything that holds for every recorded notebook."""
    skeleton: Skeleton = skeleton_of(assignments.load(NAME))
    nbformat.validate(result.notebook)
    nbformat.writes(result.notebook).encode("utf-8")
    recorded: dict[str, Any] = {}
    for cell in result.notebook.cells:
        if "nbgrader" in cell.metadata:
            name = cell.metadata.nbgrader.grade_id
            assert name not in recorded, f"{name} is recorded twice"
            recorded[name] = cell
    assert set(recorded) == set(skeleton.cells)
    for name, cell in recorded.items():
        known = skeleton.cells[name]
        assert cell.metadata == known.metadata
        if known.is_fixed:
            assert cell.source == known.source
            assert "HIDDEN" not in cell.source
            assert cell.outputs == []
    ids = [cell_id for cell_id, _source in result.cells]
    assert len(set(ids)) == len(ids)
    sources = {source for _cell_id, source in result.cells}
    assert set(result.functions.values()) <= sources
    assert result.untouched <= set(result.functions)
    assert result.cells[0][0] == "imports"


def names() -> list[str]:
    """All exercises."""
    return [exercise.name for exercise in assignments.load(NAME).exercises]


def assert_fully_solved(result: RepairedSubmission) -> None:
    """Every function is there, and run as it was solved."""
    assert sorted(result.functions) == sorted(names())
    assert not result.untouched
    namespace_defining = "\n".join(source for _id, source in result.cells)
    for name in names():
        assert f"def {name}(" in namespace_defining


def said(result: RepairedSubmission, *words: str) -> bool:
    """Whether one of the sentences holds all these words."""
    return any(all(word in sentence for word in words) for sentence in result.repairs)


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


# ------------------------------------------------------------------ doubled cells


def test_of_a_doubled_cell_the_last_one_is_graded() -> None:
    notebook = solved()
    again = copy.deepcopy(cell_of(notebook, FUNCTION))
    again["source"] = solution().replace("np.dot(W, A)", "np.matmul(W, A)")
    notebook["cells"].insert(place_of(notebook, FUNCTION) + 1, again)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.functions[FUNCTION] == again["source"]
    assert result.repairs == (
        f"The cell of {FUNCTION} stood twice; the last one that was filled in is graded.",
    )


@pytest.mark.parametrize("stub_first", [True, False])
def test_of_a_doubled_cell_the_solved_one_is_graded_wherever_it_stands(stub_first: bool) -> None:
    notebook = solved()
    empty = {**copy.deepcopy(cell_of(notebook, FUNCTION)), "source": stub()}
    notebook["cells"].insert(place_of(notebook, FUNCTION) + (not stub_first), empty)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert stub() not in dict(result.cells).values()
    assert said(result, FUNCTION, "twice")


def test_a_solution_in_a_cell_of_its_own_wins_over_the_untouched_cell() -> None:
    notebook = released()
    notebook["cells"].insert(0, code(solution(), id="mine"))
    result = repaired(notebook)
    assert result.functions[FUNCTION] == solution()
    assert FUNCTION not in result.untouched
    assert said(result, FUNCTION, "2 cells")


def test_a_later_definition_overrides_an_earlier_one_as_it_does_when_run() -> None:
    notebook = solved()
    notebook["cells"].append(code(f"def {FUNCTION}(A, W, b):\n    return 0, 0", id="later"))
    assert "return 0, 0" in repaired(notebook).functions[FUNCTION]


def test_a_doubled_check_cell_is_recorded_once() -> None:
    notebook = solved()
    notebook["cells"].append(copy.deepcopy(cell_of(notebook, CHECK)))
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, CHECK, "twice")


def test_a_doubled_notebook_is_graded_once() -> None:
    notebook = solved()
    notebook["cells"] += copy.deepcopy(notebook["cells"])
    assert_fully_solved(repaired(notebook))


def test_cells_that_share_an_id_are_told_apart() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["id"] = "same"
    assert_fully_solved(repaired(notebook))


# ------------------------------------------------------------------ order and missing cells


@pytest.mark.parametrize("seed", range(5))
def test_reordered_cells_are_graded(seed: int) -> None:
    notebook = solved()
    random.Random(seed).shuffle(notebook["cells"])
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "order")


def test_deleted_check_cells_are_put_back_behind_their_function() -> None:
    notebook = solved()
    notebook["cells"] = [c for c in notebook["cells"] if not c["id"].endswith("_check")]
    result = repaired(notebook)
    assert_fully_solved(result)
    ids = [cell.id for cell in result.notebook.cells]
    for name in names():
        assert ids.index(f"{name}_check") == ids.index(name) + 1
    assert said(result, "check cells", "put back")


def test_a_deleted_solution_cell_is_missing_and_costs_no_other() -> None:
    notebook = solved()
    del notebook["cells"][place_of(notebook, FUNCTION)]
    result = repaired(notebook)
    assert set(names()) - set(result.functions) == {FUNCTION}
    assert FUNCTION not in result.untouched
    assert result.repairs == (f"The cell of {FUNCTION} is missing.",)
    ids = [cell.id for cell in result.notebook.cells]
    assert ids.index(FUNCTION) < ids.index(CHECK)


def test_a_deleted_setup_cell_is_put_back_first() -> None:
    notebook = solved()
    del notebook["cells"][place_of(notebook, "imports")]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "imports", "put back")
    assert [c.id for c in result.notebook.cells if c.cell_type == "code"][0] == "imports"


def test_a_notebook_without_cells_lacks_everything() -> None:
    result = repaired({**solved(), "cells": []})
    assert result.functions == {}
    assert said(result, "no function of this assignment")


def test_the_notebook_of_another_assignment_lacks_everything() -> None:
    result = repaired(bare("def something_else():\n    return 1"))
    assert result.functions == {}
    assert said(result, "no function of this assignment")


def test_a_renamed_function_is_missing_and_the_student_is_told() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = solution().replace(FUNCTION, "linear_foward")
    result = repaired(notebook)
    assert FUNCTION not in result.functions
    assert said(result, FUNCTION, "does not define")


# ------------------------------------------------------------------ merged and divided cells


def test_a_solution_merged_with_its_check_is_graded_and_the_check_restored() -> None:
    notebook = solved()
    check = notebook["cells"].pop(place_of(notebook, CHECK))
    cell_of(notebook, FUNCTION)["source"] = solution() + "\n\n" + text_of(check)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, CHECK, "put back")


def test_a_solution_merged_into_its_check_cell_is_graded() -> None:
    notebook = solved()
    del notebook["cells"][place_of(notebook, FUNCTION)]
    check = cell_of(notebook, CHECK)
    check["source"] = solution() + "\n\n" + text_of(check)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, CHECK, "held a solution")


def test_a_notebook_merged_into_one_cell_is_graded() -> None:
    everything = "\n\n".join(text_of(cell) for cell in code_cells(solved()))
    result = repaired(bare(everything))
    assert_fully_solved(result)
    assert set(result.functions.values()) == {everything}


def test_a_slip_in_one_function_of_a_merged_cell_costs_only_that_function() -> None:
    sources = [solution(name) for name in names()]
    sources[names().index(FUNCTION)] += "\n    return ((("
    result = repaired(bare("import numpy as np\n\n" + "\n\n".join(sources)))
    assert sorted(result.functions) == sorted(names())
    broken = [name for name in names() if not compiles(result.functions[name])]
    assert broken == [FUNCTION]


def compiles(source: str) -> bool:
    """Whether the source is Python."""
    try:
        compile(source, "cell", "exec")
    except SyntaxError:
        return False
    return True


def test_an_untouched_function_in_a_merged_cell_does_not_override_a_solved_one() -> None:
    merged = "\n\n".join(stub(name) for name in names())
    result = repaired(bare(solution(), merged))
    assert result.functions[FUNCTION] == solution()
    assert result.untouched == set(names()) - {FUNCTION}
    assert f"def {FUNCTION}(" not in result.cells[-1][1]
    assert compiles(result.cells[-1][1])


def test_a_helper_in_a_cell_of_its_own_is_run() -> None:
    notebook = solved()
    place = place_of(notebook, FUNCTION)
    notebook["cells"].insert(place, code("def my_helper(x):\n    return x", id="helper"))
    assert "helper" in dict(repaired(notebook).cells)


def test_a_function_divided_over_two_cells_is_joined() -> None:
    notebook = solved()
    lines = solution().split("\n")
    middle = next(i for i, line in enumerate(lines) if "Z = np" in line or "Z =" in line) + 1
    cell_of(notebook, FUNCTION)["source"] = "\n".join(lines[:middle])
    rest = code("\n".join(lines[middle:]), id="rest")
    notebook["cells"].insert(place_of(notebook, FUNCTION) + 1, rest)
    result = repaired(notebook)
    assert result.functions[FUNCTION] == solution()
    assert said(result, "divided over two cells")


def test_an_indented_cell_that_runs_by_itself_is_not_joined() -> None:
    notebook = solved()
    notebook["cells"].insert(place_of(notebook, FUNCTION) + 1, code("    print(1)", id="mine"))
    result = repaired(notebook)
    assert "mine" in dict(result.cells)
    assert result.repairs == ()


def divided(text: str, *at: int) -> list[str]:
    """The parts of a text that is divided before the lines of these numbers."""
    lines = text.split("\n")
    ends = [*at, len(lines)]
    return ["\n".join(lines[i:j]).strip("\n") for i, j in zip([0, *at], ends, strict=True)]


def with_parts(name: str, parts: list[str], metadata: str, between: list[Cell]) -> Notebook:
    """The solved notebook with the cell of a function divided, by an editor of some kind."""
    notebook = solved()
    place = place_of(notebook, name)
    whole = notebook["cells"].pop(place)
    made: list[Cell] = []
    for number, part in enumerate(parts):
        kept = metadata == "all" or (metadata == "first") == (number == 0)
        more = {"metadata": copy.deepcopy(whole["metadata"])} if kept and metadata != "none" else {}
        made.append(code(part, id=f"part-{number}", **more))
        made += copy.deepcopy(between) if number < len(parts) - 1 else []
    notebook["cells"][place:place] = made
    return notebook


TEXT = {"cell_type": "markdown", "metadata": {}, "source": "Now the *rest*."}


@pytest.mark.parametrize("metadata", ["all", "first", "last", "none"])
@pytest.mark.parametrize("between", [[], [TEXT]])
def test_a_function_divided_before_any_line_is_graded_whole(
    metadata: str, between: list[Cell]
) -> None:
    for name, step in ((FUNCTION, 1), ("L_model_backward", 3)):
        for at in range(1, len(solution(name).split("\n")), step):
            parts = divided(solution(name), at)
            if not all(part.strip() for part in parts):
                continue
            result = repaired(with_parts(name, parts, metadata, between))
            assert "".join(result.functions[name].split()) == "".join(solution(name).split())
            assert_fully_solved(result)
            assert not said(result, "stood twice")


@pytest.mark.parametrize("metadata", ["all", "first", "last"])
def test_a_function_divided_into_three_is_graded_whole(metadata: str) -> None:
    name = "L_model_backward"
    lines = solution(name).split("\n")
    for first in range(1, len(lines) - 1, 5):
        for second in range(first + 1, len(lines), 6):
            parts = divided(solution(name), first, second)
            if all(part.strip() for part in parts):
                result = repaired(with_parts(name, parts, metadata, []))
                assert "".join(result.functions[name].split()) == "".join(solution(name).split())


def test_a_function_divided_within_a_line_is_joined() -> None:
    text = "def linear_forward(A, W, b):\n    Z = W @ A + b\n    return Z, (A, W, b)"
    place = text.index("@") + 1
    result = repaired(with_parts(FUNCTION, [text[:place], text[place:]], "all", []))
    assert result.functions[FUNCTION] == text


def test_halves_that_changed_places_are_joined_in_the_order_that_makes_a_cell() -> None:
    first, second = divided(solution(), len(solution().split("\n")) // 2)
    result = repaired(with_parts(FUNCTION, [second, first], "all", []))
    assert "".join(result.functions[FUNCTION].split()) == "".join(solution().split())


def test_a_helper_cut_off_from_its_function_stays_with_it() -> None:
    helper = "def times(a, b):\n    return a @ b"
    result = repaired(with_parts(FUNCTION, [helper, solution()], "all", []))
    assert result.functions[FUNCTION] == f"{helper}\n{solution()}"
    assert not said(result, "stood twice")


@pytest.mark.parametrize("edit", ["", "    # another try", "\n\nprint('done')"])
def test_a_doubled_cell_that_was_edited_is_not_taken_for_the_other_half(edit: str) -> None:
    wrong = solution().replace("np.dot", "np.multiply").replace(" @ ", " * ")
    result = repaired(with_parts(FUNCTION, [wrong, solution() + edit], "all", []))
    assert result.functions[FUNCTION] == (solution() + edit).rstrip("\n")
    assert said(result, "stood twice")
    assert not said(result, "divided")


def test_a_doubled_cell_whose_copy_has_another_name_is_not_joined() -> None:
    old = solution().replace(f"def {FUNCTION}", f"def old_{FUNCTION}")
    result = repaired(with_parts(FUNCTION, [old, solution()], "all", []))
    assert result.functions[FUNCTION] == solution()


@pytest.mark.parametrize("metadata", ["all", "first", "last", "none"])
def test_a_divided_locked_cell_is_one_again_and_nobody_is_told_of_a_change(metadata: str) -> None:
    known = skeleton_of(assignments.load(NAME)).cells["imports"].source
    for at in range(1, len(known.split("\n"))):
        parts = divided(known, at)
        if all(part.strip() for part in parts) and "\n\n" not in "\n".join(parts):
            result = repaired(with_parts("imports", parts, metadata, []))
            assert not said(result, "changed")
            assert len([s for _i, s in result.cells if "import numpy" in s]) == 1


def test_a_divided_answer_in_words_is_read_whole() -> None:
    notebook = solved()
    name = next(
        c.name for c in skeleton_of(assignments.load(NAME)).of_kind("answer") if c.kind == "answer"
    )
    cell = next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    )
    place = notebook["cells"].index(cell)
    cell["source"] = "The first layer sees the pixels and nothing else."
    second = copy.deepcopy(cell) | {"source": "Deeper ones combine what came before.", "id": "x"}
    notebook["cells"].insert(place + 1, second)
    recorded = {
        c.metadata.nbgrader.grade_id: c.source
        for c in repaired(notebook).notebook.cells
        if "nbgrader" in c.metadata
    }
    assert recorded[name] == f"{cell['source']}\n\n{second['source']}"


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
        f"%%html\ndef {FUNCTION}(A, W, b):",
        f"{FUNCTION}_result = 1",
    ],
)
def test_a_mention_of_a_function_is_no_definition(source: str) -> None:
    assert FUNCTION not in repaired(bare(source)).functions


def test_a_magic_that_times_a_cell_is_not_run_with_the_function() -> None:
    result = repaired(bare(f"%%timeit\ndef {FUNCTION}(A, W, b):\n    return 1"))
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


# ------------------------------------------------------------------ editors and formats


def test_a_notebook_saved_by_colab_is_read() -> None:
    notebook = solved()
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    for number, cell in enumerate(notebook["cells"]):
        del cell["id"]
        cell["metadata"]["id"] = f"aB{number}_-"
        cell["metadata"]["cellView"] = "form"
        if cell["cell_type"] == "code":
            cell["metadata"]["colab"] = {"base_uri": "https://localhost:8080/"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello\n"]}]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_a_notebook_saved_by_vs_code_is_read() -> None:
    notebook = solved()
    notebook["metadata"]["vscode"] = {"interpreter": {"hash": "1"}}
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_notebook_format_3_is_converted() -> None:
    cells: list[Cell] = [{"cell_type": "heading", "level": 2, "source": "Title", "metadata": {}}]
    for cell in code_cells(solved()):
        old = {"cell_type": "code", "input": text_of(cell), "prompt_number": 3, "metadata": {}}
        old["outputs"] = [
            {"output_type": "pyout", "prompt_number": 3, "text": ["1"], "metadata": {}},
            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
            {"output_type": "stream", "stream": "stdout", "text": "hello"},
        ]
        cells.append({**old, "language": "python", "collapsed": False})
    old_notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    result = repaired({**old_notebook, "worksheets": [{"cells": cells, "metadata": {}}]})
    assert_fully_solved(result)
    assert said(result, "converted from notebook format 3")
    assert result.notebook.cells[0].source == "## Title"


@pytest.mark.parametrize(
    "version", [(4, 0), (4, 4), (4, 5), (4, 99), (5, 0), (None, None), ("4", "5"), (4.0, [])]
)
def test_any_version_number_is_read(version: tuple[Any, Any]) -> None:
    notebook = {**solved(), "nbformat": version[0], "nbformat_minor": version[1]}
    assert_fully_solved(repaired(notebook))


def test_missing_keys_of_cells_and_notebook_are_added() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        for key in ("id", "metadata", "outputs", "execution_count"):
            cell.pop(key, None)
    assert_fully_solved(repaired({"cells": notebook["cells"]}))


@pytest.mark.parametrize("source", [None, 3, 1.5, True, {}, [None, 1], [["x"]], [], ""])
def test_a_source_that_is_no_text_costs_its_cell_only(source: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = source
    assert set(repaired(notebook).functions) == set(names()) - {FUNCTION}


def test_a_source_may_be_a_list_of_lines() -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).splitlines(keepends=True)
    result = repaired(notebook)
    assert_fully_solved(result)
    assert result.repairs == ()


def test_lines_without_line_ends_do_not_run_into_one_another() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["source"] = solution().split("\n")
    assert repaired(notebook).functions[FUNCTION] == solution()


@pytest.mark.parametrize("cell_id", [None, "", 5, "with blanks", "x" * 100, ["a"], "ü"])
def test_invalid_cell_ids_are_replaced(cell_id: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["id"] = cell_id
    assert_fully_solved(repaired(notebook))


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(line_end: str) -> None:
    notebook = solved()
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).replace("\n", line_end)
    raw = json.dumps(notebook, indent=1).replace("\n", line_end).encode()
    result = repaired(raw)
    assert_fully_solved(result)
    assert result.functions[FUNCTION] == solution()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_of_unicode_are_read(encoding: str) -> None:
    assert_fully_solved(repaired(json.dumps(solved()).encode(encoding)))


@pytest.mark.parametrize(
    ("encoding", "text"), [("gbk", "正向传播的线性部分"), ("latin-1", "Größe für jeden Fluß")]
)
def test_encodings_of_before_are_read(encoding: str, text: str) -> None:
    notebook = bare(f"# {text}\n" + solution())
    raw = json.dumps(notebook, ensure_ascii=False).encode(encoding)
    result = repaired(raw)
    assert text in result.functions[FUNCTION]
    assert said(result, "not encoded as UTF-8")


def test_zero_bytes_and_half_surrogates_are_removed() -> None:
    notebook = bare(solution() + "\n# \\ud800 \ud800 \0")
    raw = json.dumps(notebook).encode() + b"\0\0"
    result = repaired(raw)
    assert result.functions[FUNCTION].startswith(solution())
    assert "\0" not in result.functions[FUNCTION]


def test_a_kernel_of_another_language_is_noted_and_replaced() -> None:
    notebook = solved()
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    result = repaired(notebook)
    assert said(result, "kernel for R")
    assert result.notebook.metadata.kernelspec.name == "python3"


def test_entries_that_are_no_cells_are_left_out() -> None:
    notebook = solved()
    notebook["cells"] += [None, 1, "text", [], {}, {"cell_type": 5, "source": "x"}]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "5 entries")


def test_numbers_that_json_does_not_know_and_doubled_keys_are_read() -> None:
    text = json.dumps(solved())
    extra = '{"a": NaN, "a": Infinity, "b": 1' + "0" * 5000 + ', "nbformat": 3, '
    assert_fully_solved(repaired((extra + text[1:]).encode()))


def test_thousands_of_cells_are_read() -> None:
    notebook = solved()
    notebook["cells"] += [code(f"x_{i} = {i}") for i in range(5000)]
    assert_fully_solved(repaired(notebook))


def test_a_notebook_wrapped_by_the_jupyter_server_is_read() -> None:
    reply = {"name": "a.ipynb", "type": "notebook", "content": solved()}
    assert_fully_solved(repaired(reply))


def test_a_function_divided_without_end_is_joined_only_so_often() -> None:
    parts = [code("    return 1") for _ in range(2000)]
    notebook = bare("def helper():\n    pass")
    notebook["cells"] += parts
    longest = max(len(source.splitlines()) for _cell_id, source in repaired(notebook).cells)
    assert 3 < longest <= 25


# ------------------------------------------------------------------ outputs


def test_outputs_of_the_student_are_kept_and_those_of_check_cells_are_not() -> None:
    notebook = solved()
    hello = {"output_type": "stream", "name": "stdout", "text": "hello"}
    for cell_id in (FUNCTION, CHECK):
        cell_of(notebook, cell_id)["outputs"] = [hello]
    recorded = {cell.id: cell for cell in repaired(notebook).notebook.cells}
    assert recorded[FUNCTION].outputs == [hello]
    assert recorded[CHECK].outputs == []


def test_very_long_outputs_are_shortened_and_say_so() -> None:
    notebook = solved()
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}
    cell_of(notebook, FUNCTION)["outputs"] = [long, copy.deepcopy(long)]
    result = repaired(notebook)
    recorded = {cell.id: cell for cell in result.notebook.cells}
    texts = [output.text for output in recorded[FUNCTION].outputs]
    assert texts[0] == "x" * MAX_TEXT
    assert "1,934,464 characters" in texts[-1]
    assert said(result, "outputs", "shortened")


@pytest.mark.parametrize(
    "outputs",
    [
        None,
        "text",
        [None, 1, "x", []],
        [{}],
        [{"output_type": "stream"}],
        [{"output_type": ["stream"]}],
        [{"output_type": "error", "traceback": "text"}],
        [{"output_type": "display_data", "data": None}],
        [{"output_type": "display_data", "data": {"image/png": 5, "text/plain": {"a": 1}}}],
        [{"output_type": "execute_result", "data": {"text/plain": "1"}, "execution_count": "x"}],
        [{"output_type": "unknown", "data": {}}],
    ],
)
def test_outputs_that_are_none_are_dropped(outputs: Any) -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["outputs"] = outputs
    assert_fully_solved(repaired(notebook))


def test_pictures_in_text_cells_are_kept() -> None:
    notebook = solved()
    picture = {"a.png": {"image/png": "aGVsbG8="}, "bad": 5, "worse": {"image/png": None}}
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "![](attachment:a)"}
    notebook["cells"].append({**cell, "attachments": picture})
    recorded = {cell.id: cell for cell in repaired(notebook).notebook.cells}
    assert recorded["mine"].attachments == {"a.png": {"image/png": "aGVsbG8="}}


def test_a_huge_notebook_is_read_without_its_outputs() -> None:
    notebook = solved()
    cell_of(notebook, FUNCTION)["outputs"] = [
        {"output_type": "display_data", "data": {"image/png": "A" * 60_000_000}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": ["cost\n"] * 3_000_000},
    ]
    result = repaired(notebook)
    assert_fully_solved(result)
    assert said(result, "left out")


# ------------------------------------------------------------------ files that are no notebooks


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"  \n\0 ", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"),
        (b"import duties are what countries\n  demand from one another", "not JSON"),
        (b"I could not finish it.", "not JSON"),
        (b"[]", "no list of cells"),
        (b"5", "no list of cells"),
        (b'{"cells": {"0": {}}}', "no list of cells"),
        (b'{"a": 1}', "no list of cells"),
        (b'{"cells": [{"cell_type": "code",}]}', "a comma stands before a closing bracket"),
        (b'{"cells": [1, \n ]}', "a comma stands before a closing bracket"),
        (b'{"cells": [}', "damaged in line 1"),
        (b'{"cells": ["a\\', "breaks off in line 1"),
        (b'{"cells": ["a\\"b', "breaks off in line 1"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n]}', "Git merge (line 2)"),
        (b'{"a":' * 100_000, "nested"),
        (b"[" * 100_000, "nested"),
        (b"from " + b"x" * 21_000_000, "not JSON"),
        (b" " * 60_000_000 + b"{}", "no list of cells"),
        (b'{"cells": [{"source": "' + b"x" * 30_000_000 + b'"}]}', "more than 20 MB of text"),
        (b'{"cells": [{"outputs": "' + b"x" * 30_000_000, "breaks off"),
        (b'{"cells": [1 2], "x": "' + b"x" * 30_000_000 + b'"}', "damaged near byte 13"),
        (b"<!DOCTYPE html><html>" + b"x" * 30_000_000, "web page"),
        (b"[" + b"1," * 20_000_000 + b"1]", "no notebook"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_with_one_clear_sentence(
    raw: bytes, words: str
) -> None:
    with pytest.raises(UnreadableNotebook) as refused:
        repair(raw, assignments.load(NAME))
    message = str(refused.value)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message


def test_a_file_that_breaks_off_anywhere_is_said_to_be_there_only_in_part() -> None:
    cell = {"cell_type": "raw", "metadata": {"a": True, "b": False, "c": None, "d": -1.5e-17}}
    cells = [cell | {"source": '\u2014 \U0001f600\n"\\'}]
    raw = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode()
    for length in range(1, len(raw)):
        with pytest.raises(UnreadableNotebook, match="only in part"):
            open_notebook(raw[:length])


@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.9, 0.999])
def test_half_a_file_is_refused(part: float) -> None:
    raw = as_bytes(solved())
    with pytest.raises(UnreadableNotebook, match="only in part"):
        open_notebook(raw[: int(len(raw) * part)])


def test_text_after_the_end_of_the_notebook_is_left_out() -> None:
    result = repaired(as_bytes(solved()) + b' of an older, longer version"}]}')
    assert_fully_solved(result)
    assert said(result, "after the end")


# ------------------------------------------------------------------ properties

QUICK = settings(
    max_examples=40,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["code", "markdown", FUNCTION, CHECK, "stream", solution.__doc__ or "", "%%x"]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | VALUES,
        "source": TEXTS | VALUES | st.sampled_from([f"def {FUNCTION}(): pass", "x = 1\n\\"]),
        "input": VALUES,
        "id": TEXTS | VALUES,
        "metadata": VALUES | st.dictionaries(st.just("nbgrader"), VALUES),
        "outputs": VALUES | st.lists(VALUES, max_size=2),
        "attachments": VALUES,
    },
)


def attempt(raw: bytes) -> None:
    """Repair; only the one exception may come out."""
    try:
        result = repair(raw, assignments.load(NAME))
    except UnreadableNotebook as refused:
        assert str(refused)
    else:
        check_recorded(result)


@QUICK
@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise_anything_else(raw: bytes) -> None:
    attempt(raw)


@QUICK
@given(VALUES)
def test_no_json_whatever_raises_anything_else(value: Any) -> None:
    attempt(json.dumps(value).encode())


@QUICK
@given(st.lists(CELLS | VALUES, max_size=6), VALUES)
def test_no_cells_whatever_raise_anything_else(cells: list[Any], metadata: Any) -> None:
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    attempt(json.dumps(notebook).encode())


@QUICK
@given(st.randoms(use_true_random=False), VALUES)
def test_a_real_notebook_with_anything_damaged_is_repaired(
    chance: random.Random, value: Any
) -> None:
    notebook = solved()
    for _ in range(chance.randint(1, 8)):
        cells = notebook["cells"]
        cell = chance.choice(cells)
        action = chance.randrange(5)
        if action == 0 and isinstance(cell, dict) and cell:
            cell[chance.choice(list(cell))] = value
        elif action == 1:
            cells.remove(cell)
        elif action == 2:
            cells.insert(chance.randrange(len(cells)), copy.deepcopy(cell))
        elif action == 3 and isinstance(cell, dict) and isinstance(cell.get("source"), str):
            text = cell["source"]
            place = chance.randint(0, len(text))
            cell["source"] = text[:place] + str(value) + text[place + chance.randint(0, 9) :]
        elif isinstance(cell, dict) and cell:
            del cell[chance.choice(list(cell))]
    attempt(json.dumps(notebook).encode())


@QUICK
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_a_real_file_with_bytes_overwritten_is_read_or_refused(place: int, new: bytes) -> None:
    raw = as_bytes(solved())
    place %= len(raw)
    attempt(raw[:place] + new + raw[place + len(new) :])


@pytest.mark.parametrize(
    "source",
    [
        "-" * 50_000 + "1",
        "(" * 50_000,
        "1" + "+1" * 50_000,
        "a" + ".b" * 50_000,
        "x = " * 50_000 + "1",
        "\\\n" * 50_000,
        "%" * 50_000,
        " " * 50_000 + "x",
        "\n" * 50_000 + "x (",
        "from " + "a" * 50_000,
        "# YOUR CODE STARTS HERE ### BEGIN HIDDEN TESTS\n" * 3_000,
        f"{FUNCTION} = print\n" * 5_000 + f"def {FUNCTION}(A, W, b):\n    return 1",
        "\n".join(" " * depth + "if 1:" for depth in range(300)),
        f"{FUNCTION} = " + "lambda: " * 5_000 + "1",
        f"def {FUNCTION}():\n    return " + "(" * 150 + ")" * 150,
    ],
)
def test_code_made_to_exhaust_the_parser_costs_its_cell_only(source: str) -> None:
    notebook = solved()
    notebook["cells"].append(code(source + f"  # {FUNCTION}"))
    assert set(repaired(notebook).functions) == set(names())
