"""``python -m grader export``: marks and feedback for a learning management system."""

from __future__ import annotations

import shlex
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.files import making, unwritable, write_whole
from grader.lms.incoming.import_record import (
    ImportRecord,
    KnownStudents,
    Places,
    known_students,
    load_record,
)
from grader.lms.outgoing.comments import comment_html, feedback_notebook, results_json
from grader.lms.outgoing.marks import ClassMarks, StudentMark, read_marks
from grader.lms.outgoing.roster_marks import RosterMarks, marks_of_rows
from grader.lms.outgoing.tables import (
    canvas_number,
    canvas_table,
    filled_worksheet,
    gradebook_column,
    moodle_number,
    moodle_table,
    nbgrader_table,
    number_in,
    other_maximum,
    worksheet_columns,
)
from grader.lms.reading.dialect import Dialect
from grader.lms.reading.entry_names import RefusedName, checked_path
from grader.lms.reading.recognise import system_named
from grader.lms.reading.roster import Roster, read_roster
from grader.paths import PROGRAM
from grader.recording.gradebook_trouble import trouble_in_words
from grader.settings.course import Course, load_course
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import read_file
from grader.text.terminal import CannotGoOn, shown

_LONGEST_PATH = 1_000


@dataclass(frozen=True)
class ExportOptions:
    """What the instructor wants.

    Attributes:
        system: ``"moodle"``, ``"canvas"``, ``"nbgrader"`` or ``"gradescope"``.
        feedback: whether to pack the feedback pages.
        output: where to write; None for ``exports/<assignment>/`` of the course.
        roster: the system's own table, to be filled in.
        column: the name of the assignment in Canvas.
    """

    system: str
    feedback: bool = False
    output: Path | None = None
    roster: Path | None = None
    column: str = ""


@dataclass
class _Export:
    course: Course
    marks: ClassMarks
    record: ImportRecord
    roster: Roster
    options: ExportOptions
    output: Path
    known: KnownStudents
    problems: int = 0
    given: int = 0
    written: list[Path] = field(default_factory=list)

    def run(self) -> int:
        """Write everything; return the exit status."""
        graded = self._graded()
        self.given = len(graded)
        self.output.mkdir(parents=True, exist_ok=True)
        system = self.options.system
        if system == "moodle":
            self._write("moodle_grades.csv", self._moodle(graded), self.roster.dialect)
        elif system == "canvas":
            self._write("canvas_grades.csv", self._canvas(graded), self.roster.dialect)
        elif system == "nbgrader":
            self._write("grades.csv", nbgrader_table(self.marks))
        else:
            self._gradescope(graded)
        if self.options.feedback:
            self._feedback(graded)
        for path in self.written:
            print(path)
        marks = _count(self.given, "student")
        print(f"{self.marks.assignment}: the marks of {marks} for {system}.")
        return 1 if self.problems else 0

    @property
    def _quoted(self) -> str:
        """The assignment as it is typed in a command."""
        return shlex.quote(self.marks.assignment)

    def _graded(self) -> list[StudentMark]:
        """Whose marks are final."""
        all_in = self.options.system == "nbgrader"  # nbgrader's own table has everybody
        waiting = [mark.student_id for mark in self.marks.students if mark.waiting]
        if waiting and not all_in:
            self._problem(
                f"{_count(waiting)} must first be marked by a person: {_listed(waiting)}. "
                "Their marks were left out. Open `nbgrader formgrader`, then export again."
            )
        outdated = [mark.student_id for mark in self.marks.students if mark.outdated]
        if outdated:
            self._problem(
                f"{_count(outdated)} handed in something that is not graded yet: "
                f"{_listed(outdated)}. {'' if all_in else 'Their marks were left out. '}Run "
                f"`{PROGRAM} autograde {self._quoted}`, then export again."
            )
        left = set() if all_in else {*waiting, *outdated}
        present = {mark.student_id for mark in self.marks.students if mark.submitted}
        imported = {name for name, entry in self.record.students.items() if entry.is_imported}
        ungraded = sorted(imported - present)
        if ungraded:
            self._problem(
                f"{_count(ungraded)} handed in without having been graded: {_listed(ungraded)}. "
                f"Run `{PROGRAM} autograde {self._quoted}`, then export again."
            )
        return [m for m in self.marks.students if m.submitted and m.student_id not in left]

    def _moodle(self, graded: list[StudentMark]) -> str:
        now = datetime.now(UTC)
        if self.roster:
            matched = self._matched(graded, worksheet_columns(self.roster)[0])
            return filled_worksheet(self.roster, graded, self.record, now, matched)
        unknown = [m for m in graded if not moodle_number(self.record.students.get(m.student_id))]
        self._say_unknown(unknown, "Moodle's grading worksheet")
        self.given -= len(unknown)
        return moodle_table(self.marks, graded, self.record, now)

    def _canvas(self, graded: list[StudentMark]) -> str:
        matched = None
        if self.roster:
            column = gradebook_column(self.roster, self.options.column, self.marks.assignment)
            matched = self._matched(graded, column)
        else:
            numbers = {m.student_id: canvas_number(m, self.record, self.known) for m in graded}
            self._say_unknown(
                (m for m in graded if not numbers[m.student_id]), "Canvas's gradebook, exported"
            )
            # Canvas would look for a row without a number by the name, and take the first.
            graded = [m for m in graded if numbers[m.student_id]]
            self.given = len(graded)
        return canvas_table(
            self.marks,
            graded,
            self.record,
            self.roster,
            self.options.column,
            matched,
            self.known,
        )

    def _matched(self, graded: list[StudentMark], column: int) -> RosterMarks:
        """The mark of each row of the list, and a sentence for whatever has none.

        Parameters:
            graded: whose marks go in.
            column: where they go.
        """
        matched = marks_of_rows(
            self.roster, graded, self.record, self.options.system, self.marks.students, self.known
        )
        if damage := self.roster.damage:
            print(damage, file=sys.stderr)
        if sentence := other_maximum(self.marks, self.roster, self.options.column):
            self._problem(sentence)
        for problem in matched.problems:
            self._problem(problem)
        if matched.without_row:
            self._problem(
                f"{_count(matched.without_row)} got a mark, but no row of the list is known to be "
                f"theirs: {_listed(matched.without_row)}. Enter the numbers, user names or email "
                "addresses of the list in the gradebook, or give the marks by hand."
            )
        if matched.without_mark:
            print(
                f"For {_count(matched.without_mark, 'row')} of the list there is no mark: "
                f"{_listed(matched.without_mark)}.",
                file=sys.stderr,
            )
        self._keep_texts(matched, column)
        self.given = len({mark.student_id for mark in matched.marks if mark is not None})
        return matched

    def _keep_texts(self, matched: RosterMarks, column: int) -> None:
        """Leave what is no number where it stands, "EX" for instance; say what is replaced."""
        kept, replaced, comments = [], [], []
        feedback = self.roster.column("feedback") if self.options.system == "moodle" else None
        for place, (line, mark) in enumerate(zip(self.roster.table, matched.marks, strict=True)):
            there = line[column].strip() if column < len(line) else ""
            if mark is None:
                continue
            number = number_in(there)
            if number is None and there.strip("-–—"):
                kept.append(f"{mark.student_id} ({there})")
                matched.marks[place] = None
                continue
            if number is not None and number != mark.score:
                replaced.append(f"{mark.student_id} ({there})")
            said = line[feedback].strip() if feedback is not None and feedback < len(line) else ""
            if said and said != comment_html(mark):
                comments.append(mark.student_id)
        if kept:
            self._problem(
                f"For {_count(kept, 'row')} of the list something else than a number stands in "
                f"place of the mark: {_listed(kept)}. It was kept: empty the cell in the list, "
                "then export again, or give the mark by hand."
            )
        if replaced:
            print(
                f"{_count(replaced, 'row')} of the list had another mark, in brackets, which the "
                f"file replaces: {_listed(replaced)}.",
                file=sys.stderr,
            )
        if comments:
            print(
                f"{_count(comments, 'row')} of the list had another comment, which the file "
                f"replaces: {_listed(comments)}.",
                file=sys.stderr,
            )

    def _say_unknown(self, marks: Iterable[StudentMark], what: str) -> None:
        names = [mark.student_id for mark in marks]
        if names:
            self._problem(
                f"{_count(names)} did not come from there, so that their numbers are not "
                f"known: {_listed(names)}. Give {what}, with --roster; no mark is entered for them "
                "without it."
            )

    def _gradescope(self, graded: list[StudentMark]) -> None:
        folder = self.output / "gradescope"
        of_folder: dict[str, list[StudentMark]] = {}
        for mark in graded:
            of_folder.setdefault(self._gradescope_folder(mark), []).append(mark)
        for path in folder.glob("*/results.json"):
            if path.parent.name not in of_folder:
                path.unlink()  # of an earlier export
        for name, marks in of_folder.items():
            path = folder / name / "results.json"
            if len({mark.score for mark in marks}) > 1:
                path.unlink(missing_ok=True)  # of an earlier export
                self._problem(
                    f"{_listed([mark.student_id for mark in marks])} handed in {shown(name)} "
                    "together and have different marks, which one submission cannot have. They "
                    "were left out: give these marks by hand."
                )
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, results_json(marks[0]))
        self.written.append(folder)

    def _gradescope_folder(self, mark: StudentMark) -> str:
        entry = self.record.students.get(mark.student_id)
        known = entry.downloaded_as.partition("/")[0] if entry else ""
        return known if entry and entry.system == "gradescope" and known else mark.student_id

    def _feedback(self, graded: list[StudentMark]) -> None:
        """One archive, with the names that the system takes back."""
        path = self.output / f"{self.options.system}_feedback.zip"
        unmade: list[str] = []
        nameless: list[str] = []
        taken: dict[str | None, str] = {}
        with making(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for mark in tqdm(graded, unit="page", desc="feedback", disable=None, leave=False):
                pages = [(self._feedback_name(mark, n), page) for n, page in self._pages(mark)]
                if not pages:
                    unmade.append(mark.student_id)
                    continue
                notebook = self._notebook_of(mark)
                if notebook and all(taken.get(name) == notebook for name, _page in pages):
                    continue  # one notebook of a team, under the team's name
                if any(name is None or name in taken for name, _page in pages):
                    nameless.append(mark.student_id)
                    continue
                for name, content in pages:
                    taken[name] = notebook
                    # A fixed date: the same marks give the same archive.
                    archive.writestr(zipfile.ZipInfo(str(name)), content, zipfile.ZIP_DEFLATED)
        self.written.append(path)
        if unmade:
            whose = "anybody" if len(unmade) == len(graded) else _listed(unmade)
            self._problem(
                f"There is no page for {whose}: run `nbgrader generate_feedback {self._quoted}` "
                "first."
            )
        if nameless:
            self._problem(
                f"{_count(nameless)} must be given the page by hand: {_listed(nameless)}. "
                f"{self.options.system} knows a page by the name of the file that was handed in "
                "there, and theirs is not known, or is also that of another."
            )

    def _notebook_of(self, mark: StudentMark) -> str:
        entry = self.record.students.get(mark.student_id)
        return entry.notebook if entry else ""

    def _pages(self, mark: StudentMark) -> list[tuple[str, bytes]]:
        """The pages of a student with their names; none where that of a notebook is not made."""
        name = self.marks.assignment
        if self.options.system == "canvas":
            return [(name, feedback_notebook(mark, name))]
        graded = self.course.folder("autograded", mark.student_id, name).glob("*.ipynb")
        places = self.course.folder("feedback", mark.student_id, name)
        names = sorted(f"{notebook.stem}.html" for notebook in graded)
        try:
            return [(page, read_file(places / page)) for page in names]
        except UnreadableNotebook:
            return []

    def _feedback_name(self, mark: StudentMark, page: str) -> str | None:
        system = self.options.system
        if system == "nbgrader":
            return f"{mark.student_id}/{page}"
        entry = self.record.students.get(mark.student_id)
        if entry is None or entry.system != system or not entry.is_imported:
            return f"{mark.student_id}/{page}" if system == "gradescope" else None
        if system == "moodle" and not moodle_number(entry):
            return None  # a team's folder has another number, which may be a participant's
        try:
            return checked_path(
                system_named(system).feedback_path(entry.downloaded_as, page), _LONGEST_PATH
            )
        except RefusedName:
            return None

    def _write(self, name: str, text: str, dialect: Dialect | None = None) -> None:
        path = self.output / name
        write_whole(path, (dialect or Dialect()).encoded(text))
        self.written.append(path)

    def _problem(self, sentence: str) -> None:
        self.problems += 1
        print(sentence, file=sys.stderr)


def _count(names: list[str] | int, what: str = "student") -> str:
    number = names if isinstance(names, int) else len(names)
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _listed(names: list[str]) -> str:
    return ", ".join(shown(name) for name in names)


def export_marks(assignment_name: str, options: ExportOptions) -> int:
    """Write the marks of an assignment, and say where.

    Parameters:
        assignment_name: the assignment.
        options: see :class:`ExportOptions`.

    Returns:
        The exit status: 0; 1 where somebody was left out, with a sentence.

    Raises:
        CannotGoOn: nothing could be written.
    """
    from sqlalchemy.exc import SQLAlchemyError

    course = load_course()
    assignment = assignments.load(assignments.full_name(assignment_name))
    places = Places(course, assignment.name)
    output = options.output or Path(course.coursedir.root) / "exports" / assignment.name
    try:
        roster = read_roster(options.roster) if options.roster else Roster()
        record = load_record(places.record, assignment.name)
        marks = read_marks(course, assignment.name)
        return _Export(course, marks, record, roster, options, output, known_students(places)).run()
    except SQLAlchemyError as error:
        raise CannotGoOn(trouble_in_words(error, course.coursedir)) from error
    except OSError as error:
        raise CannotGoOn(unwritable(error, output)) from error
