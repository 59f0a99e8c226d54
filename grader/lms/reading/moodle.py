"""Moodle: "Download all submissions" of an assignment, in folders or flat.

A file is called ``Ada Lovelace_12345_assignsubmission_file_/a4.ipynb``, or, without folders,
``Ada Lovelace_12345_assignsubmission_file_a4.ipynb``. Since Moodle 4.1 the folder ends without the
last underscore. The number belongs to the student *in this assignment* (it keeps blind marking
blind), so that only the name, or a roster, tells who is who in the next assignment.

Where teams hand in, Moodle 4.1 and later name the folder after the team, with the team's number, or
none for those who are in no team; earlier ones have a folder for each member,
``Team Alpha-Ada Lovelace_12345_assignsubmission_file_``.

Source: the class ``mod_assign\\downloader``,
https://github.com/moodle/moodle/blob/main/mod/assign/classes/downloader.php, and what Moodle reads
back, https://github.com/moodle/moodle/blob/main/mod/assign/feedback/file/importziplib.php
"""

from __future__ import annotations

import re
from collections import Counter

from grader.lms.reading.delivery import (
    Attempt,
    Delivery,
    HandedFile,
    Person,
    split_name,
)
from grader.lms.reading.headings import PARTICIPANT_WORDS, plain_heading
from grader.lms.reading.identity import Space, folded, name_key
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import ENTERED, ReadingOptions, Sorting, System
from grader.text.terminal import shown

# Students choose their names and those of their files, which may look like this as well.
_WHO = re.compile(r"_(\d+)_assignsubmission_")


class Moodle(System):
    """Moodle's assignment module."""

    name = "moodle"
    title = "Moodle"
    pattern = (
        r"(?P<full_name>[^/]*?)(?:_(?P<student_id>\d+))?"
        r"_assignsubmission_(?P<kind>[a-z]+)(?:_?/|_)(?P<file_id>.+)"
    )

    def sort(self, work: Sorting) -> None:
        """Sort by the participant's number; online text is no notebook."""
        options = work.options
        listed = {row.numbers.get(Space.PARTICIPANT): row for row in options.roster.students}
        parts: dict[tuple[str, str], list[HandedFile]] = {}
        for named in work.named:
            path = named.file.path
            if len(set(_WHO.findall(path.partition("/")[0]))) > 1:
                work.refuse(
                    path,
                    "holds the numbers of several participants, so that nobody knows whose it is: "
                    "hand it in for its student by hand.",
                )
                continue
            number, name = named["student_id"], named["full_name"].strip()
            full_name = listed[number].full_name if number in listed else ""
            if full_name and folded(name).endswith(f"-{folded(full_name)}"):
                name = full_name  # the team stands before it
            mine = parts.setdefault((number, name), [])
            if named["kind"] == "file":
                mine.append(named.handed)
            else:
                work.refuse(path, ENTERED)
        names = Counter(folded(name) for _number, name in parts)
        blind = {plain_heading(name) for name in names} <= PARTICIPANT_WORDS
        # Everybody has a number in Moodle, but not those who are in no team, as a team.
        work.reading.of_teams = not all(number for number, _name in parts)
        for (number, name), mine in parts.items():
            shared = names[folded(name)] > 1 or name_key(name) in options.shared_names
            person = _person(number, name, shared, blind, options)
            work.reading.deliveries.append(Delivery(person, [Attempt(mine)]))
        work.reading.notes += _notes(parts, names, blind, options)

    def goes_back_as(self, downloaded_as: str, person: Person) -> str:
        """Under the student's own number: what has the number of a team would be another's."""
        found, number = self.match(downloaded_as), person.numbers.get(Space.PARTICIPANT, "")
        if not found or not number or found["student_id"] == number:
            return downloaded_as
        name = re.sub(r"[_/\\]", " ", person.name)
        return f"{name}_{number}_assignsubmission_file/{found['file_id']}"

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """In the folder of the submission, or, where it was flat, behind the same prefix."""
        found = self.match(downloaded_as)
        prefix = downloaded_as[: len(downloaded_as) - len(found["file_id"])] if found else ""
        return prefix + page


def _person(number: str, name: str, shared: bool, blind: bool, options: ReadingOptions) -> Person:
    key = f"moodle:{number}" if number else f"moodle:name:{folded(name)}"
    first, last = ("", "") if blind else split_name(name, options.surname_first)
    return Person(
        key,
        "" if blind else name,
        readable_id(f"{name} {number}" if shared or blind else name),
        first,
        last,
        numbers={Space.PARTICIPANT: number} if number else {},
    )


def _notes(
    parts: dict[tuple[str, str], list[HandedFile]],
    names: Counter[str],
    blind: bool,
    options: ReadingOptions,
) -> list[str]:
    notes = []
    if not options.roster or options.roster.column("time") is None:
        notes.append(
            "Moodle's archive does not tell when work was handed in, so that nothing counts as "
            "late. Give its grading worksheet with --roster, which does."
        )
    twice = sorted({name for _number, name in parts if names[folded(name)] > 1})
    if twice and not blind and not options.roster:
        notes.append(
            f"Several students are called {', '.join(shown(name, 40) for name in twice[:5])}. "
            "Moodle numbers them anew in every assignment; give its grading worksheet with "
            "--roster, so that they can be told apart the next time."
        )
    return notes
