"""Wrong and right ways to write the backward step of one layer."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_DW = "dW = np.dot(dZ, A_prev.T) / m"
_DB = "db = np.sum(dZ, axis=1, keepdims=True) / m"
_DA = "dA_prev = np.dot(W.T, dZ)"

LINEAR_BACKWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="not-averaged",
        edits=((_DW, "dW = np.dot(dZ, A_prev.T)"), (_DB, "db = np.sum(dZ, axis=1, keepdims=True)")),
        message="dW and db are sums over the examples, not means, so they grow with the number of "
        "examples. The cost is a mean, and its gradients are too.",
    ),
    Misconception(
        name="dW-not-averaged",
        edits=((_DW, "dW = np.dot(dZ, A_prev.T)"),),
        message="dW is a sum over the examples, not a mean, so it grows with their number. The "
        "cost is a mean, and so is its gradient.",
    ),
    Misconception(
        name="db-not-averaged",
        edits=((_DB, "db = np.sum(dZ, axis=1, keepdims=True)"),),
        message="db is a sum over the examples, not a mean, so it grows with their number. The "
        "cost is a mean, and so is its gradient.",
    ),
    Misconception(
        name="averaged-twice",
        edits=(
            (_DW, "dW = np.dot(dZ, A_prev.T) / m / m"),
            (_DB, "db = np.mean(dZ, axis=1, keepdims=True) / m"),
        ),
        message="dW and db are divided by the number of examples twice. Once is enough; a mean has "
        "the division inside already.",
    ),
    Misconception(
        name="db-averaged-twice",
        edits=((_DB, "db = np.mean(dZ, axis=1, keepdims=True) / m"),),
        message="db is divided by the number of examples twice. A mean has the division inside "
        "already.",
    ),
    Misconception(
        name="dA_prev-averaged",
        edits=((_DA, "dA_prev = np.dot(W.T, dZ) / m"),),
        message="dA_prev is divided by the number of examples, perhaps because dZ was. It keeps "
        "the examples apart, one in each column, so there is nothing to average.",
    ),
    Misconception(
        name="dA_prev-from-dW",
        edits=((_DA, "dA_prev = np.dot(dW.T, dZ)"),),
        message="dA_prev is made with dW. The error flows back through the weights themselves.",
    ),
    Misconception(
        name="db-summed-over-the-units",
        edits=((_DB, "db = np.sum(dZ, axis=0, keepdims=True) / m"),),
        message="db was summed along the wrong axis. The units are the rows and keep their own "
        "entry; the sum runs over the examples.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-summed-over-everything",
        edits=((_DB, "db = np.sum(dZ, keepdims=True) / m"),),
        message="db adds up all units and all examples. Each unit has a bias of its own: say along "
        "which axis to sum.",
    ),
    Misconception(
        name="db-one-number",
        edits=((_DB, "db = np.sum(dZ) / m"),),
        message="db is a single number. It must have the shape of b, one entry for each unit: say "
        "along which axis to sum, and keep the column.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-flat",
        edits=((_DB, "db = np.sum(dZ, axis=1) / m"),),
        message="db is flat, of shape (n,). It must be a column like b, of shape (n, 1): the sum "
        "has to keep the dimension that it runs over.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-squeezed",
        edits=((_DB, "db = np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m"),),
        message="db was squeezed, so it has lost its second dimension. It must be a column like b, "
        "of shape (n, 1).",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-averaged-over-everything",
        edits=((_DB, "db = np.mean(dZ)"),),
        message="db is the mean of all entries of dZ, one number for all units. Each unit has a "
        "bias of its own: the mean runs over the examples only.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-as-a-row",
        edits=((_DB, "db = np.sum(dZ.T, axis=0, keepdims=True) / m"),),
        message="db is a row. It must have the shape of b, which is a column.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="db-not-summed",
        edits=((_DB, "db = dZ / m"),),
        message="db still has one column for each example. Every example contributes to the same "
        "bias, so the contributions are added up.",
    ),
    Misconception(
        name="dW-transposed",
        edits=((_DW, "dW = np.dot(A_prev, dZ.T) / m"),),
        message="dW is the wrong way round. It must have the shape of W: rows for the units of "
        "this layer, columns for those of the layer before.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="dW-without-transpose",
        edits=((_DW, "dW = np.dot(dZ, A_prev) / m"),),
        message=(
            "The product for dW does not fit: one factor has to be transposed. The sum runs "
            "over the examples, so these must meet in the middle."
        ),
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="dW-with-the-wrong-factor-transposed",
        edits=((_DW, "dW = np.dot(dZ.T, A_prev) / m"),),
        message="The product for dW does not fit: the other factor is the one to transpose. The "
        "sum runs over the examples, so these must meet in the middle.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="dA_prev-without-transpose",
        edits=((_DA, "dA_prev = np.dot(W, dZ)"),),
        message=(
            "The product for dA_prev does not fit: one factor has to be transposed. Going back,"
            " the weights lead from this layer to the one before."
        ),
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="dA_prev-in-the-wrong-order",
        edits=((_DA, "dA_prev = np.dot(dZ, W.T)"),),
        message="The factors of dA_prev are in the wrong order. The units of this layer must meet "
        "in the middle of the product, and the examples stay the columns.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="dW-element-by-element",
        edits=((_DW, "dW = dZ * A_prev / m"),),
        message="`*` multiplies element by element. dW needs the matrix product, which sums over "
        "the examples.",
    ),
    Misconception(
        name="dW-element-by-element-with-transpose",
        edits=((_DW, "dW = dZ * A_prev.T / m"),),
        message="`*` multiplies element by element, even where one factor is transposed. dW needs "
        "the matrix product, which sums over the examples.",
    ),
    Misconception(
        name="divided-by-the-number-of-inputs",
        edits=((_DW, "m = A_prev.shape[0]\n    dW = np.dot(dZ, A_prev.T) / m"),),
        message="dW and db are divided by the number of units of the layer before. The mean runs "
        "over the examples, which are the columns.",
    ),
    Misconception(
        name="m-of-the-example",
        edits=(
            (_DW, "dW = np.dot(dZ, A_prev.T) / 4"),
            (_DB, "db = np.sum(dZ, axis=1, keepdims=True) / 4"),
        ),
        message=(
            "The number of examples is taken to be 4, as in the example of the notebook. It "
            "changes from call to call: m has been unpacked for you."
        ),
    ),
    Misconception(
        name="results-in-another-order",
        edits=(("return dA_prev, dW, db", "return dW, db, dA_prev"),),
        message="The three results come back in a different order. The caller unpacks dA_prev "
        "first, then dW, then db.",
    ),
    Misconception(
        name="cache-unpacked-in-another-order",
        edits=(("A_prev, W, b = cache", "W, A_prev, b = cache"),),
        message=(
            "`linear_forward` packed activations, weights and bias into the cache, in this "
            "order: unpack it so."
        ),
    ),
    Misconception(
        name="dA_prev-plus-bias",
        edits=((_DA, "dA_prev = np.dot(W.T, dZ - b)"),),
        message="The bias has got into dA_prev. The bias adds the same whatever the activations "
        "are, so it plays no part in their gradient.",
    ),
)

LINEAR_BACKWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="matmul-operator",
        edits=((_DW, "dW = dZ @ A_prev.T / m"), (_DA, "dA_prev = W.T @ dZ")),
    ),
    CorrectVariant(
        name="factor-in-front",
        edits=(
            (_DW, "dW = (1 / m) * np.matmul(dZ, A_prev.T)"),
            (_DB, "db = 1.0 / m * np.sum(dZ, axis=1, keepdims=1)"),
        ),
    ),
    CorrectVariant(name="mean", edits=((_DB, "db = np.mean(dZ, axis=1, keepdims=True)"),)),
    CorrectVariant(
        name="sum-reshaped",
        edits=((_DB, "db = (np.sum(dZ, axis=1) / m).reshape(b.shape)"),),
    ),
    CorrectVariant(
        name="negative-axis",
        edits=((_DB, "db = dZ.sum(axis=-1)[:, np.newaxis] / m"),),
    ),
    CorrectVariant(
        name="product-with-ones",
        edits=((_DB, "db = np.dot(dZ, np.ones((m, 1))) / m"),),
    ),
    CorrectVariant(
        name="transposed-products",
        edits=((_DW, "dW = np.dot(A_prev, dZ.T).T / m"), (_DA, "dA_prev = dZ.T.dot(W).T")),
    ),
    CorrectVariant(
        name="einsum",
        edits=(
            (_DW, 'dW = np.einsum("im,jm->ij", dZ, A_prev) / m'),
            (_DA, 'dA_prev = np.einsum("ij,im->jm", W, dZ)'),
        ),
    ),
    CorrectVariant(
        name="m-from-dZ", edits=(("m = A_prev.shape[1]", "m = dZ.shape[1]\n    print(m)"),)
    ),
    CorrectVariant(
        name="results-as-list", edits=(("return dA_prev, dW, db", "return [dA_prev, dW, db]"),)
    ),
    CorrectVariant(
        name="single-precision",
        edits=(("return dA_prev, dW, db", "return dA_prev, dW.astype(np.float32), db"),),
    ),
    CorrectVariant(
        name="loop-over-the-examples",
        code="""
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
    ),
)

_RELU_STEP = "dZ = relu_backward(dA, activation_cache)"
_SIGMOID_STEP = "dZ = sigmoid_backward(dA, activation_cache)"
_LINEAR_STEP = "\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)"

LINEAR_ACTIVATION_BACKWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sigmoid-in-both-branches",
        edits=((_RELU_STEP, "dZ = sigmoid_backward(dA, activation_cache)"),),
        message='The sigmoid\'s gradient is used even where the activation is "relu". Each branch '
        "goes back through the activation that it went forward through.",
    ),
    Misconception(
        name="relu-in-both-branches",
        edits=((_SIGMOID_STEP, "dZ = relu_backward(dA, activation_cache)"),),
        message='ReLU\'s gradient is used even where the activation is "sigmoid". Each branch '
        "goes back through the activation that it went forward through.",
    ),
    Misconception(
        name="activations-swapped",
        edits=(
            (_RELU_STEP, "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s * (1 - s)"),
            (_SIGMOID_STEP, "dZ = dA * (activation_cache > 0)"),
        ),
        message='The two gradients are swapped: "relu" uses the sigmoid\'s and "sigmoid" uses '
        "ReLU's.",
    ),
    Misconception(
        name="activation-left-out",
        edits=((_RELU_STEP, "dZ = dA"), (_SIGMOID_STEP, "dZ = dA")),
        message="dA went straight into the linear part, so the gradient of the activation is "
        "missing. First turn dA into dZ.",
    ),
    Misconception(
        name="relu-left-out",
        edits=((_RELU_STEP, "dZ = dA"),),
        message='In the "relu" branch dA went straight into the linear part. ReLU lets no '
        "gradient through where Z was negative.",
    ),
    Misconception(
        name="dA-instead-of-dZ-to-the-linear-part",
        edits=(
            (
                _SIGMOID_STEP + _LINEAR_STEP,
                _SIGMOID_STEP + "\n        dA_prev, dW, db = linear_backward(dA, linear_cache)",
            ),
        ),
        message=(
            'In the "sigmoid" branch dA goes into the linear part as it came. First it becomes '
            "dZ, which goes on."
        ),
    ),
    Misconception(
        name="linear-cache-to-the-activation",
        edits=(
            (_RELU_STEP, "dZ = relu_backward(dA, linear_cache)"),
            (_SIGMOID_STEP, "dZ = sigmoid_backward(dA, linear_cache)"),
        ),
        message="The activation was given the linear cache. It needs its own, which holds Z.",
    ),
    Misconception(
        name="linear-cache-to-the-relu",
        edits=((_RELU_STEP, "dZ = relu_backward(dA, linear_cache)"),),
        message='In the branch "relu" the activation was given the linear cache. It needs its own, '
        "which holds Z.",
    ),
    Misconception(
        name="activation-cache-to-the-linear-part",
        edits=(
            (
                _RELU_STEP + _LINEAR_STEP,
                _RELU_STEP + "\n        dA_prev, dW, db = linear_backward(dZ, activation_cache)",
            ),
            (
                _SIGMOID_STEP + _LINEAR_STEP,
                _SIGMOID_STEP + "\n        dA_prev, dW, db = linear_backward(dZ, activation_cache)",
            ),
        ),
        message="The linear part was given the activation cache. It needs the other one, which "
        "holds the activations, weights and bias.",
    ),
    Misconception(
        name="whole-cache-to-both",
        edits=(
            (_RELU_STEP, "dZ = relu_backward(dA, cache)"),
            (_SIGMOID_STEP, "dZ = sigmoid_backward(dA, cache)"),
        ),
        message="The activation was given the whole cache. It has been unpacked into two parts for "
        "you; the activation needs one of them.",
    ),
    Misconception(
        name="relu-mask-turned-round",
        edits=((_RELU_STEP, "dZ = np.where(activation_cache < 0, dA, 0)"),),
        message="The ReLU gradient is let through where Z is negative. It is the other way round.",
    ),
    Misconception(
        name="relu-mask-includes-zero",
        edits=((_RELU_STEP, "dZ = np.where(activation_cache >= 0, dA, 0)"),),
        message="Where Z is exactly zero the gradient was let through. By convention ReLU's "
        "gradient is zero there.",
    ),
    Misconception(
        name="relu-mask-from-dA",
        edits=((_RELU_STEP, "dZ = np.maximum(0, dA)"),),
        message="The negative gradients were set to zero. ReLU stops a gradient by the sign of Z, "
        "never by the sign of the gradient itself.",
    ),
    Misconception(
        name="relu-multiplies-by-Z",
        edits=((_RELU_STEP, "dZ = dA * np.maximum(0, activation_cache)"),),
        message="The gradient was multiplied by ReLU's value. What is needed is its slope, which "
        "is 0 or 1.",
    ),
    Misconception(
        name="relu-slope-without-dA",
        edits=((_RELU_STEP, "dZ = (activation_cache > 0).astype(float)"),),
        message='In the "relu" branch dZ is only the slope of the activation. By the chain rule '
        "the slope multiplies the gradient that came in.",
    ),
    Misconception(
        name="sigmoid-slope-without-dA",
        edits=(
            (_SIGMOID_STEP, "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = s * (1 - s)"),
        ),
        message='In the "sigmoid" branch dZ is only the slope of the activation. By the chain '
        "rule the slope multiplies the gradient that came in.",
    ),
    Misconception(
        name="sigmoid-slope-of-Z",
        edits=((_SIGMOID_STEP, "dZ = dA * activation_cache * (1 - activation_cache)"),),
        message="The slope s(1 - s) was taken with Z itself. The s in it is the sigmoid *of* Z.",
    ),
    Misconception(
        name="sigmoid-slope-halved",
        edits=((_SIGMOID_STEP, "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s"),),
        message="The gradient was multiplied by the sigmoid's value. What is needed is its slope, "
        "which has two factors.",
    ),
    Misconception(
        name="tanh-slope-for-the-sigmoid",
        edits=((_SIGMOID_STEP, "dZ = dA * (1 - np.tanh(activation_cache) ** 2)"),),
        message="This is the slope of tanh. The activation of this branch is the sigmoid.",
    ),
    Misconception(
        name="forward-functions-used",
        edits=(
            (_RELU_STEP, "dZ, _ = relu(dA)  # forward"),
            (_SIGMOID_STEP, "dZ, _ = sigmoid(dA)  # forward"),
        ),
        message="The forward functions were used. Their partners whose names end in `_backward` "
        "turn dA into dZ.",
    ),
    Misconception(
        name="not-averaged",
        edits=(
            (
                _RELU_STEP + _LINEAR_STEP,
                _RELU_STEP
                + "\n        A_prev, W, b = linear_cache\n        dW = np.dot(dZ, A_prev.T)"
                "\n        db = np.sum(dZ, axis=1, keepdims=True)"
                "\n        dA_prev = np.dot(W.T, dZ)",
            ),
            (
                _SIGMOID_STEP + _LINEAR_STEP,
                _SIGMOID_STEP
                + "\n        A_prev, W, b = linear_cache\n        dW = np.dot(dZ, A_prev.T)"
                "\n        db = np.sum(dZ, axis=1, keepdims=True)"
                "\n        dA_prev = np.dot(W.T, dZ)",
            ),
        ),
        message=(
            "dW and db are sums over the examples where they should be means. The function of "
            "the last exercise does the linear part for you."
        ),
    ),
    Misconception(
        name="results-in-another-order",
        edits=(("return dA_prev, dW, db", "return dW, db, dA_prev"),),
        message="The three results come back in a different order. The caller unpacks dA_prev "
        "first, then dW, then db.",
    ),
    Misconception(
        name="dW-returned-first",
        edits=(("return dA_prev, dW, db", "return dW, dA_prev, db"),),
        message="dW and dA_prev have changed places among the results. The caller unpacks dA_prev "
        "first, then dW, then db.",
    ),
    Misconception(
        name="dZ-returned-instead-of-dA_prev",
        edits=(("return dA_prev, dW, db", "return dZ, dW, db"),),
        message="The first result is dZ, the gradient inside this layer. The layer before needs "
        "the gradient of its own activations.",
    ),
)

LINEAR_ACTIVATION_BACKWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="linear-part-after-the-branches",
        code="""
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)
""",
    ),
    CorrectVariant(
        name="slopes-written-out",
        edits=(
            (_RELU_STEP, "dZ = dA * (activation_cache > 0)"),
            (
                _SIGMOID_STEP,
                "s = 1 / (1 + np.exp(-activation_cache))\n        dZ = dA * s * (1 - s)",
            ),
        ),
    ),
    CorrectVariant(
        name="relu-by-assignment",
        edits=(
            (_RELU_STEP, "dZ = np.array(dA, copy=True)\n        dZ[activation_cache <= 0] = 0"),
        ),
    ),
    CorrectVariant(
        name="relu-by-assignment-in-place",
        edits=((_RELU_STEP, "dZ = dA\n        dZ[activation_cache <= 0] = 0"),),
    ),
    CorrectVariant(
        name="sigmoid-called",
        edits=(
            (
                _SIGMOID_STEP,
                "A, _ = sigmoid(activation_cache)\n        dZ = np.multiply(dA, A - A ** 2)",
            ),
        ),
    ),
    CorrectVariant(
        name="linear-part-written-out",
        edits=(
            (
                _RELU_STEP + _LINEAR_STEP,
                _RELU_STEP + "\n        A_prev, W, b = linear_cache\n"
                "        dW = dZ @ A_prev.T / A_prev.shape[1]\n"
                "        db = np.mean(dZ, axis=1, keepdims=True)\n"
                "        dA_prev = W.T @ dZ",
            ),
        ),
    ),
    CorrectVariant(
        name="Z-computed-again",
        edits=(
            (
                _RELU_STEP,
                "A_prev, W, b = linear_cache\n"
                "        dZ = relu_backward(dA, np.dot(W, A_prev) + b)",
            ),
        ),
    ),
    CorrectVariant(
        name="dispatch-table",
        code="""
def linear_activation_backward(gradient, stored, name):
    table = {"relu": relu_backward, "sigmoid": sigmoid_backward}
    dZ = table[name](gradient, stored[1])
    print("dZ", dZ.shape)
    return linear_backward(dZ, stored[0])
""",
    ),
    CorrectVariant(name="else-for-sigmoid", edits=(('elif activation == "sigmoid":', "else:"),)),
    CorrectVariant(
        name="results-as-list",
        edits=(("return dA_prev, dW, db", "return [dA_prev, dW, db]"),),
    ),
)
