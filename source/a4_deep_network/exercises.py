"""How the ten functions of the deep-network assignment are judged.

The cases are in ``a4_cases``; the known mistakes and the other right ways to write each function
are in the modules ``a4_..._variants``. Generated mutants that change nothing are named in
``a4_equivalent_mutants``.
"""

from __future__ import annotations

import a4_cases as cases
import a4_cost_variants as cost
import a4_initialization_variants as initialization
import a4_layer_backward_variants as layer_backward
import a4_layer_forward_variants as layer_forward
import a4_model_backward_variants as model_backward
import a4_model_forward_variants as model_forward
import a4_update_variants as update
from a4_bug import BUG
from a4_equivalent_mutants import EQUIVALENT_MUTANTS

from grader.exercises.exercise import Comparison, Exercise, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES"]

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="initialize_parameters",
        points=10,
        cases=cases.initialize_parameters_cases,
        lesson="a4_deep_network#initialise",
        hints=(
            "A weight matrix has one row for each unit of its own layer and one column for each "
            "unit of the layer before. A bias vector has one row for each unit, and one column.",
            "`np.random.randn` takes the two sizes as two arguments; `np.zeros` takes them as one "
            "tuple. The weights are random so that the units differ, and small so that the sigmoid "
            "is not flat.",
            "Line 1: random numbers of shape (n_h, n_x), made a hundred times smaller. Line 2: "
            "zeros of shape (n_h, 1). Lines 3 and 4: the same for the output layer, which has n_y "
            "units and is fed by n_h.",
        ),
        learned=(
            "You can set up the weights and biases of a network with one hidden layer, and say "
            "why the weights must be random and small."
        ),
        misconceptions=mistakes(initialization.INITIALIZE_PARAMETERS_MISCONCEPTIONS),
        correct_variants=right_ways(initialization.INITIALIZE_PARAMETERS_CORRECT),
    ),
    Exercise(
        name="initialize_parameters_deep",
        points=10,
        cases=cases.initialize_parameters_deep_cases,
        lesson="a4_deep_network#initialise",
        hints=(
            "Each round of the loop makes one W and one b. Ask for layer l: how many units does it "
            "have, and how many does the layer that feeds it have?",
            "`layer_dims[l]` is the number of units of layer l, and layer 0 is the input. The keys "
            'are made by joining the letter and the number: `"W" + str(l)`.',
            "Line 1: random numbers with as many rows as layer l has units and as many columns as "
            "layer l-1 has, times 0.01. Line 2: zeros with the same number of rows and one column.",
        ),
        learned=(
            "You can set up the parameters of a network of any depth, and tell every shape from "
            "the sizes of the layers."
        ),
        misconceptions=mistakes(initialization.INITIALIZE_PARAMETERS_DEEP_MISCONCEPTIONS),
        correct_variants=right_ways(initialization.INITIALIZE_PARAMETERS_DEEP_CORRECT),
    ),
    Exercise(
        name="linear_forward",
        points=10,
        cases=cases.linear_forward_cases,
        lesson="a4_deep_network#forward",
        hints=(
            "Write the formula of Z for this layer, and below each letter its shape.",
            "In a matrix product the inner sizes meet: the columns of the first factor are the "
            "rows of the second. Which of W and A has to come first?",
            "One line: the matrix product of the weights with the activations, plus the bias. "
            "Broadcasting adds the bias column to every example.",
        ),
        learned="You can compute the linear part of a layer for all examples at once.",
        misconceptions=mistakes(layer_forward.LINEAR_FORWARD_MISCONCEPTIONS),
        correct_variants=right_ways(layer_forward.LINEAR_FORWARD_CORRECT),
    ),
    Exercise(
        name="linear_activation_forward",
        points=10,
        cases=cases.linear_activation_forward_cases,
        lesson="a4_deep_network#forward",
        builds_on=("linear_forward",),
        hints=(
            "Both branches do the same two things: the linear part, then the activation. Only the "
            "activation differs.",
            "`linear_forward` gives Z and its cache. `sigmoid` and `relu` give two things as well: "
            "the activations and a cache, which is Z.",
            "Line 1: call linear_forward with the three arguments of the layer. Line 2: call the "
            "branch's own activation function with Z. Both lines unpack two values.",
        ),
        learned="You can compute a whole layer: the linear part, then its activation function.",
        misconceptions=mistakes(layer_forward.LINEAR_ACTIVATION_FORWARD_MISCONCEPTIONS),
        correct_variants=right_ways(layer_forward.LINEAR_ACTIVATION_FORWARD_CORRECT),
    ),
    Exercise(
        name="L_model_forward",
        points=10,
        cases=cases.L_model_forward_cases,
        lesson="a4_deep_network#forward",
        builds_on=("linear_activation_forward",),
        hints=(
            "Each layer takes what the layer before it gave. Which variable holds that inside the "
            "loop, and which one holds it after the loop?",
            "Layer l uses the parameters whose keys end in l. Every call gives a cache, and the "
            "backward pass will need all L of them, in order.",
            "In the loop: one whole layer forward from A_prev with the weights and bias of layer l "
            'and "relu", then append its cache. After the loop: one whole layer forward from A '
            'with the parameters of layer L and "sigmoid", then append that cache too.',
        ),
        learned=(
            "You can compute the predictions of a network of any depth, and keep what the "
            "backward pass will need."
        ),
        misconceptions=mistakes(model_forward.L_MODEL_FORWARD_MISCONCEPTIONS),
        correct_variants=right_ways(model_forward.L_MODEL_FORWARD_CORRECT),
    ),
    Exercise(
        name="compute_cost",
        points=10,
        cases=cases.compute_cost_cases,
        lesson="a4_deep_network#cost",
        hints=(
            "Read the formula for one example: where the label is 1 only one of the two terms is "
            "left, and where it is 0 only the other.",
            "The products are element by element, because each label meets its own prediction. "
            "Then everything is added up, and the sum becomes a mean.",
            "One line: the label times the logarithm of the prediction, plus one minus the label "
            "times the logarithm of one minus the prediction; the sum of that, divided by m; and "
            "the sign that makes the cost positive.",
        ),
        learned=(
            "You can measure with the cross-entropy cost how wrong the predictions of a network "
            "are."
        ),
        misconceptions=mistakes(cost.COMPUTE_COST_MISCONCEPTIONS),
        correct_variants=right_ways(cost.COMPUTE_COST_CORRECT),
    ),
    Exercise(
        name="linear_backward",
        points=10,
        cases=cases.linear_backward_cases,
        lesson="a4_deep_network#backward",
        hints=(
            "A gradient has the same shape as what it belongs to: dW that of W, db that of b, "
            "dA_prev that of A_prev. The shapes nearly write the formulas.",
            "dW and db collect something from every example, so they are means over the m "
            "examples. dA_prev keeps the examples apart, so nothing is averaged there.",
            "dW: the product of dZ with the transposed activations, divided by m. db: the sum of "
            "dZ over the examples, still a column, divided by m. dA_prev: the product of the "
            "transposed weights with dZ.",
        ),
        learned=(
            "You can compute how the cost depends on the weights, the biases and the input of a "
            "layer."
        ),
        misconceptions=mistakes(layer_backward.LINEAR_BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(layer_backward.LINEAR_BACKWARD_CORRECT),
    ),
    Exercise(
        name="linear_activation_backward",
        points=10,
        cases=cases.linear_activation_backward_cases,
        lesson="a4_deep_network#backward",
        builds_on=("linear_backward",),
        hints=(
            "Going back, the order is reversed: first the activation, then the linear part.",
            "`relu_backward` and `sigmoid_backward` turn dA into dZ. They need the activation "
            "cache; `linear_backward` needs the other one.",
            "Line 1: dZ from dA and the activation cache, with the branch's own backward function. "
            "Line 2: linear_backward of dZ and the linear cache, which gives all three results.",
        ),
        learned=(
            "You can take a gradient back through a whole layer: first its activation function, "
            "then its linear part."
        ),
        misconceptions=mistakes(layer_backward.LINEAR_ACTIVATION_BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(layer_backward.LINEAR_ACTIVATION_BACKWARD_CORRECT),
    ),
    Exercise(
        name="L_model_backward",
        points=10,
        cases=cases.L_model_backward_cases,
        lesson="a4_deep_network#backward",
        builds_on=("linear_activation_backward",),
        # An entry more, such as the gradient of AL itself, does no harm to gradient descent.
        comparison=Comparison(allow_extra_keys=True),
        hints=(
            "Take a network of three layers and write down, layer by layer, which cache is used, "
            "which gradient comes in and which three go out.",
            "Python counts the caches from 0: the cache of layer 1 is caches[0], and that of layer "
            "L is the last of the list. In the loop, l counts caches, so the layer is l + 1.",
            'Last layer: dAL and the last cache with "sigmoid" give dA(L-1), dWL and dbL. Loop: '
            'the gradient that was stored under "dA" + str(l + 1) and the cache number l with '
            '"relu" give dA(l), dW(l+1) and db(l+1).',
        ),
        learned=(
            "You can compute the gradients of all parameters of a network in one backward pass."
        ),
        misconceptions=mistakes(model_backward.L_MODEL_BACKWARD_MISCONCEPTIONS),
        correct_variants=right_ways(model_backward.L_MODEL_BACKWARD_CORRECT),
    ),
    Exercise(
        name="update_parameters",
        points=10,
        cases=cases.update_parameters_cases,
        lesson="a4_deep_network#update",
        hints=(
            "The gradient points uphill. We want to go down.",
            "The loop counts from 0, but the layers from 1: that is why the keys end in l + 1. "
            'Each key "W1" of the parameters has its partner "dW1" among the gradients.',
            "Line 1: the old weights minus the learning rate times their gradient. Line 2: the "
            "same for the bias.",
        ),
        learned="You can take a step of gradient descent with all parameters of a network.",
        misconceptions=mistakes(update.UPDATE_PARAMETERS_MISCONCEPTIONS),
        correct_variants=right_ways(update.UPDATE_PARAMETERS_CORRECT),
    ),
    BUG,
)
