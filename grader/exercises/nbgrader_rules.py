"""nbgrader's rules about one cell, without the rest of nbgrader.

Importing the package ``nbgrader`` brings its applications and its server extensions, which takes
longer than all else that a process of a pool needs. The module with its rules needs none of it.
"""

from __future__ import annotations

import importlib.util
import types
from pathlib import Path


def _rules() -> types.ModuleType:
    package = importlib.util.find_spec("nbgrader")
    assert package is not None and package.origin is not None
    file = Path(package.origin).with_name("utils.py")
    spec = importlib.util.spec_from_file_location(__name__ + ".utils", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_utils = _rules()
compute_checksum = _utils.compute_checksum
determine_grade = _utils.determine_grade
is_grade = _utils.is_grade
is_solution = _utils.is_solution
is_task = _utils.is_task
