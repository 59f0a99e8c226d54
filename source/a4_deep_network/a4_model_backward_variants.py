"""Wrong and right ways to write the whole backward pass."""

_DAL = "dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))"
_LAST_CACHE = "current_cache = caches[L - 1]"
_LAST_CALL = 'linear_activation_backward(dAL, current_cache, "sigmoid")'
_HIDDEN_CACHE = "current_cache = caches[l]"
_HIDDEN_CALL = """linear_activation_backward(
            grads["dA" + str(l + 1)], current_cache, "relu"
        )"""
_FROM_DAL_BY_SIGMOID = "linear_backward(sigmoid_backward(dAL, current_cache[1]), current_cache[0])"
_HIDDEN_INPUT = 'grads["dA" + str(l + 1)], current_cache, "relu"'
_HIDDEN_DA = 'grads["dA" + str(l)] = dA_prev_temp'
_HIDDEN_DW = 'grads["dW" + str(l + 1)] = dW_temp'
_HIDDEN_DB = 'grads["db" + str(l + 1)] = db_temp'
_LAST_DA = 'grads["dA" + str(L - 1)] = dA_prev_temp'
_LAST_DW = 'grads["dW" + str(L)] = dW_temp'
_LAST_DB = 'grads["db" + str(L)] = db_temp'

L_MODEL_BACKWARD_MISCONCEPTIONS = {
    "dAL-with-the-sign-lost": (
        {_DAL: "dAL = np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)"},
        "Every gradient has the wrong sign. In dAL a minus sign stands before both fractions. "
        "Gradient descent would climb instead of going down.",
    ),
    "dAL-parentheses-forgotten": (
        {_DAL: "dAL = -np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)"},
        "Both fractions of dAL come out negative. The first is to be negative and the second "
        "positive: a minus sign before their difference turns both.",
    ),
    "dAL-second-term-forgotten": (
        {_DAL: "dAL = -np.divide(Y, AL)"},
        "dAL has no part for the examples with label 0. The cost has two terms, and each gives a "
        "fraction.",
    ),
    "dAL-second-denominator-wrong": (
        {_DAL: "dAL = -(np.divide(Y, AL) - np.divide(1 - Y, AL))"},
        "In dAL both fractions are divided by AL. The second term of the cost takes the logarithm "
        "of something else.",
    ),
    "dAL-plus-between-the-fractions-and-minus": (
        {_DAL: "dAL = np.divide(Y, AL) + np.divide(1 - Y, 1 - AL)"},
        "Both fractions of dAL have a plus sign. Where the label is 1 the cost falls as AL grows, "
        "so its gradient is negative there.",
    ),
    "dAL-is-already-dZ": (
        {_DAL: "dAL = AL - Y"},
        "AL - Y is the gradient of Z in the last layer, with the sigmoid's slope already inside. "
        "Here the gradient of AL is asked for; the slope is multiplied in later.",
    ),
    "dAL-averaged": (
        {_DAL: "dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)) / Y.shape[1]"},
        "dAL is divided by the number of examples, and `linear_backward` divides again. The mean "
        "is taken there, once.",
    ),
    "dAL-fractions-turned-over": (
        {_DAL: "dAL = -(np.divide(AL, Y) - np.divide(1 - AL, 1 - Y))"},
        "The fractions of dAL are turned over, and divide by labels that are zero. The derivative "
        "of a logarithm has its argument in the denominator.",
    ),
    "dAL-is-the-cost": (
        {_DAL: "dAL = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))"},
        "dAL is the cost of each example, not its derivative. The derivative of a logarithm is a "
        "fraction.",
    ),
    "last-layer-with-relu": (
        {_LAST_CALL: 'linear_activation_backward(dAL, current_cache, "relu")'},
        "The last layer goes back through ReLU. Forward it used the sigmoid, so it is the sigmoid "
        "on the way back too.",
    ),
    "hidden-layers-with-sigmoid": (
        {_HIDDEN_INPUT: 'grads["dA" + str(l + 1)], current_cache, "sigmoid"'},
        "The hidden layers go back through the sigmoid. Forward they used ReLU, so it is ReLU on "
        "the way back too.",
    ),
    "activations-swapped": (
        {
            _LAST_CALL: 'linear_activation_backward(dAL, current_cache, "relu")',
            _HIDDEN_INPUT: 'grads["dA" + str(l + 1)], current_cache, "sigmoid"',
        },
        "The two activations are swapped: the last layer is the one with the sigmoid, all others "
        "have ReLU.",
    ),
    "hidden-layers-fed-with-dAL": (
        {_HIDDEN_INPUT: 'dAL, current_cache, "relu"'},
        "Every hidden layer is fed with dAL. Each takes the gradient that the layer after it has "
        "just given.",
    ),
    "hidden-layers-fed-with-the-last-gradient": (
        {_HIDDEN_INPUT: 'grads["dA" + str(L - 1)], current_cache, "relu"'},
        "Every hidden layer is fed with the last layer's gradient. Each takes the gradient of its "
        "own activations, so the key must change with l.",
    ),
    "hidden-layers-from-dAL-through-the-sigmoid": (
        {_HIDDEN_CALL: _FROM_DAL_BY_SIGMOID},
        "Every hidden layer goes back from dAL, and through the sigmoid. Each takes the gradient "
        "that the layer after it has just given, and goes back through ReLU, through which it "
        "went forward.",
    ),
    "hidden-layers-from-dAL-through-the-sigmoid-keys-shifted-up": (
        {
            _HIDDEN_CALL: _FROM_DAL_BY_SIGMOID,
            _LAST_DA: 'grads["dA" + str(L)] = dA_prev_temp',
            _HIDDEN_DA: 'grads["dA" + str(l + 1)] = dA_prev_temp',
        },
        "Every hidden layer goes back from dAL, and through the sigmoid. Each takes the gradient "
        "that the layer after it has just given, and goes back through ReLU. And the keys of the "
        "dA are one too high: layer L gives dA(L-1), layer 1 gives dA0.",
    ),
    "hidden-layers-fed-with-their-own-result": (
        {_HIDDEN_INPUT: 'grads["dA" + str(l)], current_cache, "relu"'},
        "The loop asks for a gradient that it is only about to compute. What comes in belongs to "
        "the output of the layer, what goes out to its input.",
    ),
    "dA-keys-shifted-up": (
        {
            _LAST_DA: 'grads["dA" + str(L)] = dA_prev_temp',
            _HIDDEN_INPUT: 'grads["dA" + str(l + 2)], current_cache, "relu"',
            _HIDDEN_DA: 'grads["dA" + str(l + 1)] = dA_prev_temp',
        },
        "The keys of the dA are one too high. What a layer passes back is the gradient of the "
        "activations *before* it: layer L gives dA(L-1), layer 1 gives dA0.",
    ),
    "hidden-dA-keys-shifted-up": (
        {_HIDDEN_DA: 'grads["dA" + str(l + 1)] = dA_prev_temp'},
        "In the loop dA is stored under the key that was just read, so dA0 never appears. What "
        "goes out belongs to the layer before.",
    ),
    "last-dA-key-shifted-up": (
        {_LAST_DA: 'grads["dA" + str(L)] = dA_prev_temp'},
        "The last layer's dA is stored under the key L. It is the gradient of the activations "
        "before that layer, and the loop looks for it under L - 1.",
    ),
    "dW-keys-shifted-down": (
        {
            _HIDDEN_DW: 'grads["dW" + str(l)] = dW_temp',
            _HIDDEN_DB: 'grads["db" + str(l)] = db_temp',
        },
        "In the loop dW and db are stored one key too low. The caches are counted from 0, but the "
        "layers from 1.",
    ),
    "last-dW-key-shifted-down": (
        {
            _LAST_DW: 'grads["dW" + str(L - 1)] = dW_temp',
            _LAST_DB: 'grads["db" + str(L - 1)] = db_temp',
        },
        "dW and db of the last layer are stored under the key L - 1. Only the gradient of the "
        "activations belongs to the layer before; the weights are those of layer L.",
    ),
    "dW-and-db-swapped": (
        {
            _LAST_DW: 'grads["dW" + str(L)] = db_temp',
            _LAST_DB: 'grads["db" + str(L)] = dW_temp',
            _HIDDEN_DW: 'grads["dW" + str(l + 1)] = db_temp',
            _HIDDEN_DB: 'grads["db" + str(l + 1)] = dW_temp',
        },
        "dW and db are stored under each other's keys. `linear_activation_backward` gives "
        "dA_prev, dW, db in this order.",
    ),
    "hidden-cache-one-too-far": (
        {_HIDDEN_CACHE: "current_cache = caches[l + 1]"},
        "The loop takes the cache of the layer after the one it works on. The loop's l already "
        "counts the caches, which begin at 0.",
    ),
    "hidden-cache-one-too-early": (
        {_HIDDEN_CACHE: "current_cache = caches[l - 1]"},
        "The loop takes the cache of the layer before the one it works on. The loop's l already "
        "counts the caches, which begin at 0.",
    ),
    "last-cache-in-every-layer": (
        {_HIDDEN_CACHE + "\n": "\n"},
        "The hidden layers go back with the cache of the last layer. Each of them needs its own, "
        "in every round of the loop.",
    ),
    "all-caches-at-once": (
        {_LAST_CACHE: "current_cache = caches"},
        "The last layer was given the whole list of caches. It needs one of them, the last.",
    ),
    "first-cache-for-the-last-layer": (
        {_LAST_CACHE: "current_cache = caches[0]"},
        "The last layer was given the first cache. Going back, the pass begins at the end of the "
        "list.",
    ),
    "cache-beyond-the-end": (
        {_LAST_CACHE: "current_cache = caches[L]"},
        "There is no cache number L: the list has L entries, and Python counts them from 0.",
    ),
    "loop-forward": (
        {"in reversed(range(L - 1))": "in range(L - 1)"},
        "The loop goes from the first layer to the last. A layer needs the gradient of the layer "
        "after it, so the pass goes backward.",
    ),
    "loop-stops-before-the-first-layer": (
        {"in reversed(range(L - 1))": "in reversed(range(1, L - 1))"},
        "The first layer gets no gradients. The loop has to reach l = 0.",
    ),
    "loop-covers-the-last-layer": (
        {"in reversed(range(L - 1))": "in reversed(range(L))"},
        "The loop asks for a gradient that nobody has stored. The last layer is finished before "
        "the loop and leaves dA(L-1); the loop starts with it, at l = L - 2, and takes dA(l+1) in "
        "every round.",
    ),
    "gradients-not-computed-in-the-loop": (
        {
            (
                "dA_prev_temp, dW_temp, db_temp = linear_activation_backward(\n"
                '            grads["dA" + str(l + 1)], current_cache, "relu"\n'
                "        )\n"
            ): ("\n")
        },
        "The loop stores the last layer's gradients under every key. Each round has to go back "
        "through its own layer first.",
    ),
    "hidden-results-in-another-order": (
        {
            _HIDDEN_DA: (
                "dA_prev_temp, dW_temp, db_temp = db_temp, dA_prev_temp, dW_temp\n        "
                + _HIDDEN_DA
            )
        },
        "In the loop the three results have got each other's places. The call gives dA_prev, dW, "
        "db.",
    ),
    "only-the-last-layer": (
        {"in reversed(range(L - 1))": "in []"},
        "Only the last layer has gradients. The error has to flow back through the hidden layers, "
        "too.",
    ),
    "dA-not-stored": (
        {
            _LAST_DA: "dA = dA_prev_temp",
            _HIDDEN_INPUT: 'dA, current_cache, "relu"',
            _HIDDEN_DA: "dA = dA_prev_temp",
        },
        "The gradients dW and db are there, but the dA are not in the dictionary. Store them too, "
        'under "dA0" to "dA(L-1)".',
    ),
}

L_MODEL_BACKWARD_CORRECT = {
    "dAL-written-with-slashes": {_DAL: "dAL = (1 - Y) / (1 - AL) - Y / AL"},
    "dAL-as-one-fraction": {_DAL: "dAL = (AL - Y) / (AL * (1 - AL))"},
    "dAL-with-two-minus-signs": {_DAL: "dAL = -np.divide(Y, AL) + np.divide(1 - Y, 1 - AL)"},
    "dAL-stored-too": {_DAL: _DAL + '\n    grads["dA" + str(L)] = dAL'},
    "stored-directly": {
        "dA_prev_temp, dW_temp, db_temp = " + _LAST_CALL: (
            'grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = '
            + _LAST_CALL
            + '\n    dA_prev_temp, dW_temp, db_temp = (grads[f"dA{L - 1}"], grads[f"dW{L}"],'
            ' grads[f"db{L}"])'
        )
    },
    "last-cache-by-minus-one": {_LAST_CACHE: "current_cache = caches[-1]"},
    "gradient-carried-in-a-variable": {_HIDDEN_INPUT: 'dA_prev_temp, current_cache, "relu"'},
    "range-counting-down": {"in reversed(range(L - 1))": "in range(L - 2, -1, -1)"},
    "layers-counted-from-one": """
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)] = dW
        grads["db" + str(l)] = db
        print("layer", l)
    return grads
""",
    "helpers-bypassed": """
def L_model_backward(outputs, labels, stored):
    grads, depth = {}, len(stored)
    labels = labels.reshape(outputs.shape)
    dZ = outputs - labels
    for number in reversed(range(depth)):
        (A_prev, W, b), Z = stored[number]
        if number < depth - 1:
            dZ = grads[f"dA{number + 1}"] * (Z > 0)
        grads[f"dW{number + 1}"] = dZ @ A_prev.T / A_prev.shape[1]
        grads[f"db{number + 1}"] = dZ.mean(axis=1, keepdims=True)
        grads[f"dA{number}"] = W.T @ dZ
    return grads
""",
    "caches-popped": """
def L_model_backward(AL, Y, caches):
    L = len(caches)
    dA = np.where(Y.reshape(AL.shape) == 1, -1 / AL, 1 / (1 - AL))
    grads = {}
    for l in range(L, 0, -1):
        name = "sigmoid" if l == L else "relu"
        results = linear_activation_backward(dA, caches.pop(), name)
        dA = results[0]
        grads.update(zip([f"dA{l - 1}", f"dW{l}", f"db{l}"], results))
    return grads
""",
    "dictionary-of-another-order": {
        "return grads": "return dict(sorted(grads.items(), reverse=True))"
    },
}
