"""One check for each graded function: ``linear_forward_test(linear_forward)``.

A check runs your function on a few small cases. It prints "All tests passed." or says in words what
is wrong, without a long traceback. Passing it is a good sign; the marks come from other cases.

On a hub, ``submitted()`` shows the feedback of what you handed in last.

Three more for whoever works alone: ``hint("linear_forward")`` gives a hint, after your function has
passed ``solution("linear_forward")`` shows the reference solution, and ``progress()`` shows what is
done and what is next.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from course.checks.kernel_history import explain_missing_names
from course.checks.public_check import check
from course.checks.stored_cases import stored_functions
from course.language import _
from course.sentences import listed
from course.study.hints import hint
from course.study.progress import progress
from course.study.solutions import solution
from course.study.submitted import submitted

CHECKS = {f"{function}_test": function for function in stored_functions()}
"""The functions by the names of their checks, those of other editions of the course included."""
CHECKS |= {
    f"{other}_test": function
    for function, editions in stored_functions().items()
    for _assignment, stored in editions
    for other in stored.get("other_names", ())
}

explain_missing_names(
    {name: editions[0][1].get("parameters", ()) for name, editions in stored_functions().items()}
)

__all__ = [*CHECKS, "hint", "progress", "solution", "submitted"]


def __getattr__(name: str) -> Callable[[Callable[..., Any]], None]:
    """Make ``<function>_test`` for every function that has stored cases."""
    if name in CHECKS:
        return functools.partial(check, CHECKS[name])
    message = _("there is no check called {name!r} here; there are: {names}")
    raise AttributeError(message.format(name=name, names=listed(list(CHECKS))))
