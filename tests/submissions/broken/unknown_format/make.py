"""Says that it is in a format of the future."""

import json


def make(solved: bytes) -> bytes:
    """Raise the version."""
    notebook = json.loads(solved)
    notebook["nbformat"] = 9
    return json.dumps(notebook).encode()
