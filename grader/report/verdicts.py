"""The verdicts in the words of the report."""

VERDICTS = {
    "correct": "correct",
    "blocked": "right in itself",
    "wrong": "wrong",
    "not the same twice": "unsteady",
    "crashed": "error",
    "timed out": "too slow",
    "not attempted": "not attempted",
    "missing": "missing",
}
"""Each verdict with its heading, from good to absent."""

UNKNOWN = "not recorded"
"""Heading of whatever else is recorded as a verdict, or nothing."""
