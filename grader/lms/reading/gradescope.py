"""Gradescope: "Export Submissions" of a programming assignment.

The archive holds ``assignment_12_export/submission_metadata.yml`` and one folder
``submission_345/`` for each submission that is active. The metadata is YAML as Ruby writes it, with
a colon before each key::

    submission_345:
      :submitters:
      - :name: Ada Lovelace
        :sid: '1815'
        :email: ada@example.org
      :created_at: 2026-11-01 10:20:30.000000000 Z

Source: exports of that form as public programs read them, for instance
https://github.com/ucbds-infra/otter-grader; the form of results:
https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from grader.lms.reading.archive import RefusedEntry
from grader.lms.reading.delivery import (
    Attempt,
    Delivery,
    HandedFile,
    Person,
    split_name,
)
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.plain_yaml import RefusedYaml, read_yaml
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import Placed, ReadingOptions, Sorting, System
from grader.lms.reading.times import in_utc, parse_time

METADATA = "submission_metadata.yml"
_LARGEST_METADATA = 50_000_000
_LARGEST_GROUP = 200


class Gradescope(System):
    """Gradescope's programming assignments."""

    name = "gradescope"
    title = "Gradescope"
    listing = METADATA
    unnamed = "lies outside of the folders of submissions."
    pattern = r"(?P<submission>submission_\w+)/(?P<file_id>.+)"

    def share(self, files: Sequence[Placed]) -> float:
        """All or nothing: without the metadata nobody knows whose a submission is."""
        return 1.0 if any(file.path == METADATA for file in files) else 0.0

    def sort(self, work: Sorting) -> None:
        """Join the folders with the metadata; a submission of a group belongs to each of it."""
        metadata = _metadata(work)
        folders: dict[str, list[HandedFile]] = {}
        for named in work.named:
            folders.setdefault(named["submission"], []).append(named.handed)
        for submission in [*folders, *(name for name in metadata if name not in folders)]:
            about = metadata.get(submission, {})
            people = _people(submission, about, work.options)
            if not people:
                work.refuse(submission, f"has no student in {METADATA}.")
                continue
            time = _time(about.get("created_at"), work.options)
            attempt = Attempt(folders.get(submission, []), time)
            work.reading.deliveries += [Delivery(person, [attempt]) for person in people]
            if len(people) > 1:
                work.note_group(submission, (person.name for person in people))

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """In the folder of the submission."""
        return f"{downloaded_as.partition('/')[0]}/{page}"


def _metadata(work: Sorting) -> dict[str, dict[str, Any]]:
    if work.listing is None:
        return {}
    try:
        parsed = read_yaml(work.archive.read(work.listing.entry, _LARGEST_METADATA))
    except RefusedEntry as error:
        work.refuse(METADATA, str(error))
    except RefusedYaml:
        work.refuse(METADATA, "is damaged: export the submissions again.")
    else:
        if isinstance(parsed, dict):
            return {str(key): _plain(value) for key, value in parsed.items()}
        work.refuse(METADATA, "holds no submissions.")
    return {}


def _plain(value: Any) -> dict[str, Any]:
    """A mapping without the colons before Ruby's keys."""
    if not isinstance(value, dict):
        return {}
    return {str(key).removeprefix(":"): entry for key, entry in value.items()}


def _text(value: Any) -> str:
    """A text; nothing for lists and mappings, which unfold without end where they hold aliases."""
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""


def _people(submission: str, about: dict[str, Any], options: ReadingOptions) -> list[Person]:
    submitters = about.get("submitters")
    people = []
    for entry in submitters[:_LARGEST_GROUP] if isinstance(submitters, list) else []:
        plain = _plain(entry)
        name, sid, email = (_text(plain.get(key)) for key in ("name", "sid", "email"))
        identity = sid or email or name
        if not identity:
            continue
        first, last = split_name(name, options.surname_first)
        # Two submissions of one name may be two people's.
        space = "sid" if sid else "email" if email else submission
        key = f"gradescope:{space}:{folded(identity)}"
        numbers = {
            space: value for space, value in ((Space.SID, sid), (Space.EMAIL, email)) if value
        }
        people.append(Person(key, name, readable_id(identity), first, last, email, sid, numbers))
    return people


def _time(value: Any, options: ReadingOptions) -> datetime.datetime | None:
    if isinstance(value, datetime.datetime):
        return in_utc(value, options.zone)
    return parse_time(value, options.zone) if isinstance(value, str) else None
