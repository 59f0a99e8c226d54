"""Wrong and right ways to write the sigmoid, of one number and of arrays."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

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

BASIC_SIGMOID_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sign-of-the-exponent",
        edits=((_OF_A_NUMBER, "1 / (1 + math.exp(x))"),),
        message=_SIGN,
    ),
    Misconception(
        name="parentheses-of-the-denominator-forgotten",
        edits=((_OF_A_NUMBER, "1 / 1 + math.exp(-x)"),),
        message=_PARENTHESES,
    ),
    Misconception(
        name="one-in-the-denominator-forgotten",
        edits=((_OF_A_NUMBER, "1 / math.exp(-x)"),),
        message=_ONE_MISSING,
    ),
    Misconception(
        name="minus-in-the-denominator",
        edits=((_OF_A_NUMBER, "1 / (1 - math.exp(-x))"),),
        message=_MINUS_BELOW,
    ),
    Misconception(
        name="only-the-exponential",
        edits=((_OF_A_NUMBER, "math.exp(-x)"),),
        message=_ONLY_THE_EXPONENTIAL,
    ),
    Misconception(
        name="exponential-forgotten",
        edits=((_OF_A_NUMBER, "1 / (1 - x)"),),
        message=_NO_EXPONENTIAL,
    ),
    Misconception(
        name="e-times-the-exponent",
        edits=((_OF_A_NUMBER, "1 / (1 + math.e * -x)"),),
        message=_TIMES_E,
    ),
    Misconception(
        name="exclusive-or", edits=((_OF_A_NUMBER, "1 / (1 + math.e ^ -x)"),), message=_CARET
    ),
    Misconception(name="base-2", edits=((_OF_A_NUMBER, "1 / (1 + 2 ** (-x))"),), message=_BASE_2),
    Misconception(
        name="base-10", edits=((_OF_A_NUMBER, "1 / (1 + 10 ** (-x))"),), message=_BASE_10
    ),
    Misconception(
        name="hyperbolic-tangent", edits=((_OF_A_NUMBER, "math.tanh(x)"),), message=_TANH
    ),
    Misconception(
        name="tangent-not-halved",
        edits=((_OF_A_NUMBER, "(1 + math.tanh(x)) / 2"),),
        message=_TANH_NOT_HALVED,
    ),
    Misconception(
        name="stretched-to-minus-one",
        edits=((_OF_A_NUMBER, "2 / (1 + math.exp(-x)) - 1"),),
        message=_STRETCHED,
    ),
    Misconception(
        name="absolute-value",
        edits=((_OF_A_NUMBER, "1 / (1 + math.exp(-abs(x)))"),),
        message=_ABSOLUTE,
    ),
    Misconception(
        name="rounded", edits=((_OF_A_NUMBER, "round(1 / (1 + math.exp(-x)))"),), message=_ROUNDED
    ),
    Misconception(
        name="whole-number-division",
        edits=((_OF_A_NUMBER, "1 // (1 + math.exp(-x))"),),
        message=(
            "The result is always 0. Two slashes would do that: they cut off everything after "
            "the decimal point, and a single slash divides."
        ),
    ),
    Misconception(
        name="slope-of-the-sigmoid",
        edits=((_OF_A_NUMBER, "math.exp(-x) / (1 + math.exp(-x)) ** 2"),),
        message=_SLOPE,
    ),
    Misconception(
        name="the-same-for-every-number",
        edits=((_OF_A_NUMBER, "1 / (1 + math.exp(-1))"),),
        message=_FIXED,
    ),
    Misconception(
        name="whole-numbers-only",
        edits=((_OF_A_NUMBER, "1 / (1 + math.exp(-int(x)))"),),
        message="Everything after the decimal point of x is cut off before the exponential. x may "
        "be any number.",
    ),
    Misconception(name="nothing-returned", edits=(("return s", ""),), message=_NOTHING),
)

BASIC_SIGMOID_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="numpy", edits=((_OF_A_NUMBER, "1 / (1 + np.exp(-x))"),)),
    CorrectVariant(
        name="number-of-numpy", edits=((_OF_A_NUMBER, "np.float64(1 / (1 + math.exp(-x)))"),)
    ),
    CorrectVariant(
        name="zero-dimensional-array", edits=((_OF_A_NUMBER, "np.array(1 / (1 + math.exp(-x)))"),)
    ),
    CorrectVariant(
        name="power-of-e", edits=((_OF_A_NUMBER, "1.0 / (1.0 + math.pow(math.e, -x))"),)
    ),
    CorrectVariant(name="power-minus-one", edits=((_OF_A_NUMBER, "(1 + math.exp(-x)) ** -1"),)),
    CorrectVariant(
        name="one-over-the-exponential", edits=((_OF_A_NUMBER, "1 / (1 + 1 / math.exp(x))"),)
    ),
    CorrectVariant(
        name="exponentials-of-x", edits=((_OF_A_NUMBER, "math.exp(x) / (math.exp(x) + 1)"),)
    ),
    CorrectVariant(name="tangent-of-half", edits=((_OF_A_NUMBER, "0.5 * (1 + math.tanh(x / 2))"),)),
    CorrectVariant(
        name="without-overflow",
        code="""
from math import exp

def basic_sigmoid(z):
    if z >= 0:
        return 1 / (1 + exp(-z))
    e = exp(z)
    print("negative", z)
    return e / (1 + e)
""",
    ),
    CorrectVariant(
        name="lambda-with-a-helper",
        code="""
def denominator(x):
    return 1 + math.exp(-x)

basic_sigmoid = lambda x: 1 / denominator(x)
""",
    ),
)

SIGMOID_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sign-of-the-exponent",
        edits=((_OF_ENTRIES, "1 / (1 + np.exp(x))"),),
        message=_SIGN,
    ),
    Misconception(
        name="parentheses-of-the-denominator-forgotten",
        edits=((_OF_ENTRIES, "1 / 1 + np.exp(-x)"),),
        message=_PARENTHESES,
    ),
    Misconception(
        name="one-in-the-denominator-forgotten",
        edits=((_OF_ENTRIES, "1 / np.exp(-x)"),),
        message=_ONE_MISSING,
    ),
    Misconception(
        name="minus-in-the-denominator",
        edits=((_OF_ENTRIES, "1 / (1 - np.exp(-x))"),),
        message=_MINUS_BELOW,
    ),
    Misconception(
        name="only-the-exponential",
        edits=((_OF_ENTRIES, "np.exp(-x)"),),
        message=_ONLY_THE_EXPONENTIAL,
    ),
    Misconception(
        name="exponential-forgotten",
        edits=((_OF_ENTRIES, "1 / (1 - x)"),),
        message=_NO_EXPONENTIAL,
    ),
    Misconception(
        name="e-times-the-exponent",
        edits=((_OF_ENTRIES, "1 / (1 + np.e * -x)"),),
        message=_TIMES_E,
    ),
    Misconception(
        name="exclusive-or", edits=((_OF_ENTRIES, "1 / (1 + np.e ^ -x)"),), message=_CARET
    ),
    Misconception(name="base-2", edits=((_OF_ENTRIES, "1 / (1 + np.exp2(-x))"),), message=_BASE_2),
    Misconception(
        name="base-10", edits=((_OF_ENTRIES, "1 / (1 + 10.0 ** (-x))"),), message=_BASE_10
    ),
    Misconception(name="hyperbolic-tangent", edits=((_OF_ENTRIES, "np.tanh(x)"),), message=_TANH),
    Misconception(
        name="tangent-not-halved",
        edits=((_OF_ENTRIES, "(1 + np.tanh(x)) / 2"),),
        message=_TANH_NOT_HALVED,
    ),
    Misconception(
        name="stretched-to-minus-one",
        edits=((_OF_ENTRIES, "2 / (1 + np.exp(-x)) - 1"),),
        message=_STRETCHED,
    ),
    Misconception(
        name="absolute-value",
        edits=((_OF_ENTRIES, "1 / (1 + np.exp(-np.abs(x)))"),),
        message=_ABSOLUTE,
    ),
    Misconception(
        name="rounded", edits=((_OF_ENTRIES, "np.round(1 / (1 + np.exp(-x)))"),), message=_ROUNDED
    ),
    Misconception(
        name="slope-of-the-sigmoid",
        edits=((_OF_ENTRIES, "np.exp(-x) / (1 + np.exp(-x)) ** 2"),),
        message=_SLOPE,
    ),
    Misconception(name="relu", edits=((_OF_ENTRIES, "np.maximum(0, x)"),), message=_RELU),
    Misconception(
        name="softmax",
        edits=((_OF_ENTRIES, "np.exp(x) / np.sum(np.exp(x))"),),
        message="The entries are divided by their sum: this is a softmax, in which they depend on "
        "one another. The sigmoid treats every entry by itself.",
    ),
    Misconception(
        name="math-exp",
        edits=((_OF_ENTRIES, "1 / (1 + math.exp(-x))"),),
        message="The function exp of the module math, which basic_sigmoid uses, too, takes a "
        "single number and refuses an array. NumPy has an exp that takes every entry.",
    ),
    Misconception(
        name="loop-over-a-vector",
        edits=((_OF_ENTRIES, "np.array([1 / (1 + math.exp(-v)) for v in x])"),),
        message=(
            "It works for a vector, but not for a single number or a matrix. NumPy's exp takes "
            "any shape, without a loop."
        ),
    ),
    Misconception(
        name="loop-by-numbers",
        edits=(
            (
                _OF_ENTRIES,
                "np.zeros(len(x))\n    for i in range(len(x)):\n"
                "        s[i] = 1 / (1 + math.exp(-x[i]))",
            ),
        ),
        message=(
            "It works for a vector, but not for a single number or a matrix. NumPy's exp takes "
            "any shape, without a loop."
        ),
    ),
    Misconception(
        name="loop-into-an-array-like-x",
        edits=(
            (
                _OF_ENTRIES,
                "np.zeros_like(x)\n    for i in range(len(x)):\n"
                "        s[i] = 1 / (1 + np.exp(-x[i]))",
            ),
        ),
        message=(
            "Where x holds whole numbers, everything after the decimal point is cut off, as in "
            "an array made like x; and a single number is refused. NumPy's exp needs neither an"
            " array of results nor a loop."
        ),
    ),
    Misconception(
        name="result-of-whole-numbers",
        edits=(
            (
                _OF_ENTRIES,
                "np.zeros_like(x)\n    s[...] = 1 / (1 + np.exp(-x))",
            ),
        ),
        message=(
            "Where x holds whole numbers, everything after the decimal point is cut off. An "
            "array made like x has the type of x: say dtype=float, or let NumPy make the array "
            "of results."
        ),
    ),
    Misconception(
        name="flattened",
        edits=((_OF_ENTRIES, "(1 / (1 + np.exp(-x))).ravel()"),),
        message="The result is flattened. It should have the shape of x.",
    ),
    Misconception(
        name="summed",
        edits=((_OF_ENTRIES, "np.sum(1 / (1 + np.exp(-x)))"),),
        message="The entries are added up. Each entry of x has its own result.",
    ),
    Misconception(
        name="list-returned",
        edits=((_OF_ENTRIES, "(1 / (1 + np.exp(-x))).tolist()"),),
        message="The result is a list. Later code computes with it, so it should be an array.",
    ),
    Misconception(name="nothing-returned", edits=(("return s", ""),), message=_NOTHING),
)

SIGMOID_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="floats", edits=((_OF_ENTRIES, "1.0 / (1.0 + np.exp(-1.0 * x))"),)),
    CorrectVariant(name="np-divide", edits=((_OF_ENTRIES, "np.divide(1, np.add(1, np.exp(-x)))"),)),
    CorrectVariant(name="power-minus-one", edits=((_OF_ENTRIES, "(1 + np.exp(-x)) ** -1"),)),
    CorrectVariant(name="reciprocal", edits=((_OF_ENTRIES, "np.reciprocal(1 + np.exp(-x))"),)),
    CorrectVariant(name="power-of-e", edits=((_OF_ENTRIES, "1 / (1 + np.power(np.e, -x))"),)),
    CorrectVariant(name="exponentials-of-x", edits=((_OF_ENTRIES, "np.exp(x) / (1 + np.exp(x))"),)),
    CorrectVariant(name="tangent-of-half", edits=((_OF_ENTRIES, "(np.tanh(x / 2) + 1) / 2"),)),
    CorrectVariant(name="vectorized", edits=((_OF_ENTRIES, "np.vectorize(basic_sigmoid)(x)"),)),
    CorrectVariant(
        name="single-precision",
        edits=((_OF_ENTRIES, "1 / (1 + np.exp(-np.asarray(x, dtype=np.float32)))"),),
    ),
    CorrectVariant(
        name="without-overflow",
        code="""
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
""",
    ),
    CorrectVariant(
        name="clipped-far-out",
        edits=((_OF_ENTRIES, "1 / (1 + np.exp(-np.clip(x, -500, 500)))"),),
    ),
    CorrectVariant(
        name="masks",
        code="""
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
    ),
    CorrectVariant(
        name="loop-over-all-entries",
        code="""
def sigmoid(x):
    flat = np.ravel(x)
    out = []
    for value in flat:
        out.append(basic_sigmoid(value))
    return np.reshape(out, np.shape(x))
""",
    ),
)
