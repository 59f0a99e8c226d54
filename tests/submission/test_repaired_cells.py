"""Cells that were doubled, moved, deleted, merged or divided are put right, at no cost."""

from __future__ import annotations

import copy
import random

import pytest

from grader.exercises import assignment as assignments
from grader.submission.released_cells import skeleton_of
from tests.helpers.repairing import (
    CHECK,
    FUNCTION,
    NAME,
    Cell,
    Notebook,
    assert_fully_solved,
    bare,
    cell_of,
    code,
    code_cells,
    names,
    place_of,
    released,
    repaired,
    said,
    solution,
    solved,
    stub,
    text_of,
)

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
