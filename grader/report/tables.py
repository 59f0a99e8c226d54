"""The class report as tables, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from grader.report.class_report import ClassReport
from grader.report.class_results import StudentResult
from grader.report.verdicts import VERDICTS
from grader.text.table_cells import Cell, csv_text


def tables(report: ClassReport) -> dict[str, str]:
    """All tables by the names of their files."""
    found = {
        "students.csv": students_csv(report),
        "exercises.csv": exercises_csv(report),
        "submissions.csv": submissions_csv(report),
        "similar.csv": similar_csv(report),
    }
    if report.results.assignment.brings_tests:
        found["failures.csv"] = failures_csv(report)
    else:
        found["misconceptions.csv"] = misconceptions_csv(report)
    if report.trends.assignments:
        found["assignments.csv"] = assignments_csv(report)
        found["students_over_assignments.csv"] = students_over_assignments_csv(report)
        found["recurring.csv"] = recurring_csv(report)
    return found


def students_csv(report: ClassReport) -> str:
    """One line a student: marks, then verdict and points of every exercise.

    Those who handed in nothing are in it, with empty cells.
    """
    results, called = report.results, report.people
    names = [item.name for item in results.assignment.items]
    why = {one.student_id: "; ".join(one.reasons) for one in report.trouble}
    header = [
        *("student", "name", "state", "score", "max_score", "late_penalty", "submitted_at"),
        *("late_hours", "help", "first_difficulty", *names),
        *(f"{name}: points" for name in names),
        *(f"{name}: points by hand" for name in results.questions),
    ]
    first = {one.student_id: one.first_difficulty for one in report.trouble}
    rows: list[list[Cell]] = []
    for student in report.students:
        who, done = student.student_id, student.exercises
        rows.append(
            [
                called.key(who),
                called.name(who),
                _state(student),
                student.score,
                student.max_score,
                student.penalty,
                _time(student, called.anonymous),
                student.late.total_seconds() / 3600,
                why.get(who, ""),
                first.get(who, ""),
                *(done[name].verdict if name in done else "" for name in names),
                *(done[name].points if name in done else None for name in names),
                *(student.answers.get(name) for name in results.questions),
            ]
        )
    for state, absent in (("missing", results.missing), ("not graded", results.ungraded)):
        for who in called.ordered(absent):
            empty: list[Cell] = [""] * (len(header) - 3)
            empty[5] = why.get(who, "")
            rows.append([called.key(who), called.name(who), state, *empty])
    return csv_text(header, rows)


def _state(student: StudentResult) -> str:
    if student.unreadable:
        return "unreadable"
    return "waits for a person" if student.waiting else "graded"


def _time(student: StudentResult, anonymous: bool) -> str:
    """When it was handed in; the day alone where the minute would tell who it was."""
    if student.submitted_at is None:
        return ""
    return (student.submitted_at.date() if anonymous else student.submitted_at).isoformat()


def exercises_csv(report: ClassReport) -> str:
    """One line an exercise: verdicts, difficulty, discrimination, and what it blocks."""
    keys = list(VERDICTS)
    header = [
        *("exercise", "points", "graded_by", "students", "waiting", "difficulty"),
        *("discrimination", "all_points", "blocks", "blocked_students", "changed_by_hand"),
        *(*keys, "unknown"),
    ]
    rows: list[list[Cell]] = [
        [
            *(figures.name, figures.max_points, "machine", figures.count, 0),
            *(figures.difficulty, figures.discrimination, figures.full, figures.blocks),
            *(figures.blocked_students, figures.changed),
            *(figures.verdicts.get(key, 0) for key in keys),
            sum(count for key, count in figures.verdicts.items() if key not in VERDICTS),
        ]
        for figures in report.exercises
    ]
    for question in report.questions:
        rows.append(
            [
                *(question.name, question.max_points, "person", question.graded),
                *(question.waiting, question.difficulty, question.discrimination),
                *[None] * (len(keys) + 5),
            ]
        )
    return csv_text(header, rows)


def misconceptions_csv(report: ClassReport) -> str:
    """One line a known mistake that was made, the commonest first."""
    rows: list[list[Cell]] = [
        [figures.exercise, figures.name, len(figures.students), figures.share, figures.message]
        for figures in report.misconceptions
    ]
    return csv_text(["exercise", "misconception", "students", "share", "message"], rows)


def failures_csv(report: ClassReport) -> str:
    """One line a way in which a test failed, the commonest first, with the commonest message."""
    rows: list[list[Cell]] = [
        [
            *(one.test, one.verdict, one.line, "yes" if one.hidden else "no", len(one.students)),
            *(one.share, one.messages[0][0] if one.messages else ""),
        ]
        for one in report.failures
    ]
    header = ["test", "verdict", "line", "hidden", "students", "share", "message"]
    return csv_text(header, rows)


def submissions_csv(report: ClassReport) -> str:
    """One line an hour, a day or a week."""
    rows: list[list[Cell]] = [
        [one.start.isoformat(), report.times.unit, one.count, one.late]
        for one in report.times.periods
    ]
    return csv_text(["start", "unit", "submissions", "late"], rows)


def similar_csv(report: ClassReport) -> str:
    """One line a student in a group of similar submissions."""
    called = report.people
    rows: list[list[Cell]] = [
        [number, called.key(who), called.name(who), cluster.share, ", ".join(cluster.exercises)]
        for number, cluster in enumerate(report.similar, start=1)
        for who in called.ordered(cluster.students)
    ]
    return csv_text(["group", "student", "name", "shared", "exercises"], rows)


def assignments_csv(report: ClassReport) -> str:
    """One line an assignment; marks as shares of the points."""
    rows: list[Sequence[Cell]] = []
    for one in report.trends.assignments:
        exercise, name, count = one.commonest or ("", "", None)
        rows.append(
            [
                *(one.assignment, one.handed_in, one.missing, one.mean, one.lower_quartile),
                *(one.median, one.upper_quartile, exercise, name, count),
            ]
        )
    header = [
        *("assignment", "handed_in", "missing", "mean", "lower_quartile", "median"),
        *("upper_quartile", "commonest_in", "commonest_misconception", "students"),
    ]
    return csv_text(header, rows)


def students_over_assignments_csv(report: ClassReport) -> str:
    """One line a student: the share of the points in each assignment, empty where none came."""
    called, shares = report.people, report.trends.shares or {}
    names = [one.assignment for one in report.trends.assignments]
    rows: list[list[Cell]] = []
    for who in called.ordered(shares):
        own = shares[who]
        mean = sum(own.values()) / len(own) if own else None
        marks = [own.get(name) for name in names]
        rows.append([called.key(who), called.name(who), *marks, mean, len(names) - len(own)])
    return csv_text(["student", "name", *names, "mean", "missing"], rows)


def recurring_csv(report: ClassReport) -> str:
    """One line a misconception in an assignment, of those that were found in several."""
    rows: list[list[Cell]] = [
        [one.name, *place, len(one.again)]
        for one in report.trends.recurring
        for place in one.places
    ]
    header = ["misconception", "assignment", "exercise", "students", "students_in_several"]
    return csv_text(header, rows)
