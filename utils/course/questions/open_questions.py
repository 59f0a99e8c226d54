"""The questions that lesson 7, Open questions asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

TINY = (
    Number(
        question="In the first step, unit 2 has z = 2.5, 1 and 1 for the three examples, and dZ "
        "of the output is -0.777, 0.622 and -0.622. What is the second entry of dW2, to three "
        "digits?",
        right=-0.648,
        why="(-0.777 * 2.5 + 0.622 * 1 - 0.622 * 1) / 3 = -0.648.",
        wrong={
            -1.943: "The mean over the three examples is missing: divide by 3.",
            0.648: "Check the sign of the first product.",
        },
    ),
    Choice(
        question="Why are two entries of dZ1 in its first row exactly 0?",
        right="unit 1 was off for these two examples",
        why="Where Z1 is negative the ReLU is flat: a small change of z changes nothing.",
        wrong={
            "their predictions were right": "No prediction was right in the first step.",
            "the first column of W1 is zero": "It is not; and W1 does not enter dZ1 at all.",
            "the learning rate is too small": "The learning rate enters only in the update.",
        },
    ),
)

PRODUCTS = (
    Choice(
        question="a has the shape (5, 1) and b the shape (5,). What is the shape of `a * b`?",
        right="(5, 5)",
        why="b is treated as a row (1, 5); column and row are broadcast to a table.",
        wrong={
            "(5, 1)": (
                "Sizes are compared from the right: 1 with 5, so the column is repeated 5 times."
            ),
            "(5,)": "The result has as many axes as the array with more of them: two.",
            "an error": "Axes of size 1 can always be repeated.",
        },
    ),
    Choice(
        question="`dZ` has the shape (4, 100) and `A_prev` the shape (3, 100). Which expression "
        "has the shape of W, (4, 3)?",
        right="`dZ @ A_prev.T`",
        why="(4, 100) by (100, 3): the sum runs over the inner size, the examples.",
        wrong={
            "`dZ * A_prev`": "4 and 3 cannot be broadcast.",
            "`A_prev @ dZ.T`": "(3, 100) by (100, 4) is (3, 4): the transpose of what you need.",
            "`dZ @ A_prev`": "The inner sizes 100 and 3 differ.",
        },
    ),
)

COST = (
    Choice(
        question="Y and AL have the shape (1, 209). What is `np.dot(Y.T, np.log(AL))`?",
        right="a table (209, 209), without an error",
        why="(209, 1) by (1, 209): inner sizes 1 and 1 agree, the outer ones are 209. Each label "
        "meets each prediction.",
        wrong={
            "the sum that the cost needs": (
                "That is `np.dot(Y, np.log(AL).T)`, with the transpose on the second factor."
            ),
            "an error": "The inner sizes are 1 and 1: they agree.",
        },
    ),
    Choice(
        question="Why does `np.dot(Y, np.log(AL))` fail for Y and AL of shape (1, 209)?",
        right="the inner sizes, 209 and 1, differ",
        why="Both are matrices with one row. A matrix product needs a row and a column.",
        wrong={
            "`np.dot` works only on matrices, and the cost is made of numbers": (
                "Y and AL are matrices, and multiplying and adding up is exactly what `np.dot` "
                "does."
            ),
            "`np.log` returns an array of rank 1": "`np.log` keeps the shape, (1, 209).",
        },
    ),
)

REVIEW = (
    Choice(
        question="In which order does one iteration of training go?",
        right="forward pass, cost, backward pass, update",
        why="The gradients need the caches of the forward pass, and the update needs the "
        "gradients.",
        wrong={
            "forward pass, update, backward pass, cost": (
                "There is no gradient before the backward pass."
            ),
            "backward pass, forward pass, cost, update": "The backward pass needs the caches.",
        },
    ),
    Number(
        question="Predictions are 0.9 and 0.2, the labels 1 and 1. What is the mean of dZ of the "
        "output unit?",
        right=-0.45,
        why="dZ is -0.1 and -0.8, and their mean is -0.45.",
        wrong={
            0.45: "Check the sign: prediction minus label.",
            -0.9: "That is their sum.",
        },
    ),
    Choice(
        question="A training set has 209 images, a test set 50. The accuracies are 99 % and 72 %. "
        "What does that say?",
        right="the network has learned much that belongs to these 209 images alone",
        why="That is overfitting: what helps on the training images does not help on new ones.",
        wrong={
            "it has not been trained long enough": (
                "On the training images there is hardly anything left to learn."
            ),
            "the test set is too hard": "It comes from the same source as the training set.",
        },
    ),
    Choice(
        question="dZ is (4, 100), A_prev is (4, 100), and W is (4, 4). Which line is wrong "
        "although it raises no error and gives the right shape?",
        right="`dW = (dZ @ A_prev.T).T / 100`",
        why="With four units in both layers the transpose has the shape of W, too. Test with "
        "sizes that all differ.",
        wrong={
            "`dW = dZ @ A_prev.T / 100`": "That is right.",
            "`dW = dZ @ A_prev / 100`": "That raises an error: 100 meets 4.",
        },
    ),
    Choice(
        question="You have a network that works, and want to try three learning rates. On what do "
        "you compare them?",
        right="on training images that were kept out of training",
        why="The test set is for one look at the end; the training cost favours fitting by heart.",
        wrong={
            "on the test set": (
                "Then the test set has helped to choose, and no longer tells how good the network "
                "is on new images."
            ),
            "on the training cost": "It says how well the training images are fitted.",
        },
    ),
    Number(
        question="How many parameters does a network with the layer sizes 10, 4, 1 have?",
        right=49,
        why="10 * 4 + 4 in layer 1 and 4 * 1 + 1 in layer 2: 44 + 5.",
        wrong={
            44: "That is layer 1 alone, or the weights without the biases.",
            15: "That is the number of units, the inputs included.",
        },
    ),
)
