"""The class report: its figures, its page, its tables, and what it says of similar submissions.

The figures are worked out again here from the marks that were given, by other means than the
report's own (the module ``statistics``, and plain counting).
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import re
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grader.authoring.simulate import SimulatedStudent, simulate, submitted_notebook
from grader.cli.main import main
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.graded import Graded, GradedExercise
from grader.paths import PROJECT
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder
from grader.report.class_report import ClassReport, make_report
from grader.report.class_results import ClassResults, ExerciseResult, StudentResult
from grader.report.examples import example_of, vocabulary
from grader.report.normal_code import normal_statements
from grader.report.page import report_page
from grader.report.reading import read_class
from grader.report.report_json import as_data
from grader.report.similarity import clusters
from grader.report.tables import tables
from grader.report.times import time_line
from grader.report.writing import write
from grader.settings.course import load_course
from grader.submission.repair import repair
from tests.helpers.recording import record_marks

from tests.report.report_code import ONE_UNUSUAL, UNUSUAL, WRITERS, disguised  # isort: skip

A4, A3 = "a4_deep_network", "a3_shallow_network"
NOW = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
START = datetime.datetime(2026, 3, 2, 10, 20)
STUDENTS, STUDENTS_OF_A3 = 24, 16
HOSTILE = "<script>evil()</script>"
VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr"})


class Page(HTMLParser):
    """The elements of a page, which complains of tags that are not balanced."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


# ------------------------------------------------------------------------ a simulated class


def graded_student(student: SimulatedStudent, assignment: Assignment) -> Graded:
    """The marks that a simulated student must get."""
    verdicts = {"wrong or crashed": "wrong", "correct or blocked": "blocked"}
    exercises = []
    for exercise in assignment.exercises:
        entry = student.expected[exercise.name]
        mistakes = (entry["misconception"],) if "misconception" in entry else ()
        verdict: Any = verdicts.get(entry["verdict"], entry["verdict"])
        exercises.append(
            GradedExercise(exercise.name, verdict, entry["points"], exercise.points, mistakes)
        )
    return Graded(assignment.name, tuple(exercises))


def record_class(course: Any, name: str, students: int, seed: int) -> dict[str, Graded]:
    """Write a simulated class into the gradebook, as grading would."""
    from grader.recording.gradebook_setup import ensure_in_gradebook

    assignment = assignments.load(name)
    ensure_in_gradebook(assignment, course.coursedir)
    found = {}
    with Recorder(course.coursedir) as recorder:
        for number, student in enumerate(simulate(assignment, students, seed)):
            folder = Path(course.coursedir.root, "submitted", student.student_id, name)
            folder.mkdir(parents=True)
            time = START + datetime.timedelta(hours=7 * number)
            (folder / "timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC")
            raw = nbformat.writes(submitted_notebook(student, assignment)).encode()
            graded = graded_student(student, assignment)
            record_marks(
                recorder, student.student_id, graded, repair(raw, assignment).notebook, folder
            )
            found[student.student_id] = graded
    return found


@dataclasses.dataclass
class Recorded:
    """A course with two recorded assignments, and what was recorded."""

    root: Path
    course: Any
    a4: dict[str, Graded]
    a3: dict[str, Graded]
    results: ClassResults
    others: ClassResults


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    root = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        patch.setenv("CLASS_SECRET", "a test")
        load_course.cache_clear()
        course = load_course()
        a4 = record_class(course, A4, STUDENTS, 7)
        a3 = record_class(course, A3, STUDENTS_OF_A3, 15)
        results = read_class(course, assignments.load(A4))
        others = read_class(course, assignments.load(A3), sources=False)
        yield Recorded(root, course, a4, a3, results, others)
    load_course.cache_clear()


@pytest.fixture(scope="module")
def made(recorded: Recorded) -> ClassReport:
    return make_report(recorded.results, [recorded.others])


def points_of(graded: dict[str, Graded], name: str) -> list[float]:
    return [e.points for g in graded.values() for e in g.exercises if e.name == name]


def test_the_distribution_of_the_marks_is_that_of_the_scores(
    recorded: Recorded, made: ClassReport
) -> None:
    scores = [graded.score for graded in recorded.a4.values()]
    found = made.marks
    assert found is not None
    assert found.count == STUDENTS
    assert found.mean == pytest.approx(statistics.fmean(scores))
    quartiles = statistics.quantiles(scores, n=4, method="inclusive")
    assert [found.lower_quartile, found.median, found.upper_quartile] == pytest.approx(quartiles)
    assert found.median == statistics.median(scores)
    assert found.standard_deviation == pytest.approx(statistics.pstdev(scores))
    assert (found.lowest, found.highest) == (min(scores), max(scores))
    total = int(made.results.max_score)
    assert found.full == sum(score == total for score in scores)
    tenths = Counter(min(int(score) * 10 // total, 9) for score in scores)
    assert found.bins == tuple(tenths[place] for place in range(10))


def test_the_gradebook_file_holds_the_same_marks(recorded: Recorded, made: ClassReport) -> None:
    with sqlite3.connect(recorded.root / "gradebook.db") as book:
        rows = book.execute(
            """select sa.student_id, sum(coalesce(g.manual_score, g.auto_score, 0))
               from submitted_assignment sa join assignment a on a.id = sa.assignment_id
               join submitted_notebook sn on sn.assignment_id = sa.id
               join grade g on g.notebook_id = sn.id
               where a.name = ? group by sa.student_id""",
            (A4,),
        ).fetchall()
    book.close()
    assert {who: score for who, score in rows} == {
        student.student_id: student.score for student in made.results.students
    }


def test_the_shares_of_the_verdicts_are_those_that_were_given(
    recorded: Recorded, made: ClassReport
) -> None:
    for figures in made.exercises:
        given = [
            e.verdict for g in recorded.a4.values() for e in g.exercises if e.name == figures.name
        ]
        assert figures.verdicts == dict(Counter(given))
        assert figures.count == STUDENTS


def test_difficulty_and_discrimination_are_those_of_test_theory(
    recorded: Recorded, made: ClassReport
) -> None:
    totals = [graded.score for graded in recorded.a4.values()]
    for figures in made.exercises:
        own = points_of(recorded.a4, figures.name)
        assert figures.difficulty == pytest.approx(sum(own) / len(own) / figures.max_points)
        rest = [total - points for total, points in zip(totals, own, strict=True)]
        assert figures.discrimination == pytest.approx(statistics.correlation(own, rest))


def test_misconceptions_are_counted_and_ranked(recorded: Recorded, made: ClassReport) -> None:
    given: Counter[tuple[str, str]] = Counter()
    for graded in recorded.a4.values():
        for exercise in graded.exercises:
            for mistake in exercise.misconceptions:
                given[exercise.name, mistake] += 1
    found = [(one.exercise, one.name, len(one.students)) for one in made.misconceptions]
    assert {(exercise, name): count for exercise, name, count in found} == dict(given)
    counts = [count for _exercise, _name, count in found]
    assert counts == sorted(counts, reverse=True)
    for one in made.misconceptions:
        assert one.share == pytest.approx(len(one.students) / STUDENTS)
        known = {
            m.name: m.message for m in made.results.assignment.exercise(one.exercise).misconceptions
        }
        assert one.message == known[one.name]


def test_an_exercise_blocks_what_fails_through_it(recorded: Recorded, made: ClassReport) -> None:
    assignment = made.results.assignment
    uses = {e.name: set(e.builds_on) for e in assignment.exercises}
    for _ in uses:  # what is used by what is used, until nothing is new
        uses = {name: own.union(*(uses[one] for one in own)) for name, own in uses.items()}
    expected: Counter[str] = Counter()
    students: dict[str, set[str]] = {}
    for who, graded in recorded.a4.items():
        verdicts = {exercise.name: exercise.verdict for exercise in graded.exercises}
        for later, earlier in ((a, b) for a in uses for b in uses[a]):
            if verdicts[later] == "blocked" and verdicts[earlier] not in ("correct", "blocked"):
                expected[earlier] += 1
                students.setdefault(earlier, set()).add(who)
    assert {one.name: one.blocks for one in made.exercises if one.blocks} == dict(expected)
    for one in made.exercises:
        assert one.blocked_students == len(students.get(one.name, ()))
    assert made.most_blocking is not None
    assert made.most_blocking.blocks == max(expected.values())


def test_the_time_line_counts_every_submission_once(made: ClassReport) -> None:
    periods = made.times.periods
    assert made.times.unit == "day"
    assert sum(period.count for period in periods) == STUDENTS
    days = Counter((START + datetime.timedelta(hours=7 * n)).date() for n in range(STUDENTS))
    assert {p.start.date(): p.count for p in periods if p.count} == dict(days)
    assert [b.start - a.start for a, b in zip(periods, periods[1:], strict=False)] == [
        datetime.timedelta(days=1)
    ] * (len(periods) - 1)


def test_trends_tell_of_each_assignment_and_of_mistakes_that_recur(
    recorded: Recorded, made: ClassReport
) -> None:
    lines = {one.assignment: one for one in made.trends.assignments}
    assert list(lines) == [A3, A4]
    both = ((A3, recorded.a3, recorded.others), (A4, recorded.a4, recorded.results))
    for name, graded, results in both:
        points = results.max_score
        shares = [one.score / points for one in graded.values()]
        assert lines[name].mean == pytest.approx(statistics.fmean(shares))
        assert lines[name].median == pytest.approx(statistics.median(shares))
    assert (lines[A3].handed_in, lines[A3].missing) == (STUDENTS_OF_A3, STUDENTS - STUDENTS_OF_A3)
    where: dict[str, set[str]] = {}
    for name, graded in ((A3, recorded.a3), (A4, recorded.a4)):
        for one in graded.values():
            for exercise in one.exercises:
                for mistake in exercise.misconceptions:
                    where.setdefault(mistake, set()).add(name)
    expected = {mistake for mistake, names in where.items() if len(names) > 1}
    assert expected
    assert {one.name for one in made.trends.recurring} == expected


def test_who_fell_far_from_earlier_assignments_may_need_help(a4: Assignment) -> None:
    before = class_of(assignments.load(A3), {"ada": {}, "bob": {}})
    now = class_of(a4, {"ada": {e.name: "wrong" for e in a4.exercises[:4]}, "bob": {}})
    (one,) = make_report(now, [before]).trouble
    assert one.student_id == "ada"
    assert one.reasons == ("fell from 100% in earlier assignments to 64%",)
    assert one.first_difficulty == "initialize_parameters: wrong"


# ---------------------------------------------------------------------------- page and files


def assert_fit_page(text: str) -> Page:
    """Assert that a page is sound HTML, complete in itself, and can be used with the keyboard."""
    page = Page(text)
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        assert tag not in {"script", "iframe", "img", "link", "object", "form", "base"}, tag
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert "style" not in attributes, "the policy of the page forbids it"
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids
        if tag == "svg":
            assert attributes["aria-hidden"] == "true"
            assert attributes["focusable"] == "false"
        if "scroll" in attributes.get("class", "").split():
            assert (attributes["tabindex"], attributes["role"]) == ("0", "region")
            assert attributes["aria-label"]
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        assert attributes.get("tabindex", "0") == "0"
    assert not re.search(r"https?://|url\(|@import|//[a-z]+\.", text)
    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("h1")) == len(page.named("main")) == len(page.named("title")) == 1
    assert len(page.named("table")) == len(page.named("caption"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    return page


def test_the_page_is_sound_and_complete_in_itself(made: ClassReport) -> None:
    page = assert_fit_page(report_page(made, NOW))
    assert page.named("a")[0]["href"] == "#main"
    assert page.named("details")
    policy = next(m["content"] for m in page.named("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_page_shows_the_figures(made: ClassReport) -> None:
    text = re.sub(r"\s+", " ", Page(report_page(made, NOW)).text)
    assert made.marks is not None and made.most_blocking is not None
    assert f"the mean is {made.marks.mean:.1f}".removesuffix(".0") in text
    assert f"{made.most_blocking.name} stands in the way of the most others" in text
    for one in made.misconceptions:
        assert one.name.replace("-", " ") in text
        assert one.message[:40] in text
    for figures in made.exercises:
        assert f"{figures.difficulty:.0%}" in text


def test_every_misconception_has_an_example_that_makes_it(made: ClassReport) -> None:
    for one in made.misconceptions:
        code = made.examples[one.exercise, one.name]
        assert f"def {one.exercise}" in code
        assert "#" not in code and '"""' not in code


def test_the_files_of_a_report_hold_the_same_figures(made: ClassReport, tmp_path: Path) -> None:
    write(made, tmp_path)
    data = json.loads((tmp_path / "report.json").read_text())
    assert made.marks is not None
    assert data["marks"]["mean"] == made.marks.mean
    assert [one["difficulty"] for one in data["exercises"]] == [
        one.difficulty for one in made.exercises
    ]
    students = rows_of((tmp_path / "students.csv").read_text())
    assert [float(row["score"]) for row in students] == [s.score for s in made.results.students]
    exercises = rows_of((tmp_path / "exercises.csv").read_text())
    by_hand = [row["exercise"] for row in exercises if row["graded_by"] == "person"]
    assert by_hand == list(made.results.questions)
    for row, figures in zip(exercises, made.exercises, strict=False):
        assert row["exercise"] == figures.name
        assert float(row["difficulty"]) == pytest.approx(figures.difficulty, abs=1e-5)
        assert float(row["discrimination"]) == pytest.approx(figures.discrimination, abs=1e-5)
        assert int(row["blocks"]) == figures.blocks
        assert int(row["correct"]) == figures.verdicts["correct"]
    mistakes = rows_of((tmp_path / "misconceptions.csv").read_text())
    assert [int(row["students"]) for row in mistakes] == [
        len(one.students) for one in made.misconceptions
    ]
    over = {
        row["student"]: row
        for row in rows_of((tmp_path / "students_over_assignments.csv").read_text())
    }
    assert len(over) == STUDENTS
    student = made.results.students[0]
    assert float(over[student.student_id][A4]) == pytest.approx(student.share, abs=1e-5)
    assert sum(row[A3] == "" for row in over.values()) == STUDENTS - STUDENTS_OF_A3


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_command_writes_a_report_and_says_what_it_says(
    recorded: Recorded, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["report", "a4"]) == 0
    said = capsys.readouterr().out
    assert f"{A4}: {STUDENTS} students, mean" in said
    assert (recorded.root / "exports" / A4 / "report" / "index.html").is_file()
    assert main(["report", "--output", str(tmp_path / "all")]) == 0
    assert {path.parent.name for path in tmp_path.glob("all/*/index.html")} == {A3, A4}


def test_the_command_says_what_to_do_where_there_are_no_marks(
    recorded: Recorded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "a1"]) == 1
    assert "python -m grader autograde a1_numpy_basics" in capsys.readouterr().err
    assert main(["report", "b7"]) == 1
    assert "no assignment 'b7'" in capsys.readouterr().err


def test_the_command_says_where_it_cannot_write(
    recorded: Recorded, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["report", "a4", "--output", str(tmp_path / "file" / "report")]) == 1
    assert "cannot be written: Not a directory." in capsys.readouterr().err


def test_an_anonymous_report_names_nobody_anywhere(recorded: Recorded, tmp_path: Path) -> None:
    assert main(["report", "a4", "--output", str(tmp_path), "--anonymous"]) == 0
    for path in tmp_path.iterdir():
        words = set(re.findall(r"\w+", path.read_text()))
        assert not words.intersection(recorded.a4), path.name
    numbers = [row["student"] for row in rows_of((tmp_path / "students.csv").read_text())]
    assert numbers == [f"Student {n}" for n in range(1, STUDENTS + 1)]
    scores = [float(row["score"]) for row in rows_of((tmp_path / "students.csv").read_text())]
    assert sorted(scores) == sorted(graded.score for graded in recorded.a4.values())
    assert scores != [recorded.a4[who].score for who in sorted(recorded.a4)]


def test_a_student_has_the_same_number_in_every_anonymous_report(recorded: Recorded) -> None:
    first = make_report(recorded.results, [recorded.others], True, "key").people
    second = make_report(recorded.others, [recorded.results], True, "key").people
    other = make_report(recorded.results, [recorded.others], True, "another key").people
    assert first.numbers == second.numbers != other.numbers


# ----------------------------------------------------------------------- reading the gradebook


def test_marks_by_hand_penalties_and_questions_count_as_the_gradebook_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, a4: Assignment
) -> None:
    from nbgrader.api import Gradebook

    from grader.recording.gradebook_setup import ensure_in_gradebook

    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    load_course.cache_clear()
    course = load_course()
    ensure_in_gradebook(a4, course.coursedir)
    database = course.coursedir.db_url, course.coursedir.course_id
    with Gradebook(*database) as book:
        book.add_grade_cell("why", A4, A4, max_score=5, cell_type="markdown")
        book.add_solution_cell("why", A4, A4)
        book.find_assignment(A4).duedate = START
        book.db.commit()
    raw = (PROJECT / "release" / A4 / f"{A4}.ipynb").read_bytes()
    wrong = Graded(A4, tuple(GradedExercise(e.name, "wrong", 0, e.points) for e in a4.exercises))
    late = tmp_path / "submitted" / "ada" / A4
    late.mkdir(parents=True)
    time = START + datetime.timedelta(hours=30)
    (late / "timestamp.txt").write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC")
    with Recorder(course.coursedir) as recorder:
        record_marks(recorder, "ada", wrong, repair(raw, a4).notebook, late)
        record_marks(recorder, "bob", wrong, repair(raw, a4).notebook, tmp_path)
        unread = GradingResult("zacharias", tmp_path, problem="zacharias.ipynb is empty.")
        recorder.record_folder(unread, a4)
        recorder.marks.add_students(["zoe"])
    with Gradebook(*database) as book:
        book.find_grade("linear_forward_check", A4, A4, "ada").manual_score = 7
        answer = book.find_grade("why", A4, A4, "ada")
        answer.manual_score, answer.needs_manual_grade = 4, False
        book.find_submission_notebook(A4, A4, "ada").late_submission_penalty = 2
        book.db.commit()
    results = read_class(course, a4)
    load_course.cache_clear()
    ada, bob, zacharias = results.students
    total = a4.max_score + sum(results.questions.values())
    assert results.questions["why"] == 5
    assert results.max_score == ada.max_score == total
    assert (ada.score, ada.penalty, ada.open_points) == (9, 2, 0)
    assert ada.exercises["linear_forward"].changed
    assert (ada.answers["why"], ada.waiting) == (4, False)
    assert ada.late == datetime.timedelta(hours=30)
    assert (bob.answers["why"], bob.waiting, bob.open_points) == (None, True, 5)
    assert (bob.submitted_at, bob.late) == (None, datetime.timedelta())
    assert zacharias.unreadable and not zacharias.exercises and not zacharias.sources
    assert results.missing == ("zoe",)

    made = make_report(results)
    question = next(one for one in made.questions if one.name == "why")
    assert (question.graded, question.waiting, question.difficulty) == (1, 2, 0.8)
    linear_forward = made.exercises[2]
    assert (linear_forward.difficulty, linear_forward.changed) == (0.35, 1)
    reasons = {one.student_id: one.reasons for one in made.trouble}
    assert reasons["ada"] == (f"{9 / total:.0%} of the points", "30 hours late")
    assert reasons["zoe"] == ("handed in nothing",)
    text = Page(report_page(made, NOW)).text
    assert "1 changed by hand." in text and "Waiting for a person" in text
    assert "The marks of 2 students are not final" in text
    hidden = make_report(results, anonymous=True)
    everything = report_page(hidden, NOW) + json.dumps(as_data(hidden))
    assert "zacharias" not in everything


# ------------------------------------------------------------------------- odd and small classes


def class_of(
    assignment: Assignment,
    verdicts: dict[str, dict[str, str]],
    sources: dict[str, dict[str, str]] | None = None,
    **more: Any,
) -> ClassResults:
    """A class in which everything is right but what is named."""
    students = []
    for who, wrong in verdicts.items():
        exercises = {}
        for exercise in assignment.exercises:
            verdict = wrong.get(exercise.name, "correct")
            points = exercise.points if verdict in ("correct", "blocked") else 0
            exercises[exercise.name] = ExerciseResult(verdict, points, exercise.points)
        score = sum(result.points for result in exercises.values())
        own = (sources or {}).get(who, {})
        students.append(StudentResult(who, "", exercises, score, assignment.max_score, sources=own))
    return ClassResults(assignment, tuple(students), **more)


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


# ------------------------------------------------------------------------------------ examples


def test_an_example_tells_nothing_of_its_writer(a4: Assignment) -> None:
    source = '''
%time
ada_rate = 0.01
def helper_of_ada(lovelace: int):
    """By Ada Lovelace."""
    print("Ada was here")
    return lovelace * ada_rate * 11823456 + 3.1415926 + len("Ada Lovelace")

def unrelated_ada(): pass

@ada_decorator
def linear_forward(A, W, b):  # ada
    global ada_total
    ada_w1: float = np.dot(W, A) + b
    try:
        from ada_tools import lovelace_dot as ada_dot
        Z = helper_of_ada(lovelace=ada_w1).ada_attribute
    except Exception as ada_error:
        Z = f"{ada_error} ada lovelace"
    return Z, (A, W, b)
'''
    code = example_of(source, "linear_forward", vocabulary(a4))
    assert "ada" not in code.lower() and "lovelace" not in code.lower()
    assert "11823456" not in code and "3.1415926" not in code
    assert "np.dot(W, A) + b" in code and "def linear_forward(A, W, b):" in code
    assert "unrelated" not in code and code.count("def ") == 2
    compile(code, "example", "exec")


def test_the_courses_own_words_stay_in_an_example(a4: Assignment) -> None:
    source = a4.solution("L_model_backward")
    code = example_of(source, "L_model_backward", vocabulary(a4))
    assert "dA_prev_temp, dW_temp, db_temp = linear_activation_backward" in code
    assert "'dW' + str(l + 1)" in code
    assert "name_" not in code and "number_" not in code


@pytest.mark.parametrize("source", ["def f(:", "", "x = 1", "(" * 500, "\x00"])
def test_a_cell_that_cannot_be_read_gives_no_example(a4: Assignment, source: str) -> None:
    assert example_of(source, "f", vocabulary(a4)) == ""


# ---------------------------------------------------------------------------------- similarity


def solved(assignment: Assignment, cells: dict[str, str]) -> dict[str, str]:
    return {e.name: assignment.solution(e.name) for e in assignment.exercises} | cells


def similar(assignment: Assignment, sources: dict[str, dict[str, str]]) -> list[set[str]]:
    results = class_of(assignment, {who: {} for who in sources}, sources)
    return [set(cluster.students) for cluster in clusters(results)]


@pytest.mark.parametrize("name", assignments.names())
def test_no_cluster_appears_in_a_class_of_the_courses_own_variants(name: str) -> None:
    assignment = assignments.load(name)
    group = simulate(assignment, 120, 5)
    assert similar(assignment, {student.student_id: student.cells for student in group}) == []


def test_people_who_solve_it_in_usual_ways_are_not_clustered(a4: Assignment) -> None:
    assert similar(a4, {who: solved(a4, cells) for who, cells in WRITERS.items()}) == []


@pytest.mark.parametrize("cells", [UNUSUAL, ONE_UNUSUAL], ids=["two exercises", "one exercise"])
@pytest.mark.parametrize("copies", [1, 3])
def test_disguised_copies_of_unusual_code_are_found(
    a4: Assignment, cells: dict[str, str], copies: int
) -> None:
    sources = {s.student_id: s.cells for s in simulate(a4, 30, 6)}
    sources |= {who: solved(a4, own) for who, own in WRITERS.items()}
    sources["source"] = solved(a4, cells)
    for number in range(copies):
        copied = {name: disguised(code, number) for name, code in cells.items()}
        sources[f"copy {number}"] = solved(a4, copied)
    expected = {"source", *(f"copy {number}" for number in range(copies))}
    assert similar(a4, sources) == [expected]


def test_two_pairs_of_copies_are_two_groups(a4: Assignment) -> None:
    names = list(UNUSUAL)
    sources = {}
    for name in names:
        sources[f"{name} 1"] = solved(a4, {name: UNUSUAL[name]})
        sources[f"{name} 2"] = solved(a4, {name: disguised(UNUSUAL[name], 8)})
    found = similar(a4, sources)
    assert sorted(map(sorted, found)) == [[f"{name} 1", f"{name} 2"] for name in names]


def test_a_copy_is_found_beside_much_code_of_ones_own(a4: Assignment) -> None:
    copied = disguised(UNUSUAL["linear_backward"], 2)
    sources = {
        "source": solved(a4, UNUSUAL),
        "copier": solved(a4, WRITERS["helpers"] | {"linear_backward": copied}),
        **{who: solved(a4, cells) for who, cells in WRITERS.items() if who != "helpers"},
    }
    assert similar(a4, sources) == [{"source", "copier"}]


def test_what_many_have_is_no_sign_of_copying(a4: Assignment) -> None:
    sources = {f"s{n}": solved(a4, UNUSUAL) for n in range(12)}
    assert similar(a4, sources) == []


def test_a_group_says_where_its_submissions_are_alike(a4: Assignment) -> None:
    sources = {
        "ada": solved(a4, ONE_UNUSUAL),
        "bob": solved(a4, {n: disguised(code, 1) for n, code in ONE_UNUSUAL.items()}),
    }
    made = make_report(class_of(a4, {who: {} for who in sources}, sources))
    (cluster,) = made.similar
    assert cluster.exercises == ("linear_backward",)
    assert cluster.share == 1
    assert any("np.tensordot" in line for line in cluster.lines)
    text = Page(report_page(made, NOW)).text
    assert "np.tensordot" in text and "not a verdict" in text
    assert rows_of(tables(made)["similar.csv"])[1]["student"] == "bob"
    hidden = make_report(made.results, anonymous=True)
    assert "np.tensordot" in str(hidden.similar[0].lines)
    assert "ada" not in tables(hidden)["similar.csv"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Z = np.dot(W, A) + b", "z  = B + w @ a"),
        ("Z = W.dot(A) + b", "Z = np.add(b, np.matmul(W, A))"),
        ("db = 1 / m * np.sum(dZ, axis=1, keepdims=True)", "g = dz.sum(keepdims=True, axis=1) / n"),
        ("x = -1. / m * s", "y = -t / n"),
        ("a += b * c", "q = r * s + q"),
        ('k = p["W" + str(l)]', 'k = q[f"W{i}"]'),
        ('k = p["W%d" % l]', 'k = q["W{}".format(i)]'),
        ("a, b = c[0], d[1]", "x = y[0]\nz = u[1]"),
        ("if a > b: c = d.T", "if y < x:\n    q = np.transpose(r)"),
        ("v = w[i][j]", "a = b[c, d]"),
        ("for i in range(0, n): pass", "for k in range(m):\n    print(k)"),
    ],
)
def test_what_means_the_same_has_one_form(one: str, other: str) -> None:
    known = frozenset({"np"})
    first = [statement.text for statement in normal_statements(one, known)]
    assert first == [statement.text for statement in normal_statements(other, known)]
    assert first


@pytest.mark.parametrize(
    ("one", "other"),
    [("a = b - c * d", "a = b + c * d"), ("a = b / c + d", "a = b * c + d"), ("a < b", "a <= b")],
)
def test_what_differs_in_meaning_differs_in_form(one: str, other: str) -> None:
    texts = [[statement.text for statement in normal_statements(code)] for code in (one, other)]
    assert texts[0] != texts[1]


@pytest.mark.parametrize(
    "source", ["def f(:", "-" * 5_000 + "1", "(" * 900, "x = " + "a + " * 3_000 + "a"]
)
def test_code_made_to_trip_the_comparison_is_passed_over(a4: Assignment, source: str) -> None:
    similar(a4, {"ada": {"linear_forward": source}, "bob": {"linear_forward": source}})
