"""What a student is told besides the verdict: true of the code that was run, and free of cost."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence

from course.checks.changed_arguments import remark_on_changes
from course.checks.retired import remark
from grader.exercises.assignment import Assignment
from grader.exercises.cases import judged_cases
from grader.judging.findings import Finding
from grader.judging.graded import GradedExercise
from grader.sandbox.host.outcome import Retired
from grader.submission.definitions import function_named

_MOST = 4
_LONGEST_LINE = 200


def remarks_on(
    graded: GradedExercise,
    found: Finding,
    assignment: Assignment,
    secret: str,
    sources: Mapping[str, str],
    cells: Mapping[str, str],
) -> tuple[str, ...]:
    """The remarks on one exercise.

    Parameters:
        graded: the verdict.
        found: what was found in its answers as it was submitted, without help by the reference.
        assignment, secret: whose exercise it is, and which cases were used.
        sources: for each exercise the source of the cell that defines it.
        cells: the sources of the notebook's cells by their ids.
    """
    elsewhere = {source for name, source in sources.items() if name != graded.name}
    elsewhere.discard(sources.get(graded.name, ""))
    own = {cell: source for cell, source in cells.items() if source not in elsewhere}
    remarks = [remark(key, line) for key, line in _lines(found.retired, own)]
    if found.changed and graded.verdict in ("correct", "blocked"):
        case, places = found.changed
        arguments = judged_cases(assignment, graded.name, secret)[case].case.args
        names = _parameters(graded.name, sources.get(graded.name, ""), assignment)
        remarks.append(remark_on_changes(places, arguments, names))
    return tuple(filter(None, remarks))[:_MOST]


def notes_on_cells(retired: Iterable[Retired], cells: Mapping[str, str]) -> list[str]:
    """The remarks on what cells made use of while the notebook was loaded."""
    return [remark(key, line) for key, line in _lines(retired, cells)][:_MOST]


def _lines(retired: Iterable[Retired], cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was made use of, with the lines as the submission has them; each thing once.

    The sandbox tells no more than which line it was: its words reach nobody.
    """
    found: dict[str, str] = {}
    for key, cell, number in retired:
        lines = cells.get(cell, "").splitlines()
        if key not in found and 0 < number <= len(lines):
            found[key] = lines[number - 1].strip()[:_LONGEST_LINE]
    return list(found.items())


def _parameters(name: str, source: str, assignment: Assignment) -> Sequence[str]:
    """The names of a function's parameters, as its author wrote them."""
    node = function_named(source, name)
    if node is not None:
        return [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return list(inspect.signature(getattr(assignment.reference, name)).parameters)
