"""Names for students that nbgrader and every file system accept: readable, and never given twice.

A student's name in nbgrader is a folder and a part of paths, of file globs and of a table, so that
letters and digits of any script, ``_``, ``-``, ``.`` and ``@`` are what is left of it. Two students
whose names differ only in what was taken away, or only in case, get different names all the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from grader.lms.reading.entry_names import RESERVED
from grader.lms.reading.identity import folded
from grader.submission.submission_folder import is_student_id

_LONGEST = 60
_LONGEST_BYTES = 180
_GLOB = re.compile(r"[*?\[\]{}:|;&$%#!'+~^()\s]")


def readable_id(text: str) -> str:
    """A name that nbgrader accepts, as near to the text as possible.

    Parameters:
        text: a name, a user name, an email address, in whatever script.

    Returns:
        For ``José Ñandú (2)`` it is ``José_Ñandú_2``; never empty.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind[0] in "LMN" or character in "_-.@":
            kept.append(character)
        elif kind != "Cf":  # characters that are not seen leave no trace
            kept.append("_")
    name = re.sub(r"_+", "_", "".join(kept)).strip("_-.@")
    name = re.sub(r"\.{2,}", ".", name)[:_LONGEST]
    while len(name.encode("utf-8")) > _LONGEST_BYTES:
        name = name[:-1]
    name = name.rstrip("_-.@") or "student"
    return f"{name}_" if RESERVED.match(name) else name


def accepted_id(text: str) -> str:
    """The text itself where it can be a student's name as it is, else :func:`readable_id`."""
    text = unicodedata.normalize("NFC", text).strip()
    fits = is_student_id(text) and not _GLOB.search(text) and not RESERVED.match(text)
    fits = fits and not any(unicodedata.category(letter) == "Cf" for letter in text)
    return text if fits and len(text.encode("utf-8")) <= _LONGEST_BYTES else readable_id(text)


class StudentIds:
    """Gives each student a name of their own.

    Parameters:
        known: whose name is already decided: identity -> name.
        others: names in the gradebook of which no identity is known. A student who would get
            exactly such a name is taken for the one in the gradebook, as nbgrader does.
    """

    def __init__(self, known: dict[str, str], others: Iterable[str] = ()) -> None:
        self._given = dict(known)
        self._unclaimed = set(others) - set(known.values())
        self._taken = {folded(name) for name in (*known.values(), *self._unclaimed)}

    def give(self, identity: str, student_id: str) -> str:
        """The name of a student: the one they have, the wanted one, or one like it.

        Parameters:
            identity: tells the student from all others.
            student_id: as :func:`readable_id` makes it.
        """
        if identity in self._given:
            return self._given[identity]
        name = student_id
        if name in self._unclaimed:
            self._unclaimed.remove(name)
        elif folded(name) in self._taken:
            digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
            for length in range(6, len(digest)):
                name = f"{student_id}_{digest[:length]}"
                if folded(name) not in self._taken:
                    break
        self._taken.add(folded(name))
        self._given[identity] = name
        return name
