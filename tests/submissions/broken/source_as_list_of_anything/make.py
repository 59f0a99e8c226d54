"""Has things that are no text among the lines of a cell of its own."""

import json


def make(solved: bytes) -> bytes:
    """Add a cell made of nonsense."""
    notebook = json.loads(solved)
    notebook["cells"].append(
        {"cell_type": "code", "source": [1, None, "x = 1", {}], "metadata": None, "outputs": "none"}
    )
    return json.dumps(notebook).encode()
