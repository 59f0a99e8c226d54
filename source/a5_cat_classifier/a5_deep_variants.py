"""Wrong and right ways to write ``L_layer_model``."""

from a5_loop_variants import LOOP, RECORD_LINES, RECORDING, UPDATE, UPDATE_LINE

_INITIALIZE = "parameters = initialize_parameters_deep(layers_dims)"
_FORWARD = "AL, caches = L_model_forward(X, parameters)"
_COST = "cost = compute_cost(AL, Y)"
_BACKWARD = "grads = L_model_backward(AL, Y, caches)"

MISCONCEPTIONS = {
    "initialization-of-the-last-assignment": (
        {
            _INITIALIZE: (
                "np.random.seed(3)\n"
                "    parameters = {}\n"
                "    for l in range(1, len(layers_dims)):\n"
                '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], '
                "layers_dims[l - 1]) * 0.01\n"
                '        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))'
            )
        },
        "The weights are initialized as in the last assignment, all with the same small factor. "
        "Deep networks hardly learn from there; use the function that this notebook imports, "
        "which scales each layer by the number of its inputs.",
    ),
    "initialization-with-a-fixed-factor": (
        {
            _INITIALIZE: (
                "parameters = {}\n"
                "    for l in range(1, len(layers_dims)):\n"
                '        parameters["W" + str(l)] = np.random.randn(layers_dims[l], '
                "layers_dims[l - 1]) * 0.01\n"
                '        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))'
            )
        },
        "The weights are all scaled by the same small factor. Deep networks hardly learn from "
        "there; the imported function scales each layer by the number of its inputs.",
    ),
    "initialized-as-two-layers": (
        {
            _INITIALIZE: (
                "parameters = initialize_parameters(layers_dims[0], layers_dims[1], "
                "layers_dims[-1])"
            )
        },
        "The parameters come from the function for two layers, so every deeper layer is missing. "
        "Use the one that takes the whole list of sizes.",
    ),
    "sizes-of-the-notebook": (
        {_INITIALIZE: "parameters = initialize_parameters_deep([12288, 20, 7, 5, 1])"},
        "The sizes of the layers are always those of the notebook. The model must work for any "
        "sizes: use its argument.",
    ),
    "initialized-in-every-turn": (
        {_FORWARD: _INITIALIZE + "\n        " + _FORWARD},
        "The parameters are created again in every round of the loop, so all learning is lost. "
        "Create them once, before the loop.",
    ),
    "cost-arguments-swapped": (
        {_COST: "cost = compute_cost(Y, AL)"},
        "Labels and predictions are swapped in the cost, so it takes the logarithm of labels that "
        "are zero. The predictions come first.",
    ),
    "squared-error-as-cost": (
        {_COST: "cost = np.mean((AL - Y) ** 2)"},
        "The cost is the squared error. It should be the cross-entropy, for which you have a "
        "function.",
    ),
    "backward-labels-first": (
        {_BACKWARD: "grads = L_model_backward(Y, AL, caches)"},
        "Labels and predictions are swapped in the backward pass, so it divides by labels that "
        "are zero. The predictions come first.",
    ),
    "backward-labels-last": (
        {_BACKWARD: "grads = L_model_backward(AL, caches, Y)"},
        "The arguments of the backward pass are in the wrong order. It takes predictions, labels, "
        "caches.",
    ),
    "backward-fed-with-the-parameters": (
        {_BACKWARD: "grads = L_model_backward(AL, Y, parameters)"},
        "The backward pass was given the parameters. It needs the caches of the forward pass, "
        "which hold them and more.",
    ),
    "forward-results-not-unpacked": (
        {_FORWARD: "AL = L_model_forward(X, parameters)"},
        "AL is a tuple. `L_model_forward` gives two things, the predictions and the caches, and "
        "both need a name on the left.",
    ),
    "forward-only-once": (
        {_FORWARD: "pass", _INITIALIZE: _INITIALIZE + "\n    " + _FORWARD},
        "Every step uses the first predictions. The forward pass has to be made again with the "
        "new parameters in every round.",
    ),
    **UPDATE,
    "updated-with-an-averaged-gradient": (
        {
            UPDATE_LINE: (
                "parameters = update_parameters(parameters, grads, learning_rate / X.shape[1])"
            )
        },
        "The step is divided by the number of examples. The gradients are means over the examples "
        "already.",
    ),
    "only-the-first-two-layers-learn": (
        {
            UPDATE_LINE: (
                "for l in (1, 2):\n"
                '            parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]\n'
                '            parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]'
            )
        },
        "Only the first two layers are updated. `update_parameters` reaches all of them.",
    ),
    **RECORDING,
    "cost-after-the-step": (
        {
            RECORD_LINES: "cost = compute_cost(L_model_forward(X, parameters)[0], Y)\n        "
            + RECORD_LINES
        },
        "The recorded cost is that of the new parameters. It should be the one from before the "
        "step, which belongs to the same forward pass as the gradients.",
    ),
    **LOOP,
    "gradients-returned": (
        {"return parameters, costs": "return grads, costs"},
        "The gradients are returned. What the network has learned is in the parameters.",
    ),
}

CORRECT = {
    "forward-in-two-lines": {
        _FORWARD: (
            "result = L_model_forward(X, parameters)\n"
            "        AL = result[0]\n"
            "        caches = result[1]"
        )
    },
    "keyword-arguments": {
        UPDATE_LINE: (
            "parameters = update_parameters(parameters, grads, learning_rate=learning_rate)"
        )
    },
    "cost-as-float": {_COST: "cost = float(compute_cost(AL, Y))"},
    "cost-squeezed": {RECORD_LINES: "if not i % 100:\n            costs.append(np.squeeze(cost))"},
    "costs-as-array": {"return parameters, costs": "return parameters, np.array(costs)"},
    "cost-after-the-gradients": {_COST: "pass", _BACKWARD: _BACKWARD + "\n        " + _COST},
    "update-written-out": {
        UPDATE_LINE: (
            "for l in range(1, len(layers_dims)):\n"
            '            parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]\n'
            '            parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]'
        )
    },
    "initialization-written-out": {
        _INITIALIZE: (
            "parameters = {}\n"
            "    for l in range(1, len(layers_dims)):\n"
            "        n_prev, n = layers_dims[l - 1], layers_dims[l]\n"
            '        parameters[f"W{l}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)\n'
            '        parameters[f"b{l}"] = np.zeros((n, 1))'
        )
    },
    "while-loop-and-other-names": """
def L_layer_model(data, labels, sizes, rate=0.0075, steps=3000, verbose=False):
    weights, history, step = initialize_parameters_deep(sizes), [], 0
    while step != steps:
        outputs, caches = L_model_forward(data, weights)
        if step in range(0, steps, 100):
            history.append(compute_cost(outputs, labels))
            print(step, history[-1])
        weights = update_parameters(weights, L_model_backward(outputs, labels, caches), rate)
        step += 1
    return weights, history
""",
    "helpers-bypassed": """
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    p = initialize_parameters_deep(layers_dims)
    L, m, costs = len(layers_dims) - 1, X.shape[1], []
    for i in range(1, num_iterations + 1):
        A = [X]
        for l in range(1, L + 1):
            Z = p[f"W{l}"] @ A[-1] + p[f"b{l}"]
            A.append(np.maximum(Z, 0) if l < L else 1 / (1 + np.exp(-Z)))
        if (i - 1) % 100 == 0:
            costs.append(-np.mean(Y * np.log(A[L]) + (1 - Y) * np.log(1 - A[L])))
        dZ = A[L] - Y
        for l in range(L, 0, -1):
            dW, db = dZ @ A[l - 1].T / m, dZ.mean(axis=1, keepdims=True)
            dZ = (p[f"W{l}"].T @ dZ) * (A[l - 1] > 0)
            p[f"W{l}"] = p[f"W{l}"] - learning_rate * dW
            p[f"b{l}"] = p[f"b{l}"] - learning_rate * db
    return p, costs
""",
}
