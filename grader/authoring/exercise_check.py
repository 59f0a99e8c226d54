"""Prove that one exercise is sound, on the public cases and on hidden ones of several seeds.

The released stub must fail and the solution pass; every known mistake and every generated mutant
must be rejected, every right variant accepted; no two known mistakes may look alike.
"""

from __future__ import annotations

import ast
import functools
import itertools
import traceback
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.authoring.isolated_trial import in_own_processes
from grader.exercises.answers import is_right, run_on_cases, same_outcome
from grader.exercises.assignment import Assignment, AssignmentError
from grader.exercises.cases import JudgedCase, judged_cases
from grader.exercises.exercise import Exercise, Variant
from grader.exercises.mutants import generate_mutants
from grader.paths import NOTEBOOKS, SOURCE
from grader.release.public_data import public_cases
from grader.sandbox.host.outcome import Outcome

SEEDS = ("check-course 1", "check-course 2", "check-course 3")
_ACCEPTED, _REJECTED = "accepted", "rejected"
_SECONDS = 20.0
_KNOWN_MISTAKES = 3


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


def check_exercise(
    assignment: Assignment, exercise: Exercise, quick: bool = False
) -> ExerciseReport:
    """Check one exercise; where it is to be quick, with one seed and without mutants."""
    report = ExerciseReport(exercise.name)
    seeds = SEEDS[:1] if quick else SEEDS
    try:
        trial = _Trial(assignment, exercise, seeds)
    except Exception as error:  # of the generator, or of the solution on what it has made
        line = traceback.extract_tb(error.__traceback__)[-1]
        report.problems.append(
            f"its cases cannot be made: {type(error).__name__}: {error} "
            f"({line.filename.rpartition('/')[2]}, line {line.lineno})"
        )
        return report
    report.cases = len(trial.case_sets[0])
    report.problems += _problems_of_description(exercise)
    report.problems += _problems_of_solution(trial)
    report.misconceptions = len(exercise.misconceptions)
    rejected = []
    for mistake, answer in trial.of_variants(exercise.misconceptions):
        if answer == _REJECTED:
            rejected.append(mistake)
        else:
            report.problems.append(f"the known mistake {mistake.name} is not rejected: {answer}")
    report.problems += _problems_of_broken(trial)
    report.problems += _alike(trial, rejected)
    report.variants = len(exercise.correct_variants)
    for variant, answer in trial.of_variants(exercise.correct_variants):
        if answer != _ACCEPTED:
            report.problems.append(f"the right variant {variant.name} is not accepted: {answer}")
    if len(exercise.misconceptions) < _KNOWN_MISTAKES:
        report.advice.append(
            f"fewer than {_KNOWN_MISTAKES} known mistakes: which others do students make?"
        )
    if not quick:
        _check_mutants(trial, report)
    return report


def first_mistake(assignment: Assignment, name: str) -> tuple[str, str] | None:
    """A small edit of a solution that its cases reject: old text and new; None where none is found.

    Parameters:
        assignment: the assignment.
        name: the exercise.
    """
    solution = assignment.solution(name)
    try:
        trial = _Trial(assignment, assignment.exercise(name), SEEDS[:1])
    except Exception:  # the cases are still to be written
        return None
    # A changed operator is more like a mistake than a line that is left out.
    mutants = generate_mutants(solution)
    for mutant in sorted(mutants, key=lambda one: not one.name.startswith("operator")):
        old, arrow, new = mutant.name.partition(": ")[2].partition(" -> ")
        if arrow and new != "pass" and solution.count(old) == 1:
            edited = solution.replace(old, new)
            if trial.of_sources([edited]) == [_REJECTED]:
                return old, new
    return None


class _Trial:
    """Tries functions on the sets of cases of an exercise: hidden ones by seed, and the public."""

    def __init__(self, assignment: Assignment, exercise: Exercise, seeds: Sequence[str]) -> None:
        self.assignment = assignment
        self.exercise = exercise
        self.case_sets: list[Sequence[JudgedCase]] = [
            judged_cases(assignment, exercise.name, seed) for seed in seeds
        ]
        self.case_sets.append(public_cases(assignment, exercise.name))

    def of_variants(self, variants: Sequence[Variant]) -> Iterator[tuple[Variant, str]]:
        """Each variant with what :meth:`of_sources` says of it."""
        return zip(variants, self.of_sources(map(self._source_of, variants)), strict=True)

    def _source_of(self, variant: Variant) -> str:
        try:
            return self.assignment.variant_source(self.exercise.name, variant)
        except AssignmentError as error:
            return f"raise RuntimeError({str(error)!r})"

    def of_sources(self, sources: Iterable[str]) -> list[str]:
        """Whether each is accepted on all sets of cases, or rejected on every one of them."""
        tasks = [functools.partial(self._answer, source) for source in sources]
        return in_own_processes(tasks, _SECONDS)

    def _answer(self, source: str) -> str:
        warnings.simplefilter("ignore")  # a mutant may divide by zero
        try:
            function = self.assignment.function(self.exercise.name, source)
        except Exception as error:
            return f"it does not run ({type(error).__name__}: {error})"
        answers = set()
        for cases in self.case_sets:
            # The first wrong case decides: most mistakes are wrong on all of them.
            right = all(
                is_right(run_on_cases(function, [judged])[0], judged, self.exercise.comparison)
                for judged in cases
            )
            answers.add(_ACCEPTED if right else _REJECTED)
        return answers.pop() if len(answers) == 1 else "accepted for some seeds only"

    def outcomes(self, source: str) -> tuple[Outcome, ...]:
        """The results of a function that is known to end, on the cases of the first seed."""
        function = self.assignment.function(self.exercise.name, source)
        return run_on_cases(function, self.case_sets[0])

    def outcomes_of(self, variant: Variant) -> tuple[Outcome, ...]:
        """The same for a variant of the solution."""
        return self.outcomes(self.assignment.variant_source(self.exercise.name, variant))

    def are_alike(self, one: Sequence[Outcome], other: Sequence[Outcome]) -> bool:
        """Whether two functions give the same."""
        compared = zip(one, other, strict=True)
        return all(same_outcome(a, b, self.exercise.comparison) for a, b in compared)


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


def _problems_of_solution(trial: _Trial) -> Iterator[str]:
    solution = trial.assignment.solution(trial.exercise.name)
    head = next(node for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef))
    head.body = [ast.parse("raise NotImplementedError").body[0]]
    solved, unsolved = trial.of_sources([solution, ast.unparse(head)])
    if solved != _ACCEPTED:
        yield f"the solution does not pass: {solved}"
    if unsolved != _REJECTED:
        yield "it passes unsolved"


def _problems_of_broken(trial: _Trial) -> Iterator[str]:
    """A broken function must be wrong, and handing it in unmended must be a known mistake."""
    source = trial.assignment.broken(trial.exercise.name)
    if not source:
        return
    [answer] = trial.of_sources([source])
    if answer != _REJECTED:
        yield f"the broken function is not rejected: {answer}"
        return
    broken = trial.outcomes(source)
    known = map(trial.outcomes_of, trial.exercise.misconceptions)
    if not any(trial.are_alike(broken, mistaken) for mistaken in known):
        yield "no known mistake is that of the broken function as it was given"


def _alike(trial: _Trial, mistakes: Sequence[Variant]) -> Iterator[str]:
    """Which of the mistakes give the same. They are run here: each is known to end."""
    results = [(mistake.name, trial.outcomes_of(mistake)) for mistake in mistakes]
    for (one, mine), (other, theirs) in itertools.combinations(results, 2):
        if trial.are_alike(mine, theirs):
            yield f"the known mistakes {one} and {other} cannot be told apart"


def _check_mutants(trial: _Trial, report: ExerciseReport) -> None:
    equivalent = trial.assignment.equivalent_mutants.get(report.name, {})
    mutants = generate_mutants(trial.assignment.solution(report.name))
    report.mutants = len(mutants)
    answers = trial.of_sources([mutant.source for mutant in mutants])
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
