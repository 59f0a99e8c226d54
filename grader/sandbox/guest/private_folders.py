"""The mounts of one submission: a private folder to write to, and next to nothing in /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import system_calls
from grader.sandbox.limits import Limits

_MIB = 1024 * 1024
_SHARED = Path("/dev/shm")
# Facts about the machine that numerical libraries look up; the rest of /proc is hidden.
_PROC_KEPT = ("cpuinfo", "meminfo", "stat", "filesystems", "version")


def free_place(wanted: Path, taken: Iterable[Path]) -> Path:
    """A place for a new folder where nothing lies that must stay visible.

    Args:
        wanted: the place, if it is free; else its name gets a number.
        taken: what must stay visible: the course may lie anywhere.
    """
    taken = list(taken)
    place, number = wanted, 2
    while any(path.is_relative_to(place) for path in taken):
        place = wanted.with_name(f"{wanted.name}-{number}")
        number += 1
    return place


def hidden(scratch: Path, readable: Iterable[Path]) -> tuple[Path, ...]:
    """What lies beneath the places that :func:`mount` covers, and must be shown again.

    What lies in another of these paths is shown with that one.

    Args:
        scratch: where a submission's own folder is mounted.
        readable: all that must stay visible: the course or a virtual environment may lie there.
    """
    covered = [p for p in readable if p.is_relative_to(scratch) or p.is_relative_to(_SHARED)]
    return tuple(path for path in covered if not any(one in path.parents for one in covered))


def mount(limits: Limits, scratch: Path, base: Path, kept: Iterable[Path]) -> None:
    """Lay an empty writable folder over ``scratch`` and an almost empty one over ``/proc``.

    Args:
        limits: how large the writable folder may grow.
        scratch: where it is mounted; the process must be in its own mount namespace.
        base: a folder to make in it, for what is mounted elsewhere.
        kept: what must stay visible, beneath what is mounted here, too (:func:`hidden`).
    """
    harmless = system_calls.MS_NOSUID | system_calls.MS_NODEV | system_calls.MS_NOEXEC
    system_calls.mount("none", "/", flags=system_calls.MS_REC | system_calls.MS_PRIVATE)

    opened = [(os.open(path, os.O_PATH | os.O_CLOEXEC), path) for path in kept]
    options = f"size={2 * limits.file_mb * _MIB},nr_inodes=4096,mode=700"
    system_calls.mount("scratch", str(scratch), "tmpfs", harmless, options)
    os.mkdir(base)

    # multiprocessing keeps its locks here; what they take counts as scratch.
    shared = f"{base}/shm"
    os.mkdir(shared)
    system_calls.mount(shared, str(_SHARED), flags=system_calls.MS_BIND)
    for descriptor, path in opened:
        origin = Path(f"/proc/self/fd/{descriptor}")
        _make_mount_point(path, is_folder=origin.is_dir())
        system_calls.mount(str(origin), str(path), flags=system_calls.MS_BIND | system_calls.MS_REC)
        os.close(descriptor)

    # The worker's /proc shows the worker. Mounting a fresh one is often refused inside a
    # container, and nothing that an exercise needs is in it.
    hidden = f"{base}/proc"
    os.mkdir(hidden)
    system_calls.mount("proc", hidden, "tmpfs", harmless, "size=64k,nr_inodes=16,mode=755")
    for name in _PROC_KEPT:
        os.close(os.open(f"{hidden}/{name}", os.O_CREAT | os.O_CLOEXEC))
        system_calls.mount(f"/proc/{name}", f"{hidden}/{name}", flags=system_calls.MS_BIND)
    read_only = system_calls.MS_REMOUNT | system_calls.MS_BIND | system_calls.MS_RDONLY | harmless
    system_calls.mount("proc", hidden, flags=read_only)
    system_calls.mount(hidden, "/proc", flags=system_calls.MS_MOVE)
    os.rmdir(hidden)


def _make_mount_point(path: Path, *, is_folder: bool) -> None:
    if is_folder:
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
