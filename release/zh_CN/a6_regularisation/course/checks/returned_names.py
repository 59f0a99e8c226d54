"""The names in a function's return statement: what a student calls the returned values."""

from __future__ import annotations

import ast


def returned_names(source: str) -> list[str]:
    """The names of the values that the last return statement of a function returns.

    Parameters:
        source: text with one function definition.

    Returns:
        ``["dA_prev", "dW", "db"]`` for ``return dA_prev, dW, db``; an empty list where the values
        have no names.
    """
    function = ast.parse(source).body[-1]
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    if not returns:
        return []
    value = max(returns, key=lambda node: node.lineno).value
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    return names if len(names) == len(parts) else []
