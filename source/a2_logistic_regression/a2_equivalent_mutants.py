"""Generated mutants of this assignment that are not mistakes, and why."""

from __future__ import annotations

_THE_COMPARISON_ITSELF = "the result is the comparison itself, true and false for 1 and 0"
_ONLY_PRINTED = "the argument decides what is printed, and nothing else"
_FALSE_IS_ZERO = "false is zero, as is the bias that the training starts with"

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "initialize_with_zeros": {
        "sign added: w = np.zeros((dim, 1)) -> w = -np.zeros((dim, 1))": "minus zero is zero",
    },
    "predict": {
        "arguments swapped: np.where(A > 0.5, 1.0, 0.0)"
        " -> np.where(1.0, A > 0.5, 0.0)": _THE_COMPARISON_ITSELF,
        "arguments swapped: np.where(A > 0.5, 1.0, 0.0)"
        " -> np.where(0.0, 1.0, A > 0.5)": _THE_COMPARISON_ITSELF,
    },
    "model": {
        "name: X_train -> X_test": "both sets have the same features",
        "name: print_cost -> num_iterations": _ONLY_PRINTED,
        "name: print_cost -> learning_rate": _ONLY_PRINTED,
        "name: print_cost -> b": _ONLY_PRINTED,
        "name: b -> print_cost": _FALSE_IS_ZERO,
        "arguments swapped:"
        " optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)"
        " -> optimize(w, print_cost, X_train, Y_train, num_iterations, learning_rate, b)": (
            _FALSE_IS_ZERO
        ),
    },
}
