"""Has a check cell that was edited to pass."""

import json


def make(solved: bytes) -> bytes:
    """Make a check say nothing."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    cells[ids.index("linear_forward_check")]["source"] = ["print('All tests passed.')"]
    return json.dumps(notebook).encode()
