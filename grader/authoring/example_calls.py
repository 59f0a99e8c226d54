"""The calls in a solved notebook, and case generators that make calls like them.

A solved notebook calls its functions somewhere, to try them or to use them. The first call
of each says which arguments the function takes. A case generator is written from it: arrays of the
same kind in new random sizes, and numbers near the given one.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Calls = Mapping[str, tuple[Any, ...]]

_SMALLEST = 2


def first_calls(cells: Sequence[str], functions: Sequence[str], folder: Path) -> tuple[Calls, str]:
    """Run the code of a trusted notebook and note the first call of each function.

    Parameters:
        cells: the code, without what only Jupyter understands.
        functions: the functions.
        folder: where the notebook lies; it is run there.

    Returns:
        For each function that was called its positional arguments, as they were before the call;
        and where the notebook stopped, a sentence, empty where it came to its end.
    """
    os.environ.setdefault("MPLBACKEND", "agg")
    calls: dict[str, tuple[Any, ...]] = {}
    namespace: dict[str, Any] = {"__name__": "__main__"}

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            if name not in calls and not named:
                calls[name] = copy.deepcopy(arguments)
            return function(*arguments, **named)

        return call

    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for number, cell in enumerate(cells, start=1):
            try:
                exec(compile(cell, f"<code cell {number}>", "exec"), namespace)
            except (Exception, SystemExit) as error:
                stop = f"code cell {number} stopped: {type(error).__name__}: {error}"
                return calls, stop
            for name in functions:
                function = namespace.get(name)
                if callable(function) and not hasattr(function, "__wrapped__"):
                    namespace[name] = watched(name, function)
    return calls, ""


def generator_like(name: str, parameters: Sequence[str], arguments: Sequence[Any]) -> str:
    """The text of a case generator that makes calls like one that was seen.

    Parameters:
        name: the function.
        parameters: the names of its parameters.
        arguments: the arguments of the call.
    """
    dimensions: dict[int, str] = {}
    lines = [
        f"        {parameter} = {_expression(argument, dimensions)}"
        for parameter, argument in zip(parameters, arguments, strict=False)
    ]
    return _generator(name, list(parameters)[: len(lines)], lines, list(dimensions.values()))


def _generator(
    name: str, parameters: Sequence[str], lines: Sequence[str], sizes: Sequence[str]
) -> str:
    last = _SMALLEST + max(len(sizes) + 1, 4)
    draw = f"random.permutation(range({_SMALLEST}, {last}))[:{len(sizes)}]"
    drawn = ", ".join(sizes) if len(sizes) > 1 else f"({''.join(sizes)},)"
    given = ", ".join(parameters) + "," * (len(parameters) == 1)
    text = f'"number {{number}}{"".join(f", {size} = {{{size}}}" for size in sizes)}"'
    return "\n".join(
        [
            f"def {name}_cases(random: Random, reference: Any) -> Iterator[Case]:",
            '    """NEXT: say what varies. Vary all that a student could write as a constant."""',
            "    for number in (1, 2, 3):",
            *([f"        {drawn} = map(int, {draw})"] if sizes else []),
            *lines,
            f"        yield Case(f{text}, ({given}))",
        ]
    )


def _expression(value: Any, dimensions: dict[int, str]) -> str:
    """Code for a value of the same kind, with the sizes of arrays as variables."""
    inner = functools.partial(_expression, dimensions=dimensions)
    if isinstance(value, np.ndarray):
        return _array(value, dimensions)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_text(key)}: {inner(entry)}' for key, entry in value.items())}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(inner, value))}{',' * (len(value) == 1)})"
    if isinstance(value, list):
        return "[" + ", ".join(map(inner, value)) + "]"
    if isinstance(value, (float, np.floating)):
        return f"round(float(random.uniform(0.5, 1.5)) * {float(value)!r}, 6)"
    if isinstance(value, np.integer):
        return repr(int(value))
    if isinstance(value, (bool, int, str, type(None))):
        return _text(value)
    raise TypeError(f"{type(value).__name__} is no plain data")


def _text(value: Any) -> str:
    """The value as it is written in Python, a string in double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _array(value: np.ndarray, dimensions: dict[int, str]) -> str:
    names = [
        str(size) if size < _SMALLEST else dimensions.setdefault(size, f"n{len(dimensions) + 1}")
        for size in value.shape
    ]
    shape = f"({', '.join(names)}{',' * (len(names) == 1)})"
    if value.size and np.isin(value, (0, 1)).all():
        return f"random.randint(0, 2, size={shape})"
    if value.dtype.kind in "iu":
        low, high = int(value.min(initial=0)), int(value.max(initial=1))
        return f"random.randint({low}, {high + 1}, size={shape})"
    if value.dtype.kind != "f":
        raise TypeError(f"an array of {value.dtype} is not made up")
    if value.size and value.min() > 0 and value.max() < 1:
        return f"random.uniform(0.05, 0.95, size={shape})"
    return f"random.randn({', '.join(names)})"
