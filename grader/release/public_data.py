"""Derive what ``utils/`` holds from the solutions: public cases, and the finished functions."""

from __future__ import annotations

import ast
import dataclasses
import functools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import nbformat

from course.checks.fingerprint import fingerprint, fingerprint_of_error
from course.checks.plain_data import from_json, to_json
from course.checks.returned_names import returned_names
from course.study.solution_store import END_MARKER, START_MARKER, without_scaffolding
from grader.exercises import assignment as assignments
from grader.exercises.answers import run_on_cases
from grader.exercises.assignment import Assignment
from grader.exercises.cases import PUBLIC_SECRET, JudgedCase, judged_cases
from grader.exercises.own_tests import bound_names
from grader.paths import SOURCE
from grader.sandbox.host.outcome import Outcome

FINISHED_FUNCTIONS_MARK = "# <<finished functions of {name}>>"


def public_cases(assignment: Assignment, name: str) -> list[JudgedCase]:
    """The public cases of an exercise, with inputs as they are stored, and the right results."""
    cases = []
    for judged in judged_cases(assignment, name, PUBLIC_SECRET):
        args = from_json(to_json(judged.case.args, "numbers"))
        case = dataclasses.replace(judged.case, args=args)
        cases.append(JudgedCase(case, None))
    outcomes = run_on_cases(getattr(assignment.reference, name), cases)
    return [
        JudgedCase(judged.case, outcome.value)
        for judged, outcome in zip(cases, outcomes, strict=True)
    ]


@functools.lru_cache(maxsize=8)
def public_cases_json(assignment: Assignment) -> str:
    """The text of ``utils/course/checks/public_cases/<assignment>.json``."""
    functions = {
        exercise.name: _function_data(assignment, exercise.name)
        for exercise in assignment.exercises
    }
    data = {"assignment": assignment.name, "functions": functions}
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n"


def _function_data(assignment: Assignment, name: str) -> dict[str, Any]:
    exercise = assignment.exercise(name)
    cases = public_cases(assignment, name)
    solution = assignment.solution(name)
    return {
        "parameters": parameter_names(solution),
        "given": given_statements(solution),
        "stubs": solution.count(START_MARKER),
        "returns": returned_names(solution),
        "builds_on": assignment.foundations(name),
        "other_names": list(exercise.other_names),
        "comparison": dataclasses.asdict(exercise.comparison),
        "lesson": exercise.lesson,
        "lesson_title": section_title(assignment, exercise.lesson),
        "hints": list(exercise.hints),
        "learned": exercise.learned,
        "cases": [
            {
                "name": judged.case.name,
                "quantities": dict(judged.case.quantities),
                "arguments": to_json(judged.case.args, "numbers"),
                "expected": to_json(judged.expected, "numbers"),
            }
            for judged in cases
        ],
        "mistakes": [
            {
                "name": mistake.name,
                "message": mistake.message,
                "lesson": mistake.lesson,
                "outcomes": _fingerprints(run_on_cases(assignment.variant(name, mistake), cases)),
            }
            for mistake in exercise.misconceptions
        ],
    }


def parameter_names(source: str) -> list[str]:
    """The names of the parameters of the function that a cell defines last."""
    (*_before, function) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    return [parameter.arg for parameter in function.args.args]


def given_statements(solution: str) -> list[str]:
    """The simple statements of a function that are not the student's to write.

    Parameters:
        solution: the solved cell; what stands between the markers is left out.
    """
    released = re.sub(
        rf"^( *){START_MARKER}$.*?^ *{END_MARKER}$", r"\1pass", solution, flags=re.M | re.S
    )
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(released))
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return))
        or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
    ]


def section_title(assignment: Assignment, lesson: str) -> str:
    """The heading of the section that a lesson's address names; empty where it is elsewhere."""
    notebook, _hash, section = lesson.partition("#")
    if notebook != assignment.name:
        return ""
    cells = nbformat.read(assignment.notebook_path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    found = re.search(rf'<a id="{re.escape(section)}"></a>\s*#+ +(.+)', text)
    return found[1].strip() if found else ""


def _fingerprints(outcomes: Sequence[Outcome]) -> list[Any]:
    return [
        fingerprint(outcome.value)
        if outcome.kind == "returned"
        else fingerprint_of_error(outcome.error_type, outcome.message)
        for outcome in outcomes
    ]


def finished_modules(assignment_name: str = "*") -> Iterator[tuple[str, str]]:
    """The modules of ``utils/`` that are made of templates in ``source/``: file name and text."""
    for template in sorted(SOURCE.glob(f"{assignment_name}/*.template.py")):
        text = finished_module(template.read_text(encoding="utf-8"))
        yield template.name.replace(".template", ""), text


def finished_module(template: str) -> str:
    """Fill the finished functions into a module template of ``source/``.

    Parameters:
        template: text with a line ``# <<finished functions of <assignment>>>``; functions that the
            template defines itself are not filled in.
    """
    own = bound_names(template)
    for name in assignments.names():
        mark = FINISHED_FUNCTIONS_MARK.format(name=name)
        if mark in template:
            assignment = assignments.load(name)
            wanted = [one.name for one in assignment.exercises if one.name not in own]
            functions = [without_scaffolding(assignment.solution(one)) for one in wanted]
            template = template.replace(mark, "\n\n\n".join(functions))
    return template
