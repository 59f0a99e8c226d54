"""``python -m benchmarks``: measure, print a table, and write the figures to a file."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks import machine, report
from benchmarks.autograding import autograde, flatness, marks, stock_autograde
from benchmarks.classes import temporary_class
from benchmarks.floor import floor
from benchmarks.handing_in import highest_rate, watched
from benchmarks.report import Figure
from benchmarks.stages import stages
from benchmarks.student_side import student_side
from benchmarks.training import training

_DEEP, _CAT = "a4_deep_network", "a5_cat_classifier"


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        repeats: how often each thing is measured; the median counts.
        deep, cat: the sizes of the two classes.
        deep_stock, cat_stock: how many of each stock nbgrader grades.
        flat: the size of the class in which memory is watched.
        iterations: how many iterations the plain training loop runs before it is scaled up.
    """

    repeats: int
    deep: int
    cat: int
    deep_stock: int
    cat_stock: int
    flat: int
    iterations: int


_FULL = Size(3, 64, 16, 4, 1, 1000, 100)
_QUICK = Size(1, 48, 4, 2, 1, 64, 20)

_Result = tuple[list[Figure], dict[str, Any]]


def measure_deep(size: Size, jobs: int) -> _Result:
    """a4: against stock nbgrader, against the floor, and one worker against all."""
    rates: dict[int, list[dict[str, Any]]] = {1: [], jobs: []}
    on_one_core: list[dict[str, Any]] = []
    floors, scores = [], []
    with temporary_class(_DEEP, size.deep) as group:
        for _repeat in range(size.repeats):
            floors.append(floor(group)["cpu_ms_per_submission"])
            for count in rates:
                rate = autograde(group, count)
                rates[count].append(rate.as_dict())
                scores.append(marks(rate))
            if shutil.which("taskset"):
                on_one_core.append(autograde(group, 1, one_core=True).as_dict())
        stock = stock_autograde(group, size.deep_stock)
    bare = _median(floors)
    many = {key: _median([r[key] for r in rates[jobs]]) for key in _NUMBERS}
    one = {key: _median([r[key] for r in rates[1]]) for key in _NUMBERS}
    own = _median([r["steady_cpu_ms_per_submission_by_role"]["coordinator"] for r in rates[jobs]])
    sample = f"class of {size.deep}; stock on {size.deep_stock} of it"
    figures = [
        Figure("a4: submissions a minute, whole command", many["per_minute"], "/min"),
        Figure("a4: submissions a minute, workers warm", many["steady_per_minute"], "/min"),
        Figure("a4: stock nbgrader", stock["per_minute"], "/min"),
        Figure(
            "a4: rate against nbgrader's",
            many["per_minute"] / stock["per_minute"],
            "x",
            70,
            True,
            sample,
        ),
        Figure("a4: the same, workers warm", many["steady_per_minute"] / stock["per_minute"], "x"),
        Figure("a4: CPU a submission, workers warm", many["steady_cpu_ms_per_submission"], "ms"),
        Figure("a4: CPU of the floor", bare, "ms"),
        Figure("a4: CPU against the floor", many["steady_cpu_ms_per_submission"] / bare, "x", 2.2),
        Figure("coordinator: CPU a submission", own, "ms", 25),
    ]
    if jobs > 1:
        scaling = many["steady_per_minute"] / one["steady_per_minute"]
        note = "all on the same cores"
        figures.append(Figure(f"{jobs} workers against one", scaling, "x", 0.9 * jobs, True, note))
    if on_one_core:
        alone = _median([r["steady_per_minute"] for r in on_one_core])
        scaling = many["steady_per_minute"] / alone
        figures.append(Figure(f"{jobs} cores against one, a worker a core", scaling, "x"))
    details: dict[str, Any] = {
        "floor_ms": floors,
        "runs": rates,
        "on_one_core": on_one_core,
        "stock": stock,
    }
    details["marks_agree"] = all(score == scores[0] for score in scores)
    return figures, details


def measure_cat(size: Size, jobs: int) -> _Result:
    """a5: against stock nbgrader, whose train cells run as released, and against the floor."""
    with temporary_class(_CAT, size.cat) as group:
        runs = [autograde(group, jobs).as_dict() for _repeat in range(size.repeats)]
        bare = floor(group)["cpu_ms_per_submission"]
        stock = stock_autograde(group, size.cat_stock)
    many = {key: _median([r[key] for r in runs]) for key in _NUMBERS}
    sample = f"class of {size.cat}; stock on {size.cat_stock} of it"
    figures = [
        Figure("a5: submissions a minute, whole command", many["per_minute"], "/min"),
        Figure("a5: stock nbgrader", stock["per_minute"], "/min"),
        Figure(
            "a5: rate against nbgrader's",
            many["per_minute"] / stock["per_minute"],
            "x",
            20,
            True,
            sample,
        ),
        Figure("a5: CPU a submission", many["steady_cpu_ms_per_submission"] / 1e3, "s", 3),
        Figure("a5: CPU of the floor", bare / 1e3, "s"),
    ]
    return figures, {"runs": runs, "floor_ms": bare, "stock": stock}


def measure_memory(size: Size, jobs: int) -> _Result:
    """Memory of each sort of process, early and late in a long run."""
    with temporary_class(_DEEP, size.flat) as group:
        seen = flatness(autograde(group, jobs, memory_every=1), jobs)
    figures = []
    for role, what, target in (
        ("sandbox", "memory of a sandboxed worker", 300.0),
        ("pool", "memory of a pool process", None),
        ("coordinator", "memory of the coordinator", 400.0),
    ):
        figures.append(Figure(what, seen[role]["largest_mb"], "MB", target, note="PSS, largest"))
        growth = seen[role]["last_third_mb"] - seen[role]["first_third_mb"]
        note = f"last third of {size.flat} submissions against the first"
        figures.append(Figure(f"{what}: growth", growth, "MB", note=note))
    return figures, seen


def measure_stages(size: Size, jobs: int) -> _Result:
    """CPU by stage, in the trusted process and in the sandbox."""
    figures, details = [], {}
    for name, count in ((_DEEP, size.deep), (_CAT, size.cat)):
        with temporary_class(name, count) as group:
            details[name] = stages(group)
        for stage, taken in details[name].items():
            note = f"{taken['own_ms']:.1f} trusted + {taken['sandbox_ms']:.1f} sandbox"
            total = taken["own_ms"] + taken["sandbox_ms"]
            figures.append(Figure(f"{name[:2]}: {stage}", total, "ms", note=note))
    return figures, details


def measure_training(size: Size, jobs: int) -> _Result:
    """The four-layer network, trained plainly and reduced."""
    result = training(size.iterations, size.repeats)
    note = f"{result['plain_iterations_measured']} iterations, scaled up"
    figures = [
        Figure(f"training: {name}", seconds, "s", note=note if "plain" in name else "")
        for name, seconds in result["cpu_seconds"].items()
    ]
    figures.append(Figure("training: plain to reduced", result["plain_to_reduced"], "x", 15, True))
    return figures, result


def measure_student_side(size: Size, jobs: int) -> _Result:
    """The import of the checks, and their answers."""
    result = student_side(max(3, size.repeats))
    figures = [
        Figure(
            "import public_tests, beyond NumPy's own",
            result["import_beyond_numpy_seconds"],
            "s",
            0.3,
        ),
        Figure(
            "a public check, slowest, first call",
            1e3 * result["slowest_first_check_seconds"],
            "ms",
            100,
        ),
        Figure("a public check, median", 1e3 * result["median_check_seconds"], "ms"),
    ]
    return figures, result


def measure_handing_in(size: Size, jobs: int) -> _Result:
    """From handing in to feedback, as submissions arrive in the exchange."""
    quick = size == _QUICK
    with temporary_class(_DEEP, 12) as group, watched(group, jobs) as watcher:
        idle = watcher.idle(10.0)
        before = watcher.memory_mb()
        slow = watcher.at_rate(1.0, 10.0 if quick else 60.0)
        tried = highest_rate(watcher, (4, 8) if quick else _RATES, 15.0 if quick else 60.0)
        growth = watcher.memory_mb() - before
    kept = [one for one in tried if one.p95 <= 5.0 and one.answered == one.handed_in]
    highest = max((one.rate for one in kept), default=0.0)
    note = f"{slow.handed_in} submissions"
    lost = sum(one.handed_in - one.answered for one in (slow, *tried))
    figures = [
        Figure("handing in, 1 a second: p50", slow.p50, "s", note=note),
        Figure("handing in, 1 a second: p95", slow.p95, "s", 2, note=note),
        Figure("handing in, 1 a second: p99", slow.p99, "s", note=note),
        Figure("highest rate with p95 under 5 s", highest, "/s", 8, True),
        Figure("handing in: CPU a submission", tried[-1].cpu_ms, "ms", note="all processes"),
        Figure("submissions without feedback", lost, "", 0),
        Figure("watcher: CPU while nothing arrives", 100 * idle, "% of a core", 1),
        Figure("watcher: memory after all of them, beyond before", growth, "MB", note="PSS"),
    ]
    return figures, {"slow": slow.as_dict(), "rates": [one.as_dict() for one in tried]}


_RATES = (4.0, 8.0, 12.0, 16.0, 20.0, 24.0)

_NUMBERS = (
    "per_minute",
    "steady_per_minute",
    "cpu_ms_per_submission",
    "steady_cpu_ms_per_submission",
)

_PARTS: dict[str, Callable[[Size, int], _Result]] = {
    "student": measure_student_side,
    "training": measure_training,
    "stages": measure_stages,
    "a4": measure_deep,
    "a5": measure_cat,
    "memory": measure_memory,
    "hand-in": measure_handing_in,
}


def _median(values: list[float]) -> float:
    return float(np.median(values))


def main() -> int:
    """Read the command line, measure, report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure autograding, training and the student's side; print a table and write "
        "it to benchmarks/results/.",
        epilog="Example: python -m benchmarks --quick --only a4,student",
    )
    parser.add_argument("--quick", action="store_true", help="small classes, one run each")
    parser.add_argument(
        "--only", default="", metavar="PARTS", help=f"some of: {', '.join(_PARTS)} (default: all)"
    )
    parser.add_argument("--repeats", type=int, help="how often each thing is measured")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    parser.add_argument("--jobs", type=int, default=cores, help="workers (default: all cores)")
    options = parser.parse_args()
    wanted = [part for part in options.only.split(",") if part] or list(_PARTS)
    if unknown := set(wanted) - set(_PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    size = _QUICK if options.quick else _FULL
    if options.repeats:
        size = replace(size, repeats=options.repeats)
    about = machine.describe()
    figures: list[Figure] = []
    details: dict[str, Any] = {"size": vars(size)}
    for part in wanted:
        print(f"{part} ...", file=sys.stderr, flush=True)
        measured, details[part] = _PARTS[part](size, options.jobs)
        figures += measured
        print(report.show(measured), file=sys.stderr, flush=True)
    print("\n".join(f"{key}: {value}" for key, value in about.items()), "\n")
    print(report.show(figures))
    print(f"\nwritten to {report.write(about, figures, details)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
