"""What is kept of a grading reads back as it was, and whatever else stands there is passed over."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.coursedir import CourseDirectory

from grader.exercises.assignment import Assignment
from grader.judging.graded import Graded, GradedExercise
from grader.paths import released_notebook
from grader.recording.autograded_notebook import unreadable_submission
from grader.recording.gradebook_writer import RecordError
from grader.recording.grading import STATE_FILE, Grading, recorded_grading
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = ["name", "verdict", "points", "max_points", "misconceptions", "message", "lesson"]
ENTRY = st.dictionaries(st.sampled_from([*FIELDS, "remarks"]), ANYTHING)
PLACES = ["assignment", "fingerprint", "editions", "repairs", "notes", "unreadable", "submission"]


def test_a_grading_reads_back_as_it_was(a4: Assignment) -> None:
    exercises = (
        GradedExercise("f", "wrong", 0, 10, ("forgets-m",), "Divide.", "05#cost", ("Old.",)),
        GradedExercise("g", "correct", 7.5, 10),
    )
    graded = Graded(a4.name, exercises, ("One cell was mended.",), ("A note.",))
    made = replace(Grading.of(graded, a4, {"f": "abc"}, unreadable=""), waiting=("part 2",))
    written = json.loads(json.dumps(made.as_dict()))
    assert Grading.read(written) == made
    assert (written["score"], written["max_score"]) == (7.5, 20)


def test_what_is_written_holds_no_control_characters(a4: Assignment) -> None:
    exercises = (GradedExercise("f", "wrong", 0, 10, message="a\x1b[2Jb\u202e", remarks=("\x07",)),)
    text = json.dumps(Grading.of(Graded(a4.name, exercises), a4).as_dict(), ensure_ascii=False)
    assert not {"\x1b", "\u202e", "\x07"} & set(text) and "\\u001b" not in text


@given(ANYTHING | st.fixed_dictionaries({"exercises": st.lists(ENTRY | ANYTHING)}))
def test_whatever_stands_there_is_read_without_a_fault(written: object) -> None:
    once = Grading.read(written).as_dict()
    assert Grading.read(once).as_dict() == once


@given(st.dictionaries(st.sampled_from(PLACES), ANYTHING))
def test_fields_of_other_types_are_left_empty(written: dict[str, object]) -> None:
    read = Grading.read(written)
    assert isinstance(read.unreadable, str) and isinstance(read.fingerprint, str | None)
    assert all(isinstance(sentence, str) for sentence in (*read.repairs, *read.notes))


def test_a_file_that_cannot_be_read_counts_as_graded_by_something_else(tmp_path: Path) -> None:
    assert recorded_grading(tmp_path) is None
    (tmp_path / "a4.ipynb").write_text("{}")
    assert recorded_grading(tmp_path) == Grading()
    for text in ("", "[]", "[" * 100_000, '{"exercises": 3}'):
        (tmp_path / STATE_FILE).write_text(text)
        assert recorded_grading(tmp_path) == Grading()


def test_marks_that_nbgrader_would_read_otherwise_are_not_recorded(
    tmp_path: Path, a4: Assignment
) -> None:
    made = unreadable_submission(a4, "It cannot be read.")
    (notebook,) = made.notebooks
    first, *others = notebook.exercises
    notebook = replace(notebook, exercises=(replace(first, points=first.max_points), *others))
    made, graded = replace(made, notebooks=(notebook,)), Graded(a4.name, notebook.exercises)
    course = CourseDirectory(root=str(tmp_path), db_url=f"sqlite:///{tmp_path}/gradebook.db")
    with (
        Recorder(course) as recorder,
        pytest.raises(RecordError, match=f"the points of {first.name} .*release the assignment"),
    ):
        recorder.record_folder(GradingResult("ada", tmp_path, "", graded, made), a4)
    assert not list(tmp_path.iterdir())


def test_the_notebook_that_is_recorded_is_a_valid_one_with_the_ids_of_its_cells(
    a4: Assignment,
) -> None:
    (notebook,) = unreadable_submission(a4, "It cannot be read.").notebooks
    recorded = json.loads(notebook.text)
    nbformat.validate(recorded)
    released = json.loads(released_notebook(a4.name).read_bytes())
    assert {cell["id"] for cell in released["cells"]} <= {cell["id"] for cell in recorded["cells"]}
