"""What a course puts around solutions and hidden tests, and what students get in their place.

nbgrader's own words count where the ``nbgrader_config.py`` of the class gives no others.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader import paths
from grader.text.terminal import CannotGoOn


class DelimiterError(CannotGoOn):
    """The configuration of the class cannot be read. The message says where it lies, and why."""


@dataclass(frozen=True)
class Delimiters:
    """Words in the lines that begin and end a region, and stubs.

    Attributes:
        solution, hidden_test, mark_scheme: the words of the first line of a region and of its last.
        code_stub, text_stub: what takes the place of a solution.
    """

    solution: tuple[str, str] = ("BEGIN SOLUTION", "END SOLUTION")
    hidden_test: tuple[str, str] = ("BEGIN HIDDEN TEST", "END HIDDEN TEST")
    mark_scheme: tuple[str, str] = ("BEGIN MARK SCHEME", "END MARK SCHEME")
    code_stub: str = "# YOUR CODE HERE\nraise NotImplementedError()"
    text_stub: str = "YOUR ANSWER HERE"

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


def delimiters_of_class() -> Delimiters:
    """Those of the class, as the file in its folder says; this project has nbgrader's own.

    Raises:
        DelimiterError: the file has a fault.
    """
    file = paths.course_root() / "nbgrader_config.py"
    if file.parent == paths.PROJECT or not file.is_file():
        return Delimiters()
    return _configured(file, file.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _configured(file: Path, _changed: int) -> Delimiters:
    from traitlets.config.loader import PyFileConfigLoader

    try:
        config = PyFileConfigLoader(file.name, str(file.parent)).load_config()
        solutions = config.ClearSolutions
        stubs = solutions.get("code_stub", {})
        own = Delimiters()
        return Delimiters(
            _region(solutions, "solution", own.solution),
            _region(config.ClearHiddenTests, "test", own.hidden_test),
            _region(config.ClearMarkScheme, "mark_scheme", own.mark_scheme),
            str(stubs.get("python", own.code_stub) if isinstance(stubs, dict) else stubs),
            _text(solutions, "text_stub", own.text_stub),
        )
    except Exception as error:  # the file is a program, and its author's
        raise DelimiterError(
            f"{file} cannot be read: {type(error).__name__}: {error}. Mend this file."
        ) from error


def _region(config: Any, kind: str, usual: tuple[str, str]) -> tuple[str, str]:
    """The words around a region; nbgrader spells the name of the setting like this."""
    begin, end = (f"{where}_{kind}_delimeter" for where in ("begin", "end"))
    return _text(config, begin, usual[0]), _text(config, end, usual[1])


def _text(config: Any, name: str, usual: str) -> str:
    """A setting; an empty one would be found in every line."""
    return str(config[name]) if name in config and config[name] else usual
