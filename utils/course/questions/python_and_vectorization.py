"""The questions that lesson 3, Python and vectorization asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

PRODUCTS = (
    Choice(
        question="P and Q both have the shape (5, 2). Which of these works?",
        right="`P * Q`",
        why="Entry by entry: the shapes are the same.",
        wrong={
            "`P @ Q`": "The inner sizes are 2 and 5; they would have to be the same.",
            "`np.dot(P, Q)`": (
                "For matrices `np.dot` is the matrix product, and the inner sizes, 2 and 5, differ."
            ),
        },
    ),
    Choice(
        question="What is the shape of `P.T @ Q` for the same P and Q?",
        right="(2, 2)",
        why="(2, 5) times (5, 2): the outer sizes remain.",
        wrong={
            "(5, 5)": "That is the shape of `P @ Q.T`.",
            "(5, 2)": "That is the shape of `P * Q`.",
            "it does not work": "The inner sizes are both 5.",
        },
    ),
)

AXIS = (
    Choice(
        question="A has the shape (3, 4). What is the shape of `np.sum(A, axis=0)`?",
        right="(4,)",
        why="Axis 0, of size 3, disappears: one sum for each column.",
        wrong={
            "(3,)": "That is what `axis=1` leaves.",
            "(1, 4)": "It would be, with `keepdims=True`.",
            "(3, 1)": "That is `axis=1` with `keepdims=True`.",
        },
    ),
)

BROADCASTING = (
    Number(
        question="A has the shape (4, 1), B has (1, 5). How many entries does `A + B` have?",
        right=20,
        why="A is repeated 5 times to the right, B 4 times downwards: (4, 5).",
        wrong={
            9: "Sizes are not added. Along each axis, the larger of the two sizes counts.",
            5: "A, too, is repeated.",
            4: "B, too, is repeated.",
        },
    ),
    Choice(
        question="Which pair of shapes cannot be broadcast?",
        right="(3, 4) and (4, 1)",
        why="Along the first axis 3 meets 4, and neither is 1.",
        wrong={
            "(3, 4) and (4,)": "(4,) counts as (1, 4), which fits.",
            "(3, 4) and (3, 1)": "A column with 3 entries, repeated 4 times.",
            "(3, 1) and (1, 4)": "Both are repeated; the result is (3, 4).",
        },
    ),
)

RANK_1 = (
    Choice(
        question="x has the shape (4,). What is the shape of `x.T`?",
        right="(4,)",
        why="Transposing reverses the order of the axes, and there is only one.",
        wrong={
            "(4, 1)": "Use `x.reshape(4, 1)` for that.",
            "(1, 4)": "Use `x.reshape(1, 4)` for that.",
        },
    ),
)

REVIEW = (
    Choice(
        question="X holds 60 examples of 5 features, w is a column. What is the shape of `w.T @ "
        "X`?",
        right="(1, 60)",
        why="(1, 5) times (5, 60): one weighted sum for each example.",
        wrong={
            "(60, 1)": "Examples are columns in this course.",
            "(5, 60)": "That is the shape of X itself: nothing would be added up.",
            "(1, 5)": "That is w.T, before it meets the examples.",
        },
    ),
    Number(
        question="A unit with a sigmoid gets z = 0, and the label is 1. What is dz?",
        right=-0.5,
        why="a = 0.5, and dz = a - y = 0.5 - 1.",
        wrong={
            0.5: "Check the sign: prediction minus label.",
            -1: "First z has to become a: the sigmoid of 0 is 0.5.",
            0: "dz is the error of the prediction, not of z.",
        },
    ),
    Choice(
        question="Y is a row (1, 60), and somebody stores the predictions as an array (60,). What "
        "is the shape of `predictions - Y`?",
        right="(1, 60)",
        why="(60,) counts as the row (1, 60), so here it goes well; against a column it would not.",
        wrong={
            "(60, 60)": "That is what a column (60, 1) and a row make.",
            "(60,)": "The result has as many axes as the array with more of them.",
            "it is an error": "From the back, 60 meets 60.",
        },
    ),
    Choice(
        question="The cost of a training run falls, but very slowly, and the curve is smooth. "
        "What do you try first?",
        right="a larger learning rate",
        why="The steps go the right way and are short; a longer one saves time until it "
        "overshoots.",
        wrong={
            "a smaller learning rate": "Then it would fall even more slowly.",
            "to start with other weights": (
                "The cost of a single unit is a bowl: every start leads to the same bottom."
            ),
        },
    ),
    Choice(
        question="`np.sum(dZ, axis=1)` for dZ of shape (4, 60) is subtracted from b of shape (4, "
        "1). What comes out?",
        right="a table (4, 4)",
        why="The sum has the shape (4,), which counts as a row; column and row make a table.",
        wrong={
            "a column (4, 1)": "It would, with `keepdims=True`.",
            "an error": "NumPy repeats axes of size 1 silently. That is the trap.",
        },
    ),
)
