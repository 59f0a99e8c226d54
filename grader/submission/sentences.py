"""Sentences about a file that are made before anybody knows in which language its notebook is.

They are said when they are turned into text: ``str(sentence(...))``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course.language import _, ngettext


@dataclass(frozen=True)
class Sentence:
    """A sentence in the language in which one speaks when it is turned into text.

    Attributes:
        text: in English, with places for the values.
        many: the same for several things; empty where nothing is counted.
        number: how many things.
        values: what stands in its places, by their names; a text, a number or another sentence.
    """

    text: str
    many: str = ""
    number: int = 0
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence."""
        text = ngettext(self.text, self.many, self.number) if self.many else _(self.text)
        return text.format(**self.values) if self.values else text


def sentence(text: str, **values: Any) -> Sentence:
    """A sentence with its values."""
    return Sentence(text, values=values)


def counted_sentence(one: str, many: str, number: int) -> Sentence:
    """A sentence about a number of things, with a place for ``{number}``."""
    return Sentence(one, many, number, {"number": number})
