"""Wrong and right ways to write the cost with L2 regularisation."""

_SQUARES = "squares = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))"
_PENALTY = "L2_regularization_cost = lambd / (2 * m) * squares"
_COST = "cost = cross_entropy_cost + L2_regularization_cost"
_ALL = "np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))"

COST_MISCONCEPTIONS = {
    "not-divided-by-m": (
        {_PENALTY: "L2_regularization_cost = lambd / 2 * squares"},
        "The penalty counts m times too much: it is not divided by the number of examples, the "
        "columns of Y. The whole cost is a mean over them, and the penalty shares its 1/m.",
    ),
    "not-halved": (
        {_PENALTY: "L2_regularization_cost = lambd / m * squares"},
        "The penalty is twice as large as it should be. The factor of the gradient has no 2 in "
        "it, but that of the cost has.",
    ),
    "neither-halved-nor-divided": (
        {_PENALTY: "L2_regularization_cost = lambd * squares"},
        "The sum of squares is multiplied by lambd alone. Two more factors belong in front of it: "
        "one for the derivative, one for the number of examples.",
    ),
    "multiplied-by-m": (
        {_PENALTY: "L2_regularization_cost = lambd / 2 * m * squares"},
        "The penalty is multiplied by m where it should be divided. Python works from left to "
        "right: what is to be divided by two numbers needs parentheses around them, or two "
        "divisions.",
    ),
    "divided-by-m-twice": (
        {_PENALTY: "L2_regularization_cost = lambd / (2 * m * m) * squares"},
        "The penalty is divided by the number of examples twice.",
    ),
    "penalty-as-a-mean": (
        {
            _SQUARES: (
                "squares = np.mean(np.square(W1)) + np.mean(np.square(W2)) + np.mean(np.square(W3))"
            )
        },
        "The squares of each layer are averaged. They are added up: a network with more weights "
        "has more that can be large.",
    ),
    "factor-on-the-last-layer-only": (
        {
            _PENALTY: (
                "L2_regularization_cost = np.sum(np.square(W1)) + np.sum(np.square(W2)) + "
                "np.sum(np.square(W3)) * lambd / (2 * m)"
            )
        },
        "Only the last layer is multiplied by the factor. Multiplication binds more tightly than "
        "addition, so the sum needs parentheses.",
    ),
    "factor-on-the-first-layer-only": (
        {
            _PENALTY: (
                "L2_regularization_cost = lambd / (2 * m) * np.sum(np.square(W1)) + "
                "np.sum(np.square(W2)) + np.sum(np.square(W3))"
            )
        },
        "Only the first layer is multiplied by the factor. Multiplication binds more tightly than "
        "addition, so the sum needs parentheses.",
    ),
    "last-layer-forgotten": (
        {_SQUARES: "squares = np.sum(np.square(W1)) + np.sum(np.square(W2))"},
        "The weights of the output layer are missing. All layers are penalised.",
    ),
    "first-layer-forgotten": (
        {_SQUARES: "squares = np.sum(np.square(W2)) + np.sum(np.square(W3))"},
        "The weights of the first layer are missing. All layers are penalised.",
    ),
    "second-layer-forgotten": (
        {_SQUARES: "squares = np.sum(np.square(W1)) + np.sum(np.square(W3))"},
        "The weights of the second layer are missing. All layers are penalised.",
    ),
    "only-the-last-layer": (
        {_SQUARES: "squares = np.sum(np.square(W3))"},
        "Only the weights of the output layer are counted. All layers are penalised.",
    ),
    "second-layer-counted-twice": (
        {
            _SQUARES: (
                "squares = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W2))"
            )
        },
        "One layer is counted twice, and another not at all. Look at the numbers in the names.",
    ),
    "square-of-the-sum": (
        {
            _SQUARES: (
                "squares = np.square(np.sum(W1)) + np.square(np.sum(W2)) + np.square(np.sum(W3))"
            )
        },
        "The weights are added up before they are squared, so that positive and negative ones "
        "cancel. Each weight is squared by itself.",
    ),
    "not-squared": (
        {_SQUARES: "squares = np.sum(W1) + np.sum(W2) + np.sum(W3)"},
        "The weights are added up without being squared. Large negative weights would be rewarded.",
    ),
    "sizes-in-place-of-squares": (
        {_SQUARES: "squares = np.sum(np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3))"},
        "The sizes of the weights are added up. That is L1 regularisation; L2 takes their squares.",
    ),
    "length-in-place-of-its-square": (
        {_SQUARES: "squares = np.linalg.norm(W1) + np.linalg.norm(W2) + np.linalg.norm(W3)"},
        "The length of each matrix is taken. The penalty is the sum of the squares, without the "
        "root that a length has.",
    ),
    "spectral-norm": (
        {
            _SQUARES: (
                "squares = np.linalg.norm(W1, 2) ** 2 + np.linalg.norm(W2, 2) ** 2 + "
                "np.linalg.norm(W3, 2) ** 2"
            )
        },
        "With 2 as its second argument, `np.linalg.norm` gives another norm of a matrix, which is "
        "not made of the squares of all entries.",
    ),
    "doubled-in-place-of-squared": (
        {_SQUARES: "squares = np.sum(2 * W1) + np.sum(2 * W2) + np.sum(2 * W3)"},
        "The weights are doubled, not squared.",
    ),
    "biases-penalised": (
        {_SQUARES: "squares = sum(np.sum(np.square(value)) for value in parameters.values())"},
        "The biases are penalised, too. They only move a boundary and do not bend it, so they are "
        "left out.",
    ),
    "penalty-replaces-the-cost": (
        {_COST: "cost = L2_regularization_cost"},
        "The cost is the penalty alone. It is added to the cross-entropy, and does not replace it.",
    ),
    "penalty-left-out": (
        {_COST: "cost = cross_entropy_cost"},
        "The penalty has no part in the cost that is returned.",
    ),
    "penalty-subtracted": (
        {_PENALTY: "L2_regularization_cost = -lambd / (2 * m) * squares"},
        "The penalty is subtracted, so that large weights are rewarded.",
    ),
    "lambd-forgotten": (
        {_PENALTY: "L2_regularization_cost = squares / (2 * m)"},
        "The strength lambd has no influence on the penalty.",
    ),
    "lambd-squared": (
        {_PENALTY: "L2_regularization_cost = lambd ** 2 / (2 * m) * squares"},
        "The strength lambd is squared. Only the weights are.",
    ),
    "lambd-of-the-example": (
        {_PENALTY: "L2_regularization_cost = 0.1 / (2 * m) * squares"},
        "The strength is always 0.1, as in the example. It changes from call to call, so use the "
        "argument lambd.",
    ),
    "m-of-the-example": (
        {_PENALTY: "L2_regularization_cost = lambd / (2 * 4) * squares"},
        "The number of examples is taken to be 4, as in the example. It changes from call to "
        "call: m has been computed for you.",
    ),
    "divided-by-the-number-of-weights": (
        {
            _PENALTY: (
                "L2_regularization_cost = lambd / (2 * (W1.size + W2.size + W3.size)) * squares"
            )
        },
        "The sum is divided by the number of weights. It is divided by the number of examples, so "
        "that it counts less, the more examples there are.",
    ),
    "each-row-by-itself": (
        {_SQUARES: "squares = sum(np.sum(np.square(W), axis=1).max() for W in (W1, W2, W3))"},
        "Not all squares of a layer are added up. The sum runs over all rows and all columns of a "
        "matrix.",
    ),
    "matrix-product-with-itself": (
        {
            _SQUARES: (
                "squares = np.sum(np.dot(W1, W1.T)) + np.sum(np.dot(W2, W2.T)) + "
                "np.sum(np.dot(W3, W3.T))"
            )
        },
        "A matrix times its transpose also has the products of different rows in it. Each weight "
        "is multiplied only by itself.",
    ),
    "cross-entropy-added-twice": (
        {_PENALTY: "L2_regularization_cost = cross_entropy_cost + lambd / (2 * m) * squares"},
        "The cross-entropy is in the cost twice: the line below adds it to your part.",
    ),
}

COST_CORRECT = {
    "one-line-of-the-course": {
        _SQUARES: "",
        _PENALTY: f"L2_regularization_cost = (1 / m) * (lambd / 2) * ({_ALL})",
    },
    "two-divisions": {_PENALTY: "L2_regularization_cost = (squares) * lambd / 2 / m"},
    "powers": {_SQUARES: "squares = (W1**2).sum() + (W2**2).sum() + (W3**2).sum()"},
    "products-with-itself": {
        _SQUARES: "squares = np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3)"
    },
    "frobenius-norms": {
        _SQUARES: "squares = sum(np.linalg.norm(W, ord='fro') ** 2 for W in (W1, W2, W3))"
    },
    "norm-of-all": {
        _SQUARES: (
            "squares = np.linalg.norm(np.concatenate([W.ravel() for W in (W1, W2, W3)])) ** 2"
        )
    },
    "einsum": {_SQUARES: "squares = sum(np.einsum('ij,ij->', W, W) for W in (W1, W2, W3))"},
    "traces": {_SQUARES: "squares = sum(np.trace(W @ W.T) for W in (W1, W2, W3))"},
    "dot-of-flat-rows": {
        _SQUARES: "squares = sum(np.dot(W.flatten(), W.flatten()) for W in (W1, W2, W3))"
    },
    "loop-over-the-layers": {
        _SQUARES: (
            "squares = 0\n"
            "    for l in range(1, len(parameters) // 2 + 1):\n"
            "        squares += np.sum(np.square(parameters['W' + str(l)]))"
        )
    },
    "loops-over-all-weights": """
def compute_cost_with_regularization(A, labels, parameters, strength):
    total = 0.0
    for name in parameters:
        if name.startswith("W"):
            for row in parameters[name]:
                for weight in row:
                    total = total + float(weight) ** 2
    return compute_cost(A, labels) + strength * total / (2.0 * labels.shape[1])
""",
    "cross-entropy-written-out": """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = 1.0 / m * np.nansum(logprobs)
    for W in (parameters["W1"], parameters["W2"], parameters["W3"]):
        cost += lambd / (2 * m) * np.square(W).sum()
    return np.squeeze(cost)
""",
    "one-by-one-array": {_COST: "cost = np.array([[cross_entropy_cost + L2_regularization_cost]])"},
}
