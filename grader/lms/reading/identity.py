"""Who is who: numbers that count only where they come from, and names that never overrule them.

Everything that tells a person has its *space*: Moodle's number of a participant, Canvas's number of
a user, the school's own number in each of the systems, user name, email address. Two values are
compared only within one space. Of the spaces that two sides have in common, the strongest decides,
and nothing else is asked. The full name is looked at where they have none in common, and only where
nobody else has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from grader.text.terminal import shown


class Space(StrEnum):
    """Where a value comes from, the strongest first. The text says it in sentences."""

    PARTICIPANT = "participant's number"  # Moodle's, of one assignment
    LMS_USER = "user number"  # of the system that is read or written
    SIS = "SIS id"  # in Canvas
    ID_NUMBER = "ID number"  # in Moodle
    SID = "SID"  # in Gradescope
    ORG_ID = "OrgDefinedId"  # in Brightspace
    STUDENT_NUMBER = "student number"  # in a list of the school
    LOGIN = "user name"
    EMAIL = "email address"


@dataclass(frozen=True)
class Identity:
    """What is known of a person.

    Attributes:
        numbers: space -> value; what is not known is left away.
        name: the full name, in whatever order.
        nbgrader: the name in nbgrader where the class chose it; by nbgrader's convention that is
            the user name, and it counts as such where nothing else tells.
        label: what the person is called in sentences.
        shown_as: the name that the system of the numbers itself shows beside them. Where two such
            names cannot be one person's, the numbers are not believed.
    """

    numbers: Mapping[Space, str] = field(default_factory=dict)
    name: str = ""
    nbgrader: str = ""
    label: str = ""
    shown_as: str = ""

    @property
    def in_words(self) -> str:
        """The person in a sentence, with what tells who it is."""
        known = [f"{space} {shown(value, 40)}" for space, value in self.numbers.items() if value]
        name = shown(self.label or self.name or self.nbgrader, 60)
        return f"{name} ({', '.join(known[:3])})" if known else name


def folded(text: str) -> str:
    """A text as it is compared: composed, without case, extra blanks and what is not seen.

    Digits of other scripts and forms of full width are the ordinary ones.

    "Strauß" is not "Strauss" in another case: those are two.
    """
    return _cased(text).lower()


def _cased(text: str) -> str:
    if text.isascii():
        return " ".join(text.split())
    seen = "".join(_plain_digit(letter) for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _plain_digit(letter: str) -> str:
    """A digit of any script as the one that it is, a letter of full width as the ordinary one."""
    if "\uff01" <= letter <= "\uff5e":
        return chr(ord(letter) - 0xFEE0)
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def same_person(one: Identity, other: Identity) -> bool | None:
    """Whether the strongest space that both have says so; None where they have none in common."""
    for space in Space:
        left, right = one.numbers.get(space, ""), other.numbers.get(space, "")
        if left and right:
            return folded(left) == folded(right)
    return None


def may_be_called(one: Identity, name: str, other: Identity, other_name: str) -> bool:
    """Whether two names may be those of one person, of whom two places tell numbers.

    They agree, or two numbers are the same and none differs: then the name has been changed.
    """
    return names_agree(name, other_name) or two_numbers_agree(one, other)


def two_numbers_agree(one: Identity, other: Identity) -> bool:
    """Whether two numbers or more are the same, and none differs."""
    both = [
        folded(one.numbers[space]) == folded(other.numbers[space])
        for space in Space
        if one.numbers.get(space) and other.numbers.get(space)
    ]
    return len(both) > 1 and all(both)


def name_key(name: str) -> str:
    """The same for "Ada Lovelace" and "Lovelace, Ada"; Moodle writes an underscore as a blank."""
    return " ".join(sorted(folded(name.replace("_", " ").replace(",", " ", 1)).split()))


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's, as two places write it; True where one is empty.

    The words of one are among those of the other, or, where a system writes a name without blanks,
    the letters are the same. "Team Alpha" and "Ada Lovelace" are not one. Names in two scripts say
    nothing about one another.
    """
    left, right = _words(one), _words(other)
    if not left or not right or in_two_scripts(one, other):
        return True
    if not left - right or not right - left:
        return True
    return sorted("".join(left.elements())) == sorted("".join(right.elements()))


def in_two_scripts(one: str, other: str) -> bool:
    """Whether one of two names is in Latin letters and the other is not."""
    left, right = _words(one), _words(other)
    return bool(left and right) and _is_latin(left) != _is_latin(right)


# Letters that Unicode does not take apart.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
)
# "Müller" is "Muller" in one place and "Mueller" in another, "Åse" "Ase" or "Aase".
_SPELLED_OUT = re.compile(r"(?<=[aou])e|(?<=a)a")


def _words(name: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_PLAIN)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return Counter(_SPELLED_OUT.sub("", word) for word in re.findall(r"[^\W_]+", plain))


def _is_latin(words: Counter[str]) -> bool:
    return any("a" <= letter <= "z" for word in words for letter in word)


_TEAM = re.compile(
    r"(?:(?:default|project|student)[\s_]*)?"
    r"(?:teams?|groups?|gruppe|arbeitsgruppe|groupe|[ée]quipe|equipo|grupo|gruppo)"
    r"(?:[\s_-]*\d+$|[\s_-].*|$)|[\u7b2c]?.{0,6}(?:小组|组|队)\s*\w{0,3}$",
    re.IGNORECASE,
)


def is_team(name: str) -> bool:
    """Whether a name is that of a team: "Team Alpha", "Group 7", "Gruppe B"."""
    return bool(_TEAM.match(" ".join(name.split())))


@dataclass
class Matching:
    """Which person each row of a list is.

    Attributes:
        found: for each row the place of the person; None where it is nobody, or not certain.
        problems: a sentence for each row that was stopped.
        stopped: the places of the rows that were stopped.
        left: the places of the persons who have no row.
    """

    found: list[int | None]
    problems: list[str] = field(default_factory=list)
    stopped: set[int] = field(default_factory=set)
    left: list[int] = field(default_factory=list)


def match(
    rows: Sequence[Identity],
    people: Sequence[Identity],
    shared: Container[str] = (),
    by_name: bool = True,
    of_system: bool = False,
) -> Matching:
    """Find the person of each row of a list.

    Rows that say the same of somebody are one. Where anything is ambiguous or contradicts itself,
    that row is stopped with a sentence that says who is meant by what; the others go on.

    Parameters:
        rows: the rows of the list.
        people: everybody who may be meant, also those for whom nothing is wanted.
        shared: names (:func:`name_key`) that somebody else has as well.
        by_name: whether a name may tell somebody at all.
        of_system: whether the rows are a system's list, so that they tell where case counts, and
            not the people.
    """
    with_case = _told_apart_by_case(rows if of_system else people)
    return _Matcher(rows, people, shared, by_name, with_case).run()


class _Stopped(Exception):
    """A row is not certain. The message is a sentence."""


class _Matcher:
    def __init__(
        self,
        rows: Sequence[Identity],
        people: Sequence[Identity],
        shared: Container[str],
        by_name: bool,
        with_case: Container[tuple[Space, str]],
    ) -> None:
        self.rows = rows
        self.shared = shared
        self.people = people
        self.by_name = by_name
        self.result = Matching([None] * len(rows))
        self.with_case = with_case
        self.row_values, self.row_names = self._indexes(rows)
        self.people_values, self.people_names = self._indexes(people)
        self.conventional: dict[str, set[int]] = {}
        for place, person in enumerate(people):
            if person.nbgrader:
                key = self._key(Space.LOGIN, person.nbgrader)
                self.conventional.setdefault(key, set()).add(place)

    def _key(self, space: Space, text: str) -> str:
        """A value as it is looked for: case counts where it alone tells two apart."""
        return _cased(text) if (space, folded(text)) in self.with_case else folded(text)

    def _indexes(
        self, identities: Sequence[Identity]
    ) -> tuple[dict[tuple[Space, str], set[int]], dict[str, set[int]]]:
        values: dict[tuple[Space, str], set[int]] = {}
        names: dict[str, set[int]] = {}
        for place, identity in enumerate(identities):
            for space, value in identity.numbers.items():
                if value:
                    values.setdefault((space, self._key(space, value)), set()).add(place)
            key = name_key(identity.name)
            if key:
                names.setdefault(key, set()).add(place)
        return values, names

    def run(self) -> Matching:
        """By numbers first, so that a name can never take a person whom a number finds."""
        claims: dict[int, list[int]] = {}
        undecided = []
        for place, row in enumerate(self.rows):
            try:
                person = self._by_number(row)
                if person is None:
                    undecided.append(place)
                else:
                    claims.setdefault(person, []).append(place)
            except _Stopped as problem:
                self._stop(place, str(problem))
        self._settle(claims)
        named: dict[int, list[int]] = {}
        for place in undecided:
            try:
                person = self._by_convention(self.rows[place])
                if person is None:
                    person = self._by_name(self.rows[place])
                if person is not None and person not in claims:
                    named.setdefault(person, []).append(place)
            except _Stopped as problem:
                self._stop(place, str(problem))
        self._settle(named)
        taken = {person for person in self.result.found if person is not None}
        self.result.left = [place for place in range(len(self.people)) if place not in taken]
        return self.result

    def _stop(self, place: int, sentence: str) -> None:
        self.result.stopped.add(place)
        if sentence not in self.result.problems:
            self.result.problems.append(sentence)

    def _settle(self, claims: Mapping[int, list[int]]) -> None:
        for person, places in claims.items():
            meant_by = different([self.rows[place] for place in places])
            if len(meant_by) == 1:
                for place in places:
                    self.result.found[place] = person
                continue
            meant = " and ".join(row.in_words for row in meant_by[:3])
            for place in places:
                self._stop(
                    place,
                    f"{self.people[person].in_words} is meant by {len(meant_by)} that differ: "
                    f"{meant}. None of them was used: mend the list, or what is handed in twice.",
                )

    def _by_number(self, row: Identity) -> int | None:
        for space in Space:
            value = self._key(space, row.numbers.get(space, ""))
            people = self.people_values.get((space, value), set()) if value else set()
            if not people:
                continue
            others = different([self.rows[r] for r in self.row_values[space, value]])
            self._check_alone(space, value, people, others)
            (person,) = people
            self._check(row, person, space)
            return person
        return None

    def _check(self, row: Identity, place: int, space: Space, certain: bool = True) -> None:
        person = self.people[place]
        if same_person(row, person) is False:
            raise _Stopped(
                f"{row.in_words} has the {space} of {person.in_words}, but a stronger number "
                "differs. Neither was used: mend the list, or the gradebook."
            )
        one, other = (row.shown_as, person.shown_as) if certain else (row.name, person.name)
        if not may_be_called(row, one, person, other):
            raise _Stopped(
                f"{row.in_words} has the {space} of {person.in_words}, but another name: it may be "
                "a team, or a number of another course. It was not used: mend the list, or the "
                "gradebook."
            )

    def _by_convention(self, row: Identity) -> int | None:
        """By the name in nbgrader, which is the user name where a class chose it."""
        key = self._key(Space.LOGIN, row.nbgrader or row.numbers.get(Space.LOGIN, ""))
        found = self.conventional.get(key, set()) if key else set()
        if row.nbgrader:
            found = found | self.people_values.get((Space.LOGIN, key), set())
        if not found:
            return None
        rows = [] if row.nbgrader else sorted(self.row_values[Space.LOGIN, key])
        others = different([self.rows[place] for place in rows])
        self._check_alone(Space.LOGIN, key, found, others)
        (place,) = found
        self._check(row, place, Space.LOGIN, certain=False)
        return place

    def _check_alone(
        self, space: Space, value: str, people: set[int], rows: Sequence[Identity]
    ) -> None:
        """Stop where several have a value."""
        several = [self.people[place] for place in sorted(people)] if len(people) > 1 else rows
        if len(several) > 1:
            meant = " and ".join(who.in_words for who in several[:3])
            raise _Stopped(
                f"The {space} {shown(value, 40)} is that of {meant}, so that it tells nobody. "
                "None of them was used: mend the list, or the gradebook."
            )

    def _by_name(self, row: Identity) -> int | None:
        key = name_key(row.name)
        if not key or not self.by_name:
            return None
        people = self.people_names.get(key, set())
        possible = [place for place in people if same_person(row, self.people[place]) is None]
        if not possible:
            return None
        others = different([self.rows[place] for place in self.row_names[key]])
        if len(people) > 1 or len(others) > 1 or key in self.shared:
            named = [*others, *(self.people[place] for place in sorted(people))]
            meant = ", ".join(dict.fromkeys(who.in_words for who in named[:6]))
            raise _Stopped(
                f"Several have the name {shown(row.name, 60)} ({meant}), and no number tells which "
                "of them is meant. None of them was used: give a list of the class with numbers, "
                "user names or email addresses."
            )
        return possible[0]


def spaces_of(identities: Sequence[Identity]) -> set[Space]:
    """The spaces in which anybody has a value."""
    return {space for who in identities for space, value in who.numbers.items() if value}


def different(rows: Sequence[Identity]) -> list[Identity]:
    """Rows that say different things of somebody; a name alone never says that two are one."""
    seen: dict[tuple[object, ...], Identity] = {}
    for place, row in enumerate(rows):
        told = (row.nbgrader, *(folded(row.numbers.get(space, "")) for space in Space))
        seen.setdefault((folded(row.name), *told) if any(told) else (place,), row)
    return list(seen.values())


def _told_apart_by_case(identities: Sequence[Identity]) -> set[tuple[Space, str]]:
    """Values that several have who write them in another case; addresses are no such."""
    spelled: dict[tuple[Space, str], set[str]] = {}
    for who in different(identities):
        values = {Space.LOGIN: who.nbgrader} | {s: text for s, text in who.numbers.items() if text}
        for space, text in values.items():
            if text and space is not Space.EMAIL:
                spelled.setdefault((space, folded(text)), set()).add(_cased(text))
    return {value for value, texts in spelled.items() if len(texts) > 1}
