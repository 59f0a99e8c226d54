"""Tell, without running them, which functions of a notebook do nothing but compute.

A function of the course takes arrays and gives arrays back. One that can be seen to do that and
nothing else cannot spoil what another one finds, and cannot see where, when or how often it is
called: it gives the same everywhere, so what it gave once, beside others of its kind, is what it
gives. Anything that is not known to be harmless counts as harmful: then an exercise is judged by
itself, and more than once, which takes longer and costs nobody a mark.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import math
import re
from collections.abc import Collection, Iterable, Iterator
from types import MappingProxyType, ModuleType

import numpy as np

from grader.paths import ALL_UTILS
from grader.sandbox.guest.notebook_runner import only_shows
from grader.submission.cell_source import (
    assigned_names,
    lines_of_magic,
    nodes_of,
    normal_names,
    parse,
    remembered,
)

_MODULES = MappingProxyType({"np": np, "numpy": np, "math": math, "copy": copy})
_PARTS = (np, np.linalg, np.random, np.fft, math, copy)
"""The modules whose functions are looked at one by one; of others none is known to be harmless."""
_BUILTINS = frozenset(
    "abs all any bool dict divmod enumerate float int isinstance len list map max min pow print "
    "range reversed round set sorted str sum tuple type zip".split()
) | {name for name in dir(builtins) if name.endswith(("Error", "Exception"))}
_NOT_OF_MODULES = re.compile(
    r"_.*|set.*|.*err.*|.*state.*|put.*|place|load.*|save.*|memmap"
    r"|frompyfunc|vectorize|apply.*|piecewise|nditer|Error|empty.*|pad|(nd|rec|char)array|datetime.*|busday.*|bytes|get.*|info|test"
    r"|show.*|source|Generator|SeedSequence|seed|PCG.*|MT.*|Philox|SFC.*|BitGenerator|default_rng"
    r"|Random.*|byte_bounds|.*shares?_memory|from.*|genfromtxt"
)
_SEEDED = frozenset({"seed", "RandomState", "default_rng"})
"""Parts of ``np.random`` that always give the same with a seed, and never without one."""

_SAFE_IMPORTS = frozenset(
    "numpy math copy matplotlib h5py scipy PIL IPython time random os json warnings typing "
    "collections itertools functools __future__".split()
)
"""Modules whose import changes nothing, where no file of the student's stands for them."""

_OF_OS = frozenset("chdir curdir environ getcwd listdir makedirs mkdir path sep".split())
"""What a notebook may do with ``os``; it can do much else, such as to split its process in two."""

_SETTINGS = frozenset({"plt.rcParams", "matplotlib.rcParams"})
_HARMLESS_MAGIC = re.compile(
    r"\s*(?:[\w, \t]+=)?\s*(?:!.*|\?{0,2}[\w.]*\?{0,2}\s*"
    r"|%(?:matplotlib|load_ext|reload_ext|autoreload|pylab|pip|conda|config|precision)\b.*)"
)
"""Lines that are no Python and change nothing; all but help and settings do nothing when graded."""

_REACHING = frozenset(
    "setattr delattr getattr vars globals locals open compile input get_ipython dir object type "
    "super memoryview breakpoint".split()
)
_METHODS = frozenset(
    "all any append argmax argmin astype conj copy cumsum dot extend fill flatten format get "
    "index insert item items join keys max mean min pop prod ravel remove repeat reshape reverse "
    "rand randn random_sample round setdefault sort squeeze standard_normal startswith std strip "
    "sum swapaxes tolist transpose update values var zfill".split()
)
_ATTRIBUTES = frozenset("T shape size ndim dtype real imag".split())
_STATEMENTS = (
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Return,
    ast.If,
    ast.For,
    ast.While,
    ast.Break,
    ast.Continue,
    ast.Pass,
    ast.Expr,
    ast.Assert,
    ast.Raise,
)
_HARMLESS_ANYWHERE = (
    ast.BoolOp,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.comprehension,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.Starred,
    ast.Slice,
    ast.Subscript,
    ast.keyword,
    ast.expr_context,
    ast.boolop,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
)
_HARMLESS_KINDS = frozenset(
    kind for one in _HARMLESS_ANYWHERE for kind in (one, *one.__subclasses__())
)
_WATCHES_OR_LASTS = re.compile(
    r"thread|signal|asyncio|multiprocessing|concurrent|atexit|settrace|setprofile|ctypes|inspect"
    r"|builtins|importlib|subprocess|weakref|faulthandler|sys\.|\bgc\b|__|\bexec\b|\beval\b",
    re.IGNORECASE,
)


def plain_functions(
    cells: Iterable[str], given: Collection[str], own_modules: Collection[str] = ()
) -> frozenset[str]:
    """The functions of a notebook that only compute, and call none but such.

    What they give depends on their arguments alone, wherever and whenever they are called, and
    when only they are called nothing changes. None is plain where the statements between the
    functions may reach further than to variables of the notebook.

    Parameters:
        cells: the sources of the cells that are run.
        given: names of functions that are harmless where the notebook does not define them: those
            of the course's set-up, and exercises that are missing.
        own_modules: the names of the student's own modules: what these do is not known.
    """
    sources = list(cells)
    found = [_functions(source) for source in sources]
    if any(functions is None for functions in found):
        return frozenset()
    defined = [one for functions in found if functions for one in functions]
    names = frozenset(name for name, _node in defined)
    known = names | frozenset(given)
    if any(_rebinds(source, names, known) for source in sources):
        return frozenset()
    others = {name for name, node in defined if not is_plain(node, known & _names_in(node))}
    while others:
        more = {n for n, node in defined if n not in others and _names_in(node) & others}
        if not more:
            break
        others |= more
    importable = _importable() - frozenset(own_modules)
    if any(_reaches_further(source, frozenset(others), importable) for source in sources):
        return frozenset()
    return names - others


@remembered(256)
def _functions(source: str) -> tuple[tuple[str, ast.FunctionDef], ...] | None:
    """The functions that a cell defines; None where the cell does what cannot be overlooked."""
    if _WATCHES_OR_LASTS.search(normal_names(source)):
        return None
    tree = parse(source)
    if tree is None:
        return None  # it may run all the same: IPython reads more than a parser does
    if not all(map(_HARMLESS_MAGIC.fullmatch, lines_of_magic(source))):
        return None
    defined = []
    for node in nodes_of(tree):
        if isinstance(node, (ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            return None
        if isinstance(node, ast.FunctionDef):
            defined.append((node.name, node))
    return tuple(defined)


@remembered(256)
def _rebinds(source: str, own: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a cell gives the name of a function or of a module to something else."""
    tree = parse(source)
    statements = tree.body if tree is not None else []
    outside = [node for node in statements if not isinstance(node, ast.FunctionDef)]
    if any(assigned_names(node) & (known | _MODULES.keys() | _BUILTINS) for node in outside):
        return True
    imported = [node for node in nodes_of(*outside) if isinstance(node, ast.alias)]
    return any(
        name in own
        or (name in _MODULES and alias.name not in ("numpy", "math", "copy"))
        or (name in known | _BUILTINS and alias.asname not in (None, alias.name))
        for alias in imported
        for name in [alias.asname or alias.name]
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
    return isinstance(node, ast.Name) and node.id in _MODULES


@functools.lru_cache(maxsize=256)
def _names_in(tree: ast.AST) -> frozenset[str]:
    return frozenset(node.id for node in nodes_of(tree) if isinstance(node, ast.Name))


@remembered(256)
def _reaches_further(source: str, others: frozenset[str], importable: frozenset[str]) -> bool:
    """Whether the statements between functions may do more than set variables of the notebook.

    Parameters:
        source: a cell.
        others: functions that are not plain: what they do when they are called is not known.
        importable: the modules whose import changes nothing.
    """
    tree = parse(source)
    statements = tree.body if tree is not None else []
    return any(
        _may_reach(node, others, importable)
        for statement in statements
        if not only_shows(statement)
        for node in nodes_of(*_run_at_once(statement))
    )


def _run_at_once(statement: ast.stmt) -> list[ast.AST]:
    """The parts of a statement that are run when it is: of a function all but its body."""
    if not isinstance(statement, ast.FunctionDef):
        return [statement]
    return [*statement.decorator_list, statement.args, *filter(None, [statement.returns])]


def _may_reach(node: ast.AST, others: frozenset[str], importable: frozenset[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in others or node.id in _REACHING
    if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
        return _is_part_of_an_object(node)
    if isinstance(node, ast.Attribute):
        return (
            isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr not in _OF_OS
        )
    if isinstance(node, ast.Import):
        return any(
            alias.name.split(".")[0] not in importable
            or (alias.name.split(".")[0] == "os" and alias.asname is not None)
            for alias in node.names
        )
    if isinstance(node, ast.ImportFrom):
        first = (node.module or "").split(".")[0]
        return node.level > 0 or first == "os" or first not in importable
    return False


def _is_part_of_an_object(target: ast.expr) -> bool:
    """Whether what is set belongs to an object such as a module; ``x[0]`` belongs to ``x`` only."""
    while isinstance(target, ast.Subscript):
        target = target.value
    if isinstance(target, ast.Name):
        return target.id in _MODULES
    return ast.unparse(target) not in _SETTINGS


@functools.cache
def _importable() -> frozenset[str]:
    """Modules that a cell may import: well-known ones, and those of the course."""
    of_the_course = {path.stem for place in ALL_UTILS for path in place.glob("*")}
    return _SAFE_IMPORTS | of_the_course


def _is_harmless_import(node: ast.Import) -> bool:
    return all(
        alias.name in _MODULES
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
        return node.id in local or node.id in _BUILTINS or node.id in known
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
            return called.id not in local and (called.id in _BUILTINS or called.id in known)
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
    found: object = _MODULES[path[0]]
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
