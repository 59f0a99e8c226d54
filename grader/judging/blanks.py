"""Tell a function that nobody has begun, of whatever edition of the course.

Editions mark what is to be written in many ways: ``Z = None``, ``A, cache = None, None``, ``pass``,
``...``, between comments or without. Around that they give lines that compute something, and
asserts that stop. So a function is looked at that is not right: does it set what it should?
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from grader.exercises.assignment import Assignment
from grader.exercises.changes import is_text
from grader.exercises.markers import lines_between_markers
from grader.submission.cell_source import lines_of_magic
from grader.submission.definitions import function_named

_SET_IN_EDITIONS = frozenset(
    "L m n_x n_h n_y parameters grads caches costs A_prev logprobs permutation "
    "num_complete_minibatches".split()
)
"""Names that editions set in the lines that they give."""

_SETTING = (ast.Assign, ast.AugAssign, ast.AnnAssign)


def is_blank(assignment: Assignment, name: str, source: str) -> bool:
    """Whether a function still holds the place of a solution, and nothing that computes one.

    Parameters:
        assignment, name: the exercise.
        source: the cell that defines the function.
    """
    function = function_named(source, name)
    if function is None:
        return False
    asked, given, usual = _asked_and_given(assignment, name)
    if any(isinstance(node, ast.While) for node in ast.walk(function)):
        return False  # no edition gives one
    if any("=" in line for line in lines_of_magic(source, function)):
        return False  # such as %time Z = np.dot(W, A) + b
    statements = list(_statements(function))
    try:
        return any(map(_holds_place, statements)) and not any(
            _computes(one, asked) or _computes_in_its_own_way(one, usual)
            for one in statements
            if ast.dump(one) not in given
        )
    except RecursionError:  # an expression nested hundreds of times deep is no blank
        return False


@functools.lru_cache(maxsize=64)
def _asked_and_given(
    assignment: Assignment, name: str
) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """What the solution sets, with what it sets that to as text; the lines that are given; and
    the names that are set in any edition."""
    source = assignment.solution(name)
    own = lines_between_markers(source)
    function = function_named(source, name)
    assert function is not None
    asked: dict[str, str] = {}
    given = set()
    usual = {argument.arg for argument in function.args.args} | _SET_IN_EDITIONS
    for statement in _statements(function):
        usual |= _targets(statement)
        if statement.lineno not in own:
            given.add(ast.dump(statement))
        elif isinstance(statement, _SETTING) and statement.value is not None:
            for target in _targets(statement):
                asked[target] = asked.get(target, "") + ast.unparse(statement.value)
    return asked, frozenset(given), frozenset(usual)


def _statements(function: ast.AST) -> Iterator[ast.stmt]:
    """The simple statements of a function, but for its docstring."""
    for node in ast.walk(function):
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and not is_text(node):
            yield node


def _targets(statement: ast.stmt) -> set[str]:
    """The names that a statement sets, or sets a part of."""
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    found = set()
    for target in targets:
        for part in target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]:
            while isinstance(part, (ast.Subscript, ast.Starred)):
                part = part.value
            if isinstance(part, ast.Name):
                found.add(part.id)
    return found


def _holds_place(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return "NotImplemented" in ast.unparse(statement)
    is_nothing = _is_nothing(getattr(statement, "value", None))
    if isinstance(statement, _SETTING):
        return is_nothing and bool(_targets(statement))
    return isinstance(statement, ast.Pass) or (isinstance(statement, ast.Expr) and is_nothing)


def _is_nothing(value: ast.expr | None) -> bool:
    if isinstance(value, (ast.Tuple, ast.List)):
        return bool(value.elts) and all(map(_is_nothing, value.elts))
    return isinstance(value, ast.Constant) and value.value in (None, ...)


def _computes_in_its_own_way(statement: ast.stmt, usual: frozenset[str]) -> bool:
    """Whether a statement sets a name that no edition sets, to something that is computed."""
    value = getattr(statement, "value", None)
    if value is None or not isinstance(statement, _SETTING) or _targets(statement) <= usual:
        return False
    return any(isinstance(part, (ast.Call, ast.BinOp)) for part in ast.walk(value))


def _computes(statement: ast.stmt, asked: dict[str, str]) -> bool:
    """Whether a statement sets, stores or returns something of its own that is asked for."""
    value = getattr(statement, "value", None)
    if value is None or _is_nothing(value):
        return False
    parts = list(ast.walk(value))
    if isinstance(statement, ast.Return):
        return any(isinstance(part, (ast.Call, ast.BinOp, ast.Compare)) for part in parts)
    if isinstance(statement, ast.Expr):
        return isinstance(value, ast.Call) and ast.unparse(value.func) != "print"
    if not isinstance(statement, _SETTING):
        return False
    targets = _targets(statement) & asked.keys()
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    only_shaped = bool(targets & names) and names <= targets | {"np", "numpy", "float"}
    is_unpacked = (
        isinstance(value, ast.Subscript)
        and isinstance(value.slice, ast.Constant)
        and isinstance(value.slice.value, str)
    )
    is_made = isinstance(value, ast.Call) and ast.unparse(value.func).endswith("zeros")
    is_made = is_made and not any("zeros" in asked[target] for target in targets)
    return bool(targets) and not (only_shaped or is_unpacked or is_made)
