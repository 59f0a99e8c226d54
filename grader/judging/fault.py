"""Find what is wrong in a student's function: the one edit of it that makes it right.

The edits are tried where the function ran, in the sandbox, on the cases on which it was wrong; what
they give is compared here. What is said of the one that is right was therefore tried. It says where
in the student's own code to look, and neither what belongs there nor anything of the cases.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Callable, Collection, Sequence
from typing import Any

from course.checks.compare import agrees
from course.language import N_, _
from grader.exercises.answers import leaves, wrong_cases
from grader.exercises.assignment import Assignment
from grader.exercises.cases import JudgedCase
from grader.judging.edited_function import Edit, EditedFunction
from grader.judging.edits import MISSING, OF_LINES, edits
from grader.judging.solution_edits import line_edits
from grader.sandbox.host.calls import Answers, readable_outcomes
from grader.sandbox.host.outcome import Outcome
from grader.submission.cell_source import lines_of_magic
from grader.submission.definitions import function_named

_MOST_LINES = 3
_MOST_TRIED = 1_000
_MOST_IN_PAIRS = 400
_MOST_BEGUN = 2
_AT_ONCE = 250
_MOST_SENT = 6 << 20
_LONGEST_SHOWN = 100

Run = Callable[[Sequence[str], Sequence[str], Sequence[Any]], dict[str, Answers]]
"""``(cells, functions, arguments) -> answers``: runs cells, and calls functions defined there."""


def find_fault(
    assignment: Assignment,
    name: str,
    source: str,
    cases: Sequence[JudgedCase],
    outcomes: Sequence[Outcome],
    run: Run,
) -> str:
    """Say which part of a function is wrong; empty where no single edit makes it right.

    Parameters:
        assignment, name: the exercise.
        source: the cell that defines the function.
        cases, outcomes: its cases, and what came of each; at least one is wrong.
        run: runs edited versions in the sandbox.
    """
    function = function_named(source, name)
    ended = all(outcome.kind in ("returned", "raised") for outcome in outcomes)
    if not isinstance(function, ast.FunctionDef) or not outcomes or not ended:
        return ""  # what hangs, or ends its process, would do so in most of its versions
    if lines_of_magic(source, function):
        return ""  # its versions would lack these
    search = _Search(assignment, name, function, cases, outcomes, run)
    try:
        found = search.single() or search.lines() or search.pair()
    except (RecursionError, MemoryError):
        return ""
    return "\n".join(_sentences(found, source)) if found else ""


class _Search:
    def __init__(
        self,
        assignment: Assignment,
        name: str,
        function: ast.FunctionDef,
        cases: Sequence[JudgedCase],
        outcomes: Sequence[Outcome],
        run: Run,
    ) -> None:
        self._comparison = assignment.exercise(name).comparison
        self._cases = cases
        self._first = next(wrong_cases(outcomes, cases, self._comparison), 0)
        self._is_over = False  # one of the versions has ended or hung the process
        self._run = run
        self._function = function
        self._donors = _donors(assignment, name)
        self._known = {*vars(assignment.reference), *dir(builtins)}

    def single(self) -> list[Edit]:
        """The edit that alone makes the function right: of a part of a line, where there is one."""
        found = edits(self._function, self._donors, self._known)
        missing = [edit for edit in found if edit.sort in MISSING]
        of_parts = [edit for edit in found if edit.sort not in OF_LINES | MISSING]
        lines = self._right_ones([edit for edit in found if edit.sort in OF_LINES])
        if lines:
            otherwise = [edit.statement for edit in lines if edit.sort == "line"]
            of_parts = [edit for edit in of_parts if edit.statement in otherwise]
        for start in range(0, min(len(of_parts), _MOST_TRIED), _AT_ONCE):
            parts = self._right_ones(of_parts[start : start + _AT_ONCE])
            if parts:
                return parts[:1]
        lines.sort(key=lambda edit: edit.sort == "line")
        return (lines or self._right_ones(missing))[:1]

    def _right_ones(self, found: Sequence[Edit]) -> list[Edit]:
        """Those edits that alone make the function right."""
        return [found[n] for n in self._right(found, [{n} for n in range(len(found))])]

    def lines(self) -> list[Edit]:
        """The fewest lines that have to be others; none where they are too many."""
        found = line_edits(self._function, self._donors, self._known)
        needed = set(range(len(found)))
        if len(needed) < 2 or not self._right(found, [needed]):
            return []
        while len(needed) > 1:
            fewer = [needed - {number} for number in sorted(needed)]
            right = self._right(found, fewer)
            if not right:
                break
            needed = fewer[min(right)]
        return [found[n] for n in sorted(needed)] if len(needed) <= _MOST_LINES else []

    def pair(self) -> list[Edit]:
        """Two edits of different lines, the first of which makes more of the results right."""
        found = edits(self._function, self._donors, self._known)
        found = [edit for edit in found if edit.sort not in MISSING][:_MOST_IN_PAIRS]
        first = self._cases[self._first]
        tried = self._tried(found, [{n} for n in range(len(found))], [first])
        scores = [self._score(outcomes, first) for outcomes in tried]
        if not scores:
            return []
        better = [n for n, score in enumerate(scores[1:]) if score > scores[0]]
        better.sort(key=lambda n: -scores[n + 1])
        for one in better[:_MOST_BEGUN]:
            others = [n for n, e in enumerate(found) if e.statement is not found[one].statement]
            right = self._right(found, [{one, n} for n in others])
            if right:
                return [found[n] for n in sorted({one, others[min(right)]})]
        return []

    def _score(self, outcomes: list[Outcome] | None, case: JudgedCase) -> int:
        """How many parts of a result are right; -1 for an exception."""
        if not outcomes or outcomes[0].kind != "returned":
            return -1
        expected, returned = dict(leaves(case.expected)), dict(leaves(outcomes[0].value))
        return sum(
            path in returned and agrees(value, returned[path], self._comparison)
            for path, value in expected.items()
        )

    def _right(self, found: Sequence[Edit], choices: Sequence[Collection[int]]) -> list[int]:
        """Which choices of edits make the function right on every case, in order."""
        first = [self._cases[self._first]]
        as_it_is, *tried = self._tried(found, choices, first) or [None]
        if self._is_right(as_it_is, first):
            return []
        hopeful = [n for n, outcomes in enumerate(tried) if self._is_right(outcomes, first)]
        if not hopeful:
            return []
        _as_it_is, *tried = self._tried(found, [choices[n] for n in hopeful], self._cases) or [None]
        of = zip(hopeful, tried, strict=False)
        return [n for n, outcomes in of if self._is_right(outcomes, self._cases)]

    def _tried(
        self,
        found: Sequence[Edit],
        choices: Sequence[Collection[int]],
        cases: Sequence[JudgedCase],
    ) -> list[list[Outcome] | None]:
        """What came of the function as it is, and with each choice of edits."""
        if self._is_over or not choices:
            return []
        given = [case.encoded_arguments for case in cases]
        version = EditedFunction(self._function, found)
        names, text = version.versions([(), *choices][: max(2, _MOST_SENT // len(repr(given)))])
        answers = self._run([version.definitions, text], names, given)
        self._is_over = len(answers) < len(names)
        return [readable_outcomes(answers.get(name)) for name in names]

    def _is_right(self, outcomes: list[Outcome] | None, cases: Sequence[JudgedCase]) -> bool:
        if outcomes is None:
            return False
        return next(wrong_cases(outcomes, cases, self._comparison), None) is None


@functools.lru_cache(maxsize=64)
def _donors(assignment: Assignment, name: str) -> tuple[ast.FunctionDef, ...]:
    """The right ways to write an exercise, the solution first."""
    sources = [assignment.solution(name)]
    for variant in assignment.exercise(name).correct_variants:
        sources.append(assignment.variant_source(name, variant))
    found = [function_named(source, name) for source in sources]
    return tuple(function for function in found if isinstance(function, ast.FunctionDef))


def _sentences(found: Sequence[Edit], source: str) -> list[str]:
    """What is said of edits that make a function right together."""
    lines = [_line(source, edit.statement) for edit in found]
    if len(found) > 1:
        told = _(
            "Look at these lines: with something else in each of them, and nothing else changed, "
            "all cases are right."
        )
        return [told, *lines]
    edit = found[0]
    part = _text(source, edit.node)
    sort = "constant" if isinstance(edit.node, ast.Constant) else edit.sort
    said = _(_SAID.get(sort, _SAID["expression"])).replace("{part}", part)
    return [said, _("The line: {line}").format(line=lines[0])]


_SAID = {
    "operator": N_(
        "Look at the operator in `{part}`: with another one, and nothing else changed, all "
        "cases are right."
    ),
    "comparison": N_(
        "Look at the comparison `{part}`: with another sign in it, and nothing else changed, "
        "all cases are right."
    ),
    "sign": N_(
        "Look at the sign of `{part}`: with the other one, and nothing else changed, all cases "
        "are right."
    ),
    "order": N_(
        "Look at the order in `{part}`: with two things exchanged in it, and nothing else "
        "changed, all cases are right."
    ),
    "transposed": N_(
        "Look at what is transposed in `{part}`, and what is not: with that changed, and "
        "nothing else, all cases are right."
    ),
    "constant": N_(
        "Look at the value `{part}`: with another one in its place, and nothing else changed, "
        "all cases are right."
    ),
    "name": N_(
        "Look at the name `{part}`: with another one in its place, and nothing else changed, "
        "all cases are right."
    ),
    "index": N_(
        "Look at the index `{part}`: shifted by one, and nothing else changed, all cases are right."
    ),
    "range": N_(
        "Look at where `{part}` begins and ends: with other bounds, and nothing else changed, "
        "all cases are right."
    ),
    "function": N_(
        "Look at the function `{part}`: with another one in its place, and nothing else "
        "changed, all cases are right."
    ),
    "axis": N_(
        "Look at `{part}`: along which axis, and is that axis kept? With another answer, and "
        "nothing else changed, all cases are right."
    ),
    "too much": N_(
        "Something in `{part}` is too much: without it, and nothing else changed, all cases "
        "are right."
    ),
    "line too much": N_("Without this line, and nothing else changed, all cases are right."),
    "line before": N_(
        "A line is missing before this one: with it, and nothing else changed, all cases are right."
    ),
    "line after": N_(
        "A line is missing after this one: with it, and nothing else changed, all cases are right."
    ),
    "order of lines": N_(
        "Look at the order of this line and the one before: exchanged, and nothing else "
        "changed, all cases are right."
    ),
    "into the loop": N_(
        "Look at the indentation: with this line inside the loop, and nothing else changed, "
        "all cases are right."
    ),
    "out of the block": N_(
        "Look at the indentation: with this line after the block that it ends, and nothing "
        "else changed, all cases are right."
    ),
    "expression": N_(
        "Look at `{part}`: with another expression in its place, and nothing else changed, "
        "all cases are right."
    ),
}


def _line(source: str, statement: ast.stmt) -> str:
    """The student's line; of a block the first one."""
    if not hasattr(statement, "body"):
        return _text(source, statement)
    return _short(ast.unparse(statement).splitlines()[0])


def _text(source: str, node: ast.AST) -> str:
    """The student's own text of a part, on one line."""
    text = ast.get_source_segment(source, node) or ""
    return _short(" ".join((text if _reads_as(text, node) else ast.unparse(node)).split()))


def _reads_as(text: str, node: ast.AST) -> bool:
    """Whether a text is that of a node; a cell that is indented as a whole is read differently."""
    try:
        read: ast.AST = ast.parse(text if isinstance(node, ast.stmt) else f"({text})").body[0]
    except (SyntaxError, ValueError, IndexError):
        return False
    if isinstance(read, ast.Expr) and not isinstance(node, ast.stmt):
        read = read.value
    return ast.dump(read) == ast.dump(node)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN].rstrip() + " ..."
