"""The language in which the course speaks, and the translation of its sentences.

English is the source. A language is decided, from the first of these that says anything, by

1. what the grader found in the notebook that it marks (:func:`speaking`),
2. the environment variable ``COURSE_LANGUAGE``,
3. the settings of a class (:func:`use_language`),
4. the notebook that is open: a translated one has the entry ``course_language`` in its metadata.

Catalogues are files of gettext's, ``<folder>/<language>/LC_MESSAGES/*.mo``, that ``make release``
writes. A sentence without a translation stays English. Marks never depend on the language.
"""

from __future__ import annotations

import functools
import gettext
import json
import os
import re
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
    return _catalogue(language()).ngettext(one, many, count)


def N_(message: str) -> str:
    """The message itself: marks a sentence that is translated where it is shown."""
    return message


def with_numbers(text: str) -> str:
    """A short text with numbers in it, such as ``5 examples, 3 units``, in the reader's language.

    Catalogues hold it with places for the numbers: ``{0} examples, {1} units``.
    """
    form = numbers_as_places(text)
    translated = _(form)
    return text if translated == form else translated.format(*_NUMBER.findall(text))


def numbers_as_places(text: str) -> str:
    """The text with ``{0}``, ``{1}``, ... for its numbers; as it is where it has braces."""
    if "{" in text or "}" in text:
        return text
    places = iter(range(len(text)))
    return _NUMBER.sub(lambda _found: f"{{{next(places)}}}", text)


def language() -> str:
    """The language in which sentences come out, such as ``en`` or ``zh_CN``."""
    return (
        _chosen.get()
        or _known(os.environ.get("COURSE_LANGUAGE", ""))
        or _usual
        or _of_open_notebook()
    )


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
            with suppress(OSError, ValueError), path.open("rb") as file:
                one = gettext.GNUTranslations(file)
                one.add_fallback(found)
                found = one
    return found


def _of_open_notebook() -> str:
    """The language of the notebook whose kernel this is."""
    return _language_in(os.getcwd(), os.environ.get("JPY_SESSION_NAME", ""))


@functools.cache
def _language_in(folder: str, session: str) -> str:
    """The language of the notebooks of a folder, where they agree in one.

    Parameters:
        folder: where the kernel was started: beside its notebook.
        session: the path of the notebook, where Jupyter tells it.
    """
    named = Path(folder, Path(session).name)
    with suppress(OSError):
        paths = [named] if named.suffix == ".ipynb" and named.is_file() else []
        paths = paths or sorted(Path(folder).glob("*.ipynb"))[:20]
        found = {_language_of(path) for path in paths}
        if len(found) == 1:
            return _closest(found.pop()) or ENGLISH
    return ENGLISH


def _language_of(path: Path) -> str:
    with suppress(OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return str(json.loads(path.read_bytes())["metadata"].get(LANGUAGE_KEY, ENGLISH))
    return ENGLISH
