"""Holds one solved cell twice."""

import json


def make(solved: bytes) -> bytes:
    """Copy a cell below itself, id and all."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    cells.insert(ids.index("linear_forward"), cells[ids.index("linear_forward")])
    return json.dumps(notebook).encode()
