"""What a function gave on the public cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course.checks.stored_cases import PublicCases
from course.checks.students_code import Function, code_object, definition


class Stopped:
    """Stands in a list of returned values for a call that returned none."""


@dataclass(frozen=True)
class Run:
    """A function that was run on the public cases, with a wrong result on at least one.

    Attributes:
        cases: the cases.
        target: the function.
        returned: what it returned, one entry a case; :class:`Stopped` where it did not.
        wrong: the numbers of the cases that are wrong, counted from 0.
    """

    cases: PublicCases
    target: Callable[..., Any]
    returned: Sequence[Any]
    wrong: Sequence[int]

    @property
    def first(self) -> Any:
        """What was returned in the first case that is wrong."""
        return self.returned[self.wrong[0]]

    def tree(self) -> Function | None:
        """The function's syntax tree; None where its text is not known."""
        return definition(code_object(self.target))
