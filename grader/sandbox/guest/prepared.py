"""What a warm worker has ready before it forks a submission: the set-up run, the cases decoded.

All submissions of an assignment begin with the same imports and are called with the same arguments.
Both are the course's own, so the worker sees to them once, and its forks find them there.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from course.checks.plain_data import from_json
from grader.sandbox.guest.beside import modules_of
from grader.sandbox.guest.guarded import Guarded
from grader.sandbox.guest.notebook_runner import NotebookRunner
from grader.sandbox.guest.older_nose import give_back_nose


def import_all(names: Iterable[str]) -> None:
    """Import the modules that are there; no part of a broken one is left to be found later."""
    for name in names:
        before = set(sys.modules)
        try:
            importlib.import_module(name)
        except (Exception, SystemExit):  # a package may be too old for its others
            package = name.partition(".")[0]
            for part in sys.modules.keys() - before:
                if part.partition(".")[0] == package:
                    del sys.modules[part]


class Prepared:
    """What is ready in this process.

    Attributes:
        setup: the source of the set-up that was run last; None before the first.
        functions: the names of the functions that are graded.
        cases: for each function the arguments of its cases.
        guarded: what a course's own tests rely on; None where there are none.
    """

    def __init__(self) -> None:
        self.setup: str | None = None
        self.functions: frozenset[str] = frozenset()
        self.cases: dict[str, list[Any]] = {}
        self.guarded: Guarded | None = None

    def prepare(self, shell: Any, message: dict[str, Any]) -> None:
        """Do what the host asks for, in the worker.

        Parameters:
            shell: whose namespace the submissions will inherit.
            message: ``imports``, names of modules; ``setup``, a source; ``cases``, encoded
                arguments by function; ``guarded``, see :class:`Guarded`, None where notebooks bring
                no tests; and where they do, the ``folder`` of their modules.
        """
        guarded = message.get("guarded")
        if guarded is None:
            import_all(message["imports"])
        else:
            give_back_nose()
            with modules_of(message["folder"]):
                import_all(message["imports"])
            shell.run_cell("pass", store_history=False)  # the first one takes longer than others
        if message["setup"] != self.setup:
            NotebookRunner(shell).run("setup", message["setup"])
            self.setup = message["setup"]
        self.cases = {
            name: [from_json(c) for c in cases] for name, cases in message["cases"].items()
        }
        self.functions = frozenset(self.cases)
        self.guarded = None if guarded is None else Guarded(guarded)

    def arguments(
        self, function: str, given: Sequence[Any] | None = None, only: int | None = None
    ) -> Iterator[Any]:
        """The arguments of each case, one case after another; whoever calls a function copies them.

        Parameters:
            function: the function that is called with them.
            given: the encoded arguments, where they are not those that are ready.
            only: the one case that is asked for; all where None.
        """
        if given is not None:
            return map(from_json, given)
        cases = self.cases[function]
        return iter(cases if only is None else cases[only : only + 1])

    def forget_cases(self) -> None:
        """Wipe the arguments of all cases, in this process, for code that might look for them."""
        for array in _arrays_in(list(self.cases.values())):
            if array.flags.writeable:
                array.fill(0)
        self.cases = {}


def _arrays_in(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _arrays_in(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _arrays_in(part)
