"""Wrong and right ways to write the derivative of the sigmoid."""

_VALUE = "s = sigmoid(x)"
_SLOPE = "s * (1 - s)"
_LINE = "ds = s * (1 - s)"

SIGMOID_DERIVATIVE_MISCONCEPTIONS = {
    "sigmoid-itself": (
        {_SLOPE: "s"},
        "This is the sigmoid itself, not its slope.",
    ),
    "one-minus-sigmoid": (
        {_SLOPE: "1 - s"},
        "One factor is missing: this is only 1 minus the sigmoid.",
    ),
    "plus-in-the-second-factor": (
        {_SLOPE: "s * (1 + s)"},
        "In the second factor the sigmoid is added to 1. The slope is nearly 0 where the sigmoid "
        "is nearly 1, so that factor has to become small there.",
    ),
    "sigmoid-squared": (
        {_SLOPE: "s * s"},
        "The sigmoid is multiplied by itself. The second factor is 1 minus the sigmoid.",
    ),
    "second-factor-squared": (
        {_SLOPE: "(1 - s) * (1 - s)"},
        "Both factors are 1 minus the sigmoid. One of them should be the sigmoid itself.",
    ),
    "wrong-sign": (
        {_SLOPE: "s * (s - 1)"},
        "The slope is negative, but the sigmoid rises everywhere: look at the signs, and at the "
        "order of the subtraction.",
    ),
    "parentheses-forgotten": (
        {_SLOPE: "s * 1 - s"},
        "The result is always 0. `s * 1 - s` is read as (s * 1) - s: the difference needs "
        "parentheses.",
    ),
    "factors-added": (
        {_SLOPE: "s + (1 - s)"},
        "The result is always 1, as when the two parts are added. The formula multiplies them.",
    ),
    "x-taken-for-the-sigmoid": (
        {_SLOPE: "x * (1 - x)"},
        "The formula is applied to x itself. It needs the sigmoid of x, which you compute on the "
        "line before.",
    ),
    "x-in-the-first-factor": (
        {_SLOPE: "x * (1 - s)"},
        "The first factor is x. Both factors are made of the sigmoid of x.",
    ),
    "x-in-the-second-factor": (
        {_SLOPE: "s * (1 - x)"},
        "The second factor is made of x. Both factors are made of the sigmoid of x.",
    ),
    "sigmoid-taken-twice": (
        {_VALUE: "s = sigmoid(sigmoid(x))"},
        "The sigmoid is applied to its own result. Apply it to x once.",
    ),
    "third-factor": (
        {_SLOPE: "s * s * (1 - s)"},
        "There is one factor too many: the product has two factors, the sigmoid and its "
        "difference from 1.",
    ),
    "slope-of-tanh": (
        {_SLOPE: "1 - s**2"},
        "This is the formula for the slope of the hyperbolic tangent. The sigmoid has a different "
        "one.",
    ),
    "slope-of-relu": (
        {_SLOPE: "np.where(x > 0, 1.0, 0.0)"},
        "This is the slope of the ReLU: 0 or 1. The slope of the sigmoid changes smoothly and is "
        "at most 1/4.",
    ),
    "sigmoid-of-the-slope": (
        {_SLOPE: "sigmoid(s * (1 - s))"},
        "The sigmoid is applied once more to the result. The product is the slope already.",
    ),
    "called-instead-of-multiplied": (
        {_SLOPE: "s(1 - s)"},
        "Python reads a name before a parenthesis as a call of a function. On paper the "
        "multiplication sign may be left out, in code it may not.",
    ),
    "matrix-product": (
        {_SLOPE: "np.dot(s, 1 - s)"},
        "The two factors are multiplied as matrices, or added up to a single number. Every entry "
        "has a slope of its own, so multiply entry by entry.",
    ),
    "difference-without-division": (
        {_SLOPE: "sigmoid(x + 1e-3) - sigmoid(x - 1e-3)"},
        "The difference of two values is not yet a slope: it has to be divided by the width of "
        "the step.",
    ),
    "difference-of-neighbours": (
        {_SLOPE: "np.gradient(s)"},
        "This is the difference between neighbouring entries of the array. The slope at an entry "
        "has nothing to do with the entry beside it.",
    ),
    "half-the-slope": (
        {_SLOPE: "s * (1 - s) / 2"},
        "The slope is halved. The formula has no such factor.",
    ),
    "summed": (
        {_SLOPE: "np.sum(s * (1 - s))"},
        "The slopes are added up. Each entry of x has its own.",
    ),
    "sigmoid-returned": (
        {"return ds": "return s, ds"},
        "Two values are returned, the sigmoid and its slope. Return the slope alone.",
    ),
    "nothing-returned": (
        {"return ds": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

SIGMOID_DERIVATIVE_CORRECT = {
    "multiplied-out": {_SLOPE: "s - s**2"},
    "np-power": {_SLOPE: "s - np.power(s, 2)"},
    "np-multiply": {_SLOPE: "np.multiply(s, 1 - s)"},
    "two-calls": {_SLOPE: "sigmoid(x) * (1 - sigmoid(x))"},
    "symmetry": {_SLOPE: "sigmoid(x) * sigmoid(-x)"},
    "own-sigmoid": {_VALUE: "s = 1 / (1 + np.exp(-x))"},
    "exponentials": {_SLOPE: "np.exp(-x) / (1 + np.exp(-x)) ** 2"},
    "hyperbolic-cosine": {_SLOPE: "1 / (4 * np.cosh(x / 2) ** 2)"},
    "measured": {_SLOPE: "(sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5"},
    "single-precision": {_VALUE: "s = np.asarray(sigmoid(x)).astype(np.float32)"},
    "other-names": """
def slope_from_value(a):
    return a * (1.0 - a)

def sigmoid_derivative(z):
    a = sigmoid(z)
    print("sigmoid", a)
    return np.asarray(slope_from_value(a))
""",
    "loop": """
def sigmoid_derivative(x):
    flat = [basic_sigmoid(v) for v in np.ravel(x)]
    slopes = []
    for s in flat:
        slopes.append(s * (1 - s))
    return np.array(slopes).reshape(np.shape(x))
""",
}
