"""Wrong and right ways to write the loop of gradient descent."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

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

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="plus-for-minus",
        edits=((_W, "w = w + learning_rate * dw"), (_B, "b = b + learning_rate * db")),
        message="The steps go uphill: the gradient is added. It points to where the cost grows, "
        "and we want it to shrink.",
    ),
    Misconception(
        name="plus-for-the-weights",
        edits=((_W, "w = w + learning_rate * dw"),),
        message="The bias goes downhill, but the weights go uphill: look at the sign of their "
        "step.",
    ),
    Misconception(
        name="plus-for-the-bias",
        edits=((_B, "b = b + learning_rate * db"),),
        message="The weights go downhill, but the bias goes uphill: look at the sign of its step.",
    ),
    Misconception(
        name="learning-rate-ignored",
        edits=((_W, "w = w - dw"), (_B, "b = b - db")),
        message="The learning rate is not used: each step is the whole gradient. The learning rate "
        "says how long the steps are.",
    ),
    Misconception(
        name="learning-rate-ignored-for-the-weights",
        edits=((_W, "w = w - dw"),),
        message="The bias uses the learning rate, but the weights do not.",
    ),
    Misconception(
        name="learning-rate-ignored-for-the-bias",
        edits=((_B, "b = b - db"),),
        message="The weights use the learning rate, but the bias does not.",
    ),
    Misconception(
        name="learning-rate-of-the-default",
        edits=((_W, "w = w - 0.009 * dw"), (_B, "b = b - 0.009 * db")),
        message=(
            "The learning rate is 0.009 in every call, whatever the argument says. Use the "
            "argument."
        ),
    ),
    Misconception(
        name="learning-rate-of-the-images",
        edits=((_W, "w = w - 0.005 * dw"), (_B, "b = b - 0.005 * db")),
        message=(
            "The learning rate is 0.005 in every call, whatever the argument says. Use the "
            "argument."
        ),
    ),
    Misconception(
        name="learning-rate-of-the-example",
        edits=((_W, "w = w - 0.1 * dw"), (_B, "b = b - 0.1 * db")),
        message=(
            "The learning rate is 0.1 in every call, whatever the argument says. Use the argument."
        ),
    ),
    Misconception(
        name="learning-rate-of-one-half",
        edits=((_W, "w = w - 0.5 * dw"), (_B, "b = b - 0.5 * db")),
        message=(
            "The learning rate is 0.5 in every call, whatever the argument says. Use the argument."
        ),
    ),
    Misconception(
        name="divided-by-the-learning-rate",
        edits=((_W, "w = w - dw / learning_rate"), (_B, "b = b - db / learning_rate")),
        message="The gradient is divided by the learning rate, so a small rate makes huge steps. "
        "The rate multiplies.",
    ),
    Misconception(
        name="step-divided-by-m",
        edits=(
            (_W, "w = w - learning_rate / X.shape[1] * dw"),
            (_B, "b = b - learning_rate / X.shape[1] * db"),
        ),
        message="The steps are divided by the number of examples. `propagate` has done that "
        "already.",
    ),
    Misconception(
        name="parameters-replaced-by-the-step",
        edits=((_W, "w = learning_rate * dw"), (_B, "b = learning_rate * db")),
        message="The parameters became the step itself. The step is taken from where they are.",
    ),
    Misconception(
        name="step-from-zero",
        edits=((_W, "w = -learning_rate * dw"), (_B, "b = -learning_rate * db")),
        message="The old parameters are gone: only the step is left. A step starts where the one "
        "before it has ended.",
    ),
    Misconception(
        name="parameters-shrunk-by-the-rate",
        edits=((_W, "w = (w - dw) * learning_rate"), (_B, "b = (b - db) * learning_rate")),
        message=(
            "The learning rate multiplies the parameters too. It belongs to the gradient only."
        ),
    ),
    Misconception(
        name="only-the-weights",
        edits=((_UPDATE, _W),),
        message="The weights move, but the bias stays where it was. It learns as well.",
    ),
    Misconception(
        name="only-the-bias",
        edits=((_UPDATE, _B),),
        message="The bias moves, but the weights stay where they were. They learn as well.",
    ),
    Misconception(
        name="nothing-updated",
        edits=((_UPDATE, "pass"),),
        message="Neither w nor b changes: the update is missing, or its result is stored under "
        "another name.",
    ),
    Misconception(
        name="dw-for-the-bias",
        edits=((_B, "b = b - learning_rate * np.sum(dw)"),),
        message="The bias takes a step along dw. Each parameter has a gradient of its own.",
    ),
    Misconception(
        name="whole-dw-for-the-bias",
        edits=((_B, "b = b - learning_rate * dw"),),
        message="The bias takes a step along dw, so it becomes a column. Each parameter has a "
        "gradient of its own.",
    ),
    Misconception(
        name="dw-turned-in-the-step",
        edits=((_W, "w = w - learning_rate * dw.T"),),
        message="dw is transposed in the step: a column minus a row makes a table. The gradient "
        "has the shape of the weights already.",
    ),
    Misconception(
        name="db-for-the-weights",
        edits=((_W, "w = w - learning_rate * db"),),
        message="The weights take a step along db. Each parameter has a gradient of its own.",
    ),
    Misconception(
        name="step-taken-twice",
        edits=((_UPDATE, _UPDATE + "\n        " + _UPDATE),),
        message=(
            "Each round of the loop goes twice as far along the gradient as it should: one step"
            " is enough."
        ),
    ),
    Misconception(
        name="one-step-only",
        edits=((_LOOP, "for i in range(1):"),),
        message="Only one step is taken, whatever the number of iterations. Does the loop run that "
        "often, and does `return` come after it, not inside it?",
    ),
    Misconception(
        name="one-step-too-few",
        edits=((_LOOP, "for i in range(num_iterations - 1):"),),
        message="One step too few is taken. `range(n)` runs n times as it is.",
    ),
    Misconception(
        name="one-step-too-many",
        edits=((_LOOP, "for i in range(num_iterations + 1):"),),
        message="One step too many is taken. `range(n)` runs n times as it is.",
    ),
    Misconception(
        name="a-hundred-steps",
        edits=((_LOOP, "for i in range(100):"),),
        message="A hundred steps are taken, whatever the argument says. Use the number of "
        "iterations that the function is given.",
    ),
    Misconception(
        name="two-thousand-steps",
        edits=((_LOOP, "for i in range(2000):"),),
        message="Two thousand steps are taken, whatever the argument says. Use the number of "
        "iterations that the function is given.",
    ),
    Misconception(
        name="gradient-of-the-start",
        edits=(
            (_LOOP, _PROPAGATE + "\n    " + _LOOP),
            ("        " + _PROPAGATE + "\n        # YOUR CODE ENDS HERE", "        pass"),
        ),
        message=(
            "Every step goes along the gradient of the start. After each step the gradient is "
            "different, so it has to be computed again, inside the loop."
        ),
    ),
    Misconception(
        name="started-anew-in-every-turn",
        edits=((_PROPAGATE, _PROPAGATE.replace("w, b, X", "np.zeros_like(w), 0.0, X")),),
        message="The gradient is always taken at zero, not where the parameters are now.",
    ),
    Misconception(
        name="examples-and-labels-exchanged",
        edits=((_PROPAGATE, "grads, cost = propagate(w, b, Y, X)"),),
        message="Examples and labels are swapped in the call of `propagate`.",
    ),
    Misconception(
        name="examples-of-the-notebook",
        edits=(
            (
                _PROPAGATE,
                "grads, cost = propagate(w, b, np.zeros((12288, 209)), np.zeros((1, 209)))",
            ),
        ),
        message="`propagate` gets the notebook's images. Pass on the examples that the function "
        "was given.",
    ),
    Misconception(
        name="cost-and-gradients-exchanged",
        edits=((_PROPAGATE, "cost, grads = propagate(w, b, X, Y)"),),
        message="`propagate` returns the gradients first, then the cost; the names on the left are "
        "in the other order.",
    ),
    Misconception(
        name="one-name-for-two-results",
        edits=((_PROPAGATE, "grads = propagate(w, b, X, Y)"),),
        message="`propagate` returns two things, so two names belong on the left of the equals "
        "sign.",
    ),
    Misconception(
        name="every-cost-recorded",
        edits=((_RECORD, "costs.append(cost)\n        if i % 100 == 0:\n            pass"),),
        message="The cost of every iteration is kept. Only every hundredth is asked for.",
    ),
    Misconception(
        name="every-tenth-cost-recorded",
        edits=(("if i % 100 == 0:", "if i % 10 == 0:"),),
        message="The cost of every tenth iteration is kept. Every hundredth is asked for.",
    ),
    Misconception(
        name="first-cost-not-recorded",
        edits=(("if i % 100 == 0:", "if i > 0 and i % 100 == 0:"),),
        message="The cost of iteration 0 is not kept: 0 is a multiple of 100 as well.",
    ),
    Misconception(
        name="cost-recorded-at-the-end-of-each-hundred",
        edits=(("if i % 100 == 0:", "if i % 100 == 99:"),),
        message="The costs of the iterations 99, 199, ... are kept. Those of 0, 100, 200, ... are "
        "asked for; the given loop counts from 0.",
    ),
    Misconception(
        name="last-cost-recorded-too",
        edits=(("if i % 100 == 0:", "if i % 100 == 0 or i == num_iterations - 1:"),),
        message="The cost of the last iteration is kept as well. Only those of 0, 100, 200, ... "
        "are asked for.",
    ),
    Misconception(
        name="cost-recorded-only-when-printed",
        edits=(("if i % 100 == 0:", "if print_cost and i % 100 == 0:"),),
        message="The list of costs stays empty. They should be kept in any case, not only when "
        "they are printed.",
    ),
    Misconception(
        name="cost-after-the-step",
        edits=((_RECORD, _RECORD.replace("append(cost)", "append(propagate(w, b, X, Y)[1])")),),
        message="The costs are computed after the step. The first one belongs to the parameters "
        "that the function was given.",
    ),
    Misconception(
        name="gradients-after-the-last-step",
        edits=((_GRADS, "grads = propagate(w, b, X, Y)[0]"),),
        message="The gradients are computed once more after the last step. Those of the last "
        "iteration, before its step, are asked for.",
    ),
    Misconception(
        name="learning-rate-decays",
        edits=((_W, "learning_rate = learning_rate * 0.99\n        " + _W),),
        message="The learning rate changes on the way. Every step uses the same one.",
    ),
    Misconception(
        name="parameters-returned-as-a-tuple",
        edits=((_PARAMS, "params = (w, b)"),),
        message="The parameters are returned as a tuple. Put them into the dictionary, as the "
        "given lines do.",
    ),
    Misconception(
        name="parameters-exchanged",
        edits=((_PARAMS, 'params = {"w": b, "b": w}'),),
        message="w and b are stored under each other's names in the dictionary.",
    ),
    Misconception(
        name="costs-not-returned",
        edits=(("return params, grads, costs", "return params, grads"),),
        message="The list of costs is not returned: the last line was given.",
    ),
    Misconception(
        name="gradients-not-returned",
        edits=(("return params, grads, costs", "return params, costs"),),
        message="The gradients are not returned: the last line was given.",
    ),
    Misconception(
        name="last-cost-returned",
        edits=(("return params, grads, costs", "return params, grads, cost"),),
        message="Only the last cost is returned. The whole list is asked for.",
    ),
    Misconception(
        name="gradients-and-parameters-exchanged",
        edits=(("return params, grads, costs", "return grads, params, costs"),),
        message="The parameters come first, then the gradients: the last line was given.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return params, grads, costs", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="minus-equals-on-the-copy",
        edits=((_W, "w -= learning_rate * dw"), (_B, "b -= learning_rate * db")),
    ),
    CorrectVariant(
        name="without-a-copy",
        edits=((_COPY_W, "w = w"), ("b = copy.deepcopy(b)", "b = b")),
    ),
    CorrectVariant(
        name="caller-s-weights-changed",
        edits=((_COPY_W, "w = w"), (_W, "w -= learning_rate * dw")),
    ),
    CorrectVariant(
        name="numpy-copy",
        edits=((_COPY_W, "w = w.copy()"), (_W, "w -= np.multiply(learning_rate, dw)")),
    ),
    CorrectVariant(
        name="np-subtract",
        edits=(
            (_W, "w = np.subtract(w, np.multiply(learning_rate, dw))"),
            (_B, "b = np.subtract(b, learning_rate * db)"),
        ),
    ),
    CorrectVariant(name="rate-behind", edits=((_W, "w = w + dw * -learning_rate"),)),
    CorrectVariant(
        name="straight-from-the-dictionary",
        edits=(
            (_W, 'w = w - learning_rate * grads["dw"]'),
            (_B, 'b = b - learning_rate * grads["db"]'),
        ),
    ),
    CorrectVariant(
        name="results-one-by-one",
        edits=(
            (
                _PROPAGATE,
                "results = propagate(w, b, X, Y)\n        grads = results[0]\n"
                "        cost = results[1]",
            ),
        ),
    ),
    CorrectVariant(
        name="costs-as-floats",
        edits=((_RECORD, _RECORD.replace("append(cost)", "append(float(cost))")),),
    ),
    CorrectVariant(
        name="costs-as-an-array",
        edits=(("return params, grads, costs", "return params, grads, np.array(costs)"),),
    ),
    CorrectVariant(
        name="cost-kept-before-the-step",
        edits=(
            (_PROPAGATE, _PROPAGATE + "\n        if i % 100 == 0:\n            costs += [cost]"),
            (_RECORD, "if i % 100 == 0:"),
        ),
    ),
    CorrectVariant(
        name="while-loop",
        code="""
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
    ),
    CorrectVariant(
        name="propagate-bypassed",
        code="""
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
    ),
    CorrectVariant(
        name="older-edition",
        code="""
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
    ),
)
