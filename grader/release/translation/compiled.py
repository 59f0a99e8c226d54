"""Compiled catalogues, as the standard library's gettext reads them while the course runs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from course.language import numbers_as_places
from grader.paths import IS_INSTALLED, LOCALE, OWN_LOCALE, PUBLIC_CASES, TRANSLATIONS
from grader.release.translation.bodies import CODE, EXERCISES, STUDENTS
from grader.release.translation.catalogues import (
    read_catalogue,
    settle_header,
    stored_translations,
)


def languages() -> list[str]:
    """The languages that ``translations/`` has a folder of."""
    return sorted(path.name for path in TRANSLATIONS.glob("*") if any(path.glob("*.po")))


def catalogue_path(language: str, name: str) -> Path:
    """The file of a catalogue."""
    return TRANSLATIONS / language / f"{name}.po"


def compiled_catalogues() -> dict[Path, bytes]:
    """All compiled catalogues: where each belongs -> its content.

    Students' modules find theirs in the package ``course``; sentences that only an instructor's
    copy may have, the misconceptions of all exercises among them, stay in ``translations/``.
    """
    made = {}
    for language in languages():
        folder = Path(language, "LC_MESSAGES")
        if not IS_INSTALLED:
            made[LOCALE / folder / "course.mo"] = _compiled(language, STUDENTS)
        for cases in sorted(PUBLIC_CASES.glob("*.json")):
            sentences = public_sentences(cases.read_bytes(), language)
            made[OWN_LOCALE / folder / f"{cases.stem}.mo"] = sentences
        others = [name for name in CODE if name not in STUDENTS]
        exercises = sorted(path.stem for path in (TRANSLATIONS / language).glob(f"*{EXERCISES}.po"))
        made[TRANSLATIONS / folder / "grader.mo"] = _compiled(language, [*others, *exercises])
    return made


def public_sentences(cases: bytes, language: str) -> bytes:
    """The compiled catalogue of what a file of public cases says, and of nothing else.

    Parameters:
        cases: the file, as it goes to students: without hints where these are withheld.
        language: such as ``zh_CN``.
    """
    data = json.loads(cases)
    name = data["assignment"]
    known: dict[str, str] = {}
    for part in (name, name + EXERCISES):
        path = catalogue_path(language, part)
        for (_context, text), translation in stored_translations(path, language).items():
            known.setdefault(text, translation)
    catalogue = Catalog(locale=language)
    for text in sorted(known.keys() & set(_sentences(data["functions"]))):
        catalogue.add(text, known[text])
    return _bytes(catalogue)


def _sentences(functions: Mapping[str, Any]) -> Iterable[str]:
    for function in functions.values():
        yield from (function["lesson_title"], function["learned"], *function.get("hints", ()))
        yield from (mistake["message"] for mistake in function["mistakes"])
        yield from (numbers_as_places(case["name"]) for case in function["cases"])


def _compiled(language: str, names: Iterable[str]) -> bytes:
    together = Catalog(locale=language)
    for name in names:
        for message in read_catalogue(catalogue_path(language, name), language):
            # What is not translated here may be in another catalogue.
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not message.fuzzy and all(strings):
                together.add(message.id, message.string)
    return _bytes(together)


def _bytes(catalogue: Catalog) -> bytes:
    settle_header(catalogue)
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()
