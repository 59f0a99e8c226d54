"""Choose, among the cells of a submission, those that are graded and those that are run.

A function's cell is the one that defines it. Where there are several definitions, the last one that
was filled in counts, wherever an unchanged copy of the released cell stands.
"""

from __future__ import annotations

import re
from collections import Counter

from course.language import _
from grader.exercises.own_tests import bound_names
from grader.submission.cell_source import (
    holds_python,
    is_empty_code,
    normal_text,
    parse,
    without_cell_magic,
    without_lines,
)
from grader.submission.definitions import Definition, defines_anything
from grader.submission.released_cells import SkeletonCell
from grader.submission.repair_notes import Notes, listed
from grader.submission.submitted_cells import Matching, StudentCell

_STARTS_SEGMENT = re.compile(r"(?:async\s+def|def|class)\b|@")


def choose_solutions(matching: Matching, notes: Notes) -> None:
    """For each function decide which definition is graded, and which cell is its own."""
    places: dict[str, list[tuple[StudentCell, Definition]]] = {}
    for name, cell, found in matching.definitions():
        places.setdefault(name, []).append((cell, found))
    owned: dict[int, list[str]] = {}
    for name in matching.skeleton.exercises:
        here = places.get(name, [])
        filled = [place for place in here if matching.is_filled(place[1])]
        if not here:
            continue
        stubs = [place for place in here if place[1].certain]
        matching.graded[name] = (filled or here)[-1]
        if not filled and stubs and here[-1] is stubs[-1]:
            matching.untouched.add(name)
        owned.setdefault(id(matching.graded[name][0]), []).append(name)
        _note_doubled(matching, name, here, notes)
    by_id = {id(cell): cell for cell in matching.cells}
    for key, names in owned.items():
        cell = by_id[key]
        own = cell.name if cell.name in names else names[0]
        cell.name, cell.role = own, "solution"
        if len(names) > 1:
            notes.add(
                _("One cell holds {names}; each of them is graded.").format(names=listed(names))
            )
    _choose_cells_without_function(matching, notes)


def _note_doubled(
    matching: Matching, name: str, here: list[tuple[StudentCell, Definition]], notes: Notes
) -> None:
    cells = list(dict.fromkeys(id(cell) for cell, found in here if found.certain))
    claims = Counter(cell.name for cell in matching.cells)[name]
    if claims > 1:
        times = _("twice") if claims == 2 else _("{number} times").format(number=claims)
        text = _("The cell of {name} stood {times}; the last one that was filled in is graded.")
        notes.add(text.format(name=name, times=times))
    elif len(cells) > 1:
        text = _("{name} is defined in {number} cells; the last one that was filled in is graded.")
        notes.add(text.format(name=name, number=len(cells)))


def _choose_cells_without_function(matching: Matching, notes: Notes) -> None:
    """Give functions that nobody defines the cell that was meant for them."""
    missing: list[str] = []
    empty: list[str] = []
    for name in matching.skeleton.exercises:
        if name in matching.graded:
            continue
        meant = [c for c in matching.cells if c.name == name and c.role == "plain" and c.is_code]
        if meant:
            meant[-1].role = "solution"
            if parse(meant[-1].source) is None and holds_python(meant[-1].source):
                matching.graded[name] = meant[-1], Definition(name)  # a slip in its first line
            else:
                empty.append(name)
        else:
            missing.append(name)
    if missing and len(missing) == len(matching.skeleton.exercises):
        notes.add(
            _("The notebook defines no function of this assignment; is it of another one?"),
            always=True,
        )
    else:
        notes.add_listed(
            _("The cell of {names} is missing."), _("The cells of {names} are missing."), missing
        )
    notes.add_listed(
        _("The cell of {names} does not define a function of this name."),
        _("The cells of {names} do not define functions of these names."),
        empty,
    )


def choose_answers(matching: Matching) -> None:
    """For each hand-graded answer take the last copy that was written in."""
    for known in matching.skeleton.of_kind("answer", "solution"):
        if known.name in matching.skeleton.exercises:
            continue
        copies = [c for c in matching.cells if c.name == known.name and c.role == "plain"]
        copies = copies or _answers_by_place(matching, known) or _by_names(matching, known)
        written = [c for c in copies if normal_text(c.source) != normal_text(known.source)]
        if copies:
            chosen = (written or copies)[-1]
            chosen.role, chosen.name = "solution", known.name


def _answers_by_place(matching: Matching, known: SkeletonCell) -> list[StudentCell]:
    """An answer whose cell has lost its id: the text of the student's that follows the question."""
    question = matching.skeleton.asked_in.get(known.name)
    asked = False
    for cell in matching.cells:
        if cell.text == question:
            asked = True
        elif asked:
            is_own = cell.name is None and not cell.is_code
            return [cell] if is_own and cell.text not in matching.skeleton.other_texts else []
    return []


def _by_names(matching: Matching, known: SkeletonCell) -> list[StudentCell]:
    """A solution whose cell has lost its id: the last one that gives the same names a meaning."""
    wanted = matching.skeleton.gives.get(known.name)
    if not wanted:
        return []
    free = (cell for cell in matching.cells if cell.name is None and cell.is_code)
    return [cell for cell in free if wanted <= bound_names(cell.source)][-1:]


def choose_what_runs(matching: Matching, not_run: frozenset[str], notes: Notes) -> None:
    for cell in matching.cells:
        if not cell.is_code or cell.role in ("fixed", "dropped"):
            continue
        if not cell.found and _is_left_out(matching, cell, not_run):
            continue
        source = without_cell_magic(cell.source, only_watching=not cell.found)
        superseded = [
            found
            for places in cell.found.values()
            for found in places
            if found.alone
            and found.certain
            and not matching.is_filled(found)
            and matching.graded[found.name][1] is not found
            and matching.graded[found.name][1].certain
        ]
        if superseded:
            source = without_lines(source, [(found.first, found.last) for found in superseded])
            if is_empty_code(source):
                if cell.role == "plain":
                    cell.role = "dropped"
                continue
        cell.run = _divided(cell, source)
        if len(cell.run) > 1:
            notes.add(_("A cell with several functions holds an error; its parts are run singly."))


def _is_left_out(matching: Matching, cell: StudentCell, not_run: frozenset[str]) -> bool:
    """Whether a cell is the course's own demonstration, or only tests or trains for long."""
    if cell.text in matching.skeleton.train_texts:
        return True
    tags = cell.node.metadata.get("tags", [])
    trains = cell.original_id in not_run or "train" in tags
    meta = cell.node.metadata.get("nbgrader")
    tests = isinstance(meta, dict) and meta.get("grade") is True and meta.get("solution") is False
    if not trains and not (tests and matching.is_ours):
        return False
    return not defines_anything(cell.source)


def _divided(cell: StudentCell, source: str) -> list[str]:
    """The source; in parts where a slip in one of its functions would cost the others."""
    if len(cell.found) < 2 or not holds_python(source) or parse(source) is not None:
        return [source]
    parts: list[list[str]] = [[]]
    previous = ""
    for line in source.split("\n"):
        at_margin = bool(line) and not line[0].isspace() and line[0] not in "#)]}"
        starts = _STARTS_SEGMENT.match(line) and not previous.startswith("@")
        after_body = at_margin and previous[:1].isspace()
        if (starts or after_body) and any(parts[-1]):
            parts.append([])
        parts[-1].append(line)
        previous = line if line.strip() else previous
    return ["\n".join(part) for part in parts]
