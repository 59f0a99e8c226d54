"""``check-course`` says what the tests of another nbgrader course are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from grader.authoring.own_tests_audit import Audit, audit_own_tests, worker_for
from grader.exercises import assignment as assignments
from tests.helpers.existing_course import NAME, NOTEBOOK, make_course, source_notebook


@pytest.fixture(scope="module")
def audit_with(
    tmp_path_factory: pytest.TempPathFactory, isolated: bool
) -> Iterator[Callable[[str, str], Audit]]:
    """Audit the course with the text of one test replaced, all in one worker."""
    root: Path = tmp_path_factory.mktemp("course")
    make_course(root, {})
    place = root / "source" / NAME / f"{NOTEBOOK}.ipynb"

    def audit(name: str, text: str) -> Audit:
        notebook = source_notebook()
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                cell.source = text
        nbformat.write(notebook, place)
        return audit_own_tests(assignments.load(NAME), worker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        with worker_for(assignments.load(NAME), isolated) as worker:
            yield audit


def test_a_sound_course_has_no_problem(audit_with: Callable[[str, str], Audit]) -> None:
    assert audit_with("", "").problems == ()


def test_a_change_that_no_test_notices_is_told(audit_with: Callable[[str, str], Audit]) -> None:
    sound = audit_with("", "")
    weak = audit_with("test_mean", "mean([1])")
    assert len(weak.survivors["mean"]) > len(sound.survivors["mean"])


def test_a_test_that_passes_when_nothing_is_solved_is_told(
    audit_with: Callable[[str, str], Audit],
) -> None:
    assert any("nothing solved" in p for p in audit_with("test_mean", "x = 1").problems)


def test_a_test_that_the_solution_fails_is_told(audit_with: Callable[[str, str], Audit]) -> None:
    found = audit_with("test_mean", "assert mean([1]) == 2")
    assert any("does not pass" in problem for problem in found.problems)
