"""The links of a notebook's text, and the places in it that links can lead to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"\s*>\s*</a>")

# In code and in formulas brackets and parentheses are no links: x^{[1](i)}. They come first, so
# that the search steps over them.
_CODE_OR_FORMULA = r"```.*?```|`[^`\n]+`|\$\$.*?\$\$|\$[^$]+\$"
_LINK = r"(?<!!)\[(?P<text>(?:\\.|[^\[\]])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)"
_PARTS = re.compile(f"{_CODE_OR_FORMULA}|{_LINK}", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def links_of(text: str) -> list[str]:
    """The targets of the links in a text of Markdown, in order."""
    return [part["target"] for part in _PARTS.finditer(text) if part["target"]]


def with_links(text: str, change: Callable[[str], str]) -> str:
    """A text of Markdown with every target of a link changed.

    Parameters:
        text: the Markdown.
        change: takes a target and returns the new one.
    """

    def changed(part: re.Match[str]) -> str:
        if not part["target"]:
            return part[0]
        return f"[{part['text']}]({change(part['target'])})"

    return _PARTS.sub(changed, text)


def heading_anchor(title: str) -> str:
    """The name under which JupyterLab reaches a heading: its text with hyphens for spaces."""
    return re.sub(r"\s+", "-", title.strip())


def headings_of(text: str) -> list[str]:
    """The headings in a text of Markdown, without their number signs."""
    return [found[1] for found in _HEADING.finditer(_FENCE.sub("", text))]


def with_english_anchors(text: str, english: str, taken: set[str]) -> str:
    """A translated text whose sections can be reached by the names they have in English.

    On the site a heading without a mark above it is known by its words, which differ from
    language to language.

    Parameters:
        text: the Markdown.
        english: the Markdown that it translates.
        taken: names that stand for another place of the page; those that are given are added.
    """
    titles = iter(headings_of(english))
    lines: list[str] = []
    for part in re.split(f"({_FENCE.pattern})", text, flags=_FENCE.flags):
        if _FENCE.fullmatch(part):
            lines.append(part)
            continue
        lines.append(_HEADING.sub(lambda found: _named(found[0], next(titles, ""), taken), part))
    return "".join(lines)


def _named(heading: str, english: str, taken: set[str]) -> str:
    """A heading below the name that Sphinx gives to its English; the title of a page has none."""
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[`$*]", "", english).lower())
    name = re.sub(r"^[-0-9]+|-+$", "", words)
    if name in taken:  # as grader/site/anchors.py names it
        name += "-section"
    if not name or name in taken or heading.startswith("# "):
        return heading
    taken.add(name)
    return f'<a id="{name}"></a>\n{heading}'


def page_link(target: str) -> str:
    """A link between notebooks as a link between pages of the site.

    ``../release/a4_deep_network/a4_deep_network.ipynb#cost`` becomes ``a4_deep_network.html#cost``;
    what leads to no notebook stays as it is.
    """
    path, hash_mark, section = target.partition("#")
    if "://" in path or not path.endswith(".ipynb"):
        return target
    return f"{PurePosixPath(unquote(path)).stem}.html{hash_mark}{section}"
