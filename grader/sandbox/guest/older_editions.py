"""Run a notebook as older versions of NumPy, SciPy and Python would have run it.

What those had and the newest have not is no mistake of the student's. Names that are gone are given
back to the code of the cells, and to nothing else (``older_names.py``). Where code stops at a call
that is refused today, such as ``float`` of an array with one entry, it is compiled anew, with such
calls made as before (``older_calls.py``). What was made use of is noted here with its line, for a
remark.
"""

from __future__ import annotations

import os
import sys
import types
import warnings

import numpy as np

CELL = "<cell "
"""How the file names of cells begin."""
_OURS = os.path.join(os.path.dirname(__file__), "older_")
_MOST_NOTED = 10
_QUIET = (DeprecationWarning, PendingDeprecationWarning, FutureWarning, SyntaxWarning)

_noted: dict[tuple[str, str, int], None] = {}


def take_noted() -> list[tuple[str, str, int]]:
    """What was made use of since the last call: what it is, the id of the cell, and the line."""
    found = list(_noted)
    _noted.clear()
    return found


def quiet_deprecations() -> None:
    """Let no announcement of a later version become an error, whatever a notebook has set."""
    if not warnings.filters or warnings.filters[0][2] is not _QUIET[0]:
        for category in reversed((*_QUIET, np.exceptions.VisibleDeprecationWarning)):
            warnings.simplefilter("ignore", category)


def _caller() -> types.FrameType | None:
    """The frame of the student's code that asks, if it is the student's code that asks."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith((_OURS, "<frozen importlib")):
            own = name.startswith(CELL) or os.path.dirname(name) == os.getcwd()
            return frame if own else None
        frame = frame.f_back
    return None


def note(key: str) -> bool:
    """Note that something is made use of; False where it is not the student's code that does."""
    frame = _caller()
    if frame is None:
        return False
    name = frame.f_code.co_filename
    if name.startswith(CELL) and len(_noted) < _MOST_NOTED:
        _noted[key, name[len(CELL) : -1], frame.f_lineno] = None
    return True
