"""Wrong and right ways to write the whole forward pass."""

_HIDDEN_STEP = """A, cache = linear_activation_forward(
            A_prev, parameters["W" + str(l)], parameters["b" + str(l)], "relu"
        )
        caches.append(cache)"""
_HIDDEN_CALL = _HIDDEN_STEP.replace("\n        caches.append(cache)", "")
_LAST_STEP = """AL, cache = linear_activation_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid"
    )
    caches.append(cache)"""
_LAST_CALL = _LAST_STEP.replace("\n    caches.append(cache)", "")

L_MODEL_FORWARD_MISCONCEPTIONS = {
    "last-cache-not-appended": (
        {_LAST_STEP: _LAST_CALL},
        "The cache of the last layer is missing from the list. The backward pass starts with "
        "exactly that one.",
    ),
    "only-the-last-cache-appended": (
        {_HIDDEN_STEP: _HIDDEN_CALL},
        "Only the last layer's cache is in the list. Every round of the loop has a cache to keep, "
        "too.",
    ),
    "no-cache-appended": (
        {_HIDDEN_STEP: _HIDDEN_CALL, _LAST_STEP: _LAST_CALL},
        "The list of caches is empty. Each layer gives a cache, and the backward pass needs all "
        "of them.",
    ),
    "last-cache-appended-in-the-loop-too": (
        {_HIDDEN_STEP: _HIDDEN_STEP + "\n        caches.append(cache)"},
        "The hidden layers' caches are in the list twice. One cache per layer: the list should "
        "have L entries.",
    ),
    "caches-in-reverse-order": (
        {
            _HIDDEN_STEP: _HIDDEN_CALL + "\n        caches.insert(0, cache)",
            _LAST_STEP: _LAST_CALL + "\n    caches.insert(0, cache)",
        },
        "The caches are in reverse order. The first layer's cache comes first; the backward pass "
        "will walk the list from its end.",
    ),
    "activations-in-the-list-of-caches": (
        {
            _HIDDEN_STEP: _HIDDEN_CALL + "\n        caches.append((A, cache))",
            _LAST_STEP: _LAST_CALL + "\n    caches.append((AL, cache))",
        },
        "The list holds pairs of activations and caches. Append the cache alone: the backward "
        "pass unpacks it as it is.",
    ),
    "A-appended-instead-of-the-cache": (
        {
            _HIDDEN_STEP: _HIDDEN_CALL + "\n        caches.append(A)",
            _LAST_STEP: _LAST_CALL + "\n    caches.append(AL)",
        },
        "The list holds the activations instead of the caches. The backward pass needs what each "
        "call gave as its second result.",
    ),
    "list-replaced-instead-of-appended": (
        {_HIDDEN_STEP: _HIDDEN_CALL + "\n        caches = [cache]"},
        "The list holds the caches of the last two layers only: the earlier ones are lost. Each "
        "round of the loop adds to the list that is there.",
    ),
    "sigmoid-in-hidden-layers": (
        {'parameters["b" + str(l)], "relu"': 'parameters["b" + str(l)], "sigmoid"'},
        "The hidden layers use the sigmoid. In this network they use ReLU, and only the last "
        "layer uses the sigmoid.",
    ),
    "relu-in-the-last-layer": (
        {'parameters["b" + str(L)], "sigmoid"': 'parameters["b" + str(L)], "relu"'},
        "The last layer uses ReLU. Its output should be a probability, so it needs the activation "
        "that stays between 0 and 1.",
    ),
    "activations-swapped": (
        {
            'parameters["b" + str(l)], "relu"': 'parameters["b" + str(l)], "sigmoid"',
            'parameters["b" + str(L)], "sigmoid"': 'parameters["b" + str(L)], "relu"',
        },
        "The two activations are swapped. The hidden layers use ReLU, the last one uses the "
        "sigmoid.",
    ),
    "every-layer-fed-with-X": (
        {"A_prev, parameters": "X, parameters"},
        "Every hidden layer is fed with the input X. Only the first one is; each later layer "
        "takes what the layer before it gave.",
    ),
    "last-layer-fed-with-X": (
        {'A, parameters["W" + str(L)]': 'X, parameters["W" + str(L)]'},
        "The last layer is fed with the input X, so the hidden layers have no effect. It takes "
        "what the last hidden layer gave.",
    ),
    "last-layer-fed-with-A_prev": (
        {'A, parameters["W" + str(L)]': 'A_prev, parameters["W" + str(L)]'},
        "The last layer is fed with A_prev, which is what went *into* the last hidden layer. It "
        "needs what came out of it.",
    ),
    "last-hidden-layer-skipped": (
        {"range(1, L)": "range(1, L - 1)"},
        "The last hidden layer is left out. `range` leaves its end out by itself.",
    ),
    "loop-starts-at-zero": (
        {"range(1, L)": "range(L)"},
        "Something looks for W0. Layer 0 is the input, which has no parameters.",
    ),
    "loop-covers-the-last-layer": (
        {"range(1, L)": "range(1, L + 1)"},
        "The loop takes the last layer too, with ReLU, and then the last layer comes a second "
        "time. The loop is for the hidden layers only.",
    ),
    "first-parameters-in-every-layer": (
        {
            'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]': (
                'A_prev, parameters["W1"], parameters["b1"]'
            )
        },
        "Every hidden layer uses the parameters of the first. Layer l has its own, under the keys "
        "that end in l.",
    ),
    "last-parameters-by-the-loop-variable": (
        {
            'parameters["W" + str(L)], parameters["b" + str(L)]': (
                'parameters["W" + str(l)], parameters["b" + str(l)]'
            )
        },
        "The last layer uses the parameters of the last hidden layer. Its own number is L; after "
        "the loop, l is one less.",
    ),
    "biases-of-another-layer": (
        {
            'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]': (
                'A_prev, parameters["W" + str(l)], parameters["b" + str(l + 1)]'
            )
        },
        "The weights of layer l are used with the bias of layer l + 1. Both belong to the same "
        "layer.",
    ),
    "layers-of-the-example": (
        {
            "range(1, L)": "range(1, 3)",
            'parameters["W" + str(L)], parameters["b" + str(L)]': (
                'parameters["W3"], parameters["b3"]'
            ),
        },
        "The network is taken to have three layers, as in the example of the notebook. The "
        "function must work for every depth: use L.",
    ),
    "number-of-layers-doubled": (
        {"L = len(parameters) // 2": "L = len(parameters)"},
        "The number of layers is twice what it should be. Every layer has two entries in the "
        "dictionary, its weights and its bias.",
    ),
    "hidden-activations-returned": (
        {"return AL, caches": "return A, caches"},
        "The function returns the activations of the last *hidden* layer. It should return those "
        "of the output layer.",
    ),
}

L_MODEL_FORWARD_CORRECT = {
    "formatted-keys": {
        'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]': (
            'A_prev, parameters[f"W{l}"], parameters[f"b{l}"]'
        ),
        'parameters["W" + str(L)], parameters["b" + str(L)]': (
            'parameters[f"W{L}"], parameters["b%d" % L]'
        ),
    },
    "keyword-activation": {
        'parameters["b" + str(l)], "relu"': 'parameters["b" + str(l)], activation="relu"'
    },
    "A_prev-bypassed": {"A_prev, parameters": "A, parameters"},
    "leaked-loop-variable": {
        'parameters["W" + str(L)], parameters["b" + str(L)]': (
            'parameters["W" + str(l + 1)], parameters["b" + str(l + 1)]'
        )
    },
    "caches-added-as-lists": {
        _HIDDEN_STEP: _HIDDEN_CALL + "\n        caches += [cache]",
        _LAST_STEP: _LAST_CALL + "\n    caches = caches + [cache]",
    },
    "weights-named-first": {
        _HIDDEN_CALL: (
            'W = parameters["W" + str(l)]\n'
            '        b = parameters["b" + str(l)]\n'
            '        A, cache = linear_activation_forward(A_prev, W, b, "relu")'
        )
    },
    "one-loop-for-all-layers": """
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(L):
        kind = "sigmoid" if l == L - 1 else "relu"
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        A, cache = linear_activation_forward(A, W, b, kind)
        caches.append(cache)
        print("layer", l + 1, A.shape)
    return A, caches
""",
    "helpers-bypassed": """
def L_model_forward(inputs, weights):
    caches, A, depth = [], inputs, len(weights) // 2
    for number in range(1, depth + 1):
        W, b = weights["W" + str(number)], weights["b" + str(number)]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(0, Z) if number < depth else 1 / (1 + np.exp(-Z))
    return A, caches
""",
    "recursion": """
def forward_from(A, parameters, l, L):
    kind = "relu" if l < L else "sigmoid"
    W, b = parameters["W" + str(l)], parameters["b" + str(l)]
    A, cache = linear_activation_forward(A, W, b, kind)
    if l == L:
        return A, [cache]
    AL, caches = forward_from(A, parameters, l + 1, L)
    return AL, [cache] + caches

def L_model_forward(X, parameters):
    return forward_from(X, parameters, 1, len(parameters) // 2)
""",
    "one-output-unit-asserted": {
        "return AL, caches": "assert AL.shape == (1, X.shape[1])\n    return AL, caches"
    },
    "caches-as-tuple": {"return AL, caches": "return AL, tuple(caches)"},
}
