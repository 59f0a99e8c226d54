# %% linear_forward
# <solution of linear_forward>
import functools, time
from typing import Any

def timed(function):
    @functools.wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            wrapper.seconds = time.perf_counter() - started
    return wrapper

solved = linear_forward

@timed
def linear_forward(A: np.ndarray, W: np.ndarray = None, b: float = 0.0, verbose: bool = False) -> tuple:
    return solved(A, W, b)
