"""The kernel that every notebook of the course names, whatever a student's own one said."""

from __future__ import annotations

from typing import Any


def notebook_metadata() -> dict[str, Any]:
    """The metadata of a notebook for plain Python 3."""
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
