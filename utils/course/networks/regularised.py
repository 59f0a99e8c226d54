"""Training against overfitting: L2 regularisation, dropout and mini-batches, to experiment with.

    training = RegularisedTraining(parameters, X, Y, learning_rate=0.02, lambd=5, batch_size=32)
    log = training.run(epochs=500, every=10, watched={"training": (X, Y), "dev": (dev_X, dev_Y)})
    training.network.accuracy(dev_X, dev_Y)

The lesson on regularisation uses it; how each of the methods is written is the subject of the
assignment that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from course.networks.layered import ACTIVATIONS, Array, LayeredNetwork, Parameters

__all__ = ["Log", "RegularisedTraining"]

Examples = tuple[ArrayLike, ArrayLike]
"""X, one column an example, and the labels Y, shape (1, m)."""


@dataclass
class Log:
    """What was measured in a training.

    Attributes:
        epochs: after how many epochs.
        costs, accuracies: for each set of examples that was watched, its cross-entropy cost
            (without a penalty) and its accuracy, with all units on.
        step_costs: the cost of the mini-batch of each single step, dropped units and all.
    """

    epochs: list[int] = field(default_factory=list)
    costs: dict[str, list[float]] = field(default_factory=dict)
    accuracies: dict[str, list[float]] = field(default_factory=dict)
    step_costs: list[float] = field(default_factory=list)


class RegularisedTraining:
    """Gradient descent with ReLU in the hidden layers, a penalty, dropout and mini-batches.

    Attributes:
        network: the network as it is now, with all units on.
    """

    def __init__(
        self,
        initial: Parameters,
        X: ArrayLike,
        Y: ArrayLike,
        learning_rate: float,
        lambd: float = 0.0,
        keep_prob: float = 1.0,
        batch_size: int | None = None,
        seed: int = 1,
    ) -> None:
        """Get ready to train.

        Parameters:
            initial: the parameters to begin with; they stay as they are.
            X: one column an example, shape (n_x, m).
            Y: the labels 0 or 1, shape (1, m).
            learning_rate: the size of the steps.
            lambd: the strength of L2 regularisation.
            keep_prob: the probability with which a hidden unit is kept.
            batch_size: examples in a mini-batch; all of them if it is None.
            seed: of masks and of the order of the examples.

        Raises:
            ValueError: a negative strength, a probability out of (0, 1], or an empty batch.
        """
        if lambd < 0 or not 0 < keep_prob <= 1 or (batch_size is not None and batch_size < 1):
            raise ValueError("lambd >= 0, 0 < keep_prob <= 1 and batch_size >= 1 are needed")
        self.network = LayeredNetwork(initial)
        self._X, self._Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
        self._learning_rate, self._lambd, self._keep_prob = learning_rate, lambd, keep_prob
        self._batch_size = batch_size or self._X.shape[1]
        self._random = np.random.default_rng(seed)

    def run(
        self, epochs: int, every: int = 0, watched: Mapping[str, Examples] | None = None
    ) -> Log:
        """Train.

        Parameters:
            epochs: passes through all examples.
            every: after how many epochs the watched sets are measured; 0 for never.
            watched: sets of examples by name.

        Returns:
            What was measured.
        """
        log = Log()
        m = self._X.shape[1]
        for epoch in range(epochs + 1):
            if every and epoch % every == 0:
                self._measure(log, epoch, watched or {})
            if epoch == epochs:
                break
            order = self._random.permutation(m) if self._batch_size < m else np.arange(m)
            for start in range(0, m, self._batch_size):
                own = order[start : start + self._batch_size]
                log.step_costs.append(self._step(self._X[:, own], self._Y[:, own]))
        return log

    def _measure(self, log: Log, epoch: int, watched: Mapping[str, Examples]) -> None:
        log.epochs.append(epoch)
        for name, (X, Y) in watched.items():
            log.costs.setdefault(name, []).append(self.network.cost(X, Y))
            log.accuracies.setdefault(name, []).append(self.network.accuracy(X, Y))

    def _step(self, X: Array, Y: Array) -> float:
        """Take one step, and return the cost before it."""
        depth, parameters = self.network.depth, self.network.parameters
        relu, slope = ACTIVATIONS["relu"]
        outputs: list[Array] = [X]
        factors = [np.ones(())]  # of layer 0: no gradient goes on from it
        for l in range(1, depth):
            Z = parameters[f"W{l}"] @ outputs[-1] + parameters[f"b{l}"]
            values = relu(Z)
            # What a unit's value is multiplied by: 0 where it is dropped, 1/keep_prob elsewhere.
            kept = (
                (self._random.random(Z.shape) < self._keep_prob) / self._keep_prob
                if self._keep_prob < 1
                else np.ones(())
            )
            outputs.append(values * kept)
            factors.append(slope(Z, values) * kept)
        last = parameters[f"W{depth}"] @ outputs[-1] + parameters[f"b{depth}"]
        cost = float(np.mean(np.logaddexp(0, last) - Y * last))
        error = ACTIVATIONS["sigmoid"][0](last) - Y
        m, whole = Y.shape[1], self._X.shape[1]
        updated = {}
        for l in range(depth, 0, -1):
            W, b = parameters[f"W{l}"], parameters[f"b{l}"]
            gradient = error @ outputs[l - 1].T / m + self._lambd / whole * W
            updated[f"W{l}"] = W - self._learning_rate * gradient
            updated[f"b{l}"] = b - self._learning_rate * error.mean(axis=1, keepdims=True)
            if l > 1:
                error = (W.T @ error) * factors[l - 1]
        self.network.parameters = updated
        return cost
