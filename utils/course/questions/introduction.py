"""The questions that lesson 1, Introduction asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

NEURON = (
    Number(
        question="A neuron with the ReLU has the weights 2 and -1 and the bias -3. Its inputs are "
        "1 and 4. What does it answer?",
        right=0,
        why="z = 2 * 1 - 1 * 4 - 3 = -5, and the ReLU of a negative number is 0.",
        wrong={
            -5: "That is z. The activation function still has to be applied.",
            5: "The ReLU does not take the sign away; it replaces a negative number by 0.",
            -2: "Do not forget the bias, and then the activation function.",
        },
    ),
)

DATA = (
    Choice(
        question="Which of these data are structured?",
        right="The orders of a shop: date, amount, postcode, method of payment",
        why="A table whose columns have names and meanings of their own.",
        wrong={
            "The voice messages of its customers": (
                "Sounds are unstructured: a single value of the air pressure means nothing."
            ),
            "The photographs of its goods": (
                "Images are unstructured: a single pixel means nothing."
            ),
            "What customers write about the goods": (
                "Texts are unstructured: a single letter means nothing."
            ),
        },
    ),
)

WHICH_NETWORK = (
    Choice(
        question="A program turns recorded speech into text. Which kind of network is the "
        "classical choice?",
        right="recurrent",
        why="Sound is a sequence: its parts come one after the other, and their order matters.",
        wrong={
            "standard": "It needs a fixed number of inputs and knows nothing of their order.",
            "convolutional": (
                "Its windows suit images best. They are used for sound as well, but the classical "
                "choice for sequences is a different one."
            ),
        },
    ),
)

NOTATION = (
    Choice(
        question="The cat set has 209 training images of 12,288 numbers each. What is the shape "
        "of X?",
        right="(12288, 209)",
        why="One column per example, so as many rows as an example has features.",
        wrong={
            "(209, 12288)": (
                "That would be one row per example. Some libraries do so; this course uses columns."
            ),
            "(209, 64, 64, 3)": (
                "That is the shape in which the images are stored. For X, each becomes one column."
            ),
        },
    ),
    Choice(
        question="What does a^{[2](5)}_{1} stand for?",
        right="unit 1 of layer 2, for the fifth example",
        why="Square brackets name the layer, round ones the example, the subscript the unit.",
        wrong={
            "unit 5 of layer 2, for the first example": "Round brackets name the example.",
            "unit 1 of layer 5, for the second example": "Square brackets name the layer.",
        },
    ),
)
