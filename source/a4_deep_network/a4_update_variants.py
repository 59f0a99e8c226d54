"""Wrong and right ways to write the step of gradient descent."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_W_STEP = """(
            params["W" + str(l + 1)] - learning_rate * grads["dW" + str(l + 1)]
        )"""
_B_STEP = """(
            params["b" + str(l + 1)] - learning_rate * grads["db" + str(l + 1)]
        )"""
_W_RATE = 'learning_rate * grads["dW" + str(l + 1)]'
_B_RATE = 'learning_rate * grads["db" + str(l + 1)]'
_W_LINE = 'parameters["W" + str(l + 1)] = ' + _W_STEP
_B_LINE = 'parameters["b" + str(l + 1)] = ' + _B_STEP

UPDATE_PARAMETERS_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="plus-for-minus",
        edits=(("- " + _W_RATE, "+ " + _W_RATE), ("- " + _B_RATE, "+ " + _B_RATE)),
        message="The step goes uphill: the gradient is added. The gradient points to where the "
        "cost grows, and we want it to shrink.",
    ),
    Misconception(
        name="plus-for-the-weights",
        edits=(("- " + _W_RATE, "+ " + _W_RATE),),
        message="The biases go downhill, but the weights go uphill: look at the sign of their "
        "step.",
    ),
    Misconception(
        name="plus-for-the-biases",
        edits=(("- " + _B_RATE, "+ " + _B_RATE),),
        message="The weights go downhill, but the biases go uphill: look at the sign of their "
        "step.",
    ),
    Misconception(
        name="learning-rate-ignored",
        edits=(
            (_W_RATE, 'grads["dW" + str(l + 1)]'),
            (_B_RATE, 'grads["db" + str(l + 1)]'),
        ),
        message="The learning rate is not used: the step is the whole gradient. The learning rate "
        "says how long the step is.",
    ),
    Misconception(
        name="learning-rate-ignored-for-the-biases",
        edits=((_B_RATE, 'grads["db" + str(l + 1)]'),),
        message="The weights use the learning rate, but the biases do not.",
    ),
    Misconception(
        name="learning-rate-of-the-example",
        edits=(
            (_W_RATE, '0.1 * grads["dW" + str(l + 1)]'),
            (_B_RATE, '0.1 * grads["db" + str(l + 1)]'),
        ),
        message=(
            "The learning rate is always that of the example in the notebook, whatever the "
            "argument says. Use the argument."
        ),
    ),
    Misconception(
        name="learning-rate-of-the-next-assignment",
        edits=(
            (_W_RATE, '0.0075 * grads["dW" + str(l + 1)]'),
            (_B_RATE, '0.0075 * grads["db" + str(l + 1)]'),
        ),
        message=(
            "The learning rate is 0.0075 in every call, whatever the argument says. Use the "
            "argument."
        ),
    ),
    Misconception(
        name="learning-rate-of-one-hundredth",
        edits=(
            (_W_RATE, '0.01 * grads["dW" + str(l + 1)]'),
            (_B_RATE, '0.01 * grads["db" + str(l + 1)]'),
        ),
        message=(
            "The learning rate is 0.01 in every call, whatever the argument says. Use the argument."
        ),
    ),
    Misconception(
        name="divided-by-the-learning-rate",
        edits=(
            (_W_RATE, 'grads["dW" + str(l + 1)] / learning_rate'),
            (_B_RATE, 'grads["db" + str(l + 1)] / learning_rate'),
        ),
        message="The gradient is divided by the learning rate, so a small rate makes a huge step. "
        "The rate multiplies.",
    ),
    Misconception(
        name="learning-rate-subtracted",
        edits=(
            (_W_RATE, 'learning_rate - grads["dW" + str(l + 1)]'),
            (_B_RATE, 'learning_rate - grads["db" + str(l + 1)]'),
        ),
        message="The learning rate and the gradient are both subtracted. The rate is a factor of "
        "the gradient.",
    ),
    Misconception(
        name="parameters-replaced-by-the-step",
        edits=((_W_STEP, _W_RATE), (_B_STEP, _B_RATE)),
        message="The parameters became the step itself. The step is taken from the old parameters.",
    ),
    Misconception(
        name="step-from-zero",
        edits=((_W_STEP, "-" + _W_RATE), (_B_STEP, "-" + _B_RATE)),
        message="The old parameters are gone: only the step is left. The step starts at the old "
        "value.",
    ),
    Misconception(
        name="weights-step-from-zero",
        edits=((_W_STEP, "-" + _W_RATE),),
        message="The old weights are gone: only the step is left. The step starts at the old "
        "value, as it does for the biases.",
    ),
    Misconception(
        name="biases-step-from-zero",
        edits=((_B_STEP, "-" + _B_RATE),),
        message="The old biases are gone: only the step is left. The step starts at the old "
        "value, as it does for the weights.",
    ),
    Misconception(
        name="step-in-proportion-to-the-parameters",
        edits=(
            (_W_STEP, 'params["W" + str(l + 1)] * (1 - ' + _W_RATE + ")"),
            (_B_STEP, 'params["b" + str(l + 1)] * (1 - ' + _B_RATE + ")"),
        ),
        message="The step is multiplied by the parameter. It depends on the learning rate and the "
        "gradient alone.",
    ),
    Misconception(
        name="parameters-shrunk-by-the-rate",
        edits=(
            (_W_STEP, '(params["W" + str(l + 1)] - grads["dW" + str(l + 1)]) * learning_rate'),
            (_B_STEP, '(params["b" + str(l + 1)] - grads["db" + str(l + 1)]) * learning_rate'),
        ),
        message=(
            "The learning rate multiplies the parameters too. It belongs to the gradient only."
        ),
    ),
    Misconception(
        name="only-the-weights",
        edits=((_B_LINE, ""),),
        message="The weights moved, but the biases stayed where they were. They learn as well.",
    ),
    Misconception(
        name="only-the-biases",
        edits=((_W_LINE, ""),),
        message="The biases moved, but the weights stayed where they were. They learn as well.",
    ),
    Misconception(
        name="only-two-layers",
        edits=(("in range(L)", "in range(2)"),),
        message="Only the first two layers were updated. The number of layers is not fixed: the "
        "loop has to reach all of them.",
    ),
    Misconception(
        name="last-layer-left-out",
        edits=(("in range(L)", "in range(L - 1)"),),
        message=("The last layer was not updated. The loop has to reach it."),
    ),
    Misconception(
        name="first-layer-left-out",
        edits=(("in range(L)", "in range(1, L)"),),
        message=("The first layer was not updated. Where the keys add 1, the loop counts from 0."),
    ),
    Misconception(
        name="keys-counted-from-zero",
        edits=(
            (
                _W_LINE,
                'parameters["W" + str(l)] = '
                'params["W" + str(l)] - learning_rate * grads["dW" + str(l)]',
            ),
            (
                _B_LINE,
                'parameters["b" + str(l)] = '
                'params["b" + str(l)] - learning_rate * grads["db" + str(l)]',
            ),
        ),
        message=(
            "Something looks for W0, but layer 0 has no parameters. Where a loop counts from 0,"
            " the number of the layer is one more."
        ),
    ),
    Misconception(
        name="gradients-of-the-next-layer",
        edits=(
            (_W_RATE, 'learning_rate * grads["dW" + str(l + 2)]'),
            (_B_RATE, 'learning_rate * grads["db" + str(l + 2)]'),
        ),
        message="Each layer takes the gradients of the layer after it. A parameter and its "
        "gradient have the same number.",
    ),
    Misconception(
        name="gradient-keys-without-d",
        edits=(
            (_W_RATE, 'learning_rate * grads["W" + str(l + 1)]'),
            (_B_RATE, 'learning_rate * grads["b" + str(l + 1)]'),
        ),
        message="The gradients are not found: their keys begin with a d.",
    ),
    Misconception(
        name="bias-gradient-key-without-d",
        edits=((_B_RATE, 'learning_rate * grads["b" + str(l + 1)]'),),
        message="The gradients of the biases are not found: their keys begin with a d, like those "
        "of the weights.",
    ),
    Misconception(
        name="number-of-layers-doubled",
        edits=(("len(parameters) // 2", "len(parameters)"),),
        message="The loop runs past the last layer and asks for weights that do not exist. Every "
        "layer has two entries in the dictionary, its weights and its bias.",
    ),
    Misconception(
        name="dW-for-the-biases",
        edits=((_B_RATE, 'learning_rate * grads["dW" + str(l + 1)]'),),
        message="The biases take a step along dW. Each parameter has a gradient of its own.",
    ),
    Misconception(
        name="step-taken-twice",
        edits=(
            (
                _B_LINE,
                _B_LINE
                + '\n        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - '
                + _W_RATE
                + '\n        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - '
                + _B_RATE,
            ),
        ),
        message=(
            "The step is twice as long as it should be, as when every parameter is updated a "
            "second time."
        ),
    ),
    Misconception(
        name="step-divided-by-the-number-of-layers",
        edits=(
            (_W_RATE, 'learning_rate / L * grads["dW" + str(l + 1)]'),
            (_B_RATE, 'learning_rate / L * grads["db" + str(l + 1)]'),
        ),
        message="The step is divided by the number of layers. Every layer takes the full step.",
    ),
    Misconception(
        name="parameters-returned-as-they-were",
        edits=(("return parameters", "return params"),),
        message="The parameters come back as they were. The new values have to be stored under "
        "their keys, in the dictionary that is returned.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return parameters", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

UPDATE_PARAMETERS_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="from-the-copy",
        edits=(
            ('params["W" + str(l + 1)] - ', 'parameters["W" + str(l + 1)] - '),
            ('params["b" + str(l + 1)] - ', 'parameters["b" + str(l + 1)] - '),
        ),
    ),
    CorrectVariant(
        name="minus-equals",
        edits=(
            (_W_LINE, 'parameters["W" + str(l + 1)] -= ' + _W_RATE),
            (_B_LINE, 'parameters["b" + str(l + 1)] -= ' + _B_RATE),
        ),
    ),
    CorrectVariant(
        name="deep-copy",
        edits=(
            ("parameters = params.copy()", "import copy\n    parameters = copy.deepcopy(params)"),
        ),
    ),
    CorrectVariant(
        name="copy-by-dict", edits=(("parameters = params.copy()", "parameters = dict(params)"),)
    ),
    CorrectVariant(
        name="copy-by-comprehension",
        edits=(
            (
                "parameters = params.copy()",
                "parameters = {k: np.copy(v) for k, v in params.items()}",
            ),
        ),
    ),
    CorrectVariant(name="no-copy", edits=(("parameters = params.copy()", "parameters = params"),)),
    CorrectVariant(
        name="layers-counted-from-one",
        code="""
def update_parameters(parameters, gradients, alpha):
    result = {}
    for l in range(1, len(parameters) // 2 + 1):
        result[f"W{l}"] = parameters[f"W{l}"] - np.multiply(alpha, gradients[f"dW{l}"])
        result[f"b{l}"] = parameters[f"b{l}"] - np.multiply(alpha, gradients[f"db{l}"])
        print("layer", l)
    return result
""",
    ),
    CorrectVariant(
        name="loop-over-the-keys",
        code="""
def update_parameters(params, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    ),
    CorrectVariant(
        name="np-subtract",
        edits=(
            (_W_STEP, 'np.subtract(params["W" + str(l + 1)], ' + _W_RATE + ")"),
            (_B_STEP, "-" + _B_RATE + ' + params["b" + str(l + 1)]'),
        ),
    ),
    CorrectVariant(name="loop-backward", edits=(("in range(L)", "in reversed(range(L))"),)),
    CorrectVariant(
        name="single-precision",
        edits=((_W_STEP, _W_STEP + ".astype(np.float32)"),),
    ),
)
