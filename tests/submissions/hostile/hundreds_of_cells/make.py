"""Repeat one solved cell five hundred times."""

import json


def make(solved: bytes) -> bytes:
    """Append copies."""
    notebook = json.loads(solved)
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "compute_cost")
    notebook["cells"] += [dict(cell, id=f"copy-{number}") for number in range(500)]
    return json.dumps(notebook).encode()
