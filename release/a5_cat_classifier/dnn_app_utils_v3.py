"""The deep network of the previous assignment, ready to use, and what the cat classifier needs.

Notebooks take everything from here with ``from dnn_app_utils_v3 import *``: the activation
functions, the finished building blocks of the network, the images, ``predict`` and a picture of
the mistakes. The names, their order of parameters and their seeds are those that existing
notebooks expect of a module of this name, ``np``, ``plt`` and ``h5py`` included.

The building blocks follow the notation of the course: a layer's number is ``l``, the number of
layers ``L``, the activations of layer l ``A`` with one column an example.
"""

# The template of this module lacks the building blocks, which are put in when the module is made
# (F821, F822). They are code as students write it, without types.
# ruff: noqa: F821, F822
# mypy: allow-untyped-defs, allow-untyped-calls

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import h5py
import matplotlib.pyplot as plt
import numpy as np

from course.figures.images import show_mislabeled_images
from course.image_data import load_image_dataset
from course.language import _
from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# np, plt and h5py are in the list because notebooks that import * from here use them as given.
__all__ = [
    "L_model_backward",
    "L_model_forward",
    "compute_cost",
    "h5py",
    "initialize_parameters",
    "initialize_parameters_deep",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "load_data",
    "np",
    "plt",
    "predict",
    "print_mislabeled_images",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "update_parameters",
]


def load_data() -> tuple[
    NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64], NDArray[Any]
]:
    """Load the cat/non-cat images.

    Returns:
        train_x_orig: images to learn from, (209, 64, 64, 3), values 0 to 255.
        train_y: their labels, (1, 209): 1 for a cat, 0 for a non-cat.
        test_x_orig: images to test with, (50, 64, 64, 3).
        test_y: their labels, (1, 50).
        classes: the names of the classes 0 and 1, as byte strings.

    Raises:
        FileNotFoundError: where the folder with the images is not found.
    """
    return load_image_dataset()


def initialize_parameters_deep(layer_dims):
    """
    Create the parameters of a network with any number of layers.

    The weights of a layer are divided by the square root of the number of its inputs, so that
    what leaves a layer is about as large as what entered it, however many inputs there are.

    Parameters:
    layer_dims -- list with the number of units of every layer, the input layer first

    Returns:
    parameters -- dictionary with "W1", "b1", ..., "WL", "bL":
        Wl -- weight matrix of shape (layer_dims[l], layer_dims[l-1])
        bl -- bias vector of shape (layer_dims[l], 1)
    """
    np.random.seed(1)
    parameters = {}
    L = len(layer_dims)  # number of layers, the input layer included

    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(
            layer_dims[l - 1]
        )
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))

    return parameters


def initialize_parameters(n_x, n_h, n_y):
    """
    Create the parameters of a network with one hidden layer.

    Arguments:
    n_x -- number of units of the input layer
    n_h -- number of units of the hidden layer
    n_y -- number of units of the output layer

    Returns:
    parameters -- dictionary with
        W1 -- weight matrix of shape (n_h, n_x)
        b1 -- bias vector of shape (n_h, 1)
        W2 -- weight matrix of shape (n_y, n_h)
        b2 -- bias vector of shape (n_y, 1)
    """
    np.random.seed(1)  # so that everyone gets the same "random" numbers; keep this line first

    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))

    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return parameters


def linear_forward(A, W, b):
    """
    The linear part of a layer's forward step.

    Arguments:
    A -- activations of the previous layer (or the input), shape (size of previous layer, m)
    W -- weight matrix, shape (size of this layer, size of previous layer)
    b -- bias vector, shape (size of this layer, 1)

    Returns:
    Z -- input of the activation function, shape (size of this layer, m)
    cache -- tuple (A, W, b), kept for the backward step
    """
    Z = np.dot(W, A) + b

    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    """
    One whole layer forward: the linear part, then the activation.

    Arguments:
    A_prev -- activations of the previous layer (or the input), shape (size of previous layer, m)
    W -- weight matrix, shape (size of this layer, size of previous layer)
    b -- bias vector, shape (size of this layer, 1)
    activation -- "sigmoid" or "relu"

    Returns:
    A -- output of the activation function, shape (size of this layer, m)
    cache -- tuple (linear_cache, activation_cache), kept for the backward step
    """
    if activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = sigmoid(Z)

    elif activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)

    cache = (linear_cache, activation_cache)
    return A, cache


def L_model_forward(X, parameters):
    """
    The whole forward pass: [LINEAR -> RELU] * (L-1) -> LINEAR -> SIGMOID.

    Arguments:
    X -- input data, shape (input size, m)
    parameters -- dictionary with "W1", "b1", ..., "WL", "bL"

    Returns:
    AL -- activations of the last layer, shape (size of last layer, m)
    caches -- list of the L caches of linear_activation_forward, the first layer's first
    """
    caches = []
    A = X
    L = len(parameters) // 2  # number of layers of the network

    # The layers 1 ... L-1 use ReLU. The loop starts at 1 because layer 0 is the input.
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], "relu"
        )
        caches.append(cache)

    # The last layer uses the sigmoid.
    AL, cache = linear_activation_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid"
    )
    caches.append(cache)

    return AL, caches


def compute_cost(AL, Y):
    """
    The cross-entropy cost.

    Arguments:
    AL -- predicted probabilities, shape (1, m)
    Y -- true labels (0 or 1), shape (1, m)

    Returns:
    cost -- the cross-entropy cost, a single number
    """
    m = Y.shape[1]

    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m

    cost = np.squeeze(np.array(cost))  # turns [[17]] into 17
    return cost


def linear_backward(dZ, cache):
    """
    The linear part of a layer's backward step.

    Arguments:
    dZ -- gradient of each example's loss with respect to Z of this layer,
          shape (size of this layer, m)
    cache -- tuple (A_prev, W, b) from the forward step of this layer

    Returns:
    dA_prev -- gradient of each example's loss with respect to A_prev, same shape as A_prev
    dW -- gradient of the cost with respect to W, same shape as W
    db -- gradient of the cost with respect to b, same shape as b
    """
    A_prev, W, b = cache
    m = A_prev.shape[1]

    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)

    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation):
    """
    One whole layer backward: the activation, then the linear part.

    Arguments:
    dA -- gradient of each example's loss with respect to A of this layer,
          shape (size of this layer, m)
    cache -- tuple (linear_cache, activation_cache) from the forward step of this layer
    activation -- "sigmoid" or "relu"

    Returns:
    dA_prev -- gradient of each example's loss with respect to A_prev, same shape as A_prev
    dW -- gradient of the cost with respect to W, same shape as W
    db -- gradient of the cost with respect to b, same shape as b
    """
    linear_cache, activation_cache = cache

    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)

    return dA_prev, dW, db


def L_model_backward(AL, Y, caches):
    """
    The whole backward pass: SIGMOID -> LINEAR -> [RELU -> LINEAR] * (L-1).

    Arguments:
    AL -- predicted probabilities, the output of L_model_forward, shape (size of last layer, m)
    Y -- true labels (0 or 1), same number of entries as AL
    caches -- the list of L caches of L_model_forward

    Returns:
    grads -- dictionary with the gradients "dA0" ... "dA(L-1)", "dW1" ... "dWL", "db1" ... "dbL"
    """
    grads = {}
    L = len(caches)  # number of layers of the network
    Y = Y.reshape(AL.shape)  # from here on Y has the shape of AL

    # The gradient of each example's loss with respect to AL.
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))

    # The last layer (sigmoid): needs dAL and the last cache, gives dA(L-1), dWL and dbL.
    current_cache = caches[L - 1]
    dA_prev_temp, dW_temp, db_temp = linear_activation_backward(dAL, current_cache, "sigmoid")
    grads["dA" + str(L - 1)] = dA_prev_temp
    grads["dW" + str(L)] = dW_temp
    grads["db" + str(L)] = db_temp

    # The other layers (ReLU), from l = L-2 down to l = 0.
    for l in reversed(range(L - 1)):
        # Needs grads["dA" + str(l + 1)] and the cache of the layer, gives dA(l), dW(l+1), db(l+1).
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(
            grads["dA" + str(l + 1)], current_cache, "relu"
        )
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp

    return grads


def update_parameters(params, grads, learning_rate):
    """
    One step of gradient descent.

    Arguments:
    params -- dictionary with the parameters "W1", "b1", ..., "WL", "bL"
    grads -- dictionary with the gradients "dW1", "db1", ..., "dWL", "dbL" (and the dA)
    learning_rate -- the size of the step

    Returns:
    parameters -- dictionary with the updated parameters; params itself should stay as it was
    """
    parameters = params.copy()
    L = len(parameters) // 2  # number of layers of the network

    for l in range(L):
        parameters["W" + str(l + 1)] = (
            params["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        )
        parameters["b" + str(l + 1)] = (
            params["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )

    return parameters


def gradient_difference(computed, measured):
    """
    How far two sets of gradients are apart.

    Arguments:
    computed -- dictionary with "dW1", "db1", ..., each an array
    measured -- dictionary with the same names and shapes

    Returns:
    difference -- a number: 0 if they agree, 1 if they point in opposite directions
    """
    apart, one, other = 0.0, 0.0, 0.0
    # Copy the five lines of the loop and behind it, find the two mistakes, and mend them.
    for name in computed:
        apart += np.sum((computed[name] - measured[name]) ** 2)
        one += np.sum(computed[name] ** 2)
        other += np.sum(measured[name] ** 2)
    difference = np.sqrt(apart) / (np.sqrt(one) + np.sqrt(other))

    return difference


def predict(
    X: NDArray[Any], y: ArrayLike, parameters: dict[str, NDArray[Any]]
) -> NDArray[np.float64]:
    """Predict the class of each example and print the share of right predictions.

    Parameters:
        X: the examples as columns, (n_x, m).
        y: their labels 0 or 1, (1, m); a list of m labels will do.
        parameters: "W1", "b1", ..., "WL", "bL" of a trained network of any depth.

    Returns:
        The predictions 0. or 1., (1, m): 1 where the probability is greater than 0.5.

    Raises:
        ValueError: where there are not as many labels as examples.
    """
    m = X.shape[1]
    labels = np.asarray(y)
    if labels.size != m:
        message = _("X holds {examples} examples (one a column), but y holds {labels} labels.")
        raise ValueError(message.format(examples=m, labels=labels.size))

    probabilities, _caches = L_model_forward(X, parameters)
    predictions: NDArray[np.float64] = np.where(probabilities > 0.5, 1.0, 0.0).reshape(1, m)

    accuracy = np.mean(predictions == labels.reshape(1, m))
    print(_("Accuracy: {accuracy}").format(accuracy=accuracy))
    return predictions


def print_mislabeled_images(
    classes: ArrayLike, X: NDArray[Any], y: ArrayLike, p: ArrayLike
) -> None:
    """Show the images whose prediction differs from the label.

    Parameters:
        classes: the names of the classes 0 and 1, as text or byte strings.
        X: the images as columns, (height * width * 3, m), values 0 to 1.
        y: the labels 0 or 1, (1, m).
        p: the predictions 0 or 1, (1, m).
    """
    # A figure of pyplot is shown wherever in a cell, or in a script, the call stands.
    show_mislabeled_images(classes, X, y, p, figure=plt.figure())
