"""The picture of the house is that of the imports as they are."""

from __future__ import annotations

import importlib.util
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
