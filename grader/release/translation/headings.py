"""Texts that a notebook's code hands to its figures: headings, names of curves, captions.

Code is the same in every language, so that figures translate these texts when they show them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

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
    for node in ast.walk(tree):
        text = _text(node)
        if not text or isinstance(above.get(node), ast.JoinedStr) or not _is_handed(node, above):
            continue
        form = numbers_as_places(re.sub(r"\{\}", "0", text))
        if re.search(r"[A-Za-z]{3}", _NO_WORDS.sub("", form)) and not _CODE.search(form):
            yield form


def _text(node: ast.AST) -> str:
    """A text, with a number for what is filled in; nothing where the node is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(_text(part) or _number_for(part) for part in node.values)


def _number_for(part: ast.expr) -> str:
    is_percentage = isinstance(part, ast.FormattedValue) and part.format_spec is not None
    is_percentage = is_percentage and ast.unparse(part).endswith("%}'")
    return "0%" if is_percentage else "0"


def _is_handed(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text goes to a figure, or is stored as a key or in a list, which may go there."""
    parent = above.get(node)
    is_stored = False
    while parent is not None:
        if isinstance(parent, ast.Call):
            name = getattr(parent.func, "id", getattr(parent.func, "attr", ""))
            return bool(_FIGURE.match(name)) or name in _PASSES_ON
        if isinstance(parent, ast.Subscript):
            return isinstance(parent.ctx, ast.Store)
        if isinstance(parent, ast.Compare | ast.stmt):
            return is_stored and isinstance(parent, ast.Assign | ast.For)
        is_stored |= not isinstance(parent, ast.IfExp | ast.BinOp)
        parent = above.get(parent)
    return False
