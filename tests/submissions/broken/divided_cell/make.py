"""Has a function divided over two cells."""

import json


def make(solved: bytes) -> bytes:
    """Split a cell in the middle of its function."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    at = ids.index("compute_cost")
    lines = "".join(cells[at]["source"]).splitlines(keepends=True)
    second = dict(cells[at], id="second-half", metadata={}, source=lines[-3:])
    cells[at]["source"] = lines[:-3]
    cells.insert(at + 1, second)
    return json.dumps(notebook).encode()
