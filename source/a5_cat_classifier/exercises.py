"""How the two models of the cat classifier are judged.

The cases are in ``a5_cases``; the known mistakes and the other right ways to write each model are
in ``a5_two_layer_variants`` and ``a5_deep_variants``.
"""

from __future__ import annotations

import a5_cases as cases
import a5_deep_variants as deep
import a5_two_layer_variants as two_layer
from a5_bug import BUG

from grader.exercises.exercise import Exercise, Training, mistakes, right_ways

__all__ = ["EQUIVALENT_MUTANTS", "EXERCISES", "OFTEN_IMPORTED"]

OFTEN_IMPORTED = ("scipy.ndimage",)
"""Other editions read images with it. A worker imports it once instead of for each notebook."""

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="two_layer_model",
        points=50,
        cases=cases.two_layer_model_cases,
        lesson="a5_cat_classifier#recipe",
        hints=(
            "Every round of the loop does the same four things: forward, cost, backward, update. "
            "Each is a call of a function that you have written already.",
            "The hidden layer is fed with X and uses ReLU; the output layer is fed with A1 and "
            "uses the sigmoid. The backward pass meets them in the opposite order, each with its "
            "own cache.",
            "Initialize with the three sizes. Forward: linear_activation_forward twice. Cost: from "
            "A2 and Y. Backward: linear_activation_backward with dA2 and cache2, then with dA1 and "
            "cache1. Update: update_parameters with the parameters, grads and learning_rate.",
        ),
        learned=(
            "You can put forward pass, cost, backward pass and update together and train a "
            "network with one hidden layer."
        ),
        misconceptions=mistakes(two_layer.MISCONCEPTIONS),
        correct_variants=right_ways(two_layer.CORRECT),
        expensive=True,
        training=Training("initialize_parameters", layers=(7, 1), spread=True),
    ),
    Exercise(
        name="L_layer_model",
        points=50,
        cases=cases.L_layer_model_cases,
        lesson="a5_cat_classifier#recipe",
        hints=(
            "The loop is the same as in the model with two layers. Only the functions are the ones "
            "that work for any depth.",
            "Look at what each function takes: L_model_forward the input and the parameters, "
            "compute_cost the predictions and the labels, L_model_backward both of these and the "
            "caches.",
            "Initialize from layers_dims. Then, one line each: L_model_forward gives AL and the "
            "caches, compute_cost gives the cost, L_model_backward gives grads, and "
            "update_parameters gives the new parameters.",
        ),
        learned="You can train a network of any depth to recognise something in pictures.",
        misconceptions=mistakes(deep.MISCONCEPTIONS),
        correct_variants=right_ways(deep.CORRECT),
        expensive=True,
        training=Training("initialize_parameters_deep", layers=(20, 7, 5, 1)),
    ),
    BUG,
)

# Generated mutants that are not mistakes, and why.
EQUIVALENT_MUTANTS: dict[str, dict[str, str]] = {
    "detection_rates": {
        "name: is_cat -> Y": "labels are 0 and 1, which compare and count like truth values",
        "name: is_cat -> Y (2)": "labels are 0 and 1, which compare and count like truth values",
        "name: is_cat -> Y (3)": "labels are 0 and 1, which compare and count like truth values",
        "sides swapped: said_cat & is_cat -> is_cat & said_cat": "both must hold in either order",
    },
}
