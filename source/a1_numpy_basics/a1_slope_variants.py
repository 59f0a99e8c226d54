"""Wrong and right ways to write the derivative of the sigmoid."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_VALUE = "s = sigmoid(x)"
_SLOPE = "s * (1 - s)"
_LINE = "ds = s * (1 - s)"

SIGMOID_DERIVATIVE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sigmoid-itself",
        edits=((_SLOPE, "s"),),
        message="This is the sigmoid itself, not its slope.",
    ),
    Misconception(
        name="one-minus-sigmoid",
        edits=((_SLOPE, "1 - s"),),
        message="One factor is missing: this is only 1 minus the sigmoid.",
    ),
    Misconception(
        name="plus-in-the-second-factor",
        edits=((_SLOPE, "s * (1 + s)"),),
        message="In the second factor the sigmoid is added to 1. The slope is nearly 0 where the "
        "sigmoid is nearly 1, so that factor has to become small there.",
    ),
    Misconception(
        name="sigmoid-squared",
        edits=((_SLOPE, "s * s"),),
        message="The sigmoid is multiplied by itself. The second factor is 1 minus the sigmoid.",
    ),
    Misconception(
        name="second-factor-squared",
        edits=((_SLOPE, "(1 - s) * (1 - s)"),),
        message="Both factors are 1 minus the sigmoid. One of them should be the sigmoid itself.",
    ),
    Misconception(
        name="wrong-sign",
        edits=((_SLOPE, "s * (s - 1)"),),
        message=(
            "The slope is negative, but the sigmoid rises everywhere: look at the signs, and at"
            " the order of the subtraction."
        ),
    ),
    Misconception(
        name="parentheses-forgotten",
        edits=((_SLOPE, "s * 1 - s"),),
        message=(
            "The result is always 0. `s * 1 - s` is read as (s * 1) - s: the difference needs "
            "parentheses."
        ),
    ),
    Misconception(
        name="factors-added",
        edits=((_SLOPE, "s + (1 - s)"),),
        message=(
            "The result is always 1, as when the two parts are added. The formula multiplies them."
        ),
    ),
    Misconception(
        name="x-taken-for-the-sigmoid",
        edits=((_SLOPE, "x * (1 - x)"),),
        message="The formula is applied to x itself. It needs the sigmoid of x, which you compute "
        "on the line before.",
    ),
    Misconception(
        name="x-in-the-first-factor",
        edits=((_SLOPE, "x * (1 - s)"),),
        message="The first factor is x. Both factors are made of the sigmoid of x.",
    ),
    Misconception(
        name="x-in-the-second-factor",
        edits=((_SLOPE, "s * (1 - x)"),),
        message="The second factor is made of x. Both factors are made of the sigmoid of x.",
    ),
    Misconception(
        name="sigmoid-taken-twice",
        edits=((_VALUE, "s = sigmoid(sigmoid(x))"),),
        message="The sigmoid is applied to its own result. Apply it to x once.",
    ),
    Misconception(
        name="third-factor",
        edits=((_SLOPE, "s * s * (1 - s)"),),
        message="There is one factor too many: the product has two factors, the sigmoid and its "
        "difference from 1.",
    ),
    Misconception(
        name="slope-of-tanh",
        edits=((_SLOPE, "1 - s**2"),),
        message="This is the formula for the slope of the hyperbolic tangent. The sigmoid has a "
        "different one.",
    ),
    Misconception(
        name="slope-of-relu",
        edits=((_SLOPE, "np.where(x > 0, 1.0, 0.0)"),),
        message="This is the slope of the ReLU: 0 or 1. The slope of the sigmoid changes smoothly "
        "and is at most 1/4.",
    ),
    Misconception(
        name="sigmoid-of-the-slope",
        edits=((_SLOPE, "sigmoid(s * (1 - s))"),),
        message="The sigmoid is applied once more to the result. The product is the slope already.",
    ),
    Misconception(
        name="called-instead-of-multiplied",
        edits=((_SLOPE, "s(1 - s)"),),
        message="Python reads a name before a parenthesis as a call of a function. On paper the "
        "multiplication sign may be left out, in code it may not.",
    ),
    Misconception(
        name="matrix-product",
        edits=((_SLOPE, "np.dot(s, 1 - s)"),),
        message="The two factors are multiplied as matrices, or added up to a single number. Every "
        "entry has a slope of its own, so multiply entry by entry.",
    ),
    Misconception(
        name="difference-without-division",
        edits=((_SLOPE, "sigmoid(x + 1e-3) - sigmoid(x - 1e-3)"),),
        message="The difference of two values is not yet a slope: it has to be divided by the "
        "width of the step.",
    ),
    Misconception(
        name="difference-of-neighbours",
        edits=((_SLOPE, "np.gradient(s)"),),
        message="This is the difference between neighbouring entries of the array. The slope at an "
        "entry has nothing to do with the entry beside it.",
    ),
    Misconception(
        name="half-the-slope",
        edits=((_SLOPE, "s * (1 - s) / 2"),),
        message="The slope is halved. The formula has no such factor.",
    ),
    Misconception(
        name="summed",
        edits=((_SLOPE, "np.sum(s * (1 - s))"),),
        message="The slopes are added up. Each entry of x has its own.",
    ),
    Misconception(
        name="sigmoid-returned",
        edits=(("return ds", "return s, ds"),),
        message="Two values are returned, the sigmoid and its slope. Return the slope alone.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return ds", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

SIGMOID_DERIVATIVE_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="multiplied-out", edits=((_SLOPE, "s - s**2"),)),
    CorrectVariant(name="np-power", edits=((_SLOPE, "s - np.power(s, 2)"),)),
    CorrectVariant(name="np-multiply", edits=((_SLOPE, "np.multiply(s, 1 - s)"),)),
    CorrectVariant(name="two-calls", edits=((_SLOPE, "sigmoid(x) * (1 - sigmoid(x))"),)),
    CorrectVariant(name="symmetry", edits=((_SLOPE, "sigmoid(x) * sigmoid(-x)"),)),
    CorrectVariant(name="own-sigmoid", edits=((_VALUE, "s = 1 / (1 + np.exp(-x))"),)),
    CorrectVariant(name="exponentials", edits=((_SLOPE, "np.exp(-x) / (1 + np.exp(-x)) ** 2"),)),
    CorrectVariant(name="hyperbolic-cosine", edits=((_SLOPE, "1 / (4 * np.cosh(x / 2) ** 2)"),)),
    CorrectVariant(
        name="measured",
        edits=((_SLOPE, "(sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5"),),
    ),
    CorrectVariant(
        name="single-precision",
        edits=((_VALUE, "s = np.asarray(sigmoid(x)).astype(np.float32)"),),
    ),
    CorrectVariant(
        name="other-names",
        code="""
def slope_from_value(a):
    return a * (1.0 - a)

def sigmoid_derivative(z):
    a = sigmoid(z)
    print("sigmoid", a)
    return np.asarray(slope_from_value(a))
""",
    ),
    CorrectVariant(
        name="loop",
        code="""
def sigmoid_derivative(x):
    flat = [basic_sigmoid(v) for v in np.ravel(x)]
    slopes = []
    for s in flat:
        slopes.append(s * (1 - s))
    return np.array(slopes).reshape(np.shape(x))
""",
    ),
)
