"""Find the names that a student's function takes from the notebook around it.

A function that reads a variable of the notebook works there and nowhere else: a common mistake, and
hard to see for the one who made it.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Collection, Iterator, Sequence

from grader.submission.cell_source import assigned_names, parse, remembered
from grader.submission.definitions import function_named

_TOOLS = re.compile(
    r"[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*|partial|vectorize|frompyfunc|default_rng|n?jit"
)
"""What is called to make a function, an object of a class, or a source of random numbers."""


def names_from_the_notebook(
    function: str, source: str, cells: Sequence[str], given: Collection[str]
) -> list[str]:
    """The variables of the notebook that a function reads.

    Parameters:
        function: the name of the function.
        source: the cell that defines it.
        cells: the sources of all cells, to tell variables from functions and modules.
        given: names that every notebook of the assignment has: imports and the exercises.

    Returns:
        The names in alphabetical order; empty where the source cannot be read.
    """
    try:
        table = symtable.symtable(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    used: set[str] = set()
    found = function_named(source, function)  # it may have its name from an older edition
    for child in table.get_children():
        if found is not None and child.get_name() == found.name and child.get_type() == "function":
            used = set(_global_names(child))
    used = {
        n
        for n in used - {function, found.name if found else function}
        if n not in given and not hasattr(builtins, n)
    }
    if not used:
        return []
    return sorted(name for name in used if any(name in _variables(cell) for cell in cells))


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced() and not symbol.is_assigned():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


@remembered(256)
def _variables(source: str) -> frozenset[str]:
    """Names that a cell assigns at its top level to anything but a function or a constant."""
    tree = parse(source)
    return frozenset(
        name
        for statement in (tree.body if tree is not None else ())
        if not isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom))
        for name in assigned_names(statement)
        if not _is_function_or_constant(name, statement)
    )


def _is_function_or_constant(name: str, statement: ast.stmt) -> bool:
    """Whether a statement is ``f = lambda x: ...``, or ``EPSILON = 1e-8`` in capitals.

    What ``np.vectorize(f)``, ``default_rng(3)`` or a class give is no data of the notebook either.
    """
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return False
    value = statement.value
    if isinstance(value, ast.Call):
        return bool(_TOOLS.fullmatch(ast.unparse(value.func).rpartition(".")[2]))
    return isinstance(value, ast.Lambda) or (name.isupper() and isinstance(value, ast.Constant))
