"""An edit of a function, and one function that is all edited versions of it at once.

Mutation testing calls this a schema: each place that some edit changes is made a choice, ``(other
if 7 in edits else own)``, so that hundreds of versions are sent, parsed and compiled once.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from grader.exercises.changes import Slot

_CHOSEN = "__edits"
_GO_ON = "__go_on"
_MOST_TURNS = 10_000
"""Turns of all ``while`` loops together: an edit may make one endless."""


@dataclass(frozen=True, eq=False)
class Edit:
    """One change of a function.

    Attributes:
        sort: what sort of change it is, for the sentence about it.
        node: the part of the student's function that it is about.
        statement: the innermost statement around that.
        changes: the nodes that are replaced, each with what takes its place: an expression, or
            statements.
        introduces: local names that the function has not had before.
    """

    sort: str
    node: ast.AST
    statement: ast.stmt
    changes: tuple[tuple[ast.AST, Sequence[ast.AST]], ...]
    introduces: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, sort: str, slot: Slot, *instead: ast.AST) -> Edit:
        """The edit that puts something else into one place."""
        return cls(sort, slot.node, slot.statement, ((slot.node, instead),))


class EditedFunction:
    """The text of a cell that defines edited versions of a function.

    Parameters:
        function: the function.
        edits: its edits; a version has some of them.
    """

    def __init__(self, function: ast.FunctionDef, edits: Sequence[Edit]) -> None:
        self._name = function.name
        # A name that is new makes a difference to all that read it, so it is not there for others.
        self._groups = sorted({edit.introduces for edit in edits} | {frozenset[str]()}, key=sorted)
        self._group = {n: self._groups.index(e.introduces) for n, e in enumerate(edits)}
        texts = []
        for index, group in enumerate(self._groups):
            numbers = [n for n, edit in enumerate(edits) if edit.introduces == group]
            head = copy.copy(_Chooser(edits, numbers).of(function))
            assert isinstance(head, ast.FunctionDef)
            head.name = f"{self._name}__edited_{index}"
            head.decorator_list = []
            texts.append(ast.unparse(ast.fix_missing_locations(head)))
        self.definitions = "\n\n".join(texts)

    def versions(self, choices: Sequence[Collection[int]]) -> tuple[list[str], str]:
        """The names of versions, and the text that defines them, once the definitions were run.

        Parameters:
            choices: for each version the numbers of its edits, all of which introduce the same.
        """
        table = {}
        for chosen in choices:
            group = next((self._group[number] for number in chosen), 0)
            name = "__".join([f"{self._name}__version", *map(str, sorted(chosen))])
            table[name] = (f"{self._name}__edited_{group}", sorted(chosen))
        text = f"""
def {self._name}__with(function, chosen):
    def version(*arguments):
        global {_CHOSEN}
        {_CHOSEN} = chosen
        {_GO_ON}.left = {_MOST_TURNS}
        return function(*arguments)
    return version

def {_GO_ON}():
    {_GO_ON}.left -= 1
    if {_GO_ON}.left < 0:
        raise RuntimeError("the loop does not end")
    return True

for __name, (__function, __chosen) in {table!r}.items():
    globals()[__name] = {self._name}__with(globals()[__function], frozenset(__chosen))
"""
        return list(table), text


class _Chooser:
    def __init__(self, edits: Sequence[Edit], numbers: Sequence[int]) -> None:
        self._instead: dict[int, list[tuple[int, Sequence[ast.AST]]]] = {}
        for number in numbers:
            for node, parts in edits[number].changes:
                self._instead.setdefault(id(node), []).append((number, parts))

    def of(self, node: ast.AST) -> ast.AST:
        """A copy of a tree in which each place that some edit changes is a choice."""
        chosen = copy.copy(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                children = [self.of(part) if isinstance(part, ast.AST) else part for part in value]
                setattr(chosen, name, children)
            elif isinstance(value, ast.AST):
                setattr(chosen, name, self.of(value))
        if isinstance(chosen, ast.While):
            still = ast.Call(ast.Name(_GO_ON, ast.Load()), [], [])
            chosen.test = ast.BoolOp(ast.And(), [chosen.test, still])
        for number, parts in self._instead.get(id(node), ()):
            chosen = _choice(number, parts, chosen)
        return chosen


def _choice(number: int, instead: Sequence[ast.AST], own: ast.AST) -> ast.AST:
    test = ast.Compare(ast.Constant(number), [ast.In()], [ast.Name(_CHOSEN, ast.Load())])
    if isinstance(own, ast.stmt):
        return ast.If(test, list(instead), [own])  # type: ignore[arg-type]
    return ast.IfExp(test, instead[0], own)  # type: ignore[arg-type]
