"""Has a solved cell that was turned into text."""

import json


def make(solved: bytes) -> bytes:
    """Change the type of a cell."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    cells[ids.index("compute_cost")]["cell_type"] = "markdown"
    return json.dumps(notebook).encode()
