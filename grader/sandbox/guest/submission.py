"""A running submission, as the worker that forked it sees it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from pathlib import Path


class Submission:
    """The process of one submission, with everything that it started.

    Attributes:
        pid: the process, in the worker's numbering.
        pidfd: a descriptor that becomes readable when the process has ended, for ``poll``; -1 on
            systems other than Linux and once closed.
    """

    def __init__(self, pid: int, *, group: bool = False, folder: Path | None = None) -> None:
        """Take charge of a forked process.

        Args:
            pid: a child of this process.
            group: kill the process group, for want of a process namespace.
            folder: a temporary folder to remove at the end.
        """
        self.pid = pid
        self.pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        self._group = group
        self._folder = folder
        self._status: int | None = None

    def wait(self) -> int:
        """Wait for the end; returns the exit status, or the signal's number negated.

        In a process namespace, whatever the process started is gone by then.
        """
        if self._status is None:
            if self._group and hasattr(os, "waitid"):
                # Look without reaping: the group's number is ours only as long as its leader's is.
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
                self._kill_group()
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def kill(self) -> None:
        """Kill it and all that it started, at once; ``wait`` or ``pidfd`` tells when it is done.

        SIGKILL to the first process of a process namespace makes the kernel kill all the others.
        """
        if self._status is not None:
            return
        if self._group:
            self._kill_group()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)  # no child of ours loses its pid before wait

    def close(self) -> None:
        """Kill what still runs, wait for it, and give back descriptor and folder."""
        self.kill()
        self.wait()
        if self.pidfd >= 0:
            os.close(self.pidfd)
            self.pidfd = -1
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Submission:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
