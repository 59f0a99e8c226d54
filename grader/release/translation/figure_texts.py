"""Texts that a notebook's code hands to its figures: headings, names of curves, captions.

Code is the same in every language, so that figures translate these texts when they show them.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Mapping

from course.language import numbers_as_places
from grader.exercises.kernel import python_alone

_FIGURE = re.compile(r"(?:draw|plot)_|show_images?(?:_|$)|show_mislabeled")
_PASSES_ON = frozenset({"append", "items", "zip", "list", "dict"})
_NO_WORDS = re.compile(r"\$[^$]*\$|\{\d*\}|\\\w+")
_CODE = re.compile(r"[A-Za-z]0|^\w*_\w*$|^[\w.]+\(.*\)(?:\.\w+)?$|^[a-z]+\[|\\|^datasets/|^\.\./")


def handed_texts(source: str) -> Iterator[str]:
    """The texts that a cell may show in a figure, as catalogues hold them: places for numbers.

    Parameters:
        source: the code of a cell.
    """
    tree = ast.parse(python_alone(source))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    stored: dict[str, list[ast.expr]] = {}
    for name, value in _bound(tree):
        stored.setdefault(name, []).append(value)
    shown = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _FIGURE.match(_called(node))
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(above.get(node), ast.JoinedStr) or not _is_handed(node, above, shown):
            continue
        for text in _forms(node, stored):
            form = numbers_as_places(text.replace("{}", "0"))
            if re.search(r"[A-Za-z]{3}", _NO_WORDS.sub("", form)) and not _CODE.search(form):
                yield form


def _bound(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that are bound, with each value that is written out, also one after the other."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple | ast.List):
            pairs = [(node.target, value) for value in node.iter.elts]
        else:
            continue
        for target, value in pairs:
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                parts = zip(target.elts, value.elts, strict=False)
            else:
                parts = zip([target], [value], strict=True)
            yield from ((part.id, given) for part, given in parts if isinstance(part, ast.Name))


def _forms(node: ast.AST, stored: Mapping[str, list[ast.expr]]) -> list[str]:
    """What a text may be, with a number for what is filled in; nothing where it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if not isinstance(node, ast.JoinedStr):
        return []
    parts = [_forms(part, stored) or _fillings(part, stored) for part in node.values]
    return ["".join(chosen) for chosen in itertools.product(*parts)]


def _fillings(part: ast.expr, stored: Mapping[str, list[ast.expr]]) -> list[str]:
    """What may be filled in: one of some words, or else a number, which may be a percentage."""
    if not isinstance(part, ast.FormattedValue):
        return ["0"]
    given = stored.get(part.value.id, []) if isinstance(part.value, ast.Name) else [part.value]
    words = [word for value in given for word in _words(value)]
    if words:
        return list(dict.fromkeys(words))
    spec = ast.unparse(part.format_spec) if part.format_spec else ""
    return ["0%" if spec.rstrip("'\"").endswith("%") else "0"]


def _words(value: ast.expr) -> list[str]:
    """The words that a value is, or may be."""
    if isinstance(value, ast.IfExp):
        return [*_words(value.body), *_words(value.orelse)]
    return [value.value] if isinstance(value, ast.Constant) and isinstance(value.value, str) else []


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _is_handed(node: ast.AST, above: Mapping[ast.AST, ast.AST], shown: set[str]) -> bool:
    """Whether a text goes to a figure, or is stored as a key or in a list, which may go there.

    Parameters:
        shown: the names of what goes to figures.
    """
    parent = above.get(node)
    is_stored = False
    while parent is not None:
        if isinstance(parent, ast.Call):
            name = _called(parent)
            return bool(_FIGURE.match(name)) or name in _PASSES_ON
        if isinstance(parent, ast.Subscript):
            return isinstance(parent.ctx, ast.Store)
        if isinstance(parent, ast.Assign):
            return is_stored or bool(shown.intersection(map(ast.unparse, parent.targets)))
        if isinstance(parent, ast.Compare | ast.stmt):
            return is_stored and isinstance(parent, ast.For)
        is_stored |= not isinstance(parent, ast.IfExp | ast.BinOp)
        parent = above.get(parent)
    return False
