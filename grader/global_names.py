"""Find the names that a student's function takes from the notebook around it.

A function that reads a variable of the notebook works there and nowhere else: a common mistake, and
hard to see for the one who made it.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Collection, Iterable, Iterator


def names_from_the_notebook(
    function: str, source: str, cells: Iterable[str], given: Collection[str]
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
    for child in table.get_children():
        if child.get_name() == function and child.get_type() == "function":
            used = set(_global_names(child))
    variables = set(_variables(cells))
    return sorted(
        name
        for name in used & variables
        if name not in given and not hasattr(builtins, name) and name != function
    )


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced() and not symbol.is_assigned():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)


def _variables(cells: Iterable[str]) -> Iterator[str]:
    """Names that cells assign at their top level to anything but a function."""
    for source in cells:
        lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
        try:
            statements = ast.parse("\n".join(lines)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for statement in statements:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id
