"""rlimits: how much one process of a submission may use."""

from __future__ import annotations

import contextlib
import math
import resource

from grader.sandbox.limits import Limits

_MIB = 1024 * 1024
_FILES_LEFT = 8
"""Descriptors kept for the exercises, where the notebook's cells open as many as they may."""


def _set(name: str, soft: int, hard: int | None = None) -> None:
    """Lower a limit, never raise it; leave out what the system does not have (macOS)."""
    number = getattr(resource, name, None)
    if number is None:
        return
    _, ceiling = resource.getrlimit(number)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(number, (soft, hard))


def apply(limits: Limits, *, idle_bytes: int, count_processes: bool) -> None:
    """Limit this process and its descendants.

    Args:
        limits: what the submission may use.
        idle_bytes: address space in use before any student code (OpenBLAS alone reserves much
            more than it touches); ``memory_mb`` comes on top. 0 where that is unknown (macOS):
            memory is not limited then.
        count_processes: whether the kernel counts processes for this submission alone. It does
            in a user namespace of its own; elsewhere it would count all of the user's.
    """
    cpu = math.ceil(limits.cpu_seconds)
    # At the first, SIGXCPU, which code may catch; a second later, SIGKILL, which it may not.
    _set("RLIMIT_CPU", cpu, cpu + 1)
    if idle_bytes:
        memory = limits.memory_mb * _MIB
        _set("RLIMIT_AS", idle_bytes + memory, idle_bytes + 2 * memory)
    _set("RLIMIT_FSIZE", limits.file_mb * _MIB)
    _set("RLIMIT_NOFILE", limits.open_files, limits.open_files + _FILES_LEFT)
    _set("RLIMIT_CORE", 0)
    _set("RLIMIT_MSGQUEUE", 0)
    if count_processes:
        _set("RLIMIT_NPROC", limits.processes)


def apply_to_exercise(limits: Limits, seconds: float) -> None:
    """Limit the CPU time of this process, the fork that runs one exercise."""
    # The wall clock stops an exercise first; this is for when nobody is there to look at it.
    cpu = min(math.ceil(limits.cpu_seconds), math.ceil(seconds) + 1)
    _set("RLIMIT_CPU", cpu, cpu + 1)


def leave_room() -> None:
    """Let this process open some more files and use as much memory again, for the exercises.

    What the cells of the notebook keep is then not taken from what an exercise may use.
    """
    for number in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS):
        _, ceiling = resource.getrlimit(number)
        resource.setrlimit(number, (ceiling, ceiling))
