"""The settings of grading what is handed in, for ``nbgrader_config.py``: ``c.Attempts``."""

from __future__ import annotations

from traitlets import Enum, Float, Integer, List, Unicode
from traitlets.config import LoggingConfigurable


class Attempts(LoggingConfigurable):
    """How ``python -m grader watch`` treats what students hand in."""

    assignments = List(
        Unicode(),
        help="Which assignments are graded when they are handed in; where the list is empty, all. "
        "Names on the command line win.",
    ).tag(config=True)

    limit = Integer(
        0,
        min=0,
        help="How many attempts of a student at an assignment are graded; 0 is no limit.",
    ).tag(config=True)

    minutes_between = Float(
        0.0,
        min=0.0,
        help="How many minutes lie between two graded attempts of a student. An attempt that comes "
        "earlier waits; where another one follows it meanwhile, that one is graded in its place.",
    ).tag(config=True)

    counts = Enum(
        ["last", "best"],
        "last",
        help="Which graded attempt counts: the last one, or the one with most points, what is "
        "taken off for being late included.",
    ).tag(config=True)

    feedback = Enum(
        ["at once", "public until due", "by hand"],
        "at once",
        help="What students see of an attempt when it is graded: verdicts, points and messages "
        "('at once'); until the due date the verdicts and messages of the public cases, which are "
        "those of the notebook, and no points ('public until due'); or nothing before `nbgrader "
        "release_feedback` ('by hand').",
    ).tag(config=True)
