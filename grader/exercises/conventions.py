"""What a course has configured for its notebooks: delimiters, stubs and the time of a cell.

nbgrader's own words count where the ``nbgrader_config.py`` of the class gives no others.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import paths


class ConventionError(Exception):
    """The configuration of the class cannot be read. The message says where it lies, and why."""


@dataclass(frozen=True)
class Conventions:
    """How the notebooks of a course are written.

    Attributes:
        solution, hidden_test, mark_scheme: words in the lines that begin and end a region.
        code_stub, text_stub: what takes the place of a solution.
        cell_seconds: how long a cell may run; None where nothing, or no end, is configured.
    """

    solution: tuple[str, str] = ("BEGIN SOLUTION", "END SOLUTION")
    hidden_test: tuple[str, str] = ("BEGIN HIDDEN TEST", "END HIDDEN TEST")
    mark_scheme: tuple[str, str] = ("BEGIN MARK SCHEME", "END MARK SCHEME")
    code_stub: str = "# YOUR CODE HERE\nraise NotImplementedError()"
    text_stub: str = "YOUR ANSWER HERE"
    cell_seconds: float | None = None

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
    """Those of the class, as the file in its folder says; this project has nbgrader's own.

    Raises:
        ConventionError: the file has a fault.
    """
    file = paths.course_root() / "nbgrader_config.py"
    if file.parent == paths.PROJECT or not file.is_file():
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
        )
    except Exception as error:  # the file is a program, and its author's
        raise ConventionError(
            f"{file} cannot be read: {type(error).__name__}: {error}. Mend this file."
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
