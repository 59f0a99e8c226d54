"""A real browser and a real JupyterLab for the tests that drive them.

Where a test fails, a screenshot, what the console said and the server's log are kept in
``tests/screenshots/<test>/``, or below the folder that the environment variable ``SCREENSHOTS``
names. With ``TRACE=1`` Playwright's trace of the test is kept, too (``playwright show-trace
trace.zip``); to record it takes as long again as the tests.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from grader.exercises.assignment import Assignment
from grader.paths import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Locator, Page

WAIT = 120
"""Seconds after which something is taken as never going to happen; only failures wait so long."""

# The first is a Chromium without windows, which opens a page in a fifth of the time.
_PROGRAMS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)

# What of the surroundings would change what JupyterLab, nbgrader or the course do.
_FOREIGN = ("JUPYTER", "PYTEST", "COURSE_", "NBGRADER", "IPYTHON", "MPLBACKEND", "PYTHONPATH")

_SETTINGS = {
    # JupyterLab asks on its first start whether it may show news.
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": (
        '{"fetchNews": "false", "checkForUpdates": false}'
    ),
}


# ------------------------------------------------------------------------------- the browser


def require_browser(*modules: str) -> str:
    """The program of the browser; without one the test is skipped, or fails where ``CI=true``.

    Parameters:
        modules: what the test imports besides Playwright.
    """
    problem = ""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    missing = [m for m in ("playwright", *modules) if importlib.util.find_spec(m) is None]
    if missing:
        problem = f"{missing[0]} is not installed: pip install -r tests/requirements.txt"
    elif program is None:
        problem = (
            "no Chromium was found: install one (Debian: apt-get install "
            "chromium-headless-shell), or name the program in the environment variable CHROMIUM"
        )
    if problem and os.environ.get("CI") == "true":
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    assert program is not None
    return program


@contextlib.contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window."""
    program = require_browser()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * WAIT)
    # Chromium's own sandbox does not work for root; only pages of this project are opened.
    as_root = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*as_root, "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def recorded_page(
    browser: Browser, request: pytest.FixtureRequest, log: Path | None = None, **options: Any
) -> Iterator[Page]:
    """A page of its own for one test; what it showed is kept where the test fails.

    Parameters:
        browser: the browser.
        request: pytest's request of the fixture that uses this.
        log: the log of the server, kept with the rest.
        options: of Playwright's ``new_context``, such as ``color_scheme``.
    """
    failed_before = request.session.testsfailed
    options = {"viewport": {"width": 1400, "height": 1000}} | options
    context = browser.new_context(accept_downloads=False, **options)
    context.set_default_timeout(1000 * WAIT)
    traced = bool(os.environ.get("TRACE"))
    if traced:
        context.tracing.start(screenshots=True, snapshots=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    raised = True
    try:
        yield page
        raised = False
    finally:
        # A fixture is not told of a test's exception, a block inside the test is.
        if raised or request.session.testsfailed > failed_before:
            folder = _folder(request.node.name)
            page.screenshot(path=folder / "screenshot.png")
            if traced:
                context.tracing.stop(path=folder / "trace.zip")
            (folder / "console.txt").write_text("\n".join(said), encoding="utf-8")
            if log is not None:
                shutil.copyfile(log, folder / "server.log")
            print(f"screenshot and logs: {folder}")
        context.close()


def _folder(test: str) -> Path:
    """Where what is known of a failed test is kept; emptied first."""
    base = Path(os.environ.get("SCREENSHOTS") or Path(__file__).parents[1] / "screenshots")
    folder = base / re.sub(r"[^\w.-]+", "_", test)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# ------------------------------------------------------------------------------- the server


@dataclasses.dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes:
        address: where it answers, without a slash at the end.
        token: the token that lets a browser in.
        root: the folder that it shows.
        log: the file with what the server said.
    """

    address: str
    token: str
    root: Path
    log: Path

    def url(self, path: str) -> str:
        """The address of a page, with the token."""
        return f"{self.address}/{path.lstrip('/')}?token={self.token}"

    def open_notebook(self, page: Page, path: str) -> None:
        """Open a notebook, without what earlier tests had open."""
        page.goto(f"{self.url(f'lab/tree/{path}')}&reset")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()


@contextlib.contextmanager
def jupyter_lab(
    root: Path, private: Path, cwd: Path = PROJECT, environment: Mapping[str, str] | None = None
) -> Iterator[Lab]:
    """JupyterLab as ``make lab`` starts it, on a free port and with settings of its own.

    Parameters:
        root: the folder that it shows.
        private: an empty folder for its settings and log.
        cwd: where it is started; nbgrader reads ``nbgrader_config.py`` there.
        environment: variables besides the usual ones.
    """
    for name, text in _SETTINGS.items():
        file = private / "settings" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    token = secrets.token_hex(16)
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    env = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    env |= {name: str(private / folder) for name, folder in folders.items()}
    env |= {"JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_TOKEN": token, **(environment or {})}
    # Jupyter takes the places of its extensions for patterns, whatever this project's folder is
    # called: make gives it the paths as they are seen from here.
    packages = private / "packages"
    packages.symlink_to(sys.prefix)
    settings = [env.get("JUPYTER_CONFIG_PATH"), str(packages / "etc" / "jupyter")]
    env["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, settings))
    env["JUPYTER_PATH"] = str(packages / "share" / "jupyter")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", f"--notebook-dir={root}"),
        ],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    log = private / "server.log"
    reader = _LogReader(process, log)
    try:
        yield Lab(reader.address(), token, root, log)
    finally:
        # On SIGTERM the server ends its kernels and then itself.
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        reader.join()


class _LogReader(threading.Thread):
    """Copies what a server says into its log and notices when it answers."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._log = log
        self._address = ""
        self._known = threading.Event()
        self.start()

    def run(self) -> None:
        """Read until the server ends."""
        assert self._process.stdout is not None
        with self._process.stdout as lines, self._log.open("w", encoding="utf-8") as log:
            for line in lines:
                log.write(line)
                log.flush()
                found = re.search(r"http://127\.0\.0\.1:\d+", line)
                if found and not self._address:
                    self._address = found[0]
                    self._known.set()
        self._known.set()

    def address(self) -> str:
        """The address of the server, as soon as it is known."""
        self._known.wait(WAIT)
        if not self._address:
            said = self._log.read_text(encoding="utf-8")
            pytest.fail(f"JupyterLab did not start:\n{said}")
        return self._address


# ----------------------------------------------------------------------- notebooks and cells


def solve(path: Path, assignment: Assignment, but: Mapping[str, str | None] | None = None) -> None:
    """Fill a released notebook with the solutions, and answer the questions for a person.

    Parameters:
        path: the notebook, which is changed.
        assignment: whose notebook it is.
        but: for some exercises another text; None leaves the cell as it was released.
    """
    texts = {exercise.name: assignment.solution(exercise.name) for exercise in assignment.exercises}
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and meta.get("grade") and meta.get("solution"):
            cell.source = "Units that begin alike stay alike."
        cell.source = (texts | dict(but or {})).get(cell.id) or cell.source
    nbformat.write(notebook, path)


def code_cell(page: Page, text: str) -> Locator:
    """The code cell whose text contains ``text``."""
    editor = page.locator(".jp-InputArea-editor", has_text=text)
    return page.locator(".jp-CodeCell").filter(has=editor).first


def fill_in(page: Page, cell: Locator, text: str) -> None:
    """Replace the text of a cell as with select all and paste; leave the cursor in it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def open_notebook_for_marking(page: Page, name: str) -> None:
    """Go on from formgrader's page of a submission to a notebook, and wait until it takes marks.

    Its script takes what is written into a field only when it has fetched the points and comments.
    """
    page.locator("#main-table").get_by_role("link", name=name).click()
    page.wait_for_url("**/formgrader/submissions/**")
    loaded = "formgrader.grades && formgrader.grades.loaded && formgrader.comments.loaded"
    # wait_for_function is refused by a hub's content security policy.
    for _look in range(int(WAIT / 0.05)):
        if page.evaluate(f"typeof formgrader !== 'undefined' && {loaded}"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("formgrader's script has not fetched the points and comments")


def formgrader(page: Page, lab: Lab) -> FrameLocator:
    """Open formgrader from JupyterLab's menu.

    Returns:
        The frame inside JupyterLab that shows it.
    """
    page.goto(f"{lab.url('lab')}&reset")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.locator(".lm-Menu").get_by_text("Formgrader", exact=True).click()
    return page.frame_locator("iframe")
