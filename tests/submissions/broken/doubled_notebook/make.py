"""Holds everything twice, as after a careless paste."""

import json


def make(solved: bytes) -> bytes:
    """Append all cells once more."""
    notebook = json.loads(solved)
    notebook["cells"] *= 2
    return json.dumps(notebook).encode()
