"""Ordinary slips of Python in an exercise: the check's first sentence names the one that was made.

Each is an edit of a solution, run with its text at hand as in a notebook. What is said must be true
of the edited code and of nothing else: a right way to write the same is never told of a slip.
"""

from __future__ import annotations

import ast
import io
import linecache
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import nbformat
import numpy as np
import pytest

from course.checks.public_check import CheckFailed, NotImplementedYet, check
from course.checks.stored_cases import public_cases
from grader.exercises import assignment as assignments

A1, A2, A3, A4 = (
    *("a1_numpy_basics", "a2_logistic_regression"),
    *("a3_shallow_network", "a4_deep_network"),
)
STUB = 'raise NotImplementedError("write your code here")'


def function_of(assignment: str, name: str, source: str, **names: Any) -> Callable[..., Any]:
    """A function with its text known to Python, as that of a notebook's cell is."""
    file = f"<cell of {name} {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    namespace = assignments.load(assignment).namespace() | names
    exec(compile(source, file, "exec"), namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def edited(assignment: str, name: str, *edits: tuple[str, str]) -> str:
    """The text of a solution with edits made, each wherever its first part occurs."""
    source = assignments.load(assignment).solution(name)
    for old, new in edits:
        assert old in source, old
        source = source.replace(old, new)
    return source


def complaint(assignment: str, name: str, source: str, **names: Any) -> CheckFailed:
    """The failure of the check on a function with a text."""
    function = function_of(assignment, name, source, **names)
    with (
        np.errstate(all="ignore"),
        redirect_stdout(io.StringIO()),
        pytest.raises(CheckFailed) as failure,
    ):
        check(name, function, assignment)
    return failure.value


Z = "Z = np.dot(W, A) + b"
DB = "db = np.sum(dZ, axis=1, keepdims=True) / m"
S = "s = 1 / (1 + np.exp(-x))"
COST = "cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"
Z_AND_CACHE = "Z, linear_cache = linear_forward(A_prev, W, b)"
HIDDEN_APPEND = "        caches.append(cache)"

SLIPS = [
    # Names
    (A4, "linear_forward", Z, "", "Write the line `Z = ...` between the two markers"),
    (A4, "linear_forward", Z, "print(np.dot(W, A) + b)", "only shows a value"),
    (A4, "linear_forward", Z, "np.dot(W, A) + b", "computes one and throws it away"),
    (A4, "linear_forward", Z, "Z == np.dot(W, A) + b", "compares and gives `Z` no value"),
    (A4, "linear_forward", Z, "Z: np.dot(W, A) + b", "write `=` in place of the colon"),
    (A4, "linear_forward", Z, "z = np.dot(W, A) + b", "Capital and small letters"),
    (A4, "linear_forward", Z, "Z = np.dot(W, A) + B", "but `b` has"),
    (A4, "linear_forward", Z, "Z = np.dot(W, A_prev) + b", "a parameter of `linear_forward` (A, W"),
    (A4, "linear_forward", Z, "Z = numpy.dot(W, A) + b", "write `np.` for `numpy.`"),
    (A4, "linear_forward", Z, "Z = dot(W, A) + b", "write `np.dot`"),
    (A4, "linear_forward", Z, "Z = Z + np.dot(W, A) + b", "used before it has a value"),
    (A4, "linear_forward", Z, f"Y = 2 * Z\n    {Z}", "gets its value only in line 18"),
    (A4, "linear_forward", Z, f"for i in range(0):\n        {Z}", "no round of it did so"),
    (A4, "linear_forward", Z, "Z = null", "`null` is no word of Python: write `None`"),
    (A4, "linear_backward", "keepdims=True", "keepdims=true", "write `True`"),
    (A2, "propagate", "sigmoid(", "sigmod(", "Did you mean `sigmoid`?"),
    (A4, "update_parameters", 'params["W" + str(l + 1)]', "params[W1]", '`params["W1"]`'),
    # Calls
    (A4, "initialize_parameters", "np.zeros((n_h, 1))", "np.zeros(n_h, 1)", "np.zeros((n_h, 1))"),
    (
        *(A4, "initialize_parameters", "np.random.randn(n_h, n_x)"),
        *("np.random.randn((n_h, n_x))", "takes the sizes one by one"),
    ),
    (A4, "update_parameters", "len(parameters) // 2", "len(parameters) / 2", "`L` is 2.0"),
    (A4, "update_parameters", "in range(L)", "in L", "`range(L)`"),
    (A4, "L_model_forward", '"W" + str(l)', '"W" + l', "first: `str(l)`"),
    (A4, "L_model_forward", HIDDEN_APPEND, "        caches = caches.append(cache)", "makes caches"),
    (A4, "L_model_forward", '"relu"', '"Relu"', '`"Relu"` is not `"relu"`'),
    (A4, "L_model_forward", "caches.append(", "caches.apend(", "Did you mean `caches.append`?"),
    (A4, "linear_activation_forward", Z_AND_CACHE, "Z = linear_forward(A_prev, W, b)", "all 2"),
    (
        *(A4, "linear_activation_forward", "Z, linear_cache =", "Z, linear_cache, more ="),
        "There are 3 names on the left of `=`, but `linear_forward(A_prev, W, b)` gives 2 values",
    ),
    (
        *(A4, "linear_activation_forward", "linear_forward(A_prev, W, b)"),
        *("linear_forward(A_prev, W)", "`linear_forward` takes A, W, b, and is called as"),
    ),
    (A4, "linear_backward", DB, "db = np.sum(dZ, anis=1)", "`anis`. It is spelt `axis`"),
    (A4, "linear_backward", "keepdims=", "keepdim=", "It is spelt `keepdims`"),
    (A4, "linear_backward", DB, "db = sum(dZ, axis=1) / m", "Python's own `sum` knows no `axis`"),
    (A4, "linear_backward", DB, "db = np.sum(dZ, 1, True)", "by its name: `keepdims=True`"),
    (A4, "linear_backward", DB, "db = np.sum[dZ]", "`np.sum` is a function"),
    (A4, "linear_backward", DB, "db = (1 / m)(np.sum(dZ))", "a product is written with `*`"),
    (A4, "linear_backward", DB, "db = m(np.sum(dZ))", "`m` is a number, no function"),
    (A4, "linear_backward", "A_prev.shape[1]", "A_prev.shape(1)", "`A_prev.shape[0]`"),
    (A4, "linear_backward", "= cache", "= cache(0)", "is a tuple of 3 values, no function"),
    (A4, "linear_backward", DB, "str = 3; db = str(m)", "is a function of Python, but"),
    (A1, "sigmoid", S, "s = 1 / (1 + math.exp(-x))", "write `np.exp`"),
    (A4, "linear_forward", Z, "Z, c = linear_forward(A, W, b)", "`linear_forward` calls itself"),
    # Values
    (A4, "linear_forward", Z, "Z = np.dot(A, W) + b", "A has shape (2, 7), W has shape (3, 2)"),
    (A4, "linear_forward", Z, "Z = W @ A + b.T", "Entry by entry they do not fit"),
    (A4, "linear_forward", Z, "Z = W * A + b", "a matrix product is `np.dot` or `@`"),
    (A4, "linear_forward", Z, "Z = A.dot(W)", "needs equal inner sizes: 7 is not 3"),
    (A4, "linear_forward", Z, Z + "\n    assert Z.shape == b.shape", "Z.shape is (3, 7)"),
    (
        *(A4, "initialize_parameters_deep", "layer_dims[l - 1]", "layer_dims[l + 1]"),
        "the 3 entries of layer_dims have the numbers 0 to 2, and l + 1 is 3 here",
    ),
    (A4, "L_model_backward", "caches[L - 1]", "caches[L]", "caches have the numbers 0 to 1"),
    (A4, "update_parameters", 'grads["dW"', 'grads["dw"', "It has 'dW1', with other letters"),
    (A4, "update_parameters", 'grads["dW"', 'grads["DW"', "which `\"DW\" + str(l + 1)` is here"),
    (A4, "linear_backward", DB, "db = np.sum(dZ, axis=2)", "of rank 2 has the axes 0, 1"),
    (A4, "linear_backward", DB, "db = max(0, dZ)", "Entry by entry: `np.maximum`"),
    (A4, "linear_backward", DB, "db = 1 if dZ > 0 else 0", "cannot decide an `if`"),
    (A4, "linear_backward", DB, "db = dZ / 'm'", "is a text, and cannot be computed with"),
    (A4, "linear_backward", DB, "db = cache.T", "NumPy's arrays have it"),
    (A2, "propagate", "w.T", "w.transpose", "to call it, write `w.transpose()`"),
    (A4, "compute_cost", "cost = -np", "cost -= np", "to give it its first value, write `=`"),
    (A4, "linear_activation_forward", "= relu(", "= ReLU(", "Did you mean `relu`?"),
    (A4, "linear_backward", DB, "k = m,\n    db = 1 / k", "The comma at the end of the line"),
    (A4, "linear_backward", DB, "db = np.sum(dZ) / len(m)", "`m` is a number, and only things"),
    (A4, "linear_backward", DB, "cache[0] = dZ", "whose entries cannot be changed"),
    (A4, "linear_backward", DB, "db = cache > 0.5", "only an array is compared entry by entry"),
    (A4, "linear_backward", DB, "db = m / 0", "`0` is 0 here, and nothing can be divided by it"),
    (A4, "linear_backward", DB, 'db = cache["W"]', "its entries have numbers, not names"),
    (A4, "compute_cost", "np.log(AL)", "np.ln(AL)", "Did you mean `np.log`?"),
    (A1, "sigmoid", "np.exp(-x)", "np.e^(-x)", "a power is written `**`"),
    (A1, "basic_sigmoid", "-x", "1000 - x", "for which it has no result"),
    # Results
    (A4, "linear_forward", "(A, W, b):", "(W, A, b):", "another order than it was given"),
    (A4, "linear_forward", "(A, W, b):", "(A, W):", "`def` line says `(A, W)`"),
    (A4, "linear_forward", "return Z, cache", "return cache, Z", "`return Z, cache`"),
    (A4, "linear_backward", "return dA_prev, dW, db", "return", "`return` stands alone"),
    (A3, "layer_sizes", "return", "result =", "has no `return` line"),
    (A4, "linear_backward", DB, "db = np.sum", "a function, `sum`, and not its result"),
    (A4, "update_parameters", "    return", "        return", "`return` stands inside the loop"),
    (A4, "linear_backward", DB, "db = np.sum(dZ, axis=1, keepdims=True) // m", "rounds down"),
    (A4, "linear_backward", DB, "db = np.sum(dZ) / A_prev.shape", "is the whole shape"),
    (A4, "linear_backward", "/ m", "/ 209", "m/209 of what it should be"),
    (
        *(A4, "update_parameters", "    return", "    parameters['W1'] *= 9**(L != 3)\n    return"),
        "It is right only where L = 3, and the number 3 stands in your code",
    ),
    (A4, "initialize_parameters", "seed(1)", "seed(2)", "assignment it is `np.random.seed(1)`"),
    (A4, "initialize_parameters", "np.random.seed(1)", "", "`np.random.seed(1)`, which"),
    (
        *(A4, "initialize_parameters", "np.random.randn(n_h, n_x)"),
        *("np.random.default_rng(1).standard_normal((n_h, n_x))", "draws other random numbers"),
    ),
    (A4, "linear_backward", "= np.dot(W.T", "= W.T @ dZ + 1; np.dot(W.T", "that nothing keeps"),
    (A4, "linear_backward", "A_prev.shape[1]", "A_prev.shape[1] + 1", "`m = A_prev.shape[1]`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("assignment", "name", "old", "new", "words"),
    SLIPS,
    ids=[f"{slip[1]}: {slip[3].strip()[:40] or 'left out'}" for slip in SLIPS],
)
def test_a_slip_is_named_first(assignment: str, name: str, old: str, new: str, words: str) -> None:
    said = complaint(assignment, name, edited(assignment, name, (old, new)))
    assert words in said.message.splitlines()[0]
    assert len(said._render_traceback_()) <= 6


@pytest.mark.parametrize("assignment", assignments.names())
def test_what_is_stored_as_given_stands_in_the_released_cell(assignment: str) -> None:
    """So no line of a solution is stored, and none is missed in what a student has written."""
    cells = nbformat.read(assignments.load(assignment).given_notebook, as_version=4).cells
    released = {cell.id: cell.source for cell in cells}
    for exercise in assignments.load(assignment).exercises:
        (stored,) = public_cases(exercise.name, assignment)
        tree = ast.parse(released[exercise.name])
        lines = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)}
        assert stored.given and set(stored.given) <= lines


def test_a_variable_of_the_notebook_is_named() -> None:
    source = edited(A4, "linear_forward", (Z, "Z = np.dot(W, X) + b"))
    said = complaint(A4, "linear_forward", source, X=np.ones((2, 7))).message
    assert said.startswith("Your function uses `X`, a variable of the notebook.")


def test_one_branch_that_was_left_out_is_named() -> None:
    source = edited(A4, "linear_activation_forward", ("A, activation_cache = relu(Z)", "pass"))
    said = complaint(A4, "linear_activation_forward", source).message
    assert said.startswith(
        '`activation_cache` is given a value only where `activation == "sigmoid"`'
    )


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ((Z, f"{Z}\n    {STUB}"), "below your code. Delete it"),
        ((Z, f"{STUB}\n    {Z}"), "above your code. Delete it"),
        ((Z, STUB), "Not implemented yet. Write your code between the two markers"),
    ],
)
def test_a_line_that_raises_not_implemented_is_told_from_an_empty_function(
    edit: tuple[str, str], words: str
) -> None:
    said = complaint(A4, "linear_forward", edited(A4, "linear_forward", edit))
    assert isinstance(said, NotImplementedYet)
    assert words in said.message


def test_the_branch_that_is_not_written_yet_is_named() -> None:
    edit = ("A, activation_cache = relu(Z)", STUB)
    source = edited(
        A4, "linear_activation_forward", edit, ("(A_prev, W, b)\n        raise", "raise")
    )
    source = source.replace("Z, linear_cache = linear_forwardraise", "raise")
    said = complaint(A4, "linear_activation_forward", source).message
    assert said.startswith('The branch `if activation == "relu"` is not written yet')


def test_the_function_in_which_an_error_was_raised_is_named() -> None:
    inner = edited(A4, "linear_forward", (Z, f"{Z}\n    c = [][0]"))
    linear_forward = function_of(A4, "linear_forward", inner)
    outer = edited(A4, "linear_activation_forward", ("A, activation_cache = relu(Z)", "A = 1"))
    helper = outer.replace("linear_forward(", "my_helper(")
    said = complaint(A4, "linear_activation_forward", helper, my_helper=linear_forward).message
    assert "The line was in linear_forward: c = [][0]" in said
    assert "That was called in linear_activation_forward: Z, linear_cache = my_helper(" in said


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (STUB, "depends on `linear_forward`, which is not written yet."),
        ("Z = np.dot(W, A) - b", "depends on `linear_forward`, which does not pass its own check"),
        ("Z = np.dot(A, W) + b", "depends on `linear_forward`, which does not pass its own check"),
    ],
)
def test_an_earlier_function_that_is_to_blame_is_named(earlier: str, words: str) -> None:
    inner = function_of(A4, "linear_forward", edited(A4, "linear_forward", (Z, earlier)))
    source = edited(A4, "linear_activation_forward")
    said = complaint(A4, "linear_activation_forward", source, linear_forward=inner).message
    assert words in said


def test_an_earlier_function_that_makes_no_difference_is_not_blamed() -> None:
    """The cost is printed, and the parameters do not depend on it."""
    inner = edited(A3, "compute_cost", ("cost = float(np.squeeze(cost))", "cost = 7.0"))
    wrong = function_of(A3, "compute_cost", inner)
    source = edited(A3, "nn_model", ("np.random.seed(3)", "np.random.seed(4)"))
    said = complaint(A3, "nn_model", source, compute_cost=wrong).message
    assert "compute_cost" not in said
    assert "np.random.seed(4)" in said


def test_an_own_slip_is_named_before_an_earlier_function_that_is_wrong() -> None:
    inner = function_of(A4, "linear_forward", edited(A4, "linear_forward", (Z, "Z = W @ A - b")))
    source = edited(A4, "linear_activation_forward", ("relu(Z)", "relu(z)"))
    said = complaint(A4, "linear_activation_forward", source, linear_forward=inner).message
    assert said.startswith("`z` has no value in your function, but `Z` has.")


def test_looking_for_an_earlier_function_leaves_it_in_its_place() -> None:
    inner = function_of(A4, "linear_forward", edited(A4, "linear_forward", (Z, "Z = W @ A - b")))
    outer = function_of(
        A4,
        "linear_activation_forward",
        edited(A4, "linear_activation_forward"),
        linear_forward=inner,
    )
    with pytest.raises(CheckFailed):
        check("linear_activation_forward", outer, A4)
    assert outer.__globals__["linear_forward"] is inner


class Hostile:
    """An object that answers nothing."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError("no")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize("line", ["Z = Hostile()", "Z = Hostile() + b", "Z = W[Hostile()]"])
def test_what_answers_nothing_does_not_stop_the_check(line: str) -> None:
    source = edited(A4, "linear_forward", (Z, line))
    assert complaint(A4, "linear_forward", source, Hostile=Hostile).message


def test_a_debugger_begins_where_the_students_code_stopped() -> None:
    said = complaint(A4, "linear_forward", edited(A4, "linear_forward", (Z, "Z = A @ W")))
    said._render_traceback_()
    files = []
    trace = said.__traceback__
    while trace is not None:
        files.append(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    assert files[-1].startswith("<cell of linear_forward")
    assert not [file for file in files if "course/checks" in file.replace("\\", "/")]
