"""What older NumPy, SciPy and Python had and the newest have not, and what to write today.

Code that used it was right when it was written. Where a notebook is marked, it is run as it
would have been then, with a remark; where a student runs a check, her own NumPy stops at it, and
the check says what to write.
"""

from __future__ import annotations

import re

from course.language import N_, _

SCALAR = "scalar of an array"
ELEMENT = "array as an entry"
COPY_FALSE = "np.array(copy=False)"
GENERATOR = "generator as an array"
NEW_SHAPE = "newshape"

_NUMPY_NAMES = {
    **{old: f"np.{new}" for old, new in {
        "alltrue": "all", "asfarray": "asarray", "cumproduct": "cumprod", "in1d": "isin",
        "issubsctype": "issubdtype", "product": "prod", "round_": "round", "sometrue": "any",
        "trapz": "trapezoid", "row_stack": "vstack", "mat": "asmatrix",
        "Inf": "inf", "Infinity": "inf", "infty": "inf", "PINF": "inf",
        "NaN": "nan", "NAN": "nan", "float_": "float64", "complex_": "complex128",
        "cfloat": "complex128", "singlecomplex": "complex64", "longfloat": "longdouble",
        "longcomplex": "clongdouble", "clongfloat": "clongdouble",
        "string_": "bytes_", "unicode_": "str_", "bool8": "bool_", "str0": "str_",
        "int0": "intp", "uint0": "uintp", "bytes0": "bytes_", "void0": "void", "object0": "object_",
    }.items()},
    **{name: name for name in ("int", "float", "complex", "bool", "object", "str")},
    **{"alen": "len", "disp": "print", "issubclass_": "issubclass", "unicode": "str"},
    "math": "math",
    "NINF": "-np.inf",
    "PZERO": "0.0",
    "NZERO": "-0.0",
    "asscalar": "x.item()",
    "msort": "np.sort(x, axis=0)",
    "cast": "x.astype(...)",
    "find_common_type": "np.result_type",
    "rank": "np.ndim",
    "obj2sctype": "np.dtype(x).type",
    "fastCopyAndTranspose": "x.T.copy()",
}  # fmt: skip
_OTHER_NAMES = {
    "np.lib.pad": "np.pad",
    "np.linalg.linalg": "np.linalg",
    "IPython.core.display.clear_output": "IPython.display.clear_output",
    "IPython.core.display.display": "IPython.display.display",
    "np.random.random_integers": N_("np.random.randint (which leaves the upper end out)"),
    "scipy.misc.imread": N_("matplotlib.pyplot.imread or PIL.Image.open"),
    "scipy.misc.imresize": "PIL.Image.fromarray(x).resize(...)",
    "scipy.misc.imsave": "matplotlib.pyplot.imsave",
    "scipy.misc.imrotate": "scipy.ndimage.rotate",
    "scipy.misc.imshow": "matplotlib.pyplot.imshow",
    "scipy.misc.toimage": "PIL.Image.fromarray",
    "scipy.misc.fromimage": "np.asarray",
    "scipy.misc.bytescale": N_("np.uint8 of the scaled array"),
    "scipy.misc.logsumexp": "scipy.special.logsumexp",
    "scipy.misc.comb": "scipy.special.comb",
    "scipy.misc.factorial": "scipy.special.factorial",
    "scipy.ndimage.imread": N_("matplotlib.pyplot.imread or PIL.Image.open"),
    "scipy.integrate.trapz": "scipy.integrate.trapezoid",
    "scipy.integrate.cumtrapz": "scipy.integrate.cumulative_trapezoid",
    "scipy.integrate.simps": "scipy.integrate.simpson",
    "time.clock": "time.perf_counter",
    "fractions.gcd": "math.gcd",
    "x.ptp": "np.ptp(x)",
    "x.itemset": "x[...] = value",
    "x.tostring": "x.tobytes()",
    "x.newbyteorder": "x.view(x.dtype.newbyteorder())",
}
COLLECTIONS = (
    "Callable Container Hashable Iterable Iterator Mapping MappingView MutableMapping "
    "MutableSequence MutableSet Sequence Set Sized"
).split()

RENAMED: dict[str, str] = {
    **{f"np.{old}": new for old, new in _NUMPY_NAMES.items()},
    **_OTHER_NAMES,
    **{f"collections.{name}": f"collections.abc.{name}" for name in COLLECTIONS},
}
"""For each name that is gone, as code spells it, what to write today."""

REMOVED_METHODS = ("ptp", "itemset", "tostring", "newbyteorder")
"""Methods that arrays had."""

_REFUSALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (SCALAR, re.compile(
        r"only (0-dimensional|length-1|size-1) arrays can be converted to Python scalars"
        r"|format: a (real )?number is required, not numpy\.ndarray"
    )),
    (ELEMENT, re.compile(r"^setting an array element with a sequence\.?$")),
    (COPY_FALSE, re.compile(r"^Unable to avoid copy while creating an array")),
    (GENERATOR, re.compile(r"Calling np\.sum\(generator\)|arrays to stack must be passed as a")),
    (NEW_SHAPE, re.compile(r"argument 'newshape'|'newshape' is an invalid keyword")),
)  # fmt: skip
_MISSING = re.compile(
    r"(?:(?i:module) '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'"
    r"|`np\.(?P<numpy>\w+)` was (?:removed|a deprecated)"
    r"|'numpy\.(?:ndarray|matrix)' object has no attribute '(?P<method>\w+)'"
    r"|cannot import name '(?P<imported>\w+)' from '(?P<source>[\w.]+)'"
    r"|No module named '(?P<absent>scipy\.misc)')"
)


def reason(kind: str, message: str) -> str:
    """Which retired thing an exception is about: a key for :func:`today`; empty where none.

    Parameters:
        kind: the type of the exception.
        message: its text.
    """
    if kind in ("TypeError", "ValueError"):
        return next((key for key, words in _REFUSALS if words.search(message)), "")
    found = _MISSING.search(message)
    if found is None or kind not in ("AttributeError", "ImportError", "ModuleNotFoundError"):
        return ""
    if found["absent"]:
        return "scipy.misc.imread"
    if found["method"]:
        name = f"x.{found['method']}"
    else:
        module = found["module"] or found["source"] or "numpy"
        name = f"{module}.{found['name'] or found['imported'] or found['numpy']}"
        name = re.sub(r"^numpy\.", "np.", name)
    if re.fullmatch(r"scipy\.\w+", name):
        return name
    return name if name in RENAMED else ""


def is_known(key: object) -> bool:
    """Whether a key is one that :func:`today` has a sentence for."""
    return isinstance(key, str) and bool(
        key in RENAMED
        or key in (SCALAR, ELEMENT, COPY_FALSE, GENERATOR, NEW_SHAPE)
        or re.fullmatch(r"scipy\.[a-z]\w{0,30}", key, re.ASCII)
    )


def today(key: str) -> str:
    """What is gone, and what to write today, in a sentence or two.

    Parameters:
        key: what :func:`reason` gives.
    """
    sentences = {
        SCALAR: _(
            "An array with axes is no number any more for float(), int(), `%` and the functions of "
            "math. Where it has one entry only, x.item() is that number."
        ),
        ELEMENT: _(
            "An array with axes cannot be stored in one entry of another array any more. Where it "
            "has one entry only, x.item() is that number."
        ),
        COPY_FALSE: _("np.array(x, copy=False) now means never to copy: write np.asarray(x)."),
        GENERATOR: _("NumPy takes no generators any more: make a list of it first."),
        NEW_SHAPE: _("The parameter newshape is called shape today."),
    }
    if key in sentences:
        return sentences[key]
    new = RENAMED.get(key) or "np." + key.rpartition(".")[2]
    return _("{old} is gone from the newest versions: write {new}.").format(old=key, new=_(new))


def advice(error: BaseException) -> str:
    """What to write in place of what an exception is about; empty where it is another matter.

    Parameters:
        error: an exception of a student's code.
    """
    key = reason(type(error).__name__, str(error))
    return today(key) if key else ""


def remark(key: str, line: str) -> str:
    """The remark on a line that used what is gone and was run as before.

    Parameters:
        key: what was used.
        line: the line of the student's.
    """
    return _("{today} It was run as older versions would have run it. The line: {line}").format(
        today=today(key), line=line
    )
