"""Wrong and right ways to write the forward step of one layer."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

LINEAR_FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="bias-forgotten",
        edits=(("np.dot(W, A) + b", "np.dot(W, A)"),),
        message="The bias is missing. Without it, every unit is tied to give zero for an input of "
        "zeros.",
    ),
    Misconception(
        name="bias-subtracted",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) - b"),),
        message="The bias is subtracted instead of added. Look at its sign in the formula of Z.",
    ),
    Misconception(
        name="bias-multiplied",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) * b"),),
        message="The bias multiplies the weighted sum. It should be added to it.",
    ),
    Misconception(
        name="bias-of-the-first-unit-only",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) + b[0]"),),
        message="Every unit gets the bias of the first unit. Add the whole column: broadcasting "
        "gives each unit its own.",
    ),
    Misconception(
        name="biases-added-up",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) + np.sum(b)"),),
        message="Every unit gets the sum of all biases. Each unit has a bias of its own.",
    ),
    Misconception(
        name="bias-as-a-row",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) + b.T"),),
        message="The bias was turned into a row, so it would run along the examples. It belongs to "
        "the units, and these are the rows of Z: the column is right as it is.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="factors-in-the-wrong-order",
        edits=(("np.dot(W, A) + b", "np.dot(A, W) + b"),),
        message="The factors of the matrix product are in the wrong order. The columns of the "
        "first must be as many as the rows of the second, and here the weights come first.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="element-by-element-product",
        edits=(("np.dot(W, A) + b", "W * A + b"),),
        message="`*` multiplies element by element. A layer needs the matrix product, which sums "
        "over the units of the layer before.",
    ),
    Misconception(
        name="weights-transposed",
        edits=(("np.dot(W, A) + b", "np.dot(W.T, A) + b"),),
        message="W was transposed. In logistic regression w is a column and must be transposed; "
        "here each row of W already is one unit.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="bias-added-to-the-input",
        edits=(("np.dot(W, A) + b", "np.dot(W, A + b)"),),
        message="The bias is added to the activations before the product. It is added to the "
        "weighted sum, after the product.",
    ),
    Misconception(
        name="averaged-over-the-examples",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) / A.shape[1] + b"),),
        message="The weighted sum is divided by the number of examples. Going forward each example "
        "is on its own; means over the examples come with the cost and the gradients.",
    ),
    Misconception(
        name="averaged-over-the-inputs",
        edits=(("np.dot(W, A) + b", "np.dot(W, A) / A.shape[0] + b"),),
        message="The weighted sum is divided by the number of inputs. It is a plain sum, not a "
        "mean.",
    ),
    Misconception(
        name="sigmoid-already-applied",
        edits=(("np.dot(W, A) + b", "1 / (1 + np.exp(-(np.dot(W, A) + b)))"),),
        message="The sigmoid was applied already. This function stops at Z; the activation comes "
        "in the next exercise.",
    ),
    Misconception(
        name="relu-already-applied",
        edits=(("np.dot(W, A) + b", "np.maximum(0, np.dot(W, A) + b)"),),
        message="The ReLU was applied already. This function stops at Z; the activation comes in "
        "the next exercise.",
    ),
    Misconception(
        name="result-transposed",
        edits=(("np.dot(W, A) + b", "np.dot(A.T, W.T) + b.T"),),
        message="Z is the wrong way round: the examples are its rows. In this course each column "
        "is an example and each row is a unit.",
        lesson="a4_deep_network#notation",
    ),
    Misconception(
        name="summed-over-the-units",
        edits=(("np.dot(W, A) + b", "np.sum(np.dot(W, A) + b, axis=0, keepdims=True)"),),
        message="The values of all units of the layer were added up. Each unit keeps its own row "
        "of Z.",
    ),
    Misconception(
        name="cache-holds-Z",
        edits=(("cache = (A, W, b)", "cache = (Z, W, b)"),),
        message="Z is right, but the cache holds Z instead of the activations. The backward step "
        "needs what went into the layer: A, W and b.",
    ),
    Misconception(
        name="cache-in-another-order",
        edits=(("cache = (A, W, b)", "cache = (W, A, b)"),),
        message="Z is right, but the cache has a different order. The backward step unpacks it as "
        "activations, weights, bias.",
    ),
    Misconception(
        name="cache-with-Z-too",
        edits=(("cache = (A, W, b)", "cache = (A, W, b, Z)"),),
        message="Z is right, but the cache holds more than three things, and the backward step "
        "unpacks exactly three.",
    ),
    Misconception(
        name="only-Z-returned",
        edits=(("return Z, cache", "return Z"),),
        message="The function returns Z alone. The caller unpacks two values: Z and the cache.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return Z, cache", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

LINEAR_FORWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="matmul-operator", edits=(("np.dot(W, A) + b", "W @ A + b"),)),
    CorrectVariant(name="matmul-function", edits=(("np.dot(W, A) + b", "np.matmul(W, A) + b"),)),
    CorrectVariant(name="dot-method", edits=(("np.dot(W, A) + b", "W.dot(A) + b"),)),
    CorrectVariant(
        name="einsum", edits=(("np.dot(W, A) + b", 'np.einsum("ij,jk->ik", W, A) + b'),)
    ),
    CorrectVariant(name="np-add", edits=(("np.dot(W, A) + b", "np.add(b, np.dot(W, A))"),)),
    CorrectVariant(
        name="transposed-twice", edits=(("np.dot(W, A) + b", "(np.dot(A.T, W.T) + b.T).T"),)
    ),
    CorrectVariant(
        name="single-precision",
        edits=(("np.dot(W, A) + b", "(np.dot(W, A) + b).astype(np.float32)"),),
    ),
    CorrectVariant(
        name="bias-in-place",
        edits=(("Z = np.dot(W, A) + b", 'Z = np.dot(W, A)\n    Z += b\n    print("Z:", Z.shape)'),),
    ),
    CorrectVariant(name="cache-as-list", edits=(("cache = (A, W, b)", "cache = [A, W, b]"),)),
    CorrectVariant(
        name="loops-and-other-names",
        code="""
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
    ),
    CorrectVariant(
        name="bias-as-a-weight",
        code="""
def linear_forward(A, W, b):
    ones = np.ones((1, A.shape[1]))
    return np.hstack([W, b]) @ np.vstack([A, ones]), (A, W, b)
""",
    ),
)

# The two branches share lines: these are the pieces that belong to one of them only.
_SIGMOID_STEP = "A, activation_cache = sigmoid(Z)"
_RELU_STEP = "A, activation_cache = relu(Z)"
_SIGMOID_BRANCH = "Z, linear_cache = linear_forward(A_prev, W, b)\n        " + _SIGMOID_STEP
_RELU_BRANCH = "Z, linear_cache = linear_forward(A_prev, W, b)\n        " + _RELU_STEP

LINEAR_ACTIVATION_FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sigmoid-in-both-branches",
        edits=((_RELU_STEP, _SIGMOID_STEP),),
        message='The sigmoid is used even where the activation is "relu". Each branch has an '
        "activation function of its own.",
    ),
    Misconception(
        name="relu-in-both-branches",
        edits=((_SIGMOID_STEP, _RELU_STEP),),
        message='ReLU is used even where the activation is "sigmoid". Each branch has an '
        "activation function of its own.",
    ),
    Misconception(
        name="activations-swapped",
        edits=(
            (_SIGMOID_STEP, "A, activation_cache = np.maximum(0, Z), Z"),
            (_RELU_STEP, "A, activation_cache = 1 / (1 + np.exp(-Z)), Z"),
        ),
        message='The two activations are swapped: "sigmoid" gives ReLU, and "relu" gives the '
        "sigmoid.",
    ),
    Misconception(
        name="relu-branch-stays-linear",
        edits=((_RELU_STEP, "A, activation_cache = Z, Z"),),
        message='In the "relu" branch A is just Z: negative entries are still there. The '
        "activation has to be applied to Z.",
    ),
    Misconception(
        name="activation-of-the-input",
        edits=(
            (_SIGMOID_STEP, "A, activation_cache = sigmoid(A_prev)"),
            (_RELU_STEP, "A, activation_cache = relu(A_prev)"),
        ),
        message="The activation was applied to A_prev, so the weights do nothing. First comes the "
        "linear part, and the activation takes its result.",
    ),
    Misconception(
        name="both-results-in-one-name",
        edits=(
            (_SIGMOID_STEP, "A = sigmoid(Z)\n        activation_cache = Z"),
            (_RELU_STEP, "A = relu(Z)\n        activation_cache = Z"),
        ),
        message="A is a tuple. `sigmoid` and `relu` give two things, the activations and a cache, "
        "and both need a name on the left.",
    ),
    Misconception(
        name="activation-cache-never-set",
        edits=(
            (_SIGMOID_STEP, "A = sigmoid(Z)"),
            (_RELU_STEP, "A = relu(Z)"),
        ),
        message="`activation_cache` never gets a value. `sigmoid` and `relu` give two things, the "
        "activations and this cache: unpack both.",
    ),
    Misconception(
        name="linear-results-not-unpacked",
        edits=(
            (_SIGMOID_BRANCH, "Z = linear_forward(A_prev, W, b)\n        " + _SIGMOID_STEP),
            (_RELU_BRANCH, "Z = linear_forward(A_prev, W, b)\n        " + _RELU_STEP),
        ),
        message="Z is a tuple. `linear_forward` gives two things, Z and the linear cache, and both "
        "need a name on the left.",
    ),
    Misconception(
        name="activation-cache-holds-A",
        edits=(("cache = (linear_cache, activation_cache)", "cache = (linear_cache, A)"),),
        message="A is right, but the second part of the cache holds A. The backward step of the "
        "activation needs Z, from before the activation.",
    ),
    Misconception(
        name="linear-cache-twice",
        edits=(
            ("cache = (linear_cache, activation_cache)", "cache = (linear_cache, linear_cache)"),
        ),
        message="A is right, but the cache holds the linear cache twice. Its second part is the "
        "cache of the activation.",
    ),
    Misconception(
        name="caches-swapped",
        edits=(
            (
                "cache = (linear_cache, activation_cache)",
                "cache = (activation_cache, linear_cache)",
            ),
        ),
        message="A is right, but the two parts of the cache are swapped. The linear cache comes "
        "first.",
    ),
    Misconception(
        name="cache-flattened",
        edits=(
            (
                "cache = (linear_cache, activation_cache)",
                "cache = (*linear_cache, activation_cache)",
            ),
        ),
        message="A is right, but the cache is one flat tuple of four. It is a pair: the linear "
        "cache, which is a tuple itself, and the activation cache.",
    ),
    Misconception(
        name="tanh-instead-of-sigmoid",
        edits=((_SIGMOID_STEP, "A, activation_cache = np.tanh(Z), Z"),),
        message='The "sigmoid" branch uses tanh, which goes from -1 to 1. The sigmoid goes from '
        "0 to 1, and is ready for you to call.",
    ),
    Misconception(
        name="sigmoid-with-the-sign-lost",
        edits=((_SIGMOID_STEP, "A, activation_cache = 1 / (1 + np.exp(Z)), Z"),),
        message=(
            "This sigmoid falls where it should rise: it is that of -Z. A finished `sigmoid` "
            "has been imported for you."
        ),
    ),
    Misconception(
        name="leaky-relu",
        edits=((_RELU_STEP, "A, activation_cache = np.maximum(0.01 * Z, Z), Z"),),
        message='The "relu" branch lets a little of the negative values through: that is the '
        "leaky ReLU. Here they become exactly zero.",
    ),
    Misconception(
        name="absolute-value-instead-of-relu",
        edits=((_RELU_STEP, "A, activation_cache = np.abs(Z), Z"),),
        message="Negative entries of Z became positive. ReLU turns them into zero.",
    ),
    Misconception(
        name="relu-keeps-the-negatives",
        edits=((_RELU_STEP, "A, activation_cache = np.minimum(0, Z), Z"),),
        message="This keeps the negative part of Z and drops the positive one. ReLU does it the "
        "other way round.",
    ),
    Misconception(
        name="relu-then-sigmoid",
        edits=((_SIGMOID_STEP, "A, activation_cache = sigmoid(relu(Z)[0])"),),
        message='In the "sigmoid" branch a ReLU comes before the sigmoid. A layer has one '
        "activation only.",
    ),
    Misconception(
        name="sigmoid-applied-twice",
        edits=((_SIGMOID_STEP, "A, activation_cache = sigmoid(sigmoid(Z)[0])"),),
        message="The sigmoid was applied twice. Once is enough: it takes Z.",
    ),
    Misconception(
        name="bias-forgotten",
        edits=(
            (
                _SIGMOID_BRANCH,
                "Z, linear_cache = np.dot(W, A_prev), (A_prev, W, b)\n        " + _SIGMOID_STEP,
            ),
            (
                _RELU_BRANCH,
                "Z, linear_cache = np.dot(W, A_prev), (A_prev, W, b)\n        " + _RELU_STEP,
            ),
        ),
        message="The bias is missing in the linear part. The function of the last exercise does "
        "the whole linear part for you.",
    ),
    Misconception(
        name="only-A-returned",
        edits=(("return A, cache", "return A"),),
        message="The function returns A alone. The caller unpacks two values: A and the cache.",
    ),
)

LINEAR_ACTIVATION_FORWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="linear-part-written-out",
        edits=(
            (
                _SIGMOID_BRANCH,
                "Z = W @ A_prev + b\n        linear_cache = (A_prev, W, b)\n        "
                + _SIGMOID_STEP,
            ),
            (
                _RELU_BRANCH,
                "Z = np.matmul(W, A_prev) + b\n        linear_cache = (A_prev, W, b)\n        "
                + _RELU_STEP,
            ),
        ),
    ),
    CorrectVariant(
        name="linear-part-before-the-branches",
        code="""
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)
""",
    ),
    CorrectVariant(
        name="activations-written-out",
        edits=(
            (_SIGMOID_STEP, "A, activation_cache = 1.0 / (1.0 + np.exp(-Z)), Z"),
            (_RELU_STEP, "A, activation_cache = np.maximum(Z, 0), Z"),
        ),
    ),
    CorrectVariant(
        name="relu-by-mask",
        edits=((_RELU_STEP, "A, activation_cache = Z * (Z > 0), Z"),),
    ),
    CorrectVariant(
        name="relu-by-where",
        edits=((_RELU_STEP, "A, activation_cache = np.where(Z >= 0, Z, 0.0), Z.copy()"),),
    ),
    CorrectVariant(
        name="dispatch-table",
        code="""
def linear_activation_forward(previous, weights, bias, name):
    functions = {"sigmoid": sigmoid, "relu": relu}
    Z, first = linear_forward(previous, weights, bias)
    A, second = functions[name](Z)
    print(name, A.shape)
    return A, (first, second)
""",
    ),
    CorrectVariant(
        name="tuples-unpacked-later",
        edits=(
            (
                _SIGMOID_STEP,
                "result = sigmoid(Z)\n        A = result[0]\n        activation_cache = Z",
            ),
        ),
    ),
    CorrectVariant(
        name="cache-as-list",
        edits=(
            (
                "cache = (linear_cache, activation_cache)",
                "cache = [linear_cache, activation_cache]",
            ),
        ),
    ),
    CorrectVariant(
        name="single-precision",
        edits=(("return A, cache", "return A.astype(np.float32), cache"),),
    ),
    CorrectVariant(
        name="one-branch-for-relu-without-condition",
        edits=(('elif activation == "relu":', "else:"),),
    ),
)
