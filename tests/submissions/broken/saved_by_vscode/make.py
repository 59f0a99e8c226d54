"""Was saved by VS Code, with its metadata and without ids."""

import json


def make(solved: bytes) -> bytes:
    """Dress the notebook up as VS Code does."""
    notebook = json.loads(solved)
    for cell in notebook["cells"]:
        cell["metadata"] = {"vscode": {"languageId": "python"}}
        del cell["id"]
    notebook["nbformat_minor"] = 2
    return json.dumps(notebook).encode()
