"""Students in nbgrader's gradebook: whom it knows, and those whom an archive names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.reading.delivery import Person
from grader.lms.reading.identity import (
    Identity,
    Space,
    folded,
    in_two_scripts,
    match,
    may_be_called,
    same_person,
    two_numbers_agree,
)
from grader.lms.reading.student_ids import StudentIds, readable_id
from grader.recording.gradebook_connection import GradebookSetupError, open_gradebook
from grader.recording.gradebook_trouble import trouble_in_words
from grader.settings.course import Course
from grader.text.inert import inert_name
from grader.text.terminal import CannotGoOn, shown

_LONGEST = 128  # nbgrader's columns


class GradebookUnusable(CannotGoOn):
    """The gradebook cannot be read or written. The message says what to do."""


@dataclass(frozen=True)
class GradebookStudent:
    """A student as the gradebook has them; what it does not know is empty."""

    student_id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


def gradebook_students(course: Course) -> list[GradebookStudent]:
    """Who is in the gradebook; nobody where there is none yet, or none of its tables.

    nbgrader's ``Gradebook`` writes when it is opened; this only reads, as a dry run must.
    """
    import sqlalchemy
    from nbgrader.api import Student

    url = sqlalchemy.make_url(course.coursedir.db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return []
    columns = (
        Student.id,
        Student.first_name,
        Student.last_name,
        Student.email,
        Student.lms_user_id,
    )
    engine = sqlalchemy.create_engine(url)
    try:
        with engine.connect() as connection:
            if not sqlalchemy.inspect(connection).has_table(Student.__tablename__):
                return []
            rows = connection.execute(sqlalchemy.select(*columns).order_by(Student.id)).all()
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise GradebookUnusable(trouble_in_words(error, course.coursedir)) from error
    finally:
        engine.dispose()
    return [GradebookStudent(*(value or "" for value in row)) for row in rows]


@dataclass
class Decided:
    """Under which name the work of each student goes.

    Attributes:
        names: key -> student id; who is not certain is left away.
        problems: a sentence for each of those.
    """

    names: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def student_ids(
    people: Sequence[Person],
    record: ImportRecord,
    known: KnownStudents,
    students: Sequence[GradebookStudent],
    system: str,
    shared: frozenset[str] = frozenset(),
    of_list: Mapping[str, str] | None = None,
) -> Decided:
    """Decide under which name each student of an archive goes.

    In this order: the name of an earlier import of the assignment under the same number; a student
    of other imports or of the gradebook who is known to be the same
    (:mod:`grader.lms.reading.identity`); a new name made of what the archive tells.

    Parameters:
        people: the students of the archive.
        record: what is remembered of this assignment.
        known: what is remembered of all assignments.
        students: the gradebook.
        system: the system that made the archive.
        shared: names that more persons have than the archive shows.
        of_list: names that a list of the class gives -> the key of that student, empty where
            nothing was handed in; nobody else gets them.
    """
    decided = Decided()
    by_key = {entry.key: student for student, entry in record.students.items()}
    ids, identities = known_people(record, known, students, system)
    known_as = dict(zip(ids, identities, strict=True))
    certain: dict[str, str] = {}
    open_ones: list[Person] = []
    for person in people:
        student = by_key.get(person.key)
        if student is None:
            open_ones.append(person)
        elif not _may_be(person, record.students[student], known_as[student]):
            decided.problems.append(
                f"{person.who.in_words} has the number under which "
                f"{shown(record.students[student].name, 60)} was imported before. Nothing was "
                "imported for them: find out whose work it is. Where the name has changed, give a "
                "list of the class (--roster) with an email address that the gradebook has, too."
            )
        else:
            certain[person.key] = student
    matching = match(
        [replace(person.who, shown_as=person.name) for person in open_ones],
        identities,
        shared | known.shared_names,
    )
    decided.problems += matching.problems
    reserved = dict(of_list or {})
    fresh = StudentIds({f"in use: {student}": student for student in {*ids, *reserved}})
    for place, person in enumerate(open_ones):
        found = matching.found[place]
        # Whom the list has is not told by a name alone where it has no row for this one.
        if found is not None and reserved.get(ids[found], person.key) != person.key:
            by_name = same_person(person.who, identities[found]) is None and not person.nbgrader
            found = None if by_name else found
        if found is not None:
            certain[person.key] = ids[found]
        elif place not in matching.stopped:
            own = reserved.get(person.wanted_id) == person.key and person.wanted_id not in ids
            certain[person.key] = (
                person.wanted_id if own else fresh.give(person.key, person.wanted_id)
            )
    claims: dict[str, list[Person]] = {}
    for person in people:
        if person.key in certain:
            claims.setdefault(certain[person.key], []).append(person)
    for student, mine in claims.items():
        if len(mine) == 1:
            decided.names[mine[0].key] = student
        else:
            meant = " and ".join(person.who.in_words for person in mine[:3])
            decided.problems.append(
                f"{meant} would all be {student}. Nothing was imported for them: mend the list of "
                "the class."
            )
    return decided


def _may_be(person: Person, recorded: RecordedStudent, known: Identity) -> bool:
    """Whether a student of the archive may be the one who was imported under that number."""
    before = replace(known, numbers={**known.numbers, **recorded.known_numbers()})
    # One system shows one name of somebody, in one script; another one may have been a list's.
    if in_two_scripts(person.name, recorded.name) and (
        folded(person.name) not in folded(recorded.downloaded_as)
    ):
        return two_numbers_agree(person.who, before)
    return may_be_called(person.who, person.name, before, recorded.name)


def known_people(
    record: ImportRecord,
    known: KnownStudents,
    students: Sequence[GradebookStudent],
    system: str,
    by_gradebook: bool = False,
) -> tuple[list[str], list[Identity]]:
    """Everybody who is known, with what tells who it is.

    Parameters:
        record: what is remembered of this assignment.
        known: what is remembered of all assignments.
        students: the gradebook.
        system: the system whose numbers of users are meant.
        by_gradebook: whether the names of the gradebook are those that a number must agree with,
            where the system itself has told none.

    Returns:
        The student ids, and an identity for each.
    """
    in_gradebook = {student.student_id: student for student in students}
    ids = sorted({*in_gradebook, *known.entries, *record.students})
    return ids, [
        _identity(
            student,
            record.students.get(student),
            [entry for name, entry in known.entries.get(student, []) if name != record.assignment],
            in_gradebook.get(student, GradebookStudent(student)),
            system,
            by_gradebook,
        )
        for student in ids
    ]


def _identity(
    student_id: str,
    here: RecordedStudent | None,
    elsewhere: Sequence[RecordedStudent],
    student: GradebookStudent,
    system: str,
    by_gradebook: bool,
) -> Identity:
    numbers: dict[Space, str] = {}
    entries = [*([here] if here is not None else []), *elsewhere]
    for entry in entries:
        for space, value in entry.known_numbers().items():
            # Numbers of participants are of one assignment, numbers of users of one system.
            foreign = space is Space.PARTICIPANT and entry is not here
            foreign |= space is Space.LMS_USER and entry.system != system
            if not foreign:
                numbers.setdefault(space, value)
    if student.email:
        numbers[Space.EMAIL] = student.email
    elsewhere_used = {entry.lms_user_id for entry in entries if entry.system != system}
    if student.lms_user_id and student.lms_user_id not in elsewhere_used:
        numbers.setdefault(Space.LMS_USER, student.lms_user_id)
    given = f"{student.first_name} {student.last_name}".strip()
    recorded = next((entry.name for entry in entries if entry.name), "")
    # Canvas's archive has names without blanks.
    name = (given or recorded) if by_gradebook or system == "canvas" else (recorded or given)
    shown_as = here.name if here is not None and here.system == system else ""
    return Identity(
        numbers,
        name,
        _chosen_name(student_id, entries),
        student_id,
        shown_as=shown_as or (given if by_gradebook else ""),
    )


def _chosen_name(student_id: str, entries: Sequence[RecordedStudent]) -> str:
    """The name in nbgrader where the class chose it, so that it counts as the user name.

    Of a name that an import has made up, only that of a folder counts, as it was.
    """
    folders = [entry.key.partition(":")[2] for entry in entries if entry.system == "folder"]
    told = [
        text
        for entry in entries
        for text in (entry.name, entry.key.partition(":")[2], *entry.numbers.values())
    ]
    if any(folded(student_id).startswith(folded(readable_id(text))) for text in told if text):
        return folders[0] if folders else ""
    return student_id


def enter_students(course: Course, people: Mapping[str, Person]) -> None:
    """Bring students into the gradebook; what it knows already is not overwritten.

    Parameters:
        course: the course.
        people: student id -> who that is.

    Raises:
        GradebookUnusable: the gradebook does not take them.
    """
    import sqlalchemy
    from nbgrader.api import Student

    if not people:
        return
    try:
        with open_gradebook(course.coursedir) as gradebook:
            present = {student.id: student for student in gradebook.students}
            for student_id in sorted(people):
                student = present.get(student_id)
                if student is None:
                    student = Student(id=student_id)
                    gradebook.db.add(student)
                _fill_in(student, people[student_id])
            # One transaction for all: nbgrader's own method commits once a student.
            gradebook.db.commit()
    except GradebookSetupError as error:
        raise GradebookUnusable(f"{error} The submissions are in their places.") from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise GradebookUnusable(
            f"{trouble_in_words(error, course.coursedir)} The submissions are in their places; "
            "import the archive again."
        ) from error


def _fill_in(student: Any, person: Person) -> None:
    for attribute in ("first_name", "last_name", "email", "lms_user_id"):
        value = inert_name(getattr(person, attribute))[:_LONGEST]
        if value and not getattr(student, attribute):
            setattr(student, attribute, value)
