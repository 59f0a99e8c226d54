"""Judge a whole training run on the course's images, exactly and in a fraction of the time.

Gradient descent moves the first weight matrix only inside the span of the images: every step adds a
combination of the columns of X to the rows of W1. With X = QR (Q of shape (12288, 209), orthonormal
columns), training on R with V = W1 Q takes the same steps, to rounding, on 209 inputs in place of
12,288, and W1 = W1_0 + (V - V_0) Q^T gives back the weights. The student's own model is called on
the reduced problem, with the initial parameters carried over by the function that makes them. Where
a model does not use that function, or the result is not the reference's, the whole problem is
trained before anything is held against it.
"""

from __future__ import annotations

import copy
import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.checks.plain_data import to_json
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import quiet
from grader.exercises.exercise import Exercise, Training
from grader.paths import DATASETS
from grader.sandbox.host.outcome import Outcome

COST_TOLERANCE = 1e-3
"""How far, relatively, a recorded cost may be off: 2,500 steps amplify how a sum was rounded."""

ACCURACY_TOLERANCE = 0.05
"""How far the accuracy on images may be off: a prediction near one half may fall on either side."""

Parameters = dict[str, np.ndarray]


@dataclass(frozen=True)
class Images:
    """The images as columns, scaled to [0, 1], and their labels as rows."""

    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray


@dataclass(frozen=True)
class ReducedProblem:
    """A training run, on the whole problem and on the reduced one.

    Attributes:
        basis: Q, of shape (pixels, examples).
        arguments: what the model is called with on the reduced problem.
        whole_arguments: what it is called with on the whole one.
        whole_initial: the initial parameters of the whole problem.
        initial: those of the reduced one, with V_0 = W1_0 Q in place of W1.
        initializer: the function that makes the initial parameters.
    """

    basis: np.ndarray
    arguments: tuple[Any, ...]
    whole_arguments: tuple[Any, ...]
    whole_initial: Parameters
    initial: Parameters
    initializer: str

    @functools.cached_property
    def encoded(self) -> tuple[Any, dict[str, Any]]:
        """The reduced problem's arguments, and what its initializer gives, as they are sent."""
        return to_json(self.arguments), {self.initializer: to_json(self.initial)}

    def weights(self, reduced: Parameters) -> Parameters:
        """The parameters of the whole problem that reduced ones stand for."""
        step = (reduced["W1"] - self.initial["W1"]) @ self.basis.T
        return {**reduced, "W1": self.whole_initial["W1"] + step}


@dataclass(frozen=True)
class TrainingResult:
    """What a training run led to.

    Attributes:
        costs: the recorded costs.
        train_accuracy, test_accuracy: the shares of images that are classified rightly.
    """

    costs: np.ndarray
    train_accuracy: float
    test_accuracy: float

    def agrees_with(self, other: TrainingResult) -> bool:
        """Whether both are the same run, to what rounding may change."""
        return (
            self.costs.shape == other.costs.shape
            and bool(np.allclose(self.costs, other.costs, rtol=COST_TOLERANCE, atol=1e-6))
            and abs(self.train_accuracy - other.train_accuracy) <= ACCURACY_TOLERANCE
            and abs(self.test_accuracy - other.test_accuracy) <= ACCURACY_TOLERANCE
        )


@functools.cache
def images() -> Images:
    """The image set of the course."""
    from course.image_data import load_image_dataset  # it brings HDF5, which few need

    train_x, train_y, test_x, test_y, _classes = load_image_dataset(DATASETS)

    def columns(pictures: np.ndarray) -> np.ndarray:
        return pictures.reshape(pictures.shape[0], -1).T / 255.0

    return Images(columns(train_x), train_y, columns(test_x), test_y)


@functools.cache
def reduced_problem(assignment: Assignment, name: str) -> ReducedProblem:
    """The training run of an exercise, whole and reduced."""
    training = _training(assignment.exercise(name))
    data = images()
    basis, triangle = np.linalg.qr(data.train_x)
    whole_sizes = [data.train_x.shape[0], *training.layers]
    sizes = [triangle.shape[0], *training.layers]
    initializer = getattr(assignment.reference, training.initializer)
    whole_initial = initializer(*whole_sizes) if training.spread else initializer(whole_sizes)
    rest = (training.learning_rate, training.iterations, False)
    return ReducedProblem(
        basis=basis,
        arguments=(triangle, data.train_y, sizes, *rest),
        whole_arguments=(data.train_x, data.train_y, whole_sizes, *rest),
        whole_initial=whole_initial,
        initial={**whole_initial, "W1": whole_initial["W1"] @ basis},
        initializer=training.initializer,
    )


@functools.cache
def reference_result(assignment: Assignment, name: str) -> TrainingResult:
    """What the solution reaches, trained on the reduced problem."""
    problem = reduced_problem(assignment, name)
    training = _training(assignment.exercise(name))
    namespace = assignment.namespace()
    namespace[training.initializer] = lambda *sizes: copy.deepcopy(problem.initial)
    # The model was made in this namespace, so it finds the initializer put there.
    run_source(assignment.solution(name), namespace, name)
    with quiet():
        parameters, costs = namespace[name](*problem.arguments)
    result = result_of(Outcome("returned", value=(parameters, costs)), assignment, problem, True)
    assert result is not None
    return result


def result_of(
    outcome: Outcome, assignment: Assignment, problem: ReducedProblem, reduced: bool
) -> TrainingResult | None:
    """Read a training run from what a model returned; None where it is no such thing.

    Parameters:
        outcome: what came of calling the model.
        assignment: whose forward pass makes the predictions.
        problem: the training run.
        reduced: whether the model was trained on the reduced problem.
    """
    try:
        parameters, costs = outcome.value
        history = np.array([float(np.squeeze(cost)) for cost in costs])
        shapes = problem.initial if reduced else problem.whole_initial
        learned = {key: np.asarray(parameters[key], dtype=np.float64) for key in shapes}
        if any(learned[key].shape != shapes[key].shape for key in shapes):
            return None
        weights = problem.weights(learned) if reduced else learned
        data = images()
        return TrainingResult(
            history,
            _accuracy(assignment, weights, data.train_x, data.train_y),
            _accuracy(assignment, weights, data.test_x, data.test_y),
        )
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _accuracy(assignment: Assignment, weights: Parameters, x: np.ndarray, y: np.ndarray) -> float:
    with np.errstate(all="ignore"):
        predictions, _caches = assignment.reference.L_model_forward(x, weights)
    return float(np.mean((predictions > 0.5) == y))


def _training(exercise: Exercise) -> Training:
    assert exercise.training is not None
    return exercise.training
