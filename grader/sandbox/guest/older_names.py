"""Names that older versions of NumPy and Python had, for the cells of a notebook alone."""

from __future__ import annotations

import builtins
import math
import types
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.checks.retired import COLLECTIONS, RENAMED
from grader.sandbox.guest.older_editions import note


def give_back_names() -> None:
    """Give the names that are gone back to the cells of a notebook."""
    give_back(np, "np", _numpy_names())
    give_back(np.random, "np.random", {"random_integers": _random_integers})
    give_back(np.lib, "np.lib", {"pad": np.pad})
    give_back(np.linalg, "np.linalg", {"linalg": np.linalg})
    import collections
    import collections.abc
    import fractions
    import time

    import IPython.core.display
    from IPython.display import clear_output, display

    shown = {"clear_output": clear_output, "display": display}
    give_back(IPython.core.display, "IPython.core.display", shown)
    give_back(collections, "collections", {n: getattr(collections.abc, n) for n in COLLECTIONS})
    give_back(time, "time", {"clock": time.perf_counter})
    give_back(fractions, "fractions", {"gcd": math.gcd})
    _give_back_styles()


def give_back(module: types.ModuleType, spelt: str, names: Mapping[str, Any]) -> None:
    """Give names that a module has no more back to the cells of a notebook.

    Parameters:
        module: the module.
        spelt: how it is called in a remark.
        names: what its names stood for.
    """
    own: Callable[[str], Any] | None = module.__dict__.get("__getattr__")

    def find(name: str) -> Any:
        if name in names and note(f"{spelt}.{name}"):
            return names[name]
        if own is not None:
            return own(name)
        text = f"module {module.__name__!r} has no attribute {name!r}"
        raise AttributeError(text, name=name, obj=module)

    vars(module)["__getattr__"] = find


def _numpy_names() -> dict[str, Any]:
    found: dict[str, Any] = {
        "NINF": -np.inf,
        "PZERO": 0.0,
        "NZERO": -0.0,
        "math": math,
        "asscalar": lambda a: np.asarray(a).item(),
        "msort": lambda a: np.sort(a, axis=0),
        "cast": _Casts(),
        "find_common_type": lambda arrays, scalars: np.result_type(*arrays, *scalars),
        "obj2sctype": lambda x: np.dtype(x).type,
        "fastCopyAndTranspose": lambda a: np.asarray(a).T.copy(),
        "asfarray": lambda a, dtype=np.float64: np.asarray(a, dtype=dtype),
    }
    for key, new in RENAMED.items():
        module, _dot, old = key.rpartition(".")
        if module != "np" or old in found:
            continue
        of = np if new.startswith("np.") else builtins
        found[old] = getattr(of, new.removeprefix("np."))
    return found


class _Casts:
    """``np.cast[dtype](x)``."""

    def __getitem__(self, dtype: Any) -> Callable[[Any], Any]:
        return lambda x: np.asarray(x).astype(dtype)


def _random_integers(low: int, high: int | None = None, size: Any = None) -> Any:
    low, high = (1, low) if high is None else (low, high)
    return np.random.randint(low, high + 1, size)


def _give_back_styles() -> None:
    """``plt.style.use("seaborn")``, which has another name now; nobody sees its figures."""
    try:
        from matplotlib import style
    except ImportError:
        return
    for name in list(style.library):
        if "-v0_8" in name:
            style.library.setdefault(name.replace("-v0_8", ""), style.library[name])
