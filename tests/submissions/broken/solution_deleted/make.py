"""Has lost the cell of one function."""

import json


def make(solved: bytes) -> bytes:
    """Drop a solution."""
    notebook = json.loads(solved)
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "compute_cost"]
    return json.dumps(notebook).encode()
