"""Slips in calling functions and in taking what they return: wrong brackets, arguments, names.

Each looks at the expression that failed and at what its parts stood for, and gives a sentence, or
nothing (also by raising ``Unknown``). The table in ``slips`` says which exception calls for which.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
import re
from contextlib import suppress
from types import ModuleType
from typing import Any

import numpy as np

from course.checks.describe import words_for
from course.checks.stored_cases import stored_functions
from course.checks.students_code import Step, Unknown, called, parts_of, shown, within
from course.language import _
from course.sentences import listed


def shape_in_two_arguments(step: Step, message: str) -> str:
    """``np.zeros(n, 1)``."""
    node = step.node
    if not (isinstance(node, ast.Call) and len(node.args) >= 2 and "data type" in message):
        return ""
    if "'True'" in message:
        return _("An argument such as True is given by its name: `keepdims=True`.")
    if called(step) not in ("np.zeros", "np.ones", "np.empty"):
        return ""
    sizes = ", ".join(map(ast.unparse, node.args))
    return _(
        "`{call}` takes the shape as one argument, a tuple: with two pairs of parentheses, "
        "`{call}(({sizes}))`."
    ).format(call=called(step), sizes=sizes)


def sizes_in_a_tuple(step: Step, message: str) -> str:
    """``np.random.randn((n, m))``."""
    node = step.node
    if not (isinstance(node, ast.Call) and "'tuple' object cannot be interpreted" in message):
        return ""
    if called(step) not in ("np.random.randn", "np.random.rand"):
        return ""
    return _(
        "`{call}` takes the sizes one by one, not as a tuple: with one pair of parentheses."
    ).format(call=called(step))


def float_for_a_whole_number(step: Step, message: str) -> str:
    """``range(len(parameters) / 2)``."""
    if "'float' object cannot be interpreted as an integer" not in message:
        return ""
    for node in parts_of(step):
        with suppress(Unknown):
            value = step.plain(node)
            if isinstance(value, float) and not isinstance(node, ast.Constant):
                return _(
                    "`{name}` is {value!r}, a number with a point, and a whole number is needed "
                    "here. `/` always gives one with a point, `//` does not."
                ).format(name=shown(node), value=float(value))
    return ""


def text_and_number(step: Step, message: str) -> str:
    """``"W" + l``."""
    node = step.node
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)):
        return ""
    left, right = step.plain(node.left), step.plain(node.right)
    if isinstance(left, str) and isinstance(right, (int, float)):
        return _(
            "`{line}` joins a text and a number. Make a text of the number first: `str({number})`."
        ).format(line=shown(node), number=shown(node.right))
    return ""


def called_in_place_of_asked(step: Step, message: str) -> str:
    """Round brackets after something that is no function."""
    node = step.node
    if not (isinstance(node, ast.Call) and "not callable" in message):
        return ""
    asked = node.func
    if isinstance(asked, (ast.Constant, ast.BinOp)):
        return _("In `{line}` a sign is missing: a product is written with `*`.").format(
            line=shown(node)
        )
    name = ast.unparse(asked)
    value = step.value(asked)
    if isinstance(asked, ast.Name) and hasattr(builtins, name):
        return _(
            "`{name}` is a function of Python, but your code or an earlier cell gave that name "
            "another value. Take another name, and run `del {name}` where a cell did it."
        ).format(name=name)
    if isinstance(value, ModuleType):
        return _("`{name}` is a module, not a function: which function of it do you mean?").format(
            name=name
        )
    if isinstance(value, (list, tuple, dict, np.ndarray)) and name.endswith(".shape"):
        return _("An entry of `{name}` is asked for with square brackets: `{name}[0]`.").format(
            name=name
        )
    if name in stored_functions():
        return _("`{name}` is no function any more, but {words}. Run the cell of `{name}`.").format(
            name=name, words=words_for(value)
        )
    if isinstance(value, (list, tuple, dict)):
        return _(
            "`{name}` is {words}, no function. An entry of it is asked for with square brackets: "
            "`{name}[...]`."
        ).format(name=name, words=words_for(value))
    return _(
        "`{name}` is {words}, no function, but parentheses after it call it. Is a `*` missing, or "
        "are square brackets meant?"
    ).format(name=name, words=words_for(value))


def asked_in_place_of_called(step: Step, message: str) -> str:
    """``np.zeros[...]``."""
    node = step.node
    if not (isinstance(node, ast.Subscript) and "not subscriptable" in message):
        return ""
    value = step.value(node.value)
    if callable(value):
        return _(
            "`{name}` is a function: it is called with round parentheses, `{name}(...)`, not with "
            "square brackets."
        ).format(name=shown(node.value))
    if isinstance(value, (int, float, np.generic)):
        return _("`{name}` is a single number, so it has no entry `{line}`.").format(
            name=shown(node.value), line=shown(node)
        )
    return ""


def unknown_keyword(step: Step, message: str) -> str:
    """``np.sum(dZ, anis=1)``."""
    found = re.search(r"keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument", message)
    if found is None or not isinstance(step.node, ast.Call):
        return ""
    wrong = found[1] or found[2]
    if wrong not in [keyword.arg for keyword in step.node.keywords]:
        return ""
    name = called(step)
    function = step.value(step.node.func)
    known = _keywords_of(function)
    close = difflib.get_close_matches(wrong, known, n=1, cutoff=0.6)
    if close:
        return _("`{name}` has no argument `{wrong}`. It is spelt `{right}`.").format(
            name=name, wrong=wrong, right=close[0]
        )
    if function is sum and wrong in ("axis", "keepdims"):
        return _("Python's own `sum` knows no `{wrong}`: `np.sum` does.").format(wrong=wrong)
    return _("`{name}` has no argument `{wrong}`.").format(name=name, wrong=wrong)


def _keywords_of(function: Any) -> list[str]:
    with suppress(TypeError, ValueError):
        return list(inspect.signature(function).parameters)
    if isinstance(function, np.ufunc):
        return ["axis", "out", "where", "dtype", "casting", "order"]
    return []


def number_of_arguments(step: Step, message: str) -> str:
    """A call with too few or too many values."""
    found = re.search(r"(\w+)\(\) (?:takes|missing)", message)
    if found is None or not isinstance(step.node, ast.Call):
        return ""
    function = step.value(step.node.func)
    try:
        wanted = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ""
    if getattr(function, "__name__", "") != found[1] or not wanted:
        return ""
    return _("`{name}` takes {wanted}, and is called as `{call}`.").format(
        name=called(step), wanted=listed(wanted), call=shown(step.node)
    )


def math_on_an_array(step: Step, message: str) -> str:
    """``math.exp`` of an array."""
    if not called(step).startswith("math.") or "converted to" not in message:
        return ""
    name = called(step).removeprefix("math.")
    if not hasattr(np, name):
        return ""
    return _("`math.{name}` takes a single number. For a whole array write `np.{name}`.").format(
        name=name
    )


def all_results_under_one_name(step: Step, message: str) -> str:
    """A name that holds the tuple which a call has returned, used as if it held one value."""
    calls: dict[str, ast.Call] = {}
    for node in within(step.function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            if isinstance(target, ast.Name) and node.lineno <= step.line:
                calls[target.id] = node.value
    for used in parts_of(step):
        if isinstance(used, ast.Name) and used.id in calls:
            value = step.value(used)
            if type(value) is tuple and re.search("tuple|inhomogeneous|sequence", message):
                return _(
                    "`{name}` holds all {count} values that `{call}` returns, as one tuple. Write "
                    "{count} names, with commas, on the left of `=`."
                ).format(
                    name=used.id, count=len(value), call=ast.unparse(calls[used.id].func) + "(...)"
                )
    return ""


def unpacked(step: Step, message: str) -> str:
    """``Z, cache, more = linear_forward(...)``."""
    found = re.search(r"(not enough|too many) values to unpack \(expected (\d+)", message)
    if found is None or not isinstance(step.node, (ast.Tuple, ast.List)):
        return ""
    for node in within(step.function):
        if isinstance(node, ast.Assign) and step.node in node.targets:
            got = re.search(r"got (\d+)", message)
            right = shown(node.value)
            if got is None:
                with suppress(Unknown):
                    value = step.value(node.value)
                    if isinstance(value, (tuple, list)):
                        got = re.match(r"(\d+)", str(len(value)))
            if got is None:
                return _(
                    "There are {names} names on the left of `=`, and `{right}` gives more values."
                ).format(names=found[2], right=right)
            return _(
                "There are {names} names on the left of `=`, but `{right}` gives {values} values."
            ).format(names=found[2], right=right, values=got[1])
    return ""


def method_not_called(step: Step, message: str) -> str:
    """``np.dot(w.transpose, X)``."""
    nodes = parts_of(step)
    called_ones = [node.func for node in nodes if isinstance(node, ast.Call)]
    for node in nodes:
        if not isinstance(node, ast.Attribute) or node in called_ones:
            continue
        method = getattr(np.ndarray, node.attr, None)
        if "function_or_method" in message and callable(method) and node.attr != "T":
            value = step.value(node.value)
            if isinstance(value, np.ndarray):
                return _("`{name}` is a function: to call it, write `{name}()`.").format(
                    name=shown(node)
                )
    return ""


def comma_at_the_end(step: Step, message: str) -> str:
    """``m = X.shape[1],``, a tuple with one value."""
    used = {node.id for node in parts_of(step) if isinstance(node, ast.Name)}
    for node in within(step.function):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)):
            continue
        name = ast.unparse(node.targets[0])
        if (
            len(node.value.elts) == 1
            and name in used
            and type(step.value(node.targets[0])) is tuple
        ):
            return _(
                "The comma at the end of the line that assigns `{name}` makes a tuple of it."
            ).format(name=name)
    return ""


def length_of_a_number(step: Step, message: str) -> str:
    """``len(m)``."""
    node = step.node
    if isinstance(node, ast.Call) and "has no len()" in message and len(node.args) == 1:
        value = step.plain(node.args[0])
        return _("`{name}` is {words}, and only things with several entries have a length.").format(
            name=shown(node.args[0]), words=words_for(value)
        )
    return ""


def nothing_returned(step: Step, message: str) -> str:
    """``caches = caches.append(...)``, or a name that holds None for another reason."""
    if "NoneType" not in message or step.function is None:
        return ""
    for used in parts_of(step):
        if not (isinstance(used, ast.Name) and step.value(used) is None):
            continue
        sentence = changed_in_place(step.function, used.id)
        return sentence or _(
            "`{name}` is None (nothing) here. Where does it get its value?"
        ).format(name=used.id)
    return ""


def changed_in_place(function: ast.AST | None, name: str = "") -> str:
    """The sentence on ``caches = caches.append(...)``; empty where there is no such line."""
    for node in within(function):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        called, target = node.value.func, ast.unparse(node.targets[0])
        if (
            isinstance(called, ast.Attribute)
            and called.attr in ("append", "extend", "insert", "sort", "reverse", "update")
            and ast.unparse(called.value) == target
            and name in ("", target)
        ):
            return _(
                "`{line}` makes {name} None: `{method}` changes {name} itself and returns nothing. "
                "Leave out `{name} =`."
            ).format(line=shown(node), name=target, method=called.attr)
    return ""


def loop_over_a_number(step: Step, message: str) -> str:
    """``for l in L``."""
    if "'int' object is not iterable" not in message:
        return ""
    for node in within(step.function):
        if not (isinstance(node, ast.For) and node.lineno == step.line):
            continue
        if isinstance(step.plain(node.iter), int):
            return _(
                "`for {name} in {number}`: a loop runs over several things, and `{number}` is one "
                "number. The numbers below it are `range({number})`."
            ).format(name=ast.unparse(node.target), number=shown(node.iter))
    return ""
