"""Give back what SciPy had: functions for images, other names of functions, and those of NumPy.

The parts of SciPy that this is about are not imported for it, which would take longer than all
else that a worker imports: they get their names when a notebook imports them.
"""

from __future__ import annotations

import importlib
import importlib.abc
import sys
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

import numpy as np

from grader.sandbox.guest.older_names import give_back


def give_back_scipy() -> None:
    """Give the names that are gone from SciPy back to the cells of a notebook."""
    try:
        import scipy
    except ImportError:
        return
    for name in _NAMES_OF.keys() & sys.modules.keys():
        give_back(sys.modules[name], name, _NAMES_OF[name]())
    sys.meta_path.insert(0, _PartsOfScipy())
    find = vars(scipy)["__getattr__"]
    vars(scipy)["__getattr__"] = lambda name: (
        importlib.import_module("scipy.misc") if name == "misc" else find(name)
    )
    own = set(dir(scipy))
    numpy_names = {n: getattr(np, n) for n in np.__all__ if n not in own}
    numpy_names |= {n: getattr(np.random, n) for n in ("rand", "randn")}
    give_back(scipy, "scipy", numpy_names)


class _PartsOfScipy(importlib.abc.MetaPathFinder):
    """Finds the parts whose names are given back, the one that the newest SciPy lacks as well."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname not in _NAMES_OF:
            return None
        spec = PathFinder.find_spec(fullname, path) or ModuleSpec(fullname, None)
        spec.loader = _GivingBack(spec.loader)
        return spec


class _GivingBack(importlib.abc.Loader):
    def __init__(self, own: Any) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the module will go
            if self._own is not None:
                self._own.exec_module(module)
        give_back(module, module.__name__, _NAMES_OF[module.__name__]())


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


def _of_special(name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        from scipy import special

        return getattr(special, name)(*arguments, **named)

    return call


def _names_of_misc() -> dict[str, Any]:
    return (
        {"imread": _imread, "imresize": _imresize, "imsave": _imsave, "bytescale": _bytescale}
        | {"toimage": _image, "fromimage": np.asarray}
        | {name: _of_special(name) for name in ("logsumexp", "comb", "factorial")}
    )


def _names_of_integrate() -> dict[str, Any]:
    from scipy import integrate

    return {
        "trapz": integrate.trapezoid,
        "cumtrapz": integrate.cumulative_trapezoid,
        "simps": integrate.simpson,
    }


_NAMES_OF: Mapping[str, Callable[[], dict[str, Any]]] = {
    "scipy.misc": _names_of_misc,
    "scipy.ndimage": lambda: {"imread": _imread},
    "scipy.integrate": _names_of_integrate,
}
