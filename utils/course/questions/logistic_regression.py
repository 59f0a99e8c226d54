"""The questions that lesson 2, Logistic regression asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

SIGMOID = (
    Choice(
        question="A unit with w = 2 and b = -6 gets the input x = 3. What does it answer?",
        right="0.5: it cannot decide",
        why="z = 2 * 3 - 6 = 0, and the sigmoid of 0 is one half.",
        wrong={
            "0: certainly no": "z is 0, but the sigmoid of 0 is not 0.",
            "1: certainly yes": "The sigmoid comes close to 1 only if z is large.",
            "3: yes": "A sigmoid never returns more than 1.",
        },
    ),
)

LOSS = (
    Choice(
        question="A unit says a = 0.9. When does it get the larger loss?",
        right="if the label is 0",
        why="Then the loss is -log(1 - 0.9) = 2.30, against -log 0.9 = 0.11 for the label 1.",
        wrong={
            "if the label is 1": (
                "Then it was almost right, and the loss is small: -log 0.9 = 0.11."
            ),
            "it is the same for both": "Only a = 0.5 has the same loss for both labels.",
        },
    ),
)

DESCENT = (
    Choice(
        question="At the current w, the derivative dw is -3. What does gradient descent do with w?",
        right="It makes w larger",
        why="The cost falls as w grows, and w - alpha * (-3) is larger than w.",
        wrong={
            "It makes w smaller": (
                "Then the cost would rise: a negative derivative means that the cost falls as w "
                "grows."
            ),
            "It depends on the sign of w": "Only the derivative decides the direction.",
        },
    ),
    Choice(
        question="The cost goes 0.69, 0.93, 1.70, 0.88, 2.51. What do you do?",
        right="make the learning rate smaller",
        why="The steps are too long: they leap across the valley.",
        wrong={
            "make the learning rate larger": "The steps are too long already; the cost jumps.",
            "train for more steps": "The walk would only go on jumping.",
        },
    ),
)

CHAIN_RULE = (
    Number(
        question="In the same graph, let p = 2, q = 1 and r = 3. What is dq?",
        right=20,
        why="u = 2 and v = 5, so dv = 2 * 5 = 10, du = 10, and dq = p * du = 2 * 10.",
        wrong={
            10: (
                "That is du. It must still be multiplied by p, the box's own derivative with "
                "respect to q."
            ),
            25: "That is the value of f, not a derivative.",
            5: "That is v.",
        },
    ),
)

BACKWARD = (
    Choice(
        question="The label is 1 and the unit answers a = 0.2. What is dz, and what does the "
        "update do to z?",
        right="dz = -0.8, and z becomes larger",
        why="dz = a - y = 0.2 - 1. The derivative is negative, so going downhill means a larger z.",
        wrong={
            "dz = 0.8, and z becomes smaller": (
                "dz is a - y, not y - a; and the answer is already too low."
            ),
            "dz = -0.8, and z becomes smaller": (
                "The update subtracts alpha times a negative number."
            ),
            "dz = 0.16, and z becomes larger": (
                "That is a (1 - a), the derivative of the sigmoid alone."
            ),
        },
    ),
)
