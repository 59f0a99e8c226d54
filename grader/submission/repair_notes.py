"""The sentences that tell a student what was repaired in the notebook."""

from __future__ import annotations

from collections.abc import Iterable

from course.language import _, ngettext
from grader.submission.notebook_file import NotebookFile


def listed(names: Iterable[str], at_most: int = 12) -> str:
    """The names as they are listed in a sentence."""
    known = list(dict.fromkeys(names))
    if len(known) > at_most:
        return ", ".join(known[:at_most]) + ", ..."
    if len(known) > 1:
        return _("{first} and {last}").format(first=", ".join(known[:-1]), last=known[-1])
    return "".join(known)


class Notes:
    """Collects what was repaired.

    Notebooks of the same functions that come from elsewhere lack everything that this course's
    notebooks have, and nothing is wrong with them: they get one sentence.
    """

    def __init__(self, file: NotebookFile) -> None:
        self._file = [str(note) for note in file.notes]
        self._always: list[str] = []
        self._ours: list[str] = []
        language = _language(file)
        if language:
            self._always.append(
                _(
                    "The notebook was saved with a kernel for {language}; it is run as Python."
                ).format(language=language)
            )

    def add(self, sentence: str, always: bool = False) -> None:
        """Note a repair.

        Parameters:
            sentence: what was repaired.
            always: whether it is worth telling for a notebook from elsewhere, too.
        """
        target = self._always if always else self._ours
        if sentence not in target:
            target.append(sentence)

    def add_listed(self, one: str, many: str, names: Iterable[str]) -> None:
        """Note a repair of several cells in one sentence, which has ``{names}`` in it."""
        known = list(dict.fromkeys(names))
        if known:
            self.add(ngettext(one, many, len(known)).format(names=listed(known)))

    def sentences(self, is_ours: bool) -> tuple[str, ...]:
        """All sentences, most general first."""
        if is_ours:
            return (*self._file, *self._always, *self._ours)
        foreign = _(
            "The notebook does not carry this course's cell ids; functions were found by name."
        )
        return (*self._file, foreign, *self._always)


def _language(file: NotebookFile) -> str:
    """The language of the kernel where it is not Python."""
    metadata = file.notebook.metadata
    for holder, key in (("language_info", "name"), ("kernelspec", "language")):
        language = metadata.get(holder, {}).get(key)
        if isinstance(language, str) and language.strip():
            is_python = "python" in language.lower() or language.lower() in ("sage", "coconut")
            return "" if is_python else language.strip()[:40]
    return ""
