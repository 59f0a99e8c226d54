"""Wrong and right ways to write ``compute_cost``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_TERMS = "logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)"
_COST = "cost = -np.sum(logprobs) / m"
_FLOAT = "cost = float(np.squeeze(cost))"

COMPUTE_COST_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="minus-sign-forgotten",
        edits=((_COST, "cost = np.sum(logprobs) / m"),),
        message=(
            "The cost is negative: it has the wrong sign. Logarithms of probabilities are "
            "negative, and the cost should be positive."
        ),
    ),
    Misconception(
        name="minus-sign-before-unsigned-labels",
        edits=(
            (_TERMS, "logprobs = -Y * np.log(A2) - (1 - Y) * np.log(1 - A2)"),
            (_COST, "cost = np.sum(logprobs) / m"),
        ),
        message=(
            "The labels of the flower have a type without negative numbers, uint8, so that -Y "
            "is 255 where Y is 1. Put the minus sign before the whole sum."
        ),
        lesson="a3_shallow_network#data",
    ),
    Misconception(
        name="label-minus-one",
        edits=((_TERMS, "logprobs = Y * np.log(A2) - (Y - 1) * np.log(1 - A2)"),),
        message=(
            "The labels of the flower have a type without negative numbers, uint8, so that Y - "
            "1 is 255 where Y is 0. Write 1 - Y."
        ),
        lesson="a3_shallow_network#data",
    ),
    Misconception(
        name="second-term-forgotten",
        edits=((_TERMS, "logprobs = Y * np.log(A2)"),),
        message="Only the examples with label 1 count. Those with label 0 need the second term of "
        "the formula.",
    ),
    Misconception(
        name="first-term-forgotten",
        edits=((_TERMS, "logprobs = (1 - Y) * np.log(1 - A2)"),),
        message="Only the examples with label 0 count. Those with label 1 need the first term of "
        "the formula.",
    ),
    Misconception(
        name="sum-instead-of-mean",
        edits=((_COST, "cost = -np.sum(logprobs)"),),
        message="The costs of the examples are added up but not averaged, so the result grows with "
        "the number of examples.",
    ),
    Misconception(
        name="averaged-twice",
        edits=((_COST, "cost = -np.mean(logprobs) / m"),),
        message="The cost is divided by the number of examples twice. A mean has the division "
        "inside already.",
    ),
    Misconception(
        name="multiplied-by-m",
        edits=((_COST, "cost = -np.sum(logprobs) * m"),),
        message="The sum is multiplied by the number of examples. A mean divides by it.",
    ),
    Misconception(
        name="half-the-cost",
        edits=((_COST, "cost = -np.sum(logprobs) / (2 * m)"),),
        message="The cost is half of what it should be. The factor 1/2 belongs to the squared "
        "error, not to the cross-entropy.",
    ),
    Misconception(
        name="not-summed",
        edits=((_COST, "cost = -logprobs / m"), (_FLOAT, "pass")),
        message="The result still has one entry for each example. The cost is a single number: the "
        "entries have to be added up.",
    ),
    Misconception(
        name="not-summed-and-made-a-number",
        edits=((_COST, "cost = -logprobs / m"),),
        message="The entries are not added up, so the given line cannot make one number of them. "
        "The cost is a single number for all examples.",
    ),
    Misconception(
        name="both-logarithms-of-A2",
        edits=((_TERMS, "logprobs = Y * np.log(A2) + (1 - Y) * np.log(A2)"),),
        message="Both terms take the logarithm of A2. The probability of label 0 is 1 minus that "
        "of label 1.",
    ),
    Misconception(
        name="both-terms-weighted-by-Y",
        edits=((_TERMS, "logprobs = Y * np.log(A2) + Y * np.log(1 - A2)"),),
        message="Both terms are switched on by label 1. The second one is for the examples whose "
        "label is 0.",
    ),
    Misconception(
        name="terms-swapped",
        edits=((_TERMS, "logprobs = (1 - Y) * np.log(A2) + Y * np.log(1 - A2)"),),
        message="The two terms are swapped: a good prediction gets a high cost. Where the label is "
        "1, the cost depends on the probability of 1.",
    ),
    Misconception(
        name="A2-and-Y-swapped",
        edits=((_TERMS, "logprobs = A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)"),),
        message="Labels and predictions are swapped: the logarithm of a label 0 is minus infinity. "
        "The logarithm takes the predictions.",
    ),
    Misconception(
        name="minus-between-the-terms",
        edits=((_TERMS, "logprobs = Y * np.log(A2) - (1 - Y) * np.log(1 - A2)"),),
        message="One term is subtracted from the other. They are added, and one minus sign goes "
        "before the whole.",
    ),
    Misconception(
        name="parentheses-of-the-second-label-forgotten",
        edits=((_TERMS, "logprobs = Y * np.log(A2) + 1 - Y * np.log(1 - A2)"),),
        message=(
            "In the second term only Y is multiplied by the logarithm. It is 1 - Y that should be."
        ),
    ),
    Misconception(
        name="logarithm-of-the-difference-misplaced",
        edits=((_TERMS, "logprobs = Y * np.log(A2) + (1 - Y) * (1 - np.log(A2))"),),
        message="In the second term the 1 is outside the logarithm. It is the logarithm of the "
        "probability of label 0.",
    ),
    Misconception(
        name="logarithm-to-base-10",
        edits=((_TERMS, "logprobs = Y * np.log10(A2) + (1 - Y) * np.log10(1 - A2)"),),
        message="The logarithm has base 10. The formula means the natural logarithm.",
    ),
    Misconception(
        name="logarithm-to-base-2",
        edits=((_TERMS, "logprobs = Y * np.log2(A2) + (1 - Y) * np.log2(1 - A2)"),),
        message="The logarithm has base 2. The formula means the natural logarithm.",
    ),
    Misconception(
        name="logarithm-forgotten",
        edits=((_TERMS, "logprobs = Y * A2 + (1 - Y) * (1 - A2)"),),
        message="The logarithms are missing. They are what makes a sure but wrong prediction very "
        "costly.",
    ),
    Misconception(
        name="squared-error",
        edits=((_COST, "cost = np.sum((A2 - Y) ** 2) / m"),),
        message="This is the squared error. The exercise asks for the cross-entropy, which goes "
        "with the sigmoid.",
    ),
    Misconception(
        name="squared-error-halved",
        edits=((_COST, "cost = np.sum((A2 - Y) ** 2) / (2 * m)"),),
        message="This is half the mean squared error, the cost of linear regression. The exercise "
        "asks for the cross-entropy, which goes with the sigmoid.",
    ),
    Misconception(
        name="mean-absolute-error",
        edits=((_COST, "cost = np.sum(np.abs(A2 - Y)) / m"),),
        message="This is the mean distance between labels and predictions. The exercise asks for "
        "the cross-entropy, which uses logarithms.",
    ),
    Misconception(
        name="share-of-wrong-predictions",
        edits=((_COST, "cost = np.sum(np.round(A2) != Y) / m"),),
        message="This is the share of wrong predictions. The cost looks at how sure the "
        "predictions are, so they must not be rounded.",
    ),
    Misconception(
        name="divided-by-the-flower",
        edits=((_COST, "cost = -np.sum(logprobs) / 400"),),
        message="The sum is divided by 400, the number of points of the flower. It changes from "
        "call to call: take it from the labels.",
    ),
    Misconception(
        name="matrix-product-without-transpose",
        edits=((_TERMS, "logprobs = np.dot(Y, np.log(A2)) + np.dot(1 - Y, np.log(1 - A2))"),),
        message="Two rows cannot be multiplied as matrices. Either multiply element by element and "
        "add up, or turn one of the rows into a column.",
    ),
    Misconception(
        name="matrix-product-of-a-column-with-a-row",
        edits=((_TERMS, "logprobs = np.dot(Y.T, np.log(A2)) + np.dot((1 - Y).T, np.log(1 - A2))"),),
        message="A column times a row gives a whole table: each label met every prediction. Each "
        "label should meet only its own.",
    ),
    Misconception(
        name="constant-in-the-logarithm",
        edits=((_TERMS, "logprobs = Y * np.log(A2 + 0.01) + (1 - Y) * np.log(1 - A2 + 0.01)"),),
        message="A constant inside the logarithm changes the cost. If it is meant to guard against "
        "the logarithm of zero, it has to be very much smaller.",
    ),
    Misconception(
        # The judge gives the third parameter a default, so that nothing but the public check fails.
        name="third-parameter-of-older-editions",
        edits=(("def compute_cost(A2, Y):", "def compute_cost(A2, Y, parameters):"),),
        message="The function expects a third argument. Older editions of this exercise had one, "
        "which was not used; here it is called with two. Take it out.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return cost", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

COMPUTE_COST_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="mean", edits=((_COST, "cost = -np.mean(logprobs)"),)),
    CorrectVariant(name="divided-by-minus-m", edits=((_COST, "cost = np.sum(logprobs) / -m"),)),
    CorrectVariant(
        name="factor-in-front",
        edits=(
            (_TERMS, "logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)"),
            (_COST, "cost = -(1.0 / m) * np.sum(logprobs)"),
        ),
    ),
    CorrectVariant(
        name="dot-products",
        edits=((_TERMS, "logprobs = np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)"),),
    ),
    CorrectVariant(
        name="matmul-operator",
        edits=((_COST, "cost = (-1 / m) * (Y @ np.log(A2).T + (1 - Y) @ np.log(1 - A2).T)"),),
    ),
    CorrectVariant(
        name="minus-in-each-term",
        edits=(
            (_TERMS, "logprobs = -np.log(A2) * Y - np.log(1 - A2) * (1 - Y)"),
            (_COST, "cost = np.sum(logprobs) / m"),
        ),
    ),
    CorrectVariant(
        name="einsum",
        edits=(
            (
                _COST,
                'cost = -np.einsum("ij,ij->", Y, np.log(A2)) / m '
                '- np.einsum("ij,ij->", 1 - Y, np.log1p(-A2)) / m',
            ),
        ),
    ),
    CorrectVariant(
        name="probability-of-the-label",
        edits=((_TERMS, "logprobs = np.log(np.where(Y == 1, A2, 1 - A2))"),),
    ),
    CorrectVariant(
        name="summed-over-an-axis",
        edits=((_COST, "cost = -np.sum(logprobs, axis=1, keepdims=True) / m"),),
    ),
    CorrectVariant(
        name="zero-dimensional-array", edits=((_FLOAT, "cost = np.squeeze(np.array([[cost]]))"),)
    ),
    CorrectVariant(name="numpy-number", edits=((_FLOAT, "print(cost)"),)),
    CorrectVariant(
        name="tiny-guard-in-the-logarithm",
        edits=((_TERMS, "logprobs = Y * np.log(A2 + 1e-9) + (1 - Y) * np.log(1 - A2 + 1e-9)"),),
    ),
    CorrectVariant(
        name="parameter-of-older-editions-with-a-default",
        code="""
def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = -np.sum(logprobs) / m
    cost = np.squeeze(cost)
    return cost
""",
    ),
    CorrectVariant(
        name="loop",
        code="""
import math

def compute_cost(predictions, labels):
    total = 0.0
    for a, y in zip(predictions[0], labels[0]):
        total -= math.log(a) if y == 1 else math.log(1 - a)
    return total / len(labels[0])
""",
    ),
)
