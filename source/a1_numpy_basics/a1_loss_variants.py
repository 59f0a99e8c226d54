"""Wrong and right ways to write the two losses."""

_L1 = "np.sum(np.abs(yhat - y))"
_L2 = "np.sum((yhat - y) ** 2)"

_CANCEL = "Positive and negative errors cancel one another. Only their size should count."
_AVERAGED = "The sum is divided by the number of examples. This loss is the sum itself."
_NOT_SUMMED = (
    "The result still has one entry for each example. The loss is a single number: add the entries "
    "up."
)
_LAST_EXAMPLE = "One example is left out of the sum. Every example counts."
_KEEPDIMS = (
    "The loss is an array with one entry, as when a sum keeps its dimension. It should be a number."
)
_PLUS = "The two values are added. The error is their difference."
_ROUNDED = (
    "The predictions are rounded to whole numbers first. The loss compares the predictions as they "
    "are."
)
_NUMBER_OF_ERRORS = (
    "This counts the examples on which the two differ. The loss says by how much they differ."
)
_CROSS_ENTROPY = (
    "This is the cross-entropy, which goes with probabilities and comes in a later assignment. "
    "This loss is made of differences."
)
_NO_SECOND_AXIS = (
    "The sum runs along axis 1, but a vector has one axis only, number 0. The sum of everything "
    "needs no axis."
)
_HALF = "The loss is halved. This definition has no factor of one half."
_NOTHING = (
    "The function returns nothing: hand the result back with `return`, as the given last line does."
)

_CROSS = "-np.sum(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))"

L1_MISCONCEPTIONS = {
    "absolute-value-forgotten": (
        {_L1: "np.sum(yhat - y)"},
        _CANCEL,
    ),
    "absolute-value-forgotten-other-way-round": (
        {_L1: "np.sum(y - yhat)"},
        _CANCEL,
    ),
    "absolute-value-of-the-sum": (
        {_L1: "np.abs(np.sum(yhat - y))"},
        "The absolute value is taken of the whole sum, when positive and negative errors have "
        "cancelled already. Take it of each error, before adding up.",
    ),
    "absolute-value-of-each-vector": (
        {_L1: "np.sum(np.abs(yhat) - np.abs(y))"},
        "The absolute values are taken before the difference. Take the difference first.",
    ),
    "parenthesis-closed-too-early": (
        {_L1: "np.sum(np.abs(yhat) - y)"},
        "The absolute value is taken of the predictions only, and not of the difference.",
    ),
    "mean": (
        {_L1: "np.mean(np.abs(yhat - y))"},
        _AVERAGED,
    ),
    "squared": (
        {_L1: "np.sum((yhat - y) ** 2)"},
        "The errors are squared: this is the L2 loss, the next exercise. The L1 loss adds up "
        "their absolute values.",
    ),
    "euclidean-norm": (
        {_L1: "np.linalg.norm(yhat - y)"},
        "Without a second argument NumPy's norm is the Euclidean one, the square root of the sum "
        "of squares. The L1 loss adds up absolute values.",
    ),
    "largest-error": (
        {_L1: "np.max(np.abs(yhat - y))"},
        "This is the largest error alone. The loss adds up the errors of all examples.",
    ),
    "not-summed": (
        {_L1: "np.abs(yhat - y)"},
        _NOT_SUMMED,
    ),
    "added": (
        {_L1: "np.sum(np.abs(yhat + y))"},
        _PLUS,
    ),
    "halved": (
        {_L1: "np.sum(np.abs(yhat - y)) / 2"},
        _HALF,
    ),
    "predictions-only": (
        {_L1: "np.sum(np.abs(yhat))"},
        "The true values are not used. The error is the difference between prediction and true "
        "value.",
    ),
    "last-example-left-out": (
        {_L1: "np.sum(np.abs(yhat[:-1] - y[:-1]))"},
        _LAST_EXAMPLE,
    ),
    "first-example-left-out": (
        {_L1: "sum(abs(yhat[i] - y[i]) for i in range(1, len(y)))"},
        "The first example is left out. Python counts from 0.",
    ),
    "last-error-only": (
        """
def L1(yhat, y):
    for i in range(len(y)):
        loss = abs(yhat[i] - y[i])
    return loss
""",
        "Only the error of the last example counts. In a loop, each error is added to the sum of "
        "those before; it must not replace it.",
    ),
    "returned-inside-the-loop": (
        """
def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        loss += abs(yhat[i] - y[i])
        return loss
""",
        "Only the error of the first example counts. Where there is a loop, `return` belongs "
        "after it, so it must not be indented as far.",
    ),
    "second-axis": (
        {_L1: "np.sum(np.abs(yhat - y), axis=1)"},
        _NO_SECOND_AXIS,
    ),
    "dimension-kept": (
        {_L1: "np.sum(np.abs(yhat - y), keepdims=True)"},
        _KEEPDIMS,
    ),
    "predictions-rounded": (
        {_L1: "np.sum(np.abs(np.round(yhat) - y))"},
        _ROUNDED,
    ),
    "number-of-errors": (
        {_L1: "np.sum(yhat != y)"},
        _NUMBER_OF_ERRORS,
    ),
    "cross-entropy": (
        {_L1: _CROSS},
        _CROSS_ENTROPY,
    ),
    "square-root-of-each": (
        {_L1: "np.sum(np.sqrt(np.abs(yhat - y)))"},
        "A square root is taken of each error. The square root undoes a square; there is none "
        "here.",
    ),
    "nothing-returned": (
        {"return loss": ""},
        _NOTHING,
    ),
}

L1_CORRECT = {
    "other-way-round": {_L1: "np.sum(abs(y - yhat))"},
    "sum-of-python": {_L1: "sum(abs(y - yhat))"},
    "method": {_L1: "np.abs(y - yhat).sum()"},
    "along-the-axis": {_L1: "np.sum(np.abs(y - yhat), axis=0)"},
    "norm": {_L1: "np.linalg.norm(y - yhat, ord=1)"},
    "dot-with-ones": {_L1: "np.dot(np.abs(y - yhat), np.ones(y.shape))"},
    "einsum": {_L1: 'np.einsum("i->", np.abs(y - yhat))'},
    "dot-with-signs": {_L1: "(yhat - y) @ np.sign(np.subtract(yhat, y))"},
    "where": {_L1: "np.sum(np.where(yhat > y, yhat - y, y - yhat))"},
    "larger-minus-smaller": {_L1: "(np.maximum(yhat, y) - np.minimum(yhat, y)).sum(keepdims=0)"},
    "comprehension": {_L1: "sum([abs(a - b) for a, b in zip(yhat, y)])"},
    "zero-dimensional-array": {"return loss": "return np.array(loss)"},
    "float-returned": {"return loss": "print(loss)\n    return float(loss)"},
    "single-precision": {_L1: "np.sum(np.abs(yhat.astype(np.float32) - y.astype(np.float32)))"},
    "loop": """
def L1(predicted, true):
    total = 0.0
    for i in range(len(true)):
        error = predicted[i] - true[i]
        if error < 0:
            error = -error
        total += error
    return total
""",
}

L2_MISCONCEPTIONS = {
    "square-root": (
        {_L2: "np.sqrt(np.sum((yhat - y) ** 2))"},
        "This is the square root of the loss, the length of the vector of errors. Here the sum of "
        "squares is asked for, without a square root.",
    ),
    "mean": (
        {_L2: "np.mean((yhat - y) ** 2)"},
        _AVERAGED,
    ),
    "halved": (
        {_L2: "np.sum((yhat - y) ** 2) / 2"},
        _HALF,
    ),
    "half-the-mean": (
        {_L2: "np.mean((yhat - y) ** 2) / 2"},
        "This is half the mean of the squares, as linear regression often has it. This loss is "
        "the sum itself.",
    ),
    "absolute-values": (
        {_L2: "np.sum(np.abs(yhat - y))"},
        "This is the L1 loss again. Here every error is squared.",
    ),
    "not-squared": (
        {_L2: "np.sum(yhat - y)"},
        "The errors are not squared, so positive and negative errors cancel one another.",
    ),
    "sum-squared": (
        {_L2: "np.sum(yhat - y) ** 2"},
        "The sum is squared, when positive and negative errors have cancelled already. Square "
        "each error, then add up.",
    ),
    "absolute-sum-squared": (
        {_L2: "np.sum(np.abs(yhat - y)) ** 2"},
        "The sum is squared. Square each error, then add up: the square of a sum is not the sum "
        "of the squares.",
    ),
    "each-vector-squared": (
        {_L2: "np.sum(yhat**2 - y**2)"},
        "Both vectors are squared and then subtracted. Take the difference first, then square it.",
    ),
    "each-vector-squared-other-way-round": (
        {_L2: "np.sum(y**2 - yhat**2)"},
        "Each vector is squared by itself, so errors may cancel. The difference comes first, then "
        "the square.",
    ),
    "parentheses-forgotten": (
        {_L2: "np.sum(yhat - y**2)"},
        "Only the true values are squared: a power comes before a difference. The difference "
        "needs parentheses.",
    ),
    "product-of-the-two": (
        {_L2: "np.dot(yhat, y)"},
        "Predictions and true values are multiplied with one another. The loss multiplies the "
        "error with itself.",
    ),
    "doubled": (
        {_L2: "np.sum((yhat - y) * 2)"},
        "The errors are doubled instead of squared: two asterisks raise to a power, one "
        "multiplies.",
    ),
    "cubed": (
        {_L2: "np.sum(np.abs(yhat - y) ** 3)"},
        "The errors are cubed. The loss squares them.",
    ),
    "exclusive-or": (
        {_L2: "np.sum((yhat - y) ^ 2)"},
        "In Python the sign ^ is not a power but an operation on bits, for whole numbers only. A "
        "power is written with two asterisks.",
    ),
    "exclusive-or-other-way-round": (
        {_L2: "np.sum((y - yhat) ^ 2)"},
        "In Python the sign ^ is not a power but an operation on bits, for whole numbers only. A "
        "power is written with two asterisks.",
    ),
    "largest-error": (
        {_L2: "np.max((yhat - y) ** 2)"},
        "This is the largest square alone. The loss adds up the squares of all examples.",
    ),
    "not-summed": (
        {_L2: "(yhat - y) ** 2"},
        _NOT_SUMMED,
    ),
    "added": (
        {_L2: "np.sum((yhat + y) ** 2)"},
        _PLUS,
    ),
    "table-of-products": (
        {_L2: "np.outer(yhat - y, yhat - y)"},
        "Every error is multiplied with every other one, which gives a whole table. Each error "
        "should meet only itself, and the products are added up.",
    ),
    "predictions-only": (
        {_L2: "np.sum(yhat**2)"},
        "The true values are not used. The error is the difference between prediction and true "
        "value.",
    ),
    "last-example-left-out": (
        {_L2: "np.sum((yhat[:-1] - y[:-1]) ** 2)"},
        _LAST_EXAMPLE,
    ),
    "first-example-left-out": (
        {_L2: "sum((yhat[i] - y[i]) ** 2 for i in range(1, len(y)))"},
        "The first example is left out. Python counts from 0.",
    ),
    "second-axis": (
        {_L2: "np.sum((yhat - y) ** 2, axis=1)"},
        _NO_SECOND_AXIS,
    ),
    "dimension-kept": (
        {_L2: "np.sum((yhat - y) ** 2, keepdims=True)"},
        _KEEPDIMS,
    ),
    "predictions-rounded": (
        {_L2: "np.sum((np.round(yhat) - y) ** 2)"},
        _ROUNDED,
    ),
    "number-of-errors": (
        {_L2: "np.sum(yhat != y)"},
        _NUMBER_OF_ERRORS,
    ),
    "cross-entropy": (
        {_L2: _CROSS},
        _CROSS_ENTROPY,
    ),
    "nothing-returned": (
        {"return loss": ""},
        _NOTHING,
    ),
}

L2_CORRECT = {
    "dot": {_L2: "np.dot(y - yhat, y - yhat)"},
    "sum-of-a-dot": {_L2: "np.sum(np.dot(abs(y - yhat), abs(y - yhat)))"},
    "dot-transposed": {_L2: "np.dot((yhat - y), (yhat - y).T)"},
    "matmul-operator": {_L2: "(yhat - y) @ (yhat - y)"},
    "np-matmul": {_L2: "np.matmul(yhat - y, yhat - y)"},
    "np-square": {_L2: "np.square(y - yhat).sum()"},
    "np-power": {_L2: "np.sum(np.power(yhat - y, 2))"},
    "np-multiply": {_L2: "sum(np.multiply(yhat - y, yhat - y))"},
    "norm-squared": {_L2: "np.linalg.norm(yhat - y) ** 2"},
    "inner": {_L2: "np.inner(y - yhat, y - yhat)"},
    "einsum": {_L2: 'np.einsum("i,i->", y - yhat, y - yhat)'},
    "multiplied-out": {_L2: "np.sum(yhat**2) - 2 * np.sum(yhat * y) + np.sum(y**2)"},
    "comprehension": {_L2: "sum([(a - b) ** 2 for a, b in zip(y, yhat)])"},
    "zero-dimensional-array": {"return loss": "return np.array(loss)"},
    "float-returned": {"return loss": "print(loss)\n    return float(loss)"},
    "single-precision": {_L2: "np.sum((yhat.astype(np.float32) - y.astype(np.float32)) ** 2)"},
    "loop": """
def L2(predicted, true):
    total = 0
    for i in range(true.shape[0]):
        total = total + (predicted[i] - true[i]) * (predicted[i] - true[i])
    return total
""",
}
