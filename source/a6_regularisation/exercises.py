"""How the functions of the regularisation assignment are judged.

The cases are in ``a6_cases``; the known mistakes and the other right ways to write each function
are in the modules ``a6_..._variants``. Generated mutants that change nothing are named in
``a6_equivalent_mutants``.
"""

from __future__ import annotations

import a6_backward_variants as backward
import a6_cases as cases
import a6_cost_variants as cost
import a6_dropout_backward_variants as dropout_backward
import a6_dropout_variants as dropout
import a6_mini_batch_variants as mini_batches
from a6_bug import BUG
from a6_equivalent_mutants import EQUIVALENT_MUTANTS

from grader.exercises.exercise import Comparison, Exercise, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="compute_cost_with_regularization",
        points=20,
        cases=cases.cost_cases,
        lesson="a6_regularisation#cost",
        comparison=Comparison(allow_one_element_array=True),
        hints=(
            "The second part of the formula has three sums. Two of them run over the rows and the "
            "columns of one matrix, and the third over the layers. Which parameters take part, and "
            "which do not?",
            "`np.square` squares each entry of an array, and `np.sum` adds up all entries. For one "
            "layer that is one number. The factor in front has lambd above and 2 m below.",
            "Line 1: the sum of the squares of W1, plus that of W2, plus that of W3. Line 2: this, "
            "times lambd, divided by 2 and by m.",
        ),
        learned="You can add a penalty on large weights to the cost of a network.",
        misconceptions=mistakes(cost.COST_MISCONCEPTIONS),
        correct_variants=right_ways(cost.COST_CORRECT),
    ),
    Exercise(
        name="backward_propagation_with_regularization",
        points=20,
        cases=cases.backward_cases,
        lesson="a6_regularisation#backward",
        hints=(
            "The cost is a sum of two parts, and so is its gradient. The first part you know from "
            "the deep network. Which parameters does the second part of the cost depend on?",
            "The derivative of w squared is 2 w, so the 2 of the cost cancels. What is left is a "
            "number times the weights themselves: an array of the shape of dW.",
            "Each line: the product of dZ with the transpose of what was fed into the layer, "
            "divided by m, plus the layer's own weights, times lambd, divided by m.",
        ),
        learned="You can compute the gradients of a penalty, and say why it is weight decay.",
        misconceptions=mistakes(backward.BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(backward.BACKWARD_CORRECT),
    ),
    Exercise(
        name="forward_propagation_with_dropout",
        points=20,
        cases=cases.dropout_forward_cases,
        lesson="a6_regularisation#dropout",
        hints=(
            "The four steps of the text are four lines, first for layer 1 and then for layer 2. "
            "What is the share of numbers between 0 and 1 that lie below keep_prob?",
            "`np.random.rand` takes the two sizes as two arguments. A comparison of an array with "
            "a number gives an array of True and False, which `.astype(int)` turns into 1 and 0.",
            "Line 1: uniform random numbers, as many as A1 has entries. Line 2: whether they are "
            "less than keep_prob. Line 3: A1 times the mask, entry by entry. Line 4: A1 divided by "
            "keep_prob. The same for D2 and A2.",
        ),
        learned=(
            "You can switch units of a network off at random, and say why those that are kept are "
            "scaled."
        ),
        misconceptions=mistakes(dropout.FORWARD_MISCONCEPTIONS),
        correct_variants=right_ways(dropout.FORWARD_CORRECT),
    ),
    Exercise(
        name="backward_propagation_with_dropout",
        points=20,
        cases=cases.dropout_backward_cases,
        lesson="a6_regularisation#dropout-backward",
        hints=(
            "Follow one unit back: how does the cost change with its activation if it was off? And "
            "if it was on, by which number was its activation multiplied?",
            "The masks are in the cache. What was done to A2 in the forward pass is now done to "
            "dA2, with the same mask and the same division.",
            "For layer 2: dA2 times D2, entry by entry, then divided by keep_prob. For layer 1: "
            "the same with dA1 and D1.",
        ),
        learned="You can carry gradients back through units that were switched off and scaled.",
        misconceptions=mistakes(dropout_backward.BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(dropout_backward.BACKWARD_CORRECT),
    ),
    Exercise(
        name="random_mini_batches",
        points=20,
        cases=cases.mini_batches_cases,
        lesson="a6_regularisation#mini-batches",
        hints=(
            "Imagine a table with one column for each example, and its label below. Shuffle the "
            "columns of the whole table, then cut it with scissors. Where are the cuts?",
            "An array with a list of numbers as its second index has the columns in that order. A "
            "slice of columns that reaches beyond the end simply has fewer of them.",
            "Step 1: one permutation of m, with which the columns of X and those of Y are taken. "
            "Steps 2 and 3: a loop over the places where a mini-batch begins, 0, then one size "
            "further each time, below m; in it, cut both, and append the pair.",
        ),
        learned=(
            "You can divide a set into random mini-batches without losing or confusing an example."
        ),
        misconceptions=mistakes(mini_batches.MISCONCEPTIONS),
        correct_variants=right_ways(mini_batches.CORRECT),
    ),
    BUG,
)
