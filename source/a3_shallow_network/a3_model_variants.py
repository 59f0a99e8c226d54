"""Wrong and right ways to write ``nn_model``."""

_SEED = 'np.random.seed(3)  # so that everyone gets the same "random" numbers; keep this line first'
_INITIALIZE = "parameters = initialize_parameters(n_x, n_h, n_y)"
_LOOP = "for i in range(num_iterations):"
_FORWARD = "A2, cache = forward_propagation(X, parameters)"
_COST = "cost = compute_cost(A2, Y)"
_BACKWARD = "grads = backward_propagation(parameters, cache, X, Y)"
_UPDATE = "parameters = update_parameters(parameters, grads)"
_PRINT = 'print(f"Cost after iteration {i}: {cost:.6f}")'
_INDENT = "\n        "

MODEL_MISCONCEPTIONS = {
    "update-not-stored": (
        {_UPDATE: "update_parameters(parameters, grads)"},
        "The network never learns: the parameters of the start come back. `update_parameters` "
        "returns new ones, which have to be stored in every round.",
    ),
    "updated-twice": (
        {_UPDATE: _UPDATE + _INDENT + _UPDATE},
        "Each round of the loop goes twice as far along the gradient as it should: one step is "
        "enough.",
    ),
    "initialized-in-every-turn": (
        {_FORWARD: _INITIALIZE + _INDENT + _FORWARD},
        "The parameters are created again in every round of the loop, so all learning is lost. "
        "Create them once, before the loop.",
    ),
    "other-random-numbers": (
        {_SEED: "np.random.seed(2)"},
        "The training starts from random numbers other than those of seed 3. The first line, as "
        "it was given, sets that seed, and nothing may set another one after it (in older "
        "editions `initialize_parameters` did).",
        "a3_shallow_network#initialise",
    ),
    "another-seed": (
        {_SEED: "np.random.seed(1)"},
        "The training starts from the random numbers of seed 1. The given line sets 3.",
    ),
    "four-hidden-units-always": (
        {_INITIALIZE: "parameters = initialize_parameters(n_x, 4, n_y)"},
        "The hidden layer has always four units. The number of hidden units is an argument of the "
        "function: use it.",
    ),
    "input-and-output-swapped": (
        # X and Y swapped in the call of `backward_propagation` stop with the same error.
        {_INITIALIZE: "parameters = initialize_parameters(n_y, n_h, n_x)"},
        "Input and output are swapped in one of the calls: `initialize_parameters` takes the "
        "sizes in the order of the network, and `backward_propagation` takes X before Y.",
    ),
    "sizes-in-another-order": (
        {_INITIALIZE: "parameters = initialize_parameters(n_x, n_y, n_h)"},
        "`initialize_parameters` gets the size of the output where it expects that of the hidden "
        "layer.",
    ),
    "two-inputs-always": (
        {_INITIALIZE: "parameters = initialize_parameters(2, n_h, 1)"},
        "The network always has 2 inputs and 1 output, as for the flower. Both numbers were read "
        "from the data above.",
    ),
    "learning-rate-of-another-network": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, 0.01)"},
        "The learning rate is 0.01. The default of `update_parameters` is asked for.",
    ),
    "learning-rate-one-tenth": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, 0.1)"},
        "The learning rate is 0.1. The default of `update_parameters` is asked for.",
    ),
    "learning-rate-of-the-cat-classifier": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, 0.0075)"},
        "The learning rate is 0.0075. The default of `update_parameters` is asked for.",
    ),
    "learning-rate-one-half": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, 0.5)"},
        "The learning rate is 0.5. The default of `update_parameters` is asked for.",
    ),
    "learning-rate-one": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, 1.0)"},
        "The learning rate is 1. The default of `update_parameters` is asked for.",
    ),
    "uphill": (
        {_UPDATE: "parameters = update_parameters(parameters, grads, -1.2)"},
        "The step goes uphill. `update_parameters` takes care of the sign already.",
    ),
    "update-arguments-swapped": (
        {_UPDATE: "parameters = update_parameters(grads, parameters)"},
        "`update_parameters` takes the parameters first and the gradients second.",
    ),
    "array-in-place-of-a-dictionary": (
        {_FORWARD: "A2, cache = forward_propagation(parameters, X)"},
        "An array is asked for a key, as if it were a dictionary. `forward_propagation` takes the "
        "input first and the parameters second; `backward_propagation` needs the whole cache, not "
        "A2 alone.",
    ),
    "forward-results-swapped": (
        {_FORWARD: "cache, A2 = forward_propagation(X, parameters)"},
        "The two results of `forward_propagation` got each other's names: the probabilities come "
        "first.",
    ),
    "forward-results-under-one-name": (
        {
            _FORWARD: "A2 = forward_propagation(X, parameters)",
            _BACKWARD: "grads = backward_propagation(parameters, A2, X, Y)",
        },
        "`forward_propagation` returns two things, the probabilities and the cache. Give each of "
        "them a name.",
    ),
    "backward-arguments-in-another-order": (
        {_BACKWARD: "grads = backward_propagation(X, Y, parameters, cache)"},
        "`backward_propagation` takes the parameters and the cache first, then X and Y.",
    ),
    "forward-pass-before-the-loop": (
        {_LOOP: _FORWARD + "\n    " + _LOOP, _INDENT + _FORWARD: ""},
        "Every step uses the first predictions, as when the forward pass is made once, before the "
        "loop. It belongs in the loop.",
    ),
    "gradients-before-the-loop": (
        {
            _LOOP: _FORWARD + "\n    " + _COST + "\n    " + _BACKWARD + "\n    " + _LOOP,
            _FORWARD + _INDENT + _COST + _INDENT + _BACKWARD: "pass",
        },
        "Every step goes in the same direction, along the first gradients. The four steps belong "
        "in the loop.",
    ),
    "cost-not-computed": (
        {_COST: ""},
        "The cost is not computed, so it cannot be printed. All four steps belong in the loop.",
    ),
    "one-step-too-few": (
        {_LOOP: "for i in range(num_iterations - 1):"},
        "There is one step too few. `range(n)` runs n times, from 0 to n - 1.",
    ),
    "one-step-too-many": (
        {_LOOP: "for i in range(num_iterations + 1):"},
        "There is one step too many. `range(n)` runs n times, from 0 to n - 1.",
    ),
    "number-of-steps-ignored": (
        {_LOOP: "for i in range(100):"},
        "A hundred steps are taken, whatever the argument says. Use the argument.",
    ),
    "one-step-only": (
        {_PRINT: _PRINT + _INDENT + "return parameters"},
        "Only one step takes effect, however many are asked for. Look at the indentation: is "
        "`return` inside the loop, or the update outside? Or are the first parameters created "
        "again in every round?",
    ),
    "gradients-returned": (
        {"return parameters": "return grads"},
        "The last gradients are returned. The learned parameters are asked for.",
    ),
    "cost-returned-too": (
        {"return parameters": "return parameters, cost"},
        "The cost is returned as well. Only the parameters are asked for.",
    ),
    "nothing-returned": (
        {"return parameters": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
    "cost-with-parameters": (
        {_COST: "cost = compute_cost(A2, Y, parameters)"},
        "`compute_cost` takes two things here, the predictions and the labels. (In older editions "
        "it took the parameters too.)",
    ),
    "always-a-thousand-steps": (
        {_LOOP: "for i in range(1000):"},
        "The loop always takes a thousand steps. How many there are is an argument, "
        "`num_iterations`.",
    ),
}

MODEL_CORRECT = {
    "learning-rate-written-out": {
        _UPDATE: "parameters = update_parameters(parameters, grads, learning_rate=1.2)"
    },
    "sizes-from-the-shapes": {
        _INITIALIZE: "parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])"
    },
    "keyword-arguments": {
        _FORWARD: "A2, cache = forward_propagation(X, parameters=parameters)",
        _BACKWARD: "grads = backward_propagation(parameters, cache, X=X, Y=Y)",
    },
    "unpacked-as-in-older-editions": {
        _INITIALIZE: (
            _INITIALIZE + '\n    W1 = parameters["W1"]\n    b1 = parameters["b1"]\n'
            '    W2 = parameters["W2"]\n    b2 = parameters["b2"]'
        )
    },
    "cost-after-the-gradients": {
        _FORWARD + _INDENT + _COST: _FORWARD,
        _BACKWARD: _BACKWARD + _INDENT + _COST,
    },
    "costs-collected": {
        _LOOP: "costs = []\n    " + _LOOP,
        _COST: _COST + _INDENT + "costs.append(cost)",
    },
    "cost-only-where-it-is-printed": {
        _COST + "\n": "\n",
        _PRINT: _COST + _INDENT + "    " + _PRINT,
    },
    "update-written-out": {
        _UPDATE: (
            "for name in parameters:\n"
            '            parameters[name] = parameters[name] - 1.2 * grads["d" + name]'
        )
    },
    "while-loop": """
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    np.random.seed(3)
    (n_x, _, n_y) = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    i = 0
    while i < num_iterations:
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration %i: %f" % (i, compute_cost(A2, Y)))
        parameters = update_parameters(parameters, grads)
        i += 1
    return parameters
""",
    "helpers-bypassed": """
def nn_model(data, labels, units, steps=10000, verbose=False):
    np.random.seed(3)
    m = data.shape[1]
    W1, b1 = np.random.randn(units, data.shape[0]) / 100, np.zeros((units, 1))
    W2, b2 = np.random.randn(labels.shape[0], units) / 100, np.zeros((labels.shape[0], 1))
    for step in range(steps):
        A1 = np.tanh(W1 @ data + b1)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        error = (A2 - labels) / m
        hidden = (W2.T @ error) * (1 - A1**2)
        W2 = W2 - 1.2 * error @ A1.T
        b2 = b2 - 1.2 * error.sum(axis=1, keepdims=True)
        W1 = W1 - 1.2 * hidden @ data.T
        b1 = b1 - 1.2 * hidden.sum(axis=1, keepdims=True)
        if verbose:
            print(step)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
}
