"""What marks the parts of a notebook: solutions, hidden tests, checks."""

from __future__ import annotations

import re

from course.study.solution_store import END_MARKER, START_MARKER

CHECK_SUFFIX = "_check"
"""The id of the cell that checks a function is the function's name with this."""

BROKEN_SUFFIX = "_broken"
"""The id of the cell with the broken form of a function, which is to be mended, is the function's
name with this; the function that the cell defines is called so, too."""

CODE_STUB = f"""{START_MARKER}
raise NotImplementedError("Not implemented yet: write your code here and delete this line")
{END_MARKER}"""
"""What a student finds in the place of a solution."""

ANSWER_STUB = "YOUR ANSWER HERE"
"""What stands in the cell of a written answer when it is released."""

BEGIN_HIDDEN_TESTS = "### BEGIN HIDDEN TESTS"

_HIDDEN = re.compile(
    rf"^[^\n]*{BEGIN_HIDDEN_TESTS}.*?(?:### END HIDDEN TESTS[^\n]*(?:\n|\Z)|\Z)",
    re.MULTILINE | re.DOTALL,
)


def without_hidden_tests(source: str) -> str:
    """The text of a code cell without its hidden tests."""
    return _HIDDEN.sub("", source)


def lines_between_markers(source: str) -> set[int]:
    """The numbers of the lines that students write; empty where there are no markers."""
    lines: set[int] = set()
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() in (START_MARKER, END_MARKER):
            inside = line.strip() == START_MARKER
        elif inside:
            lines.add(number)
    return lines
