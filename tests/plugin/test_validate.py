"""``nbgrader validate`` works on a notebook from any machine, whatever kernel it names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.paths import RELEASE
from tests.helpers.commands import run_command

NAME = "a1_numpy_basics"


@pytest.mark.parametrize(
    "kernelspec",
    [
        {"name": "conda-env-ml-py", "display_name": "Python [conda env:ml]", "language": "python"},
        {"name": "ir", "display_name": "R", "language": "R"},
        None,
    ],
    ids=["conda", "another language", "none"],
)
def test_the_kernel_of_another_machine_does_not_matter(
    kernelspec: dict[str, Any] | None, tmp_path: Path
) -> None:
    folder = tmp_path / NAME
    shutil.copytree(RELEASE / NAME, folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [c for c in notebook.cells if c.id in ("imports", "L1", "L1_check")]
    notebook.metadata.pop("kernelspec", None)
    if kernelspec is not None:
        notebook.metadata.kernelspec = kernelspec
    nbformat.write(notebook, path)
    done = run_command("-m", "nbgrader", "validate", str(path), environment=os.environ)
    assert done.returncode == 0, done.stderr
    assert "VALIDATION FAILED ON 1 CELL" in done.stdout
    assert "NoSuchKernel" not in done.stdout + done.stderr
