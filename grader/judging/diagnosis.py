"""Name a student's mistake by running the known ones.

A misconception is a runnable wrong variant of the solution. When a student's function gives, on
every case, what a misconception gives, the student is told the misconception's sentence. Pairs of
misconceptions made of edits are tried too, because two slips at once are common.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from course.checks.compare import Comparison, first_difference
from course.checks.describe import describe, explaining_quantities
from course.checks.retired import reason
from course.checks.returned_names import returned_names
from course.language import N_, _, language, with_numbers
from course.sentences import paragraph
from grader.exercises.answers import run_on_cases, same_outcome, wrong_cases
from grader.exercises.assignment import Assignment, AssignmentError
from grader.exercises.cases import (
    PUBLIC_SECRET,
    CaseSet,
    JudgedCase,
    case_set,
    judged_cases,
)
from grader.exercises.exercise import Misconception
from grader.sandbox.host.outcome import Outcome

# What the sandbox says of a call; numbers have places, as ``with_numbers`` finds them.
_SAID_BY_THE_SANDBOX = (
    N_("it did not return within {0} seconds"),
    N_("all its runs together took too long"),
    N_("the notebook could not be loaded in time"),
    N_("it was there before, and is not any more"),
    N_("it ended the process it ran in"),
    N_("it gave no answer"),
    N_("it used more memory or processor time than allowed, or killed itself"),
    N_("it crashed the Python interpreter (segmentation fault)"),
    N_("it used more processor time than allowed"),
    N_("it made a system call that is not allowed"),
    N_("what it returns is too large"),
    N_("not plain data"),
    N_("too deep or too many parts"),
    N_("a dict with a key that is no number or text"),
    N_("not a numeric array"),
)
_SHAPES_REFUSED = re.compile(r"not aligned|could not be broadcast|mismatch in its core dimension")


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong, for the student and for the class report.

    Attributes:
        misconceptions: names of the known mistakes that explain the results; empty where none does.
        message: the sentences for the student.
        lesson: where to read on.
    """

    misconceptions: tuple[str, ...]
    message: str
    lesson: str


_Variant = tuple[tuple[Misconception, ...], Callable[..., Any]]


class _KnownMistake:
    """One misconception, or two at once, run on a case only when its result is asked for."""

    def __init__(
        self,
        misconceptions: tuple[Misconception, ...],
        function: Callable[..., Any],
        cases: Sequence[JudgedCase],
    ) -> None:
        self.misconceptions = misconceptions
        self._function = function
        self._cases = cases
        self._outcomes: list[Outcome] = []

    def gives(
        self, outcomes: Sequence[Outcome], comparison: Comparison, any_words: bool = False
    ) -> bool:
        """Whether it gives the same as the student's function on every case.

        Parameters:
            outcomes: what the student's function gives.
            comparison: how strictly results are compared.
            any_words: whether two refusals of shapes count as one, whatever their words, and
                whether a case does not count on which this NumPy refuses what older ones took (in
                the sandbox the student's function was run as by them).
        """
        exact = 0
        for index, outcome in enumerate(outcomes):
            mine = self._outcome(index)
            if same_outcome(mine, outcome, comparison):
                exact += 1
            elif not any_words or not (_are_shape_errors(mine, outcome) or _is_retired(mine)):
                return False
        return exact > 0 or all(map(_are_shape_errors, self._outcomes, outcomes))

    def _outcome(self, index: int) -> Outcome:
        while len(self._outcomes) <= index:
            case = self._cases[len(self._outcomes)]
            self._outcomes += run_on_cases(self._function, [case])
        return self._outcomes[index]


def _are_shape_errors(*outcomes: Outcome) -> bool:
    """Whether NumPy refused shapes; ``@`` and ``np.dot`` say so in different words."""
    return all(
        outcome.error_type == "ValueError" and _SHAPES_REFUSED.search(outcome.message)
        for outcome in outcomes
    )


def _is_retired(outcome: Outcome) -> bool:
    """Whether a call stopped at something that older versions did."""
    return outcome.kind == "raised" and bool(reason(outcome.error_type, outcome.message))


@functools.lru_cache(maxsize=64)
def _singles(assignment: Assignment, name: str) -> tuple[_Variant, ...]:
    """The known mistakes of an exercise."""
    return tuple(
        ((mistake,), assignment.variant(name, mistake))
        for mistake in assignment.exercise(name).misconceptions
    )


@functools.lru_cache(maxsize=64)
def _pairs(assignment: Assignment, name: str) -> tuple[_Variant, ...]:
    """Two known mistakes at once, as far as they go together."""
    edits = [mistake for mistake in assignment.exercise(name).misconceptions if mistake.edits]
    pairs = []
    for pair in itertools.combinations(edits, 2):
        function = _combined(assignment, name, pair)
        if function is not None:
            pairs.append((pair, function))
    return tuple(pairs)


class KnownMistakes:
    """What the known mistakes of an exercise give on some cases, found out as it is asked for.

    Parameters:
        assignment, name: the exercise.
        cases: the cases.
    """

    def __init__(self, assignment: Assignment, name: str, cases: Sequence[JudgedCase]) -> None:
        self.assignment = assignment
        self.name = name
        self._comparison = assignment.exercise(name).comparison
        self._cases = cases

    @functools.cached_property
    def _single(self) -> list[_KnownMistake]:
        return [_KnownMistake(*one, self._cases) for one in _singles(self.assignment, self.name)]

    @functools.cached_property
    def _double(self) -> list[_KnownMistake]:
        return [_KnownMistake(*pair, self._cases) for pair in _pairs(self.assignment, self.name)]

    def matching(self, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """The mistake, or the two of them, that gives these outcomes; empty where none does."""
        if any(outcome.kind not in ("returned", "raised") for outcome in outcomes):
            return ()
        found = self._matching(outcomes)
        return () if found is None else tuple(one.name for one in found.misconceptions)

    def _matching(self, outcomes: Sequence[Outcome]) -> _KnownMistake | None:
        comparison = self._comparison
        for mistake in self._single:
            if mistake.gives(outcomes, comparison):
                return mistake
        # NumPy refuses shapes in several words: a single match is meant, several say nothing.
        alike = [m for m in self._single if m.gives(outcomes, comparison, any_words=True)]
        if len(alike) == 1:
            return alike[0]
        return next((m for m in self._double if m.gives(outcomes, comparison)), None)


def _combined(
    assignment: Assignment, name: str, pair: tuple[Misconception, ...]
) -> Callable[..., Any] | None:
    """The two edits together, in the order in which they fit; None where they do not."""
    for ordered in (pair, pair[::-1]):
        try:
            return assignment.variant(name, *ordered)
        except (AssignmentError, SyntaxError):
            continue
    return None


def _known_mistakes(cases: CaseSet, name: str) -> KnownMistakes:
    return KnownMistakes(cases.assignment, name, cases.of(name))


def diagnose(
    assignment: Assignment, name: str, secret: str, outcomes: Sequence[Outcome]
) -> Diagnosis:
    """Explain outcomes that are not right, without a word or a number of theirs.

    Where they are those of a known mistake, the mistake is explained, and shown on a public case.
    So whatever the cases are, and whoever answered for the earlier functions, nothing of that is in
    the message: what a student's function gives can hold whatever it has seen.

    Parameters:
        assignment, name: the exercise.
        secret: which cases they are.
        outcomes: one outcome a case, at least one of them wrong.
    """
    found = case_set(assignment, secret).derived(_known_mistakes, name).matching(outcomes)
    return diagnosis_of(assignment, name, found)


def diagnosis_of(assignment: Assignment, name: str, misconceptions: tuple[str, ...]) -> Diagnosis:
    """What is said of a known mistake, or of two at once, whoever makes them.

    Parameters:
        assignment, name: the exercise.
        misconceptions: the names of the mistakes; none where nothing explains what is wrong.
    """
    return _diagnosis_in(language(), assignment, name, misconceptions)


@functools.lru_cache(maxsize=1024)
def _diagnosis_in(
    _language: str, assignment: Assignment, name: str, misconceptions: tuple[str, ...]
) -> Diagnosis:
    exercise = assignment.exercise(name)
    if not misconceptions:
        return Diagnosis((), _("It gives something else than it should."), exercise.lesson)
    meant = exercise.mistakes(misconceptions)
    function = variant_of(assignment, name, meant)
    cases = judged_cases(assignment, name, PUBLIC_SECRET)
    shown = describe_failures(assignment, name, cases, run_on_cases(function, cases))
    sentences = [_(one.message) for one in meant]
    lesson = meant[0].lesson or exercise.lesson
    return Diagnosis(misconceptions, "\n".join([*sentences, *filter(None, [shown])]), lesson)


def variant_of(
    assignment: Assignment, name: str, meant: tuple[Misconception, ...]
) -> Callable[..., Any]:
    """The function that makes one known mistake, or two at once."""
    function = _combined(assignment, name, meant) if len(meant) == 2 else None
    return function or assignment.variant(name, *meant)


def describe_failures(
    assignment: Assignment,
    name: str,
    cases: Sequence[JudgedCase],
    outcomes: Sequence[Outcome],
) -> str:
    """Describe the first outcome that is not right; empty where all are.

    The description holds words and numbers of the outcome.

    Parameters:
        assignment, name: the exercise.
        cases, outcomes: its cases, and what came of each.
    """
    comparison = assignment.exercise(name).comparison
    failures = list(wrong_cases(outcomes, cases, comparison))
    if not failures:
        return ""
    differences = [
        (difference, cases[n].case.quantities)
        for n in failures
        if outcomes[n].kind == "returned"
        and (difference := first_difference(cases[n].expected, outcomes[n].value, comparison))
    ]
    telling = explaining_quantities(differences, comparison) if differences else set()
    where = _describe_failure(assignment, name, outcomes[failures[0]], cases[failures[0]], telling)
    if len(failures) < len(cases):
        right = len(cases) - len(failures)
        counted = _("Right on {right} of {all} cases.").format(right=right, all=len(cases))
        where = paragraph(where, counted)
    return where


def _describe_failure(
    assignment: Assignment,
    name: str,
    outcome: Outcome,
    judged: JudgedCase,
    telling: Collection[str],
) -> str:
    exercise = assignment.exercise(name)
    what = _explain_outcome(outcome)
    if not what:
        difference = first_difference(judged.expected, outcome.value, exercise.comparison)
        assert difference is not None
        what = describe(
            difference,
            judged.expected,
            returned_names(assignment.solution(name)),
            {key: n for key, n in judged.case.quantities.items() if key in telling},
            exercise.comparison,
            outcome.value,
        )
    case = with_numbers(judged.case.name)
    return _("On a case with {case}: {what}").format(case=case, what=what)


def _explain_outcome(outcome: Outcome) -> str:
    if outcome.kind == "raised":
        text = _("the code stopped with {type}: {message}").format(
            type=outcome.error_type,
            message=outcome.message.split("\n")[0].strip() or _("no further message"),
        )
        if outcome.line:
            text = paragraph(text, _("The line was: {line}").format(line=outcome.line))
        if outcome.within:
            stopped = _("It stopped in {function}, which is called from there.")
            text = paragraph(text, stopped.format(function=outcome.within))
        return text
    if outcome.kind == "not implemented":
        return _("it is not implemented yet.")
    if outcome.kind == "unreadable":
        text = _("what it returned cannot be judged: {message}.")
        return text.format(message=with_numbers(outcome.message))
    if outcome.kind in ("died", "timed out"):
        return _("{reason}.").format(reason=with_numbers(outcome.message))
    return ""
