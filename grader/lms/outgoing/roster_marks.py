"""Which mark goes into which row of a list that the system has exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.lms.incoming.gradebook_students import GradebookStudent, known_people
from grader.lms.incoming.import_record import ImportRecord, KnownStudents
from grader.lms.outgoing.marks import StudentMark
from grader.lms.reading.identity import match, spaces_of
from grader.lms.reading.roster import Roster


@dataclass(frozen=True)
class RosterMarks:
    """The marks of a list.

    Attributes:
        marks: for each row of the list the mark that belongs there, or None.
        problems: a sentence for each row that was stopped.
        without_row: the student ids of those whose mark has no row.
        without_mark: the names of rows for which there is no mark.
    """

    marks: list[StudentMark | None]
    problems: list[str] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    without_mark: list[str] = field(default_factory=list)


def marks_of_rows(
    roster: Roster,
    graded: Sequence[StudentMark],
    record: ImportRecord,
    system: str,
    everybody: Sequence[StudentMark] = (),
    known: KnownStudents | None = None,
) -> RosterMarks:
    """Find the mark of each row; see :mod:`grader.lms.reading.identity`.

    Parameters:
        roster: the list.
        graded: whose marks go in.
        record: what is remembered of the assignment's import.
        system: the system that exported the list.
        everybody: all students of the gradebook, who may be meant by a row as well.
        known: what is remembered of all assignments.
    """
    students = {
        mark.student_id: GradebookStudent(
            mark.student_id, mark.first_name, mark.last_name, mark.email, mark.lms_user_id
        )
        for mark in [*everybody, *graded]
    }
    known = known or KnownStudents()
    ids, people = known_people(record, known, list(students.values()), system, by_gradebook=True)
    rows = list(roster.students)
    # A row may be that of somebody else whose number is missing: where numbers can tell, names do
    # not.
    by_name = not roster.spaces & spaces_of(people)
    identities = [row.identity for row in rows]
    matching = match(identities, people, known.shared_names, by_name, of_system=True)
    of_student = {mark.student_id: mark for mark in graded}
    marks: list[StudentMark | None] = [None] * len(roster.table)
    without_mark = []
    given: set[str] = set()
    for number, row in enumerate(rows):
        found = matching.found[number]
        mark = of_student.get(ids[found]) if found is not None else None
        marks[row.line - 1] = mark
        if mark is not None:
            given.add(mark.student_id)
        elif number not in matching.stopped:
            without_mark.append(row.identity.in_words)
    without_row = [mark.student_id for mark in graded if mark.student_id not in given]
    return RosterMarks(marks, matching.problems, without_row, without_mark)
