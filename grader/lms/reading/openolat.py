"""OpenOLAT (and OLAT): the archive of a course element "Task".

A folder is called ``Lovelace_Ada_alovelace``, or after a group and its number. In it lie, numbered
in the order in which they came, ``1_task/``, ``2_submissions/``, ``3_corrections/``,
``4_revisions_1/``, ``5_corrections_1/``: what was handed in at first and after each correction, and
what is the teacher's.

Source: https://github.com/OpenOLAT/OpenOLAT, the class ``GTACourseNode``.
"""

from __future__ import annotations

from grader.lms.reading.delivery import Attempt, Delivery, HandedFile, Person
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import Sorting, System

_PARTS = 3


class OpenOlat(System):
    """OpenOLAT's tasks."""

    name = "openolat"
    title = "OpenOLAT"
    all_or_none = True
    pattern = (
        r"(?P<person>[^/]+_[^/]+)/(?P<number>\d{1,3})_"
        r"(?:(?P<mine>submissions|revisions_\d+)|(?:task|corrections(?:_\d+)?|assessment))/"
        r"(?P<file_id>.+)"
    )

    def sort(self, work: Sorting) -> None:
        """Sort by the folder; a revision is a later attempt, the teacher's files nobody's work."""
        students: dict[str, dict[int, list[HandedFile]]] = {}
        for named in work.named:
            attempts = students.setdefault(named["person"], {})
            if named["mine"]:
                attempts.setdefault(int(named["number"]), []).append(named.handed)
        for folder, attempts in students.items():
            made = [Attempt(files) for _number, files in sorted(attempts.items())]
            work.reading.deliveries.append(Delivery(_person(folder), made or [Attempt()]))
        work.note(
            "OpenOLAT's archive does not tell when work was handed in, so that nothing counts as "
            "late."
        )


def _person(folder: str) -> Person:
    """Blanks are underscores as well, and a group's number stands where a user name does."""
    parts = folder.split("_")
    if len(parts) != _PARTS or parts[-1].isdecimal():
        name = " ".join(parts[:-1] if parts[-1].isdecimal() else parts)
        return Person(f"openolat:{folder}", name, readable_id(folder))
    last, first, login = parts
    name, numbers = f"{first} {last}", {Space.LOGIN: login}
    key = f"openolat:{folded(login)}"
    return Person(key, name, readable_id(login), first, last, numbers=numbers)
