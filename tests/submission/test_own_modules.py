"""Graded functions that a notebook imports from a module of the student's own."""

from __future__ import annotations

import textwrap

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.paths import RELEASE
from grader.sandbox.host.worker import Worker

SECRET = "the secret of a class that exists in tests only"


def verdicts(
    a4: Assignment, worker: Worker, cells: list[str], files: dict[str, str]
) -> dict[str, str]:
    """The verdicts on the released notebook, all stubs in place, with more cells before it."""
    notebook = nbformat.read(RELEASE / a4.name / f"{a4.name}.ipynb", as_version=4)
    notebook.cells[0:0] = map(new_code_cell, cells)
    own = [(name, text.encode()) for name, text in files.items()]
    raw = nbformat.writes(notebook).encode()
    graded = grade(raw, a4, worker, SECRET, own_files=own).graded
    return {exercise.name: exercise.verdict for exercise in graded.exercises}


IMPORTS = {
    "all names": "from own import *",
    "one name": "from own import linear_forward",
    "another name": "from own import linear_forward as linear_forward",
    "below a magic": "%matplotlib inline\nfrom own import *",
    "if it is there": "try:\n    from own import *\nexcept ImportError:\n    pass",
    "a package": "from package.own import *",
    "by way of another module": "from other import *",
}


@pytest.mark.parametrize("form", IMPORTS)
def test_a_function_that_is_imported_is_judged_though_its_stub_stands_later(
    a4: Assignment, a4_worker: Worker, form: str
) -> None:
    module = "import numpy as np\n" + a4.solution("linear_forward")
    files = {"own.py": module, "package/__init__.py": "", "package/own.py": module}
    files["other.py"] = "from own import linear_forward\n"
    found = verdicts(a4, a4_worker, [IMPORTS[form]], files)
    assert found["linear_forward"] == "correct"
    assert found["linear_backward"] == "not attempted"


def test_so_is_one_from_a_module_that_a_cell_writes(a4: Assignment, a4_worker: Worker) -> None:
    module = "import numpy as np\n" + a4.solution("linear_forward")
    cells = [f"%%writefile own.py\n{module}", "from own import *"]
    assert verdicts(a4, a4_worker, cells, {})["linear_forward"] == "correct"


def test_a_module_with_the_stub_is_no_attempt(a4: Assignment, a4_worker: Worker) -> None:
    stub = textwrap.dedent(
        """
        def linear_forward(A, W, b):
            # your code here
            raise NotImplementedError
        """
    )
    found = verdicts(a4, a4_worker, ["from own import *"], {"own.py": stub})
    assert found["linear_forward"] == "not attempted"


def test_modules_that_import_each_other_are_looked_at_once(
    a4: Assignment, a4_worker: Worker
) -> None:
    files = {"own.py": "from other import *", "other.py": "from own import *"}
    found = verdicts(a4, a4_worker, ["from own import *"], files)
    assert set(found.values()) == {"not attempted"}
