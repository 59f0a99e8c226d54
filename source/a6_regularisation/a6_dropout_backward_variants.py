"""Wrong and right ways to write the backward pass with dropout."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_OFF2 = "dA2 = dA2 * D2"
_OFF1 = "dA1 = dA1 * D1"
_SCALED2 = "dA2 = dA2 / keep_prob"
_SCALED1 = "dA1 = dA1 / keep_prob"

BACKWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="nothing-done",
        edits=(
            (_OFF2, "dA2 = dA2"),
            (_SCALED2, "dA2 = dA2"),
            (_OFF1, "dA1 = dA1"),
            (_SCALED1, "dA1 = dA1"),
        ),
        message="The gradients are those of a pass without dropout. What was done to the "
        "activations on the way forward is done to their gradients, dA1 and dA2, on the way back.",
    ),
    Misconception(
        name="not-scaled",
        edits=((_SCALED2, "dA2 = dA2"), (_SCALED1, "dA1 = dA1")),
        message="The gradients are not scaled. The forward pass divided the activations by a "
        "number, and by the chain rule so does the backward pass.",
    ),
    Misconception(
        name="second-layer-not-scaled",
        edits=((_SCALED2, "dA2 = dA2"),),
        message="dA2 is not scaled. What is done in one hidden layer is done in the other.",
    ),
    Misconception(
        name="first-layer-not-scaled",
        edits=((_SCALED1, "dA1 = dA1"),),
        message="dA1 is not scaled. What is done in one hidden layer is done in the other.",
    ),
    Misconception(
        name="masks-not-applied",
        edits=((_OFF2, "dA2 = dA2"), (_OFF1, "dA1 = dA1")),
        message="The masks are not applied. A unit that was off had no influence on the cost, so "
        "no gradient goes through it.",
    ),
    Misconception(
        name="mask-of-layer-2-not-applied",
        edits=((_OFF2, "dA2 = dA2"),),
        message="The mask of layer 2 is not applied. A unit that was off had no influence on the "
        "cost, so no gradient goes through it.",
    ),
    Misconception(
        name="mask-of-layer-1-not-applied",
        edits=((_OFF1, "dA1 = dA1"),),
        message="The mask of layer 1 is not applied. A unit that was off had no influence on the "
        "cost, so no gradient goes through it.",
    ),
    Misconception(
        name="layer-2-left-out",
        edits=((_OFF2, "dA2 = dA2"), (_SCALED2, "dA2 = dA2")),
        message="Nothing is done for layer 2. Both hidden layers had dropout.",
    ),
    Misconception(
        name="layer-1-left-out",
        edits=((_OFF1, "dA1 = dA1"), (_SCALED1, "dA1 = dA1")),
        message="Nothing is done for layer 1. Both hidden layers had dropout.",
    ),
    Misconception(
        name="multiplied-by-keep_prob",
        edits=((_SCALED2, "dA2 = dA2 * keep_prob"), (_SCALED1, "dA1 = dA1 * keep_prob")),
        message="The gradients are multiplied by keep_prob. On the way forward the activations "
        "were divided by it, and the chain rule asks for the same factor.",
    ),
    Misconception(
        name="scaled-twice",
        edits=(
            (_SCALED2, "dA2 = dA2 / keep_prob / keep_prob"),
            (_SCALED1, "dA1 = dA1 / keep_prob / keep_prob"),
        ),
        message="The gradients are divided by keep_prob twice. Each layer was scaled once.",
    ),
    Misconception(
        name="masks-turned-round",
        edits=((_OFF2, "dA2 = dA2 * (1 - D2)"), (_OFF1, "dA1 = dA1 * (1 - D1)")),
        message="The gradient goes through the units that were off. In a mask, 1 means that a unit "
        "was on.",
    ),
    Misconception(
        name="masks-exchanged",
        edits=((_OFF2, "dA2 = dA2 * D1"), (_OFF1, "dA1 = dA1 * D2")),
        message="The masks are exchanged. Each layer has its own. (Mostly the shapes would not "
        "fit.)",
    ),
    Misconception(
        name="mask-1-for-both",
        edits=((_OFF2, "dA2 = dA2 * D1"),),
        message="The mask of layer 1 is used for both layers. Each layer has its own. (Mostly the "
        "shapes would not fit.)",
    ),
    Misconception(
        name="mask-2-for-both",
        edits=((_OFF1, "dA1 = dA1 * D2"),),
        message="The mask of layer 2 is used for both layers. Each layer has its own. (Mostly the "
        "shapes would not fit.)",
    ),
    Misconception(
        name="new-masks",
        edits=(
            (_OFF2, "np.random.seed(1)\n    dA2 = dA2 * (np.random.rand(*dA2.shape) < keep_prob)"),
            (_OFF1, "dA1 = dA1 * (np.random.rand(*dA1.shape) < keep_prob)"),
        ),
        message="New masks are drawn. The gradient belongs to the network that made the "
        "prediction, so it needs the masks of the forward pass, which are in the cache.",
    ),
    Misconception(
        name="masks-drawn-anew-in-the-order-of-the-forward-pass",
        edits=(
            (
                "dZ3 = A3 - Y",
                "np.random.seed(1)\n    D1 = np.random.rand(*A1.shape) < keep_prob\n"
                "    D2 = np.random.rand(*A2.shape) < keep_prob\n    dZ3 = A3 - Y",
            ),
        ),
        message="The masks are drawn anew with a seed. They are in the cache; with another seed in "
        "the forward pass, these would be others.",
    ),
    Misconception(
        name="mask-from-the-activations",
        edits=((_OFF2, "dA2 = dA2 * A2"), (_OFF1, "dA1 = dA1 * A1")),
        message="The gradients are multiplied by the activations. What decides whether a gradient "
        "goes through is the mask.",
    ),
    Misconception(
        name="dZ-in-place-of-dA",
        edits=(
            (_OFF2, "dA2 = dA2"),
            (_SCALED2, "dA2 = dA2"),
            (_OFF1, "dA1 = dA1"),
            (_SCALED1, "dA1 = dA1"),
            (
                "dZ2 = np.multiply(dA2, np.int64(A2 > 0))",
                "dZ2 = np.multiply(dA2, np.int64(A2 > 0)) * D2 / keep_prob",
            ),
            (
                "dZ1 = np.multiply(dA1, np.int64(A1 > 0))",
                "dZ1 = np.multiply(dA1, np.int64(A1 > 0)) * D1 / keep_prob",
            ),
        ),
        message="dZ is masked and scaled, and dA is left as it was. The gradients of the weights "
        "are right, but dA1 and dA2, which are returned as well, are not.",
    ),
    Misconception(
        name="output-layer-scaled",
        edits=(("dZ3 = A3 - Y", "dZ3 = (A3 - Y) / keep_prob"),),
        message="dZ3 is scaled as well. The output layer had no dropout.",
    ),
    Misconception(
        name="always-one-half",
        edits=((_SCALED2, "dA2 = dA2 / 0.5"), (_SCALED1, "dA1 = dA1 / 0.5")),
        message="The gradients are divided by one half, whatever keep_prob is.",
    ),
    Misconception(
        name="keep_prob-of-the-example",
        edits=((_SCALED2, "dA2 = dA2 / 0.8"), (_SCALED1, "dA1 = dA1 / 0.8")),
        message="keep_prob is always 0.8, as in the example. Use the argument.",
    ),
    Misconception(
        name="weights-scaled",
        edits=(
            (_SCALED2, "dA2 = dA2"),
            (_SCALED1, "dA1 = dA1"),
            ("dW2 = np.dot(dZ2, A1.T) / m", "dW2 = np.dot(dZ2, A1.T) / m / keep_prob"),
            ("dW1 = np.dot(dZ1, X.T) / m", "dW1 = np.dot(dZ1, X.T) / m / keep_prob"),
        ),
        message="The gradients of the weights are scaled, and those of the activations are not. "
        "The scaling belongs to dA, from where it reaches everything before it.",
    ),
    Misconception(
        name="divided-by-the-share-that-was-kept",
        edits=(
            (_SCALED2, "dA2 = dA2 / np.mean(D2)"),
            (_SCALED1, "dA1 = dA1 / np.mean(D1)"),
        ),
        message="The gradients are divided by the share of units that happened to be kept. The "
        "forward pass divided by keep_prob, the probability.",
    ),
    Misconception(
        name="mask-added",
        edits=((_OFF2, "dA2 = dA2 + D2"), (_OFF1, "dA1 = dA1 + D1")),
        message="The mask is added to the gradient. What is to become zero or stay as it is has to "
        "be multiplied.",
    ),
    Misconception(
        name="divided-by-the-probability-of-dropping",
        edits=(
            (_SCALED2, "dA2 = dA2 / (1 - keep_prob)"),
            (_SCALED1, "dA1 = dA1 / (1 - keep_prob)"),
        ),
        message="The gradients are divided by the probability of being dropped. The activations "
        "were divided by the probability of being kept.",
    ),
)

BACKWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="one-line-each",
        edits=(
            (_OFF2, "dA2 = np.multiply(dA2, D2) / keep_prob"),
            (_SCALED2, ""),
            (_OFF1, "dA1 = dA1 * (D1 / keep_prob)"),
            (_SCALED1, ""),
        ),
    ),
    CorrectVariant(
        name="in-place",
        edits=((_OFF2, "dA2 *= D2"), (_SCALED2, "dA2 /= keep_prob"), (_OFF1, "dA1 *= D1")),
    ),
    CorrectVariant(
        name="entries-set-to-zero",
        edits=((_OFF2, "dA2[D2 == 0] = 0"), (_OFF1, "dA1[np.where(D1 == 0)] = 0")),
    ),
    CorrectVariant(
        name="where",
        edits=((_OFF2, "dA2 = np.where(D2, dA2, 0)"), (_OFF1, "dA1 = np.where(D1 > 0.5, dA1, 0)")),
    ),
    CorrectVariant(
        name="scaled-first",
        edits=((f"{_OFF1}\n    {_SCALED1}", f"{_SCALED1}\n    {_OFF1}"),),
    ),
    CorrectVariant(
        name="scaled-with-the-product",
        edits=(
            ("dA2 = np.dot(W3.T, dZ3)", "dA2 = (W3.T / keep_prob) @ dZ3"),
            (_SCALED2, "dA2 = dA2 * 1.0"),
        ),
    ),
    CorrectVariant(
        name="slopes-from-Z",
        edits=(
            ("dZ2 = np.multiply(dA2, np.int64(A2 > 0))", "dZ2 = dA2 * (Z2 > 0)"),
            (
                "dZ1 = np.multiply(dA1, np.int64(A1 > 0))",
                "dZ1 = np.array(dA1)\n    dZ1[Z1 <= 0] = 0",
            ),
        ),
    ),
    CorrectVariant(
        name="einsum",
        edits=((_OFF2, "dA2 = np.einsum('ij,ij->ij', dA2, D2)"),),
    ),
    CorrectVariant(
        name="loops-over-all-entries",
        edits=(
            (
                _OFF1,
                "for unit in range(dA1.shape[0]):\n        for example in range(m):\n"
                "            if not D1[unit, example]:\n"
                "                dA1[unit, example] = 0.0",
            ),
        ),
    ),
    CorrectVariant(
        name="loop-over-the-layers",
        code="""
def backward_propagation_with_dropout(X, Y, cache, keep):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[1]
    dZ, gradients = A3 - Y, {}
    stages = [(3, A2, W3, D2), (2, A1, W2, D1), (1, X, None, None)]
    for l, fed, W, D in stages:
        gradients["dZ" + str(l)] = dZ
        gradients["dW" + str(l)] = np.matmul(dZ, fed.T) / m
        gradients["db" + str(l)] = dZ.sum(axis=1).reshape(-1, 1) / m
        if W is not None:
            dA = np.matmul(W.T, dZ) * D / keep
            gradients["dA" + str(l - 1)] = dA
            dZ = dA * (fed > 0)
    return gradients
""",
    ),
)
