"""What students are called in a report: their names and ids, or numbers alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from course.language import _
from grader.text.terminal import shown

_LONGEST = 80


@dataclass(frozen=True)
class People:
    """The students of a class.

    Attributes:
        names: first and last names by id, where they are known.
        numbers: for each id its number, where the report is anonymous; else empty.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def anonymous(self) -> bool:
        """Whether students go by numbers."""
        return bool(self.numbers)

    def key(self, student_id: str) -> str:
        """What stands for a student in tables and data."""
        return f"Student {self.numbers[student_id]}" if self.numbers else student_id

    def name(self, student_id: str) -> str:
        """The student's name; empty where it is unknown or not to be told."""
        return "" if self.numbers else self.names.get(student_id, "")

    def label(self, student_id: str) -> str:
        """What a student is called on the page: one line of harmless characters."""
        if self.numbers:
            return _("Student {number}").format(number=self.numbers[student_id])
        key, name = shown(self.key(student_id), _LONGEST), shown(self.name(student_id), _LONGEST)
        return f"{name} ({key})" if name else key

    def place(self, student_id: str) -> tuple[int, str]:
        """Where a student stands in a list. The order of numbers says nothing about the ids."""
        return self.numbers.get(student_id, 0), "" if self.numbers else student_id

    def ordered(self, student_ids: Iterable[str]) -> list[str]:
        """The students in the order of a list."""
        return sorted(student_ids, key=self.place)


def people(
    ids: Iterable[str], names: Mapping[str, str], anonymous: bool = False, key: str = ""
) -> People:
    """Decide what students are called.

    Parameters:
        ids: everybody who may be named.
        names: first and last names by id.
        anonymous: go by numbers.
        key: what the order of the numbers depends on. With the same key a student has the same
            number in every report, as long as the class stays the same; without the key nobody
            can tell from the numbers how the ids are ordered.
    """
    if not anonymous:
        return People(names)

    def place(student_id: str) -> bytes:
        text = student_id.encode("utf-8", "surrogatepass")
        secret = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        return hashlib.blake2b(text, key=secret).digest()

    return People({}, {who: i for i, who in enumerate(sorted(set(ids), key=place), start=1)})
