"""Match the cells of a submission to the cells of the course, and restore what is locked.

Ids decide first, then texts; what the cells define is looked at in
:mod:`grader.submission.cell_choice`.
"""

from __future__ import annotations

from course.language import _
from grader.submission.cell_choice import choose_answers, choose_solutions, choose_what_runs
from grader.submission.cell_division import join_divided
from grader.submission.cell_source import normal_text, parse
from grader.submission.definitions import definitions, has_definition_pattern, own_statements
from grader.submission.editions import Editions
from grader.submission.own_modules import OwnModules
from grader.submission.released_cells import Skeleton, SkeletonCell
from grader.submission.repair_notes import Notes
from grader.submission.submitted_cells import Matching, StudentCell

_KEYS = ("grade", "grade_id", "locked", "points", "schema_version", "solution", "task")


def match_cells(
    matching: Matching,
    editions: Editions,
    not_run: frozenset[str],
    notes: Notes,
    modules: OwnModules,
) -> None:
    """Give every cell of a submission its role."""
    skeleton = matching.skeleton
    _claim(matching)
    _note_metadata(matching, notes)
    join_divided(matching, editions, notes)
    names = set(skeleton.exercises)
    for cell in matching.cells:
        if cell.is_code and cell.text not in skeleton.fixed_texts:
            imported = {found.name: [found] for found in modules.imported(cell.source, names)}
            cell.found = definitions(cell.source, names) | imported
    _know_other_names(matching, notes)
    _settle_fixed(matching, editions, notes)
    _revive_text_cells(matching, notes)
    choose_solutions(matching, notes)
    choose_answers(matching)
    choose_what_runs(matching, not_run, notes)


def _claim(matching: Matching) -> None:
    """Find out which cell of the course each cell is or claims to be."""
    skeleton = matching.skeleton
    for cell in matching.cells:
        text = cell.text
        claimed = skeleton.cells.get(cell.grade_id or "")
        if claimed is not None and normal_text(claimed.source) == text:
            cell.name = claimed.name  # one of several locked cells may have the same text
        elif text in skeleton.fixed_texts:
            cell.name = skeleton.fixed_texts[text]
        elif cell.grade_id in skeleton.cells:
            cell.name = cell.grade_id
        else:
            cell.name = skeleton.names_by_id.get(cell.original_id or "")
        matching.is_ours |= cell.name is not None or text in skeleton.other_texts


def _note_metadata(matching: Matching, notes: Notes) -> None:
    claimed = [cell for cell in matching.cells if cell.name is not None]
    if not any(cell.grade_id in matching.skeleton.cells for cell in matching.cells):
        notes.add(_("The cells had lost the metadata of nbgrader; it was restored."))
    else:
        damaged = [cell for cell in claimed if not _has_right_metadata(cell, matching.skeleton)]
        notes.add_listed(
            _("The metadata of the cell {names} was damaged; it was restored."),
            _("The metadata of the cells {names} was damaged; it was restored."),
            [str(cell.name) for cell in damaged],
        )
    unknown = [
        cell.grade_id
        for cell in matching.cells
        if cell.name is None and cell.grade_id and _is_meant_for_nbgrader(cell)
    ]
    notes.add_listed(
        _("The cell {names} is not part of this edition; it was kept as a plain cell."),
        _("The cells {names} are not part of this edition; they were kept as plain cells."),
        unknown,
    )
    order = {name: number for number, name in enumerate(matching.skeleton.cells)}
    present = [order[name] for name in dict.fromkeys(str(cell.name) for cell in claimed)]
    if present != sorted(present):
        notes.add(_("The cells stand in another order than in the release; they are run in it."))


def _has_right_metadata(cell: StudentCell, skeleton: Skeleton) -> bool:
    meta = cell.node.metadata.get("nbgrader")
    right = skeleton.cells[str(cell.name)].metadata["nbgrader"]
    return isinstance(meta, dict) and all(
        meta.get(key) == right.get(key)
        and isinstance(meta.get(key), bool) == isinstance(right.get(key), bool)
        for key in _KEYS
        if key in meta or right.get(key)  # older versions of nbgrader leave out what is false
    )


def _is_meant_for_nbgrader(cell: StudentCell) -> bool:
    meta = cell.node.metadata.get("nbgrader", {})
    return any(meta.get(key) is True for key in ("grade", "solution", "locked", "task"))


def _know_other_names(matching: Matching, notes: Notes) -> None:
    """Let a function of another edition of the course stand for the exercise that it solves."""
    skeleton = matching.skeleton
    for name, others in skeleton.other_names.items():
        if any(
            n == name and matching.is_filled(found) for n, _cell, found in matching.definitions()
        ):
            continue
        for cell in reversed(matching.cells):
            if not cell.is_code or cell.text in skeleton.fixed_texts:
                continue
            known = definitions(cell.source, others)
            if not known or parse(cell.source) is None:
                continue
            other = list(known)[-1]
            cell.node.source += f"\n\n{name} = {other}"
            vars(cell).pop("text", None)
            cell.found = definitions(cell.source, set(skeleton.exercises))
            notes.add(
                _(
                    "{other} is the name of {name} in another edition; it was graded as {name}."
                ).format(other=other, name=name)
            )
            break


def _settle_fixed(matching: Matching, editions: Editions, notes: Notes) -> None:
    """Restore locked cells, once each; keep what a student has written into one."""
    skeleton = matching.skeleton
    changed: list[str] = []
    doubled: list[str] = []
    merged: list[str] = []
    seen: set[str] = set()
    # An untouched copy is the cell itself, wherever a changed one stands.
    intact = {cell.name for cell in matching.cells if cell.text in skeleton.fixed_texts}
    # A test stands for all its copies where the last one stands: after what it tests.
    last = {
        cell.name: cell
        for cell in matching.cells
        if cell.text in skeleton.fixed_texts or cell.name not in intact
    }
    for cell in matching.cells:
        known = skeleton.cells.get(cell.name or "")
        if known is None or not known.is_fixed:
            continue
        is_intact = cell.text in skeleton.fixed_texts
        keeps = not is_intact and cell.is_code and _holds_own_code(cell, known, editions)
        if keeps:
            (merged if cell.found else changed).append(known.name)
        elif (
            known.name in seen
            or (not is_intact and known.name in intact)
            or (known.kind == "check" and last[known.name] is not cell)
        ):
            cell.role = "dropped"
            doubled.append(known.name)
            continue
        else:
            cell.role = "fixed"
            seen.add(known.name)
            if not is_intact or cell.node.cell_type != known.cell_type:
                changed.append(known.name)
        if keeps and known.name not in seen and known.name not in intact:
            cell.followed_by = known
            seen.add(known.name)
    for cell in matching.cells:
        if cell.role == "plain" and cell.name and skeleton.cells[cell.name].is_fixed:
            cell.name = None
    notes.add_listed(
        _("The locked cell {names} had been changed; it was restored."),
        _("The locked cells {names} had been changed; they were restored."),
        changed,
    )
    notes.add_listed(
        _("The locked cell {names} held a solution; it is graded, and the cell was restored."),
        _("The locked cells {names} held solutions; they are graded, and the cells were restored."),
        merged,
    )
    notes.add_listed(
        _("The locked cell {names} stood twice; one copy was left out."),
        _("The locked cells {names} stood twice; one copy of each was left out."),
        doubled,
    )


def _holds_own_code(cell: StudentCell, known: SkeletonCell, editions: Editions) -> bool:
    return bool(cell.found) or all(
        own_statements(cell.source, released, new_names_only=known.kind == "check")
        for released in (known.source, *editions.other_texts(known.cell_id))
    )


def _revive_text_cells(matching: Matching, notes: Notes) -> None:
    """Take a text cell for code where it holds a function that no code cell holds."""
    names = set(matching.skeleton.exercises)
    solved = {name for name, _cell, found in matching.definitions() if matching.is_filled(found)}
    defined = {name for name, _cell, _found in matching.definitions()}
    revived: list[str] = []
    for cell in matching.cells:
        if cell.is_code or cell.role != "plain" or not has_definition_pattern(cell.source, names):
            continue
        if parse(cell.source) is None:
            continue
        useful = [
            name
            for name, places in definitions(cell.source, names - solved).items()
            if name not in defined or matching.is_filled(places[-1])
        ]
        if not useful:
            continue
        cell.node.cell_type = "code"
        cell.node.pop("attachments", None)
        cell.node.execution_count, cell.node.outputs = None, []
        cell.found = definitions(cell.source, names)
        revived += useful
    notes.add_listed(
        _("The cell of {names} was not a code cell; it was read as one."),
        _("The cells of {names} were not code cells; they were read as such."),
        revived,
    )
