"""Say where a configuration that is a program has its fault."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_of_fault(error: BaseException, name: str) -> tuple[Path, int] | None:
    """In which file of a name, and in which of its lines, an error arose.

    Parameters:
        error: what running the file has raised.
        name: what the file is called.

    Returns:
        None where the error arose elsewhere.
    """
    steps = [(one.filename, one.lineno) for one in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        steps.append((error.filename or "", error.lineno))
    for file, line in reversed(steps):
        if Path(file).name == name and line:
            return Path(file), line
    return None
