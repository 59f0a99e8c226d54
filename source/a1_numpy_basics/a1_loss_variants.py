"""Wrong and right ways to write the two losses."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

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

L1_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="absolute-value-forgotten",
        edits=((_L1, "np.sum(yhat - y)"),),
        message=_CANCEL,
    ),
    Misconception(
        name="absolute-value-forgotten-other-way-round",
        edits=((_L1, "np.sum(y - yhat)"),),
        message=_CANCEL,
    ),
    Misconception(
        name="absolute-value-of-the-sum",
        edits=((_L1, "np.abs(np.sum(yhat - y))"),),
        message="The absolute value is taken of the whole sum, when positive and negative errors "
        "have cancelled already. Take it of each error, before adding up.",
    ),
    Misconception(
        name="absolute-value-of-each-vector",
        edits=((_L1, "np.sum(np.abs(yhat) - np.abs(y))"),),
        message="The absolute values are taken before the difference. Take the difference first.",
    ),
    Misconception(
        name="parenthesis-closed-too-early",
        edits=((_L1, "np.sum(np.abs(yhat) - y)"),),
        message=("The absolute value is taken of the predictions only, and not of the difference."),
    ),
    Misconception(name="mean", edits=((_L1, "np.mean(np.abs(yhat - y))"),), message=_AVERAGED),
    Misconception(
        name="squared",
        edits=((_L1, "np.sum((yhat - y) ** 2)"),),
        message="The errors are squared: this is the L2 loss, the next exercise. The L1 loss adds "
        "up their absolute values.",
    ),
    Misconception(
        name="euclidean-norm",
        edits=((_L1, "np.linalg.norm(yhat - y)"),),
        message="Without a second argument NumPy's norm is the Euclidean one, the square root of "
        "the sum of squares. The L1 loss adds up absolute values.",
    ),
    Misconception(
        name="largest-error",
        edits=((_L1, "np.max(np.abs(yhat - y))"),),
        message="This is the largest error alone. The loss adds up the errors of all examples.",
    ),
    Misconception(name="not-summed", edits=((_L1, "np.abs(yhat - y)"),), message=_NOT_SUMMED),
    Misconception(name="added", edits=((_L1, "np.sum(np.abs(yhat + y))"),), message=_PLUS),
    Misconception(name="halved", edits=((_L1, "np.sum(np.abs(yhat - y)) / 2"),), message=_HALF),
    Misconception(
        name="predictions-only",
        edits=((_L1, "np.sum(np.abs(yhat))"),),
        message="The true values are not used. The error is the difference between prediction and "
        "true value.",
    ),
    Misconception(
        name="last-example-left-out",
        edits=((_L1, "np.sum(np.abs(yhat[:-1] - y[:-1]))"),),
        message=_LAST_EXAMPLE,
    ),
    Misconception(
        name="first-example-left-out",
        edits=((_L1, "sum(abs(yhat[i] - y[i]) for i in range(1, len(y)))"),),
        message=("The first example is left out. Python counts from 0."),
    ),
    Misconception(
        name="last-error-only",
        code="""
def L1(yhat, y):
    for i in range(len(y)):
        loss = abs(yhat[i] - y[i])
    return loss
""",
        message=(
            "Only the error of the last example counts. In a loop, each error is added to the "
            "sum of those before; it must not replace it."
        ),
    ),
    Misconception(
        name="returned-inside-the-loop",
        code="""
def L1(yhat, y):
    loss = 0
    for i in range(len(y)):
        loss += abs(yhat[i] - y[i])
        return loss
""",
        message=(
            "Only the error of the first example counts. Where there is a loop, `return` "
            "belongs after it, so it must not be indented as far."
        ),
    ),
    Misconception(
        name="second-axis",
        edits=((_L1, "np.sum(np.abs(yhat - y), axis=1)"),),
        message=_NO_SECOND_AXIS,
    ),
    Misconception(
        name="dimension-kept",
        edits=((_L1, "np.sum(np.abs(yhat - y), keepdims=True)"),),
        message=_KEEPDIMS,
    ),
    Misconception(
        name="predictions-rounded",
        edits=((_L1, "np.sum(np.abs(np.round(yhat) - y))"),),
        message=_ROUNDED,
    ),
    Misconception(
        name="number-of-errors", edits=((_L1, "np.sum(yhat != y)"),), message=_NUMBER_OF_ERRORS
    ),
    Misconception(name="cross-entropy", edits=((_L1, _CROSS),), message=_CROSS_ENTROPY),
    Misconception(
        name="square-root-of-each",
        edits=((_L1, "np.sum(np.sqrt(np.abs(yhat - y)))"),),
        message="A square root is taken of each error. The square root undoes a square; there is "
        "none here.",
    ),
    Misconception(name="nothing-returned", edits=(("return loss", ""),), message=_NOTHING),
)

L1_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="other-way-round", edits=((_L1, "np.sum(abs(y - yhat))"),)),
    CorrectVariant(name="sum-of-python", edits=((_L1, "sum(abs(y - yhat))"),)),
    CorrectVariant(name="method", edits=((_L1, "np.abs(y - yhat).sum()"),)),
    CorrectVariant(name="along-the-axis", edits=((_L1, "np.sum(np.abs(y - yhat), axis=0)"),)),
    CorrectVariant(name="norm", edits=((_L1, "np.linalg.norm(y - yhat, ord=1)"),)),
    CorrectVariant(
        name="dot-with-ones", edits=((_L1, "np.dot(np.abs(y - yhat), np.ones(y.shape))"),)
    ),
    CorrectVariant(name="einsum", edits=((_L1, 'np.einsum("i->", np.abs(y - yhat))'),)),
    CorrectVariant(
        name="dot-with-signs", edits=((_L1, "(yhat - y) @ np.sign(np.subtract(yhat, y))"),)
    ),
    CorrectVariant(name="where", edits=((_L1, "np.sum(np.where(yhat > y, yhat - y, y - yhat))"),)),
    CorrectVariant(
        name="larger-minus-smaller",
        edits=((_L1, "(np.maximum(yhat, y) - np.minimum(yhat, y)).sum(keepdims=0)"),),
    ),
    CorrectVariant(
        name="comprehension", edits=((_L1, "sum([abs(a - b) for a, b in zip(yhat, y)])"),)
    ),
    CorrectVariant(
        name="zero-dimensional-array", edits=(("return loss", "return np.array(loss)"),)
    ),
    CorrectVariant(
        name="float-returned", edits=(("return loss", "print(loss)\n    return float(loss)"),)
    ),
    CorrectVariant(
        name="single-precision",
        edits=((_L1, "np.sum(np.abs(yhat.astype(np.float32) - y.astype(np.float32)))"),),
    ),
    CorrectVariant(
        name="loop",
        code="""
def L1(predicted, true):
    total = 0.0
    for i in range(len(true)):
        error = predicted[i] - true[i]
        if error < 0:
            error = -error
        total += error
    return total
""",
    ),
)

L2_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="square-root",
        edits=((_L2, "np.sqrt(np.sum((yhat - y) ** 2))"),),
        message="This is the square root of the loss, the length of the vector of errors. Here the "
        "sum of squares is asked for, without a square root.",
    ),
    Misconception(name="mean", edits=((_L2, "np.mean((yhat - y) ** 2)"),), message=_AVERAGED),
    Misconception(
        name="halved",
        edits=((_L2, "np.sum((yhat - y) ** 2) / 2"),),
        message=_HALF,
    ),
    Misconception(
        name="half-the-mean",
        edits=((_L2, "np.mean((yhat - y) ** 2) / 2"),),
        message="This is half the mean of the squares, as linear regression often has it. This "
        "loss is the sum itself.",
    ),
    Misconception(
        name="absolute-values",
        edits=((_L2, "np.sum(np.abs(yhat - y))"),),
        message="This is the L1 loss again. Here every error is squared.",
    ),
    Misconception(
        name="not-squared",
        edits=((_L2, "np.sum(yhat - y)"),),
        message="The errors are not squared, so positive and negative errors cancel one another.",
    ),
    Misconception(
        name="sum-squared",
        edits=((_L2, "np.sum(yhat - y) ** 2"),),
        message="The sum is squared, when positive and negative errors have cancelled already. "
        "Square each error, then add up.",
    ),
    Misconception(
        name="absolute-sum-squared",
        edits=((_L2, "np.sum(np.abs(yhat - y)) ** 2"),),
        message="The sum is squared. Square each error, then add up: the square of a sum is not "
        "the sum of the squares.",
    ),
    Misconception(
        name="each-vector-squared",
        edits=((_L2, "np.sum(yhat**2 - y**2)"),),
        message="Both vectors are squared and then subtracted. Take the difference first, then "
        "square it.",
    ),
    Misconception(
        name="each-vector-squared-other-way-round",
        edits=((_L2, "np.sum(y**2 - yhat**2)"),),
        message="Each vector is squared by itself, so errors may cancel. The difference comes "
        "first, then the square.",
    ),
    Misconception(
        name="parentheses-forgotten",
        edits=((_L2, "np.sum(yhat - y**2)"),),
        message="Only the true values are squared: a power comes before a difference. The "
        "difference needs parentheses.",
    ),
    Misconception(
        name="product-of-the-two",
        edits=((_L2, "np.dot(yhat, y)"),),
        message="Predictions and true values are multiplied with one another. The loss multiplies "
        "the error with itself.",
    ),
    Misconception(
        name="doubled",
        edits=((_L2, "np.sum((yhat - y) * 2)"),),
        message="The errors are doubled instead of squared: two asterisks raise to a power, one "
        "multiplies.",
    ),
    Misconception(
        name="cubed",
        edits=((_L2, "np.sum(np.abs(yhat - y) ** 3)"),),
        message="The errors are cubed. The loss squares them.",
    ),
    Misconception(
        name="exclusive-or",
        edits=((_L2, "np.sum((yhat - y) ^ 2)"),),
        message="In Python the sign ^ is not a power but an operation on bits, for whole numbers "
        "only. A power is written with two asterisks.",
    ),
    Misconception(
        name="exclusive-or-other-way-round",
        edits=((_L2, "np.sum((y - yhat) ^ 2)"),),
        message="In Python the sign ^ is not a power but an operation on bits, for whole numbers "
        "only. A power is written with two asterisks.",
    ),
    Misconception(
        name="largest-error",
        edits=((_L2, "np.max((yhat - y) ** 2)"),),
        message="This is the largest square alone. The loss adds up the squares of all examples.",
    ),
    Misconception(name="not-summed", edits=((_L2, "(yhat - y) ** 2"),), message=_NOT_SUMMED),
    Misconception(name="added", edits=((_L2, "np.sum((yhat + y) ** 2)"),), message=_PLUS),
    Misconception(
        name="table-of-products",
        edits=((_L2, "np.outer(yhat - y, yhat - y)"),),
        message="Every error is multiplied with every other one, which gives a whole table. Each "
        "error should meet only itself, and the products are added up.",
    ),
    Misconception(
        name="predictions-only",
        edits=((_L2, "np.sum(yhat**2)"),),
        message="The true values are not used. The error is the difference between prediction and "
        "true value.",
    ),
    Misconception(
        name="last-example-left-out",
        edits=((_L2, "np.sum((yhat[:-1] - y[:-1]) ** 2)"),),
        message=_LAST_EXAMPLE,
    ),
    Misconception(
        name="first-example-left-out",
        edits=((_L2, "sum((yhat[i] - y[i]) ** 2 for i in range(1, len(y)))"),),
        message=("The first example is left out. Python counts from 0."),
    ),
    Misconception(
        name="second-axis",
        edits=((_L2, "np.sum((yhat - y) ** 2, axis=1)"),),
        message=_NO_SECOND_AXIS,
    ),
    Misconception(
        name="dimension-kept",
        edits=((_L2, "np.sum((yhat - y) ** 2, keepdims=True)"),),
        message=_KEEPDIMS,
    ),
    Misconception(
        name="predictions-rounded",
        edits=((_L2, "np.sum((np.round(yhat) - y) ** 2)"),),
        message=_ROUNDED,
    ),
    Misconception(
        name="number-of-errors", edits=((_L2, "np.sum(yhat != y)"),), message=_NUMBER_OF_ERRORS
    ),
    Misconception(name="cross-entropy", edits=((_L2, _CROSS),), message=_CROSS_ENTROPY),
    Misconception(name="nothing-returned", edits=(("return loss", ""),), message=_NOTHING),
)

L2_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="dot", edits=((_L2, "np.dot(y - yhat, y - yhat)"),)),
    CorrectVariant(
        name="sum-of-a-dot", edits=((_L2, "np.sum(np.dot(abs(y - yhat), abs(y - yhat)))"),)
    ),
    CorrectVariant(name="dot-transposed", edits=((_L2, "np.dot((yhat - y), (yhat - y).T)"),)),
    CorrectVariant(name="matmul-operator", edits=((_L2, "(yhat - y) @ (yhat - y)"),)),
    CorrectVariant(name="np-matmul", edits=((_L2, "np.matmul(yhat - y, yhat - y)"),)),
    CorrectVariant(name="np-square", edits=((_L2, "np.square(y - yhat).sum()"),)),
    CorrectVariant(name="np-power", edits=((_L2, "np.sum(np.power(yhat - y, 2))"),)),
    CorrectVariant(name="np-multiply", edits=((_L2, "sum(np.multiply(yhat - y, yhat - y))"),)),
    CorrectVariant(name="norm-squared", edits=((_L2, "np.linalg.norm(yhat - y) ** 2"),)),
    CorrectVariant(name="inner", edits=((_L2, "np.inner(y - yhat, y - yhat)"),)),
    CorrectVariant(name="einsum", edits=((_L2, 'np.einsum("i,i->", y - yhat, y - yhat)'),)),
    CorrectVariant(
        name="multiplied-out",
        edits=((_L2, "np.sum(yhat**2) - 2 * np.sum(yhat * y) + np.sum(y**2)"),),
    ),
    CorrectVariant(
        name="comprehension", edits=((_L2, "sum([(a - b) ** 2 for a, b in zip(y, yhat)])"),)
    ),
    CorrectVariant(
        name="zero-dimensional-array", edits=(("return loss", "return np.array(loss)"),)
    ),
    CorrectVariant(
        name="float-returned", edits=(("return loss", "print(loss)\n    return float(loss)"),)
    ),
    CorrectVariant(
        name="single-precision",
        edits=((_L2, "np.sum((yhat.astype(np.float32) - y.astype(np.float32)) ** 2)"),),
    ),
    CorrectVariant(
        name="loop",
        code="""
def L2(predicted, true):
    total = 0
    for i in range(true.shape[0]):
        total = total + (predicted[i] - true[i]) * (predicted[i] - true[i])
    return total
""",
    ),
)
