"""Carries an output of several megabytes."""

import json


def make(solved: bytes) -> bytes:
    """Fill an output with text."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    ids = [cell["id"] for cell in cells]
    cells[ids.index("linear_forward_check")]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "0123456789" * 500_000}
    ]
    return json.dumps(notebook).encode()
