"""Wrong and right ways to write the backward pass with L2 regularisation."""

from __future__ import annotations

_DW3 = "dW3 = np.dot(dZ3, A2.T) / m + lambd / m * W3"
_DW2 = "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2"
_DW1 = "dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1"


def _in_all(what: str) -> dict[str, str]:
    """The same for each layer: ``{P}`` stands for the product, ``{W}`` for the weights."""
    return {
        old: f"dW{l} = " + what.format(P=f"np.dot(dZ{l}, {fed}.T)", W=f"W{l}")
        for l, old, fed in ((3, _DW3, "A2"), (2, _DW2, "A1"), (1, _DW1, "X"))
    }


_NO_PENALTY = _in_all("{P} / m")

BACKWARD_MISCONCEPTIONS = {
    "penalty-left-out": (
        _NO_PENALTY,
        "The gradients are those of the cost without regularisation. The penalty has a "
        "derivative, too, which is added to each dW.",
    ),
    "factor-of-the-cost": (
        _in_all("{P} / m + lambd / (2 * m) * {W}"),
        "The second part is half of what it should be. The derivative of a square has a 2, which "
        "cancels the 2 of the cost.",
    ),
    "twice-the-derivative": (
        _in_all("{P} / m + 2 * lambd / m * {W}"),
        "The second part is twice what it should be. The 2 of the derivative is there, but the "
        "one half of the cost was forgotten.",
    ),
    "penalty-not-divided-by-m": (
        _in_all("{P} / m + lambd * {W}"),
        "The second part is not divided by the number of examples. In the cost the penalty has "
        "1/m, and so it has in the gradient.",
    ),
    "first-part-not-divided-by-m": (
        _in_all("{P} + lambd / m * {W}"),
        "The first part is a sum over the examples, not a mean. Both parts are divided by their "
        "number.",
    ),
    "nothing-divided-by-m": (
        _in_all("{P} + lambd * {W}"),
        "The gradients of the weights are not divided by the number of examples. The cost is a "
        "mean, and so are its gradients.",
    ),
    "penalty-divided-by-m-twice": (
        _in_all("({P} + lambd / m * {W}) / m"),
        "The second part is divided by the number of examples twice: once inside the parentheses "
        "and once outside.",
    ),
    "penalty-multiplied-by-m": (
        _in_all("{P} / m + lambd * m * {W}"),
        "The second part is multiplied by the number of examples where it should be divided by it.",
    ),
    "penalty-subtracted": (
        _in_all("{P} / m - lambd / m * {W}"),
        "The second part is subtracted. Then every step makes the weights larger instead of "
        "smaller.",
    ),
    "only-the-penalty": (
        _in_all("lambd / m * {W}"),
        "The gradients of the weights are those of the penalty alone. The part that you know from "
        "the deep network belongs to them, too.",
    ),
    "squares-in-place-of-weights": (
        _in_all("{P} / m + lambd / m * np.square({W})"),
        "The second part has the squares of the weights in it. The derivative of a square is not "
        "a square.",
    ),
    "sum-of-squares": (
        _in_all("{P} / m + lambd / (2 * m) * np.sum(np.square({W}))"),
        "The penalty itself is added to every entry of the gradient. What belongs there is its "
        "derivative with respect to each weight: an array of the shape of W.",
    ),
    "sum-of-weights": (
        _in_all("{P} / m + lambd / m * np.sum({W})"),
        "The same number is added to every entry of a gradient. Each weight gets its own: the "
        "second part has the shape of W.",
    ),
    "signs-of-the-weights": (
        _in_all("{P} / m + lambd / m * np.sign({W})"),
        "The signs of the weights are added. That is the derivative of their sizes (L1 "
        "regularisation), and not of their squares.",
    ),
    "lambd-without-the-weights": (
        _in_all("{P} / m + lambd / m"),
        "The same number is added to every entry, whatever the weight is. The derivative of a "
        "square depends on what is squared.",
    ),
    "last-layer-forgotten": (
        {_DW3: _NO_PENALTY[_DW3]},
        "dW3 lacks the part of the penalty. All layers are penalised, the last one too.",
    ),
    "second-layer-forgotten": (
        {_DW2: _NO_PENALTY[_DW2]},
        "dW2 lacks the part of the penalty. All layers are penalised.",
    ),
    "first-layer-forgotten": (
        {_DW1: _NO_PENALTY[_DW1]},
        "dW1 lacks the part of the penalty. All layers are penalised, the first one too.",
    ),
    "only-the-last-layer": (
        {_DW2: _NO_PENALTY[_DW2], _DW1: _NO_PENALTY[_DW1]},
        "Only dW3 has the part of the penalty. All layers are penalised.",
    ),
    "weights-of-the-next-layer": (
        {_DW1: "dW1 = np.dot(dZ1, X.T) / m + lambd / m * W2"},
        "The weights of layer 2 got into dW1. Each layer is pulled towards zero by its own "
        "weights. (Mostly the shapes would not fit.)",
    ),
    "weights-of-the-layer-before": (
        {_DW2: "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W1"},
        "The weights of layer 1 got into dW2. Each layer is pulled towards zero by its own "
        "weights. (Mostly the shapes would not fit.)",
    ),
    "weights-transposed": (
        {_DW2: "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2.T"},
        "W2 is transposed in the second part of dW2. A gradient has the shape of what it belongs "
        "to, and so has each of its parts.",
    ),
    "biases-penalised": (
        {
            "db3 = np.sum(dZ3, axis=1, keepdims=True) / m": (
                "db3 = np.sum(dZ3, axis=1, keepdims=True) / m + lambd / m * b3"
            ),
            "db2 = np.sum(dZ2, axis=1, keepdims=True) / m": (
                "db2 = np.sum(dZ2, axis=1, keepdims=True) / m + lambd / m * b2"
            ),
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m": (
                "db1 = np.sum(dZ1, axis=1, keepdims=True) / m + lambd / m * b1"
            ),
        },
        "The gradients of the biases have a part of the penalty, too. The biases do not occur in "
        "the penalty, so their gradients stay as they are.",
    ),
    "penalty-in-dZ": (
        {"dZ3 = A3 - Y": "dZ3 = A3 - Y + lambd / m * np.sum(W3)"},
        "The penalty got into dZ3, and from there into everything before it. It depends on the "
        "weights alone, so it changes nothing but dW1, dW2 and dW3.",
    ),
    "lambd-of-the-example": (
        _in_all("{P} / m + 0.7 / m * {W}"),
        "The strength is always 0.7, as in the example. It changes from call to call, so use the "
        "argument lambd.",
    ),
    "m-of-the-example": (
        _in_all("{P} / 5 + lambd / 5 * {W}"),
        "The number of examples is taken to be 5, as in the example. It changes from call to "
        "call: m has been computed for you.",
    ),
    "lambd-forgotten": (
        _in_all("{P} / m + {W} / m"),
        "The strength lambd has no influence on the gradients.",
    ),
    "penalty-divided-by-the-units": (
        _in_all("{P} / m + lambd / {W}.shape[1] * {W}"),
        "The second part is divided by the number of columns of W. It is divided by the number of "
        "examples.",
    ),
    "penalty-divided-by-the-weights": (
        _in_all("{P} / m + lambd / {W}.size * {W}"),
        "The second part is divided by the number of weights of the layer. It is divided by the "
        "number of examples.",
    ),
    "only-factor-forgotten-in-dW1": (
        {_DW1: "dW1 = np.dot(dZ1, X.T) + lambd / m * W1"},
        "In dW1 the first part is not divided by the number of examples. In the other two it is.",
    ),
    "element-by-element": (
        {
            _DW2: "dW2 = np.dot(dZ2, A1.T) / m * (1 + lambd / m * W2)",
            _DW3: "dW3 = np.dot(dZ3, A2.T) / m * (1 + lambd / m * W3)",
            _DW1: "dW1 = np.dot(dZ1, X.T) / m * (1 + lambd / m * W1)",
        },
        "The two parts are multiplied where they should be added: the cost is a sum of two parts, "
        "and so is its gradient.",
    ),
    "weights-of-the-activations": (
        {_DW1: "dW1 = np.dot(dZ1, A1.T) / m + lambd / m * W1"},
        "dW1 is made with the activations of layer 1. What is fed into layer 1 is X. (Mostly the "
        "shapes would not fit.)",
    ),
}

BACKWARD_CORRECT = {
    "as-in-the-course": {
        _DW3: "dW3 = 1.0 / m * np.dot(dZ3, A2.T) + (lambd * W3) / m",
        _DW2: "dW2 = 1.0 / m * np.dot(dZ2, A1.T) + (lambd * W2) / m",
        _DW1: "dW1 = 1.0 / m * np.dot(dZ1, X.T) + (lambd * W1) / m",
    },
    "common-denominator": _in_all("({P} + lambd * {W}) / m"),
    "matmul": {
        _DW3: "dW3 = (dZ3 @ A2.T) / m + W3 * (lambd / m)",
        _DW2: "dW2 = np.matmul(dZ2, A1.T) / m + np.multiply(lambd / m, W2)",
    },
    "einsum": {_DW3: "dW3 = np.einsum('im,jm->ij', dZ3, A2) / m + lambd / m * W3"},
    "added-afterwards": {
        _DW3: "dW3 = np.dot(dZ3, A2.T) / m\n    dW3 += lambd * W3 / m",
        _DW2: "dW2 = np.dot(dZ2, A1.T) / m\n    dW2 = dW2 + lambd * W2 / m",
    },
    "half-of-the-double": {_DW1: "dW1 = np.dot(dZ1, X.T) / m + lambd / (2 * m) * 2 * W1"},
    "slopes-from-Z": {
        "dZ2 = np.multiply(dA2, np.int64(A2 > 0))": "dZ2 = dA2 * (Z2 > 0)",
        "dZ1 = np.multiply(dA1, np.int64(A1 > 0))": "dZ1 = np.where(Z1 > 0, dA1, 0)",
    },
    "loop-over-the-examples": {
        _DW1: (
            "dW1 = lambd / m * W1\n"
            "    for i in range(m):\n"
            "        dW1 = dW1 + np.outer(dZ1[:, i], X[:, i]) / m"
        )
    },
    "finished-pass-and-a-loop": """
def backward_propagation_with_regularization(X, Y, cache, strength):
    grads = backward_propagation(X, Y, cache)
    for l in range(1, 4):
        W = cache[4 * l - 2]
        grads["dW%d" % l] = grads["dW%d" % l] + strength / Y.shape[1] * W
    return grads
""",
    "dictionary-filled-step-by-step": """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m, g = X.shape[1], {}
    g["dZ3"] = A3 - Y
    for l, A, W in ((3, A2, W3), (2, A1, W2), (1, X, W1)):
        dZ = g[f"dZ{l}"]
        g[f"dW{l}"] = dZ.dot(A.T) / m + lambd * W / m
        g[f"db{l}"] = dZ.mean(axis=1, keepdims=True)
        if l > 1:
            g[f"dA{l - 1}"] = W.T.dot(dZ)
            g[f"dZ{l - 1}"] = g[f"dA{l - 1}"] * (A > 0)
    return g
""",
}
