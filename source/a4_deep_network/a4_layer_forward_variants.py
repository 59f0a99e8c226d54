"""Wrong and right ways to write the forward step of one layer."""

LINEAR_FORWARD_MISCONCEPTIONS = {
    "bias-forgotten": (
        {"np.dot(W, A) + b": "np.dot(W, A)"},
        "The bias is missing. Without it, every unit is tied to give zero for an input of zeros.",
    ),
    "bias-subtracted": (
        {"np.dot(W, A) + b": "np.dot(W, A) - b"},
        "The bias is subtracted instead of added. Look at its sign in the formula of Z.",
    ),
    "bias-multiplied": (
        {"np.dot(W, A) + b": "np.dot(W, A) * b"},
        "The bias multiplies the weighted sum. It should be added to it.",
    ),
    "bias-of-the-first-unit-only": (
        {"np.dot(W, A) + b": "np.dot(W, A) + b[0]"},
        "Every unit gets the bias of the first unit. Add the whole column: broadcasting gives "
        "each unit its own.",
    ),
    "biases-added-up": (
        {"np.dot(W, A) + b": "np.dot(W, A) + np.sum(b)"},
        "Every unit gets the sum of all biases. Each unit has a bias of its own.",
    ),
    "bias-as-a-row": (
        {"np.dot(W, A) + b": "np.dot(W, A) + b.T"},
        "The bias was turned into a row, so it would run along the examples. It belongs to the "
        "units, and these are the rows of Z: the column is right as it is.",
        "a4_deep_network#notation",
    ),
    "factors-in-the-wrong-order": (
        {"np.dot(W, A) + b": "np.dot(A, W) + b"},
        "The factors of the matrix product are in the wrong order. The columns of the first must "
        "be as many as the rows of the second, and here the weights come first.",
        "a4_deep_network#notation",
    ),
    "element-by-element-product": (
        {"np.dot(W, A) + b": "W * A + b"},
        "`*` multiplies element by element. A layer needs the matrix product, which sums over the "
        "units of the layer before.",
    ),
    "weights-transposed": (
        {"np.dot(W, A) + b": "np.dot(W.T, A) + b"},
        "W was transposed. In logistic regression w is a column and must be transposed; here each "
        "row of W already is one unit.",
        "a4_deep_network#notation",
    ),
    "bias-added-to-the-input": (
        {"np.dot(W, A) + b": "np.dot(W, A + b)"},
        "The bias is added to the activations before the product. It is added to the weighted "
        "sum, after the product.",
    ),
    "averaged-over-the-examples": (
        {"np.dot(W, A) + b": "np.dot(W, A) / A.shape[1] + b"},
        "The weighted sum is divided by the number of examples. Going forward each example is on "
        "its own; means over the examples come with the cost and the gradients.",
    ),
    "averaged-over-the-inputs": (
        {"np.dot(W, A) + b": "np.dot(W, A) / A.shape[0] + b"},
        "The weighted sum is divided by the number of inputs. It is a plain sum, not a mean.",
    ),
    "sigmoid-already-applied": (
        {"np.dot(W, A) + b": "1 / (1 + np.exp(-(np.dot(W, A) + b)))"},
        "The sigmoid was applied already. This function stops at Z; the activation comes in the "
        "next exercise.",
    ),
    "relu-already-applied": (
        {"np.dot(W, A) + b": "np.maximum(0, np.dot(W, A) + b)"},
        "The ReLU was applied already. This function stops at Z; the activation comes in the next "
        "exercise.",
    ),
    "result-transposed": (
        {"np.dot(W, A) + b": "np.dot(A.T, W.T) + b.T"},
        "Z is the wrong way round: the examples are its rows. In this course each column is an "
        "example and each row is a unit.",
        "a4_deep_network#notation",
    ),
    "summed-over-the-units": (
        {"np.dot(W, A) + b": "np.sum(np.dot(W, A) + b, axis=0, keepdims=True)"},
        "The values of all units of the layer were added up. Each unit keeps its own row of Z.",
    ),
    "cache-holds-Z": (
        {"cache = (A, W, b)": "cache = (Z, W, b)"},
        "Z is right, but the cache holds Z instead of the activations. The backward step needs "
        "what went into the layer: A, W and b.",
    ),
    "cache-in-another-order": (
        {"cache = (A, W, b)": "cache = (W, A, b)"},
        "Z is right, but the cache has a different order. The backward step unpacks it as "
        "activations, weights, bias.",
    ),
    "cache-with-Z-too": (
        {"cache = (A, W, b)": "cache = (A, W, b, Z)"},
        "Z is right, but the cache holds more than three things, and the backward step unpacks "
        "exactly three.",
    ),
    "only-Z-returned": (
        {"return Z, cache": "return Z"},
        "The function returns Z alone. The caller unpacks two values: Z and the cache.",
    ),
    "nothing-returned": (
        {"return Z, cache": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

LINEAR_FORWARD_CORRECT = {
    "matmul-operator": {"np.dot(W, A) + b": "W @ A + b"},
    "matmul-function": {"np.dot(W, A) + b": "np.matmul(W, A) + b"},
    "dot-method": {"np.dot(W, A) + b": "W.dot(A) + b"},
    "einsum": {"np.dot(W, A) + b": 'np.einsum("ij,jk->ik", W, A) + b'},
    "np-add": {"np.dot(W, A) + b": "np.add(b, np.dot(W, A))"},
    "transposed-twice": {"np.dot(W, A) + b": "(np.dot(A.T, W.T) + b.T).T"},
    "single-precision": {"np.dot(W, A) + b": "(np.dot(W, A) + b).astype(np.float32)"},
    "bias-in-place": {
        "Z = np.dot(W, A) + b": 'Z = np.dot(W, A)\n    Z += b\n    print("Z:", Z.shape)'
    },
    "cache-as-list": {"cache = (A, W, b)": "cache = [A, W, b]"},
    "loops-and-other-names": """
def linear_forward(activations, weights, bias):
    units, examples = weights.shape[0], activations.shape[1]
    Z = np.zeros((units, examples))
    for unit in range(units):
        for example in range(examples):
            total = bias[unit, 0]
            for k in range(weights.shape[1]):
                total += weights[unit, k] * activations[k, example]
            Z[unit, example] = total
    return Z, (activations, weights, bias)
""",
    "bias-as-a-weight": """
def linear_forward(A, W, b):
    ones = np.ones((1, A.shape[1]))
    return np.hstack([W, b]) @ np.vstack([A, ones]), (A, W, b)
""",
}

# The two branches share lines: these are the pieces that belong to one of them only.
_SIGMOID_STEP = "A, activation_cache = sigmoid(Z)"
_RELU_STEP = "A, activation_cache = relu(Z)"
_SIGMOID_BRANCH = "Z, linear_cache = linear_forward(A_prev, W, b)\n        " + _SIGMOID_STEP
_RELU_BRANCH = "Z, linear_cache = linear_forward(A_prev, W, b)\n        " + _RELU_STEP

LINEAR_ACTIVATION_FORWARD_MISCONCEPTIONS = {
    "sigmoid-in-both-branches": (
        {_RELU_STEP: _SIGMOID_STEP},
        'The sigmoid is used even where the activation is "relu". Each branch has an activation '
        "function of its own.",
    ),
    "relu-in-both-branches": (
        {_SIGMOID_STEP: _RELU_STEP},
        'ReLU is used even where the activation is "sigmoid". Each branch has an activation '
        "function of its own.",
    ),
    "activations-swapped": (
        {
            _SIGMOID_STEP: "A, activation_cache = np.maximum(0, Z), Z",
            _RELU_STEP: "A, activation_cache = 1 / (1 + np.exp(-Z)), Z",
        },
        'The two activations are swapped: "sigmoid" gives ReLU, and "relu" gives the sigmoid.',
    ),
    "relu-branch-stays-linear": (
        {_RELU_STEP: "A, activation_cache = Z, Z"},
        'In the "relu" branch A is just Z: negative entries are still there. The activation has '
        "to be applied to Z.",
    ),
    "activation-of-the-input": (
        {
            _SIGMOID_STEP: "A, activation_cache = sigmoid(A_prev)",
            _RELU_STEP: "A, activation_cache = relu(A_prev)",
        },
        "The activation was applied to A_prev, so the weights do nothing. First comes the linear "
        "part, and the activation takes its result.",
    ),
    "both-results-in-one-name": (
        {
            _SIGMOID_STEP: "A = sigmoid(Z)\n        activation_cache = Z",
            _RELU_STEP: "A = relu(Z)\n        activation_cache = Z",
        },
        "A is a tuple. `sigmoid` and `relu` give two things, the activations and a cache, and "
        "both need a name on the left.",
    ),
    "activation-cache-never-set": (
        {_SIGMOID_STEP: "A = sigmoid(Z)", _RELU_STEP: "A = relu(Z)"},
        "`activation_cache` never gets a value. `sigmoid` and `relu` give two things, the "
        "activations and this cache: unpack both.",
    ),
    "linear-results-not-unpacked": (
        {
            _SIGMOID_BRANCH: "Z = linear_forward(A_prev, W, b)\n        " + _SIGMOID_STEP,
            _RELU_BRANCH: "Z = linear_forward(A_prev, W, b)\n        " + _RELU_STEP,
        },
        "Z is a tuple. `linear_forward` gives two things, Z and the linear cache, and both need a "
        "name on the left.",
    ),
    "activation-cache-holds-A": (
        {"cache = (linear_cache, activation_cache)": "cache = (linear_cache, A)"},
        "A is right, but the second part of the cache holds A. The backward step of the "
        "activation needs Z, from before the activation.",
    ),
    "linear-cache-twice": (
        {"cache = (linear_cache, activation_cache)": "cache = (linear_cache, linear_cache)"},
        "A is right, but the cache holds the linear cache twice. Its second part is the cache of "
        "the activation.",
    ),
    "caches-swapped": (
        {"cache = (linear_cache, activation_cache)": ("cache = (activation_cache, linear_cache)")},
        "A is right, but the two parts of the cache are swapped. The linear cache comes first.",
    ),
    "cache-flattened": (
        {"cache = (linear_cache, activation_cache)": ("cache = (*linear_cache, activation_cache)")},
        "A is right, but the cache is one flat tuple of four. It is a pair: the linear cache, "
        "which is a tuple itself, and the activation cache.",
    ),
    "tanh-instead-of-sigmoid": (
        {_SIGMOID_STEP: "A, activation_cache = np.tanh(Z), Z"},
        'The "sigmoid" branch uses tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1, '
        "and is ready for you to call.",
    ),
    "sigmoid-with-the-sign-lost": (
        {_SIGMOID_STEP: "A, activation_cache = 1 / (1 + np.exp(Z)), Z"},
        "This sigmoid falls where it should rise: it is that of -Z. A finished `sigmoid` has been "
        "imported for you.",
    ),
    "leaky-relu": (
        {_RELU_STEP: "A, activation_cache = np.maximum(0.01 * Z, Z), Z"},
        'The "relu" branch lets a little of the negative values through: that is the leaky ReLU. '
        "Here they become exactly zero.",
    ),
    "absolute-value-instead-of-relu": (
        {_RELU_STEP: "A, activation_cache = np.abs(Z), Z"},
        "Negative entries of Z became positive. ReLU turns them into zero.",
    ),
    "relu-keeps-the-negatives": (
        {_RELU_STEP: "A, activation_cache = np.minimum(0, Z), Z"},
        "This keeps the negative part of Z and drops the positive one. ReLU does it the other way "
        "round.",
    ),
    "relu-then-sigmoid": (
        {_SIGMOID_STEP: "A, activation_cache = sigmoid(relu(Z)[0])"},
        'In the "sigmoid" branch a ReLU comes before the sigmoid. A layer has one activation only.',
    ),
    "sigmoid-applied-twice": (
        {_SIGMOID_STEP: "A, activation_cache = sigmoid(sigmoid(Z)[0])"},
        "The sigmoid was applied twice. Once is enough: it takes Z.",
    ),
    "bias-forgotten": (
        {
            _SIGMOID_BRANCH: "Z, linear_cache = np.dot(W, A_prev), (A_prev, W, b)\n        "
            + _SIGMOID_STEP,
            _RELU_BRANCH: "Z, linear_cache = np.dot(W, A_prev), (A_prev, W, b)\n        "
            + _RELU_STEP,
        },
        "The bias is missing in the linear part. The function of the last exercise does the whole "
        "linear part for you.",
    ),
    "only-A-returned": (
        {"return A, cache": "return A"},
        "The function returns A alone. The caller unpacks two values: A and the cache.",
    ),
}

LINEAR_ACTIVATION_FORWARD_CORRECT = {
    "linear-part-written-out": {
        _SIGMOID_BRANCH: (
            "Z = W @ A_prev + b\n        linear_cache = (A_prev, W, b)\n        " + _SIGMOID_STEP
        ),
        _RELU_BRANCH: (
            "Z = np.matmul(W, A_prev) + b\n        linear_cache = (A_prev, W, b)\n        "
            + _RELU_STEP
        ),
    },
    "linear-part-before-the-branches": """
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)
""",
    "activations-written-out": {
        _SIGMOID_STEP: "A, activation_cache = 1.0 / (1.0 + np.exp(-Z)), Z",
        _RELU_STEP: "A, activation_cache = np.maximum(Z, 0), Z",
    },
    "relu-by-mask": {_RELU_STEP: "A, activation_cache = Z * (Z > 0), Z"},
    "relu-by-where": {_RELU_STEP: "A, activation_cache = np.where(Z >= 0, Z, 0.0), Z.copy()"},
    "dispatch-table": """
def linear_activation_forward(previous, weights, bias, name):
    functions = {"sigmoid": sigmoid, "relu": relu}
    Z, first = linear_forward(previous, weights, bias)
    A, second = functions[name](Z)
    print(name, A.shape)
    return A, (first, second)
""",
    "tuples-unpacked-later": {
        _SIGMOID_STEP: ("result = sigmoid(Z)\n        A = result[0]\n        activation_cache = Z")
    },
    "cache-as-list": {
        "cache = (linear_cache, activation_cache)": ("cache = [linear_cache, activation_cache]")
    },
    "single-precision": {"return A, cache": "return A.astype(np.float32), cache"},
    "one-branch-for-relu-without-condition": {'elif activation == "relu":': "else:"},
}
