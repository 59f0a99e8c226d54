"""Was saved with a kernel for another language."""

import json


def make(solved: bytes) -> bytes:
    """Name the kernel of R."""
    notebook = json.loads(solved)
    notebook["metadata"] = {
        "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
        "language_info": {"name": "R"},
    }
    return json.dumps(notebook).encode()
