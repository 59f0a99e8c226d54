"""What several assignments of a class say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.report.class_results import ClassResults
from grader.report.statistics import misconception_figures


@dataclass(frozen=True)
class AssignmentTrend:
    """One line of the trends.

    Attributes:
        assignment: its name.
        handed_in, missing: how many students handed in, and how many did not.
        mean, lower_quartile, median, upper_quartile: of the shares of the points, from 0 to 1.
        commonest: the commonest misconception, as exercise, name and number of students.
    """

    assignment: str
    handed_in: int
    missing: int
    mean: float
    lower_quartile: float
    median: float
    upper_quartile: float
    commonest: tuple[str, str, int] | None = None


@dataclass(frozen=True)
class Recurring:
    """A misconception that was found in several assignments.

    Attributes:
        name: the mistake; the same name means the same idea.
        places: where, as assignment, exercise and number of students.
        again: ids of the students who made it in more than one assignment.
    """

    name: str
    places: tuple[tuple[str, str, int], ...]
    again: tuple[str, ...]


@dataclass(frozen=True)
class Trends:
    """This and the other assignments of a class.

    Attributes:
        assignments: one line each, in their order.
        recurring: misconceptions in several assignments, those of most students first.
        shares: for each student the share of the points in each assignment handed in.
    """

    assignments: tuple[AssignmentTrend, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    shares: dict[str, dict[str, float]] | None = None


def trends(everything: Sequence[ClassResults]) -> Trends:
    """Look at several assignments; empty where there are fewer than two.

    Parameters:
        everything: the results in each of them, in their order.
    """
    done = [results for results in everything if results.students]
    if len(done) < 2:
        return Trends()
    shares: dict[str, dict[str, float]] = {}
    for results in done:
        for who in results.missing:
            shares.setdefault(who, {})
        for student in results.students:
            shares.setdefault(student.student_id, {})[results.assignment.name] = student.share
    return Trends(tuple(_line(results) for results in done), _recurring(done), shares)


def _line(results: ClassResults) -> AssignmentTrend:
    shares = [student.share for student in results.students]
    lower, median, upper = np.percentile(shares, [25, 50, 75])
    mistakes = misconception_figures(results)
    most = mistakes[0] if mistakes else None
    return AssignmentTrend(
        assignment=results.assignment.name,
        handed_in=len(shares),
        missing=len(results.missing),
        mean=float(np.mean(shares)),
        lower_quartile=float(lower),
        median=float(median),
        upper_quartile=float(upper),
        commonest=(most.exercise, most.name, len(most.students)) if most else None,
    )


def _recurring(everything: Sequence[ClassResults]) -> tuple[Recurring, ...]:
    places: dict[str, list[tuple[str, str, int]]] = {}
    holders: dict[str, dict[str, set[str]]] = {}
    for results in everything:
        assignment = results.assignment.name
        for figures in misconception_figures(results):
            count = len(figures.students)
            places.setdefault(figures.name, []).append((assignment, figures.exercise, count))
            for who in figures.students:
                holders.setdefault(figures.name, {}).setdefault(who, set()).add(assignment)
    found = [
        Recurring(
            name,
            tuple(where),
            tuple(sorted(who for who, times in holders[name].items() if len(times) > 1)),
        )
        for name, where in places.items()
        if len({assignment for assignment, _exercise, _count in where}) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(holders[one.name]), one.name)))
