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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Descent", "Reduction", "Step", "follow_step", "numerical_gradients", "probability"]

Array = NDArray[np.float64]
Parameters = Mapping[str, Array]
"""``"W1"``, ``"b1"``, ..., ``"WL"``, ``"bL"``: weights (n[l], n[l-1]) and biases (n[l], 1)."""


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

        Arguments:
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

        Arguments:
            parameters: those of the whole problem, with W1 of shape (n[1], n_x).

        Returns:
            The same, with V of shape (n[1], m) under the name ``"W1"``.
        """
        return {**parameters, "W1": parameters["W1"] @ self.axes}

    def restore(self, reduced: Parameters, initial: Parameters) -> dict[str, Array]:
        """Carry trained parameters back: W1 = W1_0 + (V - V_0) Q^T.

        Arguments:
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
        steps: the number of steps taken so far.
        costs: the cost before each step, and never of a state that was not reached.
        seconds: the time that the steps have taken.
    """

    def __init__(
        self, initial: Parameters, X: ArrayLike, Y: ArrayLike, learning_rate: float
    ) -> None:
        """Get ready to train.

        Arguments:
            initial: the parameters to begin with; they stay as they are.
            X: one column an example, shape (n_x, m).
            Y: the labels 0 or 1, shape (1, m).
            learning_rate: the size of the steps.
        """
        depth = len(initial) // 2
        self._weights = [initial[f"W{l}"].astype(float) for l in range(1, depth + 1)]
        self._biases = [initial[f"b{l}"].astype(float) for l in range(1, depth + 1)]
        self._examples = np.asarray(X, dtype=float)
        self._labels = np.asarray(Y, dtype=float)
        self.learning_rate = learning_rate
        self.steps = 0
        self.costs: list[float] = []
        self.seconds = 0.0

    def parameters(self) -> dict[str, Array]:
        """The parameters as they are now, as copies."""
        named: dict[str, Array] = {}
        for l, (weights, bias) in enumerate(zip(self._weights, self._biases, strict=True), 1):
            named[f"W{l}"], named[f"b{l}"] = weights.copy(), bias.copy()
        return named

    def cost(self) -> float:
        """The cross-entropy cost of the parameters as they are now."""
        return _cost(self._layers()[1], self._labels)

    def gradients(self) -> dict[str, Array]:
        """The gradients of the cost at the parameters as they are now, by name: ``"dW1"``, ..."""
        inside, last = self._layers()
        named: dict[str, Array] = {}
        for l, (d_weights, d_bias) in self._slopes(inside, last).items():
            named[f"dW{l}"], named[f"db{l}"] = d_weights, d_bias
        return named

    def run(self, steps: int) -> Descent:
        """Take a number of steps downhill.

        Returns:
            The descent itself, so that ``Descent(...).run(100).costs`` can be written.
        """
        began = time.perf_counter()
        for _ in range(steps):
            inside, last = self._layers()
            self.costs.append(_cost(last, self._labels))
            for l, (d_weights, d_bias) in self._slopes(inside, last).items():
                self._weights[l - 1] -= self.learning_rate * d_weights
                self._biases[l - 1] -= self.learning_rate * d_bias
        self.steps += steps
        self.seconds += time.perf_counter() - began
        return self

    def _layers(self) -> tuple[list[Array], Array]:
        """What goes into each layer, and Z of the last one."""
        inside = [self._examples]
        for weights, bias in zip(self._weights[:-1], self._biases[:-1], strict=True):
            inside.append(np.maximum(weights @ inside[-1] + bias, 0))
        return inside, self._weights[-1] @ inside[-1] + self._biases[-1]

    def _slopes(self, inside: Sequence[Array], last: Array) -> dict[int, tuple[Array, Array]]:
        """The gradients of each layer, all found before any parameter is changed."""
        m = self._labels.shape[1]
        slopes = {}
        # Sigmoid and cross-entropy together: the derivative is the prediction minus the label.
        error = (_sigmoid(last) - self._labels) / m
        for l in range(len(self._weights), 0, -1):
            slopes[l] = error @ inside[l - 1].T, error.sum(axis=1, keepdims=True)
            if l > 1:
                # What comes out of a ReLU is positive exactly where its input is.
                error = (self._weights[l - 1].T @ error) * (inside[l - 1] > 0)
        return slopes


def follow_step(parameters: Parameters, X: ArrayLike, Y: ArrayLike, learning_rate: float) -> Step:
    """Take one step of gradient descent and keep all the numbers.

    Arguments:
        parameters: those before the step; they stay as they are.
        X: one column an example, shape (n_x, m).
        Y: the labels 0 or 1, shape (1, m).
        learning_rate: the size of the step.

    Returns:
        The step.
    """
    examples, labels = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    descent = Descent(parameters, examples, labels, learning_rate)
    depth = len(parameters) // 2
    forward, values = {}, examples
    for l in range(1, depth + 1):
        forward[f"Z{l}"] = parameters[f"W{l}"] @ values + parameters[f"b{l}"]
        inner = forward[f"Z{l}"]
        values = forward[f"A{l}"] = np.maximum(inner, 0) if l < depth else _sigmoid(inner)
    last = forward[f"Z{depth}"]
    slopes, backward = descent.gradients(), {}
    for l in range(depth, 0, -1):
        if l == depth:
            # As the course writes it: dZ and dA belong to single examples, dW and db to the mean.
            backward[f"dZ{l}"] = values - labels
        else:
            backward[f"dA{l}"] = parameters[f"W{l + 1}"].T @ backward[f"dZ{l + 1}"]
            backward[f"dZ{l}"] = backward[f"dA{l}"] * (forward[f"Z{l}"] > 0)
        backward[f"dW{l}"], backward[f"db{l}"] = slopes[f"dW{l}"], slopes[f"db{l}"]
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

    Arguments:
        parameters: of a network with ReLU in the hidden layers and a sigmoid at the end.
        X: one column an example, shape (n_x, m).

    Returns:
        The probabilities, shape (1, m).
    """
    depth = len(parameters) // 2
    values = np.asarray(X, dtype=float)
    for l in range(1, depth + 1):
        values = parameters[f"W{l}"] @ values + parameters[f"b{l}"]
        values = np.maximum(values, 0) if l < depth else _sigmoid(values)
    return values


def numerical_gradients(
    parameters: Parameters, X: ArrayLike, Y: ArrayLike, nudge: float = 1e-6
) -> dict[str, Array]:
    """Measure the gradients: change each parameter a little, and see how the cost changes.

    Arguments:
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
                both.append(Descent({**parameters, name: moved}, X, Y, 0.0).cost())
            slope[place] = (both[0] - both[1]) / (2 * nudge)
        measured[f"d{name}"] = slope
    return measured


def _sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z) by way of the tanh, which overflows for no z."""
    curve: Array = (1 + np.tanh(z / 2)) / 2
    return curve


def _cost(last: Array, labels: Array) -> float:
    """The cross-entropy, from Z of the last layer: log(1 + e^z) - y z never takes the log of 0."""
    return float(np.mean(np.logaddexp(0, last) - labels * last))
