"""Wrong and right ways to write ``nn_model``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_SEED = 'np.random.seed(3)  # so that everyone gets the same "random" numbers; keep this line first'
_INITIALIZE = "parameters = initialize_parameters(n_x, n_h, n_y)"
_LOOP = "for i in range(num_iterations):"
_FORWARD = "A2, cache = forward_propagation(X, parameters)"
_COST = "cost = compute_cost(A2, Y)"
_BACKWARD = "grads = backward_propagation(parameters, cache, X, Y)"
_UPDATE = "parameters = update_parameters(parameters, grads)"
_PRINT = 'print(f"Cost after iteration {i}: {cost:.6f}")'
_INDENT = "\n        "

MODEL_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="update-not-stored",
        edits=((_UPDATE, "update_parameters(parameters, grads)"),),
        message=(
            "The network never learns: the parameters of the start come back. "
            "`update_parameters` returns new ones, which have to be stored in every round."
        ),
    ),
    Misconception(
        name="updated-twice",
        edits=((_UPDATE, _UPDATE + _INDENT + _UPDATE),),
        message=(
            "Each round of the loop goes twice as far along the gradient as it should: one step"
            " is enough."
        ),
    ),
    Misconception(
        name="initialized-in-every-turn",
        edits=((_FORWARD, _INITIALIZE + _INDENT + _FORWARD),),
        message="The parameters are created again in every round of the loop, so all learning is "
        "lost. Create them once, before the loop.",
    ),
    Misconception(
        name="other-random-numbers",
        edits=((_SEED, "np.random.seed(2)"),),
        message=(
            "The training starts from random numbers other than those of seed 3. The first "
            "line, as it was given, sets that seed, and nothing may set another one after it "
            "(in older editions `initialize_parameters` did)."
        ),
        lesson="a3_shallow_network#initialise",
    ),
    Misconception(
        name="another-seed",
        edits=((_SEED, "np.random.seed(1)"),),
        message="The training starts from the random numbers of seed 1. The given line sets 3.",
    ),
    Misconception(
        name="four-hidden-units-always",
        edits=((_INITIALIZE, "parameters = initialize_parameters(n_x, 4, n_y)"),),
        message="The hidden layer has always four units. The number of hidden units is an argument "
        "of the function: use it.",
    ),
    Misconception(
        name="input-and-output-swapped",
        edits=((_INITIALIZE, "parameters = initialize_parameters(n_y, n_h, n_x)"),),
        # X and Y swapped in the call of `backward_propagation` stop with the same error.
        message="Input and output are swapped in one of the calls: `initialize_parameters` takes "
        "the sizes in the order of the network, and `backward_propagation` takes X before Y.",
    ),
    Misconception(
        name="sizes-in-another-order",
        edits=((_INITIALIZE, "parameters = initialize_parameters(n_x, n_y, n_h)"),),
        message="`initialize_parameters` gets the size of the output where it expects that of the "
        "hidden layer.",
    ),
    Misconception(
        name="two-inputs-always",
        edits=((_INITIALIZE, "parameters = initialize_parameters(2, n_h, 1)"),),
        message=(
            "The network always has 2 inputs and 1 output, as for the flower. Both numbers were"
            " read from the data above."
        ),
    ),
    Misconception(
        name="learning-rate-of-another-network",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 0.01)"),),
        message="The learning rate is 0.01. The default of `update_parameters` is asked for.",
    ),
    Misconception(
        name="learning-rate-one-tenth",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 0.1)"),),
        message="The learning rate is 0.1. The default of `update_parameters` is asked for.",
    ),
    Misconception(
        name="learning-rate-of-the-cat-classifier",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 0.0075)"),),
        message="The learning rate is 0.0075. The default of `update_parameters` is asked for.",
    ),
    Misconception(
        name="learning-rate-one-half",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 0.5)"),),
        message="The learning rate is 0.5. The default of `update_parameters` is asked for.",
    ),
    Misconception(
        name="learning-rate-one",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, 1.0)"),),
        message="The learning rate is 1. The default of `update_parameters` is asked for.",
    ),
    Misconception(
        name="uphill",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, -1.2)"),),
        message="The step goes uphill. `update_parameters` takes care of the sign already.",
    ),
    Misconception(
        name="update-arguments-swapped",
        edits=((_UPDATE, "parameters = update_parameters(grads, parameters)"),),
        message="`update_parameters` takes the parameters first and the gradients second.",
    ),
    Misconception(
        name="array-in-place-of-a-dictionary",
        edits=((_FORWARD, "A2, cache = forward_propagation(parameters, X)"),),
        message="An array is asked for a key, as if it were a dictionary. `forward_propagation` "
        "takes the input first and the parameters second; `backward_propagation` needs the whole "
        "cache, not A2 alone.",
    ),
    Misconception(
        name="forward-results-swapped",
        edits=((_FORWARD, "cache, A2 = forward_propagation(X, parameters)"),),
        message="The two results of `forward_propagation` got each other's names: the "
        "probabilities come first.",
    ),
    Misconception(
        name="forward-results-under-one-name",
        edits=(
            (_FORWARD, "A2 = forward_propagation(X, parameters)"),
            (_BACKWARD, "grads = backward_propagation(parameters, A2, X, Y)"),
        ),
        message="`forward_propagation` returns two things, the probabilities and the cache. Give "
        "each of them a name.",
    ),
    Misconception(
        name="backward-arguments-in-another-order",
        edits=((_BACKWARD, "grads = backward_propagation(X, Y, parameters, cache)"),),
        message="`backward_propagation` takes the parameters and the cache first, then X and Y.",
    ),
    Misconception(
        name="forward-pass-before-the-loop",
        edits=(
            (_LOOP, _FORWARD + "\n    " + _LOOP),
            (_INDENT + _FORWARD, ""),
        ),
        message=(
            "Every step uses the first predictions, as when the forward pass is made once, "
            "before the loop. It belongs in the loop."
        ),
    ),
    Misconception(
        name="gradients-before-the-loop",
        edits=(
            (
                _LOOP,
                _FORWARD + "\n    " + _COST + "\n    " + _BACKWARD + "\n    " + _LOOP,
            ),
            (_FORWARD + _INDENT + _COST + _INDENT + _BACKWARD, "pass"),
        ),
        message=(
            "Every step goes in the same direction, along the first gradients. The four steps "
            "belong in the loop."
        ),
    ),
    Misconception(
        name="cost-not-computed",
        edits=((_COST, ""),),
        message=(
            "The cost is not computed, so it cannot be printed. All four steps belong in the loop."
        ),
    ),
    Misconception(
        name="one-step-too-few",
        edits=((_LOOP, "for i in range(num_iterations - 1):"),),
        message="There is one step too few. `range(n)` runs n times, from 0 to n - 1.",
    ),
    Misconception(
        name="one-step-too-many",
        edits=((_LOOP, "for i in range(num_iterations + 1):"),),
        message="There is one step too many. `range(n)` runs n times, from 0 to n - 1.",
    ),
    Misconception(
        name="number-of-steps-ignored",
        edits=((_LOOP, "for i in range(100):"),),
        message=("A hundred steps are taken, whatever the argument says. Use the argument."),
    ),
    Misconception(
        name="one-step-only",
        edits=((_PRINT, _PRINT + _INDENT + "return parameters"),),
        message="Only one step takes effect, however many are asked for. Look at the indentation: "
        "is `return` inside the loop, or the update outside? Or are the first parameters created "
        "again in every round?",
    ),
    Misconception(
        name="gradients-returned",
        edits=(("return parameters", "return grads"),),
        message="The last gradients are returned. The learned parameters are asked for.",
    ),
    Misconception(
        name="cost-returned-too",
        edits=(("return parameters", "return parameters, cost"),),
        message="The cost is returned as well. Only the parameters are asked for.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return parameters", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
    Misconception(
        name="cost-with-parameters",
        edits=((_COST, "cost = compute_cost(A2, Y, parameters)"),),
        message="`compute_cost` takes two things here, the predictions and the labels. (In older "
        "editions it took the parameters too.)",
    ),
    Misconception(
        name="always-a-thousand-steps",
        edits=((_LOOP, "for i in range(1000):"),),
        message="The loop always takes a thousand steps. How many there are is an argument, "
        "`num_iterations`.",
    ),
)

MODEL_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="learning-rate-written-out",
        edits=((_UPDATE, "parameters = update_parameters(parameters, grads, learning_rate=1.2)"),),
    ),
    CorrectVariant(
        name="sizes-from-the-shapes",
        edits=((_INITIALIZE, "parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])"),),
    ),
    CorrectVariant(
        name="keyword-arguments",
        edits=(
            (_FORWARD, "A2, cache = forward_propagation(X, parameters=parameters)"),
            (_BACKWARD, "grads = backward_propagation(parameters, cache, X=X, Y=Y)"),
        ),
    ),
    CorrectVariant(
        name="unpacked-as-in-older-editions",
        edits=(
            (
                _INITIALIZE,
                _INITIALIZE + '\n    W1 = parameters["W1"]\n    b1 = parameters["b1"]\n'
                '    W2 = parameters["W2"]\n    b2 = parameters["b2"]',
            ),
        ),
    ),
    CorrectVariant(
        name="cost-after-the-gradients",
        edits=((_FORWARD + _INDENT + _COST, _FORWARD), (_BACKWARD, _BACKWARD + _INDENT + _COST)),
    ),
    CorrectVariant(
        name="costs-collected",
        edits=(
            (_LOOP, "costs = []\n    " + _LOOP),
            (_COST, _COST + _INDENT + "costs.append(cost)"),
        ),
    ),
    CorrectVariant(
        name="cost-only-where-it-is-printed",
        edits=(
            (_COST + "\n", "\n"),
            (_PRINT, _COST + _INDENT + "    " + _PRINT),
        ),
    ),
    CorrectVariant(
        name="update-written-out",
        edits=(
            (
                _UPDATE,
                "for name in parameters:\n            parameters[name] = "
                'parameters[name] - 1.2 * grads["d" + name]',
            ),
        ),
    ),
    CorrectVariant(
        name="while-loop",
        code="""
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
    ),
    CorrectVariant(
        name="helpers-bypassed",
        code="""
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
    ),
)
