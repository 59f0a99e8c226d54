"""What a notebook finds beside it, inside the sandbox: released data, and the student's own files.

Both lie in the folder in which the notebook runs, as on the student's machine. That folder is the
first in which modules are looked for, as Jupyter does: a student's ``test.py`` is the one that she
means. What the worker has imported by then (NumPy, the course's modules) no file can hide.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[3]
_HIDING = (str(_PROJECT), str(_PROJECT / "utils"))


def lay_out(own: Mapping[str, str], released: Mapping[str, str], linked: bool) -> None:
    """Put files into the folder in which this process is.

    Parameters:
        own: the student's files, in Base64, by their path.
        released: where the data that was released lies, by its path beside the notebook.
        linked: whether a link is enough: what it leads to can be read only.
    """
    for name, place in released.items():
        with contextlib.suppress(OSError):
            _make_folder(name)
            if linked:
                os.symlink(place, name)
            else:
                shutil.copyfile(place, name)
    for name, text in own.items():
        with contextlib.suppress(OSError):  # one is a folder of the same name, or there is no room
            _make_folder(name)
            Path(name).write_bytes(base64.b64decode(text))


def _make_folder(name: str) -> None:
    if "/" in name:
        os.makedirs(os.path.dirname(name), exist_ok=True)


def look_here_for_modules(own: Mapping[str, str]) -> None:
    """Let modules be imported from the folder in which this process is, before all others.

    A student's file may have the name of any of the grader's own modules.

    Parameters:
        own: the student's files, by their path.
    """
    package = __name__.partition(".")[0]
    sys.path[:] = [os.getcwd(), *_without_ours()]
    mine = {name.partition("/")[0].removesuffix(".py") for name in own if name.endswith(".py")}
    if package in mine:
        for name in [n for n in sys.modules if n == package or n.startswith(f"{package}.")]:
            del sys.modules[name]


@contextlib.contextmanager
def modules_of(folder: str) -> Iterator[None]:
    """Let modules be imported from a folder as notebooks find them that lie in it."""
    before = sys.path[:]
    sys.path[:] = [folder, *_without_ours()]
    try:
        yield
    finally:
        sys.path[:] = before


def _without_ours() -> list[str]:
    return [path for path in sys.path if path and path not in _HIDING]


def forget_folder(folder: str) -> None:
    """Forget what was known of a folder of modules: one may have been written this instant."""
    finder = sys.path_importer_cache.get(os.path.abspath(folder))
    if finder is not None and hasattr(finder, "invalidate_caches"):
        finder.invalidate_caches()
