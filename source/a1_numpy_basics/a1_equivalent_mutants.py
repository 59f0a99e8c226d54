"""Generated mutants of this assignment that are not mistakes, and why."""

from __future__ import annotations

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "softmax": {
        "sign added: x_exp = np.exp(x) -> x_exp = -np.exp(x)": "the sum turns its sign, too, so "
        "the quotient stays",
    },
    "L1": {
        "sides swapped: yhat - y -> y - yhat": "the absolute value has no sign",
    },
    "L2": {
        "sides swapped: yhat - y -> y - yhat": "the square has no sign",
    },
}
