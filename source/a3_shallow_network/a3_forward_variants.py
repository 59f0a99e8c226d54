"""Wrong and right ways to write ``forward_propagation`` and ``predict``."""

_Z1 = "Z1 = np.dot(W1, X) + b1"
_A1 = "A1 = np.tanh(Z1)"
_Z2 = "Z2 = np.dot(W2, A1) + b2"
_A2 = "A2 = sigmoid(Z2)"
_CACHE = 'cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}'
_ACTIVATIONS = "a3_shallow_network#activations"
_NOTATION = "a3_shallow_network#network"

FORWARD_MISCONCEPTIONS = {
    "sigmoid-in-the-hidden-layer": (
        {_A1: "A1 = sigmoid(Z1)"},
        "The hidden layer uses the sigmoid. In this network it uses tanh; only the output unit "
        "uses the sigmoid.",
        _ACTIVATIONS,
    ),
    "tanh-in-the-output-layer": (
        {_A2: "A2 = np.tanh(Z2)"},
        "The output uses tanh, so it can be negative. A probability needs the activation function "
        "that stays between 0 and 1.",
        _ACTIVATIONS,
    ),
    "activations-swapped": (
        {_A1: "A1 = sigmoid(Z1)", _A2: "A2 = np.tanh(Z2)"},
        "The two activation functions are swapped: tanh belongs to the hidden layer and the "
        "sigmoid to the output.",
        _ACTIVATIONS,
    ),
    "relu-in-the-hidden-layer": (
        {_A1: "A1 = np.maximum(0, Z1)"},
        "The hidden layer uses ReLU. That would be a good network too, but here tanh is asked for.",
        _ACTIVATIONS,
    ),
    "no-activation-in-the-hidden-layer": (
        {_A1: "A1 = Z1"},
        "The hidden layer has no activation function: A1 is Z1 itself. Then two layers can do no "
        "more than one.",
        _ACTIVATIONS,
    ),
    "no-activation-in-the-output-layer": (
        {_A2: "A2 = Z2"},
        "The output has no activation function: A2 is Z2 itself. A probability needs the function "
        "that stays between 0 and 1.",
        _ACTIVATIONS,
    ),
    "tan-for-tanh": (
        {_A1: "A1 = np.tan(Z1)"},
        "`np.tan` is the tangent of an angle. The hyperbolic tangent has one more letter.",
        _ACTIVATIONS,
    ),
    "arctan-for-tanh": (
        {_A1: "A1 = np.arctan(Z1)"},
        "`np.arctan` looks similar, but it goes up to 1.57. The hyperbolic tangent stays between "
        "-1 and 1.",
        _ACTIVATIONS,
    ),
    "inverse-tanh": (
        {_A1: "A1 = np.arctanh(Z1)"},
        "`np.arctanh` is the inverse of tanh, and has no value outside the range from -1 to 1.",
        _ACTIVATIONS,
    ),
    "output-fed-with-Z1": (
        {_Z2: "Z2 = np.dot(W2, Z1) + b2"},
        "The output layer is fed with Z1. It takes what the hidden layer gives after its "
        "activation function.",
    ),
    "output-fed-with-X": (
        {_Z2: "Z2 = np.dot(W2, X) + b2"},
        "The output layer is fed with X. It takes what the hidden layer gives.",
    ),
    "parameters-of-the-hidden-layer-twice": (
        {_Z2: "Z2 = np.dot(W1, A1) + b1"},
        "The output layer uses the parameters of the hidden layer. Each layer has its own.",
    ),
    "weights-of-the-layers-swapped": (
        {_Z1: "Z1 = np.dot(W2, X) + b2", _Z2: "Z2 = np.dot(W1, A1) + b1"},
        "The parameters of the two layers are swapped. The hidden layer comes first, and has "
        "number 1.",
    ),
    "wrong-bias-in-the-output-layer": (
        {_Z2: "Z2 = np.dot(W2, A1) + b1"},
        "The output layer adds the bias of the hidden layer. Each layer has its own.",
    ),
    "wrong-bias-in-the-hidden-layer": (
        {_Z1: "Z1 = np.dot(W1, X) + b2"},
        "The hidden layer adds the bias of the output layer. Each layer has its own.",
    ),
    "hidden-bias-forgotten": (
        {_Z1: "Z1 = np.dot(W1, X)"},
        "The bias of the hidden layer is missing.",
    ),
    "output-bias-forgotten": (
        {_Z2: "Z2 = np.dot(W2, A1)"},
        "The bias of the output layer is missing.",
    ),
    "both-biases-forgotten": (
        {_Z1: "Z1 = np.dot(W1, X)", _Z2: "Z2 = np.dot(W2, A1)"},
        "The biases are missing in both layers.",
    ),
    "biases-subtracted": (
        {_Z1: "Z1 = np.dot(W1, X) - b1", _Z2: "Z2 = np.dot(W2, A1) - b2"},
        "The biases are subtracted. They should be added.",
    ),
    "product-entry-by-entry": (
        {_Z1: "Z1 = W1 * X + b1", _Z2: "Z2 = W2 * A1 + b2"},
        "`*` multiplies entry by entry. Each unit needs a weighted sum over all its inputs: that "
        "is the matrix product.",
        _NOTATION,
    ),
    "factors-in-the-wrong-order": (
        {_Z1: "Z1 = np.dot(X, W1) + b1", _Z2: "Z2 = np.dot(A1, W2) + b2"},
        "The factors of the matrix product are in the wrong order. Write the shapes below them: "
        "the inner sizes have to meet.",
        _NOTATION,
    ),
    "hidden-weights-transposed": (
        {_Z1: "Z1 = np.dot(W1.T, X) + b1"},
        "W1 is transposed. Its rows are the hidden units already, so it fits X as it is.",
        _NOTATION,
    ),
    "output-weights-transposed": (
        {_Z2: "Z2 = np.dot(W2.T, A1) + b2"},
        "W2 is transposed. Its rows are the output units already, so it fits A1 as it is.",
        _NOTATION,
    ),
    "examples-as-rows": (
        {_Z1: "Z1 = np.dot(X.T, W1.T) + b1.T", _Z2: "Z2 = np.dot(A1, W2.T) + b2.T"},
        "The results have one row for each example. In this course an example is a column, so the "
        "matrices come out transposed.",
        _NOTATION,
    ),
    "sigmoid-of-the-hidden-activations": (
        {_A2: "A2 = sigmoid(A1)"},
        "The sigmoid is applied to the hidden layer's activations. The output is computed from "
        "its own weighted sum, Z2.",
    ),
    "sigmoid-with-the-wrong-sign": (
        {_A2: "A2 = 1 / (1 + np.exp(Z2))"},
        "The probability falls where it should rise: this is the sigmoid of -Z2. Look at the "
        "signs.",
        _ACTIVATIONS,
    ),
    "output-rounded": (
        {_A2: "A2 = np.round(sigmoid(Z2))"},
        "The probabilities are rounded to 0 and 1. That comes later, in `predict`; the cost and "
        "the gradient need the probabilities themselves.",
    ),
    "only-A2-returned": (
        {"return A2, cache": "return A2"},
        "Only A2 is returned. The cache is needed on the way back: return both.",
    ),
    "results-swapped": (
        {"return A2, cache": "return cache, A2"},
        "The two results are swapped: the probabilities come first, then the cache.",
    ),
    "cache-as-a-tuple": (
        {_CACHE: "cache = (Z1, A1, Z2, A2)"},
        "The cache is a tuple. It should be a dictionary with the keys Z1, A1, Z2 and A2, as the "
        "given line makes it.",
    ),
    "output-of-the-hidden-sum": (
        {_A2: "A2 = sigmoid(Z1)"},
        "The output is computed from Z1, the sum of the hidden layer. The output layer has a sum "
        "of its own.",
    ),
}

FORWARD_CORRECT = {
    "matmul-operator": {_Z1: "Z1 = W1 @ X + b1", _Z2: "Z2 = W2 @ A1 + b2"},
    "np-matmul-and-add": {
        _Z1: "Z1 = np.add(np.matmul(W1, X), b1)",
        _Z2: "Z2 = b2 + np.matmul(W2, A1)",
    },
    "dot-method": {_Z1: "Z1 = W1.dot(X) + b1", _Z2: "Z2 = W2.dot(A1) + b2"},
    "einsum": {_Z1: 'Z1 = np.einsum("hx,xm->hm", W1, X) + b1'},
    "transposed-twice": {_Z1: "Z1 = np.dot(X.T, W1.T).T + b1"},
    "sigmoid-written-out": {_A2: "A2 = 1 / (1 + np.exp(-Z2))"},
    "tanh-written-out": {_A1: "A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))"},
    "tanh-as-a-sigmoid": {_A1: "A1 = 2 * sigmoid(2 * Z1) - 1"},
    "more-in-the-cache": {_CACHE: _CACHE[:-1] + ', "X": X}'},
    "single-precision-on-the-way": {_A1: "A1 = np.tanh(Z1.astype(np.float32))"},
    "loop-over-the-examples": """
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
    "helper-function": """
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
}

_FORWARD = "A2, cache = forward_propagation(X, parameters)"
_PREDICTIONS = "predictions = A2 > 0.5"

PREDICT_MISCONCEPTIONS = {
    "one-half-counts-as-one": (
        {_PREDICTIONS: "predictions = A2 >= 0.5"},
        "A probability of exactly 0.5 becomes label 1. Label 1 is for probabilities *greater* "
        "than 0.5.",
    ),
    "probabilities-returned": (
        {_PREDICTIONS: "predictions = A2"},
        "These are the probabilities. A prediction is one of the two labels: compare the "
        "probability with one half.",
    ),
    "labels-turned-round": (
        {_PREDICTIONS: "predictions = A2 < 0.5"},
        "The labels are the wrong way round: a high probability becomes label 0.",
    ),
    "always-one": (
        {_PREDICTIONS: "predictions = A2 > 0"},
        "Every example gets label 1. Every probability is greater than 0, and rounded up it is 1: "
        "compare it with one half.",
    ),
    "weighted-sum-compared": (
        {_PREDICTIONS: 'predictions = cache["Z2"] > 0.5'},
        "The line is drawn where Z2 is one half, or near it. It is the probability, A2, that is "
        "compared with one half.",
    ),
    "hidden-units-compared": (
        {_PREDICTIONS: 'predictions = cache["A1"] > 0.5'},
        "The activations of the hidden units are compared. The prediction is made from the "
        "output, A2.",
    ),
    "always-zero": (
        {_PREDICTIONS: "predictions = A2.astype(int)"},
        "Every example gets label 0. A probability never quite reaches 1, so cutting off its "
        "decimals leaves 0; and `argmax` of a single output is always 0. Compare the probability "
        "with one half.",
    ),
    "minus-one-and-one": (
        {_PREDICTIONS: "predictions = np.where(A2 > 0.5, 1, -1)"},
        "The labels are -1 and 1. In this course they are 0 and 1.",
    ),
    "flat-predictions": (
        {_PREDICTIONS: "predictions = np.squeeze(A2 > 0.5)"},
        "The predictions have lost a dimension. They should have the shape of the labels, (1, m).",
    ),
    "predictions-turned-round": (
        {_PREDICTIONS: "predictions = (A2 > 0.5).T"},
        "The predictions are a column. They should have the shape of the labels, (1, m).",
    ),
    "one-answer-for-all": (
        {_PREDICTIONS: "predictions = np.mean(A2) > 0.5"},
        "There is one answer for all examples together. Each example gets its own.",
    ),
    "share-of-ones": (
        {_PREDICTIONS: "predictions = np.mean(A2 > 0.5)"},
        "This is the share of the predictions that are 1. The predictions themselves are asked "
        "for.",
    ),
    "results-not-unpacked": (
        {_FORWARD: "A2 = forward_propagation(X, parameters)"},
        "`forward_propagation` returns two things, the probabilities and the cache. Give each of "
        "them a name.",
    ),
    "results-in-the-wrong-order": (
        {_FORWARD: "cache, A2 = forward_propagation(X, parameters)"},
        "The two results of `forward_propagation` got each other's names: the probabilities come "
        "first.",
    ),
    "arguments-swapped": (
        {_FORWARD: "A2, cache = forward_propagation(parameters, X)"},
        "`forward_propagation` takes the input first and the parameters second.",
    ),
}

PREDICT_CORRECT = {
    "rounded": {_PREDICTIONS: "predictions = np.round(A2)"},
    "np-where": {_PREDICTIONS: "predictions = np.where(A2 > 0.5, 1, 0)"},
    "whole-numbers": {_PREDICTIONS: "predictions = (A2 > 0.5).astype(int)"},
    "times-one": {_PREDICTIONS: "predictions = 1.0 * (A2 > 0.5)"},
    "np-greater": {_PREDICTIONS: "predictions = np.greater(A2, 0.5)"},
    "sign-of-the-weighted-sum": {_PREDICTIONS: 'predictions = cache["Z2"] > 0'},
    "other-side": {_PREDICTIONS: "predictions = ~(A2 <= 0.5)"},
    "comprehension": {
        _PREDICTIONS: "predictions = np.array([[1 if a > 0.5 else 0 for a in A2[0]]])"
    },
    "cache-ignored": {
        _FORWARD: "probabilities, _ = forward_propagation(X, parameters)",
        _PREDICTIONS: "predictions = probabilities > 0.5",
    },
    "loop": """
def predict(p, data):
    probabilities = forward_propagation(data, p)[0]
    answers = np.zeros((1, data.shape[1]))
    for i in range(data.shape[1]):
        if probabilities[0, i] > 0.5:
            answers[0, i] = 1
    return answers
""",
    "own-forward-pass": """
def predict(parameters, X):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    return np.vectorize(lambda a: int(a > 0.5))(A2)
""",
}
