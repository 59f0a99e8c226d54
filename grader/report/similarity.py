"""Submissions to look at together, because they share code that hardly anybody else has.

The statements of each submission are brought into one form (``normal_code.py``) and cut into
fingerprints by winnowing (Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document
Fingerprinting, SIGMOD 2003). What many write alike without knowing of one another is left out: the
released cells, the solutions, all known right variants and mistakes, usual idioms (``idioms.py``),
and whatever is common in the class. Shared code that is left says "look at these", nothing more.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from grader.exercises.assignment import Assignment, AssignmentError
from grader.exercises.own_tests import OwnTests, bound_names
from grader.report.class_results import ClassResults
from grader.report.idioms import IDIOMS
from grader.report.normal_code import normal_statements, own_names
from grader.submission.cell_source import parse
from grader.submission.released_cells import skeleton_of

LENGTH = 12
"""Characters of a normal statement in one piece; shorter statements say nothing."""
WINDOW = 4
"""Of so many neighbouring pieces one is kept."""
SHARED, SHARE, STATEMENTS = 16, 0.5, 4
"""Two submissions are shown when they share so many rare fingerprints, these are so large a part of
the rare ones of the one that has fewer, and they are of so many different statements ..."""
MANY_SHARED, FEW_STATEMENTS = 32, 3
"""... or when they share so many of so many statements, whatever else they hold.

Measured with the deep network (``tests/helpers/writers.py``): nine people who solve it in usual
ways share 5 at most, a disguised copy of one unusual function shares 47. See docs/report.md."""
COMMON_COUNT, COMMON_SHARE = 6, 0.1
"""What more than so many students and more than this share of the class have is common."""
FULL_WEIGHT = 4
"""What more than so many students have counts for less, the less the more have it."""
_MOST_LINES = 12

Prints = Mapping[str, frozenset[int]]
"""For each normal statement its fingerprints."""


@dataclass(frozen=True)
class Cluster:
    """Submissions that share rare code.

    Attributes:
        students: who, in the order of their ids.
        share: of the most similar pair: the part of the smaller one's rare code that is shared.
        exercises: where, the one with the most shared statements first.
        lines: some of the shared statements, as the first student wrote them.
    """

    students: tuple[str, ...]
    share: float
    exercises: tuple[str, ...]
    lines: tuple[str, ...] = ()


def clusters(results: ClassResults) -> list[Cluster]:
    """Groups of submissions that share rare code, the most similar first."""
    known = known_fingerprints(results.assignment)
    names = course_names(results.assignment)
    held = {s.student_id: _prints(s.sources, names) for s in results.students if s.sources}
    rare = _rare({who: _joined(prints) - known for who, prints in held.items()})
    alike = {}
    for pair, (shared, share) in _pairs(rare).items():
        statements = _statements(held[pair[0]], rare[pair[0]].keys() & rare[pair[1]].keys())
        enough = shared >= SHARED and share >= SHARE and statements >= STATEMENTS
        if enough or (shared >= MANY_SHARED and statements >= FEW_STATEMENTS):
            alike[pair] = share
    sources = {student.student_id: student.sources for student in results.students}
    found = [_cluster(group, alike, rare, sources, names) for group in _groups(alike)]
    return sorted(found, key=lambda cluster: (-cluster.share, cluster.students))


def _prints(sources: Mapping[str, str], names: frozenset[str]) -> Prints:
    """The normal statements of a student's cells with their fingerprints."""
    return {
        statement.text: fingerprints(statement.text)
        for source in sources.values()
        for statement in normal_statements(source, names)
    }


def _joined(prints: Prints) -> set[int]:
    return {one for some in prints.values() for one in some}


def _statements(prints: Prints, shared: AbstractSet[int]) -> int:
    """How many statements of a submission hold shared fingerprints."""
    return sum(not shared.isdisjoint(some) for some in prints.values())


@functools.lru_cache(maxsize=8)
def known_fingerprints(assignment: Assignment) -> frozenset[int]:
    """What students may well write alike: given code, solutions, known variants and idioms."""
    names = course_names(assignment)
    return frozenset(
        one
        for text in (*IDIOMS, *course_texts(assignment))
        for one in _joined(_prints({"": text}, names))
    )


@functools.lru_cache(maxsize=8)
def course_names(assignment: Assignment) -> frozenset[str]:
    """The names that the course itself gives to functions and modules of an assignment."""
    found = {"np", *(exercise.name for exercise in assignment.exercises)}
    solutions = [assignment.solution(exercise.name) for exercise in assignment.exercises]
    for own in (part.own for part in assignment.parts if part.own):
        solutions += own.solutions.values()
        for source in (*own.solutions.values(), *_code(own)):
            found |= bound_names(source)
    for tree in filter(None, map(parse, solutions)):
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        found |= used - own_names(tree)
    return frozenset(found)


def _code(own: OwnTests) -> list[str]:
    """The code cells of a notebook as students get them."""
    return [cell.source for cell in own.cells if cell.cell_type == "code"]


def course_texts(assignment: Assignment) -> list[str]:
    """The released cells, the solutions, and all known variants of them, right and wrong."""
    texts: list[str] = []
    for own in (part.own for part in assignment.parts if part.own):
        texts += [*_code(own), *own.solutions.values()]
    for exercise in assignment.exercises:
        released = skeleton_of(assignment).cells[exercise.name].fresh().source
        texts += [released, assignment.solution(exercise.name)]
        for variant in (*exercise.correct_variants, *exercise.misconceptions):
            try:
                texts.append(assignment.variant_source(exercise.name, variant))
            except AssignmentError:
                continue  # check-course tells the author
    return texts


@functools.lru_cache(maxsize=200_000)
def fingerprints(text: str) -> frozenset[int]:
    """The fingerprints of a normal statement."""
    pieces = [text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)]
    return winnowed([_number(piece) for piece in pieces], WINDOW)


def winnowed(hashes: Sequence[int], window: int) -> frozenset[int]:
    """Of each ``window`` hashes in a row the smallest; at the start the window fills up.

    So two texts share one whenever they have ``window`` pieces in a row in common.
    """
    ends = range(1, len(hashes) + 1)
    return frozenset(min(hashes[max(0, end - window) : end]) for end in ends)


def _number(piece: str) -> int:
    # Not hash(), which differs from run to run: the report must not.
    digest = hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=6).digest()
    return int.from_bytes(digest, "big")


def _rare(held: Mapping[str, set[int]]) -> dict[str, dict[int, float]]:
    """What of each submission is not common in the class, with its weight."""
    holders = Counter(one for prints in held.values() for one in prints)
    limit = max(COMMON_COUNT, COMMON_SHARE * len(held))
    weights = {
        one: min(1.0, FULL_WEIGHT / count) for one, count in holders.items() if count <= limit
    }
    return {
        who: {one: weights[one] for one in prints if one in weights} for who, prints in held.items()
    }


def _pairs(rare: Mapping[str, Mapping[int, float]]) -> dict[tuple[str, str], tuple[float, float]]:
    """For each pair with enough of it in common: how much is shared, and its share."""
    names = sorted(rare)
    columns: dict[int, int] = {}
    rows, places, weights = [], [], []
    for row, name in enumerate(names):
        for one, weight in rare[name].items():
            rows.append(row)
            places.append(columns.setdefault(one, len(columns)))
            weights.append(weight)
    if not rows:
        return {}
    shape = (len(names), len(columns))
    table = csr_array((np.sqrt(weights), (rows, places)), shape=shape)
    total = np.asarray(table.multiply(table).sum(axis=1)).ravel()
    shared = (table @ table.T).tocoo()
    found = {}
    for first, second, amount in zip(*shared.coords, shared.data, strict=True):
        if first < second and amount > SHARED - 1e-6:
            share = min(1.0, float(amount / min(total[first], total[second])))
            found[names[first], names[second]] = round(float(amount), 6), round(share, 6)
    return found


def _groups(alike: Iterable[tuple[str, str]]) -> list[list[str]]:
    pairs = list(alike)
    names = sorted({name for pair in pairs for name in pair})
    if not names:
        return []
    place = {name: index for index, name in enumerate(names)}
    rows = [place[first] for first, _second in pairs]
    columns = [place[second] for _first, second in pairs]
    graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(names), len(names)))
    count, labels = connected_components(graph, directed=False)
    return [[names[i] for i in np.flatnonzero(labels == label)] for label in range(count)]


def _cluster(
    group: list[str],
    alike: Mapping[tuple[str, str], float],
    rare: Mapping[str, Mapping[int, float]],
    sources: Mapping[str, Mapping[str, str]],
    names: frozenset[str],
) -> Cluster:
    members = sorted(group)
    holders = Counter(one for who in members for one in rare[who])
    shared = {one for one, count in holders.items() if count > 1}
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, source in sources[members[0]].items():
        lines = source.split("\n")
        for statement in normal_statements(source, names):
            if not shared.isdisjoint(fingerprints(statement.text)):
                places[name].append("\n".join(lines[statement.line - 1 : statement.last_line]))
    exercises = sorted(places, key=lambda name: -len(places[name]))
    return Cluster(
        tuple(members),
        max(value for pair, value in alike.items() if set(members).issuperset(pair)),
        tuple(exercises),
        tuple([line for name in exercises for line in dict.fromkeys(places[name])][:_MOST_LINES]),
    )
