"""ILIAS: "Download all submissions" of an exercise.

A folder is called ``Lovelace_Ada_alovelace_1815``: surname, first name, user name, the user's
number. The folders of a team's members lie in a folder such as ``Team_7``. A file may begin with
the time when it was handed in, ``20261101102030_a4.ipynb``.

Source: https://github.com/ILIAS-eLearning/ILIAS, the class ``ilExSubmission``.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.lms.reading.delivery import Attempt, Delivery, HandedFile, Person
from grader.lms.reading.identity import Space
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import ReadingOptions, Sorting, System
from grader.lms.reading.times import parse_time

_PARTS = 4


class Ilias(System):
    """ILIAS's exercises."""

    name = "ilias"
    title = "ILIAS"
    all_or_none = True
    pattern = (
        r"(?:(?P<team>(?:[Tt]eam|[Gg]ruppe|[Gg]roup)[ _]?\d+)/)?"
        r"(?P<person>[^/_]+_[^/]+_[^/_]+_(?P<student_id>\d{1,12}))/"
        r"(?:(?P<stamp>20\d{12})_)?(?P<file_id>.+)"
    )

    def sort(self, work: Sorting) -> None:
        """Sort by the user's number; what a member of a team hands in is everybody's."""
        mine: dict[str, list[tuple[HandedFile, str]]] = {}
        teams: dict[str, list[str]] = {}
        for named in work.named:
            person = named["person"]
            mine.setdefault(person, []).append((named.handed, named["stamp"]))
            members = teams.setdefault(named["team"] or person, [])
            if person not in members:
                members.append(person)
        for team, members in teams.items():
            together = [taken for member in members for taken in mine[member]]
            together.sort(key=lambda taken: taken[1])
            if len(members) > 1:
                work.note_group(team, members)
            for member in members:
                attempts = _attempts(together, work.options)
                work.reading.deliveries.append(Delivery(_person(member), attempts))


def _attempts(taken: Sequence[tuple[HandedFile, str]], options: ReadingOptions) -> list[Attempt]:
    """Files of one time are one attempt, where their names tell a time."""
    if not all(stamp for _file, stamp in taken):
        return [Attempt([file for file, _stamp in taken])]
    stamps = sorted({stamp for _file, stamp in taken})
    return [
        Attempt([f for f, mine in taken if mine == stamp], parse_time(stamp, options.zone))
        for stamp in stamps
    ]


def _person(folder: str) -> Person:
    parts = folder.split("_")
    number = parts[-1]
    numbers = {Space.LMS_USER: number}
    key = f"ilias:{number}"
    if len(parts) != _PARTS:  # an underscore in a name: where the parts end is not certain
        return Person(key, "", readable_id(folder), lms_user_id=number, numbers=numbers)
    last, first, login, _number = parts
    numbers[Space.LOGIN] = login
    wanted = readable_id(login)
    return Person(key, f"{first} {last}", wanted, first, last, "", number, numbers, nbgrader=login)
