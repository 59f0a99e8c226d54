"""Was saved in notebook format 3."""

import json


def make(solved: bytes) -> bytes:
    """Turn the notebook into one of format 3."""
    notebook = json.loads(solved)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell["prompt_number"], cell["language"] = 1, "python"
            cell.pop("execution_count", None)
        del cell["id"]
    sheets = [{"cells": notebook.pop("cells"), "metadata": {}}]
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": sheets, "metadata": {"name": ""}}
    return json.dumps(notebook).encode()
