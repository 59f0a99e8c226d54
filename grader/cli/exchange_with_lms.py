"""``python -m grader import`` and ``python -m grader export``, as the command line calls them."""

from __future__ import annotations

import argparse
import sys


def run(options: argparse.Namespace) -> int:
    """Run one of the two commands.

    Returns:
        The exit status: 0; 1 where something was left out, or nothing could be done at all.
    """
    return _import(options) if options.command == "import" else _export(options)


def _import(options: argparse.Namespace) -> int:
    from grader.lms.incoming.importing import ImportOptions, ImportProblem, import_submissions

    chosen = ImportOptions(
        system=options.system,
        attempt=options.attempt,
        dry_run=options.dry_run,
        replace=options.replace,
        timezone=options.timezone,
        roster=options.roster,
        surname_first=options.surname_first,
        isolated=not options.no_sandbox,
    )
    try:
        return import_submissions(options.assignment, options.archive, chosen)
    except ImportProblem as error:
        print(f"grader: {error}", file=sys.stderr)
        return 1


def _export(options: argparse.Namespace) -> int:
    from grader.lms.outgoing.exporting import ExportOptions, ExportProblem, export_marks

    chosen = ExportOptions(
        system=options.system,
        feedback=options.feedback,
        output=options.output,
        roster=options.roster,
        column=options.column,
    )
    try:
        return export_marks(options.assignment, chosen)
    except ExportProblem as error:
        print(f"grader: {error}", file=sys.stderr)
        return 1
