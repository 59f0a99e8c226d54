"""Train a network on images in seconds: the same training, with 209 inputs in place of 12,288.

Every step of gradient descent adds a combination of the images to the weights of the first layer.
So the weights move only inside the span of the images, which has at most as many dimensions as
there are images. :class:`Reduction` changes to the coordinates of that span and back;
:class:`Descent` is gradient descent itself, on either problem.

    reduction = Reduction.of(train_x)
    initial = initialize_parameters_deep([12288, 20, 7, 5, 1])
    descent = Descent(reduction.shorten(initial), reduction.coordinates, train_y, 0.0075)
    descent.run(2500)
    parameters = reduction.restore(descent.parameters(), initial)

The lessons use these; how a training loop is written from the parts of the course is the subject of
the assignments.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.networks.layered import Array, LayeredNetwork, Parameters

__all__ = ["Descent", "Reduction", "Step", "follow_step", "numerical_gradients", "probability"]


@dataclass(frozen=True)
class Reduction:
    """Images in the coordinates of the space that they span: X = Q R.

    Attributes:
        axes: Q, shape (n_x, m): perpendicular columns of length 1.
        coordinates: R, shape (m, m): one column an image.
    """

    axes: Array
    coordinates: Array

    @classmethod
    def of(cls, X: Array) -> Reduction:
        """Find the axes of the images.

        Parameters:
            X: one column an example, shape (n_x, m).

        Raises:
            ValueError: there are more examples than numbers in one of them, so that nothing
                could be saved.
        """
        n_x, m = X.shape
        if m > n_x:
            raise ValueError(f"{m} examples of {n_x} numbers each do not lie in a smaller space")
        axes, coordinates = np.linalg.qr(X)
        return cls(axes, coordinates)

    def shorten(self, parameters: Parameters) -> dict[str, Array]:
        """Carry parameters over to the reduced problem: V = W1 Q in place of W1.

        Parameters:
            parameters: those of the whole problem, with W1 of shape (n[1], n_x).

        Returns:
            The same, with V of shape (n[1], m) under the name ``"W1"``.
        """
        return {**parameters, "W1": parameters["W1"] @ self.axes}

    def restore(self, reduced: Parameters, initial: Parameters) -> dict[str, Array]:
        """Carry trained parameters back: W1 = W1_0 + (V - V_0) Q^T.

        Parameters:
            reduced: the trained parameters of the reduced problem.
            initial: the initial parameters of the whole problem, from which it began.

        Returns:
            The parameters that training on the whole problem would have led to.
        """
        moved = reduced["W1"] - initial["W1"] @ self.axes
        return {**reduced, "W1": initial["W1"] + moved @ self.axes.T}


@dataclass(frozen=True)
class Step:
    """One step of gradient descent, with everything that was computed on the way.

    Attributes:
        X, Y: the examples and their labels.
        learning_rate: the size of the step.
        before, after: the parameters.
        forward: ``"Z1"``, ``"A1"``, ..., in the order in which they were computed.
        losses: the loss of each example, shape (1, m).
        backward: ``"dZL"``, ``"dWL"``, ``"dbL"``, ``"dA(L-1)"``, ..., in the order in which they
            were computed.
        cost, cost_after: the cost of the parameters before and after.
    """

    X: Array
    Y: Array
    learning_rate: float
    before: dict[str, Array]
    after: dict[str, Array]
    forward: dict[str, Array]
    losses: Array
    backward: dict[str, Array]
    cost: float
    cost_after: float


class Descent:
    """Gradient descent on all examples at once: ReLU in the hidden layers, sigmoid at the end.

    Attributes:
        learning_rate: the size of the steps; it may be changed between two runs.
        costs: the cost before each step, and never of a state that was not reached.
        seconds: the time that the steps have taken.
    """

    def __init__(
        self, initial: Parameters, X: ArrayLike, Y: ArrayLike, learning_rate: float
    ) -> None:
        """Get ready to train.

        Parameters:
            initial: the parameters to begin with; they stay as they are.
            X: one column an example, shape (n_x, m).
            Y: the labels 0 or 1, shape (1, m).
            learning_rate: the size of the steps.
        """
        self._network = LayeredNetwork(initial)
        self._examples = np.asarray(X, dtype=float)
        self._labels = np.asarray(Y, dtype=float)
        self.learning_rate = learning_rate
        self.costs: list[float] = []
        self.seconds = 0.0

    @property
    def steps(self) -> int:
        """The number of steps taken so far."""
        return len(self.costs)

    def parameters(self) -> dict[str, Array]:
        """The parameters as they are now, as copies."""
        return {name: value.copy() for name, value in self._network.parameters.items()}

    def cost(self) -> float:
        """The cross-entropy cost of the parameters as they are now."""
        return self._network.cost(self._examples, self._labels)

    def gradients(self) -> dict[str, Array]:
        """The gradients of the cost at the parameters as they are now, by name: ``"dW1"``, ..."""
        slopes = self._network.gradients(self._examples, self._labels)
        return {f"d{name}": slopes[f"d{name}"] for name in self._network.parameters}

    def run(self, steps: int) -> Descent:
        """Take a number of steps downhill.

        Parameters:
            steps: how many; fewer are taken if the cost stops being a number.

        Returns:
            The descent itself, so that ``Descent(...).run(100).costs`` can be written.
        """
        began = time.perf_counter()
        self.costs += self._network.train(self._examples, self._labels, self.learning_rate, steps)
        self.seconds += time.perf_counter() - began
        return self


def follow_step(parameters: Parameters, X: ArrayLike, Y: ArrayLike, learning_rate: float) -> Step:
    """Take one step of gradient descent and keep all the numbers.

    Parameters:
        parameters: those before the step; they stay as they are.
        X: one column an example, shape (n_x, m).
        Y: the labels 0 or 1, shape (1, m).
        learning_rate: the size of the step.

    Returns:
        The step.
    """
    examples, labels = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    network = LayeredNetwork(parameters)
    depth, forward = network.depth, {}
    for l, (inner, values) in enumerate(network.layers(examples), 1):
        forward[f"Z{l}"], forward[f"A{l}"] = inner, values
    last = forward[f"Z{depth}"]
    slopes = network.gradients(examples, labels)
    backward: dict[str, Array] = {}
    for l in range(depth, 0, -1):
        if l < depth:
            backward[f"dA{l}"] = parameters[f"W{l + 1}"].T @ backward[f"dZ{l + 1}"]
        for name in (f"dZ{l}", f"dW{l}", f"db{l}"):
            backward[name] = slopes[name]
    descent = Descent(parameters, examples, labels, learning_rate)
    descent.run(1)
    return Step(
        X=examples,
        Y=labels,
        learning_rate=learning_rate,
        before={name: value.astype(float) for name, value in parameters.items()},
        after=descent.parameters(),
        forward=forward,
        losses=np.logaddexp(0, last) - labels * last,
        backward=backward,
        cost=descent.costs[0],
        cost_after=descent.cost(),
    )


def probability(parameters: Parameters, X: ArrayLike) -> Array:
    """The predicted probability of label 1, for a network of any depth.

    Parameters:
        parameters: of a network with ReLU in the hidden layers and a sigmoid at the end.
        X: one column an example, shape (n_x, m).

    Returns:
        The probabilities, shape (1, m).
    """
    return LayeredNetwork(parameters).probability(X)


def numerical_gradients(
    parameters: Parameters, X: ArrayLike, Y: ArrayLike, nudge: float = 1e-6
) -> dict[str, Array]:
    """Measure the gradients: change each parameter a little, and see how the cost changes.

    Parameters:
        parameters: the parameters; they stay as they are.
        X: one column an example, shape (n_x, m).
        Y: the labels 0 or 1, shape (1, m).
        nudge: by how much a parameter is changed, up and down.

    Returns:
        ``"dW1"``, ``"db1"``, ...: (J(p + nudge) - J(p - nudge)) / (2 nudge) for each parameter p.
    """
    measured = {}
    for name, values in parameters.items():
        slope = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            both = []
            for shift in (nudge, -nudge):
                moved = values.astype(float)
                moved[place] += shift
                both.append(LayeredNetwork({**parameters, name: moved}).cost(X, Y))
            slope[place] = (both[0] - both[1]) / (2 * nudge)
        measured[f"d{name}"] = slope
    return measured
