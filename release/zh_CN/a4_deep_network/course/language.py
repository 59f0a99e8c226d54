"""The language in which the course speaks, and the translation of its sentences.

English is the source. A language is decided, from the first of these that says anything, by

1. what the grader found in the notebook that it marks (:func:`speaking`),
2. the environment variable ``COURSE_LANGUAGE``,
3. the settings of a class (:func:`use_language`),
4. the notebook that is open: a translated one has the entry ``course_language`` in its metadata.
   Jupyter and Visual Studio Code tell its path. Where nobody does, the notebooks of the folder in
   which the kernel was started decide, if they agree.

All of that is looked at anew for each sentence, so no kernel needs to be restarted.

Catalogues are files of gettext's, ``<folder>/<language>/LC_MESSAGES/*.mo``, that ``make release``
writes. A sentence without a translation stays English. Marks never depend on the language.
"""

from __future__ import annotations

import functools
import gettext
import json
import os
import re
import stat
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

__all__ = ["LANGUAGE_KEY", "N_", "_", "also_read", "known_languages", "language", "ngettext"]
__all__ += ["ENGLISH", "language_of_metadata", "use_language"]
__all__ += ["numbers_as_places", "page_language", "speaking", "with_numbers"]

ENGLISH = "en"
LANGUAGE_KEY = "course_language"
"""The entry of a notebook's metadata that says in which language it is; English has none."""

_LARGEST_NOTEBOOK = 200_000_000  # bytes
_MOST_NOTEBOOKS = 20
_STARTED_IN = ""
"""Where the process was when it first wanted a sentence: students' code may go elsewhere."""
with suppress(OSError):
    _STARTED_IN = os.getcwd()

_NUMBER = re.compile(r"(?<![\w.{])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w}])")
_folders: list[Path] = [Path(__file__).parent / "locale"]
_chosen: ContextVar[str] = ContextVar("language", default="")
_usual = ""  # what the settings of a class say
_LONGEST_NAME = 40


def _(message: str) -> str:
    """The message in the reader's language, or as it is where there is no translation."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for ``count`` things, in the reader's language."""
    found = _catalogue(language()).ngettext(one, many, count)
    return found or (one if count == 1 else many)  # a catalogue may hold forms without a text


def N_(message: str) -> str:
    """The message itself: marks a sentence that is translated where it is shown."""
    return message


def with_numbers(text: str) -> str:
    """A short text with numbers in it, such as ``5 examples, 3 units``, in the reader's language.

    Catalogues hold it with places for the numbers: ``{0} examples, {1} units``.
    """
    form = numbers_as_places(text)
    translated = _(form)
    if form == text:  # there is no number, or there are braces of a formula
        return translated
    return text if translated == form else translated.format(*_NUMBER.findall(text))


def numbers_as_places(text: str) -> str:
    """The text with ``{0}``, ``{1}``, ... for its numbers; as it is where it has braces."""
    if "{" in text or "}" in text:
        return text
    places = iter(range(len(text)))
    return _NUMBER.sub(lambda _found: f"{{{next(places)}}}", text)


def language() -> str:
    """The language in which sentences come out, such as ``en`` or ``zh_CN``."""
    wanted = os.environ.get("COURSE_LANGUAGE", "").strip()
    return _chosen.get() or _known(wanted) or _usual or _known(_of_open_notebook()) or ENGLISH


def use_language(wanted: str) -> str:
    """Speak a language from now on, wherever neither a notebook nor the environment decides.

    Parameters:
        wanted: such as ``zh_CN``; where there is none of that name, which is said, English is
            spoken. Empty: the open notebook decides again.

    Returns:
        The language as it is known here.
    """
    global _usual
    _usual = _known(wanted)
    return _usual


def language_of_metadata(metadata: object) -> str:
    """The language that a notebook's metadata name; empty where they name none that is known.

    Parameters:
        metadata: anything may stand there.
    """
    named = metadata.get(LANGUAGE_KEY) if isinstance(metadata, dict) else None
    return _closest(named) if isinstance(named, str) and len(named) <= _LONGEST_NAME else ""


def page_language() -> str:
    """The language as HTML names it: ``zh-CN``."""
    return language().replace("_", "-")


@contextmanager
def speaking(wanted: str) -> Iterator[str]:
    """Say what is said inside in a language; where there is none of that name, in the usual one.

    Parameters:
        wanted: such as ``zh_CN``, or ``zh``; anything may stand here.
    """
    token = _chosen.set(_closest(wanted))
    try:
        yield language()
    finally:
        _chosen.reset(token)


def known_languages() -> tuple[str, ...]:
    """The languages that there are catalogues of, and English."""
    found = {
        path.name
        for folder in _folders
        if folder.is_dir()
        for path in folder.iterdir()
        if (path / "LC_MESSAGES").is_dir()
    }
    return (ENGLISH, *sorted(found))


def also_read(folder: Path) -> None:
    """Read the catalogues of another folder as well: ``<folder>/<language>/LC_MESSAGES/*.mo``."""
    if folder not in _folders:
        _folders.append(folder)
        _catalogue.cache_clear()
        _known.cache_clear()


@functools.cache
def _known(wanted: str) -> str:
    """The language that is meant; English where it is not known, which is said once."""
    if not wanted:
        return ""
    found = _closest(wanted)
    if not found:
        print(
            f"There is no edition of this course in {wanted[:40]!r}, so it speaks English. "
            f"Languages: {', '.join(known_languages())}.",
            file=sys.stderr,
        )
    return found or ENGLISH


def _closest(wanted: str) -> str:
    """``zh``, ``zh-CN`` and ``zh_CN.UTF-8`` all mean ``zh_CN``; nothing where none is meant."""
    name = re.split("[.@]", str(wanted).strip())[0].replace("-", "_").lower()
    languages = {one.lower(): one for one in known_languages()}
    if name in ("c", "posix") or name.split("_")[0] == ENGLISH:
        return ENGLISH
    if name in languages:
        return languages[name]
    kin = (one for key, one in languages.items() if key.split("_")[0] == name.split("_")[0])
    return next(kin, "")


@functools.cache
def _catalogue(name: str) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for folder in _folders:
        for path in sorted((folder / name / "LC_MESSAGES").glob("*.mo")):
            with suppress(OSError, ValueError, struct.error), path.open("rb") as file:
                one = gettext.GNUTranslations(file)
                one.add_fallback(found)
                found = one
    return found


def _of_open_notebook() -> str:
    """What the notebook whose kernel this is says of its language; empty where it says nothing."""
    # Visual Studio Code puts the path into the notebook itself, Jupyter into the environment.
    main = vars(sys.modules["__main__"]) if "__main__" in sys.modules else {}
    for told in (main.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if type(told) is str and told.endswith(".ipynb"):
            here = Path(_STARTED_IN, told)
            for path in (here, Path(_STARTED_IN, here.name)):
                said = _said_by(path)
                if said is not None:
                    return said
    said_here = {_said_by(path) for path in _notebooks_of(_STARTED_IN)} - {None}
    return (said_here.pop() or "") if len(said_here) == 1 else ""


def _notebooks_of(folder: str) -> list[Path]:
    with suppress(OSError):
        return _listed(folder, os.stat(folder).st_mtime_ns) if folder else []
    return []


@functools.lru_cache(maxsize=4)
def _listed(folder: str, _changed: int) -> list[Path]:
    return sorted(Path(folder).glob("*.ipynb"))[:_MOST_NOTEBOOKS]


def _said_by(path: Path) -> str | None:
    """The language that a notebook is in, empty for English; None where it is no notebook."""
    with suppress(OSError, ValueError):
        facts = path.stat()
        if stat.S_ISREG(facts.st_mode) and facts.st_size <= _LARGEST_NOTEBOOK:
            return _read(path, facts.st_mtime_ns, facts.st_size)
    return None


@functools.lru_cache(maxsize=4 * _MOST_NOTEBOOKS)
def _read(path: Path, _changed: int, _size: int) -> str | None:
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        said = json.loads(path.read_bytes())["metadata"].get(LANGUAGE_KEY, "")
        return said if isinstance(said, str) else ""
    return None
