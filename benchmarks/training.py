"""Training the four-layer network: the plain loop, the reduced problem, and what bounds both."""

from __future__ import annotations

import copy
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.exercises import assignment as assignments
from grader.exercises.author_code import run_source
from grader.exercises.cases import quiet
from grader.judging.training import ReducedProblem, images, reduced_problem

_ASSIGNMENT, _MODEL = "a5_cat_classifier", "L_layer_model"
_RATE = 0.0075


def training(plain_iterations: int, repeats: int) -> dict[str, Any]:
    """Seconds of processor time for the whole training run, each way.

    Parameters:
        plain_iterations: the plain ways run so many iterations, and are scaled up to all of them.
        repeats: each way is measured so often; the median counts.
    """
    assignment = assignments.load(_ASSIGNMENT)
    problem = reduced_problem(assignment, _MODEL)
    spec = assignment.exercise(_MODEL).training
    assert spec is not None
    everything = spec.iterations
    scale = everything / plain_iterations
    few = (*problem.whole_arguments[:4], plain_iterations, False)
    model = _model(problem.initial, spec.initializer)
    plain_model = _model(problem.whole_initial, spec.initializer)
    ways: dict[str, tuple[Callable[[], object], float]] = {
        "plain": (lambda: plain_model(*few), scale),
        "reduced": (lambda: model(*problem.arguments), 1.0),
        "reduced, with QR": (lambda: _with_qr(model, problem), 1.0),
        "BLAS floor, plain": (lambda: _products(problem.whole_initial, plain_iterations), scale),
        "BLAS floor, reduced": (lambda: _products(problem.initial, everything), 1.0),
    }
    ways |= _torch(problem, plain_iterations, scale)
    ways |= _sklearn(plain_iterations, scale, spec.layers[:-1])
    for run_way, _scale in ways.values():
        run_way()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _repeat in range(repeats):  # the ways take turns, so that all see the same machine
        for name, (run_way, factor) in ways.items():
            before = time.process_time()
            run_way()
            seconds[name].append(factor * (time.process_time() - before))
    medians = {name: float(np.median(values)) for name, values in seconds.items()}
    return {
        "iterations": everything,
        "plain_iterations_measured": plain_iterations,
        "cpu_seconds": medians,
        "plain_to_reduced": medians["plain"] / medians["reduced, with QR"],
        "largest_cost_difference": _cost_difference(plain_model, model, problem),
    }


def _model(initial: dict[str, np.ndarray], initializer: str) -> Callable[..., Any]:
    assignment = assignments.load(_ASSIGNMENT)
    namespace = assignment.namespace()
    namespace[initializer] = lambda *_sizes: copy.deepcopy(initial)
    run_source(assignment.solution(_MODEL), namespace, _MODEL)

    def call(*arguments: Any) -> Any:
        with quiet():
            return namespace[_MODEL](*arguments)

    return call


def _with_qr(model: Callable[..., Any], problem: ReducedProblem) -> None:
    np.linalg.qr(images().train_x)
    parameters, _costs = model(*problem.arguments)
    problem.weights(parameters)


def _cost_difference(
    plain: Callable[..., Any], reduced: Callable[..., Any], problem: ReducedProblem
) -> float:
    """The largest relative difference of the recorded costs over the first 101 iterations."""
    whole = np.array([float(cost) for cost in plain(*problem.whole_arguments[:4], 101, False)[1]])
    small = np.array([float(cost) for cost in reduced(*problem.arguments[:4], 101, False)[1]])
    return float(np.max(np.abs(whole - small) / np.abs(whole)))


def _products(initial: dict[str, np.ndarray], iterations: int) -> None:
    """The matrix products of training alone: forward, backward for weights and for activations."""
    weights = [initial[f"W{l}"] for l in range(1, len(initial) // 2 + 1)]
    random = np.random.default_rng(1)
    examples = images().train_x.shape[1]
    activations = [random.random((w.shape[1], examples)) for w in weights]
    errors = [random.random((w.shape[0], examples)) for w in weights]
    for _iteration in range(iterations):
        for index, weight in enumerate(weights):
            weight @ activations[index]
            errors[index] @ activations[index].T
            if index:
                weight.T @ errors[index]


def _torch(
    problem: ReducedProblem, iterations: int, scale: float
) -> dict[str, tuple[Callable[[], object], float]]:
    """The plain loop in PyTorch, in double precision, where it is installed."""
    try:
        import torch  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return {}
    torch.set_num_threads(1)
    data = images()
    x, y = torch.tensor(data.train_x.T), torch.tensor(data.train_y.T, dtype=torch.float64)

    def train() -> None:
        layers: list[Any] = []
        for l in range(1, len(problem.whole_initial) // 2 + 1):
            weight = torch.tensor(problem.whole_initial[f"W{l}"])
            linear = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(weight)
                linear.bias.zero_()
            layers += [linear, torch.nn.ReLU()]
        network = torch.nn.Sequential(*layers[:-1])
        optimizer = torch.optim.SGD(network.parameters(), lr=_RATE)
        for _iteration in range(iterations):
            optimizer.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(network(x), y).backward()
            optimizer.step()

    return {"PyTorch, plain": (train, scale)}


def _sklearn(
    iterations: int, scale: float, hidden: tuple[int, ...]
) -> dict[str, tuple[Callable[[], object], float]]:
    """The plain loop in scikit-learn, where it is installed."""
    try:
        from sklearn.neural_network import (  # type: ignore[import-not-found,unused-ignore]
            MLPClassifier,
        )
    except ImportError:
        return {}
    data = images()

    def train() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            MLPClassifier(
                hidden,
                solver="sgd",
                alpha=0.0,
                batch_size=data.train_x.shape[1],
                learning_rate_init=_RATE,
                momentum=0.0,
                max_iter=iterations,
                tol=0.0,
                n_iter_no_change=iterations,
            ).fit(data.train_x.T, data.train_y.ravel())

    return {"scikit-learn, plain": (train, scale)}
