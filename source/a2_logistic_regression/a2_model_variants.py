"""Wrong and right ways to write the predictions and the whole model."""

from __future__ import annotations

from grader.exercises.exercise import CorrectVariant, Misconception

_A = "sigmoid(np.dot(w.T, X) + b)"
_DECIDE = "np.where(A > 0.5, 1.0, 0.0)"
_RETURN = "return Y_prediction"

PREDICT_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="one-half-counts-as-a-cat",
        edits=((_DECIDE, "np.where(A >= 0.5, 1.0, 0.0)"),),
        message="An example with a probability of exactly 0.5 is called a cat. Only what is "
        "greater than 0.5 is.",
    ),
    Misconception(
        name="turned-round",
        edits=((_DECIDE, "np.where(A > 0.5, 0.0, 1.0)"),),
        message="The answers are swapped: cats are called non-cats, and the other way round.",
    ),
    Misconception(
        name="less-for-greater",
        edits=((_DECIDE, "np.where(A < 0.5, 1.0, 0.0)"),),
        message="The answers are swapped: an example is called a cat where the probability is "
        "small. It is one where the probability is greater than one half.",
    ),
    Misconception(
        name="probabilities-returned",
        edits=((_DECIDE, "A"),),
        message="The probabilities are returned. A decision is asked for: 1 or 0.",
    ),
    Misconception(
        name="sigmoid-forgotten",
        edits=((_A, "np.dot(w.T, X) + b"),),
        message=(
            "The line is drawn where the weighted sum is 0.5, or near it. The sum has to go "
            "through the sigmoid first: it is the probability that is compared with one half."
        ),
    ),
    Misconception(
        name="bias-forgotten",
        edits=((_A, "sigmoid(np.dot(w.T, X))"),),
        message="The bias is missing: it is added to the weighted sum, before the sigmoid.",
    ),
    Misconception(
        name="bias-after-the-sigmoid",
        edits=((_A, "sigmoid(np.dot(w.T, X)) + b"),),
        message=("The bias is added after the sigmoid. It is a part of the sum that goes in."),
    ),
    Misconception(
        name="bias-subtracted",
        edits=((_A, "sigmoid(np.dot(w.T, X) - b)"),),
        message="The bias is subtracted from the weighted sum. It is added.",
    ),
    Misconception(
        name="weights-not-transposed",
        edits=((_A, "sigmoid(np.dot(w, X) + b)"),),
        message="w is a column, and a column does not fit before X. It has to be turned into a "
        "row first: the inner sizes of a product must agree.",
    ),
    Misconception(
        name="column-of-predictions",
        edits=((_A, "sigmoid(np.dot(X.T, w) + b)"),),
        message="The predictions form a column, but the labels that they are compared with are a "
        "row. The transposed weights come first, then X.",
    ),
    Misconception(
        name="entry-by-entry-product",
        edits=((_A, "sigmoid(w * X + b)"),),
        message="`*` multiplies entry by entry, so nothing is added up over the features. The "
        "matrix product does both.",
    ),
    Misconception(
        name="everything-a-cat",
        edits=((_DECIDE, "np.where(A > 0, 1.0, 0.0)"),),
        message="Every example is called a cat. A probability is always greater than 0; the line "
        "is drawn at one half.",
    ),
    Misconception(
        name="nothing-a-cat",
        edits=((_DECIDE, "np.zeros((1, X.shape[1]))"),),
        message=("No example is called a cat: every prediction is 0."),
    ),
    Misconception(
        name="other-threshold",
        edits=((_DECIDE, "np.where(A > 0.6, 1.0, 0.0)"),),
        message="The line is drawn at a value other than one half.",
    ),
    Misconception(
        name="minus-one-for-no-cat",
        edits=((_DECIDE, "np.where(A > 0.5, 1.0, -1.0)"),),
        message="Non-cats get -1. The labels are 1 and 0, and so are the predictions.",
    ),
    Misconception(
        name="rank-one",
        edits=((_DECIDE, "np.where(A > 0.5, 1.0, 0.0).ravel()"),),
        message="The predictions have the shape (m,). To be compared with the labels they should "
        "be a row, (1, m).",
    ),
    Misconception(
        name="squeezed",
        edits=((_RETURN, "return np.squeeze(Y_prediction)"),),
        message="The predictions have lost a dimension. To be compared with the labels they should "
        "be a row, (1, m).",
    ),
    Misconception(
        name="overwritten-by-a-number",
        edits=((_DECIDE, "1 if A[0, -1] > 0.5 else 0"),),
        message=(
            "A single number is returned, that of the last example. Each example has an entry "
            "of its own in the row of predictions."
        ),
    ),
    Misconception(
        name="if-for-a-whole-row",
        edits=((_DECIDE, "np.array([1.0 if a > 0.5 else 0.0 for a in A])"),),
        message=(
            "A decision about a single number met a whole row. Going through A goes through its"
            " rows, of which there is one: go through the examples, its columns, or let NumPy "
            "compare all entries at once."
        ),
    ),
    Misconception(
        name="list-of-predictions",
        edits=((_DECIDE, "[1.0 if a > 0.5 else 0.0 for a in A[0]]"),),
        message="The predictions are a list. They should be an array of shape (1, m).",
    ),
    Misconception(
        name="last-example-left-out",
        edits=(
            (
                "Y_prediction = " + _DECIDE,
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[1] - 1):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0",
            ),
        ),
        message=("The last example is left out: its prediction is always 0."),
    ),
    Misconception(
        name="only-the-first-example",
        edits=(
            (
                "Y_prediction = " + _DECIDE,
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[0]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0",
            ),
        ),
        message="Only the first example is looked at. A has one row, and a column for each "
        "example: which of the two should be counted?",
    ),
    Misconception(
        name="counted-by-the-features",
        edits=(
            (
                "Y_prediction = " + _DECIDE,
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(X.shape[0]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, i] > 0.5 else 0.0",
            ),
        ),
        message=(
            "As many examples are predicted as there are features. Count the examples, the "
            "columns of X."
        ),
    ),
    Misconception(
        name="every-example-as-the-first",
        edits=(
            (
                "Y_prediction = " + _DECIDE,
                "Y_prediction = np.zeros((1, X.shape[1]))\n"
                "    for i in range(A.shape[1]):\n"
                "        Y_prediction[0, i] = 1.0 if A[0, 0] > 0.5 else 0.0",
            ),
        ),
        message="Every example gets the answer of the first one: inside the loop the probability "
        "of the example in question is meant.",
    ),
    Misconception(
        name="nothing-returned",
        edits=((_RETURN, ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

PREDICT_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(name="comparison-alone", edits=((_DECIDE, "A > 0.5"),)),
    CorrectVariant(name="whole-numbers", edits=((_DECIDE, "(A > 0.5).astype(int)"),)),
    CorrectVariant(name="times-one", edits=((_DECIDE, "1 * np.greater(A, 0.5)"),)),
    CorrectVariant(name="np-round", edits=((_DECIDE, "np.round(A)"),)),
    CorrectVariant(name="ceiling", edits=((_DECIDE, "np.ceil(A - 0.5)"),)),
    CorrectVariant(name="sign-of-z", edits=((_A, "w.T @ X + b"), (_DECIDE, "(A > 0) * 1.0"))),
    CorrectVariant(
        name="in-place",
        edits=((_DECIDE, "A\n    A[A > 0.5] = 1\n    A[A <= 0.5] = 0\n    Y_prediction = A"),),
    ),
    CorrectVariant(
        name="list-comprehension",
        edits=((_DECIDE, "np.array([[1 if a > 0.5 else 0 for a in A[0]]])"),),
    ),
    CorrectVariant(
        name="with-assert",
        edits=((_RETURN, "assert Y_prediction.shape == (1, X.shape[1])\n    " + _RETURN),),
    ),
    CorrectVariant(
        name="loop",
        code="""
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
    ),
    CorrectVariant(
        name="older-edition",
        code="""
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
    ),
)

_INITIALIZE = "w, b = initialize_with_zeros(X_train.shape[0])"
_OPTIMIZE = """optimize(
        w, b, X_train, Y_train, num_iterations, learning_rate, print_cost
    )"""
_TAKE = 'w = params["w"]\n    b = params["b"]'
_ON_TEST = "Y_prediction_test = predict(w, b, X_test)"
_ON_TRAIN = "Y_prediction_train = predict(w, b, X_train)"

MODEL_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        name="initialized-by-the-examples",
        edits=((_INITIALIZE, "w, b = initialize_with_zeros(X_train.shape[1])"),),
        message="There is one weight for each example. There should be one for each feature: the "
        "rows of X_train.",
    ),
    Misconception(
        name="initialized-by-the-pixels",
        edits=((_INITIALIZE, "w, b = initialize_with_zeros(64 * 64 * 3)"),),
        message="The number of weights is that of the notebook's images. Take it from X_train.",
    ),
    Misconception(
        name="initialized-for-two-features",
        edits=((_INITIALIZE, "w, b = initialize_with_zeros(2)"),),
        message="There are two weights, as in the example that came before, whatever X_train is. "
        "Take their number from X_train.",
    ),
    Misconception(
        name="initialized-by-the-whole-shape",
        edits=((_INITIALIZE, "w, b = initialize_with_zeros(X_train.shape)"),),
        message="`initialize_with_zeros` takes one number, but it got a whole shape: rows and "
        "columns.",
    ),
    Misconception(
        name="defaults-of-optimize",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train)"),),
        message=(
            "`optimize` makes 100 steps with the learning rate 0.009, its defaults, whatever "
            "the arguments say. Pass on what the function was given."
        ),
    ),
    Misconception(
        name="learning-rate-not-handed-on",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, num_iterations)"),),
        message=(
            "`optimize` works with the learning rate 0.009, its default, whatever the argument "
            "says. Pass on what the function was given."
        ),
    ),
    Misconception(
        name="iterations-not-handed-on",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, learning_rate=learning_rate)"),),
        message=(
            "`optimize` makes 100 steps, its default, whatever the argument says. Pass on what "
            "the function was given."
        ),
    ),
    Misconception(
        name="defaults-of-the-model-written-out",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, 2000, 0.5, print_cost)"),),
        message="`optimize` gets 2000 iterations and the learning rate 0.5, whatever the arguments "
        "say. Pass on the arguments themselves.",
    ),
    Misconception(
        name="figures-of-the-images-written-out",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, 2000, 0.005, print_cost)"),),
        message="`optimize` gets 2000 iterations and the learning rate 0.005, whatever the "
        "arguments say. Pass on the arguments themselves.",
    ),
    Misconception(
        name="learning-rate-written-out",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, num_iterations, 0.005, print_cost)"),),
        message=(
            "The learning rate is 0.005 in every call, whatever the argument says. Use the "
            "argument."
        ),
    ),
    Misconception(
        name="iterations-and-learning-rate-exchanged",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, learning_rate, num_iterations)"),),
        message="`optimize` takes the number of iterations first, then the learning rate; here "
        "they are swapped.",
    ),
    Misconception(
        name="trained-on-the-test-set",
        edits=((_OPTIMIZE, _OPTIMIZE.replace("_train", "_test")),),
        message="The model is trained on the test set. It must not see that before it is tested.",
    ),
    Misconception(
        name="trained-on-the-notebook-s-images",
        edits=(
            (
                _OPTIMIZE,
                "optimize(\n        w, b, np.zeros((12288, 209)), np.zeros((1, 209)), "
                "num_iterations, learning_rate\n    )",
            ),
        ),
        message="`optimize` gets the notebook's images. Pass on the examples and labels that the "
        "function was given.",
    ),
    Misconception(
        name="labels-of-the-test-set",
        edits=((_OPTIMIZE, _OPTIMIZE.replace("Y_train", "Y_test")),),
        message="The training examples are trained with the labels of the test set.",
    ),
    Misconception(
        name="never-trained",
        edits=((_TAKE, "pass"),),
        message="The predictions are made with the parameters of the start. The learned ones have "
        "to be taken out of what `optimize` returned; those lines were given.",
    ),
    Misconception(
        name="predictions-exchanged",
        edits=(
            (_ON_TEST, "Y_prediction_test = predict(w, b, X_train)"),
            (_ON_TRAIN, "Y_prediction_train = predict(w, b, X_test)"),
        ),
        message="The two predictions are swapped: training set and test set.",
    ),
    Misconception(
        name="test-predictions-of-the-training-set",
        edits=((_ON_TEST, "Y_prediction_test = predict(w, b, X_train)"),),
        message="Both predictions are made for the training set.",
    ),
    Misconception(
        name="training-predictions-of-the-test-set",
        edits=((_ON_TRAIN, "Y_prediction_train = predict(w, b, X_test)"),),
        message="Both predictions are made for the test set.",
    ),
    Misconception(
        name="labels-for-predictions",
        edits=(
            (_ON_TEST, "Y_prediction_test = Y_test"),
            (_ON_TRAIN, "Y_prediction_train = Y_train"),
        ),
        message="The labels are where the predictions belong, so the model would seem to make no "
        "mistakes at all.",
    ),
    Misconception(
        name="predicted-before-the-training",
        edits=(
            (
                _INITIALIZE,
                _INITIALIZE + "\n    before = predict(w, b, X_test), predict(w, b, X_train)",
            ),
            (_ON_TEST, "Y_prediction_test = before[0]"),
            (_ON_TRAIN, "Y_prediction_train = before[1]"),
        ),
        message="The predictions are made before the training, when the unit is still undecided "
        "about everything.",
    ),
    Misconception(
        name="trained-twice",
        edits=(
            (
                "\n    " + _TAKE,
                '\n    params, grads, costs = optimize(params["w"], params["b"], X_train, Y_train, '
                "num_iterations, learning_rate)\n    " + _TAKE,
            ),
        ),
        message=(
            "The training goes on from where it had ended, for as many steps again. Call "
            "`optimize` once."
        ),
    ),
    Misconception(
        name="gradients-for-parameters",
        edits=(("params, grads, costs = optimize", "grads, params, costs = optimize"),),
        message="`optimize` returns the parameters first, then the gradients; the names on the "
        "left are in the other order.",
    ),
    Misconception(
        name="costs-left-out",
        edits=(('"costs": costs,\n', ""),),
        message="The costs are missing from the dictionary; that line was given.",
    ),
    Misconception(
        name="last-cost-only",
        edits=(('"costs": costs,', '"costs": costs[-1],'),),
        message="Only the last cost is put into the dictionary. The whole list belongs there.",
    ),
    Misconception(
        name="parameters-returned",
        edits=(("return d", "return params"),),
        message="Only the parameters are returned. The whole dictionary d is asked for: the last "
        "line was given.",
    ),
    Misconception(
        name="nothing-returned",
        edits=(("return d", ""),),
        message=(
            "The function returns nothing: hand the result back with `return`, as the given "
            "last line does."
        ),
    ),
)

MODEL_CORRECT: tuple[CorrectVariant, ...] = (
    CorrectVariant(
        name="arguments-by-name",
        edits=(
            (
                _OPTIMIZE,
                "optimize(w, b, X_train, Y_train, print_cost=print_cost, "
                "learning_rate=learning_rate, num_iterations=num_iterations)",
            ),
        ),
    ),
    CorrectVariant(
        name="not-printed",
        edits=((_OPTIMIZE, "optimize(w, b, X_train, Y_train, num_iterations, learning_rate)"),),
    ),
    CorrectVariant(
        name="zeros-without-the-function",
        edits=((_INITIALIZE, "w, b = np.zeros((X_train.shape[0], 1)), 0"),),
    ),
    CorrectVariant(
        name="features-counted-otherwise",
        edits=((_INITIALIZE, "w, b = initialize_with_zeros(len(X_test))"),),
    ),
    CorrectVariant(
        name="training-set-predicted-first",
        edits=((_ON_TEST + "\n    " + _ON_TRAIN, _ON_TRAIN + "\n    " + _ON_TEST),),
    ),
    CorrectVariant(
        name="parameters-straight-from-the-dictionary",
        edits=(
            (_ON_TEST, 'Y_prediction_test = predict(params["w"], params["b"], X_test)'),
            (_ON_TRAIN, 'Y_prediction_train = predict(params["w"], params["b"], X_train)'),
        ),
    ),
    CorrectVariant(
        name="more-in-the-dictionary",
        edits=(('"costs": costs,', '"costs": costs, "grads": grads, "features": len(w),'),),
    ),
    CorrectVariant(
        name="older-edition",
        code="""
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
    ),
    CorrectVariant(
        name="all-in-one",
        code="""
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
    ),
)
