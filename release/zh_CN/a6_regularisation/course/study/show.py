"""Show a text: laid out in a notebook, wrapped as plain text in a terminal."""

from __future__ import annotations

import re

from course.sentences import wrap
from course.study.study_record import in_a_notebook

WIDTH = 78
_CALL = re.compile(r'\w+\("[^()]*\)')
_HELD = "\0"
"""Stands for a blank at which a line must not be broken."""


def show(markdown: str, plain: str) -> None:
    """Show a text in the form that fits.

    Parameters:
        markdown: what a notebook shows.
        plain: what all others print.
    """
    if in_a_notebook():
        from IPython.display import display

        display({"text/markdown": markdown, "text/plain": plain}, raw=True)
    else:
        print(plain)


def show_below(markdown: str) -> None:
    """Show a text in a notebook below everything else that the running cell shows, errors included.

    Parameters:
        markdown: what is shown; links such as ``[...](#section)`` lead into the notebook.
    """
    if not in_a_notebook():
        return
    from IPython import get_ipython
    from IPython.display import display

    events = get_ipython().events

    def after_the_cell(*_result: object) -> None:
        events.unregister("post_run_cell", after_the_cell)
        display({"text/markdown": markdown}, raw=True)

    events.register("post_run_cell", after_the_cell)


def say(text: str) -> None:
    """Print sentences, one a line, wrapped where they are long."""
    print("\n".join(wrapped(line) for line in text.splitlines()))


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """A paragraph broken into lines; a call such as ``hint("sigmoid", 1)`` stays whole."""
    held = _CALL.sub(lambda call: call[0].replace(" ", _HELD), text)
    return "\n".join(wrap(held, WIDTH, first, rest)).replace(_HELD, " ")


def as_markdown(text: str) -> str:
    """A text in which only code between back quotes is laid out, and all other signs are signs."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(
        part
        if part.startswith("`") and len(part) > 1
        else re.sub(r"([\\`*_<>\[\]$|#~])", r"\\\1", part)
        for part in parts
    )
