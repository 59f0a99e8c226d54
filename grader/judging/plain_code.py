"""What the body of one function may hold, where it is to do nothing but compute.

It works with its arguments and with what it makes itself. What is not known to be harmless is taken
to be harmful.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import math
import re
from collections.abc import Collection, Iterator
from types import MappingProxyType, ModuleType

import numpy as np

from grader.submission.cell_source import assigned_names, nodes_of

MODULES = MappingProxyType({"np": np, "numpy": np, "math": math, "copy": copy})

_PARTS = (np, np.linalg, np.random, np.fft, math, copy)
"""The modules whose functions are looked at one by one; of others none is known to be harmless."""

BUILTINS = frozenset(
    "abs all any bool dict divmod enumerate float int isinstance len list map max min pow print "
    "range reversed round set sorted str sum tuple type zip".split()
) | {name for name in dir(builtins) if name.endswith(("Error", "Exception"))}


_NOT_OF_MODULES = re.compile(
    r"_.*|set.*|.*err.*|.*state.*|put.*|place|load.*|save.*|memmap"
    r"|frompyfunc|vectorize|apply.*|piecewise|nditer|Error|empty.*|pad|(nd|rec|char)array"
    r"|datetime.*|busday.*|bytes|get.*|info|test|show.*|source|Generator|SeedSequence|seed|PCG.*"
    r"|MT.*|Philox|SFC.*|BitGenerator|default_rng|Random.*|byte_bounds|.*shares?_memory|from.*"
    r"|genfromtxt"
)
_SEEDED = frozenset({"seed", "RandomState", "default_rng"})
"""Parts of ``np.random`` that always give the same with a seed, and never without one."""

_METHODS = frozenset(
    "all any append argmax argmin astype conj copy cumsum dot extend fill flatten format get "
    "index insert item items join keys max mean min pop prod ravel remove repeat reshape reverse "
    "rand randn random_sample round setdefault sort squeeze standard_normal startswith std strip "
    "sum swapaxes tolist transpose update values var zfill".split()
)
_ATTRIBUTES = frozenset("T shape size ndim dtype real imag".split())


def _kinds(names: str) -> tuple[type[ast.AST], ...]:
    return tuple(getattr(ast, name) for name in names.split())


_STATEMENTS = _kinds(
    "Assign AugAssign AnnAssign Return If For While Break Continue Pass Expr Assert Raise"
)
_HARMLESS_ANYWHERE = _kinds(
    "BoolOp BinOp UnaryOp Compare IfExp Constant Tuple List Dict Set ListComp DictComp SetComp "
    "GeneratorExp comprehension JoinedStr FormattedValue Starred Slice Subscript keyword "
    "expr_context boolop operator unaryop cmpop"
)
_HARMLESS_KINDS = frozenset(
    kind for one in _HARMLESS_ANYWHERE for kind in (one, *one.__subclasses__())
)


@functools.lru_cache(maxsize=256)
def is_plain(function: ast.FunctionDef, known: frozenset[str]) -> bool:
    """Whether a function works with its arguments and what it makes itself, and with nothing else.

    Parameters:
        function: its definition.
        known: the names in it of functions that it may call.
    """
    given = function.args
    defaults = [*given.defaults, *(value for value in given.kw_defaults if value is not None)]
    if function.decorator_list or not all(map(_is_constant, defaults)):
        return False
    local = set(_local_names(function))
    nodes = nodes_of(*function.body, goes_on=_is_looked_into)
    return all(type(node) in _HARMLESS_KINDS or _is_harmless(node, local, known) for node in nodes)


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant)


def _local_names(function: ast.FunctionDef) -> Iterator[str]:
    given = function.args
    for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs):
        yield argument.arg
    for rest in (given.vararg, given.kwarg):
        if rest is not None:
            yield rest.arg
    yield from assigned_names(function)


def _is_looked_into(node: ast.AST) -> bool:
    """Whether the parts of a node are looked at by themselves, or go with it."""
    if isinstance(node, ast.Attribute):
        return not _is_of_module(node)
    if isinstance(node, ast.Call):
        return not (_is_seeded(node) and len(node.args) == 1 and not node.keywords)
    return not isinstance(node, ast.Import)


def _is_of_module(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in MODULES


def _is_harmless_import(node: ast.Import) -> bool:
    return all(
        alias.name in MODULES
        and (alias.asname is None or (alias.name, alias.asname) == ("numpy", "np"))
        for alias in node.names
    )


def _is_seeded(call: ast.Call) -> bool:
    """Whether it is ``np.random.seed(3)`` or its like."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _SEEDED
        and ast.unparse(function.value) in ("np.random", "numpy.random")
        and bool(call.args)
        and isinstance(call.args[0], ast.Constant)
        and type(call.args[0].value) is int
    )


def _is_harmless(node: ast.AST, local: Collection[str], known: Collection[str]) -> bool:
    if isinstance(node, ast.Import):
        return _is_harmless_import(node)
    if isinstance(node, _STATEMENTS):
        targets = _targets(node)
        return all(_is_own(target, local) for target in targets)
    if isinstance(node, ast.Name):
        return node.id in local or node.id in BUILTINS or node.id in known
    if isinstance(node, ast.Attribute):
        if not isinstance(node.ctx, ast.Load):
            return False
        if _is_of_module(node):
            return _is_harmless_of_module(node, local)
        return node.attr in _METHODS | _ATTRIBUTES
    if isinstance(node, ast.Call):
        called = node.func
        if _is_seeded(node):
            return ast.unparse(called).split(".")[0] not in local
        if isinstance(called, ast.Name):
            return called.id not in local and (called.id in BUILTINS or called.id in known)
        if not isinstance(called, ast.Attribute):
            return False
        # What it is an attribute of is looked at by itself.
        if not _is_of_module(called):
            return called.attr in _METHODS
        # np.log(A, where=A > 0) leaves what was in memory before in the other places.
        return all(keyword.arg not in ("where", None) for keyword in node.keywords)
    return False


def _is_harmless_of_module(node: ast.Attribute, local: Collection[str]) -> bool:
    """Whether it is something like ``np.dot`` or ``np.linalg.norm``, which changes nothing."""
    path = ast.unparse(node).split(".")
    return path[0] not in local and _changes_nothing(tuple(path))


@functools.cache
def _changes_nothing(path: tuple[str, ...]) -> bool:
    """Whether what is found there is neither a module, nor an object that one could change."""
    found: object = MODULES[path[0]]
    for name in path[1:]:
        if _NOT_OF_MODULES.fullmatch(name) or not hasattr(found, name):
            return False
        if isinstance(found, ModuleType) and found not in _PARTS:
            return False
        found = getattr(found, name)
        if isinstance(found, (dict, list, np.ndarray)):
            return False
    return not isinstance(found, ModuleType)


def _targets(statement: ast.AST) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, (ast.AugAssign, ast.AnnAssign, ast.For)):
        return [statement.target]
    return []


def _is_own(target: ast.expr, local: Collection[str]) -> bool:
    """Whether what is assigned to is the function's own: a name, or a part of what it names."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_is_own(part, local) for part in target.elts)
    if isinstance(target, ast.Starred):
        return _is_own(target.value, local)
    while isinstance(target, ast.Subscript):
        target = target.value
    return isinstance(target, ast.Name) and target.id in local
