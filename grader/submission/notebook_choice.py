"""Find the notebook among the files that a student handed in.

A browser adds ``.txt`` to a name or a number, a system packs everything into an archive, an editor
exports a script. What is most likely the notebook is taken first; among several candidates, one in
which something is solved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from course.language import _
from grader.exercises.assignment import Assignment
from grader.submission.notebook_bytes import UnreadableNotebook, read_notebook_file
from grader.submission.notebook_owner import notebook_of
from grader.submission.repair import repair
from grader.submission.sentences import Sentence, sentence
from grader.submission.submitted_files import SubmittedFile, files_of_archive, is_archive
from grader.text.terminal import printable

_LONGEST_START = 300
_ARCHIVES = 2  # their rank
_MOST_CANDIDATES = 8
_MOST_ARCHIVES = 3
_MOST_NESTED = 2
_LARGEST_ARCHIVE = 500_000_000

_NOTEBOOK = re.compile(r"\.ipynb\Z", re.IGNORECASE)
_RENAMED = re.compile(r"[._-]ipynb(?:[ ._(~-]|\Z)", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"\.(?:zip|tar|tgz|tbz2?|txz|(?:tar\.|ipynb\.)?(?:gz|bz2|xz))\Z", re.IGNORECASE
)
_PERHAPS = re.compile(r"\.(?:json|nb|txt|py)\Z", re.IGNORECASE)
_NEVER_ONE = re.compile(r"\.(?:html?|pdf|docx?|odt|rtf|md|rar|7z)\Z", re.IGNORECASE)


class MissingNotebook(UnreadableNotebook):
    """One of several notebooks was not handed in, and no file may be it."""


@dataclass(frozen=True)
class ChosenNotebook:
    """The notebook that is graded.

    Attributes:
        raw: its bytes; of a very large one only what is needed.
        file: where it was found.
        sentences: what was odd about that.
        archive: the files of the archive in which it was; None where it was in none.
        solved: how many functions are solved in it; -1 where nobody has looked.
    """

    raw: bytes
    file: SubmittedFile
    sentences: tuple[Sentence, ...] = ()
    archive: tuple[SubmittedFile, ...] | None = None
    solved: int = -1


def rank_of(name: str) -> int | None:
    """How likely a file is the notebook by its name, 0 the likeliest; None where it is not."""
    kinds = (_NOTEBOOK, _RENAMED, _ARCHIVE, _PERHAPS, _NEVER_ONE)
    if _ARCHIVE.search(name):
        return 2
    return next((rank for rank, kind in enumerate(kinds) if kind.search(name)), None)


def choose_notebook(files: Sequence[SubmittedFile], assignment: Assignment) -> ChosenNotebook:
    """Take the notebook that is graded.

    Parameters:
        files: what was handed in.
        assignment: what it is a submission of.

    Raises:
        UnreadableNotebook: there is none that can be read; the sentence says what to do.
    """
    groups = _groups(files, assignment)
    if not groups:
        raise _none(files, assignment)
    best: ChosenNotebook | None = None
    problem: UnreadableNotebook | None = None
    for number, group in enumerate(groups):
        if best is not None and (number >= _last_rival(groups) or best.solved > 0):
            break
        try:
            found = _best(group, assignment, alone=len(groups) == 1)
        except UnreadableNotebook as error:
            problem = problem or error
            continue
        if best is None or found.solved > best.solved:
            best = found
    if best is None:
        raise problem or UnreadableNotebook(_why_none(files))
    return best


def only_candidate(files: Sequence[SubmittedFile], assignment: Assignment) -> SubmittedFile | None:
    """The file that is the notebook whatever is in it; None where that is to be found out.

    Parameters:
        files, assignment: see :func:`choose_notebook`.

    Raises:
        UnreadableNotebook: there is one candidate, which cannot be opened.
    """
    if len(assignment.cells_of_folder) > 1:
        return None
    groups = _groups(files, assignment)
    if len(groups) != 1 or groups[0][0] >= 2 or len(groups[0][1]) != 1:
        return None
    (file,) = groups[0][1]
    with file.open() as stream:
        return None if is_archive(stream.read(_LONGEST_START)) else file


def raw_notebook(file: SubmittedFile) -> bytes:
    """The bytes of a notebook; of a very large one only what is needed.

    Raises:
        UnreadableNotebook: it cannot be read.
    """
    with file.open() as stream:
        return read_notebook_file(stream, file.size)[0]


def _groups(
    files: Sequence[SubmittedFile], assignment: Assignment
) -> list[tuple[int, list[SubmittedFile]]]:
    """The candidates, the likeliest first: by the kind of name, those of inner folders later."""
    wanted = f"{assignment.notebook_name}.ipynb"
    groups: dict[tuple[int, bool], list[SubmittedFile]] = {}
    for file in files:
        rank = rank_of(file.name)
        if rank is None or file.name.rpartition("/")[2] == "timestamp.txt":
            continue
        if _may_be(file, rank, assignment):
            groups.setdefault((rank, bool(file.folder)), []).append(file)
    if (0, False) in groups:
        groups.pop((0, True), None)
    return [
        (rank, sorted(group, key=lambda f: (f.name != wanted, f.name.lower() != wanted)))
        for (rank, _inner), group in sorted(groups.items())
    ]


def _may_be(file: SubmittedFile, rank: int, assignment: Assignment) -> bool:
    """Whether a file is no other notebook of the assignment; an archive may hold all of them."""
    if len(assignment.cells_of_folder) < 2 or rank == _ARCHIVES:
        return True
    return notebook_of(file, assignment, look=rank < _ARCHIVES) == assignment.notebook_name


def _last_rival(groups: Sequence[tuple[int, list[SubmittedFile]]]) -> int:
    """Up to which group a candidate may hold what an earlier one lacks: helpers never do."""
    return sum(rank <= 2 for rank, _group in groups)


def _best(
    group: tuple[int, list[SubmittedFile]], assignment: Assignment, alone: bool
) -> ChosenNotebook:
    """The notebook with the right name, unless another one alone has anything solved in it."""
    rank, files = group
    single = alone and len(files) == 1
    best: ChosenNotebook | None = None
    problem: UnreadableNotebook | None = None
    for file in files[: _MOST_ARCHIVES if rank == _ARCHIVES else _MOST_CANDIDATES]:
        try:
            found = _opened(file, assignment)
            if not (single and found.archive is None and rank < 2):
                found = _looked_into(found, assignment, must_define=rank > 2)
        except UnreadableNotebook as error:
            problem = problem or error
            continue
        if found.solved and file.name == f"{assignment.notebook_name}.ipynb" and len(files) > 1:
            best = found
            break
        if best is None or found.solved > best.solved:
            best = found
    if best is None:
        raise problem or UnreadableNotebook(_("None of the notebooks can be read."))
    if len(files) > 1 and rank < 2:
        odd = sentence(
            "{count} notebooks were handed in; {name} was graded.",
            count=len(files),
            name=_shown(best.file.name),
        )
    elif best.archive is not None or best.file.name == f"{assignment.notebook_name}.ipynb":
        return best
    else:
        odd = sentence("The notebook was handed in as {name}.", name=_shown(best.file.name))
    return replace(best, sentences=(odd, *best.sentences))


def _looked_into(
    found: ChosenNotebook, assignment: Assignment, must_define: bool
) -> ChosenNotebook:
    if found.solved >= 0:
        return found
    repaired = repair(found.raw, assignment)
    if must_define and not repaired.functions:
        text = _(
            "There is no notebook in the folder, and {name} holds no function of the assignment: "
            "ask the student to hand in the notebook."
        )
        raise UnreadableNotebook(text.format(name=_shown(found.file.name)))
    solved = len(set(repaired.functions) - repaired.untouched)
    return replace(found, solved=solved)


def _opened(file: SubmittedFile, assignment: Assignment, nested: int = 0) -> ChosenNotebook:
    """A candidate, read; where it is an archive, whatever its name, the notebook in it."""
    with file.open() as stream:
        start = stream.read(_LONGEST_START)
    if not is_archive(start):
        with file.open() as stream:
            raw, notes = read_notebook_file(stream, file.size)
        return ChosenNotebook(raw, file, tuple(notes))
    packed = file.read(_LARGEST_ARCHIVE)
    inner = files_of_archive(packed, file.name) if packed is not None else []
    if nested >= _MOST_NESTED or not inner:
        text = _(
            "{name} is an archive in which no notebook can be found: ask the student for the "
            ".ipynb file itself."
        )
        if packed is not None and not inner:
            text = _(
                "{name} is a ZIP archive or a document in which no notebook can be found: ask the "
                "student for the .ipynb file itself."
            )
        raise UnreadableNotebook(text.format(name=_shown(file.name)))
    chosen = _of_archive(inner, assignment, nested + 1)
    odd = sentence(
        "The notebook was taken out of {archive}, where it is called {name}.",
        archive=_shown(file.name),
        name=_shown(chosen.file.name),
    )
    archive = chosen.archive if chosen.archive is not None else tuple(inner)
    return replace(chosen, sentences=(odd, *chosen.sentences), archive=archive)


def _of_archive(
    files: Sequence[SubmittedFile], assignment: Assignment, nested: int
) -> ChosenNotebook:
    best: ChosenNotebook | None = None
    for rank, group in _groups(files, assignment):
        for file in group[: _MOST_ARCHIVES if rank == _ARCHIVES else _MOST_CANDIDATES]:
            try:
                found = _opened(file, assignment, nested)
                found = _looked_into(found, assignment, must_define=rank > 2)
            except UnreadableNotebook:
                continue
            if best is None or found.solved > best.solved:
                best = found
        if best is not None and (best.solved > 0 or rank >= 2):
            break
    if best is None:
        raise UnreadableNotebook(
            _(
                "The archive holds no notebook that can be read: ask the student for the .ipynb "
                "file itself."
            )
        )
    return best


def _none(files: Sequence[SubmittedFile], assignment: Assignment) -> UnreadableNotebook:
    """Why there is no notebook."""
    others = assignment.cells_of_folder
    if len(others) < 2:
        return UnreadableNotebook(_why_none(files))
    sentence = _("{name}.ipynb was not handed in.").format(name=assignment.notebook_name)
    unknown = [
        _shown(file.name)
        for file in files
        if rank_of(file.name) in (0, 1) and notebook_of(file, assignment) is None
    ]
    if not unknown:
        return MissingNotebook(sentence)
    text = _("Which notebook {names} is cannot be told: look at it.")
    return UnreadableNotebook(f"{sentence} {text.format(names=', '.join(unknown[:5]))}")


def _why_none(files: Sequence[SubmittedFile]) -> str:
    names = [_shown(file.name) for file in files if file.name != "timestamp.txt"][:5]
    if not names:
        return _(
            "There is no notebook (a file whose name ends in .ipynb) in the folder: ask the "
            "student to hand in the notebook."
        )
    return _(
        "There is no notebook (a file whose name ends in .ipynb) in the folder, but {names}: ask "
        "the student to hand in the notebook."
    ).format(names=", ".join(names))


def _shown(name: str) -> str:
    return re.sub("[<>&]", "?", printable(name[:80], "?"))
