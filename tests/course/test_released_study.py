"""Which hints and solutions a class is released with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.study import solution_store
from course.study.study_record import FILE_NAME
from grader.cli.main import main as grader_main
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import PROJECT, RELEASE
from grader.release import making as release
from grader.release.audit import differences, leaks
from grader.release.folder import files_of
from grader.release.self_study import SelfStudyOptions, without_hints
from grader.release.translation.compiled import languages
from tests.helpers.studying import A4, ENTRY, run_python


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Callable[[SelfStudyOptions], Path]:
    """Release the deep network with some options; the folder of the assignment."""
    made: dict[SelfStudyOptions, Path] = {}

    def make(options: SelfStudyOptions) -> Path:
        if options not in made:
            folder = tmp_path_factory.mktemp("release")
            release.write_with_nbgrader(A4, folder, options)
            made[options] = folder / A4
        return made[options]

    return make


Released = Callable[[SelfStudyOptions], Path]


_FOR_SOLUTION = """
from public_tests import *
linear_forward_test(lambda A, W, b: (W @ A + b, (A, W, b)))
hint("linear_forward")
solution("linear_forward")
"""


def test_the_committed_release_has_hints_and_no_solution() -> None:
    folders = list(RELEASE.glob("*/course/checks"))
    assert len(folders) == len(assignments.names())
    for folder in folders:
        assert not (folder.parent / "study" / solution_store.SEALED_FOLDER).exists()
        (cases,) = (folder / "public_cases").glob("*.json")
        assert "withheld" not in json.loads(cases.read_bytes())


def test_a_class_without_hints_finds_none_anywhere(released: Released, a4: Assignment) -> None:
    folder = released(SelfStudyOptions(hints=False))
    notebook = nbformat.read(folder / f"{A4}.ipynb", as_version=4)
    assert [cell.id for cell in notebook.cells if "hint" in cell.source.lower()] == []
    texts = [path.read_text() for path in folder.rglob("*") if path.suffix in (".py", ".json")]
    for exercise in a4.exercises:
        for given in exercise.hints:
            assert not any(given in text or json.dumps(given)[1:-1] in text for text in texts)
    printed = run_python("-c", _FOR_SOLUTION, cwd=folder)
    assert "This class was released without hints." in printed


def test_without_hints_a_failed_check_names_none(released: Released) -> None:
    folder = released(SelfStudyOptions(hints=False))
    program = "from public_tests import *\ntry: linear_forward_test(lambda A, W, b: 0)\n"
    printed = run_python("-c", program + "except AssertionError as e: print(e)", cwd=folder)
    assert printed.startswith("linear_forward: ")
    assert "hint" not in printed


def test_only_hints_are_taken_out_of_a_text() -> None:
    text = (
        "One. If you are stuck, open the hint above the exercise. Two.\n\n"
        "<details>\n<summary><b>Hint: how?</b></summary>\n\nSo.\n\n</details>\n\n"
        "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>"
    )
    kept = "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>"
    assert without_hints(text) == f"One. Two.\n\n{kept}"


def test_sealed_solutions_open_in_the_folder_alone_and_cannot_be_read_by_accident(
    released: Released, a4: Assignment
) -> None:
    folder = released(SelfStudyOptions(solutions="sealed"))
    assert list(leaks(a4, folder)) == []
    sealed = (folder / "course" / "study" / "sealed_solutions" / f"{A4}.json").read_text()
    assert set(json.loads(sealed)["functions"]) == {one.name for one in a4.exercises}
    assert "np." not in sealed
    printed = run_python("-c", _FOR_SOLUTION, cwd=folder)
    assert "np.dot(W, A) + b" in printed


def test_withheld_solutions_are_refused_even_inside_the_course(
    released: Released, tmp_path: Path
) -> None:
    shutil.copytree(PROJECT / "source" / A4, tmp_path / "source" / A4)
    for options, opens in (
        (SelfStudyOptions(), True),
        (SelfStudyOptions(solutions="withheld"), False),
    ):
        shutil.copytree(released(options), tmp_path / A4)
        printed = run_python("-c", _FOR_SOLUTION, cwd=tmp_path / A4)
        assert ("np.dot(W, A) + b" in printed) == opens
        assert ("This class was released without solutions." in printed) != opens
        shutil.rmtree(tmp_path / A4)


def test_the_options_change_nothing_but_what_they_name(released: Released) -> None:
    usual = released(SelfStudyOptions())
    cases = f"course/checks/public_cases/{A4}.json"
    assert differences(usual, released(SelfStudyOptions(hints=False))) == [
        f"{A4}.ipynb",
        cases,
        *(f"course/locale/{one}/LC_MESSAGES/{A4}.mo" for one in languages()),
    ]
    assert differences(usual, released(SelfStudyOptions(solutions="withheld"))) == [cases]
    assert differences(usual, released(SelfStudyOptions(solutions="sealed"))) == [
        f"course/study/sealed_solutions/{A4}.json"
    ]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], SelfStudyOptions()),
        (["--without-hints"], SelfStudyOptions(hints=False)),
        (["--with-solutions"], SelfStudyOptions(solutions="sealed")),
        (
            ["--without-hints", "--without-solutions"],
            SelfStudyOptions(hints=False, solutions="withheld"),
        ),
    ],
)
def test_the_command_takes_the_options(
    flags: list[str], expected: SelfStudyOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(release, "make_release", lambda *_a, options: asked.append(options))
    assert grader_main(["release", A4, *flags]) == 0
    assert asked == [expected]
    assert (str(expected) == "") == (expected == SelfStudyOptions())


def test_the_settings_of_the_class_hold_for_nbgraders_own_command(
    a4: Assignment, tmp_path: Path
) -> None:
    from traitlets.config import Config

    from grader.release.steps import AddStudentFiles

    config = Config()
    config.SelfStudy.hints = False
    config.SelfStudy.solutions = "sealed"
    resources: dict[str, Any] = {"nbgrader": {"assignment": A4}}
    notebook = nbformat.v4.new_notebook()
    AddStudentFiles(config=config).preprocess(notebook, resources)
    cases = json.loads(resources["outputs"][f"course/checks/public_cases/{A4}.json"])
    assert cases["withheld"] == ["hints"]
    assert f"course/study/sealed_solutions/{A4}.json" in resources["outputs"]


def test_a_record_in_a_release_folder_is_no_part_of_the_release(
    tmp_path: Path, released: Released
) -> None:
    fresh = released(SelfStudyOptions())
    shutil.copytree(fresh, tmp_path / A4)
    (tmp_path / A4 / FILE_NAME).write_text(ENTRY)
    assert differences(fresh, tmp_path / A4) == []
    assert release.synchronise(files_of(fresh), tmp_path / A4) == 0
    assert (tmp_path / A4 / FILE_NAME).read_text() == ENTRY


def test_a_record_beside_a_master_notebook_is_not_released() -> None:
    from traitlets.config import Config

    from grader.plugin.configuration import configure

    config = Config()
    configure(config, PROJECT)
    assert FILE_NAME in config.CourseDirectory.ignore
    ignored = (PROJECT / ".gitignore").read_text().splitlines()
    assert FILE_NAME in ignored
