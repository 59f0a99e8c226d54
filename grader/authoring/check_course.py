"""``make check-course``: the author's linter. It says whether every exercise is sound.

For each exercise it proves, on the public cases and on the hidden cases of several seeds, that the
released stub fails and the solution passes, that every known mistake and every generated mutant is
rejected, that every right variant is accepted, that no two known mistakes look alike, and that
there are hints. For each assignment it proves that the release is fresh and leaks nothing.
"""

from __future__ import annotations

import ast
import functools
import itertools
import multiprocessing
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field

import nbformat

from grader.authoring.isolated_trial import in_own_processes
from grader.authoring.own_tests_audit import audit_own_tests, worker_for
from grader.exercises import assignment as assignments
from grader.exercises.answers import is_right, run_on_cases, same_outcome
from grader.exercises.assignment import Assignment, AssignmentError, run_source
from grader.exercises.cases import JudgedCase, judged_cases
from grader.exercises.exercise import Exercise, Variant
from grader.exercises.hand_graded import problems_of_questions
from grader.exercises.markers import CHECK_SUFFIX
from grader.exercises.mutants import generate_mutants
from grader.paths import NOTEBOOKS, SOURCE
from grader.release.audit import problems_of_release
from grader.release.public_data import public_cases

SEEDS = ("check-course 1", "check-course 2", "check-course 3")
_ACCEPTED, _REJECTED = "accepted", "rejected"
_SECONDS = 20.0
_MOST_SURVIVORS = 10
_KNOWN_MISTAKES = 3
_HEADINGS = f"  {'exercise':<28} cases  mistakes  variants  mutants  equivalent  score   seconds"


@dataclass
class ExerciseReport:
    """What the linter found out about one exercise.

    Attributes:
        name: the function.
        cases: how many cases a seed gives.
        misconceptions, variants, mutants, equivalent: how many of each there are.
        killed: how many mutants are rejected.
        problems: one line each; an exercise without problems is sound.
        advice: one line each: what would make a sound exercise better.
        seconds: how long the check took.
    """

    name: str
    cases: int = 0
    misconceptions: int = 0
    variants: int = 0
    mutants: int = 0
    equivalent: int = 0
    killed: int = 0
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def score(self) -> str:
        """The mutation score: the share of mutants that are mistakes and are rejected."""
        mistakes = self.mutants - self.equivalent
        return f"{100 * self.killed / mistakes:.1f} %" if mistakes else "–"


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


def check_exercise(
    assignment: Assignment, exercise: Exercise, quick: bool = False
) -> ExerciseReport:
    """Check one exercise; where it is to be quick, with one seed and without mutants."""
    report = ExerciseReport(exercise.name)
    seeds = SEEDS[:1] if quick else SEEDS
    try:
        case_sets = [judged_cases(assignment, exercise.name, seed) for seed in seeds]
        case_sets.append(tuple(public_cases(assignment, exercise.name)))
    except Exception as error:  # of the generator, or of the solution on what it has made
        line = traceback.extract_tb(error.__traceback__)[-1]
        report.problems.append(
            f"its cases cannot be made: {type(error).__name__}: {error} "
            f"({line.filename.rpartition('/')[2]}, line {line.lineno})"
        )
        return report
    report.cases = len(case_sets[0])
    report.problems += _problems_of_description(exercise)
    report.problems += _problems_of_solution(assignment, exercise, case_sets)
    report.misconceptions = len(exercise.misconceptions)
    rejected = []
    for mistake, answer in _tried(assignment, exercise, case_sets, exercise.misconceptions):
        if answer == _REJECTED:
            rejected.append(mistake)
        else:
            report.problems.append(f"the known mistake {mistake.name} is not rejected: {answer}")
    report.problems += _problems_of_broken(assignment, exercise, case_sets)
    report.problems += _alike(assignment, exercise, case_sets[0], rejected)
    report.variants = len(exercise.correct_variants)
    for variant, answer in _tried(assignment, exercise, case_sets, exercise.correct_variants):
        if answer != _ACCEPTED:
            report.problems.append(f"the right variant {variant.name} is not accepted: {answer}")
    if len(exercise.misconceptions) < _KNOWN_MISTAKES:
        report.advice.append(
            f"fewer than {_KNOWN_MISTAKES} known mistakes: which others do students make?"
        )
    if not quick:
        _check_mutants(assignment, exercise, case_sets, report)
    return report


def _tried(
    assignment: Assignment,
    exercise: Exercise,
    case_sets: Sequence[Sequence[JudgedCase]],
    variants: Sequence[Variant],
) -> Iterator[tuple[Variant, str]]:
    """Each variant with what :func:`_try` says of it."""
    sources = [_source_of(assignment, exercise, variant) for variant in variants]
    return zip(variants, _try(assignment, exercise, case_sets, sources), strict=True)


def _problems_of_description(exercise: Exercise) -> Iterator[str]:
    if not exercise.hints:
        yield "there is no hint"
    if not exercise.learned:
        yield "it does not say what is learned (learned=)"
    if exercise.points <= 0:
        yield "it is worth no points"
    lessons = {exercise.lesson, *(mistake.lesson for mistake in exercise.misconceptions)} - {""}
    if not exercise.lesson:
        yield "no lesson explains it"
    for notebook in sorted({lesson.split("#")[0] for lesson in lessons}):
        places = (SOURCE / notebook / f"{notebook}.ipynb", NOTEBOOKS / f"{notebook}.ipynb")
        if not any(path.exists() for path in places):
            yield f"there is no notebook {notebook} to read on in"
    if not exercise.misconceptions:
        yield "there is no known mistake"
    names = [variant.name for variant in (*exercise.misconceptions, *exercise.correct_variants)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"two variants are called {name}"


def _problems_of_solution(
    assignment: Assignment, exercise: Exercise, case_sets: Sequence[Sequence[JudgedCase]]
) -> Iterator[str]:
    solution = assignment.solution(exercise.name)
    head = next(node for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef))
    head.body = [ast.parse("raise NotImplementedError").body[0]]
    solved, unsolved = _try(assignment, exercise, case_sets, [solution, ast.unparse(head)])
    if solved != _ACCEPTED:
        yield f"the solution does not pass: {solved}"
    if unsolved != _REJECTED:
        yield "it passes unsolved"


def _problems_of_broken(
    assignment: Assignment, exercise: Exercise, case_sets: Sequence[Sequence[JudgedCase]]
) -> Iterator[str]:
    """What is given to be mended must be wrong, and who hands it in unmended must be told so."""
    source = assignment.broken(exercise.name)
    if not source:
        return
    [answer] = _try(assignment, exercise, case_sets, [source])
    if answer != _REJECTED:
        yield f"the broken function is not rejected: {answer}"
        return
    broken = run_on_cases(_function(assignment, exercise.name, source), case_sets[0])
    known = (
        run_on_cases(assignment.variant(exercise.name, mistake), case_sets[0])
        for mistake in exercise.misconceptions
    )
    if not any(
        all(same_outcome(a, b, exercise.comparison) for a, b in zip(broken, one, strict=True))
        for one in known
    ):
        yield "no known mistake is that of the broken function as it was given"


def _source_of(assignment: Assignment, exercise: Exercise, variant: Variant) -> str:
    try:
        return assignment.variant_source(exercise.name, variant)
    except AssignmentError as error:
        return f"raise RuntimeError({str(error)!r})"


def _try(
    assignment: Assignment,
    exercise: Exercise,
    case_sets: Sequence[Sequence[JudgedCase]],
    sources: Sequence[str],
) -> list[str]:
    """Whether each source is accepted on all sets of cases, or rejected on every one of them."""
    answer = functools.partial(_answer, assignment, exercise, case_sets)
    return in_own_processes([functools.partial(answer, source) for source in sources], _SECONDS)


def _answer(
    assignment: Assignment,
    exercise: Exercise,
    case_sets: Sequence[Sequence[JudgedCase]],
    source: str,
) -> str:
    warnings.simplefilter("ignore")  # a mutant may divide by zero
    try:
        function = _function(assignment, exercise.name, source)
    except Exception as error:
        return f"it does not run ({type(error).__name__}: {error})"
    answers = set()
    for cases in case_sets:
        # The first wrong case decides: most mistakes are wrong on all of them.
        right = all(
            is_right(run_on_cases(function, [judged])[0], judged, exercise.comparison)
            for judged in cases
        )
        answers.add(_ACCEPTED if right else _REJECTED)
    return answers.pop() if len(answers) == 1 else "accepted for some seeds only"


def _function(assignment: Assignment, name: str, source: str) -> Callable[..., object]:
    namespace = assignment.namespace()
    run_source(source, namespace, name)
    function: Callable[..., object] = namespace[name]
    return function


def _alike(
    assignment: Assignment,
    exercise: Exercise,
    cases: Sequence[JudgedCase],
    mistakes: Sequence[Variant],
) -> Iterator[str]:
    """Which of the mistakes give the same. They are run here: each is known to end."""
    results = [
        (mistake.name, run_on_cases(assignment.variant(exercise.name, mistake), cases))
        for mistake in mistakes
    ]
    for (one, mine), (other, theirs) in itertools.combinations(results, 2):
        if all(same_outcome(a, b, exercise.comparison) for a, b in zip(mine, theirs, strict=True)):
            yield f"the known mistakes {one} and {other} cannot be told apart"


def first_mistake(assignment: Assignment, name: str) -> tuple[str, str] | None:
    """A small edit of a solution that its cases reject: old text and new; None where none is found.

    Parameters:
        assignment: the assignment.
        name: the exercise.
    """
    exercise = assignment.exercise(name)
    solution = assignment.solution(name)
    try:
        case_sets = [judged_cases(assignment, name, SEEDS[0]), public_cases(assignment, name)]
    except Exception:  # the cases are still to be written
        return None
    # A changed operator is more like a mistake than a line that is left out.
    mutants = generate_mutants(solution)
    for mutant in sorted(mutants, key=lambda one: not one.name.startswith("operator")):
        old, arrow, new = mutant.name.partition(": ")[2].partition(" -> ")
        if arrow and new != "pass" and solution.count(old) == 1:
            edited = solution.replace(old, new)
            if _try(assignment, exercise, case_sets, [edited]) == [_REJECTED]:
                return old, new
    return None


def _check_mutants(
    assignment: Assignment,
    exercise: Exercise,
    case_sets: Sequence[Sequence[JudgedCase]],
    report: ExerciseReport,
) -> None:
    equivalent = assignment.equivalent_mutants.get(exercise.name, {})
    mutants = generate_mutants(assignment.solution(exercise.name))
    report.mutants = len(mutants)
    answers = _try(assignment, exercise, case_sets, [mutant.source for mutant in mutants])
    for mutant, answer in zip(mutants, answers, strict=True):
        rejected = answer in (_REJECTED, "timed out", "died") or answer.startswith(
            "it does not run"
        )
        if mutant.name in equivalent:
            report.equivalent += 1
            if rejected:
                report.problems.append(f"the mutant {mutant.name!r} is listed as equivalent")
        elif rejected:
            report.killed += 1
        else:
            report.problems.append(f"the mutant {mutant.name!r} is not rejected: {answer}")
    if report.killed + report.equivalent < report.mutants:
        report.advice.append(
            "for a mutant that is a mistake, add a case that tells it apart; one that changes "
            "nothing goes into EQUIVALENT_MUTANTS, with the reason"
        )
    unknown = set(equivalent) - {mutant.name for mutant in mutants}
    report.problems += [f"there is no mutant {name!r} to be equivalent" for name in sorted(unknown)]
