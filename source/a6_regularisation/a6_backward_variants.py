"""Wrong and right ways to write the backward pass with L2 regularisation."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_DW3 = "dW3 = np.dot(dZ3, A2.T) / m + lambd / m * W3"
_DW2 = "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2"
_DW1 = "dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1"

Edits = tuple[tuple[str, str], ...]


def _in_all(what: str) -> Edits:
    """The same for each layer: ``{P}`` stands for the product, ``{W}`` for the weights."""
    return tuple(
        (old, f"dW{l} = " + what.format(P=f"np.dot(dZ{l}, {fed}.T)", W=f"W{l}", b=f"b{l}", l=l))
        for l, old, fed in ((3, _DW3, "A2"), (2, _DW2, "A1"), (1, _DW1, "X"))
    )


def _parts(of: str) -> Edits:
    return tuple(edit for edit in _in_all("{P} / m") if edit[0] in of)


BACKWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="penalty-left-out",
        edits=_in_all("{P} / m"),
        message="The gradients are those of the cost without regularisation. The penalty has a "
        "derivative, too, which is added to each dW.",
    ),
    Misconception(
        name="factor-of-the-cost",
        edits=_in_all("{P} / m + lambd / (2 * m) * {W}"),
        message="The second part is half of what it should be. The derivative of a square has a 2, "
        "which cancels the 2 of the cost.",
    ),
    Misconception(
        name="twice-the-derivative",
        edits=_in_all("{P} / m + 2 * lambd / m * {W}"),
        message="The second part is twice what it should be. The 2 of the derivative is there, but "
        "the one half of the cost was forgotten.",
    ),
    Misconception(
        name="penalty-not-divided-by-m",
        edits=_in_all("{P} / m + lambd * {W}"),
        message="The second part is not divided by the number of examples. In the cost the penalty "
        "has 1/m, and so it has in the gradient.",
    ),
    Misconception(
        name="first-part-not-divided-by-m",
        edits=_in_all("{P} + lambd / m * {W}"),
        message="The first part is a sum over the examples, not a mean. Both parts are divided by "
        "their number.",
    ),
    Misconception(
        name="nothing-divided-by-m",
        edits=_in_all("{P} + lambd * {W}"),
        message="The gradients of the weights are not divided by the number of examples. The cost "
        "is a mean, and so are its gradients.",
    ),
    Misconception(
        name="penalty-divided-by-m-twice",
        edits=_in_all("({P} + lambd / m * {W}) / m"),
        message="The second part is divided by the number of examples twice: once inside the "
        "parentheses and once outside.",
    ),
    Misconception(
        name="penalty-multiplied-by-m",
        edits=_in_all("{P} / m + lambd * m * {W}"),
        message="The second part is multiplied by the number of examples where it should be "
        "divided by it.",
    ),
    Misconception(
        name="penalty-subtracted",
        edits=_in_all("{P} / m - lambd / m * {W}"),
        message="The second part is subtracted. Then every step makes the weights larger instead "
        "of smaller.",
    ),
    Misconception(
        name="only-the-penalty",
        edits=_in_all("lambd / m * {W}"),
        message="The gradients of the weights are those of the penalty alone. The part that you "
        "know from the deep network belongs to them, too.",
    ),
    Misconception(
        name="squares-in-place-of-weights",
        edits=_in_all("{P} / m + lambd / m * np.square({W})"),
        message="The second part has the squares of the weights in it. The derivative of a square "
        "is not a square.",
    ),
    Misconception(
        name="sum-of-squares",
        edits=_in_all("{P} / m + lambd / (2 * m) * np.sum(np.square({W}))"),
        message="The penalty itself is added to every entry of the gradient. What belongs there is "
        "its derivative with respect to each weight: an array of the shape of W.",
    ),
    Misconception(
        name="sum-of-weights",
        edits=_in_all("{P} / m + lambd / m * np.sum({W})"),
        message="The same number is added to every entry of a gradient. Each weight gets its own: "
        "the second part has the shape of W.",
    ),
    Misconception(
        name="signs-of-the-weights",
        edits=_in_all("{P} / m + lambd / m * np.sign({W})"),
        message="The signs of the weights are added. That is the derivative of their sizes (L1 "
        "regularisation), and not of their squares.",
    ),
    Misconception(
        name="lambd-without-the-weights",
        edits=_in_all("{P} / m + lambd / m"),
        message="The same number is added to every entry, whatever the weight is. The derivative "
        "of a square depends on what is squared.",
    ),
    Misconception(
        name="last-layer-forgotten",
        edits=_parts(_DW3),
        message="dW3 lacks the part of the penalty. All layers are penalised, the last one too.",
    ),
    Misconception(
        name="second-layer-forgotten",
        edits=_parts(_DW2),
        message="dW2 lacks the part of the penalty. All layers are penalised.",
    ),
    Misconception(
        name="first-layer-forgotten",
        edits=_parts(_DW1),
        message="dW1 lacks the part of the penalty. All layers are penalised, the first one too.",
    ),
    Misconception(
        name="only-the-last-layer",
        edits=(*_parts(_DW2), *_parts(_DW1)),
        message="Only dW3 has the part of the penalty. All layers are penalised.",
    ),
    Misconception(
        name="weights-of-the-next-layer",
        edits=((_DW1, "dW1 = np.dot(dZ1, X.T) / m + lambd / m * W2"),),
        message="The weights of layer 2 got into dW1. Each layer is pulled towards zero by its own "
        "weights. (Mostly the shapes would not fit.)",
    ),
    Misconception(
        name="weights-of-the-layer-before",
        edits=((_DW2, "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W1"),),
        message="The weights of layer 1 got into dW2. Each layer is pulled towards zero by its own "
        "weights. (Mostly the shapes would not fit.)",
    ),
    Misconception(
        name="weights-transposed",
        edits=((_DW2, "dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2.T"),),
        message="W2 is transposed in the second part of dW2. A gradient has the shape of what it "
        "belongs to, and so has each of its parts.",
    ),
    Misconception(
        name="biases-penalised",
        edits=(
            (
                "db3 = np.sum(dZ3, axis=1, keepdims=True) / m",
                "db3 = np.sum(dZ3, axis=1, keepdims=True) / m + lambd / m * b3",
            ),
            (
                "db2 = np.sum(dZ2, axis=1, keepdims=True) / m",
                "db2 = np.sum(dZ2, axis=1, keepdims=True) / m + lambd / m * b2",
            ),
            (
                "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
                "db1 = np.sum(dZ1, axis=1, keepdims=True) / m + lambd / m * b1",
            ),
        ),
        message="The gradients of the biases have a part of the penalty, too. The biases do not "
        "occur in the penalty, so their gradients stay as they are.",
    ),
    Misconception(
        name="penalty-in-dZ",
        edits=(("dZ3 = A3 - Y", "dZ3 = A3 - Y + lambd / m * np.sum(W3)"),),
        message="The penalty got into dZ3, and from there into everything before it. It depends on "
        "the weights alone, so it changes nothing but dW1, dW2 and dW3.",
    ),
    Misconception(
        name="lambd-of-the-example",
        edits=_in_all("{P} / m + 0.7 / m * {W}"),
        message="The strength is always 0.7, as in the example. It changes from call to call, so "
        "use the argument lambd.",
    ),
    Misconception(
        name="m-of-the-example",
        edits=_in_all("{P} / 5 + lambd / 5 * {W}"),
        message="The number of examples is taken to be 5, as in the example. It changes from call "
        "to call: m has been computed for you.",
    ),
    Misconception(
        name="lambd-forgotten",
        edits=_in_all("{P} / m + {W} / m"),
        message="The strength lambd has no influence on the gradients.",
    ),
    Misconception(
        name="penalty-divided-by-the-units",
        edits=_in_all("{P} / m + lambd / {W}.shape[1] * {W}"),
        message="The second part is divided by the number of columns of W. It is divided by the "
        "number of examples.",
    ),
    Misconception(
        name="penalty-divided-by-the-weights",
        edits=_in_all("{P} / m + lambd / {W}.size * {W}"),
        message="The second part is divided by the number of weights of the layer. It is divided "
        "by the number of examples.",
    ),
    Misconception(
        name="only-factor-forgotten-in-dW1",
        edits=((_DW1, "dW1 = np.dot(dZ1, X.T) + lambd / m * W1"),),
        message="In dW1 the first part is not divided by the number of examples. In the other two "
        "it is.",
    ),
    Misconception(
        name="element-by-element",
        edits=(
            (_DW2, "dW2 = np.dot(dZ2, A1.T) / m * (1 + lambd / m * W2)"),
            (_DW3, "dW3 = np.dot(dZ3, A2.T) / m * (1 + lambd / m * W3)"),
            (_DW1, "dW1 = np.dot(dZ1, X.T) / m * (1 + lambd / m * W1)"),
        ),
        message="The two parts are multiplied where they should be added: the cost is a sum of two "
        "parts, and so is its gradient.",
    ),
    Misconception(
        name="weights-of-the-activations",
        edits=((_DW1, "dW1 = np.dot(dZ1, A1.T) / m + lambd / m * W1"),),
        message="dW1 is made with the activations of layer 1. What is fed into layer 1 is X. "
        "(Mostly the shapes would not fit.)",
    ),
)

BACKWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="as-in-the-course",
        edits=(
            (_DW3, "dW3 = 1.0 / m * np.dot(dZ3, A2.T) + (lambd * W3) / m"),
            (_DW2, "dW2 = 1.0 / m * np.dot(dZ2, A1.T) + (lambd * W2) / m"),
            (_DW1, "dW1 = 1.0 / m * np.dot(dZ1, X.T) + (lambd * W1) / m"),
        ),
    ),
    CorrectVariant(name="common-denominator", edits=_in_all("({P} + lambd * {W}) / m")),
    CorrectVariant(
        name="matmul",
        edits=(
            (_DW3, "dW3 = (dZ3 @ A2.T) / m + W3 * (lambd / m)"),
            (_DW2, "dW2 = np.matmul(dZ2, A1.T) / m + np.multiply(lambd / m, W2)"),
        ),
    ),
    CorrectVariant(
        name="einsum",
        edits=((_DW3, "dW3 = np.einsum('im,jm->ij', dZ3, A2) / m + lambd / m * W3"),),
    ),
    CorrectVariant(
        name="added-afterwards",
        edits=(
            (_DW3, "dW3 = np.dot(dZ3, A2.T) / m\n    dW3 += lambd * W3 / m"),
            (_DW2, "dW2 = np.dot(dZ2, A1.T) / m\n    dW2 = dW2 + lambd * W2 / m"),
        ),
    ),
    CorrectVariant(
        name="half-of-the-double",
        edits=((_DW1, "dW1 = np.dot(dZ1, X.T) / m + lambd / (2 * m) * 2 * W1"),),
    ),
    CorrectVariant(
        name="slopes-from-Z",
        edits=(
            ("dZ2 = np.multiply(dA2, np.int64(A2 > 0))", "dZ2 = dA2 * (Z2 > 0)"),
            ("dZ1 = np.multiply(dA1, np.int64(A1 > 0))", "dZ1 = np.where(Z1 > 0, dA1, 0)"),
        ),
    ),
    CorrectVariant(
        name="loop-over-the-examples",
        edits=(
            (
                _DW1,
                "dW1 = lambd / m * W1\n    for i in range(m):\n"
                "        dW1 = dW1 + np.outer(dZ1[:, i], X[:, i]) / m",
            ),
        ),
    ),
    CorrectVariant(
        name="finished-pass-and-a-loop",
        code="""
def backward_propagation_with_regularization(X, Y, cache, strength):
    grads = backward_propagation(X, Y, cache)
    for l in range(1, 4):
        W = cache[4 * l - 2]
        grads["dW%d" % l] = grads["dW%d" % l] + strength / Y.shape[1] * W
    return grads
""",
    ),
    CorrectVariant(
        name="dictionary-filled-step-by-step",
        code="""
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
    ),
)
