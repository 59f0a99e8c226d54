"""What is graded without a person, whichever kind of assignment it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exercises.markers import CHECK_SUFFIX


@dataclass(frozen=True)
class Item:
    """A function that is judged on cases, or a test of the notebook's own.

    Attributes:
        name: its name in the assignment.
        points: what it is worth.
        own_cell: the graded cell, where that is not the check of a function.
    """

    name: str
    points: float
    own_cell: str = ""

    @property
    def graded_as(self) -> str:
        """Its cell as :func:`grader.recording.reader.read_grades` names it."""
        return self.name if self.own_cell else self.name + CHECK_SUFFIX
