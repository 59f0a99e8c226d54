"""A hub to look at: a teacher, three students, released assignments. Started by ``make hub``.

As root the people are Unix users, who are made here and can do no more than on a real hub. Without
root all servers run as you, which shows everything but who may read what.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
COURSE = "neural-networks-from-scratch"
PASSWORD = "demonstration"
ASSIGNMENTS = ("a1_numpy_basics", "a4_deep_network")
_NO_PART = (
    *(".git", ".venv", ".class_secret", "work", "submitted", "autograded", "feedback", "exports"),
    *("site", "gradebook.db*", "attempts.db*", "__pycache__", ".*_cache", ".hypothesis", "tests"),
)
_WAIT = 120


class CannotStart(RuntimeError):
    """The hub cannot be started here. The message says why and what to do."""


@dataclass(frozen=True)
class Demo:
    """Where everything lies, and who is there.

    Attributes:
        base: the folder of all that is made.
        prefix: how the names of the Unix users begin.
        students: their names, without the prefix.
    """

    base: Path
    prefix: str
    students: Sequence[str]

    @property
    def course(self) -> str:
        """The account that owns the class."""
        return f"{self.prefix}course"

    @property
    def teacher(self) -> str:
        """The teacher's account."""
        return f"{self.prefix}teacher"

    @property
    def people(self) -> list[str]:
        """Who can log in."""
        return [self.teacher, *(f"{self.prefix}{name}" for name in self.students)]

    def home(self, name: str) -> Path:
        """The home of an account."""
        return self.base / "homes" / name

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange."""
        return self.base / "exchange"

    @property
    def config(self) -> Path:
        """The configuration of the hub."""
        return self.base / "config"

    @property
    def project(self) -> Path:
        """The clone of the course, which belongs to the course account."""
        return self.home(self.course) / "project"

    @property
    def python(self) -> Path:
        """The Python with all packages, which everybody may run."""
        return self.base / "env" / "bin" / "python" if is_root() else Path(sys.executable)

    def environment(self) -> dict[str, str]:
        """What ``jupyterhub_config.py`` asks for."""
        return os.environ | {
            "HUB_COURSE": COURSE,
            "HUB_COURSE_ACCOUNT": self.course if is_root() else "",
            "HUB_TEACHERS": self.teacher,
            "HUB_PROJECT": str(self.project),
            "HUB_CLASS": str(self.home(self.course) / "class"),
            "HUB_EXCHANGE": str(self.exchange),
            "HUB_WATCHED": ASSIGNMENTS[0],
            "HUB_HOMES": str(self.base / "homes"),
        }


def is_root() -> bool:
    """Whether Unix users can be made."""
    return os.getuid() == 0


# --------------------------------------------------------------------------- what is prepared


def prepare(demo: Demo) -> None:
    """Make the accounts, the environment, the class and the exchange, as far as they are missing.

    Raises:
        CannotStart: the hub cannot be started here.
    """
    demo.base.mkdir(parents=True, exist_ok=True)
    if is_root():
        _check_reachable(demo.base)
        _make_environment(demo.base / "env")
    _make_readable(HERE, demo.config)
    (demo.base / "homes").mkdir(exist_ok=True)
    for name in (demo.course, *demo.people):
        _make_account(demo, name)
    demo.exchange.mkdir(exist_ok=True)
    demo.exchange.chmod(0o1777)
    shutil.rmtree(demo.project, ignore_errors=True)
    shutil.copytree(PROJECT, demo.project, ignore=_no_part)
    (demo.home(demo.course) / "class").mkdir(exist_ok=True)
    if is_root():
        _run("chown", f"{demo.course}:", demo.home(demo.course) / "class")
        _run("chown", "-R", f"{demo.course}:", demo.project)
    released = demo.exchange / COURSE / "outbound"
    for assignment in ASSIGNMENTS:
        if not (released / assignment).exists():
            as_course_account(demo, "-m", "nbgrader", "release_assignment", assignment)


def _make_readable(source: Path, target: Path) -> None:
    """Copy the hub's configuration to where students' servers can read their part of it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    for parent, _folders, names in os.walk(target):
        os.chmod(parent, 0o755)
        for name in names:
            os.chmod(Path(parent, name), 0o644)


def _no_part(folder: str, names: list[str]) -> set[str]:
    """What of the project's own folder is no part of a clone."""
    # What is compiled already need not be compiled again; a release holds none of it.
    inside = ("__pycache__",) if Path(folder).is_relative_to(PROJECT / "release") else ()
    patterns = _NO_PART if Path(folder) == PROJECT else inside
    return shutil.ignore_patterns(*patterns)(folder, names)


def _check_reachable(base: Path) -> None:
    for folder in (base, *base.parents):
        if not folder.stat().st_mode & 0o001:
            raise CannotStart(
                f"{folder} cannot be entered by other users, so that their servers cannot start: "
                "name another folder in the variable DEMO_HUB, such as /srv/demo-hub."
            )


def _make_environment(place: Path) -> None:
    """The packages of this Python where all users can read them, and nothing of the project."""
    if (place / "made").exists():
        return
    print(f"Copying the packages to {place} ...", flush=True)
    _copy_tree(Path(sys.prefix), place)
    for path in place.glob("lib/python*/site-packages/course.pth"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.unlink()  # it may be a link to the file that is copied
        path.write_text("".join(line for line in lines if line.startswith("import sys")))
    interpreter = interpreter_for_all()
    for name in ("python", "python3", f"python3.{sys.version_info.minor}"):
        (place / "bin" / name).unlink(missing_ok=True)
        (place / "bin" / name).symlink_to(interpreter)
    (place / "pyvenv.cfg").unlink(missing_ok=True)
    (place / "pyvenv.cfg").write_text(
        f"home = {interpreter.parent}\ninclude-system-site-packages = false\n"
    )
    place.chmod(0o755)
    if interpreter != Path(sys.executable).resolve():
        # A slightly older one may be due other editions of some packages.
        text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "python_full_version" in line]
        _run(place / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", *pins)
    (place / "made").touch()


def interpreter_for_all() -> Path:
    """A Python of this version that every user can run.

    Raises:
        CannotStart: there is none.
    """
    own = Path(sys.executable).resolve()
    for found in (own, Path(f"/usr/bin/python3.{sys.version_info.minor}")):
        readable = all(folder.stat().st_mode & 0o001 for folder in found.parents)
        if found.exists() and readable:
            return found.resolve()
    raise CannotStart(
        f"{own} cannot be run by other users: install Python 3.{sys.version_info.minor} for the "
        "whole machine (on Debian: apt-get install python3), or run `make hub` as another user."
    )


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a folder, which costs nothing on the same disk."""
    shutil.rmtree(target, ignore_errors=True)
    linked = subprocess.run(["cp", "-al", source, target], stderr=subprocess.DEVNULL)
    if linked.returncode:  # another disk
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cp", "-a", source, target], check=True)


def _make_account(demo: Demo, name: str) -> None:
    home = demo.home(name)
    if not is_root():
        home.mkdir(exist_ok=True)
        return
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        shell = "/usr/sbin/nologin" if name == demo.course else "/bin/bash"
        _run(
            "useradd", "--no-log-init", "-m", "-K", "HOME_MODE=0700", "-s", shell, "-d", home, name
        )
        if name != demo.course:
            _run("chpasswd", input=f"{name}:{PASSWORD}\n")
        return
    if Path(known.pw_dir) != home:
        raise CannotStart(
            f"There is a user {name} already, who is none of this demonstration: choose how its "
            "names begin, with --prefix."
        )


def as_course_account(demo: Demo, *words: str) -> str:
    """Run a command of the class, as the account that owns it; give what it says.

    Raises:
        CannotStart: it fails.
    """
    environment = demo.environment()
    variables = {
        "PATH": os.pathsep.join([str(demo.python.parent), environment["PATH"]]),
        "HOME": str(demo.home(demo.course)),
        "COURSE_ROOT": environment["HUB_CLASS"],
        "NBGRADER_EXCHANGE": str(demo.exchange),
        "NBGRADER_COURSE": COURSE,
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_CONFIG_PATH": "./.",
        "PYTHONPATH": os.pathsep.join([str(demo.project), str(demo.project / "utils")]),
    }
    user = {"user": demo.course, "group": demo.course, "extra_groups": []} if is_root() else {}
    done = subprocess.run(
        [demo.python, *words],
        cwd=demo.project,
        env=variables,
        capture_output=True,
        text=True,
        umask=0o022,
        **user,
    )
    if done.returncode:
        raise CannotStart(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def _run(*command: object, input: str | None = None) -> None:
    done = subprocess.run([*map(str, command)], input=input, capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


def remove(demo: Demo) -> None:
    """Remove the accounts and the folder of the demonstration, and nothing else."""
    for name in (demo.course, *demo.people) if is_root() else ():
        with contextlib.suppress(KeyError):
            if Path(pwd.getpwnam(name).pw_dir) == demo.home(name):
                _end_processes(name)
                _run("userdel", name)
    shutil.rmtree(demo.base, ignore_errors=True)


def _end_processes(name: str) -> None:
    """End the servers of an account that a hub has left behind."""
    number = pwd.getpwnam(name).pw_uid
    own = [one for one in psutil.process_iter(["uids"]) if one.info["uids"].real == number]
    for process in own:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(own, timeout=10)


# ------------------------------------------------------------------------------- the hub itself


@contextlib.contextmanager
def running(demo: Demo, wanted_port: int = 8000) -> Iterator[str]:
    """The hub, as long as it is needed; its address.

    Raises:
        CannotStart: the proxy is not installed, or the hub ends.
    """
    proxy = PROJECT / ".venv" / "node" / "node_modules" / ".bin" / "configurable-http-proxy"
    command = str(proxy) if proxy.exists() else shutil.which("configurable-http-proxy")
    if command is None:
        raise CannotStart("The proxy is missing: npm install -g configurable-http-proxy")
    ports = _free_ports(3)
    port = wanted_port if wanted_port and _is_free(wanted_port) else _free_ports(1)[0]
    address = f"http://127.0.0.1:{port}"
    state = demo.base / "hub"
    state.mkdir(mode=0o700, exist_ok=True)
    environment = demo.environment() | {"HUB_FORMGRADER": f"http://127.0.0.1:{ports[0]}"}
    log = (state / "hub.log").open("w")
    hub = subprocess.Popen(
        [
            *(demo.python, "-m", "jupyterhub", "-f", demo.config / "demo_config.py"),
            *(f"--JupyterHub.bind_url={address}", f"--JupyterHub.hub_port={ports[1]}"),
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{ports[2]}",
            f"--ConfigurableHTTPProxy.command={command}",
        ],
        cwd=state,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait_for(f"{address}/hub/health", hub, state / "hub.log")
        yield address
    finally:
        started = []  # its proxy has a session of its own
        with contextlib.suppress(psutil.Error):
            started = psutil.Process(hub.pid).children(recursive=True)
        hub.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            hub.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(hub.pid, signal.SIGKILL)
        for process in started:
            with contextlib.suppress(psutil.Error):
                process.kill()
        log.close()


def _wait_for(address: str, hub: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + _WAIT
    while time.monotonic() < ends and hub.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise CannotStart(f"The hub did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _one in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the hub, say what to open, and wait for Ctrl-C."""
    usual = "/srv/demo-hub" if is_root() else f"/tmp/demo-hub-{os.getuid()}"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=Path(os.environ.get("DEMO_HUB") or usual))
    parser.add_argument("--prefix", default="hub-", help="how the names of the accounts begin")
    parser.add_argument("--students", default="ada,bob,cy", help="with commas between them")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--remove", action="store_true", help="remove accounts and folder, and end")
    options = parser.parse_args(arguments)
    demo = Demo(options.base.resolve(), options.prefix, options.students.split(","))
    try:
        if options.remove:
            remove(demo)
            return 0
        prepare(demo)
        with running(demo, options.port) as address:
            _tell(demo, address)
            with contextlib.suppress(KeyboardInterrupt):
                signal.signal(signal.SIGTERM, signal.default_int_handler)
                while True:
                    signal.pause()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _tell(demo: Demo, address: str) -> None:
    students = ", ".join(demo.people[1:])
    print(
        f"""
The hub runs. Open {address} in two browsers (or one private window).

  Students: {students}
    JupyterLab opens. In its menu "Nbgrader", "Assignment List": fetch {ASSIGNMENTS[0]}, solve an
    exercise, hand it in with "Submit". Then run submitted() in a cell of the notebook, or press
    "Fetch Feedback" in the list.
  Teacher: {demo.teacher}
    Open {address}/services/{COURSE}/ for formgrader.
  Password of all: {PASSWORD}

  Everything lies in {demo.base}; the hub's log is hub/hub.log there.
  To remove it all, its accounts too: {sys.executable} {Path(__file__)} --remove
Ctrl-C ends the hub.
""",
        flush=True,
    )
    if not is_root():
        print("All servers run as you: start it as root to see who may read what.\n", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
