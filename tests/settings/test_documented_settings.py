"""docs/settings.md lists every setting with its default, and every environment variable."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import LoggingConfigurable

from grader.lms.settings import LearningSystem
from grader.paths import PROJECT
from grader.release.self_study import SelfStudy
from grader.settings.attempt_settings import Attempts
from grader.settings.grading_settings import FairGrading

TEXT = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
_OURS = re.compile(r"(?:(?:COURSE|CLASS|GRADEBOOK|NBGRADER)_[A-Z_]+|GRADER_DEBUG)\Z")


@pytest.mark.parametrize("settings", [FairGrading, SelfStudy, LearningSystem, Attempts])
def test_every_setting_is_listed_with_its_default(settings: Any) -> None:
    of_traitlets = LoggingConfigurable.class_traits(config=True)
    for name, trait in settings.class_traits(config=True).items():
        if name not in of_traitlets:
            default = repr(trait.default()).replace("'", '"')
            assert f"| `c.{settings.__name__}.{name}` | `{default}` |" in TEXT


def variables_in(path: Path) -> set[str]:
    """The names of environment variables that stand in a module as texts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _OURS.match(node.value)
    }


def test_every_environment_variable_is_listed() -> None:
    modules = [*(PROJECT / "grader").rglob("*.py"), *(PROJECT / "utils").rglob("*.py")]
    named = set().union(*map(variables_in, modules))
    assert {"COURSE_ROOT", "CLASS_SECRET", "COURSE_PROGRESS", "COURSE_PLAIN_QUIZ"} <= named
    assert {name for name in named if f"`{name}`" not in TEXT} == set()


def test_no_setting_is_listed_that_is_not_there() -> None:
    known = {kind.__name__: kind for kind in (FairGrading, SelfStudy, LearningSystem, Attempts)}
    for kind, name in re.findall(r"^\| `c\.(\w+)\.(\w+)`", TEXT, re.MULTILINE):
        if kind in known:
            assert name in known[kind].class_traits(config=True)
