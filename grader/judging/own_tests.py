"""Judge a notebook by the tests that it brings, as any nbgrader course does.

The cells are run in order, each whole, and the tests between them with the text of the source. What
a test says is known only from the process in which the student's code ran, so it is worth less than
a verdict on cases (``docs/existing-course.md`` says what it cannot promise).
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping, Sequence, Set

from nbformat import NotebookNode

from course.language import _
from grader.exercises.assignment import Assignment
from grader.exercises.own_tests import OwnTest, OwnTests, bound_names, name_of
from grader.judging.graded import GradedExercise, Verdict
from grader.sandbox import wire
from grader.sandbox.host.session import Beside, CellOutcome, Session, WholeCell
from grader.sandbox.host.worker import SandboxError, Worker
from grader.submission.cell_source import normal_text

_ABSENT = re.compile(r"name '(\w+)' is not defined")
_MOST_LOST = 12
"""After so many cells that ended or hung the process nothing more is run."""


def judge_own_tests(
    notebook: NotebookNode,
    assignment: Assignment,
    worker: Worker,
    beside: Beside,
    absent: Collection[str] = (),
    public: bool = False,
) -> tuple[GradedExercise, ...]:
    """Run a repaired notebook and its tests.

    Parameters:
        notebook: the repaired notebook, in which every cell of the course stands once.
        assignment: whose tests they are.
        worker: where it is run.
        beside: the files that it finds beside it.
        absent: cells of it that the student does not have, and that are not run.
        public: whether to run only what students have of the tests.

    Returns:
        One verdict a test that is run, in the order of the source.
    """
    own = assignment.own
    assert own is not None
    tests = {name: test.public() if public else test for name, test in own.tests.items()}
    cells = _cells_to_run(notebook, own, tests, absent)
    outcomes = _Run(cells, worker, beside).outcomes()
    unwritten = _unwritten(notebook, own)
    return tuple(
        _verdict(test, outcomes.get(f"test {test.name}", CellOutcome("hung")), unwritten)
        for test in tests.values()
        if test is not None
    )


def _unwritten(notebook: NotebookNode, own: OwnTests) -> frozenset[str]:
    """The names that cells would give a meaning to which are still as they were released."""
    released = {name_of(cell): cell.source for cell in own.cells}
    texts = {name_of(cell): cell.source for cell in notebook.cells}
    return frozenset(
        bound
        for name, solution in own.solutions.items()
        if normal_text(texts.get(name, "")) in ("", normal_text(released[name]))
        for bound in bound_names(solution)
    )


def _cells_to_run(
    notebook: NotebookNode,
    own: OwnTests,
    tests: Mapping[str, OwnTest | None],
    absent: Collection[str],
) -> list[WholeCell]:
    cells = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or name_of(cell) in absent:
            continue
        if not cell.source.strip() and name_of(cell) not in tests:
            continue
        test = tests.get(name_of(cell))
        if test is None and name_of(cell) in tests:
            continue
        if test is None:
            keep = own.given.get(name_of(cell), ())
            cells.append(WholeCell(f"{number}", cell.source, keep))
        else:
            cells.append(
                WholeCell(
                    f"test {test.name}", test.source, (), True, test.builtin_names, test.imports
                )
            )
    return cells


class _Run:
    """Runs the cells; one that ends or hangs the process costs itself."""

    def __init__(self, cells: Sequence[WholeCell], worker: Worker, beside: Beside) -> None:
        self._cells = cells
        self._worker = worker
        self._beside = beside
        self._until = time.monotonic() + worker.limits.submission_seconds
        self._lost: dict[str, CellOutcome] = {}

    def outcomes(self) -> Mapping[str, CellOutcome]:
        """What came of each cell, by its id; a cell that was not reached is not there."""
        found: dict[str, CellOutcome] = {}
        while len(self._lost) < _MOST_LOST and time.monotonic() < self._until:
            lost = self._once(found)
            if lost is None:
                break
            self._lost[lost] = found[lost]
        return found | self._lost

    def _once(self, found: dict[str, CellOutcome]) -> str | None:
        """Run all cells that are not lost; return the id of one that is."""
        try:
            session = self._opened()
        except wire.WireError as error:
            raise SandboxError(f"the sandboxed worker does not answer: {error}") from error
        try:
            for cell in self._cells:
                if cell.id in self._lost:
                    continue
                found[cell.id] = session.run_cell(cell, self._until)
                if not session.alive:
                    return cell.id
            return None
        finally:
            session.close()

    def _opened(self) -> Session:
        session = self._worker.open()
        session.load((), (), False, True, self._until, self._beside, with_cases=False)
        return session


def _verdict(test: OwnTest, outcome: CellOutcome, unwritten: Set[str]) -> GradedExercise:
    verdict, points, message = _decided(test, outcome, unwritten)
    return GradedExercise(
        name=test.shown_as,
        verdict=verdict,
        points=points,
        max_points=test.points,
        message=message,
        own_cell=test.name,
        line=outcome.line if outcome.kind == "raised" else 0,
    )


def _decided(
    test: OwnTest, outcome: CellOutcome, unwritten: Set[str]
) -> tuple[Verdict, float, str]:
    if outcome.kind == "hung":
        return "timed out", 0.0, _("The test did not end in time.")
    if outcome.kind == "died":
        return "crashed", 0.0, _("The process in which the test ran ended.")
    if outcome.kind == "raised":
        return _failed(test, outcome, unwritten)
    number = outcome.number
    if number is None or not 0 <= number <= test.points or number == test.points:
        return "correct", test.points, ""  # as nbgrader reads what a test shows last
    text = _("The test gives {points:g} of {max_points:g} points.")
    return "wrong", number, text.format(points=number, max_points=test.points)


def _failed(test: OwnTest, outcome: CellOutcome, unwritten: Set[str]) -> tuple[Verdict, float, str]:
    kind = outcome.error.get("type", "")
    absent = _ABSENT.match(outcome.error.get("message", "")) if kind == "NameError" else None
    if kind == "NotImplementedError" or (absent and absent[1] in unwritten):
        return "not attempted", 0.0, _("The code is not written yet.")
    if outcome.line in test.hidden:
        # What a hidden test compares must not be read from its message.
        return _kind(kind), 0.0, _("A hidden test did not pass ({type}).").format(type=kind)
    lines = test.source.split("\n")
    line = lines[outcome.line - 1].strip() if 0 < outcome.line <= len(lines) else ""
    text = _("The test stops with {type}: {message}") if outcome.error.get("message") else ""
    text = text or _("The test stops with {type}.")
    said = text.format(type=kind, message=outcome.error.get("message", ""))
    at = _("at this line: {line}").format(line=line) if line else ""
    return _kind(kind), 0.0, "\n".join(part for part in (said, at) if part)


def _kind(error_type: str) -> Verdict:
    return "wrong" if error_type == "AssertionError" else "crashed"
