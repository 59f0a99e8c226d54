"""The questions that lesson 4, Shallow networks asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

LAYERS = (
    Number(
        question="A network has 5 inputs, two hidden layers of 4 and 3 units, and one output "
        "unit. What is L?",
        right=3,
        why="Two hidden layers and the output layer. The input is not counted.",
        wrong={
            4: "The input layer computes nothing and is not counted.",
            2: "The output layer counts, too.",
        },
    ),
    Choice(
        question="Why is a hidden layer called hidden?",
        right="The training data do not say what its units should compute",
        why="They contain only inputs and correct answers; what happens in between is left to "
        "learning.",
        wrong={
            "Its values cannot be printed": "They can: they are ordinary arrays.",
            "Its weights are kept secret": "They are parameters like all others.",
        },
    ),
)

EXAMPLES = (
    Choice(
        question="A1 has the shape (4, 400). What does `A1[2, :]` hold?",
        right="the activations of the third hidden unit for all 400 examples",
        why="A row belongs to one unit; Python counts from 0, so row 2 is unit 3.",
        wrong={
            "the activations of all hidden units for the third example": (
                "That would be the column `A1[:, 2]`."
            ),
            "the third unit of every layer": "A matrix belongs to a single layer.",
        },
    ),
    Choice(
        question="There are 2 inputs, 10 hidden units, 1 output and 400 examples. What is the "
        "shape of W2?",
        right="(1, 10)",
        why="One row for each unit of layer 2, one column for each unit of layer 1.",
        wrong={
            "(10, 1)": "Rows are the units of the layer itself.",
            "(10, 2)": "That is the shape of W1.",
            "(1, 400)": "Parameters do not depend on the number of examples.",
        },
    ),
)

ACTIVATION = (
    Choice(
        question="A tanh unit has z = 12 for almost all examples. What happens to its weights in "
        "training?",
        right="They hardly change, because the slope of tanh is almost zero there",
        why="The gradient is multiplied by the slope, about 0.00000000015.",
        wrong={
            "They change fast, because z is large": (
                "What counts is not the size of z but the slope of the curve there."
            ),
            "They become zero": "Nothing pulls them to zero; they stay where they are.",
        },
    ),
    Choice(
        question="Which activation function would you give the output unit of a network that says "
        "whether a picture shows a cat?",
        right="sigmoid",
        why="Its answer lies between 0 and 1 and is read as a probability.",
        wrong={
            "ReLU": "It can answer 7, which is not a probability.",
            "tanh": "It can answer -0.5, which is not a probability.",
            "leaky ReLU": "It can answer any number.",
        },
    ),
)

DERIVATIVES = (
    Number(
        question="A tanh unit has the activation a = 0.6. What is its slope there?",
        right=0.64,
        why="1 - a^{2} = 1 - 0.36.",
        wrong={
            0.24: "That is a (1 - a), the slope of the sigmoid.",
            0.4: "That is 1 - a; the square is missing.",
        },
    ),
)

BACKWARD = (
    Choice(
        question="Why does dZ1 contain the slope of the hidden activation function, while dZ2 "
        "does not contain the slope of the sigmoid?",
        right="It is part of dZ2, but it cancels with the derivative of the cross-entropy",
        why="(-y/a + (1-y)/(1-a)) times a(1-a) is a - y.",
        wrong={
            "The output layer has no activation function": "It has the sigmoid.",
            "The slope of the sigmoid is always 1": "It is at most 1/4.",
        },
    ),
    Choice(
        question="n_{x} = 2, n_{h} = 4, n_{y} = 1, m = 400. Which product gives dW1, apart from "
        "1/m?",
        right="dZ1 X^{T}, that is (4, 400) times (400, 2)",
        why="dW1 has the shape of W1, (4, 2), and the sum over the 400 examples is in the product.",
        wrong={
            "X dZ1^{T}, that is (2, 400) times (400, 4)": (
                "The result, (2, 4), is the transpose of what you need."
            ),
            "dZ1 X, that is (4, 400) times (2, 400)": "The inner sizes 400 and 2 do not agree.",
        },
    ),
)
