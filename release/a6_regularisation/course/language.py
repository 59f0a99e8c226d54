"""Translate the sentences that students read.

English is the source language. A catalogue ``locale/<language>/LC_MESSAGES/course.mo`` beside this
file is used where the environment variable ``COURSE_LANGUAGE`` (or the system's language settings)
asks for it. Marks never depend on the language.
"""

from __future__ import annotations

import functools
import gettext
import os
from pathlib import Path


@functools.cache
def _catalogue() -> gettext.NullTranslations:
    wanted = os.environ.get("COURSE_LANGUAGE")
    return gettext.translation(
        "course",
        localedir=Path(__file__).parent / "locale",
        languages=[wanted] if wanted else None,
        fallback=True,
    )


def _(message: str) -> str:
    """The message in the student's language, or as it is where there is no translation."""
    return _catalogue().gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for ``count`` things, in the student's language."""
    return _catalogue().ngettext(one, many, count)
