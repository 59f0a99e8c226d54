"""Audit a release folder: is it fresh, and does it give anything away?"""

from __future__ import annotations

import ast
import functools
import io
import tempfile
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat

from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import questions, squeezed
from grader.exercises.markers import lines_between_markers
from grader.paths import OWN_UTILS, PROGRAM, PUBLIC_CASES, RELEASE
from grader.release.editions import translated_assignment
from grader.release.folder import files_of
from grader.release.making import same_numbers, write_with_nbgrader
from grader.release.public_data import finished_modules, public_cases_json
from grader.release.translation.compiled import languages

_FORBIDDEN = ("BEGIN HIDDEN TESTS", "hidden_test", "exercises.py", "grader.judging")
_GIVEN_AWAY_LENGTH = 12
_MEND = f"run `{PROGRAM} release`"


def problems_of_release(assignment: Assignment) -> Iterator[str]:
    """The problems of an assignment's release, one sentence each."""
    folder = RELEASE / assignment.name
    if not folder.is_dir():
        yield f"release/{assignment.name} does not exist: {_MEND}"
        return
    yield from _stale(assignment, folder)
    yield from leaks(assignment, folder)


def _stale(assignment: Assignment, folder: Path) -> Iterator[str]:
    cases = PUBLIC_CASES / f"{assignment.name}.json"
    fresh = public_cases_json(assignment)
    if not cases.exists() or not same_numbers(cases.read_text(encoding="utf-8"), fresh):
        yield f"{cases.name} is stale: {_MEND}"
        return
    for module, text in finished_modules(assignment.name):
        target = OWN_UTILS / module
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            yield f"utils/{target.name} is stale: {_MEND}"
            return
    with tempfile.TemporaryDirectory() as scratch:
        write_with_nbgrader(assignment.name, Path(scratch))
        for difference in differences(Path(scratch) / assignment.name, folder):
            yield f"release/{assignment.name}/{difference} is stale: {_MEND}"
    for language in languages():
        fresh_edition = translated_assignment(folder, language)
        for difference in differences(fresh_edition, RELEASE / language / assignment.name):
            place = f"release/{language}/{assignment.name}/{difference}"
            yield f"{place} is stale: {_MEND}"


def differences(fresh: Path | Mapping[str, bytes], released: Path) -> list[str]:
    """The files that differ between two folders, or are in one of them only.

    Parameters:
        fresh: a folder, or its files: path in the folder -> content.
        released: a folder.
    """
    ours = files_of(fresh) if isinstance(fresh, Path) else fresh
    theirs = files_of(released)
    return sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    )


def solution_lines(assignment: Assignment) -> set[str]:
    """The lines that a student has to find, without spaces; too short ones say nothing.

    The lines of a function that is given broken are not counted: students have them.
    """
    lines: set[str] = set()
    for exercise in assignment.exercises:
        given = {_squeezed(line.strip()) for line in assignment.broken(exercise.name).splitlines()}
        solution = assignment.solution(exercise.name)
        text = solution.splitlines()
        own = {_squeezed(text[number - 1].strip()) for number in lines_between_markers(solution)}
        lines |= own - given
    return {line for line in lines if len(line) >= _GIVEN_AWAY_LENGTH}


def leaks(assignment: Assignment, folder: Path) -> Iterator[str]:
    """Where a release folder gives something away that is still to be found."""
    wanted = solution_lines(assignment)
    graded = {exercise.name for exercise in assignment.exercises}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".py", ".ipynb", ".json", ".md", ".csv"):
            continue
        where = f"release/{assignment.name}/{path.relative_to(folder).as_posix()}"
        text = _readable(path)
        for word in _FORBIDDEN:
            if word in text:
                yield f"{where} holds {word!r}"
        for line in text.splitlines():
            if _squeezed(line.strip()) in wanted:
                yield f"{where} holds a line of a solution: {line.strip()}"
        said = squeezed(text)
        for question in questions(assignment):
            for part in sorted(question.secrets):
                if part in said:
                    yield f"{where} holds a part of the marking guide of {question.name}: {part}"
        if path.suffix == ".py":
            yield from _solved_functions(path, where, graded)


def _readable(path: Path) -> str:
    """The text of a file; of a notebook, the text of its cells."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    notebook = nbformat.read(path, as_version=4)
    return "\n".join(cell.source for cell in notebook.cells)


@functools.lru_cache(maxsize=1 << 16)  # most modules lie in every folder
def _squeezed(text: str) -> str:
    """Code without spaces and comments."""
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        return "".join(t.string for t in tokens if t.type != tokenize.COMMENT).strip()
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return "".join(text.split())


def _solved_functions(path: Path, where: str, graded: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name in graded:
            yield f"{where} defines {node.name}, which is an exercise here"
