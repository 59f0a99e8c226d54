"""What a course's own tests rely on, put back before each of them: libraries and given names.

Tests run beside the student's objects. A notebook may have replaced functions of libraries, or
hidden Python's own names behind variables, by accident (``sum = 0``) or on purpose
(``np.testing.assert_allclose = print``). What the worker had before any student's code ran is put
back, as far as Python allows: it cannot change what a value of the student's says of itself.
"""

from __future__ import annotations

import builtins
import contextlib
import operator
import sys
import threading
import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_ALWAYS = (
    *("builtins", "cmath", "collections", "functools", "itertools", "math", "numpy", "operator"),
    *("random", "unittest"),
)
_PARTS = {
    part: operator.attrgetter(part) for part in ("__code__", "__defaults__", "__kwdefaults__")
}
_OURS_TO_REPLACE = {("builtins", "input"), ("os", "kill")}


class Guarded:
    """The functions and classes that are there now, and what they consist of.

    They are compared by functions written in C, and by identity: an object of the student's may
    call itself equal to anything. Looking at one makes the kernel copy the page of memory that it
    lies on, so only packages that tests rely on are guarded.

    Parameters:
        packages: those that the tests import; what any test may rely on is guarded besides.
    """

    def __init__(self, packages: Iterable[str]) -> None:
        guarded = {*_ALWAYS, *packages}
        self._modules = {
            name: module
            for name, module in list(sys.modules.items())
            if name.partition(".")[0] in guarded and hasattr(module, "__dict__")
        }
        kept = [(vars(m), _kept(vars(m), name)) for name, m in self._modules.items()]
        self._known = [
            (names, known, get, get(names))
            for names, known in kept
            if known
            for get in [operator.itemgetter(*known, next(iter(known)))]  # a tuple even for one name
        ]
        self._builtins = _kept(vars(builtins), "builtins")
        values = (value for _names, known in kept for value in known.values())
        functions = {id(v): v for v in values if isinstance(v, types.FunctionType)}
        self._functions = list(functions.values())
        self._parts = {part: list(map(get, self._functions)) for part, get in _PARTS.items()}
        self._classes = [
            (made, key, value)
            for made in vars(sys.modules.get("unittest.case", sys)).values()
            if isinstance(made, type)
            for key, value in vars(made).items()
            if callable(value)
        ]

    def put_back(self) -> None:
        """Undo what was done to libraries, and stop whatever watches what is run."""
        for key, value in self._builtins.items():  # before any of them is called here
            if builtins.__dict__.get(key) is not value:
                builtins.__dict__[key] = value
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
        for names, known, get, values in self._known:
            try:
                unchanged = all(map(operator.is_, values, get(names)))
            except KeyError:
                unchanged = False
            if not unchanged:
                names.update(known)
        for part, before in self._parts.items():
            if not all(map(operator.is_, before, map(_PARTS[part], self._functions))):
                for function, value in zip(self._functions, before, strict=True):
                    setattr(function, part, value)
        for made, key, value in self._classes:
            if vars(made).get(key) is not value:
                setattr(made, key, value)


def _kept(names: Mapping[str, Any], module: str) -> dict[str, Any]:
    """The functions, classes and parts of a module: what else it holds may change as it is used."""
    return {
        key: value
        for key, value in names.items()
        if (callable(value) or isinstance(value, types.ModuleType))
        and (module, key) not in _OURS_TO_REPLACE
    }


class Given:
    """Names of the notebook that mean in tests what the course gave them.

    Parameters:
        namespace: the names of the notebook.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._kept: dict[str, Any] = {}
        self._parts: dict[str, dict[str, Any]] = {}  # what the kept functions consist of

    def keep(self, names: Iterable[str]) -> None:
        """Remember what a locked cell, which was run this instant, gave these names."""
        for name in names:
            if name in self._namespace:
                value = self._kept[name] = self._namespace[name]
                if isinstance(value, types.FunctionType):
                    self._parts[name] = {part: get(value) for part, get in _PARTS.items()}

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
        for name, parts in self._parts.items():
            for part, value in parts.items():
                setattr(self._kept[name], part, value)
        hidden = {name: namespace.pop(name) for name in builtin_names if name in namespace}
        try:
            yield
        finally:
            for name, value in hidden.items():
                namespace.setdefault(name, value)
