"""The pure function: a submission and an assignment in, marks out.

No database, no shared file: what it needs besides its arguments is a worker to run the code in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nbformat import NotebookNode

from course.language import speaking
from grader.exercises.assignment import Assignment
from grader.exercises.cases import PUBLIC_SECRET, CaseSet, attempt_secret, case_set
from grader.judging.graded import Graded, GradedExercise
from grader.judging.judge import Judge
from grader.judging.loaded_notebook import LoadedNotebook
from grader.judging.own_tests import judge_own_tests
from grader.judging.remarks import notes_on_cells
from grader.sandbox.host.session import Beside
from grader.sandbox.host.worker import Preparation, Worker
from grader.submission.own_files import released
from grader.submission.repair import RepairedSubmission, repair


@dataclass(frozen=True)
class GradedSubmission:
    """The marks, the repaired notebook that they belong to, and its language."""

    graded: Graded
    notebook: NotebookNode
    language: str = ""


def grade(
    submission: bytes,
    assignment: Assignment,
    worker: Worker,
    secret: str,
    blocked_share: float = 1.0,
    known: Mapping[str, GradedExercise] | None = None,
    own_files: Sequence[tuple[str, bytes]] = (),
    student: str = "",
    first_sight: bool = True,
) -> GradedSubmission:
    """Grade one submission; what is said of it is said in the language of its notebook.

    Parameters:
        submission: the bytes of the notebook file as it was handed in.
        assignment: what to grade it as.
        worker: a sandboxed worker of that assignment.
        secret: the class's secret, which decides the hidden cases; ``PUBLIC_SECRET`` for the cases
            and the tests that students have.
        blocked_share: the share of the points for an exercise that is right in itself and fails
            only through an earlier one.
        known: exercises that were judged before and stay as they are.
        own_files: the student's other files, which the notebook finds beside it: paths and bytes.
        student: whose submission it is; the same submission of another gets other cases.
        first_sight: whether the fast way is taken where it leads (see
            :mod:`grader.judging.first_sight`); the marks are the same without.

    Raises:
        UnreadableNotebook: the bytes are no notebook.
    """
    worker.prepare(preparation(assignment, secret))
    repaired = repair(submission, assignment, own_files)
    beside = Beside(dict(own_files), dict(released(assignment.name).data.values()))
    notes: list[str] = []
    with speaking(repaired.language):
        if assignment.own is not None:
            public = secret == PUBLIC_SECRET
            verdicts = judge_own_tests(
                repaired.notebook, assignment, worker, beside, repaired.absent, public
            )
        else:
            cells = repaired.cells
            attempt = attempt_secret(secret, student, submission)
            with LoadedNotebook(cells, assignment, worker, beside, first_sight) as notebook:
                judge = Judge(
                    assignment, secret, notebook, repaired.functions, blocked_share, attempt
                )
                verdicts = _verdicts(judge, repaired, known or {})
                notes = judge.notes + notes_on_cells(notebook.process.retired, dict(cells))
    graded = Graded(assignment.name, verdicts, repaired.repairs, tuple(notes))
    return GradedSubmission(graded, repaired.notebook, repaired.language)


def _verdicts(
    judge: Judge, repaired: RepairedSubmission, known: Mapping[str, GradedExercise]
) -> tuple[GradedExercise, ...]:
    cell_of = _defining_cells(repaired)
    judge.verdicts |= {name: exercise.verdict for name, exercise in known.items()}
    names = [exercise.name for exercise in judge.assignment.exercises]
    judge.look([name for name in names if name not in repaired.untouched | known.keys()])
    return tuple(
        known.get(name)
        or judge.judge(name, name in repaired.untouched, where=cell_of.get(name, ""))
        for name in names
    )


def preparation(assignment: Assignment, secret: str) -> Preparation:
    """The set-up of an assignment, and the arguments of its cases.

    Arguments only: what the reference returns never enters the sandbox. Students' code sees the
    arguments in any case, when it is called with them.

    Parameters:
        assignment: the assignment.
        secret: which cases are used.

    Returns:
        The same for all notebooks of an assignment: a worker is got ready once.
    """
    if assignment.guarded is not None:
        return Preparation(
            imports=assignment.often_imported,
            guarded=assignment.guarded,
            folder=str(released(assignment.name).folder),
        )
    return case_set(assignment, secret).derived(_with_cases)


def _with_cases(cases: CaseSet) -> Preparation:
    assignment = cases.assignment
    names = [exercise.name for exercise in assignment.exercises]
    arguments = {name: tuple(one.encoded_arguments for one in cases.of(name)) for name in names}
    return Preparation(
        imports=assignment.often_imported,
        setup=assignment.setup,
        cases=MappingProxyType(arguments),
    )


def _defining_cells(repaired: RepairedSubmission) -> dict[str, str]:
    """For each exercise the id of the cell that defines it."""
    ids = {source: cell_id for cell_id, source in repaired.cells}
    return {name: ids.get(source, "") for name, source in repaired.functions.items()}
