"""The kernel that every notebook of the course names, and what of a cell it runs as Python."""

from __future__ import annotations

import re
from typing import Any

from course.language import LANGUAGE_KEY

_FOR_JUPYTER = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)


def python_alone(source: str) -> str:
    """The code of a cell with empty lines for those that only Jupyter understands: ``%pip ...``."""
    return _FOR_JUPYTER.sub("", source)


def notebook_metadata(language: str = "") -> dict[str, Any]:
    """The metadata of a notebook for plain Python 3.

    Parameters:
        language: what its text is written in, such as ``zh_CN``; empty for English.
    """
    spoken = {LANGUAGE_KEY: language} if language else {}
    return spoken | {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
