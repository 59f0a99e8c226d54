"""Wrong and right ways to write the whole forward pass."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

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

L_MODEL_FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="last-cache-not-appended",
        edits=((_LAST_STEP, _LAST_CALL),),
        message="The cache of the last layer is missing from the list. The backward pass starts "
        "with exactly that one.",
    ),
    Misconception(
        name="only-the-last-cache-appended",
        edits=((_HIDDEN_STEP, _HIDDEN_CALL),),
        message="Only the last layer's cache is in the list. Every round of the loop has a cache "
        "to keep, too.",
    ),
    Misconception(
        name="no-cache-appended",
        edits=((_HIDDEN_STEP, _HIDDEN_CALL), (_LAST_STEP, _LAST_CALL)),
        message="The list of caches is empty. Each layer gives a cache, and the backward pass "
        "needs all of them.",
    ),
    Misconception(
        name="last-cache-appended-in-the-loop-too",
        edits=((_HIDDEN_STEP, _HIDDEN_STEP + "\n        caches.append(cache)"),),
        message="The hidden layers' caches are in the list twice. One cache per layer: the list "
        "should have L entries.",
    ),
    Misconception(
        name="caches-in-reverse-order",
        edits=(
            (_HIDDEN_STEP, _HIDDEN_CALL + "\n        caches.insert(0, cache)"),
            (_LAST_STEP, _LAST_CALL + "\n    caches.insert(0, cache)"),
        ),
        message="The caches are in reverse order. The first layer's cache comes first; the "
        "backward pass will walk the list from its end.",
    ),
    Misconception(
        name="activations-in-the-list-of-caches",
        edits=(
            (_HIDDEN_STEP, _HIDDEN_CALL + "\n        caches.append((A, cache))"),
            (_LAST_STEP, _LAST_CALL + "\n    caches.append((AL, cache))"),
        ),
        message="The list holds pairs of activations and caches. Append the cache alone: the "
        "backward pass unpacks it as it is.",
    ),
    Misconception(
        name="A-appended-instead-of-the-cache",
        edits=(
            (_HIDDEN_STEP, _HIDDEN_CALL + "\n        caches.append(A)"),
            (_LAST_STEP, _LAST_CALL + "\n    caches.append(AL)"),
        ),
        message="The list holds the activations instead of the caches. The backward pass needs "
        "what each call gave as its second result.",
    ),
    Misconception(
        name="list-replaced-instead-of-appended",
        edits=((_HIDDEN_STEP, _HIDDEN_CALL + "\n        caches = [cache]"),),
        message=(
            "The list holds the caches of the last two layers only: the earlier ones are lost. "
            "Each round of the loop adds to the list that is there."
        ),
    ),
    Misconception(
        name="sigmoid-in-hidden-layers",
        edits=(('parameters["b" + str(l)], "relu"', 'parameters["b" + str(l)], "sigmoid"'),),
        message="The hidden layers use the sigmoid. In this network they use ReLU, and only the "
        "last layer uses the sigmoid.",
    ),
    Misconception(
        name="relu-in-the-last-layer",
        edits=(('parameters["b" + str(L)], "sigmoid"', 'parameters["b" + str(L)], "relu"'),),
        message="The last layer uses ReLU. Its output should be a probability, so it needs the "
        "activation that stays between 0 and 1.",
    ),
    Misconception(
        name="activations-swapped",
        edits=(
            ('parameters["b" + str(l)], "relu"', 'parameters["b" + str(l)], "sigmoid"'),
            ('parameters["b" + str(L)], "sigmoid"', 'parameters["b" + str(L)], "relu"'),
        ),
        message="The two activations are swapped. The hidden layers use ReLU, the last one uses "
        "the sigmoid.",
    ),
    Misconception(
        name="every-layer-fed-with-X",
        edits=(("A_prev, parameters", "X, parameters"),),
        message="Every hidden layer is fed with the input X. Only the first one is; each later "
        "layer takes what the layer before it gave.",
    ),
    Misconception(
        name="last-layer-fed-with-X",
        edits=(('A, parameters["W" + str(L)]', 'X, parameters["W" + str(L)]'),),
        message="The last layer is fed with the input X, so the hidden layers have no effect. It "
        "takes what the last hidden layer gave.",
    ),
    Misconception(
        name="last-layer-fed-with-A_prev",
        edits=(('A, parameters["W" + str(L)]', 'A_prev, parameters["W" + str(L)]'),),
        message="The last layer is fed with A_prev, which is what went *into* the last hidden "
        "layer. It needs what came out of it.",
    ),
    Misconception(
        name="last-hidden-layer-skipped",
        edits=(("range(1, L)", "range(1, L - 1)"),),
        message=("The last hidden layer is left out. `range` leaves its end out by itself."),
    ),
    Misconception(
        name="loop-starts-at-zero",
        edits=(("range(1, L)", "range(L)"),),
        message=("Something looks for W0. Layer 0 is the input, which has no parameters."),
    ),
    Misconception(
        name="loop-covers-the-last-layer",
        edits=(("range(1, L)", "range(1, L + 1)"),),
        message="The loop takes the last layer too, with ReLU, and then the last layer comes a "
        "second time. The loop is for the hidden layers only.",
    ),
    Misconception(
        name="first-parameters-in-every-layer",
        edits=(
            (
                'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]',
                'A_prev, parameters["W1"], parameters["b1"]',
            ),
        ),
        message="Every hidden layer uses the parameters of the first. Layer l has its own, under "
        "the keys that end in l.",
    ),
    Misconception(
        name="last-parameters-by-the-loop-variable",
        edits=(
            (
                'parameters["W" + str(L)], parameters["b" + str(L)]',
                'parameters["W" + str(l)], parameters["b" + str(l)]',
            ),
        ),
        message=(
            "The last layer uses the parameters of the last hidden layer. Its own number is L; "
            "after the loop, l is one less."
        ),
    ),
    Misconception(
        name="biases-of-another-layer",
        edits=(
            (
                'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]',
                'A_prev, parameters["W" + str(l)], parameters["b" + str(l + 1)]',
            ),
        ),
        message="The weights of layer l are used with the bias of layer l + 1. Both belong to the "
        "same layer.",
    ),
    Misconception(
        name="layers-of-the-example",
        edits=(
            ("range(1, L)", "range(1, 3)"),
            (
                'parameters["W" + str(L)], parameters["b" + str(L)]',
                'parameters["W3"], parameters["b3"]',
            ),
        ),
        message=(
            "The network is taken to have three layers, as in the example of the notebook. The "
            "function must work for every depth: use L."
        ),
    ),
    Misconception(
        name="number-of-layers-doubled",
        edits=(("L = len(parameters) // 2", "L = len(parameters)"),),
        message="The number of layers is twice what it should be. Every layer has two entries in "
        "the dictionary, its weights and its bias.",
    ),
    Misconception(
        name="hidden-activations-returned",
        edits=(("return AL, caches", "return A, caches"),),
        message="The function returns the activations of the last *hidden* layer. It should return "
        "those of the output layer.",
    ),
)

L_MODEL_FORWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="formatted-keys",
        edits=(
            (
                'A_prev, parameters["W" + str(l)], parameters["b" + str(l)]',
                'A_prev, parameters[f"W{l}"], parameters[f"b{l}"]',
            ),
            (
                'parameters["W" + str(L)], parameters["b" + str(L)]',
                'parameters[f"W{L}"], parameters["b%d" % L]',
            ),
        ),
    ),
    CorrectVariant(
        name="keyword-activation",
        edits=(
            ('parameters["b" + str(l)], "relu"', 'parameters["b" + str(l)], activation="relu"'),
        ),
    ),
    CorrectVariant(
        name="A_prev-bypassed",
        edits=(("A_prev, parameters", "A, parameters"),),
    ),
    CorrectVariant(
        name="leaked-loop-variable",
        edits=(
            (
                'parameters["W" + str(L)], parameters["b" + str(L)]',
                'parameters["W" + str(l + 1)], parameters["b" + str(l + 1)]',
            ),
        ),
    ),
    CorrectVariant(
        name="caches-added-as-lists",
        edits=(
            (_HIDDEN_STEP, _HIDDEN_CALL + "\n        caches += [cache]"),
            (_LAST_STEP, _LAST_CALL + "\n    caches = caches + [cache]"),
        ),
    ),
    CorrectVariant(
        name="weights-named-first",
        edits=(
            (
                _HIDDEN_CALL,
                'W = parameters["W" + str(l)]\n        b = parameters["b" + str(l)]\n'
                '        A, cache = linear_activation_forward(A_prev, W, b, "relu")',
            ),
        ),
    ),
    CorrectVariant(
        name="one-loop-for-all-layers",
        code="""
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
    ),
    CorrectVariant(
        name="helpers-bypassed",
        code="""
def L_model_forward(inputs, weights):
    caches, A, depth = [], inputs, len(weights) // 2
    for number in range(1, depth + 1):
        W, b = weights["W" + str(number)], weights["b" + str(number)]
        Z = W @ A + b
        caches.append(((A, W, b), Z))
        A = np.maximum(0, Z) if number < depth else 1 / (1 + np.exp(-Z))
    return A, caches
""",
    ),
    CorrectVariant(
        name="recursion",
        code="""
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
    ),
    CorrectVariant(
        name="one-output-unit-asserted",
        edits=(("return AL, caches", "assert AL.shape == (1, X.shape[1])\n    return AL, caches"),),
    ),
    CorrectVariant(
        name="caches-as-tuple",
        edits=(("return AL, caches", "return AL, tuple(caches)"),),
    ),
)
