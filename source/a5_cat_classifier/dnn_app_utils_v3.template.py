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


# <<finished functions of a4_deep_network>>


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
