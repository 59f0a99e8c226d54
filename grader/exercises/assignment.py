"""An assignment as the grader sees it: the source notebook and its ``exercises.py``."""

from __future__ import annotations

import functools
import hashlib
import shlex
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from grader import paths
from grader.exercises.author_code import AssignmentError as AssignmentError
from grader.exercises.author_code import exercises_module, run_source, setup_namespace
from grader.exercises.conventions import Conventions, conventions_of_class
from grader.exercises.exercise import Exercise, Variant
from grader.exercises.items import Item
from grader.exercises.markers import BROKEN_SUFFIX
from grader.exercises.own_tests import OwnTest, OwnTests, read_own_tests
from grader.paths import SOURCE
from grader.sandbox.limits import Limits

TAGS_NOT_RUN = ("train", "demonstration")
"""Cells that are not run again when a notebook is marked: they train in full, or show something
with the finished functions, and nothing that is judged depends on them."""


_Edition = tuple[tuple[Path, int, int], ...]  # files with their times and sizes


@dataclass(frozen=True, eq=False)
class Assignment:
    """One folder of ``source/``.

    Attributes:
        name: the folder's name, ``"a4_deep_network"``.
        folder: where it lies.
        exercises: the graded functions in the order of the notebook.
        cells: the code cells of the source notebook, as ``(id, source)``, in order.
        setup: the source of the cells tagged ``setup``: the imports.
        not_run: ids of the cells with one of :data:`TAGS_NOT_RUN`.
        equivalent_mutants: for each function, the generated mutants that change nothing that can
            be told from outside, with the reason.
        fingerprint: a digest of everything that marks depend on, to tell when marks are stale.
        often_imported: modules that other editions of the notebook import, besides the set-up's.
        own: of an assignment of any nbgrader course, which has no ``exercises.py``, the tests in
            its notebook; None where functions are judged on cases.
        guarded: the packages from which such tests take names; None where there are none.
        several: where the folder holds several notebooks, an assignment for each of them. Each is
            chosen, repaired and run by itself; this one holds what they share.
        cells_of_folder: of such a notebook's assignment, the names of the cells that nbgrader knows
            in each notebook of the folder, by the notebooks' names.
        cell_seconds: how long a cell may run as nbgrader is configured, where it is.
    """

    name: str
    folder: Path
    exercises: tuple[Exercise, ...]
    cells: tuple[tuple[str, str], ...]
    setup: str
    not_run: frozenset[str]
    equivalent_mutants: Mapping[str, Mapping[str, str]]
    fingerprint: str
    often_imported: tuple[str, ...] = ()
    own: OwnTests | None = None
    guarded: tuple[str, ...] | None = None
    several: tuple[Assignment, ...] = ()
    cells_of_folder: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cell_seconds: float | None = None

    @property
    def parts(self) -> tuple[Assignment, ...]:
        """Its notebooks, each as an assignment of its own: mostly this one."""
        return self.several or (self,)

    def notebooks_like(self, pattern: str) -> frozenset[str]:
        """The notebook of exactly that name, else those that a pattern of nbgrader's matches.

        Raises:
            AssignmentError: there is none.
        """
        names = [part.notebook_name for part in self.parts]
        found = frozenset(paths.named_or_like(names, pattern))
        if not found:
            known = ", ".join(names)
            raise AssignmentError(f"{self.name} has no notebook {pattern!r}; it has: {known}")
        return found

    @property
    def brings_tests(self) -> bool:
        """Whether it is one of any nbgrader course, whose notebooks bring their own tests."""
        return self.guarded is not None

    @property
    def notebook_name(self) -> str:
        """The name of the notebook, without its suffix."""
        assert not self.several, "each of its parts has a notebook"
        return self.own.notebook if self.own else self.name

    @property
    def notebook_path(self) -> Path:
        """The source notebook."""
        return self.folder / f"{self.notebook_name}.ipynb"

    @property
    def given_notebook(self) -> Path:
        """The notebook that students get; the source notebook where nothing is released."""
        released = paths.released_notebook(self.name)
        if self.own:
            released = (
                conventions_of_class().release_folder(self.name) / f"{self.notebook_name}.ipynb"
            )
        return released if released.exists() else self.notebook_path

    @functools.cached_property
    def own_tests(self) -> Mapping[str, OwnTest]:
        """The tests of all its notebooks, by their names in the assignment, in order."""
        tests = (t for part in self.parts if part.own for t in part.own.tests.values())
        return {test.shown_as: test for test in tests}

    @functools.cached_property
    def items(self) -> tuple[Item, ...]:
        """All that is graded without a person, in the notebook's order."""
        own = (Item(name, test.points, test.name) for name, test in self.own_tests.items())
        return (*(Item(exercise.name, exercise.points) for exercise in self.exercises), *own)

    @property
    def max_score(self) -> float:
        """The points of everything that is graded without a person."""
        return sum(item.points for item in self.items)

    def limits(self, given: Limits) -> Limits:
        """What a submission may use: a cell has nbgrader's time where no other is given."""
        seconds = self.cell_seconds
        if seconds is None or given.cell_seconds != Limits().cell_seconds:
            return given
        return replace(
            given, cell_seconds=seconds, submission_seconds=max(given.submission_seconds, seconds)
        )

    def exercise(self, name: str) -> Exercise:
        """The exercise of that name; KeyError where there is none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)

    def foundations(self, name: str) -> list[str]:
        """The exercises that one builds on, directly or not, in the notebook's order."""
        if self.brings_tests:
            return []  # its tests are judged together
        found: set[str] = set()
        waiting = list(self.exercise(name).builds_on)
        while waiting:
            earlier = waiting.pop()
            if earlier not in found:
                found.add(earlier)
                waiting += self.exercise(earlier).builds_on
        return [exercise.name for exercise in self.exercises if exercise.name in found]

    def solution(self, name: str) -> str:
        """The source of the solved function, as it stands in its cell."""
        return self._sources[name]

    @functools.cached_property
    def _sources(self) -> Mapping[str, str]:
        return dict(self.cells)

    def broken(self, name: str) -> str:
        """The broken form of a function that is to be mended, under its own name; else empty."""
        source = self._sources.get(name + BROKEN_SUFFIX, "")
        return source.replace(f"def {name}{BROKEN_SUFFIX}(", f"def {name}(")

    @functools.cached_property
    def reference(self) -> types.SimpleNamespace:
        """The solved functions, as attributes, with every name of the notebook's set-up."""
        namespace = dict(setup_namespace(self.setup))
        for exercise in self.exercises:
            run_source(self.solution(exercise.name), namespace, exercise.name)
        return types.SimpleNamespace(**namespace)

    @functools.cached_property
    def given_functions(self) -> frozenset[str]:
        """The names of the functions that the set-up gives."""
        given = setup_namespace(self.setup)
        return frozenset(n for n, value in given.items() if isinstance(value, types.FunctionType))

    def namespace(self) -> dict[str, Any]:
        """A fresh namespace with the names of the set-up and of all solutions."""
        return dict(vars(self.reference))

    def variant_source(self, exercise: str, *variants: Variant) -> str:
        """The text of a variant of a solution: its edits applied, or its own code.

        Parameters:
            exercise: the name of the function.
            variants: one variant, or several made of edits, which are applied one after another.

        Raises:
            AssignmentError: an edit does not fit the text.
        """
        text = self.solution(exercise)
        for variant in variants:
            if variant.code:
                if len(variants) > 1:
                    raise AssignmentError(f"{variant.name} is no edit and cannot be combined")
                return variant.code
            for old, new in variant.edits:
                if text.count(old) != 1:
                    raise AssignmentError(
                        f"{self.name}, {exercise}, {variant.name}: the text to edit occurs "
                        f"{text.count(old)} times in the solution: {old!r}"
                    )
                text = text.replace(old, new)
        return text

    def variant(self, exercise: str, *variants: Variant) -> Callable[..., Any]:
        """The variant as a function, with all other functions as in the reference."""
        return self.function(exercise, self.variant_source(exercise, *variants))

    def function(self, name: str, source: str) -> Callable[..., Any]:
        """The function that a source defines, with all others as in the reference."""
        namespace = self.namespace()
        run_source(source, namespace, name)
        function: Callable[..., Any] = namespace[name]
        return function


def names() -> list[str]:
    """The names of all assignments, in order."""
    return sorted(
        path.parent.name for path in SOURCE.glob("*/exercises.py") if path.parent.is_dir()
    )


def own_names() -> list[str]:
    """The names of the assignments whose notebooks bring their own tests, in order."""
    places = {SOURCE, conventions_of_class().source_folder()}
    return sorted(
        {
            notebook.parent.name
            for place in places
            for notebook in place.glob("*/*.ipynb")
            if not (notebook.parent / "exercises.py").exists()
        }
        - set(names())
    )


def all_names() -> list[str]:
    """The names of all assignments of both kinds, in order."""
    return sorted([*names(), *own_names()])


def full_name(name: str) -> str:
    """The name of the assignment that is meant: ``a4`` stands for ``a4_deep_network``.

    Raises:
        AssignmentError: no assignment, or more than one, begins like this.
    """
    known = all_names()
    matching = [name] if name in known else [other for other in known if other.startswith(name)]
    if len(matching) != 1:
        raise AssignmentError(f"there is no assignment {name!r}; known: {', '.join(known)}")
    return matching[0]


def full_name_with_cases(name: str, otherwise: str) -> str:
    """The name of the assignment that is meant, of those whose functions are judged on cases.

    Parameters:
        name: as for :func:`full_name`.
        otherwise: what to do with one that brings its own tests, with ``{name}`` for its name.

    Raises:
        AssignmentError: there is no such assignment, or it brings its own tests.
    """
    found = full_name(name)
    if found in own_names():
        raise AssignmentError(
            f"{found} has no exercises.py: {otherwise.format(name=shlex.quote(found))}"
        )
    return found


def load(name: str) -> Assignment:
    """The assignment of that name: always the same object, until its author edits a file of it.

    A server runs for months, and must not grade with the edition that it read first.

    Raises:
        AssignmentError: there is no such assignment, or a solution cell is missing.
    """
    is_own = name in own_names()
    if not is_own and name not in names():
        known = ", ".join(all_names()) or "none"
        raise AssignmentError(f"there is no assignment {name!r}; known: {known}")
    conventions = conventions_of_class()
    folder = conventions.source_folder(name) if is_own else SOURCE / name
    files = [*sorted(folder.glob("*.ipynb")), *sorted(folder.glob("*.py"))]
    if is_own:
        files += sorted(conventions.release_folder(name).glob("*.ipynb"))
    states = [(file, file.stat()) for file in files]
    edition = tuple((file, found.st_mtime_ns, found.st_size) for file, found in states)
    return _load_own(folder, edition, conventions) if is_own else _load(name, edition)


def _fingerprint(edition: _Edition, more: str = "") -> str:
    digest = hashlib.sha256()
    for file, _changed, _size in edition:
        digest.update(file.read_bytes())
    digest.update(more.encode())
    return digest.hexdigest()[:16]


@functools.lru_cache(maxsize=32)
def _load(name: str, edition: _Edition) -> Assignment:
    folder = SOURCE / name
    fingerprint = _fingerprint(edition)
    module = exercises_module(folder)
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tagged = {
        tag: [cell for cell in code if tag in cell.metadata.get("tags", [])]
        for tag in ("setup", *TAGS_NOT_RUN)
    }
    assignment = Assignment(
        name=name,
        folder=folder,
        exercises=tuple(module.EXERCISES),
        cells=tuple((cell.id, cell.source) for cell in code),
        setup="\n".join(cell.source for cell in tagged["setup"]),
        not_run=frozenset(cell.id for tag in TAGS_NOT_RUN for cell in tagged[tag]),
        equivalent_mutants=getattr(module, "EQUIVALENT_MUTANTS", {}),
        fingerprint=fingerprint,
        often_imported=getattr(module, "OFTEN_IMPORTED", ()),
    )
    present = {cell_id for cell_id, _ in assignment.cells}
    for exercise in assignment.exercises:
        if exercise.name not in present:
            raise AssignmentError(f"{name}: no cell with the id {exercise.name!r}")
    return assignment


@functools.lru_cache(maxsize=32)
def _load_own(folder: Path, edition: _Edition, conventions: Conventions) -> Assignment:
    """An assignment whose notebooks bring their own tests."""
    notebooks = sorted(folder.glob("*.ipynb"))
    fingerprint = _fingerprint(edition, repr(replace(conventions, cell_seconds=None)))
    found = [_read_own(notebook, conventions, len(notebooks) > 1) for notebook in notebooks]
    shared = Assignment(
        name=folder.name,
        folder=folder,
        exercises=(),
        cells=(),
        setup="",
        not_run=frozenset(),
        equivalent_mutants={},
        fingerprint=fingerprint,
        often_imported=tuple(dict.fromkeys(module for own in found for module in own.imported)),
        guarded=tuple(sorted({package for own in found for package in own.relied_on})),
        cell_seconds=conventions.cell_seconds,
        cells_of_folder={own.notebook: frozenset(own.cell_names) for own in found},
    )
    parts = tuple(
        replace(
            shared,
            own=own,
            cells=tuple((cell.id, cell.source) for cell in own.cells if cell.cell_type == "code"),
        )
        for own in found
    )
    return parts[0] if len(parts) == 1 else replace(shared, several=parts)


def _read_own(notebook: Path, conventions: Conventions, several: bool) -> OwnTests:
    released = conventions.release_folder(notebook.parent.name) / notebook.name
    try:
        return read_own_tests(notebook, released, conventions, several)
    except (OSError, ValueError) as error:
        raise AssignmentError(f"{notebook} cannot be read as a notebook: {error}") from error
