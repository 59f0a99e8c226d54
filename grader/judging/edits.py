"""The small edits of a student's function of which one may make it right.

They are the changes that a mistake may be (:mod:`grader.judging.small_edits`), and what right
solutions have in the same place (:mod:`grader.judging.solution_edits`). None of them is run here.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence

from grader.exercises.changes import Slot, local_names, prints, slots_of
from grader.judging.edited_function import Edit
from grader.judging.small_edits import small_edits
from grader.judging.solution_edits import solution_edits

OF_LINES = frozenset(
    {"line", "line too much", "order of lines", "into the loop", "out of the block"}
)
"""The sorts of edits that are about a whole line that is there."""

MISSING = frozenset({"line before", "line after"})
"""The sorts of edits that add a line."""

_RANKS = (
    "sign, transposed, axis, too much, index, range, comparison, order, name, constant, function, "
    "operator, expression"
).split(", ")
_MOST_PLACES = 2_000
_MOST_EDITS = 4_000
"""A student's function may be as long as it likes; usual ones have some hundreds of places."""


def edits(
    function: ast.FunctionDef, donors: Sequence[ast.FunctionDef], known: Collection[str]
) -> list[Edit]:
    """The edits of a function, those first that say most.

    Parameters:
        function: the student's.
        donors: right solutions, the usual one first.
        known: names that stand for something outside of the function.
    """
    places = list(itertools.islice(slots_of(function, function.body[0]), _MOST_PLACES + 1))
    if len(places) > _MOST_PLACES:
        return []
    slots = [slot for slot in places if _can_be_replaced(slot)]
    names = local_names(function)
    found = itertools.chain(
        small_edits(function, slots, names, known),
        solution_edits(function, slots, donors, {*names, *known}, known),
    )
    different = list(_different(itertools.islice(found, _MOST_EDITS)))
    return sorted(different, key=lambda e: _RANKS.index(e.sort) if e.sort in _RANKS else 99)


def _different(found: Iterable[Edit]) -> Iterator[Edit]:
    seen: set[tuple[object, ...]] = set()
    for edit in found:
        key = tuple((id(node), *(ast.dump(part) for part in parts)) for node, parts in edit.changes)
        same = all(
            len(parts) == 1 and ast.dump(parts[0]) == ast.dump(node) for node, parts in edit.changes
        )
        if key not in seen and not same:
            seen.add(key)
            yield edit


def _can_be_replaced(slot: Slot) -> bool:
    """Whether something else may stand there: not a target, and no part of a text or a print."""
    if isinstance(slot.node, ast.stmt):
        return not prints(slot.node) and not isinstance(slot.node, (ast.Import, ast.ImportFrom))
    if isinstance(slot.parent, (ast.JoinedStr, ast.FormattedValue)) or prints(slot.statement):
        return False
    if not isinstance(slot.node, ast.expr):
        return False
    return isinstance(getattr(slot.node, "ctx", ast.Load()), ast.Load)
