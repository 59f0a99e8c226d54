"""The grader as an installed package: importing it makes ``grader`` and ``course`` importable.

Nothing lies at the top of the import path but this package: what a clone of the project has there
(``grader/``, and ``utils/``, from which notebooks import ``course`` and the well-known modules) is
in its folder ``lib/``, under the same names. These folders are put on the import path of this
process and, by ``PYTHONPATH``, of those that it starts: kernels, worker processes, nbgrader.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_CODE = _HERE / "lib" if (_HERE / "lib").is_dir() else _HERE.parent  # in a clone


def configure(c: Any) -> None:
    """Let nbgrader grade as this package does; for the ``nbgrader_config.py`` of a course.

    Parameters:
        c: what ``get_config()`` gives.
    """
    from grader.paths import PROJECT
    from grader.plugin.configuration import configure as configure_course

    configure_course(c, PROJECT)


def _make_importable(folders: Iterable[Path]) -> None:
    places = [str(folder) for folder in folders]
    sys.path[:0] = [place for place in places if place not in sys.path]
    known = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
    new = [place for place in places if place not in known and os.pathsep not in place]
    os.environ["PYTHONPATH"] = os.pathsep.join([*new, *known])


_make_importable([_CODE])
from grader.paths import ALL_UTILS  # noqa: E402

_make_importable(ALL_UTILS)
