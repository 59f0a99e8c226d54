"""Ordinary slips behind a name that has no value, each said only where the code shows it."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterator

import numpy as np

from course.checks.kernel_history import USUAL_IMPORTS, missing_import, not_defined
from course.checks.stored_cases import given_statements, stored_functions
from course.checks.students_code import Function, Step, Unknown, assigned, shown, within
from course.language import _
from course.sentences import listed

_NAME = re.compile(r"(?:name|variable) '(\w+)'")
_WORDS_OF_OTHER_LANGUAGES = {
    **dict.fromkeys(("true", "TRUE"), "True"),
    **dict.fromkeys(("false", "FALSE"), "False"),
    **dict.fromkeys(("null", "NULL", "nil", "none", "NONE", "undefined"), "None"),
}
_SHORTEST_GUESS = 3  # below that many letters everything looks like everything


def name_without_value(step: Step, message: str) -> str:
    """What to say to a NameError; empty where the code shows no reason.

    Parameters:
        step: where it was raised.
        message: its text.
    """
    found = _NAME.search(message)
    if found is None:
        return ""
    name = found[1]
    function = step.function
    if function is None:
        return _from_elsewhere(name, step)
    places = assigned(function).get(name, [])
    reasons: tuple[Callable[[], str], ...] = (
        (lambda: _of_one_branch(name, function, step, places),
         lambda: _of_a_loop_without_rounds(name, function, step, places),
         lambda: _given_later(name, step, places))
        if places
        else (lambda: _a_key_without_quotes(name, step),
              lambda: _other_letters(name, function),
              lambda: _compared_not_assigned(name, function),
              lambda: _from_elsewhere(name, step),
              lambda: _nothing_assigned(name, function, step),
              lambda: _similar(name, function, step))
    )  # fmt: skip
    return next(filter(None, (reason() for reason in reasons)), "")


def _from_elsewhere(name: str, step: Step) -> str:
    """Names that other languages, NumPy, the imports or other cells know."""
    if name in _WORDS_OF_OTHER_LANGUAGES:
        return _("`{name}` is no word of Python: write `{python}`.").format(
            name=name, python=_WORDS_OF_OTHER_LANGUAGES[name]
        )
    if name in stored_functions():
        return not_defined(name)
    if name == "numpy" and step.frame.f_globals.get("np") is np:
        return _("NumPy is imported under its short name here: write `np.` for `numpy.`.")
    if name in USUAL_IMPORTS:
        return missing_import(name)
    if callable(getattr(np, name, None)) and step.frame.f_globals.get("np") is np:
        return _("`{name}` is a function of NumPy: write `np.{name}`.").format(name=name)
    return ""


def _a_key_without_quotes(name: str, step: Step) -> str:
    for node in within(step.function):
        if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name)):
            continue
        if node.slice.id == name and isinstance(node.value, ast.Name):
            try:
                keys = step.value(node.value)
            except Unknown:
                continue
            if type(keys) is dict and name in keys:
                return _(
                    "The keys of `{where}` are texts, and a text stands in quotes: "
                    '`{where}["{name}"]`, not `{where}[{name}]`.'
                ).format(where=node.value.id, name=name)
    return ""


def _known_here(function: Function) -> list[str]:
    parameters = [one.arg for one in function.args.args]
    return list(dict.fromkeys([*parameters, *assigned(function)]))


def _other_letters(name: str, function: Function) -> str:
    for other in _known_here(function):
        if other != name and other.casefold() == name.casefold():
            return _(
                "`{name}` has no value in your function, but `{other}` has. Capital and small "
                "letters are different letters for Python."
            ).format(name=name, other=other)
    return ""


def _similar(name: str, function: Function, step: Step) -> str:
    known = [*_known_here(function), *map(str, step.frame.f_globals)]
    known = [one for one in known if len(one) >= _SHORTEST_GUESS and not one.startswith("_")]
    same = [one for one in known if one.casefold() == name.casefold()]
    close = same or difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    if close and len(name) >= _SHORTEST_GUESS:
        return _("`{name}` has no value here. Did you mean `{other}`?").format(
            name=name, other=close[0]
        )
    if name.isidentifier() and not name[0].isdigit():
        return _(
            "`{name}` has no value here: it is neither a parameter of `{function}` ({parameters}) "
            "nor assigned in it."
        ).format(
            name=name,
            function=function.name,
            parameters=listed([one.arg for one in function.args.args]),
        )
    return ""


def _compared_not_assigned(name: str, function: Function) -> str:
    for node in within(function):
        if isinstance(node, ast.AnnAssign) and node.value is None:
            if isinstance(node.target, ast.Name) and node.target.id == name:
                return _(
                    "`{line}` gives `{name}` no value: write `=` in place of the colon."
                ).format(line=shown(node), name=name)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare):
            compare = node.value
            left = compare.left
            if isinstance(left, ast.Name) and left.id == name and _is_equal_sign(compare):
                return _(
                    "`{line}` compares and gives `{name}` no value: to assign, write a single `=`."
                ).format(line=shown(node), name=name)
    return ""


def _is_equal_sign(compare: ast.Compare) -> bool:
    return len(compare.ops) == 1 and isinstance(compare.ops[0], ast.Eq)


def _nothing_assigned(name: str, function: Function, step: Step) -> str:
    """The released lines use a name that nobody has written a line for."""
    prints = [node for node in within(function) if _is_a_print(node)]
    lost = list(discarded(function))
    if prints:
        return _(
            "`{name}` was never given a value. `{line}` only shows a value; to keep it, write "
            "`{name} = ...`."
        ).format(name=name, line=shown(prints[0]))
    if lost:
        return _(
            "`{name}` was never given a value. `{line}` computes one and throws it away; to keep "
            "it, write `{name} = ...`."
        ).format(name=name, line=shown(lost[0]))
    if name in _names_of_the_task(function, step):
        return _(
            "`{name}` was never given a value. Write the line `{name} = ...` between the two "
            "markers, above the line that uses it."
        ).format(name=name)
    return ""


def _names_of_the_task(function: Function, step: Step) -> set[str]:
    """The names that lines which were given use, where this is one of the exercises."""
    given = given_statements(function.name)
    return {
        node.id
        for statement in within(function)
        if isinstance(statement, ast.stmt) and ast.unparse(statement) in given
        for node in within(statement)
        if isinstance(node, ast.Name)
    }


def _is_a_print(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
        and any(not isinstance(one, (ast.Constant, ast.JoinedStr)) for one in node.value.args)
    )


_COMPUTING = (
    "dot matmul multiply divide add subtract sum mean exp log abs sqrt tanh maximum square power "
    "zeros ones squeeze reshape where array"
).split()


def discarded(function: Function) -> Iterator[ast.Expr]:
    """The statements that compute a value which nothing keeps."""
    for node in within(function):
        if not isinstance(node, ast.Expr):
            continue
        value = node.value
        is_call = (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
            and isinstance(value.func.value, ast.Name)
            and value.func.value.id == "np"
            and value.func.attr in _COMPUTING
            and not any(keyword.arg == "out" for keyword in value.keywords)
        )
        if is_call or isinstance(value, ast.BinOp):
            yield node


def _of_one_branch(name: str, function: Function, step: Step, places: list[ast.Name]) -> str:
    """Every line that gives the name a value stands in a branch in which this run was not."""
    for branch in (node for node in within(function) if isinstance(node, ast.If)):
        first = branch.body[0].lineno
        end = branch.end_lineno or branch.lineno
        in_it = all(first <= place.lineno <= end for place in places)
        if not in_it or first <= step.line <= end or step.line < branch.lineno:
            continue
        tests = [
            shown(one.test)
            for one in _branches(branch)
            if any(_holds(one.body, place) for place in places)
        ]
        if tests and len(tests) == len({id(p) for p in _first_per_branch(branch, places)}):
            return _(
                "`{name}` is given a value only where {tests}; this case is another one. Every "
                "branch has to assign it."
            ).format(name=name, tests=_(" or ").join(f"`{test}`" for test in tests))
    return ""


def _branches(branch: ast.If) -> Iterator[ast.If]:
    """An if with its elifs."""
    yield branch
    if len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If):
        yield from _branches(branch.orelse[0])


def _holds(body: list[ast.stmt], place: ast.AST) -> bool:
    return any(place is node for statement in body for node in within(statement))


def _first_per_branch(branch: ast.If, places: list[ast.Name]) -> list[ast.Name]:
    """One place for each branch that has one, the last else included."""
    bodies = [one.body for one in _branches(branch)]
    *_all, last = _branches(branch)
    bodies.append(last.orelse)
    found = []
    for body in bodies:
        inside = [place for place in places if _holds(body, place)]
        found += inside[:1]
    return found


def _of_a_loop_without_rounds(
    name: str, function: Function, step: Step, places: list[ast.Name]
) -> str:
    for loop in (node for node in within(function) if isinstance(node, (ast.For, ast.While))):
        end = loop.end_lineno or loop.lineno
        if all(loop.lineno <= place.lineno <= end for place in places) and step.line > end:
            return _(
                "`{name}` is given a value only inside the loop `{loop}`, and in this case no "
                "round of it did so. What comes after the loop needs it all the same."
            ).format(name=name, loop=_header(loop))
    return ""


def _header(loop: ast.For | ast.While) -> str:
    if isinstance(loop, ast.While):
        return f"while {shown(loop.test)}:"
    return f"for {shown(loop.target)} in {shown(loop.iter)}:"


def _given_later(name: str, step: Step, places: list[ast.Name]) -> str:
    first = min(place.lineno for place in places)
    if first < step.line:
        return ""
    changes = [
        node
        for node in within(step.function)
        if isinstance(node, ast.AugAssign) and node.lineno == first == step.line
    ]
    if changes and ast.unparse(changes[0].target) == name:
        return _(
            "In line {line} of the cell the old value of `{name}` is to be changed, and it has "
            "none yet: to give it its first value, write `=`."
        ).format(line=step.line, name=name)
    if first == step.line:
        return _(
            "In line {line} of the cell `{name}` is used before it has a value: the right side of "
            "`=` is computed first."
        ).format(line=step.line, name=name)
    return _(
        "`{name}` is used in line {line} of the cell, and gets its value only in line {first}. Is "
        "that the right order, and the right name?"
    ).format(name=name, line=step.line, first=first)
