"""A network of any depth with any of the usual activation functions, to experiment with.

The lessons ask it what happens if: if the hidden units are linear, if all weights begin at zero, if
they begin too large. How a network is written from its parts is the subject of the assignments.

    network = LayeredNetwork(random_parameters([2, 4, 1], 0.01, seed=3), hidden="tanh")
    costs = network.train(X, Y, learning_rate=1.2, steps=1000)
    network.probability(X)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ACTIVATIONS", "LayeredNetwork", "random_parameters"]

Array = NDArray[np.float64]
Parameters = Mapping[str, Array]
"""``"W1"``, ``"b1"``, ..., ``"WL"``, ``"bL"``: weights (n[l], n[l-1]) and biases (n[l], 1)."""


def _sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z) by way of the tanh, which overflows for no z."""
    return np.asarray((1 + np.tanh(z / 2)) / 2)


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]] = {
    "sigmoid": (_sigmoid, lambda z, a: a * (1 - a)),
    "tanh": (lambda z: np.tanh(z), lambda z, a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(float)),
    "leaky_relu": (lambda z: np.maximum(z, 0.01 * z), lambda z, a: np.where(z > 0, 1.0, 0.01)),
    "linear": (lambda z: z, lambda z, a: np.ones(z.shape)),
}
"""For each name the function of z, and its derivative as a function of z and a = g(z)."""


def random_parameters(
    sizes: Sequence[int], scale: float | Callable[[int], float], seed: int = 1
) -> dict[str, Array]:
    """Draw the weights of a network from normal distributions; the biases are zero.

    Parameters:
        sizes: the number of units of every layer, the input layer first.
        scale: the standard deviation of the weights, or a function that gives it for the number of
            units of the layer before.
        seed: of the random numbers.

    Returns:
        The parameters.
    """
    random = np.random.default_rng(seed)
    parameters: dict[str, Array] = {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:], strict=False), 1):
        spread = scale(n_prev) if callable(scale) else scale
        parameters[f"W{l}"] = spread * random.standard_normal((n, n_prev))
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


class LayeredNetwork:
    """A network for yes-or-no questions: its last layer has the sigmoid.

    Attributes:
        parameters: the weights and biases as they are now.
        hidden: the name of the activation function of the hidden layers.
        depth: the number of layers, the input not counted.
    """

    def __init__(self, parameters: Parameters, hidden: str = "relu") -> None:
        """Make a network.

        Parameters:
            parameters: its weights and biases; they are copied.
            hidden: one of :data:`ACTIVATIONS`.

        Raises:
            ValueError: there is no such activation function.
        """
        if hidden not in ACTIVATIONS:
            raise ValueError(f"{hidden!r} is none of {', '.join(ACTIVATIONS)}")
        self.parameters = {name: value.astype(float) for name, value in parameters.items()}
        self.hidden = hidden
        self.depth = len(parameters) // 2

    def layers(self, X: ArrayLike) -> list[tuple[Array, Array]]:
        """Z and A of every layer, the first hidden layer first.

        Parameters:
            X: one column an example, shape (n_x, m).
        """
        values, found = np.asarray(X, dtype=float), []
        for l in range(1, self.depth + 1):
            inner = self.parameters[f"W{l}"] @ values + self.parameters[f"b{l}"]
            values = ACTIVATIONS["sigmoid" if l == self.depth else self.hidden][0](inner)
            found.append((inner, values))
        return found

    def probability(self, X: ArrayLike) -> Array:
        """The predicted probability of label 1, shape (1, m), for examples as columns."""
        return self.layers(X)[-1][1]

    def cost(self, X: ArrayLike, Y: ArrayLike) -> float:
        """The cross-entropy cost of examples as columns and their labels, shape (1, m)."""
        return _cost(self.layers(X)[-1][0], np.asarray(Y, dtype=float))

    def accuracy(self, X: ArrayLike, Y: ArrayLike) -> float:
        """The share of examples whose label is predicted correctly."""
        return float(np.mean((self.probability(X) > 0.5) == (np.asarray(Y) == 1)))

    def gradients(self, X: ArrayLike, Y: ArrayLike) -> dict[str, Array]:
        """The gradients at the present parameters.

        Parameters:
            X: one column an example, shape (n_x, m).
            Y: the labels 0 or 1, shape (1, m).

        Returns:
            ``"dZ1"``, ``"dW1"``, ``"db1"``, ...: those of the parameters are derivatives of the
            cost; column i of a dZ holds the derivatives of the loss of example i.
        """
        examples, labels = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
        return self._gradients(examples, labels, self.layers(examples))

    def train(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        learning_rate: float,
        steps: int,
        keep: Collection[int] = (),
    ) -> list[float]:
        """Take steps of gradient descent.

        Parameters:
            X: one column an example, shape (n_x, m).
            Y: the labels 0 or 1, shape (1, m).
            learning_rate: the size of the steps.
            steps: how many; fewer are taken if the cost stops being a number.
            keep: the numbers of steps after which the parameters are to be kept in
                :attr:`snapshots`.

        Returns:
            The cost before each step.
        """
        examples, labels = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
        self.snapshots: dict[int, dict[str, Array]] = {}
        costs = []
        for step in range(steps + 1):
            if step in keep:
                self.snapshots[step] = dict(self.parameters)
            if step == steps:
                break
            layers = self.layers(examples)
            costs.append(_cost(layers[-1][0], labels))
            if not math.isfinite(costs[-1]):
                break
            slopes = self._gradients(examples, labels, layers)
            self.parameters = {
                name: value - learning_rate * slopes["d" + name]
                for name, value in self.parameters.items()
            }
        return costs

    def _gradients(
        self, examples: Array, labels: Array, layers: list[tuple[Array, Array]]
    ) -> dict[str, Array]:
        m = labels.shape[1]
        slope = ACTIVATIONS[self.hidden][1]
        found = {}
        # Sigmoid and cross-entropy together: the derivative is the prediction minus the label.
        error = layers[-1][1] - labels
        for l in range(self.depth, 0, -1):
            before = layers[l - 2][1] if l > 1 else examples
            found[f"dZ{l}"] = error
            found[f"dW{l}"] = error @ before.T / m
            found[f"db{l}"] = error.sum(axis=1, keepdims=True) / m
            if l > 1:
                error = (self.parameters[f"W{l}"].T @ error) * slope(*layers[l - 2])
        return found


def _cost(last: Array, labels: Array) -> float:
    """The cross-entropy, from Z of the last layer: log(1 + e^z) - y z never takes the log of 0."""
    return float(np.mean(np.logaddexp(0, last) - labels * last))
