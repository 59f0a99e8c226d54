"""The questions that lesson 6, Building a network asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

OWN = (
    Number(
        question="A network has 3 inputs, hidden layers of 4 and 2 units and 1 output unit. How "
        "many parameters (weights and biases) does it learn?",
        right=29,
        why="4*3 + 4 = 16 in layer 1, 2*4 + 2 = 10 in layer 2, 1*2 + 1 = 3 in layer 3: 29.",
        wrong={
            22: "You counted only the weights. Each unit has a bias, too.",
            7: "You counted only the biases.",
        },
    ),
    Choice(
        question="dZ has the shape (4, 100). What is the shape of `np.sum(dZ, axis=1, "
        "keepdims=True)`?",
        right="(4, 1)",
        why="Axis 1, the examples, is summed away and kept with size 1: one number for each of "
        "the 4 units, as a column.",
        wrong={
            "(4,)": "That is the result without `keepdims`.",
            "(1, 100)": "That is the sum over axis 0: over the units, not over the examples.",
            "(1, 1)": "Only one axis is summed.",
        },
    ),
)

RECIPE = (
    Choice(
        question="All weights and biases of a network with one hidden ReLU layer start at zero. "
        "Which parameters does gradient descent change?",
        right="only the bias of the output unit",
        why="The hidden activations are all zero, so dW2 = 0; W2 is zero, so nothing comes back "
        "to layer 1. Only db2, the mean of A2 - Y, is not zero.",
        wrong={
            "none at all": (
                "Compute db2: it is the mean of A2 - Y, which is zero only if exactly half of the "
                "labels are 1."
            ),
            "all of them, but all units stay equal": (
                "That is what happens if the weights are equal but not zero."
            ),
            "the weights of the output unit": (
                "dW2 is dZ2 times the hidden activations, and these are all zero."
            ),
        },
    ),
    Choice(
        question="The cost rises from the first iteration on, smoothly, and faster and faster. "
        "What do you suspect first?",
        right="a wrong sign, in the update or in a gradient",
        why="Going uphill along the gradient makes the cost rise smoothly and faster and faster.",
        wrong={
            "too small a learning rate": "Then the cost would fall, only slowly.",
            "initialisation with zeros": "Then the curve would be flat, or nearly so.",
            "too few hidden units": "Then the cost would fall, and stop falling too early.",
        },
    ),
)

BACKPROP = (
    Choice(
        question="Which of these is an element-wise product (`*`), not a matrix product?",
        right="dA times g'(Z), which gives dZ",
        why="Each unit of each example has its own Z and its own derivative: nothing is added up.",
        wrong={
            "dZ times `A_prev.T`, which gives dW": (
                "It adds up over the examples: a matrix product."
            ),
            "`W.T` times dZ, which gives `dA_prev`": (
                "It adds up over the units of the layer: a matrix product."
            ),
            "W times `A_prev`, which gives Z": (
                "It adds up over the inputs of the unit: a matrix product."
            ),
        },
    ),
    Number(
        question="A prediction is a = 0.8 and the label is y = 1. What is dz of the output unit?",
        right=-0.2,
        why="Prediction minus label: 0.8 - 1 = -0.2. A larger z would lower the loss.",
        wrong={
            0.2: "Check the sign: prediction minus label.",
            -1.25: "That is da = -y/a; the slope a(1 - a) = 0.16 of the sigmoid is still missing.",
        },
    ),
)

SPAN = (
    Choice(
        question="A network is trained by plain gradient descent on 500 images of 100 x 100 "
        "pixels with 3 colours. How many inputs does the reduced problem need at most?",
        right="500",
        why="The weights of a unit move in the span of the images, which has at most as many "
        "dimensions as there are images.",
        wrong={
            "209": "That was the number of images of the cat set.",
            "30,000": "That is the number of inputs before the reduction.",
            "10,000": (
                "The number of pixels does not matter, as long as it is larger than the number of "
                "images."
            ),
        },
    ),
)

CATS = (
    Choice(
        question="The network is right for nearly all training images. If they are moved by four "
        "pixels to the right and down, it is right for far fewer. What does that show?",
        right="that its weights are tied to pixel positions, not to cats",
        why="Each pixel has a weight of its own. A moved cat is a different set of numbers.",
        wrong={
            "that the learning rate was too large": (
                "Training went well: the cost is close to zero."
            ),
            "that it has too few parameters": (
                "It has about 246,000, more than a thousand for each image."
            ),
            "that moved images are not images of cats": (
                "To a person they are, and that is the standard."
            ),
        },
    ),
    Choice(
        question="Which of these would the accuracy on the test set NOT have shown?",
        right="that the surroundings count as much as the animal",
        why="Test images come from the same source as training images, so a shortcut works on "
        "them as well. It takes an experiment such as 6.5.",
        wrong={
            "that it is wrong on some images it has not seen": (
                "That is exactly what the accuracy on the test set shows."
            ),
            "that it fits its training images much better than new ones": (
                "Comparing the two accuracies shows it."
            ),
        },
    ),
)
