"""The class report: its figures, its page, its tables, its command.

The figures are worked out again here from the marks that were given, by other means than the
report's own (the module ``statistics``, and plain counting).
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
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
from grader.report.class_results import ClassResults
from grader.report.page import report_page
from grader.report.reading import read_class
from grader.report.report_json import as_data
from grader.report.writing import write
from grader.settings.course import load_course
from grader.submission.repair import repair
from tests.helpers.recording import record_marks
from tests.helpers.report_page import NOW, START, Page, assert_fit_page, class_of, rows_of

A4, A3 = "a4_deep_network", "a3_shallow_network"

STUDENTS, STUDENTS_OF_A3 = 24, 16
HOSTILE = "<script>evil()</script>"


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
