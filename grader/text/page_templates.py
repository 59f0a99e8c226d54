"""What the pages that the grader writes have in common: templates that escape, one inline style."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from course.language import _, ngettext, page_language


class PageTemplates:
    """The templates of a folder, and ``page.css`` beside them; they escape whatever they are given.

    Attributes:
        filters: what templates may apply to a value, by name.

    Parameters:
        folder: where the templates lie.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(_=_, ngettext=ngettext)
        self.filters = self._environment.filters
        self._style = (folder / "page.css").read_text(encoding="utf-8")
        digest = hashlib.sha256(self._style.encode()).digest()
        self._style_digest = base64.b64encode(digest).decode()

    def render(self, template: str, **values: Any) -> str:
        """A page in the language that is spoken.

        Parameters:
            template: the name of its file.
            values: what it shows, beside its style and the digest by which its content security
                policy allows that.
        """
        return self._environment.get_template(template).render(
            language=page_language(),
            style=Markup(self._style),
            style_digest=self._style_digest,
            **values,
        )
