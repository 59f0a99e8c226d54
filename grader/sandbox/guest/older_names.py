"""Names that older versions of NumPy, SciPy and Python had, for the cells of a notebook alone."""

from __future__ import annotations

import builtins
import math
import sys
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.checks.retired import COLLECTIONS, RENAMED
from grader.sandbox.guest.older_editions import note


def give_back_names() -> None:
    """Give the names that are gone back to the cells of a notebook."""
    _give_back(np, "np", _numpy_names())
    _give_back(np.random, "np.random", {"random_integers": _random_integers})
    import collections
    import collections.abc
    import fractions
    import time

    _give_back(collections, "collections", {n: getattr(collections.abc, n) for n in COLLECTIONS})
    _give_back(time, "time", {"clock": time.perf_counter})
    _give_back(fractions, "fractions", {"gcd": math.gcd})
    _give_back_of_scipy()
    _give_back_styles()


def _give_back(module: types.ModuleType, spelt: str, names: Mapping[str, Any]) -> None:
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
        "asscalar": lambda a: np.asarray(a).item(),
        "msort": lambda a: np.sort(a, axis=0),
        "cast": _Casts(),
        "find_common_type": lambda arrays, scalars: np.result_type(*arrays, *scalars),
        "obj2sctype": lambda x: np.dtype(x).type,
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


def _give_back_of_scipy() -> None:
    try:
        import scipy
        import scipy.integrate
        import scipy.ndimage
        import scipy.special
    except ImportError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import scipy.misc as misc
        except ImportError:
            misc = types.ModuleType("scipy.misc")
            sys.modules["scipy.misc"] = scipy.misc = misc
    _give_back(
        misc,
        "scipy.misc",
        {"imread": _imread, "imresize": _imresize, "imsave": _imsave, "bytescale": _bytescale}
        | {"toimage": _image, "fromimage": np.asarray}
        | {name: getattr(scipy.special, name) for name in ("logsumexp", "comb", "factorial")},
    )
    _give_back(scipy.ndimage, "scipy.ndimage", {"imread": _imread})
    integrate = scipy.integrate
    _give_back(
        integrate,
        "scipy.integrate",
        {
            "trapz": integrate.trapezoid,
            "cumtrapz": integrate.cumulative_trapezoid,
            "simps": integrate.simpson,
        },
    )
    numpy_names = {n: getattr(np, n) for n in np.__all__ if not hasattr(scipy, n)}
    numpy_names |= {n: getattr(np.random, n) for n in ("rand", "randn")}
    _give_back(scipy, "scipy", numpy_names)


def _imread(name: Any, flatten: bool = False, mode: str | None = None) -> Any:
    from PIL import Image

    with Image.open(name) as image:
        wanted = mode or ("F" if flatten else None)
        return np.array(image.convert(wanted) if wanted else image)


def _bytescale(data: Any, *_limits: Any) -> Any:
    data = np.asarray(data)
    if data.dtype == np.uint8:
        return data
    low, high = float(data.min()), float(data.max())
    scaled = (data - low) * (255.0 / ((high - low) or 1.0))
    return (scaled.clip(0, 255) + 0.5).astype(np.uint8)


def _image(data: Any, mode: str | None = None) -> Any:
    from PIL import Image

    image = Image.fromarray(_bytescale(data))
    return image.convert(mode) if mode else image


def _imresize(arr: Any, size: Any, interp: str = "bilinear", mode: str | None = None) -> Any:
    from PIL import Image

    image = _image(arr, mode)
    if isinstance(size, (tuple, list, np.ndarray)):
        wanted = (int(size[1]), int(size[0]))
    else:
        share = size / 100.0 if isinstance(size, (int, np.integer)) else float(size)
        wanted = (int(image.size[0] * share), int(image.size[1] * share))
    return np.array(image.resize(wanted, Image.Resampling[interp.upper()]))


def _imsave(name: Any, arr: Any, format: str | None = None) -> None:
    _image(arr).save(name, format)


def _give_back_styles() -> None:
    """``plt.style.use("seaborn")``, which has another name now; nobody sees its figures."""
    try:
        from matplotlib import style
    except ImportError:
        return
    for name in list(style.library):
        if "-v0_8" in name:
            style.library.setdefault(name.replace("-v0_8", ""), style.library[name])
