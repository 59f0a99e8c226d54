"""What the pages that the grader writes have in common: templates that escape, one inline style."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def page_environment(folder: Path) -> Environment:
    """The templates of a folder; they escape whatever they are given.

    Parameters:
        folder: where the templates lie.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_digest(style: str) -> str:
    """The digest by which a page's content security policy allows its one style."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
