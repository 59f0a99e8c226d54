"""The cat classifier with training runs of some hundred steps in place of thousands."""

from __future__ import annotations

import dataclasses
import functools

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment

SHORT_RUN = 320
"""Longer than any case of the models, whose last has 201 steps."""


@functools.cache
def shortened(name: str = "a5_cat_classifier", steps: int = SHORT_RUN) -> Assignment:
    """An assignment whose training runs, if it has any, take so many steps and no more."""
    assignment = assignments.load(name)
    exercises = tuple(
        dataclasses.replace(e, training=dataclasses.replace(e.training, iterations=steps))
        if e.training is not None
        else e
        for e in assignment.exercises
    )
    return dataclasses.replace(assignment, exercises=exercises)
