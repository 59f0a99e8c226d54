"""Tell, without running them, which functions of a notebook do nothing but compute.

A function of the course takes arrays and gives arrays back. One that can be seen to do that and
nothing else cannot spoil what another one finds, and cannot see where, when or how often it is
called: it gives the same everywhere, so what it gave once, beside others of its kind, is what it
gives. Anything that is not known to be harmless counts as harmful: then an exercise is judged by
itself, and more than once, which takes longer and costs nobody a mark.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterable

from grader.judging.plain_code import BUILTINS, MODULES, is_plain
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
    if any(assigned_names(node) & (known | MODULES.keys() | BUILTINS) for node in outside):
        return True
    imported = [node for node in nodes_of(*outside) if isinstance(node, ast.alias)]
    return any(
        name in own
        or (name in MODULES and alias.name not in ("numpy", "math", "copy"))
        or (name in known | BUILTINS and alias.asname not in (None, alias.name))
        for alias in imported
        for name in [alias.asname or alias.name]
    )


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
        return target.id in MODULES
    return ast.unparse(target) not in _SETTINGS


@functools.cache
def _importable() -> frozenset[str]:
    """Modules that a cell may import: well-known ones, and those of the course."""
    of_the_course = {path.stem for place in ALL_UTILS for path in place.glob("*")}
    return _SAFE_IMPORTS | of_the_course
