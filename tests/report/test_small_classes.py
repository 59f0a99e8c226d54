"""Odd, small and hostile classes have a report too."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
from pathlib import Path

import numpy as np
import pytest

from grader.exercises.assignment import Assignment
from grader.report.class_report import make_report
from grader.report.class_results import ExerciseResult
from grader.report.page import report_page
from grader.report.report_json import as_data
from grader.report.tables import tables
from grader.report.times import time_line
from grader.report.writing import write
from tests.helpers.report_page import NOW, START, Page, assert_fit_page, class_of, rows_of

HOSTILE = "<script>evil()</script>"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_very_small_class_has_a_report(a4: Assignment, count: int) -> None:
    results = class_of(a4, {f"s{n}": {} for n in range(count)}, missing=("x",))
    made = make_report(results)
    assert_fit_page(report_page(made, NOW))
    assert all(one.discrimination is None for one in made.exercises)
    assert all(one.difficulty == (1 if count else None) for one in made.exercises)
    assert len(rows_of(tables(made)["students.csv"])) == count + 1
    json.dumps(as_data(made), allow_nan=False)


def test_nothing_of_a_student_becomes_html_or_a_formula(a4: Assignment) -> None:
    ids = [
        "=cmd()",
        HOSTILE,
        "\u202eabc\x1b[31m",
        "x" * 3_000,
        "'\"><img src=x onerror=evil()>",
        "\ud800",
    ]
    name = a4.exercises[0].name
    code = f'def {name}(a, b, c):\n    """{HOSTILE}"""\n    return "{HOSTILE}" + evil_{"y" * 400}'
    results = class_of(
        a4, {who: {name: HOSTILE} for who in ids}, {who: {name: code} for who in ids}
    )
    mistake = ExerciseResult(HOSTILE, 0, 10, (HOSTILE, "=a-mistake"), HOSTILE)
    students = tuple(
        dataclasses.replace(
            student, name=HOSTILE, unreadable="", exercises={**student.exercises, name: mistake}
        )
        for student in results.students
    )
    broken = dataclasses.replace(students[0], student_id="+x", unreadable=HOSTILE, exercises={})
    results = dataclasses.replace(
        results, students=(*students, broken), missing=("<b>",), ungraded=("@y",)
    )
    made = make_report(results)
    text = report_page(made, NOW)
    page = assert_fit_page(text)
    assert "evil" not in str(page.tags)
    assert "\u202e" not in text and "\x1b" not in text
    assert all(one["class"] == "who" for one in page.named("bdi"))
    assert made.exercises[0].verdicts == {HOSTILE: len(ids)}
    assert "not recorded" in page.text
    for table in tables(made).values():
        for row in csv.reader(io.StringIO(table)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_a_report_with_odd_characters_can_be_written(a4: Assignment, tmp_path: Path) -> None:
    write(make_report(class_of(a4, {"\ud800": {}, "łódź": {}})), tmp_path)
    assert "łódź" in (tmp_path / "students.csv").read_text(encoding="utf-8")


def test_json_has_no_number_that_is_none(a4: Assignment) -> None:
    results = class_of(a4, {"ada": {}, "bob": {}})
    odd = dataclasses.replace(results.students[0], score=float("inf"))
    with np.errstate(invalid="ignore"):
        data = as_data(make_report(dataclasses.replace(results, students=(odd,))))
    assert "NaN" not in json.dumps(data, allow_nan=False)
    assert data["marks"]["mean"] is None


def test_without_points_there_is_no_difficulty(a4: Assignment) -> None:
    worthless = dataclasses.replace(a4.exercises[0], points=0)
    odd = dataclasses.replace(a4, exercises=(worthless, *a4.exercises[1:]))
    made = make_report(class_of(odd, {"ada": {}, "bob": {"linear_forward": "wrong"}}))
    assert (made.exercises[0].difficulty, made.exercises[0].discrimination) == (None, None)
    assert "–" in Page(report_page(made, NOW)).text


def test_submissions_without_a_time_are_counted_apart(a4: Assignment) -> None:
    results = class_of(a4, {"ada": {}, "bob": {}, "eve": {}})
    assert time_line(results).periods == ()
    assert "No times are known" in report_page(make_report(results), NOW)
    far = [START, datetime.datetime(1980, 1, 1), None]
    students = tuple(
        dataclasses.replace(student, submitted_at=time)
        for student, time in zip(results.students, far, strict=True)
    )
    times = time_line(dataclasses.replace(results, students=students))
    assert (times.unit, times.unknown, len(times.periods)) == ("week", 1, 2)


def test_a_long_quiet_time_takes_one_line(a4: Assignment) -> None:
    results = class_of(a4, {"ada": {}, "bob": {}})
    students = tuple(
        dataclasses.replace(s, submitted_at=START + datetime.timedelta(days=n * 30))
        for n, s in enumerate(results.students)
    )
    text = Page(report_page(make_report(dataclasses.replace(results, students=students)), NOW)).text
    assert "29 days" in text
