"""seccomp: the system calls that no exercise needs and that attacks begin with.

libseccomp, through ``pyseccomp``, writes the filter: it knows every architecture's numbers and
refuses the foreign ones (32 bit, x32). The list names what is refused, so that NumPy, SciPy and
Matplotlib may use whatever ordinary calls they like; files, processes and sockets that exist are
the business of the other layers. A refused call fails with ``EPERM``; the student's own code gets
an exception and goes on.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import tempfile
from typing import TYPE_CHECKING

from grader.sandbox import system_calls

if TYPE_CHECKING:
    import pyseccomp

_REFUSED = {
    "other processes": "ptrace process_vm_readv process_vm_writev process_madvise "
    "process_mrelease pidfd_getfd kcmp",
    "mounts": "mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount "
    "fspick mount_setattr open_tree_attr statmount listmount name_to_handle_at "
    "open_by_handle_at fanotify_init",
    "namespaces": "unshare setns",
    # Pairs of connected sockets stay: they lead nowhere but to one's own children.
    "sockets": "socket bind listen accept accept4 connect",
    # Memory that outlives its process or escapes its address space limit.
    "shared memory": "memfd_create memfd_secret shmget shmat shmctl semget semop semtimedop semctl "
    "msgget msgsnd msgrcv msgctl mq_open mq_unlink",
    "identities": "setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid "
    "setfsgid capset personality",
    "the kernel's large surfaces": "bpf perf_event_open userfaultfd io_uring_setup "
    "io_uring_enter io_uring_register keyctl add_key request_key lookup_dcookie "
    "vmsplice",
    "the machine": "kexec_load kexec_file_load reboot swapon swapoff init_module finit_module "
    "delete_module clock_settime clock_adjtime adjtimex settimeofday stime sethostname "
    "setdomainname quotactl quotactl_fd acct syslog vhangup nfsservctl uselib ustat sysfs "
    "_sysctl iopl ioperm modify_ldt vm86 vm86old mbind set_mempolicy migrate_pages move_pages",
}

# Calls that an older libseccomp may not know yet. From 424 on numbers are the same everywhere.
_NUMBERS = {
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "process_mrelease": 448,
    "statmount": 457,
    "listmount": 458,
    "open_tree_attr": 467,
}

_NEW_NAMESPACES = (
    system_calls.CLONE_NEWNS,
    system_calls.CLONE_NEWCGROUP,
    system_calls.CLONE_NEWUTS,
    system_calls.CLONE_NEWIPC,
    system_calls.CLONE_NEWUSER,
    system_calls.CLONE_NEWPID,
    system_calls.CLONE_NEWNET,
)
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_ALL_32_BITS = 0xFFFFFFFF

_FILTER_MODE = 2  # SECCOMP_MODE_FILTER
_INSTRUCTION_BYTES = 8  # of the kernel's struct sock_filter


def why_unavailable() -> str | None:
    """None where the filter can be written here, else one sentence that says what to do."""
    try:
        import pyseccomp  # noqa: F401
    except ImportError:
        return "The package pyseccomp is missing: run `pip install -r requirements.txt`."
    except (RuntimeError, OSError):
        return (
            "The library libseccomp is missing: install it "
            "(Debian, Ubuntu: `apt-get install libseccomp2`; Fedora: `dnf install libseccomp`)."
        )
    return None


def refused() -> list[str]:
    """The names of all calls that are refused whatever their arguments."""
    return [name for names in _REFUSED.values() for name in names.split()]


class _Program(ctypes.Structure):
    """The kernel's ``struct sock_fprog``: a filter as it is loaded."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


@functools.cache
def compiled() -> _Program:
    """The filter, written and compiled once in the worker; a submission only loads it."""
    with tempfile.TemporaryFile() as file:
        _written().export_bpf(file)
        file.seek(0)
        instructions = file.read()
    return _Program(len(instructions) // _INSTRUCTION_BYTES, instructions)


def _written() -> pyseccomp.SyscallFilter:
    import pyseccomp as sc

    program = sc.SyscallFilter(sc.ALLOW)
    no = sc.ERRNO(errno.EPERM)
    for name in refused():
        number = sc.resolve_syscall(sc.Arch.NATIVE, name)
        if number == -1:  # not known to this libseccomp
            number = _NUMBERS.get(name, -1)
        if number >= 0:  # a number below -1: this architecture has no such call
            program.add_rule(no, number)
    for flag in _NEW_NAMESPACES:
        program.add_rule(no, "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    # The flags of clone3 lie in memory, where no filter looks; the C library then takes clone.
    program.add_rule(sc.ERRNO(errno.ENOSYS), "clone3")
    for request in (_TIOCSTI, _TIOCLINUX):
        program.add_rule(no, "ioctl", sc.Arg(1, sc.MASKED_EQ, _ALL_32_BITS, request))
    return program


def load() -> None:
    """Put the filter in force for this process and all its descendants, for good."""
    system_calls.prctl(system_calls.PR_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(compiled()))


def describe() -> str:
    """What the filter does, in words."""
    reason = why_unavailable()
    return f"not in force: {reason}" if reason else f"{len(refused())} system calls refused"
