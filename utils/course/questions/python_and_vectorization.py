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
