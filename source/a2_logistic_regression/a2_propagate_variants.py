"""Wrong and right ways to write one pass forward and backward."""

_A = "sigmoid(np.dot(w.T, X) + b)"
_COST = "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"
_COST_BY_DOTS = "-(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m"
_DW = "np.dot(X, (A - Y).T) / m"
_DB = "np.sum(A - Y) / m"
_M = "m = X.shape[1]"
_GRADS = 'grads = {"dw": dw, "db": db}'

_FORWARD = {
    "sigmoid-forgotten": (
        {_A: "np.dot(w.T, X) + b"},
        "A is the weighted sum itself, without the sigmoid. The logarithm of a negative number is "
        "not a number.",
    ),
    "bias-forgotten": (
        {_A: "sigmoid(np.dot(w.T, X))"},
        "The bias is missing: it is added to the weighted sum, before the sigmoid.",
    ),
    "bias-after-the-sigmoid": (
        {_A: "sigmoid(np.dot(w.T, X)) + b"},
        "The bias is added after the sigmoid. It is a part of the sum that goes in.",
    ),
    "bias-subtracted": (
        {_A: "sigmoid(np.dot(w.T, X) - b)"},
        "The bias is subtracted from the weighted sum. It is added.",
    ),
    "bias-added-to-the-examples": (
        {_A: "sigmoid(np.dot(w.T, X + b))"},
        "The bias is added to the examples, before the product. It is added to the weighted sum.",
    ),
    "weights-not-transposed": (
        {_A: "sigmoid(np.dot(w, X) + b)"},
        "w is a column, and a column does not fit before X. It has to be turned into a row first: "
        "the inner sizes of a product must agree.",
    ),
    "examples-transposed-too": (
        {_A: "sigmoid(np.dot(w.T, X.T) + b)"},
        "X is transposed. Its columns are the examples already; only w has to be turned.",
    ),
    "factors-exchanged": (
        {_A: "sigmoid(np.dot(X.T, w) + b)"},
        "The probabilities form a column, but the labels are a row. The transposed weights come "
        "first, then X.",
    ),
    "entry-by-entry-product": (
        {_A: "sigmoid(w * X + b)"},
        "`*` multiplies entry by entry, so nothing is added up over the features. The matrix "
        "product does both.",
    ),
    "entry-by-entry-product-and-dot-products": (
        {_A: "sigmoid(w * X + b)", _COST: _COST_BY_DOTS},
        "In the weighted sum `*` multiplies entry by entry, so nothing is added up over the "
        "features. The matrix product does both.",
    ),
    "transposed-weights-entry-by-entry": (
        {_A: "sigmoid(w.T * X + b)"},
        "In the weighted sum `*` multiplies entry by entry. The transposed weights times X are "
        "meant as a matrix product.",
    ),
    "transposed-weights-entry-by-entry-and-dot-products": (
        {_A: "sigmoid(w.T * X + b)", _COST: _COST_BY_DOTS},
        "In the weighted sum `*` multiplies entry by entry. The transposed weights times X are "
        "meant as a matrix product.",
    ),
    "hyperbolic-tangent": (
        {_A: "np.tanh(np.dot(w.T, X) + b)"},
        "The hyperbolic tangent is used. For a probability the sigmoid is needed.",
    ),
    "sigmoid-twice": (
        {_A: "sigmoid(sigmoid(np.dot(w.T, X) + b))"},
        "The sigmoid is applied twice.",
    ),
    "predictions-for-probabilities": (
        {_A: "(sigmoid(np.dot(w.T, X) + b) > 0.5) * 1.0"},
        "The probabilities are turned into decisions already. The cost needs to know how sure the "
        "unit is.",
    ),
}

_OF_THE_COST = {
    "minus-sign-of-the-cost": (
        {_COST: "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"},
        "The cost is negative: it has the wrong sign. Logarithms of probabilities are negative, "
        "and the cost should be positive.",
    ),
    "second-term-forgotten": (
        {_COST: "-np.sum(Y * np.log(A)) / m"},
        "In the cost only the cats count. The examples with label 0 need the second term of the "
        "formula.",
    ),
    "first-term-forgotten": (
        {_COST: "-np.sum((1 - Y) * np.log(1 - A)) / m"},
        "In the cost only the non-cats count. The examples with label 1 need the first term of "
        "the formula.",
    ),
    "cost-not-averaged": (
        {_COST: "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))"},
        "The losses are added up but not averaged, so the cost grows with the number of examples.",
    ),
    "cost-averaged-twice": (
        {_COST: "-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"},
        "The cost is divided by the number of examples twice. A mean has the division inside "
        "already.",
    ),
    "cost-multiplied-by-m": (
        {_COST: "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) * m"},
        "The sum of the losses is multiplied by the number of examples. A mean divides by it.",
    ),
    "cost-not-summed": (
        {_COST: "-(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"},
        "The cost still has one entry for each example. It is a single number: the entries have "
        "to be added up.",
    ),
    "half-the-cost": (
        {_COST: "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / (2 * m)"},
        "The cost is half of what it should be. The factor 1/2 belongs to the squared error, not "
        "to the cross-entropy.",
    ),
    "terms-exchanged": (
        {_COST: "-np.sum((1 - Y) * np.log(A) + Y * np.log(1 - A)) / m"},
        "The two terms of the cost are swapped: a good prediction gets a high cost. Where the "
        "label is 1, the loss depends on the probability of 1.",
    ),
    "both-logarithms-of-A": (
        {_COST: "-np.sum(Y * np.log(A) + (1 - Y) * np.log(A)) / m"},
        "Both terms of the cost take the logarithm of A. The probability of label 0 is 1 minus "
        "that of label 1.",
    ),
    "both-terms-weighted-by-Y": (
        {_COST: "-np.sum(Y * np.log(A) + Y * np.log(1 - A)) / m"},
        "Both terms of the cost are switched on by label 1. The second one is for the examples "
        "whose label is 0.",
    ),
    "labels-without-parentheses": (
        {_COST: "-np.sum(Y * np.log(A) + 1 - Y * np.log(1 - A)) / m"},
        "In the second term of the cost only Y is multiplied by the logarithm. It is 1 - Y that "
        "should be.",
    ),
    "logarithm-of-the-difference-misplaced": (
        {_COST: "-np.sum(Y * np.log(A) + (1 - Y) * (1 - np.log(A))) / m"},
        "In the second term of the cost the logarithm is subtracted from 1. The difference, 1 "
        "minus A, belongs inside the logarithm.",
    ),
    "minus-between-the-terms": (
        {_COST: "-np.sum(Y * np.log(A) - (1 - Y) * np.log(1 - A)) / m"},
        "One term of the cost is subtracted from the other. They are added, and the minus sign is "
        "for both.",
    ),
    "factor-on-the-first-term-only": (
        {_COST: "-1 / m * np.sum(Y * np.log(A)) + np.sum((1 - Y) * np.log(1 - A))"},
        "Only the first term of the cost is averaged and turned positive. Both terms belong in "
        "the sum.",
    ),
    "A-and-Y-exchanged": (
        {_COST: "-np.sum(A * np.log(Y) + (1 - A) * np.log(1 - Y)) / m"},
        "Labels and predictions are swapped in the cost: the logarithm of a label 0 is minus "
        "infinity. The logarithm takes the predictions.",
    ),
    "logarithm-to-base-10": (
        {_COST: "-np.sum(Y * np.log10(A) + (1 - Y) * np.log10(1 - A)) / m"},
        "The logarithm has base 10. The formula means the natural logarithm.",
    ),
    "logarithm-to-base-2": (
        {_COST: "-np.sum(Y * np.log2(A) + (1 - Y) * np.log2(1 - A)) / m"},
        "The logarithm has base 2. The formula means the natural logarithm.",
    ),
    "squared-error": (
        {_COST: "np.sum((A - Y) ** 2) / m"},
        "The cost is the squared error. The exercise asks for the cross-entropy, which goes with "
        "the sigmoid.",
    ),
    "squared-error-halved": (
        {_COST: "np.sum((A - Y) ** 2) / (2 * m)"},
        "The cost is half the squared error, as in linear regression. The exercise asks for the "
        "cross-entropy, which goes with the sigmoid.",
    ),
    "labels-not-transposed": (
        {_COST: "-(np.dot(Y, np.log(A)) + np.dot(1 - Y, np.log(1 - A))) / m"},
        "In the cost, the factors of a matrix product do not fit. Labels and predictions are "
        "rows, both of them; if yours are, multiply entry by entry and add up, or turn one of the "
        "two into a column.",
    ),
    "column-with-row-in-the-cost": (
        {_COST: "-np.sum(np.dot(Y.T, np.log(A)) + np.dot((1 - Y).T, np.log(1 - A))) / m"},
        "A column times a row gives a whole table: in the cost each label met every prediction. "
        "Each label should meet only its own.",
    ),
    "cost-as-a-matrix": (
        {_COST: _COST_BY_DOTS, "cost = np.squeeze(np.array(cost))": "pass"},
        "The value of the cost is right, but it is a matrix of shape (1, 1), as a row times a "
        "column is. The given line with np.squeeze makes a number of it.",
    ),
}

_BACKWARD = {
    "gradients-turned-round": (
        {_DW: "np.dot(X, (Y - A).T) / m", _DB: "np.sum(Y - A) / m"},
        "Both gradients have the wrong sign. The error is what was predicted minus what is true.",
    ),
    "dw-turned-round": (
        {_DW: "np.dot(X, (Y - A).T) / m"},
        "dw has the wrong sign. The error is what was predicted minus what is true.",
    ),
    "db-turned-round": (
        {_DB: "np.sum(Y - A) / m"},
        "db has the wrong sign. The error is what was predicted minus what is true.",
    ),
    "gradients-not-averaged": (
        {_DW: "np.dot(X, (A - Y).T)", _DB: "np.sum(A - Y)"},
        "The gradients are added up over the examples but not averaged. The cost is a mean, so "
        "its gradients are means as well.",
    ),
    "dw-not-averaged": (
        {_DW: "np.dot(X, (A - Y).T)"},
        "dw is only added up over the examples. It has to be averaged, as db is.",
    ),
    "db-not-averaged": (
        {_DB: "np.sum(A - Y)"},
        "db is only added up over the examples. It has to be averaged, as dw is.",
    ),
    "db-averaged-twice": (
        {_DB: "np.mean(A - Y) / m"},
        "db is divided by the number of examples twice. A mean has the division inside already.",
    ),
    "nothing-averaged": (
        {
            _COST: "-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
            _DW: "np.dot(X, (A - Y).T)",
            _DB: "np.sum(A - Y)",
        },
        "Cost and gradients are added up over the examples but not averaged: the division by m is "
        "missing everywhere, or m is 1 (the rows of Y are not the examples).",
    ),
    "errors-not-transposed": (
        {_DW: "np.dot(X, A - Y) / m"},
        "In dw the shapes do not fit: X has a column for each example, so the errors must have a "
        "row for each. Turn them.",
    ),
    "only-the-labels-transposed": (
        {_DW: "np.dot(X, A - Y.T) / m"},
        "In dw only the labels are transposed, and a row minus a column makes a table. The "
        "difference is taken first, then it is transposed.",
    ),
    "dw-entry-by-entry": (
        {_DW: "X * (A - Y).T / m"},
        "In dw `*` multiplies entry by entry, for which the shapes do not fit. X times the "
        "transposed errors is meant as a matrix product.",
    ),
    "X-transposed": (
        {_DW: "np.dot(X.T, A - Y) / m"},
        "In dw the wrong matrix is transposed. Write the shapes down: which product gives the "
        "shape of w?",
    ),
    "both-transposed": (
        {_DW: "np.dot(X.T, (A - Y).T) / m"},
        "In dw X is transposed as well. Write the shapes down: which product gives the shape of w?",
    ),
    "dw-as-a-row": (
        {_DW: "np.dot(A - Y, X.T) / m"},
        "dw is a row, but w is a column. A gradient has the same shape as what it belongs to.",
    ),
    "dw-of-rank-one": (
        {_DW: "np.sum(X * (A - Y), axis=1) / m"},
        "The values of dw are right, but its shape is (n_x,): the sum has dropped an axis. w has "
        "two.",
    ),
    "dw-not-summed": (
        {_DW: "X * (A - Y) / m"},
        "dw still has a column for each example. The contributions of all examples have to be "
        "added up.",
    ),
    "dw-summed-to-a-number": (
        {_DW: "np.sum(np.dot(X, (A - Y).T)) / m"},
        "dw is added up to a single number. Each weight has a gradient of its own.",
    ),
    "dw-summed-over-the-features": (
        {_DW: "np.sum(X * (A - Y), axis=0, keepdims=True) / m"},
        "dw is added up over the features, which leaves an entry for each example. It is the "
        "other way round.",
    ),
    "dw-from-the-predictions": (
        {_DW: "np.dot(X, A.T) / m"},
        "dw uses the predictions alone. The labels are what the error is measured against.",
    ),
    "db-from-the-predictions": (
        {_DB: "np.sum(A) / m"},
        "db uses the predictions alone. The labels are what the error is measured against.",
    ),
    "slope-of-the-sigmoid-twice": (
        {_DW: "np.dot(X, ((A - Y) * A * (1 - A)).T) / m", _DB: "np.sum((A - Y) * A * (1 - A)) / m"},
        "The errors are multiplied by the slope of the sigmoid once more. In A - Y it has "
        "cancelled out already.",
    ),
    "error-without-parentheses": (
        {_DW: "(np.dot(X, A.T) - np.mean(Y)) / m"},
        "In dw the labels are subtracted after the product. The error comes first.",
    ),
    "db-not-summed": (
        {_DB: "(A - Y) / m"},
        "db still has an entry for each example. There is only one bias: the entries have to be "
        "added up.",
    ),
    "db-summed-over-axis-zero": (
        {_DB: "np.sum(A - Y, axis=0) / m"},
        "db is added up along the wrong axis: there is only one row. The sum runs over the "
        "examples.",
    ),
    "db-from-dw": (
        {_DB: "np.sum(dw) / m"},
        "db is made of dw. It is the mean of the errors themselves, since the bias is added with "
        "the factor 1.",
    ),
    "db-as-the-sum-of-dw": (
        {_DB: "np.sum(dw)"},
        "db is the sum of dw. It is the mean of the errors themselves, since the bias is added "
        "with the factor 1.",
    ),
    "m-is-the-number-of-features": (
        {_M: "m = X.shape[0]"},
        "m is the number of rows of X, which are the features. The examples are its columns.",
    ),
    "m-of-the-example": (
        {_M: "m = 3"},
        "The number of examples is taken to be 3, as in the example of the notebook. It changes "
        "from call to call: take it from X.",
    ),
    "m-of-the-images": (
        {_M: "m = 209"},
        "The number of examples is taken to be 209, that of the notebook's images. It changes "
        "from call to call: take it from X.",
    ),
    "gradients-exchanged": (
        {_GRADS: 'grads = {"dw": db, "db": dw}'},
        "The two gradients are stored under each other's names.",
    ),
    "keys-without-d": (
        {_GRADS: 'grads = {"w": dw, "b": db}'},
        'The gradients are called "dw" and "db" in the dictionary; that line was given.',
    ),
    "returned-in-the-wrong-order": (
        {"return grads, cost": "return cost, grads"},
        "The gradients come first, then the cost: the last line was given.",
    ),
    "gradients-as-a-tuple": (
        {"return grads, cost": "return (dw, db), cost"},
        "The gradients are returned as a tuple. Put them into the dictionary, as the given lines "
        "do.",
    ),
    "gradients-one-by-one": (
        {"return grads, cost": "return dw, db, cost"},
        "Three values are returned. The gradients come together in their dictionary, then the "
        "cost: the last line was given.",
    ),
    "nothing-returned": (
        {"return grads, cost": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

MISCONCEPTIONS = _FORWARD | _OF_THE_COST | _BACKWARD

CORRECT = {
    "db-of-one-entry": {_DB: "np.sum(A - Y, axis=1) / m"},
    "db-with-keepdims": {_DB: "np.sum(A - Y, axis=1, keepdims=True) / m"},
    "operators": {_A: "sigmoid(w.T @ X + b)", _DW: "(X @ (A - Y).T) / m"},
    "matmul": {
        _A: "sigmoid(np.add(np.matmul(w.transpose(), X), b))",
        _DW: "(1 / m) * np.matmul(X, np.subtract(A, Y).transpose())",
    },
    "means": {
        _COST: "-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
        _DW: "np.mean(X * (A - Y), axis=1, keepdims=True)",
        _DB: "np.mean(A - Y)",
    },
    "cost-by-dot-products": {_COST: _COST_BY_DOTS},
    "cost-by-np-multiply": {
        _COST: (
            "np.multiply(-1 / m, np.sum(np.multiply(Y, np.log(A)) + np.multiply(1 - Y, "
            "np.log(1 - A))))"
        )
    },
    "cost-divided-by-minus-m": {
        _COST: "np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A), axis=1) / -m"
    },
    "einsum": {
        _A: 'sigmoid(np.einsum("ji,jk->ik", w, X) + b)',
        _COST: '-np.einsum("ij->", np.where(Y == 1, np.log(A), np.log(1 - A))) / m',
        _DW: 'np.einsum("jk,ik->ji", X, A - Y) / m',
    },
    "errors-first": {
        _DW: "np.dot(A - Y, X.T).T / m",
        _DB: "float(np.squeeze(np.sum(A - Y, axis=1, keepdims=True))) / m",
    },
    "error-by-name": {
        "dw = " + _DW: "dz = np.subtract(A, Y)\n    dw = 1 / m * (X @ dz.T)",
        _DB: "np.array(1 / m * np.sum(dz))",
    },
    "whole-chain-rule": {
        "dw = " + _DW: (
            "dA = -(np.divide(Y, A) - np.divide(1 - Y, 1 - A)) / m\n"
            "    dZ = dA * A * (1 - A)\n"
            "    dw = np.dot(X, dZ.T)"
        ),
        _DB: "np.sum(dZ)",
    },
    "float-cost": {"cost = np.squeeze(np.array(cost))": "cost = float(np.squeeze(cost))"},
    "cost-not-squeezed": {"cost = np.squeeze(np.array(cost))": "pass"},
    "older-edition": """
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
    "loops": """
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
    "more-in-the-dictionary": {_GRADS: 'grads = {"dw": dw, "db": db, "dZ": A - Y}'},
    "single-precision": {_DW: "(np.dot(X, (A - Y).T) / m).astype(np.float32)"},
    "tiny-guard-in-the-logarithm": {
        _COST: "-np.sum(Y * np.log(A + 1e-12) + (1 - Y) * np.log(1 - A + 1e-12)) / m"
    },
}
