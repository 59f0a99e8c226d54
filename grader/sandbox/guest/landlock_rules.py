"""Landlock: which files a submission may read and write, whatever its mounts would allow.

The package ``landlock`` (1.0.0.dev5) was considered and does not serve: it knows the file rules
of ABI 5 only (neither TCP nor signal scoping), keeps the rule set's descriptor open, and takes a
stale ``errno`` of any earlier ctypes call for a failure of its own. ``sandlock`` demands ABI 6
(Linux 6.12), which the current long-term distributions do not have. Landlock is three system
calls whose numbers are the same on every architecture, so they are made here.

Everything is best effort by the kernel's ABI version; ``describe`` says what is in force.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import system_calls

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
# Rights that a rule on a file, not on a folder, may carry.
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

_BIND_TCP, _CONNECT_TCP = 1, 2
_SCOPE_ABSTRACT_SOCKETS, _SCOPE_SIGNALS = 1, 2


class _RulesetAttr(ctypes.Structure):
    _fields_ = [
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _PathBeneathAttr(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what a packed structure means, said aloud for Python 3.14
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def _syscall(number: int, *arguments: object) -> int:
    return int(system_calls.libc().syscall(ctypes.c_long(number), *arguments))


def _checked(name: str, number: int, *arguments: object) -> int:
    return system_calls.check(_syscall(number, *arguments), f"landlock_{name}")


@functools.cache
def abi() -> int:
    """The kernel's Landlock ABI version; 0 where there is none."""
    if not hasattr(os, "uname") or os.uname().sysname != "Linux":
        return 0
    version = _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    return max(version, 0)


def describe() -> str:
    """What this kernel's Landlock enforces, in words."""
    if not (version := abi()):
        return "not in force: this kernel has no Landlock"
    parts = ["files"]
    if version >= 4:
        parts.append("TCP")
    if version >= 6:
        parts.append("signals")
    return f"ABI {version}: {', '.join(parts)}"


def _file_rights(version: int) -> int:
    """Every file right that ``version`` of the ABI can refuse."""
    rights = (1 << 13) - 1
    for since, right in ((2, 1 << 13), (3, _TRUNCATE), (5, _IOCTL_DEV)):
        if version >= since:
            rights |= right
    return rights


class PathRules:
    """Rules for paths that are opened once, to be put in force in any number of forks.

    A fork calls :meth:`close` when it has called :func:`restrict_files`.

    Parameters:
        readable: the files and folders that can be read; what is not there is left out.
    """

    def __init__(self, readable: Iterable[Path]) -> None:
        self.rules: list[_PathBeneathAttr] = []
        for path in readable if abi() else ():
            with contextlib.suppress(FileNotFoundError):
                self.rules.append(_rule(str(path), _READ))

    @property
    def descriptors(self) -> list[int]:
        """What was opened."""
        return [rule.parent_fd for rule in self.rules]

    def close(self) -> None:
        """Close what was opened."""
        for descriptor in self.descriptors:
            os.close(descriptor)


def _rule(path: str, rights: int) -> _PathBeneathAttr:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _OF_A_FILE
    return _PathBeneathAttr(rights, descriptor)


def _restrict(attributes: _RulesetAttr, rules: Iterable[_PathBeneathAttr]) -> None:
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(abi(), ctypes.sizeof(_RulesetAttr))
    zero = ctypes.c_uint32(0)
    described = (ctypes.byref(attributes), ctypes.c_size_t(size))
    ruleset = _checked("create_ruleset", _CREATE_RULESET, *described, zero)
    try:
        number, kind = ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH)
        for rule in rules:
            _checked("add_rule", _ADD_RULE, number, kind, ctypes.byref(rule), zero)
        _checked("restrict_self", _RESTRICT_SELF, number, zero)
    finally:
        os.close(ruleset)


def restrict_files(known: PathRules, readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow reading of some paths, everything beneath ``writable``, and nothing else.

    Also refuses TCP and signals to other processes than one's own descendants, where the kernel
    can. ``no_new_privs`` must be set. Does nothing where there is no Landlock.

    Args:
        known: what can be read, opened before.
        readable: what else can be read; it may have been mounted since.
        writable: folders where everything is allowed but programs and device nodes.
    """
    version = abi()
    if not version:
        return
    everything = _file_rights(version)
    attributes = _RulesetAttr(
        everything,
        _BIND_TCP | _CONNECT_TCP if version >= 4 else 0,
        _SCOPE_ABSTRACT_SOCKETS | _SCOPE_SIGNALS if version >= 6 else 0,
    )
    # Device nodes and programs have no business in a folder that students write to.
    of_writable = everything & ~(_EXECUTE | _IOCTL_DEV | 1 << 6 | 1 << 11)
    own = [_rule(path, _READ) for path in readable]
    own += [_rule(path, of_writable) for path in writable]
    own.append(_rule("/dev/null", _READ_FILE | _WRITE_FILE))
    _restrict(attributes, [*known.rules, *own])
    for rule in own:
        os.close(rule.parent_fd)


def restrict_signals() -> None:
    """Refuse signals to any process but this one's own later descendants, where the kernel can."""
    if abi() >= 6:
        _restrict(_RulesetAttr(0, 0, _SCOPE_SIGNALS), [])
