"""The host's side of the sandbox: warm workers, which fork one submission at a time."""

from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.paths import CODE, DATASETS, PROJECT, RELEASE, SOURCE, UTILS, course_root
from grader.sandbox import wire
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.session import Session
from grader.sandbox.limits import Limits
from grader.text.terminal import CannotGoOn

START_SECONDS = 60.0

_ATTEMPTS = 3
_SHOWN = ("__init__.py", "language.py", "sentences.py", "checks")
"""What of the package ``course`` the sandbox's side needs, where no release folder has it whole."""


@dataclass(frozen=True)
class Preparation:
    """What a worker gets ready before it forks submissions. None of it is believed to stay secret.

    Attributes:
        imports: modules that notebooks are likely to import.
        setup: source to run: the assignment's own imports.
        cases: for each function the arguments of its cases, encoded as plain data.
        guarded: where notebooks bring their own tests, the packages that these rely on; None where
            they bring none.
        folder: where the modules lie that such notebooks find beside them.
    """

    imports: Sequence[str] = ()
    setup: str = ""
    cases: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    guarded: Sequence[str] | None = None
    folder: str = ""


class SandboxError(CannotGoOn):
    """The sandbox itself does not work here; the message says what to do."""


class Worker:
    """A warm process that forks one submission at a time.

    Parameters:
        assignment: the assignment whose released modules notebooks import.
        limits: what a submission may use.
        isolated: whether to isolate; False is ``--no-sandbox``.
        readable: other files that submissions may read.

    Raises:
        SandboxError: isolation is asked for and does not work here.
    """

    def __init__(
        self,
        assignment: str,
        limits: Limits | None = None,
        isolated: bool = True,
        readable: Sequence[Path] = (),
    ) -> None:
        self.assignment = assignment
        self.limits = limits or Limits()
        self.isolated = isolated
        self.readable = readable
        self.layers: dict[str, str] = {}
        self.preparation = Preparation()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._is_warm = False
        self._is_ending = False
        self._scratch: str | None = None
        if isolated:
            reason = bubblewrap.why_unavailable()
            if reason:
                raise SandboxError(reason)

    def begin(self) -> None:
        """Start the process and do not wait: it gets warm while the caller does something else."""
        if self._process is None:
            self._launch()

    def start(self) -> None:
        """Start the process, if it does not run, and wait until it is warm.

        Raises:
            SandboxError: it does not start, however often that is tried.
        """
        if self._runs():
            return
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                if self._is_warm or self._process is None:
                    self._launch()
                self._wait_until_warm()
                return
            except SandboxError:  # where memory is short, the kernel may have killed it
                if attempt == _ATTEMPTS:
                    raise

    def _runs(self) -> bool:
        return self._is_warm and self._process is not None and self._process.poll() is None

    def _launch(self) -> None:
        self.close()
        ours, theirs = socket.socketpair()
        modules = RELEASE / self.assignment
        shown = [modules]
        if not (modules / "course").is_dir():  # another course's: what this side needs, and no more
            modules = UTILS
            shown = [UTILS / "course" / part for part in _SHOWN]
        command = bubblewrap.module_command(
            CODE,
            "grader.sandbox.guest.worker",
            *(str(theirs.fileno()), str(modules), "isolated" if self.isolated else "open"),
        )
        environment = {
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "MPLBACKEND": "Agg",
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
        }
        fonts = _font_list()
        if fonts is not None:
            environment["FONT_LIST"] = str(fonts)
        if self.isolated:
            readable = [*bubblewrap.guest_modules(), *shown, *self.readable]
            readable += [place for place in (fonts, DATASETS) if place and place.exists()]
            command = bubblewrap.worker_command(
                command,
                readable=readable,
                environment=environment,
                # Outside a course, PROJECT is where one stands: perhaps a folder of the system's.
                hidden=[CODE, *([PROJECT, course_root()] if SOURCE.is_dir() else [])],
            )
        else:
            self._scratch = tempfile.mkdtemp(prefix="grader-")
            environment |= {"HOME": self._scratch, "PATH": os.environ.get("PATH", "")}
        with theirs:
            self._process = subprocess.Popen(
                command,
                env=environment,
                cwd=self._scratch or "/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._control = ours

    def _wait_until_warm(self) -> None:
        assert self._process is not None and self._control is not None
        try:
            answer = wire.receive(self._control, time.monotonic() + START_SECONDS)
            self._send_preparation()
        except wire.WireError as error:
            self._process.kill()
            said = self._process.communicate()[1].decode(errors="replace").strip()
            self.close()
            last = said.splitlines()[-1] if said else str(error)
            raise SandboxError(
                f"the sandboxed worker does not start, after {_ATTEMPTS} attempts: {last} (where "
                "memory is short, grade fewer submissions at the same time: --jobs 1)"
            ) from error
        self._is_warm = True
        self.layers = answer.get("layers", {})
        # Nothing reads what the worker prints from here on.
        if self._process.stderr is not None:
            self._process.stderr.close()

    def prepare(self, preparation: Preparation) -> None:
        """Start the process, if it does not run, and get it ready for submissions of one kind.

        Parameters:
            preparation: what it needs; the same again costs nothing.
        """
        if preparation != self.preparation:
            self.preparation = preparation
            self._see_off()
            if self._runs():
                try:
                    self._send_preparation()
                except wire.WireError:
                    self.close()  # and start again
        self.start()

    def _send_preparation(self) -> None:
        assert self._control is not None
        until = time.monotonic() + START_SECONDS
        request = {"do": "prepare", **vars(self.preparation), "cases": {**self.preparation.cases}}
        wire.send(self._control, request, deadline=until)
        while "prepared" not in wire.receive(self._control, until):
            pass

    @property
    def process_id(self) -> int | None:
        """The process id of the worker (of bubblewrap, where it is isolated)."""
        return self._process.pid if self._process else None

    def open(self) -> Session:
        """Fork a fresh process for a submission."""
        for attempt in (1, 2):
            self._see_off()
            self.start()
            assert self._control is not None
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    wire.send(
                        self._control,
                        {"do": "start", "limits": dataclasses.asdict(self.limits)},
                        theirs.fileno(),
                        deadline=time.monotonic() + 10,
                    )
                return Session(ours, self.limits, self.isolated, self.end_submission)
            except wire.WireError:
                ours.close()
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def end_submission(self) -> None:
        """Kill the submission that runs, and all its processes.

        They are gone before the next one is forked; nobody waits for that meanwhile.
        """
        if self._control is None:
            return
        try:
            wire.send(self._control, {"do": "kill"}, deadline=time.monotonic() + 5)
            self._is_ending = True
        except wire.WireError:
            self.close()

    def _see_off(self) -> None:
        """Wait until the last submission is gone."""
        if self._is_ending and self._control is not None:
            try:
                while "gone" not in wire.receive(self._control, time.monotonic() + 5):
                    pass
                self._is_ending = False
            except wire.WireError:
                self.close()

    def close(self) -> None:
        """End the worker and everything below it."""
        self._is_ending = self._is_warm = False
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
            self._process = None
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _font_list() -> Path | None:
    """Matplotlib's list of this user's fonts, if it has made one, where Matplotlib keeps it.

    A worker that has to make its own takes a fifth of a second more to start.
    """
    own = os.environ.get("MPLCONFIGDIR")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(own) if own else Path(cache) / "matplotlib"
    lists = sorted(folder.glob("fontlist-v*.json"), key=lambda path: path.stat().st_mtime)
    return lists[-1].absolute() if lists else None
