"""Join cells that were divided, as one keystroke in an editor does.

An editor gives both halves of a divided cell the same metadata, or one of them none. So metadata
does not tell a cell that was divided from one that was doubled; the text does: halves go on where
the other one ends, and a copy says the same again. Text cells may stand between the halves.
"""

from __future__ import annotations

import ast
import difflib
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from course.language import _
from grader.submission.cell_source import cell_magic, holds_python, normal_text, parse
from grader.submission.editions import Editions
from grader.submission.released_cells import SkeletonCell
from grader.submission.repair_notes import Notes
from grader.submission.submitted_cells import Matching, StudentCell

_MOST_PARTS = 20
_MOST_AT_ONCE = 4
_MOST_TEXT_CELLS_BETWEEN = 3
_ALIKE = 0.5
"""From this share of common lines or words on, a text is a copy of another one."""

_STARTS_INDENTED = re.compile(
    r"\A(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]+[^\s#]|\A(?:[ \t]*\n)*(?:[ \t]+#[^\n]*\s*)+\Z"
)
_HEAD = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)


def join_divided(matching: Matching, editions: Editions, notes: Notes) -> None:
    """Join what was divided; the first part stands for the whole.

    Parameters:
        matching: the cells, which know already which cell of the course they claim to be.
        editions: the texts of the course's cells in other languages.
        notes: takes a sentence where something was joined.
    """
    joiner = _Joiner(matching, editions)
    for number, cell in enumerate(matching.cells):
        if id(cell) not in joiner.gone and cell.text not in matching.skeleton.fixed_texts:
            joiner.extend(number)
    matching.cells[:] = [cell for cell in matching.cells if id(cell) not in joiner.gone]
    if joiner.functions == {2}:
        notes.add(_("A function was divided over two cells; they were joined."))
    elif joiner.functions:
        notes.add(_("A function was divided over several cells; they were joined."))
    if joiner.answers:
        notes.add(_("An answer was divided over several cells; they were joined."))


class _Joiner:
    """Joins the cells of one submission.

    Attributes:
        gone: the cells, by ``id``, that are part of another one now.
        functions: of how many parts the functions were that were joined.
        answers: whether answers in words were joined.
    """

    def __init__(self, matching: Matching, editions: Editions) -> None:
        self.gone: set[int] = set()
        self.functions: set[int] = set()
        self.answers = False
        self._skeleton = matching.skeleton
        self._cells = matching.cells
        self._language = matching.language
        self._editions = editions
        self._released = {
            _without_empty_lines(text): known.source
            for known in matching.skeleton.cells.values()
            if known.is_fixed
            for text in (known.source, *editions.other_texts(known.cell_id))
        }
        self._claims: dict[tuple[str, bool], list[StudentCell]] = {}
        for cell in matching.cells:
            if cell.name is not None and cell.text not in matching.skeleton.fixed_texts:
                self._claims.setdefault((cell.name, cell.is_code), []).append(cell)

    def extend(self, number: int) -> None:
        """Join to a cell what continues it, as long as there is something."""
        cell = self._cells[number]
        parts = 1
        while parts < _MOST_PARTS:
            found = self._continuation(number)
            if found is None:
                break
            text, others = found
            self._join(cell, text, others)
            parts += len(others)
        if parts > 1 and cell.text not in self._skeleton.fixed_texts:
            if cell.is_code:
                self.functions.add(parts)
            else:
                self.answers = True

    def _continuation(self, number: int) -> tuple[str, list[StudentCell]] | None:
        """What continues a cell, and the text of the whole; None where nothing does."""
        cell = self._cells[number]
        for others in (list(self._neighbours(number)), self._claiming_the_same(number)):
            for count in range(1, len(others) + 1):
                text = self._whole(cell, others[:count])
                if text is not None:
                    return text, others[:count]
        return None

    def _claiming_the_same(self, number: int) -> list[StudentCell]:
        """The cells that follow, wherever, and claim to be the same cell of the course."""
        cell = self._cells[number]
        claims = self._claims.get((cell.name or "", cell.is_code), [])
        if cell not in claims:
            return []
        following = claims[claims.index(cell) + 1 :]
        return [c for c in following if id(c) not in self.gone][:_MOST_AT_ONCE]

    def _neighbours(self, number: int) -> Iterator[StudentCell]:
        """The code cells that follow and may be of the same cell; texts may stand between them."""
        name, between, found = self._cells[number].name, 0, 0
        if not self._cells[number].is_code:
            return
        for cell in self._cells[number + 1 :]:
            if id(cell) in self.gone:
                continue
            if not cell.is_code:
                between += 1
                if between > _MOST_TEXT_CELLS_BETWEEN:
                    return
                continue
            if name is not None and cell.name is not None and cell.name != name:
                return
            if not found and not self._may_go_on(self._cells[number], cell):
                return
            name, between, found = name or cell.name, 0, found + 1
            yield cell
            if found == _MOST_AT_ONCE:
                return

    def _may_go_on(self, cell: StudentCell, following: StudentCell) -> bool:
        """Whether a cell may be the beginning of something: found out without joining anything."""
        if _STARTS_INDENTED.match(following.source) or not _stands_alone(cell.source):
            return True
        beginning = _without_empty_lines(cell.source)
        return any(released.startswith(beginning) for released in self._released)

    def _whole(self, cell: StudentCell, others: Sequence[StudentCell]) -> str | None:
        """The text of the cell that was divided into these parts; None where they are none."""
        parts = [cell.source, *(other.source for other in others)]
        released = self._released.get(_without_empty_lines("\n".join(parts)))
        if released is not None:
            return released
        name = next((c.name for c in (cell, *others) if c.name is not None), None)
        known = self._skeleton.cells.get(name or "")
        if known is not None and known.is_fixed:
            return None
        if known is not None and all(other.name == cell.name for other in others):
            text = self._editions.in_language(self._language, known.cell_id, known.source)
            return _claimed(parts, text) if cell.is_code else _answer(parts, known)
        return _neighbouring(parts)

    def _join(self, cell: StudentCell, text: str, others: Sequence[StudentCell]) -> None:
        cell.node.source = text
        vars(cell).pop("text", None)
        for other in others:
            self.gone.add(id(other))
            if cell.is_code:
                cell.node.outputs = cell.node.outputs + other.node.outputs
            if cell.name is None and other.name is not None:
                cell.name, cell.node.metadata = other.name, other.node.metadata
        cell.name = self._skeleton.fixed_texts.get(cell.text, cell.name)


def _without_empty_lines(source: str) -> str:
    """The text as it is after a division, for which editors take empty lines away."""
    return "\n".join(line.rstrip() for line in source.split("\n") if line.strip())


def _claimed(parts: Sequence[str], released: str) -> str | None:
    """The whole, of code cells that claim to be the same cell."""
    if _repeats(parts, released):
        return None
    for text in _together(parts):
        if parse(text) is not None:
            return text
    turned = "\n".join(reversed(parts))
    if len(parts) == 2 and parse(parts[0]) is None and parse(turned) is not None:
        return turned  # the second half was moved before the first
    if all(_STARTS_INDENTED.match(part) for part in parts[1:]):
        return "\n".join(parts)  # with a slip in it, which is to be seen where it stands
    return None


def _repeats(parts: Sequence[str], released: str) -> bool:
    """Whether a part says again what another one says: it is a copy, however it was edited."""
    heads = [set(_HEAD.findall(part)) for part in parts]
    if sum(map(len, heads)) > len(set().union(*heads)):
        return True
    counts = Counter(line.strip() for line in released.split("\n"))
    wanted = {line for line, count in counts.items() if count == 1 and len(line) > 10}
    held = [{line.strip() for line in part.split("\n")} & wanted for part in parts]
    return any(
        len(one & other) > _ALIKE * min(len(one), len(other))
        for number, one in enumerate(held)
        for other in held[:number]
    )


def _together(parts: Sequence[str]) -> Iterator[str]:
    """The parts as one text: divided between two lines, or else within one."""
    yield "\n".join(parts)
    if len(parts) == 2:
        yield "".join(parts)


def _neighbouring(parts: Sequence[str]) -> str | None:
    """The whole, of code cells that follow one another and of which one says what it is, or none.

    Cells that make sense by themselves are left alone: nothing says that they were divided.
    """
    first, *others = parts
    if not holds_python(first) or any(cell_magic(other) for other in others):
        return None
    indented = [_STARTS_INDENTED.match(other) is not None for other in others]
    if not indented[0] and _stands_alone(first):
        return None
    alone = [_stands_alone(textwrap.dedent(other)) for other in others]
    if _stands_alone(first) and all(alone):
        return None
    if any(stands and not inside for stands, inside in zip(alone, indented, strict=True)):
        return None
    return next((text for text in _together(parts) if parse(text) is not None), None)


def _stands_alone(source: str) -> bool:
    tree = parse(source)
    return tree is not None and not any(isinstance(node, ast.Return) for node in tree.body)


def _answer(parts: Sequence[str], known: SkeletonCell) -> str | None:
    """The whole, of text cells that claim to be the same answer."""
    if known.kind not in ("answer", "solution"):
        return None
    texts = [normal_text(part) for part in parts]
    if "" in texts or normal_text(known.source) in texts:
        return None
    words = [text.split() for text in texts]
    for number, one in enumerate(words):
        for other in words[:number]:
            if difflib.SequenceMatcher(None, one[:2000], other[:2000]).ratio() > _ALIKE:
                return None
    return "\n\n".join(parts)
