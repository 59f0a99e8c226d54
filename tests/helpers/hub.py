"""The hub of ``make hub``, with people of its own, for the tests that walk through a class."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.paths import PROJECT
from tests.helpers.browser import code_cell, require_browser, solve

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def require_hub() -> None:
    """Skip where a hub with Unix users cannot be started; where ``CI=true``, fail."""
    problem = ""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        problem = "a hub with Unix users is started by root alone"
    elif importlib.util.find_spec("jupyterhub") is None:
        problem = "JupyterHub is not installed: make .venv/hub-installed"
    elif not _proxy():
        problem = "configurable-http-proxy is not installed: make .venv/hub-installed"
    elif shutil.which("useradd") is None:
        problem = "there is no useradd on this machine"
    else:
        try:
            demo_module().interpreter_for_all()
        except RuntimeError as error:
            problem = str(error)
    if problem and os.environ.get("CI") == "true":
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    require_browser()


def _proxy() -> bool:
    beside = PROJECT / ".venv" / "node" / "node_modules" / ".bin" / "configurable-http-proxy"
    return beside.exists() or shutil.which("configurable-http-proxy") is not None


def demo_module() -> types.ModuleType:
    """deploy/jupyterhub/demo.py, which is no part of a package."""
    path = PROJECT / "deploy" / "jupyterhub" / "demo.py"
    spec = importlib.util.spec_from_file_location("hub_demo", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hub_demo"] = module  # where its dataclass looks for itself
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Hub:
    """A hub that runs.

    Attributes:
        address: where it answers.
        demo: where everything lies, and who is there.
        log: what it said.
    """

    address: str
    demo: Any
    log: Path
    password: str
    course: str

    def account(self, who: str) -> str:
        """The name of a student's account, or ``teacher``'s."""
        return f"{self.demo.prefix}{who}"

    def home(self, who: str) -> Path:
        """Somebody's home."""
        home: Path = self.demo.home(self.account(who))
        return home

    @property
    def place(self) -> Path:
        """The folder of the class."""
        return self.home("course") / "class"

    def log_in(self, page: Page, who: str, path: str) -> None:
        """Open a page of the hub, and log in on the way."""
        page.goto(f"{self.address}{path}")
        page.fill("#username_input", self.account(who))
        page.fill("#password_input", self.password)
        page.click("#login_submit")

    def lab(self, who: str, path: str = "") -> str:
        """The path of somebody's JupyterLab."""
        return f"/user/{self.account(who)}/lab{path}?reset"

    def write(self, who: str, path: Path, text: str) -> None:
        """Write a file in somebody's home, as its owner."""
        path.write_text(text, encoding="utf-8")
        known = pwd.getpwnam(self.account(who))
        os.chown(path, known.pw_uid, known.pw_gid)

    def run_as(self, who: str, *words: str, code: str = "") -> str:
        """Run a command, or a program, in Python as somebody; give what it says."""
        name = self.account(who)
        done = subprocess.run(
            [str(self.demo.python), *(words or ("-c", code))],
            cwd=self.home(who),
            env={
                "HOME": str(self.home(who)),
                "PATH": os.environ["PATH"],
                "JUPYTER_PLATFORM_DIRS": "1",
                "JUPYTER_CONFIG_PATH": str(self.demo.config / "students"),
                "NBGRADER_COURSE": self.course,
                "NBGRADER_EXCHANGE": str(self.demo.exchange),
            },
            user=name,
            group=name,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr


@contextlib.contextmanager
def started_hub(
    *students: str, prefix: str | None = None, released: tuple[str, ...] = ()
) -> Iterator[Hub]:
    """A hub with a teacher and students, all of whom are gone afterwards.

    Parameters:
        students: their names.
        prefix: how the names of the accounts begin; of this process alone where None.
        released: the assignments; those of ``make hub`` where none is named.
    """
    require_hub()
    module = demo_module()
    base = Path(tempfile.mkdtemp(prefix="hub-"))
    base.chmod(0o755)
    module.ASSIGNMENTS = released or module.ASSIGNMENTS
    demo = module.Demo(base, prefix or f"t{os.getpid()}-", students)
    try:
        module.prepare(demo)
        with module.running(demo, 0) as address:
            yield Hub(address, demo, base / "hub" / "hub.log", module.PASSWORD, module.COURSE)
    finally:
        module.remove(demo)


def write_notebook(hub: Hub, who: str, assignment: str, but: Mapping[str, str]) -> None:
    """A student solves the notebook, but for some functions, and asks for feedback at its end.

    Parameters:
        hub: the hub.
        who: the student, who has fetched the assignment.
        assignment: the assignment.
        but: other texts for some exercises.
    """
    path = hub.home(who) / assignment / f"{assignment}.ipynb"
    solve(path, assignments.load(assignment), but)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "submitted()" not in cell.source]
    asks = "from public_tests import submitted\nsubmitted()"
    notebook.cells.append(nbformat.v4.new_code_cell(asks))
    hub.write(who, path, nbformat.writes(notebook))


def hand_in(page: Page, hub: Hub, who: str, assignment: str) -> None:
    """Press the button, and wait until there is one more submission."""
    inbound = hub.demo.exchange / hub.course / "inbound"
    pattern = f"{hub.account(who)}+{assignment}+*/submission_secret.txt"
    before = len(list(inbound.glob(pattern)))
    row(page, "fetched", assignment).get_by_role("button", name="Submit").click()
    while len(list(inbound.glob(pattern))) == before:
        page.wait_for_timeout(100)
    row(page, "submitted", assignment).wait_for()


def show_feedback(page: Page, hub: Hub, who: str, assignment: str) -> Locator:
    """Open the notebook and run its last cell; the cell."""
    page.goto(hub.address + hub.lab(who, f"/tree/{assignment}/{assignment}.ipynb"))
    cell = code_cell(page, "submitted()")
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    return cell


def assignment_list(page: Page) -> None:
    """Open the list of assignments from JupyterLab's menu."""
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.locator(".lm-Menu").get_by_text("Assignment List", exact=True).click()


def row(page: Page, part: str, assignment: str) -> Locator:
    """The line of an assignment in a part of the list: released, fetched or submitted."""
    lines = page.locator(f"#{part}_assignments_list > .list_item")
    return lines.filter(has_text=assignment).first


def attempts_in(base: str) -> str:
    """A program that tries to read what is somebody else's, and says what it could read."""
    return f"BASE = {json.dumps(base)}" + _ATTEMPTS


_ATTEMPTS = """
import os
could = []
own = os.path.expanduser("~")
for parent, folders, names in os.walk(BASE + "/homes"):
    folders[:] = [name for name in folders if not os.path.join(parent, name).startswith(own)]
    could += [os.path.join(parent, name) for name in names]
for part in ("inbound", "feedback"):
    try:
        could += os.listdir(f"{BASE}/exchange/neural-networks-from-scratch/{part}")
    except OSError:
        pass
for path in MORE:
    try:
        open(path, "rb").read(1)
        could.append(path)
    except OSError:
        pass
for what in (f"{BASE}/exchange/neural-networks-from-scratch", f"{BASE}/exchange"):
    try:
        os.rename(what, what + "-gone")
        could.append("rename " + what)
    except OSError:
        pass
print(could)
"""
