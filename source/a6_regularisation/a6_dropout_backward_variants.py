"""Wrong and right ways to write the backward pass with dropout."""

_OFF2 = "dA2 = dA2 * D2"
_OFF1 = "dA1 = dA1 * D1"
_SCALED2 = "dA2 = dA2 / keep_prob"
_SCALED1 = "dA1 = dA1 / keep_prob"

BACKWARD_MISCONCEPTIONS = {
    "nothing-done": (
        {_OFF2: "dA2 = dA2", _SCALED2: "dA2 = dA2", _OFF1: "dA1 = dA1", _SCALED1: "dA1 = dA1"},
        "The gradients are those of a pass without dropout. What was done to the activations on "
        "the way forward is done to their gradients, dA1 and dA2, on the way back.",
    ),
    "not-scaled": (
        {_SCALED2: "dA2 = dA2", _SCALED1: "dA1 = dA1"},
        "The gradients are not scaled. The forward pass divided the activations by a number, and "
        "by the chain rule so does the backward pass.",
    ),
    "second-layer-not-scaled": (
        {_SCALED2: "dA2 = dA2"},
        "dA2 is not scaled. What is done in one hidden layer is done in the other.",
    ),
    "first-layer-not-scaled": (
        {_SCALED1: "dA1 = dA1"},
        "dA1 is not scaled. What is done in one hidden layer is done in the other.",
    ),
    "masks-not-applied": (
        {_OFF2: "dA2 = dA2", _OFF1: "dA1 = dA1"},
        "The masks are not applied. A unit that was off had no influence on the cost, so no "
        "gradient goes through it.",
    ),
    "mask-of-layer-2-not-applied": (
        {_OFF2: "dA2 = dA2"},
        "The mask of layer 2 is not applied. A unit that was off had no influence on the cost, so "
        "no gradient goes through it.",
    ),
    "mask-of-layer-1-not-applied": (
        {_OFF1: "dA1 = dA1"},
        "The mask of layer 1 is not applied. A unit that was off had no influence on the cost, so "
        "no gradient goes through it.",
    ),
    "layer-2-left-out": (
        {_OFF2: "dA2 = dA2", _SCALED2: "dA2 = dA2"},
        "Nothing is done for layer 2. Both hidden layers had dropout.",
    ),
    "layer-1-left-out": (
        {_OFF1: "dA1 = dA1", _SCALED1: "dA1 = dA1"},
        "Nothing is done for layer 1. Both hidden layers had dropout.",
    ),
    "multiplied-by-keep_prob": (
        {_SCALED2: "dA2 = dA2 * keep_prob", _SCALED1: "dA1 = dA1 * keep_prob"},
        "The gradients are multiplied by keep_prob. On the way forward the activations were "
        "divided by it, and the chain rule asks for the same factor.",
    ),
    "scaled-twice": (
        {
            _SCALED2: "dA2 = dA2 / keep_prob / keep_prob",
            _SCALED1: "dA1 = dA1 / keep_prob / keep_prob",
        },
        "The gradients are divided by keep_prob twice. Each layer was scaled once.",
    ),
    "masks-turned-round": (
        {_OFF2: "dA2 = dA2 * (1 - D2)", _OFF1: "dA1 = dA1 * (1 - D1)"},
        "The gradient goes through the units that were off. In a mask, 1 means that a unit was on.",
    ),
    "masks-exchanged": (
        {_OFF2: "dA2 = dA2 * D1", _OFF1: "dA1 = dA1 * D2"},
        "The masks are exchanged. Each layer has its own. (Mostly the shapes would not fit.)",
    ),
    "mask-1-for-both": (
        {_OFF2: "dA2 = dA2 * D1"},
        "The mask of layer 1 is used for both layers. Each layer has its own. (Mostly the shapes "
        "would not fit.)",
    ),
    "mask-2-for-both": (
        {_OFF1: "dA1 = dA1 * D2"},
        "The mask of layer 2 is used for both layers. Each layer has its own. (Mostly the shapes "
        "would not fit.)",
    ),
    "new-masks": (
        {
            _OFF2: "np.random.seed(1)\n    dA2 = dA2 * (np.random.rand(*dA2.shape) < keep_prob)",
            _OFF1: "dA1 = dA1 * (np.random.rand(*dA1.shape) < keep_prob)",
        },
        "New masks are drawn. The gradient belongs to the network that made the prediction, so it "
        "needs the masks of the forward pass, which are in the cache.",
    ),
    "masks-drawn-anew-in-the-order-of-the-forward-pass": (
        {
            "dZ3 = A3 - Y": (
                "np.random.seed(1)\n"
                "    D1 = np.random.rand(*A1.shape) < keep_prob\n"
                "    D2 = np.random.rand(*A2.shape) < keep_prob\n"
                "    dZ3 = A3 - Y"
            )
        },
        "The masks are drawn anew with a seed. They are in the cache; with another seed in the "
        "forward pass, these would be others.",
    ),
    "mask-from-the-activations": (
        {_OFF2: "dA2 = dA2 * A2", _OFF1: "dA1 = dA1 * A1"},
        "The gradients are multiplied by the activations. What decides whether a gradient goes "
        "through is the mask.",
    ),
    "dZ-in-place-of-dA": (
        {
            _OFF2: "dA2 = dA2",
            _SCALED2: "dA2 = dA2",
            _OFF1: "dA1 = dA1",
            _SCALED1: "dA1 = dA1",
            "dZ2 = np.multiply(dA2, np.int64(A2 > 0))": (
                "dZ2 = np.multiply(dA2, np.int64(A2 > 0)) * D2 / keep_prob"
            ),
            "dZ1 = np.multiply(dA1, np.int64(A1 > 0))": (
                "dZ1 = np.multiply(dA1, np.int64(A1 > 0)) * D1 / keep_prob"
            ),
        },
        "dZ is masked and scaled, and dA is left as it was. The gradients of the weights are "
        "right, but dA1 and dA2, which are returned as well, are not.",
    ),
    "output-layer-scaled": (
        {"dZ3 = A3 - Y": "dZ3 = (A3 - Y) / keep_prob"},
        "dZ3 is scaled as well. The output layer had no dropout.",
    ),
    "always-one-half": (
        {_SCALED2: "dA2 = dA2 / 0.5", _SCALED1: "dA1 = dA1 / 0.5"},
        "The gradients are divided by one half, whatever keep_prob is.",
    ),
    "keep_prob-of-the-example": (
        {_SCALED2: "dA2 = dA2 / 0.8", _SCALED1: "dA1 = dA1 / 0.8"},
        "keep_prob is always 0.8, as in the example. Use the argument.",
    ),
    "weights-scaled": (
        {
            _SCALED2: "dA2 = dA2",
            _SCALED1: "dA1 = dA1",
            "dW2 = np.dot(dZ2, A1.T) / m": "dW2 = np.dot(dZ2, A1.T) / m / keep_prob",
            "dW1 = np.dot(dZ1, X.T) / m": "dW1 = np.dot(dZ1, X.T) / m / keep_prob",
        },
        "The gradients of the weights are scaled, and those of the activations are not. The "
        "scaling belongs to dA, from where it reaches everything before it.",
    ),
    "divided-by-the-share-that-was-kept": (
        {_SCALED2: "dA2 = dA2 / np.mean(D2)", _SCALED1: "dA1 = dA1 / np.mean(D1)"},
        "The gradients are divided by the share of units that happened to be kept. The forward "
        "pass divided by keep_prob, the probability.",
    ),
    "mask-added": (
        {_OFF2: "dA2 = dA2 + D2", _OFF1: "dA1 = dA1 + D1"},
        "The mask is added to the gradient. What is to become zero or stay as it is has to be "
        "multiplied.",
    ),
    "divided-by-the-probability-of-dropping": (
        {_SCALED2: "dA2 = dA2 / (1 - keep_prob)", _SCALED1: "dA1 = dA1 / (1 - keep_prob)"},
        "The gradients are divided by the probability of being dropped. The activations were "
        "divided by the probability of being kept.",
    ),
}

BACKWARD_CORRECT = {
    "one-line-each": {
        _OFF2: "dA2 = np.multiply(dA2, D2) / keep_prob",
        _SCALED2: "",
        _OFF1: "dA1 = dA1 * (D1 / keep_prob)",
        _SCALED1: "",
    },
    "in-place": {_OFF2: "dA2 *= D2", _SCALED2: "dA2 /= keep_prob", _OFF1: "dA1 *= D1"},
    "entries-set-to-zero": {_OFF2: "dA2[D2 == 0] = 0", _OFF1: "dA1[np.where(D1 == 0)] = 0"},
    "where": {_OFF2: "dA2 = np.where(D2, dA2, 0)", _OFF1: "dA1 = np.where(D1 > 0.5, dA1, 0)"},
    "scaled-first": {f"{_OFF1}\n    {_SCALED1}": f"{_SCALED1}\n    {_OFF1}"},
    "scaled-with-the-product": {
        "dA2 = np.dot(W3.T, dZ3)": "dA2 = (W3.T / keep_prob) @ dZ3",
        _SCALED2: "dA2 = dA2 * 1.0",
    },
    "slopes-from-Z": {
        "dZ2 = np.multiply(dA2, np.int64(A2 > 0))": "dZ2 = dA2 * (Z2 > 0)",
        "dZ1 = np.multiply(dA1, np.int64(A1 > 0))": ("dZ1 = np.array(dA1)\n    dZ1[Z1 <= 0] = 0"),
    },
    "einsum": {_OFF2: "dA2 = np.einsum('ij,ij->ij', dA2, D2)"},
    "loops-over-all-entries": {
        _OFF1: (
            "for unit in range(dA1.shape[0]):\n"
            "        for example in range(m):\n"
            "            if not D1[unit, example]:\n"
            "                dA1[unit, example] = 0.0"
        )
    },
    "loop-over-the-layers": """
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
}
