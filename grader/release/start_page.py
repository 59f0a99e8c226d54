"""The page with which ``make lab`` opens: go on where you were, and the way through the course."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from course.study.study_material import stored_assignments
from course.study.study_record import entries
from grader.paths import IS_INSTALLED, OWN_UTILS, PROGRAM, PROJECT, PUBLIC_CASES
from grader.release.reading_order import Reading, reading_order
from grader.release.working_copy import changed_files
from grader.settings.whole_files import write_whole

START_PAGE = "START.md"

_PAGE = """\
# {title}

{go_on}

## The way through the course

Lessons explain, and nothing of them is handed in. In assignments you write the functions, and a \
check under each says in words what is wrong. Open a notebook and run its cells from top to bottom \
with Shift + Enter.

| | what it is about | you |
|:--|:--|:--|
{rows}

This page is made anew by each `{command}`. All that you change in the notebooks stays. To begin a \
notebook anew, delete it and start `{command}` again.
"""


def write_start_page(folder: Path) -> None:
    """Write the first page of a working copy.

    Parameters:
        folder: the working copy, with what its student has done.
    """
    changed = changed_files(folder)
    order = reading_order()
    states = {one.name: _state(folder, one, one.place in changed) for one in order}
    latest = [one for place in changed for one in order if one.place == place]
    rows = [f"| {one.in_table(one.place)} | {states[one.name]} |" for one in order]
    page = _PAGE.format(
        title=_title(),
        go_on=_go_on(latest, order, folder) if order else "",
        rows="\n".join(rows),
        command=f"{PROGRAM} working-copy" if IS_INSTALLED else "make lab",
    )
    write_whole(folder / START_PAGE, page)


def _title() -> str:
    """The title of the course: the heading of its README."""
    with suppress(OSError, UnicodeDecodeError):
        first = (PROJECT / "README.md").read_text(encoding="utf-8").partition("\n")[0]
        if first.startswith("# "):
            return first.removeprefix("# ")
    return PROJECT.name


def _link(one: Reading) -> str:
    return f"[{one.title}]({one.place})"


def _go_on(latest: list[Reading], order: tuple[Reading, ...], folder: Path) -> str:
    """Where to go on: what was changed last, or what comes after it where that is done."""
    if not latest:
        return f"**Begin here:** {_link(order[0])}"
    here = latest[0]
    done, names = _done(folder, here)
    if names and len(done) == len(names):
        following = order[order.index(here) + 1 :]
        if following:
            return f"**Go on:** {here.title} is done; next comes {_link(following[0])}"
    exercise = next((name for name in names if name not in done), "")
    return f"**Go on where you were:** {_link(here)}" + (
        f", exercise `{exercise}`" if exercise and done else ""
    )


def _state(folder: Path, one: Reading, changed: bool) -> str:
    done, names = _done(folder, one)
    if done:
        return f"{len(done)} of {len(names)} exercises done"
    return "begun" if changed else ""


def _done(folder: Path, one: Reading) -> tuple[set[str], list[str]]:
    """Which exercises of a notebook have passed their checks, and all that there are, in order."""
    beside = (folder / one.place).parent
    known = entries(beside)
    names = [
        exercise.name
        for stored in stored_assignments(beside / PUBLIC_CASES.relative_to(OWN_UTILS))
        for exercise in stored.exercises
    ]
    return {name for name in names if (e := known.get((one.name, name))) and e.passed}, names
