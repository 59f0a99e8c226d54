"""``make translations``: bring every catalogue up to what the course says now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.core import Locale, UnknownLocaleError

from grader.paths import TRANSLATIONS
from grader.release.translation.bodies import Body, bodies
from grader.release.translation.catalogues import (
    State,
    read_catalogue,
    translations_of,
    updated,
    write_catalogue,
)
from grader.release.translation.compiled import catalogue_path, languages
from grader.release.translation.soundness import differences
from grader.text.terminal import CannotGoOn


class NoSuchLanguage(CannotGoOn):
    """There is no language of this name. The message gives examples."""


@dataclass(frozen=True)
class Updated:
    """What one catalogue says now.

    Attributes:
        language, name: which catalogue.
        state: what is translated of it, and what is not.
        unsound: translations that differ from their English in code, formulas, links or numbers.
        changed: whether the file changed.
    """

    language: str
    name: str
    state: State
    unsound: tuple[tuple[str, str], ...]
    changed: bool


def update_catalogues(wanted: Iterable[str] = ()) -> Iterator[Updated]:
    """Update the catalogues of languages; those of a new language are made.

    Parameters:
        wanted: the languages; all that there are where empty.

    Raises:
        NoSuchLanguage: a name is not that of a language.
    """
    chosen = list(wanted) or languages()
    for language in chosen:
        _check(language)
    whole = list(bodies())
    for language in chosen:
        for body in whole:
            yield _updated(language, body)
        known = {body.name for body in whole}
        for path in sorted((TRANSLATIONS / language).glob("*.po")):
            if path.stem not in known:
                yield _updated(language, Body(path.stem, ()))


def _updated(language: str, body: Body) -> Updated:
    path = catalogue_path(language, body.name)
    catalogue = read_catalogue(path, language)
    state = updated(catalogue, body.entries, language)
    changed = bool(body.entries or path.exists()) and write_catalogue(path, catalogue, language)
    unsound = tuple(
        (text, "; ".join(found))
        for (_context, text), translation in translations_of(catalogue).items()
        if (found := differences(text, translation))
    )
    return Updated(language, body.name, state, unsound, changed)


def _check(language: str) -> None:
    try:
        Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        raise NoSuchLanguage(
            f"{language!r} is not the name of a language: give one such as zh_CN, de or pt_BR"
        ) from None
