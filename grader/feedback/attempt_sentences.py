"""What a page says of an attempt: which one it is, when it was handed in, which one counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from course.language import _, ngettext
from grader.recording.attempts import GRADED, REPLACED, Attempt


def handed_in(time: datetime, number: int | None = None) -> str:
    """When something was handed in, and which attempt that was.

    Parameters:
        time: in UTC.
        number: which attempt, where that is known.
    """
    when = time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    if number is None:
        return _("Handed in: {when}").format(when=when)
    return _("Attempt {number}, handed in: {when}").format(number=number, when=when)


def which_counts(attempt: Attempt, earlier: Sequence[Attempt], limit: int) -> list[str]:
    """Which attempt counts, if it is another one, and how many attempts are left.

    Parameters:
        attempt: the attempt.
        earlier: those before it.
        limit: how many are graded; 0 is no limit.
    """
    said = []
    counting = next((one for one in earlier if one.counts), None)
    if attempt.state == GRADED and not attempt.counts and counting is not None:
        said.append(
            _("Your attempt {number} counts, with {points:g} points.").format(
                number=counting.number, points=counting.points
            )
        )
    if limit and attempt.state == GRADED:
        graded = 1 + sum(one.state == GRADED for one in earlier)
        left = max(0, limit - graded)
        sentence = ngettext(
            "{left} more attempt will be graded.", "{left} more attempts will be graded.", left
        )
        said.append(sentence.format(left=left))
    return said


def why_not_graded(attempt: Attempt, earlier: Sequence[Attempt], limit: int) -> str:
    """Why an attempt has no marks.

    Parameters:
        attempt, earlier, limit: see :func:`which_counts`.
    """
    if attempt.state == REPLACED:
        return _(
            "It was not graded: you handed in again before its turn had come, and the later "
            "attempt takes its place."
        )
    sentence = ngettext(
        "It was not graded: {limit} attempt is graded in this course, and you have had it.",
        "It was not graded: {limit} attempts are graded in this course, and you have had them.",
        limit,
    )
    return sentence.format(limit=limit)
