"""When the submissions came in."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from grader.report.class_results import ClassResults

Unit = Literal["hour", "day", "week"]

_STEPS: dict[Unit, datetime.timedelta] = {
    "hour": datetime.timedelta(hours=1),
    "day": datetime.timedelta(days=1),
    "week": datetime.timedelta(weeks=1),
}
_LONGEST_BY_HOURS = datetime.timedelta(days=2)
_LONGEST_BY_DAYS = datetime.timedelta(days=60)
_MOST_PERIODS = 200


@dataclass(frozen=True)
class Period:
    """How many submissions came in at a time.

    Attributes:
        start: the beginning of the hour, the day or the week (UTC; weeks begin on Monday).
        count: how many came in.
        late: how many of them were late.
    """

    start: datetime.datetime
    count: int
    late: int


@dataclass(frozen=True)
class TimeLine:
    """When the submissions came in.

    Attributes:
        unit: how long a period is.
        periods: one after another, including empty ones, unless somebody's clock is years off.
        unknown: how many submissions have no time.
    """

    unit: Unit
    periods: tuple[Period, ...]
    unknown: int

    @property
    def late(self) -> int:
        """How many were late."""
        return sum(period.late for period in self.periods)

    @property
    def years(self) -> list[int]:
        """The years of the submissions."""
        return sorted({period.start.year for period in self.periods})

    @property
    def most(self) -> int:
        """How many came in the busiest period."""
        return max((period.count for period in self.periods), default=0)


def time_line(results: ClassResults) -> TimeLine:
    """Count submissions by hours, days or weeks, as long as they took."""
    times = [
        (student.submitted_at, bool(student.late))
        for student in results.students
        if student.submitted_at is not None
    ]
    unknown = len(results.students) - len(times)
    if not times:
        return TimeLine("day", (), unknown)
    span = max(times)[0] - min(times)[0]
    unit: Unit = "week"
    if span <= _LONGEST_BY_HOURS:
        unit = "hour"
    elif span <= _LONGEST_BY_DAYS:
        unit = "day"
    counts: Counter[datetime.datetime] = Counter()
    late: Counter[datetime.datetime] = Counter()
    for time, is_late in times:
        start = _start(time, unit)
        counts[start] += 1
        late[start] += is_late
    first, step = min(counts), _STEPS[unit]
    number = (max(counts) - first) // step + 1
    starts = [first + index * step for index in range(number)]
    if number > _MOST_PERIODS:
        starts = sorted(counts)
    periods = tuple(Period(start, counts[start], late[start]) for start in starts)
    return TimeLine(unit, periods, unknown)


def _start(time: datetime.datetime, unit: Unit) -> datetime.datetime:
    hour = time.replace(minute=0, second=0, microsecond=0)
    if unit == "hour":
        return hour
    day = hour.replace(hour=0)
    return day if unit == "day" else day - datetime.timedelta(days=day.weekday())
