"""Wrong and right ways to write the loop of gradient descent."""

_PROPAGATE = "grads, cost = propagate(w, b, X, Y)"
_DW = 'dw = grads["dw"]'
_DB = 'db = grads["db"]'
_W = "w = w - learning_rate * dw"
_B = "b = b - learning_rate * db"
_UPDATE = _W + "\n        " + _B
_LOOP = "for i in range(num_iterations):"
_RECORD = "if i % 100 == 0:\n            costs.append(cost)"
_COPY_W = "w = copy.deepcopy(w)"
_PARAMS = 'params = {"w": w, "b": b}'
_GRADS = 'grads = {"dw": dw, "db": db}'

MISCONCEPTIONS = {
    "plus-for-minus": (
        {_W: "w = w + learning_rate * dw", _B: "b = b + learning_rate * db"},
        "The steps go uphill: the gradient is added. It points to where the cost grows, and we "
        "want it to shrink.",
    ),
    "plus-for-the-weights": (
        {_W: "w = w + learning_rate * dw"},
        "The bias goes downhill, but the weights go uphill: look at the sign of their step.",
    ),
    "plus-for-the-bias": (
        {_B: "b = b + learning_rate * db"},
        "The weights go downhill, but the bias goes uphill: look at the sign of its step.",
    ),
    "learning-rate-ignored": (
        {_W: "w = w - dw", _B: "b = b - db"},
        "The learning rate is not used: each step is the whole gradient. The learning rate says "
        "how long the steps are.",
    ),
    "learning-rate-ignored-for-the-weights": (
        {_W: "w = w - dw"},
        "The bias uses the learning rate, but the weights do not.",
    ),
    "learning-rate-ignored-for-the-bias": (
        {_B: "b = b - db"},
        "The weights use the learning rate, but the bias does not.",
    ),
    "learning-rate-of-the-default": (
        {_W: "w = w - 0.009 * dw", _B: "b = b - 0.009 * db"},
        "The learning rate is 0.009 in every call, whatever the argument says. Use the argument.",
    ),
    "learning-rate-of-the-images": (
        {_W: "w = w - 0.005 * dw", _B: "b = b - 0.005 * db"},
        "The learning rate is 0.005 in every call, whatever the argument says. Use the argument.",
    ),
    "learning-rate-of-the-example": (
        {_W: "w = w - 0.1 * dw", _B: "b = b - 0.1 * db"},
        "The learning rate is 0.1 in every call, whatever the argument says. Use the argument.",
    ),
    "learning-rate-of-one-half": (
        {_W: "w = w - 0.5 * dw", _B: "b = b - 0.5 * db"},
        "The learning rate is 0.5 in every call, whatever the argument says. Use the argument.",
    ),
    "divided-by-the-learning-rate": (
        {_W: "w = w - dw / learning_rate", _B: "b = b - db / learning_rate"},
        "The gradient is divided by the learning rate, so a small rate makes huge steps. The rate "
        "multiplies.",
    ),
    "step-divided-by-m": (
        {
            _W: "w = w - learning_rate / X.shape[1] * dw",
            _B: "b = b - learning_rate / X.shape[1] * db",
        },
        "The steps are divided by the number of examples. `propagate` has done that already.",
    ),
    "parameters-replaced-by-the-step": (
        {_W: "w = learning_rate * dw", _B: "b = learning_rate * db"},
        "The parameters became the step itself. The step is taken from where they are.",
    ),
    "step-from-zero": (
        {_W: "w = -learning_rate * dw", _B: "b = -learning_rate * db"},
        "The old parameters are gone: only the step is left. A step starts where the one before "
        "it has ended.",
    ),
    "parameters-shrunk-by-the-rate": (
        {_W: "w = (w - dw) * learning_rate", _B: "b = (b - db) * learning_rate"},
        "The learning rate multiplies the parameters too. It belongs to the gradient only.",
    ),
    "only-the-weights": (
        {_UPDATE: _W},
        "The weights move, but the bias stays where it was. It learns as well.",
    ),
    "only-the-bias": (
        {_UPDATE: _B},
        "The bias moves, but the weights stay where they were. They learn as well.",
    ),
    "nothing-updated": (
        {_UPDATE: "pass"},
        "Neither w nor b changes: the update is missing, or its result is stored under another "
        "name.",
    ),
    "dw-for-the-bias": (
        {_B: "b = b - learning_rate * np.sum(dw)"},
        "The bias takes a step along dw. Each parameter has a gradient of its own.",
    ),
    "whole-dw-for-the-bias": (
        {_B: "b = b - learning_rate * dw"},
        "The bias takes a step along dw, so it becomes a column. Each parameter has a gradient of "
        "its own.",
    ),
    "dw-turned-in-the-step": (
        {_W: "w = w - learning_rate * dw.T"},
        "dw is transposed in the step: a column minus a row makes a table. The gradient has the "
        "shape of the weights already.",
    ),
    "db-for-the-weights": (
        {_W: "w = w - learning_rate * db"},
        "The weights take a step along db. Each parameter has a gradient of its own.",
    ),
    "step-taken-twice": (
        {_UPDATE: _UPDATE + "\n        " + _UPDATE},
        "Each round of the loop goes twice as far along the gradient as it should: one step is "
        "enough.",
    ),
    "one-step-only": (
        {_LOOP: "for i in range(1):"},
        "Only one step is taken, whatever the number of iterations. Does the loop run that often, "
        "and does `return` come after it, not inside it?",
    ),
    "one-step-too-few": (
        {_LOOP: "for i in range(num_iterations - 1):"},
        "One step too few is taken. `range(n)` runs n times as it is.",
    ),
    "one-step-too-many": (
        {_LOOP: "for i in range(num_iterations + 1):"},
        "One step too many is taken. `range(n)` runs n times as it is.",
    ),
    "a-hundred-steps": (
        {_LOOP: "for i in range(100):"},
        "A hundred steps are taken, whatever the argument says. Use the number of iterations that "
        "the function is given.",
    ),
    "two-thousand-steps": (
        {_LOOP: "for i in range(2000):"},
        "Two thousand steps are taken, whatever the argument says. Use the number of iterations "
        "that the function is given.",
    ),
    "gradient-of-the-start": (
        {
            _LOOP: _PROPAGATE + "\n    " + _LOOP,
            "        " + _PROPAGATE + "\n        # YOUR CODE ENDS HERE": "        pass",
        },
        "Every step goes along the gradient of the start. After each step the gradient is "
        "different, so it has to be computed again, inside the loop.",
    ),
    "started-anew-in-every-turn": (
        {_PROPAGATE: _PROPAGATE.replace("w, b, X", "np.zeros_like(w), 0.0, X")},
        "The gradient is always taken at zero, not where the parameters are now.",
    ),
    "examples-and-labels-exchanged": (
        {_PROPAGATE: "grads, cost = propagate(w, b, Y, X)"},
        "Examples and labels are swapped in the call of `propagate`.",
    ),
    "examples-of-the-notebook": (
        {_PROPAGATE: ("grads, cost = propagate(w, b, np.zeros((12288, 209)), np.zeros((1, 209)))")},
        "`propagate` gets the notebook's images. Pass on the examples that the function was given.",
    ),
    "cost-and-gradients-exchanged": (
        {_PROPAGATE: "cost, grads = propagate(w, b, X, Y)"},
        "`propagate` returns the gradients first, then the cost; the names on the left are in the "
        "other order.",
    ),
    "one-name-for-two-results": (
        {_PROPAGATE: "grads = propagate(w, b, X, Y)"},
        "`propagate` returns two things, so two names belong on the left of the equals sign.",
    ),
    "every-cost-recorded": (
        {_RECORD: "costs.append(cost)\n        if i % 100 == 0:\n            pass"},
        "The cost of every iteration is kept. Only every hundredth is asked for.",
    ),
    "every-tenth-cost-recorded": (
        {"if i % 100 == 0:": "if i % 10 == 0:"},
        "The cost of every tenth iteration is kept. Every hundredth is asked for.",
    ),
    "first-cost-not-recorded": (
        {"if i % 100 == 0:": "if i > 0 and i % 100 == 0:"},
        "The cost of iteration 0 is not kept: 0 is a multiple of 100 as well.",
    ),
    "cost-recorded-at-the-end-of-each-hundred": (
        {"if i % 100 == 0:": "if i % 100 == 99:"},
        "The costs of the iterations 99, 199, ... are kept. Those of 0, 100, 200, ... are asked "
        "for; the given loop counts from 0.",
    ),
    "last-cost-recorded-too": (
        {"if i % 100 == 0:": "if i % 100 == 0 or i == num_iterations - 1:"},
        "The cost of the last iteration is kept as well. Only those of 0, 100, 200, ... are asked "
        "for.",
    ),
    "cost-recorded-only-when-printed": (
        {"if i % 100 == 0:": "if print_cost and i % 100 == 0:"},
        "The list of costs stays empty. They should be kept in any case, not only when they are "
        "printed.",
    ),
    "cost-after-the-step": (
        {_RECORD: _RECORD.replace("append(cost)", "append(propagate(w, b, X, Y)[1])")},
        "The costs are computed after the step. The first one belongs to the parameters that the "
        "function was given.",
    ),
    "gradients-after-the-last-step": (
        {_GRADS: "grads = propagate(w, b, X, Y)[0]"},
        "The gradients are computed once more after the last step. Those of the last iteration, "
        "before its step, are asked for.",
    ),
    "learning-rate-decays": (
        {_W: "learning_rate = learning_rate * 0.99\n        " + _W},
        "The learning rate changes on the way. Every step uses the same one.",
    ),
    "parameters-returned-as-a-tuple": (
        {_PARAMS: "params = (w, b)"},
        "The parameters are returned as a tuple. Put them into the dictionary, as the given lines "
        "do.",
    ),
    "parameters-exchanged": (
        {_PARAMS: 'params = {"w": b, "b": w}'},
        "w and b are stored under each other's names in the dictionary.",
    ),
    "costs-not-returned": (
        {"return params, grads, costs": "return params, grads"},
        "The list of costs is not returned: the last line was given.",
    ),
    "gradients-not-returned": (
        {"return params, grads, costs": "return params, costs"},
        "The gradients are not returned: the last line was given.",
    ),
    "last-cost-returned": (
        {"return params, grads, costs": "return params, grads, cost"},
        "Only the last cost is returned. The whole list is asked for.",
    ),
    "gradients-and-parameters-exchanged": (
        {"return params, grads, costs": "return grads, params, costs"},
        "The parameters come first, then the gradients: the last line was given.",
    ),
    "nothing-returned": (
        {"return params, grads, costs": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

CORRECT = {
    "minus-equals-on-the-copy": {_W: "w -= learning_rate * dw", _B: "b -= learning_rate * db"},
    "without-a-copy": {_COPY_W: "w = w", "b = copy.deepcopy(b)": "b = b"},
    "caller-s-weights-changed": {_COPY_W: "w = w", _W: "w -= learning_rate * dw"},
    "numpy-copy": {_COPY_W: "w = w.copy()", _W: "w -= np.multiply(learning_rate, dw)"},
    "np-subtract": {
        _W: "w = np.subtract(w, np.multiply(learning_rate, dw))",
        _B: "b = np.subtract(b, learning_rate * db)",
    },
    "rate-behind": {_W: "w = w + dw * -learning_rate"},
    "straight-from-the-dictionary": {
        _W: 'w = w - learning_rate * grads["dw"]',
        _B: 'b = b - learning_rate * grads["db"]',
    },
    "results-one-by-one": {
        _PROPAGATE: (
            "results = propagate(w, b, X, Y)\n        grads = results[0]\n        cost = results[1]"
        )
    },
    "costs-as-floats": {_RECORD: _RECORD.replace("append(cost)", "append(float(cost))")},
    "costs-as-an-array": {"return params, grads, costs": "return params, grads, np.array(costs)"},
    "cost-kept-before-the-step": {
        _PROPAGATE: _PROPAGATE + "\n        if i % 100 == 0:\n            costs += [cost]",
        _RECORD: "if i % 100 == 0:",
    },
    "while-loop": """
def optimize(w, b, X, Y, steps=10, alpha=1.0, verbose=True):
    history = []
    done = 0
    while done < steps:
        gradients, cost = propagate(w, b, X, Y)
        if done % 100 == 0:
            history.append(cost)
            if verbose:
                print("cost", cost)
        w = w - alpha * gradients["dw"]
        b = b - alpha * gradients["db"]
        done += 1
    return {"w": w, "b": b, "steps": done}, gradients, history
""",
    "propagate-bypassed": """
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    m = X.shape[1]
    for i in range(num_iterations):
        A = 1 / (1 + np.exp(-(w.T @ X + b)))
        if i % 100 == 0:
            costs.append(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
        dw = X @ (A - Y).T / m
        db = np.mean(A - Y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return {"w": w, "b": b}, {"dw": dw, "db": db}, costs
""",
    "older-edition": """
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost = False):
    costs = []

    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)

        dw = grads["dw"]
        db = grads["db"]

        w = w - learning_rate*dw
        b = b - learning_rate*db

        if i % 100 == 0:
            costs.append(cost)

        if print_cost and i % 100 == 0:
            print ("Cost after iteration %i: %f" %(i, cost))

    params = {"w": w,
              "b": b}

    grads = {"dw": dw,
             "db": db}

    return params, grads, costs
""",
}
