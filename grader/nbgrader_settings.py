"""What ``nbgrader_config.py`` sets, so that nbgrader's own commands do what this course needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.assignment import END_MARKER, START_MARKER

CODE_STUB = f"""{START_MARKER}
raise NotImplementedError("Not implemented yet: write your code here and delete this line")
{END_MARKER}"""

NOT_FOR_STUDENTS = ["exercises.py", "a[0-9]_*.py", "*.template.py"]
"""Files of a source folder that ``nbgrader generate_assignment`` must not copy to the release."""


def configure(c: Any, project: Path) -> None:
    """Set the course's configuration.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
        project: the root of the project, where ``source/``, ``submitted/`` and the gradebook are.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import ClearSolutions

    from grader.nbgrader_release import (
        AddStudentFiles,
        ClearSolutionCells,
        NormaliseNotebook,
        ShowExpectedOutputs,
    )

    c.CourseDirectory.root = str(project)
    c.CourseDirectory.course_id = "neural-networks-from-scratch"
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "__pycache__",
        "*.pyc",
        *NOT_FOR_STUDENTS,
    ]
    c.ClearSolutions.begin_solution_delimeter = START_MARKER
    c.ClearSolutions.end_solution_delimeter = END_MARKER
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.GenerateAssignment.preprocessors = [
        NormaliseNotebook,
        ShowExpectedOutputs,
        *(
            ClearSolutionCells if step is ClearSolutions else step
            for step in GenerateAssignment.preprocessors.default_args[0]
        ),
        AddStudentFiles,
    ]
