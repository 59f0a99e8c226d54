"""What a worker gets ready for the submissions of an assignment."""

from __future__ import annotations

import functools

from grader.exercises.assignment import Assignment
from grader.exercises.cases import judged_cases
from grader.sandbox.host.worker import Preparation


@functools.lru_cache(maxsize=8)
def preparation(assignment: Assignment, secret: str) -> Preparation:
    """The set-up of an assignment, and the arguments of its cases.

    Arguments only: what the reference returns never enters the sandbox. Students' code sees the
    arguments in any case, when it is called with them.

    Parameters:
        assignment: the assignment.
        secret: which cases are used.
    """
    return Preparation(
        imports=assignment.often_imported,
        setup=assignment.setup,
        cases={
            exercise.name: [
                judged.encoded_arguments
                for judged in judged_cases(assignment, exercise.name, secret)
            ]
            for exercise in assignment.exercises
        },
    )
