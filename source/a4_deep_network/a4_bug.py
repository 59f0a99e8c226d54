"""The broken function of the deep network: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, CorrectVariant, Exercise, Misconception

_COPY = "changed = {key: array.copy() for key, array in parameters.items()}"
_UP = "changed[name][place] += epsilon"
_DOWN = "changed[name][place] -= 2 * epsilon"
_SLOPE = "slope = (above - below) / (2 * epsilon)"
_GIVEN_COPY = "changed = dict(parameters)"
_GIVEN_SLOPE = "slope = (above - below) / epsilon"


def measured_gradients_cases(random: np.random.RandomState, reference: Any) -> Iterator[Case]:
    """Small networks of one to three layers, with steps so long that every detail shows."""
    for depth, epsilon in ((1, 0.1), (2, 0.05), (3, 0.02)):
        dims = [*(int(size) for size in random.permutation(range(2, 5))[:depth]), 1]
        m = int(random.randint(5, 9))
        parameters = {}
        for l in range(1, len(dims)):
            parameters[f"W{l}"] = random.randn(dims[l], dims[l - 1])
            parameters[f"b{l}"] = random.randn(dims[l], 1)
        X = random.randn(dims[0], m)
        Y = (random.rand(1, m) > 0.5).astype(int)
        sizes = ", ".join(map(str, dims))
        yield Case(
            f"{m} examples, layers of {sizes} units, epsilon = {epsilon}",
            (parameters, X, Y, epsilon),
            {"m": m, "epsilon": epsilon},
        )


BUG = Exercise(
    name="measured_gradients",
    points=10,
    cases=measured_gradients_cases,
    lesson="a4_deep_network#bug",
    builds_on=("L_model_forward", "compute_cost"),
    hints=(
        "Print, for one parameter, the measured gradient divided by the computed one. Then print a "
        "parameter before and after the call of the function.",
        "The two measured costs lie two steps apart. And `dict(parameters)` is a new dictionary "
        "that holds the old arrays.",
        "Divide by the whole distance between the two places, and copy every array, so that each "
        "measurement starts from the same parameters.",
    ),
    learned="You can measure the gradients of a network, and mend the instrument itself.",
    misconceptions=(
        Misconception(
            name="as-it-was-given",
            edits=((_COPY, _GIVEN_COPY), (_SLOPE, _GIVEN_SLOPE)),
            message="This is still the broken function. Compare its result with L_model_backward, "
            "and the parameters before the call with those after it.",
        ),
        Misconception(
            name="arrays-not-copied",
            edits=((_COPY, _GIVEN_COPY),),
            message="One of two mistakes is left: the new dictionary still holds the old arrays, "
            "so each measurement leaves its parameter changed, and the next starts elsewhere.",
        ),
        Misconception(
            name="divided-by-one-step",
            edits=((_SLOPE, _GIVEN_SLOPE),),
            message="One of two mistakes is left: the two places at which the cost is measured are "
            "two steps apart, but the difference is divided by one.",
        ),
        Misconception(
            name="one-sided",
            edits=((_DOWN, "changed[name][place] -= epsilon"), (_SLOPE, _GIVEN_SLOPE)),
            message="The second cost is measured at the parameters themselves, which is less "
            "exact. Measure one step above and one step below.",
        ),
        Misconception(
            name="one-step-back",
            edits=((_DOWN, "changed[name][place] -= epsilon"),),
            message="One step back leads to where you started. The second cost belongs one step "
            "below that.",
        ),
        Misconception(
            name="sign-turned",
            edits=((_SLOPE, "slope = (below - above) / (2 * epsilon)"),),
            message="The sign is turned: the gradient is positive where the cost grows with the "
            "parameter.",
        ),
        Misconception(
            name="not-divided",
            edits=((_SLOPE, "slope = above - below"),),
            message="The difference of the costs is not divided by the distance.",
        ),
    ),
    correct_variants=(
        CorrectVariant(
            name="steps-from-the-start",
            edits=(
                (_UP, "changed[name][place] = value[place] + epsilon"),
                (_DOWN, "changed[name][place] = value[place] - epsilon"),
            ),
        ),
        CorrectVariant(
            name="deep-copy",
            edits=((_COPY, "import copy\n\n            changed = copy.deepcopy(parameters)"),),
        ),
        CorrectVariant(
            name="only-the-changed-array-copied",
            edits=((_COPY, "changed = {**parameters, name: value.copy()}"),),
        ),
        CorrectVariant(
            name="halved-afterwards",
            edits=((_SLOPE, "slope = (above - below) / epsilon / 2"),),
        ),
    ),
)
