"""Who is who, at random: the world knows it, and the files tell only a part of it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.lms.incoming.gradebook_students import student_ids
from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.outgoing.roster_marks import marks_of_rows
from grader.lms.reading.archive import open_archive
from grader.lms.reading.class_list import join
from grader.lms.reading.identity import Space
from grader.lms.reading.recognise import recognise
from grader.lms.reading.roster import Roster
from grader.lms.reading.system import ReadingOptions
from tests.helpers.class_lists import NAME, listed, mark
from tests.helpers.importing import moodle_name


@dataclass(frozen=True)
class Person:
    """Somebody of a made-up class. Names are shared, and numbers clash across spaces."""

    place: int
    name: str
    participant: str
    user: str
    sis: str
    login: str
    email: str


NUMBERS = ["1", "2", "3", "4", "5", "6"]


@st.composite
def classes(draw: st.DrawFn) -> list[Person]:
    """Up to five people; within one space every number is one person's."""
    count = draw(st.integers(1, 5))
    spaces = [draw(st.permutations(NUMBERS)) for _ in range(4)]
    names = st.sampled_from(["Wei Wang", "Ada Lovelace", "Bob Braun"])
    return [
        Person(
            place,
            draw(names),
            *(space[place] for space in spaces),
            f"{spaces[3][place]}@example.org",
        )
        for place in range(count)
    ]


def subset(draw: st.DrawFn, people: Sequence[Person]) -> list[Person]:
    return [person for person in people if draw(st.integers(0, 3))]


def some_columns(draw: st.DrawFn, columns: dict[str, str], always: set[str]) -> dict[str, str]:
    return {head: what for head, what in columns.items() if head in always or draw(st.booleans())}


def table_of(people: Sequence[Person], columns: dict[str, str], draw: st.DrawFn) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for person in people:
        about = vars(person) | {
            "identifier": f"Participant {person.participant}",
            "sortable": ", ".join(reversed(person.name.split())),
            "nothing": "",
        }
        writer.writerow(
            ""
            if what not in ("nothing", "name", "sortable") and draw(st.integers(0, 9)) == 0
            else about[what]
            for what in columns.values()
        )
    return out.getvalue()


_AT_RANDOM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def recorded(draw: st.DrawFn, person: Person, system: str) -> tuple[str, RecordedStudent]:
    """What an import remembers; the name in nbgrader clashes with numbers of others."""
    number = person.participant if system == "moodle" else person.user
    key = f"{system}:{number}"
    name = person.name if system == "moodle" else "".join(reversed(person.name.split())).lower()
    entry = RecordedStudent(
        system, key, name, lms_user_id=person.user if system == "canvas" else ""
    )
    if draw(st.booleans()):
        entry.numbers = {str(Space.LOGIN): person.login}
    return f"s{person.place}", entry


@_AT_RANDOM
@given(st.data(), classes(), st.sampled_from(["moodle", "canvas"]))
def test_no_mark_is_ever_written_into_the_row_of_somebody_else(
    tmp_path: Path, data: st.DataObject, people: list[Person], system: str
) -> None:
    draw = cast(st.DrawFn, data.draw)
    if system == "moodle":
        columns = {
            "Identifier": "identifier",
            "Full name": "name",
            "ID number": "sis",
            "Username": "login",
            "Email address": "email",
            "Grade": "nothing",
            "Last modified (grade)": "nothing",
        }
        always = {"Identifier", "Full name", "Grade", "Last modified (grade)"}
    else:
        columns = {
            "Student": "sortable",
            "ID": "user",
            "SIS User ID": "sis",
            "SIS Login ID": "login",
            "Section": "nothing",
            "A4 (81)": "nothing",
        }
        always = {"Student", "ID", "Section", "A4 (81)"}
    of_list = subset(draw, people)
    roster = listed(
        tmp_path / "l.csv", table_of(of_list, some_columns(draw, columns, always), draw)
    )
    handed_in = subset(draw, people)
    record = ImportRecord(NAME, students=dict(recorded(draw, p, system) for p in handed_in))
    graded = [
        mark(f"s{p.place}", float(p.place), email=p.email if draw(st.booleans()) else "")
        for p in handed_in
    ]
    matched = marks_of_rows(roster, graded, record, system)
    for person, found in zip(of_list, matched.marks, strict=True):
        assert found is None or found.student_id == f"s{person.place}"


@_AT_RANDOM
@given(st.data(), classes(), st.sampled_from(["moodle", "canvas", "gradescope"]))
def test_no_work_is_ever_filed_under_somebody_else(
    tmp_path: Path, data: st.DataObject, people: list[Person], system: str
) -> None:
    draw = cast(st.DrawFn, data.draw)
    handed_in = subset(draw, people)
    if not handed_in:
        return
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        metadata = ""
        for p in handed_in:
            squashed = "".join(reversed(p.name.split())).lower()
            file = {
                "moodle": moodle_name(p.name, p.participant),
                "canvas": f"{squashed}_{p.user}_{900 + p.place}_a4.ipynb",
                "gradescope": f"submission_{p.place}/a4.ipynb",
            }[system]
            archive.writestr(file, str(p.place))
            metadata += (
                f"submission_{p.place}:\n  :submitters:\n  - :name: {p.name}\n    :sid: '{p.sis}'\n"
            )
        if system == "gradescope":
            archive.writestr("submission_metadata.yml", metadata)
    columns = {
        "Identifier": "identifier",
        "Full name": "name",
        "User ID": "user",
        "SID": "sis",
        "ID number": "sis",
        "Username": "login",
        "Email address": "email",
    }
    number = {"moodle": "Identifier", "canvas": "User ID", "gradescope": "SID"}[system]
    of_list = subset(draw, people) if draw(st.booleans()) else []
    roster = Roster()
    if of_list:
        kept = some_columns(draw, columns, {"Full name", number})
        roster = listed(tmp_path / "l.csv", table_of(of_list, kept, draw))
    # Earlier imports of this assignment; their names in nbgrader look like others' numbers.
    earlier = subset(draw, people) if draw(st.booleans()) else []
    owner = {}
    record = ImportRecord(NAME)
    for p in earlier:
        student, entry = recorded(draw, p, "moodle" if system == "gradescope" else system)
        student = draw(st.sampled_from([student, f"n{p.login}"]))
        record.students[student] = entry
        owner[student] = p.place
    options = ReadingOptions(NAME, roster=roster)
    with open_archive(path) as opened:
        reader, files = recognise(opened)
        joined = join(reader.read(opened, files, options), options)
        found = student_ids(
            [d.person for d in joined.deliveries],
            record,
            KnownStudents(),
            [],
            reader.name,
            joined.shared,
            joined.of_list,
        )
        filed: dict[str, list[int]] = {}
        for delivery in joined.deliveries:
            student = found.names.get(delivery.person.key)
            if student is not None:
                (file,) = delivery.attempts[0].files
                filed.setdefault(student, []).append(int(opened.read(file.entry)))
    shown = zip(of_list, roster.rows, strict=True)
    logins = {row.numbers.get(Space.LOGIN): p.place for p, row in shown}
    for student, places in filed.items():
        assert len(places) == 1
        if student in owner and system != "gradescope":
            assert owner[student] == places[0]
        if student in logins and student not in owner:
            assert logins[student] == places[0]
