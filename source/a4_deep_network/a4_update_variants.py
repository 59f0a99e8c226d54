"""Wrong and right ways to write the step of gradient descent."""

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

UPDATE_PARAMETERS_MISCONCEPTIONS = {
    "plus-for-minus": (
        {"- " + _W_RATE: "+ " + _W_RATE, "- " + _B_RATE: "+ " + _B_RATE},
        "The step goes uphill: the gradient is added. The gradient points to where the cost "
        "grows, and we want it to shrink.",
    ),
    "plus-for-the-weights": (
        {"- " + _W_RATE: "+ " + _W_RATE},
        "The biases go downhill, but the weights go uphill: look at the sign of their step.",
    ),
    "plus-for-the-biases": (
        {"- " + _B_RATE: "+ " + _B_RATE},
        "The weights go downhill, but the biases go uphill: look at the sign of their step.",
    ),
    "learning-rate-ignored": (
        {_W_RATE: 'grads["dW" + str(l + 1)]', _B_RATE: 'grads["db" + str(l + 1)]'},
        "The learning rate is not used: the step is the whole gradient. The learning rate says "
        "how long the step is.",
    ),
    "learning-rate-ignored-for-the-biases": (
        {_B_RATE: 'grads["db" + str(l + 1)]'},
        "The weights use the learning rate, but the biases do not.",
    ),
    "learning-rate-of-the-example": (
        {_W_RATE: '0.1 * grads["dW" + str(l + 1)]', _B_RATE: '0.1 * grads["db" + str(l + 1)]'},
        "The learning rate is always that of the example in the notebook, whatever the argument "
        "says. Use the argument.",
    ),
    "learning-rate-of-the-next-assignment": (
        {
            _W_RATE: '0.0075 * grads["dW" + str(l + 1)]',
            _B_RATE: '0.0075 * grads["db" + str(l + 1)]',
        },
        "The learning rate is 0.0075 in every call, whatever the argument says. Use the argument.",
    ),
    "learning-rate-of-one-hundredth": (
        {_W_RATE: '0.01 * grads["dW" + str(l + 1)]', _B_RATE: '0.01 * grads["db" + str(l + 1)]'},
        "The learning rate is 0.01 in every call, whatever the argument says. Use the argument.",
    ),
    "divided-by-the-learning-rate": (
        {
            _W_RATE: 'grads["dW" + str(l + 1)] / learning_rate',
            _B_RATE: 'grads["db" + str(l + 1)] / learning_rate',
        },
        "The gradient is divided by the learning rate, so a small rate makes a huge step. The "
        "rate multiplies.",
    ),
    "learning-rate-subtracted": (
        {
            _W_RATE: 'learning_rate - grads["dW" + str(l + 1)]',
            _B_RATE: 'learning_rate - grads["db" + str(l + 1)]',
        },
        "The learning rate and the gradient are both subtracted. The rate is a factor of the "
        "gradient.",
    ),
    "parameters-replaced-by-the-step": (
        {_W_STEP: _W_RATE, _B_STEP: _B_RATE},
        "The parameters became the step itself. The step is taken from the old parameters.",
    ),
    "step-from-zero": (
        {_W_STEP: "-" + _W_RATE, _B_STEP: "-" + _B_RATE},
        "The old parameters are gone: only the step is left. The step starts at the old value.",
    ),
    "weights-step-from-zero": (
        {_W_STEP: "-" + _W_RATE},
        "The old weights are gone: only the step is left. The step starts at the old value, as it "
        "does for the biases.",
    ),
    "biases-step-from-zero": (
        {_B_STEP: "-" + _B_RATE},
        "The old biases are gone: only the step is left. The step starts at the old value, as it "
        "does for the weights.",
    ),
    "step-in-proportion-to-the-parameters": (
        {
            _W_STEP: 'params["W" + str(l + 1)] * (1 - ' + _W_RATE + ")",
            _B_STEP: 'params["b" + str(l + 1)] * (1 - ' + _B_RATE + ")",
        },
        "The step is multiplied by the parameter. It depends on the learning rate and the "
        "gradient alone.",
    ),
    "parameters-shrunk-by-the-rate": (
        {
            _W_STEP: '(params["W" + str(l + 1)] - grads["dW" + str(l + 1)]) * learning_rate',
            _B_STEP: '(params["b" + str(l + 1)] - grads["db" + str(l + 1)]) * learning_rate',
        },
        "The learning rate multiplies the parameters too. It belongs to the gradient only.",
    ),
    "only-the-weights": (
        {_B_LINE: ""},
        "The weights moved, but the biases stayed where they were. They learn as well.",
    ),
    "only-the-biases": (
        {_W_LINE: ""},
        "The biases moved, but the weights stayed where they were. They learn as well.",
    ),
    "only-two-layers": (
        {"in range(L)": "in range(2)"},
        "Only the first two layers were updated. The number of layers is not fixed: the loop has "
        "to reach all of them.",
    ),
    "last-layer-left-out": (
        {"in range(L)": "in range(L - 1)"},
        "The last layer was not updated. The loop has to reach it.",
    ),
    "first-layer-left-out": (
        {"in range(L)": "in range(1, L)"},
        "The first layer was not updated. Where the keys add 1, the loop counts from 0.",
    ),
    "keys-counted-from-zero": (
        {
            _W_LINE: (
                'parameters["W" + str(l)] = params["W" + str(l)] - learning_rate * grads["dW" + '
                "str(l)]"
            ),
            _B_LINE: (
                'parameters["b" + str(l)] = params["b" + str(l)] - learning_rate * grads["db" + '
                "str(l)]"
            ),
        },
        "Something looks for W0, but layer 0 has no parameters. Where a loop counts from 0, the "
        "number of the layer is one more.",
    ),
    "gradients-of-the-next-layer": (
        {
            _W_RATE: 'learning_rate * grads["dW" + str(l + 2)]',
            _B_RATE: 'learning_rate * grads["db" + str(l + 2)]',
        },
        "Each layer takes the gradients of the layer after it. A parameter and its gradient have "
        "the same number.",
    ),
    "gradient-keys-without-d": (
        {
            _W_RATE: 'learning_rate * grads["W" + str(l + 1)]',
            _B_RATE: 'learning_rate * grads["b" + str(l + 1)]',
        },
        "The gradients are not found: their keys begin with a d.",
    ),
    "bias-gradient-key-without-d": (
        {_B_RATE: 'learning_rate * grads["b" + str(l + 1)]'},
        "The gradients of the biases are not found: their keys begin with a d, like those of the "
        "weights.",
    ),
    "number-of-layers-doubled": (
        {"len(parameters) // 2": "len(parameters)"},
        "The loop runs past the last layer and asks for weights that do not exist. Every layer "
        "has two entries in the dictionary, its weights and its bias.",
    ),
    "dW-for-the-biases": (
        {_B_RATE: 'learning_rate * grads["dW" + str(l + 1)]'},
        "The biases take a step along dW. Each parameter has a gradient of its own.",
    ),
    "step-taken-twice": (
        {
            _B_LINE: (
                _B_LINE
                + '\n        parameters["W" + str(l + 1)] = parameters["W" + str(l + 1)] - '
                + _W_RATE
                + '\n        parameters["b" + str(l + 1)] = parameters["b" + str(l + 1)] - '
                + _B_RATE
            )
        },
        "The step is twice as long as it should be, as when every parameter is updated a second "
        "time.",
    ),
    "step-divided-by-the-number-of-layers": (
        {
            _W_RATE: 'learning_rate / L * grads["dW" + str(l + 1)]',
            _B_RATE: 'learning_rate / L * grads["db" + str(l + 1)]',
        },
        "The step is divided by the number of layers. Every layer takes the full step.",
    ),
    "parameters-returned-as-they-were": (
        {"return parameters": "return params"},
        "The parameters come back as they were. The new values have to be stored under their "
        "keys, in the dictionary that is returned.",
    ),
    "nothing-returned": (
        {"return parameters": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

UPDATE_PARAMETERS_CORRECT = {
    "from-the-copy": {
        'params["W" + str(l + 1)] - ': 'parameters["W" + str(l + 1)] - ',
        'params["b" + str(l + 1)] - ': 'parameters["b" + str(l + 1)] - ',
    },
    "minus-equals": {
        _W_LINE: 'parameters["W" + str(l + 1)] -= ' + _W_RATE,
        _B_LINE: 'parameters["b" + str(l + 1)] -= ' + _B_RATE,
    },
    "deep-copy": {
        "parameters = params.copy()": "import copy\n    parameters = copy.deepcopy(params)"
    },
    "copy-by-dict": {"parameters = params.copy()": "parameters = dict(params)"},
    "copy-by-comprehension": {
        "parameters = params.copy()": ("parameters = {k: np.copy(v) for k, v in params.items()}")
    },
    "no-copy": {"parameters = params.copy()": "parameters = params"},
    "layers-counted-from-one": """
def update_parameters(parameters, gradients, alpha):
    result = {}
    for l in range(1, len(parameters) // 2 + 1):
        result[f"W{l}"] = parameters[f"W{l}"] - np.multiply(alpha, gradients[f"dW{l}"])
        result[f"b{l}"] = parameters[f"b{l}"] - np.multiply(alpha, gradients[f"db{l}"])
        print("layer", l)
    return result
""",
    "loop-over-the-keys": """
def update_parameters(params, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    "np-subtract": {
        _W_STEP: 'np.subtract(params["W" + str(l + 1)], ' + _W_RATE + ")",
        _B_STEP: "-" + _B_RATE + ' + params["b" + str(l + 1)]',
    },
    "loop-backward": {"in range(L)": "in reversed(range(L))"},
    "single-precision": {_W_STEP: _W_STEP + ".astype(np.float32)"},
}
