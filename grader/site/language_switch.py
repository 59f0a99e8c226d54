"""A Sphinx extension: every page leads to the same page in the other languages of the site.

The links are relative, so they work in a folder as on a server. ``language.js`` of the author's
part adds the section that the reader is at.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.core import Locale

_FILE = "editions.json"
_EVERYWHERE = ("index", "search", "licences", "playground")


@dataclass(frozen=True)
class Other:
    """A page in another language.

    Attributes:
        tag: the language as HTML names it: ``zh-CN``.
        name: the language, named in itself.
        link: where the page lies, seen from the page that leads to it.
        is_same: whether it is the same page; if there is none, it is the first page.
    """

    tag: str
    name: str
    link: str
    is_same: bool


def place_of(language: str, languages: Sequence[str]) -> str:
    """The folder of a language in the site: empty for the first one, which is the site's own."""
    return "" if language == languages[0] else language


def write_editions(editions: Mapping[str, Sequence[str]], folder: Path) -> None:
    """Tell this extension what the site has.

    Parameters:
        editions: language -> names of its pages; the first is the one at the root of the site.
        folder: where the sources of the site lie.
    """
    (folder / _FILE).write_text(json.dumps(editions), encoding="utf-8")


def other_languages(editions: Mapping[str, Sequence[str]], language: str, page: str) -> list[Other]:
    """The links of a page to the other languages.

    Parameters:
        editions: as in :func:`write_editions`.
        language: of the page.
        page: its name, without a suffix.
    """
    languages = list(editions)
    up = "../" if place_of(language, languages) else ""
    found = []
    for other in languages:
        if other != language:
            is_same = page in (*_EVERYWHERE, *editions[other])
            place = place_of(other, languages)
            link = f"{up}{place and place + '/'}{page if is_same else 'index'}.html"
            locale = Locale.parse(other)
            name = locale.get_language_name() or other
            found.append(Other(other.replace("_", "-"), name, link, is_same))
    return found


def _add(app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    editions = json.loads((Path(app.srcdir) / _FILE).read_text(encoding="utf-8"))
    others = other_languages(editions, app.config.language, page)
    context["other_languages"] = others
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n<link rel="alternate" hreflang="{other.tag}" href="{html.escape(other.link)}" />'
        for other in others
        if other.is_same
    )


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx about the extension."""
    app.connect("html-page-context", _add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
