"""Wrong and right ways to write the cost function."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_COST = "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"

COMPUTE_COST_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="minus-sign-forgotten",
        edits=((_COST, "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"),),
        message=(
            "The cost is negative: it has the wrong sign. Logarithms of probabilities are "
            "negative, and the cost should be positive."
        ),
    ),
    Misconception(
        name="second-term-forgotten",
        edits=((_COST, "-np.sum(Y * np.log(AL)) / m"),),
        message="Only the examples with label 1 count. Those with label 0 need the second term of "
        "the formula.",
    ),
    Misconception(
        name="first-term-forgotten",
        edits=((_COST, "-np.sum((1 - Y) * np.log(1 - AL)) / m"),),
        message="Only the examples with label 0 count. Those with label 1 need the first term of "
        "the formula.",
    ),
    Misconception(
        name="sum-instead-of-mean",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"),),
        message="The costs of the examples are added up but not averaged, so the result grows with "
        "the number of examples.",
    ),
    Misconception(
        name="averaged-twice",
        edits=((_COST, "-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"),),
        message="The cost is divided by the number of examples twice. A mean has the division "
        "inside already.",
    ),
    Misconception(
        name="multiplied-by-m",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) * m"),),
        message="The sum is multiplied by the number of examples. A mean divides by it.",
    ),
    Misconception(
        name="half-the-cost",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (2 * m)"),),
        message="The cost is half of what it should be. The factor 1/2 belongs to the squared "
        "error, not to the cross-entropy.",
    ),
    Misconception(
        name="last-example-only-counted-in-m",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (m - 1)"),),
        message="The sum is divided by one less than the number of examples. This is a plain mean.",
    ),
    Misconception(
        name="not-summed",
        edits=((_COST, "-(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m"),),
        message="The result still has one entry for each example. The cost is a single number: the "
        "entries have to be added up.",
    ),
    Misconception(
        name="both-logarithms-of-AL",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(AL)) / m"),),
        message="Both terms take the logarithm of AL. The probability of label 0 is 1 minus that "
        "of label 1.",
    ),
    Misconception(
        name="both-terms-weighted-by-Y",
        edits=((_COST, "-np.sum(Y * np.log(AL) + Y * np.log(1 - AL)) / m"),),
        message="Both terms are switched on by label 1. The second one is for the examples whose "
        "label is 0.",
    ),
    Misconception(
        name="terms-swapped",
        edits=((_COST, "-np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL)) / m"),),
        message="The two terms are swapped: a good prediction gets a high cost. Where the label is "
        "1, the cost depends on the probability of 1.",
    ),
    Misconception(
        name="AL-and-Y-swapped",
        edits=((_COST, "-np.sum(AL * np.log(Y) + (1 - AL) * np.log(1 - Y)) / m"),),
        message="Labels and predictions are swapped: the logarithm of a label 0 is minus infinity. "
        "The logarithm takes the predictions.",
    ),
    Misconception(
        name="minus-between-the-terms",
        edits=((_COST, "-np.sum(Y * np.log(AL) - (1 - Y) * np.log(1 - AL)) / m"),),
        message="One term is subtracted from the other. They are added, and one minus sign goes "
        "before the whole.",
    ),
    Misconception(
        name="parentheses-of-the-second-label-forgotten",
        edits=((_COST, "-np.sum(Y * np.log(AL) + 1 - Y * np.log(1 - AL)) / m"),),
        message=(
            "In the second term only Y is multiplied by the logarithm. It is 1 - Y that should be."
        ),
    ),
    Misconception(
        name="factor-on-the-first-term-only",
        edits=((_COST, "-np.sum(Y * np.log(AL)) / m + np.sum((1 - Y) * np.log(1 - AL))"),),
        message=(
            "Only the first term is divided by the number of examples and turned positive. Both"
            " terms belong in the sum."
        ),
    ),
    Misconception(
        name="only-the-first-term-summed",
        edits=((_COST, "-np.sum(Y * np.log(AL)) / m + (1 - Y) * np.log(1 - AL)"),),
        message=(
            "Only the first term is added up over the examples; the second still has one entry "
            "for each. Both belong in the sum."
        ),
    ),
    Misconception(
        name="logarithm-to-base-10",
        edits=((_COST, "-np.sum(Y * np.log10(AL) + (1 - Y) * np.log10(1 - AL)) / m"),),
        message="The logarithm has base 10. The formula means the natural logarithm.",
    ),
    Misconception(
        name="logarithm-to-base-2",
        edits=((_COST, "-np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / m"),),
        message="The logarithm has base 2. The formula means the natural logarithm.",
    ),
    Misconception(
        name="logarithm-forgotten",
        edits=((_COST, "-np.sum(Y * AL + (1 - Y) * (1 - AL)) / m"),),
        message="The logarithms are missing. They are what makes a sure but wrong prediction very "
        "costly.",
    ),
    Misconception(
        name="squared-error",
        edits=((_COST, "np.sum((AL - Y) ** 2) / m"),),
        message="This is the squared error. The exercise asks for the cross-entropy, which goes "
        "with the sigmoid.",
    ),
    Misconception(
        name="squared-error-summed",
        edits=((_COST, "np.sum((AL - Y) ** 2)"),),
        message="This is the squared error, added up and not averaged. The exercise asks for the "
        "cross-entropy, which goes with the sigmoid.",
    ),
    Misconception(
        name="squared-error-halved",
        edits=((_COST, "np.sum((AL - Y) ** 2) / (2 * m)"),),
        message="This is half the mean squared error, the cost of linear regression. The exercise "
        "asks for the cross-entropy, which goes with the sigmoid.",
    ),
    Misconception(
        name="mean-absolute-error",
        edits=((_COST, "np.sum(np.abs(AL - Y)) / m"),),
        message="This is the mean distance between labels and predictions. The exercise asks for "
        "the cross-entropy, which uses logarithms.",
    ),
    Misconception(
        name="predictions-rounded-first",
        edits=((_COST, "np.sum(np.round(AL) != Y) / m"),),
        message="This is the share of wrong predictions. The cost looks at how sure the "
        "predictions are, so they must not be rounded.",
    ),
    Misconception(
        name="m-of-the-example",
        edits=((_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / 3"),),
        message=(
            "The number of examples is taken to be 3, as in the example of the notebook. It "
            "changes from call to call: take it from the labels."
        ),
    ),
    Misconception(
        name="matrix-product-without-transpose",
        edits=((_COST, "-(np.dot(Y, np.log(AL)) + np.dot(1 - Y, np.log(1 - AL))) / m"),),
        message="Two rows cannot be multiplied as matrices. Either multiply element by element and "
        "add up, or turn one of the rows into a column.",
    ),
    Misconception(
        name="matrix-product-of-a-column-with-a-row",
        edits=(
            (_COST, "-np.sum(np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL))) / m"),
        ),
        message="A column times a row gives a whole table: each label met every prediction. Each "
        "label should meet only its own.",
    ),
    Misconception(
        name="predictions-clipped-hard",
        edits=((_COST, "-np.sum(Y * np.log(AL + 0.01) + (1 - Y) * np.log(1 - AL + 0.01)) / m"),),
        message="A constant inside the logarithm changes the cost. If it is meant to guard against "
        "the logarithm of zero, it has to be very much smaller.",
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
    CorrectVariant(
        name="mean",
        edits=((_COST, "-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"),),
    ),
    CorrectVariant(
        name="dot-products",
        edits=((_COST, "-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / m"),),
    ),
    CorrectVariant(
        name="matmul-operator",
        edits=((_COST, "(-1 / m) * (Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T)"),),
    ),
    CorrectVariant(
        name="divided-by-minus-m",
        edits=((_COST, "np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / -m"),),
    ),
    CorrectVariant(
        name="np-multiply",
        edits=(
            (
                _COST,
                "np.multiply(-1 / m, np.sum(np.multiply(Y, np.log(AL)) "
                "+ np.multiply(1 - Y, np.log(1 - AL))))",
            ),
        ),
    ),
    CorrectVariant(
        name="einsum",
        edits=(
            (
                _COST,
                '-np.einsum("ij,ij->", Y, np.log(AL)) / m '
                '- np.einsum("ij,ij->", 1 - Y, np.log1p(-AL)) / m',
            ),
        ),
    ),
    CorrectVariant(
        name="probability-of-the-label",
        edits=((_COST, "-np.mean(np.log(np.where(Y == 1, AL, 1 - AL)))"),),
    ),
    CorrectVariant(
        name="summed-over-an-axis",
        edits=(
            (_COST, "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1, keepdims=1) / m"),
        ),
    ),
    CorrectVariant(
        name="loop",
        code="""
import math

def compute_cost(A, labels):
    m = labels.shape[1]
    total = 0.0
    for i in range(m):
        total += -math.log(A[0, i]) if labels[0, i] == 1 else -math.log(1 - A[0, i])
    return total / m
""",
    ),
    CorrectVariant(
        name="float-returned", edits=(("return cost", "print(cost)\n    return float(cost)"),)
    ),
    CorrectVariant(
        name="zero-dimensional-array", edits=(("return cost", "return np.array(cost)"),)
    ),
    CorrectVariant(
        name="tiny-guard-in-the-logarithm",
        edits=((_COST, "-np.sum(Y * np.log(AL + 1e-9) + (1 - Y) * np.log(1 - AL + 1e-9)) / m"),),
    ),
    CorrectVariant(
        name="logarithms-of-single-precision",
        edits=(
            (
                _COST,
                "-np.sum(Y * np.log(AL.astype(np.float32)) "
                "+ (1 - Y) * np.log(1 - AL.astype(np.float32))) / m",
            ),
        ),
    ),
)
