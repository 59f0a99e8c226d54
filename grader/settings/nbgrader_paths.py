"""Paths are names: let nbgrader take the paths of a course as they are.

nbgrader looks for files by patterns that it makes of whole paths, and a folder may be called
``course [1]``; it reads the gradebook's address as a URL, and a folder may be called ``what?``; and
traitlets, with which it reads its configuration, puts the value of a variable in the place of
``$HOME`` in a folder's name. They have no setting for any of it, so what they look things up with
is replaced.
"""

from __future__ import annotations

import functools
import glob
import os
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_LOOK_FOR_FILES = (
    *("utils", "apps.api", "apps.validateapp", "converters.base"),
    *(f"exchange.default.{name}" for name in ("collect", "exchange", "fetch_feedback")),
    *(f"exchange.default.{name}" for name in ("list", "release_feedback")),
)
"""The modules of nbgrader that use the module ``glob``."""


def matching_paths(pattern: str) -> list[str]:
    """The paths that a pattern matches; what exists under the pattern's own words is meant by them.

    A student may be called ``a[1]`` and a course may lie in ``course [1]``. Only ``*`` for a whole
    name, or in the last one, is always a pattern.

    Parameters:
        pattern: a path with ``*``, ``?`` and ``[...]``.
    """
    *folders, last = pattern.split(os.sep)
    literal: str | None = ""  # the path so far, as long as it names one place
    words = []
    for word in folders:
        is_name = word != "*" and literal is not None and os.path.lexists(literal + word)
        words.append(glob.escape(word) if is_name else word)
        if literal is not None:
            literal = literal + word + os.sep if is_name or not glob.has_magic(word) else None
    is_name = "*" not in last and literal is not None and os.path.lexists(literal + last)
    words.append(glob.escape(last) if is_name else last)
    return glob.glob(os.sep.join(words))


def gradebook_url(root: Path) -> str | None:
    """The address of the gradebook in a folder, where nbgrader's own would lead elsewhere.

    Parameters:
        root: the folder of the class.

    Returns:
        The address; None where nbgrader's own is right.
    """
    from sqlalchemy.engine import make_url

    path = root / "gradebook.db"
    if make_url(f"sqlite:///{path}").database == str(path):
        return None
    return sqlite_url(path)


def sqlite_url(path: Path) -> str:
    """The address of a gradebook in a file, whatever the file is called."""
    from sqlalchemy.engine import URL

    return str(URL.create("sqlite", database=str(path)).render_as_string())


def use_literal_configuration_paths() -> None:
    """Let traitlets find a configuration in a folder whose name holds ``$HOME``.

    Otherwise the settings in such a folder would be left out without a word.
    """
    from traitlets.config import loader

    if not hasattr(loader.filefind, "__wrapped__"):
        loader.filefind = _literally_first(loader.filefind)


def _literally_first(filefind: Any) -> Any:
    """traitlets' ``filefind``, which expands every path, for what the path as it is has not."""

    @functools.wraps(filefind)
    def literal(filename: str, path_dirs: str | Path | Sequence[str | Path] | None = None) -> str:
        folders = [path_dirs] if isinstance(path_dirs, str | Path) else path_dirs or []
        for folder in folders:
            path = os.path.abspath(os.path.join(folder, filename))
            if os.path.isfile(path):
                return path
        return str(filefind(filename, path_dirs))

    return literal


def use_literal_paths() -> None:
    """Let nbgrader take paths as they are, in its commands, its API and formgrader."""
    from nbgrader.coursedir import CourseDirectory

    use_literal_configuration_paths()
    for name in _LOOK_FOR_FILES:
        module: Any = import_module(f"nbgrader.{name}")
        module.glob = SimpleNamespace(glob=matching_paths)
    if not hasattr(CourseDirectory.format_path, "__wrapped__"):
        CourseDirectory.format_path = _with_literal_step(CourseDirectory.format_path)


def _with_literal_step(format_path: Any) -> Any:
    """nbgrader's ``format_path``, which forgets that a step may be a path when it makes a regex."""

    @functools.wraps(format_path)
    def literal(
        self: Any, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False
    ) -> str:
        step = re.escape(nbgrader_step) if escape else nbgrader_step
        return str(format_path(self, step, student_id, assignment_id, escape=escape))

    return literal
