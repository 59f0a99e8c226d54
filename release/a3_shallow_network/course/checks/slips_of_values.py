"""Slips in computing with values: shapes, entries, keys, attributes and operators.

Each looks at the expression that failed and at what its parts stood for, and gives a sentence, or
nothing (also by raising ``Unknown``). The table in ``slips`` says which exception calls for which.
"""

from __future__ import annotations

import ast
import difflib
import re
from types import ModuleType

import numpy as np

from course.checks.describe import words_for
from course.checks.students_code import Step, Unknown, called, shown, within
from course.language import _
from course.sentences import listed, paragraph


def shapes_that_do_not_fit(step: Step, message: str) -> str:
    """A product or a sum of arrays whose sizes do not fit."""
    node = step.node
    words = ("not aligned", "matmul", "broadcast")
    if not any(word in message for word in words):
        return ""
    if isinstance(node, ast.BinOp):
        sides = [node.left, node.right]
    elif isinstance(node, ast.Call) and len(node.args) == 2:
        sides = node.args
    elif (
        isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Attribute)
    ):
        sides = [node.func.value, *node.args]
    else:
        return ""
    shapes = [np.shape(step.plain(side)) for side in sides]
    names = [shown(side) for side in sides]
    text = _("`{line}`: {one} has shape {first}, {other} has shape {second}.").format(
        line=shown(node), one=names[0], first=shapes[0], other=names[1], second=shapes[1]
    )
    is_matrix_product = "broadcast" not in message
    inner_sizes_fit = len(shapes[0]) == len(shapes[1]) == 2 and shapes[0][1] == shapes[1][0]
    if not is_matrix_product and inner_sizes_fit and isinstance(getattr(node, "op", 0), ast.Mult):
        why = _("`*` works entry by entry; a matrix product is `np.dot` or `@`.")
        return paragraph(text, why)
    if not is_matrix_product:
        return paragraph(text, _("Entry by entry they do not fit."))
    if len(shapes[0]) == len(shapes[1]) == 2:
        why = _("A matrix product needs equal inner sizes: {a} is not {b}.")
        return paragraph(text, why.format(a=shapes[0][1], b=shapes[1][0]))
    return text


def axis_beyond_the_last(step: Step, message: str) -> str:
    """``np.sum(dZ, axis=2)``."""
    found = re.search(r"axis (-?\d+) is out of bounds for array of dimension (\d+)", message)
    if found is None or step.node is None:
        return ""
    count = int(found[2])
    if not count:
        return _("A single number has no axes, so there is no axis {axis}.").format(axis=found[1])
    return _("The axes are counted from 0: an array of rank {rank} has the axes {axes}.").format(
        rank=count, axes=listed(list(map(str, range(count))))
    )


def truth_of_an_array(step: Step, message: str) -> str:
    """``max(0, Z)``, or an array behind ``if``."""
    if "truth value of an array" not in message:
        return ""
    name = called(step)
    if name in ("max", "min"):
        return _(
            "Python's `{name}` compares whole arrays, which are neither larger nor smaller. Entry "
            "by entry: `np.{better}`."
        ).format(name=name, better={"max": "maximum", "min": "minimum"}[name])
    return _(
        "An array has many entries, some true and some not, so it cannot decide an `if`, `while`, "
        "`and`, `or` or `not`. `np.where` chooses for each entry."
    )


def entry_beyond_the_end(step: Step, message: str) -> str:
    """``layer_dims[l + 1]`` in the last round."""
    node = step.node
    if not isinstance(node, ast.Subscript):
        return ""
    value, key = step.plain(node.value), step.plain(node.slice)
    name, asked = shown(node.value), shown(node.slice)
    if isinstance(value, (list, tuple)) and isinstance(key, int) and not len(value):
        return _("`{name}` is empty here, so it has no entry {key}.").format(name=name, key=key)
    if isinstance(value, (list, tuple)) and isinstance(key, int):
        text = _(
            "`{line}`: the {count} entries of {name} have the numbers 0 to {last}, and {asked} is "
            "{key} here."
        )
        if asked == str(key):
            text = _(
                "`{line}`: the {count} entries of {name} have the numbers 0 to {last}, so there is "
                "none with the number {key}."
            )
        return text.format(
            line=shown(node), count=len(value), name=name, last=len(value) - 1, asked=asked, key=key
        )
    if isinstance(value, np.ndarray) and isinstance(key, int):
        return _("`{line}`: {name} has shape {shape}, and counting begins at 0.").format(
            line=shown(node), name=name, shape=value.shape
        )
    return ""


def key_that_is_not_there(step: Step, message: str) -> str:
    """``grads["dw1"]``."""
    node = step.node
    if not isinstance(node, ast.Subscript):
        return ""
    value, key = step.plain(node.value), step.plain(node.slice)
    if not isinstance(value, dict):
        return ""
    name, keys = shown(node.value), [str(one) for one in value]
    asked = shown(node.slice)
    text = _("`{name}` has no entry with the key {key!r}.").format(name=name, key=key)
    if asked != repr(key):
        text = _("`{name}` has no entry with the key {key!r}, which `{asked}` is here.").format(
            name=name, key=key, asked=asked
        )
    same = [one for one in keys if one.casefold() == str(key).casefold()]
    if same:
        return paragraph(text, _("It has {key!r}, with other letters.").format(key=same[0]))
    known = _("Its keys are: {keys}.").format(keys=listed(keys, 8))
    return paragraph(text, known if keys else _("It is empty."))


def list_asked_by_a_text(step: Step, message: str) -> str:
    """``caches["A"]`` of a list."""
    node = step.node
    if "indices must be integers" not in message or not isinstance(node, ast.Subscript):
        return ""
    value = step.plain(node.value)
    key = step.plain(node.slice)
    if isinstance(value, (list, tuple)) and isinstance(key, (str, float)):
        text = _("`{line}`: {name} is {words}; its entries have numbers, not fractions.")
        if isinstance(key, str):
            text = _("`{line}`: {name} is {words}; its entries have numbers, not names.")
        return text.format(line=shown(node), name=shown(node.value), words=words_for(value))
    return ""


_NUMPY_SAYS = {"ln": "log", "pow": "power", "sqr": "square", "tan_h": "tanh", "max_": "maximum"}


def misspelt_attribute(step: Step, message: str) -> str:
    """``np.dott``, or ``.shape`` of a list."""
    node = step.node
    if not isinstance(node, ast.Attribute):
        return ""
    value, name = step.value(node.value), shown(node.value)
    if value is None:
        raise Unknown(name)
    close = difflib.get_close_matches(node.attr, dir(value), n=1, cutoff=0.75)
    if value is np and node.attr in _NUMPY_SAYS:
        close = [_NUMPY_SAYS[node.attr]]
    if isinstance(value, ModuleType):
        text = _("`{module}` has nothing called `{name}`.").format(module=name, name=node.attr)
    else:
        text = _("`{name}` is {words}, which has no `.{attribute}`.").format(
            name=name, words=words_for(value), attribute=node.attr
        )
    if isinstance(value, (list, tuple, int, float)) and hasattr(np.ndarray, node.attr):
        return paragraph(text, _("NumPy's arrays have it."))
    if close:
        guess = _("Did you mean `{name}.{right}`?").format(name=name, right=close[0])
        return paragraph(text, guess)
    return text


def power(step: Step, message: str) -> str:
    """``^`` for ``**``."""
    node = step.node
    is_slip = isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)
    return power_sign() if is_slip else ""


def power_sign() -> str:
    """The sentence on ``^``."""
    return _("`^` is no power in Python (it works on bits): a power is written `**`.")


def operands(step: Step, message: str) -> str:
    """An operator between things that it does not take."""
    node = step.node
    if not isinstance(node, ast.BinOp):
        return ""
    for side in (node.left, node.right):
        value = step.value(side)
        if isinstance(value, tuple) and shown(side).endswith(".shape"):
            return _(
                "`{name}` is the whole shape, {value}. One size of it is `{name}[0]` or "
                "`{name}[1]`."
            ).format(name=shown(side), value=value)
        if callable(value) and not isinstance(value, type):
            return _("`{name}` is the function itself: to call it, write `{name}(...)`.").format(
                name=shown(side)
            )
        if isinstance(value, (dict, list, tuple, str)):
            return _("In `{line}` {name} is {words}, and cannot be computed with.").format(
                line=shown(node), name=shown(side), words=words_for(value)
            )
    return ""


def entry_of_a_tuple_assigned(step: Step, message: str) -> str:
    """``cache[0] = Z``, where ``cache`` is a tuple."""
    node = step.node
    if isinstance(node, ast.Subscript) and "item assignment" in message:
        return _("`{name}` is {words}, whose entries cannot be changed: make a new one.").format(
            name=shown(node.value), words=words_for(step.plain(node.value))
        )
    return ""


def list_compared_with_a_number(step: Step, message: str) -> str:
    """``A > 0.5``, where ``A`` is a list."""
    node = step.node
    if isinstance(node, ast.Compare) and "not supported between" in message:
        for side in (node.left, *node.comparators):
            value = step.plain(side)
            if isinstance(value, (list, tuple, dict, str)):
                return _("`{name}` is {words}: only an array is compared entry by entry.").format(
                    name=shown(side), words=words_for(value)
                )
    return ""


def division_by_zero(step: Step, message: str) -> str:
    """``/ 0``."""
    node = step.node
    if isinstance(node, ast.BinOp) and step.plain(node.right) == 0:
        return _("`{name}` is 0 here, and nothing can be divided by it.").format(
            name=shown(node.right)
        )
    return ""


def key_is_an_array(step: Step, message: str) -> str:
    """``parameters[W1]``, where ``W1`` is an array."""
    node = step.node
    if "unhashable" in message and isinstance(node, ast.Subscript):
        key = step.value(node.slice)
        if isinstance(key, (np.ndarray, list)) and isinstance(node.slice, ast.Name):
            return _(
                "`{line}` asks with {words} for an entry. Where the key is the text, it stands in "
                'quotes: `"{key}"`.'
            ).format(line=shown(node), words=words_for(key), key=node.slice.id)
    return ""


def outside_the_domain(step: Step, message: str) -> str:
    """``math.log(0)``, ``math.exp(1000)``."""
    node = step.node
    if not (isinstance(node, ast.Call) and called(step).startswith("math.") and node.args):
        return ""
    value = step.plain(node.args[0])
    return _("`{call}` is called with {value:.4g}, for which it has no result.").format(
        call=called(step), value=float(value)
    )


def calls_itself(step: Step, message: str) -> str:
    """A function that calls itself by mistake."""
    for node in within(step.function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == step.name:
            return _(
                "`{name}` calls itself, in line {line} of the cell, again and again. Which "
                "function is meant there?"
            ).format(name=step.name, line=node.lineno)
    return ""


def own_assertion(step: Step, message: str) -> str:
    """An assert in the student's own function, as other editions of the course have them."""
    asserted = (one for one in within(step.function) if isinstance(one, ast.Assert))
    tests = (a.test for a in asserted if a.lineno <= step.line <= (a.end_lineno or a.lineno))
    test = next(tests, None)
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return ""
    other = test.comparators[0]
    left, right = step.plain(test.left), step.plain(other)
    text = _("The line `assert {test}` of your function does not hold: {left} is {value}.").format(
        test=shown(test), left=shown(test.left), value=str(left)[:60]
    )
    if isinstance(other, ast.Constant):
        return text
    against = _("{right} is {value}.").format(right=shown(other), value=str(right)[:60])
    return paragraph(text, against)
