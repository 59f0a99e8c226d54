"""What a course has configured for its notebooks: where they lie, delimiters, stubs, and time.

nbgrader's own words count where the ``nbgrader_config.py`` of the class gives no others.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader import paths
from grader.exercises.author_code import AssignmentError
from grader.text.faults import place_of_fault


@dataclass(frozen=True)
class Conventions:
    """How the notebooks of a course are written, and where they lie.

    Attributes:
        solution, hidden_test, mark_scheme: words in the lines that begin and end a region.
        code_stub, text_stub: what takes the place of a solution.
        cell_seconds: how long a cell may run; None where nothing, or no end, is configured.
        source_directory, release_directory: where notebooks lie, as seen from the class's folder.
    """

    solution: tuple[str, str] = ("BEGIN SOLUTION", "END SOLUTION")
    hidden_test: tuple[str, str] = ("BEGIN HIDDEN TEST", "END HIDDEN TEST")
    mark_scheme: tuple[str, str] = ("BEGIN MARK SCHEME", "END MARK SCHEME")
    code_stub: str = "# YOUR CODE HERE\nraise NotImplementedError()"
    text_stub: str = "YOUR ANSWER HERE"
    cell_seconds: float | None = None
    source_directory: str = field(default="source", repr=False)
    release_directory: str = field(default="release", repr=False)

    def source_folder(self, assignment: str = "") -> Path:
        """Where an assignment's source lies: in the folder of the class where it is there.

        Parameters:
            assignment: its name; where it is empty, the folder of all of them is meant.
        """
        own = self._own_source(assignment)
        return own if own.is_dir() else paths.SOURCE / assignment

    def release_folder(self, assignment: str) -> Path:
        """Where what was released of an assignment lies; it may not be made yet."""
        own = paths.course_root() / self.release_directory
        return (own if self._own_source(assignment).is_dir() else paths.RELEASE) / assignment

    def _own_source(self, assignment: str) -> Path:
        return paths.course_root() / self.source_directory / assignment

    def cleared(self, source: str, stub: str = "") -> str:
        """A text without the regions.

        Parameters:
            source: the text.
            stub: what takes the place of each solution.
        """
        lines: list[str] = []
        end = ""
        for line in source.split("\n"):
            if end:
                end = "" if end in line else end
                continue
            begun = [r for r in self._regions() if r[0] in line]
            if not begun:
                lines.append(line)
                continue
            end = begun[0][1]
            if begun[0] == self.solution:
                indent = line[: len(line) - len(line.lstrip())]
                lines += [indent + part for part in stub.split("\n")]
        return "\n".join(lines)

    def hidden_lines(self, source: str) -> frozenset[int]:
        """The numbers of the lines of a test cell that students do not see."""
        begin, end = self.hidden_test
        found: set[int] = set()
        within = False
        for number, line in enumerate(source.split("\n"), start=1):
            within = within or begin in line
            if within:
                found.add(number)
            within = within and end not in line
        return frozenset(found)

    def _regions(self) -> tuple[tuple[str, str], ...]:
        return self.solution, self.hidden_test, self.mark_scheme


def conventions_of_class() -> Conventions:
    """Those of the class, as the file in its folder says; a clone of this project has nbgrader's.

    Raises:
        AssignmentError: the file has a fault.
    """
    file = paths.course_root() / "nbgrader_config.py"
    if file.parent == paths.CODE or not file.is_file():
        return Conventions()
    return _configured(file, file.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _configured(file: Path, _changed: int) -> Conventions:
    from traitlets.config.loader import PyFileConfigLoader

    try:
        config = PyFileConfigLoader(file.name, str(file.parent)).load_config()
        solutions = config.ClearSolutions
        stubs = solutions.get("code_stub", {})
        own = Conventions()
        return Conventions(
            _region(solutions, "solution", own.solution),
            _region(config.ClearHiddenTests, "test", own.hidden_test),
            _region(config.ClearMarkScheme, "mark_scheme", own.mark_scheme),
            str(stubs.get("python", own.code_stub) if isinstance(stubs, dict) else stubs),
            _text(solutions, "text_stub", own.text_stub),
            _seconds(config),
            _text(config.CourseDirectory, "source_directory", own.source_directory),
            _text(config.CourseDirectory, "release_directory", own.release_directory),
        )
    except Exception as error:  # the file is a program, and its author's
        place = place_of_fault(error, file.name)
        line = f" in line {place[1]}" if place else ""
        raise AssignmentError(
            f"{file} has a fault{line}: {type(error).__name__}: {error}. Mend this file."
        ) from error


def _region(config: Any, kind: str, usual: tuple[str, str]) -> tuple[str, str]:
    """The words around a region; nbgrader spells the name of the setting like this."""
    begin, end = (f"{where}_{kind}_delimeter" for where in ("begin", "end"))
    return _text(config, begin, usual[0]), _text(config, end, usual[1])


def _text(config: Any, name: str, usual: str) -> str:
    """A setting; an empty one would be found in every line."""
    return str(config[name]) if name in config and config[name] else usual


def _seconds(config: Any) -> float | None:
    for name in ("Execute", "ExecutePreprocessor"):  # the first is nbgrader's, made of the other
        if "timeout" in config[name]:
            seconds = config[name]["timeout"]
            return float(seconds) if isinstance(seconds, (int, float)) and seconds > 0 else None
    return None
