"""nbgrader's hooks, called for each submission as ``nbgrader autograde`` calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.classes.grading_job import GradingJob


class Hooks:
    """The hooks that a class has configured.

    Parameters:
        step: nbgrader's converter, which has the hooks.
        job: what is graded.
    """

    def __init__(self, step: Any, job: GradingJob) -> None:
        self._step = step
        self._assignment = job.assignment_name
        self._notebooks = [f"{name}.ipynb" for name in sorted(job.notebooks)]

    @property
    def wanted_after(self) -> bool:
        """Whether there is a hook that expects the marks and the notebook in their places."""
        return bool(self._step.post_convert_hook)

    def each_before(self, submissions: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
        """Call the first hook whenever a submission's turn comes."""
        for student_id, folder in submissions:
            self.before(folder)
            yield student_id, folder

    def before(self, folder: Path) -> None:
        """Call the hook that may change what was handed in."""
        self._name(folder)
        self._step.run_pre_convert_hook()

    def after(self, folder: Path) -> None:
        """Call the hook that finds the marks and the notebook in their places."""
        self._name(folder)
        self._step.run_post_convert_hook()

    def _name(self, folder: Path) -> None:
        self._step.coursedir.assignment_id = self._assignment
        self._step.notebooks = [str(folder / name) for name in self._notebooks]
