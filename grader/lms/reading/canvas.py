"""Canvas: "Download Submissions" of an assignment.

A file is called ``lovelaceada_LATE_1234_56789_a4-1.ipynb``: the sortable name without blanks, LATE
(once late) where it was, the user's number, the attachment's number, the name of the file, to which
Canvas adds a number when it is handed in again.

Source: https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb; what Canvas
reads back: ``Assignment#infer_comment_context_from_filename`` in
https://github.com/instructure/canvas-lms/blob/master/app/models/abstract_assignment.rb, which takes
the first two numbers between underscores.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.lms.reading.delivery import Delivery, Person, as_attempts
from grader.lms.reading.identity import Space
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import ENTERED, Named, Placed, Sorting, System
from grader.text.terminal import shown


class Canvas(System):
    """Canvas's assignments."""

    name = "canvas"
    title = "Canvas"
    pattern = (
        r"(?P<full_name>[^/]*?)_?(?:(?:(?<=_)|(?<![^/])(?=LATE_anon_))(?P<late>LATE|late)_)?"
        r"(?:(?<=_)|(?<![^/]))(?:anon_(?P<anonymous>[A-Za-z0-9]+)|(?P<student_id>\d+))_"
        r"(?:(?P<attachment>\d+)_(?P<file_id>[^/]+)|(?P<entered>(?:text|link)\.html)$)"
    )

    def share(self, files: Sequence[Placed]) -> float:
        """Which share has a name before the numbers: ``01_02_lab.ipynb`` is anybody's name."""
        found = [self.match(file.path) for file in files]
        told = [parts for parts in found if parts and (parts["full_name"] or parts["anonymous"])]
        return len(told) / max(len(files), 1)

    def sort(self, work: Sorting) -> None:
        """Sort by the user's number, then by the attachment's, which grows with time."""
        files_of: dict[tuple[str, str], list[Named]] = {}
        for named in work.named:
            number = named["student_id"] or f"anon_{named['anonymous']}"
            files_of.setdefault((number, named["full_name"].rstrip("_")), []).append(named)
        late = []
        for (number, name), mine in files_of.items():
            mine.sort(key=lambda named: int(named["attachment"] or 0))
            person = _person(number, name)
            is_late = any(named["late"] for named in mine)
            late += [person.name or number] if is_late else []
            handed = [named.handed for named in mine if named["file_id"]]
            for named in mine:
                if named["entered"]:
                    work.refuse(named.file.path, ENTERED)
            attempts = as_attempts(handed, is_late, work.options.notebooks)
            work.reading.deliveries.append(Delivery(person, attempts))
        if late:
            names = ", ".join(shown(name, 40) for name in late[:10])
            work.note(
                f"Canvas calls {len(late)} late ({names}{', ...' if len(late) > 10 else ''}). Its "
                "archive does not tell when they were handed in, so that nbgrader gives no late "
                "penalty; Canvas itself may."
            )

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """The name as it was downloaded: Canvas knows the submission by it."""
        return downloaded_as


def _person(number: str, name: str) -> Person:
    anonymous = number.startswith("anon_")
    key = f"canvas:{number}"
    if anonymous:
        return Person(key, "", readable_id(number))
    wanted = f"{name} {number}" if name else number
    return Person(
        key,
        name,
        readable_id(wanted),
        "",
        name,
        lms_user_id=number,
        numbers={Space.LMS_USER: number},
    )
