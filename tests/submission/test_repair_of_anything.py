"""No bytes, JSON, cells or code whatever stop the repair of a submission."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.exercises import assignment as assignments
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.repair import repair
from tests.helpers.repairing import (
    CHECK,
    FUNCTION,
    NAME,
    as_bytes,
    check_recorded,
    code,
    names,
    repaired,
    solution,
    solved,
)

# ------------------------------------------------------------------ properties

QUICK = settings(
    max_examples=40,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["code", "markdown", FUNCTION, CHECK, "stream", solution.__doc__ or "", "%%x"]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | VALUES,
        "source": TEXTS | VALUES | st.sampled_from([f"def {FUNCTION}(): pass", "x = 1\n\\"]),
        "input": VALUES,
        "id": TEXTS | VALUES,
        "metadata": VALUES | st.dictionaries(st.just("nbgrader"), VALUES),
        "outputs": VALUES | st.lists(VALUES, max_size=2),
        "attachments": VALUES,
    },
)


def attempt(raw: bytes) -> None:
    """Repair; only the one exception may come out."""
    try:
        result = repair(raw, assignments.load(NAME))
    except UnreadableNotebook as refused:
        assert str(refused)
    else:
        check_recorded(result)


@QUICK
@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise_anything_else(raw: bytes) -> None:
    attempt(raw)


@QUICK
@given(VALUES)
def test_no_json_whatever_raises_anything_else(value: Any) -> None:
    attempt(json.dumps(value).encode())


@QUICK
@given(st.lists(CELLS | VALUES, max_size=6), VALUES)
def test_no_cells_whatever_raise_anything_else(cells: list[Any], metadata: Any) -> None:
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    attempt(json.dumps(notebook).encode())


@QUICK
@given(st.randoms(use_true_random=False), VALUES)
def test_a_real_notebook_with_anything_damaged_is_repaired(
    chance: random.Random, value: Any
) -> None:
    notebook = solved()
    for _ in range(chance.randint(1, 8)):
        cells = notebook["cells"]
        cell = chance.choice(cells)
        action = chance.randrange(5)
        if action == 0 and isinstance(cell, dict) and cell:
            cell[chance.choice(list(cell))] = value
        elif action == 1:
            cells.remove(cell)
        elif action == 2:
            cells.insert(chance.randrange(len(cells)), copy.deepcopy(cell))
        elif action == 3 and isinstance(cell, dict) and isinstance(cell.get("source"), str):
            text = cell["source"]
            place = chance.randint(0, len(text))
            cell["source"] = text[:place] + str(value) + text[place + chance.randint(0, 9) :]
        elif isinstance(cell, dict) and cell:
            del cell[chance.choice(list(cell))]
    attempt(json.dumps(notebook).encode())


@QUICK
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_a_real_file_with_bytes_overwritten_is_read_or_refused(place: int, new: bytes) -> None:
    raw = as_bytes(solved())
    place %= len(raw)
    attempt(raw[:place] + new + raw[place + len(new) :])


@pytest.mark.parametrize(
    "source",
    [
        "-" * 50_000 + "1",
        "(" * 50_000,
        "1" + "+1" * 50_000,
        "a" + ".b" * 50_000,
        "x = " * 50_000 + "1",
        "\\\n" * 50_000,
        "%" * 50_000,
        " " * 50_000 + "x",
        "\n" * 50_000 + "x (",
        "from " + "a" * 50_000,
        "# YOUR CODE STARTS HERE ### BEGIN HIDDEN TESTS\n" * 3_000,
        f"{FUNCTION} = print\n" * 5_000 + f"def {FUNCTION}(A, W, b):\n    return 1",
        "\n".join(" " * depth + "if 1:" for depth in range(300)),
        f"{FUNCTION} = " + "lambda: " * 5_000 + "1",
        f"def {FUNCTION}():\n    return " + "(" * 150 + ")" * 150,
    ],
)
def test_code_made_to_exhaust_the_parser_costs_its_cell_only(source: str) -> None:
    notebook = solved()
    notebook["cells"].append(code(source + f"  # {FUNCTION}"))
    assert set(repaired(notebook).functions) == set(names())
