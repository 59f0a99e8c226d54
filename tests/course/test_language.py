"""Which language a kernel speaks, and that it can change at any moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course import language as languages
from course.language import language, speaking
from course.sentences import listed, paragraph, tidied, wrap
from grader.paths import UTILS

CHINESE = {"course_language": "zh_CN"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a kernel was started, and nothing else that says a language."""
    monkeypatch.setattr(languages, "_STARTED_IN", str(tmp_path))
    monkeypatch.setattr(languages, "_usual", "")
    monkeypatch.setattr(languages, "known_languages", lambda: ("en", "zh_CN"))
    languages._known.cache_clear()
    for name in ("COURSE_LANGUAGE", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def notebook(path: Path, metadata: Any) -> Path:
    """Write a notebook with some metadata."""
    path.write_text(json.dumps({"cells": [], "metadata": metadata}), encoding="utf-8")
    return path


def test_the_notebooks_of_the_folder_decide_where_they_agree(folder: Path) -> None:
    assert language() == "en"
    notebook(folder / "a.ipynb", CHINESE)
    assert language() == "zh_CN"
    notebook(folder / "b.ipynb", {})
    assert language() == "en"


def test_the_notebook_that_jupyter_names_decides_among_several(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook(folder / "a.ipynb", {})
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook(folder / "b.ipynb", CHINESE)))
    assert language() == "zh_CN"
    monkeypatch.setenv("JPY_SESSION_NAME", "course/a.ipynb")
    assert language() == "en"


def test_a_notebook_that_was_renamed_leaves_the_folder_to_decide(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "before.ipynb"))
    notebook(folder / "after.ipynb", CHINESE)
    assert language() == "zh_CN"


def test_the_notebook_that_visual_studio_code_names_decides(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebook(tmp_path_factory.mktemp("elsewhere") / "a.ipynb", CHINESE)
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "__vsc_ipynb_file__", str(path), raising=False)
    assert language() == "zh_CN"


def test_a_change_of_the_environment_or_of_the_notebook_is_seen_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "zh_CN")
    assert language() == "zh_CN"
    monkeypatch.delenv("COURSE_LANGUAGE")
    assert language() == "en"
    path = notebook(folder / "a.ipynb", {})
    assert language() == "en"
    notebook(path, CHINESE)
    assert language() == "zh_CN"


@pytest.mark.parametrize("wanted", ["zh", "zh-CN", " zh_cn.UTF-8 ", "zh_TW"])
def test_a_language_is_known_by_its_usual_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", wanted)
    assert language() == "zh_CN"


def test_an_unknown_language_is_said_once_and_english_is_spoken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook(folder / "a.ipynb", CHINESE)
    monkeypatch.setenv("COURSE_LANGUAGE", "tlh")
    assert [language(), language()] == ["en", "en"]
    assert capsys.readouterr().err.count("no edition of this course in 'tlh'") == 1


@pytest.mark.parametrize(
    "metadata",
    [None, [], "text", {"course_language": {"a": 1}}, {"course_language": "../../etc"}, 7],
)
def test_strange_metadata_means_english(folder: Path, metadata: Any) -> None:
    notebook(folder / "a.ipynb", metadata)
    assert language() == "en"


def test_what_is_no_notebook_is_passed_over(folder: Path) -> None:
    (folder / "broken.ipynb").write_bytes(b"\xff{")
    (folder / "deep.ipynb").write_text("[" * 100_000)
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "folder.ipynb").mkdir()
    (folder / "loop.ipynb").symlink_to("loop.ipynb")
    notebook(folder / "good.ipynb", CHINESE)
    assert language() == "zh_CN"


def test_a_folder_that_is_left_or_gone_changes_nothing(tmp_path: Path) -> None:
    notebook(tmp_path / "a.ipynb", CHINESE)
    code = (
        "import os, shutil\n"
        "from course import language\n"
        "language.known_languages = lambda: ('en', 'zh_CN')\n"
        "os.makedirs('gone'); os.chdir('gone'); os.rmdir(os.getcwd())\n"
        "print(language.language())"
    )
    kept = {name: value for name, value in os.environ.items() if name != "COURSE_LANGUAGE"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=kept | {"PYTHONPATH": str(UTILS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "zh_CN\n"


def test_speaking_a_language_ends_with_its_block(folder: Path) -> None:
    with speaking("zh"):
        assert language() == "zh_CN"
        with speaking("nonsense"):
            assert language() == "en"
    assert language() == "en"


# Sentences ---------------------------------------------------------------------------------------


def test_chinese_is_wrapped_by_columns_and_never_before_a_full_stop_or_within_code() -> None:
    text = "函数就地修改了它，`W = W - step` 生成新数组；这里不扣分（但以后会）。" * 4
    lines = wrap(text, 30, "- ", "  ")
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) <= 34
        assert line[2] not in "，；。）" and line.count("`") % 2 == 0


def test_sentences_have_a_blank_between_them_only_where_the_language_has_one() -> None:
    assert paragraph("One.", "", "Two.") == "One. Two."
    assert paragraph("一。", "二。") == "一。二。"
    assert tidied("返回值 应该是 3") == "返回值应该是 3"
    assert listed(["a", "b", "c"], 2) == "a, b, ..."
