"""Has nonsense where metadata belongs."""

import json


def make(solved: bytes) -> bytes:
    """Write nonsense into the metadata."""
    notebook = json.loads(solved)
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["nbgrader"] = [None, 7, "text", {"grade_id": ["a"]}, {"points": "many"}][
            number % 5
        ]
    return json.dumps(notebook).encode()
