"""Whether a student's code has a known mistake in it, where results alone do not show that.

Hardly anything else gives the numbers that a known mistake gives, on every case. An exception says
less: a key that is not there, or a shape that does not fit, has many causes. And some pairs of
mistakes give ones and zeros that other code gives, too. So where mistakes do not show in numbers,
their sentences are shown only where the mistaken expressions stand in the code.
"""

from __future__ import annotations

import ast
import copy
import functools
from collections.abc import Iterator, Sequence

import numpy as np

from grader.exercises.answers import leaves, run_on_cases, wrong_cases
from grader.exercises.assignment import Assignment
from grader.exercises.cases import PUBLIC_SECRET, judged_cases
from grader.exercises.exercise import Misconception
from grader.judging.diagnosis import variant_of
from grader.judging.solution_edits import Renamed
from grader.submission.definitions import function_named

_SEVERAL = 6


def bears_out(assignment: Assignment, name: str, mistakes: Sequence[str], source: str) -> bool:
    """Whether the sentences of known mistakes may be said of a student's code.

    Parameters:
        assignment, name: the exercise.
        mistakes: the names of known mistakes that give what the student's function gives.
        source: the cell that defines the function.
    """
    meant = assignment.exercise(name).mistakes(mistakes)
    if not meant:
        return True
    try:
        return _show_in_numbers(assignment, name, meant) or all(
            _stands_in(assignment, name, one, source) for one in meant
        )
    except RecursionError:  # an expression nested hundreds of times deep
        return False


@functools.lru_cache(maxsize=1024)
def _show_in_numbers(
    assignment: Assignment, name: str, mistakes: tuple[Misconception, ...]
) -> bool:
    """Whether mistakes give wrong results: two at once, several that are no whole numbers."""
    cases = judged_cases(assignment, name, PUBLIC_SECRET)
    outcomes = run_on_cases(variant_of(assignment, name, mistakes), cases)
    failures = wrong_cases(outcomes, cases, assignment.exercise(name).comparison)
    wrong = [outcomes[n].value for n in failures if outcomes[n].kind == "returned"]
    if len(mistakes) < 2:
        return bool(wrong)
    parts = [np.asarray(part) for _path, part in leaves(wrong)]
    numbers = {
        number
        for part in parts
        if part.dtype.kind == "f"
        for number in part.ravel().tolist()
        if np.isfinite(number) and number % 1
    }
    return len(numbers) >= _SEVERAL


def _stands_in(assignment: Assignment, name: str, mistake: Misconception, source: str) -> bool:
    right = function_named(assignment.solution(name), name)
    wrong = function_named(assignment.variant_source(name, mistake), name)
    function = function_named(source, name)
    if right is None or wrong is None or function is None:
        return False
    parameters = [argument.arg for argument in right.args.args]
    right, wrong, own = (_normal(one, parameters) for one in (right, wrong, function))
    if ast.dump(right.args) != ast.dump(wrong.args):
        return ast.dump(own.args) == ast.dump(wrong.args)
    written = {ast.dump(node) for node in ast.walk(own)}
    usual = {ast.dump(node) for node in ast.walk(right)}
    parts = [
        statement if ast.dump(part) in usual else part
        for part, statement in _mistaken(right, wrong, wrong, wrong)
    ]
    return bool(parts) and all(ast.dump(part) in written for part in parts)


def _mistaken(
    right: ast.AST, wrong: ast.AST, around: ast.AST, statement: ast.AST
) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The parts of a mistaken function that are not in the right one.

    A name or a number comes with what is right around it, so that it says something; each comes
    with its statement.
    """
    if ast.dump(right) == ast.dump(wrong):
        return
    statement = wrong if isinstance(wrong, ast.stmt) else statement
    pairs = _children(right, wrong)
    if pairs is None:
        says_something = any(isinstance(part, ast.expr) for part in ast.iter_child_nodes(wrong))
        yield (wrong if says_something else around), statement
        return
    for one, other in pairs:
        yield from _mistaken(one, other, wrong, statement)


def _children(right: ast.AST, wrong: ast.AST) -> list[tuple[ast.AST, ast.AST]] | None:
    """The children of two nodes in pairs; None where they differ in more than their children."""
    if type(right) is not type(wrong):
        return None
    pairs: list[tuple[ast.AST, ast.AST]] = []
    for field in right._fields:
        one, other = getattr(right, field, None), getattr(wrong, field, None)
        ones, others = (part if isinstance(part, list) else [part] for part in (one, other))
        if len(ones) != len(others):
            return None
        for a, b in zip(ones, others, strict=True):
            if isinstance(a, ast.AST) and isinstance(b, ast.AST):
                pairs.append((a, b))
            elif a != b:
                return None
    return pairs


class _Normal(Renamed):
    """Parameters by their usual names, and the matrix product in one way."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.names.get(node.arg, node.arg))

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.MatMult):
            dot = ast.Attribute(ast.Name("np", ast.Load()), "dot", ast.Load())
            return ast.Call(dot, [node.left, node.right], [])
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == "matmul":
            node.attr = "dot"
        return node


def _normal(
    function: ast.FunctionDef | ast.AsyncFunctionDef, parameters: Sequence[str]
) -> ast.FunctionDef | ast.AsyncFunctionDef:
    own = [argument.arg for argument in function.args.args]
    names = {"numpy": "np"} | dict(zip(own, parameters, strict=False))
    normal: ast.FunctionDef | ast.AsyncFunctionDef
    normal = _Normal(names).visit(copy.deepcopy(function))
    if ast.get_docstring(normal, clean=False) is not None:
        del normal.body[0]  # in whatever language it is, and whatever a student has made of it
    return normal
