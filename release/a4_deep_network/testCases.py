"""Example inputs: ``<function>_test_case()`` gives what you need to call a function once.

There is one for each exercise of the assignments here; those below differ from the others in what
well-known notebooks expect of them. The inputs are the first case of the public checks. Where two
assignments have a function of the same name, the name of the current folder decides, and else the
deep network is meant.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

from course.checks.stored_cases import public_cases, stored_functions
from course.language import _
from course.study.study_material import is_here

_SHALLOW, _DEEP = "a3_shallow_network", "a4_deep_network"
_SUFFIX = "_test_case"

__all__ = [
    *(f"{function}{_SUFFIX}" for function in stored_functions()),
    "L_model_forward_test_case_2hidden",
    "print_grads",
]


def __getattr__(name: str) -> Callable[[], tuple[Any, ...]]:
    """Make ``<function>_test_case`` for every function that has stored cases."""
    function = name.removesuffix(_SUFFIX)
    if function != name and function in stored_functions():
        return functools.partial(_arguments, function)
    raise AttributeError(_("there is no example called {name!r} here").format(name=name))


def _arguments(function: str, case: int = 0) -> tuple[Any, ...]:
    editions = sorted(
        public_cases(function),
        key=lambda one: (not is_here(one.assignment), one.assignment != _DEEP),
    )
    return copy.deepcopy(editions[0].arguments[case])


def initialize_parameters_deep_test_case() -> list[int]:
    """Return ``layer_dims``."""
    return list(_arguments("initialize_parameters_deep")[0])


def linear_activation_forward_test_case() -> tuple[Any, ...]:
    """Return ``A_prev, W, b``."""
    return _arguments("linear_activation_forward")[:3]


def L_model_forward_test_case_2hidden() -> tuple[Any, ...]:
    """Return ``X, parameters`` of a network with two hidden layers."""
    cases = public_cases("L_model_forward", "a4_deep_network")[0].arguments
    number = next((i for i, (_, p) in enumerate(cases) if len(p) == 6), 0)
    return _arguments("L_model_forward", number)


def compute_cost_test_case() -> tuple[Any, ...]:
    """Return ``Y, AL`` (in this order, as notebooks of this course have it)."""
    AL, Y = _arguments("compute_cost")
    return Y, AL


def linear_activation_backward_test_case() -> tuple[Any, ...]:
    """Return ``dA, (linear_cache, activation_cache)``."""
    return _arguments("linear_activation_backward")[:2]


def update_parameters_test_case() -> tuple[Any, ...]:
    """Return ``parameters, grads``."""
    return _arguments("update_parameters")[:2]


def nn_model_test_case() -> tuple[Any, ...]:
    """Return ``X, Y`` for the shallow network."""
    return _arguments("nn_model")[:2]


def predict_test_case() -> tuple[Any, ...]:
    """Return ``parameters, X`` for the shallow network."""
    return copy.deepcopy(public_cases("predict", _SHALLOW)[0].arguments[0])


def print_grads(grads: dict[str, Any]) -> None:
    """Print the gradients of a network, layer by layer."""
    for name in sorted(grads, key=lambda key: (key.lstrip("dAWb"), key)):
        print(f"{name} =\n{grads[name]}")
