"""Wrong and right ways to write the predictions and the whole model."""

_A = "sigmoid(np.dot(w.T, X) + b)"
_DECIDE = "np.where(A > 0.5, 1.0, 0.0)"
_RETURN = "return Y_prediction"

PREDICT_MISCONCEPTIONS = {
    "one-half-counts-as-a-cat": (
        {_DECIDE: "np.where(A >= 0.5, 1.0, 0.0)"},
        "An example with a probability of exactly 0.5 is called a cat. Only what is greater than "
        "0.5 is.",
    ),
    "turned-round": (
        {_DECIDE: "np.where(A > 0.5, 0.0, 1.0)"},
        "The answers are swapped: cats are called non-cats, and the other way round.",
    ),
    "less-for-greater": (
        {_DECIDE: "np.where(A < 0.5, 1.0, 0.0)"},
        "The answers are swapped: an example is called a cat where the probability is small. It "
        "is one where the probability is greater than one half.",
    ),
    "probabilities-returned": (
        {_DECIDE: "A"},
        "The probabilities are returned. A decision is asked for: 1 or 0.",
    ),
    "sigmoid-forgotten": (
        {_A: "np.dot(w.T, X) + b"},
        "The line is drawn where the weighted sum is 0.5, or near it. The sum has to go through "
        "the sigmoid first: it is the probability that is compared with one half.",
    ),
    "bias-forgotten": (
        {_A: "sigmoid(np.dot(w.T, X))"},
        "The bias is missing: it is added to the weighted sum, before the sigmoid.",
    ),
    "bias-after-the-sigmoid": (
        {_A: "sigmoid(np.dot(w.T, X)) + b"},
        "The bias is added after the sigmoid. It is a part of the sum that goes in.",
    ),
    "bias-subtracted": (
        {_A: "sigmoid(np.dot(w.T, X) - b)"},
        "The bias is subtracted from the weighted sum. It is added.",
    ),
    "weights-not-transposed": (
        {_A: "sigmoid(np.dot(w, X) + b)"},
        "w is a column, and a column does not fit before X. It has to be turned into a row first: "
        "the inner sizes of a product must agree.",
    ),
    "column-of-predictions": (
        {_A: "sigmoid(np.dot(X.T, w) + b)"},
        "The predictions form a column, but the labels that they are compared with are a row. The "
        "transposed weights come first, then X.",
    ),
    "entry-by-entry-product": (
        {_A: "sigmoid(w * X + b)"},
        "`*` multiplies entry by entry, so nothing is added up over the features. The matrix "
        "product does both.",
    ),
    "everything-a-cat": (
        {_DECIDE: "np.where(A > 0, 1.0, 0.0)"},
        "Every example is called a cat. A probability is always greater than 0; the line is drawn "
        "at one half.",
    ),
    "nothing-a-cat": (
        {_DECIDE: "np.zeros((1, X.shape[1]))"},
        "No example is called a cat: every prediction is 0.",
    ),
    "other-threshold": (
        {_DECIDE: "np.where(A > 0.6, 1.0, 0.0)"},
        "The line is drawn at a value other than one half.",
    ),
    "minus-one-for-no-cat": (
        {_DECIDE: "np.where(A > 0.5, 1.0, -1.0)"},
        "Non-cats get -1. The labels are 1 and 0, and so are the predictions.",
    ),
    "rank-one": (
        {_DECIDE: "np.where(A > 0.5, 1.0, 0.0).ravel()"},
        "The predictions have the shape (m,). To be compared with the labels they should be a "
        "row, (1, m).",
    ),
    "squeezed": (
        {_RETURN: "return np.squeeze(Y_prediction)"},
        "The predictions have lost a dimension. To be compared with the labels they should be a "
        "row, (1, m).",
    ),
    "overwritten-by-a-number": (
        {_DECIDE: "1 if A[0, -1] > 0.5 else 0"},
        "A single number is returned, that of the last example. Each example has an entry of its "
        "own in the row of predictions.",
    ),
    "if-for-a-whole-row": (
        {_DECIDE: "np.array([1.0 if a > 0.5 else 0.0 for a in A])"},
        "A decision about a single number met a whole row. Going through A goes through its rows, "
        "of which there is one: go through the examples, its columns, or let NumPy compare all "
        "entries at once.",
    ),
    "list-of-predictions": (
        {_DECIDE: "[1.0 if a > 0.5 else 0.0 for a in A[0]]"},
        "The predictions are a list. They should be an array of shape (1, m).",
    ),
    "last-example-left-out": (
        {
            "Y_prediction = " + _DECIDE: (
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[1] - 1):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0"
            )
        },
        "The last example is left out: its prediction is always 0.",
    ),
    "only-the-first-example": (
        {
            "Y_prediction = " + _DECIDE: (
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[0]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0"
            )
        },
        "Only the first example is looked at. A has one row, and a column for each example: which "
        "of the two should be counted?",
    ),
    "counted-by-the-features": (
        {
            "Y_prediction = " + _DECIDE: (
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(X.shape[0]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0"
            )
        },
        "As many examples are predicted as there are features. Count the examples, the columns of "
        "X.",
    ),
    "every-example-as-the-first": (
        {
            "Y_prediction = " + _DECIDE: (
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[1]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, 0] > 0.5 else 0.0"
            )
        },
        "Every example gets the answer of the first one: inside the loop the probability of the "
        "example in question is meant.",
    ),
    "nothing-returned": (
        {_RETURN: ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

PREDICT_CORRECT = {
    "comparison-alone": {_DECIDE: "A > 0.5"},
    "whole-numbers": {_DECIDE: "(A > 0.5).astype(int)"},
    "times-one": {_DECIDE: "1 * np.greater(A, 0.5)"},
    "np-round": {_DECIDE: "np.round(A)"},
    "ceiling": {_DECIDE: "np.ceil(A - 0.5)"},
    "sign-of-z": {_A: "w.T @ X + b", _DECIDE: "(A > 0) * 1.0"},
    "in-place": {_DECIDE: "A\n    A[A > 0.5] = 1\n    A[A <= 0.5] = 0\n    Y_prediction = A"},
    "list-comprehension": {_DECIDE: "np.array([[1 if a > 0.5 else 0 for a in A[0]]])"},
    "with-assert": {_RETURN: "assert Y_prediction.shape == (1, X.shape[1])\n    " + _RETURN},
    "loop": """
import math

def predict(weights, bias, examples):
    answers = np.zeros((1, examples.shape[1]), dtype=bool)
    for i in range(examples.shape[1]):
        z = bias
        for j in range(examples.shape[0]):
            z += weights[j, 0] * examples[j, i]
        answers[0, i] = 1 / (1 + math.exp(-z)) > 0.5
    return answers
""",
    "older-edition": """
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1,m))
    w = w.reshape(X.shape[0], 1)

    A = sigmoid(np.dot(w.T, X) + b)

    for i in range(A.shape[1]):
        if A[0, i] <= 0.5:
            Y_prediction[0, i] = 0
        else:
            Y_prediction[0, i] = 1
        pass

    assert(Y_prediction.shape == (1, m))

    return Y_prediction
""",
}

_INITIALIZE = "w, b = initialize_with_zeros(X_train.shape[0])"
_OPTIMIZE = """optimize(
        w, b, X_train, Y_train, num_iterations, learning_rate, print_cost
    )"""
_TAKE = 'w = params["w"]\n    b = params["b"]'
_ON_TEST = "Y_prediction_test = predict(w, b, X_test)"
_ON_TRAIN = "Y_prediction_train = predict(w, b, X_train)"

MODEL_MISCONCEPTIONS = {
    "initialized-by-the-examples": (
        {_INITIALIZE: "w, b = initialize_with_zeros(X_train.shape[1])"},
        "There is one weight for each example. There should be one for each feature: the rows of "
        "X_train.",
    ),
    "initialized-by-the-pixels": (
        {_INITIALIZE: "w, b = initialize_with_zeros(64 * 64 * 3)"},
        "The number of weights is that of the notebook's images. Take it from X_train.",
    ),
    "initialized-for-two-features": (
        {_INITIALIZE: "w, b = initialize_with_zeros(2)"},
        "There are two weights, as in the example that came before, whatever X_train is. Take "
        "their number from X_train.",
    ),
    "initialized-by-the-whole-shape": (
        {_INITIALIZE: "w, b = initialize_with_zeros(X_train.shape)"},
        "`initialize_with_zeros` takes one number, but it got a whole shape: rows and columns.",
    ),
    "defaults-of-optimize": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train)"},
        "`optimize` makes 100 steps with the learning rate 0.009, its defaults, whatever the "
        "arguments say. Pass on what the function was given.",
    ),
    "learning-rate-not-handed-on": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, num_iterations)"},
        "`optimize` works with the learning rate 0.009, its default, whatever the argument says. "
        "Pass on what the function was given.",
    ),
    "iterations-not-handed-on": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, learning_rate=learning_rate)"},
        "`optimize` makes 100 steps, its default, whatever the argument says. Pass on what the "
        "function was given.",
    ),
    "defaults-of-the-model-written-out": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, 2000, 0.5, print_cost)"},
        "`optimize` gets 2000 iterations and the learning rate 0.5, whatever the arguments say. "
        "Pass on the arguments themselves.",
    ),
    "figures-of-the-images-written-out": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, 2000, 0.005, print_cost)"},
        "`optimize` gets 2000 iterations and the learning rate 0.005, whatever the arguments say. "
        "Pass on the arguments themselves.",
    ),
    "learning-rate-written-out": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, num_iterations, 0.005, print_cost)"},
        "The learning rate is 0.005 in every call, whatever the argument says. Use the argument.",
    ),
    "iterations-and-learning-rate-exchanged": (
        {_OPTIMIZE: "optimize(w, b, X_train, Y_train, learning_rate, num_iterations)"},
        "`optimize` takes the number of iterations first, then the learning rate; here they are "
        "swapped.",
    ),
    "trained-on-the-test-set": (
        {_OPTIMIZE: _OPTIMIZE.replace("_train", "_test")},
        "The model is trained on the test set. It must not see that before it is tested.",
    ),
    "trained-on-the-notebook-s-images": (
        {
            _OPTIMIZE: (
                "optimize(\n"
                "        w, b, np.zeros((12288, 209)), np.zeros((1, 209)), num_iterations, "
                "learning_rate\n"
                "    )"
            )
        },
        "`optimize` gets the notebook's images. Pass on the examples and labels that the function "
        "was given.",
    ),
    "labels-of-the-test-set": (
        {_OPTIMIZE: _OPTIMIZE.replace("Y_train", "Y_test")},
        "The training examples are trained with the labels of the test set.",
    ),
    "never-trained": (
        {_TAKE: "pass"},
        "The predictions are made with the parameters of the start. The learned ones have to be "
        "taken out of what `optimize` returned; those lines were given.",
    ),
    "predictions-exchanged": (
        {
            _ON_TEST: "Y_prediction_test = predict(w, b, X_train)",
            _ON_TRAIN: "Y_prediction_train = predict(w, b, X_test)",
        },
        "The two predictions are swapped: training set and test set.",
    ),
    "test-predictions-of-the-training-set": (
        {_ON_TEST: "Y_prediction_test = predict(w, b, X_train)"},
        "Both predictions are made for the training set.",
    ),
    "training-predictions-of-the-test-set": (
        {_ON_TRAIN: "Y_prediction_train = predict(w, b, X_test)"},
        "Both predictions are made for the test set.",
    ),
    "labels-for-predictions": (
        {_ON_TEST: "Y_prediction_test = Y_test", _ON_TRAIN: "Y_prediction_train = Y_train"},
        "The labels are where the predictions belong, so the model would seem to make no mistakes "
        "at all.",
    ),
    "predicted-before-the-training": (
        {
            _INITIALIZE: _INITIALIZE
            + "\n    before = predict(w, b, X_test), predict(w, b, X_train)",
            _ON_TEST: "Y_prediction_test = before[0]",
            _ON_TRAIN: "Y_prediction_train = before[1]",
        },
        "The predictions are made before the training, when the unit is still undecided about "
        "everything.",
    ),
    "trained-twice": (
        {
            "\n    " + _TAKE: (
                '\n    params, grads, costs = optimize(params["w"], params["b"], X_train, Y_train, '
                "num_iterations, learning_rate)\n    " + _TAKE
            )
        },
        "The training goes on from where it had ended, for as many steps again. Call `optimize` "
        "once.",
    ),
    "gradients-for-parameters": (
        {"params, grads, costs = optimize": "grads, params, costs = optimize"},
        "`optimize` returns the parameters first, then the gradients; the names on the left are "
        "in the other order.",
    ),
    "costs-left-out": (
        {'"costs": costs,\n': ""},
        "The costs are missing from the dictionary; that line was given.",
    ),
    "last-cost-only": (
        {'"costs": costs,': '"costs": costs[-1],'},
        "Only the last cost is put into the dictionary. The whole list belongs there.",
    ),
    "parameters-returned": (
        {"return d": "return params"},
        "Only the parameters are returned. The whole dictionary d is asked for: the last line was "
        "given.",
    ),
    "nothing-returned": (
        {"return d": ""},
        "The function returns nothing: hand the result back with `return`, as the given last line "
        "does.",
    ),
}

MODEL_CORRECT = {
    "arguments-by-name": {
        _OPTIMIZE: (
            "optimize(w, b, X_train, Y_train, print_cost=print_cost, "
            "learning_rate=learning_rate, num_iterations=num_iterations)"
        )
    },
    "not-printed": {_OPTIMIZE: "optimize(w, b, X_train, Y_train, num_iterations, learning_rate)"},
    "zeros-without-the-function": {_INITIALIZE: "w, b = np.zeros((X_train.shape[0], 1)), 0"},
    "features-counted-otherwise": {_INITIALIZE: "w, b = initialize_with_zeros(len(X_test))"},
    "training-set-predicted-first": {
        _ON_TEST + "\n    " + _ON_TRAIN: _ON_TRAIN + "\n    " + _ON_TEST
    },
    "parameters-straight-from-the-dictionary": {
        _ON_TEST: 'Y_prediction_test = predict(params["w"], params["b"], X_test)',
        _ON_TRAIN: 'Y_prediction_train = predict(params["w"], params["b"], X_train)',
    },
    "more-in-the-dictionary": {
        '"costs": costs,': '"costs": costs, "grads": grads, "features": len(w),'
    },
    "older-edition": """
def model(X_train, Y_train, X_test, Y_test, num_iterations = 2000, learning_rate = 0.5,
          print_cost = False):
    w, b = initialize_with_zeros(X_train.shape[0])

    parameters, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate,
                                        print_cost)

    w = parameters["w"]
    b = parameters["b"]

    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)

    print("train accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_train - Y_train)) * 100))
    print("test accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_test - Y_test)) * 100))

    d = {"costs": costs,
         "Y_prediction_test": Y_prediction_test,
         "Y_prediction_train" : Y_prediction_train,
         "w" : w,
         "b" : b,
         "learning_rate" : learning_rate,
         "num_iterations": num_iterations}

    return d
""",
    "all-in-one": """
def model(x, y, x_test, y_test, steps=2000, alpha=0.5, show=False):
    w, b, costs = np.zeros((x.shape[0], 1)), 0.0, []
    for i in range(steps):
        a = 1 / (1 + np.exp(-(w.T @ x + b)))
        if i % 100 == 0:
            costs.append(float(-np.mean(np.log(np.where(y == 1, a, 1 - a)))))
        w = w - alpha * np.mean(x * (a - y), axis=1, keepdims=True)
        b = b - alpha * np.mean(a - y)
    return {
        "costs": costs,
        "w": w,
        "b": b,
        "Y_prediction_train": w.T @ x + b > 0,
        "Y_prediction_test": (w.T @ x_test + b > 0).astype(int),
        "learning_rate": alpha,
        "num_iterations": steps,
    }
""",
}
