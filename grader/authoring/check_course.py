"""``make check-course``: the author's linter. It says whether every exercise is sound.

It checks each exercise (:mod:`grader.authoring.exercise_check`), and proves for each assignment
that the release is fresh and leaks nothing.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

import nbformat

from grader.authoring.exercise_check import ExerciseReport, check_exercise
from grader.authoring.own_tests_audit import audit_own_tests, worker_for
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment, AssignmentError
from grader.exercises.hand_graded import problems_of_questions
from grader.exercises.markers import CHECK_SUFFIX
from grader.release.audit import problems_of_release

_MOST_SURVIVORS = 10
_HEADINGS = f"  {'exercise':<28} cases  mistakes  variants  mutants  equivalent  score   seconds"


def check_course(names: Sequence[str] = (), only: Sequence[str] = (), quick: bool = False) -> int:
    """Check assignments and print a table; return the exit status (1 where there are problems).

    Exercises are checked side by side, one on each core.

    Parameters:
        names: which assignments; all where empty.
        only: which exercises; all where empty.
        quick: one seed, no mutants, and nothing of the release: an answer within seconds.

    Raises:
        AssignmentError: there is no such assignment or exercise, or one cannot be read.
    """
    # What cannot be read is told before minutes of work.
    chosen = [assignments.full_name(name) for name in names] or assignments.names()
    loaded = [assignments.load(name) for name in chosen]
    known = [exercise.name for assignment in loaded for exercise in assignment.exercises]
    if unknown := [name for name in only if name not in known]:
        raise AssignmentError(
            f"{', '.join(chosen)}: no exercise {', '.join(unknown)}; known: {', '.join(known)}"
        )
    sound = True
    # Workers are forks: they have the assignments that are loaded here.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        work: list[tuple[Assignment, list[Future[ExerciseReport]], Future[list[str]] | None]] = []
        for assignment in loaded:
            if assignment.brings_tests:
                work.append((assignment, [], None))
                continue
            wanted = [e.name for e in assignment.exercises if not only or e.name in only]
            reports = [pool.submit(_report, assignment.name, name, quick) for name in wanted]
            whole = not (only or quick)
            work.append((assignment, reports, pool.submit(_audit, assignment.name, whole)))
        for assignment, reports, audit in work:
            print(f"{assignment.name}")
            if audit is None:
                for part in assignment.parts:
                    sound = _print_audit(part, several=len(assignment.parts) > 1) and sound
                continue
            print(_HEADINGS)
            for one in reports:
                sound = _shown(one.result()) and sound
            for problem in audit.result():
                print(f"    ✗ {problem}")
                sound = False
    if quick and sound:
        print(
            "So far every exercise is sound. Without --quick, mutants and the release are checked."
        )
    else:
        print("Every exercise is sound." if sound else "There are problems; see the lines with ✗.")
    sys.stdout.flush()
    return 0 if sound else 1


def _print_audit(assignment: Assignment, several: bool) -> bool:
    """Check a notebook of an assignment that brings its own tests; say whether it is sound.

    A change that no test notices is told and is no fault: it may change nothing.
    """
    with worker_for(assignment) as worker:
        audit = audit_own_tests(assignment, worker)
    if several:
        print(f"  {assignment.notebook_name}.ipynb")
    print(f"  {'solution':<28}  mutants  noticed")
    for name, count in audit.mutants.items():
        print(f"  {name:<28} {count:>8} {audit.noticed[name]:>8}")
        for survivor in audit.survivors[name][:_MOST_SURVIVORS]:
            print(f"    not noticed: {survivor}")
    if audit.score is not None:
        print(f"  mutation score {100 * audit.score:.1f} %")
    for problem in audit.problems:
        print(f"    ✗ {problem}")
    return not audit.problems


def _report(assignment: str, exercise: str, quick: bool) -> ExerciseReport:
    started = time.monotonic()
    loaded = assignments.load(assignment)
    report = check_exercise(loaded, loaded.exercise(exercise), quick)
    report.seconds = time.monotonic() - started
    return report


def _audit(name: str, whole: bool) -> list[str]:
    assignment = assignments.load(name)
    problems = [*_problems_of_checks(assignment), *problems_of_questions(assignment)]
    return [*problems, *problems_of_release(assignment)] if whole else problems


def _problems_of_checks(assignment: Assignment) -> Iterator[str]:
    """The gradebook takes points from the cells of the checks, the judge from ``exercises.py``."""
    cells = {c.id: c for c in nbformat.read(assignment.notebook_path, as_version=4).cells}
    for exercise in assignment.exercises:
        check = cells.get(exercise.name + CHECK_SUFFIX)
        told = check.metadata.get("nbgrader", {}) if check else {}
        if not told.get("grade"):
            yield f"the notebook has no graded cell {exercise.name}{CHECK_SUFFIX}"
        elif told.get("points") != exercise.points:
            yield (
                f"{exercise.name} is worth {exercise.points} points in exercises.py, but its check "
                f"{told.get('points')} in the notebook"
            )


def _shown(report: ExerciseReport) -> bool:
    """Print what was found out about an exercise; whether it is sound."""
    print(
        f"  {report.name:<28} {report.cases:>5} {report.misconceptions:>9} "
        f"{report.variants:>9} {report.mutants:>8} {report.equivalent:>11} "
        f"{report.score:>7} {report.seconds:>8.1f}",
        flush=True,
    )
    for problem in report.problems:
        print(f"    ✗ {problem}")
    for advice in report.advice:
        print(f"    · {advice}")
    return not report.problems
