"""A Sphinx extension: the places that notebooks name by ``<a id="..."></a>`` become real ones.

A notebook marks a section by an empty HTML element above its heading. Left alone, that would be an
empty paragraph at the end of the section before, and the heading would be known by another name on
the site than in the notebook.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

_OPENED = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"\s*>\s*(?:</a>)?")
_CLOSED = re.compile(r"</a>")


class NamePlaces(SphinxTransform):
    """Give each section the names that stand above its heading."""

    default_priority = 200

    def apply(self, **_options: Any) -> None:
        """Do it for one page."""
        for paragraph in list(self.document.findall(nodes.paragraph)):
            names = _only_names(paragraph)
            if not names:
                continue
            place = paragraph.next_node(descend=False, siblings=True, ascend=True)
            if not isinstance(place, nodes.section):
                place = nodes.target()
                paragraph.parent.insert(paragraph.parent.index(paragraph), place)
            paragraph.parent.remove(paragraph)
            self._free(names)
            # In front, because the first name is the one that is shown and copied.
            place["ids"][:0] = names
            for name in names:
                self.document.ids[name] = place

    def _free(self, names: list[str]) -> None:
        """Take names away from headings that have them only because they are worded so."""
        for node in self.document.findall(nodes.section):
            kept = [name for name in node["ids"] if name not in names]
            node["ids"] = kept or [f"{name}-section" for name in node["ids"]]


def _only_names(paragraph: nodes.paragraph) -> list[str]:
    """The names in a paragraph that holds nothing else; empty if it holds anything else."""
    names = []
    for child in paragraph.children:
        text = child.astext().strip()
        if isinstance(child, nodes.raw) and (found := _OPENED.fullmatch(text)):
            names.append(found[1])
        elif text and not (isinstance(child, nodes.raw) and _CLOSED.fullmatch(text)):
            return []
    return names


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx about the extension."""
    app.add_transform(NamePlaces)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
