"""Wrong and right ways to write the cost function."""

_COST = "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"

COMPUTE_COST_MISCONCEPTIONS = {
    "minus-sign-forgotten": (
        {_COST: "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"},
        "The cost is negative: it has the wrong sign. Logarithms of probabilities are negative, "
        "and the cost should be positive.",
    ),
    "second-term-forgotten": (
        {_COST: "-np.sum(Y * np.log(AL)) / m"},
        "Only the examples with label 1 count. Those with label 0 need the second term of the "
        "formula.",
    ),
    "first-term-forgotten": (
        {_COST: "-np.sum((1 - Y) * np.log(1 - AL)) / m"},
        "Only the examples with label 0 count. Those with label 1 need the first term of the "
        "formula.",
    ),
    "sum-instead-of-mean": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"},
        "The costs of the examples are added up but not averaged, so the result grows with the "
        "number of examples.",
    ),
    "averaged-twice": (
        {_COST: "-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"},
        "The cost is divided by the number of examples twice. A mean has the division inside "
        "already.",
    ),
    "multiplied-by-m": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) * m"},
        "The sum is multiplied by the number of examples. A mean divides by it.",
    ),
    "half-the-cost": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (2 * m)"},
        "The cost is half of what it should be. The factor 1/2 belongs to the squared error, not "
        "to the cross-entropy.",
    ),
    "last-example-only-counted-in-m": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (m - 1)"},
        "The sum is divided by one less than the number of examples. This is a plain mean.",
    ),
    "not-summed": (
        {_COST: "-(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"},
        "The result still has one entry for each example. The cost is a single number: the "
        "entries have to be added up.",
    ),
    "both-logarithms-of-AL": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(AL)) / m"},
        "Both terms take the logarithm of AL. The probability of label 0 is 1 minus that of label "
        "1.",
    ),
    "both-terms-weighted-by-Y": (
        {_COST: "-np.sum(Y * np.log(AL) + Y * np.log(1 - AL)) / m"},
        "Both terms are switched on by label 1. The second one is for the examples whose label is "
        "0.",
    ),
    "terms-swapped": (
        {_COST: "-np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL)) / m"},
        "The two terms are swapped: a good prediction gets a high cost. Where the label is 1, the "
        "cost depends on the probability of 1.",
    ),
    "AL-and-Y-swapped": (
        {_COST: "-np.sum(AL * np.log(Y) + (1 - AL) * np.log(1 - Y)) / m"},
        "Labels and predictions are swapped: the logarithm of a label 0 is minus infinity. The "
        "logarithm takes the predictions.",
    ),
    "minus-between-the-terms": (
        {_COST: "-np.sum(Y * np.log(AL) - (1 - Y) * np.log(1 - AL)) / m"},
        "One term is subtracted from the other. They are added, and one minus sign goes before "
        "the whole.",
    ),
    "parentheses-of-the-second-label-forgotten": (
        {_COST: "-np.sum(Y * np.log(AL) + 1 - Y * np.log(1 - AL)) / m"},
        "In the second term only Y is multiplied by the logarithm. It is 1 - Y that should be.",
    ),
    "factor-on-the-first-term-only": (
        {_COST: "-np.sum(Y * np.log(AL)) / m + np.sum((1 - Y) * np.log(1 - AL))"},
        "Only the first term is divided by the number of examples and turned positive. Both terms "
        "belong in the sum.",
    ),
    "only-the-first-term-summed": (
        {_COST: "-np.sum(Y * np.log(AL)) / m + (1 - Y) * np.log(1 - AL)"},
        "Only the first term is added up over the examples; the second still has one entry for "
        "each. Both belong in the sum.",
    ),
    "logarithm-to-base-10": (
        {_COST: "-np.sum(Y * np.log10(AL) + (1 - Y) * np.log10(1 - AL)) / m"},
        "The logarithm has base 10. The formula means the natural logarithm.",
    ),
    "logarithm-to-base-2": (
        {_COST: "-np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / m"},
        "The logarithm has base 2. The formula means the natural logarithm.",
    ),
    "logarithm-forgotten": (
        {_COST: "-np.sum(Y * AL + (1 - Y) * (1 - AL)) / m"},
        "The logarithms are missing. They are what makes a sure but wrong prediction very costly.",
    ),
    "squared-error": (
        {_COST: "np.sum((AL - Y) ** 2) / m"},
        "This is the squared error. The exercise asks for the cross-entropy, which goes with the "
        "sigmoid.",
    ),
    "squared-error-summed": (
        {_COST: "np.sum((AL - Y) ** 2)"},
        "This is the squared error, added up and not averaged. The exercise asks for the "
        "cross-entropy, which goes with the sigmoid.",
    ),
    "squared-error-halved": (
        {_COST: "np.sum((AL - Y) ** 2) / (2 * m)"},
        "This is half the mean squared error, the cost of linear regression. The exercise asks "
        "for the cross-entropy, which goes with the sigmoid.",
    ),
    "mean-absolute-error": (
        {_COST: "np.sum(np.abs(AL - Y)) / m"},
        "This is the mean distance between labels and predictions. The exercise asks for the "
        "cross-entropy, which uses logarithms.",
    ),
    "predictions-rounded-first": (
        {_COST: "np.sum(np.round(AL) != Y) / m"},
        "This is the share of wrong predictions. The cost looks at how sure the predictions are, "
        "so they must not be rounded.",
    ),
    "m-of-the-example": (
        {_COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / 3"},
        "The number of examples is taken to be 3, as in the example of the notebook. It changes "
        "from call to call: take it from the labels.",
    ),
    "matrix-product-without-transpose": (
        {_COST: "-(np.dot(Y, np.log(AL)) + np.dot(1 - Y, np.log(1 - AL))) / m"},
        "Two rows cannot be multiplied as matrices. Either multiply element by element and add "
        "up, or turn one of the rows into a column.",
    ),
    "matrix-product-of-a-column-with-a-row": (
        {_COST: "-np.sum(np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL))) / m"},
        "A column times a row gives a whole table: each label met every prediction. Each label "
        "should meet only its own.",
    ),
    "predictions-clipped-hard": (
        {_COST: "-np.sum(Y * np.log(AL + 0.01) + (1 - Y) * np.log(1 - AL + 0.01)) / m"},
        "A constant inside the logarithm changes the cost. If it is meant to guard against the "
        "logarithm of zero, it has to be very much smaller.",
    ),
    "nothing-returned": (
        {"return cost": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

COMPUTE_COST_CORRECT = {
    "mean": {_COST: "-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"},
    "dot-products": {_COST: "-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / m"},
    "matmul-operator": {_COST: "(-1 / m) * (Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T)"},
    "divided-by-minus-m": {_COST: "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / -m"},
    "np-multiply": {
        _COST: (
            "np.multiply(-1 / m, np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, "
            "np.log(1 - AL))))"
        )
    },
    "einsum": {
        _COST: (
            '-np.einsum("ij,ij->", Y, np.log(AL)) / m - np.einsum("ij,ij->", 1 - Y, '
            "np.log1p(-AL)) / m"
        )
    },
    "probability-of-the-label": {_COST: "-np.mean(np.log(np.where(Y == 1, AL, 1 - AL)))"},
    "summed-over-an-axis": {
        _COST: "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1, keepdims=1) / m"
    },
    "loop": """
import math

def compute_cost(A, labels):
    m = labels.shape[1]
    total = 0.0
    for i in range(m):
        total += -math.log(A[0, i]) if labels[0, i] == 1 else -math.log(1 - A[0, i])
    return total / m
""",
    "float-returned": {"return cost": "print(cost)\n    return float(cost)"},
    "zero-dimensional-array": {"return cost": "return np.array(cost)"},
    "tiny-guard-in-the-logarithm": {
        _COST: "-np.sum(Y * np.log(AL + 1e-9) + (1 - Y) * np.log(1 - AL + 1e-9)) / m"
    },
    "logarithms-of-single-precision": {
        _COST: (
            "-np.sum(Y * np.log(AL.astype(np.float32)) + (1 - Y) * np.log(1 - "
            "AL.astype(np.float32))) / m"
        )
    },
}
