"""The pure function: a submission and an assignment in, marks out.

No database, no shared file: what it needs besides its arguments is a worker to run the code in.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nbformat import NotebookNode

from course.language import speaking
from grader.exercises.assignment import Assignment
from grader.exercises.cases import attempt_secret, judged_cases
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
        secret: the class's secret, which decides the hidden cases.
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
    known = known or {}
    worker.prepare(preparation(assignment, secret))
    repaired = repair(submission, assignment, own_files)
    with speaking(repaired.language):
        graded = _graded(
            repaired,
            assignment,
            worker,
            (secret, attempt_secret(secret, student, submission)),
            blocked_share,
            known,
            own_files,
            first_sight,
        )
    return GradedSubmission(graded, repaired.notebook, repaired.language)


def _graded(
    repaired: RepairedSubmission,
    assignment: Assignment,
    worker: Worker,
    secrets: tuple[str, str],
    blocked_share: float,
    known: Mapping[str, GradedExercise],
    own_files: Sequence[tuple[str, bytes]],
    first_sight: bool,
) -> Graded:
    secret, attempt = secrets
    cell_of = _defining_cells(repaired)
    beside = Beside(dict(own_files), dict(released(assignment.name).data.values()))
    if assignment.own is not None:
        verdicts = judge_own_tests(repaired.notebook, assignment, worker, beside, repaired.absent)
        return Graded(assignment.name, verdicts, repaired.repairs)
    with LoadedNotebook(repaired.cells, assignment, worker, beside, first_sight) as notebook:
        judge = Judge(
            assignment,
            secret,
            notebook,
            repaired.functions,
            blocked_share,
            attempt,
        )
        judge.verdicts |= {name: exercise.verdict for name, exercise in known.items()}
        done = repaired.untouched | known.keys()
        judge.look([e.name for e in assignment.exercises if e.name not in done])
        exercises = tuple(
            known.get(exercise.name)
            or judge.judge(
                exercise.name,
                untouched=exercise.name in repaired.untouched,
                where=cell_of.get(exercise.name, ""),
            )
            for exercise in assignment.exercises
        )
        notes = judge.notes + notes_on_cells(notebook.retired, dict(repaired.cells))
    return Graded(assignment.name, exercises, repaired.repairs, tuple(notes))


def preparation(assignment: Assignment, secret: str) -> Preparation:
    """The set-up of an assignment, and the arguments of its cases.

    Arguments only: what the reference returns never enters the sandbox. Students' code sees the
    arguments in any case, when it is called with them.

    Parameters:
        assignment: the assignment.
        secret: which cases are used.

    Returns:
        The same object for all notebooks of an assignment: a worker is got ready once.
    """
    if assignment.guarded is not None:
        folder = released(assignment.name).folder
        return _without_cases(assignment.often_imported, assignment.guarded, str(folder))
    return _with_cases(assignment, secret)


@functools.lru_cache(maxsize=8)
def _without_cases(imports: tuple[str, ...], guarded: tuple[str, ...], folder: str) -> Preparation:
    return Preparation(imports=imports, guarded=guarded, folder=folder)


@functools.lru_cache(maxsize=8)
def _with_cases(assignment: Assignment, secret: str) -> Preparation:
    return Preparation(
        imports=assignment.often_imported,
        setup=assignment.setup,
        cases=MappingProxyType(
            {
                exercise.name: tuple(
                    judged.encoded_arguments
                    for judged in judged_cases(assignment, exercise.name, secret)
                )
                for exercise in assignment.exercises
            }
        ),
    )


def _defining_cells(repaired: RepairedSubmission) -> dict[str, str]:
    """For each exercise the id of the cell that defines it."""
    ids = {source: cell_id for cell_id, source in repaired.cells}
    return {name: ids.get(source, "") for name, source in repaired.functions.items()}
