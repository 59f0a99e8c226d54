"""Students in nbgrader's gradebook: whom it knows, and those whom an archive names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Course
from grader.gradebook_connection import GradebookSetupError, open_gradebook
from grader.lms.delivery import Person
from grader.lms.import_record import ImportRecord, KnownStudents
from grader.lms.roster import folded
from grader.lms.student_ids import StudentIds

_LONGEST = 128  # nbgrader's columns


class GradebookUnusable(Exception):
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
    """Who is in the gradebook; nobody where there is none yet.

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
            rows = connection.execute(sqlalchemy.select(*columns).order_by(Student.id)).all()
    except GradebookSetupError as error:
        raise GradebookUnusable(f"{error} The submissions are in their places.") from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())[:200]
        raise GradebookUnusable(
            f"The gradebook cannot be read ({reason}): if nbgrader was updated lately, keep a copy "
            "and run `nbgrader db upgrade`."
        ) from error
    finally:
        engine.dispose()
    return [GradebookStudent(*(value or "" for value in row)) for row in rows]


def student_ids(
    people: Sequence[Person],
    record: ImportRecord,
    known: KnownStudents,
    students: Sequence[GradebookStudent],
) -> dict[str, str]:
    """Decide under which name each student of an archive goes.

    In this order: the name of an earlier import of the assignment, that of another assignment, a
    student of the gradebook with the same number in the system, email address or full name, and
    else a name made of what the archive tells.

    Parameters:
        people: the students of the archive.
        record: what is remembered of this assignment.
        known: what is remembered of all assignments.
        students: the gradebook.

    Returns:
        key -> student id.
    """
    decided = {entry.key: student for student, entry in record.students.items()}
    by_identity = known.by_identity | {
        entry.identity: student for student, entry in record.students.items()
    }
    ids = StudentIds(by_identity, (student.student_id for student in students))
    owned = set(by_identity.values())
    free = [student for student in students if student.student_id not in owned]
    names = Counter(folded(person.name) for person in people)
    numbers = _only_once(students, lambda student: student.lms_user_id)
    emails = _only_once(students, lambda student: folded(student.email))
    full_names = _only_once(
        free, lambda student: folded(f"{student.first_name} {student.last_name}")
    ) | _only_once(free, lambda student: folded(f"{student.last_name} {student.first_name}"))
    given: dict[str, str] = {}
    in_use = {decided[person.key] for person in people if person.key in decided}
    for person in people:
        if person.key in decided:
            given[person.key] = decided[person.key]
            continue
        name = folded(person.name)
        only = names[name] == 1 and name not in known.shared_names
        found = ""
        if person.identity not in by_identity:
            found = numbers.get(person.lms_user_id) or emails.get(folded(person.email)) or ""
            if not found and only:
                found = full_names.get(name) or ""
            # Moodle tells a student by the name alone, or by a roster that came only later.
            if not found and only and person.identity.startswith("moodle-"):
                found = known.by_name.get(name, "")
        found = "" if found in in_use else found
        given[person.key] = ids.give(person.identity, found or person.wanted_id, bool(found))
        in_use.add(given[person.key])
    return given


def _only_once(
    students: Sequence[GradebookStudent], what: Callable[[GradebookStudent], str]
) -> dict[str, str]:
    """Something that only one student has -> student id."""
    counts = Counter(what(student) for student in students)
    return {
        what(student): student.student_id
        for student in students
        if what(student) and counts[what(student)] == 1
    }


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
        reason = " ".join(str(getattr(error, "orig", error)).split())[:200]
        raise GradebookUnusable(
            f"The gradebook cannot be written ({reason}): close what else uses it, then import the "
            "archive again. The submissions are in their places."
        ) from error


def _fill_in(student: Any, person: Person) -> None:
    for attribute in ("first_name", "last_name", "email", "lms_user_id"):
        value = getattr(person, attribute)[:_LONGEST]
        if value and not getattr(student, attribute):
            setattr(student, attribute, value)
