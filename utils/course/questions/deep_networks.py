"""The questions that lesson 5, Deep networks asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

FORWARD = (
    Choice(
        question="Which loop cannot be replaced by a matrix product?",
        right="the one over the layers",
        why=(
            "Each layer needs the result of the layer before, and there is a non-linear "
            "function between them."
        ),
        wrong={
            "the one over the examples": "They are columns; one product treats them all.",
            "the one over the units of a layer": (
                "They are rows of W; one product treats them all."
            ),
        },
    ),
)

DIMENSION = (
    Choice(
        question=(
            "A network has the layer sizes 12288, 20, 7, 5, 1 and 209 examples. What"
            " is the shape of Z2?"
        ),
        right="(7, 209)",
        why="One row for each of the 7 units of layer 2, one column for each example.",
        wrong={
            "(7, 20)": "That is the shape of W2.",
            "(20, 209)": "That is the shape of Z1.",
            "(209, 7)": "Examples are columns.",
        },
    ),
    Choice(
        question=(
            "dZ has the shape (7, 209) and W (7, 20). Which product gives dA of the layer before?"
        ),
        right="W^{T} dZ, that is (20, 7) times (7, 209)",
        why="The result, (20, 209), has the shape of A of the layer before.",
        wrong={
            "W dZ": "(7, 20) times (7, 209): the inner sizes do not agree.",
            "dZ W^{T}": "(7, 209) times (20, 7): the inner sizes do not agree.",
        },
    ),
)

WHY_DEEP = (
    Number(
        question=(
            "A deep network has 2 ReLU units in each of 6 hidden layers and makes a "
            "zigzag with 64 pieces. How many units does a single hidden layer need "
            "at least?"
        ),
        right=63,
        why="64 pieces have 63 bends between them, and each unit adds at most one.",
        wrong={
            12: "That is the number of units of the deep network.",
            64: "Count the bends, not the pieces.",
            32: "Each unit adds one bend, not two.",
        },
    ),
)

BLOCKS = (
    Choice(
        question="What would the backward pass have to do if the forward pass kept no cache?",
        right="compute the forward pass again",
        why="It needs A and Z of every layer. Keeping them costs memory, but saves the work.",
        wrong={
            "nothing special, the gradients do not need it": (
                "dW needs A of the layer before, and dZ needs Z."
            ),
            "start with the first layer": (
                "The order stays the same: from the cost back to the input."
            ),
        },
    ),
    Choice(
        question="What does the backward block of layer 3 pass on, and to which block?",
        right="dA of layer 2, to the backward block of layer 2",
        why="Backward means: from layer l to layer l - 1.",
        wrong={
            "dA of layer 4, to the backward block of layer 4": (
                "That is where its own input came from."
            ),
            "dW and db of layer 3, to the block of layer 2": (
                "Those are for the update of layer 3."
            ),
        },
    ),
)

BACKWARD = (
    Choice(
        question=(
            "A hidden layer has ReLU, and Z of one of its units is negative for "
            "example 5. What is dZ of that unit for that example?"
        ),
        right="0",
        why="The slope of the ReLU is 0 there, so whatever dA is, nothing passes.",
        wrong={
            "dA, unchanged": "That would be the case for positive Z.",
            "-dA": "The slope of the ReLU is never -1.",
            "it depends on W": "dZ is dA times the slope; W plays no part in it.",
        },
    ),
)

HYPERPARAMETER = (
    Choice(
        question="Which of these is a parameter?",
        right="the bias of the third unit of layer 2",
        why="It is changed by gradient descent.",
        wrong={
            "the learning rate": "You choose it.",
            "the number of units of layer 2": "You choose it.",
            "the number of iterations": "You choose it.",
            "the activation function of layer 2": "You choose it.",
        },
    ),
)

INITIALISATION = (
    Choice(
        question=(
            "A layer of ReLU units has 12,288 inputs. Which standard deviation "
            "should its initial weights have?"
        ),
        right="about 0.013",
        why="sqrt(2 / 12288) is 0.0128.",
        wrong={
            "about 0.0002": "That is 2 / 12288; take the square root.",
            "1": "Then z would have a size of about 100.",
            "0": "Then all units would stay the same.",
        },
    ),
    Choice(
        question=(
            "Why did 0.01 do no harm to the first layer of the cat classifier, but "
            "to the later ones?"
        ),
        right=(
            "For 12,288 inputs 0.01 is about the right size; for 20 or 7 inputs it is far too small"
        ),
        why="1 / sqrt(12288) is 0.009; 1 / sqrt(20) is 0.22 and 1 / sqrt(7) is 0.38.",
        wrong={
            "Later layers always need larger weights": (
                "What counts is not the place but the number of inputs."
            ),
            "The first layer has no ReLU": "It has.",
        },
    ),
)
