"""Has a cell divided by JupyterLab, which gives both halves the same metadata."""

import copy
import json


def make(solved: bytes) -> bytes:
    """Split the longest function in the middle."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    at = [cell["id"] for cell in cells].index("L_model_backward")
    lines = "".join(cells[at]["source"]).splitlines(keepends=True)
    second = copy.deepcopy(cells[at]) | {"id": "second-half", "source": lines[-20:]}
    cells[at]["source"] = lines[:-20]
    cells.insert(at + 1, second)
    return json.dumps(notebook).encode()
