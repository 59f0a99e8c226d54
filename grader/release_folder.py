"""What a release folder holds beside the notebook: the modules that the notebook imports, and data.

A folder carries only what its notebook needs, so that the folder of an assignment never holds its
own solution.
"""

from __future__ import annotations

import ast
from pathlib import Path

from grader.assignment import Assignment
from grader.paths import CHECKS, DATASETS, PUBLIC_CASES, UTILS
from grader.self_study import SelfStudyOptions, solution_files, students_cases

_DATA_OF_MODULE = {"image_data": ("*.h5", "expected_figures.json", "LICENSE.md", "samples/*")}
_ORIGINAL_IMAGES = ("train_catvnoncat.h5", "test_catvnoncat.h5")


def imported_modules(source: str) -> set[str]:
    """The top-level modules that a source imports, relative ones by their own name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def needed_modules(assignment: Assignment) -> list[Path]:
    """The modules of ``utils/`` that the notebook imports, directly or through one another."""
    waiting: set[str] = set()
    for _cell, source in assignment.cells:
        lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
        waiting |= imported_modules("\n".join(lines))
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        path = UTILS / f"{name}.py"
        if name not in needed and path.exists():
            needed.add(name)
            waiting |= imported_modules(path.read_text(encoding="utf-8"))
    return [UTILS / f"{name}.py" for name in sorted(needed)]


def support_files(assignment: Assignment, options: SelfStudyOptions) -> dict[str, bytes]:
    """The files of a release folder beside the notebook: path in the folder -> content.

    Parameters:
        assignment: whose folder.
        options: whether students get hints and solutions.
    """
    files: dict[str, bytes] = {}
    modules = needed_modules(assignment)
    for path in modules:
        files[path.name] = path.read_bytes()
    for path in sorted(CHECKS.glob("*.py")) + sorted(CHECKS.glob("locale/**/*.mo")):
        files[f"checks/{path.relative_to(CHECKS).as_posix()}"] = path.read_bytes()
    cases = PUBLIC_CASES / f"{assignment.name}.json"
    files[f"checks/public_cases/{cases.name}"] = students_cases(cases.read_bytes(), options)
    files.update(solution_files(assignment, options))
    for module in modules:
        for pattern in _DATA_OF_MODULE.get(module.stem, ()):
            for path in sorted(DATASETS.glob(pattern)):
                if path.name not in _ORIGINAL_IMAGES:
                    files[f"datasets/{path.relative_to(DATASETS).as_posix()}"] = path.read_bytes()
    return files
