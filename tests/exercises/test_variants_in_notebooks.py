"""Every notebook runs to its end with every right way to write its functions.

All first variants of all functions go into one run of the notebook, all second ones into the next,
and so on. Where such a run fails, its variants are tried in halves, and these again, so that the
failure has a name. The forms that the checks accept (a number as an array without axes, a cost of
shape (1, 1), another kind of dictionary) are tried in the same way.

The code cells are run in this process, warnings being errors. They train for a few steps only, and
figures that show nothing of a student's are left out (``tests/journeys`` runs them). A figure is
drawn once for each form of what it shows: types, shapes, and whether all of it is finite.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import inspect
import io
import re
import warnings
from collections import Counter, OrderedDict, UserDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure

import lr_utils
from course.checks.compare import Comparison, agrees, is_number
from course.figures import decision_boundaries
from course.image_data import ImageDataset, load_image_dataset
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import DATASETS, UTILS

ROUNDS = [
    (name, number)
    for name in assignments.names()
    for number in range(
        max(len(exercise.correct_variants) for exercise in assignments.load(name).exercises)
    )
]
every_round = pytest.mark.parametrize(
    ("name", "number"), ROUNDS, ids=[f"{name}-{number}" for name, number in ROUNDS]
)
every_assignment = pytest.mark.parametrize("name", assignments.names())

_SHORTER = {
    "steps in (0, 50, 200, 250, 300, 400, 600, 1000)": "steps in (0, 2, 3)",
    "epochs=150": "epochs=2",
    "calls = max(20, 3_000 // size)": "calls = 1",
}
"""What takes long in a notebook and is no number of steps."""

_LONG_TRAINING = re.compile(r"\b(?<!points=)(?:1000|1001|2000|2500|5000|10000)\b")

DRESSED_CALLS = 5
"""How many results of a function are dressed in one cell."""

Dress = Callable[[Any], Any]


# Running -----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _as_in_a_notebook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    (tmp_path / "datasets").symlink_to(DATASETS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(UTILS))
    monkeypatch.setattr(lr_utils, "load_dataset", _few_images)
    monkeypatch.setattr(decision_boundaries, "GRID", 8)  # loops in Python draw as well
    # Figures are drawn; what a browser would show of them is made in tests/journeys.
    monkeypatch.setattr(Figure, "savefig", lambda *_told, **_more: None)
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    monkeypatch.setenv("COURSE_STILL_PICTURES", "1")
    yield
    plt.close("all")


def _few_images() -> ImageDataset:
    """Some of the images: loops in Python over all of them take most of a minute."""
    train_x, train_y, test_x, test_y, classes = load_image_dataset(DATASETS)
    return train_x[:20], train_y[:, :20], test_x[:20], test_y[:, :20], classes


def failure(
    assignment: Assignment,
    sources: Mapping[str, str],
    dressed: Mapping[str, Callable[[Any], Any]] | None = None,
) -> str:
    """The cell at which a notebook stops, and why; empty where it runs to its end.

    Parameters:
        assignment: whose source notebook it is.
        sources: what stands in the cells of functions in place of the solution.
        dressed: for functions what becomes of their results.
    """
    namespace: dict[str, Any] = {"__name__": "__main__", "display": lambda *_shown: None}
    calls: Counter[str] = Counter()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("error")
        for cell in _code_cells(assignment):
            if cell.id in _figures_of_the_course(assignment):
                continue
            calls.clear()
            source = sources.get(cell.id) or _shortened(cell.source)
            try:
                exec(_compiled(cell.id, source), namespace)
                _draw_each_form_once(namespace)
            except Exception as error:
                return f"cell {cell.id}: {type(error).__name__}: {error}"
            if dressed and cell.id in dressed:
                namespace[cell.id] = _wrapped(namespace[cell.id], dressed[cell.id], calls)
    return ""


@functools.cache
def _code_cells(assignment: Assignment) -> list[Any]:
    notebook = nbformat.read(assignment.notebook_path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _shortened(source: str) -> str:
    """A cell without its hidden tests, and with few steps of training."""
    for long, short in _SHORTER.items():
        source = source.replace(long, short)
    return _LONG_TRAINING.sub("3", source.split("### BEGIN HIDDEN TESTS")[0])


def _draw_each_form_once(namespace: dict[str, Any]) -> None:
    """Have the course's figures drawn only where they show what none has shown before."""
    for name, value in namespace.items():
        if inspect.isfunction(value) and (
            value.__module__.startswith("course.figures") or name == "print_mislabeled_images"
        ):
            namespace[name] = _drawn_once(value)


@functools.cache
def _drawn_once(draw: Callable[..., Any]) -> Callable[..., Any]:
    drawn: dict[object, Any] = {}

    @functools.wraps(draw)
    def once(*given: Any, **options: Any) -> Any:
        form = _form((given, options))
        if form not in drawn:
            drawn[form] = draw(*given, **options)
        return drawn[form]

    del once.__wrapped__  # whoever looks for the function's module finds this one
    once.__module__ = __name__
    return once


def _form(value: Any) -> object:
    """What a drawing depends on but for the numbers themselves; an object of its own is new."""
    if value is None or isinstance(value, (str, bytes, bool)):
        return value
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        numbers = np.asarray(value)
        finite = numbers.dtype.kind not in "fc" or bool(np.isfinite(numbers).all())
        return type(value), numbers.dtype, numbers.shape, finite
    if isinstance(value, Mapping):
        return type(value), tuple((key, _form(entry)) for key, entry in value.items())
    if isinstance(value, (list, tuple)):
        return type(value), tuple(map(_form, value))
    return object()


@functools.lru_cache(maxsize=2_000)
def _compiled(cell: str, source: str) -> Any:
    return compile(_without_magics(source), f"<{cell}>", "exec")


def _without_magics(source: str) -> str:
    return "\n".join("" if line.startswith(("%", "!")) else line for line in source.split("\n"))


def _wrapped(
    function: Callable[..., Any], dress: Callable[[Any], Any], calls: Counter[str]
) -> Callable[..., Any]:
    """A function whose first results in each cell are dressed; a loop of training calls many."""
    # No names of this module are used below: the notebook gives functions other globals.
    name, most = function.__name__, DRESSED_CALLS

    @functools.wraps(function)
    def dressed(*arguments: Any, **named: Any) -> Any:
        calls[name] += 1
        result = function(*arguments, **named)
        return dress(result) if calls[name] <= most else result

    return dressed


@functools.cache
def _figures_of_the_course(assignment: Assignment) -> frozenset[str]:
    """The cells that neither use what a student wrote nor define anything for later cells."""
    of_students = {exercise.name for exercise in assignment.exercises}
    alone = set()
    for cell in _code_cells(assignment):
        parts = list(ast.walk(ast.parse(_without_magics(_shortened(cell.source)))))
        used = {part.id for part in parts if isinstance(part, ast.Name)}
        defined = {n.id for n in parts if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        defined |= {n.name for n in parts if isinstance(n, (ast.FunctionDef, ast.alias))}
        if used & of_students or cell.id in of_students:
            of_students |= defined
        elif not defined:
            alone.add(cell.id)
    return frozenset(alone)


# Variants ----------------------------------------------------------------------------------------


@every_round
def test_a_notebook_runs_to_its_end_with_any_right_variants(name: str, number: int) -> None:
    assignment = assignments.load(name)
    sources = {
        exercise.name: assignment.variant_source(exercise.name, variant)
        for exercise in assignment.exercises
        for variant in exercise.correct_variants[number : number + 1]
        # Right in itself, with the remark that later functions find their arguments changed.
        if not variant.name.endswith("-in-place")
    }
    # Two right ways need not go together: a numerical derivative of a sigmoid in single precision,
    # or a gradient kept in a dictionary that a later function works in. The judge sees to that.
    assert failures_of_parts(assignment, sources) == {}


def failures_of_parts(assignment: Assignment, sources: Mapping[str, str]) -> dict[str, str]:
    """The functions at which a notebook stops by themselves, and why; of two that do not go
    together neither is to blame."""
    why = failure(assignment, sources)
    if not why or len(sources) == 1:
        return dict.fromkeys(sources, why) if why else {}
    names = list(sources)
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    parts = [failures_of_parts(assignment, {name: sources[name] for name in h}) for h in halves]
    return parts[0] | parts[1]


# Forms -------------------------------------------------------------------------------------------


def _array_of(shape: tuple[int, ...]) -> Dress:
    return lambda value: np.full(shape, value) if is_number(value) else value


def _numbers(kind: Callable[[Any], Any]) -> Dress:
    return lambda value: kind(value) if is_number(value) else value


def _single(value: Any) -> Any:
    """A number in single precision; sizes and labels stay whole."""
    return np.float32(value) if is_number(value) and not isinstance(value, int) else value


def _arrays(dtype: Any) -> Dress:
    return lambda v: v.astype(dtype) if isinstance(v, np.ndarray) and v.ndim else v


def _containers(old: type, new: Callable[[Any], Any]) -> Dress:
    return lambda value: new(value) if type(value) is old else value


_SINGLE = (_single, _arrays(np.float32))

FORMS: dict[str, tuple[Dress, ...]] = {
    "numbers of Python's, lists, dictionaries of one's own": (
        _numbers(lambda x: np.asarray(x).item()),
        _containers(tuple, list),
        _containers(dict, UserDict),
    ),
    "arrays without axes, tuples, ordered dictionaries, truth values": (
        _numbers(np.array),
        _containers(list, tuple),
        _containers(dict, OrderedDict),
        _arrays(bool),
    ),
    "numbers of shape (1,), arrays of numbers, whole numbers": (
        _array_of((1,)),
        lambda v: np.array(v) if isinstance(v, list) and v and all(map(is_number, v)) else v,
        _arrays(int),
    ),
    "numbers of shape (1, 1)": (_array_of((1, 1)), _arrays(float)),
    "single precision": _SINGLE,
}


def dressed_as(dresses: Sequence[Dress], comparison: Comparison, value: Any) -> Any:
    """A result in another form, part by part, as far as the checks accept that."""

    def dressed(part: Any, put_back: Callable[[Any], Any]) -> Any:
        """A part in its new form; ``put_back`` gives the whole value with the part in it."""
        if isinstance(part, dict):
            for key in part:
                part = {**part, key: dressed(part[key], _entry_of(part, key, put_back))}
        elif isinstance(part, (tuple, list)):
            for index in range(len(part)):
                put = _entry_of(part, index, put_back)
                part = _with(part, index, dressed(part[index], put))
        for dress in dresses:
            with np.errstate(all="ignore"):
                other = dress(part)
            if other is not part and agrees(value, put_back(other), comparison):
                part = other
        return part

    return dressed(value, lambda whole: whole)


def _entry_of(part: Any, key: Any, put_back: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda entry: put_back(_with(part, key, entry))


def _with(part: Any, key: Any, entry: Any) -> Any:
    """A container with another entry."""
    if isinstance(part, dict):
        return {**part, key: entry}
    return type(part)([*part[:key], entry, *part[key + 1 :]])


@every_assignment
@pytest.mark.parametrize("form", FORMS)
def test_a_notebook_runs_to_its_end_with_results_in_any_form_that_is_accepted(
    name: str, form: str
) -> None:
    assignment = assignments.load(name)
    dressed = {
        exercise.name: functools.partial(dressed_as, FORMS[form], exercise.comparison)
        for exercise in assignment.exercises
    }
    assert failure(assignment, {}, dressed) == ""


def test_what_is_made_shorter_stands_in_a_notebook() -> None:
    cells = [
        cell.source for name in assignments.names() for cell in _code_cells(assignments.load(name))
    ]
    assert [long for long in _SHORTER if not any(long in source for source in cells)] == []


@every_assignment
def test_cells_call_the_functions_of_students_by_position(name: str) -> None:
    assignment = assignments.load(name)
    graded = {exercise.name for exercise in assignment.exercises}
    by_name = [
        f"{cell.id}: {ast.unparse(node)}"
        for cell in _code_cells(assignment)
        for node in ast.walk(ast.parse(_without_magics(cell.source)))
        if isinstance(node, ast.Call) and node.keywords
        if isinstance(node.func, ast.Name) and node.func.id in graded
    ]
    assert by_name == []
