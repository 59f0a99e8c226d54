"""The broken function of logistic regression: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from a2_cases import Random, name_sizes, two_sizes

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_W = 'velocity_w = beta * velocity["w"] + (1 - beta) * grads["dw"]'
_B = 'velocity_b = beta * velocity["b"] + (1 - beta) * grads["db"]'
_STEP_W = "w = w - learning_rate * velocity_w"
_STEP_B = "b = b - learning_rate * velocity_b"
_GIVEN_W = 'velocity_w = beta * velocity["w"] + grads["dw"]'
_GIVEN_B = 'velocity_b = beta * velocity["w"] + (1 - beta) * grads["db"]'


def momentum_step_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Steps in the middle of a walk, with gradients of real examples; one has one feature."""
    few, m = two_sizes(random, smallest=3)
    for n_x in (few, 1, m):
        X, w = random.randn(n_x, m + 1), random.randn(n_x, 1)
        b = round(float(random.randn()), 3)
        Y = (random.rand(1, m + 1) > 0.5).astype(int)
        grads, _cost = reference.propagate(w, b, X, Y)
        velocity = {"w": random.randn(n_x, 1), "b": round(float(random.randn()), 3)}
        learning_rate = round(float(random.uniform(0.05, 0.6)), 3)
        beta = round(float(random.uniform(0.55, 0.95)), 3)
        yield Case(
            f"{name_sizes(n_x, m + 1)}, beta = {beta}",
            (w, b, grads, velocity, learning_rate, beta),
            {"beta": beta, "learning_rate": learning_rate},
        )


_WRONG = {
    "as-it-was-given": (
        {_W: _GIVEN_W, _B: _GIVEN_B},
        "This is still the broken function. Look at the shape of b after a step, and at the "
        "length of the steps of w.",
    ),
    "gradient-of-w-unscaled": (
        {_W: _GIVEN_W},
        "One of two mistakes is left: the velocity of w takes the whole gradient, and not its "
        "share of 1 minus beta, so its steps become too long.",
    ),
    "velocity-of-w-in-b": (
        {_B: _GIVEN_B},
        "One of two mistakes is left: the velocity of b is made of that of w, so b does not stay "
        "one number.",
    ),
    "gradients-without-velocity": (
        {_STEP_W: 'w = w - learning_rate * grads["dw"]'},
        "w takes its step along the gradient itself; the velocity is computed, but not used.",
    ),
    "uphill": (
        {
            _STEP_W: "w = w + learning_rate * velocity_w",
            _STEP_B: "b = b + learning_rate * velocity_b",
        },
        "The step goes along the velocity, which points uphill. Go against it.",
    ),
    "shares-exchanged": (
        {
            _W: 'velocity_w = (1 - beta) * velocity["w"] + beta * grads["dw"]',
            _B: 'velocity_b = (1 - beta) * velocity["b"] + beta * grads["db"]',
        },
        "The shares are exchanged: beta is the share of the old velocity.",
    ),
    "both-unscaled": (
        {_W: _GIVEN_W, _B: 'velocity_b = beta * velocity["b"] + grads["db"]'},
        "Both velocities take the whole gradient. Only the share 1 minus beta of it belongs in "
        "them.",
    ),
}

_RIGHT = {
    "as-a-correction": {
        _W: 'velocity_w = velocity["w"] + (1 - beta) * (grads["dw"] - velocity["w"])',
        _B: 'velocity_b = velocity["b"] + (1 - beta) * (grads["db"] - velocity["b"])',
    },
    "factors-the-other-way-round": {
        _STEP_W: "w = w - velocity_w * learning_rate",
        _W: 'velocity_w = grads["dw"] * (1 - beta) + velocity["w"] * beta',
    },
    "in-a-loop": {
        _W: 'new = {k: beta * velocity[k] + (1 - beta) * grads["d" + k] for k in "wb"}',
        _B: 'velocity_w, velocity_b = new["w"], new["b"]',
    },
}

BUG = Exercise(
    name="momentum_step",
    points=10,
    cases=momentum_step_cases,
    lesson="a2_logistic_regression#bug",
    hints=(
        "Take one step with the broken function and print the shapes of w and b before and after. "
        "Then draw the cost of both walks, with beta = 0 and with beta = 0.9.",
        "With beta = 0.9 a velocity is nine parts of what it was and one part of the new gradient. "
        "Which of the two velocities has more than ten parts? And whose velocity goes into b?",
        "In the velocity of w, the gradient needs its factor 1 minus beta. The velocity of b must "
        "grow out of the old velocity of b.",
    ),
    learned="You can find a mistake in a training step by shapes and by the curve of the cost.",
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
