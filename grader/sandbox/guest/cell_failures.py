"""Tell the failures of a cell that are this machine's from those that are the student's.

A notebook comes from another machine: it mounts drives, installs packages, downloads data, and
reads files that were not handed in. None of this is a mistake, so what follows it in the cell is
run all the same. After a mistake of the student's, only definitions are run, as in Jupyter.
"""

from __future__ import annotations

import ast
import os
import subprocess
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping

EVERYTHING = "*"
"""Stands for the names that ``from module import *`` would have bound."""

_OF_THE_MACHINE = (ImportError, OSError, EOFError, subprocess.SubprocessError)
_MAGICS = frozenset({"run_line_magic", "run_cell_magic"})
_OS = ("<frozen os>", os.__file__)
_LOOPS = {"prange": "range", "trange": "range", "tqdm": "iter"}
"""What goes round in a loop as something of Python's does."""
_GONE = ("removed", "deprecated", "expired")


def is_of_this_machine(error: BaseException, lacking: Collection[str], shell: object) -> bool:
    """Whether a statement failed because of where it was run.

    Parameters:
        error: what it raised.
        lacking: the names that are not there because of such failures.
        shell: the IPython shell, which lacks much that a real one has.

    Returns:
        True where a package, a file, the network, a magic, somebody to type something, an
        environment variable or a name of an older library was missing.
    """
    if isinstance(error, _OF_THE_MACHINE):
        return True
    if isinstance(error, NameError):
        return error.name in lacking or EVERYTHING in lacking
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, AttributeError):
        # A library says by a function of its module that it has given a name up.
        is_gone = frames[-1].name == "__getattr__" and any(w in str(error) for w in _GONE)
        return error.obj is shell or is_gone
    if isinstance(error, KeyError):
        return frames[-1].filename in _OS  # os.environ[...]
    return any(frame.name in _MAGICS for frame in frames)


def names_bound_by(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that statements bind in the notebook: at its top level, in a loop or a branch."""
    names: set[str] = set()
    waiting: list[ast.AST] = list(statements)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return names


def absent_packages(
    lacking: Mapping[str, Mapping[str, str]], namespace: Collection[str]
) -> frozenset[str]:
    """The names that are not there because a package is not.

    Parameters:
        lacking: for each name that a statement failed to set the first cause, as
            ``describe_error`` gives it.
        namespace: the names that are there: another statement may have set one.
    """
    absent = ("ImportError", "ModuleNotFoundError")
    names = (name for name, cause in lacking.items() if cause["type"] in absent)
    return frozenset(name for name in names if name not in namespace)


def without_absent(
    definition: ast.stmt, absent: frozenset[str], only_shows: Callable[[ast.stmt], bool]
) -> None:
    """Take out of a definition what it can do without, and what needs a package that is not here.

    That are decorators, such as Numba's, calls that give nothing (prints and figures), defaults of
    parameters, and what goes round in a loop in a way of its own.

    Parameters:
        definition: of a function or a class; it is changed.
        absent: the names that the packages would have given.
        only_shows: whether a statement does nothing but show something.
    """
    bound = {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)}
    absent = absent - names_bound_by(getattr(definition, "body", ())) - bound
    for node in ast.walk(definition):
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        decorators[:] = [one for one in decorators if not _names_in(one) & absent]
        if isinstance(node, ast.arguments):
            for values in (node.defaults, node.kw_defaults):
                for number, value in enumerate(values):
                    if value is not None and _names_in(value) & absent:
                        values[number] = ast.copy_location(ast.Constant(None), value)
        if isinstance(node, ast.Call) and _called(node) in absent:
            last = ast.unparse(node.func).rpartition(".")[2]
            if plain := _LOOPS.get(last):
                node.func = ast.copy_location(ast.Name(plain, ast.Load()), node.func)
                node.keywords = []
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if not isinstance(body, list):
                continue
            body[:] = [
                ast.copy_location(ast.Pass(), statement)
                if isinstance(statement, ast.Expr)
                and (names := _names_in(statement) & absent)
                and (only_shows(statement) or _called(statement.value) in names)
                else statement
                for statement in body
            ]


def _names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _called(call: ast.expr) -> str:
    """The name that a call begins with: ``sns`` of ``sns.heatmap(x)``."""
    function = call
    while isinstance(function, (ast.Call, ast.Attribute)):
        function = function.func if isinstance(function, ast.Call) else function.value
    return function.id if isinstance(function, ast.Name) else ""
