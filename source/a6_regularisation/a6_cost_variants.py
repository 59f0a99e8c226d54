"""Wrong and right ways to write the cost with L2 regularisation."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_SQUARES = "squares = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))"
_PENALTY = "L2_regularization_cost = lambd / (2 * m) * squares"
_COST = "cost = cross_entropy_cost + L2_regularization_cost"
_ALL = "np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))"

COST_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="not-divided-by-m",
        edits=((_PENALTY, "L2_regularization_cost = lambd / 2 * squares"),),
        message="The penalty counts m times too much: it is not divided by the number of examples, "
        "the columns of Y. The whole cost is a mean over them, and the penalty shares its 1/m.",
    ),
    Misconception(
        name="not-halved",
        edits=((_PENALTY, "L2_regularization_cost = lambd / m * squares"),),
        message="The penalty is twice as large as it should be. The factor of the gradient has no "
        "2 in it, but that of the cost has.",
    ),
    Misconception(
        name="neither-halved-nor-divided",
        edits=((_PENALTY, "L2_regularization_cost = lambd * squares"),),
        message="The sum of squares is multiplied by lambd alone. Two more factors belong in front "
        "of it: one for the derivative, one for the number of examples.",
    ),
    Misconception(
        name="multiplied-by-m",
        edits=((_PENALTY, "L2_regularization_cost = lambd / 2 * m * squares"),),
        message="The penalty is multiplied by m where it should be divided. Python works from left "
        "to right: what is to be divided by two numbers needs parentheses around them, or two "
        "divisions.",
    ),
    Misconception(
        name="divided-by-m-twice",
        edits=((_PENALTY, "L2_regularization_cost = lambd / (2 * m * m) * squares"),),
        message="The penalty is divided by the number of examples twice.",
    ),
    Misconception(
        name="penalty-as-a-mean",
        edits=(
            (
                _SQUARES,
                "squares = np.mean(np.square(W1)) + np.mean(np.square(W2)) + "
                "np.mean(np.square(W3))",
            ),
        ),
        message="The squares of each layer are averaged. They are added up: a network with more "
        "weights has more that can be large.",
    ),
    Misconception(
        name="factor-on-the-last-layer-only",
        edits=(
            (
                _PENALTY,
                "L2_regularization_cost = np.sum(np.square(W1)) + np.sum(np.square(W2)) "
                "+ np.sum(np.square(W3)) * lambd / (2 * m)",
            ),
        ),
        message="Only the last layer is multiplied by the factor. Multiplication binds more "
        "tightly than addition, so the sum needs parentheses.",
    ),
    Misconception(
        name="factor-on-the-first-layer-only",
        edits=(
            (
                _PENALTY,
                "L2_regularization_cost = lambd / (2 * m) * np.sum(np.square(W1)) "
                "+ np.sum(np.square(W2)) + np.sum(np.square(W3))",
            ),
        ),
        message="Only the first layer is multiplied by the factor. Multiplication binds more "
        "tightly than addition, so the sum needs parentheses.",
    ),
    Misconception(
        name="last-layer-forgotten",
        edits=((_SQUARES, "squares = np.sum(np.square(W1)) + np.sum(np.square(W2))"),),
        message="The weights of the output layer are missing. All layers are penalised.",
    ),
    Misconception(
        name="first-layer-forgotten",
        edits=((_SQUARES, "squares = np.sum(np.square(W2)) + np.sum(np.square(W3))"),),
        message="The weights of the first layer are missing. All layers are penalised.",
    ),
    Misconception(
        name="second-layer-forgotten",
        edits=((_SQUARES, "squares = np.sum(np.square(W1)) + np.sum(np.square(W3))"),),
        message="The weights of the second layer are missing. All layers are penalised.",
    ),
    Misconception(
        name="only-the-last-layer",
        edits=((_SQUARES, "squares = np.sum(np.square(W3))"),),
        message="Only the weights of the output layer are counted. All layers are penalised.",
    ),
    Misconception(
        name="second-layer-counted-twice",
        edits=(
            (
                _SQUARES,
                "squares = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W2))",
            ),
        ),
        message="One layer is counted twice, and another not at all. Look at the numbers in the "
        "names.",
    ),
    Misconception(
        name="square-of-the-sum",
        edits=(
            (
                _SQUARES,
                "squares = np.square(np.sum(W1)) + np.square(np.sum(W2)) + np.square(np.sum(W3))",
            ),
        ),
        message="The weights are added up before they are squared, so that positive and negative "
        "ones cancel. Each weight is squared by itself.",
    ),
    Misconception(
        name="not-squared",
        edits=((_SQUARES, "squares = np.sum(W1) + np.sum(W2) + np.sum(W3)"),),
        message="The weights are added up without being squared. Large negative weights would be "
        "rewarded.",
    ),
    Misconception(
        name="sizes-in-place-of-squares",
        edits=(
            (_SQUARES, "squares = np.sum(np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3))"),
        ),
        message="The sizes of the weights are added up. That is L1 regularisation; L2 takes their "
        "squares.",
    ),
    Misconception(
        name="length-in-place-of-its-square",
        edits=(
            (
                _SQUARES,
                "squares = np.linalg.norm(W1) + np.linalg.norm(W2) + np.linalg.norm(W3)",
            ),
        ),
        message="The length of each matrix is taken. The penalty is the sum of the squares, "
        "without the root that a length has.",
    ),
    Misconception(
        name="spectral-norm",
        edits=(
            (
                _SQUARES,
                "squares = np.linalg.norm(W1, 2) ** 2 + np.linalg.norm(W2, 2) ** 2 "
                "+ np.linalg.norm(W3, 2) ** 2",
            ),
        ),
        message="With 2 as its second argument, `np.linalg.norm` gives another norm of a matrix, "
        "which is not made of the squares of all entries.",
    ),
    Misconception(
        name="doubled-in-place-of-squared",
        edits=((_SQUARES, "squares = np.sum(2 * W1) + np.sum(2 * W2) + np.sum(2 * W3)"),),
        message="The weights are doubled, not squared.",
    ),
    Misconception(
        name="biases-penalised",
        edits=(
            (
                _SQUARES,
                "squares = sum(np.sum(np.square(value)) for value in parameters.values())",
            ),
        ),
        message="The biases are penalised, too. They only move a boundary and do not bend it, so "
        "they are left out.",
    ),
    Misconception(
        name="penalty-replaces-the-cost",
        edits=((_COST, "cost = L2_regularization_cost"),),
        message="The cost is the penalty alone. It is added to the cross-entropy, and does not "
        "replace it.",
    ),
    Misconception(
        name="penalty-left-out",
        edits=((_COST, "cost = cross_entropy_cost"),),
        message="The penalty has no part in the cost that is returned.",
    ),
    Misconception(
        name="penalty-subtracted",
        edits=((_PENALTY, "L2_regularization_cost = -lambd / (2 * m) * squares"),),
        message="The penalty is subtracted, so that large weights are rewarded.",
    ),
    Misconception(
        name="lambd-forgotten",
        edits=((_PENALTY, "L2_regularization_cost = squares / (2 * m)"),),
        message="The strength lambd has no influence on the penalty.",
    ),
    Misconception(
        name="lambd-squared",
        edits=((_PENALTY, "L2_regularization_cost = lambd ** 2 / (2 * m) * squares"),),
        message="The strength lambd is squared. Only the weights are.",
    ),
    Misconception(
        name="lambd-of-the-example",
        edits=((_PENALTY, "L2_regularization_cost = 0.1 / (2 * m) * squares"),),
        message="The strength is always 0.1, as in the example. It changes from call to call, so "
        "use the argument lambd.",
    ),
    Misconception(
        name="m-of-the-example",
        edits=((_PENALTY, "L2_regularization_cost = lambd / (2 * 4) * squares"),),
        message="The number of examples is taken to be 4, as in the example. It changes from call "
        "to call: m has been computed for you.",
    ),
    Misconception(
        name="divided-by-the-number-of-weights",
        edits=(
            (
                _PENALTY,
                "L2_regularization_cost = lambd / (2 * (W1.size + W2.size + W3.size)) * squares",
            ),
        ),
        message="The sum is divided by the number of weights. It is divided by the number of "
        "examples, so that it counts less, the more examples there are.",
    ),
    Misconception(
        name="each-row-by-itself",
        edits=(
            (_SQUARES, "squares = sum(np.sum(np.square(W), axis=1).max() for W in (W1, W2, W3))"),
        ),
        message="Not all squares of a layer are added up. The sum runs over all rows and all "
        "columns of a matrix.",
    ),
    Misconception(
        name="matrix-product-with-itself",
        edits=(
            (
                _SQUARES,
                "squares = np.sum(np.dot(W1, W1.T)) + np.sum(np.dot(W2, W2.T)) "
                "+ np.sum(np.dot(W3, W3.T))",
            ),
        ),
        message="A matrix times its transpose also has the products of different rows in it. Each "
        "weight is multiplied only by itself.",
    ),
    Misconception(
        name="cross-entropy-added-twice",
        edits=(
            (_PENALTY, "L2_regularization_cost = cross_entropy_cost + lambd / (2 * m) * squares"),
        ),
        message="The cross-entropy is in the cost twice: the line below adds it to your part.",
    ),
)

COST_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="one-line-of-the-course",
        edits=(
            (_SQUARES, ""),
            (_PENALTY, f"L2_regularization_cost = (1 / m) * (lambd / 2) * ({_ALL})"),
        ),
    ),
    CorrectVariant(
        name="two-divisions",
        edits=((_PENALTY, "L2_regularization_cost = (squares) * lambd / 2 / m"),),
    ),
    CorrectVariant(
        name="powers",
        edits=((_SQUARES, "squares = (W1**2).sum() + (W2**2).sum() + (W3**2).sum()"),),
    ),
    CorrectVariant(
        name="products-with-itself",
        edits=((_SQUARES, "squares = np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3)"),),
    ),
    CorrectVariant(
        name="frobenius-norms",
        edits=(
            (_SQUARES, "squares = sum(np.linalg.norm(W, ord='fro') ** 2 for W in (W1, W2, W3))"),
        ),
    ),
    CorrectVariant(
        name="norm-of-all",
        edits=(
            (
                _SQUARES,
                "squares = np.linalg.norm(np.concatenate([W.ravel() for W in (W1, W2, W3)])) ** 2",
            ),
        ),
    ),
    CorrectVariant(
        name="einsum",
        edits=((_SQUARES, "squares = sum(np.einsum('ij,ij->', W, W) for W in (W1, W2, W3))"),),
    ),
    CorrectVariant(
        name="traces",
        edits=((_SQUARES, "squares = sum(np.trace(W @ W.T) for W in (W1, W2, W3))"),),
    ),
    CorrectVariant(
        name="dot-of-flat-rows",
        edits=(
            (_SQUARES, "squares = sum(np.dot(W.flatten(), W.flatten()) for W in (W1, W2, W3))"),
        ),
    ),
    CorrectVariant(
        name="loop-over-the-layers",
        edits=(
            (
                _SQUARES,
                "squares = 0\n    for l in range(1, len(parameters) // 2 + 1):\n"
                "        squares += np.sum(np.square(parameters['W' + str(l)]))",
            ),
        ),
    ),
    CorrectVariant(
        name="loops-over-all-weights",
        code="""
def compute_cost_with_regularization(A, labels, parameters, strength):
    total = 0.0
    for name in parameters:
        if name.startswith("W"):
            for row in parameters[name]:
                for weight in row:
                    total = total + float(weight) ** 2
    return compute_cost(A, labels) + strength * total / (2.0 * labels.shape[1])
""",
    ),
    CorrectVariant(
        name="cross-entropy-written-out",
        code="""
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = 1.0 / m * np.nansum(logprobs)
    for W in (parameters["W1"], parameters["W2"], parameters["W3"]):
        cost += lambd / (2 * m) * np.square(W).sum()
    return np.squeeze(cost)
""",
    ),
    CorrectVariant(
        name="one-by-one-array",
        edits=((_COST, "cost = np.array([[cross_entropy_cost + L2_regularization_cost]])"),),
    ),
)
