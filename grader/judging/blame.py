"""Find the earlier functions that a right function fails through."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def blame(
    before: Sequence[str], wrong: Sequence[str], is_right_with: Callable[[Sequence[str]], bool]
) -> list[str]:
    """The earlier functions to name: with right ones in their place alone, a function is right.

    Parameters:
        before: all functions before it; with right ones in place of them all, it is right.
        wrong: those of them that are not right in themselves.
        is_right_with: whether it is right with right functions in place of these alone.

    Returns:
        One that is wrong itself, where that one is enough; else as few of the wrong ones as are
        enough; else one, or all, that it fails together with, though they are right in themselves.
    """
    for name in wrong:
        if is_right_with([name]):
            return [name]
    if len(wrong) > 1 and is_right_with(wrong):
        needed = list(wrong)
        for name in wrong:
            fewer = [other for other in needed if other != name]
            if is_right_with(fewer):
                needed = fewer
        return needed
    for name in before:
        if name not in wrong and is_right_with([name]):
            return [name]
    return list(before)
