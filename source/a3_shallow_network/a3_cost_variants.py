"""Wrong and right ways to write ``compute_cost``."""

from __future__ import annotations

_TERMS = "logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)"
_COST = "cost = -np.sum(logprobs) / m"
_FLOAT = "cost = float(np.squeeze(cost))"

COMPUTE_COST_MISCONCEPTIONS = {
    "minus-sign-forgotten": (
        {_COST: "cost = np.sum(logprobs) / m"},
        "The cost is negative: it has the wrong sign. Logarithms of probabilities are negative, "
        "and the cost should be positive.",
    ),
    "minus-sign-before-unsigned-labels": (
        {
            _TERMS: "logprobs = -Y * np.log(A2) - (1 - Y) * np.log(1 - A2)",
            _COST: "cost = np.sum(logprobs) / m",
        },
        "The labels of the flower have a type without negative numbers, uint8, so that -Y is 255 "
        "where Y is 1. Put the minus sign before the whole sum.",
        "a3_shallow_network#data",
    ),
    "label-minus-one": (
        {_TERMS: "logprobs = Y * np.log(A2) - (Y - 1) * np.log(1 - A2)"},
        "The labels of the flower have a type without negative numbers, uint8, so that Y - 1 is "
        "255 where Y is 0. Write 1 - Y.",
        "a3_shallow_network#data",
    ),
    "second-term-forgotten": (
        {_TERMS: "logprobs = Y * np.log(A2)"},
        "Only the examples with label 1 count. Those with label 0 need the second term of the "
        "formula.",
    ),
    "first-term-forgotten": (
        {_TERMS: "logprobs = (1 - Y) * np.log(1 - A2)"},
        "Only the examples with label 0 count. Those with label 1 need the first term of the "
        "formula.",
    ),
    "sum-instead-of-mean": (
        {_COST: "cost = -np.sum(logprobs)"},
        "The costs of the examples are added up but not averaged, so the result grows with the "
        "number of examples.",
    ),
    "averaged-twice": (
        {_COST: "cost = -np.mean(logprobs) / m"},
        "The cost is divided by the number of examples twice. A mean has the division inside "
        "already.",
    ),
    "multiplied-by-m": (
        {_COST: "cost = -np.sum(logprobs) * m"},
        "The sum is multiplied by the number of examples. A mean divides by it.",
    ),
    "half-the-cost": (
        {_COST: "cost = -np.sum(logprobs) / (2 * m)"},
        "The cost is half of what it should be. The factor 1/2 belongs to the squared error, not "
        "to the cross-entropy.",
    ),
    "not-summed": (
        {_COST: "cost = -logprobs / m", _FLOAT: "pass"},
        "The result still has one entry for each example. The cost is a single number: the "
        "entries have to be added up.",
    ),
    "not-summed-and-made-a-number": (
        {_COST: "cost = -logprobs / m"},
        "The entries are not added up, so the given line cannot make one number of them. The cost "
        "is a single number for all examples.",
    ),
    "both-logarithms-of-A2": (
        {_TERMS: "logprobs = Y * np.log(A2) + (1 - Y) * np.log(A2)"},
        "Both terms take the logarithm of A2. The probability of label 0 is 1 minus that of label "
        "1.",
    ),
    "both-terms-weighted-by-Y": (
        {_TERMS: "logprobs = Y * np.log(A2) + Y * np.log(1 - A2)"},
        "Both terms are switched on by label 1. The second one is for the examples whose label is "
        "0.",
    ),
    "terms-swapped": (
        {_TERMS: "logprobs = (1 - Y) * np.log(A2) + Y * np.log(1 - A2)"},
        "The two terms are swapped: a good prediction gets a high cost. Where the label is 1, the "
        "cost depends on the probability of 1.",
    ),
    "A2-and-Y-swapped": (
        {_TERMS: "logprobs = A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)"},
        "Labels and predictions are swapped: the logarithm of a label 0 is minus infinity. The "
        "logarithm takes the predictions.",
    ),
    "minus-between-the-terms": (
        {_TERMS: "logprobs = Y * np.log(A2) - (1 - Y) * np.log(1 - A2)"},
        "One term is subtracted from the other. They are added, and one minus sign goes before "
        "the whole.",
    ),
    "parentheses-of-the-second-label-forgotten": (
        {_TERMS: "logprobs = Y * np.log(A2) + 1 - Y * np.log(1 - A2)"},
        "In the second term only Y is multiplied by the logarithm. It is 1 - Y that should be.",
    ),
    "logarithm-of-the-difference-misplaced": (
        {_TERMS: "logprobs = Y * np.log(A2) + (1 - Y) * (1 - np.log(A2))"},
        "In the second term the 1 is outside the logarithm. It is the logarithm of the "
        "probability of label 0.",
    ),
    "logarithm-to-base-10": (
        {_TERMS: "logprobs = Y * np.log10(A2) + (1 - Y) * np.log10(1 - A2)"},
        "The logarithm has base 10. The formula means the natural logarithm.",
    ),
    "logarithm-to-base-2": (
        {_TERMS: "logprobs = Y * np.log2(A2) + (1 - Y) * np.log2(1 - A2)"},
        "The logarithm has base 2. The formula means the natural logarithm.",
    ),
    "logarithm-forgotten": (
        {_TERMS: "logprobs = Y * A2 + (1 - Y) * (1 - A2)"},
        "The logarithms are missing. They are what makes a sure but wrong prediction very costly.",
    ),
    "squared-error": (
        {_COST: "cost = np.sum((A2 - Y) ** 2) / m"},
        "This is the squared error. The exercise asks for the cross-entropy, which goes with the "
        "sigmoid.",
    ),
    "squared-error-halved": (
        {_COST: "cost = np.sum((A2 - Y) ** 2) / (2 * m)"},
        "This is half the mean squared error, the cost of linear regression. The exercise asks "
        "for the cross-entropy, which goes with the sigmoid.",
    ),
    "mean-absolute-error": (
        {_COST: "cost = np.sum(np.abs(A2 - Y)) / m"},
        "This is the mean distance between labels and predictions. The exercise asks for the "
        "cross-entropy, which uses logarithms.",
    ),
    "share-of-wrong-predictions": (
        {_COST: "cost = np.sum(np.round(A2) != Y) / m"},
        "This is the share of wrong predictions. The cost looks at how sure the predictions are, "
        "so they must not be rounded.",
    ),
    "divided-by-the-flower": (
        {_COST: "cost = -np.sum(logprobs) / 400"},
        "The sum is divided by 400, the number of points of the flower. It changes from call to "
        "call: take it from the labels.",
    ),
    "matrix-product-without-transpose": (
        {_TERMS: "logprobs = np.dot(Y, np.log(A2)) + np.dot(1 - Y, np.log(1 - A2))"},
        "Two rows cannot be multiplied as matrices. Either multiply element by element and add "
        "up, or turn one of the rows into a column.",
    ),
    "matrix-product-of-a-column-with-a-row": (
        {_TERMS: "logprobs = np.dot(Y.T, np.log(A2)) + np.dot((1 - Y).T, np.log(1 - A2))"},
        "A column times a row gives a whole table: each label met every prediction. Each label "
        "should meet only its own.",
    ),
    "constant-in-the-logarithm": (
        {_TERMS: "logprobs = Y * np.log(A2 + 0.01) + (1 - Y) * np.log(1 - A2 + 0.01)"},
        "A constant inside the logarithm changes the cost. If it is meant to guard against the "
        "logarithm of zero, it has to be very much smaller.",
    ),
    "third-parameter-of-older-editions": (
        # The judge gives the third parameter a default, so that nothing but the public check fails.
        {"def compute_cost(A2, Y):": "def compute_cost(A2, Y, parameters):"},
        "The function expects a third argument. Older editions of this exercise had one, which "
        "was not used; here it is called with two. Take it out.",
    ),
    "nothing-returned": (
        {"return cost": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

COMPUTE_COST_CORRECT = {
    "mean": {_COST: "cost = -np.mean(logprobs)"},
    "divided-by-minus-m": {_COST: "cost = np.sum(logprobs) / -m"},
    "factor-in-front": {
        _TERMS: "logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)",
        _COST: "cost = -(1.0 / m) * np.sum(logprobs)",
    },
    "dot-products": {
        _TERMS: "logprobs = np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)"
    },
    "matmul-operator": {_COST: "cost = (-1 / m) * (Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T)"},
    "minus-in-each-term": {
        _TERMS: "logprobs = -np.log(A2) * Y - np.log(1 - A2) * (1 - Y)",
        _COST: "cost = np.sum(logprobs) / m",
    },
    "einsum": {
        _COST: (
            'cost = -np.einsum("ij,ij->", Y, np.log(A2)) / m - np.einsum("ij,ij->", 1 - Y, '
            "np.log1p(-A2)) / m"
        )
    },
    "probability-of-the-label": {_TERMS: "logprobs = np.log(np.where(Y == 1, A2, 1 - A2))"},
    "summed-over-an-axis": {_COST: "cost = -np.sum(logprobs, axis=1, keepdims=True) / m"},
    "zero-dimensional-array": {_FLOAT: "cost = np.squeeze(np.array([[cost]]))"},
    "numpy-number": {_FLOAT: "print(cost)"},
    "tiny-guard-in-the-logarithm": {
        _TERMS: "logprobs = Y * np.log(A2 + 1e-9) + (1 - Y) * np.log(1 - A2 + 1e-9)"
    },
    "parameter-of-older-editions-with-a-default": """
def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = -np.sum(logprobs) / m
    cost = np.squeeze(cost)
    return cost
""",
    "loop": """
import math

def compute_cost(predictions, labels):
    total = 0.0
    for a, y in zip(predictions[0], labels[0]):
        total -= math.log(a) if y == 1 else math.log(1 - a)
    return total / len(labels[0])
""",
}
