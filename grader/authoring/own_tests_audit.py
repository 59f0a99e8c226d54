"""``check-course`` for an assignment of any nbgrader course: what its tests are worth.

Tests are run as submissions are: on the solution, several times; on the released notebook; and on
the solution with one small change, which a good test notices. The release is searched for anything
that students must not have.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from grader.exercises.assignment import Assignment
from grader.exercises.mutants import Mutant, generate_mutants
from grader.exercises.own_tests import OwnTests, name_of
from grader.judging.grade import preparation
from grader.judging.graded import GradedExercise
from grader.judging.own_tests import judge_own_tests
from grader.sandbox.host.session import Beside
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.submission.own_files import readable_beside, released

RUNS = 5
"""How often the solution is run, to find tests that do not always say the same."""

_SHORTEST = 12
_SECONDS = 5.0
"""For a cell: some changes make loops without end."""
_MOST_SECONDS = 60.0


@dataclass(frozen=True)
class Audit:
    """What was found out.

    Attributes:
        problems: what must be mended, one sentence each.
        mutants, noticed: of each solution cell how many changes were tried, and how many of them
            cost points.
        survivors: for each solution cell the changes that no test noticed, in words.
    """

    problems: tuple[str, ...]
    mutants: Mapping[str, int]
    noticed: Mapping[str, int]
    survivors: Mapping[str, tuple[str, ...]]

    @property
    def score(self) -> float | None:
        """The mutation score: the share of the changes that a test noticed; None without any."""
        tried = sum(self.mutants.values())
        return sum(self.noticed.values()) / tried if tried else None


def audit_own_tests(assignment: Assignment, worker: Worker) -> Audit:
    """Look at the tests of an assignment.

    Parameters:
        assignment: one that brings its own tests.
        worker: where they are run, made by :func:`worker_for`.
    """
    own = _own(assignment)
    trial = _Trial(assignment, worker)
    solved = _with_sources(own, own.solutions)
    runs = [trial.run(solved) for _run in range(RUNS)]
    problems = [*_not_passing(runs), *_passing_unsolved(trial, own), *leaks(assignment)]
    full = _points(runs[0])
    mutants: dict[str, int] = {}
    survivors: dict[str, tuple[str, ...]] = {}
    for name, source in own.solutions.items():
        made = _mutants(source)
        mutants[name] = len(made)
        survivors[name] = tuple(
            mutant.description
            for mutant in made
            if _points(trial.run(_with_sources(own, {**own.solutions, name: mutant.source})))
            >= full
        )
    noticed = {name: count - len(survivors[name]) for name, count in mutants.items()}
    return Audit(tuple(problems), mutants, noticed, survivors)


def worker_for(assignment: Assignment, isolated: bool = True) -> Worker:
    """A worker in which the tests of an assignment can be run."""
    limits = Limits(cell_seconds=_SECONDS, submission_seconds=_MOST_SECONDS)
    worker = Worker(assignment.name, limits, isolated, readable_beside(assignment))
    worker.prepare(preparation(assignment, secret=""))  # it has no cases
    return worker


def leaks(assignment: Assignment) -> Iterator[str]:
    """Which released cells still hold what the source says to leave out."""
    own = _own(assignment)
    if assignment.given_notebook == assignment.notebook_path:
        return  # nothing is released yet
    notebook = nbformat.read(assignment.given_notebook, as_version=4)
    shown = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    sources = {test.name: test.source for test in own.tests.values()} | dict(own.solutions)
    for name, source in sources.items():
        if name not in shown:
            continue
        what = "a hidden test" if name in own.tests else "the solution"
        is_whole = name in own.solutions and own.conventions.solution[0] not in source
        shown_lines = [] if is_whole else own.conventions.cleared(source).split("\n")
        given = {line.strip() for line in shown_lines}
        secret = [line for line in source.split("\n") if line.strip() not in given]
        found = _first_shown(secret, shown[name].source)
        if found:
            yield f"{name}: the release shows a line of {what}: {found}"


def _first_shown(secret: Sequence[str], text: str) -> str:
    """The first line that is long enough to say something and stands in a text."""
    lines = {line.strip() for line in text.split("\n")}
    stripped = (line.strip() for line in secret)
    return next((line for line in stripped if len(line) >= _SHORTEST and line in lines), "")


def _own(assignment: Assignment) -> OwnTests:
    assert assignment.own is not None
    return assignment.own


class _Trial:
    """Runs notebooks of one assignment."""

    def __init__(self, assignment: Assignment, worker: Worker) -> None:
        self._assignment = assignment
        self._worker = worker
        self._beside = Beside(released=dict(released(assignment.name).data.values()))

    def run(self, notebook: NotebookNode) -> tuple[GradedExercise, ...]:
        return judge_own_tests(notebook, self._assignment, self._worker, self._beside)


def _with_sources(own: OwnTests, sources: Mapping[str, str]) -> NotebookNode:
    cells = copy.deepcopy(list(own.cells))
    for cell in cells:
        cell.source = sources.get(name_of(cell), cell.source)
    return NotebookNode(cells=cells)


def _points(verdicts: tuple[GradedExercise, ...]) -> float:
    return sum(verdict.points for verdict in verdicts)


def _not_passing(runs: list[tuple[GradedExercise, ...]]) -> Iterator[str]:
    """Tests that the solution does not pass, or not always."""
    for number, test in enumerate(runs[0]):
        failed = [run[number] for run in runs if run[number].points < test.max_points]
        if len(failed) == len(runs):
            yield f"{test.name}: the solution does not pass: {' '.join(failed[0].message.split())}"
        elif failed:
            yield (
                f"{test.name}: the solution passes in {len(runs) - len(failed)} of {len(runs)} "
                "runs: fix the seed of its random numbers, or allow for what they do"
            )


def _passing_unsolved(trial: _Trial, own: OwnTests) -> Iterator[str]:
    for verdict in trial.run(_with_sources(own, {})):
        if verdict.points > 0:
            yield (
                f"{verdict.name}: the released notebook, with nothing solved, gets "
                f"{verdict.points:g} of its {verdict.max_points:g} points"
            )


def _mutants(source: str) -> list[Mutant]:
    try:
        return generate_mutants(source)
    except (SyntaxError, ValueError):  # IPython's magics, or no Python at all
        return []
