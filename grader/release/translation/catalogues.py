"""The catalogues of ``translations/``: one file of gettext's for each body of text and language.

``translations/zh_CN/a4_deep_network.po`` holds the paragraphs of a notebook, each in the context of
its cell's id; other files hold the sentences in code. Babel reads, updates and writes them.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = """\
# {name} in {language}, a translation of the English text of the course.
# Written by "make translations"; only what stands behind msgstr is edited by hand.
#"""


@dataclass(frozen=True)
class Entry:
    """A text that is to be translated.

    Attributes:
        text: the English text, or for a number of things the forms for one and for many.
        context: the id of the cell that it stands in; empty for sentences in code.
        remark: a word to the translator.
    """

    text: str | tuple[str, str]
    context: str = ""
    remark: str = ""


@dataclass(frozen=True)
class State:
    """What is translated of a catalogue, and what is not.

    Attributes:
        translated: how many texts are shown in the language.
        missing: the texts that nobody has translated yet.
        fuzzy: the texts whose English has changed since; they are shown in English.
        stale: how many translations belong to texts that are gone.
    """

    translated: int
    missing: tuple[str, ...]
    fuzzy: tuple[str, ...]
    stale: int


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue of a file; an empty one where there is none yet.

    Parameters:
        path: a ``.po`` file.
        language: such as ``zh_CN``.

    Raises:
        PoFileError: the file is damaged; the error says where.
    """
    if not path.exists():
        return Catalog(locale=language, creation_date=_BEGINNING, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def write_catalogue(path: Path, catalogue: Catalog, language: str) -> bool:
    """Write a catalogue where it differs from what the file holds; say whether it did.

    Dates and places in the code are left out, so that a file changes only with its texts.
    """
    catalogue.header_comment = _HEADER.format(name=path.stem, language=language)
    settle_header(catalogue)
    for message in catalogue:
        # What looks like a placeholder in a formula is none.
        message.flags -= {"python-format", "python-brace-format"}
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True)
    if path.exists() and path.read_bytes() == written.getvalue():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())
    return True


def settle_header(catalogue: Catalog) -> None:
    """Give a catalogue a header that says nothing of times and people: history has these."""
    catalogue.project, catalogue.version = "Neural networks from scratch", "1"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = _BEGINNING
    catalogue.fuzzy = False


def updated(catalogue: Catalog, entries: Iterable[Entry], language: str) -> State:
    """Bring a catalogue up to what the course says now; say what is translated.

    A translation whose English has changed is kept as a proposal, marked fuzzy; one whose English
    is gone is kept at the end of the file.

    Parameters:
        catalogue: is changed.
        entries: all texts of this body, in their order.
        language: such as ``zh_CN``.
    """
    template = Catalog(locale=language)
    gone = {(message.context or "", message.id): message for message in catalogue.obsolete.values()}
    for entry in entries:
        if old := gone.get((entry.context, entry.text)):
            catalogue.add(entry.text, old.string, context=entry.context or None)
        template.add(
            entry.text,
            context=entry.context or None,
            auto_comments=[entry.remark] if entry.remark else (),
        )
    catalogue.update(template, update_creation_date=False)
    return state_of(catalogue)


def state_of(catalogue: Catalog) -> State:
    """What is translated of a catalogue."""
    missing, fuzzy, translated = [], [], 0
    for message in catalogue:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        strings = [message.string] if isinstance(message.string, str) else message.string
        if not all(strings or ("",)):
            missing.append(text)
        elif message.fuzzy:
            fuzzy.append(text)
        else:
            translated += 1
    return State(translated, tuple(missing), tuple(fuzzy), len(catalogue.obsolete))


def translations_of(catalogue: Catalog) -> Mapping[tuple[str, str], str]:
    """The translations in force, by context and English text; of plurals the form for many."""
    found = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        string = message.string if isinstance(message.string, str) else (message.string or [""])[-1]
        if string:
            found[message.context or "", text] = string
    return found


def stored_translations(path: Path, language: str) -> Mapping[tuple[str, str], str]:
    """The translations in force of a file; none where there is no such file."""
    return _stored(path, language, path.stat().st_mtime_ns) if path.exists() else {}


@functools.lru_cache(maxsize=64)
def _stored(path: Path, language: str, _changed: int) -> Mapping[tuple[str, str], str]:
    return translations_of(read_catalogue(path, language))
