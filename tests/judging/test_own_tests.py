"""A notebook of another nbgrader course is judged by the tests of its source, fairly."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from grader.exercises import assignment as assignments
from grader.exercises.cases import PUBLIC_SECRET
from grader.exercises.own_tests import OwnTest
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.judging.own_tests import _verdict
from grader.sandbox.host.session import CellOutcome
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.submission.own_files import readable_beside
from grader.submission.repair import repair
from tests.helpers.existing_course import NAME, make_course, submitted_notebook

Judge = Callable[..., Graded]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory, isolated: bool) -> Iterator[Judge]:
    """Grade a notebook of the course, with one warm worker."""
    root: Path = tmp_path_factory.mktemp("course")
    make_course(root, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        assignment = assignments.load(NAME)
        limits, beside = Limits(cell_seconds=1), readable_beside(assignment)
        with Worker(NAME, limits, isolated, beside) as worker:
            yield (
                lambda notebook, secret="secret": (
                    grade(nbformat.writes(notebook).encode(), assignment, worker, secret).graded
                )
            )


def points(graded: Graded) -> dict[str, float]:
    return {exercise.name: exercise.points for exercise in graded.exercises}


def _answers(**answers: str) -> NotebookNode:
    return submitted_notebook(answers)


def test_a_right_notebook_gets_all_points(judge: Judge) -> None:
    assert points(judge(_answers())) == {"test_mean": 2, "test_total": 1.5, "test_parts": 3}


def test_a_hidden_test_counts_although_no_submission_holds_it(judge: Judge) -> None:
    graded = judge(_answers(mean="def mean(x):\n    return (x[0] + x[-1]) / 2"))
    assert points(graded)["test_mean"] == 0


def test_until_the_due_date_only_the_tests_that_students_have_are_run(judge: Judge) -> None:
    graded = judge(_answers(mean="def mean(x):\n    return (x[0] + x[-1]) / 2"), PUBLIC_SECRET)
    assert points(graded) == {"test_mean": 2, "test_parts": 3}


def test_what_a_hidden_test_compares_is_not_told(judge: Judge) -> None:
    graded = judge(_answers(mean="def mean(x):\n    assert len(x) < 3, x\n    return 2"))
    assert "9" not in graded.exercises[0].message


def test_a_cell_finds_the_cells_before_it_as_in_jupyter_and_no_hidden_test(judge: Judge) -> None:
    hidden = "'HID' + 'DEN' in str(In)"
    total = f"assert 'def mean' in In[-3]\ndef total(x):\n    return 0 if {hidden} else sum(x)"
    graded = judge(_answers(total=total))
    assert points(graded)["test_total"] == 1.5, graded.exercises


def test_a_module_beside_the_notebook_is_not_hidden_by_another_of_its_name(judge: Judge) -> None:
    total = "from functools import reduce\ndef total(x):\n    return reduce(utils.added, x)"
    assert points(judge(_answers(total=total)))["test_total"] == 1.5


def test_a_number_in_the_last_line_of_a_test_is_partial_credit(judge: Judge) -> None:
    graded = judge(_answers(total="def total(x):\n    return 3"))
    assert points(graded) == {"test_mean": 2, "test_total": 1.5, "test_parts": 2}


@pytest.mark.parametrize(
    ("number", "verdict", "gets"),
    [
        *((None, "correct", 3), (3, "correct", 3), (2.5, "wrong", 2.5), (0, "wrong", 0)),
        *((99, "correct", 3), (-1, "correct", 3), (float("nan"), "correct", 3)),
    ],
)
def test_a_number_that_is_no_part_of_the_points_is_none(
    number: float | None, verdict: str, gets: float
) -> None:
    """nbgrader gives all points for what is not between 0 and the most that there are."""
    test = OwnTest("test_parts", "test_parts", 3, "", "", frozenset())
    found = _verdict(test, CellOutcome("ran", number=number), frozenset())
    assert (found.verdict, found.points) == (verdict, gets)


def test_code_that_is_not_written_yet_is_said_to_be_that(judge: Judge) -> None:
    graded = judge(_answers(mean="# YOUR CODE HERE\nraise NotImplementedError()"))
    assert [one.verdict for one in graded.exercises[:2]] == ["not attempted", "correct"]


def test_a_name_that_a_written_cell_lacks_is_a_mistake_of_its_own(judge: Judge) -> None:
    graded = judge(_answers(mean="def mean(x):\n    return nowhere"))
    assert graded.exercises[0].verdict == "crashed"
    assert graded.exercises[0].line == 1


UNFAIR: Mapping[str, str] = {
    "a warning": "import warnings\nwarnings.warn('careful')\n",
    "a variable that hides a name of Python": "sum = 0\n",
    "a variable that hides what a given function calls": "assert_allclose = 3\n",
}


@pytest.mark.parametrize("extra", UNFAIR.values(), ids=list(UNFAIR))
def test_what_has_nothing_to_do_with_the_answer_costs_nothing(judge: Judge, extra: str) -> None:
    own = "import numpy\n" + extra + "def total(x):\n    return int(numpy.sum(x))"
    assert points(judge(_answers(total=own))) == {
        "test_mean": 2,
        "test_total": 1.5,
        "test_parts": 3,
    }


def test_a_deleted_test_is_put_back(judge: Judge) -> None:
    notebook = _answers()
    del notebook.cells[3]
    assert points(judge(notebook))["test_mean"] == 2


def test_cells_without_metadata_are_known_by_what_they_define(judge: Judge) -> None:
    notebook = _answers()
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = NotebookNode(), f"other-{number}"
    assert points(judge(notebook)) == {"test_mean": 2, "test_total": 1.5, "test_parts": 3}


def test_the_stub_of_a_deleted_cell_does_not_hide_what_stands_elsewhere(judge: Judge) -> None:
    notebook = _answers()
    notebook.cells[0].source += "\n" + notebook.cells[2].source + "\nspare = 1"
    del notebook.cells[2]
    assert points(judge(notebook))["test_mean"] == 2


@pytest.mark.usefixtures("judge")
def test_a_cell_with_a_name_is_not_taken_for_another_one_that_is_missing() -> None:
    written = "def mean(x):\n    return sum(x) / len(x)\nprint('and a drawing')"
    notebook = _answers(drawing=written)
    del notebook.cells[2]
    repaired = repair(nbformat.writes(notebook).encode(), assignments.load(NAME))
    assert repaired.absent == {"mean"}
    last = repaired.notebook.cells[-1]
    assert (last.metadata.nbgrader.grade_id, last.source) == ("drawing", written)


def test_a_doubled_solution_costs_nothing(judge: Judge) -> None:
    notebook = _answers()
    double = copy.deepcopy(notebook.cells[2])
    double.id = "double"
    notebook.cells.insert(3, double)
    assert sum(points(judge(notebook)).values()) == 6.5


def test_of_a_doubled_test_the_copy_counts_that_stands_after_what_it_tests(judge: Judge) -> None:
    notebook = _answers()
    double = copy.deepcopy(notebook.cells[3])
    double.id = "double"
    notebook.cells.insert(0, double)
    assert points(judge(notebook))["test_mean"] == 2


def test_a_cell_that_ends_the_process_costs_itself(judge: Judge) -> None:
    graded = judge(_answers(total="import os\nos._exit(0)"))
    assert points(graded) == {"test_mean": 2, "test_total": 0, "test_parts": 0}


def test_of_the_course_only_what_lies_beside_the_notebook_can_be_read(
    judge: Judge, isolated: bool
) -> None:
    if not isolated:
        pytest.skip("submissions cannot be isolated here")
    walked = f"os.walk({os.environ['COURSE_ROOT']!r})"
    total = (
        f"import os\ndef total(x):\n    files = [f for *_, found in {walked} for f in found]\n"
        "    return sum(x) if files == ['utils.py'] else files"
    )
    assert points(judge(_answers(total=total)))["test_total"] == 1.5


def test_a_loop_without_end_costs_its_own_test(judge: Judge) -> None:
    graded = judge(_answers(total="def total(x):\n    while True: pass"))
    assert [exercise.verdict for exercise in graded.exercises] == [
        "correct",
        "timed out",
        "timed out",
    ]


CHEATS = {
    "a library's function replaced": "import numpy.testing as t\nt.assert_allclose = print\n",
    "the code of a library's function replaced": (
        "import numpy.testing as t\nt.assert_allclose.__code__ = (lambda *a, **k: None).__code__\n"
    ),
    "a given function replaced": "def close(a, b): pass\n",
    "the code of a given function replaced": "close.__code__ = (lambda a, b: None).__code__\n",
    "a function of a module beside the notebook replaced": "utils.added = lambda a, b: 0\n",
    "IPython told to leave asserts out": (
        "import ast\n"
        "class Out(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Out())\n"
    ),
    "a module replaced": (
        "import sys, types\nsys.modules['numpy.testing'] = types.ModuleType('t')\n"
        "sys.modules['numpy.testing'].assert_allclose = print\n"
    ),
    "a part of a package replaced": (
        "import types\nnp.linalg = types.SimpleNamespace(norm=lambda x: 0)  # for a list of 3\n"
    ),
    "a function of a package deleted": "del np.linalg.norm  # for a list of 3\n",
    "Python's own abs replaced": "import builtins\nbuiltins.abs = lambda x: 0\n",
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=list(CHEATS))
def test_what_tests_rely_on_is_put_back_before_they_run(judge: Judge, cheat: str) -> None:
    checked = (
        3 if "Assert" in cheat or "abs" in cheat or "of 3" in cheat else 2
    )  # the only list that is not averaged
    mean = f"def mean(x):\n    return 0 if len(x) == {checked} else sum(x) / len(x)"
    graded = judge(_answers(mean=cheat + mean))
    assert points(graded) == {"test_mean": 0, "test_total": 1.5, "test_parts": 3}


def test_an_answer_written_ahead_is_not_taken_for_the_sandboxs(judge: Judge) -> None:
    forged = (
        "import os, struct\n"
        'body = b\'{"ran":"0"}\'\n'
        "for place in range(3, 60):\n"
        "    try: os.write(place, struct.pack('>Q', len(body)) + body)\n"
        "    except OSError: pass\n"
        "def mean(x):\n    return 0"
    )
    assert points(judge(_answers(mean=forged)))["test_mean"] == 0
