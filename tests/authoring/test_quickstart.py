"""The folder of a new course is made whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring import quickstart as module
from grader.authoring.quickstart import QuickstartError, quickstart


def test_where_the_disk_is_full_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = module.write_whole

    def full(path: Path, content: bytes | str) -> None:
        if path.name == "nbgrader_config.py":
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(module, "write_whole", full)
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with pytest.raises(QuickstartError, match="No space left"):
            quickstart(tmp_path / name)
    assert [*tmp_path.rglob("*")] == [tmp_path / "empty"]


@pytest.mark.parametrize(
    ("name", "course_id"),
    [("Statistik 1 (WS)", "Statistik-1-WS"), ('"; import os', "import-os"), ("...", "course")],
)
def test_the_name_of_the_course_can_name_a_folder_of_the_exchange(
    tmp_path: Path, name: str, course_id: str
) -> None:
    quickstart(tmp_path / name)
    settings = (tmp_path / name / "nbgrader_config.py").read_text(encoding="utf-8")
    assert f'course_id = "{course_id}"\n' in settings
