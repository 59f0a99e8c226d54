"""The code of the course's notes, as it stands there, runs with ``utils/`` on the path.

The notes are the text that the course grew from: a notebook of the deep network, then one of the
cat classifier, both solved. Whoever kept such a notebook can go on with it.
"""

from __future__ import annotations

import ast
import os
import re
from typing import Any

import nbclient
import nbformat
import pytest

from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.paths import PROJECT, UTILS
from grader.sandbox.host.worker import Worker

SEED = PROJECT.parent / "shared" / "seed"
pytestmark = [
    pytest.mark.skipif(not SEED.is_dir(), reason="the notes are not in ../shared/seed"),
]

# Where the code of the two notebooks begins, and what follows its end.
FIRST = ("#导包", "\nNote:")
SECOND = ("\nimport time\n", "\n6、总结")

DONE_OR_NOT_ASKED = ("correct", "missing")
"""The notes have no function that is to be mended."""


def cells_of(text: str, begin: str, end: str) -> list[str]:
    """The cells of one of the two notebooks: a new one at every blank line between statements."""
    start = text.index(begin)
    code = text[start : text.index(end, start)]
    # A picture of the web page got into the middle of a line of code, behind a print.
    code = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", code)
    cells: list[str] = []
    for chunk in re.split(r"\n\s*\n(?=\S)", code):
        kept = without_remarks(chunk)
        if kept:
            cells.append(kept)
    return cells


def without_remarks(chunk: str) -> str:
    """A chunk without what is no code: remarks between cells, and output pasted below one."""
    lines: list[str] = []
    for line in chunk.strip("\n").splitlines():
        # Remarks are in Chinese and begin a line; within code, Chinese stands in comments and
        # docstrings only. What follows "the result is as follows" is printed output.
        if re.match(r"\w*[\u4e00-\u9fff]", line):
            break
        lines.append(line)
    source = "\n".join(lines).strip("\n")
    try:
        ast.parse("\n".join(line for line in lines if not line.startswith("%")))
    except SyntaxError:  # a remark in English
        return ""
    return source


def notebook_of(cells: list[str]) -> nbformat.NotebookNode:
    """A notebook as Jupyter makes it, without any trace of nbgrader."""
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


@pytest.fixture(scope="module")
def notes() -> str:
    """The text of the notes."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEED.glob("*.txt")))


@pytest.fixture(scope="module")
def first_cells(notes: str) -> list[str]:
    """The notebook of the deep network."""
    return cells_of(notes, *FIRST)


@pytest.fixture(scope="module")
def second_cells(notes: str) -> list[str]:
    """The notebook of the cat classifier."""
    return cells_of(notes, *SECOND)


@pytest.fixture(scope="module")
def executed(
    first_cells: list[str],
    second_cells: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Any]:
    """The cells of both notebooks in one, run from the first to the last in a real kernel."""
    notebook = notebook_of(first_cells + second_cells)
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path_factory.mktemp("notes"))}},
    )
    client.execute(env=os.environ | {"PYTHONPATH": str(UTILS)})
    return list(notebook.cells)


def printed_by(cell: Any) -> str:
    """What a cell printed."""
    return "".join(output.get("text", "") for output in cell.outputs)


def test_all_functions_of_the_notes_are_found(
    first_cells: list[str], second_cells: list[str], a4: Assignment, a5: Assignment
) -> None:
    for cells, assignment in ((first_cells, a4), (second_cells, a5)):
        defined = re.findall(r"^def (\w+)", "\n".join(cells), re.MULTILINE)
        asked = [e.name for e in assignment.exercises if not assignment.broken(e.name)]
        assert asked == [d for d in defined if d != "plot_costs"]


def test_the_cells_have_everything_that_could_fail(
    first_cells: list[str], second_cells: list[str]
) -> None:
    code = "\n".join(first_cells)
    for line in (
        "from testCases import *",
        "from public_tests import *",
        "%matplotlib inline",
        "%load_ext autoreload",
        "print(np.sum(A, axis=1, keepdims=False))",
    ):
        assert line in code
    code = "\n".join(second_cells)
    for line in ("from dnn_app_utils_v3 import *", "load_data()", "layers_dims = [12288, 20"):
        assert line in code


def test_the_code_of_the_notes_runs_from_first_to_last_cell(executed: list[Any]) -> None:
    assert executed[-1].execution_count == len(executed)


def test_the_sums_come_out_as_the_notes_show_them(executed: list[Any], notes: str) -> None:
    printed = "".join(map(printed_by, executed))
    shown = notes[notes.index("#输出结果如下") : notes.index("# 4.2、")]
    expected = re.sub(r"^#\s*", "", shown.partition("\n")[2], flags=re.MULTILINE)
    assert " ".join(expected.split()) in " ".join(printed.split())


def test_the_images_have_the_shapes_that_the_notes_show(executed: list[Any], notes: str) -> None:
    printed = "".join(map(printed_by, executed))
    begin = notes.index("Number of training examples: 209")
    expected = notes[begin : notes.index("\n\n", begin)]
    assert expected in printed


def test_the_deep_network_of_the_notes_gets_full_marks(
    first_cells: list[str], a4: Assignment, a4_worker: Worker
) -> None:
    submission = nbformat.writes(notebook_of(first_cells)).encode()
    graded = grade(submission, a4, a4_worker, "a secret").graded
    assert {e.name: e.message for e in graded.exercises if e.verdict not in DONE_OR_NOT_ASKED} == {}
    assert graded.score == 100


def test_the_cat_classifier_of_the_notes_gets_full_marks(
    second_cells: list[str], a5: Assignment, a5_worker: Worker
) -> None:
    submission = nbformat.writes(notebook_of(second_cells)).encode()
    graded = grade(submission, a5, a5_worker, "a secret").graded
    assert {e.name: e.message for e in graded.exercises if e.verdict not in DONE_OR_NOT_ASKED} == {}
    assert graded.score == 100


def test_a_module_of_another_edition_is_found_by_the_grader(
    first_cells: list[str], a4: Assignment, a4_worker: Worker
) -> None:
    other = [cell.replace("testCases import", "testCases_v4a import") for cell in first_cells]
    assert other != first_cells
    graded = grade(nbformat.writes(notebook_of(other)).encode(), a4, a4_worker, "a secret").graded
    assert graded.score == 100
