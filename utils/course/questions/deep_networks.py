"""The questions that lesson 5, Deep networks asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

FORWARD = (
    Choice(
        question="Which loop cannot be replaced by a matrix product?",
        right="the one over the layers",
        why="Each layer needs the result of the layer before, and there is a non-linear function "
        "between them.",
        wrong={
            "the one over the examples": "They are columns; one product treats them all.",
            "the one over the units of a layer": "They are rows of W; one product treats them all.",
        },
    ),
)

DIMENSION = (
    Choice(
        question="A network has the layer sizes 12288, 20, 7, 5, 1 and 209 examples. What is the "
        "shape of Z2?",
        right="(7, 209)",
        why="One row for each of the 7 units of layer 2, one column for each example.",
        wrong={
            "(7, 20)": "That is the shape of W2.",
            "(20, 209)": "That is the shape of Z1.",
            "(209, 7)": "Examples are columns.",
        },
    ),
    Choice(
        question="dZ has the shape (7, 209) and W (7, 20). Which product gives dA of the layer "
        "before?",
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
        question="A deep network has 2 ReLU units in each of 6 hidden layers and makes a zigzag "
        "with 64 pieces. How many units does a single hidden layer need at least?",
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
            "dW and db of layer 3, to the block of layer 2": "Those are for the update of layer 3.",
        },
    ),
)

BACKWARD = (
    Choice(
        question="A hidden layer has ReLU, and Z of one of its units is negative for example 5. "
        "What is dZ of that unit for that example?",
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
        question="A layer of ReLU units has 12,288 inputs. Which standard deviation should its "
        "initial weights have?",
        right="about 0.013",
        why="sqrt(2 / 12288) is 0.0128.",
        wrong={
            "about 0.0002": "That is 2 / 12288; take the square root.",
            "1": "Then z would have a size of about 100.",
            "0": "Then all units would stay the same.",
        },
    ),
    Choice(
        question="Why did 0.01 do no harm to the first layer of the cat classifier, but to the "
        "later ones?",
        right="For 12,288 inputs 0.01 is about the right size; for 20 or 7 inputs it is far too "
        "small",
        why="1 / sqrt(12288) is 0.009; 1 / sqrt(20) is 0.22 and 1 / sqrt(7) is 0.38.",
        wrong={
            "Later layers always need larger weights": (
                "What counts is not the place but the number of inputs."
            ),
            "The first layer has no ReLU": "It has.",
        },
    ),
)

REVIEW = (
    Choice(
        question="A network has the layer sizes 3, 5, 2, 1. What is the shape of W2?",
        right="(2, 5)",
        why="Rows are the units of layer 2, columns those of layer 1.",
        wrong={
            "(5, 2)": "Rows are the units of the layer itself.",
            "(5, 3)": "That is W1.",
            "(2, 1)": "That is b2.",
        },
    ),
    Choice(
        question="Which of these need a sum over the examples?",
        right="dW and db",
        why="They belong to parameters, which all examples share; the rest is kept for each "
        "example.",
        wrong={
            "dZ and dA": "They hold a column for each example.",
            "dW and dA": "dA holds a column for each example.",
            "all gradients": "Columns of dZ and dA belong to single examples.",
        },
    ),
    Number(
        question="A tanh unit has a = -0.8. Its dA for one example is 2. What is dZ there?",
        right=0.72,
        why="The slope is 1 - a^{2} = 0.36, and 2 * 0.36 = 0.72.",
        wrong={
            -2.88: "That is the slope of the sigmoid, a (1 - a), times 2.",
            0.36: "That is the slope alone.",
            3.6: "The slope of tanh is 1 minus the square of a, not 1 minus a.",
        },
    ),
    Choice(
        question="Which of these networks can draw no more than a straight line?",
        right="two inputs, 50 hidden units without an activation function, one sigmoid unit",
        why="A linear function of a linear function is linear; the sigmoid does not bend the line.",
        wrong={
            "two inputs, 2 tanh units, one sigmoid unit": "Two units bend the boundary twice.",
            "two inputs, 50 ReLU units, one sigmoid unit": "Each ReLU adds a bend.",
        },
    ),
    Choice(
        question="The last weight matrix of a network starts with zeros, all others at random. "
        "What happens in the very first update?",
        right="only the last layer changes",
        why="The error is passed back through the last weights, and they are zero.",
        wrong={
            "nothing changes": (
                "dW of the last layer is dZ times the activations before it, which are not zero."
            ),
            "all layers change": "What is passed back is the transposed weights times dZ: zero.",
        },
    ),
    Number(
        question="How many numbers does the cache of a whole pass hold for Z alone, with the "
        "layer sizes 4, 3, 2, 1 and 10 examples?",
        right=60,
        why="(3 + 2 + 1) units have a z for each of 10 examples.",
        wrong={
            100: "The input has no z.",
            6: "Each unit has one z for each example.",
        },
    ),
)
