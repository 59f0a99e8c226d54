"""Run what the author of an assignment wrote: its ``exercises.py``, set-up and solutions."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.paths import ALL_UTILS
from grader.text.terminal import CannotGoOn


class AssignmentError(CannotGoOn):
    """The assignment does not exist, or its author has left it unsound. The message says where."""


def run_source(source: str, namespace: dict[str, Any], name: str) -> None:
    """Run trusted source of the course in a namespace."""
    exec(_compiled(source, name), namespace)


@functools.lru_cache(maxsize=512)
def _compiled(source: str, name: str) -> types.CodeType:
    """The solutions are run again for every variant of one of them; compiling takes the time."""
    return compile(source, f"<{name}>", "exec")


@functools.cache
def setup_namespace(setup: str) -> Mapping[str, Any]:
    """The names that the set-up of an assignment gives.

    Nothing is drawn while a notebook is graded, and Matplotlib takes longer to import than all
    else: what draws is imported when it is used.

    Raises:
        AssignmentError: it cannot be run.
    """
    lines = [line for line in setup.splitlines() if not line.lstrip().startswith(("%", "!"))]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    statements = []
    for statement in ast.parse("\n".join(lines)).body:
        found = _drawing_names(statement)
        namespace |= found
        if not found:
            statements.append(statement)
    with flat_utils():
        try:
            run_source(ast.unparse(ast.Module(statements, [])), namespace, "setup")
        except Exception as error:
            raise AssignmentError(
                f"the cell tagged setup cannot be run: {type(error).__name__}: {error}"
            ) from error
    return types.MappingProxyType(namespace)


def _drawing_names(statement: ast.stmt) -> dict[str, Any]:
    """What an import of what draws gives names to; nothing where it is none."""
    if isinstance(statement, ast.ImportFrom) and _draws(statement.module):
        module = str(statement.module)
        return {name.asname or name.name: _drawing(module, name.name) for name in statement.names}
    if isinstance(statement, ast.Import) and all(_draws(name.name) for name in statement.names):
        return {name.asname: _DrawingModule(name.name) for name in statement.names if name.asname}
    return {}


def _draws(module: str | None) -> bool:
    return (module or "").startswith(("matplotlib", "course.figures.", "course.widgets."))


def _drawing(module: str, name: str) -> Callable[..., Any]:
    def draw(*arguments: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **named)

    draw.__name__ = name
    return draw


class _DrawingModule:
    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self._module), name)


@contextmanager
def flat_utils() -> Iterator[None]:
    """Let notebook code import the modules of ``utils/`` by their flat names."""
    places = [str(place) for place in ALL_UTILS]
    sys.path[:0] = places
    try:
        yield
    finally:
        for place in places:
            sys.path.remove(place)


def exercises_module(folder: Path) -> types.ModuleType:
    """Import the ``exercises.py`` of a folder, and the modules beside it, as they are now.

    Raises:
        AssignmentError: it cannot be imported.
    """
    path = folder / "exercises.py"
    spec = importlib.util.spec_from_file_location(f"exercises_of_{folder.name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    _forget_modules(folder)
    sys.path.insert(0, str(folder))
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1].lineno
        where = error.lineno if isinstance(error, SyntaxError) else line
        raise AssignmentError(
            f"source/{folder.name}/exercises.py cannot be read, line {where}: "
            f"{type(error).__name__}: {error}"
        ) from error
    finally:
        sys.path.remove(str(folder))
    return module


def _forget_modules(folder: Path) -> None:
    """Let the modules beside ``exercises.py`` be imported anew, not those of an earlier edition."""
    for path in folder.glob("*.py"):
        sys.modules.pop(path.stem, None)
    importlib.invalidate_caches()
