"""The mounts of one submission: a private folder to write to, and next to nothing in /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import kernel
from grader.sandbox.limits import Limits

_MIB = 1024 * 1024
# Facts about the machine that numerical libraries look up; the rest of /proc is hidden.
_PROC_KEPT = ("cpuinfo", "meminfo", "stat", "filesystems", "version")


def mount(limits: Limits, scratch: Path, kept: Iterable[Path]) -> None:
    """Lay an empty writable folder over ``scratch`` and an almost empty one over ``/proc``.

    Args:
        limits: how large the writable folder may grow.
        scratch: where it is mounted; the process must be in its own mount namespace.
        kept: what lies beneath ``scratch`` and must stay visible.
    """
    harmless = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)

    # A virtual environment beneath the folder must stay visible.
    place = str(scratch)
    opened = [(os.open(path, os.O_PATH | os.O_CLOEXEC), path) for path in kept]
    options = f"size={2 * limits.file_mb * _MIB},nr_inodes=4096,mode=700"
    kernel.mount("scratch", place, "tmpfs", harmless, options)
    for descriptor, path in opened:
        origin = Path(f"/proc/self/fd/{descriptor}")
        _make_mount_point(path, is_folder=origin.is_dir())
        kernel.mount(str(origin), str(path), flags=kernel.MS_BIND | kernel.MS_REC)
        os.close(descriptor)

    # multiprocessing keeps its locks here; what they take counts as scratch.
    shared = f"{place}/.shm"
    os.mkdir(shared)
    kernel.mount(shared, "/dev/shm", flags=kernel.MS_BIND)

    # The worker's /proc shows the worker. Mounting a fresh one is often refused inside a
    # container, and nothing that an exercise needs is in it.
    hidden = f"{place}/.proc"
    os.mkdir(hidden)
    kernel.mount("proc", hidden, "tmpfs", harmless, "size=64k,nr_inodes=16,mode=755")
    for name in _PROC_KEPT:
        os.close(os.open(f"{hidden}/{name}", os.O_CREAT | os.O_CLOEXEC))
        kernel.mount(f"/proc/{name}", f"{hidden}/{name}", flags=kernel.MS_BIND)
    read_only = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | harmless
    kernel.mount("proc", hidden, flags=read_only)
    kernel.mount(hidden, "/proc", flags=kernel.MS_MOVE)
    os.rmdir(hidden)


def _make_mount_point(path: Path, *, is_folder: bool) -> None:
    if is_folder:
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
