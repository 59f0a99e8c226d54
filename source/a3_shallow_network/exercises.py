"""How the eight functions of the shallow-network assignment are judged.

The cases are in ``a3_cases``; the known mistakes and the other right ways to write each function
are in the modules ``a3_..._variants``. Generated mutants that change nothing are named in
``a3_equivalent_mutants``.
"""

from __future__ import annotations

import a3_backward_variants as backward
import a3_cases as cases
import a3_cost_variants as cost
import a3_forward_variants as forward
import a3_model_variants as model
import a3_structure_variants as structure
import a3_update_variants as update
from a3_bug import BUG
from a3_equivalent_mutants import EQUIVALENT_MUTANTS

from grader.exercises.exercise import Comparison, Exercise, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="layer_sizes",
        points=5,
        cases=cases.layer_sizes_cases,
        lesson="a3_shallow_network#network",
        hints=(
            "Each example is a column. What is a row of X, then, and what is a row of Y?",
            "The shape of an array is a pair of numbers: how many rows, how many columns. You need "
            "one of the two, from X and from Y.",
            "Line 1: the first number of the shape of X. Line 2: the number of hidden units that "
            "the text asks for. Line 3: the first number of the shape of Y.",
        ),
        learned="You can read the sizes of a network off its data.",
        misconceptions=mistakes(structure.LAYER_SIZES_MISCONCEPTIONS),
        correct_variants=right_ways(structure.LAYER_SIZES_CORRECT),
    ),
    Exercise(
        name="initialize_parameters",
        points=10,
        cases=cases.initialize_parameters_cases,
        lesson="a3_shallow_network#initialise",
        hints=(
            "A weight matrix has one row for each unit of its own layer and one column for each "
            "unit of the layer before. A bias vector has one row for each unit, and one column.",
            "`np.random.randn` takes the two sizes as two arguments; `np.zeros` takes them as one "
            "tuple. The weights are random so that the units differ, and small so that tanh is "
            "not flat.",
            "Line 1: random numbers of shape (n_h, n_x), made a hundred times smaller. Line 2: "
            "zeros of shape (n_h, 1). Lines 3 and 4: the same for the output layer, which has n_y "
            "units and is fed by n_h. No seed.",
        ),
        learned="You can start a network with weights that are small and all different.",
        misconceptions=mistakes(structure.INITIALIZE_PARAMETERS_MISCONCEPTIONS),
        correct_variants=right_ways(structure.INITIALIZE_PARAMETERS_CORRECT),
    ),
    Exercise(
        name="forward_propagation",
        points=15,
        cases=cases.forward_propagation_cases,
        lesson="a3_shallow_network#forward",
        # A cache that holds more than is asked for does no harm on the way back.
        comparison=Comparison(allow_extra_keys=True),
        hints=(
            "Write the four formulas of the section one below the other, and below each letter its "
            "shape.",
            "Both layers do the same two things: a matrix product plus a bias, then an activation "
            "function. What feeds the second layer, and which activation function does each have?",
            "Line 1: the matrix product of W1 with X, plus b1. Line 2: `np.tanh` of that. Line 3: "
            "the matrix product of W2 with what line 2 gave, plus b2. Line 4: `sigmoid` of that.",
        ),
        learned="You can compute the predictions of a network with a hidden layer.",
        misconceptions=mistakes(forward.FORWARD_MISCONCEPTIONS),
        correct_variants=right_ways(forward.FORWARD_CORRECT),
    ),
    Exercise(
        name="compute_cost",
        points=10,
        cases=cases.compute_cost_cases,
        lesson="a3_shallow_network#cost",
        hints=(
            "Read the formula for one example: where the label is 1 only one of the two terms is "
            "left, and where it is 0 only the other.",
            "The products are element by element, because each label meets its own prediction. "
            "Then everything is added up, and the sum becomes a mean.",
            "Line 1: the label times the logarithm of the prediction, plus one minus the label "
            "times the logarithm of one minus the prediction. Line 2: minus the sum of that, "
            "divided by m.",
        ),
        learned="You can say in one number how wrong predictions are.",
        misconceptions=mistakes(cost.COMPUTE_COST_MISCONCEPTIONS),
        correct_variants=right_ways(cost.COMPUTE_COST_CORRECT),
    ),
    Exercise(
        name="backward_propagation",
        points=20,
        cases=cases.backward_propagation_cases,
        lesson="a3_shallow_network#backward",
        # An entry more, such as dZ1, does no harm to gradient descent.
        comparison=Comparison(allow_extra_keys=True),
        hints=(
            "A gradient has the same shape as what it belongs to. Write the shape of each of the "
            "six results before you compute it.",
            "The output layer first: dZ2, then dW2 and db2 from it. Then the same for the hidden "
            "layer. The factor 1/m belongs where examples are added up, and nowhere else.",
            "dZ2: prediction minus label. dW2: dZ2 times the transposed A1, over m. db2: the sum "
            "of dZ2 over the examples, kept a column, over m. dZ1: the transposed W2 times dZ2, "
            "then entry by entry the slope of tanh. dW1 and db1: like dW2 and db2, with dZ1 and X.",
        ),
        learned="You can find out how the cost depends on every weight and bias of a network.",
        misconceptions=mistakes(backward.BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(backward.BACKWARD_CORRECT),
    ),
    Exercise(
        name="update_parameters",
        points=10,
        cases=cases.update_parameters_cases,
        lesson="a3_shallow_network#update",
        hints=(
            "The gradient points uphill. We want to go down.",
            "All four lines are alike: the new value is made from the old one, its gradient and "
            "the learning rate.",
            "The old value minus the learning rate times its gradient, once for each of W1, b1, W2 "
            "and b2.",
        ),
        learned="You can take a step of gradient descent with all parameters at once.",
        misconceptions=mistakes(update.UPDATE_MISCONCEPTIONS),
        correct_variants=right_ways(update.UPDATE_CORRECT),
    ),
    Exercise(
        name="nn_model",
        points=20,
        cases=cases.nn_model_cases,
        lesson="a3_shallow_network#model",
        builds_on=(
            "layer_sizes",
            "initialize_parameters",
            "forward_propagation",
            "compute_cost",
            "backward_propagation",
            "update_parameters",
        ),
        hints=(
            "Create the parameters once. Then every round of the loop does the same four things: "
            "forward, cost, backward, update.",
            "Each of the five lines is a call of a function that you have written already. Look at "
            "what each takes and what it returns; the forward pass returns two things.",
            "Before the loop: initialize_parameters with the three sizes. In the loop: "
            "forward_propagation from X and the parameters, compute_cost from A2 and Y, "
            "backward_propagation from parameters, cache, X and Y, update_parameters from "
            "parameters and grads.",
        ),
        learned="You can put the parts together and train a neural network.",
        misconceptions=mistakes(model.MODEL_MISCONCEPTIONS),
        correct_variants=right_ways(model.MODEL_CORRECT),
        expensive=True,
    ),
    Exercise(
        name="predict",
        points=10,
        cases=cases.predict_cases,
        lesson="a3_shallow_network#predict",
        builds_on=("forward_propagation",),
        hints=(
            "First the probabilities, then the decision.",
            "A comparison of a whole array with a number gives an array of True and False.",
            "Line 1: forward_propagation, which returns the probabilities and the cache. Line 2: "
            "where is the probability greater than one half?",
        ),
        learned="You can turn the probabilities of a network into decisions.",
        misconceptions=mistakes(forward.PREDICT_MISCONCEPTIONS),
        correct_variants=right_ways(forward.PREDICT_CORRECT),
    ),
    BUG,
)
