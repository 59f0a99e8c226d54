"""Wrong and right ways to write ``two_layer_model``."""

from a5_loop_variants import LOOP, RECORD_LINES, RECORDING, UPDATE, UPDATE_LINE

_INITIALIZE = "parameters = initialize_parameters(n_x, n_h, n_y)"
_FORWARD1 = 'A1, cache1 = linear_activation_forward(X, W1, b1, "relu")'
_FORWARD2 = 'A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")'
_COST = "cost = compute_cost(A2, Y)"
_DA2 = "dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))"
_BACKWARD2 = 'dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")'
_BACKWARD1 = 'dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")'
_UNPACK = """W1 = parameters["W1"]
        b1 = parameters["b1"]
        W2 = parameters["W2"]
        b2 = parameters["b2"]

        if print_cost"""

MISCONCEPTIONS = {
    "sigmoid-in-the-hidden-layer": (
        {
            _FORWARD1: 'A1, cache1 = linear_activation_forward(X, W1, b1, "sigmoid")',
            _BACKWARD1: 'dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "sigmoid")',
        },
        "The hidden layer uses the sigmoid, forward and backward. In this network it uses ReLU; "
        "only the output layer uses the sigmoid.",
    ),
    "sigmoid-in-the-hidden-layer-forward-only": (
        {_FORWARD1: 'A1, cache1 = linear_activation_forward(X, W1, b1, "sigmoid")'},
        "Going forward, the hidden layer uses the sigmoid. It should use ReLU, as on the way back.",
    ),
    "sigmoid-in-the-hidden-layer-backward-only": (
        {_BACKWARD1: 'dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "sigmoid")'},
        "Going back, the hidden layer uses the sigmoid. Each layer goes back through the "
        "activation that it went forward through.",
    ),
    "relu-in-the-output-layer": (
        {
            _FORWARD2: 'A2, cache2 = linear_activation_forward(A1, W2, b2, "relu")',
            _BACKWARD2: 'dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "relu")',
        },
        "The output layer uses ReLU. Its output should be a probability, so it needs the "
        "activation that stays between 0 and 1.",
    ),
    "relu-in-the-output-layer-backward-only": (
        {_BACKWARD2: 'dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "relu")'},
        "Going back, the output layer uses ReLU. Each layer goes back through the activation that "
        "it went forward through.",
    ),
    "backward-activations-swapped": (
        {
            _BACKWARD2: 'dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "relu")',
            _BACKWARD1: 'dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "sigmoid")',
        },
        "On the way back the two activations are swapped. The backward pass begins with the "
        "output layer, and that is the one with the sigmoid.",
    ),
    "both-layers-fed-with-X": (
        {_FORWARD2: 'A2, cache2 = linear_activation_forward(X, W2, b2, "sigmoid")'},
        "The output layer is fed with X. It takes what the hidden layer gave.",
    ),
    "first-parameters-in-both-layers": (
        {_FORWARD2: 'A2, cache2 = linear_activation_forward(A1, W1, b1, "sigmoid")'},
        "The output layer uses the parameters of the hidden layer. Each layer has its own.",
    ),
    "caches-swapped": (
        {
            _BACKWARD2: 'dA1, dW2, db2 = linear_activation_backward(dA2, cache1, "sigmoid")',
            _BACKWARD1: 'dA0, dW1, db1 = linear_activation_backward(dA1, cache2, "relu")',
        },
        "The two caches are swapped on the way back. Each layer needs the cache of its own "
        "forward step.",
    ),
    "hidden-layer-fed-with-dA2": (
        {_BACKWARD1: 'dA0, dW1, db1 = linear_activation_backward(dA2, cache1, "relu")'},
        "On the way back the hidden layer is fed with dA2. It takes the gradient of its own "
        "activations, which the output layer has just given.",
    ),
    "backward-through-the-hidden-layer-first": (
        {_BACKWARD2 + "\n        " + _BACKWARD1: _BACKWARD1 + "\n        " + _BACKWARD2},
        "The hidden layer comes first on the way back, so dA1 is not there yet. The backward pass "
        "begins at the output.",
    ),
    "dA2-is-already-dZ": (
        {_DA2: "dA2 = A2 - Y"},
        "The backward pass begins with A2 - Y, which is the gradient of Z in the output layer, "
        "not that of A2. The sigmoid's slope is multiplied in by the backward step; leave the "
        "given line as it was.",
    ),
    "cost-arguments-swapped": (
        {_COST: "cost = compute_cost(Y, A2)"},
        "Labels and predictions are swapped in the cost, so it takes the logarithm of labels that "
        "are zero. The predictions come first.",
    ),
    "cost-of-the-hidden-layer": (
        {_COST: "cost = compute_cost(A1, Y)"},
        "The cost is computed from the activations of the hidden layer. The predictions are the "
        "output of the last layer.",
    ),
    "squared-error-as-cost": (
        {_COST: "cost = np.mean((A2 - Y) ** 2)"},
        "The cost is the squared error. It should be the cross-entropy, for which you have a "
        "function.",
    ),
    **UPDATE,
    "new-parameters-not-unpacked": (
        {_UNPACK: "if print_cost"},
        "The forward pass goes on with the first weights: after the update W1, b1, W2 and b2 have "
        "to be taken from the new parameters. Those lines were given.",
    ),
    "initialized-in-every-turn": (
        {_FORWARD1: _INITIALIZE + "\n        " + _FORWARD1},
        "The parameters are created again in every round of the loop, so all learning is lost. "
        "Create them once, before the loop.",
    ),
    "initialized-as-a-deep-network": (
        {_INITIALIZE: "parameters = initialize_parameters_deep(layers_dims)"},
        "The parameters come from the function for deep networks, whose weights have a different "
        "size. This model uses the one for two layers.",
    ),
    "sizes-in-another-order": (
        {_INITIALIZE: "parameters = initialize_parameters(n_x, n_y, n_h)"},
        "The sizes of the hidden and the output layer are swapped in the call that creates the "
        "parameters.",
    ),
    "sizes-of-the-notebook": (
        {_INITIALIZE: "parameters = initialize_parameters(12288, 7, 1)"},
        "The sizes of the layers are always those of the notebook. The model must work for any "
        "sizes: they have been unpacked for you.",
    ),
    "gradients-of-the-layers-swapped": (
        {'grads["dW1"] = dW1': 'grads["dW1"] = dW2', 'grads["dW2"] = dW2': 'grads["dW2"] = dW1'},
        "dW1 and dW2 are stored under each other's keys.",
    ),
    "biases-never-learn": (
        {'grads["db1"] = db1': 'grads["db1"] = 0', 'grads["db2"] = db2': 'grads["db2"] = 0'},
        "The biases never change: their gradients do not reach the update.",
    ),
    **RECORDING,
    "cost-after-the-step": (
        {
            RECORD_LINES: (
                'A1, _ = linear_activation_forward(X, W1, b1, "relu")\n'
                '        A2, _ = linear_activation_forward(A1, W2, b2, "sigmoid")\n'
                "        cost = compute_cost(A2, Y)\n        " + RECORD_LINES
            )
        },
        "The recorded cost is that of the new parameters. It should be the one from before the "
        "step, which belongs to the same forward pass as the gradients.",
    ),
    **LOOP,
}

CORRECT = {
    "sizes-starred": {_INITIALIZE: "parameters = initialize_parameters(*layers_dims)"},
    "keyword-arguments": {
        _FORWARD1: 'A1, cache1 = linear_activation_forward(X, W1, b1, activation="relu")',
        _BACKWARD1: ('dA0, dW1, db1 = linear_activation_backward(dA1, cache1, activation="relu")'),
    },
    "cost-as-float": {_COST: "cost = float(compute_cost(A2, Y))"},
    "cost-as-zero-dimensional-array": {_COST: "cost = np.array(compute_cost(A2, Y))"},
    "costs-as-array": {"return parameters, costs": "return parameters, np.array(costs)"},
    "cost-recorded-first": {
        # The old place goes first: each text to edit must occur once.
        RECORD_LINES + "\n": "\n",
        _COST: _COST + "\n        " + RECORD_LINES,
    },
    "update-written-out": {
        UPDATE_LINE: (
            "for key in parameters:\n"
            '            parameters[key] = parameters[key] - learning_rate * grads["d" + key]'
        )
    },
    "updated-in-place": {
        UPDATE_LINE: (
            "W1 -= learning_rate * dW1\n"
            "        b1 -= learning_rate * db1\n"
            "        W2 -= learning_rate * dW2\n"
            "        b2 -= learning_rate * db2"
        )
    },
    "general-functions": """
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters = initialize_parameters(layers_dims[0], layers_dims[1], layers_dims[2])
    costs = []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 100 == 0:
            costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
""",
    "helpers-bypassed": """
def two_layer_model(data, labels, sizes, rate=0.0075, steps=3000, verbose=False):
    p = initialize_parameters(*sizes)
    m = data.shape[1]
    costs = []
    for step in range(steps):
        Z1 = p["W1"] @ data + p["b1"]
        A1 = np.maximum(0, Z1)
        A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
        dZ2 = A2 - labels
        dZ1 = (p["W2"].T @ dZ2) * (Z1 > 0)
        cost = -np.mean(labels * np.log(A2) + (1 - labels) * np.log(1 - A2))
        if step % 100 == 0:
            costs += [cost]
            print("step", step, "cost", cost)
        p["W2"] = p["W2"] - rate * dZ2 @ A1.T / m
        p["b2"] = p["b2"] - rate * dZ2.mean(axis=1, keepdims=True)
        p["W1"] = p["W1"] - rate * dZ1 @ data.T / m
        p["b1"] = p["b1"] - rate * dZ1.mean(axis=1, keepdims=True)
    return p, costs
""",
    "while-loop": """
def one_step(X, Y, parameters, rate):
    A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
    dA2 = (1 - Y) / (1 - A2) - Y / A2
    dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
    _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return update_parameters(parameters, grads, rate), compute_cost(A2, Y)

def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    parameters = initialize_parameters(*layers_dims)
    costs, done = [], 0
    while done < num_iterations:
        parameters, cost = one_step(X, Y, parameters, learning_rate)
        if done % 100 == 0:
            costs.append(cost)
        done += 1
    return parameters, costs
""",
}
