"""The picture of the house is that of the imports as they are."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import types
from html import unescape

import pytest

from grader.paths import PROJECT


@pytest.fixture(scope="module")
def drawing() -> types.ModuleType:
    """docs/draw_architecture.py, which is no part of a package."""
    path = PROJECT / "docs" / "draw_architecture.py"
    spec = importlib.util.spec_from_file_location("draw_architecture", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_the_arrows_that_there_are(drawing: types.ModuleType) -> None:
    shown = unescape(drawing.PICTURE.read_text(encoding="utf-8"))
    assert drawing.in_words() in shown, "run `make picture`"


def test_every_room_is_on_a_floor_and_says_what_lives_there(drawing: types.ModuleType) -> None:
    rooms = {room for storey in drawing.floors() for room in storey}
    folders = {path.parent.name for path in (PROJECT / "grader").glob("*/__init__.py")}
    assert rooms == folders
    for room in rooms:
        text = (PROJECT / "grader" / room / "__init__.py").read_text(encoding="utf-8")
        assert len(text.split()) > 20, f"{room}/__init__.py says too little"


@pytest.mark.parametrize(
    "room", sorted(path.parent.name for path in (PROJECT / "grader").glob("*/__init__.py"))
)
def test_a_room_says_where_to_begin_and_that_is_there(room: str) -> None:
    text = (PROJECT / "grader" / room / "__init__.py").read_text(encoding="utf-8")
    doors = re.findall(r":(?:func|class):`~([\w.]+)`", text)
    assert doors
    for door in doors:
        module, _dot, name = door.rpartition(".")
        assert module.startswith(f"grader.{room}.")
        assert hasattr(importlib.import_module(module), name), door


def test_a_file_that_a_page_names_is_there() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True).stdout
    if not files:
        pytest.skip("this project is no clone of a repository")
    for page in (PROJECT / "CONTRIBUTING.md", *(PROJECT / "docs").glob("*.md")):
        for name in re.findall(r"`(\w[\w./]*\.py)`", page.read_text(encoding="utf-8")):
            there = re.search(rf"(?:^|/){re.escape(name)}$", files, re.MULTILINE)
            assert there, f"{page.name}: {name}"
