"""The commands of ``python -m grader``: each module of this room is one."""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from grader import __doc__ as about
from grader.paths import CODE, IS_INSTALLED, PROGRAM, why_no_course
from grader.text.terminal import CannotGoOn, show_traceback, show_tracebacks

_EPILOG = f"""examples:
  {PROGRAM} grade homework.ipynb --assignment a4_deep_network
  {PROGRAM} simulate a4_deep_network --students 30 --seed 1
  {PROGRAM} autograde a4_deep_network

Every command has its own --help. Commands that work with a class take nbgrader's settings as well,
which then count more than nbgrader_config.py:
  {PROGRAM} autograde a4_deep_network --LateSubmissionPlugin.penalty_method=zero

The manual: {CODE / "docs"}"""

_WITHOUT_A_COURSE = ("quickstart", "sandbox")

_SETTING = re.compile(r"--(?:[A-Z]\w*(?:\.\w+)+|db|course-dir)(=.*)?", re.DOTALL)


class Command(Protocol):
    """What a module of this room must have to be a command.

    A module imports what its work needs only when it runs, so that ``--help`` answers at once.
    """

    NAME: str
    HELP: str
    EXAMPLES: Sequence[str]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS = (
    *("grade", "autograde", "watch", "regrade", "simulate"),
    *(["quickstart"] if IS_INSTALLED else []),  # a clone is a course
    *("new", "release", "translations", "check_course", "sandbox", "working_copy", "normalise"),
    *("import_archive", "export_marks", "report", "demo"),
)
"""The modules of this room that are commands, as ``--help`` lists them."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=about,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_debug(parser, default=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        command = cast(Command, importlib.import_module(f"grader.cli.{module}"))
        examples = "".join(f"\n  {PROGRAM} {example}" for example in command.EXAMPLES)
        one = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog=f"example:{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(one)
        _add_debug(one, default=argparse.SUPPRESS)  # it may stand before the command or after it
        one.set_defaults(run=command.run, needs_course=command.NAME not in _WITHOUT_A_COURSE)
    return parser


def _add_debug(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--debug",
        action="store_true",
        default=default,
        help="show where the grader itself failed, and not a sentence alone",
    )


def split_settings(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part nbgrader's settings on a command line from what is left.

    Parameters:
        arguments: the words of the command line.

    Returns:
        The settings, ``--Class.name=value`` each, and everything else.
    """
    settings: list[str] = []
    others: list[str] = []
    words = iter(arguments)
    for word in words:
        found = _SETTING.fullmatch(word)
        if found is None:
            others.append(word)
        else:
            settings.append(word if found[1] else f"{word}={next(words, '')}")
    return settings, others


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status."""
    settings, others = split_settings(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(others)
    if options.debug:
        show_tracebacks()
    if settings:
        from grader.settings.course import give_settings

        give_settings(settings)
    try:
        if options.needs_course and (reason := why_no_course()):
            raise CannotGoOn(reason)
        status: int = options.run(options)
        return status
    except CannotGoOn as error:
        show_traceback(error)
        print(f"{PROGRAM.split()[-1]}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141
