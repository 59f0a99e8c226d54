"""Generated mutants of this assignment that are not mistakes, and why."""

from __future__ import annotations

_AS_MANY_ROWS = "both have a row for each unit of the layer"
_AS_MANY_COLUMNS = "both have a column for each example"
_NEVER_EQUAL = "a random number that is exactly keep_prob is as good as never drawn"

EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "forward_propagation_with_dropout": {
        "name: A1 -> W1": _AS_MANY_ROWS,
        "name: A1 -> b1": _AS_MANY_ROWS,
        "name: A1 -> Z1": _AS_MANY_ROWS,
        "name: A1 -> X (2)": _AS_MANY_COLUMNS,
        "name: A1 -> Z1 (2)": _AS_MANY_COLUMNS,
        "comparison: D1 < keep_prob -> D1 <= keep_prob": _NEVER_EQUAL,
        "name: A2 -> W2": _AS_MANY_ROWS,
        "name: A2 -> b2": _AS_MANY_ROWS,
        "name: A2 -> Z2": _AS_MANY_ROWS,
        "name: A2 -> X (2)": _AS_MANY_COLUMNS,
        "name: A2 -> Z1 (2)": _AS_MANY_COLUMNS,
        "name: A2 -> A1 (2)": _AS_MANY_COLUMNS,
        "name: A2 -> D1 (2)": _AS_MANY_COLUMNS,
        "name: A2 -> Z2 (2)": _AS_MANY_COLUMNS,
        "comparison: D2 < keep_prob -> D2 <= keep_prob": _NEVER_EQUAL,
    },
    "stop_early": {
        "elements swapped: (best_epoch, waited, trained) -> (waited, best_epoch, trained)": "both "
        "begin with 0",
        "name: epoch -> trained": "one more is trained in every round",
    },
}
