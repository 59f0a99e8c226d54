"""How the functions of logistic regression are judged.

The cases are in ``a2_cases``. The known mistakes and the other right ways to write each function
are in the modules with ``variants`` in their names, and the mutants that are not mistakes in
``a2_equivalent_mutants``.
"""

from __future__ import annotations

import a2_cases as cases
import a2_model_variants as model
import a2_optimize_variants as optimize
import a2_propagate_variants as propagate
import a2_unit_variants as unit
from a2_bug import BUG
from a2_equivalent_mutants import EQUIVALENT_MUTANTS

from grader.exercises.exercise import Comparison, Exercise, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES", "OFTEN_IMPORTED"]

OFTEN_IMPORTED = ("scipy.ndimage",)
"""Other editions read images with it. A worker imports it once instead of for each notebook."""

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="sigmoid",
        points=10,
        cases=cases.sigmoid_cases,
        lesson="a2_logistic_regression#unit",
        hints=(
            "Write the formula down just as it stands. NumPy computes it for every entry of an "
            "array at once.",
            "The exponential of every entry is np.exp. The exponent is minus z.",
            "One line: 1 divided by the sum of 1 and np.exp of minus z, with parentheses around "
            "the whole denominator.",
        ),
        learned="You can turn any number into a probability, for whole arrays at once.",
        misconceptions=mistakes(unit.SIGMOID_MISCONCEPTIONS),
        correct_variants=right_ways(unit.SIGMOID_CORRECT),
    ),
    Exercise(
        name="initialize_with_zeros",
        points=10,
        cases=cases.initialize_with_zeros_cases,
        lesson="a2_logistic_regression#unit",
        hints=(
            "The weights are a column with dim rows; the bias is a single number.",
            "np.zeros makes an array of zeros. It takes the shape as one argument, a tuple.",
            "w is np.zeros of the pair (dim, 1), with two pairs of parentheses; b is 0.0.",
        ),
        learned=(
            "You can create parameters of the right shape, and say why one unit may start at zero."
        ),
        misconceptions=mistakes(unit.INITIALIZE_MISCONCEPTIONS),
        correct_variants=right_ways(unit.INITIALIZE_CORRECT),
    ),
    Exercise(
        name="propagate",
        points=25,
        cases=cases.propagate_cases,
        lesson="a2_logistic_regression#gradient",
        builds_on=("sigmoid",),
        # An entry more, such as the errors themselves, does no harm to gradient descent.
        comparison=Comparison(allow_extra_keys=True, one_element_entries=("db",)),
        hints=(
            "Write the shape of every matrix into the formula. The inner sizes of a product must "
            "agree, and the outer ones are the shape of the result.",
            "Forward: the transposed w times X, plus b, through the sigmoid. In the cost multiply "
            "labels and logarithms entry by entry, add up, divide by m, and do not forget the "
            "minus sign.",
            "Backward: the errors are A - Y, a row. dw is X times the errors, turned into a "
            "column, divided by m. db is the sum of the errors divided by m.",
        ),
        learned=(
            "You can compute the cost of logistic regression and its gradient for all examples at "
            "once, and say why the gradient is made of the error."
        ),
        misconceptions=mistakes(propagate.MISCONCEPTIONS),
        correct_variants=right_ways(propagate.CORRECT),
    ),
    Exercise(
        name="optimize",
        points=20,
        cases=cases.optimize_cases,
        lesson="a2_logistic_regression#descent",
        builds_on=("propagate",),
        comparison=Comparison(allow_extra_keys=True, one_element_entries=("b", "db")),
        hints=(
            "Every round of the loop does two things: find out where down is, and take one step.",
            "propagate takes w, b, X and Y and returns two things. The gradient points uphill, so "
            "it is subtracted.",
            "The new w is the old one minus learning_rate times dw, stored under the same name; "
            "the same for b with db.",
        ),
        learned="You can write the loop of gradient descent.",
        misconceptions=mistakes(optimize.MISCONCEPTIONS),
        correct_variants=right_ways(optimize.CORRECT),
        expensive=True,
    ),
    Exercise(
        name="predict",
        points=15,
        cases=cases.predict_cases,
        lesson="a2_logistic_regression#predict",
        builds_on=("sigmoid",),
        hints=(
            "First the probabilities, then a decision for each of them.",
            "The probabilities are those of the forward pass in propagate. Comparing an array with "
            "a number compares every entry.",
            "Where A is greater than 0.5 the prediction is 1, elsewhere 0: np.where does it for "
            "the whole row.",
        ),
        learned="You can turn probabilities into decisions.",
        misconceptions=mistakes(model.PREDICT_MISCONCEPTIONS),
        correct_variants=right_ways(model.PREDICT_CORRECT),
    ),
    Exercise(
        name="model",
        points=20,
        cases=cases.model_cases,
        lesson="a2_logistic_regression#model",
        builds_on=("initialize_with_zeros", "optimize", "predict"),
        comparison=Comparison(allow_extra_keys=True, one_element_entries=("b",)),
        hints=(
            "Three of your functions are called, one of them twice. What does each of them take, "
            "and what does it return?",
            "There is one weight for each feature, and the features are the rows of X_train. "
            "optimize gets the training set, and everything the model was told about the training.",
            "initialize_with_zeros of X_train.shape[0]; then optimize of w, b, X_train, Y_train, "
            "num_iterations, learning_rate and print_cost; then predict for X_test and for "
            "X_train.",
        ),
        learned="You can train a unit on images and test it on images that it has not seen.",
        misconceptions=mistakes(model.MODEL_MISCONCEPTIONS),
        correct_variants=right_ways(model.MODEL_CORRECT),
        expensive=True,
    ),
    BUG,
)
