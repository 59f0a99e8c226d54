"""``python -m grader grade``: what the command prints, and its status."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from grader.exercises.assignment import Assignment
from tests.helpers.commands import run_command

SECRET = "the secret of a class that exists in tests only"


@pytest.fixture(scope="module")
def printed(
    a4: Assignment, isolated: bool, submission: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """What ``grade --json`` says to a file, an unreadable one, a missing one and a folder."""
    folder = tmp_path_factory.mktemp("handed in")
    (folder / "right.ipynb").write_bytes(submission(a4))
    (folder / "broken.ipynb").write_text("this is no notebook")
    class_folder = folder / "class"
    for student in ("zoe", "adam"):
        (class_folder / student / ".ipynb_checkpoints").mkdir(parents=True)
        (class_folder / student / "work.ipynb").write_bytes(submission(a4, solved=False))
        (class_folder / student / ".ipynb_checkpoints" / "old.ipynb").write_text("old")
    text = "def compute_cost(AL, Y):\n    return 1 / 0"
    (class_folder / "zoe" / "work.ipynb").write_bytes(submission(a4, {"compute_cost": text}))
    paths = ("right.ipynb", "broken.ipynb", "absent.ipynb", "class")
    done = run_command(
        *("-m", "grader", "grade", *paths, "--assignment", "a4", "--json"),
        *([] if isolated else ["--no-sandbox"]),
        environment=os.environ | {"CLASS_SECRET": SECRET},
        folder=folder,
    )
    return folder, done


def test_the_command_prints_one_json_object_a_notebook_in_the_given_order(
    printed: Any, a4: Assignment
) -> None:
    _, done = printed
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["path"] for entry in objects] == [
        "right.ipynb",
        "broken.ipynb",
        "absent.ipynb",
        "class/adam/work.ipynb",
        "class/zoe/work.ipynb",
    ]
    assert [entry["score"] for entry in objects] == [a4.max_score, 0, 0, 0, a4.max_score - 10]


def test_the_objects_have_exactly_the_documented_fields(printed: Any, a4: Assignment) -> None:
    right, _, _, _, zoe = [json.loads(line) for line in printed[1].stdout.splitlines()]
    for entry in (right, zoe):
        assert list(entry) == ["path", "assignment", "score", "max_score", "repairs", "exercises"]
        assert (entry["assignment"], entry["max_score"]) == ("a4_deep_network", a4.max_score)
        assert entry["repairs"] == []
        assert [e["name"] for e in entry["exercises"]] == [e.name for e in a4.exercises]
        for exercise in entry["exercises"]:
            assert list(exercise) == [
                *("name", "verdict", "points", "max_points", "misconception", "message")
            ]
            assert exercise["misconception"] is None
    crashed = zoe["exercises"][5]
    assert (crashed["verdict"], crashed["points"]) == ("crashed", 0)
    assert "ZeroDivisionError" in crashed["message"]


def test_an_unreadable_file_is_named_and_does_not_stop_the_others(printed: Any) -> None:
    _, done = printed
    assert done.returncode == 2
    assert "broken.ipynb: " in done.stderr
    assert "absent.ipynb: " in done.stderr
    assert "Traceback" not in done.stderr
    broken = json.loads(done.stdout.splitlines()[1])
    assert broken["error"] and broken["exercises"] == []


def run_in_process(
    capsys: pytest.CaptureFixture[str], isolated: bool, *arguments: str
) -> tuple[int, str]:
    """The command in this process: its status, and what it prints."""
    from grader.cli.main import main

    status = main([*arguments, *([] if isolated else ["--no-sandbox"])])
    return status, capsys.readouterr().out


def test_the_status_is_zero_whatever_the_marks(
    printed: Any,
    capsys: pytest.CaptureFixture[str],
    isolated: bool,
    monkeypatch: pytest.MonkeyPatch,
    a4: Assignment,
) -> None:
    monkeypatch.setenv("CLASS_SECRET", SECRET)
    folder = printed[0] / "class"
    status, out = run_in_process(
        capsys, isolated, "grade", str(folder), "--assignment", "a4_deep_network"
    )
    assert status == 0
    assert f"adam/work.ipynb: 0 of {a4.max_score}" in out
    assert f"zoe/work.ipynb: {a4.max_score - 10} of {a4.max_score}" in out
    lines = [line.split() for line in out.splitlines() if " compute_cost " in line]
    assert [line[2:] for line in lines] == [["0/10", "not", "attempted"], ["0/10", "crashed"]]


def test_an_unknown_assignment_is_answered_with_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from grader.cli.main import main

    assert main(["grade", "any.ipynb", "--assignment", "a99"]) == 1
    said = capsys.readouterr().err
    assert "there is no assignment 'a99'; known: " in said and len(said.splitlines()) == 1
