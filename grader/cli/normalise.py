"""``python -m grader normalise``: store notebooks without outputs and traces of machines."""

from __future__ import annotations

import argparse

NAME = "normalise"
HELP = "remove outputs and traces of machines from all notebooks"
EXAMPLES = ("normalise",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This command takes no arguments."""


def run(options: argparse.Namespace) -> int:
    """Write every stored notebook in its normal form; return the exit status."""
    from grader.authoring.normalise import normalise_notebooks

    return normalise_notebooks()
