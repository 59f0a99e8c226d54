"""A network of three layers without any regularisation, and points in the plane to train it on.

Notebooks take from here what they begin with: ``from reg_utils import sigmoid, relu,
load_2D_dataset, initialize_parameters, forward_propagation, backward_propagation, compute_cost,
update_parameters, predict, predict_dec, plot_decision_boundary``. Names, order of parameters and
seeds are those that well-known notebooks expect of a module of this name.

The network is LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID. One column is one example.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.networks.layered import LayeredNetwork
from planar_utils import plot_decision_boundary, sigmoid

__all__ = [
    "backward_propagation",
    "compute_cost",
    "forward_propagation",
    "initialize_parameters",
    "load_2D_dataset",
    "plot_decision_boundary",
    "predict",
    "predict_dec",
    "relu",
    "sigmoid",
    "update_parameters",
]

Array = NDArray[np.float64]
Parameters = dict[str, Array]


def relu(x: ArrayLike) -> Array:
    """Compute the ReLU, max(0, x), entry by entry.

    Parameters:
        x: a number or an array of any shape.

    Returns:
        An array of the same shape, without negative values.
    """
    positive: Array = np.maximum(0.0, np.asarray(x, dtype=float))
    return positive


def load_2D_dataset(points: int = 80, seed: int = 1) -> tuple[Array, Any, Array, Any]:
    """Make points in the plane whose labels follow a curve, but not everywhere.

    Label 1 lies below the curve and label 0 above it. Near the curve chance decides too, so that
    the best possible answer is wrong for some points, and a network that is right for all points
    of the training has learned chance by heart.

    Parameters:
        points: how many points there are to train with.
        seed: of the random numbers.

    Returns:
        train_X, train_Y: the points to train with, shape (2, points), and their labels 0 or 1,
            shape (1, points).
        test_X, test_Y: 400 other points, and their labels.
    """
    random = np.random.RandomState(seed)
    sets: list[Any] = []
    for count in (points, 400):
        X = random.uniform(-1, 1, size=(2, count))
        curve = 0.45 * np.sin(2.5 * X[:1])
        Y = (X[1:] + 0.25 * random.randn(1, count) < curve).astype(int)
        sets += [X, Y]
    train_X, train_Y, test_X, test_Y = sets
    return train_X, train_Y, test_X, test_Y


def initialize_parameters(layer_dims: list[int]) -> Parameters:
    """Draw random weights, scaled by the number of inputs of each layer; the biases are zero.

    Parameters:
        layer_dims: the number of units of every layer, the input layer first.

    Returns:
        ``"W1"``, ``"b1"``, ..., the same at every call.
    """
    np.random.seed(3)
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        parameters[f"W{l}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters


def forward_propagation(X: Array, parameters: Parameters) -> tuple[Array, tuple[Array, ...]]:
    """Compute the forward pass of the three layers.

    Parameters:
        X: the examples, shape (n_x, m).
        parameters: ``"W1"``, ``"b1"``, ``"W2"``, ``"b2"``, ``"W3"``, ``"b3"``.

    Returns:
        A3: the predicted probabilities, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).
    """
    A, cache = X, []
    for l in (1, 2, 3):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = sigmoid(Z) if l == 3 else relu(Z)
        cache += [Z, A, W, b]
    return A, tuple(cache)


def backward_propagation(X: Array, Y: Array, cache: tuple[Array, ...]) -> dict[str, Array]:
    """Compute the gradients of the cross-entropy cost, without a penalty.

    Parameters:
        X: the examples, shape (n_x, m).
        Y: their labels, shape (1, m).
        cache: from :func:`forward_propagation`.

    Returns:
        ``"dZ3"``, ``"dW3"``, ``"db3"``, ``"dA2"``, ..., ``"dW1"``, ``"db1"``.
    """
    m = X.shape[1]
    (Z1, A1, _, _, Z2, A2, W2, _, _, A3, W3, _) = cache
    gradients = {}
    dZ = A3 - Y
    fed, weights, inner = {3: A2, 2: A1, 1: X}, {3: W3, 2: W2}, {2: Z2, 1: Z1}
    for l in (3, 2, 1):
        gradients[f"dZ{l}"] = dZ
        gradients[f"dW{l}"] = dZ @ fed[l].T / m
        gradients[f"db{l}"] = np.mean(dZ, axis=1, keepdims=True)
        if l > 1:
            gradients[f"dA{l - 1}"] = weights[l].T @ dZ
            dZ = gradients[f"dA{l - 1}"] * (inner[l - 1] > 0)
    return gradients


def compute_cost(a3: ArrayLike, Y: ArrayLike) -> float:
    """Compute the cross-entropy cost, the mean over the examples.

    Parameters:
        a3: the predicted probabilities, shape (1, m).
        Y: the labels, shape (1, m).

    Returns:
        The cost. A prediction of exactly 0 or 1 that is right costs nothing.
    """
    predictions, labels = np.asarray(a3, dtype=float), np.asarray(Y)
    right = np.where(labels == 1, predictions, 1 - predictions)
    with np.errstate(divide="ignore"):
        return float(-np.sum(np.log(right)) / labels.shape[1])


def update_parameters(
    parameters: Parameters, grads: dict[str, Array], learning_rate: float
) -> Parameters:
    """Take one step of gradient descent.

    Parameters:
        parameters: ``"W1"``, ``"b1"``, ...; they stay as they are.
        grads: ``"dW1"``, ``"db1"``, ...
        learning_rate: the size of the step.

    Returns:
        The new parameters.
    """
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}


def predict_dec(parameters: Parameters, X: ArrayLike) -> NDArray[np.bool_]:
    """Predict labels, for a picture of the decision boundary.

    Parameters:
        parameters: of a network with ReLU in the hidden layers and a sigmoid at the end.
        X: the examples, shape (n_x, m).

    Returns:
        Whether the probability of label 1 is greater than one half, shape (1, m).
    """
    return LayeredNetwork(parameters).probability(X) > 0.5


def predict(X: ArrayLike, y: ArrayLike, parameters: Parameters) -> NDArray[np.int64]:
    """Predict the label of each example and print the share of right predictions.

    Parameters:
        X: the examples, shape (n_x, m).
        y: their labels 0 or 1, shape (1, m).
        parameters: of a trained network.

    Returns:
        The predictions, 0 or 1, shape (1, m).
    """
    predictions = predict_dec(parameters, X).astype(np.int64)
    print(f"Accuracy: {np.mean(predictions == np.asarray(y)):.3f}")
    return predictions
