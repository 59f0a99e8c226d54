"""Has a doubled cell whose first copy holds another attempt, which is no half of anything."""

import copy
import json


def make(solved: bytes) -> bytes:
    """Put an older attempt, with the same metadata, before a cell."""
    notebook = json.loads(solved)
    cells = notebook["cells"]
    at = [cell["id"] for cell in cells].index("compute_cost")
    older = copy.deepcopy(cells[at])
    older["source"] = "def compute_cost(AL, Y):\n    return np.mean(AL - Y)  # ???"
    cells.insert(at, older)
    return json.dumps(notebook).encode()
