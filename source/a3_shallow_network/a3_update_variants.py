"""Wrong and right ways to write ``update_parameters``."""

from __future__ import annotations

_W1 = "W1 = W1 - learning_rate * dW1"
_B1 = "b1 = b1 - learning_rate * db1"
_W2 = "W2 = W2 - learning_rate * dW2"
_B2 = "b2 = b2 - learning_rate * db2"
_LINES = f"{_W1}\n    {_B1}\n    {_W2}\n    {_B2}"
_RESULT = 'parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}'


def _all(line: str) -> dict[str, str]:
    """The same for the four lines: ``{p}`` stands for the parameter."""
    return {old: line.format(p=old[:2]) for old in (_W1, _B1, _W2, _B2)}


UPDATE_MISCONCEPTIONS = {
    "uphill": (
        _all("{p} = {p} + learning_rate * d{p}"),
        "The step goes along the gradient, so the cost grows. The gradient points uphill, and we "
        "want to go down.",
    ),
    "uphill-with-the-weights": (
        {_W1: "W1 = W1 + learning_rate * dW1", _W2: "W2 = W2 + learning_rate * dW2"},
        "The biases go downhill, but the weights go uphill: look at their sign.",
    ),
    "uphill-with-the-biases": (
        {_B1: "b1 = b1 + learning_rate * db1", _B2: "b2 = b2 + learning_rate * db2"},
        "The weights go downhill, but the biases go uphill: look at their sign.",
    ),
    "learning-rate-forgotten": (
        _all("{p} = {p} - d{p}"),
        "The learning rate is missing: the step is as long as the gradient itself.",
    ),
    "learning-rate-of-the-notebook": (
        _all("{p} = {p} - 1.2 * d{p}"),
        "The learning rate is 1.2 in every call, whatever the argument says. Use the argument.",
    ),
    "divided-by-the-learning-rate": (
        _all("{p} = {p} - d{p} / learning_rate"),
        "The gradient is divided by the learning rate. A larger learning rate should make the "
        "step longer.",
    ),
    "only-the-weights": (
        {_B1: "pass", _B2: "pass"},
        "The biases do not change. They are learned like the weights.",
    ),
    "only-the-biases": (
        {_W1: "pass", _W2: "pass"},
        "The weights do not change. They are learned like the biases.",
    ),
    "only-the-hidden-layer": (
        {_W2: "pass", _B2: "pass"},
        "The output layer does not change. Both layers learn.",
    ),
    "only-the-output-layer": (
        {_W1: "pass", _B1: "pass"},
        "The hidden layer does not change. Both layers learn.",
    ),
    "step-without-the-old-value": (
        _all("{p} = -learning_rate * d{p}"),
        "This is only the step. It should be added to the old value.",
    ),
    "gradient-minus-parameter": (
        _all("{p} = d{p} - learning_rate * {p}"),
        "Parameter and gradient are swapped. The old value comes first, and the gradient is what "
        "is multiplied by the learning rate.",
    ),
    "shrunk-by-the-learning-rate": (
        _all("{p} = {p} * (1 - learning_rate) - d{p}"),
        "The old values are shrunk, and the gradient is not multiplied by the learning rate. Only "
        "the gradient is.",
    ),
    "difference-times-the-learning-rate": (
        _all("{p} = ({p} - d{p}) * learning_rate"),
        "The whole difference is multiplied by the learning rate. Only the gradient is.",
    ),
    "multiplied-instead-of-subtracted": (
        _all("{p} = {p} * learning_rate * d{p}"),
        "The old value is multiplied by the step. The step should be subtracted.",
    ),
    "two-steps": (
        {_LINES: f"{_LINES}\n    {_LINES}"},
        "The step is twice as long as it should be, as when it is taken twice.",
    ),
    "bias-of-the-other-layer": (
        {_B1: "b1 = b1 - learning_rate * db2", _B2: "b2 = b2 - learning_rate * db1"},
        "Each bias is changed by the gradient of the other layer's.",
    ),
    "new-values-not-stored": (
        {_RESULT: "pass"},
        "The old parameters come back as they were. The new values belong in the dictionary that "
        "is returned, as the given line makes it.",
    ),
    "gradients-returned": (
        {"return parameters": "return grads"},
        "The gradients are returned. The new parameters are asked for.",
    ),
    "layers-swapped-in-the-result": (
        {_RESULT: 'parameters = {"W1": W2, "b1": b2, "W2": W1, "b2": b1}'},
        "The parameters of the two layers are stored under each other's names.",
    ),
    "another-default-rate": (
        {"learning_rate=1.2": "learning_rate=0.01"},
        "Where no learning rate is given, the step is taken with 0.01. The default is given as "
        "1.2.",
    ),
    "no-default-rate": (
        {"learning_rate=1.2": "learning_rate"},
        "The learning rate has lost its default value. It is given as 1.2.",
    ),
    "output-bias-with-the-hidden-gradient": (
        {_B2: "b2 = b2 - learning_rate * db1"},
        "b2 is updated with db1. Every parameter has its own gradient.",
    ),
}

UPDATE_CORRECT = {
    "in-place": _all("{p} -= learning_rate * d{p}"),
    "sides-of-the-product-swapped": {
        _W1: "W1 = W1 - dW1 * learning_rate",
        _B2: "b2 = -learning_rate * db2 + b2",
    },
    "np-subtract": {_W1: "W1 = np.subtract(W1, np.multiply(learning_rate, dW1))"},
    "new-names": {_W1: "new = W1 - learning_rate * dW1", '{"W1": W1,': '{"W1": new,'},
    "deep-copies": {_LINES: f"import copy\n    W1 = copy.deepcopy(W1)\n    {_LINES}"},
    "comprehension": """
def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}
""",
    "loop-over-the-layers": """
def update_parameters(old, gradients, alpha=1.2):
    new = dict(old)
    for l in range(1, len(old) // 2 + 1):
        for letter in ("W", "b"):
            new[f"{letter}{l}"] = old[f"{letter}{l}"] - alpha * gradients[f"d{letter}{l}"]
    return new
""",
    "same-dictionary-changed": """
def update_parameters(parameters, grads, learning_rate=1.2):
    for name in ["W1", "b1", "W2", "b2"]:
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return parameters
""",
    "helper-function": """
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
}
