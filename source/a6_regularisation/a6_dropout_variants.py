"""Wrong and right ways to write the forward pass with dropout."""

_D1 = "D1 = np.random.rand(A1.shape[0], A1.shape[1])"
_D2 = "D2 = np.random.rand(A2.shape[0], A2.shape[1])"
_MASK1 = "D1 = (D1 < keep_prob).astype(int)"
_MASK2 = "D2 = (D2 < keep_prob).astype(int)"
_OFF1 = "A1 = A1 * D1"
_OFF2 = "A2 = A2 * D2"
_SCALED1 = "A1 = A1 / keep_prob"
_SCALED2 = "A2 = A2 / keep_prob"
_UP_TO_LAYER_3 = "Z3 = np.dot(W3, A2) + b3"

FORWARD_MISCONCEPTIONS = {
    "not-scaled": (
        {_SCALED1: "A1 = A1", _SCALED2: "A2 = A2"},
        "The units that are kept are not scaled, so on average less arrives in the next layer "
        "than without dropout. What makes up for the share that is missing?",
    ),
    "first-layer-not-scaled": (
        {_SCALED1: "A1 = A1"},
        "The first hidden layer is not scaled. What is done in one hidden layer is done in the "
        "other.",
    ),
    "second-layer-not-scaled": (
        {_SCALED2: "A2 = A2"},
        "The second hidden layer is not scaled. What is done in one hidden layer is done in the "
        "other.",
    ),
    "multiplied-by-keep_prob": (
        {_SCALED1: "A1 = A1 * keep_prob", _SCALED2: "A2 = A2 * keep_prob"},
        "The activations are multiplied by keep_prob, which makes what is left even smaller. The "
        "scaling has to make up for the units that are off.",
    ),
    "divided-by-the-other-probability": (
        {
            _SCALED1: "A1 = A1 / (1 - keep_prob) if keep_prob < 1 else A1",
            _SCALED2: "A2 = A2 / (1 - keep_prob) if keep_prob < 1 else A2",
        },
        "The activations are divided by the probability of being dropped. What is left is the "
        "share that is kept.",
    ),
    "scaled-twice": (
        {_OFF1: "A1 = A1 * D1 / keep_prob", _OFF2: "A2 = A2 * D2 / keep_prob"},
        "The activations are divided by keep_prob twice. Once makes up for what is off.",
    ),
    "comparison-turned-round": (
        {_MASK1: "D1 = (D1 > keep_prob).astype(int)", _MASK2: "D2 = (D2 > keep_prob).astype(int)"},
        "The comparison is the wrong way round: units are dropped with the probability with which "
        "they should be kept. How often is a number between 0 and 1 below keep_prob?",
    ),
    "comparison-turned-round-in-layer-2": (
        {_MASK2: "D2 = (D2 > keep_prob).astype(int)"},
        "In the second hidden layer the comparison is the wrong way round. In the first it is "
        "right.",
    ),
    "comparison-turned-round-in-layer-1": (
        {_MASK1: "D1 = (D1 > keep_prob).astype(int)"},
        "In the first hidden layer the comparison is the wrong way round. In the second it is "
        "right.",
    ),
    "dropped-with-the-other-probability": (
        {
            _MASK1: "D1 = (D1 < 1 - keep_prob).astype(int)",
            _MASK2: "D2 = (D2 < 1 - keep_prob).astype(int)",
        },
        "Units are kept with the probability 1 - keep_prob. The name says what keep_prob is the "
        "probability of.",
    ),
    "normal-random-numbers": (
        {
            _D1: "D1 = np.random.randn(A1.shape[0], A1.shape[1])",
            _D2: "D2 = np.random.randn(A2.shape[0], A2.shape[1])",
        },
        "The random numbers are normally distributed, so that other shares of the units are kept "
        "than keep_prob says. The function for uniform numbers has one letter less.",
    ),
    "one-mask-for-all-examples": (
        {
            _D1: "D1 = np.random.rand(A1.shape[0], 1) * np.ones(A1.shape)",
            _D2: "D2 = np.random.rand(A2.shape[0], 1) * np.ones(A2.shape)",
        },
        "A unit is on or off for all examples at once. Each example gets a mask of its own, so a "
        "mask has the shape of the activations.",
    ),
    "one-mask-for-all-units": (
        {
            _D1: "D1 = np.random.rand(1, A1.shape[1]) * np.ones(A1.shape)",
            _D2: "D2 = np.random.rand(1, A2.shape[1]) * np.ones(A2.shape)",
        },
        "For an example either all units of a layer are on or all are off. Each unit is decided "
        "by itself, so a mask has the shape of the activations.",
    ),
    "mask-not-applied": (
        {_OFF1: "A1 = A1", _OFF2: "A2 = A2"},
        "The masks are drawn but not used: no unit is switched off.",
    ),
    "mask-of-layer-1-not-applied": (
        {_OFF1: "A1 = A1"},
        "The mask of the first hidden layer is drawn but not used.",
    ),
    "mask-of-layer-2-not-applied": (
        {_OFF2: "A2 = A2"},
        "The mask of the second hidden layer is drawn but not used.",
    ),
    "no-dropout-in-layer-2": (
        {_MASK2: "D2 = np.ones(A2.shape)", _SCALED2: "A2 = A2"},
        "The second hidden layer has no dropout. Both hidden layers do.",
    ),
    "no-dropout-in-layer-1": (
        {_MASK1: "D1 = np.ones(A1.shape)", _SCALED1: "A1 = A1"},
        "The first hidden layer has no dropout. Both hidden layers do.",
    ),
    "random-numbers-as-mask": (
        {_MASK1: "D1 = D1", _MASK2: "D2 = D2"},
        "The activations are multiplied by the random numbers themselves. The mask is 1 or 0, by "
        "comparing these with keep_prob.",
    ),
    "mask-scaled": (
        {
            _OFF1: "D1 = D1 / keep_prob\n    A1 = A1 * D1",
            _SCALED1: "A1 = A1",
            _OFF2: "D2 = D2 / keep_prob\n    A2 = A2 * D2",
            _SCALED2: "A2 = A2",
        },
        "The masks in the cache are divided by keep_prob. There they hold 0 and 1; the backward "
        "pass divides by itself.",
    ),
    "always-one-half": (
        {_MASK1: "D1 = (D1 < 0.5).astype(int)", _MASK2: "D2 = (D2 < 0.5).astype(int)"},
        "The random numbers are compared with one half, whatever keep_prob is.",
    ),
    "always-one-half-in-all": (
        {
            _MASK1: "D1 = (D1 < 0.5).astype(int)",
            _MASK2: "D2 = (D2 < 0.5).astype(int)",
            _SCALED1: "A1 = A1 / 0.5",
            _SCALED2: "A2 = A2 / 0.5",
        },
        "Half of the units are kept, whatever keep_prob is. Use the argument.",
    ),
    "keep_prob-of-the-example": (
        {
            _MASK1: "D1 = (D1 < 0.7).astype(int)",
            _MASK2: "D2 = (D2 < 0.7).astype(int)",
            _SCALED1: "A1 = A1 / 0.7",
            _SCALED2: "A2 = A2 / 0.7",
        },
        "keep_prob is always 0.7, as in the example. Use the argument.",
    ),
    "second-mask-drawn-first": (
        {
            _D1: (
                "D2 = np.random.rand(W2.shape[0], X.shape[1])\n"
                "    D1 = np.random.rand(A1.shape[0], A1.shape[1])"
            ),
            _D2: "D2 = D2",
        },
        "The mask of layer 2 is drawn before that of layer 1. The masks come from the same "
        "sequence of random numbers, so the order counts.",
    ),
    "another-seed": (
        {
            "np.random.seed(1)  # so that everyone gets the same masks; keep this line first": (
                "np.random.seed(0)"
            )
        },
        "The seed is not the one that was given, so the masks are others. Leave the first line as "
        "it is.",
    ),
    "seed-set-again": (
        {_D2: "np.random.seed(1)\n    D2 = np.random.rand(A2.shape[0], A2.shape[1])"},
        "The seed is set again before the second mask, so that both are made of the same random "
        "numbers. It is set once, in the first line.",
    ),
    "mask-on-Z-in-place-of-A": (
        {
            _OFF1: "Z1 = Z1 * D1",
            _SCALED1: "A1 = relu(Z1) / keep_prob",
            _OFF2: "Z2 = Z2 * D2",
            _SCALED2: "A2 = relu(Z2) / keep_prob",
        },
        "The masks have changed Z1 and Z2. The activations are right by luck, since the ReLU of 0 "
        "is 0; but the cache should hold Z as it was.",
    ),
    "dropout-in-the-output-layer": (
        {
            _UP_TO_LAYER_3: (
                "Z3 = np.dot(W3, A2) + b3\n"
                "    Z3 = Z3 * (np.random.rand(*Z3.shape) < keep_prob) / keep_prob"
            )
        },
        "The output layer has dropout, too. Its unit is needed for every prediction; only hidden "
        "layers have dropout.",
    ),
    "dropout-of-the-input": (
        {
            "Z1 = np.dot(W1, X) + b1": (
                "Z1 = np.dot(W1, X * (np.random.rand(*X.shape) < keep_prob)) + b1"
            )
        },
        "The input has dropout, too. Here only the hidden layers have it.",
    ),
    "scaled-after-everything": (
        {
            _SCALED1: "A1 = A1",
            _SCALED2: "A2 = A2",
            _UP_TO_LAYER_3: "Z3 = np.dot(W3, A2) / keep_prob / keep_prob + b3",
        },
        "The scaling comes only in the output layer. Each hidden layer is scaled by itself, so "
        "that its activations and what is computed from them are right.",
    ),
    "scaled-before-the-bias": (
        {
            _SCALED1: "A1 = A1\n    scaled = A1 / keep_prob",
            "Z2 = np.dot(W2, A1) + b2": "Z2 = np.dot(W2, scaled) + b2",
            _SCALED2: "A2 = A2\n    scaled = A2 / keep_prob",
            _UP_TO_LAYER_3: "Z3 = np.dot(W3, scaled) + b3",
        },
        "The scaled activations have another name, so that the cache holds those that are not "
        "scaled. The backward pass needs what was really fed into the next layer.",
    ),
    "mask-from-the-other-layer": (
        {_OFF2: "A2 = A2 * (D1 if D1.shape == A2.shape else D2)"},
        "The second layer is masked with the mask of the first where the shapes allow it.",
    ),
    "activations-added-to-the-mask": (
        {_OFF1: "A1 = A1 + D1", _OFF2: "A2 = A2 + D2"},
        "The mask is added to the activations. What is to become zero or stay as it is has to be "
        "multiplied.",
    ),
    "mask-replaces-the-activations": (
        {_OFF1: "A1 = D1", _OFF2: "A2 = D2"},
        "The activations are replaced by the mask. The mask says only which of them stay.",
    ),
    "shape-of-the-weights": (
        {
            _OFF1: (
                "W1 = W1 * (np.random.rand(*W1.shape) < keep_prob)\n"
                "    Z1 = np.dot(W1, X) + b1\n"
                "    A1 = relu(Z1)"
            )
        },
        "Weights are switched off where units should be. That is another method (DropConnect).",
    ),
}

FORWARD_CORRECT = {
    "truth-values-as-mask": {_MASK1: "D1 = D1 < keep_prob", _MASK2: "D2 = D2 < keep_prob"},
    "one-line-each": {
        _D1: "D1 = np.random.rand(*A1.shape) < keep_prob",
        _MASK1: "",
        _OFF1: "A1 = np.multiply(A1, D1) / keep_prob",
        _SCALED1: "",
    },
    "where": {
        _MASK1: "D1 = np.where(D1 < keep_prob, 1, 0)",
        _OFF2: "A2 = np.where(D2 == 1, A2, 0)",
    },
    "entries-set-to-zero": {_OFF1: "A1[D1 == 0] = 0", _OFF2: "A2[np.logical_not(D2)] = 0.0"},
    "in-place": {_OFF1: "A1 *= D1", _SCALED1: "A1 /= keep_prob", _OFF2: "A2 *= D2"},
    "scaled-first": {f"{_OFF1}\n    {_SCALED1}": f"{_SCALED1}\n    {_OFF1}"},
    "scaled-mask-of-another-name": {
        _OFF1: "scaled_mask = D1 / keep_prob\n    A1 = A1 * scaled_mask",
        _SCALED1: "",
    },
    "other-random-functions": {
        _D1: "D1 = np.random.random(A1.shape)",
        _D2: "D2 = np.random.random_sample(A2.shape)",
    },
    "uniform": {
        _D1: "D1 = np.random.uniform(0, 1, size=(A1.shape[0], A1.shape[1]))",
        _MASK1: "D1 = 1 * (D1 < keep_prob)",
    },
    "not-at-least": {_MASK1: "D1 = 1 - (D1 >= keep_prob).astype(float)"},
    "loops-for-the-mask": {
        _MASK1: (
            "for i in range(D1.shape[0]):\n"
            "        for j in range(D1.shape[1]):\n"
            "            D1[i][j] = 1 if D1[i][j] < keep_prob else 0"
        )
    },
    "drawn-number-by-number": {
        _D1: (
            "D1 = np.zeros(A1.shape)\n"
            "    for index in np.ndindex(A1.shape):\n"
            "        D1[index] = np.random.rand()"
        )
    },
    "loop-over-the-hidden-layers": """
def forward_propagation_with_dropout(X, parameters, keep=0.5):
    np.random.seed(1)
    A, cache = X, []
    for l in ("1", "2"):
        W, b = parameters["W" + l], parameters["b" + l]
        Z = W @ A + b
        A = np.maximum(0, Z)
        D = np.random.rand(*A.shape) < keep
        A = A * D / keep
        cache = cache + [Z, D, A, W, b]
    W, b = parameters["W3"], parameters["b3"]
    Z = W @ A + b
    A = sigmoid(Z)
    return A, (*cache, Z, A, W, b)
""",
}
