"""The settings of grading, as ``nbgrader_config.py`` gives them."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.sandbox.limits import Limits


@dataclass(frozen=True)
class GradingSettings:
    """How submissions are graded.

    Attributes:
        limits: what one submission may use.
        blocked_share: the share of the points for an exercise that is right in itself and fails
            only through an earlier one.
    """

    limits: Limits = field(default_factory=Limits)
    blocked_share: float = 1.0
