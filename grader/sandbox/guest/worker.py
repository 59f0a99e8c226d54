"""A warm worker: imports once, then forks for each submission.

``python -m grader.sandbox.guest.worker <fd> <released folder>`` is started by
:mod:`grader.sandbox.host.worker`, inside bubblewrap. It runs no student's code itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib
import os
import select
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MADV_COLLAPSE = 25
_LARGE_PAGE = 2 << 20
_FEW = 3
"""A worker that begins so many submissions is taken for one that grades many."""

WARM_IMPORTS = (
    "numpy",
    "numpy.linalg",
    "numpy.random",  # NumPy itself imports it when it is first used
    "scipy",
    "matplotlib.pyplot",
    "h5py",
    "PIL.Image",
    "IPython",
    "IPython.core.debugger",  # whose prompt each submission is spared
)


def warm_up(modules_folder: Path) -> Any:
    """Import what notebooks import, and make the shell that every submission inherits.

    Parameters:
        modules_folder: the released folder of the assignment, whose modules notebooks import.
    """
    os.environ.setdefault("MPLBACKEND", "Agg")
    _take_font_list()
    from grader.sandbox.guest.notebook_runner import OtherEditions, make_shell
    from grader.sandbox.guest.older_names import give_back_names
    from grader.sandbox.guest.older_scipy import give_back_scipy
    from grader.sandbox.guest.prepared import import_all

    with _without_lists_of_properties():
        import_all(WARM_IMPORTS)
    for path in sorted(modules_folder.rglob("*.py")):
        with contextlib.suppress(Exception):
            importlib.import_module(
                ".".join(path.relative_to(modules_folder).with_suffix("").parts)
            )
    sys.meta_path.append(OtherEditions())
    give_back_names()
    give_back_scipy()
    shell = make_shell()
    import matplotlib.pyplot as plt

    figure = plt.figure()  # the first figure loads fonts: pay for it once
    figure.canvas.draw()
    plt.close(figure)
    return shell


@contextlib.contextmanager
def _without_lists_of_properties() -> Iterator[None]:
    """Spare Matplotlib the lists of properties in its docstrings: a third of the time it takes."""
    try:
        artist: Any = importlib.import_module("matplotlib.artist")
    except ImportError:
        yield
        return
    kwdoc = artist.kwdoc
    artist.kwdoc = lambda _artist: ""
    try:
        yield
    finally:
        artist.kwdoc = kwdoc


def _take_font_list() -> None:
    """Give Matplotlib the list of fonts that it made outside, in a folder where it may write."""
    fonts = os.environ.pop("FONT_LIST", "")
    with contextlib.suppress(OSError):
        if fonts:
            folder = tempfile.mkdtemp()
            shutil.copy(fonts, folder)
            os.environ["MPLCONFIGDIR"] = folder


def _into_large_pages() -> None:
    """Keep the memory of this process in large pages, so that forks start and end faster.

    It takes a twentieth of a second, so a worker that grades few does without.

    A fork copies the table of the process's pages, and its end takes that table down again; with
    pages of two mebibytes in place of four kibibytes there is much less of it. Linux 6.1 and newer
    collapse memory on request (see madvise(2)); elsewhere nothing happens.
    """
    with contextlib.suppress(OSError, ValueError, AttributeError):
        madvise = ctypes.CDLL(None).madvise
        for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
            place, rights, _offset, _device, inode, *name = line.split()
            if rights != "rw-p" or inode != "0" or name not in ([], ["[heap]"]):
                continue
            first, last = (int(address, 16) for address in place.split("-"))
            first, last = -(-first // _LARGE_PAGE) * _LARGE_PAGE, last // _LARGE_PAGE * _LARGE_PAGE
            if last > first:
                madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _MADV_COLLAPSE)


def main() -> None:
    """Take requests from the host: get ready, start a submission, kill it, tell when it is gone."""
    gc.disable()  # until what is imported stays for good: there is next to no garbage in it
    sys.path.insert(0, sys.argv[2])  # this side of the sandbox uses the released modules, too
    from grader.sandbox import wire
    from grader.sandbox.guest import confine
    from grader.sandbox.guest.prepared import Prepared
    from grader.sandbox.guest.serving import serve
    from grader.sandbox.guest.submission import Submission
    from grader.sandbox.limits import Limits

    control = socket.socket(fileno=int(sys.argv[1]))
    isolated = sys.argv[3] == "isolated"
    shell = warm_up(Path(sys.argv[2]))
    confine.warm_up()
    prepared = Prepared()
    wire.send(control, {"ready": True, "layers": confine.layers() if isolated else {}})
    poll = select.poll()
    poll.register(control, select.POLLIN)
    submission: Submission | None = None
    begun = 0
    while True:
        ready = {descriptor for descriptor, _event in poll.poll()}
        if submission is not None and submission.pidfd in ready:
            poll.unregister(submission.pidfd)
            submission.close()
            submission = None
            wire.send(control, {"gone": True})
        if control.fileno() not in ready:
            continue
        try:
            request, descriptor = wire.receive_with_descriptor(control)
        except wire.WireClosed:
            return
        if request["do"] == "prepare":
            prepared.prepare(shell, request)
            # What is there now stays for ever: a collection in a fork need not visit it, and so
            # does not copy its pages.
            gc.freeze()
            gc.enable()
            wire.send(control, {"prepared": True})
        elif request["do"] == "start" and descriptor is not None:
            begun += 1
            if begun == _FEW:
                _into_large_pages()
            limits = Limits(**request["limits"])
            limit_exercise = functools.partial(confine.limit_exercise, limits)
            with socket.socket(fileno=descriptor) as channel:
                submission = confine.fork_confined(
                    limits,
                    functools.partial(serve, channel, shell, prepared, limit_exercise),
                    keep_fds=(descriptor,),
                    isolated=isolated,
                )
            poll.register(submission.pidfd, select.POLLIN)
        elif request["do"] == "kill" and submission is not None:
            submission.kill()


if __name__ == "__main__":
    main()
