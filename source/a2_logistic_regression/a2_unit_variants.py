"""Wrong and right ways to write the sigmoid and the first parameters."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_S = "1 / (1 + np.exp(-z))"

SIGMOID_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sign-of-the-exponent",
        edits=((_S, "1 / (1 + np.exp(z))"),),
        message=(
            "The curve falls where it should rise: it is the sigmoid of -z. Look at the signs. "
            "A large z should give nearly 1."
        ),
    ),
    Misconception(
        name="denominator-without-parentheses",
        edits=((_S, "1 / 1 + np.exp(-z)"),),
        message=(
            "This is 1 plus the exponential. Python divides before it adds: in `1 / 1 + ...` "
            "the whole denominator needs parentheses."
        ),
    ),
    Misconception(
        name="minus-in-the-denominator",
        edits=((_S, "1 / (1 - np.exp(-z))"),),
        message=(
            "This is 1 / (1 - exp(-z)), with a division by zero at z = 0. The exponential is added."
        ),
    ),
    Misconception(
        name="one-forgotten-in-the-denominator",
        edits=((_S, "1 / np.exp(-z)"),),
        message=(
            "This is the exponential of z, far above 1 where z is large. In the denominator of "
            "the sigmoid there is a 1 as well."
        ),
    ),
    Misconception(
        name="only-the-exponential",
        edits=((_S, "np.exp(-z)"),),
        message="This is only the exponential. The sigmoid divides 1 by one more than it.",
    ),
    Misconception(
        name="exponential-of-single-numbers",
        edits=(("s = " + _S, "import math\n\n    s = 1 / (1 + math.exp(-z))"),),
        message="`math.exp` takes one number. For arrays NumPy has an exponential that takes every "
        "entry.",
    ),
    Misconception(
        name="z-not-in-the-exponent",
        edits=((_S, "1 / (1 + np.exp(-1) * z)"),),
        message="z is a factor here; it belongs in the exponent, with a minus sign.",
    ),
    Misconception(
        name="e-as-a-rounded-number",
        edits=((_S, "1 / (1 + 2.7 ** (-z))"),),
        message=(
            "The base of the power is 2.7, a rounded e. NumPy has the exponential function itself."
        ),
    ),
    Misconception(
        name="power-of-two",
        edits=((_S, "1 / (1 + 2.0 ** (-z))"),),
        message="The exponential has the base 2. The sigmoid uses e, as `np.exp` does.",
    ),
    Misconception(
        name="derivative-of-the-sigmoid",
        edits=((_S, "(1 / (1 + np.exp(-z))) * (1 - 1 / (1 + np.exp(-z)))"),),
        message="This is the slope of the sigmoid. The sigmoid itself is asked for.",
    ),
    Misconception(
        name="hyperbolic-tangent",
        edits=((_S, "np.tanh(z)"),),
        message="This is the hyperbolic tangent, which runs from -1 to 1. The sigmoid runs from 0 "
        "to 1.",
    ),
    Misconception(
        name="softmax",
        edits=((_S, "np.exp(z) / np.sum(np.exp(z))"),),
        message="This is the softmax, which divides by the sum over all entries. In the sigmoid "
        "every entry is treated on its own.",
    ),
    Misconception(
        name="relu",
        edits=((_S, "np.maximum(0, z)"),),
        message="This is the ReLU, another activation function. The sigmoid stays between 0 and 1.",
    ),
    Misconception(
        name="rounded",
        edits=((_S, "np.round(1 / (1 + np.exp(-z)))"),),
        message="The result is rounded. The probability itself is asked for; decisions come later.",
    ),
    Misconception(
        name="absolute-value",
        edits=((_S, "1 / (1 + np.exp(-np.abs(z)))"),),
        message="The sign of z is lost. A negative z should give less than one half.",
    ),
    Misconception(
        name="z-squared",
        edits=((_S, "1 / (1 + np.exp(-z ** 2))"),),
        message="The exponent holds the square of z. It is minus z.",
    ),
    Misconception(
        name="summed",
        edits=((_S, "np.sum(1 / (1 + np.exp(-z)))"),),
        message="All entries are added up. The result has an entry for each entry of z.",
    ),
    Misconception(
        name="pair-returned",
        edits=(("return s", "return s, z"),),
        message="Two things are returned. Here the sigmoid returns its value alone.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return s", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

SIGMOID_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="np-divide", edits=((_S, "np.divide(1, np.add(1, np.exp(-z)))"),)),
    CorrectVariant(name="power-of-minus-one", edits=((_S, "(1.0 + np.exp(-1 * z)) ** -1"),)),
    CorrectVariant(name="exponential-above", edits=((_S, "np.exp(z) / (np.exp(z) + 1)"),)),
    CorrectVariant(name="by-tanh", edits=((_S, "0.5 * (1 + np.tanh(0.5 * z))"),)),
    CorrectVariant(
        name="two-branches",
        edits=(
            (
                _S,
                "np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z))))",
            ),
        ),
    ),
    CorrectVariant(name="by-logaddexp", edits=((_S, "np.exp(-np.logaddexp(0, -z))"),)),
    CorrectVariant(name="np-power", edits=((_S, "1 / (1 + np.power(np.e, -z))"),)),
    CorrectVariant(
        name="scipy",
        code="""
from scipy.special import expit

def sigmoid(x):
    return expit(x)
""",
    ),
    CorrectVariant(
        name="loop",
        code="""
import math

def sigmoid(z):
    if np.ndim(z) == 0:
        return 1 / (1 + math.exp(-z))
    result = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        result[index] = 1 / (1 + math.exp(-value))
    return result
""",
    ),
    CorrectVariant(
        name="np-vectorize",
        code="""
import math

def sigmoid(z):
    return np.vectorize(lambda number: 1 / (1 + math.exp(-number)))(z)
""",
    ),
    CorrectVariant(
        name="single-precision",
        edits=(("return s", "print(s)\n    return np.float32(s)"),),
    ),
)

_W = "np.zeros((dim, 1))"
_B = "b = 0.0"

INITIALIZE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="array-of-rank-one",
        edits=((_W, "np.zeros(dim)"),),
        message="w has the shape (dim,), which is neither a row nor a column. The shape is a pair: "
        "rows and columns.",
    ),
    Misconception(
        name="row-for-column",
        edits=((_W, "np.zeros((1, dim))"),),
        message="w is a row. One weight per row makes a column.",
    ),
    Misconception(
        name="square-of-weights",
        edits=((_W, "np.zeros((dim, dim))"),),
        message="w is a square. The unit has one weight for each feature, so a single column.",
    ),
    Misconception(
        name="shape-not-a-tuple",
        edits=((_W, "np.zeros(dim, 1)"),),
        message="`np.zeros` takes the shape as one argument, so a second pair of parentheses is "
        "needed.",
    ),
    Misconception(
        name="ones",
        edits=((_W, "np.ones((dim, 1))"),),
        message="The weights are one. They should start at zero.",
    ),
    Misconception(
        name="random-weights",
        edits=((_W, "np.random.RandomState(1).randn(dim, 1) * 0.01"),),
        message="The weights are random. A single unit may start at zero, and should.",
    ),
    Misconception(
        name="one-weight-too-many",
        edits=((_W, "np.zeros((dim + 1, 1))"),),
        message="There is one weight too many. The bias is kept apart from them, in b.",
    ),
    Misconception(
        name="size-of-the-example",
        edits=((_W, "np.zeros((3, 1))"),),
        message=(
            "There are always three weights, as in the example of the notebook. Their number is"
            " an argument of the function: use it."
        ),
    ),
    Misconception(
        name="two-weights",
        edits=((_W, "np.zeros((2, 1))"),),
        message="There are two weights, whatever the argument says. Their number is an argument of "
        "the function: use it.",
    ),
    Misconception(
        name="size-of-the-images",
        edits=((_W, "np.zeros((12288, 1))"),),
        message="The number of weights is that of the notebook's images. It is an argument of the "
        "function: use it.",
    ),
    Misconception(
        name="list-of-zeros",
        edits=((_W, "[0.0] * dim"),),
        message="w is a list. Matrices can be multiplied only if they are NumPy arrays.",
    ),
    Misconception(
        name="list-of-lists",
        edits=((_W, "[[0.0]] * dim"),),
        message="w is a list of lists. It has the right shape, but matrices can be multiplied only "
        "if they are NumPy arrays.",
    ),
    Misconception(
        name="single-weight",
        edits=((_W, "0.0"),),
        message="w is a single number. It needs one weight for each feature.",
    ),
    Misconception(
        name="bias-as-a-matrix",
        edits=((_B, "b = np.zeros((1, 1))"),),
        message="b is an array of shape (1, 1). A single unit has a single bias: a plain number.",
    ),
    Misconception(
        name="bias-as-a-vector",
        edits=((_B, "b = np.zeros(1)"),),
        message="b is an array with one entry. A single unit has a single bias: a plain number.",
    ),
    Misconception(
        name="bias-for-each-weight",
        edits=((_B, "b = np.zeros((dim, 1))"),),
        message="b has an entry for each feature. The unit adds up everything before the bias "
        "comes in, so there is only one.",
    ),
    Misconception(
        name="bias-of-one",
        edits=((_B, "b = 1.0"),),
        message="The bias is 1. It should start at zero, like the weights.",
    ),
    Misconception(
        name="exchanged",
        edits=(("return w, b", "return b, w"),),
        message="w and b are returned in the wrong order.",
    ),
    Misconception(
        name="only-the-weights-returned",
        edits=(("return w, b", "return w"),),
        message="Only w is returned; the caller expects w and b.",
    ),
    Misconception(
        name="dictionary-returned",
        edits=(("return w, b", 'return {"w": w, "b": b}'),),
        message="A dictionary is returned. Here the two parameters are returned side by side.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return w, b", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

INITIALIZE_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="whole-number-for-the-bias", edits=((_B, "b = 0"),)),
    CorrectVariant(name="bias-of-numpy", edits=((_B, "b = np.float64(0)"),)),
    CorrectVariant(name="bias-without-dimensions", edits=((_B, "b = np.zeros(())"),)),
    CorrectVariant(name="bias-by-float", edits=((_B, "b = float(0)"),)),
    CorrectVariant(name="shape-as-a-list", edits=((_W, "np.zeros([dim, 1])"),)),
    CorrectVariant(name="shape-by-name", edits=((_W, "np.zeros(shape=(dim, 1), dtype=float)"),)),
    CorrectVariant(name="single-precision", edits=((_W, "np.zeros((dim, 1), dtype=np.float32)"),)),
    CorrectVariant(name="whole-numbers", edits=((_W, "np.zeros((dim, 1), dtype=int)"),)),
    CorrectVariant(name="reshaped", edits=((_W, "np.zeros(dim).reshape(-1, 1)"),)),
    CorrectVariant(name="transposed", edits=((_W, "np.zeros((1, dim)).T"),)),
    CorrectVariant(name="np-full", edits=((_W, "np.full((dim, 1), 0.0)"),)),
    CorrectVariant(
        name="from-lists",
        code="""
def initialize_with_zeros(n):
    weights = np.array([[0.0] for _ in range(n)])
    return [weights, 0]
""",
    ),
)
