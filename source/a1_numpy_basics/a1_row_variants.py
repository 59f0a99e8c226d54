"""Wrong and right ways to normalise rows, and to turn rows of scores into probabilities."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_NORM = "np.linalg.norm(x, axis=1, keepdims=True)"
_UNIT = "x_unit = x / x_norm"

_DOWN_THE_COLUMNS = (
    "The columns are normalised, not the rows. The axis that you name is the one along which "
    "numbers are added up, and the entries of a row lie along the second axis."
)
_WHOLE_MATRIX = (
    "One number is computed for the whole matrix. Each row needs its own, so name an axis."
)
_DIMENSION_LOST = (
    "One number for each row is there, but they lie in a rank-1 array, which broadcasting takes "
    "for a row. They have to stay a column: keep the dimension."
)
_TRANSPOSED = "The result is transposed: its rows are the columns of x."
_NOT_DIVIDED = "Nothing is divided: in the last step each row is divided by its own number."
_MULTIPLIED = "Each row is multiplied by the number that it should be divided by."
_UPSIDE_DOWN = "The fraction is upside down."
_NOTHING = (
    "The function returns nothing: hand the result back with `return`, as the given last line does."
)

NORMALIZE_ROWS_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="columns-normalised",
        edits=((_NORM, "np.linalg.norm(x, axis=0, keepdims=True)"),),
        message=_DOWN_THE_COLUMNS,
    ),
    Misconception(
        name="whole-matrix-normalised",
        edits=((_NORM, "np.linalg.norm(x)"),),
        message=_WHOLE_MATRIX,
    ),
    Misconception(
        name="spectral-norm",
        edits=((_NORM, "np.linalg.norm(x, ord=2)"),),
        message="With ord=2 and no axis NumPy computes a norm of the whole matrix. Each row needs "
        "its own length, so name an axis.",
    ),
    Misconception(
        name="keepdims-forgotten",
        edits=((_NORM, "np.linalg.norm(x, axis=1)"),),
        message=_DIMENSION_LOST,
    ),
    Misconception(
        name="norms-as-a-row",
        edits=((_NORM, "np.linalg.norm(x, axis=1).reshape(1, -1)"),),
        message="The lengths of the rows lie in a row, so that each column is divided by one of "
        "them. They have to be a column.",
    ),
    Misconception(
        name="sum-of-absolute-values",
        edits=((_NORM, "np.linalg.norm(x, ord=1, axis=1, keepdims=True)"),),
        message="The rows are divided by the sum of their absolute values. The length of a row is "
        "the square root of the sum of squares.",
    ),
    Misconception(
        name="sum-of-the-row",
        edits=((_NORM, "np.sum(x, axis=1, keepdims=True)"),),
        message="The rows are divided by their sum. The length of a row is the square root of the "
        "sum of squares.",
    ),
    Misconception(
        name="square-root-forgotten",
        edits=((_NORM, "np.sum(x**2, axis=1, keepdims=True)"),),
        message="The rows are divided by the sum of their squares. The length is the square root "
        "of that.",
    ),
    Misconception(
        name="squares-forgotten",
        edits=((_NORM, "np.sqrt(np.abs(np.sum(x, axis=1, keepdims=True)))"),),
        message="A root is taken, but nothing was squared before. The length is the square root of "
        "the sum of squares.",
    ),
    Misconception(
        name="root-of-the-mean-square",
        edits=((_NORM, "np.sqrt(np.mean(x**2, axis=1, keepdims=True))"),),
        message="The squares are averaged. The length of a row is the square root of their sum.",
    ),
    Misconception(
        name="largest-entry",
        edits=((_NORM, "np.max(np.abs(x), axis=1, keepdims=True)"),),
        message="The rows are divided by their largest entry. Their length is the square root of "
        "the sum of squares.",
    ),
    Misconception(
        name="largest-entry-with-its-sign",
        edits=((_NORM, "np.max(x, axis=1, keepdims=True)"),),
        message="The rows are divided by their largest entry. Their length is the square root of "
        "the sum of squares.",
    ),
    Misconception(
        name="standard-deviation",
        edits=((_NORM, "np.std(x, axis=1, keepdims=True)"),),
        message="The rows are divided by their standard deviation. Their length is the square root "
        "of the sum of squares, without subtracting the mean.",
    ),
    Misconception(
        name="mean-taken-off",
        edits=(
            (
                _UNIT,
                "x_unit = (x - np.mean(x, axis=1, keepdims=True)) / np.std(x, axis=1, keepdims=1)",
            ),
        ),
        message="The rows are standardised: their mean is taken off, and they are divided by their "
        "standard deviation. Normalising only makes them as long as 1.",
    ),
    Misconception(name="multiplied", edits=((_UNIT, "x_unit = x * x_norm"),), message=_MULTIPLIED),
    Misconception(
        name="upside-down", edits=((_UNIT, "x_unit = x_norm / x"),), message=_UPSIDE_DOWN
    ),
    Misconception(name="not-divided", edits=((_UNIT, "x_unit = x"),), message=_NOT_DIVIDED),
    Misconception(
        name="norms-returned",
        edits=(("return x_unit", "return x_norm"),),
        message="The lengths of the rows are returned. Return the rows, divided by them.",
    ),
    Misconception(
        name="norms-subtracted",
        edits=((_UNIT, "x_unit = x - x_norm"),),
        message="The length is subtracted from each row. Dividing by it makes the row as long as "
        "1.",
    ),
    Misconception(
        name="whole-number-division",
        edits=((_UNIT, "x_unit = x // x_norm"),),
        message="Two slashes divide and cut off everything after the decimal point. A single slash "
        "divides.",
    ),
    Misconception(
        name="transposed",
        edits=((_UNIT, "x_unit = (x / x_norm).T"),),
        message=_TRANSPOSED,
    ),
    Misconception(
        name="first-row-only",
        edits=((_NORM, "np.linalg.norm(x[0])"),),
        message="All rows are divided by the length of the first one. Each row has its own.",
    ),
    Misconception(
        name="absolute-values",
        edits=((_UNIT, "x_unit = np.abs(x) / x_norm"),),
        message="The signs are lost. A row keeps its direction and only its length changes.",
    ),
    Misconception(name="nothing-returned", edits=(("return x_unit", ""),), message=_NOTHING),
)

NORMALIZE_ROWS_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="ord-named", edits=((_NORM, "np.linalg.norm(x, ord=2, axis=1, keepdims=True)"),)
    ),
    CorrectVariant(name="keepdims-one", edits=((_NORM, "np.linalg.norm(x, axis=1, keepdims=1)"),)),
    CorrectVariant(name="last-axis", edits=((_NORM, "np.linalg.norm(x, None, -1, True)"),)),
    CorrectVariant(name="reshaped", edits=((_NORM, "np.linalg.norm(x, axis=1).reshape(-1, 1)"),)),
    CorrectVariant(
        name="root-of-the-sum", edits=((_NORM, "np.sqrt(np.sum(np.square(x), axis=1))[:, None]"),)
    ),
    CorrectVariant(
        name="einsum", edits=((_NORM, 'np.sqrt(np.einsum("ij,ij->i", x, x))[:, np.newaxis]'),)
    ),
    CorrectVariant(name="np-divide", edits=((_UNIT, "x_unit = np.divide(x, x_norm)"),)),
    CorrectVariant(name="in-place", edits=((_UNIT, "x /= x_norm\n    x_unit = x"),)),
    CorrectVariant(
        name="transposed-twice", edits=((_UNIT, "x_unit = (x.T / np.linalg.norm(x, axis=1)).T"),)
    ),
    CorrectVariant(
        name="matrix-product", edits=((_UNIT, "x_unit = np.diag(1 / x_norm.ravel()) @ x"),)
    ),
    CorrectVariant(
        name="guarded-against-zero", edits=((_UNIT, "x_unit = x / np.maximum(x_norm, 1e-12)"),)
    ),
    CorrectVariant(name="tiny-constant-added", edits=((_UNIT, "x_unit = x / (x_norm + 1e-8)"),)),
    CorrectVariant(
        name="single-precision", edits=((_UNIT, "x_unit = (x / x_norm).astype(np.float32)"),)
    ),
    CorrectVariant(
        name="loop",
        code="""
def normalize_rows(matrix):
    result = np.zeros(matrix.shape)
    for i in range(matrix.shape[0]):
        total = 0
        for value in matrix[i]:
            total += value ** 2
        print("row", i, math.sqrt(total))
        result[i] = matrix[i] / math.sqrt(total)
    return result
""",
    ),
    CorrectVariant(
        name="comprehension",
        code="""
def length(row):
    return np.dot(row, row) ** 0.5

def normalize_rows(x):
    return np.array([row / length(row) for row in x])
""",
    ),
)

_EXP = "x_exp = np.exp(x)"
_SUM = "np.sum(x_exp, axis=1, keepdims=True)"
_SHARE = "s = x_exp / x_sum"

SOFTMAX_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="down-the-columns",
        edits=((_SUM, "np.sum(x_exp, axis=0, keepdims=True)"),),
        message=_DOWN_THE_COLUMNS,
    ),
    Misconception(
        name="whole-matrix",
        edits=((_SUM, "np.sum(x_exp)"),),
        message="Everything adds up to 1, not each row: one sum is taken over the whole matrix. "
        "Each row needs its own, so name an axis.",
    ),
    Misconception(
        name="keepdims-forgotten",
        edits=((_SUM, "np.sum(x_exp, axis=1)"),),
        message=_DIMENSION_LOST,
    ),
    Misconception(
        name="sums-as-a-row",
        edits=((_SUM, "np.sum(x_exp, axis=1).reshape(1, -1)"),),
        message="The sums of the rows lie in a row, so that each column is divided by one of them. "
        "They have to be a column.",
    ),
    Misconception(
        name="exponential-forgotten",
        edits=((_EXP, "x_exp = x"),),
        message="The scores are divided by their sum as they are. They may be negative; the "
        "exponential makes them positive first.",
    ),
    Misconception(
        name="exponential-forgotten-above",
        edits=((_SHARE, "s = x / x_sum"),),
        message="The scores themselves are in the numerator. Their exponentials belong there.",
    ),
    Misconception(
        name="exponential-forgotten-below",
        edits=((_SUM, "np.sum(x, axis=1, keepdims=True)"),),
        message="The scores themselves are added up. The denominator is the sum of the "
        "exponentials.",
    ),
    Misconception(
        name="exponential-of-the-sum",
        edits=((_SUM, "np.exp(np.sum(x, axis=1, keepdims=True))"),),
        message="The scores are added up before the exponential is taken. Take the exponential of "
        "each score, then add up.",
    ),
    Misconception(
        name="exponential-of-the-quotient",
        edits=((_EXP, "x_exp = x"), (_SHARE, "s = np.exp(x_exp / x_sum)")),
        message="The exponential is taken last. Take it of each score first; only then can each "
        "row be divided by its sum.",
    ),
    Misconception(
        name="minus-in-the-exponent",
        edits=((_EXP, "x_exp = np.exp(-x)"),),
        message=(
            "The largest score gets the smallest probability: this is the softmax of -x. Look "
            "at the signs."
        ),
    ),
    Misconception(
        name="base-2",
        edits=((_EXP, "x_exp = np.exp2(x)"),),
        message="The powers have base 2. The base of the softmax is Euler's number e.",
    ),
    Misconception(
        name="mean-of-the-row",
        edits=((_SUM, "np.mean(x_exp, axis=1, keepdims=True)"),),
        message="The rows are divided by their mean, so they do not add up to 1. Divide by their "
        "sum.",
    ),
    Misconception(
        name="largest-of-the-row",
        edits=((_SUM, "np.max(x_exp, axis=1, keepdims=True)"),),
        message="The rows are divided by their largest entry, so they do not add up to 1. Divide "
        "by their sum.",
    ),
    Misconception(
        name="length-of-the-row",
        edits=((_SUM, "np.linalg.norm(x_exp, axis=1, keepdims=True)"),),
        message="The rows are divided by their length, as in the previous exercise, so they do not "
        "add up to 1. Divide by their sum.",
    ),
    Misconception(
        name="sigmoid",
        edits=((_SHARE, "s = 1 / (1 + np.exp(-x))"),),
        message="This is the sigmoid, which treats every entry by itself. In a softmax the entries "
        "of a row share the probability 1.",
    ),
    Misconception(
        name="hard-maximum",
        edits=((_SHARE, "s = (x == np.max(x, axis=1, keepdims=True)).astype(float)"),),
        message="The largest score gets everything, the others nothing. The softmax is softer: "
        "every score gets a share.",
    ),
    Misconception(
        name="largest-subtracted-afterwards",
        edits=((_EXP, "x_exp = np.exp(x) - np.max(x, axis=1, keepdims=True)"),),
        message="The largest score is subtracted after the exponential. To keep the numbers small "
        "it has to be subtracted from the scores, before.",
    ),
    Misconception(
        name="largest-divided",
        edits=((_EXP, "x_exp = np.exp(x / np.max(np.abs(x), axis=1, keepdims=True))"),),
        message="The scores are divided by the largest one before the exponential, which changes "
        "the probabilities. Subtracting it would not.",
    ),
    Misconception(
        name="logarithm-taken",
        edits=((_SHARE, "s = np.log(x_exp / x_sum)"),),
        message="This is the logarithm of the softmax. Return the probabilities themselves.",
    ),
    Misconception(name="multiplied", edits=((_SHARE, "s = x_exp * x_sum"),), message=_MULTIPLIED),
    Misconception(name="upside-down", edits=((_SHARE, "s = x_sum / x_exp"),), message=_UPSIDE_DOWN),
    Misconception(name="not-divided", edits=((_SHARE, "s = x_exp"),), message=_NOT_DIVIDED),
    Misconception(
        name="transposed", edits=((_SHARE, "s = (x_exp / x_sum).T"),), message=_TRANSPOSED
    ),
    Misconception(
        name="result-of-whole-numbers",
        edits=((_SHARE, "s = np.zeros_like(x)\n    s[...] = x_exp / x_sum"),),
        message=(
            "Where x holds whole numbers, everything after the decimal point is cut off. An "
            "array made like x has the type of x: say dtype=float, or let NumPy make the array "
            "of results."
        ),
    ),
    Misconception(name="nothing-returned", edits=(("return s", ""),), message=_NOTHING),
)

SOFTMAX_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="keepdims-one", edits=((_SUM, "np.sum(x_exp, axis=1, keepdims=1)"),)),
    CorrectVariant(name="last-axis", edits=((_SUM, "x_exp.sum(-1, keepdims=True)"),)),
    CorrectVariant(name="reshaped", edits=((_SUM, "np.sum(x_exp, axis=1).reshape(-1, 1)"),)),
    CorrectVariant(name="new-axis", edits=((_SUM, "np.sum(x_exp, axis=1)[:, np.newaxis]"),)),
    CorrectVariant(name="matrix-product", edits=((_SUM, "x_exp @ np.ones((x_exp.shape[1], 1))"),)),
    CorrectVariant(name="einsum", edits=((_SUM, 'np.einsum("ij->i", x_exp)[:, None]'),)),
    CorrectVariant(name="np-divide", edits=((_SHARE, "s = np.divide(x_exp, x_sum)"),)),
    CorrectVariant(name="in-place", edits=((_SHARE, "x_exp /= x_sum\n    s = x_exp"),)),
    CorrectVariant(
        name="transposed-twice", edits=((_SHARE, "s = (x_exp.T / np.sum(x_exp, axis=1)).T"),)
    ),
    CorrectVariant(
        name="largest-of-each-row-subtracted",
        edits=((_EXP, "x_exp = np.exp(x - np.max(x, axis=1, keepdims=True))"),),
    ),
    CorrectVariant(
        name="largest-of-all-subtracted", edits=((_EXP, "x_exp = np.exp(x - np.max(x))"),)
    ),
    CorrectVariant(
        name="difference-in-the-exponent", edits=((_SHARE, "s = np.exp(x - np.log(x_sum))"),)
    ),
    CorrectVariant(name="single-precision", edits=((_EXP, "x_exp = np.exp(np.float32(x))"),)),
    CorrectVariant(
        name="loop",
        code="""
def softmax(scores):
    shares = np.zeros(scores.shape)
    for i in range(scores.shape[0]):
        total = 0.0
        for j in range(scores.shape[1]):
            total += math.exp(scores[i, j])
        for j in range(scores.shape[1]):
            shares[i, j] = math.exp(scores[i][j]) / total
    print(shares.sum(axis=1))
    return shares
""",
    ),
    CorrectVariant(
        name="row-by-row",
        code="""
def softmax_of_a_row(row):
    powers = np.exp(row - row.max())
    return powers / powers.sum()

def softmax(x):
    return np.apply_along_axis(softmax_of_a_row, 1, x)
""",
    ),
)
