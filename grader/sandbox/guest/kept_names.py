"""Keep the functions and modules of a notebook that later cells delete or overwrite.

``%reset -f`` as a first cell, ``sigmoid = sigmoid(x)`` in a scratch cell, or a ``relu`` for the
last picture: none of that says anything about the functions that the notebook was to define.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Collection, Mapping
from typing import Any


class KeptNames:
    """The names of one notebook.

    Parameters:
        namespace: its variables.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._graded: Collection[str] = ()
        self._given: Collection[str] = ()
        self._kept: dict[str, Any] = {}
        self._is_over = False

    def begin(self, graded: Collection[str]) -> None:
        """Keep what the set-up gives to compute with, and from now on the graded functions.

        Parameters:
            graded: their names; of a notebook that has been loaded nothing is kept any more.
        """
        if self._is_over:
            return
        self._graded = graded
        self._kept = {
            name: value
            for name, value in self._namespace.items()
            if _is_code(value) and not str(getattr(value, "__module__", "")).startswith("course.")
        }
        self._given = self._kept.keys() - graded

    def note_defined(self) -> None:
        """Keep a graded function that was defined just now, and what it is given at that time."""
        now = {name: self._namespace.get(name) for name in self._graded}
        new = {n: v for n, v in now.items() if _is_code(v) and v is not self._kept.get(n)}
        if new:
            given = {name: self._namespace.get(name) for name in self._given}
            self._kept |= new | {name: value for name, value in given.items() if _is_code(value)}

    def put_back_deleted(self, before: Mapping[str, Any]) -> None:
        """Put back the functions, classes and modules whose names a cell has deleted.

        Data stays deleted: it takes memory. So do names of Python's own, which may have been given
        to something else by mistake.

        Parameters:
            before: the variables before the cell was run.
        """
        for name in before.keys() - self._namespace.keys():
            is_code = _is_code(before[name]) and not hasattr(builtins, name)
            if is_code or name.startswith("__"):
                self._namespace[name] = before[name]

    def put_back_overwritten(self) -> None:
        """Put back, when all cells have run, graded functions that are data now.

        What the set-up gives is what it was when the last of them was defined.
        """
        kept, self._kept, self._graded, self._is_over = self._kept, {}, (), True
        for name, value in kept.items():
            if name in self._given or not _is_code(self._namespace.get(name)):
                self._namespace[name] = value


def _is_code(value: object) -> bool:
    return callable(value) or isinstance(value, types.ModuleType)
