"""The stored public cases: what each function is called with, and what it should return.

They are written by ``make release``, one file an assignment, beside this module.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.checks.compare import Comparison
from course.checks.plain_data import from_json
from course.study.study_material import CASES_FOLDER


@dataclass(frozen=True)
class KnownMistake:
    """A mistake that is known by what it returns.

    Attributes:
        message: what a tutor would say to it.
        outcomes: the fingerprints of what it returns, one a case.
    """

    message: str
    outcomes: list[Any]


@dataclass(frozen=True)
class PublicCases:
    """The stored public cases of one function.

    Attributes:
        assignment: the assignment they belong to.
        function: the function's name.
        names, arguments, expected, quantities: one entry a case.
        parameters: the names of the function's parameters, as it was released.
        given: the simple statements of the released function, as ``ast.unparse`` writes them.
        returns: the names of the returned values.
        builds_on: the earlier exercises that it builds on, directly or not, in their order.
        comparison: how strictly results are compared.
        lesson, lesson_title: where the function is explained.
        mistakes: the known mistakes with the fingerprints of what they return.
        has_hints: whether a student can ask for a hint.
    """

    assignment: str
    function: str
    names: list[str]
    arguments: list[tuple[Any, ...]]
    expected: list[Any]
    quantities: list[Mapping[str, float]]
    parameters: list[str]
    given: list[str]
    returns: list[str]
    builds_on: list[str]
    comparison: Comparison
    lesson: str
    lesson_title: str
    mistakes: list[KnownMistake]
    has_hints: bool


@functools.cache
def stored_functions() -> dict[str, list[tuple[str, Any]]]:
    """For each checked function the assignments that have it, with its stored data as JSON."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for path in sorted(CASES_FOLDER.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        for function, data in stored["functions"].items():
            found.setdefault(function, []).append((stored["assignment"], data))
    return found


def given_statements(function: str) -> set[str]:
    """The simple statements of a released function, in all assignments that have it."""
    editions = stored_functions().get(function, [])
    return {statement for _assignment, data in editions for statement in data["given"]}


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
        parameters=data["parameters"],
        given=data["given"],
        returns=data["returns"],
        builds_on=data["builds_on"],
        comparison=Comparison(**data["comparison"]),
        lesson=data["lesson"],
        lesson_title=data["lesson_title"],
        mistakes=[KnownMistake(m["message"], m["outcomes"]) for m in data["mistakes"]],
        has_hints=bool(data.get("hints")),
    )
