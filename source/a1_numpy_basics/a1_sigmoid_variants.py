"""Wrong and right ways to write the sigmoid, of one number and of arrays."""

_OF_A_NUMBER = "1 / (1 + math.exp(-x))"
_OF_ENTRIES = "1 / (1 + np.exp(-x))"

_SIGN = (
    "The curve runs the wrong way, from 1 down to 0: it is the sigmoid of -x. Look at the signs."
)
_PARENTHESES = (
    "The result is 1 plus the exponential. Either the fraction is missing, or its denominator "
    "needs parentheses: a division comes before an addition."
)
_ONE_MISSING = (
    "The result is the exponential of x, which grows beyond 1. In the denominator of "
    "the sigmoid there is a 1 as well."
)
_MINUS_BELOW = (
    "This is 1 / (1 - exp(-x)), which has no value at x = 0, where the sigmoid is one "
    "half. The exponential is to be added."
)
_ONLY_THE_EXPONENTIAL = (
    "This is only the exponential. It is one part of the denominator of the sigmoid."
)
_NO_EXPONENTIAL = "The exponential is missing: x itself is in the denominator."
_TIMES_E = (
    "The number e is multiplied by the exponent. The formula raises it to that power, which is "
    "what the function exp is for."
)
_BASE_2 = "The power has base 2. The base of the formula is Euler's number e, about 2.718."
_BASE_10 = "The power has base 10. The base of the formula is Euler's number e, about 2.718."
_TANH = (
    "This is the hyperbolic tangent, which runs from -1 to 1. The sigmoid runs from 0 to 1 and is "
    "1/2 at 0."
)
_TANH_NOT_HALVED = (
    "This is the sigmoid of 2x, which is twice too steep. Where the sigmoid is made of "
    "a hyperbolic tangent, the argument of that has to be halved."
)
_STRETCHED = "The result runs from -1 to 1. Return the sigmoid itself, between 0 and 1."
_ABSOLUTE = (
    "Negative numbers give the same as positive ones. The sigmoid is below 1/2 there: the sign of "
    "x matters."
)
_ROUNDED = (
    "The result is rounded to 0 or 1. The sigmoid is a probability in between; a decision comes "
    "later."
)
_SLOPE = "This is the slope of the sigmoid, a later exercise. Here the sigmoid itself is asked for."
_CARET = (
    "In Python the sign ^ is not a power but an operation on bits, for whole numbers only. For "
    "powers of e there is the function exp."
)
_FIXED = "The result is the same for every x. Use the function's argument in the formula."
_NOTHING = (
    "The function returns nothing: hand the result back with `return`, as the given last line does."
)
_RELU = (
    "This is the ReLU, another activation function. The sigmoid is made of an exponential and "
    "stays between 0 and 1."
)

BASIC_SIGMOID_MISCONCEPTIONS = {
    "sign-of-the-exponent": (
        {_OF_A_NUMBER: "1 / (1 + math.exp(x))"},
        _SIGN,
    ),
    "parentheses-of-the-denominator-forgotten": (
        {_OF_A_NUMBER: "1 / 1 + math.exp(-x)"},
        _PARENTHESES,
    ),
    "one-in-the-denominator-forgotten": (
        {_OF_A_NUMBER: "1 / math.exp(-x)"},
        _ONE_MISSING,
    ),
    "minus-in-the-denominator": (
        {_OF_A_NUMBER: "1 / (1 - math.exp(-x))"},
        _MINUS_BELOW,
    ),
    "only-the-exponential": (
        {_OF_A_NUMBER: "math.exp(-x)"},
        _ONLY_THE_EXPONENTIAL,
    ),
    "exponential-forgotten": (
        {_OF_A_NUMBER: "1 / (1 - x)"},
        _NO_EXPONENTIAL,
    ),
    "e-times-the-exponent": (
        {_OF_A_NUMBER: "1 / (1 + math.e * -x)"},
        _TIMES_E,
    ),
    "exclusive-or": (
        {_OF_A_NUMBER: "1 / (1 + math.e ^ -x)"},
        _CARET,
    ),
    "base-2": (
        {_OF_A_NUMBER: "1 / (1 + 2 ** (-x))"},
        _BASE_2,
    ),
    "base-10": (
        {_OF_A_NUMBER: "1 / (1 + 10 ** (-x))"},
        _BASE_10,
    ),
    "hyperbolic-tangent": (
        {_OF_A_NUMBER: "math.tanh(x)"},
        _TANH,
    ),
    "tangent-not-halved": (
        {_OF_A_NUMBER: "(1 + math.tanh(x)) / 2"},
        _TANH_NOT_HALVED,
    ),
    "stretched-to-minus-one": (
        {_OF_A_NUMBER: "2 / (1 + math.exp(-x)) - 1"},
        _STRETCHED,
    ),
    "absolute-value": (
        {_OF_A_NUMBER: "1 / (1 + math.exp(-abs(x)))"},
        _ABSOLUTE,
    ),
    "rounded": (
        {_OF_A_NUMBER: "round(1 / (1 + math.exp(-x)))"},
        _ROUNDED,
    ),
    "whole-number-division": (
        {_OF_A_NUMBER: "1 // (1 + math.exp(-x))"},
        "The result is always 0. Two slashes would do that: they cut off everything after the "
        "decimal point, and a single slash divides.",
    ),
    "slope-of-the-sigmoid": (
        {_OF_A_NUMBER: "math.exp(-x) / (1 + math.exp(-x)) ** 2"},
        _SLOPE,
    ),
    "the-same-for-every-number": (
        {_OF_A_NUMBER: "1 / (1 + math.exp(-1))"},
        _FIXED,
    ),
    "whole-numbers-only": (
        {_OF_A_NUMBER: "1 / (1 + math.exp(-int(x)))"},
        "Everything after the decimal point of x is cut off before the exponential. x may be any "
        "number.",
    ),
    "nothing-returned": (
        {"return s": ""},
        _NOTHING,
    ),
}

BASIC_SIGMOID_CORRECT = {
    "numpy": {_OF_A_NUMBER: "1 / (1 + np.exp(-x))"},
    "number-of-numpy": {_OF_A_NUMBER: "np.float64(1 / (1 + math.exp(-x)))"},
    "zero-dimensional-array": {_OF_A_NUMBER: "np.array(1 / (1 + math.exp(-x)))"},
    "power-of-e": {_OF_A_NUMBER: "1.0 / (1.0 + math.pow(math.e, -x))"},
    "power-minus-one": {_OF_A_NUMBER: "(1 + math.exp(-x)) ** -1"},
    "one-over-the-exponential": {_OF_A_NUMBER: "1 / (1 + 1 / math.exp(x))"},
    "exponentials-of-x": {_OF_A_NUMBER: "math.exp(x) / (math.exp(x) + 1)"},
    "tangent-of-half": {_OF_A_NUMBER: "0.5 * (1 + math.tanh(x / 2))"},
    "without-overflow": """
from math import exp

def basic_sigmoid(z):
    if z >= 0:
        return 1 / (1 + exp(-z))
    e = exp(z)
    print("negative", z)
    return e / (1 + e)
""",
    "lambda-with-a-helper": """
def denominator(x):
    return 1 + math.exp(-x)

basic_sigmoid = lambda x: 1 / denominator(x)
""",
}

SIGMOID_MISCONCEPTIONS = {
    "sign-of-the-exponent": (
        {_OF_ENTRIES: "1 / (1 + np.exp(x))"},
        _SIGN,
    ),
    "parentheses-of-the-denominator-forgotten": (
        {_OF_ENTRIES: "1 / 1 + np.exp(-x)"},
        _PARENTHESES,
    ),
    "one-in-the-denominator-forgotten": (
        {_OF_ENTRIES: "1 / np.exp(-x)"},
        _ONE_MISSING,
    ),
    "minus-in-the-denominator": (
        {_OF_ENTRIES: "1 / (1 - np.exp(-x))"},
        _MINUS_BELOW,
    ),
    "only-the-exponential": (
        {_OF_ENTRIES: "np.exp(-x)"},
        _ONLY_THE_EXPONENTIAL,
    ),
    "exponential-forgotten": (
        {_OF_ENTRIES: "1 / (1 - x)"},
        _NO_EXPONENTIAL,
    ),
    "e-times-the-exponent": (
        {_OF_ENTRIES: "1 / (1 + np.e * -x)"},
        _TIMES_E,
    ),
    "exclusive-or": (
        {_OF_ENTRIES: "1 / (1 + np.e ^ -x)"},
        _CARET,
    ),
    "base-2": (
        {_OF_ENTRIES: "1 / (1 + np.exp2(-x))"},
        _BASE_2,
    ),
    "base-10": (
        {_OF_ENTRIES: "1 / (1 + 10.0 ** (-x))"},
        _BASE_10,
    ),
    "hyperbolic-tangent": (
        {_OF_ENTRIES: "np.tanh(x)"},
        _TANH,
    ),
    "tangent-not-halved": (
        {_OF_ENTRIES: "(1 + np.tanh(x)) / 2"},
        _TANH_NOT_HALVED,
    ),
    "stretched-to-minus-one": (
        {_OF_ENTRIES: "2 / (1 + np.exp(-x)) - 1"},
        _STRETCHED,
    ),
    "absolute-value": (
        {_OF_ENTRIES: "1 / (1 + np.exp(-np.abs(x)))"},
        _ABSOLUTE,
    ),
    "rounded": (
        {_OF_ENTRIES: "np.round(1 / (1 + np.exp(-x)))"},
        _ROUNDED,
    ),
    "slope-of-the-sigmoid": (
        {_OF_ENTRIES: "np.exp(-x) / (1 + np.exp(-x)) ** 2"},
        _SLOPE,
    ),
    "relu": (
        {_OF_ENTRIES: "np.maximum(0, x)"},
        _RELU,
    ),
    "softmax": (
        {_OF_ENTRIES: "np.exp(x) / np.sum(np.exp(x))"},
        "The entries are divided by their sum: this is a softmax, in which they depend on one "
        "another. The sigmoid treats every entry by itself.",
    ),
    "math-exp": (
        {_OF_ENTRIES: "1 / (1 + math.exp(-x))"},
        "The function exp of the module math, which basic_sigmoid uses, too, takes a single "
        "number and refuses an array. NumPy has an exp that takes every entry.",
    ),
    "loop-over-a-vector": (
        {_OF_ENTRIES: "np.array([1 / (1 + math.exp(-v)) for v in x])"},
        "It works for a vector, but not for a single number or a matrix. NumPy's exp takes any "
        "shape, without a loop.",
    ),
    "loop-by-numbers": (
        {
            _OF_ENTRIES: (
                "np.zeros(len(x))\n"
                "    for i in range(len(x)):\n"
                "        s[i] = 1 / (1 + math.exp(-x[i]))"
            )
        },
        "It works for a vector, but not for a single number or a matrix. NumPy's exp takes any "
        "shape, without a loop.",
    ),
    "loop-into-an-array-like-x": (
        {
            _OF_ENTRIES: (
                "np.zeros_like(x)\n"
                "    for i in range(len(x)):\n"
                "        s[i] = 1 / (1 + np.exp(-x[i]))"
            )
        },
        "Where x holds whole numbers, everything after the decimal point is cut off, as in an "
        "array made like x; and a single number is refused. NumPy's exp needs neither an array of "
        "results nor a loop.",
    ),
    "result-of-whole-numbers": (
        {_OF_ENTRIES: "np.zeros_like(x)\n    s[...] = 1 / (1 + np.exp(-x))"},
        "Where x holds whole numbers, everything after the decimal point is cut off. An array "
        "made like x has the type of x: say dtype=float, or let NumPy make the array of results.",
    ),
    "flattened": (
        {_OF_ENTRIES: "(1 / (1 + np.exp(-x))).ravel()"},
        "The result is flattened. It should have the shape of x.",
    ),
    "summed": (
        {_OF_ENTRIES: "np.sum(1 / (1 + np.exp(-x)))"},
        "The entries are added up. Each entry of x has its own result.",
    ),
    "list-returned": (
        {_OF_ENTRIES: "(1 / (1 + np.exp(-x))).tolist()"},
        "The result is a list. Later code computes with it, so it should be an array.",
    ),
    "nothing-returned": (
        {"return s": ""},
        _NOTHING,
    ),
}

SIGMOID_CORRECT = {
    "floats": {_OF_ENTRIES: "1.0 / (1.0 + np.exp(-1.0 * x))"},
    "np-divide": {_OF_ENTRIES: "np.divide(1, np.add(1, np.exp(-x)))"},
    "power-minus-one": {_OF_ENTRIES: "(1 + np.exp(-x)) ** -1"},
    "reciprocal": {_OF_ENTRIES: "np.reciprocal(1 + np.exp(-x))"},
    "power-of-e": {_OF_ENTRIES: "1 / (1 + np.power(np.e, -x))"},
    "exponentials-of-x": {_OF_ENTRIES: "np.exp(x) / (1 + np.exp(x))"},
    "tangent-of-half": {_OF_ENTRIES: "(np.tanh(x / 2) + 1) / 2"},
    "vectorized": {_OF_ENTRIES: "np.vectorize(basic_sigmoid)(x)"},
    "single-precision": {_OF_ENTRIES: "1 / (1 + np.exp(-np.asarray(x, dtype=np.float32)))"},
    "without-overflow": """
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
""",
    "clipped-far-out": {_OF_ENTRIES: "1 / (1 + np.exp(-np.clip(x, -500, 500)))"},
    "masks": """
def sigmoid(values):
    values = np.array(values, dtype=float)
    result = np.empty(values.shape)
    positive = values >= 0
    result[positive] = 1 / (1 + np.exp(-values[positive]))
    small = np.exp(values[~positive])
    result[~positive] = small / (1 + small)
    print(result.shape)
    return result
""",
    "loop-over-all-entries": """
def sigmoid(x):
    flat = np.ravel(x)
    out = []
    for value in flat:
        out.append(basic_sigmoid(value))
    return np.reshape(out, np.shape(x))
""",
}
