"""The questions that the assignment a1_numpy_basics asks."""

from __future__ import annotations

from course.widgets.quiz import Choice, Number

BROADCASTING = (
    Choice(
        question="A has shape (4, 3) and `s = np.sum(A, axis=0, keepdims=True)`. What is the "
        "shape of s?",
        right="(1, 3)",
        why="Axis 0 is the one that is summed away; with `keepdims` it stays with size 1.",
        wrong={
            "(4, 1)": "That is the sum along axis 1, along each row.",
            "(3,)": "That is the shape without keepdims.",
            "(4, 3)": "A sum over an axis leaves fewer numbers.",
        },
    ),
    Choice(
        question="A column (5, 1) is multiplied, with `*`, by a row (1, 2). What is the shape of "
        "the result?",
        right="(5, 2)",
        why="Both are repeated: the column twice, the row five times.",
        wrong={
            "(5, 1)": "The row has two entries, and both meet every entry of the column.",
            "(1, 1)": "That would be a row times a column as a matrix product.",
            "it is an error": "Axes of size 1 are repeated, so the two fit.",
        },
    ),
    Choice(
        question="And what is the shape of (4, 3) plus a rank-1 array with shape (4,)?",
        right="it is an error",
        why="Shape (4,) counts as (1, 4), and from the back 4 does not fit 3.",
        wrong={
            "(4, 3)": "That would be right for the column (4, 1).",
            "(4, 4)": "Neither 3 nor 4 is 1, so nothing is repeated along the last axis.",
            "(4,)": "A result is never smaller than its parts.",
        },
    ),
    Number(
        question="How many entries does the result of (6, 1) + (1, 7) have?",
        right=42,
        why="The result has shape (6, 7).",
        wrong={
            13: "That is how many the two have together; but both are repeated.",
        },
    ),
)
