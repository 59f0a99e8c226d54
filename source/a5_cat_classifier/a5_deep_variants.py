"""Wrong and right ways to write ``L_layer_model``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_INITIALIZE = "parameters = initialize_parameters_deep(layers_dims)"
_FORWARD = "AL, caches = L_model_forward(X, parameters)"
_COST = "cost = compute_cost(AL, Y)"
_BACKWARD = "grads = L_model_backward(AL, Y, caches)"
_UPDATE = "parameters = update_parameters(parameters, grads, learning_rate)"
_RECORD = """if i % 100 == 0:
            costs.append(cost)"""

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="initialization-of-the-last-assignment",
        edits=(
            (
                _INITIALIZE,
                "np.random.seed(3)\n    parameters = {}\n    for l in range(1, len(layers_dims)):\n"
                '        parameters["W" + str(l)] = '
                "np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01\n"
                '        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))',
            ),
        ),
        message="The weights are initialized as in the last assignment, all with the same small "
        "factor. Deep networks hardly learn from there; use the function that this notebook "
        "imports, which scales each layer by the number of its inputs.",
    ),
    Misconception(
        name="initialization-with-a-fixed-factor",
        edits=(
            (
                _INITIALIZE,
                "parameters = {}\n    for l in range(1, len(layers_dims)):\n"
                '        parameters["W" + str(l)] = '
                "np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.01\n"
                '        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))',
            ),
        ),
        message="The weights are all scaled by the same small factor. Deep networks hardly learn "
        "from there; the imported function scales each layer by the number of its inputs.",
    ),
    Misconception(
        name="initialized-as-two-layers",
        edits=(
            (
                _INITIALIZE,
                "parameters = "
                "initialize_parameters(layers_dims[0], layers_dims[1], layers_dims[-1])",
            ),
        ),
        message="The parameters come from the function for two layers, so every deeper layer is "
        "missing. Use the one that takes the whole list of sizes.",
    ),
    Misconception(
        name="sizes-of-the-notebook",
        edits=((_INITIALIZE, "parameters = initialize_parameters_deep([12288, 20, 7, 5, 1])"),),
        message=(
            "The sizes of the layers are always those of the notebook. The model must work for "
            "any sizes: use its argument."
        ),
    ),
    Misconception(
        name="initialized-in-every-turn",
        edits=((_FORWARD, _INITIALIZE + "\n        " + _FORWARD),),
        message="The parameters are created again in every round of the loop, so all learning is "
        "lost. Create them once, before the loop.",
    ),
    Misconception(
        name="cost-arguments-swapped",
        edits=((_COST, "cost = compute_cost(Y, AL)"),),
        message="Labels and predictions are swapped in the cost, so it takes the logarithm of "
        "labels that are zero. The predictions come first.",
    ),
    Misconception(
        name="squared-error-as-cost",
        edits=((_COST, "cost = np.mean((AL - Y) ** 2)"),),
        message="The cost is the squared error. It should be the cross-entropy, for which you have "
        "a function.",
    ),
    Misconception(
        name="backward-labels-first",
        edits=((_BACKWARD, "grads = L_model_backward(Y, AL, caches)"),),
        message="Labels and predictions are swapped in the backward pass, so it divides by labels "
        "that are zero. The predictions come first.",
    ),
    Misconception(
        name="backward-labels-last",
        edits=((_BACKWARD, "grads = L_model_backward(AL, caches, Y)"),),
        message="The arguments of the backward pass are in the wrong order. It takes predictions, "
        "labels, caches.",
    ),
    Misconception(
        name="backward-fed-with-the-parameters",
        edits=((_BACKWARD, "grads = L_model_backward(AL, Y, parameters)"),),
        message="The backward pass was given the parameters. It needs the caches of the forward "
        "pass, which hold them and more.",
    ),
    Misconception(
        name="forward-results-not-unpacked",
        edits=((_FORWARD, "AL = L_model_forward(X, parameters)"),),
        message="AL is a tuple. `L_model_forward` gives two things, the predictions and the "
        "caches, and both need a name on the left.",
    ),
    Misconception(
        name="forward-only-once",
        edits=(
            (_FORWARD, "pass"),
            (_INITIALIZE, _INITIALIZE + "\n    " + _FORWARD),
        ),
        message=(
            "Every step uses the first predictions. The forward pass has to be made again with "
            "the new parameters in every round."
        ),
    ),
    Misconception(
        name="learning-rate-of-the-notebook",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 0.0075)"),),
        message=(
            "The learning rate is 0.0075 in every call, whatever the argument says. Use the "
            "argument."
        ),
    ),
    Misconception(
        name="learning-rate-forgotten",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads)"),),
        message="`update_parameters` was not told the learning rate. It takes three arguments.",
    ),
    Misconception(
        name="gradient-ascent",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, -learning_rate)"),),
        message="The cost grows: the step goes uphill. `update_parameters` takes care of the sign "
        "already.",
    ),
    Misconception(
        name="update-not-stored",
        edits=((_UPDATE, "update_parameters(parameters, grads, learning_rate)"),),
        message=(
            "The network never learns: the parameters of the start come back. "
            "`update_parameters` returns new ones, and leaves the old ones as they were."
        ),
    ),
    Misconception(
        name="updated-twice",
        edits=((_UPDATE, _UPDATE + "\n        " + _UPDATE),),
        message=(
            "Each round of the loop goes twice as far along the gradient as it should: one step"
            " is enough."
        ),
    ),
    Misconception(
        name="updated-with-an-averaged-gradient",
        edits=(
            (
                _UPDATE,
                "parameters = update_parameters(parameters, grads, learning_rate / X.shape[1])",
            ),
        ),
        message="The step is divided by the number of examples. The gradients are means over the "
        "examples already.",
    ),
    Misconception(
        name="only-the-first-two-layers-learn",
        edits=(
            (
                _UPDATE,
                "for l in (1, 2):\n"
                '            parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]\n'
                '            parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]',
            ),
        ),
        message="Only the first two layers are updated. `update_parameters` reaches all of them.",
    ),
    Misconception(
        name="cost-of-every-step",
        edits=((_RECORD, "costs.append(cost)"),),
        message="The cost of every step is in the list. Only every hundredth should be recorded, "
        "beginning with step 0.",
    ),
    Misconception(
        name="cost-of-the-last-step-too",
        edits=(
            (
                _RECORD,
                "if i % 100 == 0 or i == num_iterations - 1:\n            costs.append(cost)",
            ),
        ),
        message="The list holds the cost of the last step too. That one is only printed.",
    ),
    Misconception(
        name="cost-recorded-only-when-printed",
        edits=((_RECORD, "if print_cost and i % 100 == 0:\n            costs.append(cost)"),),
        message="The costs are recorded only where they are printed. They should be recorded "
        "always.",
    ),
    Misconception(
        name="cost-recorded-together-with-the-print",
        edits=(
            (
                _RECORD,
                "if print_cost and i % 100 == 0 or i == num_iterations - 1:\n"
                "            costs.append(cost)",
            ),
        ),
        message="The costs are recorded only where they are printed, and so is that of the last "
        "step. They should be recorded at the steps 0, 100, 200, whether they are printed or not.",
    ),
    Misconception(
        name="cost-recorded-one-step-late",
        edits=((_RECORD, "if (i + 1) % 100 == 0:\n            costs.append(cost)"),),
        message="The costs of the steps 99, 199 and so on are recorded. It should be those of the "
        "steps 0, 100, 200.",
    ),
    Misconception(
        name="cost-after-the-step",
        edits=(
            (
                _RECORD,
                "cost = compute_cost(L_model_forward(X, parameters)[0], Y)\n        " + _RECORD,
            ),
        ),
        message="The recorded cost is that of the new parameters. It should be the one from before "
        "the step, which belongs to the same forward pass as the gradients.",
    ),
    Misconception(
        name="one-step-too-few",
        edits=(("range(num_iterations)", "range(num_iterations - 1)"),),
        message="There is one step too few. `range(n)` runs n times, from 0 to n - 1.",
    ),
    Misconception(
        name="one-step-too-many",
        edits=(("range(num_iterations)", "range(num_iterations + 1)"),),
        message="There is one step too many. `range(n)` runs n times, from 0 to n - 1.",
    ),
    Misconception(
        name="steps-counted-from-one",
        edits=(("range(num_iterations)", "range(1, num_iterations)"),),
        message=(
            "There is one step too few, and the first cost is not recorded. Steps are counted "
            "from 0."
        ),
    ),
    Misconception(
        name="number-of-steps-ignored",
        edits=(("range(num_iterations)", "range(100)"),),
        message=("A hundred steps are taken, whatever the argument says. Use the argument."),
    ),
    Misconception(
        name="returned-from-inside-the-loop",
        edits=((_RECORD, _RECORD + "\n        return parameters, costs"),),
        message=(
            "Only the first step is taken. A `return` inside the loop would do that: look at "
            "its indentation."
        ),
    ),
    Misconception(
        name="only-parameters-returned",
        edits=(("return parameters, costs", "return parameters"),),
        message="Only the parameters are returned. The costs are asked for as well (older editions "
        "of this exercise did without).",
    ),
    Misconception(
        name="results-in-another-order",
        edits=(("return parameters, costs", "return costs, parameters"),),
        message="The two results are swapped: the parameters come first, then the costs.",
    ),
    Misconception(
        name="last-cost-returned",
        edits=(("return parameters, costs", "return parameters, cost"),),
        message="The second result is the last cost alone. It should be the list of the recorded "
        "costs.",
    ),
    Misconception(
        name="gradients-returned",
        edits=(("return parameters, costs", "return grads, costs"),),
        message="The gradients are returned. What the network has learned is in the parameters.",
    ),
)

CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="forward-in-two-lines",
        edits=(
            (
                _FORWARD,
                "result = L_model_forward(X, parameters)\n"
                "        AL = result[0]\n        caches = result[1]",
            ),
        ),
    ),
    CorrectVariant(
        name="keyword-arguments",
        edits=(
            (
                _UPDATE,
                "parameters = update_parameters(parameters, grads, learning_rate=learning_rate)",
            ),
        ),
    ),
    CorrectVariant(name="cost-as-float", edits=((_COST, "cost = float(compute_cost(AL, Y))"),)),
    CorrectVariant(
        name="cost-squeezed",
        edits=((_RECORD, "if not i % 100:\n            costs.append(np.squeeze(cost))"),),
    ),
    CorrectVariant(
        name="costs-as-array",
        edits=(("return parameters, costs", "return parameters, np.array(costs)"),),
    ),
    CorrectVariant(
        name="cost-after-the-gradients",
        edits=((_COST, "pass"), (_BACKWARD, _BACKWARD + "\n        " + _COST)),
    ),
    CorrectVariant(
        name="update-written-out",
        edits=(
            (
                _UPDATE,
                "for l in range(1, len(layers_dims)):\n"
                '            parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]\n'
                '            parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]',
            ),
        ),
    ),
    CorrectVariant(
        name="initialization-written-out",
        edits=(
            (
                _INITIALIZE,
                "parameters = {}\n    for l in range(1, len(layers_dims)):\n"
                "        n_prev, n = layers_dims[l - 1], layers_dims[l]\n"
                '        parameters[f"W{l}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)\n'
                '        parameters[f"b{l}"] = np.zeros((n, 1))',
            ),
        ),
    ),
    CorrectVariant(
        name="while-loop-and-other-names",
        code="""
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
    ),
    CorrectVariant(
        name="helpers-bypassed",
        code="""
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
    ),
)
