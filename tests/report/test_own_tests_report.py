"""The class report of an assignment whose notebooks bring their own tests."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.main import main
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.report.class_report import ClassReport, make_report
from grader.report.class_results import ClassResults, ExerciseResult, StudentResult
from grader.report.page import report_page
from grader.report.report_json import as_data
from grader.report.similarity import clusters
from grader.report.tables import tables
from tests.helpers.existing_course import NAME, SEVERAL, make_course, write_problem_set

NOW = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
POINTS = {"test_mean": 2.0, "test_total": 1.5, "test_parts": 3.0}
SEEN, HIDDEN = "close(mean([1, 3]), 2)", "assert abs(np.linalg.norm([mean([2, 4, 9]) - 5])) < 1e-9"
MESSAGE = f"The test stops with ValueError: I am Ann\nat this line: {SEEN}"
UNUSUAL = """def mean(x):
    running, seen = 0.0, 0
    for position, entry in enumerate(reversed(list(x))):
        running = running * (position / (position + 1)) + entry / (position + 1)
        seen += position ** 0
    weights = [entry * 0 + 1 / max(seen, 1) for entry in x]
    adjusted = sorted(zip(weights, x), key=lambda pair: pair[1] - pair[0])
    return sum(w * v for w, v in adjusted) if adjusted else running
"""

Found = dict[str, ExerciseResult]


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assignment]:
    root: Path = tmp_path_factory.mktemp("course")
    make_course(root, {})
    write_problem_set(root, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        yield assignments.load(NAME)


def stopped(test: str, line: int, message: str, verdict: str = "crashed") -> Found:
    return {test: ExerciseResult(verdict, 0, POINTS[test], message=message, line=line)}


def a_class(
    assignment: Assignment,
    students: dict[str, Found],
    sources: dict[str, dict[str, str]] | None = None,
    due: datetime.datetime | None = None,
) -> ClassResults:
    """A class in which every test passed but those that are named."""
    made = []
    for who, failed in students.items():
        found = {
            item.name: failed.get(item.name, ExerciseResult("correct", item.points, item.points))
            for item in assignment.items
        }
        score = sum(one.points for one in found.values())
        own = (sources or {}).get(who, {})
        made.append(StudentResult(who, "", found, score, assignment.max_score, sources=own))
    return ClassResults(assignment, tuple(made), due=due)


@pytest.fixture(scope="module")
def results(assignment: Assignment) -> ClassResults:
    hidden = "A hidden test did not pass (AssertionError)."
    partly = ExerciseResult("wrong", 1, 3, message="The test gives 1 of 3 points.")
    return a_class(
        assignment,
        {
            "ann": stopped("test_mean", 1, MESSAGE),
            "bob": stopped("test_mean", 3, hidden, "wrong"),
            "cid": stopped("test_mean", 3, hidden, "wrong") | {"test_parts": partly},
            "dan": stopped("test_total", 0, "The code is not written yet.", "not attempted"),
        },
    )


@pytest.fixture(scope="module")
def made(results: ClassResults) -> ClassReport:
    return make_report(results)


def test_the_commonest_failure_is_named_by_the_line_at_which_the_test_stopped(
    made: ClassReport,
) -> None:
    first, *others = made.failures
    assert (first.line, first.hidden, first.students) == (HIDDEN, True, ("bob", "cid"))
    assert [(one.test, one.line) for one in others] == [("test_mean", SEEN), ("test_parts", "")]


def test_a_message_does_not_repeat_the_line(made: ClassReport) -> None:
    assert made.failures[1].messages == (("The test stops with ValueError: I am Ann", 1),)


def test_the_pass_rate_counts_those_with_all_points_of_a_test(made: ClassReport) -> None:
    assert [figures.pass_rate for figures in made.exercises] == [0.25, 0.75, 0.75]


def test_a_report_says_nothing_of_what_tests_alone_do_not_tell(made: ClassReport) -> None:
    page = re.sub("<[^>]*>", "", report_page(made, NOW))
    for word in ("isconception", "xercise", "Blocks", "known mistake", "right in itself"):
        assert word not in page, word
    assert "misconceptions.csv" not in tables(made)


def test_a_report_to_show_to_others_quotes_no_hidden_test_and_no_student(
    results: ClassResults,
) -> None:
    shown = make_report(results, anonymous=True)
    everything = report_page(shown, NOW) + json.dumps(as_data(shown)) + str(tables(shown))
    assert "mean([1, 3])" in everything and "a hidden line" in everything
    assert "2, 4, 9" not in everything and "I am Ann" not in everything


def test_cells_that_share_unusual_code_are_similar_and_solutions_are_not(
    assignment: Assignment,
) -> None:
    own = assignment.own
    assert own is not None
    copied = UNUSUAL.replace("running", "r").replace("adjusted", "ordered")
    sources = {
        "ann": {"mean": UNUSUAL},
        "bob": {"mean": f"# mine\n{copied}"},
        "cid": dict(own.solutions),
        "dan": dict(own.solutions),
    }
    (group,) = clusters(a_class(assignment, dict.fromkeys(sources, {}), sources))
    assert (group.students, group.exercises) == (("ann", "bob"), ("mean",))


def test_who_fell_is_told_by_what_was_due_before_and_not_by_the_alphabet(
    assignment: Assignment,
) -> None:
    failed = {name: ExerciseResult("wrong", 0, points) for name, points in POINTS.items()}
    first = a_class(assignment, {"ann": failed}, due=datetime.datetime(2026, 3, 1))
    later = a_class(assignments.load(SEVERAL), {"ann": {}}, due=datetime.datetime(2026, 3, 8))
    (ann,) = make_report(first, [later]).trouble
    assert not any("fell" in reason for reason in ann.reasons)


@pytest.mark.parametrize(
    ("command", "instead"), [("simulate", "check-course"), ("release", "generate_assignment")]
)
def test_a_command_that_needs_cases_says_what_to_do_without(
    assignment: Assignment, capsys: pytest.CaptureFixture[str], command: str, instead: str
) -> None:
    assert main([command, NAME]) != 0
    assert f"{instead} '{NAME}'" in capsys.readouterr().err
