"""Run a student's function on the public cases and say what is wrong with it.

The cases, the expected results and the fingerprints of known mistakes are stored beside this
module, one file an assignment, written by ``make release``.
"""

from __future__ import annotations

import copy
import functools
import inspect
import json
import textwrap
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course.checks.changed_arguments import changed_places, remark_on_changes
from course.checks.compare import Comparison, Difference, first_difference
from course.checks.describe import describe, name_of_place
from course.checks.fingerprint import fingerprint, fingerprint_of_error, same
from course.checks.plain_data import from_json
from course.checks.retired import advice
from course.language import _, ngettext
from course.study.study_material import CASES_FOLDER, is_here
from course.study.study_record import remember

_WIDTH = 84  # characters that fit into a line of an output cell

CASE_SEED = 2
"""Every case starts with this state of ``np.random``, here and when a notebook is marked."""


class CheckFailed(AssertionError):
    """A public check found a mistake. Shown in a notebook without the long traceback.

    Attributes:
        function: the name of the exercise.
        message: what is wrong, in words.
        advice: how to go on, where there is something to say about it.
    """

    title_colour = "\x1b[1;31m"

    def __init__(self, function: str, message: str, advice: str = "") -> None:
        super().__init__(f"{function}: {message}" + (f"\n{advice}" if advice else ""))
        self.function = function
        self.message = message
        self.advice = advice

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        title = f"{self.title_colour}{self.function}\x1b[0m"
        lines = [*self.message.splitlines(), *self.advice.splitlines()]
        return [title, *(part for line in lines for part in _wrapped(line))]


def _wrapped(line: str) -> list[str]:
    """A line in pieces that fit: JupyterLab breaks longer ones in the middle of a word."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line,
        _WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


class NotImplementedYet(CheckFailed):
    """The function is still as it was released."""

    title_colour = "\x1b[1;33m"


@dataclass(frozen=True)
class _Mistake:
    message: str
    lesson: str
    outcomes: list[Any]


@dataclass(frozen=True)
class PublicCases:
    """The stored public cases of one function.

    Attributes:
        assignment: the assignment they belong to.
        function: the function's name.
        names, arguments, expected, quantities: one entry a case.
        returns: the names of the returned values.
        comparison: how strictly results are compared.
        lesson: where the function is explained.
        mistakes: the known mistakes with the fingerprints of what they return.
        has_hints: whether a student can ask for a hint.
    """

    assignment: str
    function: str
    names: list[str]
    arguments: list[tuple[Any, ...]]
    expected: list[Any]
    quantities: list[Mapping[str, float]]
    returns: list[str]
    comparison: Comparison
    lesson: str
    mistakes: list[_Mistake]
    has_hints: bool


@dataclass(frozen=True)
class _Failure:
    case: int
    message: str
    difference: Difference | None


@functools.cache
def stored_functions() -> dict[str, list[tuple[str, Any]]]:
    """For each checked function the assignments that have it, with its stored data as JSON."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for path in sorted(CASES_FOLDER.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        for function, data in stored["functions"].items():
            found.setdefault(function, []).append((stored["assignment"], data))
    return found


@functools.cache
def public_cases(function: str, assignment: str | None = None) -> tuple[PublicCases, ...]:
    """The stored public cases of a function, one entry for each assignment that has it.

    Raises:
        KeyError: no assignment here has such a function.
    """
    return tuple(
        _decode(name, function, data)
        for name, data in stored_functions()[function]
        if assignment in (None, name)
    )


def _decode(assignment: str, function: str, data: Any) -> PublicCases:
    cases = data["cases"]
    return PublicCases(
        assignment=assignment,
        function=function,
        names=[case["name"] for case in cases],
        arguments=[from_json(case["arguments"]) for case in cases],
        expected=[from_json(case["expected"]) for case in cases],
        quantities=[case["quantities"] for case in cases],
        returns=data["returns"],
        comparison=Comparison(**data["comparison"]),
        lesson=data["lesson"],
        mistakes=[_Mistake(m["message"], m["lesson"], m["outcomes"]) for m in data["mistakes"]],
        has_hints=bool(data.get("hints")),
    )


def check(function: str, target: Callable[..., Any], assignment: str | None = None) -> None:
    """Check a student's function on the public cases; print a line when all is well.

    Parameters:
        function: the name of the exercise.
        target: the student's function.
        assignment: which assignment, where several have such a function. Where it is None, the
            name of the current folder decides, and else any of them will do.

    Raises:
        CheckFailed: with a message that says in words what is wrong.
        NotImplementedYet: the function still raises NotImplementedError.
    """
    if not callable(target):
        raise CheckFailed(function, _("{name} is not a function any more.").format(name=function))
    editions = public_cases(function, assignment)
    if not editions:
        message = _("{assignment} has no such exercise.").format(assignment=assignment)
        raise CheckFailed(function, message)
    if len(editions) > 1:
        editions = tuple(one for one in editions if is_here(one.assignment)) or editions
    problems = []
    for cases in editions:
        problem, remark = _tried(cases, target)
        if problem is None:
            remember(cases.assignment, function, passed=True)
            passed = _("All tests passed.")
            cases_text = _("{function}: {count} cases").format(
                function=function, count=len(cases.names)
            )
            print(f"\x1b[1;32m{passed}\x1b[0m ({cases_text})")
            if remark:
                print("\n".join(_wrapped(_("A remark: {remark}").format(remark=remark))))
            return
        problems.append(problem)
    if not isinstance(problems[0], NotImplementedYet):
        remember(editions[0].assignment, function, tried=True)
    raise problems[0]


def _tried(cases: PublicCases, target: Callable[..., Any]) -> tuple[CheckFailed | None, str]:
    """What is wrong with a function, and what else there is to say about it."""
    remark = ""
    outcomes: list[Any] = []
    failures: list[_Failure] = []
    for index in range(len(cases.names)):
        given = copy.deepcopy(cases.arguments[index])
        try:
            returned = _call(target, given)
        except NotImplementedError:
            return NotImplementedYet(cases.function, _not_implemented(), _advice(cases)), ""
        except Exception as error:
            outcomes.append(fingerprint_of_error(type(error).__name__, str(error)))
            failures.append(_Failure(index, _crash_message(error), None))
            continue
        outcomes.append(fingerprint(returned))
        places = changed_places(cases.arguments[index], given)
        remark = remark or remark_on_changes(places, cases.arguments[index], _parameters(target))
        expected = cases.expected[index]
        difference = first_difference(expected, returned, cases.comparison)
        if difference is not None:
            message = describe(
                difference,
                expected,
                cases.returns,
                cases.quantities[index],
                cases.comparison,
                returned,
            )
            failures.append(_Failure(index, message, difference))
    if not failures:
        return None, remark
    message = _failure_message(cases, outcomes, failures)
    return CheckFailed(cases.function, message, _advice(cases)), remark


def _parameters(target: Callable[..., Any]) -> list[str]:
    """The names of a function's parameters, as far as they can be told."""
    try:
        return list(inspect.signature(target).parameters)
    except (TypeError, ValueError):
        return []


def _advice(cases: PublicCases) -> str:
    """How to get a hint, where there are hints."""
    if not cases.has_hints:
        return ""
    return _("For a hint: {call}").format(call=f'hint("{cases.function}")')


def _call(target: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    state = np.random.get_state()
    np.random.seed(CASE_SEED)
    try:
        return target(*arguments)
    finally:
        np.random.set_state(state)  # a check must not disturb the notebook's random numbers


def _not_implemented() -> str:
    return _(
        "Not implemented yet. Write your code between the two markers, delete the line that "
        "raises NotImplementedError, run the cell, then run this check again."
    )


def _failure_message(cases: PublicCases, outcomes: list[Any], failures: list[_Failure]) -> str:
    first = failures[0]
    lines = []
    mistake = _matching_mistake(cases, outcomes)
    if mistake is not None:
        lines.append(_(mistake.message))
    lines.append(
        _("On the case “{case}”: {message}").format(
            case=cases.names[first.case], message=first.message
        )
    )
    passed = len(cases.names) - len(failures)
    if passed:
        lines.append(
            ngettext(
                "{passed} of {all} cases is right already.",
                "{passed} of {all} cases are right already.",
                passed,
            ).format(passed=passed, all=len(cases.names))
        )
    return "\n".join(lines)


def _matching_mistake(cases: PublicCases, outcomes: list[Any]) -> _Mistake | None:
    for mistake in cases.mistakes:
        if all(map(same, mistake.outcomes, outcomes)):
            return mistake
    return None


def _crash_message(error: BaseException) -> str:
    text = str(error).strip() or _("no further message")
    message = _("your code stopped with {type}: {text}").format(
        type=type(error).__name__, text=text.splitlines()[0][:300]
    )
    line = _line_of_the_student(error)
    if line:
        message += "\n" + _("The line was: {line}").format(line=line)
    today = advice(error)
    return message + ("\n" + today if today else "")


def _line_of_the_student(error: BaseException) -> str:
    """The innermost line of the traceback that stands in a notebook cell."""
    course = Path(__file__).parents[1]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        in_a_library = "site-packages" in frame.filename or frame.filename.startswith("<__array")
        path = Path(frame.filename)
        ours = path.is_relative_to(course) or path.parent == course.parent
        if not in_a_library and not ours:
            return (frame.line or "").strip()[:200]
    return ""


__all__ = [
    "CheckFailed",
    "NotImplementedYet",
    "PublicCases",
    "check",
    "name_of_place",
    "public_cases",
    "stored_functions",
]
