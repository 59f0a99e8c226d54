"""Canvas: "Download Submissions" of an assignment.

A file is called ``lovelaceada_LATE_1234_56789_a4-1.ipynb``: the sortable name without blanks, LATE
where it was, the user's number, the attachment's number, the name of the file, to which Canvas adds
a number when it is handed in again.

Source: https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb; what Canvas
reads back: ``Assignment#infer_comment_context_from_filename`` in
https://github.com/instructure/canvas-lms/blob/master/app/models/abstract_assignment.rb, which takes
the first two numbers between underscores.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.lms.reading.archive import Archive, Refusal
from grader.lms.reading.delivery import Delivery, Person, Reading, as_attempts
from grader.lms.reading.identity import Space
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import Placed, ReadingOptions, System, handed
from grader.text.terminal import shown


class Canvas(System):
    """Canvas's assignments."""

    name = "canvas"
    title = "Canvas"
    pattern = (
        r"(?P<full_name>[^/]*?)_?(?:(?<=_)(?P<late>LATE)_)?"
        r"(?:(?<=_)|(?<![^/]))(?:anon_(?P<anonymous>[A-Za-z0-9]+)|(?P<student_id>\d+))_"
        r"(?:(?P<attachment>\d+)_(?P<file_id>[^/]+)|(?P<entered>(?:text|link)\.html)$)"
    )

    def read(self, archive: Archive, files: Sequence[Placed], options: ReadingOptions) -> Reading:
        """Sort by the user's number, then by the attachment's, which grows with time."""
        reading = Reading()
        found_of: dict[tuple[str, str], list[tuple[dict[str, str], Placed]]] = {}
        for file in files:
            found = self.match(file.path)
            if found is None:
                reason = "is not named as Canvas names submissions."
                reading.refused.append(Refusal(shown(file.path), reason))
                continue
            number = found["student_id"] or f"anon_{found['anonymous']}"
            who = (number, found["full_name"].rstrip("_"))
            found_of.setdefault(who, []).append((found, file))
        late = []
        for (number, name), mine in found_of.items():
            mine.sort(key=lambda pair: int(pair[0]["attachment"] or 0))
            person = _person(number, name, options)
            is_late = any(found["late"] for found, _file in mine)
            late += [person.name or number] if is_late else []
            attached = [(found, file) for found, file in mine if found["file_id"]]
            attempts = as_attempts(
                (handed(file, found["file_id"]) for found, file in attached), is_late
            )
            reading.deliveries.append(Delivery(person, attempts))
        if late:
            names = ", ".join(shown(name, 40) for name in late[:10])
            reading.notes.append(
                f"Canvas calls {len(late)} late ({names}{', ...' if len(late) > 10 else ''}). Its "
                "archive does not tell when they were handed in, so that nbgrader gives no late "
                "penalty; Canvas itself may."
            )
        return reading

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """The name as it was downloaded: Canvas knows the submission by it."""
        return downloaded_as


def _person(number: str, name: str, options: ReadingOptions) -> Person:
    anonymous = number.startswith("anon_")
    key = f"canvas:{number}"
    if anonymous:
        return Person(key, f"{key}@{options.assignment}", "", readable_id(number))
    wanted = f"{name} {number}" if name else number
    return Person(
        key,
        key,
        name,
        readable_id(wanted),
        "",
        name,
        lms_user_id=number,
        numbers={Space.LMS_USER: number},
    )
