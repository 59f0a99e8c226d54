"""What a public check raises, and how a notebook shows it: a few lines, and no traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from course.language import _
from course.sentences import wrap

_COURSE = Path(__file__).parents[1]
_WIDTH = 84  # characters that fit into a line of an output cell
_MOST_LINES = 6


class CheckFailed(AssertionError):
    """A public check found a mistake. Shown in a notebook without the long traceback.

    Attributes:
        function: the name of the exercise.
        message: what is wrong, in words.
        advice: how to go on, where there is something to say about it.
    """

    title_colour: ClassVar[str] = "\x1b[1;31m"

    def __init__(self, function: str, message: str, advice: str = "") -> None:
        super().__init__(_headed(function, message) + (f"\n{advice}" if advice else ""))
        self.function = function
        self.message = message
        self.advice = advice

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        _hide_own_frames(self.__traceback__)
        lines = list(wrapped(_headed(self.function, self.message), self.advice))
        lines[0] = re.sub(
            rf"{re.escape(self.function)}[:：]",
            lambda title: f"{self.title_colour}{title[0]}\x1b[0m",
            lines[0],
            count=1,
        )
        return lines


def _headed(function: str, message: str) -> str:
    return _("{function}: {message}").format(function=function, message=message)


def _hide_own_frames(trace: TracebackType | None) -> None:
    """Take the frames of the course out of a traceback, so that no debugger stops in them."""
    while trace is not None and trace.tb_next is not None:
        if Path(trace.tb_next.tb_frame.f_code.co_filename).is_relative_to(_COURSE):
            trace.tb_next = trace.tb_next.tb_next
        else:
            trace = trace.tb_next


class NotImplementedYet(CheckFailed):
    """The function is still as it was released."""

    title_colour = "\x1b[1;33m"


def wrapped(text: str, advice: str = "") -> Iterator[str]:
    """A message in lines that fit: JupyterLab breaks longer ones in the middle of a word.

    Parameters:
        text: the message, one thing a line, what matters most first.
        advice: one line more, which is shown whatever is left out.

    Returns:
        At most six lines. What does not fit is cut, from the end.
    """
    room = _MOST_LINES - bool(advice)
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        parts = wrap(line.lstrip(), _WIDTH, indent, indent) or [""]
        if len(parts) > room:
            parts = parts[: max(room, 0)]
            parts[-1:] = [f"{part} ..." for part in parts[-1:]]
        room -= len(parts)
        yield from parts
    if advice:
        yield advice
