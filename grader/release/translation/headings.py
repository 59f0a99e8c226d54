"""Texts that a notebook's code hands to its figures: headings, names of curves, captions.

Code is the same in every language, so that figures translate these texts when they show them.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Mapping

from course.language import numbers_as_places

__all__ = ["handed_texts"]

_FIGURE = re.compile(r"(?:draw|plot)_|show_images?(?:_|$)|show_mislabeled")
_PASSES_ON = frozenset({"append", "items", "zip", "list", "dict"})
_NO_WORDS = re.compile(r"\$[^$]*\$|\{\d*\}|\\\w+")
_CODE = re.compile(r"[A-Za-z]0|^\w*_\w*$|^[\w.]+\(.*\)(?:\.\w+)?$|^[a-z]+\[|\\|^datasets/|^\.\./")


def handed_texts(source: str) -> Iterator[str]:
    """The texts that a cell may show in a figure, as catalogues hold them: places for numbers.

    Parameters:
        source: the code of a cell.
    """
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    tree = ast.parse("\n".join(lines))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    stored = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
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


def _forms(node: ast.AST, stored: Mapping[str, ast.expr]) -> list[str]:
    """What a text may be, with a number for what is filled in; nothing where it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if not isinstance(node, ast.JoinedStr):
        return []
    parts = [_forms(part, stored) or _fillings(part, stored) for part in node.values]
    return ["".join(chosen) for chosen in itertools.product(*parts)]


def _fillings(part: ast.expr, stored: Mapping[str, ast.expr]) -> list[str]:
    """What may be filled in: either of two words, or else a number, which may be a percentage."""
    if not isinstance(part, ast.FormattedValue):
        return ["0"]
    value = part.value
    value = stored.get(value.id, value) if isinstance(value, ast.Name) else value
    if isinstance(value, ast.IfExp):
        words = [*_forms(value.body, stored), *_forms(value.orelse, stored)]
        if len(words) == 2:
            return words
    spec = ast.unparse(part.format_spec) if part.format_spec else ""
    return ["0%" if spec.rstrip("'\"").endswith("%") else "0"]


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
