"""Example inputs for the functions of the networks, shallow and deep.

Every function returns what you need to call the function of the same name once. The inputs are the
first case of the public checks. Where two assignments have a function of the same name, the name of
the current folder decides, and else the deep network is meant.
"""

from __future__ import annotations

import copy
from typing import Any

from course.checks.public_check import public_cases
from course.study.study_material import is_here

_SHALLOW, _DEEP = "a3_shallow_network", "a4_deep_network"

__all__ = [
    "L_model_backward_test_case",
    "L_model_forward_test_case",
    "L_model_forward_test_case_2hidden",
    "backward_propagation_test_case",
    "compute_cost_test_case",
    "forward_propagation_test_case",
    "initialize_parameters_deep_test_case",
    "initialize_parameters_test_case",
    "linear_activation_backward_test_case",
    "linear_activation_forward_test_case",
    "linear_backward_test_case",
    "layer_sizes_test_case",
    "linear_forward_test_case",
    "nn_model_test_case",
    "predict_test_case",
    "print_grads",
    "update_parameters_test_case",
]


def _arguments(function: str, case: int = 0) -> tuple[Any, ...]:
    meant = _SHALLOW if is_here(_SHALLOW) else _DEEP
    editions = sorted(public_cases(function), key=lambda one: one.assignment != meant)
    return copy.deepcopy(editions[0].arguments[case])


def initialize_parameters_test_case() -> tuple[Any, ...]:
    """Return ``n_x, n_h, n_y``."""
    return _arguments("initialize_parameters")


def initialize_parameters_deep_test_case() -> list[int]:
    """Return ``layer_dims``."""
    return list(_arguments("initialize_parameters_deep")[0])


def linear_forward_test_case() -> tuple[Any, ...]:
    """Return ``A, W, b``."""
    return _arguments("linear_forward")


def linear_activation_forward_test_case() -> tuple[Any, ...]:
    """Return ``A_prev, W, b``."""
    return _arguments("linear_activation_forward")[:3]


def L_model_forward_test_case() -> tuple[Any, ...]:
    """Return ``X, parameters``."""
    return _arguments("L_model_forward")


def L_model_forward_test_case_2hidden() -> tuple[Any, ...]:
    """Return ``X, parameters`` of a network with two hidden layers."""
    cases = public_cases("L_model_forward", "a4_deep_network")[0].arguments
    number = next((i for i, (_, p) in enumerate(cases) if len(p) == 6), 0)
    return _arguments("L_model_forward", number)


def compute_cost_test_case() -> tuple[Any, ...]:
    """Return ``Y, AL`` (in this order, as notebooks of this course have it)."""
    AL, Y = _arguments("compute_cost")
    return Y, AL


def linear_backward_test_case() -> tuple[Any, ...]:
    """Return ``dZ, linear_cache``."""
    return _arguments("linear_backward")


def linear_activation_backward_test_case() -> tuple[Any, ...]:
    """Return ``dA, (linear_cache, activation_cache)``."""
    return _arguments("linear_activation_backward")[:2]


def L_model_backward_test_case() -> tuple[Any, ...]:
    """Return ``AL, Y, caches``."""
    return _arguments("L_model_backward")


def update_parameters_test_case() -> tuple[Any, ...]:
    """Return ``parameters, grads``."""
    return _arguments("update_parameters")[:2]


def layer_sizes_test_case() -> tuple[Any, ...]:
    """Return ``X, Y`` for the shallow network."""
    return _arguments("layer_sizes")


def forward_propagation_test_case() -> tuple[Any, ...]:
    """Return ``X, parameters`` for the shallow network."""
    return _arguments("forward_propagation")


def backward_propagation_test_case() -> tuple[Any, ...]:
    """Return ``parameters, cache, X, Y`` for the shallow network."""
    return _arguments("backward_propagation")


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
