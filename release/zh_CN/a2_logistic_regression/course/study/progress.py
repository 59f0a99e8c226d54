"""What is done, what is next, and what was learned.

In a notebook: ``progress()``. In a terminal: ``python -m course.study.progress [FOLDER ...]``, in
the folder of an assignment or in that of the whole course.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.language import _, ngettext
from course.sentences import listed, padded, paragraph
from course.study import study_record
from course.study.show import say, wrapped
from course.study.study_material import CASES, StudyAssignment, StudyExercise, stored_assignments
from course.study.study_record import FILE_NAME, Entry, Key

__all__ = ["progress"]


@dataclass(frozen=True)
class _Study:
    """An assignment with what is known of it.

    Attributes:
        folder: where its notebook and its record lie.
        assignment: its exercises.
        known: for each exercise what has been done.
    """

    folder: Path
    assignment: StudyAssignment
    known: Mapping[Key, Entry]

    def entry(self, exercise: StudyExercise) -> Entry:
        """What is known of an exercise."""
        nothing = Entry(exercise.assignment, exercise.name)
        return self.known.get((exercise.assignment, exercise.name), nothing)

    @property
    def done(self) -> list[StudyExercise]:
        """The exercises that are done."""
        return [one for one in self.assignment.exercises if self.entry(one).passed]

    @property
    def waiting(self) -> list[StudyExercise]:
        """The exercises that are not."""
        return [one for one in self.assignment.exercises if not self.entry(one).passed]

    @property
    def latest(self) -> str:
        """When something was done here last; empty where nothing was."""
        return max((self.entry(one).when for one in self.assignment.exercises), default="")


def progress(*folders: str | Path) -> None:
    """Show what is done, what is next, and what was learned.

    Parameters:
        *folders: the folders of assignments, or folders of such folders; where there are none, the
            current one. In the course's own folder that means all assignments.
    """
    starts = [Path(folder) for folder in folders] or [Path()]
    studies = _studies(starts)
    if not studies:
        say(_("There is no assignment in this folder."))
        return
    begun = [study for study in studies if study.latest]
    for study in begun or studies[:1]:
        _print_study(study)
    _print_others([study for study in studies if study not in (begun or studies[:1])])
    if len(studies) > 1:
        _print_total(studies)
    _print_next(studies)
    reason = study_record.why_not_kept()
    if reason and study_record.in_a_notebook():
        print()
        say(reason)


def _studies(starts: Sequence[Path]) -> list[_Study]:
    found: dict[Path, list[_Study]] = {}
    for start in starts:
        for folder in _assignment_folders(start):
            found.setdefault(folder.resolve(), list(_studies_in(folder)))
    return [study for studies in found.values() for study in studies]


def _assignment_folders(start: Path) -> Iterator[Path]:
    """The folders in which one works: the given one, or those in it.

    In the course's own folder, and in a working copy of it, these are the folders in release/.
    """
    if _is_released(start):
        yield start
        return
    if (start / FILE_NAME).is_file() or (_is_current(start) and study_record.known_here()):
        yield start
    bases = (start / "work" / "release", start / "release", start)
    base = next(base for base in bases if base.is_dir() or base == start)
    with contextlib.suppress(OSError):
        for folder in sorted(base.iterdir()):
            if _is_released(folder) or (folder / FILE_NAME).is_file():
                yield folder


def _is_released(folder: Path) -> bool:
    """Whether a folder has the checks of an assignment, and is not the package of all modules."""
    return (folder / CASES).is_dir() and not (folder / "__init__.py").exists()


def _is_current(folder: Path) -> bool:
    with contextlib.suppress(OSError):  # the current folder may be gone
        return folder.resolve() == Path.cwd().resolve()
    return False


def _studies_in(folder: Path) -> Iterator[_Study]:
    known = study_record.known_here() if _is_current(folder) else study_record.entries(folder)
    if _is_released(folder):
        stored = stored_assignments((folder / CASES).resolve())
    else:
        worked_on = {assignment for assignment, _exercise in known}
        stored = tuple(one for one in stored_assignments() if one.name in worked_on)
    for assignment in stored:
        yield _Study(folder, assignment, known)


def _print_study(study: _Study) -> None:
    print(_heading(study))
    for exercise in study.assignment.exercises:
        print(_line(exercise, study.entry(exercise)))
    learned = [exercise.learned for exercise in study.done if exercise.learned]
    if learned:
        print("\n  " + _("What you have learned:"))
        for sentence in learned:
            print(wrapped(_(sentence), "  - ", "    "))
    print()


def _heading(study: _Study) -> str:
    name = study.assignment.name
    folder = study.folder.resolve().name
    if folder != name:
        name = _("{name} (in {folder})").format(name=name, folder=folder)
    return _("{name}: {done} of {all} exercises done").format(
        name=name, done=len(study.done), all=len(study.assignment.exercises)
    )


def _line(exercise: StudyExercise, entry: Entry) -> str:
    state = _("done") if entry.passed else _("tried") if entry.tried else "-"
    remarks = []
    if entry.hints:
        count = min(entry.hints, len(exercise.hints) or entry.hints)
        remarks.append(ngettext("{count} hint", "{count} hints", count).format(count=count))
    if entry.solution:
        remarks.append(_("solution opened"))
    when = entry.when if entry.tried else ""
    return f"  {padded(state, 6)} {exercise.name:<27} {when:<16}  {listed(remarks)}".rstrip()


def _print_others(studies: Sequence[_Study]) -> None:
    for study in studies:
        print(_heading(study))
    if studies:
        print()


def _print_total(studies: Sequence[_Study]) -> None:
    done = sum(len(study.done) for study in studies)
    count = sum(len(study.assignment.exercises) for study in studies)
    print(_("In all: {done} of {all} exercises done.").format(done=done, all=count))


def _print_next(studies: Sequence[_Study]) -> None:
    """Say what to do next: where work was done last, if anything is left there."""
    left = [study for study in studies if study.waiting]
    if not left:
        print(_("All exercises are done."))
        return
    if any(study.latest for study in left):
        left = [max(left, key=lambda study: study.latest)]
    study, exercise = left[0], left[0].waiting[0]
    sentence = (
        _("Next: {name}.").format(name=exercise.name)
        if len(studies) == 1
        else _("Next: {name} in {folder}.").format(name=exercise.name, folder=study.folder)
    )
    if exercise.hints:
        call = f'hint("{exercise.name}")'
        gives = _("In the notebook, {call} gives a hint.").format(call=call)
        sentence = paragraph(sentence, gives)
    say(sentence)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status: 2 where a folder does not exist."""
    parser = argparse.ArgumentParser(
        description=_("Show what is done, what is next, and what was learned."),
        epilog=_("The record is progress.txt, beside each notebook."),
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help=_("default: the current folder")
    )
    options = parser.parse_args(arguments)
    for folder in options.folders:
        if not folder.is_dir():
            print(_("There is no folder {folder}.").format(folder=folder), file=sys.stderr)
            return 2
    try:
        progress(*options.folders)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal may lack a letter
    raise SystemExit(main())
