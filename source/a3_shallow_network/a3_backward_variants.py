"""Wrong and right ways to write ``backward_propagation``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_M = "m = X.shape[1]"
_DZ2 = "dZ2 = A2 - Y"
_DW2 = "dW2 = np.dot(dZ2, A1.T) / m"
_DB2 = "db2 = np.sum(dZ2, axis=1, keepdims=True) / m"
_DZ1 = "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))"
_DW1 = "dW1 = np.dot(dZ1, X.T) / m"
_DB1 = "db1 = np.sum(dZ1, axis=1, keepdims=True) / m"
_ACTIVATIONS = "a3_shallow_network#activations"

BACKWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    # The factor 1/m ------------------------------------------------------------------------------
    Misconception(
        name="no-mean-anywhere",
        edits=(
            (_DW2, "dW2 = np.dot(dZ2, A1.T)"),
            (_DB2, "db2 = np.sum(dZ2, axis=1, keepdims=True)"),
            (_DW1, "dW1 = np.dot(dZ1, X.T)"),
            (_DB1, "db1 = np.sum(dZ1, axis=1, keepdims=True)"),
        ),
        message="All gradients are sums over the examples. The cost is a mean, so they should be "
        "means, too.",
    ),
    Misconception(
        name="no-mean-for-the-weights",
        edits=((_DW2, "dW2 = np.dot(dZ2, A1.T)"), (_DW1, "dW1 = np.dot(dZ1, X.T)")),
        message="The gradients of the weights are sums over the examples. Like those of the "
        "biases, they should be means.",
    ),
    Misconception(
        name="no-mean-for-the-biases",
        edits=(
            (_DB2, "db2 = np.sum(dZ2, axis=1, keepdims=True)"),
            (_DB1, "db1 = np.sum(dZ1, axis=1, keepdims=True)"),
        ),
        message="The gradients of the biases are sums over the examples. Like those of the "
        "weights, they should be means.",
    ),
    Misconception(
        name="no-mean-in-the-hidden-layer",
        edits=(
            (_DW1, "dW1 = np.dot(dZ1, X.T)"),
            (_DB1, "db1 = np.sum(dZ1, axis=1, keepdims=True)"),
        ),
        message="The gradients of the hidden layer are sums over the examples. Like those of the "
        "output layer, they should be means.",
    ),
    Misconception(
        name="mean-taken-twice",
        edits=((_DZ2, "dZ2 = (A2 - Y) / m"),),
        message=(
            "All gradients are divided by the number of examples twice, as when dZ2 is divided "
            "already. In dZ2 the examples are still apart, so nothing is averaged there."
        ),
    ),
    Misconception(
        name="mean-in-the-hidden-error",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2)) / m"),),
        message=(
            "dW1 and db1 are divided by the number of examples twice, as when dZ1 is divided "
            "already. In dZ1 the examples are still apart, so nothing is averaged there."
        ),
    ),
    Misconception(
        name="mean-and-division-for-the-biases",
        edits=(
            (_DB2, "db2 = np.mean(dZ2, axis=1, keepdims=True) / m"),
            (_DB1, "db1 = np.mean(dZ1, axis=1, keepdims=True) / m"),
        ),
        message="The gradients of the biases are divided by the number of examples twice. "
        "`np.mean` divides already.",
    ),
    Misconception(
        name="features-counted-as-examples",
        edits=((_M, "m = X.shape[0]"),),
        message="m is the number of features here. The examples are the columns of X.",
    ),
    Misconception(
        name="outputs-counted-as-examples",
        edits=((_M, "m = Y.shape[0]"),),
        message="m is the number of outputs here. The examples are the columns of Y.",
    ),
    Misconception(
        name="number-of-points-of-the-flower",
        edits=((_M, "m = 400"),),
        message=(
            "m is 400 in every call, the number of points of the flower. It changes from call "
            "to call: take it from X."
        ),
    ),
    # The output layer ----------------------------------------------------------------------------
    Misconception(
        name="sign-of-the-output-error",
        edits=((_DZ2, "dZ2 = Y - A2"),),
        message="All gradients have the wrong sign. dZ2 says how much too high the prediction is, "
        "so the prediction comes first.",
    ),
    Misconception(
        name="gradient-of-the-activation",
        edits=((_DZ2, "dZ2 = -(Y / A2) + (1 - Y) / (1 - A2)"),),
        message="This is the gradient of the activation A2. To become dZ2 it has to go through the "
        "slope of the sigmoid as well; together they give something much simpler.",
    ),
    Misconception(
        name="slope-of-the-sigmoid-once-more",
        edits=((_DZ2, "dZ2 = (A2 - Y) * A2 * (1 - A2)"),),
        message="The slope of the sigmoid is multiplied in once more. With the cross-entropy it "
        "has cancelled already.",
    ),
    Misconception(
        name="predictions-rounded",
        edits=((_DZ2, "dZ2 = np.round(A2) - Y"),),
        message="dZ2 is made from rounded predictions. The error is measured with the "
        "probabilities themselves.",
    ),
    Misconception(
        name="error-of-the-weighted-sum",
        edits=((_DZ2, 'dZ2 = cache["Z2"] - Y'),),
        message="dZ2 is made from Z2. The error is the difference between the *probability* and "
        "the label.",
    ),
    Misconception(
        name="output-weights-fed-by-X",
        edits=((_DW2, "dW2 = np.dot(dZ2, X.T) / m"),),
        message="dW2 is made with X. The output layer was fed by the hidden layer.",
    ),
    Misconception(
        name="output-weights-with-Z1",
        edits=((_DW2, 'dW2 = np.dot(dZ2, cache["Z1"].T) / m'),),
        message="dW2 is made with Z1. The output layer was fed with the hidden units' activations.",
    ),
    Misconception(
        name="output-weights-with-A2",
        edits=((_DW2, "dW2 = np.dot(dZ2, A2.T) / m"),),
        message="dW2 is made with the output's own activations. What counts is what the layer was "
        "fed with.",
    ),
    Misconception(
        name="dW2-turned-round",
        edits=((_DW2, "dW2 = np.dot(A1, dZ2.T) / m"),),
        message="dW2 is the wrong way round. A gradient has the same shape as what it belongs to: "
        "change the order of the factors.",
    ),
    # The hidden layer ----------------------------------------------------------------------------
    Misconception(
        name="slope-of-the-sigmoid-in-the-hidden-layer",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * A1 * (1 - A1)"),),
        message="a (1 - a) is the slope of the sigmoid. The hidden layer uses tanh, whose slope is "
        "different.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="square-forgotten",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - A1)"),),
        message="The slope of tanh has a square in it, which is missing here.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="slope-forgotten",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2)"),),
        message="The error was passed back through W2, but not through the slope of tanh.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="slope-of-relu",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (A1 > 0)"),),
        message="This is the slope of ReLU. The hidden layer uses tanh.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="slope-from-Z1",
        edits=((_DZ1, 'dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(cache["Z1"], 2))'),),
        message="The slope is computed from Z1. In the formula 1 - a², a is the activation.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="tanh-applied-twice",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - np.tanh(A1) ** 2)"),),
        message="tanh is applied to A1, which has gone through it already.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="square-alone",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * np.power(A1, 2)"),),
        message="The error is multiplied by the square of A1 alone. The slope of tanh is one minus "
        "that.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="square-of-the-difference",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - A1) ** 2"),),
        message="The whole difference 1 - a is squared. Only a is.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="slope-with-the-wrong-sign",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (np.power(A1, 2) - 1)"),),
        message="The slope of tanh has the wrong sign: tanh rises everywhere.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="twice-the-activation",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - 2 * A1)"),),
        message="A1 is doubled where it should be squared.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="slope-of-the-output",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A2, 2))"),),
        message="The slope is computed from A2. It belongs to the hidden layer, so it is computed "
        "from A1.",
    ),
    Misconception(
        name="W2-not-transposed",
        edits=((_DZ1, "dZ1 = np.dot(W2, dZ2) * (1 - np.power(A1, 2))"),),
        message="W2 should be transposed on the way back: it leads from the outputs to the hidden "
        "units then.",
    ),
    Misconception(
        name="handed-back-through-W1",
        edits=((_DZ1, "dZ1 = np.dot(W1.T, dZ2) * (1 - np.power(A1, 2))"),),
        message="The error is passed back through W1. Between the hidden layer and the output are "
        "the weights W2.",
    ),
    Misconception(
        name="handed-back-entry-by-entry",
        edits=((_DZ1, "dZ1 = W2.T * dZ2 * (1 - np.power(A1, 2))"),),
        message="The error is passed back entry by entry, which is right only where there is a "
        "single output. Several outputs have to be added up: that is the matrix product.",
    ),
    Misconception(
        name="slope-as-a-matrix-product",
        edits=((_DZ1, "dZ1 = np.dot(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))"),),
        message="The slope of tanh is multiplied as a matrix. Each entry has its own slope: "
        "multiply entry by entry.",
    ),
    Misconception(
        name="gradient-of-the-output-for-the-hidden-layer",
        edits=((_DW1, "dW1 = np.dot(dZ2, X.T) / m"),),
        message="dW1 is made from dZ2. The hidden layer has an error of its own, dZ1.",
    ),
    Misconception(
        name="bias-of-the-hidden-layer-from-dZ2",
        edits=((_DB1, "db1 = np.sum(dZ2, axis=1, keepdims=True) / m"),),
        message="db1 is made from dZ2. The hidden layer has an error of its own, dZ1.",
    ),
    Misconception(
        name="hidden-weights-with-A1",
        edits=((_DW1, "dW1 = np.dot(dZ1, A1.T) / m"),),
        message="dW1 is made with A1, the hidden layer's own activations. What counts is what the "
        "layer was fed with.",
    ),
    Misconception(
        name="dW1-turned-round",
        edits=((_DW1, "dW1 = np.dot(X, dZ1.T) / m"),),
        message="dW1 is the wrong way round. A gradient has the same shape as what it belongs to: "
        "change the order of the factors.",
    ),
    Misconception(
        name="transposes-forgotten",
        edits=((_DW2, "dW2 = np.dot(dZ2, A1) / m"), (_DW1, "dW1 = np.dot(dZ1, X) / m")),
        message="The second factors of dW1 and dW2 are not transposed. The examples have to meet "
        "in the middle of the product.",
    ),
    Misconception(
        name="weights-entry-by-entry",
        edits=((_DW2, "dW2 = dZ2 * A1 / m"), (_DW1, "dW1 = dZ1 * X / m")),
        message="`*` multiplies entry by entry. dW collects something from all examples: that is a "
        "matrix product.",
    ),
    # The biases ----------------------------------------------------------------------------------
    Misconception(
        name="keepdims-forgotten",
        edits=((_DB2, "db2 = np.sum(dZ2, axis=1) / m"), (_DB1, "db1 = np.sum(dZ1, axis=1) / m")),
        message="db1 and db2 have lost a dimension, so they are no longer columns. `np.sum` keeps "
        "it if you ask.",
    ),
    Misconception(
        name="keepdims-forgotten-once",
        edits=((_DB1, "db1 = np.sum(dZ1, axis=1) / m"),),
        message="db1 has lost a dimension, so it is no longer a column. `np.sum` keeps it if you "
        "ask.",
    ),
    Misconception(
        name="biases-summed-over-the-units",
        edits=(
            (_DB2, "db2 = np.sum(dZ2, axis=0, keepdims=True) / m"),
            (_DB1, "db1 = np.sum(dZ1, axis=0, keepdims=True) / m"),
        ),
        message="The sums for the biases go over the units. Every unit keeps its own bias: sum "
        "over the examples, which are the columns.",
    ),
    Misconception(
        name="biases-summed-over-everything",
        edits=((_DB2, "db2 = np.sum(dZ2) / m"), (_DB1, "db1 = np.sum(dZ1) / m")),
        message="The sums for the biases go over everything, so that one number is left. Every "
        "unit keeps its own bias: sum over the examples only.",
    ),
    Misconception(
        name="biases-not-summed",
        edits=((_DB2, "db2 = dZ2 / m"), (_DB1, "db1 = dZ1 / m")),
        message="The gradients of the biases still have a column for each example. They should be "
        "summed over the examples.",
    ),
    Misconception(
        name="biases-have-no-gradient",
        edits=(
            (_DB2, "db2 = np.zeros((W2.shape[0], 1))"),
            (_DB1, "db1 = np.zeros((W1.shape[0], 1))"),
        ),
        message="The gradients of the biases are zero, so the biases would never learn.",
    ),
    # What is returned ----------------------------------------------------------------------------
    Misconception(
        name="parameters-returned",
        edits=(("return grads", "return parameters"),),
        message="The parameters are returned. The gradients are asked for.",
    ),
    Misconception(
        name="gradients-as-a-tuple",
        edits=(("return grads", "return dW1, db1, dW2, db2"),),
        message="The gradients are returned one by one. They should be in a dictionary, under the "
        "names dW1, db1, dW2 and db2, as the given line makes it.",
    ),
    Misconception(
        name="layers-swapped",
        edits=(
            ('"dW1": dW1, "db1": db1', '"dW1": dW2, "db1": db2'),
            ('"dW2": dW2, "db2": db2', '"dW2": dW1, "db2": db1'),
        ),
        message="The gradients of the two layers are stored under each other's names.",
    ),
    Misconception(
        name="slope-times-Z1",
        edits=((_DZ1, "dZ1 = np.dot(W2.T, dZ2) * Z1 * (1 - np.power(A1, 2))"),),
        message="dZ1 is multiplied by Z1 as well. In the formula, g'(Z1) is the slope of tanh at "
        "Z1, not a product with Z1: only 1 minus the square of A1 stays.",
    ),
    Misconception(
        name="X-not-transposed",
        edits=((_DW1, "dW1 = np.dot(dZ1, X) / m"),),
        message="X is not transposed in dW1. Every weight sums its gradient over the examples, so"
        " the examples have to meet: they are the columns of dZ1 and of X.",
    ),
    Misconception(
        name="output-bias-summed-to-a-number",
        edits=((_DB2, "db2 = np.sum(dZ2) / m"),),
        message="db2 adds everything up to a single number. Each output unit has a bias of its "
        "own: add over the examples only, and keep the column.",
    ),
    Misconception(
        name="hidden-bias-not-summed",
        edits=((_DB1, "db1 = dZ1 / m"),),
        message="db1 still has a column for each example. A bias is shared by all examples: its "
        "gradient is the sum over them.",
    ),
)

BACKWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="matmul-operator",
        edits=(
            (_DW2, "dW2 = dZ2 @ A1.T / m"),
            (_DZ1, "dZ1 = (W2.T @ dZ2) * (1 - A1**2)"),
            (_DW1, "dW1 = 1 / m * dZ1 @ X.T"),
        ),
    ),
    CorrectVariant(
        name="factor-in-front",
        edits=(
            (_DW2, "dW2 = (1.0 / m) * np.matmul(dZ2, A1.T)"),
            (_DB2, "db2 = (1 / m) * (np.sum(dZ2, axis=1, keepdims=1))"),
            (_DB1, "db1 = (1 / m) * (np.sum(dZ1, axis=-1, keepdims=True))"),
        ),
    ),
    CorrectVariant(
        name="mean-for-the-biases",
        edits=(
            (_DB2, "db2 = np.mean(dZ2, axis=1, keepdims=True)"),
            (_DB1, "db1 = dZ1.mean(axis=1).reshape(-1, 1)"),
        ),
    ),
    CorrectVariant(
        name="np-multiply",
        edits=((_DZ1, "dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.square(A1))"),),
    ),
    CorrectVariant(
        name="slope-factored", edits=((_DZ1, "dZ1 = W2.T.dot(dZ2) * (1 - A1) * (1 + A1)"),)
    ),
    CorrectVariant(
        name="slope-from-Z1-by-cosh",
        edits=((_DZ1, 'dZ1 = np.dot(W2.T, dZ2) / np.cosh(cache["Z1"]) ** 2'),),
    ),
    CorrectVariant(
        name="activations-computed-again",
        edits=((_DZ1, 'dZ1 = np.dot(W2.T, dZ2) * (1 - np.tanh(cache["Z1"]) ** 2)'),),
    ),
    CorrectVariant(
        name="forward-pass-computed-again",
        edits=((_DZ2, "A2, _again = forward_propagation(X, parameters)\n    dZ2 = A2 - Y"),),
    ),
    CorrectVariant(
        name="mean-in-both-errors",
        edits=(
            (_DZ2, "dZ2 = (A2 - Y) / m"),
            (_DW2, "dW2 = np.dot(dZ2, A1.T)"),
            (_DB2, "db2 = np.sum(dZ2, axis=1, keepdims=True)"),
            (_DW1, "dW1 = np.dot(dZ1, X.T)"),
            (_DB1, "db1 = np.sum(dZ1, axis=1, keepdims=True)"),
        ),
    ),
    CorrectVariant(
        name="through-the-gradient-of-the-activation",
        edits=((_DZ2, "dA2 = (1 - Y) / (1 - A2) - Y / A2\n    dZ2 = dA2 * A2 * (1 - A2)"),),
    ),
    CorrectVariant(
        name="biases-by-a-product-with-ones",
        edits=((_DB2, "db2 = np.dot(dZ2, np.ones((m, 1))) / m"),),
    ),
    CorrectVariant(name="einsum", edits=((_DW1, 'dW1 = np.einsum("hm,xm->hx", dZ1, X) / m'),)),
    CorrectVariant(
        name="more-gradients",
        edits=(
            (
                '"dW2": dW2, "db2": db2',
                '"dW2": dW2, "db2": db2, "dZ1": dZ1, "dZ2": dZ2',
            ),
        ),
    ),
    CorrectVariant(
        name="loop-over-the-examples",
        code="""
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
    ),
)
