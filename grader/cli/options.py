"""The options that several commands have in common."""

from __future__ import annotations

import argparse


def add_sandbox_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--no-sandbox``."""
    parser.add_argument(
        "--no-sandbox",
        dest="isolated",
        action="store_false",
        help="run students' code without isolation (only for code that you trust)",
    )


def add_jobs_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--jobs``."""
    parser.add_argument(
        "--jobs",
        type=int,
        help="how many to grade at the same time (default: one a core, and one where few wait)",
    )
