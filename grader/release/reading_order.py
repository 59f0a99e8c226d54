"""The order in which lessons and assignments are read: everywhere the same.

The README, the list of lessons, the page with which ``make lab`` opens and the first page of the site
follow it, and each lesson says at its end what comes next.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.paths import NOTEBOOKS, RELEASE


@dataclass(frozen=True)
class Reading:
    """A lesson or an assignment.

    Attributes:
        name: the name of its notebook, without a suffix.
        title: what it is called in lists.
        subject: what it is about, in half a sentence.
    """

    name: str
    title: str
    subject: str

    @property
    def is_lesson(self) -> bool:
        """Whether it is one of the lessons."""
        return self.name[:1].isdigit()

    @property
    def place(self) -> str:
        """Where its notebook lies, seen from the folder of the course."""
        folder = NOTEBOOKS.name if self.is_lesson else f"{RELEASE.name}/{self.name}"
        return f"{folder}/{self.name}.ipynb"


READING_ORDER = (
    Reading(
        "01_introduction",
        "Lesson 1: Introduction",
        "what a network is, which kind suits which task, the notation of the course",
    ),
    Reading(
        "02_logistic_regression",
        "Lesson 2: Logistic regression",
        "one unit answers yes or no: cost, gradient descent, the chain rule",
    ),
    Reading(
        "03_python_and_vectorization",
        "Lesson 3: Python and vectorization",
        "whole arrays in place of loops, and the traps of NumPy",
    ),
    Reading(
        "a1_numpy_basics",
        "Assignment 1: NumPy basics",
        "**you build** sigmoid, softmax and losses for whole arrays",
    ),
    Reading(
        "a2_logistic_regression",
        "Assignment 2: Logistic regression",
        "**you build** a classifier of one unit, trained on images of cats",
    ),
    Reading(
        "04_shallow_networks",
        "Lesson 4: Shallow networks",
        "what a hidden layer finds, and why its units must not be linear",
    ),
    Reading(
        "a3_shallow_network",
        "Assignment 3: A shallow network",
        "**you build** a network with one hidden layer, and watch its boundary bend",
    ),
    Reading(
        "05_deep_networks",
        "Lesson 5: Deep networks",
        "forward and backward blocks, shapes of matrices, why depth helps",
    ),
    Reading(
        "a4_deep_network",
        "Assignment 4: A deep network",
        "**you build** every function of a network with any number of layers",
    ),
    Reading(
        "06_building_a_network",
        "Lesson 6: Building a network",
        "the recipe from the first line to a trained classifier",
    ),
    Reading(
        "a5_cat_classifier",
        "Assignment 5: A cat classifier",
        "**you build** the training, and find out what the network gets wrong",
    ),
    Reading(
        "07_open_questions",
        "Lesson 7: Open questions",
        "a training run from end to end; when to use `dot`, `multiply` or `*`",
    ),
)
