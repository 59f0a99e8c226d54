"""Wrong and right ways to write the backward step of one layer."""

_DW = "dW = np.dot(dZ, A_prev.T) / m"
_DB = "db = np.sum(dZ, axis=1, keepdims=True) / m"
_DA = "dA_prev = np.dot(W.T, dZ)"

LINEAR_BACKWARD_MISCONCEPTIONS = {
    "not-averaged": (
        {_DW: "dW = np.dot(dZ, A_prev.T)", _DB: "db = np.sum(dZ, axis=1, keepdims=True)"},
        "dW and db are sums over the examples, not means, so they grow with the number of "
        "examples. The cost is a mean, and its gradients are too.",
    ),
    "dW-not-averaged": (
        {_DW: "dW = np.dot(dZ, A_prev.T)"},
        "dW is a sum over the examples, not a mean, so it grows with their number. The cost is a "
        "mean, and so is its gradient.",
    ),
    "db-not-averaged": (
        {_DB: "db = np.sum(dZ, axis=1, keepdims=True)"},
        "db is a sum over the examples, not a mean, so it grows with their number. The cost is a "
        "mean, and so is its gradient.",
    ),
    "averaged-twice": (
        {
            _DW: "dW = np.dot(dZ, A_prev.T) / m / m",
            _DB: "db = np.mean(dZ, axis=1, keepdims=True) / m",
        },
        "dW and db are divided by the number of examples twice. Once is enough; a mean has the "
        "division inside already.",
    ),
    "db-averaged-twice": (
        {_DB: "db = np.mean(dZ, axis=1, keepdims=True) / m"},
        "db is divided by the number of examples twice. A mean has the division inside already.",
    ),
    "dA_prev-averaged": (
        {_DA: "dA_prev = np.dot(W.T, dZ) / m"},
        "dA_prev is divided by the number of examples, perhaps because dZ was. It keeps the "
        "examples apart, one in each column, so there is nothing to average.",
    ),
    "dA_prev-from-dW": (
        {_DA: "dA_prev = np.dot(dW.T, dZ)"},
        "dA_prev is made with dW. The error flows back through the weights themselves.",
    ),
    "db-summed-over-the-units": (
        {_DB: "db = np.sum(dZ, axis=0, keepdims=True) / m"},
        "db was summed along the wrong axis. The units are the rows and keep their own entry; the "
        "sum runs over the examples.",
        "a4_deep_network#notation",
    ),
    "db-summed-over-everything": (
        {_DB: "db = np.sum(dZ, keepdims=True) / m"},
        "db adds up all units and all examples. Each unit has a bias of its own: say along which "
        "axis to sum.",
    ),
    "db-one-number": (
        {_DB: "db = np.sum(dZ) / m"},
        "db is a single number. It must have the shape of b, one entry for each unit: say along "
        "which axis to sum, and keep the column.",
        "a4_deep_network#notation",
    ),
    "db-flat": (
        {_DB: "db = np.sum(dZ, axis=1) / m"},
        "db is flat, of shape (n,). It must be a column like b, of shape (n, 1): the sum has to "
        "keep the dimension that it runs over.",
        "a4_deep_network#notation",
    ),
    "db-squeezed": (
        {_DB: "db = np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m"},
        "db was squeezed, so it has lost its second dimension. It must be a column like b, of "
        "shape (n, 1).",
        "a4_deep_network#notation",
    ),
    "db-averaged-over-everything": (
        {_DB: "db = np.mean(dZ)"},
        "db is the mean of all entries of dZ, one number for all units. Each unit has a bias of "
        "its own: the mean runs over the examples only.",
        "a4_deep_network#notation",
    ),
    "db-as-a-row": (
        {_DB: "db = np.sum(dZ.T, axis=0, keepdims=True) / m"},
        "db is a row. It must have the shape of b, which is a column.",
        "a4_deep_network#notation",
    ),
    "db-not-summed": (
        {_DB: "db = dZ / m"},
        "db still has one column for each example. Every example contributes to the same bias, so "
        "the contributions are added up.",
    ),
    "dW-transposed": (
        {_DW: "dW = np.dot(A_prev, dZ.T) / m"},
        "dW is the wrong way round. It must have the shape of W: rows for the units of this "
        "layer, columns for those of the layer before.",
        "a4_deep_network#notation",
    ),
    "dW-without-transpose": (
        {_DW: "dW = np.dot(dZ, A_prev) / m"},
        "The product for dW does not fit: one factor has to be transposed. The sum runs over the "
        "examples, so these must meet in the middle.",
        "a4_deep_network#notation",
    ),
    "dW-with-the-wrong-factor-transposed": (
        {_DW: "dW = np.dot(dZ.T, A_prev) / m"},
        "The product for dW does not fit: the other factor is the one to transpose. The sum runs "
        "over the examples, so these must meet in the middle.",
        "a4_deep_network#notation",
    ),
    "dA_prev-without-transpose": (
        {_DA: "dA_prev = np.dot(W, dZ)"},
        "The product for dA_prev does not fit: one factor has to be transposed. Going back, the "
        "weights lead from this layer to the one before.",
        "a4_deep_network#notation",
    ),
    "dA_prev-in-the-wrong-order": (
        {_DA: "dA_prev = np.dot(dZ, W.T)"},
        "The factors of dA_prev are in the wrong order. The units of this layer must meet in the "
        "middle of the product, and the examples stay the columns.",
        "a4_deep_network#notation",
    ),
    "dW-element-by-element": (
        {_DW: "dW = dZ * A_prev / m"},
        "`*` multiplies element by element. dW needs the matrix product, which sums over the "
        "examples.",
    ),
    "dW-element-by-element-with-transpose": (
        {_DW: "dW = dZ * A_prev.T / m"},
        "`*` multiplies element by element, even where one factor is transposed. dW needs the "
        "matrix product, which sums over the examples.",
    ),
    "divided-by-the-number-of-inputs": (
        {_DW: "m = A_prev.shape[0]\n    dW = np.dot(dZ, A_prev.T) / m"},
        "dW and db are divided by the number of units of the layer before. The mean runs over the "
        "examples, which are the columns.",
    ),
    "m-of-the-example": (
        {_DW: "dW = np.dot(dZ, A_prev.T) / 4", _DB: "db = np.sum(dZ, axis=1, keepdims=True) / 4"},
        "The number of examples is taken to be 4, as in the example of the notebook. It changes "
        "from call to call: m has been unpacked for you.",
    ),
    "results-in-another-order": (
        {"return dA_prev, dW, db": "return dW, db, dA_prev"},
        "The three results come back in a different order. The caller unpacks dA_prev first, then "
        "dW, then db.",
    ),
    "cache-unpacked-in-another-order": (
        {"A_prev, W, b = cache": "W, A_prev, b = cache"},
        "`linear_forward` packed activations, weights and bias into the cache, in this order: "
        "unpack it so.",
    ),
    "dA_prev-plus-bias": (
        {_DA: "dA_prev = np.dot(W.T, dZ - b)"},
        "The bias has got into dA_prev. The bias adds the same whatever the activations are, so "
        "it plays no part in their gradient.",
    ),
}

LINEAR_BACKWARD_CORRECT = {
    "matmul-operator": {_DW: "dW = dZ @ A_prev.T / m", _DA: "dA_prev = W.T @ dZ"},
    "factor-in-front": {
        _DW: "dW = (1 / m) * np.matmul(dZ, A_prev.T)",
        _DB: "db = 1.0 / m * np.sum(dZ, axis=1, keepdims=1)",
    },
    "mean": {_DB: "db = np.mean(dZ, axis=1, keepdims=True)"},
    "sum-reshaped": {_DB: "db = (np.sum(dZ, axis=1) / m).reshape(b.shape)"},
    "negative-axis": {_DB: "db = dZ.sum(axis=-1)[:, np.newaxis] / m"},
    "product-with-ones": {_DB: "db = np.dot(dZ, np.ones((m, 1))) / m"},
    "transposed-products": {_DW: "dW = np.dot(A_prev, dZ.T).T / m", _DA: "dA_prev = dZ.T.dot(W).T"},
    "einsum": {
        _DW: 'dW = np.einsum("im,jm->ij", dZ, A_prev) / m',
        _DA: 'dA_prev = np.einsum("ij,im->jm", W, dZ)',
    },
    "m-from-dZ": {"m = A_prev.shape[1]": "m = dZ.shape[1]\n    print(m)"},
    "results-as-list": {"return dA_prev, dW, db": "return [dA_prev, dW, db]"},
    "single-precision": {"return dA_prev, dW, db": "return dA_prev, dW.astype(np.float32), db"},
    "loop-over-the-examples": """
def linear_backward(dz, cache):
    activations, weights, bias = cache
    examples = activations.shape[1]
    dW, db = np.zeros(weights.shape), np.zeros(bias.shape)
    dA = np.zeros(activations.shape)
    for i in range(examples):
        column = dz[:, i:i + 1]
        dW += column * activations[:, i] / examples
        db += column / examples
        dA[:, i] = weights.T.dot(column).ravel()
    return dA, dW, db
""",
}

_RELU_STEP = "dZ = relu_backward(dA, activation_cache)"
_SIGMOID_STEP = "dZ = sigmoid_backward(dA, activation_cache)"
_LINEAR_STEP = "\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)"

LINEAR_ACTIVATION_BACKWARD_MISCONCEPTIONS = {
    "sigmoid-in-both-branches": (
        {_RELU_STEP: "dZ = sigmoid_backward(dA, activation_cache)"},
        'The sigmoid\'s gradient is used even where the activation is "relu". Each branch goes '
        "back through the activation that it went forward through.",
    ),
    "relu-in-both-branches": (
        {_SIGMOID_STEP: "dZ = relu_backward(dA, activation_cache)"},
        'ReLU\'s gradient is used even where the activation is "sigmoid". Each branch goes back '
        "through the activation that it went forward through.",
    ),
    "activations-swapped": (
        {
            _RELU_STEP: "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s * (1 - s)",
            _SIGMOID_STEP: "dZ = dA * (activation_cache > 0)",
        },
        'The two gradients are swapped: "relu" uses the sigmoid\'s and "sigmoid" uses ReLU\'s.',
    ),
    "activation-left-out": (
        {_RELU_STEP: "dZ = dA", _SIGMOID_STEP: "dZ = dA"},
        "dA went straight into the linear part, so the gradient of the activation is missing. "
        "First turn dA into dZ.",
    ),
    "relu-left-out": (
        {_RELU_STEP: "dZ = dA"},
        'In the "relu" branch dA went straight into the linear part. ReLU lets no gradient '
        "through where Z was negative.",
    ),
    "dA-instead-of-dZ-to-the-linear-part": (
        {
            _SIGMOID_STEP + _LINEAR_STEP: _SIGMOID_STEP
            + "\n        dA_prev, dW, db = linear_backward(dA, linear_cache)"
        },
        'In the "sigmoid" branch dA goes into the linear part as it came. First it becomes dZ, '
        "which goes on.",
    ),
    "linear-cache-to-the-activation": (
        {
            _RELU_STEP: "dZ = relu_backward(dA, linear_cache)",
            _SIGMOID_STEP: "dZ = sigmoid_backward(dA, linear_cache)",
        },
        "The activation was given the linear cache. It needs its own, which holds Z.",
    ),
    "linear-cache-to-the-relu": (
        {_RELU_STEP: "dZ = relu_backward(dA, linear_cache)"},
        'In the branch "relu" the activation was given the linear cache. It needs its own, which '
        "holds Z.",
    ),
    "activation-cache-to-the-linear-part": (
        {
            _RELU_STEP + _LINEAR_STEP: _RELU_STEP
            + "\n        dA_prev, dW, db = linear_backward(dZ, activation_cache)",
            _SIGMOID_STEP + _LINEAR_STEP: _SIGMOID_STEP
            + "\n        dA_prev, dW, db = linear_backward(dZ, activation_cache)",
        },
        "The linear part was given the activation cache. It needs the other one, which holds the "
        "activations, weights and bias.",
    ),
    "whole-cache-to-both": (
        {
            _RELU_STEP: "dZ = relu_backward(dA, cache)",
            _SIGMOID_STEP: "dZ = sigmoid_backward(dA, cache)",
        },
        "The activation was given the whole cache. It has been unpacked into two parts for you; "
        "the activation needs one of them.",
    ),
    "relu-mask-turned-round": (
        {_RELU_STEP: "dZ = np.where(activation_cache < 0, dA, 0)"},
        "The ReLU gradient is let through where Z is negative. It is the other way round.",
    ),
    "relu-mask-includes-zero": (
        {_RELU_STEP: "dZ = np.where(activation_cache >= 0, dA, 0)"},
        "Where Z is exactly zero the gradient was let through. By convention ReLU's gradient is "
        "zero there.",
    ),
    "relu-mask-from-dA": (
        {_RELU_STEP: "dZ = np.maximum(0, dA)"},
        "The negative gradients were set to zero. ReLU stops a gradient by the sign of Z, never "
        "by the sign of the gradient itself.",
    ),
    "relu-multiplies-by-Z": (
        {_RELU_STEP: "dZ = dA * np.maximum(0, activation_cache)"},
        "The gradient was multiplied by ReLU's value. What is needed is its slope, which is 0 or "
        "1.",
    ),
    "relu-slope-without-dA": (
        {_RELU_STEP: "dZ = (activation_cache > 0).astype(float)"},
        'In the "relu" branch dZ is only the slope of the activation. By the chain rule the slope '
        "multiplies the gradient that came in.",
    ),
    "sigmoid-slope-without-dA": (
        {_SIGMOID_STEP: "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = s * (1 - s)"},
        'In the "sigmoid" branch dZ is only the slope of the activation. By the chain rule the '
        "slope multiplies the gradient that came in.",
    ),
    "sigmoid-slope-of-Z": (
        {_SIGMOID_STEP: "dZ = dA * activation_cache * (1 - activation_cache)"},
        "The slope s(1 - s) was taken with Z itself. The s in it is the sigmoid *of* Z.",
    ),
    "sigmoid-slope-halved": (
        {_SIGMOID_STEP: "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s"},
        "The gradient was multiplied by the sigmoid's value. What is needed is its slope, which "
        "has two factors.",
    ),
    "tanh-slope-for-the-sigmoid": (
        {_SIGMOID_STEP: "dZ = dA * (1 - np.tanh(activation_cache) ** 2)"},
        "This is the slope of tanh. The activation of this branch is the sigmoid.",
    ),
    "forward-functions-used": (
        {
            _RELU_STEP: "dZ, _ = relu(dA)  # forward",
            _SIGMOID_STEP: "dZ, _ = sigmoid(dA)  # forward",
        },
        "The forward functions were used. Their partners whose names end in `_backward` turn dA "
        "into dZ.",
    ),
    "not-averaged": (
        {
            _RELU_STEP + _LINEAR_STEP: (
                _RELU_STEP
                + "\n        A_prev, W, b = linear_cache\n        dW = np.dot(dZ, A_prev.T)"
                "\n        db = np.sum(dZ, axis=1, keepdims=True)"
                "\n        dA_prev = np.dot(W.T, dZ)"
            ),
            _SIGMOID_STEP + _LINEAR_STEP: (
                _SIGMOID_STEP
                + "\n        A_prev, W, b = linear_cache\n        dW = np.dot(dZ, A_prev.T)"
                "\n        db = np.sum(dZ, axis=1, keepdims=True)"
                "\n        dA_prev = np.dot(W.T, dZ)"
            ),
        },
        "dW and db are sums over the examples where they should be means. The function of the "
        "last exercise does the linear part for you.",
    ),
    "results-in-another-order": (
        {"return dA_prev, dW, db": "return dW, db, dA_prev"},
        "The three results come back in a different order. The caller unpacks dA_prev first, then "
        "dW, then db.",
    ),
    "dW-returned-first": (
        {"return dA_prev, dW, db": "return dW, dA_prev, db"},
        "dW and dA_prev have changed places among the results. The caller unpacks dA_prev first, "
        "then dW, then db.",
    ),
    "dZ-returned-instead-of-dA_prev": (
        {"return dA_prev, dW, db": "return dZ, dW, db"},
        "The first result is dZ, the gradient inside this layer. The layer before needs the "
        "gradient of its own activations.",
    ),
}

LINEAR_ACTIVATION_BACKWARD_CORRECT = {
    "linear-part-after-the-branches": """
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)
""",
    "slopes-written-out": {
        _RELU_STEP: "dZ = dA * (activation_cache > 0)",
        _SIGMOID_STEP: ("s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s * (1 - s)"),
    },
    "relu-by-assignment": {
        _RELU_STEP: "dZ = np.array(dA, copy=True)\n        dZ[activation_cache <= 0] = 0"
    },
    "relu-by-assignment-in-place": {_RELU_STEP: "dZ = dA\n        dZ[activation_cache <= 0] = 0"},
    "sigmoid-called": {
        _SIGMOID_STEP: (
            "A, _ = sigmoid(activation_cache)\n        dZ = np.multiply(dA, A - A ** 2)"
        )
    },
    "linear-part-written-out": {
        _RELU_STEP + _LINEAR_STEP: (
            _RELU_STEP + "\n        A_prev, W, b = linear_cache\n"
            "        dW = dZ @ A_prev.T / A_prev.shape[1]\n"
            "        db = np.mean(dZ, axis=1, keepdims=True)\n"
            "        dA_prev = W.T @ dZ"
        )
    },
    "Z-computed-again": {
        _RELU_STEP: (
            "A_prev, W, b = linear_cache\n        dZ = relu_backward(dA, np.dot(W, A_prev) + b)"
        )
    },
    "dispatch-table": """
def linear_activation_backward(gradient, stored, name):
    table = {"relu": relu_backward, "sigmoid": sigmoid_backward}
    dZ = table[name](gradient, stored[1])
    print("dZ", dZ.shape)
    return linear_backward(dZ, stored[0])
""",
    "else-for-sigmoid": {'elif activation == "sigmoid":': "else:"},
    "results-as-list": {"return dA_prev, dW, db": "return [dA_prev, dW, db]"},
}
