"""Join the students of an archive with a list of the class."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from grader.lms.reading.archive import Refusal
from grader.lms.reading.delivery import Attempt, Delivery, Person, Reading, split_name
from grader.lms.reading.identity import (
    Space,
    different,
    folded,
    is_team,
    match,
    name_key,
    names_agree,
    same_person,
    spaces_of,
)
from grader.lms.reading.roster import Roster, RosterRow
from grader.lms.reading.student_ids import accepted_id
from grader.lms.reading.system import ReadingOptions
from grader.lms.reading.times import parse_time
from grader.text.terminal import shown

_MOST_COMPARED = 20
# What a list says of somebody who has not handed in.
_NO_TIME = re.compile(r"[\W_]*")


@dataclass
class Joined:
    """The students of an archive with what a list of the class tells of them.

    Attributes:
        deliveries: whose identity is not in doubt.
        refused: whose work is not taken, and why.
        without_row: who is not in the list.
        without_work: the rows for which nothing was handed in.
        without_time: whose time cannot be read, in the archive or the list, and what stands there.
        shared: names (:func:`~grader.lms.reading.identity.name_key`) that several have, in the
            archive or the list.
        of_list: names for nbgrader that the list gives -> the key of the student, where known.
    """

    deliveries: list[Delivery] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    without_work: list[str] = field(default_factory=list)
    without_time: list[str] = field(default_factory=list)
    shared: frozenset[str] = frozenset()
    of_list: dict[str, str] = field(default_factory=dict)


def join(reading: Reading, options: ReadingOptions) -> Joined:
    """Find the row of each student, and the members of each team.

    Parameters:
        reading: what the archive tells.
        options: with the list of the class.
    """
    joined = Joined()
    roster = options.roster
    deliveries = _members_instead_of_teams(reading, roster, options, joined)
    joined.without_time += reading.without_time
    keys: dict[str, set[str]] = {}
    for delivery in deliveries:
        keys.setdefault(name_key(delivery.person.name), set()).add(delivery.person.key)
    joined.shared = frozenset(name for name, mine in keys.items() if name and len(mine) > 1)
    deliveries = _once_each(deliveries, joined)
    if not roster:
        joined.deliveries = deliveries
        return joined
    rows = _distinct(roster.students)
    people = [dataclasses.replace(d.person.who, shown_as=d.person.name) for d in deliveries]
    # Where numbers can tell, names do not: the student of a name may be missing in the list.
    by_name = not roster.spaces & spaces_of(people)
    matching = match(people, [row.identity for row in rows], by_name=by_name)
    for problem in matching.problems:
        joined.refused.append(Refusal("", problem))
    ids = Counter(folded(row.student_id) for row in rows if row.student_id)
    joined.of_list = {accepted_id(row.student_id): "" for row in rows if row.student_id}
    unmatched: set[str] = set()
    spelled: list[set[str]] = []
    for place, delivery in enumerate(deliveries):
        found = matching.found[place]
        if place in matching.stopped:
            continue
        if found is not None and ids[folded(rows[found].student_id)] > 1:
            joined.refused.append(
                Refusal(
                    rows[found].identity.in_words,
                    f"has the same name for nbgrader as others of the list "
                    f"({shown(rows[found].student_id, 40)}): mend the list.",
                )
            )
            continue
        if found is not None:
            spelled.append({name_key(delivery.person.name), name_key(rows[found].full_name)})
            delivery = _with_row(delivery, rows[found], options, joined)
            joined.of_list[delivery.person.wanted_id] = delivery.person.key
        else:
            unmatched.add(name_key(delivery.person.name))
            joined.without_row.append(delivery.person.who.in_words)
        joined.deliveries.append(delivery)
    # Whoever has no row is not the one of the same name who has one; and of several of one name
    # in the list none is told by it, whoever of them has handed in.
    named = Counter(name_key(row.full_name) for row in rows)
    joined.shared |= frozenset(
        name for name, count in named.items() if name and (count > 1 or name in unmatched)
    )
    joined.shared |= frozenset().union(*(both for both in spelled if both & joined.shared)) - {""}
    joined.without_work = [rows[place].identity.in_words for place in matching.left]
    return joined


def _distinct(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Each student once, however often the list has the same row."""
    identities = [(row.identity, row) for row in rows]
    kept = {id(identity) for identity in different([identity for identity, _row in identities])}
    return [row for identity, row in identities if id(identity) in kept]


def _members_instead_of_teams(
    reading: Reading, roster: Roster, options: ReadingOptions, joined: Joined
) -> list[Delivery]:
    """Every member of a team gets its work, where the list tells the members."""
    handed_in = {_team_key(_called(delivery.person)) for delivery in reading.deliveries}
    teams: dict[str, list[RosterRow]] = {}
    for row in _distinct(roster.students):
        for team in _teams_of(row, handed_in):
            teams.setdefault(team, []).append(row)
    named: dict[str, list[RosterRow]] = {}
    for row in roster.students:
        named.setdefault(name_key(row.full_name), []).append(row)
    logins = {folded(row.numbers.get(Space.LOGIN, "")) for row in roster.students} - {""}
    found: list[Delivery] = []
    for delivery in reading.deliveries:
        person = delivery.person
        name = _called(person)
        # A team may be called like a student, whose number tells that it is not meant.
        students = named.get(name_key(name), [])
        if (
            _is_certainly_one(person)
            or folded(person.nbgrader) in logins
            or any(same_person(person.who, row.identity) is not False for row in students)
        ):
            found.append(delivery)
        elif members := teams.get(_team_key(name), []):
            found += [
                Delivery(_member(row, person, options), [_copy(a) for a in delivery.attempts])
                for row in members
            ]
        # What a class has called a folder is a name in nbgrader, unless it has blanks.
        elif reading.of_teams or (is_team(name) and (" " in name or not person.nbgrader)):
            joined.refused.append(
                Refusal(
                    person.who.in_words,
                    "is a team, and nothing tells who is in it: give the list of the class with "
                    "--roster, with a column Group that holds the team of each student.",
                )
            )
        else:
            found.append(delivery)
    return found


def _called(person: Person) -> str:
    return person.name or person.nbgrader or person.wanted_id


def _is_certainly_one(person: Person) -> bool:
    """Whether the numbers of a delivery are such as no team has."""
    spaces = {space for space, value in person.numbers.items() if value}
    if spaces & {Space.SID, Space.EMAIL} or " " not in person.numbers.get(Space.LOGIN, " "):
        return True
    return Space.LMS_USER in spaces and not is_team(person.name)


def _teams_of(row: RosterRow, handed_in: Container[str]) -> list[str]:
    """The teams of a student; a cell may name several, unless a team is called like all of it."""
    whole = _team_key(row.group)
    if not whole or whole in handed_in:
        return [whole] if whole else []
    return list(dict.fromkeys(_team_key(part) for part in re.split(r"[,;|/]", row.group)))


def _team_key(name: str) -> str:
    return folded(name.replace("_", " "))


def _copy(attempt: Attempt) -> Attempt:
    return Attempt(list(attempt.files), attempt.time, attempt.late)


def _member(row: RosterRow, team: Person, options: ReadingOptions) -> Person:
    system = team.key.partition(":")[0]
    space = next((space for space in Space if row.numbers.get(space)), None)
    value = row.numbers[space] if space else folded(row.full_name)
    first, last = split_name(row.full_name, options.surname_first)
    key = f"{system}:{value}" if space is Space.PARTICIPANT else f"{system}:{space}:{value}"
    return Person(
        key,
        row.full_name,
        accepted_id(row.student_id or row.full_name),
        row.first_name or first,
        row.last_name or last,
        row.email,
        numbers=row.numbers,
    )


def _once_each(deliveries: Sequence[Delivery], joined: Joined) -> list[Delivery]:
    """One delivery a student; where two cannot be put in order, that student is stopped."""
    by_key: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        by_key.setdefault(delivery.person.key, []).append(delivery)
    found = []
    for mine in by_key.values():
        attempts = [attempt for delivery in mine for attempt in delivery.attempts]
        if len(mine) == 1:
            found.append(mine[0])
        elif not _one_person([delivery.person for delivery in mine]):
            names = " and ".join(delivery.person.who.in_words for delivery in mine[:3])
            joined.refused.append(
                Refusal(
                    names,
                    "have one number, and cannot be one person. Nothing was imported for them: "
                    "find out whose work it is.",
                )
            )
        elif all(attempt.time is not None for attempt in attempts):
            attempts.sort(key=lambda attempt: attempt.time.timestamp() if attempt.time else 0.0)
            known_best = max(mine, key=lambda one: (bool(one.person.name), len(one.person.numbers)))
            found.append(Delivery(known_best.person, attempts))
        else:
            names = ", ".join(
                shown(file.downloaded_as, 60) for attempt in attempts for file in attempt.files[:1]
            )
            joined.refused.append(
                Refusal(
                    mine[0].person.who.in_words,
                    f"has handed in more than once ({names}), and nothing tells which is the last: "
                    "remove what does not count, then import again.",
                )
            )
    return found


def _one_person(people: Sequence[Person]) -> bool:
    """Whether deliveries under one number may be one person's."""
    spelled = {
        (space, value)
        for person in people
        for space, value in person.numbers.items()
        if space is not Space.EMAIL
    }
    if len({(space, folded(value)) for space, value in spelled}) < len(spelled):
        return False  # a system writes a user name in one way
    distinct = different([person.who for person in people])
    return len(distinct) <= _MOST_COMPARED and all(
        names_agree(one.name, other.name)
        and all(folded(one.numbers.get(s, v)) == folded(v) for s, v in other.numbers.items() if v)
        for one, other in combinations(distinct, 2)
    )


def _with_row(
    delivery: Delivery, row: RosterRow, options: ReadingOptions, joined: Joined
) -> Delivery:
    person = delivery.person
    full_name = row.full_name or person.name
    surname, comma, given = full_name.partition(",")
    first, last = (
        (given.strip(), surname.strip()) if comma else split_name(full_name, options.surname_first)
    )
    if row.first_name or row.last_name:
        first, last = row.first_name, row.last_name
    numbers = {**row.numbers, **person.numbers}
    told = dataclasses.replace(
        person,
        name=full_name,
        wanted_id=accepted_id(row.student_id) if row.student_id else person.wanted_id,
        first_name=first,
        last_name=last,
        email=row.email or person.email,
        lms_user_id=person.lms_user_id or row.numbers.get(Space.LMS_USER, ""),
        numbers=numbers,
        nbgrader=person.nbgrader or row.numbers.get(Space.LOGIN, ""),
    )
    attempts = delivery.attempts
    if len(attempts) == 1 and attempts[0].time is None and not _NO_TIME.fullmatch(row.time):
        time = parse_time(row.time, options.zone)
        attempts = [Attempt(attempts[0].files, time, attempts[0].late)]
        if time is None:
            joined.without_time.append(f"{told.who.in_words} ({shown(row.time, 40)})")
    return Delivery(told, attempts)
