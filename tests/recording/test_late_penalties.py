"""What a late submission costs, where a plugin of the class decides it."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from grader.recording.gradebook_trouble import RecordError
from grader.recording.late_penalties import LatePenalties

DUE = datetime.datetime(2026, 3, 1, 12)
EXTENSION = datetime.timedelta(days=1)


def expected(told: object, time: datetime.datetime, due: datetime.datetime | None = DUE) -> float:
    """The penalty of a submission with 10 points, of which the plugin tells something."""
    plugin = SimpleNamespace(late_submission_penalty=lambda *_asked: told)
    penalties = LatePenalties.__new__(LatePenalties)
    penalties._step = cast(Any, SimpleNamespace(plugin_inst=plugin))
    gradebook = SimpleNamespace(
        find_assignment=lambda *_names: SimpleNamespace(duedate=due),
        find_submission=lambda *_names: SimpleNamespace(extension=EXTENSION),
    )
    return penalties.expected(gradebook, "a", "ada", time, 10.0)


@pytest.mark.parametrize(("told", "taken"), [(None, 0), (2.5, 2.5), (99, 10), (-1, 0)])
def test_no_more_than_the_points_that_there_are_is_taken_off(told: object, taken: float) -> None:
    second = datetime.timedelta(seconds=1)
    assert expected(told, DUE + EXTENSION + second) == taken
    assert expected(told, DUE + EXTENSION) == 0
    assert expected(told, DUE + 2 * EXTENSION, due=None) == 0


def test_a_plugin_that_tells_no_number_is_named_with_what_to_do() -> None:
    with pytest.raises(RecordError, match="mend this plugin, then run the same command again"):
        expected("much", DUE + 2 * EXTENSION)
