"""Translates the few words that the theme has only in English into the language of the page."""

from __future__ import annotations

import re
from pathlib import Path

from course.language import N_, _

_WORDS = (
    N_("Color mode"),
    N_("Main"),
    N_("Page"),
    N_("Search..."),
    N_("System Settings"),
    N_("Toggle hidden content"),
    N_("Toggle primary sidebar"),
    N_("Toggle secondary sidebar"),
)
_SHOWN = re.compile(
    r'(?P<before>\b(?:title|aria-label|placeholder)="|</i>)'
    rf"(?P<words>{'|'.join(map(re.escape, _WORDS))})"
    r'(?=["<])'
)


def translate_theme(folder: Path) -> None:
    """Translate these words in the pages of a folder into the language that is spoken."""
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        made = _SHOWN.sub(_translated, text)
        if made != text:
            path.write_text(made, encoding="utf-8")


def _translated(found: re.Match[str]) -> str:
    words = found["words"]
    return found["before"] + _(words)
