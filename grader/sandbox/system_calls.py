"""The few Linux system calls that isolation needs and Python's standard library lacks.

No binding on PyPI offers them together: ``os.unshare`` and ``os.setns`` came with Python 3.12 only,
and nothing kept wraps ``mount`` and ``capset`` for both x86_64 and aarch64.  So these are thin
``ctypes`` calls of the C library, each with the kernel's own name and an ``OSError`` on failure.
The module can be imported on any system; a call fails where the system is not Linux.
"""

from __future__ import annotations

import ctypes
import functools
import os
import signal
import struct
import sys
from collections.abc import Collection
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_MOVE = 8192
MS_REC = 16384
MS_PRIVATE = 1 << 18

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_CAPABILITY_VERSION_3 = 0x20080522
_CAPABILITY_HEADER = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
_NO_CAPABILITIES = bytes(24)  # effective, permitted, inheritable, twice 32 bits


@functools.cache
def libc() -> ctypes.CDLL:
    """The C library, with ``errno`` kept, and the types of what is called for each submission."""
    library = ctypes.CDLL(None, use_errno=True)
    text, number = ctypes.c_char_p, ctypes.c_ulong
    if hasattr(library, "prctl"):
        library.prctl.argtypes = [ctypes.c_int, number, number, number, number]
    library.mount.argtypes = [text, text, text, number, text]
    return library


def check(result: int, what: str) -> int:
    """Turn the C convention (-1 and ``errno``) into an ``OSError`` that names the call."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces in ``flags`` for new ones (pid: for the next child)."""
    check(libc().unshare(ctypes.c_int(flags)), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Join the namespace that ``descriptor`` refers to."""
    check(libc().setns(ctypes.c_int(descriptor), ctypes.c_int(kind)), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """``mount(2)``."""
    result = libc().mount(
        source.encode(), target.encode(), kind.encode() or None, flags, options.encode() or None
    )
    if result == -1:
        check(result, f"mount on {target}")


def end_with_parent() -> None:
    """Let the kernel kill this process when the thread that started it ends; on Linux only."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """``prctl(2)`` with up to two arguments; the rest are zero."""
    if libc().prctl(option, first, second, 0, 0) == -1:
        check(-1, f"prctl {option}")


def drop_capabilities() -> None:
    """Give up every capability, for this process and all that it will ever start."""
    call = libc().prctl
    number = 0
    while call(PR_CAPBSET_DROP, number, 0, 0, 0) == 0:  # up to the last one that this kernel knows
        number += 1
    call(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    check(libc().capset(_CAPABILITY_HEADER, _NO_CAPABILITIES), "capset")


def map_own_ids(inside: int, outside_user: int, outside_group: int) -> None:
    """Map one user and one group into the user namespace that this process has entered."""
    write("/proc/self/setgroups", b"deny")  # before an unprivileged process may map a group
    write("/proc/self/uid_map", b"%d %d 1" % (inside, outside_user))
    write("/proc/self/gid_map", b"%d %d 1" % (inside, outside_group))


def write(path: str, text: bytes) -> None:
    """Write to one of the kernel's files, in one go, as it wants it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text)
    finally:
        os.close(descriptor)


def address_space() -> int:
    """Bytes of address space that this process uses now, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def kernel_version() -> tuple[int, int]:
    """The kernel's version, as (major, minor)."""
    major, minor = os.uname().release.split(".")[:2]
    return int(major), int("".join(c for c in minor if c.isdigit()) or 0)


def close_all_but(keep: Collection[int]) -> None:
    """Close every descriptor but these; what is not kept of 0, 1 and 2 leads to /dev/null."""
    lowest = 0
    for descriptor in sorted(keep):
        if lowest < descriptor:
            os.closerange(lowest, descriptor)
        lowest = descriptor + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))
    for standard in {0, 1, 2}.difference(keep):
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != standard:  # a lower number was free
            os.dup2(nowhere, standard)
            os.close(nowhere)
        os.set_inheritable(standard, True)
