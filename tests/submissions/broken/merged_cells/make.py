"""Has two solutions merged into one cell."""

import json


def make(solved: bytes) -> bytes:
    """Move one function into the cell of another."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    one, other = cells[ids.index("linear_forward")], cells[ids.index("compute_cost")]
    one["source"] = "".join(one["source"]) + "\n\n" + "".join(other["source"])
    cells.remove(other)
    return json.dumps(notebook).encode()
