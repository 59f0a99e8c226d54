"""``python -m grader sandbox``: whether students' code can be isolated here, and by what."""

from __future__ import annotations

import argparse

NAME = "sandbox"
HELP = "say whether students' code can be isolated here, and by what"
EXAMPLES = ("sandbox",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Start a worker and print its layers; return the exit status."""
    from grader.exercises import assignment as assignments
    from grader.sandbox.host.worker import Worker

    any_assignment = next(iter(assignments.names()), "")  # outside a course there is none
    with Worker(any_assignment) as worker:
        worker.start()
        print("Students' code is isolated from this machine by")
        for layer, what in worker.layers.items():
            print(f"  {layer:<12} {what}")
    return 0
