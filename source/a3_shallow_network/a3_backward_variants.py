"""Wrong and right ways to write ``backward_propagation``."""

_M = "m = X.shape[1]"
_DZ2 = "dZ2 = A2 - Y"
_DW2 = "dW2 = np.dot(dZ2, A1.T) / m"
_DB2 = "db2 = np.sum(dZ2, axis=1, keepdims=True) / m"
_DZ1 = "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))"
_DW1 = "dW1 = np.dot(dZ1, X.T) / m"
_DB1 = "db1 = np.sum(dZ1, axis=1, keepdims=True) / m"
_ACTIVATIONS = "a3_shallow_network#activations"

BACKWARD_MISCONCEPTIONS = {
    # The factor 1/m ------------------------------------------------------------------------------
    "no-mean-anywhere": (
        {
            _DW2: "dW2 = np.dot(dZ2, A1.T)",
            _DB2: "db2 = np.sum(dZ2, axis=1, keepdims=True)",
            _DW1: "dW1 = np.dot(dZ1, X.T)",
            _DB1: "db1 = np.sum(dZ1, axis=1, keepdims=True)",
        },
        "All gradients are sums over the examples. The cost is a mean, so they should be means, "
        "too.",
    ),
    "no-mean-for-the-weights": (
        {_DW2: "dW2 = np.dot(dZ2, A1.T)", _DW1: "dW1 = np.dot(dZ1, X.T)"},
        "The gradients of the weights are sums over the examples. Like those of the biases, they "
        "should be means.",
    ),
    "no-mean-for-the-biases": (
        {
            _DB2: "db2 = np.sum(dZ2, axis=1, keepdims=True)",
            _DB1: "db1 = np.sum(dZ1, axis=1, keepdims=True)",
        },
        "The gradients of the biases are sums over the examples. Like those of the weights, they "
        "should be means.",
    ),
    "no-mean-in-the-hidden-layer": (
        {_DW1: "dW1 = np.dot(dZ1, X.T)", _DB1: "db1 = np.sum(dZ1, axis=1, keepdims=True)"},
        "The gradients of the hidden layer are sums over the examples. Like those of the output "
        "layer, they should be means.",
    ),
    "mean-taken-twice": (
        {_DZ2: "dZ2 = (A2 - Y) / m"},
        "All gradients are divided by the number of examples twice, as when dZ2 is divided "
        "already. In dZ2 the examples are still apart, so nothing is averaged there.",
    ),
    "mean-in-the-hidden-error": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2)) / m"},
        "dW1 and db1 are divided by the number of examples twice, as when dZ1 is divided already. "
        "In dZ1 the examples are still apart, so nothing is averaged there.",
    ),
    "mean-and-division-for-the-biases": (
        {
            _DB2: "db2 = np.mean(dZ2, axis=1, keepdims=True) / m",
            _DB1: "db1 = np.mean(dZ1, axis=1, keepdims=True) / m",
        },
        "The gradients of the biases are divided by the number of examples twice. `np.mean` "
        "divides already.",
    ),
    "features-counted-as-examples": (
        {_M: "m = X.shape[0]"},
        "m is the number of features here. The examples are the columns of X.",
    ),
    "outputs-counted-as-examples": (
        {_M: "m = Y.shape[0]"},
        "m is the number of outputs here. The examples are the columns of Y.",
    ),
    "number-of-points-of-the-flower": (
        {_M: "m = 400"},
        "m is 400 in every call, the number of points of the flower. It changes from call to "
        "call: take it from X.",
    ),
    # The output layer ----------------------------------------------------------------------------
    "sign-of-the-output-error": (
        {_DZ2: "dZ2 = Y - A2"},
        "All gradients have the wrong sign. dZ2 says how much too high the prediction is, so the "
        "prediction comes first.",
    ),
    "gradient-of-the-activation": (
        {_DZ2: "dZ2 = -(Y / A2) + (1 - Y) / (1 - A2)"},
        "This is the gradient of the activation A2. To become dZ2 it has to go through the slope "
        "of the sigmoid as well; together they give something much simpler.",
    ),
    "slope-of-the-sigmoid-once-more": (
        {_DZ2: "dZ2 = (A2 - Y) * A2 * (1 - A2)"},
        "The slope of the sigmoid is multiplied in once more. With the cross-entropy it has "
        "cancelled already.",
    ),
    "predictions-rounded": (
        {_DZ2: "dZ2 = np.round(A2) - Y"},
        "dZ2 is made from rounded predictions. The error is measured with the probabilities "
        "themselves.",
    ),
    "error-of-the-weighted-sum": (
        {_DZ2: 'dZ2 = cache["Z2"] - Y'},
        "dZ2 is made from Z2. The error is the difference between the *probability* and the label.",
    ),
    "output-weights-fed-by-X": (
        {_DW2: "dW2 = np.dot(dZ2, X.T) / m"},
        "dW2 is made with X. The output layer was fed by the hidden layer.",
    ),
    "output-weights-with-Z1": (
        {_DW2: 'dW2 = np.dot(dZ2, cache["Z1"].T) / m'},
        "dW2 is made with Z1. The output layer was fed with the hidden units' activations.",
    ),
    "output-weights-with-A2": (
        {_DW2: "dW2 = np.dot(dZ2, A2.T) / m"},
        "dW2 is made with the output's own activations. What counts is what the layer was fed "
        "with.",
    ),
    "dW2-turned-round": (
        {_DW2: "dW2 = np.dot(A1, dZ2.T) / m"},
        "dW2 is the wrong way round. A gradient has the same shape as what it belongs to: change "
        "the order of the factors.",
    ),
    # The hidden layer ----------------------------------------------------------------------------
    "slope-of-the-sigmoid-in-the-hidden-layer": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * A1 * (1 - A1)"},
        "a (1 - a) is the slope of the sigmoid. The hidden layer uses tanh, whose slope is "
        "different.",
        _ACTIVATIONS,
    ),
    "square-forgotten": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - A1)"},
        "The slope of tanh has a square in it, which is missing here.",
        _ACTIVATIONS,
    ),
    "slope-forgotten": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2)"},
        "The error was passed back through W2, but not through the slope of tanh.",
        _ACTIVATIONS,
    ),
    "slope-of-relu": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (A1 > 0)"},
        "This is the slope of ReLU. The hidden layer uses tanh.",
        _ACTIVATIONS,
    ),
    "slope-from-Z1": (
        {_DZ1: 'dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(cache["Z1"], 2))'},
        "The slope is computed from Z1. In the formula 1 - a², a is the activation.",
        _ACTIVATIONS,
    ),
    "tanh-applied-twice": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - np.tanh(A1) ** 2)"},
        "tanh is applied to A1, which has gone through it already.",
        _ACTIVATIONS,
    ),
    "square-alone": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * np.power(A1, 2)"},
        "The error is multiplied by the square of A1 alone. The slope of tanh is one minus that.",
        _ACTIVATIONS,
    ),
    "square-of-the-difference": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - A1) ** 2"},
        "The whole difference 1 - a is squared. Only a is.",
        _ACTIVATIONS,
    ),
    "slope-with-the-wrong-sign": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (np.power(A1, 2) - 1)"},
        "The slope of tanh has the wrong sign: tanh rises everywhere.",
        _ACTIVATIONS,
    ),
    "twice-the-activation": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - 2 * A1)"},
        "A1 is doubled where it should be squared.",
        _ACTIVATIONS,
    ),
    "slope-of-the-output": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A2, 2))"},
        "The slope is computed from A2. It belongs to the hidden layer, so it is computed from A1.",
    ),
    "W2-not-transposed": (
        {_DZ1: "dZ1 = np.dot(W2, dZ2) * (1 - np.power(A1, 2))"},
        "W2 should be transposed on the way back: it leads from the outputs to the hidden units "
        "then.",
    ),
    "handed-back-through-W1": (
        {_DZ1: "dZ1 = np.dot(W1.T, dZ2) * (1 - np.power(A1, 2))"},
        "The error is passed back through W1. Between the hidden layer and the output are the "
        "weights W2.",
    ),
    "handed-back-entry-by-entry": (
        {_DZ1: "dZ1 = W2.T * dZ2 * (1 - np.power(A1, 2))"},
        "The error is passed back entry by entry, which is right only where there is a single "
        "output. Several outputs have to be added up: that is the matrix product.",
    ),
    "slope-as-a-matrix-product": (
        {_DZ1: "dZ1 = np.dot(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))"},
        "The slope of tanh is multiplied as a matrix. Each entry has its own slope: multiply "
        "entry by entry.",
    ),
    "gradient-of-the-output-for-the-hidden-layer": (
        {_DW1: "dW1 = np.dot(dZ2, X.T) / m"},
        "dW1 is made from dZ2. The hidden layer has an error of its own, dZ1.",
    ),
    "bias-of-the-hidden-layer-from-dZ2": (
        {_DB1: "db1 = np.sum(dZ2, axis=1, keepdims=True) / m"},
        "db1 is made from dZ2. The hidden layer has an error of its own, dZ1.",
    ),
    "hidden-weights-with-A1": (
        {_DW1: "dW1 = np.dot(dZ1, A1.T) / m"},
        "dW1 is made with A1, the hidden layer's own activations. What counts is what the layer "
        "was fed with.",
    ),
    "dW1-turned-round": (
        {_DW1: "dW1 = np.dot(X, dZ1.T) / m"},
        "dW1 is the wrong way round. A gradient has the same shape as what it belongs to: change "
        "the order of the factors.",
    ),
    "transposes-forgotten": (
        {_DW2: "dW2 = np.dot(dZ2, A1) / m", _DW1: "dW1 = np.dot(dZ1, X) / m"},
        "The second factors of dW1 and dW2 are not transposed. The examples have to meet in the "
        "middle of the product.",
    ),
    "weights-entry-by-entry": (
        {_DW2: "dW2 = dZ2 * A1 / m", _DW1: "dW1 = dZ1 * X / m"},
        "`*` multiplies entry by entry. dW collects something from all examples: that is a matrix "
        "product.",
    ),
    # The biases ----------------------------------------------------------------------------------
    "keepdims-forgotten": (
        {_DB2: "db2 = np.sum(dZ2, axis=1) / m", _DB1: "db1 = np.sum(dZ1, axis=1) / m"},
        "db1 and db2 have lost a dimension, so they are no longer columns. `np.sum` keeps it if "
        "you ask.",
    ),
    "keepdims-forgotten-once": (
        {_DB1: "db1 = np.sum(dZ1, axis=1) / m"},
        "db1 has lost a dimension, so it is no longer a column. `np.sum` keeps it if you ask.",
    ),
    "biases-summed-over-the-units": (
        {
            _DB2: "db2 = np.sum(dZ2, axis=0, keepdims=True) / m",
            _DB1: "db1 = np.sum(dZ1, axis=0, keepdims=True) / m",
        },
        "The sums for the biases go over the units. Every unit keeps its own bias: sum over the "
        "examples, which are the columns.",
    ),
    "biases-summed-over-everything": (
        {_DB2: "db2 = np.sum(dZ2) / m", _DB1: "db1 = np.sum(dZ1) / m"},
        "The sums for the biases go over everything, so that one number is left. Every unit keeps "
        "its own bias: sum over the examples only.",
    ),
    "biases-not-summed": (
        {_DB2: "db2 = dZ2 / m", _DB1: "db1 = dZ1 / m"},
        "The gradients of the biases still have a column for each example. They should be summed "
        "over the examples.",
    ),
    "biases-have-no-gradient": (
        {_DB2: "db2 = np.zeros((W2.shape[0], 1))", _DB1: "db1 = np.zeros((W1.shape[0], 1))"},
        "The gradients of the biases are zero, so the biases would never learn.",
    ),
    # What is returned ----------------------------------------------------------------------------
    "parameters-returned": (
        {"return grads": "return parameters"},
        "The parameters are returned. The gradients are asked for.",
    ),
    "gradients-as-a-tuple": (
        {"return grads": "return dW1, db1, dW2, db2"},
        "The gradients are returned one by one. They should be in a dictionary, under the names "
        "dW1, db1, dW2 and db2, as the given line makes it.",
    ),
    "layers-swapped": (
        {
            '"dW1": dW1, "db1": db1': '"dW1": dW2, "db1": db2',
            '"dW2": dW2, "db2": db2': '"dW2": dW1, "db2": db1',
        },
        "The gradients of the two layers are stored under each other's names.",
    ),
    "slope-times-Z1": (
        {_DZ1: "dZ1 = np.dot(W2.T, dZ2) * Z1 * (1 - np.power(A1, 2))"},
        "dZ1 is multiplied by Z1 as well. In the formula, g'(Z1) is the slope of tanh at Z1, not "
        "a product with Z1: only 1 minus the square of A1 stays.",
    ),
    "X-not-transposed": (
        {_DW1: "dW1 = np.dot(dZ1, X) / m"},
        "X is not transposed in dW1. Every weight sums its gradient over the examples, so the "
        "examples have to meet: they are the columns of dZ1 and of X.",
    ),
    "output-bias-summed-to-a-number": (
        {_DB2: "db2 = np.sum(dZ2) / m"},
        "db2 adds everything up to a single number. Each output unit has a bias of its own: add "
        "over the examples only, and keep the column.",
    ),
    "hidden-bias-not-summed": (
        {_DB1: "db1 = dZ1 / m"},
        "db1 still has a column for each example. A bias is shared by all examples: its gradient "
        "is the sum over them.",
    ),
}

BACKWARD_CORRECT = {
    "matmul-operator": {
        _DW2: "dW2 = dZ2 @ A1.T / m",
        _DZ1: "dZ1 = (W2.T @ dZ2) * (1 - A1**2)",
        _DW1: "dW1 = 1 / m * dZ1 @ X.T",
    },
    "factor-in-front": {
        _DW2: "dW2 = (1.0 / m) * np.matmul(dZ2, A1.T)",
        _DB2: "db2 = (1 / m) * (np.sum(dZ2, axis=1, keepdims=1))",
        _DB1: "db1 = (1 / m) * (np.sum(dZ1, axis=-1, keepdims=True))",
    },
    "mean-for-the-biases": {
        _DB2: "db2 = np.mean(dZ2, axis=1, keepdims=True)",
        _DB1: "db1 = dZ1.mean(axis=1).reshape(-1, 1)",
    },
    "np-multiply": {_DZ1: "dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.square(A1))"},
    "slope-factored": {_DZ1: "dZ1 = W2.T.dot(dZ2) * (1 - A1) * (1 + A1)"},
    "slope-from-Z1-by-cosh": {_DZ1: 'dZ1 = np.dot(W2.T, dZ2) / np.cosh(cache["Z1"]) ** 2'},
    "activations-computed-again": {
        _DZ1: 'dZ1 = np.dot(W2.T, dZ2) * (1 - np.tanh(cache["Z1"]) ** 2)'
    },
    "forward-pass-computed-again": {
        _DZ2: "A2, _again = forward_propagation(X, parameters)\n    dZ2 = A2 - Y"
    },
    "mean-in-both-errors": {
        _DZ2: "dZ2 = (A2 - Y) / m",
        _DW2: "dW2 = np.dot(dZ2, A1.T)",
        _DB2: "db2 = np.sum(dZ2, axis=1, keepdims=True)",
        _DW1: "dW1 = np.dot(dZ1, X.T)",
        _DB1: "db1 = np.sum(dZ1, axis=1, keepdims=True)",
    },
    "through-the-gradient-of-the-activation": {
        _DZ2: "dA2 = (1 - Y) / (1 - A2) - Y / A2\n    dZ2 = dA2 * A2 * (1 - A2)"
    },
    "biases-by-a-product-with-ones": {_DB2: "db2 = np.dot(dZ2, np.ones((m, 1))) / m"},
    "einsum": {_DW1: 'dW1 = np.einsum("hm,xm->hx", dZ1, X) / m'},
    "more-gradients": {'"dW2": dW2, "db2": db2': '"dW2": dW2, "db2": db2, "dZ1": dZ1, "dZ2": dZ2'},
    "loop-over-the-examples": """
def backward_propagation(p, saved, data, labels):
    m = data.shape[1]
    grads = {"d" + name: np.zeros(value.shape) for name, value in p.items()}
    for i in range(m):
        x, a1 = data[:, [i]], saved["A1"][:, [i]]
        error = saved["A2"][:, [i]] - labels[:, [i]]
        hidden = (p["W2"].T @ error) * (1 - a1 * a1)
        grads["dW2"] += error @ a1.T / m
        grads["db2"] += error / m
        grads["dW1"] += hidden @ x.T / m
        grads["db1"] += hidden / m
    return grads
""",
}
