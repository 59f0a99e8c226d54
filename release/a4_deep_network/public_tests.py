"""One check for each graded function: ``linear_forward_test(linear_forward)``.

A check runs your function on a few small cases. It prints "All tests passed." or says in words what
is wrong, without a long traceback. Passing it is a good sign; the marks come from other cases.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

if __package__:
    from .checks.public_check import check, stored_functions
else:
    from checks.public_check import check, stored_functions  # type: ignore[no-redef]

__all__ = [f"{function}_test" for function in stored_functions()]


def __getattr__(name: str) -> Callable[[Callable[..., Any]], None]:
    """Make ``<function>_test`` for every function that has stored cases."""
    if name in __all__:
        return functools.partial(check, name.removesuffix("_test"))
    raise AttributeError(f"there is no check called {name!r} here; there are: {', '.join(__all__)}")
