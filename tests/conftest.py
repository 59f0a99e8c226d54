"""What several test modules share: the assignments, warm workers, and made-up submissions."""

from __future__ import annotations

import gc
import os

# One BLAS thread a process, set before NumPy is imported: the arrays are small, and several tests
# run at the same time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
# No test makes the secret of the class that lies in this project.
os.environ.setdefault("CLASS_SECRET", "of the tests")

# What no worker may find in its environment, however early it was started.
os.environ.setdefault("GRADER_TEST_SECRET", "known to the instructor alone")

# Commands run as users run them, who compile a module once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from xdist import is_xdist_controller

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import RELEASE
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.text.terminal import DEBUG

# What is imported and collected is no garbage; to look for some in it takes a seventh of the time.
gc.set_threshold(50_000)

SubmissionMaker = Callable[..., bytes]
WarmWorker = Callable[..., Worker]

LONGEST_FIRST = (
    *("test_lessons", "test_submissions", "test_browser_hub", "test_places", "test_installed"),
    *("test_variants_in_notebooks", "test_browser_student", "test_check_course", "test_release"),
    *("test_author", "test_site", "test_figures", "test_same_marks", "test_grading"),
    *("test_browser_instructor", "test_training", "test_exchange", "test_nbgrader"),
    *("test_browser_hostile_gradebook", "test_autograde", "test_browser_pages", "test_odd_names"),
    *("test_gradebook_trouble", "test_clocks", "test_cluster", "test_leaks", "test_watch"),
    "test_repaired_cells",
)
"""The test files that take longest. What starts late holds everybody up."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; each runs in one process (``--dist loadfile``)."""
    rank = {name: index for index, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


def pytest_sessionstart(session: pytest.Session) -> None:
    """The process that hands out the tests (``-n``) runs none, and makes next to no garbage."""
    if is_xdist_controller(session):
        gc.disable()


def pytest_collection_finish() -> None:
    """Have the search for garbage pass over all that is there when the first test begins."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look for what was left open once: at its end pytest looks for it five times."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _sentences_without_tracebacks() -> Iterator[None]:
    """A test that asks for tracebacks leaves the next one, and its processes, without them."""
    yield
    os.environ.pop(DEBUG, None)


@pytest.fixture(scope="session")
def a4() -> Assignment:
    """The deep network, step by step."""
    return assignments.load("a4_deep_network")


@pytest.fixture(scope="session")
def a5() -> Assignment:
    """The cat classifier."""
    return assignments.load("a5_cat_classifier")


@pytest.fixture(scope="session")
def isolated() -> bool:
    """Whether students' code can be isolated on this machine."""
    return bubblewrap.why_unavailable() is None


@pytest.fixture(scope="session")
def warm_worker(isolated: bool) -> Iterator[WarmWorker]:
    """The one worker of an assignment that all tests share, under the limits of this test."""
    with ExitStack() as started:
        workers: dict[str, Worker] = {}

        def worker_of(assignment: str, limits: Limits | None = None) -> Worker:
            if assignment not in workers:
                workers[assignment] = started.enter_context(Worker(assignment, isolated=isolated))
            workers[assignment].limits = limits or Limits()
            return workers[assignment]

        yield worker_of


@pytest.fixture
def a4_worker(warm_worker: WarmWorker) -> Worker:
    """A warm worker for the deep network."""
    return warm_worker("a4_deep_network")


@pytest.fixture
def a5_worker(warm_worker: WarmWorker) -> Worker:
    """A warm worker for the cat classifier."""
    return warm_worker("a5_cat_classifier")


@pytest.fixture(scope="session")
def submission() -> SubmissionMaker:
    """Make the bytes of a submission: the released notebook with some cells replaced."""

    def make(
        assignment: Assignment, cells: Mapping[str, str] | None = None, solved: bool = True
    ) -> bytes:
        """Fill in ``cells`` (id -> text), and where ``solved`` the solutions of all others."""
        filled = {e.name: assignment.solution(e.name) for e in assignment.exercises}
        filled = (filled if solved else {}) | dict(cells or {})
        path: Path = RELEASE / assignment.name / f"{assignment.name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        known = {cell.id: cell for cell in notebook.cells}
        for name, text in filled.items():
            known[name].source = text
        return nbformat.writes(notebook).encode()

    return make
