"""The cases on which the models of the cat classifier are judged: small synthetic problems.

Every size is drawn, so that no size of one class is the size of the next. The trainings are short
and their steps moderate: no prediction comes near 0 or 1, where the cost would be infinite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState


@dataclass(frozen=True)
class Training:
    """How long a case trains, and with which step."""

    num_iterations: int
    learning_rate: float
    print_cost: bool = False

    def __str__(self) -> str:
        steps = "1 step" if self.num_iterations == 1 else f"{self.num_iterations} steps"
        return f"{steps}, learning rate {self.learning_rate}"


# A cost is recorded at the steps 0, 100 and 200: trainings of 101 and 201 steps reach the last of
# them just so, one of 150 steps ends between two.
ONE_STEP = Training(1, 0.05)
TWO_STEPS = Training(2, 0.3, print_cost=True)
TWO_COSTS = Training(101, 0.0075)
BETWEEN_COSTS = Training(150, 0.1)


def three_costs(random: Random) -> Training:
    """Draw a training whose learning rate nobody can know."""
    return Training(201, round(float(random.uniform(0.02, 0.2)), 3))


def draw_case(random: Random, depth: int, training: Training, reference: Any) -> Case:
    """Draw the sizes and the data of a network of ``depth`` layers."""
    dims, X, Y = draw_problem(random, depth, reference)
    m = X.shape[1]
    *first, output = map(str, dims)
    return Case(
        f"{m} examples, layers of {', '.join(first)} and {output} units, {training}",
        (X, Y, dims, training.learning_rate, training.num_iterations, training.print_cost),
        {
            "m": m,
            "L": depth,
            "learning_rate": training.learning_rate,
            "num_iterations": training.num_iterations,
        },
    )


def draw_problem(random: Random, depth: int, reference: Any) -> tuple[list[int], Array, Array]:
    """Draw widths, an input, and labels that depend on it.

    In each hidden layer something must be let through at the start and something held back, or
    nothing would flow back through it and a mistake in front of it would not show.
    """
    while True:
        hidden = [int(width) for width in random.permutation(range(3, 8))[: depth - 1]]
        dims = [int(random.randint(8, 21)), *hidden, 1]
        m = int(random.choice([m for m in range(6, 21) if m not in dims]))
        X = random.randn(dims[0], m)
        if lively(X, dims, reference):
            break
    scores = random.randn(dims[0]) @ X
    Y = (scores > np.median(scores)).astype(int).reshape(1, m)
    return dims, X, Y


def lively(X: Array, dims: list[int], reference: Any) -> bool:
    """Whether each hidden layer, as it is initialized, has positive and negative Z."""
    _, caches = reference.L_model_forward(X, reference.initialize_parameters_deep(dims))
    return all((Z > 0).any() and (Z < 0).any() for _, Z in caches[:-1])


def two_layer_model_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Trainings of networks with one hidden layer; in the last it has a single unit.

    With a single unit all gradients and caches have the same shape, so mistakes that would be
    stopped by an error can be told from one another.
    """
    trainings = (ONE_STEP, TWO_STEPS, TWO_COSTS, BETWEEN_COSTS, three_costs(random))
    for training in trainings:
        case = draw_case(random, 2, training, reference)
        X, Y, dims, *how = case.args
        yield Case(case.name, (X, Y, tuple(dims), *how), case.quantities)
    n_x, m = 8, int(random.randint(9, 21))
    X = random.randn(n_x, m)
    while not lively(X, [n_x, 1, 1], reference):
        X = random.randn(n_x, m)
    Y = (X[:1] > np.median(X[0])).astype(int)
    yield Case(
        f"{m} examples, layers of {n_x}, 1 and 1 units, {TWO_STEPS}",
        (X, Y, (n_x, 1, 1), TWO_STEPS.learning_rate, TWO_STEPS.num_iterations, False),
        {"m": m, "learning_rate": TWO_STEPS.learning_rate},
    )


def L_layer_model_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Trainings of networks of two to five layers."""
    trainings = (ONE_STEP, TWO_STEPS, TWO_COSTS, BETWEEN_COSTS, three_costs(random))
    for depth, training in zip((2, 3, 2, 5, 4), trainings, strict=True):
        yield draw_case(random, depth, training, reference)
