"""The broken function of the cat classifier: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_ACCURACY = "accuracy = np.mean(said_cat == is_cat)"
_RECALL = "recall = found / np.sum(is_cat)"
_PRECISION = "precision = found / np.sum(said_cat)"
_SAID = "said_cat = probabilities > 0.5"
_GIVEN_ACCURACY = "accuracy = np.mean(said_cat == is_cat.T)"
_GIVEN_RECALL = "recall = found / np.sum(said_cat)"
_GIVEN_PRECISION = "precision = found / np.sum(is_cat)"


def detection_rates_cases(random: np.random.RandomState, reference: Any) -> Iterator[Case]:
    """Answers to pictures with more and with fewer cats; one answer is exactly one half."""
    for cats, others, found, alarms in ((3, 5, 2, 3), (7, 4, 4, 1), (5, 20, 3, 6)):
        cats, others = cats + int(random.randint(2)), others + int(random.randint(2))
        sure, unsure = random.uniform(0.55, 0.99, found), random.uniform(0.01, 0.45, cats - found)
        wrong = random.uniform(0.55, 0.99, alarms)
        right = random.uniform(0.01, 0.45, others - alarms)
        right[0] = 0.5
        answers = np.concatenate([sure, unsure, wrong, right])
        labels = np.array([1] * cats + [0] * others)
        order = random.permutation(cats + others)
        yield Case(
            f"{cats} cats among {cats + others} pictures",
            (answers[order].reshape(1, -1), labels[order].reshape(1, -1)),
            {"m": cats + others},
        )


_WRONG = {
    "as-it-was-given": (
        {_ACCURACY: _GIVEN_ACCURACY, _RECALL: _GIVEN_RECALL, _PRECISION: _GIVEN_PRECISION},
        "This is still the broken function. Try it on answers whose rates you know.",
    ),
    "each-answer-with-each-label": (
        {_ACCURACY: _GIVEN_ACCURACY},
        "One mistake is left: a row is compared with a column, so each answer meets each label, "
        "in a table of m times m.",
    ),
    "recall-and-precision-exchanged": (
        {_RECALL: _GIVEN_RECALL, _PRECISION: _GIVEN_PRECISION},
        "One mistake is left: recall and precision are exchanged. The recall is the share of the "
        "cats that were found.",
    ),
    "both-divided-by-the-cats": (
        {_PRECISION: _GIVEN_PRECISION},
        "The precision is divided by the number of cats. It asks how many of the alarms were "
        "right.",
    ),
    "both-divided-by-the-alarms": (
        {_RECALL: _GIVEN_RECALL},
        "The recall is divided by the number of alarms. It asks how many of the cats were found.",
    ),
    "one-half-counts-as-cat": (
        {_SAID: "said_cat = probabilities >= 0.5"},
        "An answer of exactly one half counts as a cat here. As everywhere in the course, it has "
        "to be greater.",
    ),
    "divided-by-all-pictures": (
        {_RECALL: "recall = found / is_cat.size"},
        "The cats that were found are divided by all pictures, and not by all cats.",
    ),
}

_RIGHT = {
    "by-multiplying": {"found = np.sum(said_cat & is_cat)": "found = np.sum(said_cat * is_cat)"},
    "by-selecting": {
        _RECALL: "recall = np.mean(said_cat[is_cat])",
        _PRECISION: "precision = np.mean(is_cat[said_cat])",
    },
    "accuracy-from-the-mistakes": {_ACCURACY: "accuracy = 1 - np.mean(said_cat != is_cat)"},
}

BUG = Exercise(
    name="detection_rates",
    points=10,
    cases=detection_rates_cases,
    lesson="a5_cat_classifier#bug",
    hints=(
        "Take answers for which you know the rates: one classifier that is always right, and one "
        "that says cat every time. What must the three numbers be? What are they?",
        "Print the shape of the comparison inside the accuracy. And for whoever says cat every "
        "time: of all cats, which share is found?",
        "Compare the two rows without turning one of them, and divide the cats that were found by "
        "all cats for the recall, by all alarms for the precision.",
    ),
    learned="You can test a measure of quality on answers whose quality you know.",
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
