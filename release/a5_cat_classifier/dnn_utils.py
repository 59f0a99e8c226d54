"""Activation functions of a deep network, forward and backward.

The notebook "Building a deep neural network, step by step" uses these four functions as they are;
nothing in this file is to be filled in. Each forward function returns its output together with a
*cache*: the value that the matching backward function needs later.

    A, cache = sigmoid(Z)                 dZ = sigmoid_backward(dA, cache)
    A, cache = relu(Z)                    dZ = relu_backward(dA, cache)

``Z``, ``A``, ``dA`` and ``dZ`` of one layer all have the same shape: (units of the layer, m), one
column for each of the m examples. No function changes the arrays that it is given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.language import _

__all__ = ["relu", "relu_backward", "sigmoid", "sigmoid_backward"]

Array = NDArray[Any]


def sigmoid(Z: ArrayLike) -> tuple[Array, Array]:
    """Squeeze every entry of Z into the interval from 0 to 1: A = 1 / (1 + e^(-Z)).

    Parameters:
        Z: output of the linear part of a layer, any shape.

    Returns:
        A: the activations, same shape as Z.
        cache: Z itself, kept for ``sigmoid_backward``.
    """
    Z = np.asarray(Z)
    # e^(-Z) overflows where Z is very negative. e^(-|Z|) never does, and both branches below are
    # the same function: 1 / (1 + e^(-Z)) = e^Z / (1 + e^Z).
    small = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1.0, small) / (1.0 + small)
    return A, Z


def relu(Z: ArrayLike) -> tuple[Array, Array]:
    """Keep what is positive and replace the rest by 0: A = max(0, Z).

    Parameters:
        Z: output of the linear part of a layer, any shape.

    Returns:
        A: the activations, same shape as Z.
        cache: Z itself, kept for ``relu_backward``.
    """
    Z = np.asarray(Z)
    A = np.maximum(0, Z)
    return A, Z


def relu_backward(dA: ArrayLike, cache: ArrayLike) -> Array:
    """Pass a gradient backward through a ReLU: it goes through where Z > 0 and stops elsewhere.

    Parameters:
        dA: gradient with respect to the activations A of the layer, any shape.
        cache: the Z that ``relu`` returned as its cache, same shape as dA.

    Returns:
        dZ: gradient with respect to Z, same shape as Z; 0 where Z <= 0.

    Raises:
        ValueError: dA and the cache have different shapes.
    """
    dA, Z = _same_shape(dA, cache)
    # At Z = 0 the ReLU has a kink and no derivative; by convention the gradient there is 0.
    return np.where(Z <= 0, np.zeros_like(dA), dA)


def sigmoid_backward(dA: ArrayLike, cache: ArrayLike) -> Array:
    """Pass a gradient backward through a sigmoid: multiply it by the slope s(Z) (1 - s(Z)).

    Parameters:
        dA: gradient with respect to the activations A of the layer, any shape.
        cache: the Z that ``sigmoid`` returned as its cache, same shape as dA.

    Returns:
        dZ: gradient with respect to Z, same shape as Z.

    Raises:
        ValueError: dA and the cache have different shapes.
    """
    dA, Z = _same_shape(dA, cache)
    s, _Z = sigmoid(Z)
    slope: Array = s * (1 - s)
    return np.asarray(dA * slope)


def _same_shape(dA: ArrayLike, cache: ArrayLike) -> tuple[Array, Array]:
    """Return both as arrays, or say what differs (NumPy would quietly broadcast one of them)."""
    dA, Z = np.asarray(dA), np.asarray(cache)
    if dA.shape != Z.shape:
        raise ValueError(
            _(
                "dA has shape {shape}, but the cached Z has shape {other}. They belong to the "
                "same layer and must be alike: is this the cache of the right layer?"
            ).format(shape=dA.shape, other=Z.shape)
        )
    return dA, Z
