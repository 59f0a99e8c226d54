"""Generated mutants of this assignment that are not mistakes, and why."""

from __future__ import annotations

_MINUS_ZERO = "minus zero is zero"
_SAME_UNTIL_STORED = "each value is read from the copy just before its own entry is replaced"

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "initialize_parameters": {
        "sign added: b1 = np.zeros((n_h, 1)) -> b1 = -np.zeros((n_h, 1))": _MINUS_ZERO,
        "sign added: b2 = np.zeros((n_y, 1)) -> b2 = -np.zeros((n_y, 1))": _MINUS_ZERO,
    },
    "initialize_parameters_deep": {
        "sign added: parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))"
        " -> parameters['b' + str(l)] = -np.zeros((layer_dims[l], 1))": _MINUS_ZERO,
    },
    "L_model_forward": {
        "name: A_prev -> A": "A_prev was set to A on the line before",
    },
    "update_parameters": {
        "name: params -> parameters": _SAME_UNTIL_STORED,
        "name: params -> parameters (2)": _SAME_UNTIL_STORED,
    },
    "gradient_difference": {
        "name: computed -> measured": "both have the same names",
        "sides swapped: computed[name] - measured[name] -> measured[name] - computed[name]": "the "
        "square has no sign",
    },
}
