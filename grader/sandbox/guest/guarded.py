"""What a course's own tests rely on, put back before each of them: libraries and given names.

Tests run beside the student's objects. A notebook may have replaced functions of libraries, or
hidden Python's own names behind variables, by accident (``sum = 0``) or on purpose
(``np.testing.assert_allclose = print``). What the worker had before any student's code ran is put
back, as far as Python allows: it cannot change what a value of the student's says of itself.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
import threading
import types
from collections.abc import Iterable, Iterator
from typing import Any

_OURS_TO_REPLACE = {("builtins", "input"), ("os", "kill")}


class Guarded:
    """The functions and classes of all modules that are there now, and what they consist of."""

    def __init__(self) -> None:
        self._modules = {
            name: (module, dict(vars(module)))
            for name, module in list(sys.modules.items())
            if isinstance(module, types.ModuleType) and name != "__main__"
        }
        self._names = [
            (vars(module), key, value)
            for name, (module, known) in self._modules.items()
            for key, value in known.items()
            if callable(value) and (name, key) not in _OURS_TO_REPLACE
        ]
        functions = {id(v): v for _n, _k, v in self._names if isinstance(v, types.FunctionType)}
        self._functions = [
            (f, f.__code__, f.__defaults__, f.__kwdefaults__) for f in functions.values()
        ]
        tests = [v for n, _k, v in self._names if n is vars(sys.modules.get("unittest.case", sys))]
        self._classes = [
            (made, key, value)
            for made in tests
            if isinstance(made, type)
            for key, value in vars(made).items()
            if callable(value)
        ]

    def put_back(self) -> None:
        """Undo what was done to libraries, and stop whatever watches what is run."""
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)  # type: ignore[arg-type]
        for name, (module, _known) in self._modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
        for names, key, value in self._names:
            if names.get(key) is not value:
                names[key] = value
        for function, code, defaults, named in self._functions:
            if function.__code__ is not code:
                function.__code__ = code
            if function.__defaults__ is not defaults:
                function.__defaults__ = defaults
            if function.__kwdefaults__ is not named:
                function.__kwdefaults__ = named
        for made, key, value in self._classes:
            if vars(made).get(key) is not value:
                setattr(made, key, value)


class Given:
    """Names of the notebook that mean in tests what the course gave them.

    Parameters:
        namespace: the names of the notebook.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._kept: dict[str, Any] = {}

    def keep(self, names: Iterable[str]) -> None:
        """Remember what a locked cell, which was run this instant, gave these names."""
        self._kept |= {n: self._namespace[n] for n in names if n in self._namespace}

    @contextlib.contextmanager
    def in_place(self, builtin_names: Iterable[str], imports: str) -> Iterator[None]:
        """Let names mean what the course gave them, while a test runs.

        Parameters:
            builtin_names: Python's own.
            imports: statements that give others.
        """
        namespace = self._namespace
        namespace["__builtins__"] = builtins
        imported: dict[str, Any] = {}
        for statement in imports.splitlines():
            with contextlib.suppress(Exception):
                exec(statement, imported)
        imported.pop("__builtins__", None)
        namespace |= self._kept | imported
        hidden = {name: namespace.pop(name) for name in builtin_names if name in namespace}
        try:
            yield
        finally:
            for name, value in hidden.items():
                namespace.setdefault(name, value)
