"""The verdicts in the words of the report."""

from course.language import N_

VERDICTS = {
    "correct": N_("correct"),
    "blocked": N_("right in itself"),
    "wrong": N_("wrong"),
    "not the same twice": N_("unsteady"),
    "crashed": N_("error"),
    "timed out": N_("too slow"),
    "not attempted": N_("not attempted"),
    "missing": N_("missing"),
}
"""Each verdict with its heading, from good to absent."""

UNKNOWN = N_("not recorded")
"""Heading of whatever else is recorded as a verdict, or nothing."""
