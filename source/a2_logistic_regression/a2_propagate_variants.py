"""Wrong and right ways to write one pass forward and backward."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_A = "sigmoid(np.dot(w.T, X) + b)"
_COST = "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"
_COST_BY_DOTS = "-(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m"
_DW = "np.dot(X, (A - Y).T) / m"
_DB = "np.sum(A - Y) / m"
_M = "m = X.shape[1]"
_GRADS = 'grads = {"dw": dw, "db": db}'

_FORWARD: tuple[Misconception, ...] = (
    Misconception(
        name="sigmoid-forgotten",
        edits=((_A, "np.dot(w.T, X) + b"),),
        message="A is the weighted sum itself, without the sigmoid. The logarithm of a negative "
        "number is not a number.",
    ),
    Misconception(
        name="bias-forgotten",
        edits=((_A, "sigmoid(np.dot(w.T, X))"),),
        message="The bias is missing: it is added to the weighted sum, before the sigmoid.",
    ),
    Misconception(
        name="bias-after-the-sigmoid",
        edits=((_A, "sigmoid(np.dot(w.T, X)) + b"),),
        message=("The bias is added after the sigmoid. It is a part of the sum that goes in."),
    ),
    Misconception(
        name="bias-subtracted",
        edits=((_A, "sigmoid(np.dot(w.T, X) - b)"),),
        message="The bias is subtracted from the weighted sum. It is added.",
    ),
    Misconception(
        name="bias-added-to-the-examples",
        edits=((_A, "sigmoid(np.dot(w.T, X + b))"),),
        message=(
            "The bias is added to the examples, before the product. It is added to the weighted"
            " sum."
        ),
    ),
    Misconception(
        name="weights-not-transposed",
        edits=((_A, "sigmoid(np.dot(w, X) + b)"),),
        message="w is a column, and a column does not fit before X. It has to be turned into a "
        "row first: the inner sizes of a product must agree.",
    ),
    Misconception(
        name="examples-transposed-too",
        edits=((_A, "sigmoid(np.dot(w.T, X.T) + b)"),),
        message="X is transposed. Its columns are the examples already; only w has to be turned.",
    ),
    Misconception(
        name="factors-exchanged",
        edits=((_A, "sigmoid(np.dot(X.T, w) + b)"),),
        message="The probabilities form a column, but the labels are a row. The transposed weights "
        "come first, then X.",
    ),
    Misconception(
        name="entry-by-entry-product",
        edits=((_A, "sigmoid(w * X + b)"),),
        message="`*` multiplies entry by entry, so nothing is added up over the features. The "
        "matrix product does both.",
    ),
    Misconception(
        name="entry-by-entry-product-and-dot-products",
        edits=((_A, "sigmoid(w * X + b)"), (_COST, _COST_BY_DOTS)),
        message="In the weighted sum `*` multiplies entry by entry, so nothing is added up over "
        "the features. The matrix product does both.",
    ),
    Misconception(
        name="transposed-weights-entry-by-entry",
        edits=((_A, "sigmoid(w.T * X + b)"),),
        message="In the weighted sum `*` multiplies entry by entry. The transposed weights times X "
        "are meant as a matrix product.",
    ),
    Misconception(
        name="transposed-weights-entry-by-entry-and-dot-products",
        edits=((_A, "sigmoid(w.T * X + b)"), (_COST, _COST_BY_DOTS)),
        message="In the weighted sum `*` multiplies entry by entry. The transposed weights times X "
        "are meant as a matrix product.",
    ),
    Misconception(
        name="hyperbolic-tangent",
        edits=((_A, "np.tanh(np.dot(w.T, X) + b)"),),
        message="The hyperbolic tangent is used. For a probability the sigmoid is needed.",
    ),
    Misconception(
        name="sigmoid-twice",
        edits=((_A, "sigmoid(sigmoid(np.dot(w.T, X) + b))"),),
        message="The sigmoid is applied twice.",
    ),
    Misconception(
        name="predictions-for-probabilities",
        edits=((_A, "(sigmoid(np.dot(w.T, X) + b) > 0.5) * 1.0"),),
        message="The probabilities are turned into decisions already. The cost needs to know how "
        "sure the unit is.",
    ),
)

_OF_THE_COST: tuple[Misconception, ...] = (
    Misconception(
        name="minus-sign-of-the-cost",
        edits=((_COST, "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"),),
        message=(
            "The cost is negative: it has the wrong sign. Logarithms of probabilities are "
            "negative, and the cost should be positive."
        ),
    ),
    Misconception(
        name="second-term-forgotten",
        edits=((_COST, "-np.sum(Y * np.log(A)) / m"),),
        message="In the cost only the cats count. The examples with label 0 need the second term "
        "of the formula.",
    ),
    Misconception(
        name="first-term-forgotten",
        edits=((_COST, "-np.sum((1 - Y) * np.log(1 - A)) / m"),),
        message="In the cost only the non-cats count. The examples with label 1 need the first "
        "term of the formula.",
    ),
    Misconception(
        name="cost-not-averaged",
        edits=((_COST, "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))"),),
        message="The losses are added up but not averaged, so the cost grows with the number of "
        "examples.",
    ),
    Misconception(
        name="cost-averaged-twice",
        edits=((_COST, "-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"),),
        message="The cost is divided by the number of examples twice. A mean has the division "
        "inside already.",
    ),
    Misconception(
        name="cost-multiplied-by-m",
        edits=((_COST, "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) * m"),),
        message="The sum of the losses is multiplied by the number of examples. A mean divides by "
        "it.",
    ),
    Misconception(
        name="cost-not-summed",
        edits=((_COST, "-(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"),),
        message="The cost still has one entry for each example. It is a single number: the entries "
        "have to be added up.",
    ),
    Misconception(
        name="half-the-cost",
        edits=((_COST, "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / (2 * m)"),),
        message="The cost is half of what it should be. The factor 1/2 belongs to the squared "
        "error, not to the cross-entropy.",
    ),
    Misconception(
        name="terms-exchanged",
        edits=((_COST, "-np.sum((1 - Y) * np.log(A) + Y * np.log(1 - A)) / m"),),
        message="The two terms of the cost are swapped: a good prediction gets a high cost. Where "
        "the label is 1, the loss depends on the probability of 1.",
    ),
    Misconception(
        name="both-logarithms-of-A",
        edits=((_COST, "-np.sum(Y * np.log(A) + (1 - Y) * np.log(A)) / m"),),
        message="Both terms of the cost take the logarithm of A. The probability of label 0 is 1 "
        "minus that of label 1.",
    ),
    Misconception(
        name="both-terms-weighted-by-Y",
        edits=((_COST, "-np.sum(Y * np.log(A) + Y * np.log(1 - A)) / m"),),
        message="Both terms of the cost are switched on by label 1. The second one is for the "
        "examples whose label is 0.",
    ),
    Misconception(
        name="labels-without-parentheses",
        edits=((_COST, "-np.sum(Y * np.log(A) + 1 - Y * np.log(1 - A)) / m"),),
        message=(
            "In the second term of the cost only Y is multiplied by the logarithm. It is 1 - Y "
            "that should be."
        ),
    ),
    Misconception(
        name="logarithm-of-the-difference-misplaced",
        edits=((_COST, "-np.sum(Y * np.log(A) + (1 - Y) * (1 - np.log(A))) / m"),),
        message="In the second term of the cost the logarithm is subtracted from 1. The "
        "difference, 1 minus A, belongs inside the logarithm.",
    ),
    Misconception(
        name="minus-between-the-terms",
        edits=((_COST, "-np.sum(Y * np.log(A) - (1 - Y) * np.log(1 - A)) / m"),),
        message="One term of the cost is subtracted from the other. They are added, and the minus "
        "sign is for both.",
    ),
    Misconception(
        name="factor-on-the-first-term-only",
        edits=((_COST, "-1 / m * np.sum(Y * np.log(A)) + np.sum((1 - Y) * np.log(1 - A))"),),
        message=(
            "Only the first term of the cost is averaged and turned positive. Both terms belong"
            " in the sum."
        ),
    ),
    Misconception(
        name="A-and-Y-exchanged",
        edits=((_COST, "-np.sum(A * np.log(Y) + (1 - A) * np.log(1 - Y)) / m"),),
        message="Labels and predictions are swapped in the cost: the logarithm of a label 0 is "
        "minus infinity. The logarithm takes the predictions.",
    ),
    Misconception(
        name="logarithm-to-base-10",
        edits=((_COST, "-np.sum(Y * np.log10(A) + (1 - Y) * np.log10(1 - A)) / m"),),
        message="The logarithm has base 10. The formula means the natural logarithm.",
    ),
    Misconception(
        name="logarithm-to-base-2",
        edits=((_COST, "-np.sum(Y * np.log2(A) + (1 - Y) * np.log2(1 - A)) / m"),),
        message="The logarithm has base 2. The formula means the natural logarithm.",
    ),
    Misconception(
        name="squared-error",
        edits=((_COST, "np.sum((A - Y) ** 2) / m"),),
        message="The cost is the squared error. The exercise asks for the cross-entropy, which "
        "goes with the sigmoid.",
    ),
    Misconception(
        name="squared-error-halved",
        edits=((_COST, "np.sum((A - Y) ** 2) / (2 * m)"),),
        message="The cost is half the squared error, as in linear regression. The exercise asks "
        "for the cross-entropy, which goes with the sigmoid.",
    ),
    Misconception(
        name="labels-not-transposed",
        edits=((_COST, "-(np.dot(Y, np.log(A)) + np.dot(1 - Y, np.log(1 - A))) / m"),),
        message="In the cost, the factors of a matrix product do not fit. Labels and predictions "
        "are rows, both of them; if yours are, multiply entry by entry and add up, or turn one of "
        "the two into a column.",
    ),
    Misconception(
        name="column-with-row-in-the-cost",
        edits=((_COST, "-np.sum(np.dot(Y.T, np.log(A)) + np.dot((1 - Y).T, np.log(1 - A))) / m"),),
        message="A column times a row gives a whole table: in the cost each label met every "
        "prediction. Each label should meet only its own.",
    ),
    Misconception(
        name="cost-as-a-matrix",
        edits=((_COST, _COST_BY_DOTS), ("cost = np.squeeze(np.array(cost))", "pass")),
        message="The value of the cost is right, but it is a matrix of shape (1, 1), as a row "
        "times a column is. The given line with np.squeeze makes a number of it.",
    ),
)

_BACKWARD: tuple[Misconception, ...] = (
    Misconception(
        name="gradients-turned-round",
        edits=((_DW, "np.dot(X, (Y - A).T) / m"), (_DB, "np.sum(Y - A) / m")),
        message="Both gradients have the wrong sign. The error is what was predicted minus what is "
        "true.",
    ),
    Misconception(
        name="dw-turned-round",
        edits=((_DW, "np.dot(X, (Y - A).T) / m"),),
        message="dw has the wrong sign. The error is what was predicted minus what is true.",
    ),
    Misconception(
        name="db-turned-round",
        edits=((_DB, "np.sum(Y - A) / m"),),
        message="db has the wrong sign. The error is what was predicted minus what is true.",
    ),
    Misconception(
        name="gradients-not-averaged",
        edits=((_DW, "np.dot(X, (A - Y).T)"), (_DB, "np.sum(A - Y)")),
        message="The gradients are added up over the examples but not averaged. The cost is a "
        "mean, so its gradients are means as well.",
    ),
    Misconception(
        name="dw-not-averaged",
        edits=((_DW, "np.dot(X, (A - Y).T)"),),
        message="dw is only added up over the examples. It has to be averaged, as db is.",
    ),
    Misconception(
        name="db-not-averaged",
        edits=((_DB, "np.sum(A - Y)"),),
        message="db is only added up over the examples. It has to be averaged, as dw is.",
    ),
    Misconception(
        name="db-averaged-twice",
        edits=((_DB, "np.mean(A - Y) / m"),),
        message="db is divided by the number of examples twice. A mean has the division inside "
        "already.",
    ),
    Misconception(
        name="nothing-averaged",
        edits=(
            (_COST, "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))"),
            (_DW, "np.dot(X, (A - Y).T)"),
            (_DB, "np.sum(A - Y)"),
        ),
        message="Cost and gradients are added up over the examples but not averaged: the division "
        "by m is missing everywhere, or m is 1 (the rows of Y are not the examples).",
    ),
    Misconception(
        name="errors-not-transposed",
        edits=((_DW, "np.dot(X, A - Y) / m"),),
        message="In dw the shapes do not fit: X has a column for each example, so the errors must "
        "have a row for each. Turn them.",
    ),
    Misconception(
        name="only-the-labels-transposed",
        edits=((_DW, "np.dot(X, A - Y.T) / m"),),
        message=(
            "In dw only the labels are transposed, and a row minus a column makes a table. The "
            "difference is taken first, then it is transposed."
        ),
    ),
    Misconception(
        name="dw-entry-by-entry",
        edits=((_DW, "X * (A - Y).T / m"),),
        message="In dw `*` multiplies entry by entry, for which the shapes do not fit. X times the "
        "transposed errors is meant as a matrix product.",
    ),
    Misconception(
        name="X-transposed",
        edits=((_DW, "np.dot(X.T, A - Y) / m"),),
        message="In dw the wrong matrix is transposed. Write the shapes down: which product gives "
        "the shape of w?",
    ),
    Misconception(
        name="both-transposed",
        edits=((_DW, "np.dot(X.T, (A - Y).T) / m"),),
        message="In dw X is transposed as well. Write the shapes down: which product gives the "
        "shape of w?",
    ),
    Misconception(
        name="dw-as-a-row",
        edits=((_DW, "np.dot(A - Y, X.T) / m"),),
        message="dw is a row, but w is a column. A gradient has the same shape as what it belongs "
        "to.",
    ),
    Misconception(
        name="dw-of-rank-one",
        edits=((_DW, "np.sum(X * (A - Y), axis=1) / m"),),
        message="The values of dw are right, but its shape is (n_x,): the sum has dropped an axis. "
        "w has two.",
    ),
    Misconception(
        name="dw-not-summed",
        edits=((_DW, "X * (A - Y) / m"),),
        message="dw still has a column for each example. The contributions of all examples have to "
        "be added up.",
    ),
    Misconception(
        name="dw-summed-to-a-number",
        edits=((_DW, "np.sum(np.dot(X, (A - Y).T)) / m"),),
        message="dw is added up to a single number. Each weight has a gradient of its own.",
    ),
    Misconception(
        name="dw-summed-over-the-features",
        edits=((_DW, "np.sum(X * (A - Y), axis=0, keepdims=True) / m"),),
        message="dw is added up over the features, which leaves an entry for each example. It is "
        "the other way round.",
    ),
    Misconception(
        name="dw-from-the-predictions",
        edits=((_DW, "np.dot(X, A.T) / m"),),
        message="dw uses the predictions alone. The labels are what the error is measured against.",
    ),
    Misconception(
        name="db-from-the-predictions",
        edits=((_DB, "np.sum(A) / m"),),
        message="db uses the predictions alone. The labels are what the error is measured against.",
    ),
    Misconception(
        name="slope-of-the-sigmoid-twice",
        edits=(
            (_DW, "np.dot(X, ((A - Y) * A * (1 - A)).T) / m"),
            (_DB, "np.sum((A - Y) * A * (1 - A)) / m"),
        ),
        message="The errors are multiplied by the slope of the sigmoid once more. In A - Y it has "
        "cancelled out already.",
    ),
    Misconception(
        name="error-without-parentheses",
        edits=((_DW, "(np.dot(X, A.T) - np.mean(Y)) / m"),),
        message=("In dw the labels are subtracted after the product. The error comes first."),
    ),
    Misconception(
        name="db-not-summed",
        edits=((_DB, "(A - Y) / m"),),
        message="db still has an entry for each example. There is only one bias: the entries have "
        "to be added up.",
    ),
    Misconception(
        name="db-summed-over-axis-zero",
        edits=((_DB, "np.sum(A - Y, axis=0) / m"),),
        message="db is added up along the wrong axis: there is only one row. The sum runs over the "
        "examples.",
    ),
    Misconception(
        name="db-from-dw",
        edits=((_DB, "np.sum(dw) / m"),),
        message="db is made of dw. It is the mean of the errors themselves, since the bias is "
        "added with the factor 1.",
    ),
    Misconception(
        name="db-as-the-sum-of-dw",
        edits=((_DB, "np.sum(dw)"),),
        message="db is the sum of dw. It is the mean of the errors themselves, since the bias is "
        "added with the factor 1.",
    ),
    Misconception(
        name="m-is-the-number-of-features",
        edits=((_M, "m = X.shape[0]"),),
        message="m is the number of rows of X, which are the features. The examples are its "
        "columns.",
    ),
    Misconception(
        name="m-of-the-example",
        edits=((_M, "m = 3"),),
        message=(
            "The number of examples is taken to be 3, as in the example of the notebook. It "
            "changes from call to call: take it from X."
        ),
    ),
    Misconception(
        name="m-of-the-images",
        edits=((_M, "m = 209"),),
        message=(
            "The number of examples is taken to be 209, that of the notebook's images. It "
            "changes from call to call: take it from X."
        ),
    ),
    Misconception(
        name="gradients-exchanged",
        edits=((_GRADS, 'grads = {"dw": db, "db": dw}'),),
        message="The two gradients are stored under each other's names.",
    ),
    Misconception(
        name="keys-without-d",
        edits=((_GRADS, 'grads = {"w": dw, "b": db}'),),
        message='The gradients are called "dw" and "db" in the dictionary; that line was given.',
    ),
    Misconception(
        name="returned-in-the-wrong-order",
        edits=(("return grads, cost", "return cost, grads"),),
        message="The gradients come first, then the cost: the last line was given.",
    ),
    Misconception(
        name="gradients-as-a-tuple",
        edits=(("return grads, cost", "return (dw, db), cost"),),
        message="The gradients are returned as a tuple. Put them into the dictionary, as the given "
        "lines do.",
    ),
    Misconception(
        name="gradients-one-by-one",
        edits=(("return grads, cost", "return dw, db, cost"),),
        message="Three values are returned. The gradients come together in their dictionary, then "
        "the cost: the last line was given.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return grads, cost", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

MISCONCEPTIONS = (*_FORWARD, *_OF_THE_COST, *_BACKWARD)

CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="db-of-one-entry",
        edits=((_DB, "np.sum(A - Y, axis=1) / m"),),
    ),
    CorrectVariant(
        name="db-with-keepdims",
        edits=((_DB, "np.sum(A - Y, axis=1, keepdims=True) / m"),),
    ),
    CorrectVariant(
        name="operators",
        edits=((_A, "sigmoid(w.T @ X + b)"), (_DW, "(X @ (A - Y).T) / m")),
    ),
    CorrectVariant(
        name="matmul",
        edits=(
            (_A, "sigmoid(np.add(np.matmul(w.transpose(), X), b))"),
            (_DW, "(1 / m) * np.matmul(X, np.subtract(A, Y).transpose())"),
        ),
    ),
    CorrectVariant(
        name="means",
        edits=(
            (_COST, "-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))"),
            (_DW, "np.mean(X * (A - Y), axis=1, keepdims=True)"),
            (_DB, "np.mean(A - Y)"),
        ),
    ),
    CorrectVariant(
        name="cost-by-dot-products",
        edits=((_COST, _COST_BY_DOTS),),
    ),
    CorrectVariant(
        name="cost-by-np-multiply",
        edits=(
            (
                _COST,
                "np.multiply(-1 / m, np.sum(np.multiply(Y, np.log(A)) "
                "+ np.multiply(1 - Y, np.log(1 - A))))",
            ),
        ),
    ),
    CorrectVariant(
        name="cost-divided-by-minus-m",
        edits=((_COST, "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A), axis=1) / -m"),),
    ),
    CorrectVariant(
        name="einsum",
        edits=(
            (_A, 'sigmoid(np.einsum("ji,jk->ik", w, X) + b)'),
            (_COST, '-np.einsum("ij->", np.where(Y == 1, np.log(A), np.log(1 - A))) / m'),
            (_DW, 'np.einsum("jk,ik->ji", X, A - Y) / m'),
        ),
    ),
    CorrectVariant(
        name="errors-first",
        edits=(
            (_DW, "np.dot(A - Y, X.T).T / m"),
            (_DB, "float(np.squeeze(np.sum(A - Y, axis=1, keepdims=True))) / m"),
        ),
    ),
    CorrectVariant(
        name="error-by-name",
        edits=(
            ("dw = " + _DW, "dz = np.subtract(A, Y)\n    dw = 1 / m * (X @ dz.T)"),
            (_DB, "np.array(1 / m * np.sum(dz))"),
        ),
    ),
    CorrectVariant(
        name="whole-chain-rule",
        edits=(
            (
                "dw = " + _DW,
                "dA = -(np.divide(Y, A) - np.divide(1 - Y, 1 - A)) / m\n"
                "    dZ = dA * A * (1 - A)\n    dw = np.dot(X, dZ.T)",
            ),
            (_DB, "np.sum(dZ)"),
        ),
    ),
    CorrectVariant(
        name="float-cost",
        edits=(("cost = np.squeeze(np.array(cost))", "cost = float(np.squeeze(cost))"),),
    ),
    CorrectVariant(
        name="cost-not-squeezed",
        edits=(("cost = np.squeeze(np.array(cost))", "pass"),),
    ),
    CorrectVariant(
        name="older-edition",
        code="""
def propagate(w, b, X, Y):
    m = X.shape[1]

    A = sigmoid(np.dot(w.T, X) + b)
    cost = (-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * (np.log(1 - A)))

    dw = (1 / m) * np.dot(X, (A - Y).T)
    db = (1 / m) * (np.sum(A - Y))

    assert(dw.shape == w.shape)
    assert(db.dtype == float)
    cost = np.squeeze(cost)
    assert(cost.shape == ())

    grads = {"dw": dw,
             "db": db}

    return grads, cost
""",
    ),
    CorrectVariant(
        name="loops",
        code="""
import math

def propagate(weights, bias, examples, labels):
    n, m = examples.shape
    total, slope = 0.0, 0.0
    slopes = np.zeros((n, 1))
    for i in range(m):
        z = bias
        for j in range(n):
            z += weights[j, 0] * examples[j, i]
        a = 1 / (1 + math.exp(-z))
        y = labels[0, i]
        total -= y * math.log(a) + (1 - y) * math.log(1 - a)
        slope += a - y
        for j in range(n):
            slopes[j, 0] += (a - y) * examples[j, i]
    return {"db": slope / m, "dw": slopes / m}, total / m
""",
    ),
    CorrectVariant(
        name="more-in-the-dictionary",
        edits=((_GRADS, 'grads = {"dw": dw, "db": db, "dZ": A - Y}'),),
    ),
    CorrectVariant(
        name="single-precision",
        edits=((_DW, "(np.dot(X, (A - Y).T) / m).astype(np.float32)"),),
    ),
    CorrectVariant(
        name="tiny-guard-in-the-logarithm",
        edits=((_COST, "-np.sum(Y * np.log(A + 1e-12) + (1 - Y) * np.log(1 - A + 1e-12)) / m"),),
    ),
)
