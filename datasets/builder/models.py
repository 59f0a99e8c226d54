"""The three models of the course, trained fast: the figures to expect come from here.

Gradient descent on few images of many pixels moves the first layer's weights only within the
span of the images. With X = QR (Q has orthonormal columns), training on the small matrix R
with V = W1 Q takes the same steps, to rounding, at a fraction of the cost, and afterwards
W1 = W1_0 + (V - V_0) Q^T.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """How one of the course's models is trained."""

    layer_dims: tuple[int, ...]
    learning_rate: float
    iterations: int
    start: str  # "zeros", "small" (randn * 0.01) or "scaled" (randn / sqrt(n_prev))


MODELS = {
    "logistic_regression": Model((12288, 1), 0.005, 2000, "zeros"),
    "two_layer_model": Model((12288, 7, 1), 0.0075, 2500, "small"),
    "L_layer_model": Model((12288, 20, 7, 5, 1), 0.0075, 2500, "scaled"),
}


def initial_weights(model: Model) -> list[Array]:
    """Return the weights before training: seed 1, layer after layer, as in the notebooks."""
    random = np.random.RandomState(1)  # the stream of np.random.seed(1)
    weights = []
    for before, after in zip(model.layer_dims, model.layer_dims[1:], strict=False):
        if model.start == "zeros":
            weights.append(np.zeros((after, before)))
        else:
            scale = 0.01 if model.start == "small" else 1 / np.sqrt(before)
            weights.append(random.randn(after, before) * scale)
    return weights


def _forward(inputs: Array, weights: list[Array], biases: list[Array]) -> list[Array]:
    """Return the activations of every layer, the inputs first: ReLU, at the end a sigmoid."""
    activations = [inputs]
    for layer, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        z = weight @ activations[-1] + bias
        last = layer == len(weights)
        activations.append(1 / (1 + np.exp(-z)) if last else np.maximum(z, 0))
    return activations


def train(
    model: Model, x: Array, y: npt.NDArray[np.int64]
) -> tuple[list[Array], list[Array], list[float]]:
    """Train a model by full-batch gradient descent.

    Parameters: `x`, pixels (n_x, m) in 0..1; `y`, labels (1, m).
    Returns (weights, biases, costs), a cost for every hundredth iteration.
    """
    m = x.shape[1]
    q, r = np.linalg.qr(x)
    weights = initial_weights(model)
    full = weights[0]
    weights[0] = start = full @ q
    biases = [np.zeros((len(weight), 1)) for weight in weights]
    costs = []
    for iteration in range(model.iterations):
        activations = _forward(r, weights, biases)
        output = activations[-1]
        if iteration % 100 == 0:
            costs.append(float(-np.mean(y * np.log(output) + (1 - y) * np.log(1 - output))))
        dz = output - y
        for layer in reversed(range(len(weights))):
            dw = dz @ activations[layer].T / m
            db = dz.mean(axis=1, keepdims=True)
            if layer > 0:
                dz = (weights[layer].T @ dz) * (activations[layer] > 0)
            weights[layer] = weights[layer] - model.learning_rate * dw
            biases[layer] = biases[layer] - model.learning_rate * db
    weights[0] = full + (weights[0] - start) @ q.T
    return weights, biases, costs


def accuracy(
    weights: list[Array], biases: list[Array], x: Array, y: npt.NDArray[np.int64]
) -> float:
    """Return the share of right predictions, in per cent."""
    return float(100 * np.mean((_forward(x, weights, biases)[-1] > 0.5) == y))


def flatten(images: npt.NDArray[np.uint8]) -> Array:
    """Turn images (m, height, width, 3) into columns (n_x, m) of values 0..1."""
    return np.asarray(images.reshape(len(images), -1).T / 255)


def figures(
    train_images: npt.NDArray[np.uint8],
    train_labels: npt.NDArray[np.int64],
    test_images: npt.NDArray[np.uint8],
    test_labels: npt.NDArray[np.int64],
) -> dict[str, dict[str, float]]:
    """Train all three models and return the figures to expect, by model name.

    Accuracies are in per cent; costs are the first and the last recorded one.
    """
    x, y = flatten(train_images), train_labels.reshape(1, -1)
    x_test, y_test = flatten(test_images), test_labels.reshape(1, -1)
    result = {}
    for name, model in MODELS.items():
        weights, biases, costs = train(model, x, y)
        result[name] = {
            "iterations": model.iterations,
            "learning_rate": model.learning_rate,
            "first_cost": round(costs[0], 6),
            "last_cost": round(costs[-1], 6),
            "train_accuracy": round(accuracy(weights, biases, x, y), 2),
            "test_accuracy": round(accuracy(weights, biases, x_test, y_test), 2),
        }
    return result
