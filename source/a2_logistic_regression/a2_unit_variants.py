"""Wrong and right ways to write the sigmoid and the first parameters."""

_S = "1 / (1 + np.exp(-z))"

SIGMOID_MISCONCEPTIONS = {
    "sign-of-the-exponent": (
        {_S: "1 / (1 + np.exp(z))"},
        "The curve falls where it should rise: it is the sigmoid of -z. Look at the signs. A "
        "large z should give nearly 1.",
    ),
    "denominator-without-parentheses": (
        {_S: "1 / 1 + np.exp(-z)"},
        "This is 1 plus the exponential. Python divides before it adds: in `1 / 1 + ...` the "
        "whole denominator needs parentheses.",
    ),
    "minus-in-the-denominator": (
        {_S: "1 / (1 - np.exp(-z))"},
        "This is 1 / (1 - exp(-z)), with a division by zero at z = 0. The exponential is added.",
    ),
    "one-forgotten-in-the-denominator": (
        {_S: "1 / np.exp(-z)"},
        "This is the exponential of z, far above 1 where z is large. In the denominator of the "
        "sigmoid there is a 1 as well.",
    ),
    "only-the-exponential": (
        {_S: "np.exp(-z)"},
        "This is only the exponential. The sigmoid divides 1 by one more than it.",
    ),
    "exponential-of-single-numbers": (
        {"s = " + _S: "import math\n\n    s = 1 / (1 + math.exp(-z))"},
        "`math.exp` takes one number. For arrays NumPy has an exponential that takes every entry.",
    ),
    "z-not-in-the-exponent": (
        {_S: "1 / (1 + np.exp(-1) * z)"},
        "z is a factor here; it belongs in the exponent, with a minus sign.",
    ),
    "e-as-a-rounded-number": (
        {_S: "1 / (1 + 2.7 ** (-z))"},
        "The base of the power is 2.7, a rounded e. NumPy has the exponential function itself.",
    ),
    "power-of-two": (
        {_S: "1 / (1 + 2.0 ** (-z))"},
        "The exponential has the base 2. The sigmoid uses e, as `np.exp` does.",
    ),
    "derivative-of-the-sigmoid": (
        {_S: "(1 / (1 + np.exp(-z))) * (1 - 1 / (1 + np.exp(-z)))"},
        "This is the slope of the sigmoid. The sigmoid itself is asked for.",
    ),
    "hyperbolic-tangent": (
        {_S: "np.tanh(z)"},
        "This is the hyperbolic tangent, which runs from -1 to 1. The sigmoid runs from 0 to 1.",
    ),
    "softmax": (
        {_S: "np.exp(z) / np.sum(np.exp(z))"},
        "This is the softmax, which divides by the sum over all entries. In the sigmoid every "
        "entry is treated on its own.",
    ),
    "relu": (
        {_S: "np.maximum(0, z)"},
        "This is the ReLU, another activation function. The sigmoid stays between 0 and 1.",
    ),
    "rounded": (
        {_S: "np.round(1 / (1 + np.exp(-z)))"},
        "The result is rounded. The probability itself is asked for; decisions come later.",
    ),
    "absolute-value": (
        {_S: "1 / (1 + np.exp(-np.abs(z)))"},
        "The sign of z is lost. A negative z should give less than one half.",
    ),
    "z-squared": (
        {_S: "1 / (1 + np.exp(-z ** 2))"},
        "The exponent holds the square of z. It is minus z.",
    ),
    "summed": (
        {_S: "np.sum(1 / (1 + np.exp(-z)))"},
        "All entries are added up. The result has an entry for each entry of z.",
    ),
    "pair-returned": (
        {"return s": "return s, z"},
        "Two things are returned. Here the sigmoid returns its value alone.",
    ),
    "nothing-returned": (
        {"return s": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

SIGMOID_CORRECT = {
    "np-divide": {_S: "np.divide(1, np.add(1, np.exp(-z)))"},
    "power-of-minus-one": {_S: "(1.0 + np.exp(-1 * z)) ** -1"},
    "exponential-above": {_S: "np.exp(z) / (np.exp(z) + 1)"},
    "by-tanh": {_S: "0.5 * (1 + np.tanh(0.5 * z))"},
    "two-branches": {
        _S: ("np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z))))")
    },
    "by-logaddexp": {_S: "np.exp(-np.logaddexp(0, -z))"},
    "np-power": {_S: "1 / (1 + np.power(np.e, -z))"},
    "scipy": """
from scipy.special import expit

def sigmoid(x):
    return expit(x)
""",
    "loop": """
import math

def sigmoid(z):
    if np.ndim(z) == 0:
        return 1 / (1 + math.exp(-z))
    result = np.zeros(z.shape)
    for index, value in np.ndenumerate(z):
        result[index] = 1 / (1 + math.exp(-value))
    return result
""",
    "np-vectorize": """
import math

def sigmoid(z):
    return np.vectorize(lambda number: 1 / (1 + math.exp(-number)))(z)
""",
    "single-precision": {"return s": "print(s)\n    return np.float32(s)"},
}

_W = "np.zeros((dim, 1))"
_B = "b = 0.0"

INITIALIZE_MISCONCEPTIONS = {
    "array-of-rank-one": (
        {_W: "np.zeros(dim)"},
        "w has the shape (dim,), which is neither a row nor a column. The shape is a pair: rows "
        "and columns.",
    ),
    "row-for-column": (
        {_W: "np.zeros((1, dim))"},
        "w is a row. One weight per row makes a column.",
    ),
    "square-of-weights": (
        {_W: "np.zeros((dim, dim))"},
        "w is a square. The unit has one weight for each feature, so a single column.",
    ),
    "shape-not-a-tuple": (
        {_W: "np.zeros(dim, 1)"},
        "`np.zeros` takes the shape as one argument, so a second pair of parentheses is needed.",
    ),
    "ones": (
        {_W: "np.ones((dim, 1))"},
        "The weights are one. They should start at zero.",
    ),
    "random-weights": (
        {_W: "np.random.RandomState(1).randn(dim, 1) * 0.01"},
        "The weights are random. A single unit may start at zero, and should.",
    ),
    "one-weight-too-many": (
        {_W: "np.zeros((dim + 1, 1))"},
        "There is one weight too many. The bias is kept apart from them, in b.",
    ),
    "size-of-the-example": (
        {_W: "np.zeros((3, 1))"},
        "There are always three weights, as in the example of the notebook. Their number is an "
        "argument of the function: use it.",
    ),
    "two-weights": (
        {_W: "np.zeros((2, 1))"},
        "There are two weights, whatever the argument says. Their number is an argument of the "
        "function: use it.",
    ),
    "size-of-the-images": (
        {_W: "np.zeros((12288, 1))"},
        "The number of weights is that of the notebook's images. It is an argument of the "
        "function: use it.",
    ),
    "list-of-zeros": (
        {_W: "[0.0] * dim"},
        "w is a list. Matrices can be multiplied only if they are NumPy arrays.",
    ),
    "list-of-lists": (
        {_W: "[[0.0]] * dim"},
        "w is a list of lists. It has the right shape, but matrices can be multiplied only if "
        "they are NumPy arrays.",
    ),
    "single-weight": (
        {_W: "0.0"},
        "w is a single number. It needs one weight for each feature.",
    ),
    "bias-as-a-matrix": (
        {_B: "b = np.zeros((1, 1))"},
        "b is an array of shape (1, 1). A single unit has a single bias: a plain number.",
    ),
    "bias-as-a-vector": (
        {_B: "b = np.zeros(1)"},
        "b is an array with one entry. A single unit has a single bias: a plain number.",
    ),
    "bias-for-each-weight": (
        {_B: "b = np.zeros((dim, 1))"},
        "b has an entry for each feature. The unit adds up everything before the bias comes in, "
        "so there is only one.",
    ),
    "bias-of-one": (
        {_B: "b = 1.0"},
        "The bias is 1. It should start at zero, like the weights.",
    ),
    "exchanged": (
        {"return w, b": "return b, w"},
        "w and b are returned in the wrong order.",
    ),
    "only-the-weights-returned": (
        {"return w, b": "return w"},
        "Only w is returned; the caller expects w and b.",
    ),
    "dictionary-returned": (
        {"return w, b": 'return {"w": w, "b": b}'},
        "A dictionary is returned. Here the two parameters are returned side by side.",
    ),
    "nothing-returned": (
        {"return w, b": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

INITIALIZE_CORRECT = {
    "whole-number-for-the-bias": {_B: "b = 0"},
    "bias-of-numpy": {_B: "b = np.float64(0)"},
    "bias-without-dimensions": {_B: "b = np.zeros(())"},
    "bias-by-float": {_B: "b = float(0)"},
    "shape-as-a-list": {_W: "np.zeros([dim, 1])"},
    "shape-by-name": {_W: "np.zeros(shape=(dim, 1), dtype=float)"},
    "single-precision": {_W: "np.zeros((dim, 1), dtype=np.float32)"},
    "whole-numbers": {_W: "np.zeros((dim, 1), dtype=int)"},
    "reshaped": {_W: "np.zeros(dim).reshape(-1, 1)"},
    "transposed": {_W: "np.zeros((1, dim)).T"},
    "np-full": {_W: "np.full((dim, 1), 0.0)"},
    "from-lists": """
def initialize_with_zeros(n):
    weights = np.array([[0.0] for _ in range(n)])
    return [weights, 0]
""",
}
