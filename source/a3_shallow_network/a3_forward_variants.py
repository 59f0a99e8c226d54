"""Wrong and right ways to write ``forward_propagation`` and ``predict``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_Z1 = "Z1 = np.dot(W1, X) + b1"
_A1 = "A1 = np.tanh(Z1)"
_Z2 = "Z2 = np.dot(W2, A1) + b2"
_A2 = "A2 = sigmoid(Z2)"
_CACHE = 'cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}'
_ACTIVATIONS = "a3_shallow_network#activations"
_NOTATION = "a3_shallow_network#network"

FORWARD_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="sigmoid-in-the-hidden-layer",
        edits=((_A1, "A1 = sigmoid(Z1)"),),
        message="The hidden layer uses the sigmoid. In this network it uses tanh; only the output "
        "unit uses the sigmoid.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="tanh-in-the-output-layer",
        edits=((_A2, "A2 = np.tanh(Z2)"),),
        message="The output uses tanh, so it can be negative. A probability needs the activation "
        "function that stays between 0 and 1.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="activations-swapped",
        edits=((_A1, "A1 = sigmoid(Z1)"), (_A2, "A2 = np.tanh(Z2)")),
        message="The two activation functions are swapped: tanh belongs to the hidden layer and "
        "the sigmoid to the output.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="relu-in-the-hidden-layer",
        edits=((_A1, "A1 = np.maximum(0, Z1)"),),
        message="The hidden layer uses ReLU. That would be a good network too, but here tanh is "
        "asked for.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="no-activation-in-the-hidden-layer",
        edits=((_A1, "A1 = Z1"),),
        message="The hidden layer has no activation function: A1 is Z1 itself. Then two layers can "
        "do no more than one.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="no-activation-in-the-output-layer",
        edits=((_A2, "A2 = Z2"),),
        message="The output has no activation function: A2 is Z2 itself. A probability needs the "
        "function that stays between 0 and 1.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="tan-for-tanh",
        edits=((_A1, "A1 = np.tan(Z1)"),),
        message="`np.tan` is the tangent of an angle. The hyperbolic tangent has one more letter.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="arctan-for-tanh",
        edits=((_A1, "A1 = np.arctan(Z1)"),),
        message="`np.arctan` looks similar, but it goes up to 1.57. The hyperbolic tangent stays "
        "between -1 and 1.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="inverse-tanh",
        edits=((_A1, "A1 = np.arctanh(Z1)"),),
        message="`np.arctanh` is the inverse of tanh, and has no value outside the range from -1 "
        "to 1.",
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="output-fed-with-Z1",
        edits=((_Z2, "Z2 = np.dot(W2, Z1) + b2"),),
        message="The output layer is fed with Z1. It takes what the hidden layer gives after its "
        "activation function.",
    ),
    Misconception(
        name="output-fed-with-X",
        edits=((_Z2, "Z2 = np.dot(W2, X) + b2"),),
        message="The output layer is fed with X. It takes what the hidden layer gives.",
    ),
    Misconception(
        name="parameters-of-the-hidden-layer-twice",
        edits=((_Z2, "Z2 = np.dot(W1, A1) + b1"),),
        message="The output layer uses the parameters of the hidden layer. Each layer has its own.",
    ),
    Misconception(
        name="weights-of-the-layers-swapped",
        edits=((_Z1, "Z1 = np.dot(W2, X) + b2"), (_Z2, "Z2 = np.dot(W1, A1) + b1")),
        message="The parameters of the two layers are swapped. The hidden layer comes first, and "
        "has number 1.",
    ),
    Misconception(
        name="wrong-bias-in-the-output-layer",
        edits=((_Z2, "Z2 = np.dot(W2, A1) + b1"),),
        message="The output layer adds the bias of the hidden layer. Each layer has its own.",
    ),
    Misconception(
        name="wrong-bias-in-the-hidden-layer",
        edits=((_Z1, "Z1 = np.dot(W1, X) + b2"),),
        message="The hidden layer adds the bias of the output layer. Each layer has its own.",
    ),
    Misconception(
        name="hidden-bias-forgotten",
        edits=((_Z1, "Z1 = np.dot(W1, X)"),),
        message="The bias of the hidden layer is missing.",
    ),
    Misconception(
        name="output-bias-forgotten",
        edits=((_Z2, "Z2 = np.dot(W2, A1)"),),
        message="The bias of the output layer is missing.",
    ),
    Misconception(
        name="both-biases-forgotten",
        edits=((_Z1, "Z1 = np.dot(W1, X)"), (_Z2, "Z2 = np.dot(W2, A1)")),
        message="The biases are missing in both layers.",
    ),
    Misconception(
        name="biases-subtracted",
        edits=((_Z1, "Z1 = np.dot(W1, X) - b1"), (_Z2, "Z2 = np.dot(W2, A1) - b2")),
        message="The biases are subtracted. They should be added.",
    ),
    Misconception(
        name="product-entry-by-entry",
        edits=((_Z1, "Z1 = W1 * X + b1"), (_Z2, "Z2 = W2 * A1 + b2")),
        message="`*` multiplies entry by entry. Each unit needs a weighted sum over all its "
        "inputs: that is the matrix product.",
        lesson=_NOTATION,
    ),
    Misconception(
        name="factors-in-the-wrong-order",
        edits=((_Z1, "Z1 = np.dot(X, W1) + b1"), (_Z2, "Z2 = np.dot(A1, W2) + b2")),
        message="The factors of the matrix product are in the wrong order. Write the shapes below "
        "them: the inner sizes have to meet.",
        lesson=_NOTATION,
    ),
    Misconception(
        name="hidden-weights-transposed",
        edits=((_Z1, "Z1 = np.dot(W1.T, X) + b1"),),
        message="W1 is transposed. Its rows are the hidden units already, so it fits X as it is.",
        lesson=_NOTATION,
    ),
    Misconception(
        name="output-weights-transposed",
        edits=((_Z2, "Z2 = np.dot(W2.T, A1) + b2"),),
        message="W2 is transposed. Its rows are the output units already, so it fits A1 as it is.",
        lesson=_NOTATION,
    ),
    Misconception(
        name="examples-as-rows",
        edits=((_Z1, "Z1 = np.dot(X.T, W1.T) + b1.T"), (_Z2, "Z2 = np.dot(A1, W2.T) + b2.T")),
        message="The results have one row for each example. In this course an example is a column, "
        "so the matrices come out transposed.",
        lesson=_NOTATION,
    ),
    Misconception(
        name="sigmoid-of-the-hidden-activations",
        edits=((_A2, "A2 = sigmoid(A1)"),),
        message="The sigmoid is applied to the hidden layer's activations. The output is computed "
        "from its own weighted sum, Z2.",
    ),
    Misconception(
        name="sigmoid-with-the-wrong-sign",
        edits=((_A2, "A2 = 1 / (1 + np.exp(Z2))"),),
        message=(
            "The probability falls where it should rise: this is the sigmoid of -Z2. Look at "
            "the signs."
        ),
        lesson=_ACTIVATIONS,
    ),
    Misconception(
        name="output-rounded",
        edits=((_A2, "A2 = np.round(sigmoid(Z2))"),),
        message="The probabilities are rounded to 0 and 1. That comes later, in `predict`; the "
        "cost and the gradient need the probabilities themselves.",
    ),
    Misconception(
        name="only-A2-returned",
        edits=(("return A2, cache", "return A2"),),
        message="Only A2 is returned. The cache is needed on the way back: return both.",
    ),
    Misconception(
        name="results-swapped",
        edits=(("return A2, cache", "return cache, A2"),),
        message="The two results are swapped: the probabilities come first, then the cache.",
    ),
    Misconception(
        name="cache-as-a-tuple",
        edits=((_CACHE, "cache = (Z1, A1, Z2, A2)"),),
        message="The cache is a tuple. It should be a dictionary with the keys Z1, A1, Z2 and A2, "
        "as the given line makes it.",
    ),
    Misconception(
        name="output-of-the-hidden-sum",
        edits=((_A2, "A2 = sigmoid(Z1)"),),
        message="The output is computed from Z1, the sum of the hidden layer. The output layer "
        "has a sum of its own.",
    ),
)

FORWARD_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="matmul-operator", edits=((_Z1, "Z1 = W1 @ X + b1"), (_Z2, "Z2 = W2 @ A1 + b2"))
    ),
    CorrectVariant(
        name="np-matmul-and-add",
        edits=(
            (_Z1, "Z1 = np.add(np.matmul(W1, X), b1)"),
            (_Z2, "Z2 = b2 + np.matmul(W2, A1)"),
        ),
    ),
    CorrectVariant(
        name="dot-method", edits=((_Z1, "Z1 = W1.dot(X) + b1"), (_Z2, "Z2 = W2.dot(A1) + b2"))
    ),
    CorrectVariant(name="einsum", edits=((_Z1, 'Z1 = np.einsum("hx,xm->hm", W1, X) + b1'),)),
    CorrectVariant(name="transposed-twice", edits=((_Z1, "Z1 = np.dot(X.T, W1.T).T + b1"),)),
    CorrectVariant(name="sigmoid-written-out", edits=((_A2, "A2 = 1 / (1 + np.exp(-Z2))"),)),
    CorrectVariant(
        name="tanh-written-out",
        edits=((_A1, "A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))"),),
    ),
    CorrectVariant(name="tanh-as-a-sigmoid", edits=((_A1, "A1 = 2 * sigmoid(2 * Z1) - 1"),)),
    CorrectVariant(name="more-in-the-cache", edits=((_CACHE, _CACHE[:-1] + ', "X": X}'),)),
    CorrectVariant(
        name="single-precision-on-the-way", edits=((_A1, "A1 = np.tanh(Z1.astype(np.float32))"),)
    ),
    CorrectVariant(
        name="loop-over-the-examples",
        code="""
def forward_propagation(data, p):
    columns = {"Z1": [], "A1": [], "Z2": [], "A2": []}
    for i in range(data.shape[1]):
        x = data[:, i : i + 1]
        z1 = p["W1"] @ x + p["b1"]
        a1 = np.tanh(z1)
        z2 = p["W2"] @ a1 + p["b2"]
        a2 = 1 / (1 + np.exp(-z2))
        for name, column in zip(columns, (z1, a1, z2, a2)):
            columns[name].append(column)
    cache = {name: np.concatenate(parts, axis=1) for name, parts in columns.items()}
    return cache["A2"], cache
""",
    ),
    CorrectVariant(
        name="helper-function",
        code="""
def layer(A, W, b, g):
    Z = np.dot(W, A) + b
    return Z, g(Z)

def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Z1, A1 = layer(X, W1, b1, np.tanh)
    Z2, A2 = layer(A1, W2, b2, sigmoid)
    print(A2.shape)
    return (A2, dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2))
""",
    ),
)

_FORWARD = "A2, cache = forward_propagation(X, parameters)"
_PREDICTIONS = "predictions = A2 > 0.5"

PREDICT_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="one-half-counts-as-one",
        edits=((_PREDICTIONS, "predictions = A2 >= 0.5"),),
        message="A probability of exactly 0.5 becomes label 1. Label 1 is for probabilities "
        "*greater* than 0.5.",
    ),
    Misconception(
        name="probabilities-returned",
        edits=((_PREDICTIONS, "predictions = A2"),),
        message="These are the probabilities. A prediction is one of the two labels: compare the "
        "probability with one half.",
    ),
    Misconception(
        name="labels-turned-round",
        edits=((_PREDICTIONS, "predictions = A2 < 0.5"),),
        message="The labels are the wrong way round: a high probability becomes label 0.",
    ),
    Misconception(
        name="always-one",
        edits=((_PREDICTIONS, "predictions = A2 > 0"),),
        message="Every example gets label 1. Every probability is greater than 0, and rounded up "
        "it is 1: compare it with one half.",
    ),
    Misconception(
        name="weighted-sum-compared",
        edits=((_PREDICTIONS, 'predictions = cache["Z2"] > 0.5'),),
        message=(
            "The line is drawn where Z2 is one half, or near it. It is the probability, A2, "
            "that is compared with one half."
        ),
    ),
    Misconception(
        name="hidden-units-compared",
        edits=((_PREDICTIONS, 'predictions = cache["A1"] > 0.5'),),
        message="The activations of the hidden units are compared. The prediction is made from the "
        "output, A2.",
    ),
    Misconception(
        name="always-zero",
        edits=((_PREDICTIONS, "predictions = A2.astype(int)"),),
        message="Every example gets label 0. A probability never quite reaches 1, so cutting off "
        "its decimals leaves 0; and `argmax` of a single output is always 0. Compare the "
        "probability with one half.",
    ),
    Misconception(
        name="minus-one-and-one",
        edits=((_PREDICTIONS, "predictions = np.where(A2 > 0.5, 1, -1)"),),
        message="The labels are -1 and 1. In this course they are 0 and 1.",
    ),
    Misconception(
        name="flat-predictions",
        edits=((_PREDICTIONS, "predictions = np.squeeze(A2 > 0.5)"),),
        message="The predictions have lost a dimension. They should have the shape of the labels, "
        "(1, m).",
    ),
    Misconception(
        name="predictions-turned-round",
        edits=((_PREDICTIONS, "predictions = (A2 > 0.5).T"),),
        message="The predictions are a column. They should have the shape of the labels, (1, m).",
    ),
    Misconception(
        name="one-answer-for-all",
        edits=((_PREDICTIONS, "predictions = np.mean(A2) > 0.5"),),
        message="There is one answer for all examples together. Each example gets its own.",
    ),
    Misconception(
        name="share-of-ones",
        edits=((_PREDICTIONS, "predictions = np.mean(A2 > 0.5)"),),
        message="This is the share of the predictions that are 1. The predictions themselves are "
        "asked for.",
    ),
    Misconception(
        name="results-not-unpacked",
        edits=((_FORWARD, "A2 = forward_propagation(X, parameters)"),),
        message="`forward_propagation` returns two things, the probabilities and the cache. Give "
        "each of them a name.",
    ),
    Misconception(
        name="results-in-the-wrong-order",
        edits=((_FORWARD, "cache, A2 = forward_propagation(X, parameters)"),),
        message="The two results of `forward_propagation` got each other's names: the "
        "probabilities come first.",
    ),
    Misconception(
        name="arguments-swapped",
        edits=((_FORWARD, "A2, cache = forward_propagation(parameters, X)"),),
        message="`forward_propagation` takes the input first and the parameters second.",
    ),
)

PREDICT_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="rounded", edits=((_PREDICTIONS, "predictions = np.round(A2)"),)),
    CorrectVariant(
        name="np-where", edits=((_PREDICTIONS, "predictions = np.where(A2 > 0.5, 1, 0)"),)
    ),
    CorrectVariant(
        name="whole-numbers", edits=((_PREDICTIONS, "predictions = (A2 > 0.5).astype(int)"),)
    ),
    CorrectVariant(name="times-one", edits=((_PREDICTIONS, "predictions = 1.0 * (A2 > 0.5)"),)),
    CorrectVariant(name="np-greater", edits=((_PREDICTIONS, "predictions = np.greater(A2, 0.5)"),)),
    CorrectVariant(
        name="sign-of-the-weighted-sum", edits=((_PREDICTIONS, 'predictions = cache["Z2"] > 0'),)
    ),
    CorrectVariant(name="other-side", edits=((_PREDICTIONS, "predictions = ~(A2 <= 0.5)"),)),
    CorrectVariant(
        name="comprehension",
        edits=((_PREDICTIONS, "predictions = np.array([[1 if a > 0.5 else 0 for a in A2[0]]])"),),
    ),
    CorrectVariant(
        name="cache-ignored",
        edits=(
            (_FORWARD, "probabilities, _ = forward_propagation(X, parameters)"),
            (_PREDICTIONS, "predictions = probabilities > 0.5"),
        ),
    ),
    CorrectVariant(
        name="loop",
        code="""
def predict(p, data):
    probabilities = forward_propagation(data, p)[0]
    answers = np.zeros((1, data.shape[1]))
    for i in range(data.shape[1]):
        if probabilities[0, i] > 0.5:
            answers[0, i] = 1
    return answers
""",
    ),
    CorrectVariant(
        name="own-forward-pass",
        code="""
def predict(parameters, X):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    return np.vectorize(lambda a: int(a > 0.5))(A2)
""",
    ),
)
