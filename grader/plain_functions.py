"""Tell, without running it, whether a notebook's functions leave everything else as it was.

A function of the course takes arrays and gives arrays back. Where all functions of a notebook can
be seen to do that and nothing else, none of them can have spoilt what another one found, so they
may be judged by what they gave in one process. Anything that is not known to be harmless counts as
harmful: then an exercise is judged alone, which takes longer and costs nobody a mark.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
from collections.abc import Collection, Iterable, Iterator

from grader.cell_source import assigned_names, normal_names, parse, remembered

_MODULES = frozenset({"np", "numpy", "math", "copy"})
_BUILTINS = frozenset(
    "abs all any bool dict divmod enumerate float int isinstance len list map max min pow print "
    "range reversed round set sorted str sum tuple type zip".split()
) | {name for name in dir(builtins) if name.endswith(("Error", "Exception"))}
_NOT_OF_MODULES = re.compile(
    r"_.*|set.*|.*err.*|.*state.*|core|lib|rec|char|ma|matrixlib|testing|ctypeslib|f2py|put.*|place"
    r"|load.*|save.*|fromfile|memmap|DataSource|frompyfunc|vectorize|apply.*|piecewise|nditer"
    r"|dispatch_table|Error"
)
_METHODS = frozenset(
    "all any append argmax argmin astype conj copy cumsum dot extend fill flatten format get "
    "index insert item items join keys max mean min pop prod ravel remove repeat reshape reverse "
    "round setdefault sort squeeze startswith std strip sum swapaxes tolist transpose update "
    "values var zfill".split()
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
_EXPRESSIONS = (
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
_WATCHES_OR_LASTS = re.compile(
    r"thread|signal|asyncio|multiprocessing|concurrent|atexit|settrace|setprofile|ctypes|inspect"
    r"|builtins|importlib|subprocess|weakref|faulthandler|sys\.|\bgc\b|__|\bexec\b|\beval\b",
    re.IGNORECASE,
)


def others_are_plain(exercise: str, cells: Iterable[str], given: Collection[str]) -> bool:
    """Whether no function of a notebook but one can have changed anything for that one.

    Parameters:
        exercise: the function that is asked about; itself it may do what it likes.
        cells: the sources of the cells that are run.
        given: names of functions that the course's own set-up gives, and that are harmless.
    """
    sources = list(cells)
    found = [_functions(source) for source in sources]
    if any(functions is None for functions in found):
        return False
    names = {name for functions in found if functions for name, _node in functions}
    known = frozenset(names | set(given))
    return all(
        name == exercise or is_plain(node, known)
        for functions in found
        if functions
        for name, node in functions
    ) and not any(_rebinds(source, frozenset(names), known) for source in sources)


@remembered(256)
def _functions(source: str) -> tuple[tuple[str, ast.FunctionDef], ...] | None:
    """The functions that a cell defines; None where the cell does what cannot be overlooked."""
    if _WATCHES_OR_LASTS.search(normal_names(source)):
        return None
    tree = parse(source)
    if tree is None:
        return None  # it may run all the same: IPython reads more than a parser does
    defined = []
    for node in ast.walk(tree):
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
    if any(assigned_names(node) & (known | _MODULES | _BUILTINS) for node in outside):
        return True
    imported = [
        node for statement in outside for node in ast.walk(statement) if isinstance(node, ast.alias)
    ]
    return any(
        name in own or (name in _MODULES and alias.name not in ("numpy", "math", "copy"))
        for alias in imported
        for name in [alias.asname or alias.name]
    )


@functools.lru_cache(maxsize=256)
def is_plain(function: ast.FunctionDef, known: frozenset[str]) -> bool:
    """Whether a function works with its arguments and what it makes itself, and with nothing else.

    Parameters:
        function: its definition.
        known: names of the functions that it may call.
    """
    given = function.args
    defaults = [*given.defaults, *(value for value in given.kw_defaults if value is not None)]
    if function.decorator_list or not all(map(_is_constant, defaults)):
        return False
    local = set(_local_names(function))
    return all(_is_harmless(node, local, known) for node in _nodes(function.body))


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


def _nodes(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes below, but for the names of what is called and looked up, which go with them."""
    waiting = list(statements)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Attribute) and _is_of_module(node):
            continue
        waiting.extend(ast.iter_child_nodes(node))


def _is_of_module(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in _MODULES


def _is_harmless(node: ast.AST, local: Collection[str], known: Collection[str]) -> bool:
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
        if isinstance(called, ast.Name):
            return called.id not in local and (called.id in _BUILTINS or called.id in known)
        if not isinstance(called, ast.Attribute):
            return False
        # What it is an attribute of is looked at by itself.
        return _is_of_module(called) or called.attr in _METHODS
    return isinstance(node, _EXPRESSIONS)


def _is_harmless_of_module(node: ast.Attribute, local: Collection[str]) -> bool:
    """Whether it is something like ``np.dot`` or ``np.linalg.norm``, which changes nothing."""
    part: ast.expr = node
    while isinstance(part, ast.Attribute):
        if _NOT_OF_MODULES.fullmatch(part.attr):
            return False
        part = part.value
    return isinstance(part, ast.Name) and part.id not in local


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
