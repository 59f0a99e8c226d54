"""A new assignment: a notebook and an ``exercises.py`` that are sound from the first minute.

The author replaces one part after another and lets ``check-course --quick`` say whether all is
still well. Parts that are still to be written are marked ``NEXT``.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from course.study.solution_store import END_MARKER, START_MARKER
from grader.authoring.example_calls import first_calls, generator_like
from grader.authoring.exercise_check import first_mistake
from grader.authoring.normalise import normalised
from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.exercises.kernel import python_alone
from grader.exercises.markers import BEGIN_HIDDEN_TESTS, CHECK_SUFFIX
from grader.files import write_whole
from grader.paths import ALL_UTILS, SOURCE
from grader.release.folder import imported_names
from grader.submission.cell_source import lines_of

_NAME = re.compile(r"a\d+_[a-z0-9_]+")
_SIGNATURE = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:\(([^()]*)\))?\s*(?:,|$)")
_OTHER_LANGUAGE = re.compile(r"\s*%%(?!time|capture)")
_BEGIN = re.compile(r"^( *)###? ?BEGIN SOLUTION.*$", re.MULTILINE)
_END = re.compile(r"^( *)###? ?END SOLUTION.*$", re.MULTILINE)


@dataclass(frozen=True)
class Draft:
    """A function of a new assignment.

    Attributes:
        name: the function.
        source: its cell, solved, with the markers.
        parameters: their names.
        cases: the text of its case generator.
        mistake: an edit of the source that makes it wrong; None where none is known.
    """

    name: str
    source: str
    parameters: tuple[str, ...]
    cases: str
    mistake: tuple[str, str] | None = None


def new_assignment(name: str, functions: str, solved: Path | None = None) -> list[str]:
    """Write the folder of a new assignment into ``source/``.

    Parameters:
        name: the assignment, such as ``a7_sparse_weights``.
        functions: the graded functions, ``"f, g(X, lambd)"``; those of the notebook, all that it
            defines, where this is empty.
        solved: a notebook with the solutions, or None for placeholders.

    Returns:
        Sentences on what could not be taken over.

    Raises:
        AssignmentError: there is such an assignment, a name does not do, or the notebook lacks a
            function or needs a module that students will not have. Nothing is written then.
    """
    if not _NAME.fullmatch(name):
        raise AssignmentError(
            f"an assignment is called a<number>_<words>, in small letters, such as "
            f"a7_sparse_weights; {name!r} is not"
        )
    folder = SOURCE / name
    if folder.exists():
        raise AssignmentError(f"source/{name} is there already; nothing was changed")
    wanted = _signatures(functions)
    if solved is None:
        if not wanted:
            raise AssignmentError("say which functions: --functions f,g or --functions 'f(X, Y)'")
        drafts, setup = [_placeholder(*one) for one in wanted], "import numpy as np"
        remarks: list[str] = []
    else:
        drafts, setup, remarks = _taken_over(solved, [function for function, _ in wanted])
    folder.mkdir()
    try:
        write_whole(folder / f"{name}.ipynb", _notebook(name, drafts, setup))
        write_whole(folder / "exercises.py", _exercises(name, drafts))
        if solved is not None:
            loaded = assignments.load(name)
            drafts = [replace(one, mistake=first_mistake(loaded, one.name)) for one in drafts]
            write_whole(folder / "exercises.py", _exercises(name, drafts))
        assignments.load(name)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return remarks + [
        f"{one.name}: no small change of it is a mistake on these cases; write cases and a first "
        "known mistake yourself"
        for one in drafts
        if one.mistake is None
    ]


def _signatures(functions: str) -> list[tuple[str, str]]:
    """The names in ``"f, g(X, lambd=0.7)"``, each with its parameters as they were written."""
    found = [(one[1], one[2] or "x") for one in _SIGNATURE.finditer(functions)]
    names = [name for name, _ in found]
    try:
        assert not _SIGNATURE.sub("", functions).strip(), functions
        assert len(names) == len(set(names)), functions
        ast.parse("".join(f"def {name}({parameters}): pass\n" for name, parameters in found))
    except (AssertionError, SyntaxError):
        raise AssignmentError(
            "--functions takes different names, or names with parameters, such as "
            f"'f, g(X, lambd=0.7)'; not {functions!r}"
        ) from None
    return found


def _placeholder(name: str, parameters: str) -> Draft:
    function = _function(f"def {name}({parameters}): pass")
    names = tuple(parameter.arg for parameter in function.args.args)
    if not names:
        raise AssignmentError(f"{name} needs a parameter: it is judged by what it makes of one")
    total = " + ".join(f"{number} * {one}" for number, one in enumerate(names, start=2))
    described = "\n    ".join(f"{one} -- array of shape (rows, columns)" for one in names)
    source = f'''def {name}({parameters}):
    """
    NEXT: say in one line what this computes.

    Arguments:
    {described}

    Returns:
    result -- array of the same shape
    """
    # (approx. 1 line)
    # result = ...
    {START_MARKER}
    result = {total}
    {END_MARKER}

    return result'''
    table = np.array([[1.5, -2.0, 0.5], [3.0, -1.0, 2.0]])
    cases = generator_like(name, names, [table for _ in names])
    mistake = (f"2 * {names[0]}", f"3 * {names[0]}")
    return Draft(name, source, names, cases, mistake)


# From a solved notebook --------------------------------------------------------------------------


def _taken_over(solved: Path, wanted: Sequence[str]) -> tuple[list[Draft], str, list[str]]:
    """The functions of a notebook, the set-up that they need, and what could not be taken over."""
    try:
        cells = nbformat.read(solved, as_version=4).cells
    except Exception as error:
        raise AssignmentError(f"{solved} cannot be read as a notebook: {error}") from error
    code = [_python_of(cell.source) for cell in cells if cell.cell_type == "code"]
    functions: dict[str, str] = {}
    setup: list[str] = []
    for number, text in enumerate(code, start=1):
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            raise AssignmentError(f"{solved}, code cell {number}: {error}") from error
        for node in tree.body:
            first, last = lines_of(node)
            lines = "\n".join(text.splitlines()[first - 1 : last])
            if isinstance(node, ast.FunctionDef):
                functions[node.name] = lines
            elif isinstance(node, (ast.Import, ast.ImportFrom, ast.ClassDef)) or (
                isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            ):
                setup.append(lines)
    names = list(wanted) or list(functions)
    if missing := [name for name in names if name not in functions]:
        raise AssignmentError(
            f"{solved} does not define {', '.join(missing)}; it defines: "
            f"{', '.join(functions) or 'no function'}"
        )
    if not names:
        raise AssignmentError(f"{solved} defines no function")
    setup = [*dict.fromkeys(setup), *(text for n, text in functions.items() if n not in names)]
    _refuse_unknown_modules(setup, solved)
    calls, stop = first_calls(code, names, solved.resolve().parent)
    remarks = [f"{solved.name}: {stop}"] if stop else []
    drafts = []
    for name in sorted(names, key=list(functions).index):
        draft = _marked(name, functions[name])
        try:
            cases = generator_like(name, draft.parameters, calls[name])
        except (KeyError, TypeError) as error:
            why = "it is not called there" if isinstance(error, KeyError) else str(error)
            remarks.append(f"{name}: write its cases yourself ({why}, or not in plain arguments)")
            cases = generator_like(name, draft.parameters, [0.5 for _ in draft.parameters])
        drafts.append(replace(draft, cases=cases))
    return drafts, "\n\n".join(setup), remarks


def _python_of(source: str) -> str:
    """A code cell without what only Jupyter understands; nothing of a cell in another language."""
    if _OTHER_LANGUAGE.match(source):
        return ""
    return python_alone(source)


def _refuse_unknown_modules(setup: Sequence[str], solved: Path) -> None:
    for source in setup:
        for name in imported_names(source):
            top = name.partition(".")[0]
            if importlib.util.find_spec(top) is None and not any(
                (place / f"{top}.py").exists() for place in ALL_UTILS
            ):
                raise AssignmentError(
                    f"{solved} imports {top}, which is not here: put the module into utils/, or "
                    "install it and add it to requirements.txt"
                )


def _marked(name: str, source: str) -> Draft:
    """The function with the markers: where nbgrader's are, else from docstring to last return."""
    function = _function(source)
    if function.body[0].lineno == function.lineno:  # all on one line
        source = ast.unparse(function)
        function = _function(source)
    marked = _END.sub(rf"\1{END_MARKER}", _BEGIN.sub(rf"\1{START_MARKER}", source))
    if START_MARKER not in marked:
        lines = source.splitlines()
        documented = ast.get_docstring(function) is not None
        first, last = function.body[0], function.body[-1]
        start = first.end_lineno if documented and first.end_lineno else first.lineno - 1
        returns = isinstance(last, ast.Return) and isinstance(last.value, (ast.Name, ast.Tuple))
        end = last.lineno - 1 if returns and last.lineno - 1 > start else len(lines)
        indent = " " * first.col_offset
        lines[start:end] = [
            f"{indent}{START_MARKER}",
            *"\n".join(lines[start:end]).strip("\n").split("\n"),
            f"{indent}{END_MARKER}",
            "",
        ]
        marked = "\n".join(lines).rstrip()
    return Draft(name, marked, tuple(p.arg for p in function.args.args), "")


def _function(source: str) -> ast.FunctionDef:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    return function


# The files ---------------------------------------------------------------------------------------


def _notebook(name: str, drafts: Sequence[Draft], setup: str) -> str:
    title = name.partition("_")[2].replace("_", " ").capitalize()
    exercises = ", ".join(f"`{one.name}` 10" for one in drafts)
    introduction = f"# {title}\n\nNEXT: say in one sentence what is built here.\n\n"
    introduction += f"Points: {exercises}; {10 * len(drafts)} in all."
    imports = f"{setup}\n\nfrom public_tests import *"
    cells = [
        _text("introduction", introduction),
        _text("modules", '<a id="modules"></a>\n## The modules'),
        _code("imports", imports, "locked", ["setup", "hide-input"]),
    ]
    for number, one in enumerate(drafts, start=1):
        heading = f'<a id="{one.name}"></a>\n## Exercise {number}: `{one.name}` (10 points)'
        hint = "<details>\n<summary><b>Hint</b></summary>\n\nNEXT: a hint.\n\n</details>"
        cells += [
            _text(f"{one.name}_text", f"{heading}\n\nNEXT: the idea and the formula.\n\n{hint}"),
            _code(one.name, one.source, "solution"),
            _code(one.name + CHECK_SUFFIX, _check(name, one.name), "check"),
            _text(
                f"{one.name}_expected",
                f"**Expected output**\n\n<!-- printed output of: {one.name}{CHECK_SUFFIX} -->",
                ["expected-output"],
            ),
        ]
    return normalised(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


def _check(assignment: str, function: str) -> str:
    return f"""from public_tests import *

{function}_test({function})
{BEGIN_HIDDEN_TESTS}
from grader.judging.hidden_check import hidden_test

hidden_test("{assignment}", {function})
### END HIDDEN TESTS"""


def _text(name: str, source: str, tags: Sequence[str] = ()) -> nbformat.NotebookNode:
    metadata = {"tags": list(tags)} if tags else {}
    return nbformat.v4.new_markdown_cell(source, id=name, metadata=metadata)


def _code(name: str, source: str, kind: str, tags: Sequence[str] = ()) -> nbformat.NotebookNode:
    nbgrader: dict[str, Any] = {
        "grade": kind == "check",
        "grade_id": name,
        "locked": kind != "solution",
        "schema_version": 3,
        "solution": kind == "solution",
        "task": False,
    }
    if kind == "check":
        nbgrader["points"] = 10
    metadata = {"nbgrader": nbgrader} | ({"tags": list(tags)} if tags else {})
    return nbformat.v4.new_code_cell(source, id=name, metadata=metadata)


_HEAD = '''"""How the functions of {name} are judged: docs/author.md says what stands here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes

Random = np.random.RandomState

'''


def _exercises(name: str, drafts: Sequence[Draft]) -> str:
    generators = "\n\n\n".join(one.cases for one in drafts)
    described = "".join(_exercise(name, one, drafts) for one in drafts)
    return f"{_HEAD.format(name=name)}\n{generators}\n\n\nEXERCISES = (\n{described})\n"


def _exercise(assignment: str, draft: Draft, drafts: Sequence[Draft]) -> str:
    nodes = ast.walk(ast.parse(draft.source))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    earlier = [one.name for one in drafts[: drafts.index(draft)] if one.name in used]
    named = "".join(f'"{name}", ' for name in earlier).strip()
    builds_on = f"\n        builds_on=({named})," if earlier else ""
    known = ""
    if draft.mistake is not None:
        known = f"""
            "first-mistake": (
                {{{json.dumps(draft.mistake[0])}: {json.dumps(draft.mistake[1])}}},
                "NEXT: name the mistake, and the idea that mends it.",
            ),"""
    return f"""    Exercise(
        name="{draft.name}",
        points=10,
        cases={draft.name}_cases,
        lesson="{assignment}#{draft.name}",{builds_on}
        learned="You can do what this exercise is about (NEXT).",
        hints=("NEXT: a gentle hint.", "NEXT: one that is near the answer."),
        misconceptions=mistakes({{{known}
        }}),
    ),
"""
