"""Generated mutants of this assignment that are not mistakes, and why."""

from __future__ import annotations

_MINUS_ZERO = "minus zero is zero"
_ONLY_PRINTED = "the cost of a step is printed and nothing else depends on it"

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "initialize_parameters": {
        "sign added: b1 = np.zeros((n_h, 1)) -> b1 = -np.zeros((n_h, 1))": _MINUS_ZERO,
        "sign added: b2 = np.zeros((n_y, 1)) -> b2 = -np.zeros((n_y, 1))": _MINUS_ZERO,
    },
    "nn_model": {
        name: _ONLY_PRINTED
        for name in (
            "sign added: cost = compute_cost(A2, Y) -> cost = -compute_cost(A2, Y)",
            "arguments swapped: compute_cost(A2, Y) -> compute_cost(Y, A2)",
            "name: A2 -> X",
            "name: A2 -> Y",
            "name: A2 -> n_h",
            "name: A2 -> num_iterations",
            "name: A2 -> print_cost",
            "name: A2 -> n_x",
            "name: A2 -> n_y",
            "name: A2 -> i",
            "name: Y -> X",
            "name: Y -> A2",
        )
    },
    "leaky_relu": {
        "comparison: Z > 0 -> Z >= 0": "at 0 both sides of the value are 0",
        "name: Z -> A (4)": "the value is positive exactly where Z is",
    },
}
