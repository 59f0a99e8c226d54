"""Fork a submission off a warm worker, into a place from which it can reach nothing.

``warm_up`` is called once in the worker that bubblewrap started, ``fork_confined`` once for each
submission, ``limit_exercise`` in each fork that a submission makes of itself. The child of
``fork_confined`` is the first process of a process namespace of its own: killing it kills all that
it ever started, and nothing inside can kill it. By the time it runs its task it has

* its own user, process, mount and IPC namespaces, in the worker's empty network,
* a small private tmpfs on ``/tmp``, the only place that can be written, and an almost empty
  ``/proc``,
* none of the worker's descriptors but those it was given,
* rlimits, no capabilities and no way to new ones, Landlock, and the seccomp filter.

What the worker holds in memory, its fork can read: a worker must never be told a secret.

Without isolation (``isolated=False``) the same call gives a fork with a process group, rlimits and
a temporary folder of its own, which keeps accidents small but stops no attack.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader.sandbox import seccomp_filter, system_calls
from grader.sandbox.guest import landlock_rules, private_folders, resource_limits
from grader.sandbox.guest.submission import Submission
from grader.sandbox.limits import Limits
from grader.sandbox.system_calls import close_all_but

READABLE_VARIABLE = "GRADER_SANDBOX_READABLE"
"""Set by bubblewrap.worker_command: all that the worker can read, for the Landlock rules."""

SCRATCH = Path("/tmp")
"""Where the private folder of an isolated submission is."""

_STUDENT = 1000  # the user that a submission sees itself as
_BASE = "student"
_HOME = "home"
_READY = "ready"


class IsolationError(RuntimeError):
    """A submission could not be isolated, so nothing of it was run."""


@dataclass(frozen=True)
class _Worker:
    """What a prepared worker knows about its place."""

    own_pid_namespace: int
    base: Path
    kept: tuple[Path, ...]
    rules: landlock_rules.PathRules


_worker: _Worker | None = None
_confined = False  # whether this process is a submission with every layer in force


def warm_up() -> None:
    """Make this process able to fork isolated submissions; nothing, unless bubblewrap started it.

    What forking needs is then there once and for all: the compiled filter, the own namespace.
    """
    global _worker
    if _worker is not None or READABLE_VARIABLE not in os.environ:
        return
    if reason := seccomp_filter.why_unavailable():
        raise IsolationError(reason)
    readable = [Path(path) for path in json.loads(os.environ.pop(READABLE_VARIABLE))]
    seccomp_filter.compiled()
    _worker = _Worker(
        own_pid_namespace=os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC),
        base=private_folders.free_place(SCRATCH / _BASE, readable),
        kept=private_folders.hidden(SCRATCH, readable),
        rules=landlock_rules.PathRules([*readable, Path("/dev")]),
    )
    _describe_home(_worker.base / _HOME)


def layers() -> dict[str, str]:
    """What is in force for isolated submissions on this machine, layer by layer, in words."""
    return {
        "bubblewrap": "read-only system, no network, own processes",
        "namespaces": "user, processes, mounts and IPC of each submission its own",
        "landlock": landlock_rules.describe(),
        "seccomp": seccomp_filter.describe(),
        "rlimits": "CPU, memory, processes, open files, file size",
    }


def limit_exercise(limits: Limits, seconds: float) -> None:
    """Confine a fork of the submission further: its own CPU time, and no signals to the others.

    Parameters:
        limits: those of the submission.
        seconds: wall clock that the exercise has.
    """
    resource_limits.apply_to_exercise(limits, seconds)
    if _confined:
        landlock_rules.restrict_signals()


def fork_confined(
    limits: Limits,
    run: Callable[[], None],
    keep_fds: Collection[int] = (),
    *,
    isolated: bool = True,
) -> Submission:
    """Fork, confine the child, and call ``run`` in it; returns in the parent only.

    ``run`` finds itself in an empty folder, with every descriptor closed but ``keep_fds`` (the
    standard streams lead to ``/dev/null`` unless they are kept). When it returns the child exits
    with status 0, after an exception with status 1. The parent waits the few milliseconds that
    confining takes, so that a submission either runs with every layer or not at all.

    Raises:
        IsolationError: a layer could not be put in force.
    """
    if isolated and _worker is None:
        warm_up()
        if _worker is None:
            raise IsolationError("Isolated submissions need a worker that bubblewrap started.")
    worker = _worker if isolated else None
    scratch = SCRATCH if isolated else Path(tempfile.mkdtemp(prefix="submission-"))
    idle_bytes = system_calls.address_space()
    answer_read, answer_write = os.pipe()
    try:
        pid = os.fork() if worker is None else _fork_into_pid_namespace(worker)
    except OSError as error:
        os.close(answer_read)
        os.close(answer_write)
        raise IsolationError(f"The submission could not be forked: {error}.") from error
    if pid == 0:
        _live(limits, idle_bytes, run, keep_fds, scratch, answer_write, worker)
    os.close(answer_write)
    submission = Submission(pid, group=not isolated, folder=None if isolated else scratch)
    with open(answer_read, "rb") as stream:
        answer = stream.read().decode(errors="replace")
    if answer != _READY:
        submission.close()
        raise IsolationError(f"The submission was not isolated: {answer or 'it died early'}")
    return submission


def _fork_into_pid_namespace(worker: _Worker) -> int:
    """Fork a child that is the first process of a new process namespace.

    Unsharing here and coming back, rather than in the child, saves a second fork, and the
    submission is the worker's own child, whose end it can wait for.
    """
    system_calls.unshare(system_calls.CLONE_NEWPID)
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid != 0:
            system_calls.setns(worker.own_pid_namespace, system_calls.CLONE_NEWPID)
    return pid


def _live(
    limits: Limits,
    idle_bytes: int,
    run: Callable[[], None],
    keep: Collection[int],
    scratch: Path,
    answer: int,
    worker: _Worker | None,
) -> NoReturn:
    """The child's whole life; without isolation where there is no worker."""
    status = 1
    try:
        try:
            rules = worker.rules.descriptors if worker is not None else ()
            close_all_but({*keep, answer, *rules})
            signal.set_wakeup_fd(-1)
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
            os.setsid()
            os.umask(0o077)
            _enter_submission(limits, idle_bytes, scratch, worker)
            os.write(answer, _READY.encode())
        except BaseException as error:
            os.write(answer, f"{type(error).__name__}: {error}".encode())
            raise
        os.close(answer)
        run()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        # Not sys.exit: the worker's own clean-up is not the child's to run.
        os._exit(status)


def _enter_submission(
    limits: Limits, idle_bytes: int, scratch: Path, worker: _Worker | None
) -> None:
    """Put every layer in force for this process, which ``fork_confined`` made. No way back.

    Whatever can be found out or written beforehand was, in the worker: each page of memory that is
    touched here is copied first.
    """
    global _confined
    base = scratch if worker is None else worker.base
    if worker is not None:
        _enter_namespaces()
        private_folders.mount(limits, scratch, base, worker.kept)
    home = f"{base}/{_HOME}"
    os.mkdir(home)
    os.chdir(home)
    tempfile.tempdir = None  # the worker may have asked already
    if worker is None:
        _describe_home(Path(home))
    else:
        system_calls.drop_capabilities()
        system_calls.prctl(system_calls.PR_SET_NO_NEW_PRIVS, 1)
        landlock_rules.restrict_files(worker.rules, ["/proc"], [str(scratch), "/dev/shm"])
        worker.rules.close()
    resource_limits.apply(limits, idle_bytes=idle_bytes, count_processes=worker is not None)
    if worker is not None:
        seccomp_filter.load()
        _confined = True


def _enter_namespaces() -> None:
    system_calls.unshare(
        system_calls.CLONE_NEWUSER | system_calls.CLONE_NEWNS | system_calls.CLONE_NEWIPC
    )
    # The worker is user 0 of its own namespace; as which user that runs outside is not seen here.
    system_calls.map_own_ids(_STUDENT, outside_user=0, outside_group=0)
    with contextlib.suppress(OSError):
        # Where memory runs out all the same, a submission is what goes first.
        system_calls.write("/proc/self/oom_score_adj", b"1000")


def _describe_home(home: Path) -> None:
    """Point everything that looks for a place to write at the private folder."""
    for name in ("HOME", "TMPDIR", "TMP", "TEMP", "PWD", "XDG_RUNTIME_DIR"):
        os.environ[name] = str(home)
    for name, folder in (
        ("MPLCONFIGDIR", "matplotlib"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("IPYTHONDIR", "ipython"),
        ("JUPYTER_CONFIG_DIR", "jupyter"),
    ):
        os.environ[name] = str(home / f".{folder}")
    os.environ["USER"] = os.environ["LOGNAME"] = "student"  # there is no /etc/passwd to look in


def _try_it() -> None:
    """Isolate a task that does nothing; an exception where that does not work."""
    warm_up()
    with fork_confined(Limits(), lambda: None) as submission:
        if status := submission.wait():
            raise IsolationError(f"An empty submission ended with status {status}.")


if __name__ == "__main__":
    _try_it()
