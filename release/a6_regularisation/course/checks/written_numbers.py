"""Notice a number of the visible example that is written down where a quantity belongs."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from course.checks.compare import agrees
from course.checks.run_on_cases import Run
from course.checks.students_code import Function, within
from course.language import _


def number_of_the_example(run: Run, tree: Function) -> str:
    """A number that is written down where a quantity of the case belongs."""
    given = " ".join(run.cases.given)
    numbers = sorted(
        {
            float(node.value)
            for node in within(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, (int, float))
            and node.value > 1
            and not re.search(rf"\b{re.escape(str(node.value))}\b", given)
        }
    )
    for number, name in itertools.product(numbers, run.cases.quantities[0]):
        values = [case.get(name, 0.0) for case in run.cases.quantities]
        ratio = ""
        if all(values) and _is_off_by(run, [value / number for value in values]):
            ratio = f"{name}/{number:g}"
        elif all(values) and _is_off_by(run, [number / value for value in values]):
            ratio = f"{number:g}/{name}"
        if ratio:
            return _(
                "The result is {ratio} of what it should be: the number {number:g} is written "
                "where `{name}` belongs. In other cases `{name}` is another number."
            ).format(ratio=ratio, number=number, name=name)
        equal = [index for index, value in enumerate(values) if value == number]
        right = [index for index in range(len(values)) if index not in run.wrong]
        if equal and equal == right:
            return _(
                "It is right only where {name} = {number:g}, and the number {number:g} stands in "
                "your code. It has to work for every {name}."
            ).format(name=name, number=number)
    return ""


def _is_off_by(run: Run, ratios: Sequence[float]) -> bool:
    """Whether some array or number of the result is off by one ratio a case, in every case."""
    parts = [
        list(zip(_numbers(right), _numbers(own), strict=False))
        for right, own in zip(run.cases.expected, run.returned, strict=True)
    ]
    return any(
        all(
            index < len(case)
            and np.any(case[index][0])
            and agrees(case[index][0] * ratio, case[index][1], run.cases.comparison)
            for case, ratio in zip(parts, ratios, strict=True)
        )
        for index in range(min(map(len, parts), default=0))
    )


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [part for key in sorted(value, key=str) for part in _numbers(value[key])]
    if isinstance(value, (tuple, list)):
        return [part for one in value for part in _numbers(one)]
    return [value] if isinstance(value, (np.ndarray, np.generic, float)) else []
