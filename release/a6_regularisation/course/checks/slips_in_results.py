"""Ordinary slips behind a wrong result, each said only where the code or the results show it.

A table: the slips in the order in which they are looked for. Each gets what was returned and the
syntax tree of the function (:class:`Run`), and gives a sentence, or nothing.
"""

from __future__ import annotations

import ast
import difflib
import functools
import inspect
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any

from course.checks.compare import agrees
from course.checks.run_on_cases import Run
from course.checks.slips_of_calls import changed_in_place
from course.checks.slips_of_names import discarded
from course.checks.slips_of_values import power_sign
from course.checks.students_code import (
    Function,
    assigned,
    code_object,
    parameters_of,
    shown,
    text_of,
    within,
)
from course.checks.written_numbers import number_of_the_example
from course.language import _
from course.sentences import listed, paragraph


def sure_slip_in(run: Run) -> str:
    """What explains a wrong result or an exception, whatever else there is; empty where nothing."""
    tree = run.tree()
    return parameters_in_another_order(run) or (_another_text(run, tree) if tree else "")


def slip_in(run: Run) -> str:
    """What a tutor would say to a wrong result; empty where nothing is sure."""
    tree = run.tree()
    seen = [functools.partial(slip, run) for slip in _SEEN_IN_THE_RESULT]
    if tree is not None:
        seen += [functools.partial(slip, run, tree) for slip in _SEEN_IN_THE_TEXT]
    for slip in seen:
        # Help must never fail, whatever objects the student's code has made.
        with suppress(Exception):
            sentence = slip()
            if sentence:
                return sentence
    return ""


# What the results show ---------------------------------------------------------------------------


def parameters_in_another_order(run: Run) -> str:
    """The first line of the function was changed, so that values arrive under wrong names."""
    released, own = run.cases.parameters, parameters_of(run.target)
    if own == released or len(own) < 2:
        return ""
    if not _takes(run.target, run.cases.arguments[0]):
        return _(
            "Your `def` line says `({own})`, and it was given as `({released})`. Whoever calls the "
            "function gives it these values."
        ).format(own=", ".join(own), released=", ".join(released))
    if sorted(own) == sorted(released):
        return _(
            "Your `def` line has its parameters in another order than it was given: it was "
            "`({released})`. Whoever calls the function gives them in that order."
        ).format(released=", ".join(released))
    return ""


def _takes(target: Callable[..., Any], arguments: tuple[Any, ...]) -> bool:
    """Whether a function can be called with so many values."""
    try:
        inspect.signature(target).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # nobody knows
        return True
    return True


def _returned_in_another_order(run: Run) -> str:
    expected = [run.cases.expected[index] for index in run.wrong]
    returned = [run.returned[index] for index in run.wrong]
    if not all(isinstance(one, tuple) for one in (*expected, *returned)):
        return ""
    count = len(expected[0])
    if not 2 <= count <= 4 or any(len(one) != count for one in returned):
        return ""
    for order in itertools.permutations(range(count)):
        swapped = [tuple(one[index] for index in order) for one in returned]
        if all(
            agrees(right, one, run.cases.comparison)
            for right, one in zip(expected, swapped, strict=True)
        ):
            return _(
                "The returned values are right, but in another order than asked for: "
                "`return {names}`."
            ).format(names=", ".join(run.cases.returns))
    return ""


def _a_function_returned(run: Run) -> str:
    values = run.first if isinstance(run.first, tuple) else (run.first,)
    for value in values:
        if callable(value) and not isinstance(value, type):
            return _(
                "A returned value is a function, `{name}`, and not its result: the parentheses "
                "that call it are missing."
            ).format(name=getattr(value, "__name__", type(value).__name__))
    return ""


# What the text shows -----------------------------------------------------------------------------


def _no_return(run: Run, tree: Function) -> str:
    if run.first is not None:
        return ""
    returns = [node for node in within(tree) if isinstance(node, ast.Return)]
    if not returns:
        text = _("The function has no `return` line, so it returns None (nothing).")
        asked = ", ".join(run.cases.returns)
        end = _("It should end with `return {names}`.").format(names=asked)
        return paragraph(text, end if asked else "")
    if all(node.value is None for node in returns):
        return _("`return` stands alone, so the function returns None (nothing).")
    return ""


def _return_in_a_loop(run: Run, tree: Function) -> str:
    for loop in (node for node in within(tree) if isinstance(node, (ast.For, ast.While))):
        if any(isinstance(statement, ast.Return) for statement in loop.body):
            return _(
                "`return` stands inside the loop, so the function ends in the loop's first round. "
                "Move it to the left, below the loop."
            )
    return ""


def _power(run: Run, tree: Function) -> str:
    found = any(
        isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.BitXor)
        for node in within(tree)
    )
    return power_sign() if found else ""


def _sign_and_equals_exchanged(run: Run, tree: Function) -> str:
    """``W =- step``, which Python reads as ``W = -step``."""
    lines = text_of(run.target)
    for node in within(tree):
        if not isinstance(node, ast.Assign) or node.lineno > len(lines):
            continue
        name, line = ast.unparse(node.targets[0]), lines[node.lineno - 1]
        found = re.search(r"\s=([-+])\s", line)
        if found and (name in parameters_of(run.target) or len(assigned(tree).get(name, ())) > 1):
            return _(
                "`{line}` gives {name} a new value with the sign {sign} before it. To change the "
                "old value, the sign comes before the equals sign: `{sign}=`."
            ).format(line=line.strip()[:60], name=name, sign=found[1])
    return ""


def _whole_division(run: Run, tree: Function) -> str:
    """``1 // m``, which is 0."""
    for node in within(tree):
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv)):
            continue
        if not any(isinstance(part, ast.Name) and part.id == "len" for part in within(node)):
            return _(
                "`{line}` rounds down to a whole number: `//` is for counting. Divide with `/`."
            ).format(line=shown(node))
    return ""


def _another_text(run: Run, tree: Function) -> str:
    """``"Relu"``, where the course's functions know ``"relu"``."""
    known = {"relu", "sigmoid"}
    known |= {one for case in run.cases.arguments for one in case if isinstance(one, str)}
    for node in within(tree):
        for part in _texts_compared_or_given(node):
            text = part.value
            if text in known:
                continue
            close = difflib.get_close_matches(text.casefold(), known, n=1, cutoff=0.8)
            if close:
                return _(
                    '`"{text}"` is not `"{right}"`: texts are equal only letter for letter.'
                ).format(text=text, right=close[0])
    return ""


def _texts_compared_or_given(node: ast.AST) -> Iterator[Any]:
    parts: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        parts = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) != "print":
        parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part


def _seed(run: Run, tree: Function) -> str:
    wanted = [line for line in run.cases.given if line.startswith("np.random.seed(")]
    own = [ast.unparse(node) for node in within(tree) if isinstance(node, ast.Call)]
    own = [call for call in own if re.match(r"(np|numpy)\.random\.seed\(", call)]
    if wanted and not own:
        return _("The line `{line}`, which this function has when you get it, is missing.").format(
            line=wanted[0]
        )
    if wanted and own[0] != wanted[0]:
        return _("Your function says `{own}`; in this assignment it is `{line}`.").format(
            own=own[0][:60], line=wanted[0]
        )
    if own and (len(own) > 1 or not wanted):
        return _(
            "`{own}` makes the same random numbers start again. This function does not do that: "
            "take the line out."
        ).format(own=own[-1][:60])
    return ""


def _another_generator(run: Run, tree: Function) -> str:
    """Random numbers that cannot be those of ``np.random.randn``."""
    if not run.cases.function.startswith("initialize_parameters"):
        return ""
    for node in within(tree):
        name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        found = re.fullmatch(
            r"(?:np|numpy)\.random\.(rand|random|uniform|normal|randint|default_rng|RandomState)"
            r"|random\.\w+",
            name,
        )
        if found:
            return _(
                "`{name}` draws other random numbers than `np.random.randn`, which this exercise "
                "asks for."
            ).format(name=name)
    return ""


def _whole_shape(run: Run, tree: Function) -> str:
    """``/ A.shape``, which divides by each of the sizes."""
    for node in within(tree):
        for side in (node.left, node.right) if isinstance(node, ast.BinOp) else ():
            if isinstance(side, ast.Attribute) and side.attr == "shape":
                return _(
                    "`{name}` in `{line}` is the whole shape, all sizes together. One of them is "
                    "`{name}[0]` or `{name}[1]`."
                ).format(name=shown(side), line=shown(node))
    return ""


def _value_thrown_away(run: Run, tree: Function) -> str:
    for node in discarded(tree):
        return _("`{line}` computes a value that nothing keeps: it has no name and no `=`.").format(
            line=shown(node)
        )
    return ""


def _a_given_line_changed(run: Run, tree: Function) -> str:
    """A line that everybody got, and that this function has no more."""
    own = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)}
    if not own & set(run.cases.given):
        return ""  # another edition of the notebook, or written anew
    for line in run.cases.given:
        if line not in own and not line.startswith(("print(", "return ")):
            return _(
                "The line `{line}`, which this function has when you get it, is missing or changed."
            ).format(line=line[:80])
    return ""


def variables_of_the_notebook(run: Run, tree: Function) -> str:
    """Data of the notebook that the function uses in place of what it is given."""
    code = code_object(run.target)
    around = getattr(run.target, "__globals__", {})
    names = [
        name
        for name in (code.co_names if code is not None else ())
        if name in around
        and not callable(around[name])
        and not isinstance(around[name], ModuleType)
        and any(
            isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
            for node in within(tree)
        )
    ]
    if not names:
        return ""
    return _(
        "Your function uses `{names}`, a variable of the notebook. It should use only its own "
        "parameters: {parameters}."
    ).format(names="`, `".join(names[:3]), parameters=listed(parameters_of(run.target)))


_SEEN_IN_THE_RESULT: tuple[Callable[[Run], str], ...] = (
    _returned_in_another_order,
    _a_function_returned,
)
_SEEN_IN_THE_TEXT: tuple[Callable[[Run, Function], str], ...] = (
    _no_return,
    _return_in_a_loop,
    lambda _run, tree: changed_in_place(tree),
    _sign_and_equals_exchanged,
    _power,
    number_of_the_example,
    variables_of_the_notebook,
    _seed,
    _another_generator,
    _whole_division,
    _whole_shape,
    _value_thrown_away,
    _a_given_line_changed,
)
