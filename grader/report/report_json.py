"""The report as plain data, for ``report.json``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from grader.report.class_report import ClassReport


def as_data(report: ClassReport) -> dict[str, Any]:
    """The report as plain data: texts, numbers, lists and dictionaries, and no NaN."""
    results, called = report.results, report.people
    data = {
        "assignment": results.assignment.name,
        "max_score": results.max_score,
        "anonymous": called.anonymous,
        "handed_in": len(results.students),
        "missing": _keys(report, results.missing),
        "ungraded": _keys(report, results.ungraded),
        "waiting": _keys(report, report.waiting),
        "unreadable": _keys(report, [s.student_id for s in results.students if s.unreadable]),
        "marks": asdict(report.marks) if report.marks else None,
        "exercises": [
            {**asdict(figures), "blocks": figures.blocks} for figures in report.exercises
        ],
        "graded_by_hand": [asdict(figures) for figures in report.questions],
        "failures": [
            {**asdict(one), "students": _keys(report, one.students)} for one in report.failures
        ],
        "misconceptions": [
            {
                "exercise": figures.exercise,
                "name": figures.name,
                "message": figures.message,
                "students": _keys(report, figures.students),
                "share": figures.share,
                "example": report.examples.get((figures.exercise, figures.name), ""),
            }
            for figures in report.misconceptions
        ],
        "trouble": [
            {
                "student": called.key(one.student_id),
                "share": one.share,
                "reasons": list(one.reasons),
                "first_difficulty": one.first_difficulty,
            }
            for one in report.trouble
        ],
        "submissions": {
            "unit": report.times.unit,
            "due": results.due.isoformat() if results.due else None,
            "unknown": report.times.unknown,
            "periods": [
                {"start": one.start.isoformat(), "count": one.count, "late": one.late}
                for one in report.times.periods
            ],
        },
        "similar": [
            {
                "students": _keys(report, cluster.students),
                "share": cluster.share,
                "exercises": list(cluster.exercises),
                "lines": list(cluster.lines),
            }
            for cluster in report.similar
        ],
        "trends": [asdict(one) for one in report.trends.assignments],
        "recurring": [
            {"name": one.name, "places": one.places, "again": _keys(report, one.again)}
            for one in report.trends.recurring
        ],
    }
    plain: dict[str, Any] = _plain(data)
    return plain


def _keys(report: ClassReport, students: Any) -> list[str]:
    called = report.people
    return [called.key(who) for who in called.ordered(students)]


def _plain(value: Any) -> Any:
    """The value with None for every number that JSON has not."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
