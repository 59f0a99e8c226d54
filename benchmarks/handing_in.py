"""How long it takes from handing in to feedback: submissions arrive at a rate in the exchange.

The watcher runs as its users run it. A submission's time ends when its page lies where its student
finds it, as the file system says.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.classes import TemporaryClass
from benchmarks.watch import memory_of, used_by_tree
from grader.feedback.exchange import released_place, submission_secret
from grader.paths import PROJECT
from tests.helpers.handing_in import hand_in

_COURSE = "neural-networks-from-scratch"
_PATIENCE = 120.0


@dataclass(frozen=True)
class Latency:
    """How long submissions at one rate took, in seconds.

    Attributes:
        rate: submissions a second.
        handed_in, answered: how many were, and how many have feedback.
        p50, p95, p99: so many of a hundred were faster.
        cpu_ms: milliseconds of a core that each took, of all processes together.
    """

    rate: float
    handed_in: int
    answered: int
    p50: float
    p95: float
    p99: float
    cpu_ms: float

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


class Watched:
    """A class whose exchange is watched.

    Attributes:
        process: the watcher.
    """

    def __init__(self, group: TemporaryClass, jobs: int) -> None:
        self._group = group
        self._exchange = group.root / "exchange" / _COURSE
        (self._exchange / "inbound").mkdir(parents=True, exist_ok=True)
        self._raw = [
            (group.folder(one) / f"{group.assignment}.ipynb").read_bytes() for one in group.students
        ]
        self._number = 0
        variables = {"NBGRADER_EXCHANGE": str(group.root / "exchange")}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "grader", "watch", group.assignment, "--json"),
                *("--jobs", str(jobs)),
            ],
            cwd=PROJECT,
            env=group.environment() | variables,
            stdout=subprocess.DEVNULL,
        )

    def hand_in(self) -> Path:
        """Hand in what one of the class has; each time as another student."""
        self._number += 1
        raw = self._raw[self._number % len(self._raw)]
        student = f"student{self._number}"
        return hand_in(self._exchange / "inbound", student, self._group.assignment, raw)

    def at_rate(self, rate: float, seconds: float) -> Latency:
        """Let submissions arrive evenly, and wait for the feedback of all."""
        folders = []
        before = used_by_tree(self.process.pid)
        started = time.monotonic()
        for number in range(round(rate * seconds)):
            time.sleep(max(0.0, started + number / rate - time.monotonic()))
            folders.append((self.hand_in(), time.time()))
        places = [(self._page(folder), at) for folder, at in folders]
        ends = time.monotonic() + _PATIENCE
        while not all(page.exists() for page, _at in places) and time.monotonic() < ends:
            time.sleep(0.2)
        took = sorted(page.stat().st_mtime - at for page, at in places if page.exists())
        used = 1e3 * (used_by_tree(self.process.pid) - before) / max(1, len(took))
        return Latency(rate, len(places), len(took), *_percentiles(took), round(used, 1))

    def idle(self, seconds: float) -> float:
        """The share of a core that it uses while nothing arrives."""
        before = used_by_tree(self.process.pid)
        time.sleep(seconds)
        return (used_by_tree(self.process.pid) - before) / seconds

    def memory_mb(self) -> float:
        """The memory of all its processes together (PSS)."""
        import psutil

        root = psutil.Process(self.process.pid)
        return sum(map(memory_of, [root, *root.children(recursive=True)])) / 2**20

    def _page(self, folder: Path) -> Path:
        outbound = self._exchange / "feedback"
        return released_place(outbound, submission_secret(folder), self._group.assignment)


@contextmanager
def watched(group: TemporaryClass, jobs: int) -> Iterator[Watched]:
    """A watcher whose workers are warm."""
    one = Watched(group, jobs)
    try:
        one.at_rate(4.0, 4.0)
        yield one
    finally:
        one.process.terminate()
        one.process.wait()


def highest_rate(
    one: Watched, rates: Sequence[float], seconds: float, within: float = 5.0
) -> list[Latency]:
    """Rates that are tried one after another, until one is too high.

    Parameters:
        one: the watcher.
        rates: from low to high.
        seconds: how long each is kept up.
        within: 95 of a hundred must have feedback within so many seconds.
    """
    tried = []
    for rate in rates:
        tried.append(one.at_rate(rate, seconds))
        print(json.dumps(tried[-1].as_dict()), file=sys.stderr, flush=True)
        if tried[-1].p95 > within or tried[-1].answered < tried[-1].handed_in:
            break
    return tried


def _percentiles(took: Sequence[float]) -> tuple[float, float, float]:
    if len(took) < 2:
        return (0.0, 0.0, 0.0)
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return round(cuts[49], 3), round(cuts[94], 3), round(cuts[98], 3)
