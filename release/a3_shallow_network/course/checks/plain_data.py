"""Plain data to and from JSON, without pickle.

Values are numbers, strings, booleans, None, numeric arrays, and tuples, lists and dicts of them.
The same code stores the public cases, sends inputs into the sandbox and reads back what comes out
of it. Decoding trusts nothing: every size, depth, dtype and shape is checked before it is used.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from course.checks.compare import Opaque

ArrayStyle = Literal["bytes", "numbers"]

LONGEST_INTEGER_BITS = 512
LARGEST_DEPTH = 24
LARGEST_NUMBER_OF_PARTS = 50_000
_DTYPE_NAMES = frozenset(
    ["bool", "float16", "float32", "float64"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)
# NumPy makes a dtype's name anew each time, which takes longer than all else here.
_NAME_OF = {np.dtype(name).newbyteorder("<"): name for name in _DTYPE_NAMES}


class PlainDataError(ValueError):
    """The value is not plain data, or is larger or deeper than allowed."""


def to_json(value: Any, arrays: ArrayStyle = "bytes", largest: float = math.inf) -> Any:
    """Turn plain data into what ``json.dumps`` takes.

    Parameters:
        value: the data. Anything that is not plain becomes ``{"opaque": <type name>}``.
        arrays: ``"bytes"`` keeps every bit (base64); ``"numbers"`` writes numbers of ten
            significant digits that a person can read and that no machine's rounding changes.
        largest: how many characters its texts and arrays may take.

    Raises:
        PlainDataError: the value is too large, too deep (or contains itself) or has too many parts.
    """
    return _Encoder(arrays, largest).encode(value, 0)


class _Encoder:
    def __init__(self, arrays: ArrayStyle, room: float) -> None:
        self.arrays = arrays
        self.room = room
        self.parts = 0

    def encode(self, value: Any, depth: int) -> Any:
        self.parts += 1
        if depth > LARGEST_DEPTH:
            raise PlainDataError(f"nested more than {LARGEST_DEPTH} levels deep")
        if self.parts > LARGEST_NUMBER_OF_PARTS:
            raise PlainDataError(f"more than {LARGEST_NUMBER_OF_PARTS:,} parts")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            self._take(len(value))
            return str(value)
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(value)
        if isinstance(value, int):
            if value.bit_length() > LONGEST_INTEGER_BITS:
                raise PlainDataError("an integer of more than 150 digits")
            return int(value)
        if isinstance(value, float):
            return self._float(float(value))
        if isinstance(value, (tuple, list)):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return {kind: [self.encode(part, depth + 1) for part in value]}
        if isinstance(value, Mapping):
            pairs = [
                [self.encode(key, depth + 1), self.encode(part, depth + 1)]
                for key, part in value.items()
            ]
            return {"dict": pairs}
        if isinstance(value, Fraction):
            return self._float(float(value))
        return {"opaque": type(value).__name__[:80]}

    def _take(self, characters: float) -> None:
        """Refuse what is too large before it is encoded."""
        self.room -= characters
        if self.room < 0:
            raise PlainDataError("what it returns is too large")

    def _float(self, value: float) -> Any:
        if not math.isfinite(value):
            return {"float": repr(value)}
        return value if self.arrays == "bytes" else float(f"{value:.10g}")

    def _array(self, value: Any) -> Any:
        array = np.asarray(value)
        self._take(array.nbytes * 4 / 3)
        name = _NAME_OF.get(array.dtype)
        if name is None and array.dtype == np.longdouble:
            # What it holds beyond a double differs from machine to machine.
            with np.errstate(over="ignore"):
                array, name = array.astype(np.float64), "float64"
        if name is None:
            name = array.dtype.name
            if name not in _DTYPE_NAMES:
                return {"opaque": f"array of {name}"[:80]}
            array = array.astype(array.dtype.newbyteorder("<"))
        head: dict[str, Any] = {"dtype": name, "shape": list(array.shape)}
        if self.arrays == "bytes":
            head["bytes"] = binascii.b2a_base64(array.tobytes(), newline=False).decode("ascii")
            return {"array": head}
        listed = [self._float(float(x)) if array.dtype.kind == "f" else int(x) for x in array.flat]
        return {"array": head | {"numbers": listed}}


def from_json(data: Any, trusted: bool = True) -> Any:
    """Turn what ``json.loads`` gave back into plain data.

    Parameters:
        data: the decoded JSON.
        trusted: whether the course wrote it itself; only then arrays may be spelt in numbers.

    Raises:
        PlainDataError: ``data`` is not what :func:`to_json` writes.
    """
    try:
        return _Decoder(trusted).decode(data, 0)
    except PlainDataError:
        raise
    except (TypeError, ValueError, KeyError, OverflowError, MemoryError, RecursionError) as error:
        raise PlainDataError("not plain data") from error


class _Decoder:
    def __init__(self, trusted: bool) -> None:
        self.trusted = trusted
        self.parts = 0

    def decode(self, data: Any, depth: int) -> Any:
        self.parts += 1
        if depth > LARGEST_DEPTH + 1 or self.parts > LARGEST_NUMBER_OF_PARTS + 1:
            raise PlainDataError("too deep or too many parts")
        if isinstance(data, str):
            return data.encode("utf-8", "replace").decode("utf-8")
        if isinstance(data, int) and data.bit_length() > LONGEST_INTEGER_BITS:
            raise PlainDataError("an integer of more than 150 digits")
        if data is None or isinstance(data, (bool, int, float)):
            return data
        if not (isinstance(data, dict) and len(data) == 1):
            raise PlainDataError("not plain data")
        (kind, content), *_ = data.items()
        if kind in ("tuple", "list") and isinstance(content, list):
            parts = [self.decode(part, depth + 1) for part in content]
            return tuple(parts) if kind == "tuple" else parts
        if kind == "dict" and isinstance(content, list):
            return self._dict(content, depth)
        if kind == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if kind == "opaque" and isinstance(content, str):
            return Opaque("".join(c for c in content[:80] if c.isprintable()))
        if kind == "array" and isinstance(content, dict):
            return self._array(content)
        raise PlainDataError("not plain data")

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for pair in pairs:
            if not (isinstance(pair, list) and len(pair) == 2):
                raise PlainDataError("not plain data")
            key = self.decode(pair[0], depth + 1)
            if isinstance(key, np.ndarray) and key.ndim == 0:
                key = key.item()
            if not (key is None or isinstance(key, (bool, int, float, str, tuple))):
                raise PlainDataError("a dict with a key that is no number or text")
            result[key] = self.decode(pair[1], depth + 1)
        return result

    def _array(self, content: dict[str, Any]) -> np.ndarray | np.generic:
        name, shape = content.get("dtype"), content.get("shape")
        if not isinstance(name, str) or name not in _DTYPE_NAMES:
            raise PlainDataError("not a numeric array")
        if not isinstance(shape, list) or len(shape) > 16:
            raise PlainDataError("not the shape of an array")
        if not all(type(size) is int and 0 <= size < 2**31 for size in shape):
            raise PlainDataError("not the shape of an array")
        dtype = np.dtype(name).newbyteorder("<")
        if "numbers" in content and self.trusted:
            listed = [x["float"] if isinstance(x, dict) else x for x in content["numbers"]]
            flat = np.array([float(x) if dtype.kind == "f" else x for x in listed], dtype=dtype)
        else:
            raw = base64.b64decode(content.get("bytes", ""), validate=True)
            if len(raw) % dtype.itemsize:
                raise PlainDataError("an array with bytes missing")
            flat = np.frombuffer(raw, dtype=dtype)
        if flat.size != math.prod(shape):
            raise PlainDataError("an array whose size is not that of its shape")
        return flat.reshape(shape).astype(np.dtype(name))


def fresh(value: Any) -> Any:
    """A copy of plain data that shares no array, list or dict with it, nor within itself."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)):
        return type(value)(map(fresh, value))
    if isinstance(value, dict):
        return {key: fresh(part) for key, part in value.items()}
    return value
