"""What the kernel of a notebook has run: which cell should define a function, and whether it did.

A check gets the function that is in memory. Where the cell that should have defined it failed, or
gave it another name, that is an older one, and a sentence about it would be wrong about the code in
the notebook. Outside a notebook nothing is known, and nothing is said.
"""

from __future__ import annotations

import ast
import difflib
import linecache
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import Any

from course.checks.failures import wrapped
from course.checks.students_code import code_object, traces_of
from course.language import _
from course.study.study_record import in_a_notebook

_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
_CLOSE = 0.8  # how alike a name and its misspelling are (difflib)
USUAL_IMPORTS = {
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    **{name: f"import {name}" for name in ("math", "copy", "time", "scipy", "h5py")},
}


@dataclass(frozen=True)
class RunCell:
    """A cell that was run.

    Attributes:
        number: the number in brackets beside it.
        source: its text, as Python.
        error: the type of the exception that ended it; empty where none did.
    """

    number: int
    source: str
    error: str

    def tree(self) -> ast.Module | SyntaxError:
        """The cell as Python, or why it is none."""
        try:
            return ast.parse(self.source)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error))


def _shell() -> Any:
    """IPython's shell where this is the kernel of a notebook, else None."""
    return sys.modules["IPython"].get_ipython() if in_a_notebook() else None


def cells_run() -> list[RunCell]:
    """The cells that were run, but for the one that is running; none outside a notebook."""
    history = getattr(_shell(), "history_manager", None)
    if history is None:
        return []
    errors = getattr(history, "exceptions", {})
    inputs = list(enumerate(history.input_hist_parsed))[1:-1]
    return [
        RunCell(number, source, str(errors.get(number, {}).get("ename", "")))
        for number, source in inputs
    ]


def why_not_defined(
    function: str, target: Any, parameters: Sequence[str], known: Collection[str]
) -> str:
    """Why what is in memory is not what the notebook's cell says; empty where it is.

    Parameters:
        function: the name of the exercise.
        target: what that name stands for; None where it stands for nothing.
        parameters: the names of the function's parameters, as it was released.
        known: names of other functions, which are not misspellings of this one.
    """
    cells = cells_run()
    for index in range(len(cells) - 1, -1, -1):
        cell = cells[index]
        names = _DEFINITION.findall(cell.source)
        misspelt = [name for name in names if _is_misspelt(name, function, known)]
        if function not in names and not misspelt:
            continue
        if target is not None and _is_from(cell, code_object(target)):
            return ""
        tree = cell.tree()
        if isinstance(tree, SyntaxError):
            return _did_not_run(function, tree, target is not None)
        if function in names:
            later = cells[index + 1 :]
            if cell.error and not any(_assigns(one, function) for one in (cell, *later)):
                return _stopped(function, cell)
            return ""
        if any(_has_parameters(tree, name, parameters) for name in misspelt):
            return _misnamed(function, misspelt[0], cell, target is not None)
    return ""


def last_assignment(name: str) -> tuple[int, str] | None:
    """The cell that gave a name its value last, but for definitions: its number, and the line."""
    for cell in reversed(cells_run()):
        node = _assigns(cell, name)
        if node is not None:
            return cell.number, cell.source.splitlines()[node.lineno - 1].strip()
    return None


def _is_misspelt(name: str, function: str, known: Collection[str]) -> bool:
    """Whether a name is meant to be the function's: not one with something added on purpose."""
    if name == function or name in known:
        return False
    if name.casefold() == function.casefold():
        return True
    added = name.replace(function, "", 1) if function in name else ""
    if added and not (len(added) == 1 and added.isalpha()):
        return False
    return difflib.SequenceMatcher(None, name, function).ratio() >= _CLOSE


def _is_from(cell: RunCell, code: CodeType | None) -> bool:
    """Whether a function was compiled from the text of a cell."""
    lines = linecache.getlines(code.co_filename) if code is not None else []
    return "".join(lines).strip() == cell.source.strip()


def _assigns(cell: RunCell, name: str) -> ast.stmt | None:
    """The last statement of a cell that gives a name a value, not by a definition."""
    tree = cell.tree()
    found = None
    for statement in tree.body if isinstance(tree, ast.Module) else ():
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(statement):
            stores = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            if (stores and node.id == name) or (  # type: ignore[attr-defined]
                isinstance(node, ast.alias) and (node.asname or node.name) == name
            ):
                found = statement
    return found


def _has_parameters(tree: ast.Module, name: str, parameters: Sequence[str]) -> bool:
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name == name
        and [one.arg for one in node.args.args] == list(parameters)
        for node in tree.body
    )


def _did_not_run(function: str, error: SyntaxError, is_defined: bool) -> str:
    kind = type(error).__name__
    message = _(
        "The last cell that should define `{function}` did not run ({kind}: {what}). Mend it and "
        "run it first."
    )
    if error.lineno:
        message = _(
            "The last cell that should define `{function}` did not run ({kind} in line {line}: "
            "{what}). Mend it and run it first."
        )
    message = message.format(
        function=function, kind=kind, line=error.lineno, what=(error.msg or "")[:120]
    )
    line = (error.text or "").strip()
    if line:
        message += "\n" + _("The line is: {line}").format(line=line[:200])
    return message + (_an_older_one() if is_defined else "")


def _stopped(function: str, cell: RunCell) -> str:
    return _(
        "The last cell that should define `{function}`, cell [{number}], stopped with {error} "
        "before it came to that. Mend it and run it first."
    ).format(function=function, number=cell.number, error=cell.error)


def _misnamed(function: str, name: str, cell: RunCell, is_defined: bool) -> str:
    message = _(
        "Cell [{number}] defines `{name}`, and the check looks for `{function}`. Mend the name and "
        "run that cell again."
    ).format(number=cell.number, name=name, function=function)
    return message + (_an_older_one() if is_defined else "")


def _an_older_one() -> str:
    return "\n" + _("What is in memory under the right name is an older version.")


# Names that are not there ------------------------------------------------------------------------


def explain_missing_names(functions: Mapping[str, Sequence[str]]) -> None:
    """Let a notebook say in a sentence why an exercise's function is not there.

    Where a cell names one that is not defined, Python stops with a NameError before any check is
    called. All other errors are shown as before.

    Parameters:
        functions: the names of the exercises, each with those of its parameters.
    """
    shell = _shell()
    if shell is None or shell.custom_exceptions:
        return  # an exception handler of somebody else's stays

    def show(
        shell: Any, kind: type, error: NameError, trace: TracebackType, tb_offset: int | None = None
    ) -> None:
        sentence = _about_missing_name(error, trace, functions)
        if sentence:
            lines = list(wrapped(f"{type(error).__name__}: {sentence}"))
            error._render_traceback_ = lambda: lines  # type: ignore[attr-defined]
        shell.showtraceback((kind, error, trace), running_compiled_code=True)

    shell.set_custom_exc((NameError,), show)


def _about_missing_name(
    error: NameError, trace: TracebackType, functions: Mapping[str, Sequence[str]]
) -> str:
    """What to do where a cell itself (not a function in it) names what is not there."""
    name = error.name or ""
    frames = list(traces_of(trace))
    if len(frames) > 1 and frames[-1].tb_frame.f_code.co_name != "<module>":
        return ""
    if name in USUAL_IMPORTS:
        return missing_import(name)
    if name not in functions:
        return ""
    return why_not_defined(name, None, functions[name], functions) or not_defined(name)


def not_defined(function: str) -> str:
    """What to do where a function of the notebook is not there."""
    return _(
        "`{function}` is not defined yet in this session. Run the cell that defines it, then this "
        "one. After a restart of the kernel nothing is left: choose Run, then “Run All Above "
        "Selected Cell”."
    ).format(function=function)


def missing_import(name: str) -> str:
    """What to do where a module is not imported."""
    return _(
        "`{name}` is not imported in this session. Run the cell with the imports, near the top of "
        "the notebook, first; where none says `{line}`, write it there. After a restart of the "
        "kernel nothing is left: choose Run, then “Run All Above Selected Cell”."
    ).format(name=name, line=USUAL_IMPORTS[name])
