"""Ordinary slips behind an exception, each said only where the values at that moment show it.

A table: for each type of exception the slips that it may come from, the likeliest first. A slip looks
at the expression that failed and at what its parts stood for (:class:`Step`), and gives a sentence,
or nothing.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
import re
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

import numpy as np

from course.checks.describe import words_for
from course.checks.slips_of_names import name_without_value
from course.checks.stored_cases import stored_functions
from course.checks.students_code import Step, Unknown, shown, within
from course.language import _

Slip = Callable[[Step, str], str]


def slip_behind(error: BaseException, passed: list[Step]) -> str:
    """What a tutor would say to an exception; empty where nothing is sure.

    Parameters:
        error: the exception.
        passed: the student's lines that it passed, the outermost first.
    """
    message = str(error)
    # A slip in a line shows where it stands or, as a value, in the functions that are called then.
    for step in reversed(passed):
        for kinds, slip in _TABLE:
            if isinstance(error, kinds) and (slip in _OF_CALLERS or step is passed[-1]):
                # Help must never fail, whatever objects the student's code has made.
                with suppress(Exception):
                    sentence = slip(step, message)
                    if sentence:
                        return sentence
    return ""


def _nodes(step: Step) -> list[ast.expr]:
    """The failing expression with all its parts."""
    if step.node is None:
        return []
    return [step.node, *(node for node in within(step.node) if isinstance(node, ast.expr))]


def _called(step: Step) -> str:
    """The name of the function in a failing call, such as ``np.zeros``."""
    return ast.unparse(step.node.func) if isinstance(step.node, ast.Call) else ""


# Calls ---------------------------------------------------------------------------------------------


def _shape_in_two_arguments(step: Step, message: str) -> str:
    node = step.node
    if not (isinstance(node, ast.Call) and len(node.args) >= 2 and "data type" in message):
        return ""
    if "'True'" in message:
        return _("An argument such as True is given by its name: `keepdims=True`.")
    if _called(step) not in ("np.zeros", "np.ones", "np.empty"):
        return ""
    sizes = ", ".join(map(ast.unparse, node.args))
    return _(
        "`{call}` takes the shape as one argument, a tuple: with two pairs of parentheses, "
        "`{call}(({sizes}))`."
    ).format(call=_called(step), sizes=sizes)


def _sizes_in_a_tuple(step: Step, message: str) -> str:
    node = step.node
    if not (isinstance(node, ast.Call) and "'tuple' object cannot be interpreted" in message):
        return ""
    if _called(step) not in ("np.random.randn", "np.random.rand"):
        return ""
    return _(
        "`{call}` takes the sizes one by one, not as a tuple: with one pair of parentheses."
    ).format(call=_called(step))


def _float_for_a_whole_number(step: Step, message: str) -> str:
    if "'float' object cannot be interpreted as an integer" not in message:
        return ""
    for node in _nodes(step):
        with suppress(Unknown):
            value = step.plain(node)
            if isinstance(value, float) and not isinstance(node, ast.Constant):
                return _(
                    "`{name}` is {value!r}, a number with a point, and a whole number is needed "
                    "here. `/` always gives one with a point, `//` does not."
                ).format(name=shown(node), value=float(value))
    return ""


def _text_and_number(step: Step, message: str) -> str:
    node = step.node
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)):
        return ""
    left, right = step.plain(node.left), step.plain(node.right)
    if isinstance(left, str) and isinstance(right, (int, float)):
        return _(
            "`{line}` joins a text and a number. Make a text of the number first: `str({number})`."
        ).format(line=shown(node), number=shown(node.right))
    return ""


def _called_in_place_of_asked(step: Step, message: str) -> str:
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


def _asked_in_place_of_called(step: Step, message: str) -> str:
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


def _unknown_keyword(step: Step, message: str) -> str:
    found = re.search(r"keyword argument '(\w+)'|'(\w+)' is an invalid keyword argument", message)
    if found is None or not isinstance(step.node, ast.Call):
        return ""
    wrong = found[1] or found[2]
    if wrong not in [keyword.arg for keyword in step.node.keywords]:
        return ""
    name = _called(step)
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


def _number_of_arguments(step: Step, message: str) -> str:
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
        name=_called(step), wanted=", ".join(wanted), call=shown(step.node)
    )


def _math_on_an_array(step: Step, message: str) -> str:
    if not _called(step).startswith("math.") or "converted to" not in message:
        return ""
    name = _called(step).removeprefix("math.")
    if not hasattr(np, name):
        return ""
    return _("`math.{name}` takes a single number. For a whole array write `np.{name}`.").format(
        name=name
    )


# Several values ------------------------------------------------------------------------------------


def _all_results_under_one_name(step: Step, message: str) -> str:
    """A name that holds the tuple which a call has returned, used as if it held one value."""
    if step.function is None:
        return ""
    calls: dict[str, ast.Call] = {}
    for node in within(step.function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            if isinstance(target, ast.Name) and node.lineno <= step.line:
                calls[target.id] = node.value
    for used in _nodes(step):
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


def _unpacked(step: Step, message: str) -> str:
    found = re.search(r"(not enough|too many) values to unpack \(expected (\d+)", message)
    if found is None or not isinstance(step.node, (ast.Tuple, ast.List)) or step.function is None:
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


def _nothing_returned(step: Step, message: str) -> str:
    """``caches = caches.append(...)``, or a name that holds None for another reason."""
    if "NoneType" not in message or step.function is None:
        return ""
    for used in _nodes(step):
        if not (isinstance(used, ast.Name) and step.value(used) is None):
            continue
        sentence = changed_in_place(step.function, used.id)
        return sentence or _("`{name}` is None (nothing) here. Where does it get its value?").format(
            name=used.id
        )
    return ""


def changed_in_place(function: ast.AST, name: str = "") -> str:
    """The sentence on ``caches = caches.append(...)``; empty where there is no such line."""
    for node in within(function):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        called = node.value.func
        in_place = (
            isinstance(called, ast.Attribute)
            and called.attr in ("append", "extend", "insert", "sort", "reverse", "update")
            and ast.unparse(called.value) == ast.unparse(node.targets[0])
            and (not name or ast.unparse(called.value) == name)
        )
        if in_place:
            return _(
                "`{line}` makes {name} None: `{method}` changes {name} itself and returns nothing. "
                "Leave out `{name} =`."
            ).format(line=shown(node), name=ast.unparse(called.value), method=called.attr)
    return ""


def _loop_over_a_number(step: Step, message: str) -> str:
    if "'int' object is not iterable" not in message or step.function is None:
        return ""
    for node in within(step.function):
        is_loop = isinstance(node, ast.For) and node.lineno == step.line
        if is_loop and isinstance(step.plain(node.iter), int):
            return _(
                "`for {name} in {number}`: a loop runs over several things, and `{number}` is one "
                "number. The numbers below it are `range({number})`."
            ).format(name=ast.unparse(node.target), number=shown(node.iter))
    return ""


# Shapes --------------------------------------------------------------------------------------------


def _shapes_that_do_not_fit(step: Step, message: str) -> str:
    node = step.node
    words = ("not aligned", "matmul", "broadcast")
    if not any(word in message for word in words):
        return ""
    if isinstance(node, ast.BinOp):
        sides = [node.left, node.right]
    elif isinstance(node, ast.Call) and len(node.args) == 2:
        sides = node.args
    elif isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Attribute):
        sides = [node.func.value, *node.args]
    else:
        return ""
    shapes = [np.shape(step.plain(side)) for side in sides]
    names = [shown(side) for side in sides]
    text = _("`{line}`: {one} has shape {first}, {other} has shape {second}.").format(
        line=shown(node), one=names[0], first=shapes[0], other=names[1], second=shapes[1]
    )
    if "broadcast" in message:
        return text + " " + _("Entry by entry they do not fit.")
    if len(shapes[0]) == len(shapes[1]) == 2:
        return text + " " + _("A matrix product needs equal inner sizes: {a} is not {b}.").format(
            a=shapes[0][1], b=shapes[1][0]
        )
    return text


def _axis_beyond_the_last(step: Step, message: str) -> str:
    found = re.search(r"axis (-?\d+) is out of bounds for array of dimension (\d+)", message)
    if found is None:
        return ""
    count = int(found[2])
    if not count:
        return _("A single number has no axes, so there is no axis {axis}.").format(axis=found[1])
    return _("The axes are counted from 0: an array of rank {rank} has the axes {axes}.").format(
        rank=count, axes=", ".join(map(str, range(count)))
    )


def _truth_of_an_array(step: Step, message: str) -> str:
    if "truth value of an array" not in message:
        return ""
    name = _called(step)
    if name in ("max", "min"):
        return _(
            "Python's `{name}` compares whole arrays, which are neither larger nor smaller. Entry "
            "by entry: `np.{better}`."
        ).format(name=name, better={"max": "maximum", "min": "minimum"}[name])
    return _(
        "An array has many entries, some true and some not, so it cannot decide an `if`, `while`, "
        "`and`, `or` or `not`. `np.where` chooses for each entry."
    )


def _entry_beyond_the_end(step: Step, message: str) -> str:
    node = step.node
    if not isinstance(node, ast.Subscript):
        return ""
    value, key = step.plain(node.value), step.plain(node.slice)
    name, asked = shown(node.value), shown(node.slice)
    if isinstance(value, (list, tuple)) and isinstance(key, int) and not len(value):
        return _("`{name}` is empty here, so it has no entry {key}.").format(name=name, key=key)
    if isinstance(value, (list, tuple)) and isinstance(key, int):
        words = "" if asked == str(key) else _(", and {asked} is {key} here").format(
            asked=asked, key=key
        )
        return _(
            "`{line}`: the {count} entries of {name} have the numbers 0 to {last}{words}."
        ).format(
            line=shown(node), count=len(value), name=name, last=len(value) - 1,
            words=words or _(", so there is none with the number {key}").format(key=key),
        )  # fmt: skip
    if isinstance(value, np.ndarray) and isinstance(key, int):
        return _("`{line}`: {name} has shape {shape}, and counting begins at 0.").format(
            line=shown(node), name=name, shape=value.shape
        )
    return ""


def _key_that_is_not_there(step: Step, message: str) -> str:
    node = step.node
    if not isinstance(node, ast.Subscript):
        return ""
    value, key = step.plain(node.value), step.plain(node.slice)
    if not isinstance(value, dict):
        return ""
    name, keys = shown(node.value), [str(one) for one in value]
    listed = ", ".join(keys[:8]) + (", ..." if len(keys) > 8 else "")
    asked = shown(node.slice)
    text = _("`{name}` has no entry with the key {key!r}.").format(name=name, key=key)
    if asked != repr(key):
        text = _("`{name}` has no entry with the key {key!r}, which `{asked}` is here.").format(
            name=name, key=key, asked=asked
        )
    same = [one for one in keys if one.casefold() == str(key).casefold()]
    if same:
        return text + " " + _("It has {key!r}, with other letters.").format(key=same[0])
    return text + " " + (_("Its keys are: {keys}.").format(keys=listed) if keys else _("It is empty."))


def _list_asked_by_a_text(step: Step, message: str) -> str:
    node = step.node
    if "indices must be integers" not in message or not isinstance(node, ast.Subscript):
        return ""
    value = step.plain(node.value)
    key = step.plain(node.slice)
    if isinstance(value, (list, tuple)) and isinstance(key, (str, float)):
        return _("`{line}`: {name} is {words}; its entries have numbers, not {kind}.").format(
            line=shown(node), name=shown(node.value), words=words_for(value),
            kind=_("names") if isinstance(key, str) else _("fractions"),
        )  # fmt: skip
    return ""


# Attributes and operators --------------------------------------------------------------------------


_NUMPY_SAYS = {"ln": "log", "pow": "power", "sqr": "square", "tan_h": "tanh", "max_": "maximum"}


def _misspelt_attribute(step: Step, message: str) -> str:
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
        return text + " " + _("NumPy's arrays have it.")
    if close:
        return text + " " + _("Did you mean `{name}.{right}`?").format(name=name, right=close[0])
    return text


def _power(step: Step, message: str) -> str:
    node = step.node
    is_slip = isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)
    is_slip |= "bitwise_xor" in message
    return power_sign() if is_slip else ""


def power_sign() -> str:
    """The sentence on ``^``."""
    return _("`^` is no power in Python (it works on bits): a power is written `**`.")


def _operands(step: Step, message: str) -> str:
    """An operator between things that it does not take."""
    node = step.node
    if not isinstance(node, ast.BinOp):
        return ""
    for side in (node.left, node.right):
        value = step.value(side)
        if isinstance(value, tuple) and shown(side).endswith(".shape"):
            return _(
                "`{name}` is the whole shape, {value}. One size of it is `{name}[0]` or `{name}[1]`."
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


def _division_by_zero(step: Step, message: str) -> str:
    node = step.node
    if isinstance(node, ast.BinOp) and step.plain(node.right) == 0:
        return _("`{name}` is 0 here, and nothing can be divided by it.").format(
            name=shown(node.right)
        )
    return ""


def _key_is_an_array(step: Step, message: str) -> str:
    node = step.node
    if "unhashable" in message and isinstance(node, ast.Subscript):
        key = step.value(node.slice)
        if isinstance(key, (np.ndarray, list)) and isinstance(node.slice, ast.Name):
            return _(
                "`{line}` asks with {words} for an entry. Where the key is the text, it stands in "
                'quotes: `"{key}"`.'
            ).format(line=shown(node), words=words_for(key), key=node.slice.id)
    return ""


def _outside_the_domain(step: Step, message: str) -> str:
    node = step.node
    if not (isinstance(node, ast.Call) and len(node.args) == 1):
        return ""
    value = step.plain(node.args[0])
    return _("`{call}` is called with {value:.4g}, for which it has no result.").format(
        call=_called(step), value=float(value)
    )


def _calls_itself(step: Step, message: str) -> str:
    function = step.function
    for node in within(function) if function is not None else ():
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if function is not None and is_call and node.func.id == function.name:
            return _(
                "`{name}` calls itself, in line {line} of the cell, again and again. Which "
                "function is meant there?"
            ).format(name=function.name, line=node.lineno)
    return ""


def _own_assertion(step: Step, message: str) -> str:
    """An assert in the student's own function, as other editions of the course have them."""
    node = step.node
    test = next(
        (one.test for one in within(step.function) if isinstance(one, ast.Assert)
         and one.lineno <= step.line <= (one.end_lineno or one.lineno)),
        None,
    ) if step.function is not None else None  # fmt: skip
    if test is None and node is None:
        return ""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return ""
    left, right = step.plain(test.left), step.plain(test.comparators[0])
    return _("The line `assert {test}` of your function does not hold: {left} is {value}.").format(
        test=shown(test), left=shown(test.left), value=str(left)[:60]
    ) + (
        ""
        if isinstance(test.comparators[0], ast.Constant)
        else " " + _("{right} is {value}.").format(
            right=shown(test.comparators[0]), value=str(right)[:60]
        )
    )  # fmt: skip


_TABLE: tuple[tuple[tuple[type[BaseException], ...], Slip], ...] = (
    ((NameError,), name_without_value),
    ((TypeError, ValueError), _math_on_an_array),
    ((TypeError, ValueError, AttributeError), _all_results_under_one_name),
    ((TypeError,), _shape_in_two_arguments),
    ((TypeError,), _sizes_in_a_tuple),
    ((TypeError,), _float_for_a_whole_number),
    ((TypeError,), _text_and_number),
    ((TypeError,), _called_in_place_of_asked),
    ((TypeError,), _asked_in_place_of_called),
    ((TypeError,), _unknown_keyword),
    ((TypeError,), _number_of_arguments),
    ((TypeError, AttributeError), _nothing_returned),
    ((TypeError,), _loop_over_a_number),
    ((TypeError,), _power),
    ((TypeError,), _list_asked_by_a_text),
    ((TypeError,), _key_is_an_array),
    ((TypeError, ValueError), _operands),
    ((ValueError,), _unpacked),
    ((ValueError,), _shapes_that_do_not_fit),
    ((ValueError,), _truth_of_an_array),
    ((ValueError, OverflowError), _outside_the_domain),
    ((IndexError,), _axis_beyond_the_last),
    ((IndexError,), _entry_beyond_the_end),
    ((KeyError,), _key_that_is_not_there),
    ((AttributeError,), _misspelt_attribute),
    ((ZeroDivisionError,), _division_by_zero),
    ((RecursionError,), _calls_itself),
    ((AssertionError,), _own_assertion),
)
_OF_CALLERS = (_all_results_under_one_name, _nothing_returned, _calls_itself)
