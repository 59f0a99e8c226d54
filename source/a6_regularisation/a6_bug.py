"""The broken function of the regularisation assignment: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_CONDITION = "if dev_costs[epoch] < dev_costs[best_epoch]:"
_GIVEN_CONDITION = "if dev_costs[epoch] < dev_costs[epoch - 1]:"
_RESET = "\n            waited = 0"
_STOP = "if waited == patience:"


def stop_early_cases(random: np.random.RandomState, reference: Any) -> Iterator[Case]:
    """Curves with bumps shorter and longer than the patience, equal costs, and a single epoch."""
    for curve, patience in (
        ((9, 6, 7, 8, 9, 5), 2),
        ((9, 6, 7, 5, 6, 4, 3), 2),
        ((5, 9, 8, 7, 6, 7), 4),
        ((9, 8, 8, 8, 8, 7), 3),
        ((9, 8, 8, 9, 10), 4),
        ((9, 8, 8, 7, 7, 6, 7), 2),
        ((9, 7, 5), 1),
        ((6,), 3),
    ):
        start, step = float(random.uniform(0.1, 0.2)), float(random.uniform(0.05, 0.1))
        costs = [round(start + step * level, 4) for level in curve]
        yield Case(
            f"{len(costs)} epochs, patience {patience}",
            (costs, patience),
            {"patience": patience},
        )
    falling = 1 / (1 + 0.1 * np.arange(40)) + 0.002 * np.arange(40)
    noisy = np.round(falling + 0.05 * random.rand(40), 4)
    yield Case("40 epochs, patience 3", ([float(cost) for cost in noisy], 3), {"patience": 3})


_WRONG = {
    "as-it-was-given": (
        {_CONDITION: _GIVEN_CONDITION, _RESET: ""},
        "This is still the broken function. Try it on a curve with two short bumps.",
    ),
    "compared-with-the-epoch-before": (
        {_CONDITION: _GIVEN_CONDITION},
        "One of two mistakes is left: an epoch counts as better when it is better than the one "
        "before it, though an earlier one may have been better still.",
    ),
    "waiting-not-begun-anew": (
        {_RESET: ""},
        "One of two mistakes is left: all epochs without a new lowest cost are counted, also "
        "those before the last success. The patience is about epochs in a row.",
    ),
    "equal-counts-as-better": (
        {_CONDITION: "if dev_costs[epoch] <= dev_costs[best_epoch]:"},
        "A cost that only equals the lowest one counts as a success here. Nothing has become "
        "better.",
    ),
    "one-epoch-too-patient": (
        {_STOP: "if waited > patience:"},
        "The training goes on for one epoch too many: it ends as soon as there have been as many "
        "epochs in a row as the patience says.",
    ),
    "one-epoch-too-impatient": (
        {_STOP: "if waited + 1 >= patience and waited:"},
        "The training ends one epoch too early. How many epochs without success does the patience "
        "allow before it ends?",
    ),
    "last-epoch-for-the-best": (
        {
            "\n        if waited == patience:\n            break": "",
            "trained = epoch + 1": "trained = len(dev_costs)",
        },
        "The training never ends early: whatever the patience is, all epochs are trained.",
    ),
    "patience-never-looked-at-the-best": (
        {_RESET: "\n            waited = waited - 1"},
        "After a new lowest cost only one epoch of waiting is forgiven. The patience is about "
        "epochs in a row, so that the count begins anew.",
    ),
    "epochs-counted-from-zero": (
        {
            "trained = epoch + 1": "trained = epoch",
            "best_epoch, waited, trained = 0, 0, 1": "best_epoch, waited, trained = 0, 0, 0",
        },
        "The number of the last epoch is returned, and not how many were trained. The first epoch "
        "has the number 0, and after it one has been trained.",
    ),
    "best-epoch-counted-from-one": (
        {
            _CONDITION: "if dev_costs[epoch] < dev_costs[best_epoch - 1]:",
            "best_epoch, waited, trained = 0, 0, 1": "best_epoch, waited, trained = 1, 0, 1",
            "best_epoch = epoch\n": "best_epoch = epoch + 1\n",
        },
        "The best epoch is counted from 1. Epochs have the numbers of the list, from 0.",
    ),
}

_RIGHT = {
    "lowest-cost-kept": """
def stop_early(dev_costs, patience):
    lowest, best_epoch, waited = float("inf"), 0, 0
    for epoch, cost in enumerate(dev_costs):
        if cost < lowest:
            lowest, best_epoch, waited = cost, epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return best_epoch, epoch + 1
    return best_epoch, len(dev_costs)
""",
    "waiting-from-the-best-epoch": """
def stop_early(dev_costs, patience):
    best_epoch = 0
    for epoch in range(len(dev_costs)):
        if dev_costs[epoch] < dev_costs[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch == patience:
            break
    trained = epoch + 1
    return best_epoch, trained
""",
    "minimum-of-those-before": {_CONDITION: "if dev_costs[epoch] < min(dev_costs[:epoch]):"},
    "argmin-of-what-is-known": """
def stop_early(dev_costs, patience):
    for trained in range(1, len(dev_costs) + 1):
        best_epoch = int(np.argmin(dev_costs[:trained]))
        if trained - 1 - best_epoch >= patience:
            break
    return best_epoch, trained
""",
    "while-loop": """
def stop_early(dev_costs, patience):
    best_epoch = waited = 0
    trained = 1
    while trained < len(dev_costs) and waited < patience:
        if dev_costs[trained] < dev_costs[best_epoch]:
            best_epoch, waited = trained, 0
        else:
            waited += 1
        trained += 1
    return [best_epoch, trained]
""",
}

BUG = Exercise(
    name="stop_early",
    points=10,
    cases=stop_early_cases,
    lesson="a6_regularisation#bug",
    hints=(
        "Take short curves for which you know the answer: one that only falls, one with two short "
        "bumps, one that rises steeply and then falls a little. Where does the broken function go "
        "wrong?",
        "A new lowest cost is lower than all before it. Which of the costs before it does the "
        "condition look at? And what is `waited` after two bumps of one epoch each?",
        "Compare with the cost of the best epoch so far, and begin to wait anew whenever there is "
        "a better one.",
    ),
    learned="You can stop a training at the right time, and test a rule on curves that you know.",
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
