"""Run a student's function on the public cases and say what is wrong with it.

What is said is looked for in this order: whether the function in memory is the one that stands in
the notebook; whether an earlier function is to blame; a known mistake, by what it returns; an
ordinary slip, by the code; and what differs from the expected result.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from course.checks.calling import call
from course.checks.changed_arguments import changed_places, remark_on_changes
from course.checks.compare import Difference, first_difference
from course.checks.describe import describe
from course.checks.earlier_functions import culprit
from course.checks.failures import CheckFailed, NotImplementedYet, wrapped
from course.checks.fingerprint import fingerprint, fingerprint_of_error, same
from course.checks.kernel_history import last_assignment, why_not_defined
from course.checks.retired import advice
from course.checks.run_on_cases import Run, Stopped
from course.checks.slips import slip_behind
from course.checks.slips_in_results import slip_in, sure_slip_in
from course.checks.stored_cases import PublicCases, public_cases, stored_functions
from course.checks.students_code import Step, parameters_of, steps, students_traceback
from course.checks.time_limit import TimeIsUp, time_limit
from course.checks.unfinished import interrupted, not_implemented
from course.language import _, ngettext, with_numbers
from course.sentences import paragraph
from course.study.show import show_below
from course.study.study_material import is_here
from course.study.study_record import remember

LONGEST = 30.0
"""Seconds after which a check stops a function that does not come to an end."""


@dataclass(frozen=True)
class _Failure:
    case: int
    message: str
    difference: Difference | None = None
    slip: str = ""
    trace: TracebackType | None = None
    is_own: bool = False  # whatever the functions that are called return


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
    __tracebackhide__ = True  # a debugger passes over this frame
    editions = public_cases(function, assignment)
    if not editions:
        message = _("{assignment} has no such exercise.").format(assignment=assignment)
        raise CheckFailed(function, message)
    if len(editions) > 1:
        editions = tuple(one for one in editions if is_here(one.assignment)) or editions
    problems = []
    for cases in editions:
        problem, remark = _checked(cases, target)
        if problem is None:
            remember(cases.assignment, function, passed=True)
            passed, text = _("All tests passed."), _("{passed} ({function}: {count} cases)")
            passed = f"\x1b[1;32m{passed}\x1b[0m"
            print(text.format(passed=passed, function=function, count=len(cases.names)))
            if remark:
                print("\n".join(wrapped(_("A remark: {remark}").format(remark=remark))))
            return
        problems.append(problem)
    if not isinstance(problems[0], NotImplementedYet):
        remember(editions[0].assignment, function, tried=True)
    _show_where_to_read(editions[0])
    raise problems[0] from None


def _show_where_to_read(cases: PublicCases) -> None:
    notebook, _hash, section = cases.lesson.partition("#")
    if notebook == cases.assignment and section and cases.lesson_title:
        link = f"[{_(cases.lesson_title)}](#{section})"
        show_below(_("Read again: {link}").format(link=link))


def _checked(cases: PublicCases, target: Any) -> tuple[CheckFailed | None, str]:
    """What is wrong with a function, and what else there is to say about it."""
    older = ""
    if getattr(target, "__name__", cases.function) == cases.function:
        older = why_not_defined(cases.function, target, cases.parameters, stored_functions())
    if older:
        return CheckFailed(cases.function, older), ""
    if not callable(target):
        return CheckFailed(cases.function, _no_function(cases.function)), ""
    return tried(cases, target)


def _no_function(function: str) -> str:
    message = _("{name} is not a function any more.").format(name=function)
    assignment = last_assignment(function)
    if assignment is None:
        return message
    number, line = assignment
    return paragraph(
        message,
        _(
            "Cell [{number}] gave that name to something else: `{line}`. Take another name there, "
            "and run the cell of {name} again."
        ).format(number=number, line=line[:100], name=function),
    )


def tried(cases: PublicCases, target: Callable[..., Any]) -> tuple[CheckFailed | None, str]:
    """What is wrong with a function on its cases, and a remark on what it does besides."""
    remark = ""
    outcomes: list[Any] = []
    returned: list[Any] = []
    failures: list[_Failure] = []
    index = 0
    try:
        with time_limit(LONGEST):
            for index in range(len(cases.names)):
                given = copy.deepcopy(cases.arguments[index])
                try:
                    value = call(target, given)
                    outcome, failure = fingerprint(value), _wrong(cases, index, value)
                except NotImplementedError as error:
                    return _stopped(cases, target, error), ""
                except Exception as error:
                    outcomes.append(fingerprint_of_error(type(error).__name__, str(error)))
                    returned.append(Stopped())
                    failures.append(_crash(index, error))
                    continue
                outcomes.append(outcome)
                returned.append(value)
                failures += [failure] if failure else []
                places = changed_places(cases.arguments[index], given)
                remark = remark or remark_on_changes(
                    places, cases.arguments[index], parameters_of(target)
                )
    except (TimeIsUp, KeyboardInterrupt) as error:
        message = interrupted(error, steps(error), with_numbers(cases.names[index]), LONGEST)
        return CheckFailed(cases.function, message, _advice(cases)), ""
    if not failures:
        return None, remark
    run = Run(cases, target, returned, [failure.case for failure in failures])
    problem = CheckFailed(cases.function, _explained(run, outcomes, failures), _advice(cases))
    # A debugger that is called afterwards begins where the student's code stopped.
    problem.__traceback__ = failures[0].trace
    return problem, remark


def _wrong(cases: PublicCases, index: int, value: Any) -> _Failure | None:
    expected = cases.expected[index]
    difference = first_difference(expected, value, cases.comparison)
    if difference is None:
        return None
    message = describe(
        difference, expected, cases.returns, cases.quantities[index], cases.comparison, value
    )
    return _Failure(index, message, difference)


def _stopped(
    cases: PublicCases, target: Callable[..., Any], error: NotImplementedError
) -> CheckFailed:
    """What to say where something is not written yet: this function, or one that it calls."""
    blamed = culprit(cases, target, 0, _problem_of)
    if blamed:
        return NotImplementedYet(cases.function, blamed)
    return NotImplementedYet(cases.function, not_implemented(steps(error)), _advice(cases))


def _problem_of(cases: PublicCases, target: Callable[..., Any]) -> CheckFailed | None:
    return tried(cases, target)[0]


def _advice(cases: PublicCases) -> str:
    """How to get a hint, where there are hints."""
    if not cases.has_hints:
        return ""
    return _("For a hint: {call}").format(call=f'hint("{cases.function}")')


def _explained(run: Run, outcomes: list[Any], failures: list[_Failure]) -> str:
    cases, first = run.cases, failures[0]
    blamed = ""
    if not first.is_own:
        with suppress(TimeIsUp), time_limit(LONGEST):
            blamed = culprit(cases, run.target, first.case, _problem_of)
    if blamed:
        return blamed
    lines = [
        sure_slip_in(run)
        or first.slip
        or _of_a_known_mistake(cases, outcomes)
        or (slip_in(run) if first.difference is not None else ""),
        _("On the case “{case}”: {message}").format(
            case=with_numbers(cases.names[first.case]), message=first.message
        ),
    ]
    passed = len(cases.names) - len(failures)
    if passed:
        lines.append(
            ngettext(
                "{passed} of {all} cases is right already.",
                "{passed} of {all} cases are right already.",
                passed,
            ).format(passed=passed, all=len(cases.names))
        )
    return "\n".join(filter(None, lines))


def _of_a_known_mistake(cases: PublicCases, outcomes: list[Any]) -> str:
    for mistake in cases.mistakes:
        if all(map(same, mistake.outcomes, outcomes)):
            return _(mistake.message)
    return ""


def _crash(index: int, error: Exception) -> _Failure:
    passed = steps(error)
    text = str(error).strip() or _("no further message")
    message = _("your code stopped with {type}: {text}").format(
        type=type(error).__name__, text=text.splitlines()[0][:150]
    )
    where = passed[-1].text[:150] if passed else ""
    if where:
        message += "\n" + _where(passed, where)
    slip = slip_behind(error, passed)
    today = "" if slip else advice(error)
    message += "\n" + today if today else ""
    is_own = bool(slip) and isinstance(error, NameError) and passed[-1].name == passed[0].name
    return _Failure(index, message, None, slip, students_traceback(error), is_own)


def _where(passed: Sequence[Step], line: str) -> str:
    inner, outer = passed[-1], passed[0]
    if inner.name == outer.name or inner.name.startswith("<"):
        return _("The line was: {line}").format(line=line)
    return (
        _("The line was in {inner}: {line}").format(inner=inner.name, line=line)
        + "\n"
        + _("That was called in {outer}: {line}").format(outer=outer.name, line=outer.text[:150])
    )
