"""The docstrings of utils/ have one form of headings."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.paths import PROJECT

HEADINGS = {"Parameters", "Returns", "Raises", "Attributes", "Source"}
# Derived from the solutions, whose docstrings are those of the notebooks.
MODULES = sorted(set((PROJECT / "utils").rglob("*.py")) - {PROJECT / "utils/dnn_app_utils_v3.py"})
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_heading_in_a_docstring_is_one_of_five(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, DOCUMENTED):
            text = ast.get_docstring(node) or ""
            found = re.findall(r"^([A-Z]\w+):\n +\S", text, flags=re.MULTILINE)
            assert set(found) <= HEADINGS
