"""How the eight functions of the NumPy assignment are judged.

The cases are in ``a1_cases``; the known mistakes and the other right ways to write each function
are in the modules ``a1_..._variants``. Generated mutants that change nothing are named in
``a1_equivalent_mutants``.
"""

from __future__ import annotations

import a1_cases as cases
import a1_image_variants as image
import a1_loss_variants as loss
import a1_row_variants as row
import a1_sigmoid_variants as sigmoid
import a1_slope_variants as slope
from a1_bug import BUG
from a1_equivalent_mutants import EQUIVALENT_MUTANTS

from grader.exercises.exercise import Exercise, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="basic_sigmoid",
        points=10,
        learned="You can turn a formula into a line of Python, parentheses and signs included.",
        cases=cases.basic_sigmoid_cases,
        lesson="a1_numpy_basics#sigmoid",
        hints=(
            "Read the formula from the inside outwards: first the exponent, then the exponential, "
            "then the denominator, then the fraction.",
            "`math.exp(t)` is e to the power t. A division comes before an addition, so the whole "
            "denominator needs parentheses.",
            "One line: 1 divided by, in parentheses, 1 plus the exponential of minus x.",
        ),
        misconceptions=mistakes(sigmoid.BASIC_SIGMOID_MISCONCEPTIONS),
        correct_variants=right_ways(sigmoid.BASIC_SIGMOID_CORRECT),
    ),
    Exercise(
        name="sigmoid",
        points=10,
        learned="You can apply a formula to every entry of an array at once, without a loop.",
        cases=cases.sigmoid_cases,
        lesson="a1_numpy_basics#sigmoid",
        hints=(
            "The formula is the same as before. Only one part of it cannot take an array yet.",
            "NumPy has its own exponential, which takes every entry of an array of any shape. A "
            "minus sign, an addition and a division do so, too.",
            "Write the line of the previous exercise, with np.exp instead of math.exp. No loop is "
            "needed.",
        ),
        misconceptions=mistakes(sigmoid.SIGMOID_MISCONCEPTIONS),
        correct_variants=right_ways(sigmoid.SIGMOID_CORRECT),
    ),
    Exercise(
        name="sigmoid_derivative",
        points=10,
        learned="You can compute the slope of the sigmoid from its own value.",
        cases=cases.sigmoid_derivative_cases,
        lesson="a1_numpy_basics#slope",
        builds_on=("sigmoid",),
        hints=(
            "The slope is written with the value of the sigmoid itself, so compute that first.",
            "Call the function of the previous exercise and give its result a name; then multiply "
            "it, entry by entry, by its difference from 1.",
            "Line 1: s is the sigmoid of x. Line 2: s times, in parentheses, 1 minus s.",
        ),
        misconceptions=mistakes(slope.SIGMOID_DERIVATIVE_MISCONCEPTIONS),
        correct_variants=right_ways(slope.SIGMOID_DERIVATIVE_CORRECT),
    ),
    Exercise(
        name="image2vector",
        points=15,
        learned=(
            "You can turn an image into a column of numbers, the form in which networks take it."
        ),
        cases=cases.image2vector_cases,
        lesson="a1_numpy_basics#images",
        hints=(
            "Count first: how many numbers does the image hold, and how many rows and columns does "
            "the column have?",
            "`reshape` keeps the order of the entries and takes the new sizes as arguments. The "
            "sizes of the image are image.shape[0], image.shape[1] and image.shape[2].",
            "One line: reshape the image to as many rows as the product of its three sizes, and to "
            "1 column.",
        ),
        misconceptions=mistakes(image.IMAGE2VECTOR_MISCONCEPTIONS),
        correct_variants=right_ways(image.IMAGE2VECTOR_CORRECT),
    ),
    Exercise(
        name="normalize_rows",
        other_names=("normalizeRows",),
        points=15,
        learned="You can scale every row of a matrix to length 1 with broadcasting.",
        cases=cases.normalize_rows_cases,
        lesson="a1_numpy_basics#rows",
        hints=(
            "Two steps: one number for each row, its length; then every row divided by its number. "
            "Which shape must the lengths have, so that broadcasting copies them along the rows?",
            "`np.linalg.norm` computes lengths. Like `np.sum` it takes axis and keepdims; the axis "
            "is the one along which it runs.",
            "Line 1: the norm of x along axis 1, with the dimension kept, of shape (m, 1). Line 2: "
            "x divided by that.",
        ),
        misconceptions=mistakes(row.NORMALIZE_ROWS_MISCONCEPTIONS),
        correct_variants=right_ways(row.NORMALIZE_ROWS_CORRECT),
    ),
    Exercise(
        name="softmax",
        points=20,
        learned="You can turn the scores of each row into probabilities that add up to 1.",
        cases=cases.softmax_cases,
        lesson="a1_numpy_basics#softmax",
        hints=(
            "Three steps: the exponential of every score, the sum of each row, the quotient. Write "
            "the shape of each below it.",
            "The exponentials have the shape of x. The sums must be a column, one for each row, so "
            "that broadcasting divides each row by its own.",
            "Line 1: NumPy's exponential of x. Line 2: the sum of that along axis 1, with the "
            "dimension kept. Line 3: the first divided by the second.",
        ),
        misconceptions=mistakes(row.SOFTMAX_MISCONCEPTIONS),
        correct_variants=right_ways(row.SOFTMAX_CORRECT),
    ),
    Exercise(
        name="L1",
        points=10,
        learned="You can measure how far predictions are off by their absolute errors.",
        cases=cases.L1_cases,
        lesson="a1_numpy_basics#losses",
        hints=(
            "Three things happen, from the inside outwards: a difference, its size, a sum. Where "
            "does each parenthesis close?",
            "`np.abs` removes the sign of every entry, and `np.sum` adds all entries up.",
            "One line: the sum of the absolute values of the difference of the two vectors.",
        ),
        misconceptions=mistakes(loss.L1_MISCONCEPTIONS),
        correct_variants=right_ways(loss.L1_CORRECT),
    ),
    Exercise(
        name="L2",
        points=10,
        learned="You can measure how far predictions are off by their squared errors.",
        cases=cases.L2_cases,
        lesson="a1_numpy_basics#losses",
        hints=(
            "Like the L1 loss, but with every error squared. A square needs no absolute value.",
            "Either square entry by entry and add up, or use a product that does both at once: the "
            "dot product of a vector with itself.",
            "One line: the sum of the squares of the difference, or the dot product of the "
            "difference with itself. No square root.",
        ),
        misconceptions=mistakes(loss.L2_MISCONCEPTIONS),
        correct_variants=right_ways(loss.L2_CORRECT),
    ),
    BUG,
)
