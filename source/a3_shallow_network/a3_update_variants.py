"""Wrong and right ways to write ``update_parameters``."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_W1 = "W1 = W1 - learning_rate * dW1"
_B1 = "b1 = b1 - learning_rate * db1"
_W2 = "W2 = W2 - learning_rate * dW2"
_B2 = "b2 = b2 - learning_rate * db2"
_LINES = f"{_W1}\n    {_B1}\n    {_W2}\n    {_B2}"
_RESULT = 'parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}'


def _all(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The four lines, with a text in each of them replaced."""
    return tuple((line, line.replace(old, new)) for line in (_W1, _B1, _W2, _B2))


UPDATE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="uphill",
        edits=_all(" - ", " + "),
        message="The step goes along the gradient, so the cost grows. The gradient points uphill, "
        "and we want to go down.",
    ),
    Misconception(
        name="uphill-with-the-weights",
        edits=((_W1, "W1 = W1 + learning_rate * dW1"), (_W2, "W2 = W2 + learning_rate * dW2")),
        message="The biases go downhill, but the weights go uphill: look at their sign.",
    ),
    Misconception(
        name="uphill-with-the-biases",
        edits=((_B1, "b1 = b1 + learning_rate * db1"), (_B2, "b2 = b2 + learning_rate * db2")),
        message="The weights go downhill, but the biases go uphill: look at their sign.",
    ),
    Misconception(
        name="learning-rate-forgotten",
        edits=_all("learning_rate * ", ""),
        message="The learning rate is missing: the step is as long as the gradient itself.",
    ),
    Misconception(
        name="learning-rate-of-the-notebook",
        edits=_all("learning_rate", "1.2"),
        message=(
            "The learning rate is 1.2 in every call, whatever the argument says. Use the argument."
        ),
    ),
    Misconception(
        name="divided-by-the-learning-rate",
        edits=tuple(
            (line, line.replace("learning_rate * ", "") + " / learning_rate")
            for line in (_W1, _B1, _W2, _B2)
        ),
        message="The gradient is divided by the learning rate. A larger learning rate should make "
        "the step longer.",
    ),
    Misconception(
        name="only-the-weights",
        edits=((_B1, "pass"), (_B2, "pass")),
        message="The biases do not change. They are learned like the weights.",
    ),
    Misconception(
        name="only-the-biases",
        edits=((_W1, "pass"), (_W2, "pass")),
        message="The weights do not change. They are learned like the biases.",
    ),
    Misconception(
        name="only-the-hidden-layer",
        edits=((_W2, "pass"), (_B2, "pass")),
        message="The output layer does not change. Both layers learn.",
    ),
    Misconception(
        name="only-the-output-layer",
        edits=((_W1, "pass"), (_B1, "pass")),
        message="The hidden layer does not change. Both layers learn.",
    ),
    Misconception(
        name="step-without-the-old-value",
        edits=tuple(
            (line, line.split(" = ")[0] + " = -" + line.split(" - ")[1])
            for line in (_W1, _B1, _W2, _B2)
        ),
        message="This is only the step. It should be added to the old value.",
    ),
    Misconception(
        name="gradient-minus-parameter",
        edits=(
            (_W1, "W1 = dW1 - learning_rate * W1"),
            (_B1, "b1 = db1 - learning_rate * b1"),
            (_W2, "W2 = dW2 - learning_rate * W2"),
            (_B2, "b2 = db2 - learning_rate * b2"),
        ),
        message="Parameter and gradient are swapped. The old value comes first, and the gradient "
        "is what is multiplied by the learning rate.",
    ),
    Misconception(
        name="shrunk-by-the-learning-rate",
        edits=tuple(
            (line, line.replace(" - learning_rate * ", " * (1 - learning_rate) - "))
            for line in (_W1, _B1, _W2, _B2)
        ),
        message="The old values are shrunk, and the gradient is not multiplied by the learning "
        "rate. Only the gradient is.",
    ),
    Misconception(
        name="difference-times-the-learning-rate",
        edits=(
            (_W1, "W1 = (W1 - dW1) * learning_rate"),
            (_B1, "b1 = (b1 - db1) * learning_rate"),
            (_W2, "W2 = (W2 - dW2) * learning_rate"),
            (_B2, "b2 = (b2 - db2) * learning_rate"),
        ),
        message=("The whole difference is multiplied by the learning rate. Only the gradient is."),
    ),
    Misconception(
        name="multiplied-instead-of-subtracted",
        edits=_all(" - ", " * "),
        message="The old value is multiplied by the step. The step should be subtracted.",
    ),
    Misconception(
        name="two-steps",
        edits=((_LINES, f"{_LINES}\n    {_LINES}"),),
        message=("The step is twice as long as it should be, as when it is taken twice."),
    ),
    Misconception(
        name="bias-of-the-other-layer",
        edits=((_B1, "b1 = b1 - learning_rate * db2"), (_B2, "b2 = b2 - learning_rate * db1")),
        message="Each bias is changed by the gradient of the other layer's.",
    ),
    Misconception(
        name="new-values-not-stored",
        edits=((_RESULT, "pass"),),
        message=(
            "The old parameters come back as they were. The new values belong in the dictionary"
            " that is returned, as the given line makes it."
        ),
    ),
    Misconception(
        name="gradients-returned",
        edits=(("return parameters", "return grads"),),
        message="The gradients are returned. The new parameters are asked for.",
    ),
    Misconception(
        name="layers-swapped-in-the-result",
        edits=((_RESULT, 'parameters = {"W1": W2, "b1": b2, "W2": W1, "b2": b1}'),),
        message="The parameters of the two layers are stored under each other's names.",
    ),
    Misconception(
        name="another-default-rate",
        edits=(("learning_rate=1.2", "learning_rate=0.01"),),
        message=(
            "Where no learning rate is given, the step is taken with 0.01. The default is given"
            " as 1.2."
        ),
    ),
    Misconception(
        name="no-default-rate",
        edits=(("learning_rate=1.2", "learning_rate"),),
        message="The learning rate has lost its default value. It is given as 1.2.",
    ),
    Misconception(
        name="output-bias-with-the-hidden-gradient",
        edits=((_B2, "b2 = b2 - learning_rate * db1"),),
        message="b2 is updated with db1. Every parameter has its own gradient.",
    ),
)

UPDATE_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="in-place",
        edits=tuple(
            (line, f"{line.split(' = ')[0]} -= {line.split(' - ')[1]}")
            for line in (_W1, _B1, _W2, _B2)
        ),
    ),
    CorrectVariant(
        name="sides-of-the-product-swapped",
        edits=((_W1, "W1 = W1 - dW1 * learning_rate"), (_B2, "b2 = -learning_rate * db2 + b2")),
    ),
    CorrectVariant(
        name="np-subtract",
        edits=((_W1, "W1 = np.subtract(W1, np.multiply(learning_rate, dW1))"),),
    ),
    CorrectVariant(
        name="new-names",
        edits=((_W1, "new = W1 - learning_rate * dW1"), ('{"W1": W1,', '{"W1": new,')),
    ),
    CorrectVariant(
        name="deep-copies",
        edits=((_LINES, f"import copy\n    W1 = copy.deepcopy(W1)\n    {_LINES}"),),
    ),
    CorrectVariant(
        name="comprehension",
        code="""
def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}
""",
    ),
    CorrectVariant(
        name="loop-over-the-layers",
        code="""
def update_parameters(old, gradients, alpha=1.2):
    new = dict(old)
    for l in range(1, len(old) // 2 + 1):
        for letter in ("W", "b"):
            new[f"{letter}{l}"] = old[f"{letter}{l}"] - alpha * gradients[f"d{letter}{l}"]
    return new
""",
    ),
    CorrectVariant(
        name="same-dictionary-changed",
        code="""
def update_parameters(parameters, grads, learning_rate=1.2):
    for name in ["W1", "b1", "W2", "b2"]:
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return parameters
""",
    ),
    CorrectVariant(
        name="helper-function",
        code="""
def step(value, gradient, rate):
    print(value.shape, gradient.shape)
    return value - rate * gradient

def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = step(parameters["W1"], grads["dW1"], learning_rate)
    b1 = step(parameters["b1"], grads["db1"], learning_rate)
    W2 = step(parameters["W2"], grads["dW2"], learning_rate)
    b2 = step(parameters["b2"], grads["db2"], learning_rate)
    assert W1.shape == parameters["W1"].shape
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
""",
    ),
)
