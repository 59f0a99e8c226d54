"""nbgrader's commands as processes of their own, forked from one that has imported them.

A command of its own takes a second and a half to start, a fork a few milliseconds.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.paths import PROJECT

_SERVER = """
import json, os, sys, tempfile, traceback
import nbgrader.apps.nbgraderapp, grader.cli.main, grader.plugin.autograde, grader.plugin.exchange
import grader.plugin.feedback, grader.classes.autograde, grader.judging.judge

for line in sys.stdin:
    asked = json.loads(line)
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            status = 99
            try:
                os.dup2(said.fileno(), 1), os.dup2(said.fileno(), 2)
                sys.stdin.close()
                if asked["user"]:
                    os.setgroups([]), os.setgid(asked["user"]), os.setuid(asked["user"])
                os.environ.clear()
                os.environ.update(asked["environment"])
                os.chdir(asked["folder"])
                os.umask(0o022)
                sys.argv = asked["command"]
                if sys.argv[0] == "nbgrader":
                    nbgrader.apps.nbgraderapp.main()
                    status = 0
                else:
                    status = grader.cli.main.main(sys.argv[1:])
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else int(bool(end.code))
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush(), sys.stderr.flush()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    print(json.dumps({"status": status, "said": text}), flush=True)
"""


@dataclass(frozen=True)
class Done:
    """What came of a command: its exit status, and all that it said."""

    status: int
    said: str


class Commands:
    """Runs commands, one after another."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def run(
        self,
        *command: str,
        folder: Path = PROJECT,
        environment: Mapping[str, str],
        user: int | None = None,
    ) -> Done:
        """Run ``nbgrader ...`` or ``grader ...``.

        Parameters:
            command: its words.
            folder, environment: where, and with which variables alone.
            user: as which user of the system; this one where None.
        """
        asked: dict[str, Any] = {"command": command, "folder": str(folder), "user": user}
        assert self._server.stdin is not None and self._server.stdout is not None
        print(
            json.dumps(asked | {"environment": dict(environment)}),
            file=self._server.stdin,
            flush=True,
        )
        return Done(**json.loads(self._server.stdout.readline()))


@contextlib.contextmanager
def command_server() -> Iterator[Commands]:
    """Whoever runs commands, as long as they are needed."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            yield Commands(server)
        finally:
            assert server.stdin is not None
            server.stdin.close()
