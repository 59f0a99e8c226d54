"""Call a student's function as every check does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

CASE_SEED = 2
"""Every case starts with this state of ``np.random``, here and when a notebook is marked."""


def call(target: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Call a function with the random numbers of a case, and leave the notebook's as they were."""
    state = np.random.get_state()
    np.random.seed(CASE_SEED)
    try:
        return target(*arguments)
    finally:
        np.random.set_state(state)
