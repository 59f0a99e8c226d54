"""Text that is safe to print on a terminal, whatever students put into it."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

DEBUG = "GRADER_DEBUG"
"""The environment variable that asks for the tracebacks of errors which become sentences."""


class CannotGoOn(Exception):
    """What a command was asked for cannot be done. The message says why, and what to do."""


def printable(text: str, instead: str = "\ufffd") -> str:
    """Text without control characters, which could change the terminal.

    Parameters:
        text: any text.
        instead: what stands in the place of each such character.
    """
    return "".join(character if character.isprintable() else instead for character in text)


def one_line(text: str, longest: int = 500) -> str:
    """Text as one line, cut where it is long, without characters that could change the terminal."""
    return printable(" ".join(text.split()), "?")[:longest]


def printable_path(path: Path) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def show_tracebacks() -> None:
    """Show where the grader failed, from now on, in this process and those that it starts."""
    os.environ[DEBUG] = "1"


def unexpected(error: Exception) -> str:
    """The sentence for a submission on which the grader itself failed.

    The traceback is shown where :func:`show_tracebacks` was called.
    """
    show_traceback(error)
    what = printable(f"{type(error).__name__}: {error}")[:200]
    return (
        f"The grader failed on this submission ({what}). "
        "Please report this with the notebook, and grade it by hand."
    )


def show_traceback(error: BaseException) -> None:
    """Print the traceback of an error that becomes a sentence, where that is wanted."""
    if os.environ.get(DEBUG):
        lines = "".join(traceback.format_exception(error)).split("\n")
        print("\n".join(map(printable, lines)), file=sys.stderr, flush=True)


def shown(name: str, longest: int = 100) -> str:
    """A name fit to be printed on one line of a terminal or a page."""
    clean = printable(name)
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
