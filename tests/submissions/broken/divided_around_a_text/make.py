"""Has a function in three cells, the first two without metadata, with a text between them."""

import json


def make(solved: bytes) -> bytes:
    """Split a function into three, and write a text between the first two parts."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    at = [cell["id"] for cell in cells].index("L_model_backward")
    lines = "".join(cells[at]["source"]).splitlines(keepends=True)
    first = dict(cells[at], id="first", metadata={}, source=lines[:-30])
    second = dict(cells[at], id="second", metadata={}, source=lines[-30:-15])
    text = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "And now?"}
    cells[at]["source"] = lines[-15:]
    cells[at:at] = [first, text, second]
    return json.dumps(notebook).encode()
