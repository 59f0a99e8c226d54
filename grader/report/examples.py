"""Students' code without what could tell whose it is: names, texts, comments, long numbers."""

from __future__ import annotations

import ast
import builtins
import functools
import keyword
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.exercises.assignment import Assignment
from grader.report.similarity import course_texts
from grader.submission.cell_source import parse

MOST_LINES = 40
LONGEST_LINE = 240
LARGEST_NUMBER = 10_000
"""A larger number may identify somebody, as a student number does."""

_ORDINARY = frozenset(
    "accuracy actual all alpha answer args arr array axis batch beta bias biases bool cache caches "
    "cell check col cols column columns copied copy correct cost costs count counter current data "
    "delta denominator depth derivative desired dict diff dim dims dist dot element elements empty "
    "end eps epsilon error errors example examples exp expected factor final first flat float func "
    "function grad gradient gradients grads guess h hat helper hidden hyper i idx in index indices "
    "init inner input inputs int item items iter iteration iterations j k key keys kwargs label "
    "labels last layer layers left len length line linear list local log logits logprobs loss "
    "losses m mask mat matrix max mean min model n name names neg net network new next norm norms "
    "num number numerator obj old one ones op out outer outputs output p pair pairs param params "
    "parameter parameters part parts pos predicted prediction predictions prev previous prob "
    "probability probs prod product r random rate ratio relu res reshaped result results ret "
    "return right rng root row rows s sample samples scale second self seed shape shaped shapes "
    "sig sigma sigmoid sign size sizes slope softmax sqrt square squared start step steps stop str "
    "sub sum summed t tanh target temp term terms test tmp total train transposed true tuple type "
    "unit units upd update updated val value values var vec vector vectors w weight weights width "
    "x y yhat z zero zeros".split()
)
"""Words that people use in names of variables and that say nothing about the person."""

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_LIBRARIES = (
    np, np.ndarray, np.linalg, np.random, np.random.RandomState, np.random.Generator, math,
    str, list, dict, set, tuple, int, float, bytes, Exception,
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """What is known to everybody.

    Attributes:
        names: of the course, of NumPy and of Python.
        texts: the texts in the course's code: keys, names of activations.
        numbers: the numbers in it.
    """

    names: frozenset[str]
    texts: frozenset[str]
    numbers: frozenset[float]

    def knows(self, name: str) -> bool:
        """Whether a name says nothing of who chose it."""
        return name in self.names or all(
            part in self.names or part.lower() in _ORDINARY or len(part) == 1
            for part in self._parts(name)
        )

    def _parts(self, name: str) -> list[str]:
        parts: list[str] = []
        for piece in name.split("_"):
            if piece in self.names:
                continue
            found = _PARTS.findall(piece)
            # What is left over, or a number of several digits, is nothing that one knows.
            whole = "".join(found) == piece and not any(p.isdigit() and len(p) > 2 for p in found)
            parts += [p for p in found if not p.isdigit()] if whole else [piece]
        return parts


@functools.lru_cache(maxsize=8)
def vocabulary(assignment: Assignment) -> Vocabulary:
    """What is known to everybody who does an assignment."""
    names = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *sys.stdlib_module_names}
    names |= {"np", "numpy", "scipy", "matplotlib", "plt"}
    for library in _LIBRARIES:
        names.update(dir(library))
    texts: set[str] = set()
    numbers: set[float] = set()
    for source in (*course_texts(assignment), assignment.setup):
        tree = parse(source)
        for node in ast.walk(tree) if tree is not None else ():
            names.update(_names_in(node))
            if isinstance(node, ast.Constant):
                if isinstance(node.value, str):
                    texts.add(node.value)
                elif isinstance(node.value, (int, float)):
                    numbers.add(node.value)
    return Vocabulary(frozenset(names), frozenset(texts), frozenset(numbers))


def _names_in(node: ast.AST) -> list[str]:
    """The names that stand in a node itself."""
    found = [getattr(node, field, None) for field in ("id", "arg", "attr", "name", "asname")]
    found += getattr(node, "names", ()) if isinstance(node, (ast.Global, ast.Nonlocal)) else ()
    return [part for name in found if isinstance(name, str) for part in name.split(".")]


def example_of(source: str, function: str, known: Vocabulary) -> str:
    """The function of a student's cell, written out afresh; empty where it cannot be read.

    Comments, docstrings, prints and the layout are dropped; names that neither the course nor
    NumPy nor Python knows become ``name_1``, ``name_2``, ..., unknown texts ``"..."`` and long
    numbers ``number_1``. The mistake is left. Helpers in the same cell that the function needs
    are included.

    Parameters:
        source: the cell.
        function: the name of the function.
        known: what may stay.
    """
    tree = parse(source)
    if tree is None:
        return ""
    needed = _needed(tree.body, function)
    if not needed:
        return ""
    return anonymous_code(ast.Module(needed, []), known)


def anonymous_code(tree: ast.Module, known: Vocabulary) -> str:
    """Code without what could tell whose it is; empty where it cannot be written out.

    Parameters:
        tree: the code, which is changed.
        known: what may stay.
    """
    try:
        made = _Anonymous(known).visit(tree)
        text = ast.unparse(ast.fix_missing_locations(made))
    except (RecursionError, ValueError):
        return ""
    lines = [line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..."
             for line in text.split("\n")]  # fmt: skip
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "..."])


def _needed(body: Sequence[ast.stmt], function: str) -> list[ast.stmt]:
    """The last definition of a function, and of whatever of the same cell it needs."""
    defined: dict[str, ast.stmt] = {}
    for node in body:
        for name in _defined(node):
            defined[name] = node
    if function not in defined:
        return []
    wanted, seen = [function], {function}
    while wanted:
        for part in ast.walk(defined[wanted.pop()]):
            if isinstance(part, ast.Name) and part.id in defined and part.id not in seen:
                seen.add(part.id)
                wanted.append(part.id)
    kept = {id(defined[name]) for name in seen}
    return [node for node in body if id(node) in kept]


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


class _Anonymous(ast.NodeTransformer):
    """Takes out what could tell whose code it is."""

    def __init__(self, known: Vocabulary) -> None:
        self.known = known
        self.names: dict[str, str] = {}
        self.numbers: dict[object, str] = {}

    def visit(self, node: ast.AST) -> ast.AST:
        """Rename what stands in the node itself, then go on inside."""
        for field in ("id", "arg", "attr", "asname"):
            if isinstance(name := getattr(node, field, None), str):
                setattr(node, field, self._name(name))
        if isinstance(name := getattr(node, "name", None), str):
            setattr(node, "name", ".".join(map(self._name, name.split("."))))  # noqa: B010
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            node.names = [self._name(name) for name in node.names]
        if isinstance(node, ast.ImportFrom) and node.module:
            node.module = ".".join(map(self._name, node.module.split(".")))
        for field in ("annotation", "returns", "type_comment"):
            if getattr(node, field, None) is not None and not isinstance(node, ast.AnnAssign):
                setattr(node, field, None)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            node.decorator_list = []
        made: ast.AST = super().visit(node)
        body = getattr(made, "body", None)
        if isinstance(body, list) and not body and not isinstance(made, ast.Module):
            setattr(made, "body", [ast.Pass()])  # noqa: B010
        return made

    def _name(self, name: str) -> str:
        if self.known.knows(name):
            return name
        return self.names.setdefault(name, f"name_{len(self.names) + 1}")

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        """An assignment without its annotation."""
        if node.value is None:
            return None
        plain = ast.Assign([node.target], node.value)
        self.generic_visit(plain)
        return ast.copy_location(plain, node)

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | None:
        """Docstrings and prints go."""
        match node.value:
            case ast.Constant() | ast.Call(func=ast.Name(id="print" | "display")):
                return None
        self.generic_visit(node)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Texts and numbers that are not known to everybody go."""
        value = node.value
        if isinstance(value, str):
            short = value in self.known.texts or len(value) <= 1
            return node if short else ast.copy_location(ast.Constant("..."), node)
        if isinstance(value, bytes):
            return ast.copy_location(ast.Constant(b"..."), node)
        if isinstance(value, (int, float, complex)) and not self._harmless(value):
            name = self.numbers.setdefault(value, f"number_{len(self.numbers) + 1}")
            return ast.copy_location(ast.Name(name, ast.Load()), node)
        return node

    def _harmless(self, value: int | float | complex) -> bool:
        if isinstance(value, bool) or value in self.known.numbers:
            return True
        if isinstance(value, complex):
            return False
        digits = len(f"{value:g}".replace(".", "").lstrip("0").partition("e")[0])
        exact = float(f"{value:g}") == value
        return exact and digits <= 4 and (isinstance(value, float) or abs(value) <= LARGEST_NUMBER)
