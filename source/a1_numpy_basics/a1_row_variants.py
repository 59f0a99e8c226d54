"""Wrong and right ways to normalise rows, and to turn rows of scores into probabilities."""

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

NORMALIZE_ROWS_MISCONCEPTIONS = {
    "columns-normalised": (
        {_NORM: "np.linalg.norm(x, axis=0, keepdims=True)"},
        _DOWN_THE_COLUMNS,
    ),
    "whole-matrix-normalised": (
        {_NORM: "np.linalg.norm(x)"},
        _WHOLE_MATRIX,
    ),
    "spectral-norm": (
        {_NORM: "np.linalg.norm(x, ord=2)"},
        "With ord=2 and no axis NumPy computes a norm of the whole matrix. Each row needs its own "
        "length, so name an axis.",
    ),
    "keepdims-forgotten": (
        {_NORM: "np.linalg.norm(x, axis=1)"},
        _DIMENSION_LOST,
    ),
    "norms-as-a-row": (
        {_NORM: "np.linalg.norm(x, axis=1).reshape(1, -1)"},
        "The lengths of the rows lie in a row, so that each column is divided by one of them. "
        "They have to be a column.",
    ),
    "sum-of-absolute-values": (
        {_NORM: "np.linalg.norm(x, ord=1, axis=1, keepdims=True)"},
        "The rows are divided by the sum of their absolute values. The length of a row is the "
        "square root of the sum of squares.",
    ),
    "sum-of-the-row": (
        {_NORM: "np.sum(x, axis=1, keepdims=True)"},
        "The rows are divided by their sum. The length of a row is the square root of the sum of "
        "squares.",
    ),
    "square-root-forgotten": (
        {_NORM: "np.sum(x**2, axis=1, keepdims=True)"},
        "The rows are divided by the sum of their squares. The length is the square root of that.",
    ),
    "squares-forgotten": (
        {_NORM: "np.sqrt(np.abs(np.sum(x, axis=1, keepdims=True)))"},
        "A root is taken, but nothing was squared before. The length is the square root of the "
        "sum of squares.",
    ),
    "root-of-the-mean-square": (
        {_NORM: "np.sqrt(np.mean(x**2, axis=1, keepdims=True))"},
        "The squares are averaged. The length of a row is the square root of their sum.",
    ),
    "largest-entry": (
        {_NORM: "np.max(np.abs(x), axis=1, keepdims=True)"},
        "The rows are divided by their largest entry. Their length is the square root of the sum "
        "of squares.",
    ),
    "largest-entry-with-its-sign": (
        {_NORM: "np.max(x, axis=1, keepdims=True)"},
        "The rows are divided by their largest entry. Their length is the square root of the sum "
        "of squares.",
    ),
    "standard-deviation": (
        {_NORM: "np.std(x, axis=1, keepdims=True)"},
        "The rows are divided by their standard deviation. Their length is the square root of the "
        "sum of squares, without subtracting the mean.",
    ),
    "mean-taken-off": (
        {
            _UNIT: (
                "x_unit = (x - np.mean(x, axis=1, keepdims=True)) / np.std(x, axis=1, keepdims=1)"
            )
        },
        "The rows are standardised: their mean is taken off, and they are divided by their "
        "standard deviation. Normalising only makes them as long as 1.",
    ),
    "multiplied": (
        {_UNIT: "x_unit = x * x_norm"},
        _MULTIPLIED,
    ),
    "upside-down": (
        {_UNIT: "x_unit = x_norm / x"},
        _UPSIDE_DOWN,
    ),
    "not-divided": (
        {_UNIT: "x_unit = x"},
        _NOT_DIVIDED,
    ),
    "norms-returned": (
        {"return x_unit": "return x_norm"},
        "The lengths of the rows are returned. Return the rows, divided by them.",
    ),
    "norms-subtracted": (
        {_UNIT: "x_unit = x - x_norm"},
        "The length is subtracted from each row. Dividing by it makes the row as long as 1.",
    ),
    "whole-number-division": (
        {_UNIT: "x_unit = x // x_norm"},
        "Two slashes divide and cut off everything after the decimal point. A single slash "
        "divides.",
    ),
    "transposed": (
        {_UNIT: "x_unit = (x / x_norm).T"},
        _TRANSPOSED,
    ),
    "first-row-only": (
        {_NORM: "np.linalg.norm(x[0])"},
        "All rows are divided by the length of the first one. Each row has its own.",
    ),
    "absolute-values": (
        {_UNIT: "x_unit = np.abs(x) / x_norm"},
        "The signs are lost. A row keeps its direction and only its length changes.",
    ),
    "nothing-returned": (
        {"return x_unit": ""},
        _NOTHING,
    ),
}

NORMALIZE_ROWS_CORRECT = {
    "ord-named": {_NORM: "np.linalg.norm(x, ord=2, axis=1, keepdims=True)"},
    "keepdims-one": {_NORM: "np.linalg.norm(x, axis=1, keepdims=1)"},
    "last-axis": {_NORM: "np.linalg.norm(x, None, -1, True)"},
    "reshaped": {_NORM: "np.linalg.norm(x, axis=1).reshape(-1, 1)"},
    "root-of-the-sum": {_NORM: "np.sqrt(np.sum(np.square(x), axis=1))[:, None]"},
    "einsum": {_NORM: 'np.sqrt(np.einsum("ij,ij->i", x, x))[:, np.newaxis]'},
    "np-divide": {_UNIT: "x_unit = np.divide(x, x_norm)"},
    "in-place": {_UNIT: "x /= x_norm\n    x_unit = x"},
    "transposed-twice": {_UNIT: "x_unit = (x.T / np.linalg.norm(x, axis=1)).T"},
    "matrix-product": {_UNIT: "x_unit = np.diag(1 / x_norm.ravel()) @ x"},
    "guarded-against-zero": {_UNIT: "x_unit = x / np.maximum(x_norm, 1e-12)"},
    "tiny-constant-added": {_UNIT: "x_unit = x / (x_norm + 1e-8)"},
    "single-precision": {_UNIT: "x_unit = (x / x_norm).astype(np.float32)"},
    "loop": """
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
    "comprehension": """
def length(row):
    return np.dot(row, row) ** 0.5

def normalize_rows(x):
    return np.array([row / length(row) for row in x])
""",
}

_EXP = "x_exp = np.exp(x)"
_SUM = "np.sum(x_exp, axis=1, keepdims=True)"
_SHARE = "s = x_exp / x_sum"

SOFTMAX_MISCONCEPTIONS = {
    "down-the-columns": (
        {_SUM: "np.sum(x_exp, axis=0, keepdims=True)"},
        _DOWN_THE_COLUMNS,
    ),
    "whole-matrix": (
        {_SUM: "np.sum(x_exp)"},
        "Everything adds up to 1, not each row: one sum is taken over the whole matrix. Each row "
        "needs its own, so name an axis.",
    ),
    "keepdims-forgotten": (
        {_SUM: "np.sum(x_exp, axis=1)"},
        _DIMENSION_LOST,
    ),
    "sums-as-a-row": (
        {_SUM: "np.sum(x_exp, axis=1).reshape(1, -1)"},
        "The sums of the rows lie in a row, so that each column is divided by one of them. They "
        "have to be a column.",
    ),
    "exponential-forgotten": (
        {_EXP: "x_exp = x"},
        "The scores are divided by their sum as they are. They may be negative; the exponential "
        "makes them positive first.",
    ),
    "exponential-forgotten-above": (
        {_SHARE: "s = x / x_sum"},
        "The scores themselves are in the numerator. Their exponentials belong there.",
    ),
    "exponential-forgotten-below": (
        {_SUM: "np.sum(x, axis=1, keepdims=True)"},
        "The scores themselves are added up. The denominator is the sum of the exponentials.",
    ),
    "exponential-of-the-sum": (
        {_SUM: "np.exp(np.sum(x, axis=1, keepdims=True))"},
        "The scores are added up before the exponential is taken. Take the exponential of each "
        "score, then add up.",
    ),
    "exponential-of-the-quotient": (
        {_EXP: "x_exp = x", _SHARE: "s = np.exp(x_exp / x_sum)"},
        "The exponential is taken last. Take it of each score first; only then can each row be "
        "divided by its sum.",
    ),
    "minus-in-the-exponent": (
        {_EXP: "x_exp = np.exp(-x)"},
        "The largest score gets the smallest probability: this is the softmax of -x. Look at the "
        "signs.",
    ),
    "base-2": (
        {_EXP: "x_exp = np.exp2(x)"},
        "The powers have base 2. The base of the softmax is Euler's number e.",
    ),
    "mean-of-the-row": (
        {_SUM: "np.mean(x_exp, axis=1, keepdims=True)"},
        "The rows are divided by their mean, so they do not add up to 1. Divide by their sum.",
    ),
    "largest-of-the-row": (
        {_SUM: "np.max(x_exp, axis=1, keepdims=True)"},
        "The rows are divided by their largest entry, so they do not add up to 1. Divide by their "
        "sum.",
    ),
    "length-of-the-row": (
        {_SUM: "np.linalg.norm(x_exp, axis=1, keepdims=True)"},
        "The rows are divided by their length, as in the previous exercise, so they do not add up "
        "to 1. Divide by their sum.",
    ),
    "sigmoid": (
        {_SHARE: "s = 1 / (1 + np.exp(-x))"},
        "This is the sigmoid, which treats every entry by itself. In a softmax the entries of a "
        "row share the probability 1.",
    ),
    "hard-maximum": (
        {_SHARE: "s = (x == np.max(x, axis=1, keepdims=True)).astype(float)"},
        "The largest score gets everything, the others nothing. The softmax is softer: every "
        "score gets a share.",
    ),
    "largest-subtracted-afterwards": (
        {_EXP: "x_exp = np.exp(x) - np.max(x, axis=1, keepdims=True)"},
        "The largest score is subtracted after the exponential. To keep the numbers small it has "
        "to be subtracted from the scores, before.",
    ),
    "largest-divided": (
        {_EXP: "x_exp = np.exp(x / np.max(np.abs(x), axis=1, keepdims=True))"},
        "The scores are divided by the largest one before the exponential, which changes the "
        "probabilities. Subtracting it would not.",
    ),
    "logarithm-taken": (
        {_SHARE: "s = np.log(x_exp / x_sum)"},
        "This is the logarithm of the softmax. Return the probabilities themselves.",
    ),
    "multiplied": (
        {_SHARE: "s = x_exp * x_sum"},
        _MULTIPLIED,
    ),
    "upside-down": (
        {_SHARE: "s = x_sum / x_exp"},
        _UPSIDE_DOWN,
    ),
    "not-divided": (
        {_SHARE: "s = x_exp"},
        _NOT_DIVIDED,
    ),
    "transposed": (
        {_SHARE: "s = (x_exp / x_sum).T"},
        _TRANSPOSED,
    ),
    "result-of-whole-numbers": (
        {_SHARE: "s = np.zeros_like(x)\n    s[...] = x_exp / x_sum"},
        "Where x holds whole numbers, everything after the decimal point is cut off. An array "
        "made like x has the type of x: say dtype=float, or let NumPy make the array of results.",
    ),
    "nothing-returned": (
        {"return s": ""},
        _NOTHING,
    ),
}

SOFTMAX_CORRECT = {
    "keepdims-one": {_SUM: "np.sum(x_exp, axis=1, keepdims=1)"},
    "last-axis": {_SUM: "x_exp.sum(-1, keepdims=True)"},
    "reshaped": {_SUM: "np.sum(x_exp, axis=1).reshape(-1, 1)"},
    "new-axis": {_SUM: "np.sum(x_exp, axis=1)[:, np.newaxis]"},
    "matrix-product": {_SUM: "x_exp @ np.ones((x_exp.shape[1], 1))"},
    "einsum": {_SUM: 'np.einsum("ij->i", x_exp)[:, None]'},
    "np-divide": {_SHARE: "s = np.divide(x_exp, x_sum)"},
    "in-place": {_SHARE: "x_exp /= x_sum\n    s = x_exp"},
    "transposed-twice": {_SHARE: "s = (x_exp.T / np.sum(x_exp, axis=1)).T"},
    "largest-of-each-row-subtracted": {
        _EXP: "x_exp = np.exp(x - np.max(x, axis=1, keepdims=True))"
    },
    "largest-of-all-subtracted": {_EXP: "x_exp = np.exp(x - np.max(x))"},
    "difference-in-the-exponent": {_SHARE: "s = np.exp(x - np.log(x_sum))"},
    "single-precision": {_EXP: "x_exp = np.exp(np.float32(x))"},
    "loop": """
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
    "row-by-row": """
def softmax_of_a_row(row):
    powers = np.exp(row - row.max())
    return powers / powers.sum()

def softmax(x):
    return np.apply_along_axis(softmax_of_a_row, 1, x)
""",
}
